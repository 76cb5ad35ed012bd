"""accept, reject, retire and supersede as people use them: in real repositories, with real files."""

from __future__ import annotations

import os
import stat

import pytest

from twiceshy.project import Project
from twiceshy.surfaces.cli import main

LOG = """# Lessons

## 2026-01-15: Checks were off

**Symptom:** nobody noticed
**Rule:** Keep them on.

```yaml guard
id: checks-are-on
added: verify=False
bad: get(u, verify=False)
good: get(u)
```

## 2026-01-10: The queue ran full

**Symptom:** it ran full
**Rule:** Bound every queue.
"""
CANDIDATE = """---
kind: lesson
commits: [3cb35e86]
---
# Links break hooks

## Problem

> they broke, see [the code](../../client.py)

## Root cause

unknown

## Fix

It was reverted.

```yaml guard
id: no-links
added: git.file
bad: git+file
good: git+ssh
```
"""


@pytest.fixture
def here(repo, monkeypatch):
    monkeypatch.chdir(repo.root)
    repo.write("LESSONS.md", LOG)
    repo.write("client.py", "get(u)\n")
    repo.write("lessons/candidates/links.md", CANDIDATE)
    repo.commit("Start")
    return repo


def spoken(here, capsys, line):
    here.write("client.py", f"{line}\n")
    main(["check", "client.py"])
    return capsys.readouterr().out


def statuses(here):
    with Project.open(here.root) as project:
        return {card.id: card.status for card in project.lessons()}


def test_a_retired_lesson_is_silent(here, capsys):
    assert "Keep them on" in spoken(here, capsys, "get(u, verify=False)")
    assert main(["retire", "checks-are-on", "--reason", "replaced by ruff"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "retired: LESSONS.md#checks-were-off",
        f"LESSONS.md:5: **Status:** retired ({date_in('LESSONS.md')}: replaced by ruff)",
        "its guard checks-are-on no longer speaks",
    ]
    assert spoken(here, capsys, "get(u, verify=False)") == ""
    assert main(["retire", "checks-are-on", "--reason", "replaced by ruff"]) == 0
    assert "it is retired already" in capsys.readouterr().out


def date_in(path):
    with Project.open(".") as project:
        return project.today.isoformat()


def test_a_candidate_speaks_only_once_it_is_accepted(here, capsys):
    assert spoken(here, capsys, "git+file") == ""
    assert main(["accept", "no-links"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "active: lessons/links.md#links-break-hooks",
        "moved lessons/candidates/links.md to lessons/links.md",
        "lessons/links.md:9: > they broke, see [the code](../client.py)",
        "lessons/links.md:11: its cause is still unknown",
    ]
    assert "no-links" in spoken(here, capsys, "git+file")
    here.git("checkout", "--quiet", "client.py")
    here.git("add", "--all")
    assert here.git("status", "--short").startswith("R  lessons/candidates/links.md -> lessons/links.md")


def test_a_candidate_becomes_an_entry_of_the_log_with_all_it_says(here, capsys):
    assert main(["accept", "lessons/candidates/links.md", "--into", "LESSONS.md"]) == 0
    out = capsys.readouterr().out
    assert "removed lessons/candidates/links.md" in out
    assert "its cause is still unknown" in out
    text = (here.root / "LESSONS.md").read_text(encoding="utf-8")
    entry, _, rest = text.partition("## 2026-01-15")
    assert f"## 2026-01-15{rest}" == LOG[LOG.index("## 2026-01-15") :]
    assert ": Links break hooks\n\n**Problem:**\n\n> they broke, see [the code](client.py)\n" in entry
    assert "id: no-links" in entry
    assert list(statuses(here).values()) == ["active"] * 3
    assert "no-links" in spoken(here, capsys, "git+file")


def test_a_log_of_rows_or_lines_has_no_room_for_it(here, capsys):
    here.write("LESSONS.md", "# Lessons learned\n\n- 2026-01-02: Bound every queue\n- 2026-01-01: Set a timeout\n")
    before = here.git("stash", "create").strip()
    assert main(["accept", "no-links", "--into", "LESSONS.md"]) == 2
    assert "accept it without --into" in capsys.readouterr().err
    assert here.git("diff", "--stat", before) == ""
    assert main(["accept", "no-links", "--into", "LESSONS.md", "--by", "Ada"]) == 2


def test_into_a_log_with_windows_line_ends(here):
    here.write("LESSONS.md", "\ufeff" + LOG.replace("\n", "\r\n"))
    assert main(["accept", "no-links", "--into", "LESSONS.md"]) == 0
    raw = (here.root / "LESSONS.md").read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.startswith(b"\xef\xbb\xbf# Lessons\r\n")


def test_a_rejected_file_goes_if_git_has_it(here, capsys):
    here.write("lessons/candidates/links.md", CANDIDATE.replace("They", "Those").replace("It was", "All was"))
    assert main(["reject", "no-links", "--reason", "no lesson"]) == 2
    assert "git does not have lessons/candidates/links.md" in capsys.readouterr().err
    here.git("checkout", "--quiet", ".")
    assert main(["reject", "no-links", "--reason", "no lesson"]) == 0
    assert capsys.readouterr().out.startswith("rejected: ")
    assert not (here.root / "lessons/candidates/links.md").exists()
    assert (here.root / ".twiceshy/rejected.txt").read_text(encoding="utf-8").endswith(" no lesson\n")
    assert "no lesson" in (here.root / ".twiceshy/rejected.txt").read_text(encoding="utf-8")


def test_one_gives_way_to_another_across_files(here, capsys):
    main(["accept", "no-links"])
    assert main(["supersede", "checks-are-on", "--by", "no-links", "--reason", "both are one"]) == 0
    out = capsys.readouterr().out
    assert "superseded by [Links break hooks](lessons/links.md) (" in out
    assert statuses(here)["LESSONS.md#checks-were-off"] == "superseded"
    assert main(["lint"]) == 0
    assert "dead-link" not in capsys.readouterr().out
    assert main(["supersede", "no-links", "--by", "checks-are-on"]) == 2
    assert "is superseded itself" in capsys.readouterr().err


def test_an_ambiguous_name_is_answered_with_places(here, capsys):
    here.write("docs/LESSONS.md", LOG)
    for verb in (["retire", "checks-are-on", "--reason", "x"], ["show", "checks-are-on"]):
        assert main(verb) == 2
        err = capsys.readouterr().err
        assert "LESSONS.md:3" in err
        assert "docs/LESSONS.md:3" in err
    assert main(["retire", "docs/LESSONS.md:3", "--reason", "x"]) == 0


def test_a_file_keeps_its_mode_and_a_reason_is_required(here, capsys):
    os.chmod("LESSONS.md", 0o640)
    assert main(["retire", "checks-are-on"]) == 2
    assert "--reason" in capsys.readouterr().err
    main(["retire", "checks-are-on", "--reason", "x"])
    assert stat.S_IMODE(os.stat("LESSONS.md").st_mode) == 0o640


def test_nothing_goes_to_a_place_outside_of_the_repository(here, tmp_path, capsys):
    assert main(["accept", "no-links", "--to", str(tmp_path / "elsewhere.md")]) == 2
    assert "not in this repository" in capsys.readouterr().err
    assert (here.root / "lessons/candidates/links.md").exists()
