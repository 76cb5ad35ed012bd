"""Which files of the past a guard is tried on: as few as can be, and never too few."""

from __future__ import annotations

from twiceshy.guards._languages import LANGUAGES
from twiceshy.guards._regex import patterns_of
from twiceshy.guards.ast import rule_of
from twiceshy.guards.pair import sides
from twiceshy.guards.path import globs_of
from twiceshy.model.guard import Guard
from twiceshy.model.history import Query
from twiceshy.model.ports import History

_MANIFESTS = ("*.txt", "*.in", "*.toml", "*.lock", "*.json", "*.mod")
_LOGS = ("*.log",)
_SCRIPTS = tuple(f"*{ending}" for ending in LANGUAGES["bash"][0])
HOMELESS = {
    "command": "it is about commands, and there are no shell scripts in this history",
    "error": "it is about logs, and there are none in this history",
}


def query_of(guard: Guard) -> Query:
    """What to ask the store for, so that everything `guard` can fire on is among the answers."""
    if guard.engine in ("added", "removed") and guard.scope == "added":
        return Query(guard.engine, patterns_of(guard.pattern, guard.engine), guard.paths)
    return Query(globs=guard.paths or _globs(guard))


def _globs(guard: Guard) -> tuple[str, ...]:
    """Files that its engine can say something about; none for all."""
    match guard.engine:
        case "ast":
            return tuple(f"*{ending}" for ending in LANGUAGES[rule_of(guard.pattern)[0]][0])
        case "dependency":
            return _MANIFESTS
        case "path":
            return globs_of(guard.pattern)
        case "pair":
            return sides(guard)[0]
        case "command":
            return _SCRIPTS
        case "error":
            return _LOGS
    return ()


def has_home(guard: Guard, history: History) -> bool:
    """Whether history holds what a `command` or `error` guard looks at; every other guard looks at files anyway."""
    if guard.engine not in HOMELESS:
        return True
    return any(True for _ in history.each([query_of(guard)], lambda _at, _past, _file: [True]))
