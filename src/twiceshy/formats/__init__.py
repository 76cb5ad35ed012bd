"""Formats: one file = one way to put findings into text for others; `FORMATS` is the table of them.

The agent's hook imports `_quote` from here, so no module of this folder imports anything heavy at its top.
"""

from __future__ import annotations

from twiceshy.formats import github, gitlab, json, markdown, sarif, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from twiceshy.model.diagnostic import Report

    class Format(Protocol):
        """What a module of this folder offers."""

        def render(self, report: Report, tool: str, *, colour: bool = False) -> str:
            """`report` of `tool` (`check` or `lint`), with a final line end; empty if there is nothing to say.

            `colour` asks for ANSI codes; a format for programs never writes any.
            """


FORMATS: dict[str, Format] = {
    "text": text,
    "json": json,
    "sarif": sarif,
    "github": github,
    "gitlab": gitlab,
    "markdown": markdown,
}
