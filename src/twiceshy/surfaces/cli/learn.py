"""Write down a lesson in two lines: what happened, and the rule that stands from now on.

It is added to the repository's log in that log's own style; if there is no log, LESSONS.md is made. With --guard the
lesson also says how to recognise the mistake, for example:

    twiceshy learn "TLS checks were off in production for a month" --rule "Never pass verify=False" \\
        --guard 'added: verify\\s*=\\s*False' --bad 'get(url, verify=False)' --good 'get(url)'
"""

from __future__ import annotations

import argparse

from twiceshy.errors import UsageError
from twiceshy.jobs.capture import guard_block
from twiceshy.markdown.entry import Note
from twiceshy.surfaces.cli._terminal import ask, ask_yes, edit_in_editor, is_interactive, open_project, put


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
    what = options.what or (ask("What happened?") if asking else "")
    if not what:
        raise UsageError(
            "say what happened", 'for example: twiceshy learn "the cache grew without end" --rule "set a size"'
        )
    rule = options.rule or (ask("What stands from now on?") if asking else "")
    guard, bad, good = options.guard, options.bad, options.good
    if asking and not guard:
        guard = ask("How can the mistake be recognised? ('added: PATTERN', 'command: …', Enter for no guard)")
        bad = bad or (ask("A line on which it must fire") if guard else "")
        good = good or (ask("A line on which it must stay silent") if guard else "")
    if guard:
        guard = guard_block(guard, what, bad=bad, good=good, paths=options.paths)
    with open_project() as project:
        path, line = project.learn(Note(what, rule, guard), log=options.log)
        put(f"wrote {path}:{line}")
        if asking and ask_yes("Open it in your editor?"):
            edit_in_editor(project.absolute(path))
    return 0
