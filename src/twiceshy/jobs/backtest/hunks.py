"""The lines around a fire, for somebody who judges it: what went, what came, and a little of what stayed."""

from __future__ import annotations

from twiceshy.model.backtest import Fire
from twiceshy.model.change import ChangedFile, Hunk, lines_of
from twiceshy.model.ports import History

_AROUND = 3  # unchanged lines before and after
_MOST = 16  # changed lines before and after the one the guard spoke about

Line = tuple[str, int, str]


def hunk_of(history: History, fire: Fire) -> list[Line]:
    """The hunk that holds the first place of `fire`, as (sign, line number, text); `-` has the old file's numbers.

    A place without a hunk, such as a file that was only renamed, gives nothing.
    """
    spot = fire.spots[0]
    past = next((one for one in history.files([fire.commit.number]) if spot.path in (one.path, one.old_path)), None)
    if past is None:
        return []
    file = history.changed_file(past)
    hunk = file.hunk_at(spot.line, spot.side) or next(iter(_near(file, spot.line)), None)
    if hunk is None:
        return []
    lines = [("-", number, text) for number, text in enumerate(hunk.removed, hunk.old_start)]
    lines += [("+", number, text) for number, text in enumerate(hunk.added, hunk.new_start)]
    sign = "+" if spot.side == "new" else "-"
    at = next((index for index, line in enumerate(lines) if line[:2] == (sign, spot.line)), 0)
    shown = lines[max(at - _MOST, 0) : at + _MOST + 1]
    before, after = _stayed(file, hunk)
    return [*(before if shown[:1] == lines[:1] else ()), *shown, *(after if shown[-1:] == lines[-1:] else ())]


def _near(file: ChangedFile, line: int) -> list[Hunk]:
    """The hunks, the one closest to a line of the new file first."""
    return sorted(file.hunks, key=lambda hunk: abs(hunk.new_start - line))


def _stayed(file: ChangedFile, hunk: Hunk) -> tuple[list[Line], list[Line]]:
    """The unchanged lines around a hunk, as the new file has them."""
    text = file.new_text()
    if text is None:
        return [], []
    lines = lines_of(text)
    # git numbers a hunk that adds nothing by the line before it
    first = hunk.new_start - 1 if hunk.added else hunk.new_start
    end = first + len(hunk.added)
    before = [(" ", at + 1, lines[at]) for at in range(max(first - _AROUND, 0), min(first, len(lines)))]
    return before, [(" ", at + 1, lines[at]) for at in range(end, min(end + _AROUND, len(lines)))]
