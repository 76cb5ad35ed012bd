"""What the hook says, as events for the file of them."""

from __future__ import annotations

from twiceshy.adapters.events import head_of, new_event
from twiceshy.guards._fingerprint import fingerprint
from twiceshy.model.event import SPOKE, Event, sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from twiceshy.adapters.place import Place
    from twiceshy.surfaces.hook.speech import Finding


def events_of(found: Iterable[Finding], session: str, place: Place) -> list[Event]:
    """One event for each guard that speaks; the host's session is kept as a hash, a command only as a fingerprint."""
    head = head_of(place)
    return [
        new_event(
            SPOKE,
            guard=finding.entry.guard.id,
            digest=finding.entry.guard.digest,
            lesson=finding.entry.lesson,
            surface="hook",
            level=finding.entry.level,
            path=finding.match.path,
            line=finding.match.line,
            print=fingerprint(finding.entry.guard.id, finding.match.path, finding.match.text),
            session=sha256(session)[:16] if session else "",
            worktree=place.worktree,
            base=head,
            head=head,
        )
        for finding in found
    ]
