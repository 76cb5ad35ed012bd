"""What a command starts besides itself: through `sudo`, `env`, `xargs`, `find -exec`, and as text given to a shell.

A word is the text it stands for; what only a run can know (`$X`, `$(…)`) stands in it as written, between two NULs.
"""

from __future__ import annotations

import re

from twiceshy.guards._flags import Arguments, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PREFIX = "="  # the command of assignments in front of a command: A=1 rm is read like env A=1 rm
_MOST = 16  # commands one command may start: sudo env nice find … -exec … -exec …

# what starts another command, and how many operands of its own come before that command
_WRAPPERS = {"timeout": 1, "chroot": 1, "flock": 1} | dict.fromkeys(
    f"sudo doas env command builtin exec nohup time nice ionice setsid stdbuf xargs busybox coproc {PREFIX}".split(), 0
)
_ASKS_ONLY = {("command", "v"), ("command", "V"), ("sudo", "list"), ("sudo", "edit")}
_EXEC = frozenset(("-exec", "-execdir", "-ok", "-okdir"))
_SHELLS = frozenset(("sh", "bash", "zsh", "dash", "ksh", "ash"))
_JOINED = {"eval": 0, "trap": 0, "watch": 0, "ssh": 1}  # runs its words as one text, after so many operands of its own
_OPTION = {"su": "command", "script": "command", "flock": "command", "env": "split-string"}  # runs this option's value
_SUBSTITUTION = re.compile("\0(?:\\$\\(|<\\(|`)([^\0\n]*)[)`]\0")


class Call:
    """One command as it is started: `words` with NUL for what is unknown, `tool` its name without a folder."""

    __slots__ = ("_arguments", "tool", "words")

    def __init__(self, words: Sequence[str]) -> None:
        self.words = [re.sub("\0[^\0]*\0", "\0", word) if "\0" in word else word for word in words]
        self.tool = basename(self.words[0])
        self._arguments: Arguments | None = None

    def arguments(self) -> Arguments:
        """The words after the name, as this tool reads them."""
        if self._arguments is None:
            self._arguments = split(self.words, self.tool)
        return self._arguments


def basename(name: str) -> str:
    """What stands after the last slash."""
    return name.rsplit("/", 1)[-1]


def source(word: str) -> str:
    """`word` as a shell would read it once more: what is unknown as it was written."""
    return word.replace("\0", "")


def started(words: list[str]) -> list[list[str]]:
    """The commands `words` starts, itself first; a wrapper's words end where the next command's begin."""
    found: list[list[str]] = []
    work = [words]
    while work and len(found) < _MOST:
        words = work.pop(0)
        inner = [command for command in _inner(words) if command]
        tool = basename(words[0])
        found.append(words[: len(words) - len(inner[0])] if inner and tool in _WRAPPERS else words)
        work += inner
    return found


def scripts(words: list[str], stdin: str | None) -> Iterator[tuple[str, bool]]:
    """The texts a shell runs because of `words`, and whether each is what came in on `stdin`."""
    tool = basename(words[0])
    if tool in _SHELLS:
        yield from _given_to_shell(words, tool, stdin)
    elif tool in _JOINED:
        yield " ".join(source(word) for word in words[split(words, tool, _JOINED[tool]).rest :]), False
    elif tool in _OPTION:
        for name, value, _ in split(words, tool).options:
            if name == _OPTION[tool] and value:
                yield source(value), False


def passed_on(words: list[str], stdin: str | None) -> str | None:
    """The text `words` writes for the next stage of its pipeline, where that is known."""
    tool = basename(words[0])
    if tool in ("echo", "printf"):
        return ("\n" if tool == "printf" else " ").join(source(word) for word in words[1:] if word not in ("-n", "-e"))
    if tool == "tee" or (tool == "cat" and all(word[:1] == "-" for word in words[1:])):
        return stdin
    return None


def _inner(words: list[str]) -> list[list[str]]:
    tool = basename(words[0])
    if tool == "find":
        return list(_find_commands(words))
    if tool.startswith("python"):
        own = next((at for at, word in enumerate(words[1:], 1) if word == "-m" or word[:1] != "-"), 0)
        return [words[own + 1 :]] if own and words[own] == "-m" else []
    if tool not in _WRAPPERS:
        return []
    read = split(words, tool, _WRAPPERS[tool])
    if any((tool, name) in _ASKS_ONLY for name, _, _ in read.options):
        return []
    return [words[read.rest :]]


def _find_commands(words: list[str]) -> Iterator[list[str]]:
    start = 0
    for at, word in enumerate(words):
        if start and word in (";", "+"):
            yield words[start:at]
            start = 0
        elif not start and word in _EXEC:
            start = at + 1
    if start:
        yield words[start:]


def _given_to_shell(words: list[str], tool: str, stdin: str | None) -> Iterator[tuple[str, bool]]:
    read = split(words, tool)
    operands = [word for word, _ in read.operands]
    names = {name for name, _, _ in read.options}
    if "c" in names:
        yield from ((source(word), False) for word in operands[:1])
    elif stdin is not None and ("s" in names or not set(operands) - {"-", "/dev/stdin"}):
        yield stdin, True
    for word in operands[:1]:  # sh -c "$(curl …)" and bash <(curl …) are curl … | sh
        only = _SUBSTITUTION.fullmatch(word)
        if only:
            yield f"{only[1]} | {tool}", False
