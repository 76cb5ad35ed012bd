"""How often a fix took back what guards would have spoken about, beside how often that happens to any line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from twiceshy.jobs.backtest.aftermath import Question, undone
from twiceshy.jobs.backtest.control import Surroundings, lines_of_draws
from twiceshy.jobs.backtest.order import spread
from twiceshy.model.backtest import Fire, Subject
from twiceshy.model.history import PastCommit
from twiceshy.model.ports import History
from twiceshy.model.rates import Rate, Targeted

ENOUGH = 30  # fires under which a rate says nothing: its interval would be 30 points wide
_FOLLOWED = 200  # fires whose later life is looked at; more make no interval narrower than a person cares for
_LINELESS = ("pair", "path", "error")


class Followed(NamedTuple):
    """The fires with the fixes that took them back, and the rate of that, None where there is not enough data."""

    fires: list[Fire]
    targeted: Targeted | None


def follow(
    subjects: Sequence[Subject], fires: Sequence[list[Fire]], history: History, commits: Sequence[PastCommit]
) -> list[Followed]:
    """What became of the first place of each fire of each guard; of very many fires 200 are followed.

    The culprit does not count in the rate: that its fix took it back is why there is a guard.
    """
    lined = [subject.guard.engine not in _LINELESS for subject in subjects]
    some = [spread(own)[:_FOLLOWED] if has else [] for own, has in zip(fires, lined, strict=True)]
    questions = [
        Question(fire.spots[0], fire.commit.number, subject.guard)
        for subject, own in zip(subjects, some, strict=True)
        for fire in own
    ]
    drawn = _controls(subjects, fires, some, history, commits)
    answers = undone([*questions, *(question for _, question in drawn)], history, commits)
    shas = {commit.number: commit.sha for commit in commits if commit.number in set(answers)}
    own_answers, chances = iter(answers[: len(questions)]), answers[len(questions) :]
    made = []
    for place, (subject, own) in enumerate(zip(subjects, fires, strict=True)):
        told = {fire.commit.number: shas.get(next(own_answers), "") for fire in some[place]}
        followed = [fire._replace(undone_by=told.get(fire.commit.number, "")) for fire in own]
        mine = [chance for (guard, _), chance in zip(drawn, chances, strict=True) if guard == place]
        made.append(Followed(followed, _rate(subject, followed, told, mine)))
    return made


def _controls(
    subjects: Sequence[Subject],
    fires: Sequence[list[Fire]],
    some: Sequence[list[Fire]],
    history: History,
    commits: Sequence[PastCommit],
) -> list[tuple[int, Question]]:
    """Random lines for every guard that has enough fires, each with the guard's place."""
    enough = [place for place, own in enumerate(fires) if len(own) >= ENOUGH and some[place]]
    around = Surroundings((fire for place in enough for fire in some[place]), history, commits)
    draws = []
    for place in enough:
        fired = {fire.commit.number for fire in fires[place]}
        for fire in some[place]:
            draws += around.draws(fire, place, subjects[place].guard.digest, fired)
    return [(draw.guard, Question(spot, draw.past.commit)) for draw, spot in lines_of_draws(draws, history)]


def _rate(subject: Subject, fires: list[Fire], told: dict[int, str], chances: list[int]) -> Targeted | None:
    if len(fires) < ENOUGH or not told:
        return None
    culprit = subject.guard.culprit.lower()
    counted = [f for f in fires if f.commit.number in told and not (culprit and f.commit.sha.startswith(culprit))]
    taken = sum(bool(fire.undone_by) for fire in counted)
    return Targeted(Rate(taken, len(counted)), Rate(sum(map(bool, chances)), len(chances)))
