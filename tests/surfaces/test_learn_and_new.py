"""learn and new as people use them: in a pipe, at a terminal, twice at once."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest
from conftest import rest

from twiceshy.project import Project
from twiceshy.surfaces.cli import main

GUARD = ["--guard", "added: verify=False", "--good", "get(url)"]


@pytest.fixture
def here(repo, monkeypatch):
    monkeypatch.chdir(repo.root)
    return repo


def lessons(repo):
    with Project.open(repo.root) as project:
        return project.lessons()


def test_two_lines_make_a_lesson_that_speaks(here, capsys):
    assert main(["learn", "Checks were off", "--rule", "Never switch them off", *GUARD, "--bad", "verify=False"]) == 0
    assert capsys.readouterr().out == "wrote LESSONS.md:5\n"
    here.write("client.py", "get(url, verify=False)\n")
    here.git("add", "--all")
    assert main(["check", "--staged"]) == 0
    assert "Never switch them off" in capsys.readouterr().out


def test_a_guard_that_misses_its_own_example_is_not_written(here, capsys):
    assert main(["learn", "Checks were off", "--rule", "Keep them on", *GUARD, "--bad", "verify=0"]) == 2
    assert "hint:" in capsys.readouterr().err
    assert not (here.root / "LESSONS.md").exists()


def test_the_log_that_is_there_is_used_in_its_own_words(here):
    here.write(
        "docs/LEARNINGS.md",
        "# Learnings\n\n### Cache grew (2026-02-03)\n\n**What broke**: memory\n\n**Prevention**: a size\n\n---\n\n"
        "### Lock hung (2026-01-02)\n\n**What broke**: a worker\n\n**Prevention**: a timeout\n",
    )
    main(["learn", "The queue ate the disk", "--rule", "Bound every queue"])
    text = (here.root / "docs/LEARNINGS.md").read_text(encoding="utf-8")
    assert text.index("The queue ate the disk") < text.index("Cache grew")
    assert "**What broke**: The queue ate the disk" in text
    assert "**Prevention**: Bound every queue" in text
    assert [card.title.split(" (")[0] for card in lessons(here)] == [
        "The queue ate the disk",
        "Cache grew",
        "Lock hung",
    ]


def test_two_people_at_once_both_land(here):
    command = [sys.executable, "-m", "twiceshy", "learn"]
    troubles = ["The cache grew", "The lock hung", "The queue ate the disk"]
    running = [subprocess.Popen([*command, what, "--rule", "Set a limit"], cwd=here.root) for what in troubles]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert sorted(card.title for card in lessons(here)) == troubles
    assert sorted(path.name for path in here.root.iterdir()) == [".git", "LESSONS.md"]


def test_a_kind_of_the_teams_own_needs_no_code(here, capsys):
    here.write(
        ".twiceshy/templates/postmortem.md",
        "# Post-mortem: [what]\n\n## What broke\n\n[symptom]\n\n## Why\n\n[cause]\n",
    )
    here.write(".twiceshy/templates/postmortem.toml", 'folder = "incidents"\npaths = ["incidents/*.md"]\n')
    assert main(["new", "postmortem", "Login was down", "--set", "symptom=nobody could log in"]) == 0
    text = (here.root / "incidents/login-was-down.md").read_text(encoding="utf-8")
    assert text.startswith("# Post-mortem: Login was down")
    assert "nobody could log in" in text
    assert main(["show", "incidents/login-was-down.md"]) == 0
    assert "postmortem (" in capsys.readouterr().out
    assert main(["new", "postmortem", "Login was down"]) == 2


@pytest.mark.parametrize("kind", ["lesson", "retrospective", "notes", "record"])
def test_a_new_document_is_understood_as_its_kind(here, kind, capsys):
    assert main(["new", kind, "A title", "--output", "x.md"]) == 0
    main(["show", "x.md"])
    assert f"x.md: {kind} (" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
def test_at_a_terminal_learn_asks_one_question_at_a_time(here):
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "twiceshy", "learn"], cwd=here.root, stdin=follower, stdout=follower, stderr=follower
    )
    os.close(follower)
    os.write(leader, b"The cache grew\nGive it a size\n\n\n\n\n")
    assert process.wait(timeout=60) == 0
    os.close(leader)
    assert [(card.title, card.takeaway) for card in lessons(here)] == [("The cache grew", "Give it a size")]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
@pytest.mark.parametrize(
    ("answers", "guards", "said"),
    [
        (b"verify=0\nget(url)\n\nget(u, verify=False)\n\n", 1, b"Enter keeps: added: verify=False"),
        (b"verify=0\nget(url)\n\n\n\n", 0, b"The lesson is written without the guard. You typed:"),
    ],
)
def test_at_a_terminal_a_guard_that_does_not_work_loses_nothing_that_was_typed(here, answers, guards, said):
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "twiceshy", "learn"], cwd=here.root, stdin=follower, stdout=follower, stderr=follower
    )
    os.close(follower)
    os.write(leader, b"Checks were off\nKeep them on\nadded: verify=False\n" + answers)
    assert process.wait(timeout=60) == 0
    printed = rest(leader)
    os.close(leader)
    assert said in printed
    (card,) = lessons(here)
    assert (card.title, card.takeaway, len(card.guards)) == ("Checks were off", "Keep them on", guards)
