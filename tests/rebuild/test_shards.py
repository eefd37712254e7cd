"""Shares made apart and joined are the site of one build; what does not belong together is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from qloop import pipeline
from qloop.publish.shards import MANIFEST, Mismatch
from tests.rebuild.archive import Machine
from tests.rebuild.test_random_edits import checked, differing, site


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "archive")


def share(machine: Machine, number: int, of: int) -> Path:
    out = machine.root.parent / f"share-{number}"
    with pipeline.crew(machine.root, None, 1) as hands:
        assert pipeline.publish_shard(checked(machine), (number, of), out, hands) > 0
    return out


def names(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name[0] != "."}


@pytest.mark.parametrize("of", [1, 3])
def test_joined_shares_are_the_site_of_one_build(machine: Machine, of: int) -> None:
    shares = [share(machine, number, of) for number in range(1, of + 1)]
    assert sum(len(names(one)) for one in shares) == len(set().union(*map(names, shares))), (
        "each file in one share"
    )
    pipeline.join(checked(machine), shares)
    joined = site(machine)
    pipeline.publish(checked(machine), clean=True)
    assert differing(joined, site(machine)) == []
    assert not [name for name in joined if MANIFEST in name]


def test_a_joined_site_is_where_the_next_build_goes_on(machine: Machine) -> None:
    pipeline.join(checked(machine), [share(machine, 1, 2), share(machine, 2, 2)])
    assert pipeline.publish(checked(machine)).built == 0
    machine.rewrite(3)
    assert pipeline.publish(checked(machine)).built == 1


def test_joining_replaces_an_earlier_site(machine: Machine) -> None:
    machine.add_issue(0)
    pipeline.publish(checked(machine))
    before = site(machine)
    machine.delete(0)
    pipeline.join(checked(machine), [share(machine, 1, 2), share(machine, 2, 2)])
    joined = site(machine)
    assert before.keys() - joined.keys()
    pipeline.publish(checked(machine), clean=True)
    assert differing(joined, site(machine)) == []


def test_what_does_not_belong_together_is_refused(machine: Machine) -> None:
    first, second = share(machine, 1, 2), share(machine, 2, 2)
    other = machine.root.parent / "other"
    other.mkdir()

    def refused(*folders: Path) -> str:
        with pytest.raises(Mismatch) as caught:
            pipeline.join(checked(machine), folders)
        assert not (machine.root / "site").exists()
        return caught.value.reason

    assert refused(first) == "missing"
    assert refused(first, first) == "twice"
    assert refused(first, other) == "no-shard"
    machine.retitle(1)
    assert refused(first, second) == "other-record"
    machine.vocabulary(1)
    assert refused(first, second) == "other-state"
    assert refused(share(machine, 1, 3), second) == "other-count"
