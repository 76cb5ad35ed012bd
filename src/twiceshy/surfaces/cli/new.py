"""Start a document of a kind from its template: the title and the date are filled, open places stay visible.

On a terminal you are asked for what matters, one question at a time; Enter skips, and a skipped place stays open.
"""

from __future__ import annotations

import argparse

from twiceshy.errors import UsageError
from twiceshy.markdown.fill import slots_to_ask
from twiceshy.surfaces.cli._terminal import ask, ask_yes, edit_in_editor, is_interactive, open_project, put


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("kind", metavar="KIND", help="lesson, log, retrospective, notes, record, or a kind of your own")
    parser.add_argument("title", nargs="?", default="", metavar="TITLE", help="what it is about")
    parser.add_argument("--set", action="append", default=[], metavar="SLOT=VALUE", help="fill a slot of the template")
    parser.add_argument("--output", metavar="FILE", help="where to put it (default: where the kind lives)")
    parser.add_argument("--slots", action="store_true", help="list the template's slots and do nothing else")


def run(options: argparse.Namespace) -> int:
    """Exit 0 once the file stands."""
    with open_project() as project:
        template = project.template(options.kind)
        if options.slots:
            put("\n".join(dict.fromkeys(slot.name for slot in template.slots)))
            return 0
        title = options.title or (ask("What is it about?") if is_interactive() else "")
        if not title:
            raise UsageError(
                "a document needs a title", f'for example: twiceshy new {options.kind} "Backups that cannot be read"'
            )
        values = dict(_pair(given) for given in options.set)
        if is_interactive() and not values:
            values = {name: answer for name, prompt in slots_to_ask(template) if (answer := ask(prompt))}
        path = project.new(options.kind, title, values, output=options.output)
        put(f"wrote {path}")
        if is_interactive() and ask_yes("Open it in your editor?"):
            edit_in_editor(project.absolute(path))
    return 0


def _pair(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals:
        raise UsageError(f"--set takes SLOT=VALUE, not {given!r}", "twiceshy new KIND --slots lists the slots")
    return name.strip(), value
