"""What `sign` and `verify` print, for people and as a JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twiceshy.formats._quote import LINE, exact, one_line, shown
from twiceshy.formats._quote import place as at
from twiceshy.formats.payload import Payload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from twiceshy.model.signoff import Signed, SignOff, Verdicts

_SHOWN = 10


def signed_text(path: str, signed: Signed) -> str:
    """What was signed, by whom, and where the document says so."""
    said = signed.statement
    return (
        f"signed {shown(path)} as {said.role}: {one_line(said.name)} ({shown(said.principal)}), {said.time[:10]}\n"
        f"{at(path, signed.line)}: {one_line(signed.label)}"
    )


def text(told: Sequence[Verdicts], notes: Iterable[str] = ()) -> str:
    """A block for each document, a line for each sign-off, then what is lacking."""
    blocks = ["\n".join(_block(one)) for one in told] or ["no sign-offs here: no document asks for one or has one"]
    said = "\n".join(f"note: {shown(note)}" for note in notes)
    return "\n\n".join([*blocks, *([said] if said else [])])


def _block(told: Verdicts) -> Iterator[str]:
    yield shown(told.path)
    if told.problem:
        yield f"  wrong: {one_line(told.problem)}"
    if not told.sign_offs and not told.problem:
        yield "  no place for a sign-off"
    for one in told.sign_offs:
        yield f"  {one.state}: {_about(one)}"
        differs = one.differs.lines if one.differs else ()
        yield from (f"      {one_line(line, LINE)}" for line in differs[:_SHOWN])
        if len(differs) > _SHOWN:
            yield f"      … {len(differs) - _SHOWN} more"
    if told.lacking:
        yield f"  lacking: {shown(', '.join(told.lacking))}"


def _about(one: SignOff) -> str:
    who = one_line(one.by)
    if one.principal:
        who += f" ({one_line(one.principal)})"
    parts = [who, one.time[:10], one_line(one.why)]
    where = [f"line {one.line}"] if one.line else []
    place = ", ".join([*where, one_line(one.label)] if one.label else where)
    named = f"{shown(one.role)} ({place})" if place else shown(one.role)
    return f"{named}{' — ' if any(parts) else ''}{', '.join(filter(None, parts))}"


def json(told: Iterable[Verdicts], notes: Iterable[str] = ()) -> Payload:
    """The object that other programs build on."""
    return {"version": 1, "documents": [_document(one) for one in told], "notes": [exact(note) for note in notes]}


def _document(told: Verdicts) -> Payload:
    return {
        "path": exact(told.path),
        "content": told.content,
        "sign_offs": [_sign_off(one) for one in told.sign_offs],
        "lacking": list(map(exact, told.lacking)),
        "problem": one_line(told.problem),
        "stops": told.stops,
    }


def _sign_off(one: SignOff) -> Payload:
    differs = one.differs
    return {
        "role": one_line(one.role),
        "state": one.state,
        "kind": one.kind,
        "label": one_line(one.label),
        "line": one.line,
        "by": one_line(one.by),
        "principal": one_line(one.principal),
        "time": one_line(one.time),
        "key": one_line(one.key),
        "why": one_line(one.why),
        "differs": differs and {"lines": differs.count, "shown": [one_line(line) for line in differs.lines]},
    }
