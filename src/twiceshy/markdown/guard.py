"""A `yaml guard` block to a Guard: every key known, every mistake named with its line, nothing ever executed."""

from __future__ import annotations

import difflib
import hashlib
import json
from typing import Any

from twiceshy.errors import InvalidGuard
from twiceshy.markdown._yaml import refusal
from twiceshy.model.document import Document, Fence
from twiceshy.model.guard import LEVELS, PLACES, Condition, Example, Guard
from twiceshy.model.text import Lines

ENGINES = ("added", "removed", "ast", "dependency", "pair", "command", "error", "path")
KEYS = (
    "id", "why", "paths", "exclude", "unless", "without", "with", "when-added", "when-removed", "scope", "comments",
    "bad", "good", "level", "culprit", "fix", "review-by",
)  # fmt: skip
_DECIDES = (
    "paths",
    "exclude",
    "unless",
    "without",
    "with",
    "when-added",
    "when-removed",
    "scope",
    "comments",
    *ENGINES,
)
_LIMIT = 64 * 1024


def is_guard(fence: Fence) -> bool:
    """Whether the info string says `yaml guard`: renderers highlight the first word, we look for the second."""
    return fence.info.split()[:2] in (["yaml", "guard"], ["yml", "guard"])


def read_guard(document: Document, fence: Fence, lines: Lines) -> Guard:
    """The guard a fence holds. Raises InvalidGuard with the 1-based line of the document where the mistake is."""
    first = lines.at(fence.body.start)
    values, where = _load(fence.code, first)
    try:
        guard = _build(values)
    except InvalidGuard as error:
        error.line = error.line or where.get(_blamed(error.message, values), first)
        raise
    guard.path = document.path
    guard.line = lines.at(fence.span.start)
    return guard


def _blamed(message: str, values: dict[str, Any]) -> str:
    return next((key for key in values if f"{key}" in message.split(":")[0].split()), "")


def _load(code: str, first: int) -> tuple[dict[str, Any], dict[str, int]]:
    import yaml

    if len(code) > _LIMIT:
        raise InvalidGuard("the block is too long to be a guard", f"keep it under {_LIMIT // 1024} KiB", first)
    try:
        if refused := refusal(code):
            raise InvalidGuard(refused, "write the value out plainly", first)
        node = yaml.compose(code, Loader=yaml.CBaseLoader)
        values = yaml.load(code, Loader=yaml.CBaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it is not YAML"
        raise InvalidGuard(
            f"the block is not valid YAML: {what}",
            "put patterns in single quotes; indent bad and good under a |",
            first + (mark.line if mark else 0),
        ) from error
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        raise InvalidGuard("a guard is a mapping of keys to values", "start with id:, why:, and what to look at", first)
    where = {key.value: first + key.start_mark.line for key, _ in node.value if isinstance(key, yaml.ScalarNode)}
    if len(where) != len(node.value):
        raise InvalidGuard("a key stands twice", "keep one of them", first)
    return {str(key): value for key, value in values.items()}, where


def _build(values: dict[str, Any]) -> Guard:
    for key in values:
        if key not in KEYS and key not in ENGINES:
            close = difflib.get_close_matches(key, (*KEYS, *ENGINES), 1)
            raise InvalidGuard(
                f"{key}: unknown key", f"did you mean {close[0]}?" if close else f"known: {', '.join(KEYS)}"
            )
    engines = [engine for engine in ENGINES if engine in values]
    if len(engines) != 1:
        what = f"looks at {' and '.join(engines)}" if engines else "does not say what to look at"
        raise InvalidGuard(f"the guard {what}", f"use exactly one of {', '.join(ENGINES)}")
    return Guard(
        _word(values, "id", required=True),
        engines[0],
        values[engines[0]],
        why=_text(values, "why"),
        paths=_list(values, "paths"),
        exclude=_list(values, "exclude"),
        unless=_text(values, "unless"),
        with_=_condition(values, "with"),
        without=_condition(values, "without"),
        when_added=_text(values, "when-added"),
        when_removed=_text(values, "when-removed"),
        scope=_choice(values, "scope", ("added", "function", "file"), "added"),
        comments=_choice(values, "comments", ("true", "false", "yes", "no"), "false") in ("true", "yes"),
        level=_choice(values, "level", LEVELS, "warn"),
        bad=_examples(values, "bad"),
        good=_examples(values, "good"),
        culprit=_word(values, "culprit"),
        fix=_word(values, "fix"),
        review_by=_date(values, "review-by"),
        digest=_digest(values),
    )


def _digest(values: dict[str, Any]) -> str:
    decides = {key: values[key] for key in _DECIDES if key in values}
    return hashlib.sha256(json.dumps(decides, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _text(values: dict[str, Any], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise InvalidGuard(f"{key}: takes text", f"write {key}: '…'")
    return value.strip("\n")


def _word(values: dict[str, Any], key: str, *, required: bool = False) -> str:
    value = _text(values, key).strip()
    if (required and not value) or any(char.isspace() or char in "[]<>\"'" for char in value):
        raise InvalidGuard(
            f"{key}: {'missing' if not value else 'takes one word'}", "for example: no-git-file-installs"
        )
    return value


def _list(values: dict[str, Any], key: str) -> tuple[str, ...]:
    value = values.get(key, [])
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(item, str) and item for item in found):
        raise InvalidGuard(f"{key}: takes a glob or a list of globs", f"write {key}: ['src/**']")
    return tuple(found)


def _choice(values: dict[str, Any], key: str, choices: tuple[str, ...], default: str) -> str:
    value = values.get(key, default)
    if value not in choices:
        raise InvalidGuard(f"{key}: {value!r} is none of {', '.join(choices)}", f"the default is {default}")
    return str(value)


def _date(values: dict[str, Any], key: str) -> str:
    from datetime import date

    value = _text(values, key).strip()
    if value:
        try:
            if date.fromisoformat(value).isoformat() != value:
                raise ValueError(value)
        except ValueError as error:
            raise InvalidGuard(f"{key}: {value!r} is not a date", "write it as YYYY-MM-DD") from error
    return value


def _condition(values: dict[str, Any], key: str) -> Condition | None:
    value = values.get(key)
    if value is None:
        return None
    if isinstance(value, str) and value:
        return Condition("hunk", value)
    if not isinstance(value, dict) or set(value) != {"in", "pattern"} or not isinstance(value["pattern"], str):
        raise InvalidGuard(f"{key}: takes in and pattern", f"write {key}: {{in: function, pattern: '…'}}")
    if value["in"] not in PLACES:
        raise InvalidGuard(f"{key}: {value['in']!r} is none of {', '.join(PLACES)}", "say where to look")
    return Condition(value["in"], value["pattern"])


def _examples(values: dict[str, Any], key: str) -> tuple[Example, ...]:
    value = values.get(key)
    if value is None:
        return ()
    found = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            found.append(Example(item))
        elif isinstance(item, dict) and item and all(isinstance(text, str) for text in item.values()):
            found.append(Example(files={str(path): str(text) for path, text in item.items()}))
        else:
            raise InvalidGuard(f"{key}: takes text, a mapping of paths to text, or a list of those", f"write {key}: |")
    return tuple(found)
