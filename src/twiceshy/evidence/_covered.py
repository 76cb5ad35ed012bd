"""What was covered, whichever tool measured it: lines and branches apart, shares from counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from twiceshy.evidence._figures import counted, shared, unknown
from twiceshy.model.evidence import Evidence, Provenance


class Covered(NamedTuple):
    """How many of something there are, and how many of them ran."""

    hit: int
    total: int


def coverage(
    lines: Covered | None, branches: Covered | None, files: int, provenance: Provenance, why: str = ""
) -> Iterator[Evidence]:
    """The figures of a report on `files` files; None for what was not measured, or cannot be told for the reason `why`.

    Lines and branches together are never made one share: tools differ in how they add them.
    """
    for what, found in (("lines", lines), ("branches", branches)):
        if found is None:
            reason = why or f"{what} were looked for: this report did not measure them"
            for name in (f"coverage.{what}.total", f"coverage.{what}.covered", f"coverage.{what}"):
                yield unknown(name, reason, provenance, unit="%" if name.endswith(what) else what)
            continue
        yield counted(f"coverage.{what}.total", found.total, provenance, found.total, unit=what)
        yield counted(f"coverage.{what}.covered", found.hit, provenance, found.total, unit=what)
        yield shared(f"coverage.{what}", found.hit, found.total, provenance)
    yield counted("coverage.files", files, provenance, files, unit="files")
