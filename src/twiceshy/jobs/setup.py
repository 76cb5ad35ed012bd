"""setup: what `init` can install in a repository, as texts before and after, and the way back."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from twiceshy.errors import CannotWrite, TwiceshyError
from twiceshy.jobs import _hook_scripts as scripts
from twiceshy.jobs import _json_splice as splice
from twiceshy.model.status import Status

PRE_COMMIT = ".pre-commit-config.yaml"
AGENTS = {
    "claude": ("Claude Code", ".claude/settings.json", (".claude", "CLAUDE.md")),
    "codex": ("Codex CLI", ".codex/hooks.json", (".codex", "AGENTS.md")),
    "gemini": ("Gemini CLI", ".gemini/settings.json", (".gemini", "GEMINI.md")),
}
# Event, tools and how long the host waits: Claude Code and Codex count seconds, Gemini CLI milliseconds.
_EVENTS: dict[str, tuple[str, str, int]] = {
    "claude": ("PreToolUse", "Bash|Edit|Write|MultiEdit|NotebookEdit", 60),
    "codex": ("PreToolUse", "Bash|apply_patch|Edit|Write", 60),
    "gemini": ("BeforeTool", "run_shell_command|write_file|replace", 60_000),
}
_MARK = "twiceshy/hook"
_EXAMPLES = {
    "exclude": "exclude = ['vendor/**', 'docs/archive/**']",
    "log": "log = 'docs/LESSONS.md'",
    "aliases": "[aliases]\n'what bit us' = 'problem'",
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where things go: absolute paths, the interpreter that runs this, and the script of the agent's hook.

    `source` and `version` say where pre-commit gets twiceshy from, `settings` what can be configured, and `configured`
    names the file that does so already. Empty where nobody knows.
    """

    root: str
    common_dir: str
    hooks_dir: str
    python: str
    script: str
    source: str
    version: str
    settings: Mapping[str, str]
    configured: str


@dataclass(frozen=True, slots=True)
class Part:
    """One file to write to for what `names` choose; `by_hand` says what to add where that cannot be done for you.

    `add` makes the text with it of the text that is there (None: no file), `remove` the way back.
    Both raise TwiceshyError.
    """

    names: Collection[str]
    path: str
    what: str
    add: Callable[[str | None], str]
    remove: Callable[[str], str | None]
    by_hand: str = ""
    executable: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to the file of a part; `refusal` says why nothing does."""

    part: Part
    before: str | None = None
    after: str | None = None
    refusal: str = ""

    @property
    def changes(self) -> bool:
        """Whether anything is to be written."""
        return self.before != self.after


class ByHand(TwiceshyError):
    """Somebody else's file, or one that is not understood: a person has to do it."""


def summary(status: Status) -> str:
    """What a repository knows, in a sentence."""
    kinds = Counter(card.kind or "other" for card in status.documents if card.lessons)
    guards = sum(len(card.guards) for card in status.lessons)
    if not kinds:
        return 'No lessons here yet. Write the first one: twiceshy learn "what happened" --rule "what stands from now on"'
    listed = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    lessons = f"{len(status.lessons)} lesson{'' if len(status.lessons) == 1 else 's'}"
    return f"This repository knows {lessons} (documents: {listed}), {guards or 'none'} of them in guards." if False else (
        f"This repository knows {lessons} (documents: {listed}) with {guards} guard{'' if guards == 1 else 's'}."
    )


def parts(site: Site) -> list[Part]:
    """Everything that can be installed, in the order in which it is offered."""
    return [_git_hook(site), _pre_commit(site), _agent_hook(site), *(_agent(site, host) for host in AGENTS), _configuration(site)]


def offers(site: Site, exists: Callable[[str], bool]) -> dict[str, str]:
    """What makes sense here, by name, each with the question to ask; `exists` takes a path relative to the root."""
    found = {"git-hook": "Ask twiceshy at every commit (a git hook)?"}
    if exists(PRE_COMMIT) and site.source:
        found = {"pre-commit": f"Ask twiceshy at every commit (an entry in {PRE_COMMIT})?"}
    for host, (title, path, traces) in AGENTS.items():
        if any(map(exists, traces)):
            found[host] = f"Let {title} hear a lesson before it repeats the mistake ({path})?"
    return found


def plan(chosen: Iterable[Part], read: Callable[[str], str | None], *, removing: bool = False) -> list[Step]:
    """What to do to install these parts, or to remove them; `read` gives a file's text, None if there is no file.

    `read` may raise TwiceshyError: CannotWrite for a file that is none of this repository's, which never holds a part.
    """
    return [_step(part, read, removing) for part in chosen]


def _step(part: Part, read: Callable[[str], str | None], removing: bool) -> Step:
    try:
        before = read(part.path)
        if removing:
            return Step(part, before, None if before is None else part.remove(before))
        return Step(part, before, part.add(before))
    except CannotWrite as error:
        return Step(part, refusal="" if removing else error.message)
    except TwiceshyError as error:
        return Step(part, refusal=error.message)


def diff_of(step: Step, path: str) -> str:
    """A unified diff of what would be written, with `path` as the file's name."""
    names = (path if step.before is not None else "/dev/null", path if step.after is not None else "/dev/null")
    lines = difflib.unified_diff(_lines(step.before), _lines(step.after), *names)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str | None) -> list[str]:
    return [line for line in (text or "").replace("\n", "\n\0").split("\0") if line]


# A file of our own: it is there as we wrote it, or it is left alone.


def _own_file(names: Collection[str], path: str, what: str, text: str, **more: Any) -> Part:
    same: Callable[[str, str], bool] = scripts.is_same

    def add(before: str | None) -> str:
        if before is not None and not same(before, text):
            raise ByHand("somebody else's is there already")
        return text

    def remove(before: str) -> str | None:
        if not same(before, text) and "twiceshy init --remove" in before:
            raise ByHand("it was changed since, so it was left; delete it yourself")
        return None if same(before, text) else before

    return Part(names, path, what, add, remove, **more)


def _git_hook(site: Site) -> Part:
    inside = site.hooks_dir.startswith(f"{site.root}/") and not site.hooks_dir.startswith(f"{site.common_dir}/")
    text = scripts.git_hook("" if inside else site.python)
    by_hand = f"add this line to it: {scripts.GIT_HOOK_LINE}"
    return _own_file(("git-hook",), f"{site.hooks_dir}/pre-commit", "the git hook", text, by_hand=by_hand, executable=True)
