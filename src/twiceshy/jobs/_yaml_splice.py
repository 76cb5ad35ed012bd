"""Appends an entry to the `repos` of a pre-commit configuration, or takes it out, without touching any other byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from yaml import MappingNode, Node

    Entry = dict[str, Any]


def with_entry(text: str, entry: Entry) -> str:
    """`text` with `entry` (repo, rev, and hooks of one key each) after the last of `repos`, in the same style.

    Raises ValueError if that cannot be done by adding lines.
    """
    last = _repos(text)[-1]
    place = _end_of_block(text, last)
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = _lines(entry, *_style(text, last))
    after = text[:place] + newline + newline.join(lines) + text[place:]
    _expect(after, {**_loaded(text), "repos": [*_loaded(text)["repos"], entry]})
    return after


def without_entry(text: str, entry: Entry) -> str:
    """`text` without the entry of these hooks, wherever it comes from and whatever its `rev`.

    Raises ValueError if there is no such entry, or no other.
    """
    nodes = _repos(text)
    loaded = _loaded(text)
    kept = [there for there in loaded["repos"] if {**there, "repo": entry["repo"], "rev": entry["rev"]} != entry]
    if len(kept) + 1 != len(nodes) or not kept:
        raise ValueError("the entry was changed since, or it is the only one")
    number = next(n for n, there in enumerate(loaded["repos"]) if there not in kept)
    start = text.rfind("\n", 0, nodes[number].start_mark.index)
    start -= text[:start].endswith("\r")
    after = text[:start] + text[_end_of_line(text, _last_word(text, nodes[number])) :]
    _expect(after, {**loaded, "repos": kept})
    return after


def _loaded(text: str) -> Entry:
    import yaml

    try:
        loaded = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError("it is not valid YAML") from error
    if not isinstance(loaded, dict) or not isinstance(loaded.get("repos"), list):
        raise ValueError("it has no list of repos")
    return loaded


def _expect(text: str, value: Entry) -> None:
    if _loaded(text) != value:
        raise ValueError("its layout is not understood")


def _repos(text: str) -> list[MappingNode]:
    """The entries of `repos`, each on lines of its own."""
    import yaml

    _loaded(text)
    document = cast("MappingNode", yaml.compose(text, yaml.SafeLoader))
    repos = next(value for key, value in document.value if key.value == "repos")
    if repos.flow_style or not repos.value or not all(isinstance(entry, yaml.MappingNode) for entry in repos.value):
        raise ValueError("its repos are not a list with a line for each")
    return list(repos.value)


def _style(text: str, entry: MappingNode) -> tuple[str, int, str, int]:
    """How `entry` is written: what stands before its dash, the width of dash and blanks, and the same for its hooks."""
    hooks = next((value for key, value in entry.value if key.value == "hooks"), None)
    before, width = _dash(text, entry)
    if hooks is None or hooks.flow_style or not hooks.value:
        return before, width, before + " " * width, width
    return before, width, *_dash(text, hooks.value[0])


def _dash(text: str, item: Node) -> tuple[str, int]:
    """What stands before the dash of a block item, and how many columns the dash takes with the blanks after it."""
    at = item.start_mark.index
    line = text[text.rfind("\n", 0, at) + 1 : at]
    before, dash, blanks = line.rpartition("-")
    if not dash or before.strip(" ") or blanks.strip(" "):
        raise ValueError("its layout is not understood")
    return before, 1 + len(blanks)


def _lines(entry: Entry, before: str, width: int, inner: str, inner_width: int) -> list[str]:
    lead = " " * width
    lines = [
        f"{before}{'-'.ljust(width)}repo: {entry['repo']}",
        f"{before}{lead}rev: {entry['rev']}",
        f"{before}{lead}hooks:",
    ]
    return lines + [f"{inner}{'-'.ljust(inner_width)}id: {hook['id']}" for hook in entry["hooks"]]


def _last_word(text: str, node: Node) -> int:
    """Where the last word of `node` ends; a block's own end mark lies behind the comments that follow it."""
    if isinstance(node.value, str) or not node.value or cast("MappingNode", node).flow_style:
        return len(text[: node.end_mark.index].rstrip(" \r\n"))
    last = node.value[-1]
    return _last_word(text, last[1] if isinstance(last, tuple) else last)


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - text[:end].endswith("\r")


def _end_of_block(text: str, node: Node) -> int:
    """The end of the last line of `node`, and of the comments that follow it at once."""
    end = _end_of_line(text, _last_word(text, node))
    while True:
        begin = text.find("\n", end) + 1
        if not begin or not text[begin : _end_of_line(text, begin)].lstrip(" ").startswith("#"):
            return end
        end = _end_of_line(text, begin)
