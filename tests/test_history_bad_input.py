"""Bad input in history: whatever git holds or says, commands that look at the past answer, and say what they lack."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys

import pytest

from twiceshy.jobs._proof_file import proof_path
from twiceshy.project import Project

LESSON = """# Lessons

## 2026-01-01: It hung

- **Happened:** it hung
- **Rule:** Pass a timeout.

```yaml guard
id: post-timeout
why: It hangs
added: 'post\\('
unless: timeout
bad: post(u)
good: post(u, timeout=1)
level: warn
culprit: {culprit}
fix: {fix}
```
"""
HISTORY = ("tombstones --all", "backtest", "mine --dry-run", "check --staged", "check --diff HEAD~1..HEAD")


@pytest.fixture
def story(repo):
    """A mistake, its fix, a lesson with a guard, and a revert that leaves a tombstone."""
    repo.write("a.py", "start = 1\n")
    repo.commit("Start")
    repo.write("a.py", "start = 1\npost(u)\n")
    culprit = repo.commit("Post")
    repo.write("a.py", "start = 1\npost(u, timeout=1)\n")
    fix = repo.commit("Pass a timeout")
    repo.write("a.py", "start = 1\npost(u, timeout=1)\nenable_turbo_cache()\n")
    turbo = repo.commit("Enable the turbo cache")
    repo.git("revert", "--no-edit", turbo)
    repo.write("lessons/LESSONS.md", LESSON.format(culprit=culprit, fix=fix))
    repo.commit("Write it down")
    return repo


def twiceshy(folder, *arguments, before=None, **more):
    """Exit code, output and errors of one command; fails on a crash, a traceback, an escape or a hang."""
    run = subprocess.run(
        [sys.executable, "-m", "twiceshy", *arguments],
        cwd=folder,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        preexec_fn=before,
        env={**os.environ, **more},
    )
    out, error = run.stdout.decode(), run.stderr.decode()
    assert run.returncode in (0, 1, 2), out + error
    assert "Traceback" not in out + error
    assert "\x1b" not in out + error
    if run.returncode == 2:
        assert error.startswith("twiceshy: ")
        assert error.count("\n") == 1 + error.count("\n  hint: ") <= 2
    return run.returncode, out, error


def raw_commit(repo, people, message=b"Change\n"):
    """Commit the present tree with header lines and a message as bytes that git itself would not write."""
    tree, parent = repo.git("rev-parse", "HEAD^{tree}").strip(), repo.git("rev-parse", "HEAD").strip()
    content = f"tree {tree}\nparent {parent}\n".encode() + people + b"\n" + message
    run = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
        cwd=repo.root,
        input=content,
        check=True,
        capture_output=True,
    )
    sha = run.stdout.decode().strip()
    repo.git("update-ref", "HEAD", sha)
    return sha


def test_a_commit_with_more_files_than_a_patch_has_room_for_is_read_to_its_last_file(repo):
    blob = repo.git("hash-object", "-w", repo.write("one.py", "one = 1\n").name).strip()
    names = [f"{'folder' * 20}/{number % 9}/file{number}.py" for number in range(20_000)]
    for folder in ("old", "new"):
        listed = "".join(f"100644 {blob}\t{folder}/{name}\n" for name in names)
        repo.git("read-tree", "--empty")
        subprocess.run(["git", "update-index", "--index-info"], cwd=repo.root, input=listed.encode(), check=True)
        repo.git("commit", "--quiet", "--message", folder)
    with Project.open(repo.root) as project:
        project.history.read()
        first, second = project.history.commits()
        added = [file.path for file in project.history.files([first.number])]
        moved = [(file.old_path, file.path) for file in project.history.files([second.number])]
    assert sorted(added) == sorted(f"old/{name}" for name in names)
    assert sorted(moved) == sorted((f"old/{name}", f"new/{name}") for name in names)


DATES = {
    "-1 +0000": "1970-01-01",
    "0 +0000": "1970-01-01",
    "4102444800 +0000": "2100-01-01",
    "99999999999999 +0000": "9999-12-31",
    "18446744073709551615 +0000": "9999-12-31",
    "99999999999999999999999 +0000": "9999-12-31",
    "abc +0000": "1970-01-01",
    "": "1970-01-01",
}


@pytest.mark.parametrize("when", DATES)
def test_a_commit_of_any_date_is_one_of_history_and_shows_a_day(story, when):
    people = f"author A <a@b> {when}\ncommitter A <a@b> {when}\n"
    sha = raw_commit(story, people.encode(), b"This reverts commit " + b"1" * 40 + b".\n")
    with Project.open(story.root) as project:
        found = project.history.commit(sha)
    assert found is not None
    assert found.day == DATES[when]
    for command in ("backtest", "check --diff HEAD~1..HEAD"):
        code, out, error = twiceshy(story.root, *command.split())
        assert code == 0, error
        assert max(map(len, out.splitlines()), default=0) < 400


def test_a_commit_without_author_and_committer_is_judged(story):
    raw_commit(story, b"")
    for command in HISTORY:
        assert twiceshy(story.root, *command.split())[0] == 0


def test_control_characters_in_names_do_not_move_what_stands_beside_them(story):
    sha = raw_commit(
        story,
        b"author A\x01\x1b[31m B <a\x01@b> 1700000000 +0000\ncommitter A <a@b> 1700000000 +0000\n",
        b"Sub\x01ject \x1b]0;title\x07\n\nThe body \x1b[2J of it.\n",
    )
    with Project.open(story.root) as project:
        found = project.history.commit(sha)
    assert found is not None
    assert found.author == "A\x01\x1b[31m B"
    assert found.email == "a\x01@b"
    assert found.message.startswith("Sub\x01ject")
    for command in HISTORY:
        twiceshy(story.root, *command.split())


def test_no_escape_in_a_path_reaches_a_log_raw(story):
    story.write("e\x1b[31m.py", "post(u)\n")
    story.git("add", "--all")
    for style in ("text", "json", "sarif", "github", "gitlab", "markdown"):
        code, out, _ = twiceshy(story.root, "check", "--staged", "--format", style)
        assert code == 0
        assert "31m.py" in out


def test_what_git_is_configured_to_say_changes_nothing(story):
    story.write("a.py", "start = 1\nenable_turbo_cache()\npost(u)\n")
    story.git("add", "--all")
    commands = [*HISTORY, "guard suggest HEAD~3"]
    plain = [twiceshy(story.root, *command.split()) for command in commands]
    assert "enable_turbo_cache" in plain[0][1]
    settings = {
        "log.showSignature": "true",
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.external": "false",
        "color.ui": "always",
        "core.quotePath": "true",
        "diff.renames": "false",
        "diff.algorithm": "patience",
        "core.abbrev": "4",
        "log.date": "relative",
        "i18n.logOutputEncoding": "latin1",
        "diff.orderFile": "/nonexistent",
        "diff.submodule": "log",
        "format.pretty": "oneline",
        "core.bigFileThreshold": "1",
        "diff.context": "9",
        "diff.interHunkContext": "9",
        "log.diffMerges": "first-parent",
    }
    for name, value in settings.items():
        story.git("config", name, value)
    for path in (story.root / ".git" / "twiceshy").rglob("*"):
        if path.is_file() and path.name != "events.jsonl":
            path.unlink()
    for command, before in zip(commands, plain, strict=True):
        assert twiceshy(story.root, *command.split()) == before, command


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit for files to play a full disk with")
@pytest.mark.parametrize("kib", [8, 100])
def test_a_disk_that_is_full_is_said_to_be_and_nothing_crashes(story, kib):
    import resource

    def limited():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (kib * 1024, kib * 1024))

    for command in ("tombstones", "backtest", "guard suggest HEAD~3"):
        code, _, error = twiceshy(story.root, *command.split(), before=limited)
        assert code == 0 or "cannot be used" in error or "no room" in error, error
    assert twiceshy(story.root, "backtest")[0] == 0


def test_a_partial_clone_says_what_it_does_not_know_and_knows_it_once_it_is_there(story, tmp_path):
    for name in ("uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"):
        story.git("config", name, "true")
    url, clone = story.root.as_uri(), tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--no-local", "--filter=blob:none", url, clone], check=True)
    code, out, _ = twiceshy(clone, "tombstones")
    assert code == 0
    assert "this clone is partial" in out
    assert "enable_turbo_cache" not in out
    assert "cannot be read here" in twiceshy(clone, "backtest")[1]
    listed = subprocess.run(["git", "log", "-p"], cwd=clone, check=True, capture_output=True).stdout
    assert b"enable_turbo_cache" in listed
    assert "enable_turbo_cache" in twiceshy(clone, "tombstones")[1]
    assert "caught" in twiceshy(clone, "backtest")[1]


def test_a_commit_that_a_shallow_clone_lacks_is_told_from_a_lesson_that_nobody_wrote(story, tmp_path):
    old = story.git("rev-parse", "--short", "HEAD~3").strip()
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth=1", story.root.as_uri(), clone], check=True)
    code, _, error = twiceshy(clone, "guard", "suggest", old)
    assert code == 2
    assert f"no such revision: {old}" in error
    assert "git fetch --unshallow" in error
    assert "no lesson or guard called 'nobody'" in twiceshy(clone, "guard", "suggest", "nobody")[2]


def test_a_cache_that_was_cut_short_anywhere_is_made_anew(story):
    good = twiceshy(story.root, "backtest"), twiceshy(story.root, "tombstones")
    path = story.root / ".git" / "twiceshy" / "history-1.db"
    whole = path.read_bytes()
    for part in (0, 3, 7, 9):
        path.write_bytes(whole[: len(whole) * part // 10])
        twiceshy(story.root, "backtest")
        assert (twiceshy(story.root, "backtest"), twiceshy(story.root, "tombstones")) == good


def test_a_reader_that_is_killed_leaves_a_cache_that_others_finish(story):
    for number in range(40):
        story.write(f"src/f{number}.py", "".join(f"post({number}, {line})\n" for line in range(200)))
        story.commit(f"Add {number}")
    path = story.root / ".git" / "twiceshy" / "history-1.db"
    command = [sys.executable, "-m", "twiceshy", "backtest"]
    for wait in (0.05, 0.15, 0.25, 0.35):
        with subprocess.Popen(command, cwd=story.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as reader:
            try:
                reader.wait(wait)
            except subprocess.TimeoutExpired:
                reader.kill()
    assert "looked at 46 of 46 commits" in twiceshy(story.root, "backtest")[1]
    with sqlite3.connect(path) as store:
        rows = store.execute("SELECT number, path, count(*) FROM files GROUP BY 1, 2 HAVING count(*) > 1").fetchall()
    store.close()
    assert rows == []


def test_an_id_longer_than_a_file_name_can_be_has_a_proof_of_its_own():
    names = {proof_path("a" * length) for length in (100, 300, 301, 5000)} | {proof_path("☃" * 100)}
    assert len(names) == 5
    assert all(len(os.path.basename(name).encode()) <= 255 for name in names)


def test_a_file_in_the_place_of_the_folder_for_what_is_kept_is_named(story):
    story.write(".twiceshy", "mine\n")
    ident = twiceshy(story.root, "tombstones", "--format", "json")[1].partition('"id": "')[2].partition('"')[0]
    code, _, error = twiceshy(story.root, "tombstones", "bury", ident, "--reason", "it works now")
    assert code == 2
    assert ".twiceshy" in error
    assert (story.root / ".twiceshy").read_text() == "mine\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a console's Ctrl-C cannot be sent to one process there")
def test_ctrl_c_ends_with_one_line(story):
    for number in range(20):
        story.write(f"src/f{number}.py", "".join(f"post({number}, {line})\n" for line in range(200)))
        story.commit(f"Add {number}")
    program = (
        "import os, signal, sys; from twiceshy.adapters import history; from twiceshy.surfaces.cli import main;"
        "signal.signal(signal.SIGINT, signal.default_int_handler);"
        "real = history.read_patches;"
        "history.read_patches = lambda read: (os.kill(os.getpid(), signal.SIGINT), real(read))[1];"
        "sys.exit(main(['backtest']))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=story.root, capture_output=True, timeout=60)
    assert (run.returncode, run.stdout) == (130, b"")
    assert run.stderr == b"twiceshy: interrupted; nothing is half-written\n"
    assert "looked at 26 of 26 commits" in twiceshy(story.root, "backtest")[1]


@pytest.mark.parametrize("day", ["2024-13", "2024-02-30", "0000", "x", "2024-1", "2024-01-01-01"])
def test_a_day_that_there_is_not_is_no_beginning(story, day):
    code, _, error = twiceshy(story.root, "mine", "--dry-run", "--since", day)
    assert code == 2
    assert f"{day} is no day" in error


@pytest.mark.parametrize("day", ["2024", "2024-02", "2024-02-29"])
def test_a_year_a_month_and_a_day_are_beginnings(story, day):
    assert twiceshy(story.root, "mine", "--dry-run", "--since", day)[0] == 0


def test_a_list_of_the_buried_that_is_no_text_is_said_to_be_that(story):
    story.write(".twiceshy/buried.toml", b"\xff\xfe")
    code, _, error = twiceshy(story.root, "tombstones")
    assert code == 2
    assert ".twiceshy/buried.toml is not UTF-8" in error
