"""Compiles guards into a guard table (`adapters/guardtable.py`): a header to ask, bodies to read, a memory.

What a guard needs takes half a millisecond to find out, so a table remembers for the next one what it found: a guard
that has not changed since, nor the lesson around it, nor our own code, is taken over as it is.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from twiceshy.adapters.guardkeys import GRAM, needed
from twiceshy.adapters.guardtable import FIELDS, Entry, Watch, folder_stamp, open_table
from twiceshy.errors import TwiceshyError
from twiceshy.guards import needs
from twiceshy.guards.path import globs_of
from twiceshy.model.glob import glob_literals
from twiceshy.model.guard import Guard, pack

if TYPE_CHECKING:
    from twiceshy.adapters.guardkeys import Needed
    from twiceshy.adapters.guardtable import Stamp

_FIRST_DIRECTORIES, _FIRST_DOCUMENTS, _CHUNK = 200, 100, 200
# A file that changed a moment ago may change again within the same tick of the clock: look again next time.
_RACY_NS, _UNSURE = 10_000_000, -2
_LIBRARIES = ("twiceshy", "re2", "ast_grep_py", "packaging", "semantic_version")
_WORD, _GRAM, _SHORT, _ALWAYS = range(4)

# Where a guard is listed: the text to look at, which shelf of its keys, and the key.
Lead = tuple[str, int, bytes | int]


class _Draft(NamedTuple):
    """One guard of the table: its body, and for each way to reach it all leads any of which would do."""

    body: bytes
    ways: list[list[Lead]]


class _Known(NamedTuple):
    """One guard as a table before this one had it."""

    body: bytes
    leads: tuple[Lead, ...]


def compiled(path: str, entries: Iterable[Entry], watch: Watch) -> tuple[bytes, list[bytes], bytes]:
    """Header, bodies and memory of a table that may take the place of the one in `path`.

    `pair` and `error` guards are only counted, because no tool call can trigger them.
    """
    code = _code()
    known = _remembered(path, code)
    lessons: set[str] = set()
    rows: list[tuple[bytes, _Draft | _Known]] = []
    for entry in entries:
        if entry.see:  # a tombstone is no lesson
            lessons.add(entry.lesson)
        identity = _identity(entry)
        row = known.get(identity) if identity else _draft(entry)
        if row := row or _draft(entry):
            rows.append((identity, row))
    leads = _chosen([row for _, row in rows])
    bodies = [row.body for _, row in rows]
    memory = _dumps([(identity, own) for (identity, _), own in zip(rows, leads, strict=True)])
    kept = crc32(memory, crc32(b"".join(bodies)))
    meta = {"lessons": len(lessons), "sys_path": _library_folders(), "code": code, "kept": kept}
    return _dumps((meta, _watched(watch), _keyed(leads), _offsets(bodies))), bodies, memory


def watched_folders(root: str, files: Iterable[str]) -> list[Stamp]:
    """Every folder that holds one of `files`, with the folders above it: where a new document can appear."""
    folders = {""}
    for path in files:
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return [folder_stamp(os.path.join(root, folder) if folder else root) for folder in sorted(folders)]


def _code() -> str:
    """What our own code was when it found out what guards need."""
    folder = Path(find_spec("twiceshy.guards").origin).parent  # type: ignore[union-attr, arg-type]
    sources = [*sorted(folder.glob("*.py")), Path(__file__), Path(__file__).with_name("guardkeys.py")]
    return repr([(source.name, source.stat().st_mtime_ns) for source in sources])


def _remembered(path: str, code: str) -> dict[bytes, _Known]:
    table = open_table(path)
    if table is None:
        return {}
    bodies, memory = table.everything()
    table.close()
    if table.meta.get("code") != code or table.meta["kept"] != crc32(memory, crc32(b"".join(bodies))):
        return {}
    rows = zip(bodies, marshal.loads(memory), strict=True)
    return {identity: _Known(body, leads) for body, (identity, leads) in rows if identity}


def _identity(entry: Entry) -> bytes:
    """What tells one row of a table from another; empty for a guard without a digest, which is always done anew."""
    guard = entry.guard
    if not guard.digest:
        return b""
    told = (guard.digest, guard.id, guard.engine, guard.why, guard.level, guard.path, str(guard.line), str(entry.line))
    said = (entry.level, entry.lesson, entry.title, entry.takeaway, entry.see, entry.instead)
    text = "\0".join((*told, *said)).encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=16).digest()


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


def _draft(entry: Entry) -> _Draft | None:
    """Nothing for a guard that is of no use here, or that cannot be compiled: lint names it."""
    guard = entry.guard
    text = _text(guard)
    if not text:
        return None
    try:
        runs = needed(needs(guard))
        globs = globs_of(guard.pattern) if guard.engine == "path" else () if text == "command" else guard.paths
        places = tuple(needed(glob_literals(glob)) for glob in globs)
        places = places if all(map(any, places)) else ()
        plain = (_packed(guard), *(getattr(entry, name) for name in FIELDS))
        body = _dumps((text, runs, places, _dumps(plain)))
    except (TwiceshyError, ValueError):
        return None
    return _Draft(
        body, [_leads("path", place) for place in places] if places and not any(runs) else [_leads(text, runs)]
    )


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


def _leads(text: str, runs: Needed) -> list[Lead]:
    words, pieces, grams = runs
    found: list[Lead] = [(text, _WORD, word) for word in words]
    found += [(text, _GRAM, gram) for gram in grams]
    return found + [(text, _SHORT, piece) for piece in pieces if len(piece) < GRAM] or [(text, _ALWAYS, 0)]


def _chosen(rows: list[_Draft | _Known]) -> list[tuple[Lead, ...]]:
    """For each guard the rarest thing it needs, and those known as they were listed before."""
    counts = Counter(lead for row in rows if isinstance(row, _Known) for lead in row.leads)
    counts.update(lead for row in rows if isinstance(row, _Draft) for way in row.ways for lead in way)
    return [
        row.leads
        if isinstance(row, _Known)
        else tuple(min(way, key=lambda lead: _cost(lead, counts)) for way in row.ways)
        for row in rows
    ]


def _keyed(leads: list[tuple[Lead, ...]]) -> dict[str, bytes]:
    """For each text its words, grams and shorts with the guards they lead to, and the guards without any."""
    shelves: dict[str, list[dict[bytes | int, list[int]]]] = {}
    for number, own in enumerate(leads):
        for text, shelf, key in own:
            shelves.setdefault(text, [{}, {}, {}, {}])[shelf].setdefault(key, []).append(number)
    return {
        text: _dumps((*map(_small, keyed[:_ALWAYS]), tuple(keyed[_ALWAYS].get(0, ()))))
        for text, keyed in shelves.items()
    }


def _cost(lead: Lead, counts: Counter[Lead]) -> tuple[bool, int, int, bytes]:
    """How often a key will be met for nothing, as far as the guards themselves tell; the rest makes it repeatable."""
    _, shelf, key = lead
    text = key if isinstance(key, bytes) else key.to_bytes(GRAM, "big")
    return shelf == _SHORT or len(text) < 3, counts[lead], -len(text), text


def _small(shelf: dict[bytes | int, list[int]]) -> dict[bytes | int, int | tuple[int, ...]]:
    return {key: numbers[0] if len(numbers) == 1 else tuple(numbers) for key, numbers in shelf.items()}


def _dumps(value: Any) -> bytes:
    return marshal.dumps(value)


def _offsets(bodies: list[bytes]) -> bytes:
    ends = [0]
    for body in bodies:
        ends.append(ends[-1] + len(body))
    return b"".join(end.to_bytes(4, sys.byteorder) for end in ends)


def _library_folders() -> list[str]:
    """Where the hook, which starts without site-packages, finds what it needs."""
    origins = [spec.origin for name in _LIBRARIES if (spec := find_spec(name)) and spec.origin]
    return list(dict.fromkeys(str(_folder(Path(origin))) for origin in origins))


def _folder(origin: Path) -> Path:
    return origin.parents[1] if origin.stem == "__init__" else origin.parent
