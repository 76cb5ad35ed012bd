from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from twiceshy.adapters._process import binary
from twiceshy.adapters.git import GitRepository
from twiceshy.errors import GitError, NotARepository

needs_posix = pytest.mark.skipif(os.name == "nt", reason="the scripts are POSIX shell")


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_a_folder_without_a_repository(tmp_path: Path, git_alone: None) -> None:
    with pytest.raises(NotARepository, match="not a git repository") as refused:
        GitRepository.open(tmp_path)
    assert "git init" in refused.value.hint


def test_a_folder_that_is_not_there(tmp_path: Path, git_alone: None) -> None:
    with pytest.raises(NotARepository, match="no such folder"):
        GitRepository.open(tmp_path / "not" / "there")


def test_a_bare_repository(repo, tmp_path: Path) -> None:
    repo.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    with pytest.raises(NotARepository, match="bare repository") as refused:
        GitRepository.open(tmp_path / "bare.git")
    assert refused.value.hint


def test_the_inside_of_a_git_directory(repo) -> None:
    with pytest.raises(NotARepository, match="inside a git directory") as refused:
        GitRepository.open(repo.root / ".git" / "objects")
    assert refused.value.hint


def test_a_repository_of_another_user(repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(GitError, match="does not trust") as refused:
        GitRepository.open(repo.root)
    assert "git config --global --add safe.directory" in refused.value.hint
    assert str(repo.root.resolve()) in refused.value.hint


def test_a_worktree_whose_repository_is_gone(tmp_path: Path, git_alone: None) -> None:
    (tmp_path / ".git").write_text("gitdir: /not/there\n")
    with pytest.raises(NotARepository, match="not a git repository"):
        GitRepository.open(tmp_path)


def test_git_is_not_installed(repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path), "", "relative"]))
    with pytest.raises(GitError, match="not installed") as refused:
        GitRepository.open(repo.root)
    assert "install git" in refused.value.hint


def test_a_git_in_the_current_folder_is_never_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder, name in (("here", "git.exe"), ("here", "git"), ("there", "git.exe")):
        script(tmp_path / folder / name, "")
    monkeypatch.chdir(tmp_path / "here")
    path = os.pathsep.join(["", ".", str(tmp_path / "nowhere"), str(tmp_path / "there")])
    assert binary(path, windows=True) == str(tmp_path / "there" / "git.exe")
    with pytest.raises(GitError):
        binary(path, windows=False)


@needs_posix
def test_a_git_that_is_too_old(repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # Before 2.31 `rev-parse` repeated --path-format like any other word it did not know.
    script(tmp_path / "bin" / "git", 'while [ "$1" != rev-parse ]; do shift; done; shift; printf "%s\\n" "$@"')
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(GitError, match="older than"):
        GitRepository.open(repo.root)


def test_a_repository_without_commits(repo) -> None:
    repository = GitRepository.open(repo.root)
    assert (repository.head(), repository.files(), repository.unmerged()) == ("", [], [])
    assert list(repository.diff_staged()) == list(repository.diff_worktree()) == []
    repo.write("f", "one\n")
    repo.git("add", "f")
    for files in (repository.diff_staged(), repository.diff_worktree()):
        (file,) = files
        assert (file.path, file.status, file.old_text(), file.new_text()) == ("f", "added", None, "one\n")
    with pytest.raises(GitError, match="no such revision: HEAD"):
        repository.diff_commit("HEAD")


def test_a_shallow_clone(repo, tmp_path: Path) -> None:
    for number in range(3):
        repo.write("f", f"{number}\n")
        repo.commit(str(number))
    repo.git("clone", "--quiet", "--depth=2", repo.root.as_uri(), str(tmp_path / "clone"))
    repository = GitRepository.open(tmp_path / "clone")
    assert repository.shallow
    assert [file.path for file in repository.diff_commit("HEAD")] == ["f"]
    for ask in (
        lambda: repository.diff_commit("HEAD~1"),
        lambda: repository.resolve("HEAD~2"),
        lambda: repository.merge_base("HEAD~2", "HEAD"),
    ):
        with pytest.raises(GitError) as refused:
            ask()
        assert "--unshallow" in refused.value.hint


def test_a_linked_worktree(repo, tmp_path: Path) -> None:
    repo.write("f", "one\n")
    repo.commit("one")
    repo.git("worktree", "add", "--quiet", "-b", "linked", str(tmp_path / "linked é"))
    repository = GitRepository.open(tmp_path / "linked é")
    assert repository.root == (tmp_path / "linked é").resolve()
    assert repository.common_dir == repo.root.resolve() / ".git"
    assert repository.git_dir.parent == repository.common_dir / "worktrees"
    assert repository.worktree == repository.git_dir.name != "main"
    (repository.root / "f").write_text("two\n")
    (file,) = repository.diff_worktree()
    assert (file.old_text(), file.new_text()) == ("one\n", "two\n")


def test_a_submodule_is_a_repository_of_its_own_and_one_line_in_the_outer(repo, tmp_path: Path) -> None:
    repo.write("f", "one\n")
    repo.commit("one")
    repo.git("clone", "--quiet", ".", str(tmp_path / "source"))
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(tmp_path / "source"), "sub")
    outer, inner = GitRepository.open(repo.root), GitRepository.open(repo.root / "sub")
    assert (inner.root, inner.worktree) == (repo.root.resolve() / "sub", "main")
    assert inner.files() == ["f"]
    assert sorted(outer.files()) == [".gitmodules", "f", "sub"]
    found = {file.path: file for file in outer.diff_staged()}
    assert (found["sub"].skipped, found["sub"].hunks, found["sub"].new_text()) == ("submodule", [], None)
    repo.commit("with a submodule")
    assert [path for path, _ in outer.tree("HEAD")] == [".gitmodules", "f"]


