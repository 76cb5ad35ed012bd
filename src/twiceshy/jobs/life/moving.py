"""Relative links of a document that goes to another folder, and the link from one document to another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from posixpath import dirname, join, normpath, relpath
from urllib.parse import quote, unquote

from twiceshy.model.document import Document
from twiceshy.model.text import Edit, Span

_REFERENCE = re.compile(r"^[ ]{0,3}\[[^\]\n]+\]:[ \t]*(<[^>\n]+>|\S+)", re.MULTILINE)
_ATTRIBUTE = re.compile(r"\b(?:src|href)\s*=\s*(\"[^\"\n]*\"|'[^'\n]*')", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|[/#{<]")
_SAFE = "/!$&'*+,;=:@~"  # pchar of RFC 3986 without brackets, which Markdown reads


def link_to(path: str, folder: str, anchor: str = "") -> str:
    """A link's target: `path` as it is written in a document in `folder`, both relative to the root."""
    way = relpath(path, folder or ".") if path else ""
    said = re.sub(r"[\x00-\x7f\ud800-\udfff]+", lambda run: quote(run[0], _SAFE, errors="surrogateescape"), way)
    return f"{said}#{anchor}" if anchor else said


def moved_links(document: Document, new: str, is_there: Callable[[str], bool]) -> Iterator[Edit]:
    """The edits that let the links of `document` lead from `new` to where they lead now.

    A link that leads to nothing now is left as it is: it may have been written for the new place.
    """
    old_folder, new_folder = dirname(document.path), dirname(new)
    for start, target in sorted(set(_targets(document))):
        way, mark, rest = _split(target)
        if not way or _SCHEME.match(way):
            continue
        path = normpath(join(old_folder, unquote(way)))
        if path.startswith("../") or not is_there(path):
            continue
        to = new if path == document.path else path
        said = link_to(to, new_folder) + ("/" if way.endswith("/") else "")
        if said != way:
            yield Edit(Span(start, start + len(target)), f"{said}{mark}{rest}")


def _split(target: str) -> tuple[str, str, str]:
    """The path of a link, the sign that ends it, and the query or fragment."""
    cut = re.search(r"[?#]", target)
    return (target[: cut.start()], cut.group(), target[cut.end() :]) if cut else (target, "", "")


def _targets(document: Document) -> Iterator[tuple[int, str]]:
    """Where each link spells its target out, and as what."""
    text = document.text
    for link in document.links:
        at = text.find("](", link.span.start, link.span.end)
        while at >= 0:  # the last one: a picture may stand inside a link, and is a link of its own
            begin, at = at + 2, text.find("](", at + 2, link.span.end)
            found = re.compile(r"\s*<?").match(text, begin)
            start = found.end() if found else begin
            spelled = re.compile(r"(?<=<)[^>\n]*|[^\s)<]*(?:\([^\s()]*\)[^\s)<]*)*").match(text, start)
            if at < 0 and spelled:
                yield start, spelled.group()
    code = [span for span in document.opaque if text[span.start : span.start + 1] != "<"]
    for pattern in (_REFERENCE, _ATTRIBUTE):
        for match in pattern.finditer(text):
            if not any(span.start <= match.start() < span.end for span in code):
                said = match[1]
                quoted = said[:1] in ("<", '"', "'")
                yield match.start(1) + quoted, said[1:-1] if quoted else said
