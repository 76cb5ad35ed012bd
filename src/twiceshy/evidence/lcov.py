"""`lcov`: coverage as an lcov tracefile (geninfo(1)), which gcov, istanbul, Dart, Rust and many more write.

The `DA` and `BRDA` records are counted, each line and branch of a file once: a tracefile put together from several runs
names a file several times, and what one of the runs took counts. `LF`, `LH`, `BRF` and `BRH` are only compared. A
branch that was never reached (`-`) is one that was not taken. Where a file has summaries but no `DA` records, the
summaries are all there is, and they are taken.

Yields the same figures as [coverage-json](#coverage-json): `coverage.lines`, `coverage.lines.covered`,
`coverage.lines.total`, `coverage.branches`, `coverage.branches.covered`, `coverage.branches.total`, `coverage.files`,
`coverage.contradiction`.

    SF:src/a.c
    DA:1,1
    DA:2,0
    BRDA:2,0,0,1
    BRDA:2,0,1,-
    end_of_record
"""

from __future__ import annotations

from collections.abc import Iterator

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._covered import Covered, coverage
from twiceshy.evidence._figures import count_of, text_of
from twiceshy.evidence._texts import text_in
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

_SUMMARIES = {"LF", "LH", "BRF", "BRH"}


class _File:
    """What a tracefile says of one source file: who was taken, by line and by branch."""

    __slots__ = ("branches", "lines", "place", "said")

    def __init__(self, place: str) -> None:
        self.lines: dict[str, bool] = {}
        self.branches: dict[str, bool] = {}
        self.said: dict[str, int] = {}
        self.place = place


def recognises(head: bytes, name: str) -> bool:
    """Whether this starts with the records of a tracefile."""
    return name.endswith((".info", ".lcov", ".dat", ".txt")) and head.lstrip().startswith((b"TN:", b"SF:"))


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one tracefile. Raises MalformedEvidence."""
    files = _files(text_in(raw))
    lines, branches = Covered(0, 0), Covered(0, 0)
    for one in files.values():
        lines = _plus(lines, one.lines, one.said, "L")
        branches = _plus(branches, one.branches, one.said, "BR")
    yield from coverage(lines, branches if branches.total else None, len(files), provenance)
    for path, one in files.items():
        for found, key in ((one.lines, "L"), (one.branches, "BR")):
            said, held = (one.said.get(f"{key}H"), one.said.get(f"{key}F")), (sum(found.values()), len(found))
            if found and None not in said and said != held:
                text = f"{key}H and {key}F say {said[0]} of {said[1]}, the records {held[0]} of {held[1]}"
                text = f"{text_of(path, 120)}: {text}"
                yield Evidence("coverage.contradiction", text, provenance, QUOTED, place=one.place)


def _files(text: str) -> dict[str, _File]:
    files: dict[str, _File] = {}
    at: _File | None = None
    for number, line in enumerate(text.splitlines(), 1):
        key, _, rest = line.strip().partition(":")
        if key == "SF":
            at = files.setdefault(rest, _File(f"line {number}"))
            at.said = {} if at.lines or at.branches or at.said else at.said  # summaries of parts cannot be added
        elif key == "end_of_record":
            at = None
        elif key in ("DA", "BRDA") or key in _SUMMARIES:
            if at is None:
                raise MalformedEvidence(f"{key} stands outside of a file", f"line {number}")
            _record(at, key, rest, number)
    if not files:
        raise MalformedEvidence("no record names a file (SF:)", "line 1")
    if at is not None:
        raise MalformedEvidence("the last record does not end: the file is cut off", f"line {number}")
    return files


def _record(file: _File, key: str, rest: str, number: int) -> None:
    if key in _SUMMARIES:
        value = count_of(rest)
        if value is None:
            raise MalformedEvidence(f"{key} is no count", f"line {number}")
        file.said[key] = value
        return
    cells = rest.split(",")
    name, times = (cells[0], cells[1:2]) if key == "DA" else (",".join(cells[:-1]), cells[-1:])
    taken = times[0].strip() if times else ""
    if taken == "-" and key == "BRDA":
        taken = "0"
    if not name or not taken.isascii() or not taken.isdigit() or (key == "BRDA" and len(cells) < 4):
        raise MalformedEvidence(f"{key}:{text_of(rest, 40)} cannot be counted", f"line {number}")
    found = file.lines if key == "DA" else file.branches
    found[name] = found.get(name, False) or bool(taken.strip("0"))


def _plus(sum_: Covered, found: dict[str, bool], said: dict[str, int], key: str) -> Covered:
    if found:
        return Covered(sum_.hit + sum(found.values()), sum_.total + len(found))
    hit, total = said.get(f"{key}H", 0), said.get(f"{key}F", 0)
    return Covered(sum_.hit + min(hit, total), sum_.total + total)
