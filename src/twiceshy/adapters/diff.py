"""Reads what `git diff` and `diff -u` print: which files changed and how, line by line, in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO

from twiceshy.model.change import ChangedFile, Hunk

LIMIT = 16 * 1024 * 1024
_TOLL = 40  # what a line costs in memory besides its own bytes
_CHUNK = 256 * 1024
_NOWHERE = "/dev/null"
_UNCHANGED = (b" ", b"", b"\r")  # the space may be stripped: diff.suppressBlankEmpty, mail

_HUNK = re.compile(rb"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@")
_SUBMODULE = re.compile(rb"Submodule (.+) [0-9a-f]{7,64}\.{2,3}[0-9a-f]{7,64}(?: \(.*\))?:?$")
_QUOTED = re.compile(rb'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-3][0-7]{2}|.)", re.DOTALL)
_LETTERS = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}


def read_diff(stream: BinaryIO | Iterable[bytes], *, limit: int = LIMIT) -> Iterator[ChangedFile]:
    """Every file of a diff, in its order, each as soon as the next one begins; any amount of context lines.

    `stream` is a binary file or pieces of one, cut anywhere. Line ends (`\\n`, `\\r\\n`) are not part of a line; bytes
    that are not UTF-8 become U+FFFD. Which lines belong to a hunk is counted by its `@@` header, so a line that looks
    like a header is still a line. A side of a hunk without lines starts at the line before it, as git writes it.
    A file has no hunks and `skipped` says why if it is `binary`, a `submodule`, a `merge conflict`, a `combined diff`,
    or `too large (… lines)`: over `limit` bytes of changed lines, with 40 more for each (about 200,000 lines of code).
    A copy counts as added, with its source as `old_path`. What cannot be understood is passed over; nothing raises.
    """
    lines = _lines(stream, limit)
    section: _Section | None = None
    previous, line = b"", next(lines, None)
    while line is not None:
        if section and (counts := _HUNK.match(line)):
            previous, line = b"", section.read_hunk(lines, counts, limit)
            continue
        header = line.rstrip(b"\r")
        if opened := _opened(previous, header, section):
            if section and section.path:
                yield section.file(limit)
            section = opened
        elif section and section.in_header:
            section.note(previous, header)
        previous, line = header, next(lines, None)
    if section and section.path:
        yield section.file(limit)


def _lines(stream: BinaryIO | Iterable[bytes], longest: int) -> Iterator[bytes]:
    """The lines without `\\n`; of one longer than `longest` only the beginning, but still longer than `longest`."""
    read = getattr(stream, "read", None)
    chunks: Iterable[bytes] = iter(partial(read, _CHUNK), b"") if read else stream
    begun: list[bytes] = []  # one long line in pieces: to glue each to the last takes many times its memory
    size = 0
    for chunk in chunks:
        *whole, tail = chunk.split(b"\n")
        if whole:
            whole[0] = b"".join((*begun, whole[0]))
            yield from whole
            begun, size = [], 0
        if size <= longest:
            begun.append(tail)
            size += len(tail)
    if size:
        yield b"".join(begun)


class _Section:
    """What the diff has said so far about one file."""

    __slots__ = ("changed", "exact", "hunks", "in_header", "moved", "old", "path", "size", "skipped", "status")

    def __init__(self, old: str, new: str, *, skipped: str = "", in_header: bool = False) -> None:
        self.old = old
        self.path = old if new == _NOWHERE else new
        self.exact = old == new  # the names cannot be misread any more
        self.moved = False
        self.status = "added" if old == _NOWHERE else "deleted" if new == _NOWHERE else "modified"
        self.skipped = skipped
        self.in_header = in_header  # between `diff --git` and the first hunk
        self.hunks: list[Hunk] = []
        self.changed = 0
        self.size = 0

    def note(self, previous: bytes, line: bytes) -> None:
        """Take in one line of git's header."""
        key, _, rest = line.partition(b" ")
        if key in (b"rename", b"copy"):
            self.exact = self.moved = True
            self.status = "renamed" if key == b"rename" else "added"
            side, _, name = rest.partition(b" ")
            if side == b"from":
                self.old = _name(name)
            else:
                self.path = _name(name)
        elif line.startswith((b"new file mode ", b"deleted file mode ")):
            self.status = "added" if key == b"new" else "deleted"
        elif line.startswith((b"Binary files ", b"GIT binary patch")):
            self.skipped = self.skipped or "binary"
            self.in_header = False
        elif key == b"+++" and previous.startswith(b"--- ") and not self.exact:
            named = _Section(*_unprefixed(_name(previous[4:]), _name(rest)))
            self.old, self.path, self.status = named.old, named.path, named.status
        if key in (b"index", b"new", b"deleted") and line.endswith(b" 160000"):
            self.skipped = "submodule"

    def read_hunk(self, lines: Iterator[bytes], counts: re.Match[bytes], limit: int) -> bytes | None:
        """Take the lines that the hunk's header counts and return the one after them."""
        old, old_count, new, new_count = (1 if count is None else int(count) for count in counts.groups())
        old_end, new_end = old + (old_count or 1), new + (new_count or 1)
        old_left, new_left = old_count, new_count
        removed: list[bytes] = []
        added: list[bytes] = []
        size = self.size
        self.in_header = False
        line: bytes | None = None
        while (old_left or new_left) and (line := next(lines, None)) is not None:
            mark = line[:1]
            if mark == b"+" and new_left:
                new_left -= 1
                added.append(line)
            elif mark == b"-" and old_left:
                old_left -= 1
                removed.append(line)
            elif mark in _UNCHANGED and old_left and new_left:
                self._add(old_end - old_left, removed, new_end - new_left, added)
                removed, added = [], []
                old_left -= 1
                new_left -= 1
                self.changed -= 2  # counted on both sides below
                continue
            elif mark != b"\\":
                break
            size += len(line) + _TOLL
            if size > limit:
                removed.clear()
                added.clear()
        else:
            line = next(lines, None)
        self._add(old_end - old_left, removed, new_end - new_left, added)
        self.size = size
        self.changed += old_count - old_left + new_count - new_left
        return line

    def _add(self, old_next: int, removed: list[bytes], new_next: int, added: list[bytes]) -> None:
        """Keep a run of changed lines; `old_next` and `new_next` are the numbers of the lines after it."""
        if self.skipped or not (removed or added):
            return
        before, after = (b"\n".join(run).decode("utf-8", "replace") for run in (removed, added))
        if "\0" in before or "\0" in after:
            self.skipped = "binary"
        old_start, new_start = old_next - (len(removed) or 1), new_next - (len(added) or 1)
        self.hunks.append(Hunk(old_start, _unmarked(before), new_start, _unmarked(after)))

    def file(self, limit: int) -> ChangedFile:
        """The section as a value, once all its lines are read."""
        if self.size > limit and not self.skipped:
            self.skipped = f"too large ({self.changed} lines)"
        return ChangedFile(
            self.path,
            [] if self.skipped else self.hunks,
            old_path=self.old if self.moved else None,
            status=self.status,
            skipped=self.skipped,
        )


