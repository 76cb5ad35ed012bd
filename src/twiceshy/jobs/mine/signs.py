"""How likely a message explains a mistake: signs in its words, each with a weight that says where it comes from.

A weight is a difference of log-odds: how much likelier a message with the sign was worth a lesson than any other. Some
were measured on six histories (base rate 20 %): a body of 80 to 200 words 81 %, below 10 words 4 %, "regression"
85 %, a commit blamed by its id 82 %, a revert 19 % (which adds nothing), "hotfix" 14 %. So a weight is `logit(share) -
logit(0.2)`.
All others are smaller and were set by reading what came first in redis, curl, datasette and poetry; they order what
the measured ones leave equal. The sum is a rank and no probability: signs go together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from twiceshy.jobs.messages.prose import Prose
from twiceshy.jobs.mine import phrases
from twiceshy.jobs.mine.aside import kinds_of_files
from twiceshy.model.candidate import Sign
from twiceshy.model.history import PastFile

ENOUGH = 30  # words of its own that a message needs to explain anything; below 30 the share is near the base rate
_LENGTHS = ((10, -1.8), (20, -1.0), (30, 0.0), (50, 1.2), (80, 2.0), (200, 2.8), (350, 2.6), (600, 1.6))
_ENDLESS = 0.4

_LARGE, _MANY = 1500, 40  # lines, files; beyond them a change is about more than one mistake
_SUBJECT = 500  # characters of a subject that are looked at
_PER_ITEM = 15  # words that explain what a list names
# name, weight, at most so many times (each further one counts a third), pattern
_SIGNS: tuple[tuple[str, float, int, re.Pattern[str]], ...] = (
    ("says “regression”", 3.1, 1, phrases.REGRESSION),  # measured
    ("blames a commit by its id", 2.9, 1, phrases.BLAMED),  # measured
    ("says who or what broke it", 1.2, 2, phrases.BROKE),
    ("states a cause", 1.0, 3, phrases.CAUSE),
    ("names the damage", 0.9, 3, phrases.DAMAGE),
    ("tells what it was like before", 0.6, 2, phrases.BEFORE),
    ("says what must hold", 0.7, 2, phrases.MUST),
    ("tells how to see it", 0.6, 1, phrases.SEEN),
    ("was a workaround", 0.4, 1, phrases.WORKAROUND),
    ("hotfix", -0.4, 1, phrases.HOTFIX),  # measured
)
_EXPLAINING = {name for name, _, _, _ in _SIGNS[:4]}


def signs_of(prose: Prose) -> Iterator[Sign]:
    """Every sign that a message gives, with its weight; `prose` may be of several texts about one change."""
    yield Sign(f"{prose.words} words of its own", _length(prose.words))
    subject = " ".join(prose.subject[:_SUBJECT].lower().split())
    whole = f"{subject}. {prose.text.lower()}"
    found = set()
    for name, weight, most, pattern in _SIGNS:
        if times := sum(1 for _ in islice(pattern.finditer(whole), most)):
            found.add(name)
            yield Sign(name, weight * (1 + (times - 1) / 3))
    if not found & _EXPLAINING:
        yield Sign("explains nothing", -1.5)
    if phrases.MENDS.search(subject):
        yield Sign("its subject mends something", 1.5)
    elif phrases.ADDS.search(subject):
        yield Sign("its subject adds or tidies", -4.0)
    if phrases.TESTING.search(subject):
        yield Sign("its subject is about a test or a build", -1.0)
    if prose.listed > 3 and prose.listed * _PER_ITEM > prose.words:
        yield Sign("lists many changes", -2.0)


def signs_of_files(files: Collection[PastFile]) -> Iterator[Sign]:
    """What the files of a change add to the signs of its words."""
    kinds = kinds_of_files(files)
    lines = sum(file.added + file.removed for file in files)
    if {"tests", "code"} <= kinds:
        yield Sign("adds or changes tests", 0.6)
    if kinds and "code" not in kinds:
        yield Sign(f"changes only {' and '.join(sorted(kinds))}", -2.0)
    if lines > _LARGE or len(files) > _MANY:
        yield Sign(f"changes {lines:,} lines of {len(files)} files", -2.0)


def _length(words: int) -> float:
    return next((weight for below, weight in _LENGTHS if words < below), _ENDLESS)
