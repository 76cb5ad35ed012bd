"""What a person typed about a guard to the YAML of its block: `added: foo: bar` means the pattern `foo: bar`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from twiceshy.errors import InvalidGuard
from twiceshy.markdown._yaml import refusal
from twiceshy.markdown.guard import ENGINES, KEYS, read_guard
from twiceshy.markdown.parse import parse
from twiceshy.model.guard import Guard
from twiceshy.model.text import Lines

_BARE = ("id", "culprit", "fix", "level", "review-by")
_LITERAL = ("added", "removed", "command", "error", "path", "unless", "when-added", "when-removed", "why", "id")
_LINE = re.compile(rf"^({'|'.join(map(re.escape, (*ENGINES, *KEYS)))}):[ \t]*(\S.*?)[ \t]*$")
_BLOCK = re.compile(r"[|>][+-]?\d?")


def guard_yaml(given: str, ident: str, *, bad: str = "", good: str = "", paths: Iterable[str] = ()) -> str:
    """The YAML of a guard block: `given` as it was typed, with the id, the examples and the globs it does not name.

    A value that YAML would misread is quoted. Raises InvalidGuard if something is said twice.
    """
    text = "\n".join(_lines(given))
    values = _load(text)
    known = values if isinstance(values, dict) else {}
    if values is not None and not any(engine in known for engine in ENGINES):
        raise InvalidGuard("the guard does not say what to look at", "begin with added: PATTERN, or command: rm -rf")
    globs = list(paths)
    for key, value in (("bad", bad), ("good", good), ("paths", globs)):
        if value and key in known:
            raise InvalidGuard(f"{key} is given twice", f"leave out --{key}, or {key}: in the guard")
    lines = [] if "id" in known else [f"id: {ident}"]
    lines.append(text)
    lines += [f"paths: [{', '.join(_quoted(glob) for glob in globs)}]"] if globs else []
    lines += [f"{key}: {_scalar(value)}" for key, value in (("bad", bad), ("good", good)) if value.strip()]
    return "\n".join(lines)


def guard_in(text: str) -> Guard:
    """The guard whose block holds the YAML `text`. Raises InvalidGuard."""
    document = parse(fenced(text), "the guard")
    return read_guard(document, document.fences[0], Lines(document.text))


def fenced(text: str) -> str:
    """The YAML of a guard as the block that a document holds it in."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 0)
    return f"{fence}yaml guard\n{text}\n{fence}\n"


def block_of(keys: Mapping[str, object]) -> str:
    """The YAML of a guard block whose keys are known: texts in quotes, examples as blocks, everything else in one line.

    A value is text, a mapping or a sequence of values.
    """
    lines = []
    for key, value in keys.items():
        if key in ("bad", "good"):
            lines.append(f"{key}: {_example(value)}")
        elif isinstance(value, str) and key in _BARE and re.fullmatch(r"[\w.-]+", value):
            lines.append(f"{key}: {value}")
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines)


def _example(value: object) -> str:
    if isinstance(value, Mapping):
        return "".join(f"\n  {_flow(path)}: {_flow(text)}" for path, text in value.items())
    return _scalar(str(value))


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        inside = (
            f"{key if re.fullmatch('[a-zA-Z]+', key) else _flow(key)}: {_flow(one)}" for key, one in value.items()
        )
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_flow, value)) + "]"
    text = str(value)
    if re.fullmatch(r"[a-z_]+", text) and text not in ("null", "true", "false", "yes", "no", "on", "off"):
        return text
    import json

    return _quoted(text) if text.isprintable() else json.dumps(text)


def _lines(given: str) -> list[str]:
    lines = given.replace("\r\n", "\n").strip("\n").split("\n")
    following = [*lines[1:], ""]
    return [line if after[:1] in (" ", "\t") else _meant(line) for line, after in zip(lines, following, strict=True)]


def _meant(line: str) -> str:
    """A line of key and value as its author meant it: quoted if YAML reads no text, or not all of it."""
    match = _LINE.match(line)
    if not match or _BLOCK.fullmatch(match[2]):
        return line
    key, value = match.groups()
    read = _load(line)
    got = read.get(key) if isinstance(read, dict) else None
    if isinstance(got, str) and (got == value or value[0] in "'\""):
        return line
    if isinstance(got, list) or (got and key not in _LITERAL):
        return line
    in_quotes = len(value) > 1 and value[0] == value[-1] == '"'
    return f"{key}: {_quoted(value[1:-1] if in_quotes else value)}"


def _load(text: str) -> Any:
    """What YAML makes of a text, None if it is none or would be refused."""
    import yaml

    try:
        return None if refusal(text) else yaml.load(text, Loader=yaml.CBaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _scalar(text: str) -> str:
    """An example as YAML: one line in quotes, several in a block that keeps their spaces."""
    import json

    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    if len(lines) == 1 and text.isprintable():
        return _quoted(lines[0])
    block = "|2-\n" if lines[0][:1] in (" ", "\t", "") else "|-\n"
    block += "\n".join(f"  {line}" if line else "" for line in lines)
    is_shown = all(line.replace("\t", "").isprintable() for line in lines)
    return block if is_shown and _load(f"x: {block}") == {"x": "\n".join(lines)} else json.dumps("\n".join(lines))
