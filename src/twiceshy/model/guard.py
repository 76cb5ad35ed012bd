"""A guard: one way to recognise that a mistake is about to be repeated, written inside the lesson that explains it.

Plain slotted classes for the reason `model/change.py` gives.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

LEVELS = ("advise", "warn", "block")
PLACES = ("line", "hunk", "function", "file")


class Condition:
    """A pattern that must be absent (`without`) or present (`with`) in a place around the match (one of `PLACES`)."""

    __slots__ = ("pattern", "place")

    def __init__(self, place: str, pattern: str) -> None:
        self.place = place
        self.pattern = pattern


class Example:
    """A situation as the guard's author wrote it: files by path, or one `text` whose meaning is the engine's.

    `text` is new lines for `added` and `ast`, old lines for `removed`, paths for `path`, a command line for `command`,
    log lines for `error`, a manifest's lines for `dependency`.
    """

    __slots__ = ("files", "text")

    def __init__(self, text: str = "", files: Mapping[str, str] | None = None) -> None:
        self.text = text
        self.files = dict(files or {})


class Guard:
    """What a `yaml guard` block says; `pattern` is the value of the key named by `engine` as YAML gave it.

    `digest` is the SHA-256 (hex) over everything that decides when it fires, so that a changed guard is another guard.
    `lesson` is the id of the lesson that holds it, `line` the 1-based line of its block in the document `path`.
    """

    id: str
    engine: str
    pattern: object
    why: str
    paths: tuple[str, ...]
    exclude: tuple[str, ...]
    unless: str
    with_: Condition | None
    without: Condition | None
    when_added: str
    when_removed: str
    scope: str
    comments: bool
    level: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    culprit: str
    fix: str
    review_by: str
    lesson: str
    path: str
    line: int
    digest: str
    __slots__ = tuple(__annotations__)

    def __init__(
        self,
        id: str,
        engine: str,
        pattern: object,
        *,
        why: str = "",
        paths: tuple[str, ...] = (),
        exclude: tuple[str, ...] = (),
        unless: str = "",
        with_: Condition | None = None,
        without: Condition | None = None,
        when_added: str = "",
        when_removed: str = "",
        scope: str = "added",
        comments: bool = False,
        level: str = "warn",
        bad: tuple[Example, ...] = (),
        good: tuple[Example, ...] = (),
        culprit: str = "",
        fix: str = "",
        review_by: str = "",
        lesson: str = "",
        path: str = "",
        line: int = 0,
        digest: str = "",
    ) -> None:
        given = locals()
        for name in self.__slots__:
            setattr(self, name, given[name])


def pack(guard: Guard) -> tuple[object, ...]:
    """`guard` as nested plain values that `marshal` and JSON can hold; `unpack` reads them back."""
    plain = []
    for name in Guard.__slots__:
        value = getattr(guard, name)
        if isinstance(value, Condition):
            value = [value.place, value.pattern]
        elif name in ("bad", "good"):
            value = [[example.text, example.files] for example in value]
        plain.append(list(value) if isinstance(value, tuple) else value)
    return tuple(plain)


def unpack(plain: Sequence[Any]) -> Guard:
    """The guard that `pack` made `plain` of."""
    values = dict(zip(Guard.__slots__, plain, strict=True))
    for name in ("paths", "exclude"):
        values[name] = tuple(values[name])
    for name in ("bad", "good"):
        values[name] = tuple(Example(text, files) for text, files in values[name])
    for name in ("with_", "without"):
        values[name] = Condition(*values[name]) if values[name] else None
    return Guard(values.pop("id"), values.pop("engine"), values.pop("pattern"), **values)
