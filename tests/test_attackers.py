"""Somebody wants to repeat a mistake past the guard that knows it: one trick a test, in real git, and each one loses.

The guard stands in `lessons/LESSONS.md`, is proved and blocks. What is judged is a range, as in continuous integration:
the attacker writes everything in it, and nothing of the base.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess

import pytest
from conftest import Repo

from twiceshy.errors import GitError
from twiceshy.jobs import check
from twiceshy.project import Project
from twiceshy.surfaces.cli import main

TODAY = datetime.date(2026, 11, 21)
LOG = "lessons/LESSONS.md"
GUARD = "no-verify-false"
WRONG = "get(u, verify=False)\n"
STOPPED = f"client.py:1 block {GUARD}"
LOOSENED = f"{LOG}:8 block loosened-guard"
LOST = f"{LOG}:8 block lost-guard"
LESSON = f"""# Lessons

## 2026-01-02: Checks were off

- **Happened:** nobody looked
- **Rule:** keep checking

```yaml guard
id: {GUARD}
why: nobody notices when they are not
added: 'verify=False'
bad: 'get(url, verify=False)'
good: 'get(url)'
level: block
culprit: CULPRIT
fix: FIX
```
"""


class Scene:
    """A repository whose base knows better, and the change of somebody who does not care."""

    def __init__(self, repo: Repo) -> None:
        self.repo = repo
        repo.write("client.py", "get(u)\n")
        repo.commit("first")
        repo.write("client.py", WRONG)
        culprit = repo.commit("faster tests")
        repo.write("client.py", "get(u)\n")
        self.text = LESSON.replace("CULPRIT", culprit).replace("FIX", repo.commit("check again"))
        repo.write(LOG, self.text)
        repo.write(f".twiceshy/proofs/{GUARD}.json", json.dumps(self.proof(culprit)))
        self.base = repo.commit("lesson")
        self.head = "HEAD"

    def proof(self, culprit: str) -> dict[str, object]:
        """What `backtest --judge` leaves behind for the guard as it stands."""
        with Project.open(self.repo.root) as project:
            (guard,) = project.guards()
        judged = {"commit": culprit, "path": "client.py", "line": 1, "text": WRONG.strip(), "verdict": True}
        return {
            "version": 1,
            "guard": GUARD,
            "digest": guard.digest,
            "made": "2026-11-20",
            "head": self.repo.git("rev-parse", "HEAD").strip(),
            "commits": 3,
            "fires": 1,
            "per_1000": 1.0,
            "culprit_caught": True,
            "fix_silent": True,
            "after_lesson": 0,
            "targeted": None,
            "judged": [{**judged, "by": "Ada <ada@example.org>", "on": "2026-11-20"}],
        }

    def edit(self, old: str, new: str, path: str = LOG) -> None:
        """Change the document in place."""
        text = (self.repo.root / path).read_text(encoding="utf-8")
        assert old in text
        self.repo.write(path, text.replace(old, new, 1))

    def judged(self, wrong: str | bytes = WRONG, path: str = "client.py") -> list[str]:
        """Repeat the mistake in the same change, commit, and give back what is said; it must stop."""
        if wrong:
            self.repo.write(path, wrong)
        self.repo.commit("nothing to see here")
        said, stops = self.verdict()
        assert stops
        return said

    def verdict(self) -> tuple[list[str], bool]:
        """What is said about the range as it stands, and whether it stops."""
        with Project.open(self.repo.root) as project:
            project.today = TODAY
            report = project.check_range(self.base, self.head, parted=True)
        return [f"{d.location.path}:{d.location.line} {d.level} {d.rule}" for d in report.findings], report.stops


@pytest.fixture
def scene(repo: Repo) -> Scene:
    return Scene(repo)


@pytest.fixture
def at(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The scene with the repository as the current folder, for the command line."""
    monkeypatch.chdir(scene.repo.root)
    return scene


def link(repo: Repo, path: str, target: str) -> None:
    """A symbolic link in git, also where the system has none: what is judged is what git keeps."""
    where = repo.root / path
    if where.is_dir():
        shutil.rmtree(where)
    else:
        where.unlink(missing_ok=True)
    try:
        where.symlink_to(target)
    except OSError:
        pytest.skip("this system makes no symbolic links")


