"""What `tombstones` prints, for people and as a JSON object."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from twiceshy.formats._quote import LINE, exact, one_line, place
from twiceshy.formats.payload import Payload

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twiceshy.model.tombstone import Burial, Tombstone

Listed = tuple["Tombstone", str]


def text(listed: Sequence[Listed], notes: Sequence[str], *, everything: bool = False) -> str:
    """Each commit with its reason and what it took out of which file; a count, and how many say nothing now."""
    shown = [one for one in listed if everything or not one[1]]
    blocks = [_block(list(same)) for _, same in groupby(shown, key=lambda one: one[0].commit)]
    silent = sum(bool(asleep) for _, asleep in listed)
    total = len(listed) - silent
    tail = [one_line(note, LINE) for note in notes]
    if not listed:
        tail.append("no tombstones here: no revert and no lesson's fix took a distinctive word out of a file for good")
    else:
        hint = "" if everything or not silent else " (--all lists them)"
        tail.append(f"{total} tombstone{'s' * (total != 1)}, {silent} more asleep{hint}")
    return "\n\n".join([*blocks, "\n".join(tail)])


def _block(listed: Sequence[Listed]) -> str:
    """What one commit took out."""
    first = listed[0][0]
    kind = f"the fix of {one_line(first.lesson)}, " if first.lesson else "revert of "
    lines = [
        f"{first.removal}  {first.day}  {kind}“{one_line(first.what)}” ({one_line(first.author)})",
        f"  {one_line(first.reason, LINE) if first.reason else 'no reason was written'}",
    ]
    if first.issues:
        lines[-1] += f" ({', '.join(one_line(issue) for issue in first.issues)})"
    for tombstone, asleep in listed:
        words = ", ".join(one_line(word) for word in tombstone.words)
        own = f"  [{tombstone.id}]" if len(listed) > 1 else ""
        lines.append(f"  {place(tombstone.path or tombstone.named, 0)}: {words}{own}")
        lines += [f"    asleep: {one_line(asleep, LINE)}"] if asleep else []
    return "\n".join(lines)


def json(listed: Sequence[Listed], notes: Sequence[str], *, everything: bool = False) -> Payload:
    """The object that other programs build on."""
    shown = [_payload(*one) for one in listed if everything or not one[1]]
    return {"version": 1, "tombstones": shown, "notes": [one_line(note, LINE) for note in notes]}


def _payload(tombstone: Tombstone, asleep: str) -> Payload:
    return {
        "id": tombstone.id,
        "path": exact(tombstone.path or tombstone.named),
        "words": [exact(word) for word in tombstone.words],
        "commit": tombstone.commit,
        "date": tombstone.day,
        "author": one_line(tombstone.author),
        "reverted": one_line(tombstone.what, LINE),
        "reason": one_line(tombstone.reason, LINE),
        "issues": [one_line(issue) for issue in tombstone.issues],
        "lesson": exact(tombstone.lesson) if tombstone.lesson else None,
        "asleep": one_line(asleep, LINE) if asleep else None,
    }


def buried_text(burial: Burial) -> str:
    """Which tombstone is silent now, and where that is written."""
    said = f"buried {burial.id}: {one_line(burial.reason, LINE)}"
    return f"{said}\nwritten to .twiceshy/buried.toml; commit it with the change"
