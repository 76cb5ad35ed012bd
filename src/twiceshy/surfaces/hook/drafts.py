"""Files as they will be after a tool has run, next to what they are: edits become changed lines.

On the agent hook's hot path, also when no guard applies.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twiceshy.surfaces.hook.hosts import FileEdit

    Run = tuple[int, list[str]]
    Lines = tuple[int, list[str], int, list[str]]

_LIMIT = 8_000_000


class Draft:
    """One file of the working tree: `old` and `new` are its whole texts, None where there is none or none is known.

    `between` are the texts to tell the changed lines from, if they are not these.
    """

    __slots__ = ("_hunks", "between", "new", "old", "old_path", "path", "status")

    def __init__(self, path: str, status: str, old: str | None, new: str | None) -> None:
        self.path = path
        self.old_path = ""
        self.status = status
        self.old = old
        self.new = new
        self.between = (old or "", new or "")
        self._hunks: list[Lines] | None = None

    def hunks(self) -> list[Lines]:
        """What changes: (first old line, removed lines, first new line, added lines), 1-based."""
        if self._hunks is None:
            self._hunks = hunks_between(*self.between)
        return self._hunks

    def added(self) -> str:
        """The added lines as one text."""
        if not self.between[0]:
            return self.between[1]
        return "\n".join(line for hunk in self.hunks() for line in hunk[3])

    def removed(self) -> str:
        """The removed lines as one text."""
        return "\n".join(line for hunk in self.hunks() for line in hunk[1]) if self.between[0] else ""

    def whole(self) -> str:
        """The file as it will be, or as much of it as is known."""
        return self.added() if self.new is None else self.new


def drafts_of(edits: Sequence[FileEdit], root: str, base: str) -> Iterator[Draft]:
    """What `edits` will do to files of the working tree `root`; paths are relative to `base`, others are left out."""
    for edit in edits:
        full = os.path.join(base, edit.path)
        path = inside(root, full)
        if not path:
            continue
        source = os.path.join(base, edit.moved_from) if edit.moved_from else full
        draft = _draft(edit, path, _read(source), os.path.exists(source))
        if edit.moved_from:
            draft.status, draft.old_path = "renamed", inside(root, source)
        yield draft


def inside(root: str, path: str) -> str:
    """`path` relative to `root`, with slashes and links resolved; empty outside of it and in its git directory."""
    real = os.path.realpath(path)
    if not real.startswith(os.path.join(root, "")):
        return ""
    relative = os.path.relpath(real, root).replace(os.sep, "/")
    return "" if relative.startswith(".git/") else relative


def _draft(edit: FileEdit, path: str, old: str | None, exists: bool) -> Draft:
    status = "modified" if exists else "added"
    if edit.deleted:
        return Draft(path, "deleted", old, None)
    new = _plain(edit.content) if edit.content is not None else _swapped(old, edit)
    if new is not None:
        return Draft(path, status, old, new)
    # The tool will refuse, or the file cannot be read: what it wants to write is judged by itself.
    before = "\n".join(old for old, _, _ in edit.swaps)
    after = "\n".join(new for _, new, _ in edit.swaps)
    draft = Draft(path, "modified", None, None)
    draft.between = (_plain(before), _plain(after))
    return draft


def _swapped(old: str | None, edit: FileEdit) -> str | None:
    """The text after all swaps; None if one of them has nothing to take the place of."""
    if old is None and any(swap[0] for swap in edit.swaps):
        return None
    mark = "\n" if edit.by_line else ""
    text = mark + (old or "")
    if edit.by_line and not text.endswith("\n"):
        text += "\n"
    for before, after, everywhere in edit.swaps:
        before, after = mark + _plain(before), mark + _plain(after)
        if before == mark:
            if old and not edit.by_line:
                return None
            text += after.removeprefix(mark)
        elif before not in text:
            return None
        else:
            text = text.replace(before, after, -1 if everywhere else 1)
    return text.removeprefix(mark)


def _read(path: str) -> str | None:
    """The text of a file; None if there is none, or it is huge, not UTF-8 or something one would wait for."""
    if not os.path.isfile(path):
        return None
    try:
        with open(path, "rb") as file:
            raw = file.read(_LIMIT + 1)
        return _plain(raw.decode("utf-8").removeprefix("\ufeff")) if len(raw) <= _LIMIT and b"\0" not in raw else None
    except (OSError, ValueError):
        return None


def _plain(text: str) -> str:
    """Line ends as the tools see them: editors of agents keep a file's own when they write."""
    return text.replace("\r\n", "\n")


def hunks_between(old: str, new: str) -> list[Lines]:
    """What changed: common lines at both ends do not count, nor do lines that only moved in between."""
    before, after = _lines(old), _lines(new)
    start = 0
    shorter = min(len(before), len(after))
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    gone = before[start : len(before) - end]
    come = after[start : len(after) - end]
    removed, added = _runs(gone, come, start + 1), _runs(come, gone, start + 1)
    nothing: Run = (start + 1, [])
    pairs = max(len(removed), len(added))
    removed += [nothing] * (pairs - len(removed))
    added += [nothing] * (pairs - len(added))
    return [(*old_run, *new_run) for old_run, new_run in zip(removed, added, strict=True)]


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def _runs(lines: list[str], others: list[str], first: int) -> list[Run]:
    """Runs of `lines` that `others` does not have as often, with their line numbers."""
    if not (lines and others):
        return [(first, lines)] if lines else []
    left: dict[str, int] = {}
    for line in others:
        left[line] = left.get(line, 0) + 1
    runs: list[Run] = []
    expected = -1
    for number, line in enumerate(lines, first):
        if left.get(line, 0) > 0:
            left[line] -= 1
            continue
        if number != expected:
            runs.append((number, []))
        runs[-1][1].append(line)
        expected = number + 1
    return runs
