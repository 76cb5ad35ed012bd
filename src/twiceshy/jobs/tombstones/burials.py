"""Burials: `.twiceshy/buried.toml`, where a team says which tombstones are to be silent, reviewed like code.

    [tombstone-3cb35e86]
    reason = "npm does it right since version 7"
    by = "Ada <ada@example.org>"
    on = 2026-11-21

One table for each tombstone, in the order of their ids, so that two branches seldom touch the same place. To take one
back, delete its table.
"""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date

from twiceshy.errors import ConfigurationError, UsageError
from twiceshy.model.tombstone import Burial

FILE = ".twiceshy/buried.toml"
_OPENING = (
    "# Tombstones that are to be silent, each with the reason; `twiceshy tombstones bury` adds one.\n"
    "# Delete an entry and it speaks again.\n"
)
_HEADER = re.compile(r"^\[\s*(?:\"([^\"\n]+)\"|([\w.-]+))\s*\]", re.M)
_REPAIR = "repair it, or take it from an earlier commit"


def burials_in(raw: bytes | None) -> dict[str, Burial]:
    """What the file says, by id; nothing if there is no file. Raises ConfigurationError.

    An entry without a reason buries nothing, and is an error: silence is explained.
    """
    if raw is None:
        return {}
    try:
        tables = tomllib.loads(raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        what = "UTF-8" if isinstance(error, UnicodeDecodeError) else f"valid TOML: {error}"
        raise ConfigurationError(f"{FILE} is not {what}", _REPAIR) from error
    return {ident: _burial(ident, values) for ident, values in tables.items()}


def with_burial(text: str | None, burial: Burial) -> str:
    """The file's text with one more burial, at its place. Raises UsageError if it is there already."""
    known = burials_in(text.encode("utf-8", "surrogateescape") if text is not None else None)
    if burial.id in known:
        raise UsageError(f"{burial.id} is buried already: {known[burial.id].reason}", f"its entry is in {FILE}")
    text = _OPENING if text is None else text
    end = "\r\n" if "\r\n" in text else "\n"
    entry = end.join((f"[{burial.id}]", *_lines(burial), ""))
    later = (match.start() for match in _HEADER.finditer(text) if (match[1] or match[2]) > burial.id)
    at = next(later, None)
    if at is not None:
        return text[:at] + entry + end + text[at:]
    body = text if not text or text.endswith("\n") else text + end
    return body + (end if body else "") + entry


def _lines(burial: Burial) -> tuple[str, ...]:
    return f"reason = {_quoted(burial.reason)}", f"by = {_quoted(burial.by)}", f"on = {burial.on}"


def _quoted(text: str) -> str:
    """A basic string of TOML: what JSON writes is one, but for DEL and halves of characters."""
    plain = "".join(char for char in text.encode("utf-8", "replace").decode() if char.isprintable() or char == "\n")
    return json.dumps(plain, ensure_ascii=False)


def _burial(ident: str, values: object) -> Burial:
    if not isinstance(values, dict):
        raise ConfigurationError(f"{FILE}: {ident} is no entry", f"write [{ident}] and then reason = '…'")
    reason, by, on = values.get("reason", ""), values.get("by", ""), values.get("on", "")
    if not isinstance(reason, str) or not reason.strip():
        raise ConfigurationError(f"{FILE}: {ident} has no reason", "write reason = '…'")
    return Burial(ident, reason.strip(), str(by), on.isoformat() if isinstance(on, date) else str(on))
