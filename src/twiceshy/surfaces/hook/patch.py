"""The patch language of Codex's `apply_patch`: `*** Begin Patch`, one section per file, lines marked ` `, `-` or `+`.

Read generously: the host decides whether a patch applies, this only has to see what it would change. The grammar stands
in openai/codex codex-rs/apply-patch/src/parser.rs.
"""

from __future__ import annotations

from twiceshy.surfaces.hook.hosts import FileEdit

_ADD, _UPDATE, _DELETE = "*** Add File: ", "*** Update File: ", "*** Delete File: "
_MOVE, _END = "*** Move to: ", "*** End Patch"


def edits_of(text: str) -> list[FileEdit]:
    """The edits of the first patch in `text`, which may be a shell command around it."""
    lines = text.split("\n")
    begin = next((i for i, line in enumerate(lines) if line.strip().endswith("*** Begin Patch")), len(lines))
    edits: list[FileEdit] = []
    body: list[str] = []
    for line in lines[begin + 1 :]:
        start = line.strip() + " "
        if start.startswith(_END):
            break
        if start.startswith((_ADD, _UPDATE, _DELETE)):
            _finish(edits, body)
            body = []
            edits.append(_section(line.strip()))
        elif start.startswith(_MOVE) and edits:
            edits[-1].moved_from, edits[-1].path = edits[-1].path, line.strip().removeprefix(_MOVE.strip()).strip()
        else:
            body.append(line.removesuffix("\r"))
    _finish(edits, body)
    return edits


def _section(header: str) -> FileEdit:
    verb, _, path = header.partition(": ")
    edit = FileEdit(path.strip(), content="" if verb + ": " == _ADD else None, deleted=verb + ": " == _DELETE)
    edit.by_line = True
    return edit


def _finish(edits: list[FileEdit], body: list[str]) -> None:
    """Give the last edit the lines that stood below its header."""
    if not edits:
        return
    edit = edits[-1]
    if edit.content is not None:
        edit.content = "".join(line[1:] + "\n" for line in body if line.startswith("+"))
    elif not edit.deleted:
        edit.swaps = list(_swaps(body))


def _swaps(body: list[str]) -> list[tuple[str, str, bool]]:
    """One swap of whole lines per `@@` chunk; one that only adds goes below the line its `@@` names, or to the end."""
    swaps: list[tuple[str, str, bool]] = []
    chunk: list[str] = []
    anchor = ""
    for line in [*body, "@@"]:
        if not line.startswith("@@"):
            chunk.append(line)
            continue
        old = [text[1:] for text in chunk if not text.startswith(("+", "***"))]
        new = [text[1:] for text in chunk if not text.startswith(("-", "***"))]
        if new and not old and anchor:
            old, new = [anchor], [anchor, *new]
        if old != new:
            swaps.append((_block(old), _block(new), False))
        anchor = line[2:].strip()
        chunk = []
    return swaps


def _block(lines: list[str]) -> str:
    return "".join(line + "\n" for line in lines)
