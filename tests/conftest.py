"""Real git repositories for tests, cut off from the machine's own configuration."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run: what passed here passes in CI; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("suite", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


PIPELINE = ("GITHUB_REPOSITORY", "GITHUB_SERVER_URL", "CI_PROJECT_URL")


class Repo:
    """A git repository in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, content: str | bytes) -> Path:
        """Put a file (text as UTF-8, line ends as they are) into the working tree, with the folders it needs."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def git(self, *arguments: str) -> str:
        """What `git …` printed; CalledProcessError if it fails."""
        run = subprocess.run(["git", *arguments], cwd=self.root, check=True, capture_output=True)
        return run.stdout.decode("utf-8", "surrogateescape")

    def commit(self, message: str) -> str:
        """Commit everything there is and return the new commit's id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD").strip()


def rest(terminal: int) -> bytes:
    """All that can still be read at a pseudo-terminal, until its other side is closed."""
    screen = b""
    try:
        while piece := os.read(terminal, 4096):
            screen += piece
    except OSError:  # Linux says so when the other side has gone
        pass
    return screen


@pytest.fixture
def git_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No git setting of this machine, a surrounding hook or a pipeline counts; an author and a date are given."""
    for name in [name for name in os.environ if name.startswith("GIT_") or name in PIPELINE]:
        monkeypatch.delenv(name)
    settings = {"HOME": str(tmp_path), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        settings[f"GIT_{role}_NAME"] = "Ada"
        settings[f"GIT_{role}_EMAIL"] = "ada@example.org"
        settings[f"GIT_{role}_DATE"] = "2026-01-02T03:04:05+00:00"
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo_factory(tmp_path: Path, git_alone: None) -> Callable[[], Repo]:
    """Makes empty repositories on the branch `main`."""

    def make() -> Repo:
        made = Repo(tmp_path / f"repo{len(list(tmp_path.glob('repo*'))) or ''}")
        made.root.mkdir()
        made.git("init", "--quiet", "--initial-branch=main")
        return made

    return make


@pytest.fixture
def repo(repo_factory: Callable[[], Repo]) -> Repo:
    """An empty repository on the branch `main`."""
    return repo_factory()
