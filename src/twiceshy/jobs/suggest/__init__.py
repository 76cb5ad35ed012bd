"""suggest: what guard would have recognised this mistake? From the commit that made it and the one that mended it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from twiceshy.errors import UsageError
from twiceshy.jobs.suggest import _calls, _checks, _gone, _lines, _pairs, _versions
from twiceshy.jobs.suggest._blame import Commits, culprit_of
from twiceshy.jobs.suggest._noise import can_listen, listen
from twiceshy.jobs.suggest._rank import ENOUGH, score
from twiceshy.jobs.suggest._scene import Draft, Scene
from twiceshy.jobs.suggest._trial import Tried, tried
from twiceshy.model.ports import History
from twiceshy.model.suggestion import Noise, Suggestion, Suggestions

__all__ = ["Commits", "Scene", "best", "ranked", "suggest"]
_PROPOSERS = (_versions, _gone, _lines, _calls, _checks, _pairs)
_MOST_DRAFTS = 120
_LISTENED = 12  # guards that are tried on the whole history
_LOUDEST = 20.0  # commits in which a guard may speak, of a thousand


def suggest(
    fix: str, culprit: str, commits: Commits, history: History, limit: int = 3, *, focus: int = 0
) -> Suggestions:
    """The guards that are most likely about what `culprit` ("": whoever it was) did and `fix` mended, at most `limit`.

    A fix that changes more than `focus` things (0: any number) is not looked at further, which saves most of the time.
    Raises UsageError for a merge, GitError for a commit that is not here.
    """
    fix = commits.resolve(fix)
    parents, message = commits.told(fix)
    if len(parents) > 1:
        raise UsageError(f"{fix[:8]} is a merge", "name the commit in it that mended the mistake")
    mended = list(commits.diff_commit(fix))
    alone = Scene((), mended, message)
    if 0 < focus < alone.things:
        return Suggestions(fix, "", "", none=f"no guard fits: the fix changes {alone.things} things at once")
    if culprit:
        made, how = commits.resolve(culprit), "it was named"
    else:
        made, how = culprit_of(fix, message, alone.swaps, commits, history)
    if not made:
        return Suggestions(fix, "", how, none=f"no guard fits: {how}; name the culprit with --culprit")
    if made == fix:
        raise UsageError(f"{fix[:8]} cannot be its own culprit", "name the commit that made the mistake")
    if len(commits.told(made)[0]) > 1:
        return Suggestions(fix, made, how, none=f"no guard fits: the culprit {made[:8]} is a merge, which has no lines")
    return _among(ranked(Scene(list(commits.diff_commit(made)), mended, message)), (fix, made, how), history, limit)


def _among(found: Sequence[Suggestion], known: tuple[str, str, str], history: History, limit: int) -> Suggestions:
    fix, culprit, how = known
    shortlist, unheard = [one for one in found if one.score >= ENOUGH - 1][:_LISTENED], ""
    if shortlist and can_listen(history):
        noises = listen([one.guard for one in shortlist], history, culprit)
        shortlist = [_heard(one, noise) for one, noise in zip(shortlist, noises, strict=True)]
        quiet = [one for one in shortlist if one.noise is None or one.noise.per_1000 <= _LOUDEST]
        if not quiet:
            loud = min(noise.fires for noise in noises)
            none = f"no guard fits: the quietest would speak in {loud} more of {noises[0].commits} commits"
            return Suggestions(fix, culprit, how, (), len(found), none)
        shortlist = quiet
    elif shortlist:
        unheard = f"the {history.coverage.commits} commits of this history are not read yet, so they were not asked"
    offered = best(sorted(shortlist, key=lambda one: -one.score), limit)
    none = "" if offered else _none(found)
    return Suggestions(fix, culprit, how, tuple(offered), len(found), none, unheard)


def _none(found: Sequence[Suggestion]) -> str:
    if not found:
        return "no guard fits: nothing that the culprit wrote and the fix mended can be told apart by a pattern"
    doubts = f": {'; '.join(found[0].reasons)}" if found[0].reasons else ""
    count = len(found)
    return f"no guard fits: {count} could tell the two apart, but none is surely about the mistake (the best{doubts})"


def ranked(scene: Scene) -> list[Suggestion]:
    """Every guard that catches the culprit and spares the fix, the surest first."""
    found = []
    for draft in _drafts(scene):
        held = tried(draft, scene)
        if held:
            found.append(_suggestion(held, scene))
    found.sort(key=lambda one: -one.score)
    return found


def _suggestion(held: Tried, scene: Scene) -> Suggestion:
    sure, reasons = score(held, scene)
    draft = held.draft
    line = draft.swap.hunk.new_start if draft.swap else 0
    return Suggestion(draft.form, draft.what, held.guard, dict(held.keys), sure, tuple(reasons), (draft.path, line))


def _heard(one: Suggestion, noise: Noise) -> Suggestion:
    """A suggestion with what history says about it: what it caught that was mended later is for it, noise against."""
    told = [*one.reasons]
    if noise.mended:
        told.append(f"{noise.mended} other commits it speaks about were mended by a later fix")
    return replace(
        one, noise=noise, score=one.score + min(noise.mended, 3) * 0.5 - noise.per_1000 / 5, reasons=tuple(told)
    )


def best(suggestions: Sequence[Suggestion], limit: int) -> list[Suggestion]:
    """The surest ones that are sure enough; of those with the same idea about the same place, one."""
    chosen: dict[object, Suggestion] = {}
    for one in suggestions:
        if one.score >= ENOUGH and len(chosen) < limit:
            chosen.setdefault((one.form, one.place), one)
    return list(chosen.values())


def _drafts(scene: Scene) -> Iterator[Draft]:
    left = _MOST_DRAFTS
    seen: set[str] = set()
    for proposer in _PROPOSERS:
        for draft in proposer.propose(scene):
            said = repr(draft.keys)
            if said not in seen and left > 0:
                seen.add(said)
                left -= 1
                yield draft
