"""A lesson: what was learned once, with its identity, its life and the guards that bring it back."""

from __future__ import annotations

from dataclasses import dataclass, field

from twiceshy.model.guard import Guard
from twiceshy.model.text import Location, Span

STATUSES = ("candidate", "active", "retired", "superseded")


@dataclass(frozen=True, slots=True)
class Citation:
    """Something a lesson points at: `kind` is `path`, `line`, `commit`, `issue` or `link`; `text` as written."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson of one document; `roles` maps a role to the spans that carry it, in document order.

    `id` is the author's explicit one or `path#slug`; `digest` is the SHA-256 (hex) of the lesson's own text.
    """

    id: str
    title: str
    kind: str
    status: str
    location: Location
    span: Span
    digest: str
    date: str = ""
    explicit_id: bool = False
    roles: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    guards: tuple[Guard, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def takeaway(self) -> str:
        """The one sentence to say when the mistake is about to come back."""
        for role in ("takeaway", "rule", "fix", "cause", "problem", "symptom"):
            if self.texts.get(role):
                return self.texts[role]
        return self.title
