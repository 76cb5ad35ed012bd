"""Evidence that cannot be is not built: that nothing is invented is a type."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiceshy.model.evidence import NONE, NOT_APPLICABLE, QUOTED, UNKNOWN, Evidence, Provenance, percent

FROM = Provenance("report.xml")


def test_there_is_no_evidence_without_a_provenance():
    with pytest.raises(TypeError):
        Evidence("tests.passed", 1)
    with pytest.raises(ValueError, match="provenance"):
        Evidence("tests.passed", 1, None)
    with pytest.raises(ValueError, match="source"):
        Provenance("")


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity"), 0.5, True, None, ""])
def test_what_is_no_figure_is_not_known(value):
    with pytest.raises(ValueError):
        Evidence("coverage.lines", value, FROM)


@pytest.mark.parametrize(
    ("state", "value", "more"),
    [
        (NONE, 0, {}),
        (NONE, 0, {"denominator": 0}),
        (NONE, 1, {"denominator": 2}),
        (UNKNOWN, None, {}),
        (UNKNOWN, 0, {"reason": "why"}),
        (NOT_APPLICABLE, None, {}),
        (QUOTED, "", {}),
        (QUOTED, 3, {}),
        ("maybe", 3, {}),
    ],
)
def test_a_state_goes_with_what_it_says(state, value, more):
    with pytest.raises(ValueError, match="cannot be"):
        Evidence("vulnerabilities.found", value, FROM, state, **more)


def test_none_has_its_denominator_and_unknown_its_reason():
    assert Evidence("vulnerabilities.found", 0, FROM, NONE, denominator=2).denominator == 2
    assert Evidence("vulnerabilities.found", None, FROM, UNKNOWN, reason="0 audited").reason == "0 audited"


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_percentage_is_all_or_nothing_only_when_it_is(part, whole):
    part = min(part, whole)
    share = percent(part, whole)
    assert (share == 100) == (part == whole)
    assert (share == 0) == (part == 0)
    assert abs(share - Decimal(100) * part / whole) <= Decimal("0.01")


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (2, 1), (-1, 1)])
def test_what_is_no_share_has_no_percentage(part, whole):
    with pytest.raises(ValueError):
        percent(part, whole)
