"""setup: what `init` would install in a repository, as texts before and after, and the way back."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Set
from dataclasses import dataclass
from pathlib import PurePath

from twiceshy.errors import CannotWrite, TwiceshyError
from twiceshy.jobs._setup_parts import AGENTS, PRE_COMMIT, Part, Site, parts
from twiceshy.model.status import Status

__all__ = ["AGENTS", "Part", "Site", "Step", "offers", "plan", "summary", "told"]


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to the file of a part; `refusal` says why nothing does."""

    part: Part
    before: str | None = None
    after: str | None = None
    refusal: str = ""

    @property
    def changes(self) -> bool:
        """Whether there is something to write."""
        return self.before != self.after


def summary(status: Status, tombstones: int) -> str:
    """What a repository knows already, in a sentence or two; `tombstones` are those that may speak."""
    kinds = Counter(card.kind or "other" for card in status.documents if card.lessons)
    lessons, guards = _count(sum(status.lessons.values()), "lesson"), _count(sum(status.guards.values()), "guard")
    documents = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    known = f"This repository knows {lessons} with {guards} (documents: {documents})."
    if not kinds:
        known = (
            'No lessons here yet; write one: twiceshy learn "what happened" --rule "what stands from now on"\n'
            "or see what history offers: twiceshy mine"
        )
    if not tombstones:
        return known
    told = "what a revert took out for good is told when it comes back (twiceshy tombstones)"
    return f"{known}\n{_count(tombstones, 'tombstone')}: {told}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def offers(plan: Callable[[set[str]], list[Step]], exists: Callable[[str], bool]) -> dict[str, str]:
    """What makes sense here, by name, each with the question to ask; `exists` takes a path relative to the root.

    Where pre-commit is at home it runs the check, so that no commit is checked twice.
    """
    offered = {"git-hook": "Ask twiceshy at every commit, in a git hook?"}
    if not plan({"pre-commit"})[0].refusal:
        offered = {"pre-commit": f"Ask twiceshy at every commit, in {PRE_COMMIT}?"}
    for host, (title, path, traces) in AGENTS.items():
        if any(exists(trace) for trace in traces):
            offered[host] = f"Tell {title} a lesson before it repeats the mistake, in {path}?"
    return offered


def plan(site: Site, names: Set[str], read: Callable[[str], str | None], *, removing: bool = False) -> list[Step]:
    """What installs the parts that `names` choose, or removes them (all, if there are no names).

    `read` gives the text of a file, None if there is no file. It may raise TwiceshyError: CannotWrite for a file
    outside of this repository, which never holds a part.
    """
    if removing:
        return [_step(part, read, removing) for part in parts(site) if not names or part.names <= names]
    return [_step(part, read, removing) for part in parts(site) if part.names & names]


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


def told(step: Step, root: str, *, removing: bool = False, dry_run: bool = False) -> str:
    """What was done (or the diff of what would be), or why not and how a person can; "" if there is no news."""
    path, what = _shown(step.part.path, root), step.part.what
    if step.refusal:
        by_hand = f"\n  by hand: {step.part.by_hand}" if step.part.by_hand and not removing else ""
        return f"{path}: {step.refusal}{by_hand}"
    if not step.changes:
        return "" if removing else f"{path}: nothing to do, the {what} is there"
    if dry_run:
        return _diff(step, path)
    if step.after is None:
        return f"{path}: removed"
    return f"{path}: took the {what} out" if removing else f"{path}: put the {what} in"


def _shown(path: str, root: str) -> str:
    inside = PurePath(path).is_relative_to(root)
    return PurePath(path).relative_to(root).as_posix() if inside else path


def _diff(step: Step, path: str) -> str:
    names = ("/dev/null" if step.before is None else path, "/dev/null" if step.after is None else path)
    lines = difflib.unified_diff(_lines(step.before), _lines(step.after), *names)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str | None) -> list[str]:
    return [line for line in (text or "").replace("\n", "\n\0").split("\0") if line]
