"""The command line proposes guards, writes the one that was chosen and tries the examples of all."""

from __future__ import annotations

import json

import pytest

from twiceshy.surfaces.cli import main

LOG = """# Lessons

Some words before.

## 2026-01-02: Releases came out with holes

- **Happened:** {culprit} did it, {fix} mended it.
- **Rule:** Wait until the store has it.

## 2026-01-03: Another

- **Rule:** Do something else.
"""
HOLES, OTHER = "LESSONS.md#releases-came-out-with-holes", "LESSONS.md#another"
BEFORE = "def publish(archive, store):\n    check(archive)\n"
SPOILT = BEFORE + "    store.put_part(archive, retries=3)\n"
MENDED = BEFORE + "    store.put_part(archive, retries=3, wait=True)\n"


@pytest.fixture
def here(repo, monkeypatch):
    commits = []
    for text in (BEFORE, SPOILT, MENDED):
        repo.write("src/publish.py", text)
        commits.append(repo.commit("Wait for the parts of a release" if text == MENDED else "Publish"))
    repo.culprit, repo.fix = commits[1][:10], commits[2][:10]
    repo.log = LOG.format(culprit=repo.culprit, fix=repo.fix).replace("holes\n", "holes   \n", 1)
    repo.write("LESSONS.md", repo.log)
    monkeypatch.chdir(repo.root)
    return repo


def said(capsys, *arguments, code=0):
    assert main(["guard", *arguments]) == code
    printed = capsys.readouterr()
    return printed.out if code != 2 else printed.err


def test_a_lesson_that_names_both_commits_is_offered_guards(here, capsys):
    shown = said(capsys, "suggest", HOLES)
    assert f"culprit  {here.culprit[:7]} (the lesson names it)" in shown
    assert "1. a call of `put_part` without `wait = True`, which the fix gave it" in shown
    assert (here.root / "LESSONS.md").read_text(encoding="utf-8") == here.log


@pytest.mark.parametrize(("end", "mark"), [("\n", ""), ("\r\n", ""), ("\n", "\ufeff"), ("\r\n", "\ufeff")])
def test_accepting_adds_a_block_below_its_lesson_and_changes_no_other_byte(here, capsys, end, mark):
    before = (mark + here.log.replace("\n", end)).encode()
    here.write("LESSONS.md", before)
    assert said(capsys, "suggest", HOLES, "--accept", "1").startswith("wrote LESSONS.md:10\n")
    after = (here.root / "LESSONS.md").read_bytes()
    at = before.index(b"Wait until the store has it.") + len(b"Wait until the store has it.")
    block = after[at : len(after) - len(before) + at]
    assert after == before[:at] + block + before[at:]
    assert block.decode().startswith(f"{end}{end}```yaml guard{end}id: releases-came-out-with-holes{end}why: ")
    assert block.count(b"\r\n") == (block.count(b"\n") if end == "\r\n" else 0)
    assert said(capsys, "test") == "1 guard: 1 bad and 1 good examples were run, and all behave\n"
    assert main(["lint"]) == 0


def test_what_was_accepted_warns_when_the_mistake_comes_back(here, capsys):
    said(capsys, "suggest", here.fix, "--into", OTHER, "--accept", "1")
    here.commit("A lesson")
    here.write("src/publish.py", SPOILT)
    assert main(["check"]) == 0
    assert "src/publish.py:3: warn another" in capsys.readouterr().out


def test_a_lesson_that_is_the_end_of_its_document_is_written_under_as_well(here, capsys):
    here.write("LESSONS.md", here.log.rstrip("\n"))
    said(capsys, "suggest", here.fix, "--into", OTHER, "--accept", "2")
    assert (here.root / "LESSONS.md").read_text(encoding="utf-8").endswith("\n```\n")


def test_two_guards_for_one_lesson_have_two_names(here, capsys):
    said(capsys, "suggest", HOLES, "--accept", "1")
    said(capsys, "suggest", HOLES, "--accept", "2")
    text = (here.root / "LESSONS.md").read_text(encoding="utf-8")
    assert "\nid: releases-came-out-with-holes\n" in text
    assert "\nid: releases-came-out-with-holes-2\n" in text
    assert said(capsys, "test").startswith("2 guards")


