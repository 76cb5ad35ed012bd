"""Lines with an index of their words, so that a pattern is only tried where its rarest word stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from twiceshy.jobs.suggest._tokens import Token

_WORD = re.compile(r"\w+")


class Concordance:
    """Some lines in their order; equal ones are kept once."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = list(dict.fromkeys(lines))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for number, line in enumerate(self.lines):
            for word in set(_WORD.findall(line)):
                places.setdefault(word, []).append(number)
        return places

    def __contains__(self, word: str) -> bool:
        return word in self._places

    def matching(self, pattern: str, tokens: Iterable[Token]) -> Iterator[str]:
        """The lines that `pattern` matches, which holds these tokens one after the other."""
        words = [word for token in tokens for word in _WORD.findall(token.text)]
        places = min((self._places.get(word, []) for word in words), key=len, default=range(len(self.lines)))
        search = re.compile(pattern).search
        return (self.lines[number] for number in places if search(self.lines[number]))

    def with_word(self, word: str) -> Iterator[str]:
        """The lines in which `word` stands."""
        return (self.lines[number] for number in self._places.get(word, []))
