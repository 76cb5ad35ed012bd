"""What a guard needs and what a text offers, in the same terms, so that a prefilter can compare them without patterns.

A guard needs runs of ASCII that occur in everything it can fire on. Of a run only its words ([A-Za-z0-9_]+) count: one
with a neighbour on both sides is a whole word of the text; at an end of the run it may be part of a longer word, and is
then a piece, with a space where it does end. On the agent hook's hot path: imports nothing but `sys`.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, KeysView

    Needed = tuple[tuple[bytes, ...], tuple[bytes, ...], tuple[int, ...]]

GRAM = 4
_MANY = 300_000
_WORDS = bytes(c if c == 95 or (c < 128 and chr(c).isalnum()) else 32 for c in range(256))


class Offer:
    """The different words of a text: `words` as a set, `joined` with a space around each.

    `grams` are all runs of four bytes in `joined`, as the machine's own 32-bit numbers; None if there are too many to
    be worth it, which is the case for generated or encoded text.
    """

    __slots__ = ("_asked", "grams", "joined", "words")

    def __init__(self, text: str) -> None:
        self.words = set(text.encode("utf-8", "replace").translate(_WORDS).split())
        self.joined = b"%b%b%b" % (b" ", b" ".join(self.words), b" " * GRAM)
        self.grams = set().union(*self._views()) if len(self.joined) < _MANY else None
        self._asked: dict[bytes, bool] = {}

    def grams_among(self, known: KeysView[int]) -> set[int]:
        """Which of the grams `known` occur."""
        if self.grams is not None:
            return known & self.grams
        return set().union(*(known & view for view in self._views()))

    def _views(self) -> Iterator[memoryview[int]]:
        view = memoryview(self.joined)
        for shift in range(GRAM):
            yield view[shift : shift + (len(view) - shift) // GRAM * GRAM].cast("I")

    def meets(self, words: Iterable[bytes], pieces: Iterable[bytes], grams: Iterable[int]) -> bool:
        """Whether all of `words` and `pieces` occur; `grams` are those of the pieces, which are quick to ask for."""
        if not self.words.issuperset(words) or (self.grams is not None and not self.grams.issuperset(grams)):
            return False
        return all(map(self._has, pieces))

    def _has(self, piece: bytes) -> bool:
        known = self._asked.get(piece)
        if known is None:
            known = self._asked[piece] = piece in self.joined
        return known


def needed(runs: Iterable[str]) -> Needed:
    """Whole words, pieces (two bytes or longer) and their grams, that occur in every text in which all `runs` occur."""
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
    grams = {gram for piece in pieces for gram in _grams_of(piece)}
    return tuple(sorted(words)), tuple(sorted(pieces)), tuple(sorted(grams))


def _grams_of(piece: bytes) -> list[int]:
    return [int.from_bytes(piece[i : i + GRAM], sys.byteorder) for i in range(len(piece) - GRAM + 1)]


def path_text(paths: Iterable[str]) -> str:
    """Paths (relative, with slashes) as a text whose words are bounded as `model.glob.glob_literals` expects."""
    return "".join(f"/{path}/\n" for path in paths)
