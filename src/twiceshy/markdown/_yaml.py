"""Looks at YAML before it is built, because a few bytes must not unfold to gigabytes or end the process."""

from __future__ import annotations

_DEEPEST = 64


def refusal(source: str) -> str:
    """Why `source` is not read although its syntax may be fine, "" if it is. Raises yaml.YAMLError.

    The C library builds nested values on the machine's own stack, which 30,000 brackets overflow.
    """
    import yaml

    depth = 0
    for event in yaml.parse(source, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            return "YAML aliases are not read"
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return f"it is nested more than {_DEEPEST} levels deep"
    return ""
