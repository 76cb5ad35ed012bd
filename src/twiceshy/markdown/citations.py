"""What a text points at: files, lines, commits, issues, links."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from twiceshy.model.document import Document
from twiceshy.model.lesson import Citation
from twiceshy.model.text import Span

_PATH = re.compile(r"(?<![\w/.:@-])((?:[\w.@+-]+/)+[\w.@+-]+|[\w+-]+\.[A-Za-z][\w]{0,7})(?::(\d+)(?:-\d+)?)?(?![\w/])")
_COMMIT = re.compile(r"(?<![\w#/.-])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}(?![\w-])")
_ISSUE = re.compile(r"(?<![\w&/])(?:GH-|#)\d{1,7}\b")


def citations_in(document: Document, span: Span) -> Iterator[Citation]:
    """Everything cited inside `span`: paths only where they stand as code or as a link's target, or have a folder."""
    text = document.text
    links = document.links
    for link in links[bisect_left(links, span.start, key=lambda link: link.span.start) :]:
        if link.span.start >= span.end:
            break
        if span.holds(link.span):
            yield Citation("link" if "://" in link.target else "path", link.target, link.span)
    for code in document.opaque[bisect_left(document.opaque, span) :]:
        if code.start >= span.end:
            break
        if span.holds(code) and text[code.start : code.start + 1] == "`" and code.end - code.start < 200:
            match = _PATH.fullmatch(code.of(text).strip("`").strip())
            if match:
                yield Citation("line" if match.group(2) else "path", match.group(), code)
    fences = [fence.span for fence in document.fences_in(span)]
    for kind, pattern in (("commit", _COMMIT), ("issue", _ISSUE)):
        for match in pattern.finditer(text, span.start, span.end):
            if not any(fence.start <= match.start() < fence.end for fence in fences):
                yield Citation(kind, match.group(), Span(match.start(), match.end()))
