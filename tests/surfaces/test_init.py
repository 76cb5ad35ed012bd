"""`twiceshy init` on real repositories: what it installs works, stands in nobody's way, and goes again."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest
from proving import prove

from twiceshy.errors import BLOCKED, CANNOT_RUN, OK
from twiceshy.jobs._setup_parts import AGENTS
from twiceshy.surfaces.cli import init, main

if TYPE_CHECKING:
    from conftest import Repo

HOOK = ".git/hooks/pre-commit"
MISTAKE = "get(url, verify=False)\n"
LESSON = r"""# Lessons

## 2024-03-01 TLS checks were off in production

**Rule:** Never pass verify=False.

```yaml guard
id: no-verify-false
added: 'verify\s*=\s*False'
paths: ['**/*.py']
level: block
bad: get(url, verify=False)
good: get(url)
culprit: CULPRIT
fix: FIX
```

## 2024-04-01 The wrong bucket was emptied

**Rule:** Never empty a bucket by hand.

```yaml guard
id: no-empty-bucket
command: aws s3 rm --recursive
bad: aws s3 rm --recursive s3://b
good: aws s3 ls s3://b
level: warn
```
"""


@pytest.fixture
def home(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository whose history made a mistake, mended it, and kept a lesson about it; the current folder."""
    repo.write("app.py", "import http\n")
    repo.commit("start")
    repo.write("app.py", "import http\n" + MISTAKE)
    culprit = repo.commit("mistake")
    repo.write("app.py", "import http\nget(url)\n")
    fix = repo.commit("mend")
    repo.write("LESSONS.md", LESSON.replace("CULPRIT", culprit).replace("FIX", fix))
    repo.commit("lesson")
    prove(repo, "no-verify-false")
    repo.commit("proof")
    monkeypatch.chdir(repo.root)
    return repo


