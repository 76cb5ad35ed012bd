"""What a person says about fires, put into the proof beside the figures."""

from __future__ import annotations

from dataclasses import replace

from twiceshy.jobs.backtest.order import to_judge
from twiceshy.jobs.proof import TO_JUDGE
from twiceshy.model.backtest import Backtest, Fire, Tested
from twiceshy.model.proof import Judged, Proof

_LONGEST = 200


def updated(backtest: Backtest, proof: Proof | None, head: str, today: str) -> Proof:
    """The proof with the figures of `backtest`; verdicts stay as long as the commit is still a fire."""
    guard = backtest.subject.guard
    fired = {fire.commit.sha for fire in backtest.fires}
    known = proof if proof and (proof.guard, proof.digest) == (guard.id, guard.digest) else None
    made = Proof(
        guard=guard.id,
        digest=guard.digest,
        made=today,
        head=head,
        commits=backtest.commits,
        fires=len(backtest.fires),
        culprit_caught=backtest.culprit_caught,
        fix_silent=backtest.fix_silent,
        after_lesson=backtest.after_lesson,
        targeted=backtest.targeted,
        judged=tuple(judged for judged in known.judged if judged.commit in fired) if known else (),
    )
    same = known and replace(made, made=known.made, head=known.head, commits=known.commits) == known
    return known if known and same else made


def ticked(proof: Proof, fire: Fire, verdict: bool, by: str, today: str) -> Proof:
    """The proof with one more verdict, by `by` ("Name <email>")."""
    spot = fire.spots[0]
    path, text = (part.encode("utf-8", "replace").decode() for part in (spot.path, spot.text[:_LONGEST]))
    judged = Judged(fire.commit.sha, path, spot.line, text, verdict, by, today)
    others = tuple(one for one in proof.judged if one.commit != fire.commit.sha)
    return replace(proof, judged=(*others, judged))


def unjudged(test: Tested) -> list[Fire]:
    """The fires nobody has judged, in the order in which to ask about them."""
    known = {judged.commit for judged in test.proof.judged} if test.proof else set()
    return [fire for fire in to_judge(test.backtest) if fire.commit.sha not in known]


def still_to_judge(test: Tested) -> int:
    """How many more fires have to be judged."""
    judged = len(test.proof.judged) if test.proof else 0
    return max(min(TO_JUDGE, len(test.backtest.fires)) - judged, 0)
