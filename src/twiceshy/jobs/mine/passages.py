"""Which of the quoted lines state the root cause, and which say what must hold: found, never concluded."""

from __future__ import annotations

import re
from collections.abc import Iterable

from twiceshy.model.candidate import Quote

# Searched in lower case.
_CAUSE = re.compile(
    r"\b(?:root cause|because(?! of (?:this|that) (?:change|commit|patch))|caused by|turn(?:s|ed) out|due to"
    r"|the (?:problem|issue|bug|culprit|cause|crux|trouble)(?: here)? (?:is|was)|the reason (?:is|was|for|why|that)"
    r"|(?:introduced|broken) (?:by|in|since)|regression (?:from|of|in|introduced|since|caused)"
    r"|introduced a (?:bug|regression)|this (?:happens|happened|occurs) (?:when|because|if)"
    r"|forgot|overlooked|accidentally|inadvertently|mistakenly|oversight)\b"
)
_RULE = re.compile(
    r"\b(?:must(?: not|n't| never| always)? (?:be|have|use|call|hold|check|not)|in the future|from now on"
    r"|should (?:never|always|not be)|make sure (?:that|to|we|you|all|every)|be careful|beware"
    r"|(?:always|never) (?:use|call|check|pass|rely|assume|hold|release|set|trust))\b"
)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[\"'`(*A-Z0-9_-])|\n\s*\n|\n(?=\s*(?:[*-]|\d+[.)])\s)")
_MOST = 2  # sentences; somebody reads all of the text anyway
_CODE = re.compile(r"\s{4,}\S|\t|\s*[$>] ")


def cause_in(quotes: Iterable[Quote]) -> tuple[str, ...]:
    """The lines that state why it went wrong, word for word; none if no sentence says so."""
    return _lines(quotes, _CAUSE)


def rule_in(quotes: Iterable[Quote]) -> tuple[str, ...]:
    """The lines that say what must hold from now on, word for word; none if no sentence says so."""
    return _lines(quotes, _RULE)


def _lines(quotes: Iterable[Quote], pattern: re.Pattern[str]) -> tuple[str, ...]:
    """The whole lines on which the first sentences stand that `pattern` finds, of the first text that has any."""
    for quote in quotes:
        text = "\n".join(quote.lines[1:])
        wanted: set[int] = set()
        found = 0
        for start, end in _sentences(text):
            if found < _MOST and pattern.search(" ".join(text[start:end].lower().split())):
                first, last = text.count("\n", 0, start), text.count("\n", 0, end)
                numbers = [number for number in range(first, last + 1) if quote.lines[1 + number].strip()]
                if not _CODE.match(quote.lines[1 + numbers[0]]):
                    wanted.update(numbers)
                    found += 1
        if wanted:
            return _apart(quote.lines[1:], sorted(wanted))
    return ()


def _apart(lines: tuple[str, ...], wanted: list[int]) -> tuple[str, ...]:
    """The wanted lines, with an empty one between those that do not stand together."""
    shown: list[str] = []
    for at, number in enumerate(wanted):
        shown += [""] if at and wanted[at - 1] != number - 1 else []
        shown.append(lines[number])
    return tuple(shown)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where sentences, paragraphs and list items begin and end, without the blanks around them."""
    ends = [match.span() for match in _SENTENCE.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    found = []
    for start, end in zip(starts, [*(start for start, _ in ends), len(text)], strict=True):
        piece = text[start:end]
        if piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return found
