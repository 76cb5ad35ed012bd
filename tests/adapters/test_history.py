"""The line cache: what it knows of real histories, and what it does when they are odd, rewritten or broken."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Repo

from twiceshy.adapters._patches import read_patches
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


def test_a_search_finds_the_files_whose_lines_match_on_one_side_and_in_these_paths(
    repo: Repo, open_history: Open
) -> None:
    repo.write("src/a.py", "import os\nkill()\n")
    repo.write("src/b.py", "kill()\nkill()\n")
    repo.write("docs/c.md", "kill()\n")
    repo.commit("all")
    repo.write("src/a.py", "import os\n")
    repo.write("d.txt", "\nempty lines around\n\n")
    repo.commit("less")
    history = open_history(repo.root)
    history.read()
    assert found(history, r"kill\(") == ["docs/c.md", "src/a.py", "src/b.py"]
    assert found(history, r"kill\(", globs=("src/**",)) == ["src/a.py", "src/b.py"]
    assert found(history, r"^kill\(\)$", side="removed") == ["src/a.py"]
    assert found(history, r"^$") == ["d.txt"]
    assert found(history, "nothing like it", r"\Aempty") == ["d.txt", "docs/c.md", "src/a.py", "src/b.py"]
    assert found(history) == ["d.txt", "docs/c.md", "src/a.py", "src/a.py", "src/b.py"]


def test_many_chunks_are_searched_by_several_processes_and_all_files_are_found(repo: Repo, open_history: Open) -> None:
    for number in range(6):
        repo.write(f"f{number}.txt", f"needle {number}\n" + "".join(f"line {n} of hay\n" for n in range(40_000)))
        repo.commit(f"big {number}")
    history = open_history(repo.root)
    history.read()
    assert history._connection.execute("SELECT count(*) FROM chunks").fetchone()[0] >= 3
    made = [
        (file.path, text)
        for _, file, texts in history.each(
            [Query("added", (r"needle \d",))],
            lambda _place, _file, changed: [changed.hunks[0].added[0], changed.new_text() is not None],
        )
        for text in [texts]
    ]
    assert sorted(made) == [(f"f{n}.txt", [f"needle {n}", True]) for n in range(6)]


def test_a_file_is_followed_by_its_old_and_new_name(repo: Repo, open_history: Open) -> None:
    repo.write("old.py", "one\ntwo\nthree\n")
    repo.commit("first")
    repo.git("mv", "old.py", "new.py")
    repo.commit("second")
    history = open_history(repo.root)
    history.read()
    assert [(file.path, file.old_path, file.status) for file in history.touching(["old.py"])] == [
        ("old.py", "", "added"),
        ("new.py", "old.py", "renamed"),
    ]


def test_a_merge_holds_no_lines_and_is_counted(repo: Repo, open_history: Open) -> None:
    repo.write("a", "1\n")
    repo.commit("first")
    repo.git("checkout", "-q", "-b", "side")
    repo.write("b", "2\n")
    repo.commit("side")
    repo.git("checkout", "-q", "main")
    repo.write("c", "3\n")
    repo.commit("main")
    repo.git("merge", "-q", "--no-ff", "side", "-m", "merge")
    history = open_history(repo.root)
    history.read()
    coverage = history.coverage
    assert (coverage.commits, coverage.merges, coverage.read, coverage.unread) == (4, 1, 3, {})
    assert history.commits()[-1].is_merge
    assert list(history.files([history.commits()[-1].number])) == []


def test_only_what_is_new_is_read_the_next_time(repo: Repo, open_history: Open) -> None:
    repo.write("a", "1\n")
    repo.commit("first")
    open_history(repo.root).read()
    repo.write("a", "2\n")
    repo.commit("second")
    asked: list[tuple[int, int]] = []
    history = open_history(repo.root)
    history.progress = lambda done, of: asked.append((done, of))
    history.read()
    assert asked == [(0, 1), (1, 1)]
    assert [commit.subject for commit in history.commits()] == ["first", "second"]


def test_what_another_branch_holds_is_not_seen_from_this_one(repo: Repo, open_history: Open) -> None:
    repo.write("a", "1\n")
    repo.commit("first")
    repo.git("checkout", "-q", "-b", "side")
    repo.write("b", "needle\n")
    side = repo.commit("side")
    open_history(repo.root).read()
    repo.git("checkout", "-q", "main")
    history = open_history(repo.root)
    history.read()
    assert [commit.subject for commit in history.commits()] == ["first"]
    assert found(history, "needle") == []
    assert history.commit(side) is None
    assert history.coverage.commits == 1
    repo.git("checkout", "-q", "side")
    assert found(open_history(repo.root), "needle") == ["b"]


def test_a_history_that_was_rewritten_and_forgotten_by_git_is_forgotten_here(repo: Repo, open_history: Open) -> None:
    repo.write("a", "1\n")
    repo.commit("first")
    repo.write("a", "secret\n")
    old = repo.commit("second")
    open_history(repo.root).read()
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.write("a", "plain\n")
    repo.commit("second, again")
    repo.git("reflog", "expire", "--expire=now", "--all")
    repo.git("gc", "-q", "--prune=now")
    assert subprocess.run(["git", "cat-file", "-e", old], cwd=repo.root, capture_output=True).returncode
    history = open_history(repo.root)
    history.read()
    assert [commit.subject for commit in history.commits()] == ["first", "second, again"]
    assert found(history, "secret") == []
    assert found(history, "plain") == ["a"]


def test_an_id_is_found_by_its_beginning(repo: Repo, open_history: Open) -> None:
    repo.write("a", "1\n")
    sha = repo.commit("first")
    history = open_history(repo.root)
    for digits in (7, 8, 9, 40):
        commit = history.commit(sha[:digits].upper())
        assert commit is not None and commit.sha == sha
    for wrong in (sha[:6], "HEAD", "", "g" * 40, sha + "0"):
        assert history.commit(wrong) is None


def test_a_shallow_clone_says_what_is_missing_and_reads_the_rest(
    repo: Repo, open_history: Open, tmp_path: Path
) -> None:
    for number in range(4):
        repo.write("a", f"{number}\n")
        repo.commit(f"commit {number}")
    clone = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "2", f"file://{repo.root}", str(clone)], check=True)
    history = open_history(clone)
    history.read()
    assert history.coverage.unread == {"shallow boundary": 1}
    assert [(file.path, file.status) for file in everything(history)] == [("a", "modified")]
    history.close()
    subprocess.run(["git", "fetch", "-q", "--unshallow"], cwd=clone, check=True)
    history = open_history(clone)
    history.read()
    assert history.coverage.unread == {}
    assert [commit.subject for commit in history.commits()] == [f"commit {number}" for number in range(4)]


def test_a_partial_clone_is_read_as_far_as_it_goes_and_nothing_is_fetched(
    repo: Repo, open_history: Open, tmp_path: Path
) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    for number in range(3):
        repo.write("a", f"{number}\n")
        repo.commit(f"commit {number}")
    repo.write("b", "new\n")
    repo.commit("last")
    clone = tmp_path / "partial"
    subprocess.run(
        ["git", "clone", "-q", "--filter=blob:none", f"file://{repo.root}", str(clone)], check=True, capture_output=True
    )
    packs = sorted((clone / ".git/objects/pack").iterdir())
    history = open_history(clone)
    history.read()
    assert history.coverage.unread == {"missing objects": 3}
    assert [file.path for file in everything(history)] == ["b"]
    assert sorted((clone / ".git/objects/pack").iterdir()) == packs
    history.close()
    subprocess.run(["git", "log", "-p"], cwd=clone, check=True, capture_output=True)
    history = open_history(clone)
    history.read()
    assert history.coverage.unread == {}


def test_a_commit_whose_objects_are_damaged_is_named_and_the_rest_is_read(repo: Repo, open_history: Open) -> None:
    for number in range(5):
        repo.write(f"f{number}", f"{number}\n")
        repo.commit(f"commit {number}")
    blob = repo.git("rev-parse", "HEAD:f2").strip()
    repo.git("rm", "-q", "f2")
    repo.commit("f2 is gone")
    (repo.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    history = open_history(repo.root)
    history.read()
    assert history.coverage.unread == {"missing objects": 2}
    assert [file.path for file in everything(history)] == ["f0", "f1", "f3", "f4"]


def test_replaced_objects_do_not_change_what_is_kept(repo: Repo, open_history: Open) -> None:
    repo.write("a", "bad\n")
    bad = repo.commit("bad")
    repo.write("a", "good\n")
    good = repo.commit("good")
    repo.git("replace", good, bad)
    history = open_history(repo.root)
    history.read()
    assert [commit.subject for commit in history.commits()] == ["bad", "good"]
    assert found(history, "good") == ["a"]


def test_names_authors_messages_and_lines_that_are_not_utf8_are_read(repo: Repo, open_history: Open) -> None:
    name = b"caf\xe9 \n\x01\t.txt".decode("utf-8", "surrogateescape")
    repo.write(name, b"caf\xe9 needle\r\nmore\n")
    repo.git("add", "--all")
    environment = {"GIT_AUTHOR_NAME": "J\udce9r\udcf4me", "GIT_AUTHOR_EMAIL": "j@example.org"}
    subprocess.run(
        ["git", "-c", "i18n.commitEncoding=none", "commit", "-q", "-F", "-"],
        cwd=repo.root,
        input=b"caf\xe9\n\nbody \xff\x01\x02",
        env={**os.environ, **environment},
        check=True,
    )
    history = open_history(repo.root)
    history.read()
    (commit,) = history.commits()
    assert commit.subject == "caf\ufffd"
    assert commit.body.startswith("body \ufffd")
    assert found(history, "needle$") == [name]
    (file,) = everything(history)
    assert history.changed_file(file).hunks[0].added == ["caf\ufffd needle", "more"]


def test_binary_files_links_submodules_and_changes_of_type_have_their_kind(
    repo: Repo, repo_factory: Callable[[], Repo], open_history: Open
) -> None:
    inner = repo_factory()
    inner.write("x", "1\n")
    inner.commit("inner")
    repo.write("bin", b"\0\1\2")
    repo.write("file", "text\n")
    (repo.root / "link").symlink_to("file")
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.root), "sub")
    repo.commit("first")
    (repo.root / "file").unlink()
    (repo.root / "file").symlink_to("bin")
    repo.write("after", "needle\n")
    repo.git("update-index", "--chmod=+x", "bin")
    repo.commit("second")
    history = open_history(repo.root)
    history.read()
    files = {(file.commit, file.path): file for file in everything(history)}
    first, second = (commit.number for commit in history.commits())
    assert files[first, "bin"].skipped == "binary"
    assert files[first, "sub"].skipped == "submodule"
    assert history.changed_file(files[first, "link"]).hunks[0].added == ["file"]
    assert files[second, "file"].status == "modified"
    assert (files[second, "file"].removed, files[second, "file"].added) == (1, 1)
    assert found(history, "needle") == ["after"]


def test_a_file_with_too_many_changed_lines_is_left_out_by_name(repo: Repo, open_history: Open) -> None:
    repo.write("huge.txt", b"x" * 79 + b"\n" + b"0123456789" * 8 * 60_000)
    repo.write("many.txt", "".join(f"{n:080}\n" for n in range(60_000)))
    repo.write("small.txt", "needle\n")
    repo.commit("first")
    history = open_history(repo.root)
    history.read()
    assert {file.path: file.skipped for file in everything(history)} == {
        "huge.txt": "too large",
        "many.txt": "too large",
        "small.txt": "",
    }
    assert found(history, "needle") == ["small.txt"]


def test_a_damaged_store_is_made_anew(repo: Repo, open_history: Open) -> None:
    repo.write("a", "needle\n")
    repo.commit("first")
    history = open_history(repo.root)
    history.read()
    history.close()
    Path(history.path).write_bytes(b"no database" * 1000)
    history = open_history(repo.root)
    history.read()
    assert found(history, "needle") == ["a"]


def test_a_store_of_another_version_is_swept_away(repo: Repo, open_history: Open) -> None:
    repo.write("a", "needle\n")
    repo.commit("first")
    folder = repo.root / ".git" / "twiceshy"
    folder.mkdir()
    (folder / "history-0.db").write_bytes(b"old")
    (folder / "events.jsonl").write_bytes(b"{}")
    open_history(repo.root)
    assert sorted(path.name for path in folder.iterdir() if path.suffix in (".db", ".jsonl")) == [
        "events.jsonl",
        "history-1.db",
    ]


def test_where_nothing_can_be_written_history_is_read_all_the_same(repo: Repo, open_history: Open) -> None:
    repo.write("a", "needle\n")
    repo.commit("first")
    (repo.root / ".git" / "twiceshy").write_bytes(b"a file stands in the way")
    history = open_history(repo.root)
    history.read()
    assert found(history, "needle") == ["a"]
    assert len(history.notes) == 1 and "not kept" in history.notes[0]


def test_before_the_first_commit_there_is_nothing(repo: Repo) -> None:
    history = History(str(repo.root), str(repo.root / ".git"), str(repo.root / ".git"))
    history.read()
    assert list(history.commits()) == []
    assert history.coverage.commits == 0
    history.close()


def test_what_guards_said_is_kept_by_file(repo: Repo, open_history: Open) -> None:
    repo.write("a", "needle\n")
    repo.commit("first")
    history = open_history(repo.root)
    history.read()
    history.keep_fires("digest", [(1, [[1, 1, "needle"]]), (2, [])])
    assert history.known_fires("digest") == {1: [[1, 1, "needle"]], 2: []}
    assert history.known_fires("other") == {}


def test_a_full_disk_is_one_message_and_leaves_what_was_read_before(
    repo: Repo, open_history: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from twiceshy.adapters import history as module
    from twiceshy.errors import TwiceshyError

    repo.write("a", "needle\n")
    repo.commit("first")
    history = open_history(repo.root)
    monkeypatch.setattr(
        module.Writer,
        "finish",
        lambda _self: (_ for _ in ()).throw(sqlite3.OperationalError("database or disk is full")),
    )
    with pytest.raises(TwiceshyError, match="disk is full"):
        history.read()
    monkeypatch.undo()
    history.read()
    assert found(history, "needle") == ["a"]


def test_two_processes_that_read_at_once_share_the_work_and_keep_each_line_once(repo: Repo, open_history: Open) -> None:
    for number in range(30):
        repo.write("a", f"{number}\n")
        repo.commit(f"commit {number}")
    script = (
        "import sys; from pathlib import Path; from twiceshy.adapters import history as h;"
        "from twiceshy.adapters.git import GitRepository; h._BATCH = 3; g = GitRepository.open(Path('.'));"
        "p = h.History(str(g.root), str(g.git_dir), str(g.common_dir)); p.update(g.head()); p.read(); p.close()"
    )
    both = [subprocess.Popen([sys.executable, "-c", script], cwd=repo.root) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    history = open_history(repo.root)
    assert history.coverage.read == 30
    assert len(everything(history)) == 30
    assert len(found(history, r"\d")) == 30


def test_a_reader_that_is_killed_loses_a_batch_and_nothing_else(repo: Repo, open_history: Open) -> None:
    for number in range(12):
        repo.write("a", f"{number}\n")
        repo.commit(f"commit {number}")
    script = (
        "import os; from pathlib import Path; from twiceshy.adapters import history as h;"
        "from twiceshy.adapters.git import GitRepository; h._BATCH = 5; g = GitRepository.open(Path('.'));"
        "p = h.History(str(g.root), str(g.git_dir), str(g.common_dir)); p.update(g.head());"
        "add = h.Writer.add\n"
        "def kill(self, number, files):\n"
        "    add(self, number, files)\n"
        "    if number == 8: os.kill(os.getpid(), 9)\n"
        "h.Writer.add = kill; p.read()"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=repo.root).returncode == -9
    history = open_history(repo.root)
    assert history.coverage.read == 5
    history.read()
    assert [file.path for file in everything(history)] == ["a"] * 12
    assert history.coverage.unread == {}


@given(st.lists(st.binary(max_size=60), max_size=6))
def test_what_git_never_printed_is_passed_over(pieces: list[bytes]) -> None:
    ids = b" ".join((b"b" * 40, b"c" * 40))
    header = b"\x01" + b"a" * 40 + b"\0\n:100644 100644 " + ids + b" M\0f\0\0diff --git a/f b/f\n"
    for stream in (b"".join(pieces), header + b"\n".join(pieces), header + b"@@ -1,2 +1,3 @@\n-" + b"\n+".join(pieces)):
        for sha, files in read_patches(BytesIO(stream).read):
            assert len(sha) in range(40, 65)
            for file in files:
                for hunk in file.hunks:
                    hunk.before.decode()
                    hunk.after.decode()


def test_what_is_generated_is_known_by_name_and_by_attributes(repo: Repo, open_history: Open) -> None:
    repo.write("vendor/x.js", "1\n")
    repo.write("vendor/ours/y.js", "1\n")
    repo.write("src/api.ts", "1\n")
    repo.write("src/main.ts", "1\n")
    repo.write(".gitattributes", "src/api.ts linguist-generated\nvendor/ours/** -linguist-vendored\n")
    repo.commit("first")
    history = open_history(repo.root)
    history.read()
    paths = ("vendor/x.js", "vendor/ours/y.js", "src/api.ts", "src/main.ts", "web/app.min.js", "never/seen.py")
    assert [path for path in paths if history.is_generated(path)] == ["vendor/x.js", "src/api.ts", "web/app.min.js"]
