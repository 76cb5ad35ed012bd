"""Path patterns as git's own ignore files write them, turned into linear-time regular expressions."""

from __future__ import annotations

from twiceshy.errors import InvalidGuard

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENTS = (".md", ".markdown", ".mdc")

_SPECIAL = frozenset(".^$*+?{}()|[]\\-&~#")
_DEEPER = "(?:.*/)?"


def glob_regex(glob: str) -> str:
    """An anchored pattern for `glob`, for RE2 and for `re`, matched against a path relative to the repository's root.

    As in gitignore(5): `*` and `?` stay inside one folder, `**` between slashes crosses folders, a backslash takes away
    a character's meaning, a pattern without a slash matches a name at any depth, one that names a folder matches
    everything in it, and one that ends with a slash names only folders. Raises InvalidGuard for what gitignore passes
    over in silence: a class that is open, empty or backwards, a last backslash, `{a,b}`, a leading `!`.
    """
    inside = "/.+" if glob.rstrip().endswith("/") else "(?:/.*)?"
    return "^" + "".join(regex for regex, _ in _pieces(glob)) + inside + "$"


def glob_of(path: str) -> str:
    """A glob that means this file or folder (relative to the repository's root) and nothing else."""
    return "**" if path == "." else "/" + "".join(f"\\{char}" if char in _SPECIAL else char for char in path)


def glob_example(glob: str) -> str:
    """A path that `glob` matches. Raises InvalidGuard as `glob_regex` does."""
    sample = "".join(sample for _, sample in _pieces(glob))
    return sample + "/example" if glob.rstrip().endswith("/") else sample


def glob_literals(glob: str) -> list[str]:
    """The runs of characters that occur, for every path `glob` matches, in that path with a slash before and after it.

    Raises InvalidGuard as `glob_regex` does.
    """
    runs = ["/"]
    for regex, sample in _pieces(glob):
        if regex in (sample, "\\" + sample):
            runs[-1] += sample
        else:
            runs.append("/" if regex == _DEEPER else "")
    runs[-1] += "/"
    return [run for run in runs if run.strip("/")]


def _pieces(glob: str) -> Iterator[tuple[str, str]]:
    """Each element of `glob` as a pattern, with a text it matches."""
    if glob.lstrip().startswith("!"):
        raise InvalidGuard(f"the glob {glob!r} starts with !", "name what to leave out under exclude")
    body = glob.strip().removeprefix("./").strip("/")
    if not body or body == ".":
        raise InvalidGuard(f"the glob {glob!r} names nothing", "write '**' for every file")
    if "/" not in body and not glob.strip().startswith(("/", "./")):
        yield _DEEPER, ""
    at = 0
    while at < len(body):
        regex, sample, at = _piece(glob, body, at)
        yield regex, sample


def _piece(glob: str, body: str, at: int) -> tuple[str, str, int]:
    """The pattern and sample of the element at `at`, and where the next one starts."""
    char = body[at]
    if char == "*":
        return _stars(body, at)
    if char == "?":
        return "[^/]", "x", at + 1
    if char == "[":
        return _class(glob, body, at)
    if char == "{" and "," in body[at : body.find("}", at) + 1]:
        raise InvalidGuard(f"the glob {glob!r} holds {{a,b}}", "globs are git's: write a list with one glob for each")
    if char == "\\":
        at += 1
        char = body[at : at + 1]
        if not char:
            raise InvalidGuard(f"the glob {glob!r} ends with a backslash", "separate folders with /")
    return ("\\" + char if char in _SPECIAL else char), char, at + 1


def _stars(body: str, at: int) -> tuple[str, str, int]:
    end = at
    while end < len(body) and body[end] == "*":
        end += 1
    alone = (at == 0 or body[at - 1] == "/") and (end == len(body) or body[end] == "/")
    if end - at < 2 or not alone:
        return "[^/]*", "example", end
    return (".+", "example", end) if end == len(body) else (_DEEPER, "", end + 1)


def _class(glob: str, body: str, at: int) -> tuple[str, str, int]:
    """A class such as `[a-z]` or `[!.]`, which never matches a slash."""
    negated = body[at + 1 : at + 2] in ("!", "^")
    start = at = at + 1 + negated
    ranges: list[tuple[str, str]] = []
    while at < len(body) and (body[at] != "]" or at == start):
        low, at = _member(glob, body, at)
        high = low
        if body[at : at + 1] == "-" and body[at + 1 : at + 2] not in ("]", ""):
            high, at = _member(glob, body, at + 1)
        if low > high:
            raise InvalidGuard(f"the glob {glob!r} holds a range from {low} to {high}", "put the smaller one first")
        ranges += [part for part in ((low, min(high, ".")), (max(low, "0"), high)) if part[0] <= part[1]]
    if at >= len(body):
        raise InvalidGuard(f"the glob {glob!r} opens a [ that nothing closes", r"write \[ for the character itself")
    candidates = ["x", "0", *(chr(ord(high) + 1) for _, high in ranges if high != "\U0010ffff")]
    samples = candidates if negated else [low for low, _ in ranges]
    sample = next((c for c in samples if c != "/" and any(a <= c <= b for a, b in ranges) != negated), "")
    if not sample:
        raise InvalidGuard(f"the glob {glob!r} holds a class that matches nothing", "a class never matches a slash")
    members = "".join(_escaped(low) + ("-" + _escaped(high) if high > low else "") for low, high in ranges)
    return (f"[^/{members}]" if negated else f"[{members}]"), sample, at + 1


def _member(glob: str, body: str, at: int) -> tuple[str, int]:
    if body.startswith("[:", at) and ":]" in body[at:]:
        raise InvalidGuard(f"the glob {glob!r} holds a named class", "write the characters themselves, as in [a-z]")
    at += body[at] == "\\" and at + 1 < len(body)
    return body[at], at + 1


def _escaped(char: str) -> str:
    return "\\" + char if char in _SPECIAL else char