def tree(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file and folder under `root`, with mode and content."""
    found = {}
    for path in sorted(root.rglob("*")):
        content = (
            b"->" + os.readlink(path).encode() if path.is_symlink() else path.read_bytes() if path.is_file() else b""
        )
        found[path.relative_to(root).as_posix()] = (stat.S_IMODE(path.lstat().st_mode), content)
    return found


def without_caches(found: dict[str, tuple[int, bytes]]) -> dict[str, tuple[int, bytes]]:
    """All but what the index keeps for itself."""
    return {path: what for path, what in found.items() if not path.startswith(".git/twiceshy")}


def commit(repo: Repo, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`git commit`, as a person runs it."""
    command = ["git", "commit", "--quiet", "--message", "work", *arguments]
    return subprocess.run(command, cwd=repo.root, env={**os.environ, **environment}, capture_output=True, text=True)


def only(folder: Path, **scripts: str) -> str:
    """A PATH with nothing in it but git and these scripts."""
    folder.mkdir()
    (folder / "git").symlink_to(which("git") or "git")
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return str(folder)


# The git hook --------------------------------------------------------------------------------------------------------


def test_a_commit_that_repeats_a_mistake_is_stopped_by_a_proved_guard(home: Repo) -> None:
    assert main(["init", "--git-hook"]) == OK
    home.write("app.py", "import http\n" + MISTAKE)
    home.git("add", "app.py")

    stopped = commit(home)

    assert stopped.returncode == 1
    assert "app.py:2: block no-verify-false" in stopped.stderr
    assert "Never pass verify=False." in stopped.stderr
    assert "git commit --no-verify" in stopped.stderr
    assert commit(home, "--no-verify").returncode == 0


def test_a_commit_is_only_warned_of_a_mistake_while_the_guard_is_not_proved(home: Repo) -> None:
    lesson = (home.root / "LESSONS.md").read_text()
    home.write("LESSONS.md", "\n".join(line for line in lesson.split("\n") if not line.startswith("culprit")))
    home.commit("take the proof away")
    main(["init", "--git-hook"])
    home.write("app.py", "import http\n" + MISTAKE)

    warned = commit(home, "--all")

    assert warned.returncode == 0
    assert "app.py:2: warn no-verify-false" in warned.stderr


def test_a_commit_without_a_mistake_passes_in_silence(home: Repo) -> None:
    main(["init", "--git-hook"])
    home.write("app.py", "import http\nget(url, timeout=3)\n")
    passed = commit(home, "app.py")
    assert (passed.returncode, passed.stdout, passed.stderr) == (0, "", "")


def test_the_very_first_commit_of_all_is_asked_about_too(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.root)
    assert main(["init", "--git-hook"]) == OK
    repo.write("LESSONS.md", LESSON)
    repo.write("app.py", MISTAKE)
    repo.git("add", ".")
    first = commit(repo)
    assert first.returncode == 0
    assert "warn no-verify-false" in first.stderr


@pytest.mark.parametrize("code", [2, 3, 70, 127])
def test_a_commit_passes_with_one_line_when_twiceshy_cannot_judge_it(home: Repo, tmp_path: Path, code: int) -> None:
    main(["init", "--git-hook"])
    home.write("app.py", MISTAKE)
    path = only(tmp_path / "bin", twiceshy=f'[ "$1" = --version ] || exit {code}')
    passed = commit(home, "--all", PATH=path)
    assert passed.returncode == 0
    said = f"twiceshy: this commit could not be checked (exit code {code}) and was let through"
    assert passed.stderr.splitlines() == [said]


def test_a_commit_passes_with_one_line_when_twiceshy_is_gone(home: Repo, tmp_path: Path) -> None:
    main(["init", "--git-hook"])
    hook = home.root / HOOK
    hook.write_text(hook.read_text().replace(sys.executable, "/gone/python"))
    home.write("app.py", MISTAKE)
    passed = commit(home, "--all", PATH=only(tmp_path / "bin"))
    assert (passed.returncode, passed.stderr) == (0, "twiceshy: not installed here, so this commit was not checked\n")


def test_a_twiceshy_in_path_that_is_broken_leaves_the_work_to_the_one_that_made_the_hook(
    home: Repo, tmp_path: Path
) -> None:
    main(["init", "--git-hook"])
    home.write("app.py", MISTAKE)
    stopped = commit(home, "--all", PATH=only(tmp_path / "bin", twiceshy="exit 1"))
    assert stopped.returncode == 1
    assert "block no-verify-false" in stopped.stderr


def test_a_folder_named_like_us_in_the_repository_is_not_run(home: Repo, tmp_path: Path) -> None:
    main(["init", "--git-hook"])
    home.write("twiceshy/__main__.py", "raise SystemExit(1)\n")
    home.write("twiceshy/__init__.py", "")
    home.git("add", ".")
    passed = commit(home, PATH=only(tmp_path / "bin"))
    assert (passed.returncode, passed.stderr) == (0, "")


def test_a_hook_of_somebody_else_is_left_and_the_line_to_add_is_shown(
    home: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = home.write(HOOK, "#!/bin/sh\nset -e\necho theirs\n")
    theirs.chmod(0o755)
    before = without_caches(tree(home.root))
    assert main(["init", "--git-hook"]) == CANNOT_RUN
    assert without_caches(tree(home.root)) == before
    assert main(["init", "--remove"]) == OK
    assert without_caches(tree(home.root)) == before

    line = capsys.readouterr().out.split("add this line to your own pre-commit hook: ")[1].split("\n")[0]
    home.write(HOOK, f"#!/bin/sh\nset -e\n{line}\necho theirs\n")
    bin_of_python = os.path.dirname(sys.executable)
    home.write("app.py", "import http\nget(url, timeout=3)\n")
    assert commit(home, "--all", PATH=f"{bin_of_python}:{os.environ['PATH']}").stderr == "theirs\n"
    home.write("app.py", MISTAKE)
    stopped = commit(home, "--all", PATH=f"{bin_of_python}:{os.environ['PATH']}")
    assert stopped.returncode == 1 and "theirs" not in stopped.stderr
    assert main(["init", "--git-hook"]) == OK
    assert "nothing to do, the git hook is there" in capsys.readouterr().out


def test_a_hook_that_was_made_by_another_python_is_renewed(home: Repo) -> None:
    main(["init", "--git-hook"])
    hook = home.root / HOOK
    ours = hook.read_text()
    hook.write_text(ours.replace(sys.executable, "/moved/python"))
    assert main(["init", "--git-hook"]) == OK
    assert hook.read_text() == ours


def test_a_hook_that_was_changed_since_is_left_and_named(home: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", "--git-hook"])
    hook = home.root / HOOK
    hook.write_text(hook.read_text() + "echo mine\n")
    assert main(["init", "--remove"]) == OK
    assert f"{HOOK}: it was changed since, so it was left" in capsys.readouterr().out
    assert hook.read_text().endswith("echo mine\n")


# What agents run -----------------------------------------------------------------------------------------------------


def event_of(host: str, cwd: Path) -> bytes:
    tool = "run_shell_command" if host == "gemini" else "Bash"
    name = "BeforeTool" if host == "gemini" else "PreToolUse"
    asked = {"command": "aws s3 rm --recursive s3://backups"}
    event = {"session_id": str(cwd), "cwd": str(cwd), "hook_event_name": name, "tool_name": tool, "tool_input": asked}
    return json.dumps(event).encode()


def run_as(host: str, root: Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in the settings of `root`, run in `cwd` as `host` runs it."""
    hooks = json.loads((root / AGENTS[host][1]).read_text())["hooks"]
    command = next(groups for name, groups in hooks.items() if name != "SessionStart")[0]["hooks"][0]["command"]
    shell = ["bash", "-c"] if host == "gemini" else ["/bin/sh", "-lc"] if host == "codex" else ["/bin/sh", "-c"]
    env = {key: value for key, value in os.environ.items() if key != "CLAUDE_PROJECT_DIR"} | environment
    return subprocess.run([*shell, command], cwd=cwd, env=env, input=event_of(host, cwd), capture_output=True)


@pytest.mark.parametrize("host", AGENTS)
def test_an_agent_hears_the_lesson_in_every_place_it_may_run_from(home: Repo, tmp_path: Path, host: str) -> None:
    assert main(["init", "--agent", host]) == OK
    home.commit("settings")
    inner, worktree = home.root / "a b", tmp_path / "it's a tree"
    inner.mkdir()
    home.git("worktree", "add", "--quiet", "-b", "other", str(worktree))
    for place in (home.root, inner, worktree):
        answer = run_as(host, home.root, place)
        assert (answer.returncode, answer.stderr) == (0, b"")
        assert "Never empty a bucket by hand." in json.dumps(json.loads(answer.stdout)), place


def test_claude_code_finds_the_hook_of_the_project_wherever_the_agent_went(home: Repo, tmp_path: Path) -> None:
    main(["init", "--agent", "claude"])
    elsewhere = tmp_path / "elsewhere"
    subprocess.run(["git", "clone", "--quiet", str(home.root), str(elsewhere)], check=True)
    assert run_as("claude", home.root, elsewhere).stdout == b""
    answer = run_as("claude", home.root, elsewhere, CLAUDE_PROJECT_DIR=str(home.root))
    assert b"Never empty a bucket by hand." in answer.stdout


@pytest.mark.parametrize("host", AGENTS)
def test_a_clone_without_init_and_a_folder_without_git_stay_silent(home: Repo, tmp_path: Path, host: str) -> None:
    main(["init", "--agent", host])
    home.commit("settings")
    subprocess.run(["git", "clone", "--quiet", str(home.root), str(tmp_path / "clone")], check=True)
    (tmp_path / "none").mkdir()
    for place in ("clone", "none"):
        silent = run_as(host, home.root, tmp_path / place)
        assert (silent.returncode, silent.stdout, silent.stderr) == (0, b"", b"")


def test_in_a_clone_init_makes_what_the_shared_settings_point_to(
    home: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["init", "--agent", "claude"])
    home.commit("settings")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(home.root), str(clone)], check=True)
    monkeypatch.chdir(clone)
    assert main(["init", "--all"]) == OK
    assert b"empty a bucket" in run_as("claude", clone, clone).stdout
    assert subprocess.run(["git", "status", "--porcelain"], capture_output=True, check=True).stdout == b""


def test_an_agent_goes_on_when_the_interpreter_is_gone(home: Repo, tmp_path: Path) -> None:
    main(["init", "--agent", "claude"])
    script = home.root / ".git/twiceshy/agent.hook"
    script.write_text(script.read_text().replace(sys.executable, "/gone/python"))
    left = run_as("claude", home.root, home.root, PATH=only(tmp_path / "none"))
    assert (left.returncode, left.stdout) == (0, b"")
    assert left.stderr == b"twiceshy: not found where it was; run `twiceshy init` again\n"
    other = run_as("claude", home.root, home.root, PATH=only(tmp_path / "bin", twiceshy='echo "$@"'))
    assert other.stdout == b"hook --host claude\n"


def test_only_agents_that_leave_a_trace_here_are_offered(home: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    home.write("AGENTS.md", "# Agents\n")
    (home.root / ".gemini").mkdir()
    assert main(["init"]) == OK
    said = capsys.readouterr().out
    assert "This repository knows 2 lessons with 2 guards (documents: 1 log)." in said
    assert "twiceshy init --git-hook" in said and "--agent codex" in said and "--agent gemini" in said
    assert "--agent claude" not in said and "--config" not in said
    assert not (home.root / HOOK).exists()


# All of it -----------------------------------------------------------------------------------------------------------

ALL = ["init", "--git-hook", "--pre-commit", "https://example.org/twiceshy", "--config"] + [
    word for host in AGENTS for word in ("--agent", host)
]


@pytest.fixture
def lived_in(home: Repo) -> Repo:
    """A repository with settings of other people."""
    home.write(".claude/settings.json", '{\r\n\t"hooks": {"PreToolUse": [ ]},\r\n\t"a": [1,2]\r\n}')
    home.write(".gemini/settings.json", "{}")
    home.write(".pre-commit-config.yaml", "repos:\n-   repo: local\n    hooks:\n    -   {id: x}  # ours\n# end")
    return home


def test_what_init_put_in_is_taken_out_to_the_byte(lived_in: Repo) -> None:
    before = without_caches(tree(lived_in.root))
    assert main(ALL) == OK
    assert without_caches(tree(lived_in.root)).keys() - before.keys() == {
        *(".codex", ".codex/hooks.json", "twiceshy.toml", HOOK)
    }
    assert (lived_in.root / ".git/twiceshy/agent.hook").exists()
    assert main(["init", "--remove"]) == OK
    assert without_caches(tree(lived_in.root)) == before
    assert not (lived_in.root / ".git/twiceshy/agent.hook").exists()


def test_a_second_time_changes_nothing(lived_in: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    main(ALL)
    before = without_caches(tree(lived_in.root))
    capsys.readouterr()
    assert main(ALL) == OK
    assert main(["init", "--all"]) == OK
    assert without_caches(tree(lived_in.root)) == before
    assert "put" not in capsys.readouterr().out
    main(["init", "--remove"])
    before = without_caches(tree(lived_in.root))
    capsys.readouterr()
    assert main(["init", "--remove"]) == OK
    assert without_caches(tree(lived_in.root)) == before
    assert capsys.readouterr().out == ""


def test_a_dry_run_shows_each_file_and_writes_nothing(lived_in: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(lived_in.root)
    assert main([*ALL, "--dry-run"]) == OK
    assert tree(lived_in.root) == before
    said = capsys.readouterr().out
    for path in (
        HOOK,
        ".git/twiceshy/agent.hook",
        ".claude/settings.json",
        ".codex/hooks.json",
        ".pre-commit-config.yaml",
    ):
        assert f"+++ {path}\n" in said
    main(ALL)
    before = without_caches(tree(lived_in.root))
    capsys.readouterr()
    assert main(["init", "--remove", "--dry-run"]) == OK
    assert without_caches(tree(lived_in.root)) == before
    assert f"--- {HOOK}\n+++ /dev/null\n" in capsys.readouterr().out


def test_the_diff_of_a_dry_run_is_one_that_git_applies(lived_in: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    lived_in.write(".claude/settings.json", '{"a": 1}')
    main([*ALL, "--dry-run"])
    diff = capsys.readouterr().out.encode()
    subprocess.run(["git", "apply", "-p0", "--unidiff-zero", "--include=.*/*.json", "-"], input=diff, check=True)
    shown = (lived_in.root / ".claude/settings.json").read_bytes()
    lived_in.write(".claude/settings.json", '{"a": 1}')
    (lived_in.root / ".codex/hooks.json").unlink()
    main(ALL)
    assert (lived_in.root / ".claude/settings.json").read_bytes() == shown


def test_only_what_is_named_is_removed(home: Repo) -> None:
    main(["init", "--git-hook", "--agent", "claude", "--agent", "codex"])
    assert main(["init", "--remove", "--agent", "codex"]) == OK
    assert not (home.root / ".codex").exists()
    assert (home.root / HOOK).exists() and (home.root / ".claude").exists()
    assert (home.root / ".git/twiceshy/agent.hook").exists()


@pytest.mark.parametrize(("answer", "is_installed"), [("y", True), ("", False), ("no", False)])
def test_on_a_terminal_one_question_is_asked_and_enter_means_no(
    home: Repo, monkeypatch: pytest.MonkeyPatch, answer: str, is_installed: bool
) -> None:
    home.write("CLAUDE.md", "# Claude\n")
    asked: list[str] = []
    monkeypatch.setattr(init, "is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or answer)
    assert main(["init"]) == OK
    assert [question.split("?")[0] for question in asked] == [
        "Ask twiceshy at every commit, in a git hook",
        "Tell Claude Code a lesson before it repeats the mistake, in .claude/settings.json",
    ]
    assert (home.root / HOOK).exists() == (home.root / ".claude/settings.json").exists() == is_installed
    asked.clear()
    assert main(["init"]) == OK
    assert len(asked) == (0 if is_installed else 2)


def test_where_pre_commit_is_at_home_its_configuration_is_offered_and_no_second_hook(
    lived_in: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "--pre-commit", "https://example.org/twiceshy"])
    capsys.readouterr()
    assert main(["init", "--all"]) == OK
    assert "git hook" not in capsys.readouterr().out
    assert not (lived_in.root / HOOK).exists()


# Bad input -----------------------------------------------------------------------------------------------------------


def test_without_a_pre_commit_configuration_the_entry_is_shown(home: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--pre-commit", "https://example.org/twiceshy"]) == CANNOT_RUN
    said = capsys.readouterr().out
    assert ".pre-commit-config.yaml: there is no such file" in said
    assert "- repo: https://example.org/twiceshy\n" in said and "- id: twiceshy-check" in said
    assert not (home.root / ".pre-commit-config.yaml").exists()


def test_settings_with_comments_are_left_and_what_to_add_is_shown(
    home: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home.write(".claude/settings.json", '{\n  // mine\n  "a": 1\n}\n')
    assert main(["init", "--agent", "claude"]) == CANNOT_RUN
    said = capsys.readouterr().out
    assert ".claude/settings.json: it is not plain JSON\n  by hand: add to it:" in said and '"PreToolUse": [' in said
    assert file.read_text() == '{\n  // mine\n  "a": 1\n}\n'


@pytest.mark.parametrize("content", [b"\xff\xfe{}", b"{}\0"])
def test_settings_that_cannot_be_read_are_left(home: Repo, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    file = home.write(".claude/settings.json", content)
    assert main(["init", "--agent", "claude", "--git-hook"]) == CANNOT_RUN
    assert ".claude/settings.json: it cannot be read" in capsys.readouterr().out
    assert file.read_bytes() == content
    assert (home.root / HOOK).exists()


def test_settings_that_are_a_link_to_elsewhere_are_left(
    home: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = tmp_path / "dotfiles.json"
    shared.write_text("{}")
    (home.root / ".claude").mkdir()
    (home.root / ".claude/settings.json").symlink_to(shared)
    assert main(["init", "--agent", "claude"]) == CANNOT_RUN
    assert f"it lies outside of this repository (a link to {shared})" in capsys.readouterr().out
    assert shared.read_text() == "{}"
    assert main(["init", "--remove"]) == OK


def test_a_link_inside_the_repository_is_written_through(home: Repo) -> None:
    home.write("shared/settings.json", "{}")
    (home.root / ".claude").symlink_to("shared")
    assert main(["init", "--agent", "claude"]) == OK
    assert "PreToolUse" in (home.root / "shared/settings.json").read_text()
    assert main(["init", "--remove"]) == OK
    assert (home.root / "shared/settings.json").read_text() == "{}"
    assert (home.root / ".claude").is_symlink()


def test_a_link_to_nowhere_is_left(home: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    (home.root / HOOK).parent.mkdir(exist_ok=True)
    (home.root / HOOK).symlink_to("../../scripts/gone")
    assert main(["init", "--git-hook"]) == CANNOT_RUN
    assert "it cannot be read" in capsys.readouterr().out
    assert not (home.root / "scripts").exists()


def test_a_folder_of_hooks_for_many_repositories_is_left(
    home: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.git("config", "core.hooksPath", str(tmp_path / "everybody"))
    assert main(["init", "--git-hook"]) == CANNOT_RUN
    said = capsys.readouterr().out
    assert "it lies outside of this repository and may serve others" in said
    assert "twiceshy check --staged" in said
    assert not (tmp_path / "everybody").exists()


def test_a_folder_of_hooks_that_is_shared_in_git_gets_no_path_of_this_machine(home: Repo) -> None:
    home.git("config", "core.hooksPath", ".githooks")
    assert main(["init", "--git-hook"]) == OK
    script = (home.root / ".githooks/pre-commit").read_text()
    assert os.path.dirname(sys.executable) not in script and "python=''" in script
    home.write("app.py", MISTAKE)
    path = f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}"
    assert commit(home, "--all", PATH=path).returncode == BLOCKED
    assert main(["init", "--remove"]) == OK
    assert not (home.root / ".githooks").exists()


def test_in_a_worktree_and_a_submodule_the_hook_goes_where_git_looks(
    home: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.git("worktree", "add", "--quiet", str(tmp_path / "tree"))
    outer = tmp_path / "outer"
    subprocess.run(["git", "init", "--quiet", str(outer)], check=True)
    allow = ("-c", "protocol.file.allow=always")
    subprocess.run(["git", *allow, "submodule", "--quiet", "add", str(home.root), "sub"], cwd=outer, check=True)
    for place, hook in (
        (tmp_path / "tree", home.root / HOOK),
        (outer / "sub", outer / ".git/modules/sub/hooks/pre-commit"),
    ):
        monkeypatch.chdir(place)
        assert main(["init", "--git-hook", "--agent", "claude"]) == OK
        assert hook.exists() and (hook.parents[1] / "twiceshy/agent.hook").exists()
        (place / "app.py").write_text(MISTAKE)
        stopped = subprocess.run(["git", "commit", "-qam", "x"], cwd=place, capture_output=True, text=True)
        assert stopped.returncode == 1 and "block no-verify-false" in stopped.stderr
        assert b"empty a bucket" in run_as("claude", place, place).stdout
        assert main(["init", "--remove"]) == OK
        assert not hook.exists()


def test_a_disk_that_says_no_is_one_message(
    home: Repo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(**_: Any) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    assert main(["init", "--git-hook"]) == CANNOT_RUN
    said = capsys.readouterr().err
    assert "cannot be written: Read-only file system" in said and "nothing was changed" in said
    assert not (home.root / HOOK).exists()


def test_a_file_where_a_folder_should_be_is_one_message(home: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    home.write(".claude", "not a folder")
    assert main(["init", "--agent", "claude"]) == CANNOT_RUN
    assert "cannot be" in "".join(capsys.readouterr())
    assert (home.root / ".claude").read_text() == "not a folder"


def test_settings_in_pyproject_are_not_hidden_by_an_empty_file(home: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    home.write("pyproject.toml", "[tool.twiceshy]\nlog = 'LESSONS.md'\n")
    assert main(["init", "--config"]) == CANNOT_RUN
    assert "the settings in pyproject.toml would be hidden" in capsys.readouterr().out
    assert not (home.root / "twiceshy.toml").exists()


def test_outside_of_a_repository_there_is_nothing_to_set_up(
    tmp_path: Path, git_alone: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == CANNOT_RUN
    assert "not a git repository" in capsys.readouterr().err
    subprocess.run(["git", "init", "--quiet", "--bare", "bare"], check=True)
    monkeypatch.chdir(tmp_path / "bare")
    assert main(["init"]) == CANNOT_RUN
    assert "bare repository" in capsys.readouterr().err
