"""Every case in `cases/rules/`: documents (and other files) of a repository, then what lint says about them."""

from __future__ import annotations

import datetime

import pytest
from snapshots import CASES, assert_case

from twiceshy.project import Project
from twiceshy.rules import RULES

FOLDER = CASES / "rules"


def findings(repo, blocks) -> str:
    for info, body in blocks:
        _, _, path = info.partition(" ")
        repo.write(path or "LESSONS.md", body)
    with Project.open(repo.root) as project:
        project.today = datetime.date(2026, 11, 21)
        report = project.lint()
    lines = [f"{d.location.path}:{d.location.line}: {d.level} {d.rule}: {d.message}" for d in report.findings]
    return "".join(f"{line}\n" for line in [*lines, *(f"unreadable {u.path}: {u.reason}" for u in report.unreadable)])


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.md")))
def test_the_rules_say_what_their_cases_show(name, tmp_path, git_alone, repo_factory):
    assert_case(FOLDER / name, "findings", lambda blocks: findings(repo_factory(), blocks))


def test_every_rule_has_a_case_file():
    assert {path.stem for path in FOLDER.glob("*.md")} >= set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_explains_itself_with_its_own_name_first(rule):
    doc = RULES[rule].__doc__
    assert doc.startswith(f"{rule}: ")
    assert len(doc.split()) > 30
