"""Binding: which commit a result file speaks for, whether it is still what was bound, and what a captured run did."""

from __future__ import annotations

import json
import os
import sys

import pytest

from twiceshy.adapters.statements import PREDICATE, STATEMENT
from twiceshy.model.evidence import NONE
from twiceshy.project import Project
from twiceshy.surfaces.cli import main

GOOD = '<testsuite name="a"><testcase classname="a" name="b" time="1"/></testsuite>'


@pytest.fixture
def here(repo, monkeypatch):
    repo.write("src/a.py", "a = 1\n")
    repo.commit("start")
    monkeypatch.chdir(repo.root)
    return repo


def told(capfd, *arguments):
    """Exit code, standard output and standard error."""
    code = main(["evidence", *arguments])
    printed = capfd.readouterr()
    return code, printed.out, printed.err


def statements(repo):
    folder = repo.root / ".twiceshy" / "evidence"
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def script(repo, code):
    repo.write("run.py", code)
    return ["--", sys.executable, "run.py"]


def gathered():
    with Project.open(".") as project:
        return project.evidence().gather()


def test_a_statement_is_in_toto_and_names_file_hash_and_commit(here, capfd):
    here.write("report.xml", GOOD)
    told(capfd, "add", "report.xml", "--as", "junit", "--suite", "unit", "--env", "ci", "--run-url", "https://ci/1")
    (statement,) = statements(here)
    assert (statement["_type"], statement["predicateType"]) == (STATEMENT, PREDICATE)
    assert statement["subject"][0]["name"] == "report.xml"
    assert len(statement["subject"][0]["digest"]["sha256"]) == 64
    predicate = statement["predicate"]
    assert predicate["commit"] == here.git("rev-parse", "HEAD").strip()
    assert (predicate["format"], predicate["suite"], predicate["environment"]) == ("junit", "unit", "ci")
    assert (predicate["dirty"], predicate["runUrl"]) == (False, "https://ci/1")


def test_a_changed_working_tree_is_said(here, capfd):
    here.write("src/a.py", "a = 2\n")
    here.write("report.xml", GOOD)
    assert "with changes that are not in it" in told(capfd, "add", "report.xml")[1]
    assert statements(here)[0]["predicate"]["dirty"] is True


def test_another_commit_can_be_stated_and_nobody_knows_how_clean_it_was(here, capfd):
    first = here.git("rev-parse", "HEAD").strip()
    here.write("src/a.py", "a = 2\n")
    here.commit("more")
    here.write("report.xml", GOOD)
    told(capfd, "add", "report.xml", "--commit", first[:10])
    predicate = statements(here)[0]["predicate"]
    assert (predicate["commit"], predicate["dirty"]) == (first, None)
    code, _, error = told(capfd, "add", "report.xml", "--commit", "beef")
    assert (code, "no such revision" in error) == (2, True)


def test_a_file_older_than_the_commit_does_not_speak_for_it(here, capfd):
    report = here.write("report.xml", GOOD)
    os.utime(report, (1, 1))
    code, _, error = told(capfd, "add", "report.xml")
    assert code == 2
    assert "older than the commit" in error
    assert not statements(here)


def test_the_format_is_recognised_or_asked_for(here, capfd):
    here.write("report.xml", GOOD)
    here.write("notes.txt", "hello")
    assert "(junit)" in told(capfd, "add", "report.xml")[1]
    assert "not clear" in told(capfd, "add", "notes.txt")[2]
    assert "did you mean junit" in told(capfd, "add", "report.xml", "--as", "junitt")[2]


def test_what_is_malformed_is_not_bound_and_says_where(here, capfd):
    here.write("report.xml", GOOD[:30])
    code, _, error = told(capfd, "add", "report.xml", "--as", "junit")
    assert (code, "line 1" in error, statements(here)) == (2, True, [])
    here.write("elsewhere", "x")
    for path in ("absent.xml", "src", "../outside.xml"):
        assert told(capfd, "add", path, "--as", "junit")[0] == 2


def test_verify_tells_what_is_changed_and_what_is_gone(here, capfd):
    here.write("a.xml", GOOD)
    here.write("b.xml", GOOD)
    for name in ("a.xml", "b.xml"):
        told(capfd, "add", name)
    assert told(capfd, "verify")[0] == 0
    here.write("a.xml", GOOD + "\n")
    code, out, _ = told(capfd, "verify")
    assert (code, "a.xml (junit): changed since" in out, "1 of 2 as bound" in out) == (1, True, True)
    (here.root / "b.xml").unlink()
    assert "b.xml (junit): gone" in told(capfd, "verify")[1]


