"""Questions at a terminal, one at a time: Enter skips, Ctrl-C and Ctrl-D leave before anything is written."""

from __future__ import annotations

import contextlib
import os

from twiceshy.surfaces.cli._terminal import put, wants_colour

OPENING = "Enter skips a question; Ctrl-C leaves, and nothing is written."


def ask(question: str, more: str = "") -> str:
    """One line from the person, "" if skipped; `more` says below the question what is meant. Ctrl-D is Ctrl-C."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 (arrow keys and the like)
    bold, dim, plain = ("\x1b[1m", "\x1b[2m", "\x1b[0m") if wants_colour() else ("", "", "")
    put(f"\n{bold}{question}{plain}" + (f"\n{dim}{more}{plain}" if more else ""))
    try:
        return input("> ").strip()
    except EOFError:
        print()
        raise KeyboardInterrupt from None


def offer_editor(path: str) -> None:
    """Open the file at `path` in `$VISUAL` or `$EDITOR` if the person says yes; without an editor nobody is asked."""
    import shlex
    import subprocess

    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not editor:
        return
    with contextlib.suppress(KeyboardInterrupt):
        if ask(f"Open it in {os.path.basename(editor[0])}? (y/N)").lower() not in ("y", "yes"):
            return
        try:
            ended = subprocess.run([*editor, path], check=False).returncode
        except OSError as error:
            put(f"{editor[0]} cannot be started: {(error.strerror or str(error)).lower()}")
        else:
            put(f"{editor[0]} ended with {ended}" if ended else "")
