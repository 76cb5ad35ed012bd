"""What came of a finding, as `twiceshy stats` tells it about real repositories."""

from __future__ import annotations

import json
import os
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from twiceshy.adapters.events import append, events_path, new_event, read_events
from twiceshy.adapters.guardtable import Entry, Watch, table_path, write_table
from twiceshy.adapters.place import find_place
from twiceshy.model.event import SPOKE
from twiceshy.model.guard import Guard
from twiceshy.surfaces.cli import main
from twiceshy.surfaces.hook import main as hook_main
from twiceshy.surfaces.hook import respond

LOG = """# Lessons

## 2026-01-02: Checks were off

- **Rule:** keep checking

```yaml guard
id: no-verify
added: 'verify=False'
bad: get(url, verify=False)
good: get(url)
```

## 2026-01-03: The lock was forgotten

- **Rule:** commit the lock

```yaml guard
id: lock-too
pair: {changed: package.json, unchanged: package-lock.json}
bad:
  package.json: "{}"
good:
  package.json: "{}"
  package-lock.json: "{}"
```

## 2026-01-04: The retry was removed

- **Rule:** keep the retry

```yaml guard
id: keep-retry
removed: 'retry\\('
bad: retry(call)
good: call()
```
"""
BAD = "get(url, verify=False)\n"
TODAY = date.today().isoformat()


@pytest.fixture
def here(repo, monkeypatch):
    repo.write("LESSONS.md", LOG)
    repo.write("old.py", "retry(call)\n")
    repo.commit("lessons")
    monkeypatch.chdir(repo.root)
    return repo


@pytest.fixture
def say(capsys):
    """Runs a command; gives back its exit code and what it printed."""

    def run(*words):
        code = main(list(words))
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


@pytest.fixture
def stats(say):
    """What `twiceshy stats NAME --format json` tells."""

    def run(*words):
        code, printed = say("stats", *words, "--format", "json")
        assert code == 0
        return json.loads(printed)

    return run


@pytest.fixture
def outcomes(stats):
    """How the deliveries of a guard ended, oldest first."""
    return lambda guard="no-verify": [one["outcome"] for one in stats(guard)["deliveries"]]


def stage(repo, text=BAD, path="a.py"):
    repo.write(path, text)
    repo.git("add", "--all")


def told(repo, session="s", **tool):
    event = {"hook_event_name": "PreToolUse", "session_id": session, "cwd": str(repo.root), **tool}
    return respond(json.dumps(event).encode())


def written(repo, content, path="a.py", session="s"):
    return told(repo, session, tool_name="Write", tool_input={"file_path": str(repo.root / path), "content": content})


# Found out ------------------------------------------------------------------------------------------------------------


def test_a_finding_that_is_not_in_what_was_committed_afterwards_was_heeded(here, say, outcomes):
    stage(here)
    say("check", "--staged")
    assert outcomes() == ["open"]
    stage(here, "get(url)\n")
    assert outcomes() == ["open"]
    here.commit("better")
    assert outcomes() == ["heeded"]


def test_a_finding_that_was_dropped_was_heeded_when_work_goes_on_elsewhere(here, say, outcomes):
    stage(here)
    say("check")
    here.git("rm", "--quiet", "--force", "a.py")
    stage(here, "1\n", "b.py")
    here.commit("something else")
    assert outcomes() == ["heeded"]


def test_a_finding_that_was_committed_all_the_same_was_overridden_and_the_commit_is_named(here, say, stats):
    stage(here)
    say("check", "--staged")
    sha = here.commit("all the same")
    stage(here, "get(url)\n")
    here.commit("mended later")
    (one,) = stats("no-verify")["deliveries"]
    assert (one["outcome"], one["by"], one["commit"]) == ("overridden", "git", sha)


@pytest.mark.parametrize(
    "text",
    [
        "# twiceshy: ignore[no-verify] until=2999-01-01 a test server\n" + BAD,
        BAD.rstrip() + "  # twiceshy: ignore[no-verify] until=2999-01-01 a test server\n",
    ],
)
@pytest.mark.parametrize("commits", [False, True])
def test_a_comment_that_silences_the_guard_makes_it_suppressed_with_its_reason(here, say, stats, text, commits):
    stage(here)
    say("check", "--staged")
    stage(here, text)
    if commits:
        here.commit("silenced")
    (one,) = stats("no-verify")["deliveries"]
    assert (one["outcome"], one["reason"]) == ("suppressed", "a test server")


