"""Patterns of commands, and whether a command is what such a pattern describes."""

from __future__ import annotations

import functools

from twiceshy.errors import InvalidGuard
from twiceshy.guards._flags import WHOLE_WORDS, Arguments, respelled, split
from twiceshy.guards._shell import STAR, Pipeline, pattern_stages, pipelines
from twiceshy.guards._starts import PREFIX, Call, basename

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Words = tuple[str, ...]
    Stages = tuple[tuple[Words, ...], ...]

_LONGEST = 4096
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./@%+,-")


def alternatives(value: object) -> tuple[Stages, ...]:
    """The commands a pattern gives, each as its pipeline's stages, each stage as the commands it starts.

    Raises InvalidGuard unless `value` is a command or a list of commands.
    """
    patterns = [value] if isinstance(value, str) else value
    if not isinstance(patterns, list | tuple) or not patterns or not all(isinstance(item, str) for item in patterns):
        raise InvalidGuard("command takes a command or a list of commands", "write command: 'git push --force'")
    return tuple(_stages(pattern) for pattern in patterns)


def required(patterns: Sequence[Stages]) -> frozenset[str]:
    """Runs of plain ASCII text that occur in everything the patterns match, as long as no word is spelled to hide."""
    return frozenset.intersection(*map(_certain, patterns))


def hits(patterns: tuple[Stages, ...], text: str) -> Iterator[tuple[int, int, str]]:
    """The first line, last line (1-based) and source of everything in `text` that matches one of `patterns`."""
    if any(literal not in text for literal in required(patterns)):
        return
    for pipeline in pipelines(text):
        for at in range(len(pipeline.stages)):
            length = next((len(stages) for stages in patterns if _fits(stages, pipeline, at)), 0)
            if length:
                yield pipeline.place(at, at + length - 1)


@functools.lru_cache(maxsize=4096)
def _stages(pattern: str) -> Stages:
    if len(pattern) > _LONGEST:
        raise InvalidGuard(f"the command is {len(pattern)} characters long", f"keep it under {_LONGEST}")
    stages = pattern_stages(pattern)
    if not stages:
        raise InvalidGuard(
            f"the command {pattern!r} is not one command or one pipeline",
            "leave out &&, ;, redirections and comments; write * for a variable or $(…); put alternatives in a list",
        )
    return stages


@functools.lru_cache(maxsize=4096)
def _certain(stages: Stages) -> frozenset[str]:
    return frozenset(run for commands in stages for words in commands for run in _literals(words))


def _literals(words: Words) -> Iterator[str]:
    tool = basename(words[0])
    if tool != PREFIX:
        yield from _runs(words[0])
    if STAR in tool:
        return  # whose options these are is not known, so any of them may have a second spelling
    known = respelled(tool)
    for at, word in enumerate(words[1:], 1):
        name, _, value = word.lstrip("-").partition("=")
        if word[:1] != "-" or word == "-":
            yield from () if word in known or (tool == "tar" and at == 1) else _runs(word)
        elif word.startswith("--") or tool in WHOLE_WORDS:
            yield from _runs(value)
            yield from () if name in known or STAR in name else _runs(name)


def _runs(word: str) -> list[str]:
    return [run for run in "".join(char if char in _PLAIN else " " for char in word).split() if len(run) > 1]


def _fits(stages: Stages, pipeline: Pipeline, at: int) -> bool:
    if len(stages) == 1 and pipeline.stages[at].compound:
        return False  # what stands in a block is a pipeline of its own
    there = pipeline.stages[at : at + len(stages)]
    return len(there) == len(stages) and all(
        all(any(_describes(words, call) for call in stage.calls) for words in commands)
        for commands, stage in zip(stages, there, strict=True)
    )


def _describes(words: Words, call: Call) -> bool:
    name = words[0]
    if name == PREFIX:
        return call.tool in (PREFIX, "env") and _follow(_wanted(words, "env"), call.arguments(), front=False)
    if not _like(name, call.words[0] if "/" in name else call.tool):
        return False
    given = call.arguments()
    wanted = _wanted(words, given.key)
    if not all(_given(name, value if sure else None, given) for name, value, sure in wanted.options):
        return False
    return _follow(wanted, given, front=len(words) > 1 and words[1][:1] != "-")


def _given(name: str, value: str | None, given: Arguments) -> bool:
    return any(
        _like(name, option) and (value is None or (has is not None and _like(value, has)))
        for option, has, _ in given.options
    )


def _follow(wanted: Arguments, given: Arguments, front: bool) -> bool:
    """Whether the operands `wanted` occur in this order among the `given`, with `front` the first one in front."""
    left = iter(given.operands)
    for word, _ in wanted.operands:
        if not any(_like(word, operand) and (may_be_first or not front) for operand, may_be_first in left):
            return False
        front = False
    return True


@functools.lru_cache(maxsize=4096)
def _wanted(words: Words, key: str) -> Arguments:
    """A pattern's words as their own tool reads them, or as the command's `key` does where they do not say which."""
    tool = basename(words[0])
    unsaid = STAR in tool or all(word[:1] == "-" for word in words[1:])
    return split(words, key if unsaid else tool)


def _like(pattern: str, text: str) -> bool:
    """Whether `text` is what `pattern` says, where STAR stands for anything; in linear time."""
    head, *rest = pattern.split(STAR)
    if not rest:
        return head == text
    *middle, tail = rest
    at, end = len(head), len(text) - len(tail)
    if end < at or not text.startswith(head) or not text.endswith(tail):
        return False
    for part in middle:
        at = text.find(part, at, end) + len(part)
        if at < len(part):
            return False
    return True
