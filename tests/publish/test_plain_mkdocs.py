"""Plain ``mkdocs build --strict`` works through the hook and gives the pages that ``qloop build`` gives."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .conftest import Archive

REPOSITORY = Path(__file__).parents[2]


def mkdocs(root: Path, site: Path) -> subprocess.CompletedProcess[str]:
    # not -q: quiet runs drop the warnings that --strict counts
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=root, capture_output=True, text=True, env=env)


def test_the_same_pages_as_qloop_build(with_settings: Archive, tmp_path: Path) -> None:
    with_settings.build()
    done = mkdocs(with_settings.root, tmp_path / "plain")
    assert done.returncode == 0, done.stdout + done.stderr
    ours = with_settings.site()
    plain = {
        p.relative_to(tmp_path / "plain").as_posix(): p
        for p in (tmp_path / "plain").rglob("*")
        if p.is_file()
    }
    assert set(ours) == set(plain) - {".qloop-site"}
    different = [name for name, data in ours.items() if plain[name].read_bytes() != data]
    assert not different


def test_an_error_in_a_record_stops_it(with_settings: Archive, tmp_path: Path) -> None:
    with_settings.issue("QI-260809-9ZZ", factory="nowhere")
    done = mkdocs(with_settings.root, tmp_path / "plain")
    assert done.returncode != 0
    assert "references/unknown" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "plain" / "index.html").exists()
