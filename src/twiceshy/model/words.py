"""Words as search compares them: one word for one and many."""

from __future__ import annotations


def stem(word: str) -> str:
    """`word` without the s of a plural: the one ending that code, logs and prose share."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def forms(word: str) -> tuple[str, str]:
    """Both forms of `word`, as they may stand in a text."""
    return stem(word), f"{stem(word)}s"
