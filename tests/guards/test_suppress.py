"""Suppression comments: what silences a guard, for how long, and what does not."""

from __future__ import annotations

from datetime import date

import pytest

from twiceshy.guards._suppress import suppression_at, suppressions_in

TODAY = "2026-11-21"
GOOD = "x = 1  # twiceshy: ignore[no-x] until=2027-01-31 the vendor asked for it"


def state(line: str, guard: str = "no-x", today: str | date = TODAY) -> str:
    return suppression_at([line], 0, guard, today)


def test_a_comment_on_the_line_silences_its_guard() -> None:
    assert state(GOOD) == "active"


def test_a_comment_on_the_line_above_silences_its_guard() -> None:
    assert suppression_at([GOOD.removeprefix("x = 1  "), "x = 1"], 1, "no-x", TODAY) == "active"


def test_a_comment_two_lines_above_or_on_the_line_below_is_about_something_else() -> None:
    lines = [GOOD, "", "x = 1", GOOD]
    assert suppression_at(lines, 2, "no-x", TODAY) == ""


def test_another_guard_still_speaks() -> None:
    assert state(GOOD, "no-y") == ""


def test_one_comment_may_name_several_guards() -> None:
    line = "# twiceshy: ignore[no-x, no-y] until=2027-01-31 generated"
    assert state(line) == state(line, "no-y") == "active"


def test_two_comments_may_stand_on_one_line() -> None:
    line = "# twiceshy: ignore[no-y] until=2027-01-31 one twiceshy: ignore[no-x] until=2027-01-31 two"
    assert state(line) == state(line, "no-y") == "active"


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2027-01-30", "active"), ("2027-01-31", "active"), ("2027-02-01", "expired"), (date(2027, 2, 1), "expired")],
)
def test_a_comment_holds_through_its_day_and_then_no_more(today: str | date, expected: str) -> None:
    assert state(GOOD, today=today) == expected


def test_a_newer_comment_beats_an_expired_one() -> None:
    old = "# twiceshy: ignore[no-x] until=2020-01-01 then"
    assert suppression_at([GOOD, "x = 1  " + old], 1, "no-x", TODAY) == "active"


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        ("# twiceshy: ignore[no-x] until=2027-01-31", ("it gives no reason",)),
        ("/* twiceshy: ignore[no-x] until=2027-01-31 */", ("it gives no reason",)),
        ("<!-- twiceshy: ignore[no-x] until=2027-01-31 -->", ("it gives no reason",)),
        ("# twiceshy: ignore[no-x] because I say so", ("it has no date",)),
        ("# twiceshy: ignore[] until=2027-01-31 because", ("it names no guard",)),
        (
            "# twiceshy: ignore[no-x until=2027-01-31 because",
            ("it names no guard", "it has no date", "it gives no reason"),
        ),
        ("# twiceshy: ignore[no-x] until=2027-02-29 because", ("2027-02-29 is no date",)),
        ("# twiceshy: ignore[no-x] until=soon because", ("soon is no date",)),
        ("# twiceshy: ignore[no-x] until=2027-13-01 because", ("2027-13-01 is no date",)),
        ("# twiceshy: ignore[no-x] until=２０２７-01-01 because", ("２０２７-01-01 is no date",)),
    ],
)
def test_a_comment_without_id_date_or_reason_says_why_it_does_not_work(line: str, problems: tuple[str, ...]) -> None:
    (found,) = suppressions_in(line)
    assert found.problems == problems
    assert state(line) == ""


def test_a_leap_day_is_a_date() -> None:
    assert state("# twiceshy: ignore[no-x] until=2028-02-29 because") == "active"


def test_every_comment_is_listed_with_its_line_and_reason() -> None:
    text = f"\n{GOOD}\n\n/* twiceshy: ignore[no-y] until=2027-01-31 measured: it is faster */\n"
    found = [(mark.line, mark.ids, mark.until, mark.reason, mark.problems) for mark in suppressions_in(text)]
    assert found == [
        (2, ("no-x",), "2027-01-31", "the vendor asked for it", ()),
        (4, ("no-y",), "2027-01-31", "measured: it is faster", ()),
    ]


def test_a_text_without_comments_lists_none() -> None:
    assert not list(suppressions_in("nothing here\n"))