def test_a_merge_conflict(repo) -> None:
    repo.write("f é", "one\n")
    repo.commit("one")
    repo.git("checkout", "--quiet", "-b", "side")
    repo.write("f é", "side\n")
    repo.commit("side")
    repo.git("checkout", "--quiet", "main")
    repo.write("f é", "main\n")
    repo.commit("main")
    repository = GitRepository.open(repo.root)
    assert repository.unmerged() == []
    with pytest.raises(subprocess.CalledProcessError):
        repo.git("merge", "side")
    assert repository.unmerged() == ["f é"]
    (staged,) = repository.diff_staged()
    assert (staged.path, staged.skipped, staged.new_text()) == ("f é", "merge conflict", None)
    (on_disk,) = repository.diff_worktree()
    assert [line for hunk in on_disk.hunks for line in hunk.added] == [
        "<<<<<<< HEAD",
        "=======",
        "side",
        ">>>>>>> side",
    ]
    assert repository.files() == ["f é"]


def test_binary_and_non_utf_8_files(repo) -> None:
    repo.write("image", b"\x89PNG\0\0")
    repo.write("latin", b"caf\xe9\n")
    repo.write("late", b"x\n" * 8000)
    repo.commit("one")
    repo.write("image", b"\x89PNG\0\1")
    repo.write("latin", b"caf\xe9\nth\xe9\n")
    repo.write("late", b"x\n" * 8000 + b"\0\n")
    repo.git("add", "--all")
    files = {file.path: file for file in GitRepository.open(repo.root).diff_staged()}
    assert {path: file.skipped for path, file in files.items()} == {"image": "binary", "late": "", "latin": ""}
    assert files["late"].hunks[0].added == ["\ufffd"]  # it was text: a byte 0 does not hide what is added
    assert files["latin"].hunks[0].added == ["th\ufffd"]
    assert [file.new_text() for file in files.values()] == [None, None, None]


def test_text_cannot_be_hidden_by_an_attribute(repo) -> None:
    repo.write("a.lock", "one\n")
    repo.write("b", "".join(f"{number}\n" for number in range(20)))
    repo.write("c", "bye\n")
    repo.commit("one")
    repo.write(".gitattributes", "* binary\n*.lock -diff\n")
    repo.write("a.lock", "two\n")
    repo.git("mv", "b", "d")
    repo.write("d", "".join(f"{number}\n" for number in range(19)))
    repo.git("rm", "--quiet", "c")
    repo.write("image", b"\0")
    repo.git("add", "--all")
    files = {file.path: file for file in GitRepository.open(repo.root).diff_staged()}
    shown = {path: [(hunk.removed, hunk.added) for hunk in file.hunks] for path, file in files.items()}
    assert shown == {
        ".gitattributes": [([], ["* binary", "*.lock -diff"])],
        "a.lock": [(["one"], ["two"])],
        "c": [(["bye"], [])],
        "d": [(["19"], [])],
        "image": [],
    }
    assert (files["d"].old_path, files["image"].skipped) == ("b", "binary")


