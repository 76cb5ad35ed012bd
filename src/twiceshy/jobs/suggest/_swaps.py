"""What a fix exchanged for what: its hunks without comments and moved lines, token against token."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from twiceshy.guards import PROSE, matches_path
from twiceshy.guards._languages import LANGUAGES, is_comment, language_of
from twiceshy.jobs.suggest._tokens import Token, tokens_of
from twiceshy.model.change import ChangedFile, Hunk
from twiceshy.model.generated import GENERATED

_MOST_HUNKS = 60
_LARGE = 500_000  # characters of a file in which each difference takes a second to think about
_HUNKS_OF_LARGE = 6
_MOST_TOKENS = 600
_ALIKE = 0.35
_TESTS = re.compile(
    r"(?:^|/)(?:tests?|t|specs?|__tests__|testing|testdata|fixtures|examples?)(?:[ _-][^/]*)?/"
    r"|[._-](?:test|spec)s?\.|(?:^|/)test_"
)
_SLASHES = re.compile(r"(?:^|\s)//.*$|/\*.*?\*/|/\*.*$")
_HASHES = re.compile(r"(?:^|\s)#\s.*$")
_REMARKS = re.compile(r"^\s*(?:#(?:\s|$)|//|--\s|;;|\*\s|/\*|\"\s)")
_GLUE = 2  # equal tokens between two differences that are still one difference


@dataclass(frozen=True, slots=True)
class Swap:
    """One difference: `old[start:end]` became `new[new_start:new_end]`; an empty range means nothing was there.

    `old` and `new` are the tokens of `old_lines` and `new_lines`, the hunk's removed and added lines.
    """

    file: ChangedFile
    hunk: Hunk
    old_lines: tuple[str, ...]
    new_lines: tuple[str, ...]
    old: tuple[Token, ...]
    new: tuple[Token, ...]
    start: int
    end: int
    new_start: int
    new_end: int

    @property
    def taken(self) -> tuple[Token, ...]:
        """What is gone."""
        return self.old[self.start : self.end]

    @property
    def given(self) -> tuple[Token, ...]:
        """What came."""
        return self.new[self.new_start : self.new_end]


def code_of(files: Iterable[ChangedFile]) -> list[ChangedFile]:
    """The files that hold code as far as their names tell."""
    return [file for file in files if file.hunks and not file.skipped and not matches_path(file.path, PROSE)]


def moved_lines(files: Iterable[ChangedFile]) -> frozenset[str]:
    """The lines, without the spaces around them, that are both taken out and put in."""
    hunks = [hunk for file in files for hunk in file.hunks]
    before = {line.strip() for hunk in hunks for line in hunk.removed}
    return frozenset(before & {line.strip() for hunk in hunks for line in hunk.added})


def is_test(path: str) -> bool:
    """Whether the file at `path` is there to test others, as far as its name tells."""
    return _TESTS.search(path) is not None


def code_lines(file: ChangedFile, lines: Iterable[str], moved: frozenset[str]) -> tuple[str, ...]:
    """`lines` without comments, and with empty ones in place of what was only moved."""
    starts = LANGUAGES.get(language_of(file.path), ((), ()))[1]
    comment = _SLASHES if "//" in starts else _HASHES if "#" in starts else None
    known = bool(starts) or language_of(file.path) != ""
    bare = ("" if line.strip() in moved or _is_remark(file.path, line, known) else line for line in lines)
    return tuple(comment.sub(_blank, line) if comment else line for line in bare)


def _is_remark(path: str, line: str, known: bool) -> bool:
    return is_comment(path, line) if known else _REMARKS.match(line) is not None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def swaps(files: Sequence[ChangedFile]) -> list[Swap]:
    """Every difference a fix makes to code that somebody wrote here, in its order."""
    moved = moved_lines(files)
    found: list[Swap] = []
    left = _MOST_HUNKS
    for file in code_of(files):
        if matches_path(file.path, GENERATED):
            continue
        most = left if len(file.new_text() or "") < _LARGE else min(left, _HUNKS_OF_LARGE)
        for hunk in file.hunks[: max(most, 0)]:
            left -= 1
            old, new = code_lines(file, hunk.removed, moved), code_lines(file, hunk.added, moved)
            found += _of_hunk(file, hunk, old, new)
    return found


def _of_hunk(file: ChangedFile, hunk: Hunk, old_lines: tuple[str, ...], new_lines: tuple[str, ...]) -> Iterator[Swap]:
    old, new = tuple(tokens_of(old_lines))[:_MOST_TOKENS], tuple(tokens_of(new_lines))[:_MOST_TOKENS]
    before, after = [token.text for token in old], [token.text for token in new]
    if before == after:
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if not old or not new or matcher.ratio() < _ALIKE:
        yield Swap(file, hunk, old_lines, new_lines, old, new, 0, len(old), 0, len(new))
        return
    spans: list[list[int]] = []
    for name, i, i_end, j, j_end in matcher.get_opcodes():
        if name == "equal":
            continue
        if spans and i - spans[-1][1] <= _GLUE and not any(token.tells for token in old[spans[-1][1] : i]):
            spans[-1][1], spans[-1][3] = i_end, j_end
        else:
            spans.append([i, i_end, j, j_end])
    for i, i_end, j, j_end in spans:
        yield Swap(file, hunk, old_lines, new_lines, old, new, i, i_end, j, j_end)
