"""What drafts promise of their inputs: they alone, with settings, catalogue, texts and day, decide the page."""

import dataclasses
import datetime as dt
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from qloop.archive import Archive
from qloop.derive.history import NO_HISTORY
from qloop.pages.page import Draft
from qloop.pages.site import Site
from qloop.read.entry import Entry
from qloop.read.feedback import Feedback
from tests.pages import tree
from tests.pages_indexes import seeded


@pytest.fixture(scope="module", params=["tiny", "demo", "seeded"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    if request.param == "tiny":
        return tree.site(history=tree.history())
    if request.param == "demo":
        return tree.site(Path(__file__).parents[2])
    return seeded.site(tmp_path_factory.mktemp("seeded") / "a")


def stripped(site: Site) -> Site:
    """The same site, of whose records, feedback and history nothing is left."""
    nothing = Archive(site.archive.settings, site.archive.catalog, (), (), Feedback(), {}, {}, {}, {}, {})
    return dataclasses.replace(site, archive=nothing, history=NO_HISTORY, memo={})


def test_a_page_is_made_of_its_inputs_alone(site: Site) -> None:
    bare = stripped(site)
    drafts = seeded.of_lists(site)
    assert len(drafts) > 25
    for uri, draft in drafts.items():
        assert isinstance(draft.make, partial)
        view, _, *arguments = draft.make.func, *draft.make.args
        assert arguments == [uri, *draft.inputs]
        assert view(bare, *arguments).source == draft.make().source, uri


def test_inputs_are_immutable(site: Site) -> None:
    for uri, draft in seeded.of_lists(site).items():
        assert isinstance(draft, Draft)
        check(draft.inputs, uri)


def check(value: Any, where: str) -> None:
    if value is None or isinstance(value, str | int | float | dt.date | Entry | BaseModel):
        return
    if isinstance(value, tuple | frozenset):
        for i, one in enumerate(value):
            check(one, f"{where}[{i}]")
        return
    assert dataclasses.is_dataclass(value), (where, type(value))
    assert value.__dataclass_params__.frozen, where  # type: ignore[attr-defined]
    for one in dataclasses.fields(value):
        check(getattr(value, one.name), f"{where}.{one.name}")


def test_equal_archives_give_equal_inputs() -> None:
    first, second = (seeded.of_lists(tree.site(history=tree.history())) for _ in range(2))
    assert {u: d.inputs for u, d in first.items()} == {u: d.inputs for u, d in second.items()}