def test_a_finding_stays_open_while_its_line_waits(here, say, outcomes):
    here.write("a.py", BAD)
    say("check")
    here.write("b.py", "1\n")
    here.git("add", "b.py")
    here.git("commit", "--quiet", "--message", "only b")
    assert outcomes() == ["open"]


def test_a_finding_stays_open_while_its_branch_waits(here, say, outcomes):
    here.git("switch", "--quiet", "--create", "feature")
    stage(here, "1\n", "b.py")
    here.commit("begin")
    stage(here)
    say("check")
    here.git("stash", "--quiet")
    here.git("switch", "--quiet", "main")
    stage(here, "2\n", "c.py")
    here.commit("meanwhile")
    assert outcomes() == ["open"]
    here.git("switch", "--quiet", "feature")
    here.git("stash", "pop", "--quiet")
    here.commit("all the same")
    here.git("switch", "--quiet", "main")
    assert outcomes() == ["overridden"]


@pytest.mark.parametrize(("text", "outcome"), [(BAD, "overridden"), ("get(url)\n", "heeded")])
def test_a_commit_that_was_amended_counts_like_any_other(here, say, outcomes, text, outcome):
    stage(here)
    say("check")
    stage(here, text)
    here.git("commit", "--quiet", "--amend", "--message", "lessons and more")
    assert outcomes() == [outcome]


def test_the_first_commit_of_all_counts_too(repo, say, outcomes, monkeypatch):
    monkeypatch.chdir(repo.root)
    repo.write("LESSONS.md", LOG)
    stage(repo)
    say("check")
    assert outcomes() == ["open"]
    repo.commit("first")
    assert outcomes() == ["overridden"]


def test_a_branch_that_begins_anew_leaves_it_open(here, say, outcomes):
    stage(here)
    say("check")
    here.git("switch", "--quiet", "--orphan", "other")
    here.write("LESSONS.md", LOG)
    stage(here, "get(url, verify=False, anew=True)\n")
    code, printed = say("check")
    assert (code, "not kept" in printed) == (0, False)
    assert outcomes() == ["open", "open"]


def test_a_file_that_was_renamed_on_the_way_is_followed(here, say, outcomes):
    stage(here, "first = 1\nsecond = 2\nthird = 3\n")
    here.commit("a")
    stage(here, "first = 1\nsecond = 2\nthird = 3\n" + BAD)
    say("check")
    here.git("mv", "a.py", "b.py")
    here.commit("renamed")
    assert outcomes() == ["overridden"]


@pytest.mark.parametrize("with_lock", [False, True])
def test_a_pair_is_judged_by_the_whole_commit(here, say, outcomes, with_lock):
    stage(here, "{}\n", "package.json")
    say("check")
    if with_lock:
        here.write("package-lock.json", "{}\n")
    here.commit("dependencies")
    assert outcomes("lock-too") == ["heeded" if with_lock else "overridden"]


@pytest.mark.parametrize("removes", [False, True])
def test_a_line_that_must_stay_is_looked_for_among_the_removed(here, say, outcomes, removes):
    stage(here, "call()\n", "old.py")
    say("check")
    stage(here, "call()\n" if removes else "retry(call)\n1\n", "old.py")
    here.commit("work")
    assert outcomes("keep-retry") == ["overridden" if removes else "heeded"]


def test_a_guard_that_was_changed_since_leaves_it_open(here, say, outcomes):
    stage(here)
    say("check")
    here.write("LESSONS.md", LOG.replace("'verify=False'", "'verify *= *False'"))
    here.commit("all the same")
    assert outcomes() == ["open"]


