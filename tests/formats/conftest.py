"""The published JSON Schemas, closed: what a schema does not name must not be printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

SCHEMAS = Path(__file__).parents[2] / "docs" / "reference" / "json-schema"


def closed(schema: Any) -> Any:
    """`schema` with every object that lists its properties shut against others."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {"additionalProperties": False} if "properties" in schema else {}
    return shut | {key: closed(value) for key, value in schema.items()}


@pytest.fixture(scope="session")
def schemas() -> dict[str, Draft202012Validator]:
    """A validator for each command that prints JSON."""
    known = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
    for schema in known.values():
        Draft202012Validator.check_schema(schema)
    registry = Registry().with_resources(
        (f"{name}.json", Resource.from_contents(closed(schema))) for name, schema in known.items()
    )
    return {name: Draft202012Validator({"$ref": f"{name}.json"}, registry=registry) for name in known}
