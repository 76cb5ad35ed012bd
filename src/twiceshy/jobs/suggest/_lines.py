"""Text guards: a stretch of a line that the culprit added and the fix exchanged or took out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from twiceshy.jobs.suggest._concordance import Concordance
from twiceshy.jobs.suggest._scene import Draft, Scene, place
from twiceshy.jobs.suggest._swaps import Swap
from twiceshy.jobs.suggest._tokens import Token, pattern_of
from twiceshy.model.change import lines_of

_LINES = 3  # of one difference that are tried
_WIDER = 14  # tokens beside the difference that a pattern may take in


def propose(scene: Scene) -> Iterator[Draft]:
    """For each difference, the shortest stretch that the culprit's lines have and the mended file has nowhere."""
    for swap in scene.swaps:
        made = scene.made(swap.file.path)
        if not made.lines:
            continue
        after = scene.after(swap.file)
        for line, start, end in _places(swap):
            pattern, found = _shortest(scene, line, start, end, (made, after))
            if pattern:
                bad = next(made.matching(pattern, found))
                yield _draft(swap, (pattern, found), scene.raw(swap.file.path, bad), line[start:end])
        yield from _flagged(scene, swap, made, after)


def _places(swap: Swap) -> Iterator[tuple[Sequence[Token], int, int]]:
    """The old lines of a difference, each with where in its tokens the difference is."""
    lines: dict[int, list[Token]] = {}
    for token in swap.old:
        lines.setdefault(token.line, []).append(token)
    if swap.taken:
        touched = dict.fromkeys(token.line for token in swap.taken)
        ranked = sorted(touched, key=lambda number: -sum(t.tells for t in swap.taken if t.line == number))[:_LINES]
        for number in sorted(ranked):
            line = lines[number]
            inside = [index for index, token in enumerate(line) if token in swap.taken]
            yield line, inside[0], inside[-1] + 1
    elif 0 < swap.start < len(swap.old) and swap.old[swap.start - 1].line == swap.old[swap.start].line:
        line = lines[swap.old[swap.start].line]
        at = line.index(swap.old[swap.start])
        yield line, at, at
    elif swap.start == len(swap.old) and swap.old and swap.new_start and _joins(swap):
        line = lines[swap.old[-1].line]
        yield line, len(line), len(line)
    elif swap.start < len(swap.old) and swap.given and _leads(swap):
        yield lines[swap.old[swap.start].line], 0, 0


def _joins(swap: Swap) -> bool:
    """Whether what came at the end stands on the line of what was there."""
    return swap.new[swap.new_start].line == swap.new[swap.new_start - 1].line


def _leads(swap: Swap) -> bool:
    """Whether what came at the start stands on the line of what was there."""
    after = swap.new[swap.new_end : swap.new_end + 1]
    return bool(after) and after[0].line == swap.given[-1].line and after[0].text == swap.old[swap.start].text


def _shortest(
    scene: Scene, line: Sequence[Token], start: int, end: int, texts: tuple[Concordance, Concordance]
) -> tuple[str, tuple[Token, ...]]:
    """The fewest tokens around `start` to `end` that say enough, with their pattern; "" if no stretch does."""
    made, after = texts
    spans = [
        (left, right)
        for left in range(max(0, start - _WIDER), start + 1)
        for right in range(end, min(len(line), end + _WIDER) + 1)
        if right - left <= end - start + _WIDER
        and (start < end or left < start < right or right == start == len(line) or left == start == 0)
    ]
    spans.sort(key=lambda span: (span[1] - span[0] + 2 * _open(line[slice(*span)]) + 2 * _cut(line, *span), span))
    for left, right in spans:
        window = line[left:right]
        if len(window) < 2 or not (scene.suffices(window) or (len(window) == len(line) and _says_two(window))):
            continue
        said = _anchored(pattern_of(window), line, start, end)
        if any(True for _ in made.matching(said, window)) and not any(True for _ in after.matching(said, window)):
            return said, tuple(window)
    return "", ()


