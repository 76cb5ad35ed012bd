"""`command`: what an agent or a script is about to run.

The text is read as a shell reads it, so that the guard fires on the command and not on text that mentions it: `rm -rf`
is recognised in `sudo rm -r --force x`, `cd build && /bin/rm -fr .`, `bash -c 'rm -rf x'`, `find . -exec rm -rf {} +`,
and not in `echo "rm -rf"`, `git commit -m 'rm -rf'`, `grep rm -rf`. Lines added to shell scripts are read the same way.

    command: 'git push --force'
    unless: '--dry-run'

- The executable must be the one that runs; without a slash in the pattern its folder does not matter.
- All options must be there, in any order and grouping, short or long: `-rf` is `-r -f` is `--recursive --force` for the
  tools we know. `--flag=value` needs this value, `--flag` takes any.
- The other words must follow in this order; one right after the executable must come first there too, so `git push` is
  not `git stash push`. `*` is a glob inside one word, alone it is any word; write `'*'` for a star itself.
- `curl * | sh` needs both, next to each other in one pipeline. `SKIP=* git commit` needs the assignment.
- A list holds alternatives.

Names spelled to hide (`r''m`, `$'\\162m'`, base64, a name in a variable) are out of reach: a guard is a reminder, not a
cage. Of a very long text the first 65,536 characters of code are read, 6,000 of one statement; quotes, comments and
heredocs do not count.
"""

from __future__ import annotations

import functools

from twiceshy.guards._languages import language_of
from twiceshy.guards._scope import lines_in_scope
from twiceshy.model.change import Match

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from twiceshy.model.change import Change, ChangedFile
    from twiceshy.model.guard import Guard

_SHELLS = frozenset(("sh", "bash", "zsh", "dash", "ksh", "ash"))


def validate(guard: Guard) -> None:
    """Raise InvalidGuard unless every alternative is one command or one pipeline of commands."""
    from twiceshy.guards._calls import alternatives

    alternatives(guard.pattern)


def needs(guard: Guard) -> frozenset[str]:
    """Text that occurs in every command this guard can fire on, and in every script: in all of it, not in each line."""
    from twiceshy.guards._calls import alternatives, required

    return required(alternatives(guard.pattern))


def find(guard: Guard, change: Change) -> Iterator[Match]:
    """The commands that match: in the text about to run, and on lines added to shell scripts, or in their `scope`."""
    scripts = [(file, *script) for file in change.files for script in _scripts(file)]
    if not change.command and not scripts:
        return
    from twiceshy.guards._calls import alternatives, hits

    patterns = alternatives(guard.pattern)
    for first, last, text in hits(patterns, change.command or ""):
        yield Match("", first, last, text)
    for file, script, above in scripts:
        inside: Container[int] | None = None
        for first, last, text in hits(patterns, script):
            inside = _lines(guard, file) if inside is None else inside
            line = next((number for number in range(first + above, last + above + 1) if number in inside), 0)
            if line:
                yield Match(file.path, line, last + above, text)


def _lines(guard: Guard, file: ChangedFile) -> Container[int]:
    whole = file.new_text() if guard.scope != "added" else None
    return frozenset(file.added().numbers) if whole is None else lines_in_scope(guard.scope, file, whole)


@functools.lru_cache(maxsize=256)
def _scripts(file: ChangedFile) -> tuple[tuple[str, int], ...]:
    """The shell text of `file` and the number of lines above it; its added runs where the whole is not to be had."""
    shell = language_of(file.path) == "bash"
    if not file.hunks or (not shell and "." in file.path.rsplit("/", 1)[-1]):
        return ()
    whole = file.new_text()
    scripts = [(whole, 0)] if whole is not None else [("\n".join(run.added), run.new_start - 1) for run in file.hunks]
    return tuple(scripts) if shell or _is_shebang(scripts[0][0]) else ()


def _is_shebang(text: str) -> bool:
    line = text[:200].split("\n", 1)[0]
    return line.startswith("#!") and any(word.rsplit("/", 1)[-1] in _SHELLS for word in line[2:].split())
