"""naming: which lesson does a person mean? Apart from what is done to lessons, because most commands only name one."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from twiceshy.errors import UsageError
from twiceshy.model.card import LessonCard


def named(cards: Sequence[LessonCard], ident: str) -> LessonCard:
    """The lesson called `ident`: by its id, the name of one of its guards, its `path:line`, or its path if it is alone.

    Raises UsageError if there is none, or if several are called so: then with their places.
    """
    found = [card for card in cards if ident in (card.id, f"{card.path}:{card.line}")]
    found = found or [card for card in cards if ident in (guard.id for guard in card.guards)]
    found = found or [card for card in cards if ident in (card.path, card.id.rpartition("#")[2])]
    if len(found) == 1:
        return found[0]
    if found:
        places = [f"{card.path}:{card.line}" for card in found]
        more = f" and {len(places) - 3} more" if len(places) > 3 else ""
        raise UsageError(f"{len(found)} lessons are called {ident!r}", f"say which: {', '.join(places[:3])}{more}")
    close = get_close_matches(ident, [*(c.id for c in cards), *(g.id for c in cards for g in c.guards)], 1, 0.5)
    hint = f"did you mean {close[0]}?" if close else "twiceshy lessons lists them"
    raise UsageError(f"there is no lesson or guard called {ident!r}", hint)
