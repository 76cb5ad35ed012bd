"""What was said and what came of it: one event is one line of a file that only grows.

A plain slotted class for the reason `model/change.py` gives.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

BEGAN = "began"
SPOKE = "spoke"
OPEN = "open"
OUTCOMES = ("heeded", "overridden", "suppressed", "false-alarm")
UNBORN = "0" * 40
"""What stands for the head of a repository without a commit, as in git's own protocols."""
PERSON = "person"


class Event:
    """One thing that happened; what does not apply is empty. `at` is in seconds since 1970, `line` is 1-based or 0.

    `what` is `began` (from here on events are kept), `spoke`, or one of `OUTCOMES`. Of what was said: `guard` (empty if
    a lesson was recalled) with its `digest`, `lesson`, `surface` (check, hook, recall), `level`, `path`, `line`,
    `print` (`guards._fingerprint`), `session`, `worktree`; `base` and `head` are the commits between which the change
    lies, the same one twice if it was no commit yet, and empty where it is not known where the change belongs. Of an
    outcome: `of` is the id of what was said, `by` who knows (`git` or `person`), `reason` and `commit`. `machine` says
    in an export whose events these are.
    """

    id: str
    what: str
    at: int
    guard: str
    digest: str
    lesson: str
    surface: str
    level: str
    path: str
    line: int
    print: str
    session: str
    worktree: str
    base: str
    head: str
    of: str
    by: str
    reason: str
    commit: str
    machine: str
    __slots__ = tuple(__annotations__)

    def __init__(self, id: str, what: str, at: int, **more: str | int) -> None:
        for name in self.__slots__:
            setattr(self, name, more.get(name, 0 if name == "line" else ""))
        self.id, self.what, self.at = id, what, at

    def pairs(self) -> Iterator[tuple[str, str | int]]:
        """Names and values of everything that is not empty."""
        return ((name, getattr(self, name)) for name in self.__slots__ if getattr(self, name))

    def with_(self, **more: str | int) -> Event:
        """The same event with other values."""
        values = {**dict(self.pairs()), **more}
        return Event(self.id, self.what, self.at, **{k: v for k, v in values.items() if k not in ("id", "what", "at")})


def sha256(text: str) -> str:
    """SHA-256 in hex, without OpenSSL where that can be: loading it costs the hook more than all of its own modules."""
    raw = text.encode("utf-8", "replace")
    for name in ("_sha2", "_sha256"):
        try:
            return str(__import__(name).sha256(raw).hexdigest())
        except ImportError:
            continue
    from hashlib import sha256

    return sha256(raw).hexdigest()
