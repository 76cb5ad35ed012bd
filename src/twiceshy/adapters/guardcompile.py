"""Compiles guards into the two parts of a guard table (`adapters/guardtable.py`): a header to ask, bodies to read."""

from __future__ import annotations

import marshal
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from twiceshy.adapters.guardkeys import GRAM, glob_runs, needed
from twiceshy.adapters.guardtable import FIELDS, Entry, Watch
from twiceshy.errors import TwiceshyError
from twiceshy.guards import needs
from twiceshy.guards.path import globs_of
from twiceshy.model.guard import Guard, pack

if TYPE_CHECKING:
    from twiceshy.adapters.guardkeys import Needed
    from twiceshy.adapters.guardtable import Stamp

_FIRST_DIRECTORIES, _FIRST_DOCUMENTS, _CHUNK = 200, 100, 200
# A file that changed a moment ago may change again within the same tick of the clock: look again next time.
_RACY_NS, _UNSURE = 10_000_000, -2
_LIBRARIES = ("twiceshy", "re2", "ast_grep_py", "packaging", "semantic_version")

_WORD, _GRAM, _SHORT, _ALWAYS = range(4)

Key = bytes | int


class _Draft(NamedTuple):
    """One guard on its way into the table: `text` is where to look for what is `needed`."""

    text: str
    needed: Needed
    globs: tuple[Needed, ...]
    body: bytes


def compiled(entries: Iterable[Entry], watch: Watch) -> tuple[bytes, list[bytes]]:
    """The header and the bodies; `pair` and `error` guards are only counted, because no tool call can trigger them."""
    drafts: list[_Draft] = []
    lessons: set[str] = set()
    for entry in entries:
        lessons.add(entry.lesson)
        drafts += _draft(entry)
    meta = {"lessons": len(lessons), "sys_path": _library_folders()}
    keys = {text: _dumps(keyed) for text, keyed in _keyed(drafts).items()}
    return _dumps((meta, _watched(watch), keys, _offsets(drafts))), [draft.body for draft in drafts]


def _watched(watch: Watch) -> tuple[str, tuple[Stamp, ...], tuple[bytes, ...]]:
    """What to look at each time (the latest documents change soonest again), and the rest in chunks that take turns.

    Paths stand without what they all begin with, which comes first.
    """
    documents = sorted(watch.documents, key=lambda known: -known[1])
    base = os.path.commonprefix([path for path, _, _ in (*watch.directories, *documents)])  # noqa: RUF071 - text, not path
    settled = time.time_ns() - _RACY_NS
    directories, documents = (
        [(path[len(base) :], mtime if mtime < settled else _UNSURE, size) for path, mtime, size in stamps]
        for stamps in (watch.directories, documents)
    )
    first = (*directories[:_FIRST_DIRECTORIES], *documents[:_FIRST_DOCUMENTS])
    rest = (*directories[_FIRST_DIRECTORIES:], *documents[_FIRST_DOCUMENTS:])
    return base, first, tuple(marshal.dumps(rest[at : at + _CHUNK]) for at in range(0, len(rest), _CHUNK))


def _draft(entry: Entry) -> Iterator[_Draft]:
    """Nothing for a guard that is of no use here, or that cannot be compiled: lint names it."""
    guard = entry.guard
    text = _text(guard)
    if not text:
        return
    try:
        runs = needed(needs(guard))
        globs = globs_of(guard.pattern) if guard.engine == "path" else () if text == "command" else guard.paths
        places = tuple(needed(glob_runs(glob)) for glob in globs)
        places = places if all(map(any, places)) else ()
        plain = (_packed(guard), *(getattr(entry, name) for name in FIELDS))
        body = _dumps((text, runs, places, _dumps(plain)))
    except (TwiceshyError, ValueError):
        return
    yield _Draft(text, runs, places, body)


def _text(guard: Guard) -> str:
    """The text of an event that a guard looks at; where lines around a change count, that is the whole new file."""
    if guard.engine == "added":
        return "added" if guard.scope == "added" else "whole"
    known = {"command": "command", "removed": "removed", "path": "path", "ast": "whole", "dependency": "whole"}
    return known.get(guard.engine, "")


def _packed(guard: Guard) -> tuple[object, ...]:
    """The guard without its examples, which only lint runs."""
    return tuple(
        [] if name in ("bad", "good") else value for name, value in zip(Guard.__slots__, pack(guard), strict=True)
    )


def _keyed(drafts: list[_Draft]) -> dict[str, tuple[object, ...]]:
    """For each text the guards by the rarest thing they need, or by a part of their paths if they need no words."""
    choices = [_choices(draft) for draft in drafts]
    counts = Counter(key for _, groups in choices for group in groups for key in group)
    tables: dict[str, tuple[dict[Key, list[int]], ...]] = defaultdict(lambda: ({}, {}, {}, {}))
    for number, (text, groups) in enumerate(choices):
        for group in groups:
            shelf, key = min(group, key=lambda choice: _cost(choice, counts[choice])) if group else (_ALWAYS, 0)
            tables[text][shelf].setdefault(key, []).append(number)
    return {
        text: (*(_small(shelf) for shelf in shelves[:_ALWAYS]), tuple(shelves[_ALWAYS].get(0, ())))
        for text, shelves in tables.items()
    }


def _choices(draft: _Draft) -> tuple[str, list[set[tuple[int, Key]]]]:
    """The text to look at, and for each alternative all keys any of which would do."""
    if any(draft.needed) or not draft.globs:
        return draft.text, [_keys(*draft.needed)]
    return "path", [_keys(*glob) for glob in draft.globs]


def _keys(words: tuple[bytes, ...], pieces: tuple[bytes, ...], grams: tuple[int, ...]) -> set[tuple[int, Key]]:
    shorts = {(_SHORT, piece) for piece in pieces if len(piece) < GRAM}
    return {(_WORD, word) for word in words} | {(_GRAM, gram) for gram in grams} | shorts


def _cost(choice: tuple[int, Key], count: int) -> tuple[bool, int, int, bytes]:
    """How often a key will be met for nothing, as far as the guards themselves tell; the rest makes it repeatable."""
    shelf, key = choice
    text = key if isinstance(key, bytes) else key.to_bytes(GRAM, "big")
    return shelf == _SHORT or len(text) < 3, count, -len(text), text


def _small(shelf: dict[Key, list[int]]) -> dict[Key, int | tuple[int, ...]]:
    return {key: numbers[0] if len(numbers) == 1 else tuple(numbers) for key, numbers in shelf.items()}


def _dumps(value: Any) -> bytes:
    return marshal.dumps(value)


def _offsets(drafts: list[_Draft]) -> bytes:
    offset = 0
    parts = [bytes(4)]
    for draft in drafts:
        offset += len(draft.body)
        parts.append(offset.to_bytes(4, sys.byteorder))
    return b"".join(parts)


def _library_folders() -> list[str]:
    """Where the hook, which starts without site-packages, finds what it needs."""
    origins = [spec.origin for name in _LIBRARIES if (spec := find_spec(name)) and spec.origin]
    return list(dict.fromkeys(str(_folder(Path(origin))) for origin in origins))


def _folder(origin: Path) -> Path:
    return origin.parents[1] if origin.stem == "__init__" else origin.parent