def test_a_diff_from_elsewhere_stays_open(here, say, outcomes, monkeypatch):
    stage(here)
    patch = here.git("diff", "--cached")
    here.git("reset", "--quiet", "--hard")
    with open(here.write("p.diff", patch), encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        say("check", "-")
    here.commit("something else")
    assert outcomes() == ["open"]


def test_another_worktree_says_nothing_about_what_waits_in_this_one(here, say, outcomes, monkeypatch):
    here.git("worktree", "add", "--quiet", "-b", "feature", "../linked")
    linked = here.root.parent / "linked"
    monkeypatch.chdir(linked)
    (linked / "a.py").write_text(BAD)
    say("check")
    monkeypatch.chdir(here.root)
    here.write("b.py", "1\n")
    here.commit("meanwhile")
    assert outcomes() == ["open"]
    here.git("worktree", "remove", "--force", "../linked")
    assert outcomes() == ["heeded"]


# Ranges ---------------------------------------------------------------------------------------------------------------


def test_what_a_range_holds_when_it_is_let_through_is_heeded_by_a_later_commit(here, say, outcomes):
    stage(here)
    here.commit("bad")
    say("check", "--from-ref", "HEAD~1", "--to-ref", "HEAD")
    assert outcomes() == ["open"]
    stage(here, "get(url)\n")
    here.commit("mended")
    assert outcomes() == ["heeded"]


def test_what_a_range_holds_and_later_commits_leave_was_overridden(here, say, outcomes):
    stage(here)
    here.commit("bad")
    say("check", "--from-ref", "HEAD~1", "--to-ref", "HEAD")
    stage(here, "1\n", "b.py")
    here.commit("on we go")
    assert outcomes() == ["overridden"]
    say("check", "--from-ref", "HEAD~2", "--to-ref", "HEAD")
    assert outcomes() == ["overridden"]


def test_whoever_looks_at_the_past_is_told_of_it_and_that_is_no_delivery(here, say, stats):
    stage(here)
    here.commit("bad")
    stage(here, "1\n", "b.py")
    here.commit("on we go")
    assert "no-verify" in say("check", "--diff", "HEAD~2..HEAD")[1]
    assert "no-verify" in say("check", "--from-ref", "HEAD~2", "--to-ref", "HEAD~1")[1]
    assert stats()["guards"] == []


# Once -----------------------------------------------------------------------------------------------------------------


def test_the_same_lines_checked_again_are_one_delivery(here, say, stats):
    stage(here)
    for _ in range(3):
        say("check", "--staged")
    say("check", "a.py")
    stage(here, "\n\n  " + BAD)
    say("check")
    assert stats()["guards"][0]["spoke"] == 1
    here.commit("bad")
    stage(here, "get(url)\n")
    here.commit("mended")
    stage(here)
    say("check")
    assert (stats()["guards"][0]["spoke"], stats()["guards"][0]["overridden"]) == (2, 1)


def test_check_decides_what_it_can_before_it_counts_anew(here, say, outcomes):
    stage(here)
    say("check")
    stage(here, "get(url)\n")
    here.commit("heeded")
    say("check")
    stage(here)
    say("check")
    assert outcomes() == ["heeded", "open"]


def test_the_hook_and_check_tell_of_the_same_line_once(here, say, stats):
    assert "no-verify" in written(here, BAD)
    stage(here)
    say("check")
    (row,) = [row for row in stats()["guards"] if row["guard"] == "no-verify"]
    assert (row["spoke"], row["open"]) == (1, 1)
    assert stats("no-verify")["deliveries"][0]["surface"] == "hook"
    here.commit("bad")
    assert stats("no-verify")["deliveries"][0]["outcome"] == "overridden"


def test_what_the_hook_warned_of_and_nobody_wrote_was_heeded(here, say, outcomes):
    written(here, BAD)
    here.write("a.py", "get(url)\n")
    here.commit("better")
    assert outcomes() == ["heeded"]


def test_a_command_that_the_hook_stopped_was_heeded_and_any_other_stays_open(here, say, stats):
    guards = {level: Guard(f"drain-{level}", "command", f"drain {level}", digest=level) for level in ("block", "warn")}
    entries = [Entry(g, level, lesson=level, title="T", takeaway="", see="L.md", line=1) for level, g in guards.items()]
    write_table(table_path(find_place(str(here.root)).caches), entries, Watch([], []))
    for level in guards:
        assert told(here, tool_name="Bash", tool_input={"command": f"drain {level} secret-host"})
    rows = {row["guard"]: row for row in stats()["guards"]}
    assert (rows["drain-block"]["heeded"], rows["drain-warn"]["open"]) == (1, 1)
    assert "secret-host" not in (here.root / ".git" / "twiceshy" / "events.jsonl").read_text()


def test_a_lesson_that_recall_brings_back_counts_once_a_day(here, say, stats):
    for _ in range(2):
        assert "Checks were off" in say("recall", "verify=False checks off")[1]
    rows = {row["lesson"]: row for row in stats()["lessons"]}
    assert rows["LESSONS.md#checks-were-off"]["recalled"] == 1
    assert "recalled once, last on" in say("stats")[1]


# Said by a person -----------------------------------------------------------------------------------------------------


def test_a_person_says_that_it_was_a_false_alarm_and_that_stays(here, say, stats):
    stage(here)
    say("check")
    ident = stats("no-verify")["deliveries"][0]["id"]
    code, printed = say("stats", "say", ident[:6], "false-alarm", "--reason", "our own server")
    assert (code, "false-alarm, as somebody says: our own server" in printed) == (0, True)
    say("check")
    here.commit("as it is")
    (row,) = [row for row in stats()["guards"] if row["guard"] == "no-verify"]
    assert (row["spoke"], row["false_alarms"], row["overridden"]) == (1, 1, 0)


def test_the_last_word_is_the_persons(here, say, stats):
    stage(here)
    say("check")
    here.commit("all the same")
    assert stats("no-verify")["deliveries"][0]["outcome"] == "overridden"
    say("stats", "say", "no-verify", "false-alarm")
    say("stats", "say", "no-verify", "overridden", "--reason", "no time")
    (one,) = stats("no-verify")["deliveries"]
    assert (one["outcome"], one["by"], one["reason"]) == ("overridden", "person", "no time")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("say", "0123abcd", "heeded"), "nothing was delivered as '0123abcd'"),
        (("say", "no-verify", "nonsense"), "say takes one id and what came of it"),
        (("say", "no-verify"), "say takes one id and what came of it"),
        (("no-verify", "--reason", "x"), "say takes one id and what came of it"),
        (("no-verfy",), "did you mean no-verify?"),
        (("--since", "yesterday"), "'yesterday' is no day"),
        (("--since", "20260101"), "'20260101' is no day"),
        (("--merge", "none.jsonl"), "none.jsonl cannot be read"),
        (("--export", "x", "no-verify"), "--export takes everything"),
    ],
)
def test_what_cannot_be_done_is_said(here, say, words, hint):
    code, printed = say("stats", *words)
    assert code == 2
    assert hint in printed


