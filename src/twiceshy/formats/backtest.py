"""What `backtest` prints, for people and as a JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twiceshy.formats._quote import exact, one_line, place, shown
from twiceshy.formats.picture import bars
from twiceshy.model.rates import per_1000

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from twiceshy.formats.payload import Payload
    from twiceshy.model.backtest import Backtest, Fire, Tested
    from twiceshy.model.history import Coverage
    from twiceshy.model.rates import Targeted

_ENOUGH = 30
_MANY = 1000  # commits from which a rate per 1,000 is worth a look
_SHA = 10


def backtest_text(tests: Sequence[Tested], coverage: Coverage) -> str:
    """Every guard with its figures, each of which says what it means; then how much of history was looked at."""
    if not tests:
        return "no guards here yet; a lesson holds one as a `yaml guard` block"
    parts = ["\n".join(_guard(test)) for test in tests]
    return "\n\n".join([*parts, _looked_at(coverage)])


def _guard(test: Tested) -> Iterator[str]:
    found = test.backtest
    guard = found.subject.guard
    if found.cannot:
        yield f"{one_line(guard.id)}: history cannot judge it: {one_line(found.cannot)}"
        return
    count, commits = len(found.fires), f"{found.commits:,} commit{'' if found.commits == 1 else 's'}"
    rate = f", {per_1000(count, found.commits):g} per 1,000" if found.commits >= _MANY else ""
    part = " (only a part of history: this proves nothing)" if found.narrowed else ""
    yield f"{one_line(guard.id)}: would have spoken about {count:,} of {commits}{rate}{part}"
    told = [
        (
            "culprit",
            _own(guard.culprit, found.culprit_caught, "caught: it speaks about {}", "missed: it is silent on {}"),
        ),
        ("fix", _own(guard.fix, found.fix_silent, "spared: it is silent on {}", "not spared: it speaks about {}")),
        ("since", _since(found)),
        ("later", _later(found)),
        ("judged", _verdicts(test)),
        ("blocks", _may(test)),
    ]
    yield from (f"  {name:<9}{what}" for name, what in told)
    yield from (f"  {line}" for line in bars(found))


def _own(revision: str, good: bool | None, yes: str, no: str) -> str:
    if not revision:
        return "the guard names none"
    short = one_line(revision[:_SHA])
    return f"{short} cannot be read here" if good is None else (yes if good else no).format(short)


def _since(found: Backtest) -> str:
    if found.after_lesson is None:
        return "its lesson has no date"
    return f"{found.after_lesson:,} of these after the day of its lesson, {one_line(found.subject.day)}"


def _later(found: Backtest) -> str:
    """How many fires a fix took back, in words that do not promise more than the figure."""
    if found.targeted:
        return _targeted(found.targeted)
    taken = sum(bool(fire.undone_by) for fire in found.fires)
    if found.subject.guard.engine in ("pair", "path", "error"):
        return "not followed: there is no line that a fix could take out"
    few = f"not enough data to compare with chance: {len(found.fires)} of {_ENOUGH} fires"
    return f"{taken} taken back by a small fix; {few}" if found.fires else few


def _targeted(targeted: Targeted) -> str:
    low, high = targeted.fires.interval
    verdict = "more than chance" if low > targeted.control.interval[1] else "which chance could do as well"
    return (
        f"{_percent(targeted.fires.share)} taken back by a small fix (95 % sure: {_percent(low)} to {_percent(high)});"
        f" of random lines of like commits {_percent(targeted.control.share)}: {verdict}"
    )


def _verdicts(test: Tested) -> str:
    proof, fires = test.proof, len(test.backtest.fires)
    judged = len(proof.judged) if proof else 0
    if not fires:
        return "nothing to judge"
    by = ", ".join(dict.fromkeys(one_line(one.by.partition(" <")[0]) for one in proof.judged)) if proof else ""
    right = f"{proof.right} of {judged} found right by {by}" if proof and judged else "nobody has looked at its fires"
    return right if judged >= min(fires, 10) else f"{right}; {min(fires, 10) - judged} to look at: --judge"


def _may(test: Tested) -> str:
    guard = test.backtest.subject.guard
    if test.refusal:
        return f"not allowed: {one_line(test.refusal)}"
    return "yes: it is proved" if guard.level == "block" else f"it may, but says level: {guard.level}"


def _looked_at(coverage: Coverage) -> str:
    they = "is a merge, whose lines are in the commits it merges"
    if coverage.merges != 1:
        they = "are merges, whose lines are in the commits they merge"
    merges = f"; {coverage.merges:,} {they}" if coverage.merges else ""
    line = f"looked at {coverage.read:,} of {coverage.commits:,} commits{merges}"
    unread = [f"{number:,} ({one_line(reason)})" for reason, number in coverage.unread.items() if number]
    return f"{line}\ncould not be read: {', '.join(unread)}" if unread else line


def backtest_json(tests: Iterable[Tested], coverage: Coverage) -> Payload:
    """The same as an object; shares are between 0 and 1."""
    counted = {"commits": coverage.commits, "merges": coverage.merges, "read": coverage.read, "unread": coverage.unread}
    return {"version": 1, "guards": [_payload(test) for test in tests], "coverage": counted}


def _payload(test: Tested) -> Payload:
    found, proof = test.backtest, test.proof
    guard = found.subject.guard
    right = proof.right if proof else 0
    return {
        "guard": exact(guard.id),
        "lesson": exact(found.subject.lesson),
        "path": exact(guard.path),
        "line": guard.line,
        "level": guard.level,
        "cannot": one_line(found.cannot) or None,
        "narrowed": found.narrowed,
        "commits": found.commits,
        "fires": len(found.fires),
        "per_1000": per_1000(len(found.fires), found.commits),
        "culprit_caught": found.culprit_caught,
        "fix_silent": found.fix_silent,
        "after_lesson": found.after_lesson,
        "targeted": found.targeted.plain() if found.targeted else None,
        "judged": {"true": right, "false": len(proof.judged) - right if proof else 0},
        "refusal": one_line(test.refusal) or None,
        "fired": [_fire(fire) for fire in found.fires],
    }


def _fire(fire: Fire) -> Payload:
    first = fire.spots[0]
    return {
        "commit": fire.commit.sha,
        "day": fire.commit.day,
        "path": exact(first.path),
        "line": first.line,
        "spots": len(fire.spots),
        "undone_by": fire.undone_by or None,
    }


def fire_text(fire: Fire, lines: Sequence[tuple[str, int, str]], *, colour: bool = False) -> str:
    """One fire for somebody who judges it: who did what when, and the changed lines as (sign, number, text)."""
    commit, spot = fire.commit, fire.spots[0]
    more = f"  (and {len(fire.spots) - 1} more in this commit)" if len(fire.spots) > 1 else ""
    head = f"{commit.sha[:_SHA]}  {commit.day}  {one_line(commit.author)}  {one_line(commit.subject)}"
    shades = {"+": "\x1b[32m", "-": "\x1b[31m"} if colour else {}
    end = "\x1b[0m" if colour else ""
    rows = [head, f"{place(spot.path, spot.line)}{more}"]
    for sign, number, text in lines:
        side = "old" if sign == "-" else "new"
        here = spot.side == side and spot.line <= number <= spot.end_line
        told = f"{'>' if here else ' '} {number:>5} {sign} {shown(text.expandtabs(4))[:200]}".rstrip()
        rows.append(f"{shades[sign]}{told}{end}" if sign in shades else told)
    return "\n".join(rows)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
