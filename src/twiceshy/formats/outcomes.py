"""What `stats` prints, for people and as a JSON object."""

from __future__ import annotations

from datetime import date
from shlex import quote
from typing import TYPE_CHECKING

from twiceshy.formats._quote import exact, one_line, place, shown
from twiceshy.formats.payload import Payload

if TYPE_CHECKING:
    from twiceshy.model.outcome import Delivery, Figures, Outcomes

_PARTS = ("heeded", "overridden", "suppressed", "false_alarms", "open")


def text(told: Outcomes) -> str:
    """Guard by guard what was said and what came of it, then lessons, silent guards, and what may be retired."""
    notes = [one_line(note) for note in told.notes]
    if not told.since:
        return "\n".join([*notes, "nothing is recorded yet: the first check or word of the hook begins it"])
    yours = " of yours" * told.own
    machines = f", {told.machines} machines" * (told.machines > 1)
    lines = [f"since {told.since}: {_count(told.commits, 'commit')}{yours}{machines}", ""]
    for row in told.guards:
        lines.append(_line(row, told.commits))
        lines += [_delivery(one) for one in told.listed if one.event.guard == row.name]
    several = [row for row in told.lessons if row.recalled or _guards_of(told, row.name) > 1]
    lines += ["", "lessons:", *(f"  {_line(row, told.commits)}" for row in several)] if several else []
    if told.silent:
        lines += ["", "never spoke:", *(f"  {one_line(one.guard)}, since {one.since}" for one in told.silent)]
    lines += _retirement(told)
    if told.strange:
        lines += ["", f"{_count(told.strange, 'line')} among the events could not be read"]
    return "\n".join([*lines, *notes])


def _line(row: Figures, commits: int) -> str:
    rate = row.rate(commits)
    often = f"spoke {_times(row.spoke)}" + (f" ({rate:g} per 1,000 commits)" if rate is not None else "")
    said = [often] if row.spoke else []
    said += [f"recalled {_times(row.recalled)}"] if row.recalled else []
    parts = [f"{number} {_word(part, number)}" for part in _PARTS if (number := getattr(row, part))]
    became = f": {', '.join(parts)}" if parts else ""
    return f"{one_line(row.name)}: {', '.join(said)}, last on {_day(row.last)}{became}"


def _delivery(one: Delivery) -> str:
    event, end = one.event, one.end
    where = place(event.path, event.line) if event.path else "a command"
    commit = f" in {one_line(end.commit[:7])}" if end and end.commit else ""
    by = ", as somebody says" if one.is_sure else ""
    reason = f": {one_line(end.reason)}" if end and end.reason else ""
    told = f"{_day(event.at)}  {one_line(event.surface):<5}  {where}  {one.outcome}"
    return f"  {one_line(event.id[:8])}  {told}{commit}{by}{reason}"


def _retirement(told: Outcomes) -> list[str]:
    """The guards that are overridden more often than not, with what to type."""
    rows = [row for row in told.guards if row.is_mostly_overridden]
    lines = ["", "mostly overridden or false alarms; mend the guard, or retire it:"] if rows else []
    return lines + [f"  {_command(row)}" for row in rows]


def _command(row: Figures) -> str:
    why = quote(f"overridden or a false alarm {row.overridden + row.false_alarms} times in {row.decided}")
    if row.name.startswith("tombstone-"):
        return f"twiceshy tombstones bury {quote(shown(row.name))} --reason {why}"
    return f"twiceshy retire {quote(shown(row.name))} --reason {why}"


def _guards_of(told: Outcomes, lesson: str) -> int:
    return sum(row.lesson == lesson for row in told.guards)


def said_text(one: Delivery) -> str:
    """What a person has said came of a delivery."""
    return f"{one_line(one.event.guard or one.event.lesson)}\n{_delivery(one)}"


def said_json(one: Delivery) -> Payload:
    """The same as an object."""
    return {"version": 1, **_payload(one)}


def json(told: Outcomes) -> Payload:
    """The object that other programs build on."""
    return {
        "version": 1,
        "since": told.since or None,
        "commits": told.commits,
        "own": told.own,
        "machines": told.machines,
        "guards": [
            {"guard": exact(row.name), "lesson": exact(row.lesson), **_figures(row, told)} for row in told.guards
        ],
        "lessons": [{"lesson": exact(row.name), **_figures(row, told)} for row in told.lessons],
        "silent": [{"guard": exact(one.guard), "lesson": exact(one.lesson), "since": one.since} for one in told.silent],
        "deliveries": [_payload(one) for one in told.listed],
        "unreadable": told.strange,
        "notes": [one_line(note) for note in told.notes],
    }


def _figures(row: Figures, told: Outcomes) -> Payload:
    return {
        "spoke": row.spoke,
        **{part: getattr(row, part) for part in _PARTS},
        "recalled": row.recalled,
        "last": _day(row.last),
        "per_1000": row.rate(told.commits),
        "retire": _command(row) if row.is_mostly_overridden else None,
    }


def _payload(one: Delivery) -> Payload:
    event, end = one.event, one.end
    return {
        "id": exact(event.id),
        "day": _day(event.at),
        "guard": exact(event.guard),
        "lesson": exact(event.lesson),
        "surface": exact(event.surface),
        "level": exact(event.level),
        "path": exact(event.path),
        "line": event.line,
        "outcome": one.outcome,
        "by": (exact(end.by) if end else "") or None,
        "reason": one_line(end.reason) if end else "",
        "commit": (exact(end.commit) if end else "") or None,
    }


def _day(seconds: int) -> str:
    return date.fromtimestamp(seconds).isoformat()


def _word(part: str, number: int) -> str:
    return ("false alarm" if number == 1 else "false alarms") if part == "false_alarms" else part


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
