"""What is about to happen (a diff, a command, a log) and where a guard recognised something in it.

Plain slotted classes instead of dataclasses: the agent's hook imports this module on every event that may matter, and
`dataclasses` alone costs more than the bare interpreter's whole start-up.
"""

from __future__ import annotations

import functools
from bisect import bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def lines_of(text: str) -> list[str]:
    r"""The lines of `text` as git counts them: only `\n` ends a line, and a `\r` right before it is part of that end.

    Everything that numbers lines uses this: `str.splitlines` also splits at form feeds and others that git ignores.
    """
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return [line.removesuffix("\r") for line in lines] if "\r" in text else lines


class Hunk:
    """One run of changed lines, without line ends: `added` starts at line `new_start`, `removed` at `old_start`."""

    __slots__ = ("added", "new_start", "old_start", "removed")

    def __init__(self, old_start: int, removed: list[str], new_start: int, added: list[str]) -> None:
        self.old_start = old_start
        self.removed = removed
        self.new_start = new_start
        self.added = added


class LineSet:
    """Some lines of one file joined for searching: `data` is UTF-8, line `i` starts at byte `starts[i]`.

    `numbers` are the lines' own numbers. A carriage return at the end of a line is part of its line end and left out.
    """

    __slots__ = ("data", "numbers", "starts")

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self.numbers: list[int] = []
        self.starts: list[int] = []
        parts: list[bytes] = []
        offset = 0
        for number, text in lines:
            raw = text.removesuffix("\r").encode("utf-8", "replace")
            self.numbers.append(number)
            self.starts.append(offset)
            parts.append(raw)
            offset += len(raw) + 1
        self.data = b"\n".join(parts)

    def index_at(self, offset: int) -> int:
        """The index of the line that holds byte `offset`; a line end belongs to the line it ends. -1 without lines."""
        return bisect_right(self.starts, offset) - 1

    def line(self, index: int) -> str:
        """The text of line `index`, without its line end."""
        end = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(self.data)
        return self.data[self.starts[index] : end].decode("utf-8", "replace")


class ChangedFile:
    """One file of a change; `new` and `old` read its whole text once, when asked: None where it is missing or not text.

    `status` is `added`, `modified`, `deleted` or `renamed`; `skipped` says why the lines were not read ("binary", …).
    """

    __slots__ = ("_added", "_new", "_old", "_removed", "hunks", "old_path", "path", "skipped", "status")

    def __init__(
        self,
        path: str,
        hunks: list[Hunk],
        *,
        old_path: str | None = None,
        status: str = "modified",
        new: Callable[[], str | None] | None = None,
        old: Callable[[], str | None] | None = None,
        skipped: str = "",
    ) -> None:
        self.path = path
        self.old_path = old_path
        self.hunks = hunks
        self.status = status
        self.skipped = skipped
        self._new = functools.cache(new) if new else None
        self._old = functools.cache(old) if old else None
        self._added: LineSet | None = None
        self._removed: LineSet | None = None

    def new_text(self) -> str | None:
        """The file as it will be; None if it is deleted, binary or cannot be read."""
        return self._new() if self._new else None

    def old_text(self) -> str | None:
        """The file as it was; None if it is new, binary or cannot be read."""
        return self._old() if self._old else None

    def added(self) -> LineSet:
        """Every added line with its number in the new file."""
        if self._added is None:
            self._added = LineSet(pair for hunk in self.hunks for pair in enumerate(hunk.added, hunk.new_start))
        return self._added

    def removed(self) -> LineSet:
        """Every removed line with its number in the old file."""
        if self._removed is None:
            self._removed = LineSet(pair for hunk in self.hunks for pair in enumerate(hunk.removed, hunk.old_start))
        return self._removed

    def hunk_at(self, line: int, side: str = "new") -> Hunk | None:
        """The hunk whose added (`new`) or removed (`old`) lines hold `line`."""
        for hunk in self.hunks:
            start, lines = (hunk.new_start, hunk.added) if side == "new" else (hunk.old_start, hunk.removed)
            if start <= line < start + len(lines):
                return hunk
        return None


class Change:
    """Everything a guard may look at: changed files, a shell command about to run, the text of a log or test output."""

    __slots__ = ("command", "files", "output")

    def __init__(
        self, files: Iterable[ChangedFile] = (), command: str | None = None, output: str | None = None
    ) -> None:
        self.files = list(files)
        self.command = command
        self.output = output


class Match:
    """Where an engine recognised its pattern: `line` to `end_line` of `path`, 1-based; `side` is `new` or `old`.

    For a command or a log there is no file: `path` is empty and the lines count inside that text.
    """

    __slots__ = ("end_line", "line", "path", "side", "text")

    def __init__(self, path: str, line: int, end_line: int, text: str, side: str = "new") -> None:
        self.path = path
        self.line = line
        self.end_line = end_line
        self.text = text
        self.side = side

    def __repr__(self) -> str:
        return f"Match({self.path!r}, {self.line}, {self.end_line}, {self.text!r}, {self.side!r})"
