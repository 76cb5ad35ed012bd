"""Shell text made easy for the grammar: heredocs taken out, the rest cut into pieces at line ends.

The grammar's error recovery takes quadratic time (half a minute for 64 KB of `a |`), and it loses its way where `;` or
another heredoc follows a heredoc. So a small scanner that knows quotes, comments and parentheses goes first.
"""

from __future__ import annotations

import re

LIMIT = 65536  # characters of code (outside quotes, comments and heredocs) that are read of one text
_ENOUGH = 2000  # characters of code after which a piece ends where a statement seems to start
_MUCH = 4000  # … at any line end outside quotes and parentheses
_MOST = 6000  # … and what a piece without such a line end is cut down to
_MARK = 0x100000  # private-use characters, far from those that fonts put icons on
_GAP = "\U0010fffd"

_QUOTED = re.compile(r'\\.|"|\$\(', re.DOTALL)
_BARE = re.compile(
    r"\\.|'[^']*'?|\"|\(|\)|(?<![^\s;&|()])#[^\n]*|<<<|\n"
    r"|<<-?[ \t]*(?:'[^'\n]*'|\"[^\"\n]*\"|\\?[^\s'\"\\;&|<>()$`]+)+",
    re.DOTALL,
)
_CONTINUES = re.compile(r"\s|[)}&|]|;;|#|(?:fi|done|esac|else|elif|then|do)\b")
_MARKED = re.compile(f"[{chr(_MARK)}-{chr(_MARK + 0xFFF0)}{_GAP}]")


class Heredoc:
    """What a heredoc holds: its text, the 1-based line it starts on, and whether the shell expands `$(…)` in it."""

    __slots__ = ("expands", "line", "text")

    def __init__(self, text: str, line: int, expands: bool) -> None:
        self.text = text
        self.line = line
        self.expands = expands


class Cut:
    """The `pieces` of a text as (code, 1-based first line); a heredoc in them reads as `<` from a marked file name."""

    __slots__ = ("heredocs", "pieces", "weight")

    def __init__(self) -> None:
        self.pieces: list[tuple[str, int]] = []
        self.heredocs: list[Heredoc] = []
        self.weight = 0

    def heredoc(self, word: str) -> Heredoc | None:
        """The heredoc a redirection's target stands for."""
        number = ord(word[0]) - _MARK if word else -1
        return self.heredocs[number] if 0 <= number < len(self.heredocs) else None


def cut(text: str, limit: int = LIMIT) -> Cut:
    """The first `limit` characters of code in `text`; `weight` of the result is how many were used."""
    scan = _Scan(text)
    while scan.found.weight < limit and scan.at < len(text):
        quoted = scan.open[-1:] == ['"']
        token = (_QUOTED if quoted else _BARE).search(text, scan.at)
        start = token.start() if token else len(text)
        code = text[scan.at : start]
        scan.keep(code, code.count("$") + code.count("`") if quoted else len(code))
        scan.at = start
        if token:
            scan.at = token.end()
            scan.take(token[0])
    scan.end_piece()
    return scan.found


def unmarked(code: str) -> str:
    """`code` of a piece as it was written."""
    return _MARKED.sub(lambda mark: " " if mark[0] == _GAP else "<", code)


class _Scan:
    """Where the scanner stands: `open` quotes and parentheses, heredocs `due` at the next line end, and its piece."""

    __slots__ = ("_counted", "_line", "_parts", "_size", "_start", "at", "due", "found", "open", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.open: list[str] = []
        self.due: list[tuple[str, bool, bool]] = []
        self.found = Cut()
        self._parts: list[str] = []
        self._size = 0
        self._line = self._start = 1
        self._counted = 0

    def keep(self, code: str, weight: int) -> None:
        """Add `code` to the piece while there is room."""
        room = _MOST - self._size
        if room > 0:
            self._parts.append(code[:room] if weight > room else code)
        self._size += weight
        self.found.weight += weight

    def take(self, token: str) -> None:
        """Go past one token."""
        if token[:2] == "<<" and token != "<<<" and self.open[-2:] != ["(", "("]:  # not a shift in $((1 << 2))
            self._announce(token)
            return
        self.keep(token, 1)
        if token == "\n":
            self._end_line()
        elif token == '"' and self.open[-1:] == ['"']:
            self.open.pop()
        elif token in ('"', "(", "$("):
            self.open.append(token[-1])
        elif token == ")" and self.open:
            self.open.pop()

    def end_piece(self) -> None:
        """Put what was kept among the pieces and start the next one here."""
        self.found.pieces.append(("".join(self._parts), self._start))
        self._parts, self._size, self._start = [], 0, self._line_here()

    def _announce(self, token: str) -> None:
        dash = token[2] == "-"
        word = token[3 if dash else 2 :].lstrip(" \t")
        delimiter = re.sub(r"['\"\\]", "", word)
        mark = chr(_MARK + len(self.found.heredocs) + len(self.due))
        self.due.append((delimiter, dash, word == delimiter))
        self.keep("<" + mark + re.sub(r"[ \t]", _GAP, token[2:]), 32)

    def _end_line(self) -> None:
        joined = self.text[max(0, self.at - 200) : self.at].rstrip().endswith(("|", "|&", "&&"))
        for delimiter, dash, expands in self.due:
            self._take_body(delimiter, dash, expands)
        self.due = []
        if self._size < _ENOUGH or self.open or joined:
            return
        if self._size >= _MUCH or not _CONTINUES.match(self.text, self.at):
            self.end_piece()

    def _take_body(self, delimiter: str, dash: bool, expands: bool) -> None:
        start, line = self.at, self._line_here()
        stop = start
        while stop < len(self.text):
            end = self.text.find("\n", stop)
            end = len(self.text) if end < 0 else end
            self.at = min(end + 1, len(self.text))
            if (self.text[stop:end].lstrip("\t") if dash else self.text[stop:end]) == delimiter:
                break
            stop = self.at
        self.found.heredocs.append(Heredoc(self.text[start:stop], line, expands))
        self.keep("\n" * (self._line_here() - line), 0)

    def _line_here(self) -> int:
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line
