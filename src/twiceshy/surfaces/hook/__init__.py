"""The agent's hook: one event as JSON on standard input, the host's decision as JSON on standard output.

Silent unless a guard applies. It never stops an agent by failing: whatever goes wrong is one line on standard error,
the exit code is 0 and the action goes through. What is imported here is paid for at every tool call: the patterns, the
engines and the words are imported only when the guard table says that a guard may apply.
"""

from __future__ import annotations

import os
import sys
import time

from twiceshy.adapters.guardtable import mark_stale, open_table, table_path
from twiceshy.adapters.place import find_place
from twiceshy.errors import NotARepository, TwiceshyError, UsageError
from twiceshy.surfaces.hook.hosts import HOSTS, decode, encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from twiceshy.adapters.guardtable import Table
    from twiceshy.adapters.place import Place
    from twiceshy.surfaces.hook.drafts import Draft
    from twiceshy.surfaces.hook.hosts import Event
    from twiceshy.surfaces.hook.speech import Finding

# Files whose added lines `command` guards read, beside those whose name has no ending.
SCRIPTS = (".sh", ".bash", ".zsh", ".bats")
# An edit of one of these may add, change or remove a lesson.
SOURCES = (".md", ".markdown", ".mdc", "twiceshy.toml", "pyproject.toml")


def main(argv: Sequence[str]) -> int:
    """Answer one event; `argv` may hold `--host claude|codex|gemini`. Always 0."""
    try:
        host = _host(list(argv))
        answer = respond(sys.stdin.buffer.read(), host)
        if answer:
            sys.stdout.buffer.write(answer.encode("utf-8", "replace") + b"\n")
            sys.stdout.buffer.flush()
    except BaseException as error:  # whatever it is, it must not stop the agent
        _complain(error, "the action was let through")
    return 0


def respond(raw: bytes, host: str | None = None) -> str:
    """The JSON to answer an event with; empty if there is nothing to say. Raises what `main` turns into one line."""
    event = decode(_loaded(raw), host)
    place = _place(event) if event else None
    if event is None or place is None:
        return ""
    table = _table(place)
    if table is None:
        return ""
    try:
        return _greeting(event, place, table) if event.starts else _judged(event, place, table)
    finally:
        table.close()


def _host(argv: list[str]) -> str | None:
    words = [part for word in argv for part in word.split("=", 1)]
    if not words:
        return None
    if len(words) != 2 or words[0] != "--host" or words[1] not in HOSTS:
        raise UsageError(f"unknown arguments {' '.join(words)}; write --host {', --host '.join(HOSTS)}, or nothing")
    return words[1]


class _Grammar:
    """What the C scanner of the standard library asks of a decoder: plain JSON."""

    strict = False
    object_hook = object_pairs_hook = None
    parse_float, parse_int, parse_constant = float, int, float


def _loaded(raw: bytes) -> dict[str, Any]:
    """The event. The `json` module would import `re`, which costs as much as all the rest of a call: this does not."""
    text = raw.decode("utf-8", "replace").strip().removeprefix("\ufeff")
    if not text:
        raise UsageError("there is no event on standard input")
    try:
        try:
            from _json import make_scanner as scanner_for
        except ImportError:  # another Python than CPython
            from json import loads

            event = loads(text)
        else:
            grammar: Any = _Grammar
            event, end = scanner_for(grammar)(text, 0)
            if text[end:].strip():
                raise ValueError
    except (ValueError, StopIteration, RecursionError, SystemError):
        raise UsageError("the event on standard input is not JSON") from None
    if not isinstance(event, dict):
        raise UsageError("the event on standard input is not a JSON object")
    return event


def _place(event: Event) -> Place | None:
    """The working tree the event is about: that of the first file it edits that is in one, else that of its folder."""
    base = event.cwd or os.getcwd()
    for path in [*(os.path.dirname(os.path.join(base, edit.path)) for edit in event.edits), base]:
        try:
            return find_place(path)
        except NotARepository:
            continue
    return None


