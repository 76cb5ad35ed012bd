"""`markdown`: a comment on a pull request, or a summary of a job.

    twiceshy check --from-ref origin/main --to-ref HEAD --format markdown >> "$GITHUB_STEP_SUMMARY"

What is quoted stands in code, where nobody is mentioned, no issue is referred to and no markup works. The first line,
`<!-- twiceshy check -->`, is one nobody sees, by which a program finds its comment again to update it. Where there is
nothing to say, the second line is `<!-- silent -->`. It stays below the 65,536 characters that GitHub takes, with the
most severe findings first.
"""

from __future__ import annotations

from twiceshy.formats._quote import TAKEAWAY, one_line, place
from twiceshy.formats._summary import summary
from twiceshy.formats._web import address

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from twiceshy.model.diagnostic import Diagnostic, Report
    from twiceshy.model.text import Location

ROOM = 60_000
"""Characters of one comment, with some to spare below GitHub's 65,536 ("body is too long")."""
_WEIGHT = {"block": 0, "error": 0, "warn": 1, "advise": 2}


def render(report: Report, tool: str, *, colour: bool = False) -> str:  # noqa: ARG001 (only people see colour)
    """The whole comment; always printed, as it may have to replace one that had something to say."""
    last = summary(report, tool)
    head = f"<!-- twiceshy {tool} -->\n"
    if not (last or report.notes):
        return f"{head}<!-- silent -->\ntwiceshy has nothing to say about this.\n"
    parts = [f"{head}**twiceshy {tool}**: {last or 'no findings'}\n"]
    room = ROOM - len(parts[0])
    pieces = [*_findings(report), *_rest(report)]
    for number, piece in enumerate(pieces):
        room -= len(piece) + 1
        if room < 0:
            parts.append(f"{len(pieces) - number} more did not fit in here; the log of the job has them all.\n")
            break
        parts.append(piece)
    return "\n".join(parts)


def _findings(report: Report) -> Iterator[str]:
    told: set[object] = set()
    for finding in sorted(report.findings, key=lambda found: _WEIGHT[found.level]):
        where = _link(report.web, finding.location)
        lines = list(_words(finding)) if (key := _lesson(finding)) not in told or not finding.is_guard else []
        told.add(key)
        snippet = one_line(finding.snippet)
        quoted = _quoted([*([f"> {snippet}"] if snippet else []), *lines])
        see = f"Read on in {_link(report.web, finding.see)}.\n" if finding.see and lines else ""
        yield "\n".join(
            filter(None, [f"**{finding.level}** {_code(one_line(finding.rule))} in {where}\n", quoted, see])
        )


def _lesson(finding: Diagnostic) -> object:
    return finding.rule, finding.message, finding.why, finding.instead, finding.see


def _words(finding: Diagnostic) -> Iterator[str]:
    said = {""}
    for label, words in (("", finding.message), ("Why: ", finding.why), ("Instead: ", finding.instead)):
        line = one_line(words, TAKEAWAY)
        if line not in said:
            said.add(line)
            yield label + line


def _rest(report: Report) -> Iterator[str]:
    for file in report.unmentioned:
        yield f"{_code(place(file.path, 0))} could not be read: {_code(one_line(file.reason))}\n"
    for note in report.notes:
        yield f"{_code(one_line(note, TAKEAWAY))}\n"


def _link(web: str, where: Location) -> str:
    words = _code(place(where.path, where.line))
    return f"[{words}]({address(web, where)})" if web and where.path else words


def _quoted(lines: list[str]) -> str:
    """Lines of text in a fence that is longer than any in them; long lines wrap, as nobody scrolls in a comment."""
    from textwrap import wrap

    if not lines:
        return ""
    text = "\n".join(piece for line in lines for piece in wrap(line, 100, break_long_words=False))
    fence = "`" * max(3, _longest(text) + 1)
    return f"{fence}text\n{text}\n{fence}\n"


def _code(words: str) -> str:
    """`words` as a code span (CommonMark 6.1): a longer run of backticks around, blanks where one is at an end."""
    if not words.strip():
        return "`?`"
    ticks = "`" * (_longest(words) + 1)
    pad = " " if words[0] in "` " or words[-1] in "` " else ""
    return f"{ticks}{pad}{words}{pad}{ticks}"


def _longest(text: str) -> int:
    import re

    return max(map(len, re.findall("`+", text)), default=0)
