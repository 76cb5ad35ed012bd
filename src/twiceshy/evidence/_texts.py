"""Bytes of a result file as text, JSON or a table; what cannot be read says where."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from twiceshy.errors import MalformedEvidence

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FIELD = 1024 * 1024  # characters of one cell


def text_in(raw: bytes) -> str:
    """`raw` as text: UTF-8, or UTF-16 with its byte order mark, as PowerShell writes. Raises MalformedEvidence."""
    mark, encoding = next(((mark, name) for mark, name in _BOMS if raw.startswith(mark)), (b"", "utf-8"))
    try:
        text = raw[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise MalformedEvidence(f"this is not {encoding.upper()} text", f"byte {len(mark) + error.start}") from error
    if not text.strip():
        raise MalformedEvidence("the file is empty", "line 1")
    if "\0" in text:
        raise MalformedEvidence("the file is binary", f"character {text.index(chr(0))}")
    return text


def json_in(raw: bytes) -> Any:
    """The JSON value in `raw`, with decimal fractions. Raises MalformedEvidence, also for a key that stands twice."""
    return parsed(text_in(raw))


def parsed(text: str, line: int = 1) -> Any:
    """The JSON value that `text` is; it starts at `line` of its file. Raises MalformedEvidence."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=str, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        place = f"line {line + error.lineno - 1} column {error.colno}"
        raise MalformedEvidence(f"this is not JSON: {error.msg}", place) from error
    except RecursionError as error:
        raise MalformedEvidence("this is nested too deeply", f"line {line}") from error
    except ValueError as error:  # a number of thousands of digits
        raise MalformedEvidence(f"this is not JSON: {error}"[:200], f"line {line}") from error


def object_in(raw: bytes, *keys: str) -> dict[str, Any]:
    """The JSON object in `raw`, which has all of `keys`. Raises MalformedEvidence."""
    value = json_in(raw)
    if not isinstance(value, dict):
        raise MalformedEvidence("a JSON object was looked for", "line 1")
    for key in keys:
        if key not in value:
            raise MalformedEvidence(f"there is no {key!r} in it", "line 1")
    return value


def objects_in(raw: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file with one on each line, with their lines. Raises MalformedEvidence."""
    for number, line in enumerate(text_in(raw).split("\n"), 1):
        if line.strip():
            value = parsed(line, number)
            if not isinstance(value, dict):
                raise MalformedEvidence("a JSON object was looked for", f"line {number}")
            yield number, value


def rows_in(raw: bytes, *columns: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with a header that names all of `columns`, with their lines. Raises MalformedEvidence."""
    reader = csv.reader(io.StringIO(text_in(raw), newline=""), strict=True)
    header: list[str] = []
    try:
        for row in reader:
            if not header:
                header = _header(row, columns)
            elif row:
                if len(row) != len(header):
                    said = f"{len(row)} cells where the header has {len(header)}"
                    raise MalformedEvidence(said, f"line {reader.line_num}")
                yield reader.line_num, dict(zip(header, row, strict=True))
    except csv.Error as error:
        raise MalformedEvidence(f"this is not CSV: {error}", f"line {reader.line_num}") from error


def _header(row: list[str], columns: tuple[str, ...]) -> list[str]:
    header = [name.strip() for name in row]
    missing = [name for name in columns if name not in header]
    if missing or len(set(header)) != len(header):
        what = f"the header has no column {missing[0]!r}" if missing else "the header names a column twice"
        raise MalformedEvidence(what, "line 1")
    return header


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise MalformedEvidence(f"the key {twice[:60]!r} stands twice in one object: which one counts?")
    return made


def table(value: object, where: str) -> dict[str, Any]:
    """`value`, which has to be a JSON object. Raises MalformedEvidence that names `where` it stands."""
    if not isinstance(value, dict):
        raise MalformedEvidence("a JSON object was looked for", where)
    return value


def array(value: object, where: str) -> list[Any]:
    """`value`, which has to be a JSON array. Raises MalformedEvidence that names `where` it stands."""
    if not isinstance(value, list):
        raise MalformedEvidence("a JSON array was looked for", where)
    return value


def tables(value: object, where: str) -> list[dict[str, Any]]:
    """`value`, which has to be a JSON array of objects. Raises MalformedEvidence that names `where` it stands."""
    return [table(one, f"{where}[{index}]") for index, one in enumerate(array(value, where))]


def dicts(value: object) -> list[dict[str, Any]]:
    """The JSON objects in what may be a list: for what a format need not have, and what nothing is counted by."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
