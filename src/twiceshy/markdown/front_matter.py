"""YAML between `---` lines at the very start of a document: read where it parses, kept raw where it does not."""

from __future__ import annotations

from typing import Any

from twiceshy.markdown._yaml import refusal
from twiceshy.model.document import FrontMatter
from twiceshy.model.text import Span

_LIMIT = 64 * 1024


def read_front_matter(text: str) -> FrontMatter | None:
    """The front matter of `text`, or None if there is none; a BOM before it is allowed.

    Values keep their spelling (`7.10` stays `7.10`, `off` stays `off`): scalars are read as strings.
    """
    start = 1 if text.startswith("\ufeff") else 0
    if not text.startswith("---", start):
        return None
    lines = text[start : start + _LIMIT].splitlines(keepends=True)
    if lines[0].rstrip() != "---":
        return None
    offset = start + len(lines[0])
    for line in lines[1:]:
        if line.rstrip() in ("---", "..."):
            values, error, error_line = _load(text[start + len(lines[0]) : offset])
            return FrontMatter(Span(start, offset + len(line)), values, error, error_line)
        offset += len(line)
    return None


def _load(source: str) -> tuple[dict[str, Any], str, int]:
    import yaml

    try:
        if refused := refusal(source):
            return {}, refused, 0
        values = yaml.load(source, Loader=yaml.CBaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        return {}, str(getattr(error, "problem", None) or error).strip(), mark.line + 2 if mark else 0
    if values is None or values == "":
        return {}, "", 0
    if not isinstance(values, dict):
        return {}, "the front matter is not a mapping of keys to values", 2
    return {str(key): value for key, value in values.items()}, "", 0
