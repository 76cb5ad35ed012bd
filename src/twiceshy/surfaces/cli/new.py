"""Start a document of a kind from its template: the title and the date are filled, open places stay visible.

On a terminal you are asked for what matters, one question at a time; a place you skip stays open.
"""

from __future__ import annotations

import argparse

from twiceshy.errors import UsageError
from twiceshy.markdown.fill import Place, asks_for_title, places, questions
from twiceshy.model.template import Template
from twiceshy.surfaces.cli._questions import OPENING, ask, offer_editor
from twiceshy.surfaces.cli._terminal import is_interactive, open_project, put


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
            put(_listed(template))
            return 0
        values = dict(_pair(given) for given in options.set)
        asking = is_interactive() and not values
        title, answers = _answers(template, options.title) if asking else (options.title, values)
        path = project.new(options.kind, title, answers, output=options.output)
        put(f"wrote {path}")
        if asking:
            offer_editor(project.absolute(path))
    return 0


def _answers(template: Template, title: str) -> tuple[str, dict[str, str]]:
    """The title and what the person says about each place that matters."""
    asked, titled = questions(template), bool(title) or not asks_for_title(template)
    if asked or not titled:
        put(OPENING)
    title = title if titled else ask("What is it about?", "a title of a few words")
    if not title and not titled:
        return "", {}
    answers = {place.name: ask(place.where, _prompt(place)) for place in asked}
    return title, {name: answer for name, answer in answers.items() if answer}


def _prompt(place: Place) -> str:
    return "" if place.prompt.lower() == place.where.lower() else place.prompt


def _listed(template: Template) -> str:
    known = {place.name: place.prompt for place in places(template)}
    if not known:
        return f"{template.kind} has no slots; twiceshy learn adds an entry"
    width = min(max(map(len, known)), 30)
    return "\n".join(f"{name:<{width}}  {prompt}" for name, prompt in known.items())


def _pair(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals:
        raise UsageError(f"--set takes SLOT=VALUE, not {given!r}", "twiceshy new KIND --slots lists the slots")
    return name.strip(), value
