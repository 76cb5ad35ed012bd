"""Answer a coding agent's event: JSON on stdin, the host's decision as JSON on stdout; silent unless a guard applies.

Hosts: Claude Code, Codex CLI, Gemini CLI. `twiceshy init --agent HOST` installs it; a hook that fails lets the action
through. The event decides which host it is; --host says so where it cannot be told.
"""

from __future__ import annotations

import sys

from twiceshy.surfaces.hook import main as answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", metavar="claude|codex|gemini", help="which agent asks, if its event does not say")


def main(argv: Sequence[str]) -> int:
    """Exit 0, whatever happens."""
    if "-h" in argv or "--help" in argv:
        from twiceshy.surfaces.cli import parser_of

        parser_of("hook").print_help(sys.stdout)
        return 0
    return answer(argv)
