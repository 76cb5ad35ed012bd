"""Guards against taking out: what the culprit removed and the fix put back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from twiceshy.jobs.suggest._scene import Draft, Scene, place
from twiceshy.jobs.suggest._swaps import Swap
from twiceshy.jobs.suggest._tokens import Token, pattern_of, tokens_of
from twiceshy.model.change import lines_of

_MOST = 12  # tokens
_NEAR = 50  # lines among which the good example is looked for
_EACH = 3  # drafts for one difference


def propose(scene: Scene) -> Iterator[Draft]:
    """For each line or stretch the fix brought that stood in what the culprit took out, and was then gone."""
    for swap in scene.swaps:
        undone = scene.undone(swap.file.path)
        if not undone.lines or not swap.given:
            continue
        culprit = scene.culprit_file(swap.file.path)
        left = (culprit.new_text() if culprit else None) or ""
        offered = 0
        for window in _windows(scene, swap):
            if not scene.suffices(window):
                continue
            pattern = pattern_of(window)
            bad = next(undone.matching(pattern, window), None)
            if bad is None or re.search(pattern, left):
                continue
            yield _draft(scene, swap, window, pattern, scene.raw(swap.file.path, bad))
            offered += 1
            if offered == _EACH:
                break


def _windows(scene: Scene, swap: Swap) -> Iterator[Sequence[Token]]:
    """Stretches of what the fix brought: whole lines as far as they are not long, then a name with its call."""
    lines: dict[int, list[Token]] = {}
    for token in swap.given:
        lines.setdefault(token.line, []).append(token)
    for line in lines.values():
        if len(line) > 1 and sum(token.is_word for token in line) > 1 and any(map(scene.tells, line)):
            yield line[:_MOST]
    for token in sorted((token for token in swap.given if scene.tells(token)), key=lambda t: scene.counts[t.text]):
        line = tokens_of([swap.new_lines[token.line]])
        at = next(i for i, other in enumerate(line) if other.start == token.start)
        yield line[max(at - 2, 0) : at + 2] if at >= 2 and line[at - 1].text in (".", "->", "::") else line[at : at + 2]


def _draft(scene: Scene, swap: Swap, window: Sequence[Token], pattern: str, bad: str) -> Draft:
    culprit = scene.culprit_file(swap.file.path)
    whole = lines_of((culprit.old_text() if culprit else None) or "")
    at = next((n for n, line in enumerate(whole) if re.search(pattern, line)), 0)
    beside = [
        line for line in [*whole[at + 1 :], *whole[:at][::-1]] if any(token.is_word for token in tokens_of([line]))
    ]
    others = [
        line
        for line in (*swap.hunk.removed, *scene.undone(swap.file.path).lines[:_NEAR], *beside[:_NEAR])
        if line.strip()
    ]
    others = [line for line in others if not re.search(pattern, line)]
    return Draft(
        "gone",
        {"removed": pattern, "paths": [place(swap.file.path)]},
        f"taking out `{' '.join(token.text for token in window)}`, which the fix had to put back",
        swap.file.path,
        tuple(token.text for token in window),
        (bad,),
        ("\n".join(swap.hunk.removed[:3]), *others[:3]),
        swap,
    )
