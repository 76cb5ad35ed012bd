"""pre-commit itself runs the hooks that we publish, in a repository of its own: before a commit, a push, and in CI.

The hook is the published one, only taken from this environment (`language: system`), so that nothing is installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import Repo
from test_attackers import GUARD, LOG, WRONG, Scene

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


@pytest.fixture
def scene(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The attackers' repository, with both published hooks in its configuration."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed here")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    monkeypatch.setenv("PATH", str(BIN), prepend=os.pathsep)
    for name in [name for name in os.environ if name.startswith("PRE_COMMIT_") and name != "PRE_COMMIT_HOME"]:
        monkeypatch.delenv(name)
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    local = [{**hook, "language": "system"} for hook in hooks]
    for hook in local:
        del hook["minimum_pre_commit_version"]
    settings = {"repos": [{"repo": "local", "hooks": local}]}
    repo.write(".pre-commit-config.yaml", yaml.safe_dump(settings))
    return Scene(repo)


def pre_commit(repo: Repo, *arguments: str) -> tuple[int, str]:
    """The exit code of `pre-commit …` and what it printed."""
    command = [sys.executable, "-m", "pre_commit", *arguments]
    done = subprocess.run(command, cwd=repo.root, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def between(scene: Scene) -> tuple[int, str]:
    return pre_commit(scene.repo, "run", "--from-ref", scene.base, "--to-ref", "HEAD")


def repeat(scene: Scene) -> None:
    """Repeat the mistake, and take the lesson out of the way while at it."""
    scene.repo.write("client.py", WRONG)
    (scene.repo.root / LOG).unlink()
    scene.repo.commit("nothing to see here")


def test_a_range_is_judged_from_its_base(scene):
    repeat(scene)
    code, said = between(scene)
    assert code == 1
    assert f"client.py:1: block {GUARD}" in said
    assert "block loosened-guard" in said


def test_a_range_that_repeats_nothing_passes_in_silence(scene):
    scene.repo.write("client.py", "get(v)\n")
    scene.repo.commit("fine")
    code, said = between(scene)
    assert code == 0, said
    assert "Passed" in said
    assert GUARD not in said


def test_a_range_is_judged_as_it_was_committed_whatever_is_staged_meanwhile(scene):
    repeat(scene)
    scene.repo.write("client.py", "get(u)\n")
    scene.repo.git("add", "client.py")
    assert between(scene)[0] == 1


def test_a_base_that_is_not_there_is_no_pass(scene):
    repeat(scene)
    assert pre_commit(scene.repo, "run", "--from-ref", "3" * 40, "--to-ref", "HEAD")[0] != 0


def test_a_commit_is_stopped_by_what_is_staged(scene):
    assert pre_commit(scene.repo, "install")[0] == 0
    scene.repo.write("client.py", WRONG)
    scene.repo.git("add", "client.py")
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        scene.repo.git("commit", "--message=again")
    assert f"block {GUARD}" in (stopped.value.stdout + stopped.value.stderr).decode("utf-8")


@pytest.mark.parametrize("branch", ["main", "topic"], ids=["known to the remote", "new to the remote"])
def test_a_push_is_stopped_by_what_it_would_bring(scene, repo_factory, branch):
    remote = repo_factory()
    remote.git("config", "core.bare", "true")
    scene.repo.git("remote", "add", "origin", str(remote.root))
    scene.repo.git("push", "--quiet", "origin", "main")
    assert pre_commit(scene.repo, "install", "--hook-type", "pre-push")[0] == 0
    scene.repo.git("checkout", "--quiet", "-B", branch)
    repeat(scene)
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        scene.repo.git("push", "origin", branch)
    assert f"block {GUARD}" in (stopped.value.stdout + stopped.value.stderr).decode("utf-8")
    scene.repo.git("reset", "--quiet", "--hard", scene.base)
    scene.repo.write("client.py", "get(v)\n")
    scene.repo.commit("fine")
    scene.repo.git("push", "origin", branch)
    assert remote.git("rev-parse", branch) == scene.repo.git("rev-parse", "HEAD")
