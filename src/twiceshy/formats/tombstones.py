"""What `tombstones` prints, for people and as a JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twiceshy.formats._quote import LINE, exact, one_line, place
from twiceshy.formats.payload import Payload

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twiceshy.model.tombstone import Burial, Tombstone

Listed = tuple["Tombstone", str]


def text(listed: Sequence[Listed], notes: Sequence[str], *, everything: bool = False) -> str:
    """File, words and id of each, then since when, by whom and why; a count, and how many of them say nothing now."""
    blocks = [_block(tombstone, asleep) for tombstone, asleep in listed if everything or not asleep]
    silent = sum(bool(asleep) for _, asleep in listed)
    total = len(listed) - silent
    tail = [one_line(note, LINE) for note in notes]
    if not listed:
        tail.append("no tombstones here: no revert and no lesson's fix took a distinctive word out of a file for good")
    else:
        hint = "" if everything or not silent else " (--all lists them)"
        tail.append(f"{total} tombstone{'s' * (total != 1)}, {silent} more asleep{hint}")
    return "\n\n".join([*blocks, "\n".join(tail)])


def _block(tombstone: Tombstone, asleep: str) -> str:
    words = ", ".join(one_line(word) for word in tombstone.words)
    kind = f"the fix of {one_line(tombstone.lesson)}, " if tombstone.lesson else "revert of "
    lines = [
        f"{place(tombstone.path or tombstone.named, 0)}: {words}  [{tombstone.id}]",
        f"  since {tombstone.day}, {tombstone.commit[:8]} by {one_line(tombstone.author)}: "
        f"{kind}“{one_line(tombstone.what)}”",
        f"  {one_line(tombstone.reason, LINE) if tombstone.reason else 'no reason was written'}",
    ]
    if tombstone.issues:
        lines[-1] += f" ({', '.join(one_line(issue) for issue in tombstone.issues)})"
    return "\n".join([*lines, f"  asleep: {one_line(asleep, LINE)}"] if asleep else lines)


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
