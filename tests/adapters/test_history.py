"""The line cache: what it knows of real histories, and what it does when they are odd, rewritten or broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conftest import Repo

from twiceshy.adapters.git import GitRepository
from twiceshy.adapters.history import History
from twiceshy.model.change import ChangedFile
from twiceshy.model.history import PastFile, Query

Open = Callable[[Path], History]


@pytest.fixture
def open_history() -> Iterator[Open]:
    opened: list[tuple[History, GitRepository]] = []

    def make(root: Path) -> History:
        git = GitRepository.open(root)
        history = History(str(git.root), str(git.git_dir), str(git.common_dir))
        opened.append((history, git))
        history.update(git.head())
        return history

    yield make
    for history, git in opened:
        history.close()
        git.close()


def hunks_of(file: ChangedFile) -> list[tuple[int, list[str], int, list[str]]]:
    return [(hunk.old_start, hunk.removed, hunk.new_start, hunk.added) for hunk in file.hunks]


def everything(history: History) -> list[PastFile]:
    return list(history.files([commit.number for commit in history.commits()]))


def found(history: History, *patterns: str, side: str = "added", globs: tuple[str, ...] = ()) -> list[str]:
    """The paths of files that a query means."""
    query = Query(side, patterns, globs)
    return sorted(file.path for _, file, _ in history.each([query], lambda _place, _file, _changed: [1]))


def test_every_commit_is_as_git_diff_shows_it(repo: Repo, open_history: Open) -> None:
    repo.write("a.py", "one\ntwo\nthree\n")
    repo.write("no end", "x")
    repo.commit("first")
    repo.write("a.py", "one\n2\nthree\nfour\n\n")
    repo.write("no end", "x\ny")
    repo.write("crlf.txt", "a\r\nb\r\n")
    repo.commit("second")
    repo.write("crlf.txt", "a\r\nc\r\n")
    repo.git("mv", "a.py", "b.py")
    repo.git("rm", "-q", "no end")
    repo.commit("third")
    history = open_history(repo.root)
    history.read()
    git = GitRepository.open(repo.root)
    for commit in history.commits():
        expected = {file.path: file for file in git.diff_commit(commit.sha)}
        files = list(history.files([commit.number]))
        assert {file.path for file in files} == set(expected)
        for file in files:
            mine, other = history.changed_file(file), expected[file.path]
            assert (mine.status, mine.old_path, mine.skipped) == (other.status, other.old_path, other.skipped)
            assert hunks_of(mine) == hunks_of(other)
            assert (mine.new_text(), mine.old_text()) == (other.new_text(), other.old_text())
    git.close()


def test_commits_come_parents_first_with_their_whole_message(repo: Repo, open_history: Open) -> None:
    repo.write("a", "1")
    first = repo.commit("first\n\nwith a body\nof two lines")
    repo.write("a", "2")
    second = repo.commit("zweiter Müll ☃")
    commits = open_history(repo.root).commits()
    assert [commit.sha for commit in commits] == [first, second]
    assert commits[0].body == "with a body\nof two lines"
    assert commits[1].subject == "zweiter Müll ☃"
    assert commits[1].parents == (first,)
    assert (commits[0].author, commits[0].email, commits[0].day) == ("Ada", "ada@example.org", "2026-01-02")
