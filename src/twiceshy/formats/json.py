"""`json`: for programs. One object with `"version": 1`; lines are 1-based and inclusive.

Every key is described by a JSON Schema in `docs/reference/json-schema/`. Keys may be added; a key that goes or changes
its meaning makes another version.

    twiceshy check --staged --format json | jq -r '.findings[].message'
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from twiceshy.model.diagnostic import Report


def render(report: Report, tool: str, *, colour: bool = False) -> str:  # noqa: ARG001 (only people see colour)
    """Everything in `report`, always printed, also when there is nothing to say."""
    from twiceshy.formats.payload import report_payload

    return dump(report_payload(report, tool))


def dump(payload: Mapping[str, object]) -> str:
    """`payload` as one ASCII JSON object that starts with the version of its format."""
    import json

    return json.dumps({"version": 1, **payload}, indent=2) + "\n"
