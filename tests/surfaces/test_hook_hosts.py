"""Events as Claude Code, Codex CLI and Gemini CLI send them, and answers as they want them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiceshy.surfaces.hook.hosts import decode, encode
from twiceshy.surfaces.hook.patch import edits_of

CLAUDE = {
    "session_id": "b6f1",
    "transcript_path": "/home/ada/.claude/projects/shop/b6f1.jsonl",
    "cwd": "/home/ada/shop",
    "permission_mode": "default",
    "hook_event_name": "PreToolUse",
    "tool_use_id": "toolu_01",
}
CODEX = {
    "session_id": "0199",
    "transcript_path": None,
    "cwd": "/home/ada/shop",
    "hook_event_name": "PreToolUse",
    "model": "gpt-5-codex",
    "permission_mode": "default",
    "turn_id": "4",
    "tool_use_id": "call_7",
}
GEMINI = {
    "session_id": "77aa",
    "transcript_path": "/home/ada/.gemini/tmp/chat.json",
    "cwd": "/home/ada/shop",
    "hook_event_name": "BeforeTool",
    "timestamp": "2026-03-01T10:00:00.000Z",
}
PATCH = """*** Begin Patch
*** Add File: src/new.py
+import os
+os.remove(path)
*** Update File: src/old.py
*** Move to: src/moved.py
@@ def main():
 keep = 1
