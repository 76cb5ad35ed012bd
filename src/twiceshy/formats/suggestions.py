"""What `guard suggest` prints, for people and as a JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twiceshy.formats._quote import clean, exact, one_line, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twiceshy.formats.payload import Payload
    from twiceshy.model.suggestion import Suggestion, Suggestions


def text(found: Suggestions) -> str:
    """Which commits were looked at, then each block with what it recognises and why it is offered."""
    return "\n".join(_lines(found))


def _lines(found: Suggestions) -> Iterator[str]:
    yield f"fix      {found.fix}"
    if found.culprit:
        yield f"culprit  {found.culprit} ({one_line(found.how)})"
    for number, one in enumerate(found.offered, 1):
        yield ""
        yield f"{number}. {one_line(one.what, 400)}"
        yield f"   offered because {_because(one)}"
        yield ""
        yield "\n".join(f"    {line}" if line else "" for line in one.block.split("\n"))
    yield ""
    if found.none:
        yield one_line(found.none, 600)
        return
    if found.unheard:
        yield f"{one_line(found.unheard)}; twiceshy backtest reads them."
    where = "" if found.lesson else " --into LESSON"
    yield f"Each fires on the culprit and not on the fix. Whether it means the mistake, you say: --accept N{where}"


def _because(one: Suggestion) -> str:
    reasons = "; ".join(one.reasons) or "it tells the culprit from the fix"
    return f"{one_line(reasons, 400)}{_noise(one)}"


def _noise(one: Suggestion) -> str:
    if one.noise is None:
        return ""
    return f"; it speaks in {one.noise.fires} more of {one.noise.commits} commits"


def accepted(path: str, line: int) -> str:
    """Where the guard stands now, and what to do next."""
    return f"wrote {place(path, line)}\nRead it as if somebody else had written it, then: twiceshy guard test"


def json(found: Suggestions, wrote: tuple[str, int] | None = None) -> Payload:
    """The object that other programs build on."""
    return {
        "version": 1,
        "fix": found.fix,
        "culprit": found.culprit,
        "how": clean(found.how),
        "lesson": exact(found.lesson),
        "suggestions": [_payload(one) for one in found.offered],
        "held": found.held,
        "none": clean(found.none),
        "history": clean(found.unheard),
        "wrote": {"path": exact(wrote[0]), "line": wrote[1]} if wrote else None,
    }


def _payload(one: Suggestion) -> Payload:
    noise = one.noise
    return {
        "form": one.form,
        "what": clean(one.what),
        "score": round(one.score, 2),
        "reasons": [clean(reason) for reason in one.reasons],
        "block": exact(one.block),
        "noise": {"commits": noise.commits, "fires": noise.fires, "mended": noise.mended} if noise else None,
    }
