"""`changelog`: what a CHANGELOG says, by release, in the form of Keep a Changelog.

A release is a heading of the second level with a version (`## [1.2.0] - 2026-01-02`) or `Unreleased`; an item is a line
of a list on its first level, below one of the six headings or, where there is none, `other`. Text in code fences is no
item. What a changelog says is a claim of its authors: it is quoted with its line.

Yields for each release (named in `about`) `changes.added`, `changes.changed`, `changes.deprecated`,
`changes.removed`, `changes.fixed`, `changes.security`, `changes.other` where there are any, `changes.total`,
`changes.date`, and `changes.item` with each; `changes.releases`.

    ## [1.2.0] - 2026-01-02
    ### Fixed
    - Sessions no longer end at midnight.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import counted, text_of
from twiceshy.evidence._texts import text_in
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

SECTIONS = ("added", "changed", "deprecated", "removed", "fixed", "security", "other")
_RELEASE = re.compile(r"##\s+\[?v?(\d[\w.+-]*|unreleased)\]?(?:\([^)]*\))?(.*)", re.IGNORECASE)
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_SECTION = re.compile(r"###\s+(.+)")
_ITEM = re.compile(r"[-*+]\s+(.+)")


def recognises(head: bytes, name: str) -> bool:
    """Whether it is called so and has a release."""
    called = name.rpartition("/")[2].upper().startswith(("CHANGELOG", "HISTORY", "CHANGES"))
    return called and bool(re.search(rb"^##\s+\[?v?(\d|unreleased)", head, re.IGNORECASE | re.MULTILINE))


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """Every release with what it changed. Raises MalformedEvidence if there is none."""
    releases = 0
    release, section, fence = "", "other", ""
    counts: Counter[str] = Counter()
    for number, line in enumerate(text_in(raw).splitlines(), 1):
        mark = re.match(r"\s*(```+|~~~+)", line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if fence:
            continue
        found = _RELEASE.match(line)
        if found or line.startswith("## "):
            yield from _sums(release, counts, provenance)
            release, section, counts = (found[1] if found else ""), "other", Counter()
            releases += bool(found)
            if found and (date := _DATE.search(found[2])):
                yield Evidence("changes.date", date[0], provenance, QUOTED, about=release, place=f"line {number}")
        elif heading := _SECTION.match(line):
            word = heading[1].strip().lower().rstrip(":")
            section = word if word in SECTIONS else "other"
        elif release and (item := _ITEM.match(line)):
            counts[section] += 1
            text = text_of(f"{section}: {item[1]}" if section != "other" else item[1])
            yield Evidence("changes.item", text, provenance, QUOTED, about=release, place=f"line {number}")
    yield from _sums(release, counts, provenance)
    if not releases:
        raise MalformedEvidence("no heading names a release (## [1.2.0] - 2026-01-02)", "line 1")
    yield counted("changes.releases", releases, provenance, releases, unit="releases")


def _sums(release: str, counts: Counter[str], provenance: Provenance) -> Iterator[Evidence]:
    total = counts.total()
    if release:
        for section in SECTIONS:
            if counts[section]:
                yield counted(f"changes.{section}", counts[section], provenance, total, unit="changes", about=release)
        yield counted("changes.total", total, provenance, total, unit="changes", about=release)