# The picture ----------------------------------------------------------------------------------------------------------


def test_before_anything_was_checked_there_is_nothing_to_tell(here, say):
    assert say("stats") == (0, "nothing is recorded yet: the first check or word of the hook begins it\n")


def test_guards_that_never_spoke_are_listed_with_since_when(here, say):
    say("check")
    code, printed = say("stats")
    assert code == 0
    assert f"never spoke:\n  no-verify, since {TODAY}\n  lock-too, since {TODAY}\n" in printed
    assert f"events: 1 since {TODAY}" in say("status")[1]


def test_a_guard_that_is_mostly_overridden_is_proposed_for_retirement(here, say, stats):
    for number in range(5):
        stage(here, f"get(url, {number}, verify=False)\n")
        say("check")
        if number == 0:
            stage(here, "get(url)\n")
        here.commit("more")
        (row,) = [row for row in stats()["guards"] if row["guard"] == "no-verify"]
        assert bool(row["retire"]) == (number == 4)
    words = "--reason 'overridden or a false alarm 4 times in 5'"
    assert row["retire"] == f"twiceshy retire no-verify {words}"
    assert "mostly overridden or false alarms" in say("stats")[1]


def test_the_rate_is_told_as_soon_as_there_are_commits_enough(here, say, stats, monkeypatch):
    stage(here)
    say("check")
    assert stats()["guards"][0]["per_1000"] is None
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", "2030-01-01T00:00:00+00:00")
    here.git("config", "user.email", "ada@example.org")
    for _ in range(20):
        here.git("commit", "--quiet", "--allow-empty", "--message", "one more")
    here.git("-c", "user.name=x", "commit", "--quiet", "--allow-empty", "--message", "not mine", "--author=B <b@b>")
    found = stats()
    assert (found["commits"], found["own"], found["guards"][0]["per_1000"]) == (20, True, 50.0)


