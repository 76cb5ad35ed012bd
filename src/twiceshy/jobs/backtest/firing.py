"""One pass over the past with many guards: which commits would each of them have spoken about, and where?"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from importlib.metadata import version
from typing import Any

from twiceshy.guards import fires, matches_path
from twiceshy.jobs.backtest.queries import query_of
from twiceshy.model.backtest import Spot
from twiceshy.model.change import Change, ChangedFile
from twiceshy.model.guard import Guard
from twiceshy.model.history import PastFile
from twiceshy.model.ports import History

_MOST = 20  # places in one file that are kept: nobody reads more of one fire
_LONGEST = 400
_FORM = 1  # of the rows that are kept; whoever changes them counts up
Spots = dict[int, list[Spot]]
Row = tuple[Any, ...]  # the number of a commit and a spot, as they are kept


def spots_of(guards: Sequence[Guard], history: History, within: Container[int], only: tuple[str, ...]) -> list[Spots]:
    """For each guard the commits (by number) among `within` in which it fires, with the places by path and line.

    `only` are globs of the files that count, none for all. The final word is that of `check`: `guards.fires`.
    """
    kept = [history.known_fires(_name(guard)) if is_costly(guard) else {} for guard in guards]
    queries = [query_of(guard)._replace(known=known.keys()) for guard, known in zip(guards, kept, strict=True)]

    def counts(number: int, path: str) -> bool:
        return number in within and (not only or matches_path(path, only))

    def look(at: int, past: PastFile, file: ChangedFile) -> list[list[Spot]]:
        if not counts(past.commit, past.path):
            return []
        spots = spots_in(guards[at], file)
        return [spots] if spots or is_costly(guards[at]) else []

    fresh: list[dict[int, list[Row]]] = [{} for _ in guards]
    for at, past, (spots,) in history.each(queries, look):
        fresh[at][past.key] = [(past.commit, *spot) for spot in spots]
    found = []
    for guard, known, new in zip(guards, kept, fresh, strict=True):
        if is_costly(guard) and new:
            history.keep_fires(_name(guard), new.items())
        rows = ((row[0], Spot(*row[1:])) for rows in (*known.values(), *new.values()) for row in rows)
        own = _by_commit((number, spot) for number, spot in rows if counts(number, spot.path))
        found.append(_whole(guard, own, history) if guard.engine == "pair" else own)
    return found


def _by_commit(rows: Iterable[tuple[int, Spot]]) -> Spots:
    """Places by commit, oldest first, those of one commit by path and line."""
    found: Spots = {}
    for number, spot in sorted(rows):
        found.setdefault(number, []).append(spot)
    return found


def _whole(guard: Guard, spots: Spots, history: History) -> Spots:
    """Only commits about which a `pair` guard still speaks when it sees everything that they changed."""
    changes = {number: Change(map(history.changed_file, history.files([number]))) for number in spots}
    return {number: spots[number] for number, change in changes.items() if any(True for _ in fires(guard, change))}


def is_costly(guard: Guard) -> bool:
    """Whether it reads whole files, so that what it said is worth keeping."""
    around = (condition.place for condition in (guard.with_, guard.without) if condition)
    return guard.engine in ("ast", "dependency", "command") or guard.scope != "added" or "function" in around


def _name(guard: Guard) -> str:
    """What this guard's fires are kept under: another version of us may see other things."""
    return f"{guard.digest} {version('twiceshy')} {_FORM}"


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
