"""Which kind a document is taken for, by what it says first and by its name after that."""

from __future__ import annotations

import os
from functools import cache

import pytest

from twiceshy.adapters.configuration import read_templates
from twiceshy.markdown.page import Page, read_page
from twiceshy.model.template import Template

NYGARD = """# {title}

Date: 2031-04-02

## Status

{status}

## Context

Nightly exports hold the table for an hour.

## Decision

We will write exports from a replica.

## Consequences

Figures are a minute old.
"""


@cache
def templates() -> dict[str, Template]:
    return read_templates(os.devnull, {})


def page(text: str, path: str = "docs/page.md") -> Page:
    return read_page(path, text, templates())


def test_a_decision_record_is_known_without_a_telling_name_or_folder() -> None:
    found = page(NYGARD.format(title="Exports read from a replica", status="Accepted"))
    assert found.kind.name == "notes"
    assert found.kind.reason == "it says what was decided, in which situation and with what to follow"
    (lesson,) = found.lessons
    assert (lesson.title, lesson.date, lesson.status) == ("Exports read from a replica", "2031-04-02", "active")
    assert lesson.texts["decision"] == "We will write exports from a replica."
    assert {"context", "decision", "impact"} <= set(lesson.roles)


def test_a_title_about_architecture_does_not_hide_a_decision_record() -> None:
    assert page(NYGARD.format(title="Architecture of the nightly export", status="Accepted")).kind.name == "notes"


@pytest.mark.parametrize("title", ["ADR-012: Exports", "Harbour - HRB-ADR-0012 - Exports", "ADR 7 Exports"])
def test_a_number_in_the_title_makes_a_decision_record(title: str) -> None:
    found = page(f"# {title}\n\n## What\n\nWe read from a replica.\n\n## Alternatives\n\nA second queue.\n")
    assert found.kind.name == "notes"
    assert [lesson.why for lesson in found.lessons] == ["it records one decision"]


@pytest.mark.parametrize(
    "title", ["Architecture decision record scoring methods", "What is an architecture decision record?", "ADR tools"]
)
def test_a_page_about_decision_records_is_none(title: str) -> None:
    text = f"# {title}\n\n## Purpose\n\nTeams write down why.\n\n## Tools\n\nThere are many of them.\n"
    assert page(text).kind.name == ""


def test_a_file_of_several_decisions_gives_each() -> None:
    parts = "### Context\n\nSlow.\n\n### Decision\n\nIt.\n\n### Consequences\n\nFast.\n"
    one = f"## [D-{{}}] {{}}\n\n**Date:** 2031-05-0{{}}\n\n{parts}"
    entries = "\n".join(one.format(n, title, n) for n, title in enumerate(("Queues", "Caches", "Shards"), 1))
    found = page(f"# Harbour - architecture decision records\n\n{entries}")
    assert found.kind.name == "notes"
    assert [lesson.date for lesson in found.lessons] == ["2031-05-01", "2031-05-02", "2031-05-03"]


def test_a_problem_with_its_cause_and_fix_is_a_lesson_without_any_name() -> None:
    text = "# Loader of tokens\n\n## Issue\n\nIt stops.\n\n## Root cause\n\nNo file.\n\n## Solution\n\nWe ship it.\n"
    found = page(text)
    assert found.kind.name == "lesson"
    assert found.kind.reason == "it tells a problem, its cause and what was done about it"


def test_a_manual_with_known_limits_is_no_record() -> None:
    titles = "Overview; Installation; Usage; Configuration; API; Testing; Known limitations; Related".split("; ")
    found = page("# Sandboxes\n\n" + "\n\n".join(f"## {title}\n\nSome words." for title in titles))
    assert found.kind.name == ""


def test_a_document_without_a_word_is_no_lesson_wherever_it_lies() -> None:
    assert page(" \n", "docs/adr/0001-empty.md").kind.reason == "it is empty"


