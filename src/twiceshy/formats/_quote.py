"""Makes words from documents and paths from repositories safe to show: nothing that moves a cursor, nothing endless.

On the agent hook's hot path: imports nothing.
"""

from __future__ import annotations

LINE = 200
TAKEAWAY = 600

# C0 without tab and line feed, DEL and C1; bidirectional embeddings, overrides and isolates, which make a line read
# otherwise than it is; the tag characters, which a person cannot see and a language model can.
_GONE = dict.fromkeys(
    (
        *range(0x09),
        *range(0x0B, 0x20),
        *range(0x7F, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xE0000, 0xE0080),
    )
)


def clean(text: str, limit: int = TAKEAWAY) -> str:
    """`text` without control characters and outer blanks, at most `limit` characters; a cut shows as an ellipsis.

    Line ends become line feeds; what is no character (a lone surrogate) becomes a question mark.
    """
    head = text[: 4 * limit]
    plain = exact(head.replace("\r\n", "\n").replace("\r", "\n").translate(_GONE)).strip()
    if len(head) == len(text) and len(plain) <= limit:
        return plain
    return plain[: limit - 1].rstrip() + "…"


def one_line(text: str, limit: int = LINE) -> str:
    """`clean(text, limit)` with every run of blanks and line ends as one space."""
    return " ".join(clean(text, limit).split())


def exact(text: str) -> str:
    """`text` as it is, but always encodable as UTF-8: for paths and ids, which must not be shortened."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def shown(path: str) -> str:
    """`path` on one line for people: what cannot be printed is written as an escape, so no two paths look alike."""
    if path.isprintable():
        return path
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in path)


def place(path: str, line: int) -> str:
    """`path:line` for people; a line below 1 means the whole file, an empty path a text that is no file."""
    if not path:
        return f"line {max(line, 1)}"
    return f"{shown(path)}:{line}" if line > 0 else shown(path)
