"""`github`: workflow commands that GitHub Actions turns into annotations on the lines of a pull request.

    ::warning file=src/deploy.py,line=12,endLine=12,title=no-git-file::npm links to a clone that it deletes.

GitHub shows ten annotations of each level for a step; the log holds them all.
"""

from __future__ import annotations

from twiceshy.formats._quote import clean, exact, one_line, place, shown
from twiceshy.formats._summary import summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from twiceshy.model.diagnostic import Diagnostic, Report, Unread

_COMMANDS = {"advise": "notice", "warn": "warning", "block": "error", "error": "error"}


def render(report: Report, tool: str, *, colour: bool = False) -> str:  # noqa: ARG001 (only people see colour)
    """One command a line for findings, unreadable files and notes, then the summary; empty if there is none of them."""
    lines = [_finding(finding) for finding in report.findings]
    lines += [_unreadable(file) for file in report.unmentioned]
    lines += [_command("notice", {"title": f"twiceshy {tool}"}, clean(note)) for note in report.notes]
    if last := summary(report, tool):
        lines.append(last)
    return "".join(line + "\n" for line in lines)


def _finding(finding: Diagnostic) -> str:
    where = finding.location
    properties = {}
    if where.path:
        properties["file"] = _file(where.path)
        if where.line > 0:
            properties |= {"line": str(where.line), "endLine": str(max(where.line, where.end_line))}
    properties["title"] = one_line(finding.rule)
    words = [clean(finding.message), clean(finding.why)]
    if finding.instead:
        words.append(f"Instead: {clean(finding.instead)}")
    if finding.see:
        words.append(f"See {place(finding.see.path, finding.see.line)}")
    return _command(_COMMANDS[finding.level], properties, "\n".join(dict.fromkeys(filter(None, words))))


def _unreadable(file: Unread) -> str:
    return _command("warning", {"file": _file(file.path), "title": "could not be read"}, clean(file.reason))


def _file(path: str) -> str:
    """A path as it is; one that would move the cursor of whoever reads the log is written with escapes."""
    plain = exact(path)
    # line ends and tabs are escaped as every command does it, or harmless
    moves = any(ord(char) < 0xA0 and not char.isprintable() and char not in "\t\n\r" for char in plain)
    return shown(plain) if moves else plain


def _command(name: str, properties: dict[str, str], message: str) -> str:
    """One workflow command, escaped as GitHub's own toolkit does it (actions/toolkit, packages/core/src/command.ts)."""
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {said}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
