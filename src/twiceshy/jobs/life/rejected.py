"""`.twiceshy/rejected.txt`: what was looked at once and is no lesson, so that it is never proposed again.

A line is `<what> <day> <reason>`: a commit's id, or the id of a lesson that names none, with %20 for its blanks. The
lines are in order, so that two people's lines rarely meet in a merge; empty lines and those with a # are left alone.
"""

from __future__ import annotations

from datetime import date

from twiceshy.markdown.edit import line_end
from twiceshy.model.change import lines_of

PATH = ".twiceshy/rejected.txt"


def rejected_in(text: str) -> dict[str, str]:
    """What the text of the file rejects: commit or lesson id to the reason."""
    found = {}
    for line in lines_of(text.removeprefix("\ufeff")):
        what, _, rest = line.partition(" ")
        if what and not what.startswith("#"):
            found[what.replace("%20", " ")] = rest.partition(" ")[2]
    return found


def with_rejected(text: str, what: str, day: date, reason: str) -> str:
    """The text of the file with one more line at its place; as it is if `what` is rejected already."""
    if what in rejected_in(text):
        return text
    end = line_end(text)
    lines = [f"{one}\n" for one in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    if lines[-1]:
        lines[-1] += end
    else:
        lines.pop()
    line = f"{what.replace(' ', '%20')} {day} {' '.join(reason.split())}{end}"
    later = (n for n, one in enumerate(lines) if one.strip() and not one.startswith(("#", "\ufeff")) and one > line)
    at = next(later, len(lines))
    return "".join([*lines[:at], line, *lines[at:]])
