"""The life of a lesson: candidate, active, retired or superseded; each move is a small edit of its document."""

from __future__ import annotations

from twiceshy.jobs.life.accepting import accept, accept_into
from twiceshy.jobs.life.desk import Desk
from twiceshy.jobs.life.retiring import reject, retire
from twiceshy.jobs.life.superseding import supersede

__all__ = ["Desk", "accept", "accept_into", "reject", "retire", "supersede"]