# The guard itself ----------------------------------------------------------------------------------------------------


def test_without_any_trick_the_change_is_stopped(scene):
    assert scene.judged() == [STOPPED]


def test_rewriting_the_pattern_does_not_help_and_is_reported(scene):
    scene.edit("added: 'verify=False'", "added: 'verify=Never'")
    assert scene.judged() == [STOPPED, LOOSENED]


def test_narrowing_the_paths_does_not_help_and_is_reported(scene):
    scene.edit("level: block", "level: block\npaths: ['server/**']")
    assert scene.judged() == [STOPPED, LOOSENED]


def test_excluding_the_file_does_not_help_and_is_reported(scene):
    scene.edit("level: block", "level: block\nexclude: ['client.py']")
    assert scene.judged() == [STOPPED, LOOSENED]


def test_lowering_the_level_does_not_help_and_is_reported(scene):
    scene.edit("level: block", "level: advise")
    assert scene.judged() == [STOPPED, LOOSENED]


def test_adding_an_excuse_does_not_help_and_is_reported(scene):
    scene.edit("level: block", "level: block\nunless: 'get'")
    assert scene.judged() == [STOPPED, LOOSENED]


def test_calling_the_mistake_a_good_example_does_not_help(scene):
    scene.edit("good: 'get(url)'", "good: 'get(u, verify=False)'")
    assert STOPPED in scene.judged()


def test_naming_another_culprit_does_not_help(scene):
    first = scene.repo.git("rev-list", "--max-parents=0", "HEAD").strip()
    scene.edit(scene.text.partition("culprit: ")[2][:40], first)
    assert STOPPED in scene.judged()


def test_taking_the_guard_out_does_not_help_and_is_reported(scene):
    scene.repo.write(LOG, scene.text.partition("```")[0])
    assert scene.judged() == [STOPPED, LOOSENED]


def test_a_weak_guard_of_the_same_name_elsewhere_does_not_stand_in_for_it(scene):
    scene.repo.write(LOG, scene.text.partition("```")[0])
    weak = scene.text.replace("added: 'verify=False'", "added: 'nothing'").replace("level: block", "level: advise")
    scene.repo.write("lessons/zz/LESSONS.md", weak)
    assert scene.judged() == [STOPPED, LOOSENED]


def test_an_invalid_guard_of_the_same_name_loses_nothing(scene):
    scene.edit("added: 'verify=False'", "added: '('")
    assert scene.judged() == [STOPPED, LOOSENED]


# Its lesson ----------------------------------------------------------------------------------------------------------


def test_making_the_lesson_a_candidate_does_not_help_and_is_reported(scene):
    (scene.repo.root / "lessons/candidates").mkdir()
    (scene.repo.root / LOG).rename(scene.repo.root / "lessons/candidates/LESSONS.md")
    assert scene.judged() == [STOPPED, LOOSENED]


def test_retiring_the_lesson_in_a_field_does_not_help_and_is_reported(scene):
    scene.edit("- **Rule:**", "- **Status:** retired\n- **Rule:**")
    assert scene.judged() == [STOPPED, LOOSENED]


def test_retiring_a_whole_document_in_its_front_matter_does_not_help_and_is_reported(scene):
    alone = scene.text.replace(GUARD, "alone").replace("verify=False", "debug=True").replace("level: block", "")
    scene.repo.write("docs/alone.md", f"---\nkind: lesson\nstatus: active\n---\n{alone}")
    scene.base = scene.repo.commit("another lesson")
    scene.edit("status: active", "status: retired", "docs/alone.md")
    scene.repo.write("client.py", "run(debug=True)\n")
    scene.repo.commit("quietly")
    said, _ = scene.verdict()
    assert [line.partition(" ")[2] for line in said] == ["warn alone", "warn loosened-guard"]


def test_superseding_the_lesson_in_prose_does_not_help_and_is_reported(scene):
    scene.edit("- **Happened:**", "Superseded by what we know now.\n\n- **Happened:**")
    assert scene.judged() == [STOPPED, LOOSENED]


