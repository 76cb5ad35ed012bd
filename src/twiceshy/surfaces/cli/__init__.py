"""The command line: a verb is one file; only the verb that was typed is loaded."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module

from twiceshy.errors import CANNOT_RUN, OK, OUR_BUG, CannotWrite, TwiceshyError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

VERBS = {
    "init": "find what this repository knows; offer the hooks",
    "status": "what was found, what speaks, what could not be read",
    "audit": "one page on what agents and people are told here",
    "learn": "write down a lesson in two lines",
    "new": "start a document of a kind from its template",
    "template": "make a kind of your own from documents you have",
    "mine": "candidates for lessons from history, in quotations",
    "accept": "a candidate becomes a lesson that speaks",
    "reject": "a candidate is put away for good",
    "retire": "a lesson stops speaking",
    "supersede": "a lesson gives way to a better one",
    "lessons": "list lessons",
    "show": "show a document or a lesson as it is understood",
    "lint": "what is wrong with the documents and their guards",
    "actions": "what was promised, what is late; close a promise",
    "check": "is this change about to repeat a mistake?",
    "recall": "what do we know that matters now?",
    "hook": "answer a coding agent's event (JSON on stdin)",
    "guard": "propose guards for a mended mistake; run their examples",
    "backtest": "what would the guards have said about the past?",
    "tombstones": "what reverts took out for good; bury one",
    "stats": "what guards said here, and what came of it",
    "evidence": "bind result files to the commit they speak for",
    "sign": "sign a document in a role, with an SSH key",
    "verify": "who signed, may they, and what changed since",
}
_HEADINGS = {  # above which verb of the overview
    "init": "begin",
    "learn": "write down",
    "mine": "the life of a lesson",
    "lessons": "read and keep in order",
    "check": "at the right moment",
    "guard": "guards and the past",
    "evidence": "results and sign-offs",
}
_INTERRUPTED = 130
_NOBODY_READS = (errno.EPIPE, errno.EINVAL)  # Windows says EINVAL


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and give back its exit code: 0 nothing stops you, 1 something does, 2 could not run, 3 our bug."""
    if argv is None and not sys.flags.utf8_mode and sys.getfilesystemencoding() != "utf-8":
        # git's names are UTF-8 whatever the locale says: start again in the mode of PEP 540
        os.execv(sys.executable, [sys.orig_argv[0], "-X", "utf8", *sys.orig_argv[1:]])
    arguments = list(sys.argv[1:] if argv is None else argv)
    _fill_missing_streams()
    try:
        code = _run(arguments)
        try:
            sys.stdout.flush()
        except OSError as error:
            give_up_printing(error)
    except TwiceshyError as error:
        _say(error.message, error.hint)
        code = error.exit_code
    except KeyboardInterrupt:
        print("twiceshy: interrupted; nothing is half-written", file=sys.stderr)
        code = _INTERRUPTED
    except Exception:
        _report(arguments)
        code = OUR_BUG
    return code


def give_up_printing(error: OSError) -> None:
    """Nothing more goes to standard output; the exit code still counts if only its reader went away (`| head`).

    Raises CannotWrite for anything else, such as a full disk.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno not in _NOBODY_READS:
        raise CannotWrite(f"the output cannot be written: {error.strerror}", "make room, or send it elsewhere")


def _fill_missing_streams() -> None:
    """A process may be started without standard streams; what we open next must not take their numbers."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 (open to the end)


def _run(arguments: list[str]) -> int:
    verb = arguments[0] if arguments else "--help"
    if verb in ("-h", "--help", "help"):
        print(_overview(), end="")
        return 0 if arguments else CANNOT_RUN
    if verb in ("-V", "--version"):
        from twiceshy import __version__

        print(f"twiceshy {__version__}")
        return 0
    if verb not in VERBS:
        from difflib import get_close_matches

        close = get_close_matches(verb, VERBS, 1)
        _say(f"there is no command {verb!r}", f"did you mean {close[0]}?" if close else "see: twiceshy --help")
        return CANNOT_RUN
    module = import_module(f"twiceshy.surfaces.cli.{verb}")
    if verb == "hook":
        return int(module.main(arguments[1:]))
    given, command = arguments[1:], list[str]()
    if "--" in given and hasattr(module, "TAKES_COMMAND"):
        at = given.index("--")
        given, command = given[:at], given[at + 1 :]
    try:
        options = parser_of(verb).parse_intermixed_args(given)
    except SystemExit as told:  # argparse has printed the help, or what is wrong
        return CANNOT_RUN if told.code else OK
    options.command_line = command
    return int(module.run(options))


def parser_of(verb: str) -> argparse.ArgumentParser:
    """The argument parser of one verb, as its module configures it."""
    import argparse

    module = import_module(f"twiceshy.surfaces.cli.{verb}")
    parser = argparse.ArgumentParser(
        prog=f"twiceshy {verb}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.configure(parser)
    return parser


def _overview() -> str:
    lines = [
        "twiceshy — lessons as code: what you learned comes back before you repeat it",
        "",
        "usage: twiceshy COMMAND …",
    ]
    for verb, what in VERBS.items():
        lines += ["", _HEADINGS[verb]] if verb in _HEADINGS else []
        lines.append(f"  {verb:<12}{what}")
    lines += [
        "",
        "twiceshy COMMAND --help tells more. Exit codes: 0 go on · 1 something stops you · 2 could not run · 3 our bug",
        "",
    ]
    return "\n".join(lines)


def _say(message: str, hint: str) -> None:
    from twiceshy.formats._quote import shown

    print(f"twiceshy: {shown(message)}", file=sys.stderr)
    if hint:
        print(f"  hint: {shown(hint)}", file=sys.stderr)


def _report(arguments: list[str]) -> None:
    """A fault of ours, as the Markdown of an issue that can be filed as it is."""
    import platform
    import traceback

    from twiceshy import __version__

    verb = arguments[0] if arguments else ""
    print(
        f"twiceshy: this is a bug in twiceshy, not in your repository\n\n"
        f"### `twiceshy {verb}` failed\n\n"
        f"twiceshy {__version__} · Python {platform.python_version()} · {platform.system()}\n\n"
        f"```text\n{traceback.format_exc().rstrip()}\n```\n\n"
        "(Please look whether the text above holds something private before you file it.)",
        file=sys.stderr,
    )
