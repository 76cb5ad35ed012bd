"""Which of the guards that hold are about the mistake: signs for and against it, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from twiceshy.jobs.suggest._scene import Scene
from twiceshy.jobs.suggest._swaps import Swap, is_test
from twiceshy.jobs.suggest._tokens import KEYWORDS, is_incidental, words_in
from twiceshy.jobs.suggest._trial import Tried

ENOUGH = 2.0
"""What a guard must reach to be offered: set on 35 pairs of a culprit and its fix that were read for it."""

_FORMS = {
    "version": 2.0,
    "gone": 1.0,
    "flag": 1.0,
    "call": 0.8,
    "order": 0.8,
    "check": 0.6,
    "beside": -0.2,
    "line": 0.6,
    "pair": -0.5,
}
_COSMETIC = re.compile(
    r"(?i)\b(?:typos?|clean-?ups?|copyright|white-?space|indent\w*|style|stylistic|spelling|checksrc|reformat\w*"
    r"|clang-format|prettier|lint\w*|rename[sd]?|refactor\w*|cosmetic|comments?|wording|nits?|simplif\w+"
    r"|split(?:s|ting)? up|unused)\b"
)


def score(tried: Tried, scene: Scene) -> tuple[float, list[str]]:
    """How sure it is that the guard is about the mistake, and the reasons that a person can check."""
    signs = list(_signs(tried, scene))
    return sum(weight for weight, _ in signs), [words for _, words in signs if words]


def _signs(tried: Tried, scene: Scene) -> Iterator[tuple[float, str]]:
    draft = tried.draft
    yield _FORMS[draft.form], ""
    core = frozenset().union(*(words_in(word) for word in draft.core)) - KEYWORDS
    named = sorted((core & scene.told) - words_in(draft.path) - scene.usual)
    if named:
        yield min(1.0 * len(named), 2.5), f"the fix's message speaks of {', '.join(named[:4])}"
    if draft.swap and isinstance(tried.keys["bad"], str) and _removed_verbatim(tried, draft.swap.hunk.removed):
        yield 1.5, "the fix took this very line of the culprit out"
    if draft.form == "line" and draft.swap and not draft.swap.taken:
        yield -0.1, ""  # what is missing is better said by a condition
    yield from _focus(scene.things)
    if tried.left:
        yield (
            -(1.5 if draft.form in ("check", "beside") else 0.5) * tried.left,
            f"what is left after the fix has {tried.left} more of it",
        )
    if tried.caught > 5 and not (draft.form == "check" and not tried.left):
        yield -1.0, f"it fires {tried.caught} times on the culprit"
    yield from _against(tried, scene)


def _removed_verbatim(tried: Tried, removed: Sequence[str]) -> bool:
    lines = {line.strip() for line in removed}
    return any(line.strip() in lines for line in str(tried.keys["bad"]).split("\n") if line.strip())


def _focus(count: int) -> Iterator[tuple[float, str]]:
    if count <= 1:
        yield 1.5, "it is all that the fix changed"
    elif count <= 3:
        yield 0.7, f"the fix changed only {count} things"
    elif count > 6:
        yield -min(count / 6, 3.0), f"the fix changed {count} things at once"


def _against(tried: Tried, scene: Scene) -> Iterator[tuple[float, str]]:
    draft = tried.draft
    subject = scene.message.partition("\n")[0]
    if _COSMETIC.search(subject):
        yield -4.0, "the fix's message sounds as if it only tidied up"
    bad = str(tried.keys["bad"]).strip("\n").split("\n")
    if len(bad) == 1 and is_incidental(bad[0]):
        yield -2.0 if scene.things > 2 else -1.0, "the line only imports, declares or logs something"
    if is_test(draft.path):
        yield -1.5, "it is about a test"
    if not draft.swap:
        return
    if _is_wording(draft.swap):
        yield -1.5, "it is only about the words of a text"
    old, new = (tuple(t.text for t in part) for part in (draft.swap.taken, draft.swap.given))
    if old and new and old[-1][0].isalpha() and new[-1][0].isalpha():
        ends = [(s.taken[-1].text, s.given[-1].text) for s in scene.swaps if s.taken and s.given]
        same = ends.count((old[-1], new[-1]))
        if same > 2:
            yield -2.0, f"the fix put {new[-1]} for {old[-1]} in {same} places"


def _is_wording(swap: Swap) -> bool:
    """Whether all that differs stands between quotation marks, and holds a space: words for people."""
    differs = [(token, swap.old_lines) for token in swap.taken] + [(token, swap.new_lines) for token in swap.given]
    return bool(differs) and all(_is_quoted(lines[token.line], token.start) for token, lines in differs)


def _is_quoted(line: str, at: int) -> bool:
    for mark in "\"'":
        start = line.rfind(mark, 0, at)
        end = line.find(mark, at)
        filled_in = line.rfind("{", start, at) > line.rfind("}", start, at)
        if line.count(mark, 0, at) % 2 and end > start and line[start:end].count(" ") > 2 and not filled_in:
            return True
    return False
