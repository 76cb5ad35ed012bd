"""Reads what `git diff-tree --stdin --raw -p -U0 -z` prints about many commits, in bounded memory.

The raw records say exactly which files a commit changed; the patch after them has their lines. With `-U0` a hunk's
header counts lines that are all removed or added, so a hunk is two slices of the list of lines and no line is looked at
by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

FORMAT = "%x01%H"
"""The pretty format that `read_patches` expects."""
LARGEST = 4_000_000  # bytes of changed lines in one file of one commit
_BLOCK = 1 << 20
_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_HEADER = re.compile(rb"\x01[0-9a-f]{40,64}\0?$")
_STATUS = {"A": "added", "D": "deleted", "R": "renamed", "C": "added"}
_SUBMODULE = b"160000"


class PatchHunk(NamedTuple):
    """One run of changed lines as UTF-8 text, lines ended by `\\n` and the last one not; counts are of lines."""

    old_start: int
    removed: int
    new_start: int
    added: int
    before: bytes
    after: bytes


class PatchFile:
    """One file of one commit; `old` and `new` are the ids of its blobs (zeros where there is none).

    `sections` is how often the patch shows it: twice if a file became a link or the other way round.
    """

    __slots__ = ("hunks", "new", "old", "old_path", "path", "sections", "size", "skipped", "status")

    def __init__(self, record: bytes, names: list[bytes]) -> None:
        modes_and_ids, _, status = record[1:].rpartition(b" ")
        old_mode, new_mode, self.old, self.new = modes_and_ids.split(b" ")
        self.status = _STATUS.get(status[:1].decode("ascii"), "modified")
        self.path = names[-1]
        self.old_path = names[0] if len(names) > 1 and self.status == "renamed" else b""
        self.skipped = "submodule" if _SUBMODULE in (old_mode, new_mode) else ""
        self.sections = 2 if status == b"T" else 1
        self.hunks: list[PatchHunk] = []
        self.size = 0

    def take(self, numbers: tuple[int, int, int, int], removed: list[bytes], added: list[bytes]) -> None:
        """Keep a hunk, unless the file has turned out to be no text or too much of it."""
        old_start, old_count, new_start, new_count = numbers
        before, after = _text(removed), _text(added)
        self.size += len(before) + len(after)
        if b"\0" in before or b"\0" in after:
            self.skip("binary")
        elif self.size > LARGEST:
            self.skip("too large")
        elif not self.skipped:
            self.hunks.append(PatchHunk(old_start, old_count, new_start, new_count, before, after))

    def skip(self, why: str) -> None:
        """Leave the file's lines out."""
        self.skipped = self.skipped or why
        self.hunks.clear()


class _Lines:
    """The lines of a stream in blocks; of one that is longer than a file may be, only the beginning is kept."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._tail: list[bytes] = []
        self._size = 0
        self.block: list[bytes] = []
        self.at = 0

    def more(self, *, whole: bool = False) -> bool:
        """Go on to the next block; False at the end. What is left of this one must have been taken.

        A list of files is kept `whole`: what follows it could not be told from names of files otherwise.
        """
        while chunk := self._read(_BLOCK):
            first, found, rest = chunk.partition(b"\n")
            if whole or self._size <= LARGEST:
                self._tail.append(first)
                self._size += len(first)
            if found:
                *lines, tail = rest.split(b"\n")
                self.block, self.at = [b"".join(self._tail), *lines], 0
                self._tail, self._size = [tail], len(tail)
                return True
        last = b"".join(self._tail)
        self.block, self.at = [last] if last else [], 0
        self._tail, self._size = [], 0
        return bool(last)

    def peek(self, *, whole: bool = False) -> bytes | None:
        """The next line, None at the end."""
        if self.at == len(self.block) and not self.more(whole=whole):
            return None
        return self.block[self.at]

    def take(self, count: int) -> Iterator[list[bytes]]:
        """The next `count` lines in pieces, as far as there are so many."""
        while count and (self.at < len(self.block) or self.more()):
            piece = self.block[self.at : self.at + count]
            self.at += len(piece)
            count -= len(piece)
            yield piece


def read_patches(read: Callable[[int], bytes]) -> Iterator[tuple[str, list[PatchFile]]]:
    """Every commit that has changes, with its files, as soon as the next one begins.

    `read` gives up to so many bytes, none at the end. What cannot be understood is passed over; nothing raises.
    """
    lines = _Lines(read)
    sha, files = "", list[PatchFile]()
    sections: Iterator[PatchFile] = iter(())
    current: PatchFile | None = None
    while (line := lines.peek()) is not None:
        if current and (found := _HUNK.match(line)):
            lines.at += 1
            _hunk(lines, current, found)
            continue
        lines.at += 1
        if line.startswith(b"diff --git "):
            current = next(sections, None)
        elif line.startswith(b"Binary files ") and current:
            current.skip("binary")
        elif _HEADER.match(line):
            if sha:
                yield sha, files
            sha, current = line[1:].rstrip(b"\0").decode("ascii"), None
            files = _records(lines)
            sections = iter([file for file in files for _ in range(file.sections)])
    if sha:
        yield sha, files


def _records(lines: _Lines) -> list[PatchFile]:
    """The raw records of a commit. They end with an empty field, and the patch's first line begins right behind it."""
    parts: list[bytes] = []
    line = lines.peek(whole=True)
    while line is not None and (parts or line.startswith(b":")):
        parts.append(line)
        if b"\0\0" in line:
            break
        lines.at += 1
        line = lines.peek(whole=True)
    raw, _, rest = b"\n".join(parts).partition(b"\0\0")
    if parts and lines.at < len(lines.block):
        lines.block[lines.at] = rest
    fields = iter(raw.removesuffix(b"\0").split(b"\0") if raw else ())
    files = []
    for record in fields:
        status = record.rpartition(b" ")[2]
        names = [next(fields, b"") for _ in range(2 if status[:1] in (b"R", b"C") else 1)]
        if record.count(b" ") == 4:
            files.append(PatchFile(record, names))
    return files


def _hunk(lines: _Lines, file: PatchFile, found: re.Match[bytes]) -> None:
    old_start, old_count, new_start, new_count = (1 if number is None else int(number) for number in found.groups())
    removed = _body(lines, file, old_count)
    added = _body(lines, file, new_count)
    file.take((old_start, old_count, new_start, new_count), removed, added)


def _body(lines: _Lines, file: PatchFile, count: int) -> list[bytes]:
    """The next `count` lines with their marks; none of them is held for a file that is left out."""
    held: list[bytes] = []
    size = 0
    for piece in lines.take(count):
        if not file.skipped:
            held += piece
        if len(piece) < count:  # over the end of a block
            size += sum(map(len, piece))
        if size > LARGEST:
            file.skip("too large")
            held = []
    if count and (line := lines.peek(whole=True)) is not None and line.startswith(b"\\"):
        lines.at += 1
    return held


def _text(lines: list[bytes]) -> bytes:
    """Lines that all begin with the same mark, without it, as valid UTF-8 with plain line ends."""
    if not lines:
        return b""
    text = b"\n".join(lines)
    text = text[1:].replace(b"\n" + text[:1], b"\n")
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").removesuffix(b"\r")
    if not text.isascii():
        try:
            text.decode("utf-8")
        except UnicodeDecodeError:
            text = text.decode("utf-8", "replace").encode("utf-8")
    return text
