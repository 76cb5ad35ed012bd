"""The operations of an API and how two descriptions of one differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import text_of
from twiceshy.evidence._texts import dicts

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter, or the body: whether it is required, its type, its values if they are listed."""

    required: bool
    kind: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: parameters by where they are and their name, media types of successful answers by status."""

    parameters: dict[str, Parameter]
    answers: dict[str, frozenset[str]]
    deprecated: bool
    unresolved: int


def operations(document: dict[str, Any]) -> dict[tuple[str, str], Operation]:
    """Every operation by path and method. Raises MalformedEvidence."""
    paths = document.get("paths", {})
    if not isinstance(paths, dict):
        raise MalformedEvidence("paths is no object", "paths")
    found = {}
    for path, value in paths.items():
        item, lost = _followed(value, document)
        if not isinstance(item, dict):
            raise MalformedEvidence("a path is no object", f"paths.{text_of(path, 120)}")
        for method in _METHODS:
            one = item.get(method)
            if isinstance(one, dict):
                shared = dicts(item.get("parameters"))
                found[str(path), method] = _operation(one, shared, document, lost)
    return found


def _operation(one: dict[str, Any], shared: list[dict[str, Any]], document: dict[str, Any], lost: int) -> Operation:
    parameters = {}
    for raw in [*shared, *dicts(one.get("parameters"))]:
        value, missed = _followed(raw, document)
        lost += missed
        if isinstance(value, dict):
            where = text_of(value.get("in"), 20)
            name = "the body" if where == "body" else f"{where} parameter {text_of(value.get('name'), 80)}"
            parameters[name], missed = _parameter(value, document)
            lost += missed
    body, missed = _followed(one.get("requestBody"), document)
    lost += missed
    if isinstance(body, dict):
        parameters["the body"] = Parameter(_is_true(body.get("required")), "", frozenset())
    answers = {}
    responses = one.get("responses")
    for status, raw in responses.items() if isinstance(responses, dict) else ():
        value, missed = _followed(raw, document)
        lost += missed
        content = value.get("content") if isinstance(value, dict) else None
        if str(status)[:1] == "2":
            answers[str(status)] = frozenset(map(str, content)) if isinstance(content, dict) else frozenset()
    return Operation(parameters, answers, _is_true(one.get("deprecated")), lost)


def _parameter(value: dict[str, Any], document: dict[str, Any]) -> tuple[Parameter, int]:
    schema, lost = _followed(value.get("schema", value), document)
    schema = schema if isinstance(schema, dict) else {}
    kind = schema.get("type")
    listed = schema.get("enum")
    values = frozenset(map(str, listed)) if isinstance(listed, list) else frozenset()
    return Parameter(_is_true(value.get("required")), text_of(str(kind or ""), 60), values), lost


def _followed(value: object, document: dict[str, Any]) -> tuple[object, int]:
    """What a reference leads to, and 1 if it leads nowhere in this document."""
    for _ in range(_DEEPEST):
        reference = value.get("$ref") if isinstance(value, dict) else None
        if not isinstance(reference, str):
            return value, 0
        if not reference.startswith("#/"):
            return {}, 1
        value = document
        for part in reference[2:].split("/"):
            part = part.replace("~1", "/").replace("~0", "~")
            value = value.get(part) if isinstance(value, dict) else None
        if value is None:
            return {}, 1
    return {}, 1


def _is_true(value: object) -> bool:
    return value is True or value == "true"  # YAML is read as text


def changes(old: Operation, new: Operation) -> Iterator[tuple[str, bool]]:
    """What is different, and whether it breaks a call that worked."""
    for name, now in new.parameters.items():
        was = old.parameters.get(name)
        if was is None:
            yield f"{name} added{', required' if now.required else ''}", now.required
        else:
            yield from _parameters(name, was, now)
    for name in old.parameters:
        if name not in new.parameters:
            yield f"{name} removed", False
    for status, types in old.answers.items():
        if status not in new.answers:
            yield f"answer {status} removed", True
        elif gone := types - new.answers[status]:
            yield f"answer {status} no longer {', '.join(sorted(gone))}", True
    for status in new.answers:
        if status not in old.answers:
            yield f"answer {status} added", False
    if new.deprecated and not old.deprecated:
        yield "deprecated", False


def _parameters(name: str, was: Parameter, now: Parameter) -> Iterator[tuple[str, bool]]:
    if now.required != was.required:
        yield f"{name} became {'required' if now.required else 'optional'}", now.required
    if now.kind != was.kind:
        yield f"{name} was {was.kind or 'of any type'}, is {now.kind or 'of any type'}", bool(now.kind)
    if now.values and (not was.values or was.values - now.values):
        yield f"{name} takes fewer values", True
    elif now.values != was.values:
        yield f"{name} takes more values", False
