"""Text and edits to text: what no edit names keeps its characters."""

from __future__ import annotations

from collections.abc import Iterable

from twiceshy.model.text import Edit


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all `edits` made; their spans are in the offsets of `text`. Raises ValueError if two overlap."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        if edit.span.start < at or edit.span.end > len(text):
            raise ValueError(f"edits overlap or leave the text at {edit.span.start}")
        pieces += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    pieces.append(text[at:])
    return "".join(pieces)


def line_end(text: str) -> str:
    """The line end this text uses most, `\\n` if it has none: new lines are written in the same way."""
    crlf = text.count("\r\n")
    return "\r\n" if crlf > text.count("\n") - crlf else "\n"