@pytest.mark.parametrize(
    "path",
    ["CLAUDE.md", "sub/AGENTS.md", "GEMINI.md", ".cursor/rules/api.mdc", ".github/copilot-instructions.md"],
)
def test_a_file_for_agents_is_of_the_kind_rules(path: str) -> None:
    found = page("# Work here\n\n- Never commit to main.\n- The tests live in `tests/`.\n- Always sign tags.\n", path)
    assert found.kind.name == "rules"
    assert [(lesson.title, lesson.kind) for lesson in found.lessons] == [
        ("Never commit to main.", "rules"),
        ("Always sign tags.", "rules"),
    ]
    assert found.lessons[0].texts == {"rule": "Never commit to main."}


def test_a_story_in_a_file_for_agents_is_a_lesson_like_any_other() -> None:
    story = "## The lost cache\n\n**Problem:** it was never emptied.\n\n**Fix:** never share the folder.\n"
    found = page(f"# Work here\n\n- Never commit to main.\n\n{story}", "CLAUDE.md")
    assert [(lesson.title, lesson.kind) for lesson in found.lessons] == [
        ("Never commit to main.", "rules"),
        ("The lost cache", "lesson"),
    ]


def test_what_agents_remember_is_told_by_its_content_first() -> None:
    path = ".agent/memory/notes.md"
    assert page(NYGARD.format(title="Exports", status="Accepted"), path).kind.name == "notes"
    assert page("# Notes\n\nNever run it as root.\n", path).kind.name == "rules"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Accepted", "active"),
        ("Proposed", "candidate"),
        ("Rejected", "retired"),
        ("Deprecated", "retired"),
        ("Superseded by [ADR-0005](0005-queues.md)", "superseded"),
        ("Accepted\n\nSuperceded by [12](0012-queues.md)", "superseded"),
        ("Accepted (its naming was superseded by ADR 6)", "active"),
        ("Partially superseded by ADR 6", "active"),
        ("Abgelöst durch ADR 6", "superseded"),
    ],
)
def test_the_status_of_a_decision_is_that_of_the_lesson(said: str, status: str) -> None:
    assert page(NYGARD.format(title="Exports", status=said)).lessons[0].status == status


def test_a_status_in_front_matter_may_name_what_came_after() -> None:
    text = NYGARD.format(title="Exports", status="").replace("## Status\n\n\n\n", "")
    found = page(f"---\nstatus: superseded by [ADR-0005](0005-queues.md)\ndate: 2031-04-02\n---\n{text}")
    assert found.lessons[0].status == "superseded"


def test_a_sentence_may_say_that_a_decision_is_over() -> None:
    text = NYGARD.format(title="Exports", status="Accepted")
    assert page(f"{text}\nThis decision has been replaced by ADR 14.\n").lessons[0].status == "superseded"


@pytest.mark.parametrize(("by", "status"), [("N/A", "candidate"), ("", "candidate"), ("ADR 9", "candidate")])
def test_date_and_status_are_read_from_a_table_of_two_columns(by: str, status: str) -> None:
    table = f"| | |\n|-|-|\n| Date | 2031-04-02 |\n| Status | Draft |\n| Superseded by | {by} |\n"
    text = NYGARD.format(title="ADR-3: Exports", status="").replace("Date: 2031-04-02\n\n## Status\n\n\n", table)
    (lesson,) = page(text).lessons
    assert (lesson.date, lesson.status) == ("2031-04-02", status)


def test_a_log_whose_newest_entry_is_about_a_template_is_a_log():
    entry = "**What happened**: nobody was told\n\n**Rule**: say ${name}\n"
    text = f"# 2026-03-16 The template said ${{name}}\n\n{entry}\n# 2026-03-15 The domain expired\n\n{entry}"
    assert read_page("LESSONS.md", text, templates()).kind.name == "log"
    assert read_page("a.md", "# Post-mortem template\n\n## Cause\n\nx\n", templates()).kind.name == ""
