"""Bind result files to the commit they speak for, and see whether they are still what was bound.

Most result files do not name their commit. `add` states it beside them, `run` runs a command and binds what it wrote;
`list` and `verify` say what became of the files. A file that nobody bound counts for no range.

    twiceshy evidence add report.xml --as junit --suite unit
    twiceshy evidence run --out report.xml --suite unit -- pytest --junitxml report.xml
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from twiceshy.errors import BLOCKED, OK, UsageError
from twiceshy.surfaces.cli._terminal import open_project, put, put_json

if TYPE_CHECKING:
    from twiceshy.model.evidence import Binding
    from twiceshy.project.evidence import Archive

TAKES_COMMAND = True  # what stands after `--`


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.usage = (
        "twiceshy evidence add FILE [--as FORMAT] [--suite NAME] [--env NAME] [--commit SHA] …\n"
        "       twiceshy evidence run [--out FILE [--as FORMAT]] … -- COMMAND …\n"
        "       twiceshy evidence list|verify [--format text|json]"
    )
    parser.add_argument("what", nargs="*", metavar="VERB", help="add and a file, list, verify, or run")
    formats = "the format of the file; it is recognised if it is clear"
    parser.add_argument("--as", action="append", default=[], dest="forms", metavar="FORMAT", help=formats)
    parser.add_argument(
        "--out", action="append", default=[], metavar="FILE", help="with run: a file the command writes"
    )
    parser.add_argument("--suite", default="", metavar="NAME", help="which tests it is about, such as unit or e2e")
    parser.add_argument("--env", default="", metavar="NAME", help="where it was measured, such as production")
    parser.add_argument("--commit", default="", metavar="SHA", help="what was tested, if it is not what is checked out")
    parser.add_argument("--command", default="", metavar="TEXT", help="with add: the command that wrote the file")
    parser.add_argument("--run-url", default="", metavar="URL", help="where the run can be looked at")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it")


def run(options: argparse.Namespace) -> int:
    """Exit 0; `verify` 1 if a file is not what was bound; `run` as the command; 2 if nothing could be bound."""
    verbs = {"add": _add, "list": _list, "verify": _verify, "run": _run}
    verb = options.what[0] if options.what else "list"
    if verb not in verbs or len(options.what) != 1 + (verb == "add") or bool(options.command_line) != (verb == "run"):
        raise UsageError("evidence takes add and one file, list, verify, or run and a command after --", _HINT)
    with open_project() as project:
        return verbs[verb](project.evidence(), options)


_HINT = "see: twiceshy evidence --help"


def _stated(options: argparse.Namespace, form: str) -> Binding:
    from twiceshy.model.evidence import Binding

    said = {"suite": options.suite, "environment": options.env, "run_url": options.run_url}
    return Binding("", "", "", form, commit=options.commit, command=options.command, **said)


def _add(archive: Archive, options: argparse.Namespace) -> int:
    from twiceshy.formats.evidence import bound_text, evidence_json
    from twiceshy.model.evidence import BOUND, Standing

    if len(options.forms) > 1 or options.out:
        raise UsageError("add takes one file and one --as", _HINT)
    made = archive.add(options.what[1], _stated(options, "".join(options.forms)))
    if options.format == "json":
        put_json(evidence_json([Standing(made, BOUND)], ()))
    else:
        put(bound_text(made))
    return OK


def _list(archive: Archive, options: argparse.Namespace) -> int:
    from twiceshy.formats.evidence import evidence_json, standings_text

    standings, findings = archive.standings()
    if options.format == "json":
        put_json(evidence_json(standings, findings))
    else:
        put(standings_text(standings, findings))
    return OK


def _verify(archive: Archive, options: argparse.Namespace) -> int:
    standings, findings = archive.standings()
    _list(archive, options)
    return OK if all(one.holds for one in standings) and not findings else BLOCKED


def _run(archive: Archive, options: argparse.Namespace) -> int:
    import sys

    from twiceshy.formats.evidence import bound_text

    forms = options.forms or [""] * len(options.out)
    if len(forms) != len(options.out) or options.commit or options.command:
        raise UsageError("run takes as many --as as --out or none, and finds out the commit and the command", _HINT)
    named = dict(zip(options.out, forms, strict=True))
    bound, findings = archive.run(options.command_line, named, _stated(options, ""))
    for one in bound:
        print(bound_text(one), file=sys.stderr)
    for finding in findings:
        print(f"twiceshy: {finding.message}", file=sys.stderr)
    return bound[0].exit_code or OK
