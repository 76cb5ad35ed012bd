"""`ast`: code of a certain structure is added, however it is laid out.

For what text cannot tell: a call without an argument, a value assigned to itself, something inside of a loop. The pattern
is code of the language in which `$NAME` stands for one piece and `$$$` for any number; or it is a standard ast-grep rule
(https://ast-grep.github.io/reference/rule.html), whose `inside`, `has`, `follows`, `not`, `all`, `any` and `constraints`
say how pieces stand to each other. A pattern that makes no sense matches nothing, which only the examples can show.

    ast: {lang: c, pattern: '$PLACE = realloc($PLACE, $SIZE)'}

A file over 2 MB, or one too wide or deep for a rule with relations, is judged by its added lines alone.
"""

from __future__ import annotations

from twiceshy.errors import InvalidGuard
from twiceshy.guards._languages import LANGUAGES, language_named, language_of
from twiceshy.guards._scope import lines_in_scope
from twiceshy.guards._tree import ask, is_tangled, span_of, tree_of
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
    root = tree_of("x", language)
    if root is None:
        raise InvalidGuard(f"this ast-grep does not know {language}", "update the package ast-grep-py")
    ask(root, config)


def needs(guard: Guard) -> frozenset[str]:
    """Words that occur in the new text of every file this guard can fire on, though not always in its added lines."""
    language, config = rule_of(guard.pattern)
    return frozenset() if language == "php" else frozenset(_words(config["rule"]))  # PHP's keywords may be in capitals


def find(guard: Guard, change: Change) -> Iterator[Match]:
    """Every piece of code that matches and overlaps an added line; with `scope`, the changed function or file."""
    language, config = rule_of(guard.pattern)
    words = needs(guard)
    for file in change.files:
        if file.hunks and language_of(file.path) == language:
            text = file.new_text()
            whole = None if text is None else _spans(text, language, config, words)
            if text is not None and whole is not None:
                yield from _matches(guard, file, text, whole)
            else:
                yield from _matches_in_hunks(file, language, config, words)


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
    _check_size({"rule": rule, **beside}, 0)
    return language, {"rule": rule, **beside}


def _check_size(value: object, depth: int) -> None:
    """Keep away what would overflow the stack of the engine, which nobody can catch."""
    if depth > _DEEPEST:
        raise InvalidGuard("the ast rule is nested too deeply", "name its parts under utils, or say less at once")
    if isinstance(value, str) and len(value) > _LONGEST:
        raise InvalidGuard(f"the ast pattern is {len(value)} characters long", f"keep it under {_LONGEST}")
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            _check_size(inner, depth + 1)


def _words(rule: object) -> Iterator[str]:
    """The words of the code a rule is sure to need: those outside of quotes, whose inside the engine may pass over."""
    import re

    if not isinstance(rule, dict):
        return
    for part in rule["all"] if isinstance(rule.get("all"), list) else []:
        yield from _words(part)
    if isinstance(pattern := rule.get("pattern"), str):
        code = re.sub(r"(?s)[\"'`].*[\"'`]|<<.*", " ", pattern)
        yield from re.findall(r"(?<![$\w])[A-Za-z_][A-Za-z0-9_]*", code)


def _spans(text: str, language: str, config: dict[str, Any], words: frozenset[str]) -> list[tuple[int, int]] | None:
    """The lines of every match in `text`, each once; None if it cannot be asked."""
    if not all(word in text for word in words):
        return []
    root = tree_of(text, language)
    if root is None or (_has_relations(config) and is_tangled(root)):
        return None
    return sorted({span_of(node) for node in ask(root, config)})


def _has_relations(value: object) -> bool:
    if isinstance(value, dict):
        return not _RELATIONS.isdisjoint(value) or any(map(_has_relations, value.values()))
    return isinstance(value, list) and any(map(_has_relations, value))


def _matches(guard: Guard, file: ChangedFile, text: str, spans: list[tuple[int, int]]) -> Iterator[Match]:
    if not spans:
        return
    scope = lines_in_scope(guard.scope, file, text)
    lines = lines_of(text)
    for first, last in spans:
        if any(line in scope for line in range(first, last + 1)):
            yield Match(file.path, first, last, "\n".join(lines[first - 1 : last]))


def _matches_in_hunks(
    file: ChangedFile, language: str, config: dict[str, Any], words: frozenset[str]
) -> Iterator[Match]:
    """What can be found where the file cannot be read or is too large: each run of added lines is read as code."""
    for hunk in file.hunks:
        for first, last in _spans("\n".join(hunk.added), language, config, words) or ():
            start = hunk.new_start - 1
            yield Match(file.path, start + first, start + last, "\n".join(hunk.added[first - 1 : last]))