@needs_posix
def test_nothing_that_the_configuration_names_is_run(repo, tmp_path: Path) -> None:
    repo.write(".gitattributes", "* diff=evil filter=evil\n*.x filter=e=vil\n")
    for name in ("f", "g.x"):
        repo.write(name, "one\n")
    first = repo.commit("one")
    repo.write("f", "two\n")
    repo.commit("two")
    canary = tmp_path / "canary"
    evil = str(script(tmp_path / "evil", f"touch '{canary}'; cat"))
    hooks = tmp_path / "hooks"
    for hook in ("post-index-change", "fsmonitor-watchman", "pre-commit"):
        script(hooks / hook, f"touch '{canary}'")
    keys = (
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
    )
    filters = [f"filter.{name}.{key}" for name in ("evil", "e=vil") for key in ("clean", "smudge", "process")]
    for key in (*keys, *filters, "gpg.program", "pager.diff", "pager.grep"):
        repo.git("config", key, evil)
    for key in ("filter.evil.required", "filter.e=vil.required", "log.showSignature", "core.untrackedCache"):
        repo.git("config", key, "true")
    repo.git("config", "core.hooksPath", str(hooks))
    canary.unlink(missing_ok=True)

    for name in ("f", "g.x"):
        repo.write(name, "three\n")
    repository = GitRepository.open(repo.root)
    assert {file.path: file.hunks[0].added for file in repository.diff_worktree()} == {"f": ["three"], "g.x": ["three"]}
    assert [file.path for file in repository.diff_range(repository.merge_base(first, "HEAD"), "HEAD")] == ["f"]
    assert list(repository.diff_staged()) == []
    assert [file.new_text() for file in repository.diff_commit("HEAD")] == ["two\n"]
    assert len(repository.files()) == len(repository.tree("HEAD")) == 3
    assert len(repository.grep("three")) == 2
    assert repository.commit_date("HEAD") == "2026-01-02"
    repository.unmerged()
    repository.hooks_dir()
    assert not canary.exists()
    subprocess.run(("git", "diff"), cwd=repo.root, capture_output=True)
    assert canary.exists()  # the trap itself works


@needs_posix
def test_what_a_partial_clone_lacks_is_not_fetched(repo, tmp_path: Path) -> None:
    repo.write("f", "one\n")
    repo.commit("one")
    repo.write("f", "two\n")
    repo.commit("two")
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("clone", "--quiet", "--filter=blob:none", repo.root.as_uri(), str(tmp_path / "clone"))
    repository = GitRepository.open(tmp_path / "clone")
    assert repository.blob("HEAD~1", "f") is None
    assert repository.blob("HEAD", "f") == b"two\n"
    with pytest.raises(GitError, match="partial clone") as refused:
        list(repository.diff_commit("HEAD"))
    assert "git diff" in refused.value.hint


def test_a_broken_object_is_a_missing_text_and_not_a_crash(repo) -> None:
    repo.write("f", "one\n")
    repo.commit("one")
    oid = repo.git("rev-parse", "HEAD:f").strip()
    loose = repo.root / ".git" / "objects" / oid[:2] / oid[2:]
    loose.chmod(0o644)
    loose.write_bytes(b"rubbish")
    repo.write("g", "two\n")
    repo.commit("two")
    repository = GitRepository.open(repo.root)
    assert repository.blob("HEAD", "f") is None
    assert repository.blob("HEAD", "g") == b"two\n"
    repo.write("f", "three\n")
    with pytest.raises(GitError, match="git failed"):
        list(repository.diff_worktree())


def test_a_path_outside_is_refused(repo) -> None:
    with pytest.raises(GitError, match="outside repository"):
        GitRepository.open(repo.root).diff_worktree(["../elsewhere"])


@needs_posix
@pytest.mark.parametrize("where", ["main", "linked"])
@pytest.mark.parametrize("command", [("commit", "-qm", "x"), ("commit", "-qam", "x"), ("commit", "-qm", "x", "f")])
def test_inside_a_git_hook(repo, tmp_path: Path, where: str, command: tuple[str, ...]) -> None:
    repo.write("sub/f", "one\n")
    repo.commit("one")
    if where == "linked":
        repo.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
        repo.root = tmp_path / "linked"
    program = repo.write(
        "../hook.py",
        "import json, os, sys\nfrom pathlib import Path\nfrom twiceshy.adapters.git import GitRepository\n"
        "assert 'GIT_INDEX_FILE' in os.environ\n"
        "repository = GitRepository.open(Path.cwd())\n"
        "files = [[f.path, f.old_text(), f.new_text()] for f in repository.diff_staged()]\n"
        "print(json.dumps([str(repository.root), repository.worktree, files]))\n",
    )
    out = tmp_path / "out"
    script(GitRepository.open(repo.root).hooks_dir() / "pre-commit", f"'{sys.executable}' '{program}' > '{out}'")
    repo.write("sub/f", "two\n")
    if len(command) == 3 and "a" not in command[1]:
        repo.git("add", "sub/f")
    subprocess.run(("git", *command), cwd=repo.root / "sub", check=True)
    assert json.loads(out.read_text()) == [str(repo.root.resolve()), where, [["sub/f", "one\n", "two\n"]]]


@pytest.mark.parametrize("git_dir", ["absolute", "../../repo/.git"])
def test_the_environment_may_name_another_repository(
    repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, git_dir: str
) -> None:
    repo.write("f", "one\n")
    sha = repo.commit("one")
    inside = tmp_path / "elsewhere" / "sub"
    inside.mkdir(parents=True)
    monkeypatch.setenv("GIT_DIR", str(repo.root / ".git") if git_dir == "absolute" else git_dir)
    monkeypatch.setenv("GIT_WORK_TREE", "..")
    repository = GitRepository.open(inside)
    assert (repository.root, repository.head()) == (inside.parent.resolve(), sha)
    (file,) = repository.diff_worktree()
    assert (file.path, file.status) == ("f", "deleted")
