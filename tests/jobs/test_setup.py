"""What `init` makes of the texts of other people: only insertions, and a way back to every byte."""

from __future__ import annotations

import json
import string
import subprocess
import tomllib
from shutil import which
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from twiceshy.adapters.configuration import SETTINGS, raw_in, read_configuration
from twiceshy.errors import TwiceshyError
from twiceshy.jobs._hook_scripts import agent_command, agent_hook, git_hook
from twiceshy.jobs._setup_parts import AGENTS, Part, Site, parts

SITE = Site("/r", "/r/.git", "/r/.git/hooks", "/v/bin/python", "/p/_fast.py", "1.2", "https://e.org/t", SETTINGS, "")
BLANK = st.text(" \t\r\n", max_size=3)
NAMES = st.sampled_from(["hooks", "PreToolUse", "SessionStart", "Stop", "permissions", "ä", 'q"'])
LEAVES = st.none() | st.booleans() | st.integers(-9, 9) | st.text(string.printable, max_size=4)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
GROUPS = st.lists(st.fixed_dictionaries({"hooks": st.lists(VALUES, max_size=2)}), max_size=2)
HOOKS = st.dictionaries(st.sampled_from(["PreToolUse", "SessionStart", "BeforeTool", "Stop"]), GROUPS, max_size=3)


def part(name: str, site: Site = SITE) -> Part:
    return next(part for part in parts(site) if part.names == {name})


def written(draw: st.DrawFn, value: Any) -> str:
    """`value` as JSON with blanks wherever JSON allows them."""

    def blank() -> str:
        return draw(BLANK)

    if isinstance(value, dict):
        inner = [f"{blank()}{json.dumps(k)}{blank()}:{blank()}{written(draw, v)}{blank()}" for k, v in value.items()]
        return "{" + (",".join(inner) or blank()) + "}"
    if isinstance(value, list):
        return "[" + (",".join(f"{blank()}{written(draw, v)}{blank()}" for v in value) or blank()) + "]"
    return json.dumps(value, ensure_ascii=draw(st.booleans()))


@st.composite
def settings(draw: st.DrawFn) -> str:
    """Settings as a person might have them: any other keys, with or without hooks, in any layout."""
    value = draw(st.dictionaries(NAMES.filter(lambda name: name != "hooks"), VALUES, max_size=3))
    if draw(st.booleans()):
        value = {**value, "hooks": draw(HOOKS), **draw(st.sampled_from([{}, {"last": 1}]))}
    layout = draw(st.sampled_from([None, 0, 1, 2, 4, "\t", "wild"]))
    text = written(draw, value) if layout == "wild" else json.dumps(value, indent=layout)  # type: ignore[arg-type]
    text = draw(st.sampled_from(["", "\ufeff"])) + text + draw(BLANK)
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def is_kept(old: str, new: str) -> bool:
    """Whether `new` is `old` with nothing but insertions."""
    rest = iter(new)
    return all(char in rest for char in old)


@given(settings(), st.sampled_from(list(AGENTS)))
def test_a_hook_is_only_inserted_into_settings_and_taken_out_again_to_the_byte(before: str, host: str) -> None:
    agent = part(host)
    fresh = json.loads(agent.add(None))["hooks"]

    after = agent.add(before)

    expected = json.loads(before.removeprefix("\ufeff"))
    for event, groups in fresh.items():
        expected.setdefault("hooks", {}).setdefault(event, []).extend(groups)
    assert json.loads(after.removeprefix("\ufeff")) == expected
    assert is_kept(before, after)
    assert agent.add(after) == after
    assert agent.remove(after) == before
    assert agent.remove(before) == before


def test_what_others_added_after_the_hook_stays_when_it_is_taken_out() -> None:
    agent = part("claude")
    settings = json.loads(agent.add('{"a": 1}'))
    settings["hooks"]["PreToolUse"].append({"matcher": "X", "hooks": []})
    settings["z"] = 2
    assert json.loads(agent.remove(json.dumps(settings, indent=2)) or "") == {
        "a": 1,
        "hooks": {"PreToolUse": [{"matcher": "X", "hooks": []}]},
        "z": 2,
    }


def test_a_hook_that_was_changed_since_is_neither_doubled_nor_taken_out() -> None:
    agent = part("claude")
    changed = agent.add("{}").replace("Bash|Edit", "Edit")
    assert agent.add(changed) == changed
    with pytest.raises(TwiceshyError, match="another form"):
        agent.remove(changed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        '{"a": 1, // why\n}',
        '{"a": 1,}',
        '{"hooks": []}',
        '{"hooks": {"PreToolUse": {}}}',
        "[" * 9999,
        '{"a": NaN}',
    ],
)
def test_settings_that_are_not_understood_are_refused(text: str) -> None:
    with pytest.raises(TwiceshyError):
        part("claude").add(text)
    assert part("claude").remove(text) == text


def test_what_is_put_in_looks_like_the_rest_of_the_file() -> None:
    after = part("gemini").add('{\n\t"theme": "x",\n\t"hooks": {\n\t\t"Stop": []\n\t}\n}\n')
    assert '\n\t\t"Stop": [],\n\t\t"BeforeTool": [\n\t\t\t{\n\t\t\t\t"matcher"' in after
    assert after.endswith("\n\t\t]\n\t}\n}\n")


