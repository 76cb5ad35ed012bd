"""Puts a value into JSON text, or takes one out, without touching any other byte of it.

What goes in stands on lines of its own after what is there. A container that was empty is the exception: what goes into
it follows its bracket at once. So the way back can tell a container that was made here from one that was only empty.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

_SPACE = re.compile(r"[ \t\r\n]*")
_INDENT = re.compile(r"\n([ \t]+)\S")


class Item(NamedTuple):
    """What stands in an object (`key` is its name) or an array: where it starts, where its value starts, its end."""

    key: str
    start: int
    value: int
    end: int


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_constant)


def parsed(text: str) -> Any:
    """The value of strict JSON, with or without a byte order mark. Raises ValueError."""
    try:
        return _DECODER.decode(text.removeprefix("\ufeff"))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def top(text: str) -> int:
    """Where the value of the whole text starts."""
    return _skip(text, 1 if text.startswith("\ufeff") else 0)


def items(text: str, at: int) -> list[Item]:
    """What stands in the object or array that opens at `at`; `text` must be JSON."""
    found = []
    closing = "}" if text[at] == "{" else "]"
    at = _skip(text, at + 1)
    while text[at] != closing:
        start, key = at, ""
        if closing == "}":
            key, at = _DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        _, end = _DECODER.raw_decode(text, at)
        found.append(Item(key, start, at, end))
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def member(text: str, at: int, key: str) -> Item | None:
    """The member `key` of the object that opens at `at`; of several the last, which is the one that counts."""
    return next((item for item in reversed(items(text, at)) if item.key == key), None)


def with_item(text: str, at: int, value: object, key: str = "") -> str:
    """`text` with `value` at the end of the array, or under `key` at the end of the object, that opens at `at`."""
    newline = "\r\n" if "\r\n" in text else "\n"
    step = found[1] if (found := _INDENT.search(text)) else "  "
    there = items(text, at)
    indent, begins_line = _indent(text, there[-1].start if there else at)
    if there and not begins_line:
        indent += step
    label = f"{json.dumps(key)}: " if key else ""
    block = label + json.dumps(value, indent=step).replace("\n", newline + indent)
    place = there[-1].end if there else at + 1
    return text[:place] + (f",{newline}{indent}{block}" if there else block) + text[place:]


def without_item(text: str, at: int, number: int) -> str:
    """`text` without the item `number` of the container that opens at `at`, and without a comma that was for it."""
    there = items(text, at)
    item = there[number]
    if number + 1 < len(there):
        return text[: item.start] + text[there[number + 1].start :]
    return text[: there[number - 1].end if number else at + 1] + text[item.end :]


def was_empty(text: str, at: int) -> bool:
    """Whether the container that opens at `at` was there, empty, before something was put into it."""
    return _skip(text, at + 1) == at + 1


def _skip(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]


def _indent(text: str, at: int) -> tuple[str, bool]:
    """How far the line of `at` is indented, and whether nothing but that stands before it."""
    before = text[text.rfind("\n", 0, at) + 1 : at].removeprefix("\ufeff")
    indent = before[: len(before) - len(before.lstrip(" \t"))]
    return indent, indent == before
