from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from twiceshy.adapters._process import Git
from twiceshy.adapters.git import GitRepository
from twiceshy.errors import GitError
from twiceshy.model.change import ChangedFile

ODD_NAMES = (
    "with space.txt",
    'quo"te.txt',
    "tab\there.txt",
    "new\nline.txt",
    "café 日本.txt",
    "back\\slash.txt",
    "-dash",
)


def lines(file: ChangedFile) -> tuple[list[str], list[str]]:
    """All removed and all added lines of a file."""
    return [line for hunk in file.hunks for line in hunk.removed], [line for hunk in file.hunks for line in hunk.added]


def by_path(files) -> dict[str, ChangedFile]:
    return {file.path: file for file in files}


@pytest.fixture
def story(repo):
    """Two commits: `f` with one and two, then `f` with one and 2 while `old` is renamed and `gone` deleted."""
    repo.write("f", "one\ntwo\n")
    repo.write("old", "".join(f"line {number}\n" for number in range(20)))
    repo.write("gone", "bye\n")
    repo.first = repo.commit("first")
    repo.write("f", "one\n2\n")
    repo.git("mv", "old", "renamed")
    repo.git("rm", "--quiet", "gone")
    repo.second = repo.commit("second")
    return repo


def test_a_repository_is_found_from_any_folder_and_file_inside(repo) -> None:
    file = repo.write("a/b/f", "")
    for start in (repo.root, file.parent, file, file.with_name("not there yet")):
        found = GitRepository.open(start)
        assert found.root == repo.root.resolve()
        assert found.git_dir == found.common_dir == repo.root.resolve() / ".git"
        assert (found.worktree, found.shallow) == ("main", False)


def test_files_are_the_tracked_and_the_untracked_that_are_not_ignored(repo) -> None:
    repo.write(".gitignore", "*.log\n")
    repo.write("sub/tracked", "")
    repo.write("deleted", "")
    repo.commit("all")
    (repo.root / "deleted").unlink()
    repo.write("untracked é", "")
    repo.write("noise.log", "")
    repo.git("init", "--quiet", "inner")
    assert sorted(GitRepository.open(repo.root).files()) == [".gitignore", "deleted", "sub/tracked", "untracked é"]


def test_revisions_are_resolved_and_dated(story) -> None:
    repository = GitRepository.open(story.root)
    assert repository.head() == repository.resolve("main") == repository.resolve(story.second[:8]) == story.second
    assert repository.resolve("HEAD~1") == story.first
    assert repository.has("main") and not repository.has("other")
    assert repository.commit_date("main") == "2026-01-02"
    story.git("checkout", "--quiet", "--detach", "HEAD~1")
    assert repository.head() == story.first


@pytest.mark.parametrize(
    "revision", ["", "other", "HEAD~9", "--all", "-1", "HEAD:f", "a..b", "é\n", "\0", "\udcff", "1" * 40]
)
def test_a_revision_that_is_none_is_said_to_be_none(story, revision: str) -> None:
    repository = GitRepository.open(story.root)
    assert not repository.has(revision)
    with pytest.raises(GitError, match="no such revision") as refused:
        repository.resolve(revision)
    assert "git log" in refused.value.hint


def test_a_staged_change_is_read_from_the_index_and_not_from_the_disk(story) -> None:
    story.write("f", "one\nstaged\n")
    story.git("add", "f")
    story.write("f", "one\non disk\n")
    story.write("untracked", "x\n")
    (file,) = GitRepository.open(story.root).diff_staged()
    assert (file.path, file.status, lines(file)) == ("f", "modified", (["2"], ["staged"]))
    assert (file.old_text(), file.new_text()) == ("one\n2\n", "one\nstaged\n")


def test_staging_again_is_seen_by_the_same_repository(story) -> None:
    repository = GitRepository.open(story.root)
    for word in ("once", "twice"):
        story.write("f", f"{word}\n")
        story.git("add", "f")
        (file,) = repository.diff_staged()
        assert file.new_text() == f"{word}\n"


