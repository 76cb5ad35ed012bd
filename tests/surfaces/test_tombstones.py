"""What a revert took out comes back: in real repositories, through the command line and the hook."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import pytest

from twiceshy.surfaces.cli import main
from twiceshy.surfaces.hook import respond

BEFORE = "def install(prefix):\n    run('npm', 'install', '-g', '.')\n"
AFTER = "def install(prefix):\n    pkg = f'git+file://{prefix}'\n    run('npm', 'install', '-g', pkg)\n"
FILE = "src/node.py"


@pytest.fixture
def here(repo, monkeypatch):
    """A repository whose only past is that something was tried and taken back, years ago; no document at all."""
    monkeypatch.chdir(repo.root)
    on(monkeypatch, "2019-03-01")
    repo.write(FILE, BEFORE)
    repo.commit("Install hooks")
    repo.write(FILE, AFTER)
    repo.commit("Install through git (#949)")
    on(monkeypatch, "2019-03-14")
    repo.git("revert", "--no-edit", "HEAD")
    return repo


def on(monkeypatch, day):
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", f"{day}T12:00:00+00:00")


def stage(repo, text=AFTER, path=FILE):
    repo.write(path, text)
    repo.git("add", "--all")


def found(capsys, *arguments):
    assert main(["check", *(arguments or ("--staged",)), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    return printed["findings"], printed


def sha(repo):
    return repo.git("rev-parse", "HEAD").strip()


def test_what_a_revert_took_out_comes_back_without_any_document(here, capsys):
    stage(here)
    [finding], _ = found(capsys)
    assert finding["guard"] == f"tombstone-{sha(here)[:8]}"
    assert (finding["level"], finding["path"], finding["line"]) == ("advise", FILE, 2)
    for told in ("`git+file`", sha(here)[:8], "2019-03-14", "Ada", "Install through git"):
        assert told in finding["message"]
    assert "No reason was written" in finding["why"]
    assert "#949" in finding["why"]
    assert finding["see"] is None


@pytest.mark.parametrize("how", ["worktree", "file", "range", "stdin"])
def test_it_comes_back_however_the_change_is_given(here, capsys, monkeypatch, how):
    here.write(FILE, AFTER)
    diff = here.git("diff")
    arguments = {"worktree": [], "file": [FILE], "range": ["--diff", "HEAD^..HEAD"], "stdin": ["-"]}[how]
    if how == "range":
        on(monkeypatch, "2026-01-02")
        here.commit("Try again")
    if how == "stdin":
        here.git("checkout", "--", FILE)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(diff.encode())))
    assert main(["check", *arguments, "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [finding["guard"][:10] for finding in printed["findings"]] == ["tombstone-"]


def test_what_is_there_already_and_what_is_ordinary_does_not_come_back(here, capsys, monkeypatch):
    stage(here, BEFORE + "\n\ndef pkg(prefix):\n    return prefix\n")
    assert found(capsys)[0] == []
    on(monkeypatch, "2026-01-02")
    stage(here)
    here.commit("Once more")
    stage(here, AFTER + "\n\nOTHER = 'git+file://x'\n")
    assert found(capsys)[0] == []


def test_a_word_that_many_files_hold_is_no_sign(here, capsys):
    for number in range(4):
        here.write(f"src/other{number}.py", "x = 'git+file://x'\n")
    stage(here)
    assert found(capsys)[0] == []


@pytest.mark.parametrize("path", ["vendor/node.py", "made.generated.py", "src/made.py", "tests/test_node.py"])
def test_what_nobody_here_writes_and_what_only_tries_it_has_none(repo, capsys, monkeypatch, path):
    monkeypatch.chdir(repo.root)
    on(monkeypatch, "2019-03-01")
    repo.write(".gitattributes", "src/made.py linguist-generated\n")
    repo.write(path, BEFORE)
    repo.commit("Begin")
    repo.write(path, AFTER)
    repo.commit("Try it")
    repo.git("revert", "--no-edit", "HEAD")
    stage(repo, AFTER, path)
    assert found(capsys)[0] == []


def test_what_is_put_back_within_days_was_planned(here, capsys, monkeypatch):
    stage(here)
    on(monkeypatch, "2019-03-20")
    here.commit("Install through git, second try")
    assert found(capsys, "--diff", "HEAD^..HEAD")[0] == []
    day = (date.today() - timedelta(days=3)).isoformat()
    on(monkeypatch, day)
    here.git("revert", "--no-edit", "HEAD")
    stage(here)
    findings, _ = found(capsys)
    assert [finding["message"].count("2019-03-14") for finding in findings] == [1]  # the old one; the new one waits


def test_a_tombstone_goes_along_with_its_file(here, capsys, monkeypatch):
    on(monkeypatch, "2020-01-01")
    here.git("mv", FILE, "node_env.py")
    here.git("commit", "--quiet", "--message", "Move it")
    stage(here, AFTER, "node_env.py")
    [finding], _ = found(capsys)
    assert finding["path"] == "node_env.py"


def test_a_revert_that_was_reverted_warns_of_nothing(here, capsys, monkeypatch):
    on(monkeypatch, "2020-01-01")
    here.git("revert", "--no-edit", "HEAD")
    here.write(FILE, "def install(prefix):\n    raise SystemExit(1)\n")
    here.commit("Another way")
    assert told_by_the_hook(here) == ""
    stage(here)
    assert found(capsys)[0] == []
    assert told_by_the_hook(here) == ""


def test_one_revert_speaks_once_for_all_its_files(repo, capsys, monkeypatch):
    monkeypatch.chdir(repo.root)
    on(monkeypatch, "2019-03-01")
    for name in ("a.py", "b.py"):
        repo.write(name, "x = 1\n")
    repo.commit("Begin")
    for name in ("a.py", "b.py"):
        repo.write(name, "x = 1\nold_setting = 2\n")
    repo.commit("Set it")
    repo.git("revert", "--no-edit", "HEAD")
    for name in ("a.py", "b.py"):
        stage(repo, "x = 1\nold_setting = 2\n", name)
    [finding], _ = found(capsys)
    assert finding["path"] == "a.py"
    assert len(finding["guard"]) > len(f"tombstone-{sha(repo)[:8]}")
    assert main(["tombstones", "bury", f"tombstone-{sha(repo)[:8]}", "--reason", "set it is"]) == 0
    capsys.readouterr()
    assert found(capsys)[0] == []


def test_the_fix_of_a_lesson_leaves_a_tombstone(repo, capsys, monkeypatch):
    monkeypatch.chdir(repo.root)
    on(monkeypatch, "2019-03-01")
    repo.write(FILE, AFTER)
    repo.commit("Install through git")
    repo.write(FILE, BEFORE)
    fix = repo.commit("Install from the folder")
    repo.write("LESSONS.md", f"# Lessons\n\n## 2019-03-02 Hooks were broken\n\n**Fix:** Commit {fix[:10]} went back.\n")
    noted = repo.commit("Write it down")
    stage(repo)
    [finding], _ = found(capsys)
    assert "fix of" in finding["message"]
    assert finding["see"]["path"] == "LESSONS.md"
    repo.git("checkout", "--quiet", "--force", "-B", "before", "HEAD~2")
    stage(repo, AFTER + "OTHER = 'git+file://x'\n")
    assert found(capsys)[0] == []
    repo.git("checkout", "--quiet", "--force", noted)
    stage(repo)
    assert len(found(capsys)[0]) == 1
    stage(repo, "# Lessons\n", "LESSONS.md")
    assert found(capsys)[0] == []


def test_a_comment_silences_it_as_it_does_any_guard(here, capsys):
    until = (date.today() + timedelta(days=90)).isoformat()
    mark = "twiceshy: " + f"ignore[tombstone-{sha(here)[:8]}] until={until} npm does it right now"
    stage(here, AFTER.replace("    pkg", f"    # {mark}\n    pkg"))
    findings, printed = found(capsys)
    assert [finding.get("rule") for finding in findings] == ["added-suppression"]
    assert printed["suppressed"] == 1


def test_a_burial_is_kept_in_the_repository_and_undone_by_deleting_it(here, capsys):
    ident = f"tombstone-{sha(here)[:8]}"
    assert main(["tombstones", "bury", ident, "--reason", 'npm does it "right" now']) == 0
    capsys.readouterr()
    buried = here.root / ".twiceshy" / "buried.toml"
    text = buried.read_text(encoding="utf-8")
    assert f"[{ident}]" in text
    assert 'reason = "npm does it \\"right\\" now"' in text
    assert 'by = "Ada <ada@example.org>"' in text
    stage(here)
    assert found(capsys)[0] == []
    assert main(["tombstones", "--all"]) == 0
    assert "asleep: buried on" in capsys.readouterr().out
    assert main(["tombstones", "bury", ident, "--reason", "again"]) == 2
    assert "buried already" in capsys.readouterr().err
    assert buried.read_text(encoding="utf-8") == text
    buried.write_text(text.partition("[")[0], encoding="utf-8")
    assert len(found(capsys)[0]) == 1


def test_a_change_is_judged_by_the_burials_it_began_with(here, capsys, monkeypatch):
    base = sha(here)
    on(monkeypatch, "2026-01-02")
    here.write(FILE, AFTER)
    assert main(["tombstones", "bury", f"tombstone-{base[:8]}", "--reason", "because I say so"]) == 0
    capsys.readouterr()
    here.commit("Try again, in silence")
    assert len(found(capsys, "--diff", f"{base}..HEAD")[0]) == 1


def test_a_change_may_repair_burials_that_are_broken_in_its_base(here, capsys, monkeypatch):
    on(monkeypatch, "2020-01-01")
    here.write(".twiceshy/buried.toml", "[a\n")
    here.commit("Break it")
    here.write(".twiceshy/buried.toml", "")
    here.write(FILE, AFTER)
    here.commit("Repair it")
    findings, printed = found(capsys, "--diff", "HEAD^..HEAD")
    assert len(findings) == 1
    assert any("buried.toml" in note for note in printed["notes"])


def test_two_working_trees_know_what_each_of_them_sees(here, capsys, monkeypatch, tmp_path):
    stage(here)
    assert len(found(capsys)[0]) == 1
    other = tmp_path / "other"
    here.git("worktree", "add", "--quiet", str(other), "HEAD~1")
    monkeypatch.chdir(other)
    (other / FILE).write_text(AFTER + "OTHER = 'git+file://x'\n", encoding="utf-8")
    assert found(capsys)[0] == []
    monkeypatch.chdir(here.root)
    assert len(found(capsys)[0]) == 1


@pytest.mark.parametrize("what", ["dangling", "folder"])
def test_burials_in_an_odd_place_are_refused(here, capsys, what):
    file = here.root / ".twiceshy" / "buried.toml"
    file.parent.mkdir()
    file.symlink_to("nowhere.toml") if what == "dangling" else file.mkdir()
    assert main(["tombstones", "bury", f"tombstone-{sha(here)[:8]}", "--reason", "why not"]) == 2
    assert "buried.toml cannot be read" in capsys.readouterr().err


def test_an_unknown_id_is_refused_with_the_nearest(here, capsys):
    assert main(["tombstones", "bury", f"tombstone-{sha(here)[:7]}", "--reason", "why"]) == 2
    assert f"did you mean tombstone-{sha(here)[:8]}?" in capsys.readouterr().err
    assert not (here.root / ".twiceshy").exists()


@pytest.mark.parametrize("arguments", [["bury"], ["bury", "a", "b"], ["dig", "a"], ["bury", "a", "--reason", " . "]])
def test_a_burial_needs_one_id_and_a_reason(here, capsys, arguments):
    assert main(["tombstones", *arguments]) == 2
    assert "twiceshy tombstones bury ID --reason" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["[a\n", "[tombstone-1]\nby = 'x'\n", "tombstone-1 = 3\n", b"\xff"])
def test_burials_that_cannot_be_read_stop_the_judgement_by_name(here, capsys, text):
    here.write(".twiceshy/buried.toml", text)
    stage(here)
    assert main(["check", "--staged"]) == 2
    assert ".twiceshy/buried.toml" in capsys.readouterr().err


def test_the_configuration_makes_them_louder_or_silent(here, capsys):
    stage(here)
    here.write("twiceshy.toml", "levels = {tombstone = 'warn'}\n")
    assert [finding["level"] for finding in found(capsys)[0]] == ["warn"]
    here.write("twiceshy.toml", "levels = {tombstone = 'off'}\n")
    assert found(capsys)[0] == []
    here.write("twiceshy.toml", "levels = {tombstone = 'error'}\n")
    assert main(["check", "--staged"]) == 2
    assert "one of off, advise, warn" in capsys.readouterr().err


def test_the_list_says_what_where_since_when_and_who(here, capsys):
    assert main(["tombstones"]) == 0
    out = capsys.readouterr().out
    for told in (FILE, "git+file", "2019-03-14", "Ada", "Install through git", "no reason was written", "#949"):
        assert told in out
    assert "1 tombstone, 0 more asleep" in out


def test_a_repository_without_reverts_says_so(repo, capsys, monkeypatch):
    monkeypatch.chdir(repo.root)
    assert main(["tombstones"]) == 0
    assert "no tombstones here" in capsys.readouterr().out
    repo.write("a.py", "x = 1\n")
    repo.commit("Begin")
    assert main(["tombstones", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": 1, "tombstones": [], "notes": []}


def test_another_branch_has_its_own(here, capsys):
    revert = sha(here)
    stage(here)
    assert len(found(capsys)[0]) == 1
    here.git("reset", "--quiet", "--hard", "HEAD~2")
    stage(here)
    assert found(capsys)[0] == []
    here.git("reset", "--quiet", "--hard", revert)
    stage(here)
    assert len(found(capsys)[0]) == 1


@pytest.mark.parametrize("damage", ["{", "", '{"version": 1}', '{"version": 99, "key": ""}'])
def test_what_is_kept_may_be_damaged(here, capsys, damage):
    stage(here)
    assert len(found(capsys)[0]) == 1
    (kept,) = (here.root / ".git" / "twiceshy").glob("*/tombstones-1.json")
    kept.write_text(damage, encoding="utf-8")
    assert len(found(capsys)[0]) == 1


def test_what_was_kept_of_a_commit_that_git_has_forgotten_is_found_anew(here, capsys):
    stage(here)
    assert len(found(capsys)[0]) == 1
    (kept,) = (here.root / ".git" / "twiceshy").glob("*/tombstones-1.head")
    _, digest = kept.read_text(encoding="ascii").split()
    kept.write_text(f"{'1' * 40} {digest}", encoding="ascii")
    assert len(found(capsys)[0]) == 1


def test_a_shallow_clone_says_what_it_cannot_know(here, capsys, tmp_path, monkeypatch):
    clone = tmp_path / "clone"
    here.git("clone", "--quiet", "--depth", "1", here.root.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    (clone / FILE).write_text(AFTER, encoding="utf-8")
    findings, printed = found(capsys, FILE)
    assert findings == []
    assert any("shallow" in note for note in printed["notes"])
    here.git("-C", str(clone), "fetch", "--quiet", "--unshallow")
    assert len(found(capsys, FILE)[0]) == 1


def told_by_the_hook(repo, text=AFTER, session=""):
    event = {
        "hook_event_name": "PreToolUse",
        "tool_name": "Write",
        "session_id": session,
        "cwd": str(repo.root),
        "tool_input": {"file_path": str(repo.root / FILE), "content": text},
    }
    return respond(json.dumps(event).encode())


def test_the_hook_answers_from_what_is_known_and_never_looks_for_more(here, capsys):
    assert told_by_the_hook(here) == ""
    assert main(["tombstones"]) == 0
    capsys.readouterr()
    answer = told_by_the_hook(here)
    assert "git+file" in answer
    assert "Quoted from this repository's own history" in answer
    assert told_by_the_hook(here, BEFORE) == ""
    assert main(["tombstones", "bury", f"tombstone-{sha(here)[:8]}", "--reason", "npm is right"]) == 0
    assert told_by_the_hook(here) == ""


def test_a_session_in_a_repository_without_lessons_is_greeted_with_nothing(here, capsys):
    assert main(["tombstones"]) == 0
    event = {"hook_event_name": "SessionStart", "session_id": "s", "source": "startup", "cwd": str(here.root)}
    assert respond(json.dumps(event).encode()) == ""
    assert "git+file" in told_by_the_hook(here, session="s")
    assert told_by_the_hook(here, session="s") == ""


@pytest.mark.parametrize(("does", "outcome"), [("takes it out again", "heeded"), ("commits it", "overridden")])
def test_what_came_of_a_warning_is_known(here, capsys, monkeypatch, does, outcome):
    stage(here)
    found(capsys)
    on(monkeypatch, "2026-01-02")
    if does == "takes it out again":
        stage(here, BEFORE + "\n\ndef remove(prefix):\n    run('npm', 'remove', prefix)\n")
    here.commit("Go on")
    assert main(["stats", "--format", "json"]) == 0
    (guard,) = json.loads(capsys.readouterr().out)["guards"]
    assert (guard["spoke"], guard[outcome], guard["open"]) == (1, 1, 0)