def test_renaming_the_document_does_not_help(scene):
    scene.repo.git("mv", LOG, "lessons/OLD.md")
    assert scene.judged() == [STOPPED]


def test_renaming_the_document_to_what_nobody_reads_is_reported(scene):
    scene.repo.git("mv", LOG, "lessons/LESSONS.txt")
    assert scene.judged() == [STOPPED, LOOSENED]


def test_deleting_the_document_does_not_help_and_is_reported(scene):
    (scene.repo.root / LOG).unlink()
    assert scene.judged() == [STOPPED, LOOSENED]


# The document breaks, even without the mistake in the same change ----------------------------------------------------


def test_a_symbolic_link_in_place_of_the_document_fails_closed(scene):
    scene.repo.write("elsewhere.txt", scene.text)
    scene.base = scene.repo.commit("a copy")
    link(scene.repo, LOG, "../elsewhere.txt")
    assert scene.judged("") == [LOST]


def test_a_symbolic_link_in_place_of_its_folder_fails_closed(scene):
    scene.repo.write("elsewhere/LESSONS.txt", scene.text)
    scene.base = scene.repo.commit("a copy")
    link(scene.repo, "lessons", "elsewhere")
    assert scene.judged("") == [LOST]


def test_a_submodule_in_place_of_its_folder_fails_closed(scene):
    scene.repo.git("rm", "-r", "--quiet", "lessons")
    scene.repo.git("update-index", "--add", "--cacheinfo", f"160000,{scene.base},lessons")
    scene.repo.git("commit", "--quiet", "--message=vendored")
    assert scene.verdict() == ([LOST], True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("```yaml guard", "~~~text\n```yaml guard"),
        ("```yaml guard", "````text\n\n```yaml guard"),
        ("```yaml guard", "<!--\n```yaml guard"),
        ("```yaml guard", "    ```yaml guard"),
        ("```yaml guard", "```yaml guards"),
        ("```yaml guard", "``yaml guard"),
        ("```yaml guard", "<pre>\n```yaml guard"),
    ],
    ids=["unclosed fence above", "four backticks", "comment", "indent", "other word", "two backticks", "html block"],
)
def test_a_guard_that_stands_there_and_is_no_longer_read_fails_closed(scene, old, new):
    scene.edit(old, new)
    assert scene.judged("") == [LOST]


@pytest.mark.parametrize(
    "breakage",
    [
        lambda text: b"\xe9" + text,
        lambda text: text + b"\0",
        lambda text: text.decode().encode("utf-16"),
        lambda text: text + b"x" * (10 * 1024 * 1024),
        lambda text: text + b"x" * (21 * 1024 * 1024),
        lambda text: text + b"\n" * 500_001,
    ],
    ids=["not UTF-8", "NUL", "UTF-16", "over 10 MiB", "over 20 MiB", "too many lines"],
)
def test_a_document_that_can_no_longer_be_read_fails_closed(scene, breakage):
    scene.repo.write(LOG, breakage(scene.text.encode()))
    assert scene.judged("") == [LOST]


def test_yaml_that_no_longer_parses_fails_closed(scene):
    scene.edit("why: ", "why: [")
    assert scene.judged("") == [LOST]


def test_an_unreadable_document_is_not_excused_by_a_weak_guard_of_the_same_name(scene):
    scene.repo.write(LOG, scene.text.encode() + b"\0")
    scene.repo.write("zz/LESSONS.md", scene.text.replace("level: block", "level: advise"))
    assert scene.judged("") == [LOST]


def test_taking_a_guard_out_in_a_change_of_its_own_is_no_attack(scene):
    scene.repo.write(LOG, scene.text.partition("```")[0] + f"The guard {GUARD} was taken out: the flag is gone.\n")
    scene.repo.commit("reviewed")
    assert scene.verdict() == ([], False)


# The settings --------------------------------------------------------------------------------------------------------


def test_excluding_the_document_does_not_help_and_is_reported(scene):
    scene.repo.write("twiceshy.toml", "exclude = ['lessons/**', 'client.py']\n")
    assert scene.judged() == [STOPPED, LOOSENED]


def test_excluding_it_in_pyproject_does_not_help_and_is_reported(scene):
    scene.repo.write("pyproject.toml", "[tool.twiceshy]\nexclude = ['**']\n")
    assert scene.judged() == [STOPPED, LOOSENED]


