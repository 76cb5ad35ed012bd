"""What check offers after a stop is a comment that works once a reason stands in it."""

from __future__ import annotations

from datetime import date

import pytest

from twiceshy.guards._suppress import suppressions_in
from twiceshy.jobs.suppression import offers
from twiceshy.model.diagnostic import Diagnostic, Report
from twiceshy.model.text import Location

TODAY = date(2026, 11, 21)


def offered(path: str, level: str = "block", *, is_guard: bool = True) -> list[str]:
    found = Diagnostic("no-x", level, "x", Location(path, 5, 5), is_guard=is_guard)
    return list(offers(Report((found, found)), TODAY))


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [("a.py", "# ", ""), ("a.ts", "// ", ""), ("a.css", "/* ", " */"), ("a.html", "<!-- ", " -->"), ("a.txt", "", "")],
)
def test_it_is_a_comment_of_the_file_s_language_that_holds_for_three_months(path, before, after):
    (offer,) = offered(path)
    mark = "twiceshy: " + "ignore[no-x]"
    assert offer.endswith(f"{path}:5 may have the comment: {before}{mark} until=2027-02-20 …{after}")
    (asked,) = suppressions_in(offer)
    assert asked.problems == ("it gives no reason",)
    (given,) = suppressions_in(offer.replace("…", "the server is ours"))
    assert given.problems == ()
    assert given.reason == "the server is ours"


def test_what_only_warns_or_is_no_guard_needs_no_comment():
    assert offered("a.py", "warn") == []
    assert offered("a.py", is_guard=False) == []