def test_since_leaves_out_what_was_said_before(here, stats):
    path = events_path(str(here.root / ".git"))
    events = [new_event(SPOKE, guard="no-verify", lesson="l", print=str(at)) for at in (1, 2)]
    events[0].at = 1_000_000_000
    append(path, events)
    assert stats()["since"] == "2001-09-09"
    assert stats()["guards"][0]["spoke"] == 2
    assert stats("--since", TODAY)["guards"][0]["spoke"] == 1


def test_what_others_export_is_merged_into_the_picture_and_kept_nowhere(here, say, stats, tmp_path):
    written(here, BAD, session="secret-session")
    export = str(tmp_path / "mine.jsonl")
    assert say("stats", "--export", export)[0] == 0
    text = Path(export).read_text(encoding="utf-8")
    assert "secret" not in text
    assert str(here.root) not in text
    assert text == say("stats", "--export", "-")[1]
    theirs = tmp_path / "theirs.jsonl"
    theirs.write_text(text.replace('"id": "', '"id": "0').replace('"machine": "', '"machine": "0') + "strange\n")
    before = read_events(events_path(str(here.root / ".git")))
    told = stats("--merge", export, str(theirs), str(theirs))
    after = read_events(events_path(str(here.root / ".git")))
    assert [event.id for event in before[0]] == [event.id for event in after[0]]
    (row,) = [row for row in told["guards"] if row["guard"] == "no-verify"]
    assert (row["spoke"], told["machines"], told["own"], told["unreadable"]) == (2, 2, False, 2)


def test_an_export_replaces_an_older_one_and_nothing_else(here, say, tmp_path):
    say("check")
    for _ in range(2):
        assert say("stats", "--export", str(tmp_path / "mine.jsonl"))[0] == 0
    code, printed = say("stats", "--export", "LESSONS.md")
    assert (code, "holds something else than events" in printed) == (2, True)
    assert (here.root / "LESSONS.md").read_text() == LOG


# Trouble --------------------------------------------------------------------------------------------------------------


def test_deleting_the_index_deletes_no_event(here, say, outcomes):
    stage(here)
    say("check")
    shutil.rmtree(find_place(str(here.root)).caches)
    assert outcomes() == ["open"]


def test_a_torn_line_is_counted_and_everything_else_is_told(here, say, outcomes):
    stage(here)
    say("check")
    with open(events_path(str(here.root / ".git")), "ab") as file:
        file.write(b'{"id": "torn')
    assert outcomes() == ["open"]
    assert "1 line among the events could not be read" in say("stats")[1]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a disk that is always full")
def test_a_full_disk_stops_no_check_and_no_hook_and_is_noted_once(here, say, monkeypatch, capsys):
    path = events_path(str(here.root / ".git"))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    os.symlink("/dev/full", path)
    stage(here)
    code, printed = say("check")
    assert (code, printed.count("what was said is not kept")) == (0, 1)
    assert "no-verify" in written(here, BAD + BAD)
    assert capsys.readouterr().err.count("No space left on device (what was said is not kept)") == 1


def test_events_that_cannot_be_read_stop_nothing(here, say):
    os.makedirs(events_path(str(here.root / ".git")))
    stage(here)
    code, printed = say("check")
    assert (code, "no-verify" in printed, "the events cannot be read: it is no file" in printed) == (0, True, True)
    code, printed = say("stats")
    assert (code, "the events cannot be read" in printed) == (0, True)
    assert say("status")[0] == 0
    code, printed = say("stats", "say", "no-verify", "heeded")
    assert (code, "nothing was delivered" in printed) == (2, True)


def test_the_hook_needs_no_event_file_to_answer(here, monkeypatch, capsysbinary):
    monkeypatch.setattr("twiceshy.adapters.events.append", lambda *_: 1 / 0)
    assert "no-verify" in written(here, BAD)
    assert b"ZeroDivisionError" in capsysbinary.readouterr().err
    assert hook_main(["--host", "claude"]) == 0
