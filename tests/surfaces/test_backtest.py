"""`twiceshy backtest` as a person types it: what it prints, what it draws, and how fires are judged."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Repo, rest
from proving import lesson

from twiceshy.jobs._proof_file import proof_path
from twiceshy.surfaces.cli import main

JUDGE = ["backtest", "no-verify-false", "--judge"]


@pytest.fixture
def home(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A history of 14 fires, the third of which is the culprit; the current folder."""
    shas = []
    for number in range(14):
        repo.write(f"client{number}.py", f"start\nget({number}, verify=False)\nend\n")
        shas.append(repo.commit(f"client {number}"))
    repo.write("client2.py", "start\nget(2)\nend\n")
    fix = repo.commit("Fix the client")
    repo.write("LESSONS.md", lesson(shas[2], fix))
    repo.commit("lesson")
    monkeypatch.chdir(repo.root)
    return repo


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def kept(home: Repo) -> list[tuple[str, bool]]:
    values = json.loads((home.root / proof_path("no-verify-false")).read_text(encoding="utf-8"))
    return [(one["path"], one["verdict"]) for one in values["judged"]]


def test_a_newcomer_reads_what_each_figure_means(home, capsys):
    assert main(["backtest"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("no-verify-false: would have spoken about 14 of 16 commits\n")
    for line in (
        "culprit  caught: it speaks about ",
        "fix      spared: it is silent on ",
        "since    0 of these after the day of its lesson, 2026-01-02",
        "later    1 taken back by a small fix; not enough data to compare with chance: 14 of 30 fires",
        "judged   nobody has looked at its fires; 10 to look at: --judge",
        "blocks   not allowed: it has no proof",
        "looked at 16 of 16 commits",
    ):
        assert line in text
    assert not (home.root / ".twiceshy").exists()


def test_ten_fires_are_shown_and_what_is_said_about_them_is_kept_under_a_name(home, capsys, monkeypatch):
    type_in(monkeypatch, "y\n" * 3 + "what?\nn\n" + "y\n" * 20)
    assert main(JUDGE) == 0
    text = capsys.readouterr().out
    assert text.count("Right to speak?") == 11
    assert "1 of 10" in text
    assert "client2.py:2\n" in text.split("2 of 10")[0]
    assert ">     2 + get(2, verify=False)" in text
    assert "y, n, s or q, please" in text
    assert "judged   9 of 10 found right by Ada" in text
    answers = kept(home)
    assert [verdict for _, verdict in answers] == [True] * 3 + [False] + [True] * 6
    assert answers[0][0] == "client2.py"
    assert "blocks   not allowed: it fires on 14 of 16 commits" in text
    before = (home.root / proof_path("no-verify-false")).read_bytes()
    type_in(monkeypatch, "")
    assert main(JUDGE) == 0
    assert "Right to speak?" not in capsys.readouterr().out
    assert (home.root / proof_path("no-verify-false")).read_bytes() == before


def test_a_session_that_stops_keeps_what_was_answered_and_the_next_goes_on(home, capsys, monkeypatch):
    type_in(monkeypatch, "y\ns\nn\nq\n")
    assert main(JUDGE) == 0
    assert "goes on where you stopped" in capsys.readouterr().out
    first = kept(home)
    assert [verdict for _, verdict in first] == [True, False]
    type_in(monkeypatch, "y\n")  # and then the input ends
    assert main(JUDGE) == 0
    assert kept(home)[:2] == first
    assert len(kept(home)) == 3
    type_in(monkeypatch, "y\n" * 20)
    assert main(JUDGE) == 0
    assert len(kept(home)) == 10
    assert len({path for path, _ in kept(home)}) == 10


def test_ctrl_c_keeps_what_was_answered(home, monkeypatch):
    answers = iter(["y", "n"])

    def type_and_interrupt(_question: str) -> str:
        answer = next(answers, None)
        if answer is None:
            raise KeyboardInterrupt
        return answer

    monkeypatch.setattr("builtins.input", type_and_interrupt)
    assert main(JUDGE) == 130
    assert [verdict for _, verdict in kept(home)] == [True, False]


def test_a_changed_guard_is_judged_anew(home, monkeypatch):
    type_in(monkeypatch, "y\n" * 20)
    main(JUDGE)
    lesson = (home.root / "LESSONS.md").read_text()
    home.write("LESSONS.md", lesson.replace("added: 'verify=False'", "added: 'verify=F'"))
    type_in(monkeypatch, "n\nq\n")
    main(JUDGE)
    assert [verdict for _, verdict in kept(home)] == [False]


def test_a_proof_in_conflict_is_never_written_over(home, capsys, monkeypatch):
    path = home.write(proof_path("no-verify-false"), "<<<<<<< ours\n{}\n")
    type_in(monkeypatch, "y\n" * 20)
    assert main(JUDGE) == 2
    assert "mend it, or delete it" in capsys.readouterr().err
    assert path.read_text() == "<<<<<<< ours\n{}\n"


def test_proofs_do_not_lead_out_of_the_repository(home, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    (home.root / ".twiceshy").symlink_to(tmp_path / "elsewhere")
    type_in(monkeypatch, "y\n" * 20)
    assert main(JUDGE) == 2
    assert list((tmp_path / "elsewhere").rglob("*")) == []


def test_judging_is_about_all_of_history_and_about_a_person(home, capsys):
    for more in (["--since", "2020-01-01"], ["--paths", "*.py"], ["--format", "json"]):
        assert main([*JUDGE, *more]) == 2
    assert "leave out" in capsys.readouterr().err


def test_somebody_at_a_terminal_answers_key_by_key(home):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "twiceshy", *JUDGE]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=home.root) as process:
        os.close(theirs)
        screen = b""
        while screen.count(b"Right to speak?") < 1:
            screen += os.read(ours, 4096)
        os.write(ours, b"y\n")
        while screen.count(b"Right to speak?") < 2:
            screen += os.read(ours, 4096)
        os.write(ours, b"q\n")
        screen += rest(ours)
    os.close(ours)
    assert process.returncode == 0
    assert b"\x1b[32m" in screen
    assert kept(home) == [("client2.py", True)]


def test_the_picture_is_one_svg_that_stands_for_itself(home, tmp_path, capsys):
    file = tmp_path / "fires.svg"
    assert main(["backtest", "--svg", str(file)]) == 0
    root = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    words = " ".join(root.itertext())
    for word in ("no-verify-false", "culprit", "fix", "lesson", "14 of 16 commits", "prefers-color-scheme: dark"):
        assert word in words
    assert "http" not in file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert main(["backtest", "--svg", str(file)]) == 0
    assert main(["backtest", "--svg", str(home.root / "LESSONS.md")]) == 2
    assert "is no picture of ours" in capsys.readouterr().err


def test_without_guards_there_is_something_to_do(repo, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(repo.root)
    assert main(["backtest", "--svg", str(tmp_path / "none.svg")]) == 0
    assert "no guards here yet" in capsys.readouterr().out
    assert Path(tmp_path / "none.svg").read_text().startswith("<svg")
    assert main(["backtest", "nothing"]) == 2
