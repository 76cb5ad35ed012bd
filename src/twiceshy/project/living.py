"""The life of lessons in a project: one is named, moved, and its files are written and removed safely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twiceshy.adapters.files import Unreadable, read, remove
from twiceshy.project.linting import Linting

if TYPE_CHECKING:
    from twiceshy.model.card import LessonCard
    from twiceshy.model.moved import Moved


class Living(Linting):
    """How a lesson becomes one, ends, or gives way to another."""

    def lesson(self, ident: str) -> LessonCard:
        """The lesson called `ident`: its id, the name of one of its guards, or `path:line`. Raises UsageError."""
        from twiceshy.jobs.naming import named

        return named(self.index.lessons(), ident)

    def accept(self, ident: str, *, into: str = "", to: str = "", by: str = "") -> Moved:
        """Let a candidate speak: where it is, at another place `to`, or as an entry of the log `into`. UsageError."""
        from twiceshy.jobs.life import accept, accept_into

        card = self.lesson(ident)
        if into:
            return accept_into(self, card, self.place.inside(into), self.templates["log"])
        return accept(self, card, to=self.place.inside(to) if to else "", by=by)

    def reject(self, ident: str, reason: str) -> Moved:
        """Put a candidate away for good. Raises UsageError."""
        from twiceshy.jobs.life import reject

        return reject(self, self.lesson(ident), reason)

    def retire(self, ident: str, reason: str) -> Moved:
        """Let an active lesson fall silent. Raises UsageError."""
        from twiceshy.jobs.life import retire

        return retire(self, self.lesson(ident), reason)

    def supersede(self, ident: str, by: str, reason: str = "") -> Moved:
        """Let a lesson give way to another one. Raises UsageError."""
        from twiceshy.jobs.life import supersede

        return supersede(self, self.lesson(ident), self.lesson(by), reason)

    def text_and_hash(self, path: str) -> tuple[str, str | None]:
        """The text of a file and the SHA-256 of its bytes; "" and None if it is not there. Raises UsageError."""
        from twiceshy.errors import UsageError

        if not self.exists(path):
            return "", None
        try:
            source = read(self.absolute(path))
        except Unreadable as error:
            raise UsageError(f"{path} cannot be read: {error}", "nothing was written") from error
        return source.text, source.sha256

    def remove(self, path: str, read_as: str) -> None:
        """Remove a document if it is still what was read as `read_as`. Raises ChangedMeanwhile, CannotWrite."""
        from twiceshy.adapters.turns import in_turn

        self.place.inside(self.absolute(path))
        with in_turn(self.root):
            remove(self.absolute(path), read_as)

    def is_committed(self, path: str) -> bool:
        """Whether the last commit holds a file as it stands in the working tree, line ends aside."""
        kept = self.git.blob("HEAD", path)
        text, there = self.text_and_hash(path)
        return kept is not None and there is not None and kept.replace(b"\r\n", b"\n") == _bytes(text)


def _bytes(text: str) -> bytes:
    return text.replace("\r\n", "\n").encode("utf-8", "surrogateescape")
