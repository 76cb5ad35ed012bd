"""Guards with a condition: something the culprit added, in a function that lacks what the fix put there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from twiceshy.guards._scope import enclosing_function
from twiceshy.jobs.suggest._scene import Draft, Scene, place
from twiceshy.jobs.suggest._swaps import Swap
from twiceshy.jobs.suggest._tokens import Token, is_incidental, pattern_of, tokens_of
from twiceshy.model.change import ChangedFile, lines_of

_NEAR = 4  # lines
_LONGEST = 10  # tokens of a condition
_TALL = 24  # lines of an example
_HEADS = frozenset("if elif while unless assert else and or not return && || ! (".split())


def propose(scene: Scene) -> Iterator[Draft]:
    """For each thing that the fix put in, the best two anchors among what the culprit had written near it."""
    for swap in scene.swaps:
        if (swap.taken and len(swap.taken) > len(swap.given) // 2) or not _is_inside(swap):
            continue
        for wanted in _wanted(scene, swap):
            yield from _with_anchors(scene, swap, wanted)
            break


def _is_inside(swap: Swap) -> bool:
    """Whether the fix put something into a function, and not a new one beside them."""
    text = swap.file.new_text() or ""
    lines = lines_of(text)
    first, last = enclosing_function(swap.file.path, text, swap.hunk.new_start + len(swap.hunk.added) - 1)
    indented = all(line[:1].isspace() for line in swap.hunk.added if line.strip())
    return first < swap.hunk.new_start and ((first, last) != (1, len(lines)) or indented)


def _wanted(scene: Scene, swap: Swap) -> Iterator[tuple[Token, ...]]:
    """What the fix put in, line by line, the most telling first: a check without its `if`, a call with its start."""
    lines: dict[int, list[Token]] = {}
    for token in swap.given:
        lines.setdefault(token.line, []).append(token)
    kept = [_trimmed(line) for number, line in lines.items() if not is_incidental(swap.new_lines[number])]
    kept = [line for line in kept if any(token.tells for token in line)]
    before = "\n".join(lines_of(swap.file.old_text() or ""))
    new = [line for line in kept if not re.search(pattern_of(line), before)]
    order = {id(line): place for place, line in enumerate(new)}
    yield from sorted(new, key=lambda line: (-bool(_shared(scene, swap, line)), order[id(line)]))


def _trimmed(line: Sequence[Token]) -> tuple[Token, ...]:
    tokens = _condition(list(line))
    while tokens and (tokens[0].text in _HEADS or tokens[0].text in "})"):
        tokens.pop(0)
    while tokens and tokens[-1].text in ("{", ":", ";", "then", "&&", "||", "and", "or", "\\", "(", ","):
        tokens.pop()
    tokens = tokens[:_LONGEST]
    while tokens and tokens[-1].text in "'\",":
        tokens.pop()
    while tokens and tokens[0].text in "'\",":
        tokens.pop(0)
    while tokens and _surplus(tokens) > 0 and tokens[-1].text == ")":
        tokens.pop()
    return tuple(tokens)


def _condition(tokens: list[Token]) -> list[Token]:
    """What stands between the brackets of an `if`, or all tokens where there is none."""
    at = next((i for i, token in enumerate(tokens[:3]) if token.text in ("if", "elif", "while", "unless")), -1)
    if at < 0 or [token.text for token in tokens[at + 1 : at + 2]] != ["("]:
        return tokens
    depth = 0
    for index in range(at + 1, len(tokens)):
        depth += (tokens[index].text == "(") - (tokens[index].text == ")")
        if depth == 0:
            return tokens[at + 2 : index]
    return tokens[at + 2 :]


def _surplus(tokens: Sequence[Token]) -> int:
    return sum((token.text == ")") - (token.text == "(") for token in tokens)


def _shared(scene: Scene, swap: Swap, tokens: Sequence[Token]) -> list[str]:
    """The names among `tokens` that the culprit wrote as well, the rarest first."""
    made = scene.made(swap.file.path)
    names = dict.fromkeys(token.text for token in tokens if token.tells and token.text in made)
    return sorted(names, key=lambda name: scene.counts[name])


def _with_anchors(scene: Scene, swap: Swap, wanted: tuple[Token, ...]) -> Iterator[Draft]:
    culprit = scene.culprit_file(swap.file.path)
    if culprit is None:
        return
    condition = pattern_of(wanted)
    offered = 0
    for pattern, why, shares in _anchors(scene, swap, wanted, condition):
        bad = _functions(culprit, [pattern], condition)
        good = _functions(swap.file, [pattern, condition], "", near=swap.hunk.new_start)
        if bad:
            yield Draft(
                "check" if shares else "beside",
                {
                    "added": pattern,
                    "without": {"in": "function", "pattern": condition},
                    "paths": [place(swap.file.path)],
                },
                f"{why} in a function without `{' '.join(token.text for token in wanted)}`, which the fix put there",
                swap.file.path,
                tuple(token.text for token in wanted),
                tuple(bad),
                tuple(good),
                swap,
            )
            offered += 1
        if offered == 2:
            return


def _anchors(scene: Scene, swap: Swap, wanted: Sequence[Token], condition: str) -> Iterator[tuple[str, str, bool]]:
    """Patterns of what the culprit wrote and the check is for, with words: shared names first, then neighbours."""
    made = scene.made(swap.file.path)
    after = lines_of(swap.file.new_text() or "")
    first, last = enclosing_function(swap.file.path, "\n".join(after), swap.hunk.new_start)
    here = {line.strip() for line in after[first - 1 : last]}
    beside = {token.line for token in swap.given}
    for name in _shared(scene, swap, [*wanted, *(token for token in swap.new if token.line in beside)])[:3]:
        for line in sorted(made.with_word(name), key=lambda line: line.strip() not in here):
            tokens = tokens_of([line])
            at = next((i for i, token in enumerate(tokens) if token.text == name), -1)
            if at >= 0 and not re.search(condition, line) and not is_incidental(line):
                yield _use(tokens, at), f"`{name}`", True
                break
    stripped = {line.strip() for line in made.lines}
    first, last = swap.hunk.new_start - 1, swap.hunk.new_start - 1 + len(swap.hunk.added)
    near = [*after[last : last + _NEAR], *after[max(first - _NEAR, 0) : first][::-1]]
    for line in near:
        tokens = tokens_of([line])
        if (
            line.strip() in stripped
            and any(scene.tells(token) for token in tokens)
            and len(tokens) > 2
            and not is_incidental(line)
        ):
            window = _trimmed(tokens)
            if window:
                yield pattern_of(window), f"`{' '.join(token.text for token in window)}`", False
                break


def _use(tokens: Sequence[Token], at: int) -> str:
    """The pattern of a name with what it hangs on and how it is used: `*r.owner`, `copy(`, `items[`."""
    left, right = at, at + 1
    while left >= 2 and tokens[left - 1].text in (".", "->", "::") and tokens[left - 2].is_word:
        left -= 2
    if left and tokens[left - 1].text in ("*", "!", "&") and tokens[left - 1].end == tokens[left].start:
        left -= 1
    if (right < len(tokens) and tokens[right].text in ("(", "[", "=")) or (right < len(tokens) and at == left):
        right += 1
    return pattern_of(tokens[left:right])


def _numbers(pattern: str, text: str) -> Iterator[int]:
    """The numbers of the lines of `text` that `pattern` matches."""
    at, number = 0, 1
    for found in re.finditer(pattern, text):
        number += text.count("\n", at, found.start())
        at = found.start()
        yield number


def _functions(file: ChangedFile, patterns: Sequence[str], absent: str, near: int = 0) -> list[str]:
    """Cuts of the new text that hold all of `patterns` in one function, and not `absent`; the shortest cut first."""
    text = file.new_text()
    lines = lines_of(text or "")
    added = set(file.added().numbers)
    hits = [n for n in _numbers(patterns[0], text or "") if near or n in added]
    hits.sort(key=lambda number: abs(number - near) if near else 0)
    for number in hits[:8]:
        first, last = enclosing_function(file.path, text or "", number)
        inside = lines[first - 1 : last]
        joined = "\n".join(inside)
        places = [number - first]
        for pattern in patterns[1:]:
            places += [
                min(
                    (i for i, line in enumerate(inside) if re.search(pattern, line)),
                    key=lambda i: abs(i - number + first),
                    default=-1,
                )
            ]
        if (absent and re.search(absent, joined)) or -1 in places:
            continue
        low, high = max(min(places) - 1, 0), min(max(places) + 2, len(inside))
        short = "\n".join(inside[low:high])
        return [short, joined] if len(inside) <= _TALL else [short, "\n".join(inside[:_TALL]), joined]
    return []
