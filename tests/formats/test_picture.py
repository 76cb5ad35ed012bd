"""Fires over time: columns that add up, in a terminal and as SVG."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiceshy.formats.picture import bars, columns, svg
from twiceshy.model.backtest import Backtest, Fire, Spot, Subject
from twiceshy.model.guard import Guard
from twiceshy.model.history import PastCommit

DAYS = st.dates().map(str)


def backtest(days: list[str], marks: tuple[tuple[str, str], ...] = (), ident: str = "g", undone: int = 0) -> Backtest:
    fires = tuple(
        Fire(
            PastCommit(at, "a" * 40, (), 0, day, "A", "a@b.c", "m"), (Spot("a", 1, 1, "new", "x"),), "f" * (at < undone)
        )
        for at, day in enumerate(days)
    )
    subject = Subject(Guard(ident, "added", "x"), "lesson", "")
    return Backtest(subject, 100, fires, marks=marks, first=min(days, default=""), last=max(days, default=""))


def test_a_young_history_is_told_in_quarters():
    found = backtest(["2024-01-31", "2024-02-01", "2024-09-30"], (("culprit", "2024-02-01"), ("fix", "2024-05-01")))
    size, cells = columns(found)
    assert (size, [(cell.label, cell.fires) for cell in cells]) == (3, [("2024-01", 2), ("2024-04", 0), ("2024-07", 1)])
    assert list(bars(found)) == [
        "when     2024-01 █·▄ 2024-07",
        "                 CF",
        "         each sign is a quarter, the highest 2 fires · C culprit · F fix",
    ]


@pytest.mark.parametrize(
    ("last", "size"), [("2014-06-01", 3), ("2020-06-01", 6), ("2050-06-01", 12), ("2100-06-01", 24)]
)
def test_an_old_history_is_told_in_longer_stretches(last, size):
    found, cells = columns(backtest(["2000-01-01", last]))
    assert found == size
    assert len(cells) <= 60


def test_marks_on_one_stretch_share_a_sign_that_is_explained():
    lines = list(bars(backtest(["2024-01-31"], (("culprit", "2024-02-01"), ("fix", "2024-02-02")))))
    assert lines[1].strip() == "*"
    assert lines[2].endswith("* culprit and fix")


@given(st.lists(DAYS, max_size=30), st.text(max_size=20))
def test_every_fire_is_in_one_column_and_the_svg_can_be_read(days, ident):
    found = backtest(days, (("lesson", days[0]),) if days else (), ident, undone=3)
    _, cells = columns(found)
    assert sum(cell.fires for cell in cells) == len(days)
    assert sum(cell.undone for cell in cells) == min(3, len(days))
    assert len(cells) <= 60 or not days
    ElementTree.fromstring(svg([found]))


def test_dates_that_nobody_can_read_are_left_out():
    found = backtest(["2024-01-31"], (("lesson", "someday"), ("fix", "")))
    assert [cell.marks for cell in columns(found)[1]] == [()]