def test_an_alias_that_turns_a_word_into_a_status_does_not_help_and_is_reported(scene):
    scene.edit("nobody looked", "retired")
    scene.repo.write("twiceshy.toml", "[aliases]\n'happened' = 'status'\n")
    assert scene.judged() == [STOPPED, LOOSENED]


def test_a_template_that_turns_a_word_into_a_status_does_not_help_and_is_reported(scene):
    scene.edit("nobody looked", "retired")
    scene.repo.write(".twiceshy/templates/log.md", "# Lessons\n\n## YYYY-MM-DD: [title]\n\n- **Happened:** [what]\n")
    scene.repo.write(".twiceshy/templates/log.toml", "holds = 'entries'\n[roles]\n'happened' = 'status'\n")
    assert scene.judged() == [STOPPED, LOOSENED]


@pytest.mark.parametrize("broken", ["exclude = 5\n", "no toml", b"\xff\xfe", "surprise = true\n"])
def test_settings_that_cannot_be_read_are_not_asked(scene, broken):
    scene.repo.write("twiceshy.toml", broken)
    assert scene.judged() == [STOPPED]


def test_levels_of_lint_rules_mean_nothing_to_a_guard(scene):
    scene.repo.write("twiceshy.toml", "[levels]\ndead-link = 'off'\nbroken-guard = 'off'\n")
    assert scene.judged() == [STOPPED]


def test_a_template_that_cannot_be_read_is_not_asked(scene):
    scene.repo.write(".twiceshy/templates/log.md", b"\xff\xfe")
    assert scene.judged() == [STOPPED]


def test_a_file_in_place_of_the_folder_does_not_help(scene):
    shutil.rmtree(scene.repo.root / ".twiceshy")
    scene.repo.write(".twiceshy", "nothing here")
    assert STOPPED in scene.judged()


def test_a_link_in_place_of_the_folder_does_not_help(scene):
    link(scene.repo, ".twiceshy", "/")
    assert STOPPED in scene.judged()


def test_a_link_to_itself_in_place_of_the_folder_does_not_help(scene):
    link(scene.repo, ".twiceshy", ".twiceshy")
    assert STOPPED in scene.judged()


def test_a_submodule_in_place_of_the_folder_does_not_help(scene):
    scene.repo.git("rm", "-r", "--quiet", ".twiceshy")
    scene.repo.git("update-index", "--add", "--cacheinfo", f"160000,{scene.base},.twiceshy")
    scene.repo.write("client.py", WRONG)
    scene.repo.git("add", "client.py")
    scene.repo.git("commit", "--quiet", "--message=vendored")
    said, stops = scene.verdict()
    assert STOPPED in said
    assert stops


# The proof -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tampered",
    [
        lambda proof: {**proof, "culprit_caught": False},
        lambda proof: {**proof, "per_1000": 900.0, "fires": 900},
        lambda proof: {**proof, "judged": []},
        lambda proof: {**proof, "digest": "0" * 64},
        lambda proof: [],
    ],
    ids=["culprit", "noise", "ticks", "digest", "shape"],
)
def test_spoiling_the_proof_does_not_help(scene, tampered):
    path = f".twiceshy/proofs/{GUARD}.json"
    proof = json.loads((scene.repo.root / path).read_text(encoding="utf-8"))
    scene.repo.write(path, json.dumps(tampered(proof)))
    assert STOPPED in scene.judged()


def test_deleting_the_proof_does_not_help(scene):
    shutil.rmtree(scene.repo.root / ".twiceshy")
    assert STOPPED in scene.judged()


# Suppressions --------------------------------------------------------------------------------------------------------


def silenced(scene: Scene, comment: str) -> list[str]:
    scene.repo.write("client.py", f"# {comment}\n{WRONG}")
    scene.repo.commit("with an excuse")
    return scene.verdict()[0]


MARK = "twiceshy: " + "ignore["


def test_a_suppression_in_the_same_change_is_reported_however_far_its_day_is(scene):
    assert silenced(scene, f"{MARK}{GUARD}] until=9999-12-31 because") == ["client.py:1 advise added-suppression"]


