"""dead-link: a relative link leads to nothing.

A lesson that points to its runbook, its incident or its code is worth half when the target is gone. Only relative links
and images are followed, in the working tree; web addresses, mail and anchors inside the page are left alone.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from twiceshy.markdown.page import Page
from twiceshy.model.diagnostic import Diagnostic
from twiceshy.model.ports import Surroundings
from twiceshy.model.text import Location


def check(page: Page, around: Surroundings) -> Iterator[Diagnostic]:
    """One warning for each relative link whose target is not there."""
    folder = posixpath.dirname(page.document.path)
    for link in page.document.links:
        target = unquote(link.target.split("#", 1)[0].split("?", 1)[0])
        if not target or ":" in target.split("/", 1)[0] or target.startswith(("//", "<", "{")) or _is_slot(link.target):
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        path = posixpath.normpath(path)
        if path.startswith("../") or around.exists(path):
            continue
        line = page.lines.at(link.span.start)
        said = f"the link leads to {path}, which is not there"
        hint = "correct the path, or take the link out"
        yield Diagnostic("dead-link", "warn", said, Location(page.document.path, line, line), instead=hint)


def _is_slot(target: str) -> bool:
    return "{{" in target or "%7B%7B" in target or target in ("url", "link", "path")
