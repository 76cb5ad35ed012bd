"""`ast`: code of a certain structure is added, however it is laid out.

For what text cannot tell: a call without an argument, a value assigned to itself, something inside of a loop. The
pattern is code of the language in which `$NAME` stands for one piece and `$$$` for any number; or it is a standard
ast-grep rule (https://ast-grep.github.io/reference/rule.html), whose `inside`, `has`, `follows`, `not`, `all`, `any`
and `constraints` say how pieces stand to each other. A pattern that makes no sense matches nothing, which only the
examples can show.

    ast: {lang: c, pattern: '$PLACE = realloc($PLACE, $SIZE)'}

In C and Go a bare call may read as something else; then the pattern says where it stands and what of that is meant:
`pattern: {context: 'void f() { free($A); }', selector: call_expression}`. A file over 2 MB, or one too wide or deep
for a rule with relations, is judged by its added lines alone.
"""

from __future__ import annotations

import functools

from twiceshy.errors import InvalidGuard
from twiceshy.guards._languages import LANGUAGES, language_named, language_of
from twiceshy.guards._scope import lines_in_scope
from twiceshy.guards._tree import ask, fixed_texts, span_of, tree_of
from twiceshy.model.change import Match, lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from twiceshy.model.change import Change, ChangedFile
    from twiceshy.model.guard import Guard

_RELATIONS = frozenset({"inside", "has", "follows", "precedes", "nthChild"})
_RULE = _RELATIONS | {"pattern", "kind", "regex", "range", "all", "any", "not", "matches"}
_BESIDE = frozenset({"constraints", "utils"})
_DEEPEST = 24
_LONGEST = 4096


def validate(guard: Guard) -> None:
    """Raise InvalidGuard unless the language is known and its parser understands the rule."""
    language, config = rule_of(guard.pattern)
    tree = tree_of("x", language)
    if tree is None:
        raise InvalidGuard(f"this ast-grep does not know {language}", "update the package ast-grep-py")
    ask(tree, config)


def needs(guard: Guard) -> frozenset[str]:
    """Text that occurs in the new text of every file this guard can fire on, though not always in its added lines."""
    return _prepared(guard)[2]


def find(guard: Guard, change: Change) -> Iterator[Match]:
    """Every piece of code that matches and overlaps an added line; with `scope`, the changed function or file."""
    language = _prepared(guard)[0]
    for file in change.files:
        if file.hunks and language_of(file.path) == language:
            text = file.new_text()
            spans = None if text is None else _spans(guard, text)
            if text is None or spans is None:
                yield from _matches_in_hunks(guard, file)
            elif spans:
                yield from _matches(file, lines_of(text), spans, lines_in_scope(guard.scope, file, text))


def rule_of(value: object) -> tuple[str, dict[str, Any]]:
    """The language (ast-grep's name) and the rule of a pattern, as ast-grep takes it. Raises InvalidGuard."""
    if not isinstance(value, dict) or ("lang" in value) == ("language" in value):
        raise InvalidGuard("ast takes a language and a pattern", "write ast: {lang: python, pattern: 'call($A, $$$)'}")
    named = value.get("lang", value.get("language"))
    language = language_named(named) if isinstance(named, str) else ""
    if not language:
        raise InvalidGuard(f"ast does not know the language {named!r}", f"it knows {', '.join(LANGUAGES)}")
    rest = {key: value[key] for key in value if key not in ("lang", "language")}
    beside = {key: rest.pop(key) for key in _BESIDE if key in rest}
    rule = rest.pop("rule") if set(rest) == {"rule"} else rest
    unknown = [key for key in rest if key not in _RULE]
    if unknown:
        hint = f"a rule says {', '.join(sorted(_RULE))}; files, messages and levels belong to the guard itself"
        raise InvalidGuard(f"ast does not know {unknown[0]!r} here", hint)
    return language, {"rule": _typed("rule", rule), **{key: _typed(key, beside[key]) for key in beside}}


def _typed(key: str, value: object, depth: int = 0) -> Any:
    """A part of a rule with its numbers and truths, which a guard block holds as text.

    Raises InvalidGuard for what would overflow the stack of the engine, which nobody can catch.
    """
    if depth > _DEEPEST:
        raise InvalidGuard("the ast rule is nested too deeply", "name its parts under utils, or say less at once")
    if isinstance(value, dict):
        return {name: _typed(name, inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_typed(key, inner, depth + 1) for inner in value]
    if isinstance(value, str) and len(value) > _LONGEST:
        raise InvalidGuard(f"the ast pattern is {len(value)} characters long", f"keep it under {_LONGEST}")
    if key in ("line", "column") and isinstance(value, str) and value.isdecimal():
        return int(value)
    return value == "true" if key == "reverse" and value in ("true", "false") else value


def _needed(rule: object, language: str) -> Iterator[str]:
    """What occurs in any text the rule matches: only what `pattern` needs, here or under `all`, is sure."""
    if not isinstance(rule, dict):
        return
    for part in rule["all"] if isinstance(rule.get("all"), list) else []:
        yield from _needed(part, language)
    pattern = rule.get("pattern")
    if isinstance(pattern, str):
        yield from fixed_texts(pattern, language)
    elif isinstance(pattern, dict) and set(pattern) == {"context", "selector"}:
        yield from fixed_texts(str(pattern["context"]), language, str(pattern["selector"]))


@functools.lru_cache(maxsize=4096)
def _prepared(guard: Guard) -> tuple[str, dict[str, Any], frozenset[str], bool]:
    """The language and rule of a guard, the texts it needs, and whether it asks how nodes stand to each other."""
    language, config = rule_of(guard.pattern)
    return language, config, frozenset(_needed(config["rule"], language)), _has_relations(config)


def _has_relations(value: object) -> bool:
    if isinstance(value, dict):
        return not _RELATIONS.isdisjoint(value) or any(map(_has_relations, value.values()))
    return isinstance(value, list) and any(map(_has_relations, value))


def _spans(guard: Guard, text: str) -> list[tuple[int, int]] | None:
    """The lines of every match in `text`, each once; None if it is too much to ask."""
    language, config, needed, has_relations = _prepared(guard)
    if not all(run in text for run in needed):
        return []
    tree = tree_of(text, language)
    if tree is None or (has_relations and tree.is_tangled()):
        return None
    return sorted({span_of(node) for node in ask(tree, config)})


def _matches(file: ChangedFile, lines: list[str], spans: list[tuple[int, int]], scope: set[int]) -> Iterator[Match]:
    for first, last in spans:
        if not scope.isdisjoint(range(first, last + 1)):
            yield Match(file.path, first, last, "\n".join(lines[first - 1 : last]))


def _matches_in_hunks(guard: Guard, file: ChangedFile) -> Iterator[Match]:
    """What can be found where the file cannot be read or is too large: each run of added lines is read as code."""
    for hunk in file.hunks:
        before = hunk.new_start - 1
        for first, last in _spans(guard, "\n".join(hunk.added)) or ():
            yield Match(file.path, before + first, before + last, "\n".join(hunk.added[first - 1 : last]))
