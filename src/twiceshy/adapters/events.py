"""The file of events, `<git common dir>/twiceshy/events.jsonl`: facts that cannot be rebuilt, so it is never deleted.

One JSON object a line, appended in one write with fsync: writers at the same time lose nothing, and a process that is
killed leaves at most one torn line, which readers leave out. On the agent hook's hot path when a guard speaks.
"""

from __future__ import annotations

import os
import time

from twiceshy.model.event import BEGAN, OUTCOMES, SPOKE, UNBORN, Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twiceshy.adapters.place import Place

_WHAT = (BEGAN, SPOKE, *OUTCOMES)
_LONGEST = 65_536
_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_LAST_SECOND = 2**37  # the year 6325: a date can still be made of it


def events_path(common_dir: str) -> str:
    """Where the events of a repository and all its worktrees are."""
    return os.path.join(common_dir, "twiceshy", "events.jsonl")


def new_event(what: str, **more: str | int) -> Event:
    """An event of now with an id of its own: 16 random hex digits."""
    return Event(os.urandom(8).hex(), what, int(time.time()), **more)


def append(path: str, events: Iterable[Event]) -> str:
    """Add events, after one that says since when there are any; "" or why that could not be done."""
    try:
        try:
            file = os.open(path, _FLAGS, 0o666)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            file = os.open(path, _FLAGS, 0o666)
        try:
            size = os.fstat(file).st_size
            fresh = () if size else (new_event(BEGAN),)
            text = "".join(line_of(event) + "\n" for event in (*fresh, *events))
            raw = ("\n" * _is_torn(path, size) + text).encode("ascii")
            if os.write(file, raw) < len(raw):
                return "there is no room for all of it"
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


def _is_torn(path: str, size: int) -> bool:
    """Whether the last line has no end, as after a full disk: the next one must not become part of it."""
    if not size:
        return False
    with open(path, "rb", buffering=0) as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def line_of(event: Event) -> str:
    """The event as JSON in ASCII, without the `json` module, which the hook cannot afford."""
    try:
        from _json import encode_basestring_ascii as quoted
    except ImportError:  # another Python than CPython
        from json import dumps

        return dumps(dict(event.pairs()))
    return "{" + ", ".join(f'"{k}": {v if isinstance(v, int) else quoted(v)}' for k, v in event.pairs()) + "}"


def read_events(path: str, last: int = 0) -> tuple[list[Event], int]:
    """The events of a file, and how many of its lines are none; of the `last` bytes only, if so many are named.

    Raises OSError if there is such a file and it cannot be read.
    """
    if not os.path.exists(path):
        return [], 0
    events: list[Event] = []
    strange = 0
    for line in _lines(path, last):
        event = _event(line)
        if event:
            events.append(event)
        else:
            strange += bool(line.strip())
    return events, strange


def _lines(path: str, last: int) -> Iterator[bytes]:
    """Lines, each cut to a length that no event has; what is no plain file has none."""
    if not os.path.isfile(path):
        raise OSError(0, "it is no file")
    with open(path, "rb") as file:
        start = max(0, os.fstat(file.fileno()).st_size - last) if last else 0
        file.seek(start)
        if start:
            file.readline()
        inside = False
        while line := file.readline(_LONGEST):
            if not inside:
                yield line
            inside = not line.endswith(b"\n")


def _event(line: bytes) -> Event | None:
    from json import loads

    try:
        found = loads(line.decode("utf-8")) if line.startswith(b"{") else None
        if not isinstance(found, dict):
            return None
        values = {name: found[name] for name in Event.__slots__ if name in found}
        ident, what, at = values.pop("id"), values.pop("what"), values.pop("at")
    except (ValueError, KeyError, RecursionError):
        return None
    texts = [ident, what, *(value for name, value in values.items() if name != "line")]
    numbers = [at, values.get("line", 0)]
    if not all(type(text) is str for text in texts) or not all(type(number) is int for number in numbers):
        return None
    sound = ident and what in _WHAT and 0 <= at < _LAST_SECOND and numbers[1] >= 0
    return Event(ident, what, at, **values) if sound else None


def head_of(place: Place) -> str:
    """The id of the commit that is checked out, read without git; "" where that is not how it is kept (reftable)."""
    try:
        name = _first_line(os.path.join(place.git_dir, "HEAD"))
        if not name.startswith("ref: "):
            return name
        name = name[5:]
        if name == "refs/heads/.invalid":
            return ""
        loose = os.path.join(place.common_dir, name)
        return _first_line(loose) if os.path.exists(loose) else _packed(place.common_dir, name)
    except OSError:
        return ""


def _first_line(path: str) -> str:
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return file.readline(4096).strip()


def _packed(common_dir: str, name: str) -> str:
    path = os.path.join(common_dir, "packed-refs")
    if not os.path.exists(path):
        return UNBORN
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return next((line.split(" ", 1)[0] for line in file if line.rstrip("\n").endswith(" " + name)), UNBORN)