def test_figures_come_only_from_files_that_are_as_bound(here, capfd):
    here.write("a.xml", GOOD)
    here.write("b.xml", GOOD)
    here.write("unbound.xml", GOOD)
    for name, suite in (("a.xml", "unit"), ("b.xml", "e2e")):
        told(capfd, "add", name, "--suite", suite)
    here.write("b.xml", GOOD.replace("/></", "><failure/></testcase></"))
    found = gathered()
    assert {(one.scope.suite, one.provenance.source) for one in found.figures} == {("unit", "a.xml")}
    assert [one.location.path for one in found.findings] == ["b.xml"]
    failed = next(one for one in found.figures if one.name == "tests.failed")
    assert (failed.state, failed.denominator) == (NONE, 1)
    assert failed.provenance.commit == here.git("rev-parse", "HEAD").strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"_type": "https://in-toto.io/Statement/v1"}',
        '{"_type": "https://in-toto.io/Statement/v1", "predicateType": "twiceshy:evidence/v1", "predicate": {}}',
        '{"_type": "https://in-toto.io/Statement/v1", "predicateType": "twiceshy:evidence/v1",'
        ' "predicate": {"dirty": 3}, "subject": [{"name": "a", "digest": {"sha256": "x"}}]}',
        "[" * 100_000,
        "\udcff",
    ],
)
def test_a_statement_that_cannot_be_read_is_one_finding_and_the_rest_counts(here, capfd, text):
    here.write("a.xml", GOOD)
    told(capfd, "add", "a.xml")
    here.write(".twiceshy/evidence/broken.json", text.encode("utf-8", "surrogateescape"))
    found = gathered()
    assert [one.location.path for one in found.findings] == [".twiceshy/evidence/broken.json"]
    assert found.figures
    code, out, _ = told(capfd, "verify")
    assert (code, "broken.json: cannot be read" in out) == (1, True)


def test_a_statement_cannot_lead_out_of_the_repository(here, capfd):
    here.write("a.xml", GOOD)
    told(capfd, "add", "a.xml")
    (path,) = (here.root / ".twiceshy" / "evidence").glob("*.json")
    path.write_text(path.read_text(encoding="utf-8").replace('"a.xml"', '"../../etc/hosts"'), encoding="utf-8")
    found = gathered()
    assert not found.figures
    assert "not in this repository" in found.findings[0].message


def test_a_run_ends_as_its_command_and_binds_what_that_wrote(here, capfd):
    command = script(here, f"open('r.xml', 'w').write({GOOD!r}); raise SystemExit(3)")
    code, out, error = told(capfd, "run", "--out", "r.xml", "--as", "junit", "--suite", "unit", *command)
    assert (code, out) == (3, "")
    assert "failed with 3" in error
    predicate = statements(here)[0]["predicate"]
    assert (predicate["exitCode"], predicate["failed"], predicate["suite"]) == (3, True, "unit")
    assert predicate["command"].endswith("run.py")
    assert predicate["seconds"] >= 0
    names = {one.name for one in gathered().figures}
    assert names >= {"run.exit-code", "run.time", "tests.passed"}


def test_a_file_left_from_an_earlier_run_is_not_taken_for_this_ones(here, capfd):
    here.write("r.xml", GOOD)
    code, _, error = told(capfd, "run", "--out", "r.xml", *script(here, "pass"))
    assert code == 0
    assert "r.xml was not written by this run" in error
    assert [one["subject"][0]["digest"] for one in statements(here)] == [
        {"gitCommit": here.git("rev-parse", "HEAD").strip()}
    ]


def test_a_command_that_is_killed_is_bound_as_failed(here, capfd):
    code, _, error = told(capfd, "run", *script(here, "import os; os.kill(os.getpid(), 9)"))
    assert (code, "failed with 137" in error) == (137, True)
    assert told(capfd, "verify")[0] == 0


def test_a_command_that_moves_to_another_commit_speaks_for_none(here, capfd):
    move = "import subprocess; subprocess.run('git commit -q --allow-empty -m x'.split(), check=True)"
    code, _, error = told(capfd, "run", *script(here, move))
    assert code == 0
    assert "commit not stated" in error
    assert not statements(here)


def test_a_command_that_does_not_start_binds_nothing(here, capfd):
    code, _, error = told(capfd, "run", "--", "there-is-no-such-command")
    assert (code, "cannot be started" in error, statements(here)) == (2, True, [])


@pytest.mark.parametrize(
    "arguments",
    ["add", "add a b", "run", "list x", "frob", "list -- ls", "run --as junit -- x", "run --commit a -- x"],
)
def test_what_cannot_be_understood_says_so(here, capfd, arguments):
    code, _, error = told(capfd, *arguments.split())
    assert code == 2
    assert "see: twiceshy evidence --help" in error


def test_before_the_first_commit_there_is_nothing_to_speak_for(repo, monkeypatch, capfd):
    monkeypatch.chdir(repo.root)
    repo.write("r.xml", GOOD)
    assert "no commit yet" in told(capfd, "add", "r.xml")[2]
    assert "no commit yet" in told(capfd, "run", "--", sys.executable, "-c", "pass")[2]
    assert "nothing is bound here" in told(capfd, "list")[1]


def test_files_of_one_name_and_content_have_statements_of_their_own(here, capfd):
    for path in ("a/report.xml", "b/report.xml"):
        here.write(path, GOOD)
        told(capfd, "add", path)
        told(capfd, "add", path, "--suite", "again")
    assert [one["subject"][0]["name"] for one in statements(here)] == ["a/report.xml", "b/report.xml"]
    assert {one["predicate"]["suite"] for one in statements(here)} == {"again"}
