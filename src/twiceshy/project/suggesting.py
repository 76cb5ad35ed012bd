"""The guards that could be written for a lesson or a fix, and the one that a person takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from twiceshy.errors import TwiceshyError, UsageError
from twiceshy.jobs.messages.prose import COMMIT_ID

if TYPE_CHECKING:
    from twiceshy.model.history import PastCommit
    from twiceshy.model.lesson import Lesson
    from twiceshy.model.suggestion import Suggestions
    from twiceshy.project import Project
    from twiceshy.project.past import Past

_MOST_IDS = 30
_FOCUS = 6  # things; every judged guard that is about its mistake (bench/judgements) mends at most five
_MENDS = ("fix", "resolution", "action")
_BLAMES = ("cause", "trigger", "problem")


def suggestions_for(project: Project, what: str, *, culprit: str, limit: int, into: str) -> Suggestions:
    """Guards for the lesson or the fix commit called `what`. Raises UsageError, GitError."""
    from twiceshy.jobs.suggest import suggest

    is_commit = project.git.has(what)
    if into and not is_commit:
        raise UsageError("--into goes with a commit", "a guard for a lesson is written under that lesson")
    lesson, path = _lesson(project, into or what) if into or not is_commit else ("", "")
    page = project.page(path) if path else None
    told = next((one for one in page.lessons if one.id == lesson), None) if page else None
    fix, blamed = _commits_of(project, told, page.document.text) if told and page and not is_commit else (what, "")
    found = suggest(fix, culprit or blamed, project.git, project.history, max(limit, 1))
    how = "the lesson names it" if blamed and not culprit else found.how
    found = replace(found, how=how, lesson=lesson, path=path)
    return _completed(project, found, told.title if told else "", {guard.id for guard in project.guards()})


def _lesson(project: Project, what: str) -> tuple[str, str]:
    """The lesson called `what`. Raises UsageError; GitError for the id of a commit that is not here."""
    try:
        return project.find_lesson(what)
    except UsageError:
        if what == "HEAD" or re.fullmatch(r"[0-9a-f]{7,40}", what):
            project.git.resolve(what)
        raise


def proposer(project: Past) -> Callable[[PastCommit], str]:
    """What gives for a fix the YAML of the surest guard, "" where none is sure, or what it would look at is gone."""
    from twiceshy.jobs.suggest import suggest
    from twiceshy.markdown.guard_draft import guard_in

    taken = {guard.id for guard in project.guards()}

    def propose(commit: PastCommit) -> str:
        try:
            found = suggest(commit.sha, "", project.git, project.history, 1, focus=_FOCUS)
            here = tuple(one for one in found.offered if project.exists(one.place[0]))
            blocks = [one.block for one in _completed(project, replace(found, offered=here), "", taken).offered]
        except TwiceshyError:
            return ""
        taken.update(guard_in(block).id for block in blocks)
        return "".join(blocks)

    return propose


def _completed(project: Past, found: Suggestions, title: str, taken: Collection[str]) -> Suggestions:
    """The suggestions with the blocks that would be written; `taken` are the ids that other guards have."""
    from twiceshy.jobs.suggest.writing import complete

    subject = project.git.told(found.fix)[1].partition("\n")[0].strip()
    culprit, fix = (project.git.short(sha) if sha else "" for sha in (found.culprit, found.fix))
    why = f"{subject} ({culprit} did it, {fix} mended it)"
    blocks = [
        complete(one.keys, title or subject, why, (culprit, fix), (project.today, taken)) for one in found.offered
    ]
    offered = tuple(replace(one, block=block) for one, block in zip(found.offered, blocks, strict=True))
    return replace(found, fix=fix, culprit=culprit, offered=offered)


def take(project: Project, found: Suggestions, number: int) -> tuple[str, int]:
    """Write the guard with this number (from 1) under its lesson; gives back path and line. Raises UsageError."""
    from twiceshy.jobs.suggest.writing import write

    count = len(found.offered)
    if not 1 <= number <= count:
        raise UsageError(f"there is no suggestion {number}", f"there are {count}" if count else found.none)
    if not found.lesson:
        raise UsageError("a guard belongs into a lesson", "name it with --into LESSON; twiceshy learn writes one")
    return found.path, write(project, found.path, found.lesson, found.offered[number - 1].block)


def _commits_of(project: Project, lesson: Lesson, text: str) -> tuple[str, str]:
    """The fix and, if it is known, the culprit that a lesson names: in a guard, or cited. Raises UsageError."""
    git = project.git
    for guard in lesson.guards:
        if guard.fix and git.has(guard.fix):
            return guard.fix, guard.culprit if guard.culprit and git.has(guard.culprit) else ""
    roles = {citation.target or citation.text: citation.role for citation in lesson.citations}
    said = list(dict.fromkeys(COMMIT_ID.findall(lesson.span.of(text))))[:_MOST_IDS]
    known = {git.resolve(sha): roles.get(sha, "") for sha in said if git.has(sha)}
    if not known:
        hint = "name the fix itself: twiceshy guard suggest COMMIT --into LESSON"
        raise UsageError(f"the lesson “{lesson.title}” names no commit that is here", hint)
    by_age = sorted(known, key=lambda sha: commit.number if (commit := project.history.commit(sha)) else -1)
    blamed = [sha for sha in by_age if known[sha] in _BLAMES]
    fix = next((sha for sha in reversed(by_age) if known[sha] in _MENDS), by_age[-1])
    older = [sha for sha in blamed or by_age if sha != fix]
    return fix, older[0] if older else ""
