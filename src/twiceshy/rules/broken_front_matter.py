"""broken-front-matter: the YAML at the top of a document does not parse.

Front matter that cannot be read says nothing: its id, status and date are lost for everybody who relies on them. The
body is read all the same, and the YAML is kept as it is.

    title: Locks: the long story      # a colon in a value needs quotes
"""

from __future__ import annotations

from collections.abc import Iterator

from twiceshy.markdown.page import Page
from twiceshy.model.diagnostic import Diagnostic
from twiceshy.model.ports import Surroundings
from twiceshy.model.text import Location


def check(page: Page, around: Surroundings) -> Iterator[Diagnostic]:  # noqa: ARG001  (every rule has the same shape)
    """One warning with the line and the reason."""
    front = page.document.front_matter
    if front and front.error:
        line = front.error_line or page.lines.at(front.span.start)
        said = f"the front matter is not read: {front.error}"
        hint = "put values that hold a colon or a bracket in quotes"
        yield Diagnostic("broken-front-matter", "warn", said, Location(page.document.path, line, line), instead=hint)
