"""What every verb needs of the terminal: colour, progress, questions, output."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable

from twiceshy.errors import BLOCKED, OK
from twiceshy.project import Project
from twiceshy.surfaces.cli import give_up_printing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from twiceshy.model.diagnostic import Report


def wants_colour() -> bool:
    """Colour only on a terminal; `NO_COLOR` (https://no-color.org) is honoured."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def open_project(start: str = ".") -> Project:
    """The project here, with progress on stderr for work that takes over a second."""
    project = Project.open(start)
    project.progress = progress("reading documents")
    project.past_progress = progress("reading history")
    return project


def progress(what: str) -> Callable[[int, int], None]:
    """A callback that shows `what done/of` on a terminal's stderr once a second has passed."""
    began = time.monotonic()
    shown = 0.0

    def show(done: int, of: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if not sys.stderr.isatty() or now - began < 1:
            return
        if done == of:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        elif now - shown > 0.1:
            shown = now
            print(f"\r{what}: {done}/{of}", end="", file=sys.stderr, flush=True)

    return show


def put(text: str) -> None:
    """Print text that may hold anything: what the terminal cannot show is replaced, never an error.

    A reader that goes away early is no error either. Raises CannotWrite if the disk is full.
    """
    encoding = sys.stdout.encoding or "utf-8"
    if text and not text.endswith("\n"):
        text += "\n"
    try:
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
    except OSError as error:
        give_up_printing(error)


def put_json(value: object) -> None:
    """Print one JSON object."""
    put(json.dumps(value, indent=2, ensure_ascii=False))


def put_report(report: Report, tool: str, style: str) -> int:
    """Print what `check` or `lint` found and give back the exit code."""
    from twiceshy.formats import FORMATS

    put(FORMATS[style].render(report, tool, colour=wants_colour()))
    return BLOCKED if report.stops else OK


def is_interactive() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, default: str = "") -> str:
    """One line from the person; Enter skips. The end of input skips too."""
    try:
        answer = input(f"{question}{f' [{default}]' if default else ''}: ").strip()
    except EOFError:
        print()
        return default
    return answer or default


def ask_yes(question: str) -> bool:
    """Yes or no; Enter means no."""
    return ask(f"{question} (y/N)").lower() in ("y", "yes")