@pytest.mark.parametrize(
    ("comment", "rule"),
    [
        (f"{MARK}{GUARD}] until=2027-01-01", "error bad-suppression"),
        (f"{MARK}{GUARD}] until=soon because", "error bad-suppression"),
        (f"{MARK}{GUARD}] because", "error bad-suppression"),
        (f"{MARK}] until=2027-01-01 because", "error bad-suppression"),
        (f"{MARK}no-verify] until=2027-01-01 because", "warn unused-suppression"),
        (f"{MARK}*] until=2027-01-01 because", "warn unused-suppression"),
        (f"{MARK}{GUARD}] until=2026-11-20 because", "warn unused-suppression"),
    ],
    ids=["no reason", "no day", "no until", "no id", "wrong id", "star", "expired"],
)
def test_a_suppression_that_lacks_something_silences_nothing(scene, comment, rule):
    said = silenced(scene, comment)
    assert f"client.py:2 block {GUARD}" in said
    assert any(line == f"client.py:1 {rule}" for line in said) or "until=2026-11-20" in comment


def test_a_suppression_two_lines_above_or_in_another_file_silences_nothing(scene):
    good = f"# {MARK}{GUARD}] until=2027-01-01 because\n"
    scene.repo.write("far.py", good)
    said = scene.judged(f"{good}\n{WRONG}")
    assert f"client.py:3 block {GUARD}" in said
    assert "far.py:1 warn unused-suppression" in said


def test_a_suppression_where_the_settings_look_away_is_reported_all_the_same(scene):
    scene.repo.write("twiceshy.toml", "exclude = ['vendor/**']\n")
    scene.base = scene.repo.commit("settings")
    scene.repo.write("vendor/client.py", f"{WRONG.strip()}  # {MARK}{GUARD}] until=2027-01-01 because\n")
    scene.repo.commit("vendored")
    assert scene.verdict() == (["vendor/client.py:1 advise added-suppression"], False)


# How the change is shown ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attributes",
    [
        "* binary",
        "* -diff",
        "* -text",
        "* linguist-generated linguist-vendored",
        "* diff=lie",
        "* filter=lie",
        "* eol=crlf",
    ],
)
def test_attributes_do_not_hide_a_file(scene, attributes):
    scene.repo.git("config", "diff.lie.textconv", "true")
    scene.repo.git("config", "diff.lie.command", "true")
    scene.repo.git("config", "diff.lie.binary", "true")
    scene.repo.git("config", "filter.lie.clean", "cat")
    scene.repo.write(".gitattributes", f"{attributes}\n")
    assert scene.judged() == [STOPPED]


def test_settings_of_the_clone_do_not_hide_a_file(scene, tmp_path):
    scene.repo.write(".mailmap", "Nobody <nobody@example.org> <ada@example.org>\n")
    (tmp_path / "attributes").write_text("* -diff\n", encoding="utf-8")
    for name, value in (
        ("core.hooksPath", "hooks"),
        ("core.attributesFile", str(tmp_path / "attributes")),
        ("diff.external", "true"),
        ("diff.orderFile", "client.py"),
        ("diff.noprefix", "true"),
        ("diff.renames", "copies"),
        ("diff.ignoreSubmodules", "all"),
        ("color.ui", "always"),
    ):
        scene.repo.git("config", name, value)
    assert scene.judged() == [STOPPED]


def test_variables_do_not_hide_a_file(scene, monkeypatch):
    for name, value in (
        ("GIT_EXTERNAL_DIFF", "true"),
        ("GIT_DIFF_OPTS", "-u0"),
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "diff.external"),
        ("GIT_CONFIG_VALUE_0", "true"),
        ("GIT_ICASE_PATHSPECS", "1"),
        ("GIT_PAGER", "false"),
    ):
        monkeypatch.setenv(name, value)
    assert scene.judged() == [STOPPED]


def test_line_ends_of_another_system_hide_nothing(scene):
    assert scene.judged("ok\r\nget(u, verify=False)\r\n") == [STOPPED.replace(":1", ":2")]


