"""refresh: bring an index up to date with the documents, reading only what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from twiceshy.markdown.page import Page, document_card, entries
from twiceshy.model.card import DocumentCard, Entry

Stat = tuple[int, int]


class Shelf(Protocol):
    """The part of an index that this job writes."""

    def stats(self) -> dict[str, Stat]:
        """Modification time (ns) and size of what is known, by path."""

    def remove(self, paths: list[str]) -> None:
        """Forget documents."""

    def add(self, document: DocumentCard, stat: Stat, lessons: list[Entry]) -> None:
        """Remember a document."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What has to be read again and what is gone."""

    stale: tuple[str, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.stale or self.gone)


def compare(known: Mapping[str, Stat], found: Mapping[str, Stat]) -> Difference:
    """Which of the documents `found` differ from those `known`, by modification time and size.

    The time 0 says that a file was touched too recently to trust its time: it counts as changed.
    """
    stale = tuple(path for path, stat in found.items() if not stat[0] or known.get(path) != stat)
    return Difference(stale, tuple(path for path in known if path not in found))


def refresh(
    shelf: Shelf, found: Mapping[str, Stat], read: Callable[[str], Page | str], *, on_page: Callable[[int, int], None]
) -> Difference:
    """Make `shelf` know exactly the documents `found`; `read` gives a page or the reason it cannot be read.

    `on_page(done, of)` is called after each document, for progress. The caller holds the transaction.
    """
    difference = compare(shelf.stats(), found)
    shelf.remove([*difference.gone, *difference.stale])
    for number, path in enumerate(difference.stale, 1):
        page = read(path)
        if isinstance(page, str):
            shelf.add(DocumentCard(path, "", "", unread=page), found[path], [])
        else:
            shelf.add(document_card(page), found[path], entries(page))
        on_page(number, len(difference.stale))
    return difference
