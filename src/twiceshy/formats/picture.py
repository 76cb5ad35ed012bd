"""Fires over time: as an SVG that stands for itself, and in one line for a terminal."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from twiceshy.formats._quote import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twiceshy.model.backtest import Backtest

_MONTHS = (3, 6, 12, 24, 60, 120, 600, 2400)
_BLOCKS = " ▁▂▃▄▅▆▇█"
_WIDE = 60
_LETTERS = {"culprit": "C", "fix": "F", "lesson": "L"}


class Column(NamedTuple):
    """A stretch of time: `label` says when it begins; `fires` in it, of which a fix took some back (`undone`)."""

    label: str
    fires: int
    undone: int
    marks: tuple[str, ...]


def columns(found: Backtest, most: int = _WIDE) -> tuple[int, list[Column]]:
    """How many months one column stands for, and the columns from the first day of history to the last.

    As fine as `most` columns allow: quarters at best.
    """
    days = [fire.commit.day for fire in found.fires] + [day for _, day in found.marks]
    months = [month for month in map(_month, [found.first, found.last, *days]) if month]
    if not months:
        return _MONTHS[0], []
    first, last = min(months), max(months)
    size = next((size for size in _MONTHS if last // size - first // size < most), _MONTHS[-1])
    fires = Counter(_month(fire.commit.day) // size for fire in found.fires)
    undone = Counter(_month(fire.commit.day) // size for fire in found.fires if fire.undone_by)
    marks: dict[int, list[str]] = {}
    for name, day in found.marks:
        if month := _month(day):
            marks.setdefault(month // size, []).append(name)
    span = range(first // size, last // size + 1)
    return size, [Column(_label(at * size, size), fires[at], undone[at], tuple(marks.get(at, ()))) for at in span]


def bars(found: Backtest) -> Iterator[str]:
    """The fires over time in a line of blocks, the marks below it, and what it all means."""
    size, cells = columns(found)
    if not found.fires or not cells:
        return
    top = max(cell.fires for cell in cells)
    line = "".join(_BLOCKS[-(-cell.fires * 8 // top)] if cell.fires else "·" for cell in cells)
    yield f"{'when':<9}{cells[0].label} {line} {cells[-1].label}"
    letters = "".join("*" if len(cell.marks) > 1 else _LETTERS[cell.marks[0]] if cell.marks else " " for cell in cells)
    if letters.strip():
        yield " " * (10 + len(cells[0].label)) + letters.rstrip()
    names = [f"{_LETTERS[name]} {name}" for name, _ in found.marks]
    several = ["* " + " and ".join(cell.marks) for cell in cells if len(cell.marks) > 1]
    each = {3: "a quarter", 6: "half a year", 12: "a year"}.get(size, f"{size // 12} years")
    yield " " * 9 + " · ".join([f"each sign is {each}, the highest {top} fire{'s' * (top > 1)}", *names, *several])


# Plain colours and no variables: many programs that show SVG know only those. Red, green and blue marks differ in
# lightness too, and each has its name beside it.
_STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 15px; }
  .soft { fill: #59636e; font-size: 11px; }
  .page { fill: #ffffff; }
  .rule { stroke: #d0d7de; }
  .fire { fill: #8c959f; }
  .undone { fill: #bc4c00; }
  line.mark { stroke-width: 1.5; stroke-dasharray: 4 3; }
  text.mark { font-size: 11px; paint-order: stroke; stroke: #ffffff; stroke-width: 3px; }
  line.culprit { stroke: #cf222e; } text.culprit { fill: #cf222e; }
  line.fix { stroke: #1a7f37; } text.fix { fill: #1a7f37; }
  line.lesson { stroke: #0969da; } text.lesson { fill: #0969da; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } text.mark { stroke: #0d1117; } .soft { fill: #9198a1; }
    .page { fill: #0d1117; } .rule { stroke: #30363d; }
    .fire { fill: #6e7681; } .undone { fill: #f0883e; }
    line.culprit { stroke: #ff7b72; } text.culprit { fill: #ff7b72; }
    line.fix { stroke: #56d364; } text.fix { fill: #56d364; }
    line.lesson { stroke: #58a6ff; } text.lesson { fill: #58a6ff; }
  }
"""
_LEFT, _RIGHT, _PLOT, _HIGH, _PANEL = 48, 24, 768, 120, 250


