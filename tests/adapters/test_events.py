"""The file of events: it only grows, loses nothing, and takes whatever it finds in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiceshy.adapters.events import append, events_path, head_of, line_of, new_event, read_events
from twiceshy.adapters.place import find_place
from twiceshy.model.event import BEGAN, OUTCOMES, SPOKE, UNBORN, Event

WRITER = """
import sys
from twiceshy.adapters.events import append, new_event
for number in range(200):
    assert append(sys.argv[1], [new_event("spoke", guard=sys.argv[2], line=number + 1, lesson="x" * number)]) == ""
"""
TEXT = st.text(st.characters(), max_size=20)


@pytest.fixture
def path(tmp_path):
    return events_path(str(tmp_path))


def kept(path):
    return [dict(event.pairs()) for event in read_events(path)[0]]


def test_what_is_appended_is_read_back_after_a_first_line_that_says_since_when(path):
    said = new_event(SPOKE, guard="g", path="src/ä\udcff.py", line=3, reason='"\\\n\t\x00\u2028')
    assert append(path, [said]) == ""
    first, second = kept(path)
    assert first["what"] == BEGAN
    assert second == dict(said.pairs())
    assert append(path, [new_event(OUTCOMES[0], of=said.id)]) == ""
    assert [event["what"] for event in kept(path)] == [BEGAN, SPOKE, "heeded"]


@given(values=st.dictionaries(st.sampled_from(["guard", "path", "reason"]), TEXT), line=st.integers(0, 2**40))
def test_a_line_is_json_in_ascii_whatever_an_event_holds(values, line):
    event = Event("a1", SPOKE, 12, line=line, **values)
    told = json.loads(line_of(event).encode("ascii"))
    assert told == dict(event.pairs())


def test_two_processes_that_write_at_once_lose_nothing(path):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, path, name]) for name in ("a", "b")]
    assert [writer.wait() for writer in writers] == [0, 0]
    events, strange = read_events(path)
    assert strange == 0
    for name in ("a", "b"):
        assert [event.line for event in events if event.guard == name] == list(range(1, 201))


def test_a_torn_last_line_is_counted_and_the_next_event_is_not_lost_in_it(path):
    append(path, [new_event(SPOKE, guard="first")])
    with open(path, "ab") as file:
        file.write(b'{"id": "0123", "what": "spo')
    append(path, [new_event(SPOKE, guard="second")])
    events, strange = read_events(path)
    assert [event.guard for event in events] == ["", "first", "second"]
    assert strange == 1


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b"[1]",
        b"\xff\xfe",
        b"\0" * 9,
        b'{"id": 1, "what": "spoke", "at": 1}',
        b'{"id": "a", "what": "burnt", "at": 1}',
        b'{"id": "a", "what": "spoke", "at": true}',
        b'{"id": "a", "what": "spoke", "at": -1}',
        b'{"id": "a", "what": "spoke", "at": 1e400}',
        b'{"id": "a", "what": "spoke", "at": 99999999999999999999}',
        b'{"id": "a", "what": "spoke", "at": 1, "line": "2"}',
        b'{"id": "a", "what": "spoke", "at": 1, "guard": ["g"]}',
        b'{"id": ' + b"[" * 50_000,
        b'{"id": "a", "what": "spoke", "at": 1, "guard": "' + b"g" * 200_000 + b'"}',
    ],
)
def test_a_foreign_line_is_left_out_and_counted_once(path, line):
    append(path, [new_event(SPOKE, guard="g")])
    with open(path, "ab") as file:
        file.write(line + b"\n\n")
    append(path, [new_event(SPOKE, guard="h")])
    events, strange = read_events(path)
    assert ([event.guard for event in events], strange) == (["", "g", "h"], 1)


@given(
    st.one_of(
        st.binary(max_size=300),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
            lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(Event.__slots__) | TEXT, inner),
            max_leaves=12,
        ).map(lambda value: json.dumps(value).encode()),
    )
)
def test_any_bytes_are_read_without_an_error(tmp_path_factory, raw):
    path = str(tmp_path_factory.mktemp("events") / "events.jsonl")
    with open(path, "wb") as file:
        file.write(raw)
    events, strange = read_events(path)
    assert len(events) + strange <= raw.count(b"\n") + 1
    assert all(isinstance(value, str | int) for event in events for _, value in event.pairs())


def test_only_the_end_of_a_long_file_is_read_if_that_is_enough(path):
    append(path, [new_event(SPOKE, guard=f"g{number}") for number in range(100)])
    events, strange = read_events(path, 500)
    assert strange == 0
    assert 0 < len(events) < 10
    assert events[-1].guard == "g99"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_a_reason_and_no_error(path):
    os.makedirs(os.path.dirname(path))
    os.symlink("/dev/full", path)
    assert append(path, [new_event(SPOKE)]) == "No space left on device"


def test_a_disk_that_takes_only_a_part_is_told_and_the_next_line_stands_for_itself(path, monkeypatch):
    append(path, [new_event(SPOKE, guard="a")])
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, raw: real(file, raw[:20]))
    assert append(path, [new_event(SPOKE, guard="b")]) == "there is no room for all of it"
    monkeypatch.setattr(os, "write", real)
    assert append(path, [new_event(SPOKE, guard="c")]) == ""
    events, strange = read_events(path)
    assert ([event.guard for event in events], strange) == (["", "a", "c"], 1)


def test_what_is_in_the_way_is_a_reason(path, tmp_path):
    os.makedirs(path)
    assert append(path, [new_event(SPOKE)]) == "Is a directory"
    with pytest.raises(OSError, match="it is no file"):
        read_events(path)
    (tmp_path / "file").write_text("")
    assert append(events_path(str(tmp_path / "file")), [new_event(SPOKE)]) == "Not a directory"


def test_a_pipe_is_not_waited_for(path):
    os.makedirs(os.path.dirname(path))
    os.mkfifo(path)
    assert append(path, [new_event(SPOKE)])
    with pytest.raises(OSError, match="it is no file"):
        read_events(path)


def test_the_head_is_read_without_git_in_every_place_git_keeps_it(repo):
    def head():
        return head_of(find_place(str(repo.root)))

    assert head() == UNBORN
    repo.write("a", "1")
    first = repo.commit("one")
    assert head() == first
    repo.git("pack-refs", "--all", "--prune")
    assert head() == first
    repo.git("switch", "--quiet", "--orphan", "other")
    assert head() == UNBORN
    repo.git("switch", "--quiet", "--detach", "main")
    assert head() == first
    repo.git("worktree", "add", "--quiet", "-b", "feature", "../linked", "main")
    assert head_of(find_place(str(repo.root.parent / "linked"))) == first
