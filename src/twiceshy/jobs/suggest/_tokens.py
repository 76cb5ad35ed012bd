"""Lines of code as tokens, whatever the language, and tokens as a pattern that does not mind the spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?<![\w-])--?[A-Za-z][\w-]*|[A-Za-z_$][\w$]*|\d[\w.]*|[-=]>|[=!<>]=+|&&|\|\||::|:=|<<|>>|\+\+|--|[^\s\w]"
)
_SPECIAL = re.compile(r"([\\.+*?()\[\]{}^$|])")
KEYWORDS = frozenset(
    "if else elif for while do return break continue goto switch case default try catch except finally raise"
    " throw throws new delete this self cls super def fn func function class struct enum union interface trait"
    " impl type typedef let var val const static extern inline public private protected final abstract async"
    " await yield lambda import include define ifdef ifndef endif from use using package module export require"
    " true false null nil none undefined and or not in is as with pass void int long short char bool boolean"
    " float double unsigned signed string str mut pub match where then fi done esac local my sub end begin"
    " unless until size_t sizeof ret err error ok".split()
)
_INCIDENTAL = re.compile(
    r"^\s*(?:#\s*include|import\b|from\s+\S+\s+import|use\s+[\w:]+|using\b|require\b|package\b|typedef\b|extern\b"
    r"|(?:\w+\.)*(?:log|logger|logging|console|print|printf|println|fprintf|infof|failf|debug|warn)\b)"
)
_EVERYDAY = frozenset(
    "the and for are was were has have had this that with from into not but can could should would will when then than"
    " all any its which where there what who how because since only also more many some most other one two new old get"
    " set use used add added fix fixed fixes change changed make made same call name type value file line code case"
    " commit introduced regression bug test tests error return null none true false".split()
)


class Token(NamedTuple):
    """A piece of a line: `line` counts from 0 in the lines that were cut, `start` and `end` in characters of it."""

    text: str
    line: int
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a name, a keyword or a flag, and no number or sign."""
        return self.text[0].isalpha() or self.text[0] in "_$" or (self.text[0] == "-" and len(self.text) > 2)

    @property
    def tells(self) -> bool:
        """Whether it is a name that could be searched for."""
        return self.is_word and len(self.text) > 2 and self.text.lower() not in KEYWORDS


def tokens_of(lines: Iterable[str]) -> list[Token]:
    """The tokens of `lines`, in order."""
    return [
        Token(found[0], number, found.start(), found.end())
        for number, line in enumerate(lines)
        for found in _TOKEN.finditer(line)
    ]


def escaped(text: str) -> str:
    """The pattern that means `text`, with no more backslashes than it needs."""
    return _SPECIAL.sub(r"\\\1", text)


def pattern_of(tokens: Sequence[Token]) -> str:
    """The RE2 pattern for neighbouring tokens of one line, with any space where there was one or could be one."""
    parts: list[str] = []
    for index, token in enumerate(tokens):
        if index:
            parts.append(_between(tokens[index - 1], token))
        parts.append(escaped(token.text))
    first, last = tokens[0].text, tokens[-1].text
    opened = r"\b" if re.match(r"\w", first) else ""
    return opened + "".join(parts) + (r"\b" if re.search(r"\w$", last) else "")


def _between(left: Token, right: Token) -> str:
    if re.search(r"[\w$]$", left.text) and re.match(r"[\w$-]", right.text) and right.start > left.end:
        return r"\s+"
    return r"\s*" if right.start > left.end or left.text in "(,[=" or right.text in ")],=" else ""


def words_in(text: str) -> frozenset[str]:
    """The words of a text or of the names in it, in lower case: `setMaxEntries` and `set_max_entries` hold the same."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", text)
    return frozenset(part.lower() for part in parts if len(part) > 2) - _EVERYDAY


def is_incidental(line: str) -> bool:
    """Whether a line only imports, declares or logs something."""
    return _INCIDENTAL.match(line) is not None
