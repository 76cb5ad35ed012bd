"""Suppression comments: how a person says, on the spot and for a while, that a guard is wrong here.

    timeout = None  # twiceshy: ignore[http-timeout] until=2027-03-01 the vendor's client has its own

Id, date and reason are all required, so that no silence is forgotten: without one of them the guard goes on speaking.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

MARK = "twiceshy: " + "ignore["  # in two parts, so that this line is no suppression
_DATE = "until="
_CLOSERS = ("*/", "-->", "--%>", "%>", "#}", "*)", "-}", "]]")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Suppression:
    """One such comment on the 1-based `line`; `problems` says in words what keeps it from working."""

    __slots__ = ("ids", "line", "problems", "reason", "until")

    def __init__(self, line: int, ids: tuple[str, ...], until: str, reason: str) -> None:
        self.line = line
        self.ids = ids
        self.until = until
        self.reason = reason
        self.problems = tuple(_problems(ids, until, reason))


def suppressions_in(text: str) -> Iterator[Suppression]:
    """Every suppression comment of `text`, working or not, in order; lines end at a line feed."""
    at = text.find(MARK)
    line = 1
    counted = 0
    while at >= 0:
        line += text.count("\n", counted, at)
        counted = at
        end = text.find("\n", at)
        yield _parse(text[at : end if end >= 0 else len(text)], line)
        at = text.find(MARK, at + 1)


def suppression_at(lines: Sequence[str], index: int, guard_id: str, today: date | str) -> str:
    """`active` if a comment on line `index` (from 0) or the line above silences the guard, `expired` if one used to.

    Empty if there is none, or none that works. `today` is a date or its ISO form; a comment holds through its day.
    """
    state = ""
    for number in (index, index - 1):
        text = lines[number] if 0 <= number < len(lines) else ""
        at = text.find(MARK)
        while at >= 0:
            found = _parse(text[at:], number + 1)
            if guard_id in found.ids and not found.problems:
                if found.until >= str(today):
                    return "active"
                state = "expired"
            at = text.find(MARK, at + 1)
    return state


def _parse(text: str, line: int) -> Suppression:
    """The comment at the start of `text`; a second one on the same line is not part of its reason."""
    inside, bracket, rest = text[len(MARK) :].partition("]")
    if not bracket:
        return Suppression(line, (), "", "")
    rest = rest.partition(MARK)[0].strip()
    until = ""
    if rest.startswith(_DATE):
        until, _, rest = rest[len(_DATE) :].partition(" ")
    for closer in _CLOSERS:
        rest = rest.strip().removesuffix(closer)
    ids = tuple(part for part in (piece.strip() for piece in inside.split(",")) if part)
    return Suppression(line, ids, until.strip(), rest.strip())


def _problems(ids: tuple[str, ...], until: str, reason: str) -> Iterator[str]:
    if not ids:
        yield "it names no guard"
    if not until:
        yield "it has no date"
    elif not _is_date(until):
        yield f"{until} is no date"
    if not any(char.isalnum() for char in reason):
        yield "it gives no reason"


def _is_date(text: str) -> bool:
    """Whether `text` is a calendar date as ISO 8601 writes it, YYYY-MM-DD."""
    if len(text) != 10 or not text.isascii() or text[4] + text[7] != "--":
        return False
    year, month, day = text[:4], text[5:7], text[8:]
    if not (year + month + day).isdigit() or not 1 <= int(month) <= 12:
        return False
    leap = int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
    return 1 <= int(day) <= (28 if month == "02" and not leap else _DAYS[int(month) - 1])
