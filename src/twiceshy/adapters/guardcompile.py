"""Compiles guards into the two parts of a guard table (`adapters/guardtable.py`): a header to ask, bodies to read."""

from __future__ import annotations

import marshal
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from twiceshy.adapters.guardkeys import GRAM, glob_runs, grams_of, needed
from twiceshy.adapters.guardtable import FIELDS, Entry, stat_of
from twiceshy.errors import TwiceshyError
from twiceshy.guards import needs
from twiceshy.guards.path import globs_of
from twiceshy.model.guard import Guard, pack

# What decides which documents there are and what they mean, beside themselves.
SETTINGS = ("twiceshy.toml", "pyproject.toml", ".twiceshy", ".twiceshy/templates")
_FIRST_OTHERS, _FIRST_DOCUMENTS, _CHUNK = 200, 100, 200
# A file that changed a moment ago may change again within the same tick of the clock: look again next time.
_RACY_NS, _UNSURE = 10_000_000, -2
_LIBRARIES = ("twiceshy", "re2", "ast_grep_py", "packaging", "semantic_version")

_WORD, _GRAM, _SHORT, _ALWAYS = range(4)

Watched = tuple[tuple[tuple[str, int, int], ...], tuple[bytes, ...]]
Key = bytes | int
Needed = tuple[tuple[bytes, ...], tuple[bytes, ...]]


class _Draft(NamedTuple):
    """One guard on its way into the table: `text` is where to look for its `words` and `pieces`."""

    text: str
    words: tuple[bytes, ...]
    pieces: tuple[bytes, ...]
    globs: tuple[Needed, ...]
    body: bytes


def compiled(entries: Iterable[Entry], watch: Watched, stamp: str) -> tuple[bytes, list[bytes]]:
    """The header and the bodies; `pair` and `error` guards are only counted, because no tool call can trigger them."""
    drafts: list[_Draft] = []
    lessons: set[str] = set()
    for entry in entries:
        lessons.add(entry.lesson)
        drafts += _draft(entry)
    meta = {"lessons": len(lessons), "sys_path": _library_folders(), "stamp": stamp}
    keys = {text: marshal.dumps(keyed) for text, keyed in _keyed(drafts).items()}
    return _dumps((meta, watch, keys, _offsets(drafts))), [draft.body for draft in drafts]


def watched(
    root: str, found: Mapping[str, tuple[int, int]], *, also: Iterable[str] = SETTINGS, began: int | None = None
) -> Watched:
    """What to look at each time (the latest documents change soonest again), and the rest in chunks that take turns.

    Watched are the documents `found`, the folders that hold them with all folders above, and `also`, paths relative to
    `root`. What changed after `began` (ns since the epoch, else now) may have been read before or after: look again.
    """
    settled = (began or time.time_ns()) - _RACY_NS
    folders = {str(folder) for path in found for folder in PurePosixPath(path).parents} | {"."}
    others = [(path, *stat_of(str(Path(root, path)))) for path in sorted(folders | set(also))]
    documents = sorted(((path, *stat) for path, stat in found.items()), key=lambda known: -known[1])
    stats = [(path, mtime if mtime < settled else _UNSURE, size) for path, mtime, size in [*others, *documents]]
    ordered = [*stats[: len(others)][:_FIRST_OTHERS], *stats[len(others) :][:_FIRST_DOCUMENTS]]
    rest = [*stats[: len(others)][_FIRST_OTHERS:], *stats[len(others) :][_FIRST_DOCUMENTS:]]
    return tuple(ordered), tuple(marshal.dumps(rest[at : at + _CHUNK]) for at in range(0, len(rest), _CHUNK))


def _draft(entry: Entry) -> Iterator[_Draft]:
    """Nothing for a guard that is of no use here, or that cannot be compiled: lint names it."""
    guard = entry.guard
    text = _text(guard)
    if not text:
        return
    try:
        words, pieces = needed(needs(guard))
        globs = globs_of(guard.pattern) if guard.engine == "path" else () if text == "command" else guard.paths
        places = tuple(needed(glob_runs(glob)) for glob in globs)
        places = places if all(map(any, places)) else ()
        plain = (_packed(guard), *(getattr(entry, name) for name in FIELDS))
        body = _dumps((text, words, pieces, places, plain))
    except (TwiceshyError, ValueError):
        return
    yield _Draft(text, words, pieces, places, body)


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
    if draft.words or draft.pieces or not draft.globs:
        return draft.text, [_keys(draft.words, draft.pieces)]
    return "path", [_keys(*glob) for glob in draft.globs]


def _keys(words: tuple[bytes, ...], pieces: tuple[bytes, ...]) -> set[tuple[int, Key]]:
    grams = {(_GRAM, gram) for piece in pieces for gram in grams_of(piece)}
    return {(_WORD, word) for word in words} | grams | {(_SHORT, piece) for piece in pieces if len(piece) < GRAM}


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
    parts = [b"\0\0\0\0"]
    for draft in drafts:
        offset += len(draft.body)
        parts.append(offset.to_bytes(4, "little"))
    return b"".join(parts)


def _library_folders() -> list[str]:
    """Where the hook, which starts without site-packages, finds what it needs."""
    origins = [spec.origin for name in _LIBRARIES if (spec := find_spec(name)) and spec.origin]
    return list(dict.fromkeys(str(_folder(Path(origin))) for origin in origins))


def _folder(origin: Path) -> Path:
    return origin.parents[1] if origin.stem == "__init__" else origin.parent
