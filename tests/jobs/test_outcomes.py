"""Which events are one delivery, and what counts as what came of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twiceshy.jobs.outcomes import by_guard, by_lesson, deliveries
from twiceshy.model.event import OUTCOMES, SPOKE, Event
from twiceshy.model.outcome import Figures

WHAT = st.sampled_from([SPOKE, *OUTCOMES])
SMALL = st.sampled_from(["a", "b", "c"])
EVENTS = st.lists(
    st.builds(
        Event,
        st.integers(0, 12).map(str),
        WHAT,
        st.integers(0, 9),
        print=SMALL,
        guard=SMALL,
        lesson=SMALL,
        head=SMALL,
        base=SMALL,
        machine=SMALL,
        of=st.integers(0, 12).map(str),
        by=st.sampled_from(["git", "person"]),
    ),
    max_size=20,
)


def spoke(ident: str, at: int = 1, **more: str) -> Event:
    return Event(ident, SPOKE, at, guard="g", lesson="l", print="p", **more)


def test_the_same_words_are_new_only_after_something_came_of_them_and_work_went_on():
    end = Event("e", "heeded", 2, of="a", by="git")
    again = [spoke("a", head="1", base="1"), spoke("b", head="1", base="1"), end, spoke("c", head="1", base="1")]
    assert len(deliveries(again)) == 1
    assert [one.outcome for one in deliveries([*again, spoke("d", head="2", base="2")])] == ["heeded", "open"]


def test_what_was_found_out_first_stands_until_a_person_says_otherwise():
    first, second = (Event(what, what, 2, of="a", by="git") for what in ("overridden", "heeded"))
    (one,) = deliveries([spoke("a"), first, second])
    assert one.outcome == "overridden"
    (one,) = deliveries([spoke("a"), first, Event("p", "false-alarm", 3, of="a", by="person"), second])
    assert one.outcome == "false-alarm"


def test_an_outcome_that_is_named_by_a_repetition_is_that_of_the_delivery():
    (one,) = deliveries([spoke("a"), spoke("b"), Event("e", "heeded", 2, of="b", by="git")])
    assert (one.event.id, one.outcome) == ("a", "heeded")


def test_a_clock_that_runs_backwards_hides_no_outcome():
    (one,) = deliveries([spoke("a", at=100), Event("e", "heeded", 5, of="a", by="git")])
    assert one.outcome == "heeded"


def test_two_machines_are_told_of_the_same_line_twice():
    assert len(deliveries([spoke("a", machine="x"), spoke("b", machine="y")])) == 2


@given(EVENTS)
def test_every_delivery_is_counted_once_and_merging_twice_changes_nothing(events):
    found = deliveries(events)
    rows = by_guard(found)
    assert sum(row.spoke for row in rows) == len(found) == sum(row.spoke for row in by_lesson(found))
    assert all(row.spoke == row.heeded + row.overridden + row.suppressed + row.false_alarms + row.open for row in rows)
    assert by_guard(deliveries([*events, *events])) == rows


def test_only_enough_decided_deliveries_speak_against_a_guard():
    assert not Figures("g", "l", spoke=9, overridden=4, open=5).is_mostly_overridden
    assert not Figures("g", "l", spoke=6, overridden=3, heeded=3).is_mostly_overridden
    assert Figures("g", "l", spoke=5, overridden=1, false_alarms=2, heeded=1, suppressed=1).is_mostly_overridden


def test_there_is_no_rate_of_a_handful_of_commits():
    assert Figures("g", "l", spoke=3).rate(19) is None
    assert Figures("g", "l", spoke=3).rate(1500) == 2.0
