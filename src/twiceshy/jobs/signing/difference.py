"""What changed in a document since it was signed, line by line."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher

from twiceshy.model.signoff import Difference

_SHOWN = 40
_COMPARED = 2000  # changed lines; to align more takes quadratic time


def difference(signed: str, now: str) -> Difference:
    """How `now` differs from the text that was signed; a line put in the place of another counts once."""
    old, new = signed.splitlines(), now.splitlines()
    if old == new:
        return Difference(_line_ends(signed, now), only_line_ends=True)
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return _between(old[first : len(old) - last], new[first : len(new) - last])


def counted(differs: Difference) -> str:
    """`3 lines differ`, and whether only their ends do."""
    many = differs.count != 1
    lines = f"{differs.count} line{'s' * many} differ{'s' * (not many)}"
    return f"{lines} only in how they end" if differs.only_line_ends else lines


def _line_ends(signed: str, now: str) -> int:
    old, new = signed.splitlines(True), now.splitlines(True)
    return sum(one != other for one, other in zip(old, new, strict=True))


def _between(old: list[str], new: list[str]) -> Difference:
    if len(old) + len(new) > _COMPARED:
        gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
        return Difference(max(gone.total(), come.total(), 1))
    count, lines = 0, list[str]()
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            count += max(b - a, d - c)
            lines += [f"- {line}" for line in old[a:b]] + [f"+ {line}" for line in new[c:d]]
    return Difference(count, tuple(lines[:_SHOWN]))
