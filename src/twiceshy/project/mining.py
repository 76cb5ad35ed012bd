"""How a project mines its history: what it knows already, what exports add, where candidates go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from twiceshy.adapters.files import Unreadable, read
from twiceshy.jobs.life.rejected import PATH, rejected_in
from twiceshy.jobs.mine import FOLDER, keep, known_ids, mine
from twiceshy.jobs.mine.exports import read_export
from twiceshy.model.candidate import ISSUE, PULL_REQUEST
from twiceshy.project.suggesting import proposer

if TYPE_CHECKING:
    from twiceshy.model.candidate import Mined
    from twiceshy.project.past import Past

_KINDS = {"prs": PULL_REQUEST, "issues": ISSUE}


def mined_in(project: Past, exports: Mapping[str, tuple[str, bytes]], *, limit: int, since: str, write: bool) -> Mined:
    """Candidates from history that are no lesson, no candidate and not rejected yet; they are written if asked to.

    `exports` are files of `prs` and `issues`: their name and their bytes. Raises UsageError for one that is none.
    """
    entries = [entry for key, (name, raw) in exports.items() for entry in read_export(raw, name, _KINDS[key])]
    documents = [card.path for card in project.index.documents() if card.teaches]
    waiting = sum(path.startswith(f"{FOLDER}/") for path in documents)
    rejected = (what for text in _texts(project, [PATH]) for what in rejected_in(text))
    known = known_ids(chain(_texts(project, documents), rejected))
    mined = mine(
        project.history,
        entries=entries,
        known=known,
        waiting=waiting,
        limit=limit,
        since=since,
        suggest=proposer(project),
        on_read=project.past_progress,
    )
    return keep(project, mined) if write else mined


def _texts(project: Past, paths: list[str]) -> Iterator[str]:
    for path in paths:
        try:
            yield read(project.absolute(path)).text
        except Unreadable:
            continue
