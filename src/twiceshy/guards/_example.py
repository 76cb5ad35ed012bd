"""A guard's own examples as changes, so that lint can run them through the engine that runs everything else."""

from __future__ import annotations

from twiceshy.model.change import Change, ChangedFile, Hunk, lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from twiceshy.model.guard import Example, Guard


def change_of(guard: Guard, example: Example, name: str) -> Change:
    """The situation `example` describes; `name` is the file its bare text is put in, where the engine needs one.

    For a guard with `when-added`, `when-removed` or `scope`, lines that all start with `+`, `-` or a space are a piece
    of a diff.
    """
    text = example.text or "\n".join(example.files.values())
    if guard.engine == "command":
        return Change(command=text)
    if guard.engine == "error":
        return Change(output=text)
    if guard.engine in ("path", "pair") and not example.files:
        return Change(_added(path.strip(), "") for path in lines_of(text) if path.strip())
    files = example.files or {name: text}
    return Change(_file(guard, path, text) for path, text in files.items())


def _file(guard: Guard, path: str, text: str) -> ChangedFile:
    lines = lines_of(text)
    if _is_patch(guard, lines):
        return _patched(path, lines)
    if guard.engine == "removed":
        return ChangedFile(path, [Hunk(1, lines, 1, [])], new=lambda: "", old=lambda: text)
    return _added(path, text)


def _is_patch(guard: Guard, lines: list[str]) -> bool:
    marks = {line[:1] for line in lines}
    if marks - {"+", "-", " ", ""} or not (guard.when_added or guard.when_removed or guard.scope != "added"):
        return False
    return "+" in marks or ("-" in marks and bool(guard.when_removed))


def _added(path: str, text: str) -> ChangedFile:
    return ChangedFile(path, [Hunk(0, [], 1, lines_of(text))], status="added", new=lambda: text)


def _patched(path: str, lines: list[str]) -> ChangedFile:
    old = [line[1:] for line in lines if line[:1] != "+"]
    new = [line[1:] for line in lines if line[:1] != "-"]
    hunks: list[Hunk] = []
    at, old_at, new_at = -1, 1, 1
    for number, line in enumerate(lines):
        if line[:1] in ("+", "-"):
            if not hunks or at != number - 1:
                hunks.append(Hunk(old_at, [], new_at, []))
            (hunks[-1].added if line[0] == "+" else hunks[-1].removed).append(line[1:])
            at = number
        old_at += line[:1] != "+"
        new_at += line[:1] != "-"
    return ChangedFile(path, hunks, new=lambda: "\n".join(new), old=lambda: "\n".join(old))
