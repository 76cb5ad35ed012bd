"""Which commits a message blames for what it mends, by their ids or by the pull requests that brought them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from twiceshy.model.history import PastCommit

_COMMIT = r"[ :\n]*(?:(?:commit|the|change|in|by|pr|pull request)[ \n]+)*[`\"'(\[]*(?:\b([0-9a-f]{7,40})\b|#(\d+)\b)"
_BLAMES = re.compile(
    r"(?i)(?:(?:introduced|broken?|broke|regress\w*|caused|missed|forgotten|oversight|breakage|bug)"
    r"(?: \w+)? (?:in|by|with|from|since|of)|follow[- ]?up (?:to|for|from|of)|ever since|reverts)" + _COMMIT
)
_TRAILER = re.compile(
    r"(?im)^[ \t]*(?:fixes|fixup|follow[- ]?up(?: to| from| of| for)?)[: ]+(?:commit )?[`\"'(]*([0-9a-f]{7,40})\b"
)


def blamed_in(message: str, past: Sequence[PastCommit]) -> Iterator[tuple[str, str]]:
    """The commits that a message blames, best first, each with the words that do: by id, or by the pull request."""
    found = list(_BLAMES.finditer(message))
    for match in [*(match for match in found if match[1]), *_TRAILER.finditer(message)]:
        yield match[1], _words(match)
    for match in found:
        mark = f"(#{match[2]})"
        one = next((one for one in past if match[2] and mark in one.subject), None)
        if one:
            yield one.sha, _words(match)


def is_blaming(line: str) -> bool:
    """Whether a line does nothing but name the commit that is to blame, as a trailer does."""
    return _TRAILER.match(line) is not None


def _words(match: re.Match[str]) -> str:
    return " ".join(match[0].split())
