"""Delivery: what a lesson may say today, now that the code it speaks about may be gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from twiceshy.adapters import guardtable
from twiceshy.adapters.files import Unreadable, read
from twiceshy.model.freshness import MOVED, Verdict

if TYPE_CHECKING:
    from twiceshy.jobs.freshness import Freshness
    from twiceshy.markdown.page import Page
    from twiceshy.model.card import LessonCard
    from twiceshy.model.guard import Guard
    from twiceshy.model.lesson import Citation
    from twiceshy.project.library import Library


class Delivery:
    """Decides about the lessons of one working tree when they are delivered."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._anchors: dict[str, frozenset[str] | None] = {}
        self._spoken: dict[tuple[str, int, str], LessonCard] = {}

    @cached_property
    def freshness(self) -> Freshness:
        """Verdicts about citations."""
        from twiceshy.adapters.tracks import Tracks
        from twiceshy.jobs.freshness import Freshness

        return Freshness(Tracks(self._library.git))

    def speaking(self, cards: Sequence[LessonCard], *, only_paths: bool = False) -> list[LessonCard]:
        """The lessons as they may be delivered: one that claims code that is gone says that in place of its own words.

        `only_paths` leaves symbols alone, which the hook's table cannot wait for.
        """
        from twiceshy.jobs.freshness import silenced, stale_claim

        doubted = [self._doubted(card, only_paths) for card in cards]
        pairs = [(card.path, claim) for card, claims in zip(cards, doubted, strict=True) for claim in claims]
        verdicts = iter(self.freshness.verdicts(pairs) if pairs else ())
        found = []
        for card, claims in zip(cards, doubted, strict=True):
            told = [next(verdicts) for _ in claims]
            stale = stale_claim(card, claims, told)
            found.append(silenced(card, stale) if stale else _with_new_places(card, claims, told))
        return found

    def one(self, card: LessonCard) -> LessonCard:
        """The same for one lesson, which many findings may ask for."""
        key = card.path, card.line, card.id
        if key not in self._spoken:
            cards = [card]
            if self._library.is_indexed and self._doubted(card, only_paths=False):  # all at once costs no more
                cards += [other for other in self._library.cards_with_guards() if other.id != card.id]
            for asked, spoken in zip(cards, self.speaking(cards), strict=True):
                self._spoken[asked.path, asked.line, asked.id] = spoken
        return self._spoken[key]

    def _doubted(self, card: LessonCard, only_paths: bool) -> tuple[Citation, ...]:
        """The claims that a look at the disk does not settle."""
        return tuple(
            claim
            for claim in card.claims
            if not (claim.kind == "path" and self._library.exists(claim.target.strip("/") or "."))
            and not (only_paths and claim.kind not in ("path", "line"))
        )

    def cited(self, page: Page) -> list[tuple[Citation, Verdict]]:
        """Everything that the lessons of a document cite, with what became of it; nothing outside of a repository."""
        cited = list(dict.fromkeys(citation for lesson in page.lessons for citation in lesson.citations))
        if not self._library.place.common_dir:
            return [(citation, Verdict("", "not in a repository")) for citation in cited]
        verdicts = self.freshness.verdicts((page.document.path, citation) for citation in cited)
        return list(zip(cited, verdicts, strict=True))

    def look_up(self, pages: Iterable[Page]) -> None:
        """Work out all that rules will ask about these documents at once."""
        self.freshness.verdicts(
            (page.document.path, citation) for page in pages for citation in page.citations if citation.claim
        )

    def anchors(self, path: str) -> frozenset[str] | None:
        """The places in the document at `path`; None if it cannot be read."""
        from twiceshy.markdown.anchors import anchors_of
        from twiceshy.markdown.parse import parse

        if path not in self._anchors:
            try:
                self._anchors[path] = anchors_of(parse(read(self._library.absolute(path)).text, path))
            except Unreadable:
                self._anchors[path] = None
        return self._anchors[path]


def _with_new_places(card: LessonCard, claims: Sequence[Citation], verdicts: Sequence[Verdict]) -> LessonCard:
    """A lesson whose code was only moved speaks, and says where to."""
    moved = [
        f"`{claim.text}` is now `{told.to}`" for claim, told in zip(claims, verdicts, strict=True) if told.word == MOVED
    ]
    return replace(card, takeaway=f"{card.takeaway} ({'; '.join(dict.fromkeys(moved[:2]))})") if moved else card


def _unexplained(guard: Guard) -> Guard:
    """The guard without its own words, which are the lesson's."""
    quiet = copy(guard)
    quiet.why = ""
    return quiet


def write_table(library: Library, folders: list[guardtable.Stamp], found: dict[str, tuple[int, int]]) -> None:
    """The hook's table: every guard with the words it may say; made anew when a claimed file comes or goes."""
    from twiceshy.adapters.tombstones import kept_path
    from twiceshy.jobs._proof_file import proof_path
    from twiceshy.project.graveyard import entries as tombstones
    from twiceshy.project.library import OWN_FILES

    cards = library.cards_with_guards()
    documents = [(library.absolute(path), *stat) for path, stat in found.items()]
    proofs = [proof_path(guard.id) for card in cards for guard in card.guards if guard.level == "block"]
    documents += [guardtable.stamp(library.absolute(name)) for name in (*OWN_FILES, *proofs)]
    documents.append(guardtable.stamp(kept_path(library.place.caches)))
    claimed = {claim.target.strip("/") for card in cards for claim in card.claims if claim.kind in ("path", "line")}
    documents += [guardtable.presence(library.absolute(path)) for path in sorted(claimed) if path]
    entries = [
        guardtable.Entry(
            _unexplained(guard) if card.stale else guard,
            library.level_of(guard),
            lesson=card.id,
            title=card.title,
            takeaway=card.takeaway,
            see=card.path,
            line=card.line,
            instead=card.instead,
        )
        for card in library.delivery.speaking(cards, only_paths=True)
        for guard in card.guards
    ]
    path = guardtable.table_path(library.place.caches)
    guardtable.write_table(path, [*entries, *tombstones(library)], guardtable.Watch(folders, documents))