def test_renamed_and_deleted_files_know_their_old_text(story) -> None:
    files = by_path(GitRepository.open(story.root).diff_range(story.first, story.second))
    assert sorted(files) == ["f", "gone", "renamed"]
    renamed, gone = files["renamed"], files["gone"]
    assert (renamed.status, renamed.old_path, renamed.hunks) == ("renamed", "old", [])
    assert renamed.old_text() == renamed.new_text() != None  # noqa: E711
    assert (gone.status, lines(gone), gone.old_text(), gone.new_text()) == ("deleted", (["bye"], []), "bye\n", None)


def test_the_working_tree_is_compared_with_the_last_commit(story) -> None:
    story.write("f", "one\nstaged\n")
    story.git("add", "f")
    story.write("renamed", "".join(f"line {number}\n" for number in range(19)))
    story.write("new/untracked", "x\r\ny")
    repository = GitRepository.open(story.root)
    files = by_path(repository.diff_worktree())
    assert {path: lines(file) for path, file in files.items()} == {
        "f": (["2"], ["staged"]),
        "renamed": (["line 19"], []),
    }
    assert files["renamed"].new_text() == story.root.joinpath("renamed").read_text()
    (tracked, untracked) = repository.diff_worktree(["f", "new"])
    assert tracked.path == "f"
    assert (untracked.path, untracked.status, lines(untracked)) == ("new/untracked", "added", ([], ["x", "y"]))
    assert (untracked.old_text(), untracked.new_text()) == (None, "x\r\ny")


def test_reading_writes_nothing(story) -> None:
    story.write("binary", b"\0")
    story.commit("binary")
    for name in ("f", "binary"):
        os.utime(story.root / name, (1e9, 1e9))  # git would like to note that it is the same file all the same
    index = story.root / ".git" / "index"
    before = index.read_bytes()
    assert list(GitRepository.open(story.root).diff_worktree()) == []
    assert index.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_a_path_is_a_path_and_not_a_pattern(story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_GLOB_PATHSPECS", "1")
    for name in ("f", "f*", ":(glob)f"):
        story.write(name, "needle\n")
    repository = GitRepository.open(story.root)
    for name in ("f*", ":(glob)f"):
        assert [file.path for file in repository.diff_worktree([name])] == [name]
        assert repository.grep("needle", [name]) == [(name, 1, "needle")]


def test_an_untracked_file_may_be_empty_or_binary(repo) -> None:
    repo.write("binary", b"\0")
    repo.write("empty", "")
    files = by_path(GitRepository.open(repo.root).diff_worktree(["binary", "empty"]))
    assert {path: (file.skipped, file.hunks) for path, file in files.items()} == {
        "binary": ("binary", []),
        "empty": ("", []),
    }


def test_a_range_can_start_where_the_branches_parted(story) -> None:
    story.git("checkout", "--quiet", "-b", "side", story.first)
    story.write("side", "s\n")
    story.commit("on the side")
    repository = GitRepository.open(story.root)
    assert sorted(by_path(repository.diff_range(repository.merge_base("main", "side"), "side"))) == ["side"]
    assert sorted(by_path(repository.diff_range("main", "side"))) == ["f", "gone", "old", "side"]


def test_branches_without_a_common_ancestor_are_said_to_have_none(story) -> None:
    story.git("checkout", "--quiet", "--orphan", "alone")
    story.commit("alone")
    with pytest.raises(GitError, match="main and alone have no common ancestor"):
        GitRepository.open(story.root).merge_base("main", "alone")


def test_a_commit_is_compared_with_its_first_parent_and_the_first_commit_with_nothing(story) -> None:
    story.git("checkout", "--quiet", "-b", "side", story.first)
    story.write("side", "s\n")
    story.commit("on the side")
    story.git("checkout", "--quiet", "main")
    story.git("merge", "--quiet", "--no-ff", "-m", "merge", "side")
    repository = GitRepository.open(story.root)
    assert sorted(by_path(repository.diff_commit("HEAD"))) == ["side"]
    assert sorted(by_path(repository.diff_commit(story.second))) == ["f", "gone", "renamed"]
    first = by_path(repository.diff_commit(story.first))
    assert {file.status for file in first.values()} == {"added"}
    assert (first["f"].old_text(), first["f"].new_text()) == (None, "one\ntwo\n")


def test_blobs_and_trees_are_read_by_revision(story) -> None:
    repository = GitRepository.open(story.root)
    assert repository.blob(story.first, "f") == b"one\ntwo\n"
    assert repository.blob("HEAD", "gone") is None
    assert repository.blob("HEAD", ".") is None
    story.write("f", "index\n")
    story.git("add", "f")
    assert repository.blob("", "f") == b"index\n"
    tree = repository.tree("HEAD")
    assert [path for path, _ in tree] == ["f", "renamed"]
    oids = [oid for _, oid in tree]
    assert [oid for oid, _ in repository.blobs([oids[0], "0" * 40, story.second, oids[1]])] == oids
    assert dict(repository.blobs(oids))[oids[0]] == b"one\n2\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names and few symbolic links")
