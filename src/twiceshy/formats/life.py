"""What the moves of a lesson through its life print: its status, and the lines and files that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twiceshy.formats._quote import one_line, place, shown

if TYPE_CHECKING:
    from twiceshy.model.moved import Moved


def text(moved: Moved) -> str:
    """The status and the lesson's id, each file that went and each line that changed, then what else to know."""
    lines = (f"{place(path, number)}: {one_line(line)}" for path, number, line in moved.lines)
    head = f"{moved.status}: {shown(moved.lesson)}"
    return "\n".join([head, *map(shown, moved.files), *lines, *map(shown, moved.notes)])