def test_json_says_what_was_written(here, capsys):
    printed = json.loads(said(capsys, "suggest", HOLES, "--accept", "1", "--format", "json"))
    assert printed["wrote"] == {"path": "LESSONS.md", "line": 10}
    assert printed["lesson"] == HOLES
    assert printed["suggestions"][0]["noise"] == {"commits": 3, "fires": 0, "mended": 0}
    assert printed["suggestions"][0]["block"].startswith("id: releases-came-out-with-holes\n")


def test_a_row_of_a_table_cannot_hold_a_block(here, capsys):
    table = f"# Lessons\n\n| Date | What happened | Rule |\n|---|---|---|\n| 2026-01-02 | Holes {here.fix} | Wait |\n"
    table += "| 2026-01-03 | No backup | Make one |\n"
    here.write("LESSONS.md", table)
    main(["lessons", "--format", "json"])
    lessons = json.loads(capsys.readouterr().out)["lessons"]
    refused = said(capsys, "suggest", here.fix, "--into", lessons[0]["id"], "--accept", "1", code=2)
    assert "would not be read as its guard" in refused
    assert (here.root / "LESSONS.md").read_text(encoding="utf-8") == table


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["suggest"], "suggest takes one lesson or commit"),
        (["suggest", "nonsense"], "called 'nonsense'"),
        (["suggest", OTHER], "names no commit that is here"),
        (["suggest", "HEAD", "--accept", "1"], "a guard belongs into a lesson"),
        (["suggest", HOLES, "--accept", "9"], "there is no suggestion 9"),
        (["suggest", HOLES, "--accept", "-1"], "there is no suggestion -1"),
        (["suggest", HOLES, "--into", OTHER], "--into goes with a commit"),
        (["suggest", "HEAD", "--culprit", "0000000"], "no such revision: 0000000"),
        (["test", "nope"], "there is no guard called 'nope'"),
        (["test", "--accept", "1"], "test takes only the names of guards"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(here, capsys, arguments, words):
    assert words in said(capsys, *arguments, code=2)
    assert (here.root / "LESSONS.md").read_text(encoding="utf-8") == here.log


GUARDS = """# Lessons

## 2026-01-02: One

- **Rule:** Never put without waiting.

```yaml guard
id: put-waits
added: 'put\\('
unless: 'wait'
bad: put(part)
good: put(part, wait=True)
```

## 2026-01-03: Two

- **Rule:** Put only what is whole.

```yaml guard
id: whole-parts
added: 'half'
bad: put(half, wait=True)
good: put(whole)
```

## 2026-01-04: Three

- **Rule:** Never sleep.

```yaml guard
id: asleep
added: 'sleep'
bad: wake()
good: sleep(1)
```
"""


def test_examples_that_do_not_behave_are_named_also_across_guards(here, capsys):
    here.write("LESSONS.md", GUARDS)
    shown = said(capsys, "test", code=1)
    assert "asleep: it does not fire on its bad example 1" in shown
    assert "asleep: it fires on its good example 1" in shown
    assert "put-waits fires on what whole-parts recommends" in shown
    assert "3 guards: 3 bad and 3 good examples were run" in shown


def test_only_the_named_guards_are_tried(here, capsys):
    here.write("LESSONS.md", GUARDS)
    assert said(capsys, "test", "whole-parts") == "1 guard: 1 bad and 1 good examples were run, and all behave\n"
    printed = json.loads(said(capsys, "test", "asleep", "--format", "json", code=1))
    assert {finding["rule"] for finding in printed["findings"]} == {"guard-example"}


def test_a_block_that_cannot_be_read_is_told(here, capsys):
    here.write("LESSONS.md", GUARDS.replace("id: asleep\n", "id: asleep\nlevle: warn\n"))
    assert "levle: unknown key" in said(capsys, "test", code=1)
