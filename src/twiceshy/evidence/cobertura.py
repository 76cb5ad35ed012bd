"""`cobertura`: coverage as Cobertura XML, which coverage.py, coverlet, gcovr, PHPUnit, istanbul and more write.

The `<line>` elements are counted, each line of a file once, although it stands below its class and again below its
method. Branches come from `condition-coverage="50% (1/2)"`: the counts in parentheses, never the percentage. The
attributes of the root (`line-rate`, `lines-valid`) are only compared. Two classes of one file are one file.

Yields the same figures as [coverage-json](#coverage-json): `coverage.lines`, `coverage.lines.covered`,
`coverage.lines.total`, `coverage.branches`, `coverage.branches.covered`, `coverage.branches.total`, `coverage.files`,
`coverage.contradiction`.

    <coverage lines-valid="2" lines-covered="1"><packages><package><classes><class filename="a.py"><lines>
      <line number="1" hits="1"/><line number="2" hits="0" branch="true" condition-coverage="50% (1/2)"/>
    </lines></class></classes></package></packages></coverage>
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._covered import Covered, coverage
from twiceshy.evidence._figures import count_of, text_of
from twiceshy.evidence._xml import Element, xml_in
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

_CONDITIONS = re.compile(r"\(\s*(\d{1,9})\s*/\s*(\d{1,9})\s*\)")


def recognises(head: bytes, name: str) -> bool:
    """Whether this is XML whose root is Cobertura's."""
    return name.endswith(".xml") and b"<coverage" in head and (b"line-rate" in head or b"cobertura" in head.lower())


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one report. Raises MalformedEvidence."""
    root = xml_in(raw, "coverage")
    hits: dict[tuple[str, int], bool] = {}
    conditions: dict[tuple[str, int], Covered] = {}
    files = set()
    for group in root.all("class"):
        files.add(group.get("filename"))
        for line in group.all("line"):
            key, hit = _line(group, line)
            hits[key] = hits.get(key, False) or hit
            if line.get("branch").lower() == "true" or line.get("condition-coverage"):
                known = conditions.get(key, Covered(0, 0))
                conditions[key] = max(known, _branches(line), key=lambda one: (one.total, one.hit))
    lines = Covered(sum(hits.values()), len(hits))
    measured = bool(conditions) or (count_of(root.get("branches-valid")) or 0) > 0
    branches = Covered(*map(sum, zip(*conditions.values(), strict=True))) if conditions else Covered(0, 0)
    yield from coverage(lines, branches if measured else None, len(files), provenance)
    for found, name in ((lines, "lines"), (branches, "branches")):
        said = tuple(count_of(root.get(f"{name}-{word}")) for word in ("covered", "valid"))
        if None not in said and said != found and (measured or name == "lines"):
            text = f"the root says {said[0]} of {said[1]} {name}, the lines {found.hit} of {found.total}"
            yield Evidence("coverage.contradiction", text, provenance, QUOTED, place=f"line {root.line}")


def _line(group: Element, line: Element) -> tuple[tuple[str, int], bool]:
    number, hits = count_of(line.get("number")), line.get("hits")
    if number is None or not hits.isascii() or not hits.isdigit():
        said = f"line {text_of(line.get('number'), 20)!r} with {text_of(hits, 20)!r} hits"
        raise MalformedEvidence(f"{said} is no line that can be counted", f"line {line.line}")
    return (group.get("filename"), number), bool(hits.strip("0"))


def _branches(line: Element) -> Covered:
    found = _CONDITIONS.search(line.get("condition-coverage"))
    if not found or int(found[1]) > int(found[2]):
        said = text_of(line.get("condition-coverage"), 40)
        raise MalformedEvidence(f"a branch whose conditions cannot be counted: {said!r}", f"line {line.line}")
    return Covered(int(found[1]), int(found[2]))