@pytest.mark.parametrize("end", ["\r", "\u2028", "\u2029"])
def test_code_behind_an_end_of_line_that_git_does_not_know_is_no_comment(scene, end):
    assert scene.judged(f"// harmless{end}{WRONG}", "client.js") == [f"client.js:1 block {GUARD}"]


def test_a_file_that_is_not_utf_8_is_judged(scene):
    assert scene.judged(b"# caf\xe9\n" + WRONG.encode()) == [STOPPED.replace(":1", ":2")]


def test_a_nul_byte_in_a_text_hides_nothing(scene):
    assert scene.judged(b"# \0\n" + WRONG.encode()) == [STOPPED.replace(":1", ":2")]


def test_a_new_file_with_a_nul_byte_is_named_as_unreadable(scene):
    scene.repo.write("new.sh", b"\0\n" + WRONG.encode())
    scene.repo.commit("binary")
    with Project.open(scene.repo.root) as project:
        report = project.check_range(scene.base, "HEAD", parted=True)
    assert [(file.path, file.reason) for file in report.unreadable] == [("new.sh", "binary")]


def test_a_name_that_looks_like_another_is_judged_and_shown_as_it_is(scene):
    assert scene.judged(path="сlient.py") == [f"сlient.py:1 block {GUARD}"]


def test_a_name_with_a_line_end_is_judged(scene):
    if os.name == "nt":
        pytest.skip("no such names here")
    assert scene.judged(path="a\n::notice::b.py") == [f"a\n::notice::b.py:1 block {GUARD}"]


def test_carrying_a_file_out_of_the_guard_s_paths_does_not_help(scene):
    body = "".join(f"line {number}\n" for number in range(30))
    scene.edit("level: block", "level: block\npaths: ['src/**']")
    scene.repo.git("mv", "client.py", "old.py")
    scene.repo.write("src/client.py", body)
    scene.base = scene.repo.commit("narrower")
    scene.repo.git("mv", "src/client.py", "client.py")
    scene.repo.write("client.py", body + WRONG)
    scene.repo.commit("moved")
    assert [line.partition(" ")[2].split(" ")[1] for line in scene.verdict()[0]] == [GUARD]


def test_the_target_of_a_symbolic_link_is_text_like_any_other(scene):
    link(scene.repo, "client.py", "verify=False")
    assert scene.judged("") == [STOPPED]


def test_what_lies_in_a_submodule_is_named_as_not_looked_at(scene, repo_factory):
    scene.repo.git("update-index", "--add", "--cacheinfo", f"160000,{scene.base},vendored")
    scene.repo.git("commit", "--quiet", "--message=vendored")
    with Project.open(scene.repo.root) as project:
        report = project.check_range(scene.base, "HEAD", parted=True)
    assert [(file.path, file.reason) for file in report.unreadable] == [("vendored", "submodule")]


def test_what_only_the_merge_itself_brings_in_is_judged(scene):
    scene.repo.git("checkout", "--quiet", "-b", "side")
    scene.repo.write("side.py", "fine\n")
    scene.repo.commit("side")
    scene.repo.git("checkout", "--quiet", "-b", "feature", scene.base)
    scene.repo.write("feature.py", "fine\n")
    scene.repo.commit("feature")
    scene.repo.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
    assert scene.judged() == [STOPPED]


def test_undoing_it_in_a_later_commit_of_the_range_leaves_nothing_to_stop(scene):
    scene.judged()
    scene.repo.write("client.py", "get(u)\n")
    scene.repo.commit("undone")
    assert scene.verdict() == ([], False)


# Revisions -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["--output=x", "-x", "--", "", "HEAD:client.py", "a\nb", "^HEAD", "HEAD..HEAD"])
def test_a_revision_that_looks_like_something_else_is_refused(at, name, capsys):
    at.judged()
    assert main(["check", f"--from-ref={name}", "--to-ref=HEAD"]) == 2
    assert not (at.repo.root / "x").exists()
    assert capsys.readouterr().out == ""


def test_a_tag_with_the_name_of_a_branch_is_not_taken_for_it(at, capsys):
    at.repo.git("branch", "base", at.base)
    at.judged()
    at.repo.git("tag", "base", "HEAD")
    assert main(["check", "--from-ref=base", "--to-ref=HEAD"]) == 2
    assert "base is ambiguous" in capsys.readouterr().err
    assert main(["check", "--from-ref=refs/heads/base", "--to-ref=HEAD"]) == 1


