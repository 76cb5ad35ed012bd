"""`added`: a line the change adds matches a pattern.

The everyday guard: a call that must not come back, a flag that broke something, a setting somebody reverted. The
pattern is RE2, matched on each added line by itself; several alternatives may be given as a list. `scope: function` or
`scope: file` has it look at all lines of the functions or files that the change touches.

    added: 'verify\\s*=\\s*False'
    unless: 'localhost'
"""

from __future__ import annotations

from twiceshy.guards._regex import hits, patterns_of, required
from twiceshy.guards._scope import lines_in_scope
from twiceshy.model.change import LineSet, Match, lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from twiceshy.model.change import Change, ChangedFile
    from twiceshy.model.guard import Guard


def validate(guard: Guard) -> None:
    """Raise InvalidGuard unless the pattern can be compiled."""
    patterns_of(guard.pattern, guard.engine)


def needs(guard: Guard) -> frozenset[str]:
    """Text that occurs in every added line this guard can fire on; none if it looks at other lines as well."""
    return required(patterns_of(guard.pattern, guard.engine)) if guard.scope == "added" else frozenset()


def find(guard: Guard, change: Change) -> Iterator[Match]:
    """Every added line that matches; with `scope`, every line of the changed functions or files."""
    for file in change.files:
        lines = _lines(guard, file)
        for pattern in patterns_of(guard.pattern, guard.engine):
            for index in hits(pattern, lines):
                number = lines.numbers[index]
                yield Match(file.path, number, number, lines.line(index))


def _lines(guard: Guard, file: ChangedFile) -> LineSet:
    text = file.new_text() if guard.scope != "added" and file.hunks else None
    if text is None:
        return file.added()
    scope = lines_in_scope(guard.scope, file, text)
    return LineSet((number, line) for number, line in enumerate(lines_of(text), 1) if number in scope)
