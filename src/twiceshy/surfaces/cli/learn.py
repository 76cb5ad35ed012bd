"""Write down a lesson in two lines: what happened, and the rule that stands from now on.

It is added to the repository's log in that log's own style; if there is no log, LESSONS.md is made. With --guard the
lesson also says how to recognise the mistake, for example:

    twiceshy learn "TLS checks were off in production for a month" --rule "Never pass verify=False" \\
        --guard 'added: verify\\s*=\\s*False' --bad 'get(url, verify=False)' --good 'get(url)'

On a terminal you are asked for what you leave out, one question at a time.
"""

from __future__ import annotations

import argparse

from twiceshy.errors import InvalidGuard
from twiceshy.jobs.capture import guard_block
from twiceshy.markdown.entry import Note
from twiceshy.project import Project
from twiceshy.surfaces.cli._questions import OPENING, ask, offer_editor
from twiceshy.surfaces.cli._terminal import is_interactive, open_project, put

_GUARD = (
    "How can a change be recognised that does it again?",
    "for example   added: verify=False   or   command: git push --force   (Enter for no guard)",
)
_BAD = ("A line that does it again", "the guard must fire on it")
_GOOD = ("The same line done right", "the guard must stay silent on it")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("what", nargs="?", default="", metavar="WHAT", help="what happened, in a sentence")
    parser.add_argument("--rule", default="", help="what stands from now on")
    parser.add_argument(
        "--guard", default="", metavar="YAML", help="how to recognise it: 'added: PATTERN', 'command: rm -rf' …"
    )
    parser.add_argument("--bad", default="", metavar="TEXT", help="an example on which the guard must fire")
    parser.add_argument("--good", default="", metavar="TEXT", help="an example on which it must stay silent")
    parser.add_argument("--paths", action="append", default=[], metavar="GLOB", help="files the guard looks at")
    parser.add_argument("--log", metavar="FILE", help="the log to write to (default: the one that is there)")


def run(options: argparse.Namespace) -> int:
    """Exit 0 once the entry stands in the log."""
    asking = is_interactive() and not (options.what and options.rule)
    with open_project() as project:
        if asking:
            _ask(project, options)
        guard = _guard(project, options) if options.what and options.guard else ""
        entry = project.learn(Note(options.what, options.rule, guard), log=options.log)
        put(f"wrote {entry.path}:{entry.line}")
        if not entry.lesson:
            put("It has no heading of its own there, so it is read as a part of the lesson around it.")
        if asking:
            offer_editor(project.absolute(entry.path))
    return 0


def _ask(project: Project, options: argparse.Namespace) -> None:
    """Fill in what was left out; a guard that does not work is asked for again, and without it the lesson stays."""
    put(OPENING)
    options.what = options.what or ask("What happened?", "one sentence, as you would tell a colleague")
    if not options.what:
        return
    options.rule = options.rule or ask("What stands from now on?", "the rule that would have spared you the trouble")
    options.guard = options.guard or ask(*_GUARD)
    if not options.guard:
        return
    options.bad = options.bad or ask(*_BAD)
    options.good = options.good or ask(*_GOOD)
    while options.guard and (wrong := _wrong(project, options)):
        put(f"\nThat does not work yet: {wrong.message}.\n{wrong.hint}")
        typed = options.guard, options.bad, options.good
        options.guard, options.bad, options.good = map(_again, (_GUARD, _BAD, _GOOD), typed)
        if typed == (options.guard, options.bad, options.good):
            put("\nThe lesson is written without the guard. You typed:\n" + "\n".join(filter(None, typed)))
            options.guard = ""


def _again(question: tuple[str, str], typed: str) -> str:
    """The answer to a question that was answered before; Enter keeps what was typed."""
    return ask(question[0], f"Enter keeps: {typed}" if typed else question[1]) or typed


def _wrong(project: Project, options: argparse.Namespace) -> InvalidGuard | None:
    try:
        _guard(project, options)
    except InvalidGuard as error:
        return error
    return None


def _guard(project: Project, options: argparse.Namespace) -> str:
    taken = {guard.id for guard in project.guards()}
    given = {"bad": options.bad, "good": options.good, "paths": options.paths}
    return guard_block(options.guard, options.what, **given, taken=taken)
