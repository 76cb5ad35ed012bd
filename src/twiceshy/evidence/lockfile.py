"""`lockfile`: what a project is built from, exactly.

Read are uv.lock, poetry.lock, requirements.txt, package-lock.json (versions 1 to 3), pnpm-lock.yaml, Cargo.lock and
go.mod; the file's name says how. Direct are those that the project itself asks for: uv, npm from lock version 2 on,
pnpm, Cargo and go.mod say it, requirements.txt only with the comments of pip-compile (`# via -r requirements.in`);
poetry.lock and version 1 of npm do not, and then it is unknown. The project's own packages do not count. Two versions
of one package are two. go.sum holds checksums of more than is built and is not read.

Yields `dependencies.locked`, `dependencies.direct`, `dependencies.transitive`, `dependencies.unpinned`; between two
states of a file `dependencies.added`, `dependencies.removed`, `dependencies.updated`, and each of them as
`dependencies.added-named`, `dependencies.removed-named`, `dependencies.updated-named`.

    [[package]]
    name = "left-pad"
    version = "1.3.0"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import counted, text_of, unknown
from twiceshy.evidence._locks import Locked, reader_of
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

_UNIT = "packages"
_NAMES = (
    b"[[package]]",
    b'"lockfileVersion"',
    b"lockfileVersion:",
    b"\nrequire",
    b"module ",
    b"==",
)


def recognises(head: bytes, name: str) -> bool:
    """Whether the file is called as these are, and holds what they hold."""
    return reader_of(name) is not None and any(mark in head for mark in _NAMES)


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """How much is locked. Raises MalformedEvidence."""
    locked = _read(raw, provenance.source)
    total = len(locked.versions)
    yield counted("dependencies.locked", total, provenance, total, unit=_UNIT)
    if locked.direct is None:
        for name in ("direct", "transitive"):
            why = "what the project itself asks for was looked for: this file does not say it"
            yield unknown(f"dependencies.{name}", why, provenance, unit=_UNIT)
    else:
        direct = len(locked.direct)
        yield counted("dependencies.direct", direct, provenance, total, unit=_UNIT)
        yield counted("dependencies.transitive", total - direct, provenance, total, unit=_UNIT)
    if locked.unpinned:
        whole = total + len(locked.unpinned)
        yield counted("dependencies.unpinned", len(locked.unpinned), provenance, whole, unit=_UNIT)


def compare(before: bytes, after: bytes, path: str, provenance: Provenance) -> Iterator[Evidence]:
    """What came, went and changed its version. Raises MalformedEvidence."""
    old, new = (_read(raw, path) if raw else Locked({}, frozenset()) for raw in (before, after))
    was, now = _by_name(old), _by_name(new)
    added = {name: now[name] for name in now if name not in was}
    removed = {name: was[name] for name in was if name not in now}
    updated = {name: f"{was[name]} to {now[name]}" for name in now if name in was and was[name] != now[name]}
    whole = len(was | now)
    for word, found, by in (("added", added, new), ("removed", removed, old), ("updated", updated, new)):
        yield counted(f"dependencies.{word}", len(found), provenance, whole, unit=_UNIT, place=path)
        yield from _named(word, found, by, provenance, path)


def _named(word: str, found: Mapping[str, str], by: Locked, provenance: Provenance, path: str) -> Iterator[Evidence]:
    direct = {name for name, _ in by.direct or ()}
    for name, versions in sorted(found.items()):
        how = "" if by.direct is None else " (direct)" if name in direct else " (transitive)"
        text = text_of(f"{name} {versions}{how}")
        yield Evidence(f"dependencies.{word}-named", text, provenance, QUOTED, place=path)


def _by_name(locked: Locked) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name, version in locked.versions:
        found.setdefault(name, []).append(version)
    return {name: ", ".join(sorted(versions)) for name, versions in found.items()}


def _read(raw: bytes, path: str) -> Locked:
    reader = reader_of(path.rpartition("/")[2])
    if reader is None:
        raise MalformedEvidence("by its name this is no lock file that is known", text_of(path, 120))
    return reader(raw)
