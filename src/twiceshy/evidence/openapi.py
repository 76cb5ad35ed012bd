"""`openapi`: what an API offers, and what changed between two descriptions of it: OpenAPI 3 and Swagger 2.

An operation is a path and a method. References inside of the
document are followed; those to other files are not, and what hangs on them is told as unknown. Breaking is what makes a
call fail that worked: an operation that went, a parameter or a body that became required, a parameter whose type
changed or lost values, a successful answer that went or lost its media type. A parameter that went is told and not
called breaking: servers ignore what they do not know. What happens deep within schemas is not compared.

Yields `api.version`, `api.paths`, `api.operations`, `api.deprecated`; between two states `api.operations.added`,
`api.operations.removed`, `api.operations.changed`, `api.breaking`, `api.unresolved`, each thing as
`api.operations.added-named`, `api.operations.removed-named`, `api.operations.changed-named`, `api.breaking-named`.

    openapi: 3.1.0
    info: {title: Orders, version: 1.2.0}
    paths:
      /orders:
        get: {parameters: [{name: page, in: query}], responses: {'200': {description: a page of orders}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._api import changes, operations
from twiceshy.evidence._figures import counted, quoted, text_of, unknown
from twiceshy.evidence._texts import json_in, text_in
from twiceshy.model.evidence import QUOTED, Evidence, Provenance


def recognises(head: bytes, name: str) -> bool:
    """Whether the document says which version of which specification it is."""
    marks = (b"openapi:", b'"openapi"', b"swagger:", b'"swagger"')
    return name.endswith((".json", ".yaml", ".yml")) and any(mark in head for mark in marks)


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """How much there is. Raises MalformedEvidence."""
    document = _document(raw)
    found = operations(document)
    total = len(found)
    info = document.get("info")
    if isinstance(info, dict):
        yield from quoted("api.version", info.get("version"), provenance)
    paths = len({path for path, _ in found})
    yield counted("api.paths", paths, provenance, paths, unit="paths")
    yield counted("api.operations", total, provenance, total, unit="operations")
    deprecated = sum(one.deprecated for one in found.values())
    yield counted("api.deprecated", deprecated, provenance, total, unit="operations")


def compare(before: bytes, after: bytes, path: str, provenance: Provenance) -> Iterator[Evidence]:
    """What came, went and changed. Raises MalformedEvidence."""
    old, new = (operations(_document(raw)) if raw else {} for raw in (before, after))
    whole = len(old | new)
    added, removed = [key for key in new if key not in old], [key for key in old if key not in new]
    different = {key: found for key in new if key in old and (found := list(changes(old[key], new[key])))}
    breaking = [(f"{_name(key)}: gone", "") for key in removed]
    breaking += [(f"{_name(key)}: {said}", "") for key, found in different.items() for said, breaks in found if breaks]
    said = {
        "added": [_name(key) for key in added],
        "removed": [_name(key) for key in removed],
        "changed": [f"{_name(key)}: {'; '.join(text for text, _ in found)}" for key, found in different.items()],
    }
    for word, texts in said.items():
        yield counted(f"api.operations.{word}", len(texts), provenance, whole, unit="operations", place=path)
        for text in texts:
            yield Evidence(f"api.operations.{word}-named", text_of(text), provenance, QUOTED, place=path)
    unresolved = sum(one.unresolved for one in (*old.values(), *new.values()))
    if unresolved:
        yield counted("api.unresolved", unresolved, provenance, unresolved, unit="references", place=path)
    if unresolved and not breaking:
        why = f"breaking changes were looked for: {unresolved} references lead out of the document"
        yield unknown("api.breaking", why, provenance, unit="changes", place=path)
    else:
        yield counted("api.breaking", len(breaking), provenance, whole, unit="changes", place=path, whole="operations")
    for text, _ in breaking:
        yield Evidence("api.breaking-named", text_of(text), provenance, QUOTED, place=path)


def _name(key: tuple[str, str]) -> str:
    return f"{key[1].upper()} {text_of(key[0], 160)}"


def _document(raw: bytes) -> dict[str, Any]:
    document = json_in(raw) if text_in(raw).lstrip().startswith("{") else _yaml(raw)
    if not isinstance(document, dict) or not ("openapi" in document or "swagger" in document):
        raise MalformedEvidence("it does not say that it is OpenAPI or Swagger", "line 1")
    return document


def _yaml(raw: bytes) -> object:
    """A YAML document without aliases, whose nesting the C library's own stack can hold."""
    import yaml

    text = text_in(raw)
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > 200:
                what = "aliases are not read" if isinstance(event, yaml.AliasEvent) else "it is nested too deeply"
                mark = event.start_mark
                raise MalformedEvidence(what, f"line {mark.line + 1}" if mark else "")
        return yaml.load(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "it holds what YAML does not allow"
        raise MalformedEvidence(f"this is not YAML: {said}", f"line {at.line + 1}" if at else "") from error
