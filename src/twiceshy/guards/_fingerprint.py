"""What makes two findings the same: guard, path and line, wherever the line has moved to.

On the agent hook's hot path when a guard speaks.
"""

from __future__ import annotations

from twiceshy.guards._suppress import MARK
from twiceshy.model.event import sha256

_OPENERS = "#/*-<!;%({ \t"


def fingerprint(guard_id: str, path: str, text: str) -> str:
    """32 hex digits from guard, path and text; blanks do not count, nor does a comment that suppresses a guard.

    The same idea as `partialFingerprints` of SARIF 2.1.0 (3.27.17), but of one file.
    """
    return sha256("\0".join((guard_id, path, _normalised(text))))[:32]


def _normalised(text: str) -> str:
    if MARK in text:
        text = "\n".join(_unmarked(line) for line in text.split("\n"))
    return " ".join(text.split())


def _unmarked(line: str) -> str:
    code, mark, _ = line.partition(MARK)
    return code.rstrip(_OPENERS) if mark else line
