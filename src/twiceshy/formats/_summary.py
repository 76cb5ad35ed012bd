"""The one line a run ends with: how much was found, kept quiet and could not be read."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from twiceshy.model.diagnostic import Report

_LEVELS = (
    ("error", "error", "errors"),
    ("block", "block", "blocks"),
    ("warn", "warning", "warnings"),
    ("advise", "advice", "advice"),
)


def summary(report: Report, tool: str) -> str:
    """`report` in one line without line end; empty if nothing was found, suppressed, expired or unreadable."""
    if not (report.findings or report.suppressed or report.expired or report.unreadable):
        return ""
    parts = [
        _found(report, "problem" if tool == "lint" else "finding"),
        f"{report.suppressed} suppressed, {report.expired} expired",
    ]
    if report.unreadable:
        parts.append(f"{_count(len(report.unreadable), 'file')} could not be read")
    return " · ".join(parts)


def _found(report: Report, noun: str) -> str:
    if not report.findings:
        return f"no {noun}s"
    levels = [finding.level for finding in report.findings]
    counts = [(levels.count(level), one, many) for level, one, many in _LEVELS]
    told = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)
    return f"{_count(len(levels), noun)} ({told})"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
