"""What each agent sends before it acts and what it wants to hear back: pure translation, no file is touched.

Claude Code and Codex CLI speak the same language (`PreToolUse`, `SessionStart`, `hookSpecificOutput`), except that
Codex edits with `apply_patch` and gives the patch as `tool_input.command`. Gemini CLI says `BeforeTool` and takes
`decision` and `reason`; of a `BeforeTool` answer that lets the tool run, it shows `systemMessage` to the person and
does not yet give `additionalContext` to the model. Sources: code.claude.com/docs/en/hooks,
developers.openai.com/codex/hooks with the schemas in openai/codex codex-rs/hooks/schema, and google-gemini/gemini-cli
docs/hooks/reference.md.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Swap = tuple[str, str, bool]
    Json = dict[str, "Json"] | str

HOSTS = ("claude", "codex", "gemini")
_BEFORE = ("PreToolUse", "BeforeTool")


class FileEdit:
    """What a tool will do to one file: give it `content`, make `swaps` (old text, new text, everywhere), or delete it.

    With `by_line`, swaps are whole lines, as in a patch.
    """

    __slots__ = ("by_line", "content", "deleted", "moved_from", "path", "swaps")

    def __init__(
        self, path: str, *, content: str | None = None, swaps: list[Swap] | None = None, deleted: bool = False
    ) -> None:
        self.path = path
        self.content = content
        self.swaps = swaps or []
        self.deleted = deleted
        self.by_line = False
        self.moved_from = ""


class Event:
    """What is about to happen, whoever says so; `cwd` and `session` are empty if the host does not say them."""

    __slots__ = ("command", "cwd", "edits", "host", "name", "session", "source")

    def __init__(self, host: str, name: str, session: str, cwd: str) -> None:
        self.host = host
        self.name = name
        self.session = session
        self.cwd = cwd
        self.command: str | None = None
        self.edits: list[FileEdit] = []
        self.source = ""

    @property
    def starts(self) -> bool:
        """Whether a session begins, rather than a tool."""
        return self.name == "SessionStart"


def decode(event: dict[str, Any], host: str | None = None) -> Event | None:
    """The event in our words; None if it is one, or a tool, that no guard is about. `host` overrides its shape."""
    name = _text(event, "hook_event_name")
    decoded = Event(host or _host(event, name), name, _text(event, "session_id"), _text(event, "cwd"))
    if decoded.starts:
        decoded.source = _text(event, "source")
        return decoded
    tool, asked = _TOOLS.get(_text(event, "tool_name")), event.get("tool_input")
    if name not in _BEFORE or tool is None or not isinstance(asked, dict):
        return None
    tool(decoded, asked)
    return decoded if decoded.command is not None or decoded.edits else None


def encode(host: str, name: str, decision: str, texts: tuple[str, str]) -> str:
    """The host's JSON for `decision` (`block`, `warn`, `advise`, or empty for no decision to make).

    `texts` are what the agent is told and what the person sees; nothing is shown to a person for `advise`.
    """
    told, shown = texts
    answer: dict[str, Json] = {}
    if decision == "block" and host == "gemini":
        answer |= {"decision": "deny", "reason": told}
    elif decision == "block":
        deny: Json = {"hookEventName": name, "permissionDecision": "deny", "permissionDecisionReason": told}
        answer["hookSpecificOutput"] = deny
    else:
        answer["hookSpecificOutput"] = {"hookEventName": name, "additionalContext": told}
    if decision in ("block", "warn") and shown:
        answer["systemMessage"] = shown
    return _json(answer)


def _host(event: dict[str, Any], name: str) -> str:
    if name == "BeforeTool":
        return "gemini"
    return "codex" if "turn_id" in event or event.get("tool_name") == "apply_patch" else "claude"


def _text(values: dict[str, Any], *keys: str) -> str:
    """The first of `keys` that holds a text; what else a host may send there counts as not said."""
    return next((values[key] for key in keys if isinstance(values.get(key), str)), "")


def _run(event: Event, asked: dict[str, Any]) -> None:
    command = asked.get("command", asked.get("cmd"))
    words = [word for word in command if isinstance(word, str)] if isinstance(command, list) else []
    if words:
        in_shell = len(words) > 2 and words[1].startswith("-") and words[1].endswith("c")
        event.command = words[2] if in_shell else " ".join(map(_quoted, words))
    elif isinstance(command, str):
        event.command = command
    folder = _text(asked, "directory", "dir_path", "workdir")
    event.cwd = os.path.join(event.cwd, folder) if folder else event.cwd
    for text in words or [event.command or ""]:
        _patch(event, {"command": text})


def _quoted(word: str) -> str:
    plain = word.replace("-", "").replace("/", "").replace(".", "").replace("_", "").replace("=", "")
    return word if plain.isalnum() else "'" + word.replace("'", "'\\''") + "'"


def _patch(event: Event, asked: dict[str, Any]) -> None:
    patch = _text(asked, "command", "patch", "input")
    if "*** Begin Patch" in patch:
        from twiceshy.surfaces.hook.patch import edits_of

        event.edits += edits_of(patch)


def _write(event: Event, asked: dict[str, Any]) -> None:
    path = _text(asked, "file_path")
    if path:
        event.edits.append(FileEdit(path, content=_text(asked, "content")))


def _edit(event: Event, asked: dict[str, Any]) -> None:
    """One swap, or several in `edits`, each made on the outcome of the one before."""
    path = _text(asked, "file_path")
    many = asked.get("edits")
    swaps = [_swap(one) for one in (many if isinstance(many, list) else [asked]) if isinstance(one, dict)]
    if path:
        event.edits.append(FileEdit(path, swaps=swaps))


def _swap(asked: dict[str, Any]) -> Swap:
    count = asked.get("expected_replacements")
    everywhere = bool(asked.get("replace_all") or asked.get("allow_multiple")) or (isinstance(count, int) and count > 1)
    return _text(asked, "old_string"), _text(asked, "new_string"), everywhere


def _notebook(event: Event, asked: dict[str, Any]) -> None:
    """A cell's new source, judged by itself: the file holds it as JSON."""
    path = _text(asked, "notebook_path")
    if path and asked.get("edit_mode") != "delete":
        event.edits.append(FileEdit(path, swaps=[("", _text(asked, "new_source"), False)]))


_TOOLS: dict[str, Callable[[Event, dict[str, Any]], None]] = {
    "Bash": _run,
    "shell": _run,
    "local_shell": _run,
    "shell_command": _run,
    "exec_command": _run,
    "run_shell_command": _run,
    "apply_patch": _patch,
    "Write": _write,
    "write_file": _write,
    "Edit": _edit,
    "MultiEdit": _edit,
    "replace": _edit,
    "NotebookEdit": _notebook,
}


def _json(value: Json) -> str:
    """JSON without the `json` module, whose import costs more than everything else here."""
    try:
        from _json import encode_basestring as quoted
    except ImportError:  # another Python than CPython
        from json import dumps

        return dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return quoted(value)
    return "{" + ",".join(f"{quoted(key)}:{_json(inner)}" for key, inner in value.items()) + "}"