def test_replaced_objects_do_not_count(scene):
    scene.judged()
    head = scene.repo.git("rev-parse", "HEAD").strip()
    scene.repo.git("replace", head, scene.base)
    assert scene.verdict() == ([STOPPED], True)


def test_a_replaced_base_does_not_count(scene):
    scene.judged()
    scene.repo.git("replace", scene.base, scene.repo.git("rev-parse", "HEAD").strip())
    assert scene.verdict() == ([STOPPED], True)


def test_grafts_do_not_count(scene):
    scene.judged()
    head = scene.repo.git("rev-parse", "HEAD").strip()
    scene.repo.write(".git/info/grafts", f"{scene.base} {head}\n")
    assert scene.verdict() == ([STOPPED], True)


def test_a_shallow_clone_without_the_base_cannot_judge_and_says_what_to_do(scene, tmp_path, monkeypatch, capsys):
    scene.judged()
    clone = tmp_path / "shallow"
    address = f"file://{scene.repo.root}"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", address, str(clone)], check=True, capture_output=True)
    monkeypatch.chdir(clone)
    assert main(["check", f"--from-ref={scene.base}", "--to-ref=HEAD"]) == 2
    assert "git fetch --unshallow" in capsys.readouterr().err


def test_two_histories_without_a_common_commit_cannot_be_judged(scene):
    scene.judged()
    scene.repo.git("checkout", "--quiet", "--orphan", "elsewhere")
    scene.repo.commit("from nowhere")
    with Project.open(scene.repo.root) as project, pytest.raises(GitError, match="no common ancestor"):
        project.check_range(scene.base, "HEAD", parted=True)


# What the working tree and the caches say ----------------------------------------------------------------------------


def test_what_lies_in_the_working_tree_does_not_count(scene):
    scene.judged()
    scene.repo.write("twiceshy.toml", "no toml")
    scene.repo.write(".twiceshy/templates/log.md", b"\xff")
    (scene.repo.root / LOG).unlink()
    assert scene.verdict() == ([STOPPED], True)


def test_a_cache_from_somewhere_else_does_not_count(scene):
    scene.judged()
    for path in (scene.repo.root / ".git/twiceshy").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\0" * 100)
    assert scene.verdict() == ([STOPPED], True)


def test_judging_a_range_leaves_nothing_of_the_base_in_the_index(scene):
    scene.repo.write("twiceshy.toml", "exclude = ['lessons/**']\n")
    scene.judged()
    with Project.open(scene.repo.root) as project:
        assert project.guards() == []
        project.check_range(scene.base, "HEAD", parted=True)
        assert project.guards() == []


def test_more_harmless_findings_than_are_listed_do_not_push_the_one_that_stops_off_the_list(scene, monkeypatch):
    monkeypatch.setattr(check, "_MOST", 50)
    harmless = scene.text.replace(GUARD, "harmless").replace("'verify=False'", "'noise'").replace("block", "advise")
    scene.repo.write("lessons/harmless.md", harmless.replace("verify=False", "noise"))
    scene.repo.write("aaa.py", "noise\n" * 60)
    said = scene.judged()
    assert len(said) == 51
    assert STOPPED in said


def test_starting_from_an_old_commit_does_not_get_around_a_guard_the_base_has_learned_since(scene):
    scene.repo.git("checkout", "--quiet", "-b", "old", f"{scene.base}~1")
    scene.repo.write("client.py", WRONG)
    scene.repo.commit("from the past")
    assert scene.verdict() == ([STOPPED], True)


def test_a_guard_the_base_has_taken_out_since_does_not_speak(scene):
    scene.repo.git("checkout", "--quiet", "-b", "old", scene.base)
    scene.repo.write("client.py", WRONG)
    scene.repo.commit("from the past")
    scene.repo.git("checkout", "--quiet", "main")
    scene.repo.write(LOG, scene.text.partition("```")[0])
    scene.base = scene.repo.commit("reviewed: the flag is gone")
    scene.head = "old"
    assert scene.verdict() == ([], False)