def test_odd_names_come_back_as_they_are(repo) -> None:
    for name in ODD_NAMES:
        repo.write(name, "one needle\n")
    os.symlink("with space.txt", repo.root / "link")
    repo.commit("odd")
    repository = GitRepository.open(repo.root)
    assert sorted(repository.files()) == sorted((*ODD_NAMES, "link"))
    assert sorted(path for path, _ in repository.tree("HEAD")) == sorted(ODD_NAMES)
    assert sorted(repository.grep("needle")) == sorted((name, 1, "one needle") for name in ODD_NAMES)
    for name in ODD_NAMES:
        repo.write(name, "two\n")
    (repo.root / "link").unlink()
    os.symlink("nowhere", repo.root / "link")
    on_disk = by_path(repository.diff_worktree([*ODD_NAMES, "link"]))
    repo.git("add", "--all")
    for files in (on_disk, by_path(repository.diff_staged())):
        assert sorted(files) == sorted((*ODD_NAMES, "link"))
        assert {(files[name].old_text(), files[name].new_text()) for name in ODD_NAMES} == {("one needle\n", "two\n")}
        assert files["link"].new_text() == "nowhere"


def test_a_name_that_is_not_utf_8_comes_back_as_it_is(repo) -> None:
    name = os.fsdecode(b"caf\xe9")
    try:
        repo.write(name, "x\n")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    repository = GitRepository.open(repo.root)
    assert repository.files() == [name]
    repo.git("add", "--all")
    (file,) = repository.diff_staged()
    assert (file.path, file.new_text()) == (name, "x\n")


def test_grep_looks_for_text_and_not_for_a_pattern(repo) -> None:
    repo.write(".gitignore", "ignored\n")
    repo.write("src/a.py", "x\na.b(c)\nazb(c)\n")
    repo.commit("all")
    repo.write("untracked.py", "  -e a.b(c) é\n")
    for name in ("ignored", "binary"):
        repo.write(name, b"\0 a.b(c)\n" if name == "binary" else "a.b(c)\n")
    repo.git("config", "grep.column", "true")
    repo.git("config", "color.ui", "always")
    repository = GitRepository.open(repo.root)
    assert repository.grep("a.b(") == [("src/a.py", 2, "a.b(c)"), ("untracked.py", 1, "  -e a.b(c) é")]
    assert repository.grep("a.b(", ["src"]) == [("src/a.py", 2, "a.b(c)")]
    assert repository.grep("-e a.b") == [("untracked.py", 1, "  -e a.b(c) é")]
    assert repository.grep("nowhere") == repository.grep("") == repository.grep("a\nb") == []