def svg(backtests: Sequence[Backtest]) -> str:
    """One panel for each guard: columns of fires, those that a small fix took back set apart, and the marks.

    Self-contained (no script, no font, nothing fetched); follows the reader's light or dark scheme.
    """
    shown = [found for found in backtests if not found.cannot]
    width, height = _LEFT + _PLOT + _RIGHT, max(_PANEL * len(shown), 60)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' role="img" aria-label="what guards would have said about the past">',
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{width}" height="{height}"/>',
    ]
    for number, found in enumerate(shown):
        parts += [f'<g transform="translate(0 {number * _PANEL})">', *_panel(found), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(found: Backtest) -> Iterator[str]:
    size, cells = columns(found)
    top, base = max((cell.fires for cell in cells), default=0), 72 + _HIGH
    step = _PLOT / max(len(cells), 1)
    yield _text(_LEFT, 24, one_line(found.subject.guard.id), "title")
    yield _text(_LEFT, 42, _caption(found), "soft")
    yield f'<line class="rule" x1="{_LEFT}" y1="{base}" x2="{_LEFT + _PLOT}" y2="{base}"/>'
    if top:
        yield f'<line class="rule" x1="{_LEFT}" y1="{base - _HIGH}" x2="{_LEFT + _PLOT}" y2="{base - _HIGH}"/>'
        yield _text(_LEFT - 6, base - _HIGH + 4, str(top), "soft", "end")
    yield _text(_LEFT - 6, base + 4, "0", "soft", "end")
    every = max(1, -(-len(cells) // 10))
    for at, cell in enumerate(cells):
        x = _LEFT + at * step
        if at % every == 0:
            is_last = len(cells) - at < every and x + step > _PLOT
            yield _text(x + step if is_last else x, base + 16, cell.label, "soft", "end" if is_last else "start")
        yield from _column(cell, x, step, top, base)
    marks = [
        (name, _LEFT + (at + 0.5) * step + (number - (len(cell.marks) - 1) / 2) * 4)
        for at, cell in enumerate(cells)
        for number, name in enumerate(cell.marks)
    ]
    yield from (_dashes(name, x, base, lane) for lane, (name, x) in enumerate(marks))
    yield from (_name(name, x, lane) for lane, (name, x) in enumerate(marks))
    yield from _legend(size, base + 38)


def _caption(found: Backtest) -> str:
    undone = sum(bool(fire.undone_by) for fire in found.fires)
    told = f"would have spoken about {len(found.fires):,} of {found.commits:,} commits"
    return f"{told}; a small fix later took back {undone:,}"


def _column(cell: Column, x: float, step: float, top: int, base: int) -> Iterator[str]:
    bottom = float(base)
    told = escape(f"{cell.label}: {cell.fires} fires, {cell.undone} taken back by a fix")
    for name, count in (("undone", cell.undone), ("fire", cell.fires - cell.undone)):
        if count:
            high = count * _HIGH / top
            bottom -= high
            yield (
                f'<rect class="{name}" x="{x + step * 0.1:.1f}" y="{bottom:.1f}" width="{step * 0.8:.1f}"'
                f' height="{high:.1f}"><title>{told}</title></rect>'
            )


def _dashes(name: str, x: float, base: int, lane: int) -> str:
    """A dashed line that begins in one of three rows, so that the names of neighbours can be read."""
    return f'<line class="mark {name}" x1="{x:.1f}" y1="{_row(lane)}" x2="{x:.1f}" y2="{base}"/>'


def _name(name: str, x: float, lane: int) -> str:
    at_end = x > _LEFT + _PLOT - 60
    return _text(x - 6 if at_end else x + 6, _row(lane) + 4, name, f"mark {name}", "end" if at_end else "start")


def _row(lane: int) -> int:
    return 58 + lane % 3 * 12


def _legend(size: int, y: int) -> Iterator[str]:
    each = {3: "quarter", 6: "half-year", 12: "year"}.get(size, f"{size // 12} years")
    x = _LEFT
    for name, words, wide in (
        ("fire", f"fires in one {each}", 150),
        ("undone", "later taken back by a small fix", 210),
    ):
        yield f'<rect class="{name}" x="{x}" y="{y - 10}" width="12" height="12"/>'
        yield _text(x + 18, y, words, "soft")
        x += wide


def _text(x: float, y: float, words: str, name: str, anchor: str = "start") -> str:
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _month(day: str) -> int:
    """Months since the year 0; 0 for what is no day."""
    year, _, rest = day.partition("-")
    month = rest[:2] or "01"
    return int(year) * 12 + int(month) - 1 if year.isdecimal() and month.isdecimal() and year.isascii() else 0


def _label(month: int, size: int) -> str:
    year, part = divmod(month, 12)
    return f"{year}" if size >= 12 else f"{year}-{part + 1:02}"