def _anchored(pattern: str, line: Sequence[Token], start: int, end: int) -> str:
    """The pattern with the end or the start of the line, where that is where something was missing."""
    if start < end:
        return pattern
    return rf"{pattern}\s*$" if start == len(line) else rf"^\s*{pattern}" if start == 0 else pattern


def _open(tokens: Sequence[Token]) -> int:
    """How many brackets have no partner among the tokens."""
    depth = loose = 0
    for token in tokens:
        if token.text in "([{":
            depth += 1
        elif token.text in ")]}":
            if depth:
                depth -= 1
            else:
                loose += 1
    return depth + loose


def _says_two(tokens: Sequence[Token]) -> bool:
    return len({token.text for token in tokens if token.is_word}) > 1


def _cut(line: Sequence[Token], left: int, right: int) -> int:
    """How many of the two ends lie in the middle of a name with dots, a call or an index."""
    joints = (".", "->", "::")
    opened = 0 < left < len(line) and (
        line[left - 1].text in joints
        or line[left].text in joints
        or (line[left].text in "([" and line[left - 1].is_word and line[left - 1].end == line[left].start)
    )
    closed = left < right < len(line) and (line[right].text in (*joints, "(", "[") or line[right - 1].text in joints)
    return int(opened) + int(closed and line[right - 1].text not in "()[]{},;")


def _draft(swap: Swap, found: tuple[str, tuple[Token, ...]], bad: str, core: Sequence[Token]) -> Draft:
    after = lines_of(swap.file.new_text() or "")
    pattern, window = found
    given = [token.line for token in swap.given] or [token.line for token in swap.new[swap.new_start - 1 :][:2]]
    good = "\n".join(swap.hunk.added[given[0] : given[-1] + 1][:8]) if given else ""
    around = "\n".join(after[max(swap.hunk.new_start - 2, 0) : swap.hunk.new_start + 2])
    right = " ".join(token.text for token in swap.given)
    said = " ".join(token.text for token in window)
    return Draft(
        "line",
        {"added": pattern, "paths": [place(swap.file.path)]},
        f"`{said}`" + (f", which the fix made `{right[:60]}`" if right else ", which the fix took out"),
        swap.file.path,
        tuple(token.text for token in (*core, *swap.given)),
        (bad,),
        (good, "\n".join(swap.hunk.added[:8]), around),
        swap,
    )


def _flagged(scene: Scene, swap: Swap, made: Concordance, after: Concordance) -> Iterator[Draft]:
    """A call that lacks what the fix put between its brackets, wherever in them."""
    if swap.taken or not swap.given or len(swap.given) > 12 or not any(token.is_word for token in swap.given):
        return
    depth = 0
    for index in range(swap.new_start - 1, 0, -1):
        token = swap.new[index]
        depth += (token.text == ")") - (token.text == "(")
        if depth < 0:
            name = swap.new[index - 1]
            break
    else:
        return
    if not scene.tells(name) or name.line != swap.given[-1].line:
        return
    wanted = [token for token in swap.given if token.text not in ",("]
    pattern, unless = rf"\b{re.escape(name.text)}\s*\(", pattern_of(wanted or swap.given)
    missing = [line for line in made.matching(pattern, [name]) if not re.search(unless, line)]
    still = [line for line in after.matching(pattern, [name]) if not re.search(unless, line)]
    if missing and not still:
        yield Draft(
            "flag",
            {"added": pattern, "unless": unless, "paths": [place(swap.file.path)]},
            f"a call of `{name.text}` without `{' '.join(token.text for token in wanted)}`, which the fix gave it",
            swap.file.path,
            (name.text, *(token.text for token in swap.given)),
            (scene.raw(swap.file.path, missing[0]),),
            (swap.hunk.added[name.line],),
            swap,
        )
