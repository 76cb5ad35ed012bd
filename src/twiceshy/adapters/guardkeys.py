"""What a guard needs and what a text offers, in the same terms, so that a prefilter can compare them without patterns.

A guard needs runs of ASCII that occur in everything it can fire on. Of a run only its words ([A-Za-z0-9_]+) count: one
with a neighbour on both sides is a whole word of the text; at an end of the run it may be part of a longer word, and is
then a piece, with a space where it does end. On the agent hook's hot path: imports nothing but `sys`.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, KeysView

GRAM = 4
_WORDS = bytes(c if c == 95 or (c < 128 and chr(c).isalnum()) else 32 for c in range(256))


class Offer:
    """The different words of a text: `words` as a set, `joined` with a space around each."""

    __slots__ = ("joined", "words")

    def __init__(self, text: str) -> None:
        self.words = set(text.encode("utf-8", "replace").translate(_WORDS).split())
        self.joined = b"%b%b%b" % (b" ", b" ".join(self.words), b" " * GRAM)

    def grams_among(self, known: KeysView[int]) -> set[int]:
        """Which of the grams `known` occur: four bytes each, read as the machine's own 32-bit numbers."""
        view = memoryview(self.joined)
        found: set[int] = set()
        for shift in range(GRAM):
            end = shift + (len(view) - shift) // GRAM * GRAM
            found |= known & view[shift:end].cast("I")
        return found

    def meets(self, words: Iterable[bytes], pieces: Iterable[bytes]) -> bool:
        """Whether all of `words` and all of `pieces` occur."""
        return self.words.issuperset(words) and all(piece in self.joined for piece in pieces)


def needed(runs: Iterable[str]) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The whole words and the pieces (two bytes or longer) that occur in every text in which all `runs` occur."""
    words: set[bytes] = set()
    pieces: set[bytes] = set()
    for run in runs:
        parts = run.encode("ascii", "replace").translate(_WORDS).split(b" ")
        for index, part in enumerate(parts):
            starts, ends = index > 0, index + 1 < len(parts)
            if part and starts and ends:
                words.add(part)
            elif part and len(piece := b" " * starts + part + b" " * ends) > 1:
                pieces.add(piece)
    return tuple(sorted(words)), tuple(sorted(pieces))


def grams_of(piece: bytes) -> list[int]:
    """The grams of a piece as numbers; none if it is too short."""
    return [int.from_bytes(piece[i : i + GRAM], sys.byteorder) for i in range(len(piece) - GRAM + 1)]


def path_text(paths: Iterable[str]) -> str:
    """Paths (relative, with slashes) as a text whose words are bounded as `glob_runs` expects."""
    return "".join(f"/{path}/\n" for path in paths)


def glob_runs(glob: str) -> list[str]:
    """What occurs in the `path_text` of every path that a glob (`model/glob.py`) means."""
    text = "/" + glob.strip().removeprefix("./").lstrip("/").rstrip("/") + "/"
    runs = [""]
    at = 0
    while at < len(text):
        closing = text.find("]", at + 2) if text[at] == "[" else 0
        if text[at] in "*?" or closing > 0:
            runs.append("")
        else:
            runs[-1] += text[at]
        at = closing + 1 if closing > 0 else at + 1
    return [run for run in runs if run]
