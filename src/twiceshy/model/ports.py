"""What jobs and rules ask of the world, where there really are two worlds: the real one and a test's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, Self, TypeVar

from twiceshy.model.card import LessonCard
from twiceshy.model.change import ChangedFile
from twiceshy.model.freshness import Verdict
from twiceshy.model.guard import Guard
from twiceshy.model.history import Coverage, PastCommit, PastFile, Query
from twiceshy.model.lesson import Citation
from twiceshy.model.template import Template
from twiceshy.model.text import Location

Made = TypeVar("Made")


class Surroundings(Protocol):
    """What a lint rule may know beyond its own page."""

    @property
    def today(self) -> date:
        """The day on which the rules are asked."""

    def exists(self, path: str) -> bool:
        """Whether a file or folder stands at `path`, relative to the repository's root."""

    def verdict(self, document: str, citation: Citation) -> Verdict:
        """What became of something that a document cites."""

    def anchors(self, path: str) -> frozenset[str] | None:
        """The places in a document that a link can name; None if it cannot be read as one."""

    def guards(self) -> Iterable[Guard]:
        """Every readable guard of every active lesson."""

    def places(self, lesson: str) -> list[Location]:
        """Where lessons with this id stand."""

    def proof(self, guard: Guard) -> str:
        """ "" if the guard may block, else the reason why not."""

    @property
    def templates(self) -> Mapping[str, Template]:
        """Every kind by name."""

    def told(self) -> Iterator[tuple[LessonCard, str]]:
        """Every lesson of the repository with its own text, by path and line."""

    def once(self, make: Callable[[Self], Made]) -> Made:
        """What `make` makes of these surroundings: made when it is asked for first, then kept."""


class History(Protocol):
    """The past of a repository: what its commits say is known at once, their lines when they have been read.

    Everything is about the commits that can be reached from the head; numbers ascend from parents to children.
    """

    @property
    def coverage(self) -> Coverage:
        """How much there is to look at."""

    def commits(self) -> Sequence[PastCommit]:
        """Every commit, oldest first, merges included."""

    def commit(self, revision: str) -> PastCommit | None:
        """The commit that an id of seven or more digits names; None if this history has none, or several."""

    def read(self, numbers: Iterable[int] | None = None) -> None:
        """Read the lines of these commits, or of all, as far as they are not read yet; progress is shown."""

    def files(self, numbers: Iterable[int]) -> Iterator[PastFile]:
        """What these commits did to files, as far as they are read, in the order of the numbers."""

    def touching(self, paths: Iterable[str]) -> Iterator[PastFile]:
        """Everything that read commits did to files at these paths (new or old), oldest first."""

    def changed_file(self, file: PastFile) -> ChangedFile:
        """`file` with its lines; its texts before and after are read from the repository when asked for."""

    def each(
        self, queries: Sequence[Query], task: Callable[[int, PastFile, ChangedFile], list[Made]]
    ) -> Iterator[tuple[int, PastFile, list[Made]]]:
        """For each query's place and each file it means, what `task` makes of them, where that is not empty.

        The work is spread over the processor's cores: `task` must write nothing, and what it makes must be picklable.
        Files come in no order.
        """

    def is_generated(self, path: str) -> bool:
        """Whether a file is made by a tool or brought in from elsewhere, by `.gitattributes` or by its name."""

    def known_fires(self, digest: str) -> dict[int, list[Any]]:
        """What was kept for the guard with this digest, by the key of a file."""

    def keep_fires(self, digest: str, rows: Iterable[tuple[int, list[Any]]]) -> None:
        """Keep what a guard said about files, as plain values, also where that is nothing."""