def test_the_hooks_folder_is_the_one_git_uses(repo) -> None:
    repository = GitRepository.open(repo.root)
    assert repository.hooks_dir() == repo.root.resolve() / ".git" / "hooks"
    repo.git("config", "core.hooksPath", "tools/hooks é")
    assert repository.hooks_dir() == repo.root.resolve() / "tools" / "hooks é"


def test_settings_that_change_what_git_diff_prints_change_nothing_here(story) -> None:
    settings = {
        "color.ui": "always",
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.renames": "false",
        "diff.context": "9",
        "diff.interHunkContext": "9",
        "diff.orderFile": "not-there",
        "diff.relative": "true",
        "diff.submodule": "log",
        "diff.suppressBlankEmpty": "true",
        "core.quotePath": "true",
    }
    for name, value in settings.items():
        story.git("config", name, value)
    files = by_path(GitRepository.open(story.root).diff_commit("HEAD"))
    assert lines(files["f"]) == (["two"], ["2"])
    assert files["renamed"].old_path == "old"


@pytest.mark.parametrize("stop", [GeneratorExit, KeyboardInterrupt])
def test_a_diff_that_is_left_in_the_middle_leaves_no_process_behind(
    story, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    started = []
    start = Git.start
    monkeypatch.setattr(Git, "start", lambda *given, **more: started.append(start(*given, **more)) or started[-1])
    for number in range(300):
        story.write(f"many/{number}", f"{number}\n" * 2000)
    story.git("add", "--all")
    files = GitRepository.open(story.root).diff_staged()
    assert next(files).path == "many/0"
    with pytest.raises(stop):
        files.throw(stop)
    assert len(started) == 2
    assert all(process.returncode is not None for process in started)


def test_the_object_reader_survives_being_killed_and_ends_with_its_repository(story) -> None:
    repository = GitRepository.open(story.root)
    assert repository.blob("HEAD", "f") == b"one\n2\n"
    process = repository._objects._process
    process.kill()
    process.wait()
    assert repository.blob("HEAD", "f") == b"one\n2\n"
    process = repository._objects._process
    assert process.poll() is None
    del repository
    gc.collect()
    assert process.returncode is not None
    assert process.stdin.closed and process.stdout.closed


def test_an_object_over_the_limit_is_left_out_and_the_next_one_is_right(story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twiceshy.adapters._process.BLOB_LIMIT", 100)
    repository = GitRepository.open(story.root)
    assert repository.blob("HEAD", "renamed") is None
    assert repository.blob("HEAD", "f") == b"one\n2\n"


def test_a_root_may_have_a_newline_in_its_name(tmp_path: Path, repo) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such file names")
    odd = tmp_path / "one\ntrue\ntwo é"
    repo.root.rename(odd)
    repo.root = odd
    repo.write("f", "x\n")
    repo.commit("x")
    repository = GitRepository.open(odd)
    assert (repository.root, repository.git_dir) == (odd.resolve(), odd.resolve() / ".git")
    assert repository.blob("HEAD", "f") == b"x\n"
    assert repository.hooks_dir() == odd.resolve() / ".git" / "hooks"


def test_a_commit_tells_its_parents_and_its_message(story) -> None:
    git = GitRepository.open(story.root)
    assert git.told("HEAD") == ([story.first], "second\n")
    assert git.told(story.first) == ([], "first\n")
    with pytest.raises(GitError):
        git.told("nowhere")


def test_blame_names_the_commit_of_each_line_and_when_it_was_made(story) -> None:
    git = GitRepository.open(story.root)
    first, second = git.blame("HEAD", "f", [(1, 2)])
    assert (first[0], second[0]) == (story.first, story.second)
    assert first[1] == second[1] == 1767323045
    assert git.blame("HEAD", "f", []) == []
    assert git.blame("HEAD", "f", [(2, 2)]) == [second]
    with pytest.raises(GitError):
        git.blame("HEAD", "not there", [(1, 1)])
