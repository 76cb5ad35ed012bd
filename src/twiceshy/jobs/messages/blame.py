"""Which commits a message blames for what it mends, by their ids or by the pull requests that brought them."""

from __future__ import annotations

import re

_COMMIT = r"[ :\n]*(?:(?:commit|the|change|in|by|pr|pull request)[ \n]+)*[`\"'(\[]*(?:\b([0-9a-f]{7,40})\b|#(\d+)\b)"
_BLAMES = re.compile(
    r"(?i)(?:(?:introduced|broken?|broke|regress\w*|caused|missed|forgotten|oversight|breakage|bug)"
    r"(?: \w+)? (?:in|by|with|from|since|of)|follow[- ]?up (?:to|for|from|of)|ever since|reverts)" + _COMMIT
)
_TRAILER = re.compile(
    r"(?im)^[ \t]*(?:fixes|fixup|follow[- ]?up(?: to| from| of| for)?)[: ]+(?:commit )?[`\"'(]*([0-9a-f]{7,40})\b"
)


def blamed_in(message: str) -> list[tuple[str, str]]:
    """The ids, then the numbers (`#12`) of pull requests that a message blames, each with the words that do."""
    found = list(_BLAMES.finditer(message))
    by_id = [match for match in found if match[1]] + list(_TRAILER.finditer(message))
    by_number = [match for match in found if match[2]]
    return [(match[1], _words(match)) for match in by_id] + [(f"#{match[2]}", _words(match)) for match in by_number]


def is_blaming(line: str) -> bool:
    """Whether a line does nothing but name the commit that is to blame, as a trailer does."""
    return _TRAILER.match(line) is not None


def _words(match: re.Match[str]) -> str:
    return " ".join(match[0].split())
