"""Places in a text and changes to it: spans are half-open ranges of `str` offsets."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`text[start:end]`, in `str` offsets (code points) of the document as it was decoded."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text this span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies inside this span, borders included."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Location:
    """A place people can open: a path relative to the repository's root and 1-based, inclusive lines."""

    path: str
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of `span`; everything outside the span keeps its bytes."""

    span: Span
    text: str


class Lines:
    """Translates offsets of one text to 1-based line numbers; a line ends at `\\n`, `\\r\\n` or `\\r`."""

    __slots__ = ("starts",)

    def __init__(self, text: str) -> None:
        starts = [0]
        if "\r" in text:
            for offset, char in enumerate(text):
                if char == "\n" or (char == "\r" and text[offset + 1 : offset + 2] != "\n"):
                    starts.append(offset + 1)
        else:
            offset = text.find("\n")
            while offset >= 0:
                starts.append(offset + 1)
                offset = text.find("\n", offset + 1)
        self.starts = starts

    def at(self, offset: int) -> int:
        """The 1-based number of the line that holds `offset`."""
        return bisect_right(self.starts, offset)
