"""What jobs and rules ask of the world, where there really are two worlds: the real one and a test's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from twiceshy.model.guard import Guard
from twiceshy.model.text import Location


class Surroundings(Protocol):
    """What a lint rule may know beyond its own page."""

    @property
    def today(self) -> date:
        """The day on which the rules are asked."""

    def exists(self, path: str) -> bool:
        """Whether a file or folder stands at `path`, relative to the repository's root."""

    def guards(self) -> Iterable[Guard]:
        """Every readable guard of every active lesson."""

    def places(self, lesson: str) -> list[Location]:
        """Where lessons with this id stand."""

    def proof(self, guard: Guard) -> str:
        """ "" if the guard may block, else the reason why not."""
