"""One pass over the past with many guards: which commits would each of them have spoken about, and where?"""

from __future__ import annotations

from collections.abc import Container, Sequence

from twiceshy import __version__
from twiceshy.guards import fires, matches_path
from twiceshy.jobs.backtest.queries import query_of
from twiceshy.model.backtest import Spot
from twiceshy.model.change import Change, ChangedFile
from twiceshy.model.guard import Guard
from twiceshy.model.history import PastFile
from twiceshy.model.ports import History

_MOST = 20  # places in one file that are kept: nobody reads more of one fire
_LONGEST = 400
Spots = dict[int, list[Spot]]


def spots_of(guards: Sequence[Guard], history: History, within: Container[int], only: tuple[str, ...]) -> list[Spots]:
    """For each guard the commits (by number) among `within` in which it fires, with the places by path and line.

    `only` are globs of the files that count, none for all. The final word is that of `check`: `guards.fires`.
    """
    known = [history.known_fires(_name(guard)) if is_costly(guard) else None for guard in guards]

    def look(at: int, past: PastFile, file: ChangedFile) -> list[list[Spot]]:
        if past.commit not in within or (only and not matches_path(past.path, only)):
            return []
        kept = known[at]
        if kept is None:
            spots = spots_in(guards[at], file)
            return [spots] if spots else []
        return [[Spot(*spot) for spot in kept[past.key]] if past.key in kept else spots_in(guards[at], file)]

    found: list[Spots] = [{} for _ in guards]
    fresh: list[list[tuple[int, list[Spot]]]] = [[] for _ in guards]
    for at, past, (spots,) in history.each([query_of(guard) for guard in guards], look):
        kept = known[at]
        if kept is not None and past.key not in kept:
            fresh[at].append((past.key, spots))
        if spots:
            found[at].setdefault(past.commit, []).extend(spots)
    for guard, rows, spots_by in zip(guards, fresh, found, strict=True):
        if rows:
            history.keep_fires(_name(guard), rows)
        if guard.engine == "pair":
            for number in [number for number in spots_by if not _speaks_on_all(guard, history, number)]:
                del spots_by[number]
    return [{number: sorted(spots[number]) for number in sorted(spots)} for spots in found]


def is_costly(guard: Guard) -> bool:
    """Whether it reads whole files, so that what it said is worth keeping."""
    around = (condition.place for condition in (guard.with_, guard.without) if condition)
    return guard.engine in ("ast", "dependency", "command") or guard.scope != "added" or "function" in around


def _name(guard: Guard) -> str:
    """What this guard's fires are kept under: another version of us may see other things."""
    return f"{guard.digest} {__version__}"


def spots_in(guard: Guard, file: ChangedFile) -> list[Spot]:
    """The first places in one changed file that `guard` speaks about."""
    change, place = Change([file]), _as_it_is
    if guard.engine == "error":  # a log that was committed: what was added is what it said
        lines = file.added()
        change = Change(output=lines.data.decode("utf-8", "replace"))
        place = lambda line: lines.numbers[line - 1]  # noqa: E731
    spots = []
    for match in fires(guard, change):
        first, last = place(match.line), place(match.end_line)
        spots.append(Spot(match.path or file.path, first, last, match.side, match.text[:_LONGEST]))
        if len(spots) == _MOST:
            break
    return spots


def _as_it_is(line: int) -> int:
    return line


def _speaks_on_all(guard: Guard, history: History, number: int) -> bool:
    """Whether a `pair` guard still speaks when it sees everything that the commit changed."""
    files = [history.changed_file(past) for past in history.files([number])]
    return any(True for _ in fires(guard, Change(files)))