def _table(place: Place) -> Table | None:
    """The guard table, made anew first if what it was made from has changed."""
    path = table_path(place.caches)
    table = open_table(path)
    if table is not None and table.is_fresh(time.time_ns() // 1000):
        return table
    try:
        _refresh(place)
    except Exception as error:
        _complain(error, "going on with the lessons as they were read last")
        return table
    if table is not None:
        table.close()
    return open_table(path)


def _refresh(place: Place) -> None:
    import site

    site.main()
    from twiceshy.project import Project

    mark_stale(table_path(place.caches))
    with Project.open(place.root) as project:
        project.refresh()


def _greeting(event: Event, place: Place, table: Table) -> str:
    """One line at the start of a session; after a loss of memory the agent may hear every lesson again."""
    from twiceshy.surfaces.hook.speech import Memory

    if event.session and event.source != "resume":
        Memory(place.common_dir, event.session).forget()
    count = table.meta["lessons"]
    if not count:
        return ""
    lessons = "1 lesson" if count == 1 else f"{count} lessons"
    told = (
        f"twiceshy: this repository keeps {lessons} with guards and quotes one when an action is about to repeat a "
        "mistake; `twiceshy recall TEXT` says what is known about an error or a plan."
    )
    return encode(event.host, event.name, "", (told, ""))


def _judged(event: Event, place: Place, table: Table) -> str:
    drafts = _drafts(event, place)
    if any(draft.path.endswith(SOURCES) for draft in drafts):
        mark_stale(table_path(place.caches))
    candidates = list(table.candidates(_texts(event.command, drafts)))
    if not candidates:
        return ""
    _reach_libraries(table)
    from twiceshy.surfaces.hook import shortcuts
    from twiceshy.surfaces.hook.speech import Memory, decision_of, findings, texts_of

    shortcuts.take(candidates)

    memory = Memory(place.common_dir, event.session) if event.session else None
    found = findings(candidates, event.command, drafts, memory.heard() if memory else set())
    if not found:
        return ""
    if memory:
        memory.remember(finding.entry.lesson for finding in found)
    _record(found, event, place)
    return encode(event.host, event.name, decision_of(found), texts_of(found))


def _record(found: Sequence[Finding], event: Event, place: Place) -> None:
    """Keep what is said, for `twiceshy stats`; where that fails, it is said all the same."""
    try:
        from twiceshy.adapters.events import append, events_path
        from twiceshy.surfaces.hook.record import events_of

        trouble = append(events_path(place.common_dir), events_of(found, event.session, place))
        if trouble:
            raise OSError(trouble)
    except Exception as error:
        _complain(error, "what was said is not kept")


def _drafts(event: Event, place: Place) -> list[Draft]:
    if not event.edits:
        return []
    from twiceshy.surfaces.hook.drafts import drafts_of

    return list(drafts_of(event.edits, place.root, event.cwd or os.getcwd()))


def _texts(command: str | None, drafts: list[Draft]) -> dict[str, Callable[[], str]]:
    """Where guards may find what they need, by the names of the table; made only if some guard looks there."""
    texts: dict[str, Callable[[], str]] = {}
    scripts = [draft for draft in drafts if _may_be_script(draft.path)]
    if command is not None or scripts:
        texts["command"] = lambda: "\n".join([command or "", *(draft.whole() for draft in scripts)])
    if drafts:
        from twiceshy.adapters.guardkeys import path_text

        texts["added"] = lambda: "\n".join(draft.added() for draft in drafts)
        texts["removed"] = lambda: "\n".join(draft.removed() for draft in drafts)
        texts["whole"] = lambda: "\n".join(draft.whole() for draft in drafts)
        texts["path"] = lambda: path_text(path for draft in drafts for path in (draft.path, draft.old_path))
    return texts


def _may_be_script(path: str) -> bool:
    return path.endswith(SCRIPTS) or "." not in path.rsplit("/", 1)[-1]


def _reach_libraries(table: Table) -> None:
    """The hook starts without site-packages: take the folders the table names, or look for them as Python does."""
    sys.path += [folder for folder in table.meta["sys_path"] if folder not in sys.path]
    try:
        import re2  # noqa: F401
    except ImportError:
        import site

        site.main()


def _complain(error: BaseException, outcome: str) -> None:
    reason = error.message if isinstance(error, TwiceshyError) else f"{type(error).__name__}: {error}"
    line = " ".join("".join(char if char.isprintable() else " " for char in reason[:300]).split())
    try:
        sys.stderr.write(f"twiceshy hook: {line} ({outcome})\n")
    except (OSError, ValueError, AttributeError):  # nobody listens
        return
