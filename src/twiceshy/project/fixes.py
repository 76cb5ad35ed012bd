"""The commits that lessons point to as their fix."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from twiceshy.adapters.files import Unreadable, read

if TYPE_CHECKING:
    from twiceshy.model.card import LessonCard
    from twiceshy.project.library import Library

Fix = tuple[str, str, str, str, int]  # revision, culprit, lesson, document, line
_ID = re.compile(r"(?<![\w/.#-])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}(?![\w-])")


def fixes_named(library: Library) -> tuple[Fix, ...]:
    """The commits that active lessons name as their fix: by `fix:` in a guard, or as an id where the fix is told."""
    found: dict[tuple[str, str], Fix] = {}
    for card in library.index.lessons("l.status='active'"):
        for guard in card.guards:
            if guard.fix:
                found[guard.fix, card.id] = (guard.fix, guard.culprit, card.id, card.path, card.line)
        for ident in _cited(library, card):
            found.setdefault((ident, card.id), (ident, "", card.id, card.path, card.line))
    return tuple(found.values())


def _cited(library: Library, card: LessonCard) -> list[str]:
    lines = card.roles.get("fix")
    if not lines:
        return []
    try:
        text = read(library.absolute(card.path)).text
    except Unreadable:
        return []
    return _ID.findall("\n".join(text.split("\n")[lines[0] - 1 : lines[-1]]))
