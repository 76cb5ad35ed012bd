"""Structural guards: a call as the culprit wrote it; a statement on the wrong side of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from twiceshy.errors import InvalidGuard
from twiceshy.guards._languages import language_of
from twiceshy.guards._tree import ask, span_of, tree_of
from twiceshy.jobs.suggest._scene import Draft, Scene, place
from twiceshy.jobs.suggest._swaps import Swap, code_lines, moved_lines
from twiceshy.jobs.suggest._tokens import escaped, tokens_of
from twiceshy.model.change import ChangedFile, lines_of

# language -> the kind of its calls, as its grammar names it
_CALLS = {
    **dict.fromkeys(("c", "cpp", "go", "rust", "javascript", "typescript", "tsx", "scala"), "call_expression"),
    **dict.fromkeys(("python", "ruby"), "call"),
    "java": "method_invocation",
    "csharp": "invocation_expression",
    "php": "function_call_expression",
}
_CONTEXTS = {"c": "void f() {{ {}; }}", "cpp": "void f() {{ {}; }}", "go": "package p; func f() {{ {} }}"}
_MOST = 8  # arguments
_LONGEST = 60  # characters of an argument that is quoted
_BLOCKS = ("compound_statement", "block", "statement_block", "statement_list", "body_statement")


def propose(scene: Scene) -> Iterator[Draft]:
    """For each difference inside of a call, that call with the arguments that do not matter left open."""
    for swap in scene.swaps:
        language = language_of(swap.file.path)
        if language in _CALLS and swap.old and scene.made(swap.file.path).lines:
            node = _call_at(swap, language)
            if node is not None:
                yield from _of_call(scene, swap, node, language)
    yield from _out_of_order(scene)


def _call_at(swap: Swap, language: str) -> Any:
    """The smallest call of the old text that holds all of the difference; None if there is none."""
    tree = tree_of(swap.file.old_text() or "", language)
    if tree is None:
        return None
    inside = swap.taken or swap.old[max(swap.start - 1, 0) : swap.start + 1]
    first, last = inside[0], inside[-1]
    line = swap.hunk.old_start - 1
    start, end = (line + first.line, first.start), (line + last.line, last.end)
    found = None
    for node in ask(tree, {"rule": {"kind": _CALLS[language]}}):
        span = node.range()
        if (span.start.line, span.start.column) <= start and end <= (span.end.line, span.end.column):
            found = node if found is None or len(node.text()) < len(found.text()) else found
    return found


def _of_call(scene: Scene, swap: Swap, node: Any, language: str) -> Iterator[Draft]:
    brackets = node.field("arguments")
    if brackets is None:
        return
    given = [child for child in brackets.children() if child.is_named() and "comment" not in child.kind()]
    callee = node.text()[: brackets.range().start.index - node.range().start.index]
    if len(given) > _MOST or "\n" in callee or not any(scene.tells(token) for token in tokens_of([callee])):
        return
    touched = [_is_touched(swap, child) for child in given]
    literal = [
        _quoted(child) if hit else f"${chr(65 + at)}"
        for at, (child, hit) in enumerate(zip(given, touched, strict=True))
    ]
    plain = [_quoted(child) for child in given]
    for arguments in dict.fromkeys((tuple(literal), tuple(plain))):
        if all(arguments):
            yield _draft(swap, callee, arguments, language)


def _is_touched(swap: Swap, node: Any) -> bool:
    span, line = node.range(), swap.hunk.old_start - 1
    start, end = (span.start.line, span.start.column), (span.end.line, span.end.column)
    if swap.taken:
        return any(start <= (line + token.line, token.start) < end for token in swap.taken)
    before, after = swap.old[swap.start - 1 : swap.start], swap.old[swap.start : swap.start + 1]
    return bool(before and after) and all(start <= (line + t.line, t.start) < end for t in (*before, *after))


def _quoted(node: Any) -> str:
    text = " ".join(node.text().split())
    return text if len(text) <= _LONGEST and "$" not in text else ""


def _draft(swap: Swap, callee: str, arguments: Sequence[str], language: str) -> Draft:
    code = f"{callee}({', '.join(arguments)})"
    pattern: object = code
    if language in _CONTEXTS:
        pattern = {"context": _CONTEXTS[language].format(code), "selector": _CALLS[language]}
    right = " ".join(line.strip() for line in swap.new_lines if line.strip())[:80]
    path = swap.file.path
    lines = [token.line for token in (swap.taken or swap.old[max(swap.start - 1, 0) : swap.start + 1])]
    bad = "\n".join(swap.hunk.removed[min(lines) : max(lines) + 1])
    new = [token.line for token in swap.given] or [0, len(swap.hunk.added) - 1]
    good = "\n".join(swap.hunk.added[new[0] : new[-1] + 1][:8])
    return Draft(
        "call",
        {"ast": {"lang": language, "pattern": pattern}, "paths": [place(path)]},
        f"the call `{code}`" + (f", which the fix made `{right}`" if right else ", which the fix took out"),
        path,
        (
            *(token.text for token in swap.taken),
            *(token.text for token in swap.given),
            *re.findall(r"\w+", callee)[-1:],
        ),
        (bad, "\n".join(swap.hunk.removed[:12]), *_around(swap.file.old_text(), swap.hunk.old_start + min(lines))),
        (good, "\n".join(swap.hunk.added[:12]), *_around(swap.file.new_text(), swap.hunk.new_start)),
        swap,
    )


def _around(text: str | None, line: int) -> list[str]:
    lines = lines_of(text or "")
    return ["\n".join(lines[max(line - 1 - n, 0) : line + n]) for n in (1, 3, 6)]


def _out_of_order(scene: Scene) -> Iterator[Draft]:
    """A statement that the fix moved past another one."""
    for file in scene.fix:
        moved = moved_lines([file])
        language = language_of(file.path)
        made = {scene.raw(file.path, line).strip() for line in scene.made(file.path).lines}
        if language not in _CALLS or not moved or sum(len(hunk.added) for hunk in file.hunks) > 40:
            continue
        for one, other in pairwise(file.hunks):
            went = {line.strip() for line in one.removed} & {line.strip() for line in other.added} & moved & made
            came = {line.strip() for line in one.added} & {line.strip() for line in other.removed} & moved & made
            start, end = one.new_start + max(len(one.added), 1) - 1, other.new_start - 1
            between = lines_of(file.new_text() or "")[start:end]
            for said, relation in ((went, "precedes"), (came, "follows")):
                bare = [line.strip() for line in code_lines(file, sorted(said), frozenset())]
                draft = _order(scene, file, bare, between, relation)
                if draft:
                    yield draft


def _order(scene: Scene, file: ChangedFile, said: list[str], between: list[str], relation: str) -> Draft | None:
    """The guard on one of the lines `said`, which stands on the wrong side of one `between`."""
    passed = [line.strip() for line in code_lines(file, between, frozenset()) if _tells(scene, line)]
    lines = [line for line in said if _tells(scene, line)]
    if not passed or not lines or len(between) > 40:
        return None
    line = max(lines, key=lambda one: (sum(map(scene.tells, tokens_of([one]))), -len(one)))
    language = language_of(file.path)
    kind = _statement(file, line, language)
    if not kind:
        return None
    other = passed[-1] if relation == "precedes" else passed[0]
    rule = {
        "kind": kind,
        "regex": f"^{escaped(line)}$",
        relation: {"regex": escaped(other), "stopBy": "end"},
    }
    culprit = scene.culprit_file(file.path)
    side = "before" if relation == "precedes" else "after"
    return Draft(
        "order",
        {"ast": {"lang": language, "rule": rule}, "paths": [place(file.path)]},
        f"`{line}` {side} `{other}`; the fix moved it to the other side",
        file.path,
        tuple(token.text for token in tokens_of([line])),
        tuple(_cuts(culprit.new_text() if culprit else None, line, other)),
        tuple(_cuts(file.new_text(), line, other)),
    )


def _tells(scene: Scene, line: str) -> bool:
    return any(map(scene.tells, tokens_of([line])))


def _statement(file: ChangedFile, line: str, language: str) -> str:
    """The kind of the statement that is all of `line` in the old text; "" if it is none."""
    tree = tree_of(file.old_text() or "", language)
    numbers = [n for n, one in enumerate(lines_of(file.old_text() or ""), 1) if one.strip().startswith(line)]
    if tree is None or not numbers or tree.is_tangled():
        return ""
    try:
        nodes = ask(tree, {"rule": {"regex": f"^{escaped(line)}$"}})
    except InvalidGuard:
        return ""
    kinds = [n.kind() for n in nodes if span_of(n)[0] in numbers and (p := n.parent()) and p.kind() in _BLOCKS]
    return kinds[0] if kinds else ""


def _cuts(text: str | None, line: str, other: str) -> Iterator[str]:
    lines = lines_of(text or "")
    places = [n for n, one in enumerate(lines) if one.strip().startswith(line)]
    others = [n for n, one in enumerate(lines) if one.strip().startswith(other)]
    if places and others:
        a, b = min(((a, b) for a in places for b in others), key=lambda pair: abs(pair[0] - pair[1]))
        if abs(a - b) < 60:
            yield "\n".join(lines[min(a, b) : max(a, b) + 1])
            yield "{\n" + "\n".join(lines[min(a, b) : max(a, b) + 1]) + "\n}"