def _unmarked(run: str) -> list[str]:
    """The lines of a run without the `+` or `-` that all of them begin with."""
    lines = run[1:].split("\n" + run[0]) if run else []
    return [line.removesuffix("\r") for line in lines] if "\r" in run else lines


def _opened(previous: bytes, line: bytes, section: _Section | None) -> _Section | None:
    """The section that `line` begins, if it begins one."""
    if line.startswith(b"diff --git "):
        return _Section(*_header_names(line[11:]), in_header=True)
    if line.startswith((b"diff --cc ", b"diff --combined ")):
        return _skipped(line.split(b" ", 2)[2], "combined diff")
    if line.startswith(b"* Unmerged path "):
        return _skipped(line[16:], "merge conflict")
    if submodule := _SUBMODULE.match(line):
        return _skipped(submodule[1], "submodule")
    if section and (section.in_header or section.skipped == "combined diff"):
        return None
    if line.startswith(b"+++ ") and previous.startswith(b"--- "):
        return _Section(*_unprefixed(_name(previous[4:]), _name(line[4:])))
    if line.startswith(b"Binary files ") and line.endswith(b" differ"):
        old, _, new = line[13:-7].partition(b" and ")
        return _Section(*_unprefixed(_name(old), _name(new)), skipped="binary")
    return None


def _skipped(name: bytes, why: str) -> _Section:
    path = _name(name)
    return _Section(path, path, skipped=why)


def _header_names(names: bytes) -> tuple[str, str]:
    """Both names of a `diff --git` line. Bare names may hold spaces: the right cut gives the same name twice.

    Where none does (a rename, two files compared without a repository) the lines that follow say the names again.
    """
    if quoted := _QUOTED.match(names):
        return _unprefixed(_name(names), _name(names[quoted.end() + 1 :]))
    if names.endswith(b'"') and b' "' in names:
        old, _, new = names.partition(b' "')
        return _unprefixed(_name(old), _name(b'"' + new))
    middle = len(names) // 2
    old_path, new_path = _unprefixed(_name(names[:middle]), _name(names[middle + 1 :]))
    if old_path == new_path and names[middle : middle + 1] == b" ":
        return old_path, new_path
    old, _, new = names.partition(b" ")
    return _unprefixed(_name(old), _name(new))


def _unprefixed(old: str, new: str) -> tuple[str, str]:
    """Both names without `a/` and `b/`, or whatever two first folders differ where the rest is the same."""
    if old == new:
        return old, new
    if _NOWHERE in (old, new):
        return old.removeprefix("a/"), new.removeprefix("b/")
    old_rest, new_rest = old.partition("/")[2], new.partition("/")[2]
    if old_rest and (old_rest == new_rest or (old.startswith("a/") and new.startswith("b/"))):
        return old_rest, new_rest
    return old, new


def _name(raw: bytes) -> str:
    """A file name as written in a header: C-quoted, or bare up to a tab (what follows is a time stamp)."""
    if quoted := _QUOTED.match(raw):
        raw = _ESCAPE.sub(lambda found: _LETTERS.get(found[1]) or _byte(found[1]), quoted[1])
    else:
        raw = raw.partition(b"\t")[0]
    return raw.decode("utf-8", "surrogateescape")


def _byte(escape: bytes) -> bytes:
    return bytes([int(escape, 8)]) if len(escape) == 3 else escape
