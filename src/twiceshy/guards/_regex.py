"""Patterns over lines in linear time: RE2, so that no document can hang a hook."""

from __future__ import annotations

import functools

from twiceshy.errors import InvalidGuard
from twiceshy.model.glob import glob_regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from twiceshy.model.change import LineSet

_LONGEST = 4096
_LARGEST = 20_000
_SMALL = 2000  # bytes that are searched sooner than the pattern is looked into for what it needs


@functools.lru_cache(maxsize=4096)
def compiled(pattern: str) -> Any:
    """`pattern` compiled for searching many lines at once: `^` and `$` hold per line and nothing matches a line end.

    Raises InvalidGuard if RE2 (https://github.com/google/re2/wiki/Syntax) does not know the syntax, or if the pattern
    is so large that linear time is too long: 20,000 instructions (most have 50) were seen to search 2 MB a second.
    """
    if len(pattern) > _LONGEST:
        raise InvalidGuard(f"the pattern is {len(pattern)} characters long", f"keep it under {_LONGEST}")
    return _compile("(?m)" + pattern, f"the pattern {pattern!r}", never_nl=True)


def _compile(regex: str, name: str, never_nl: bool = False) -> Any:
    import re2

    options = re2.Options()
    options.never_nl = never_nl
    options.log_errors = False
    try:
        program = re2.compile(regex, options)
    except UnicodeEncodeError as error:
        raise InvalidGuard(f"{name} holds half a character", "take the surrogate out") from error
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
        raise InvalidGuard(
            f"{name} is not understood: {reason}",
            "patterns are RE2: no look-ahead (use unless, with, without) and no back-references (use ast)",
        ) from error
    if program.programsize > _LARGEST:
        raise InvalidGuard(f"{name} is too large to be fast", "repeat less often or take smaller classes")
    return program


@functools.lru_cache(maxsize=4096)
def _needles(pattern: str) -> tuple[bytes, ...]:
    return tuple(run.encode() for run in required([pattern]))


@functools.lru_cache(maxsize=4096)
def _asks_for_ends(pattern: str) -> bool:
    """Whether `pattern` says something about a whole text, so that every line has to be one."""
    flags = [part[: part.find(")")].partition(":")[0] for part in pattern.split("(?")[1:]]
    return any(mark in pattern for mark in ("\\A", "\\z", "\\C")) or any("m" in f.partition("-")[2] for f in flags)


def found(pattern: str, text: str) -> bool:
    """Whether `pattern` matches somewhere in `text`."""
    return compiled(pattern).search(text.encode("utf-8", "replace")) is not None


def hits(pattern: str, lines: LineSet) -> Iterator[int]:
    """The indexes of the lines of `lines` that `pattern` matches, each once, in order."""
    if not lines.starts:
        return
    for needle in _needles(pattern) if len(lines.data) > _SMALL else ():
        if needle not in lines.data:
            return
    search = compiled(pattern).search
    if _asks_for_ends(pattern):
        yield from (i for i in range(len(lines.starts)) if search(lines.line(i).encode()))
        return
    at = 0
    while match := search(lines.data, at):
        index = lines.index_at(match.start())
        yield index
        if index + 1 == len(lines.starts):
            return
        at = lines.starts[index + 1]


def searcher(pattern: str, text: bytes) -> Callable[[int], int] | None:
    """A way to find where `pattern` matches next in many lines at once; None if it cannot match at all.

    It takes a byte to begin at, which must begin a line, and gives back the byte of the next match, -1 for none. What
    says something about a whole text may match anywhere.
    """
    if any(needle not in text for needle in _needles(pattern)):
        return None
    if _asks_for_ends(pattern):
        return lambda at: at if at < len(text) else -1
    search = compiled(pattern).search

    def find(at: int) -> int:
        match = search(text, at) if at < len(text) else None
        return int(match.start()) if match else -1

    return find


@functools.lru_cache(maxsize=4096)
def _globs(globs: tuple[str, ...]) -> Any:
    pattern = "|".join(glob_regex(glob) for glob in globs)
    return _compile("(?s)" + pattern.encode("utf-8", "replace").decode(), "the list of globs")


@functools.lru_cache(maxsize=65536)
def matches_path(path: str, globs: tuple[str, ...]) -> bool:
    """Whether `path` (relative, with slashes) is meant by one of `globs`. Raises InvalidGuard if one makes no sense."""
    return bool(globs) and _globs(globs).search(path.encode("utf-8", "replace")) is not None


def patterns_of(value: object, engine: str) -> tuple[str, ...]:
    """The alternatives of a text pattern: a string or a list of strings. Raises InvalidGuard for anything else."""
    alternatives = (value,) if isinstance(value, str) else value
    if not isinstance(alternatives, list | tuple) or not alternatives:
        raise InvalidGuard(f"{engine} takes a pattern or a list of patterns", f"write {engine}: 'pattern'")
    for pattern in alternatives:
        if not isinstance(pattern, str) or not pattern:
            raise InvalidGuard(f"{engine} holds something that is not text", "put every pattern in quotes")
        compiled(pattern)
    return tuple(alternatives)


def required(patterns: Iterable[str]) -> frozenset[str]:
    """What a prefilter may ask for: runs of ASCII text that occur in every line the patterns match; empty if unsure.

    Taken from the standard library's parse of the same syntax; whatever that parser does not know counts as unknown.
    With several alternatives only what all of them need is required.
    """
    runs = [frozenset(_runs(pattern)) for pattern in patterns]
    return frozenset.intersection(*runs) if runs else frozenset()


def _runs(pattern: str) -> list[str]:
    import warnings

    if "[:" in pattern:  # a named class, which the other parser reads as something else
        return []
    try:
        from re import IGNORECASE, _parser  # type: ignore[attr-defined]

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = _parser.parse(pattern)
        return [] if tree.state.flags & IGNORECASE else _literals(tree)
    except Exception:  # the parser is another dialect's: what it refuses has no known literal
        return []


def _literals(tree: Any) -> list[str]:
    """The runs of a parsed pattern; what has no width, such as `\\b`, leaves the texts around it adjacent."""
    runs = [""]
    for op, argument in tree:
        name = str(op)
        if name == "LITERAL" and argument < 128:
            runs[-1] += chr(argument)
        elif name != "AT":
            inner: list[str] = []
            if name == "SUBPATTERN" and not argument[1]:
                inner = _literals(argument[3])
            elif name in ("MAX_REPEAT", "MIN_REPEAT") and argument[0] > 0:
                inner = _literals(argument[2])
            runs += [*inner, ""]
    return [run for run in runs if run]
