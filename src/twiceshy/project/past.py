"""The past side of a project: what history says, read when somebody asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from twiceshy.project.library import Library

if TYPE_CHECKING:
    from twiceshy.adapters.history import History
    from twiceshy.adapters.place import Place
    from twiceshy.project.graveyard import Graveyard


class Past(Library):
    """Everything that looks at the history of one working tree."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.past_progress: Callable[[int, int], None] = lambda _done, _of: None

    @cached_property
    def history(self) -> History:
        """The past as the checked out commit sees it; its lines are read when somebody asks."""
        from twiceshy.adapters.history import History

        history = History(self.root, self.place.git_dir, self.place.common_dir)
        history.progress = self.past_progress
        if head := self.git.head():
            history.update(head)
        self.notes += history.notes
        return history

    @cached_property
    def graveyard(self) -> Graveyard:
        """What reverts, and the fixes of lessons, took out for good."""
        from twiceshy.project.graveyard import Graveyard

        return Graveyard(self)

    def close(self) -> None:
        """Let go of the cache of history as well."""
        if "history" in self.__dict__:
            self.history.close()
            del self.__dict__["history"]
        super().close()
