"""Guards: one file = one way to recognise a mistake; `ENGINES` is the table of them."""

from __future__ import annotations

from twiceshy.guards import added, ast, command, dependency, error, pair, path, removed
from twiceshy.guards._conditions import conditions_hold
from twiceshy.guards._example import change_of
from twiceshy.guards._languages import LANGUAGES, language_named, language_of
from twiceshy.guards._regex import compiled
from twiceshy.guards._regex import matches_path as matches_path
from twiceshy.model.change import Change, ChangedFile
from twiceshy.model.glob import glob_example

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from twiceshy.model.change import Match
    from twiceshy.model.guard import Example, Guard

    class Engine(Protocol):
        """What a module of this folder offers."""

        def validate(self, guard: Guard) -> None:
            """Raise InvalidGuard if the pattern says something this engine cannot look for."""

        def needs(self, guard: Guard) -> frozenset[str]:
            """ASCII text that occurs in everything the guard can fire on; empty if nothing is certain."""

        def find(self, guard: Guard, change: Change) -> Iterator[Match]:
            """Where the pattern is recognised, before the guard's conditions are asked."""


ENGINES: dict[str, Engine] = {
    "added": added,
    "removed": removed,
    "ast": ast,
    "dependency": dependency,
    "pair": pair,
    "command": command,
    "error": error,
    "path": path,
}
PROSE = ("*.md", "*.markdown", "*.mdc", "*.mdx", "*.rst", "*.adoc")
QUOTES = (*PROSE, "/.twiceshy/proofs/*.json")  # a proof quotes the very lines that its guard looks for


def validate(guard: Guard) -> None:
    """Raise InvalidGuard if anything in `guard` cannot be compiled."""
    ENGINES[guard.engine].validate(guard)
    for pattern in (guard.unless, guard.when_added, guard.when_removed):
        compiled(pattern)
    for condition in (guard.with_, guard.without):
        if condition:
            compiled(condition.pattern)
    matches_path("", guard.paths + guard.exclude)


def needs(guard: Guard) -> frozenset[str]:
    """ASCII text that occurs in everything `guard` can fire on: what a prefilter may look for."""
    return ENGINES[guard.engine].needs(guard)


def fires(guard: Guard, change: Change) -> Iterator[Match]:
    """Every place where `guard` recognises its mistake in `change`, all its conditions met."""
    files = {file.path: file for file in change.files if in_scope(guard, file)}
    scope = change if guard.engine == "pair" else Change(files.values(), change.command, change.output)
    seen: set[tuple[str, int, str]] = set()
    for match in ENGINES[guard.engine].find(guard, scope):
        place = (match.path, match.line, match.side)
        if match.path and match.path not in files:  # a pair looks at the whole change, but speaks only in its scope
            continue
        if place not in seen and conditions_hold(guard, match, files.get(match.path), change):
            seen.add(place)
            yield match


def in_scope(guard: Guard, file: ChangedFile) -> bool:
    """Whether `guard` looks at `file`: prose and proofs are left alone unless its own `paths` or pattern name them.

    A renamed file counts as what it was as well: a change cannot carry it out of sight. What it takes out or touches
    was at the old path, so what is excluded there is excluded.
    """
    if guard.engine in ("removed", "path") and file.old_path and matches_path(file.old_path, guard.exclude):
        return False
    return any(_is_named(guard, path) for path in (file.path, file.old_path) if path)


def _is_named(guard: Guard, path: str) -> bool:
    if guard.exclude and matches_path(path, guard.exclude):
        return False
    if guard.paths:
        return matches_path(path, guard.paths)
    return guard.engine in ("path", "pair") or not matches_path(path, QUOTES)


def fires_on_example(guard: Guard, example: Example) -> bool:
    """Whether the guard recognises its mistake in one of its own examples."""
    return any(True for _ in fires(guard, change_of(guard, example, example_name(guard))))


def example_name(guard: Guard) -> str:
    """A file name the guard looks at, for an example that gives only text."""
    named = guard.pattern.get("lang") or guard.pattern.get("language") if isinstance(guard.pattern, dict) else None
    language = language_named(named) if isinstance(named, str) else ""
    plain = "requirements.txt" if guard.engine == "dependency" else "example.txt"
    plain = "example" + LANGUAGES[language][0][0] if language else plain
    samples = [glob_example(glob) for glob in guard.paths]
    beside = ["".join(sample.rpartition("/")[:2]) + plain for sample in samples]
    for name in (*samples, *beside, *(f"{sample}/{plain}" for sample in samples)):
        if in_scope(guard, ChangedFile(name, [])) and language in ("", language_of(name)):
            return name
    return plain
