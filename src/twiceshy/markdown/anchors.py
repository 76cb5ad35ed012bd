"""The places in a document that a link's `#fragment` can name."""

from __future__ import annotations

import re
from urllib.parse import unquote

from twiceshy.model.document import Document

_NAMED = re.compile(r"\b(?:name|id)\s*=\s*[\"']?([\w.:-]+)|\{#([\w.:-]+)\}")
_ELSEWHERE = re.compile(r"L\d+|:~:|fn|top$|/|!|$", re.IGNORECASE)


def anchors_of(document: Document) -> frozenset[str]:
    """Every anchor: headings as forges make them (a repeated one counted up), `<a name>`, `id=` and `{#…}`.

    Forges agree on letters and digits and differ on everything between them, so only these are kept (`loose`).
    """
    found: set[str] = set()
    times: dict[str, int] = {}
    for section in document.sections:
        slug = loose(section.title)
        found.add(f"{slug}{times[slug]}" if slug in times else slug)
        times[slug] = times.get(slug, 0) + 1
    found.update(loose(match[1] or match[2]) for match in _NAMED.finditer(document.text))
    return frozenset(found)


def anchor_at(document: Document, offset: int) -> str:
    """The fragment by which GitHub and most other forges name the heading around `offset`; "" before the first one."""
    index = document.section_at(offset)
    slugs = [_slug(section.title) for section in document.sections[: index + 1]]
    times = slugs[:index].count(slugs[index]) if index >= 0 else 0
    return f"{slugs[index]}-{times}" if times else slugs[index] if index >= 0 else ""


def _slug(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


def loose(fragment: str) -> str:
    """A heading or fragment as anchors are compared: its letters and digits in lower case."""
    plain = re.sub(r"\{#.*?\}|:\w+:", "", unquote(fragment).removeprefix("user-content-"))
    return "".join(re.findall(r"[^\W_]+", plain.casefold()))


def is_checkable(fragment: str) -> bool:
    """Whether a fragment names a heading or an anchor, and not a line, a footnote, a text or a route."""
    return not _ELSEWHERE.match(fragment)
