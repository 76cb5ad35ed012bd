"""Shares and their intervals, against figures worked out by hand and published elsewhere."""

from __future__ import annotations

import pytest

from twiceshy.model.rates import Rate, Targeted, per_1000


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (1, 10, 0.0179, 0.4042),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (8, 33, 0.1283, 0.4102),
        (15, 148, 0.0624, 0.1605),  # this and the next from Newcombe (1998), Statistics in Medicine 17, table I
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_the_interval_is_wilsons(hits, of, low, high):
    found = Rate(hits, of).interval
    assert found == pytest.approx((low, high), abs=0.0001)


def test_no_cases_say_nothing():
    assert Rate(0, 0).share == 0
    assert Rate(0, 0).interval == (0, 1)


def test_plain_values_hold_shares_and_what_they_were_counted_from():
    plain = Targeted(Rate(1, 4), Rate(1, 10)).plain()
    assert (plain["rate"], plain["control"]) == (0.25, 0.1)
    assert plain["counts"] == {"fires": [1, 4], "control": [1, 10]}
    assert (plain["control_low"], plain["control_high"]) == (0.0179, 0.4042)


def test_noise_is_counted_per_thousand_commits():
    assert per_1000(3, 1782) == 1.68
    assert per_1000(0, 0) == 0
