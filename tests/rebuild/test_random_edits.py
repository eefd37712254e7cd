"""After any sequence of edits, what is kept from before is what would be made from nothing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qloop import pipeline, store
from qloop.pipeline import Checked
from qloop.publish.config import summary
from qloop.publish.plan import plan
from qloop.publish.published import Published
from qloop.publish.workshop import Workshop
from qloop.sound import sound_part
from tests.rebuild.archive import EDITS, Machine

edits = st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 1000)), min_size=1, max_size=6)
slow = settings(deadline=None, suppress_health_check=list(HealthCheck))


def checked(machine: Machine) -> Checked:
    return pipeline.check(machine.root, machine.today)


def apply(machine: Machine, steps: list[tuple[str, int]]) -> None:
    for name, n in steps:
        EDITS[name](machine, n)


@slow
@given(st.lists(edits, min_size=1, max_size=4))
def test_kept_verdicts_are_those_of_a_first_check(rounds: list[list[tuple[str, int]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(Path(folder))
        checked(machine)
        for steps in rounds:
            apply(machine, steps)
            kept = checked(machine).diagnostics
            shutil.rmtree(machine.root / store.FOLDER)
            assert kept == checked(machine).diagnostics, steps


def outputs(machine: Machine) -> dict[str, tuple[str, dict[str, str], object]]:
    """Every unit's key with what it makes."""
    shop = workshop(machine)
    nothing = Published(store.open_store(machine.root), machine.root, machine.root / "site", forget=True)
    todo = plan(shop, nothing, frozenset())
    made = ((unit, unit.make()) for unit in todo.stale)
    return {unit.name: (unit.key, one.outputs("", shop.site.urls), one.told) for unit, one in made}


def workshop(machine: Machine) -> Workshop:
    return pipeline.workshop(sound_part(checked(machine)), summary(machine.root))


@slow
@given(st.lists(edits, min_size=1, max_size=3))
def test_an_equal_key_is_an_equal_unit(rounds: list[list[tuple[str, int]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(Path(folder))
        before = outputs(machine)
        for steps in rounds:
            apply(machine, steps)
            after = outputs(machine)
            for name in before.keys() & after.keys():
                if before[name][0] == after[name][0]:
                    assert before[name] == after[name], (name, steps)
            before = after


def site(machine: Machine) -> dict[str, bytes]:
    folder = machine.root / "site"
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != ".qloop-site")
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@settings(slow, max_examples=12)
@given(st.lists(edits, min_size=1, max_size=3))
def test_an_incremental_site_is_the_site_of_a_clean_build(rounds: list[list[tuple[str, int]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(Path(folder))
        pipeline.publish(checked(machine))
        for steps in rounds:
            apply(machine, steps)
            pipeline.publish(sound_part(checked(machine)))
        incremental = site(machine)
        shutil.rmtree(machine.root / store.FOLDER)
        pipeline.publish(sound_part(checked(machine)), clean=True)
        assert differing(incremental, site(machine)) == []