-drop = 2
+come = 3
@@
-last
*** End of File
*** Delete File: src/gone.py
*** End Patch
"""


def event(base: dict[str, object], tool: str, **asked: object) -> dict[str, object]:
    return base | {"tool_name": tool, "tool_input": asked}


def test_claude_runs_a_command() -> None:
    decoded = decode(event(CLAUDE, "Bash", command="ls -la", description="List files"))
    assert decoded is not None
    assert (decoded.host, decoded.command, decoded.session, decoded.cwd) == (
        "claude",
        "ls -la",
        "b6f1",
        "/home/ada/shop",
    )
    assert decoded.edits == []


def test_claude_writes_a_file() -> None:
    decoded = decode(event(CLAUDE, "Write", file_path="/home/ada/shop/a.py", content="x = 1\n"))
    assert decoded is not None
    assert [(edit.path, edit.content) for edit in decoded.edits] == [("/home/ada/shop/a.py", "x = 1\n")]


def test_claude_edits_a_file_once_or_everywhere() -> None:
    for everywhere in (False, True):
        asked = {"file_path": "a.py", "old_string": "1", "new_string": "2", "replace_all": everywhere}
        decoded = decode(event(CLAUDE, "Edit", **asked))
        assert decoded is not None
        assert decoded.edits[0].swaps == [("1", "2", everywhere)]


def test_claude_makes_several_edits_in_order() -> None:
    edits = [{"old_string": "1", "new_string": "2"}, {"old_string": "2", "new_string": "3", "replace_all": True}]
    decoded = decode(event(CLAUDE, "MultiEdit", file_path="a.py", edits=edits))
    assert decoded is not None
    assert decoded.edits[0].swaps == [("1", "2", False), ("2", "3", True)]


def test_claude_edits_a_notebook_cell() -> None:
    decoded = decode(event(CLAUDE, "NotebookEdit", notebook_path="n.ipynb", cell_id="3", new_source="x = 1"))
    assert decoded is not None
    assert (decoded.edits[0].path, decoded.edits[0].swaps) == ("n.ipynb", [("", "x = 1", False)])


def test_a_session_of_claude_starts() -> None:
    decoded = decode({**CLAUDE, "hook_event_name": "SessionStart", "source": "compact"})
    assert decoded is not None
    assert decoded.starts
    assert decoded.source == "compact"


def test_codex_runs_a_command_and_is_told_from_claude() -> None:
    decoded = decode(event(CODEX, "Bash", command="git status"))
    assert decoded is not None
    assert (decoded.host, decoded.command) == ("codex", "git status")


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["bash", "-lc", "rm -rf build && make"], "rm -rf build && make"),
        (["git", "commit", "-m", "it's done"], "git commit -m 'it'\\''s done'"),
        (["rm", "-rf", "a b"], "rm -rf 'a b'"),
    ],
)
def test_codex_gives_a_command_as_words(words: list[str], command: str) -> None:
    decoded = decode(event(CODEX, "shell", command=words, workdir="/home/ada/shop/api"))
    assert decoded is not None
    assert (decoded.command, decoded.cwd) == (command, "/home/ada/shop/api")


def test_codex_gives_a_patch_as_a_command() -> None:
    decoded = decode(event(CODEX, "apply_patch", command=PATCH))
    assert decoded is not None
    assert decoded.command is None
    new, moved, gone = decoded.edits
    assert (new.path, new.content) == ("src/new.py", "import os\nos.remove(path)\n")
    assert (moved.path, moved.moved_from) == ("src/moved.py", "src/old.py")
    assert moved.swaps == [("keep = 1\ndrop = 2\n", "keep = 1\ncome = 3\n", False), ("last\n", "", False)]
    assert (gone.path, gone.deleted) == ("src/gone.py", True)


def test_a_patch_inside_of_a_shell_command_is_seen_too() -> None:
    decoded = decode(event(CODEX, "shell", command=["bash", "-lc", f"apply_patch <<'EOF'\n{PATCH}EOF\n"]))
    assert decoded is not None
    assert decoded.command is not None
    assert [edit.path for edit in decoded.edits] == ["src/new.py", "src/moved.py", "src/gone.py"]


def test_lines_that_are_only_added_go_below_the_line_their_chunk_names() -> None:
    (edit,) = edits_of("*** Begin Patch\n*** Update File: a.py\n@@ def main():\n+    import os\n*** End Patch")
    assert edit.swaps == [("def main():\n", "def main():\n    import os\n", False)]


def test_gemini_runs_a_command_in_a_folder() -> None:
    decoded = decode(event(GEMINI, "run_shell_command", command="make", directory="api"))
    assert decoded is not None
    assert (decoded.host, decoded.command, decoded.cwd) == ("gemini", "make", "/home/ada/shop/api")


def test_gemini_writes_and_replaces() -> None:
    written = decode(event(GEMINI, "write_file", file_path="a.py", content="x"))
    asked = {"file_path": "a.py", "old_string": "1", "new_string": "2", "expected_replacements": 3}
    replaced = decode(event(GEMINI, "replace", **asked))
    assert written is not None
    assert replaced is not None
    assert written.edits[0].content == "x"
    assert replaced.edits[0].swaps == [("1", "2", True)]


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"hook_event_name": "PostToolUse", "tool_name": "Bash", "tool_input": {"command": "ls"}},
        {"hook_event_name": "PreToolUse"},
        event(CLAUDE, "Read", file_path="a.py"),
        event(CLAUDE, "mcp__files__write", path="a.py", content="x"),
        event(CLAUDE, "Bash"),
        event(CLAUDE, "Bash", command=7),
        event(CLAUDE, "Bash", command=[]),
        event(CLAUDE, "Write", content="x"),
        event(CLAUDE, "Edit", file_path=None, old_string="1"),
        event(CLAUDE, "NotebookEdit", notebook_path="n.ipynb", edit_mode="delete"),
        CLAUDE | {"tool_name": "Bash", "tool_input": "ls"},
        event(CODEX, "apply_patch", command="no patch at all"),
    ],
)
def test_what_no_guard_is_about_is_nothing_to_us(odd: dict[str, object]) -> None:
    assert decode(odd) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.sampled_from(["Bash", "shell", "Edit", "MultiEdit", "Write", "NotebookEdit", "apply_patch", "replace"]),
    st.dictionaries(
        st.sampled_from(
            ["command", "file_path", "notebook_path", "content", "old_string", "edits", "directory", "patch"]
        ),
        json_values,
    ),
)
def test_no_tool_input_makes_it_fail(tool: str, asked: dict[str, object]) -> None:
    decoded = decode(event(CLAUDE, tool, **asked))
    assert decoded is None or decoded.command is not None or decoded.edits


@given(st.text(alphabet=st.sampled_from("*+-@ ab:\n\r\\/"), max_size=200))
def test_no_patch_makes_it_fail(text: str) -> None:
    for edit in edits_of("*** Begin Patch\n*** Update File: a\n" + text):
        assert edit.path or edit.swaps is not None


def test_a_block_is_a_denial_with_its_reason() -> None:
    answer = json.loads(encode("claude", "PreToolUse", "block", ("because\nof this", "stopped")))
    assert answer == {
        "hookSpecificOutput": {
            "hookEventName": "PreToolUse",
            "permissionDecision": "deny",
            "permissionDecisionReason": "because\nof this",
        },
        "systemMessage": "stopped",
    }


def test_a_warning_reaches_agent_and_person_and_leaves_the_permission_alone() -> None:
    answer = json.loads(encode("codex", "PreToolUse", "warn", ("told", "shown")))
    assert answer == {
        "hookSpecificOutput": {"hookEventName": "PreToolUse", "additionalContext": "told"},
        "systemMessage": "shown",
    }


def test_advice_reaches_the_agent_only() -> None:
    answer = json.loads(encode("claude", "PreToolUse", "advise", ("told", "shown")))
    assert answer == {"hookSpecificOutput": {"hookEventName": "PreToolUse", "additionalContext": "told"}}


def test_gemini_is_denied_in_its_own_words() -> None:
    answer = json.loads(encode("gemini", "BeforeTool", "block", ("because", "stopped")))
    assert answer == {"decision": "deny", "reason": "because", "systemMessage": "stopped"}


def test_gemini_is_warned_in_its_own_words() -> None:
    answer = json.loads(encode("gemini", "BeforeTool", "warn", ("told", "shown")))
    assert answer == {
        "hookSpecificOutput": {"hookEventName": "BeforeTool", "additionalContext": "told"},
        "systemMessage": "shown",
    }


@given(st.text(), st.text())
def test_any_words_survive_as_json(told: str, shown: str) -> None:
    answer = json.loads(encode("claude", "PreToolUse", "warn", (told, shown)))
    assert answer["hookSpecificOutput"]["additionalContext"] == told
    assert answer.get("systemMessage", "") == shown