@pytest.mark.parametrize("host", AGENTS)
def test_settings_that_are_shared_name_no_place_of_one_machine(host: str) -> None:
    fresh = part(host).add(None)
    assert SITE.python not in fresh and SITE.script not in fresh and SITE.root + "/" not in fresh


PRE_COMMIT = {
    "flush": "repos:\n- repo: a\n  rev: v1\n  hooks:\n  - id: x\n",
    "indented": "repos:\n  - repo: a\n    rev: v1\n    hooks:\n      - id: x\n        args: [--y]\n",
    "wide": "repos:\n-   repo: a\n    rev: v1\n    hooks:\n    -   id: x\n        exclude: |\n            (?x)^(a)$\n",
    "no end": "repos:\n- repo: a\n  rev: v1\n  hooks:\n  - id: x",
    "followed": "# top\nrepos:\n- repo: a\n  hooks: [{id: x}]  # why\n  # - id: y\n\n# about ci\nci:\n  skip: [x]\n",
    "in between": "exclude: '^x'\nrepos:\n- repo: local\n  hooks:\n  - {id: x, name: 'a: b'}\nfail_fast: true\n",
    "windows": "repos:\r\n- repo: a\r\n  rev: v1\r\n  hooks:\r\n  - id: x\r\nfail_fast: true\r\n",
    "bom": "\ufeffrepos:\n- repo: a\n  rev: v1\n  hooks:\n  - id: x\n",
    "documents": "---\nrepos:\n- repo: a\n  rev: v1\n  hooks:\n  - id: x\n\n\n",
}


@pytest.mark.parametrize("style", PRE_COMMIT)
def test_the_pre_commit_entry_is_appended_and_taken_out_again_to_the_byte(style: str) -> None:
    before = PRE_COMMIT[style]
    after = part("pre-commit").add(before)
    entry = {"repo": "https://e.org/t", "rev": "v1.2", "hooks": [{"id": "twiceshy-check"}, {"id": "twiceshy-lint"}]}
    expected = yaml.safe_load(before)
    expected["repos"].append(entry)
    assert yaml.safe_load(after) == expected
    assert is_kept(before, after)
    assert part("pre-commit").add(after) == after
    assert part("pre-commit").remove(after) == before
    assert part("pre-commit").remove(after.replace("v1.2", "v2.0")) == before


def test_the_pre_commit_entry_takes_the_style_of_the_last_one() -> None:
    wide = part("pre-commit").add(PRE_COMMIT["wide"])
    assert "\n-   repo: https://e.org/t\n    rev: v1.2\n    hooks:\n    -   id: twiceshy-check\n    -   id:" in wide
    assert (
        "\n      - id: x\n        args: [--y]\n  - repo: https://e.org/t\n    rev: v1.2\n    hooks:\n      - id:"
        in part("pre-commit").add(PRE_COMMIT["indented"])
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "repos:\n",
        "repos: []\n",
        "repos: [{repo: a}]\n",
        "[]\n",
        "a: b\n",
        "repos:\n\t- x\n",
        "repos: {\n",
        "repos:\n- a\n",
        "- repo: a\n",
        "a: 1\n---\nrepos:\n- repo: a\n",
    ],
)
def test_a_pre_commit_configuration_that_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(TwiceshyError):
        part("pre-commit").add(text)
    assert part("pre-commit").remove(text) == text


def test_an_entry_that_was_changed_since_is_left() -> None:
    after = part("pre-commit").add(PRE_COMMIT["flush"])
    with pytest.raises(TwiceshyError, match="another form"):
        part("pre-commit").remove(after.replace("  - id: twiceshy-lint\n", "    args: [--format, json]\n"))


def test_the_settings_file_is_all_comments_and_every_setting_works_when_its_comment_sign_goes(tmp_path: Any) -> None:
    text = part("config").add(None)
    assert tomllib.loads(text) == {}
    lines = [line[1:] if line.startswith("#") and line[1:2] not in (" ", "") else line for line in text.split("\n")]
    (tmp_path / "twiceshy.toml").write_text("\n".join(lines))
    settings = tomllib.loads("\n".join(lines))
    assert set(settings) == set(SETTINGS) and all(settings.values())
    assert read_configuration(raw_in(str(tmp_path))).log == settings["log"]
    for what in SETTINGS.values():
        assert what in text


@pytest.mark.parametrize("shell", [shell for shell in ("sh", "dash", "bash", "zsh") if which(shell)])
@pytest.mark.parametrize(
    "script",
    [
        git_hook("/o'd d/python"),
        git_hook(""),
        agent_hook("/o'd d/python", "/p $x/_fast.py"),
        *map(agent_command, AGENTS),
    ],
)
def test_every_script_is_good_shell(shell: str, script: str) -> None:
    checked = subprocess.run([shell, "-n"], input=script, text=True, capture_output=True)
    assert (checked.returncode, checked.stderr) == (0, "")
