"""Where a browser shows a file of the repository."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from twiceshy.model.text import Location


def uri(path: str) -> str:
    """`path` as a relative URI; bytes of a name that is not UTF-8 (surrogateescape) come out as they are on disk."""
    from urllib.parse import quote

    try:
        return quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return quote(path.encode("utf-8", "replace"))


def address(web: str, where: Location) -> str:
    """The address of a place in a file below `web`; relative to the repository's root if that is empty.

    GitHub and GitLab give lines of Markdown an anchor only in its plain form.
    """
    line = f"#L{where.line}" if where.line > 0 else ""
    return f"{web}{uri(where.path)}{'?plain=1' if web and line else ''}{line}"
