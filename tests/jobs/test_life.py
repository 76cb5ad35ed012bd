"""A lesson is moved through its life by small edits: it reads as what it is now, and nothing else is touched."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twiceshy.adapters.configuration import read_templates
from twiceshy.errors import ChangedMeanwhile, UsageError
from twiceshy.jobs.life import accept, reject, retire, supersede
from twiceshy.jobs.life.moving import link_to, moved_links
from twiceshy.jobs.life.rejected import rejected_in, with_rejected
from twiceshy.jobs.naming import named
from twiceshy.markdown.anchors import anchor_at
from twiceshy.markdown.edit import apply
from twiceshy.markdown.life import status_of, words_for
from twiceshy.markdown.page import Page, lesson_card, read_page
from twiceshy.markdown.parse import parse
from twiceshy.model.card import LessonCard

TEMPLATES = read_templates("/nonexistent", {})
CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus"
TODAY = date(2026, 11, 21)
GUARD = "\n```yaml guard\nid: {}\nadded: 'x{}'\nbad: x{}\ngood: y\n```\n"


@cache
def understood(path: str, text: str) -> Page:
    return read_page(path, text, TEMPLATES)


@dataclass
class Desk:
    """Documents by path; what is written stays here."""

    files: dict[str, str]
    committed: bool = True
    is_stale: bool = False
    today: date = TODAY
    steps: list[str] = field(default_factory=list)

    def page_and_hash(self, path: str) -> tuple[Page, str]:
        return understood(path, self.files[path]), self.files[path]

    def text_and_hash(self, path: str) -> tuple[str, str | None]:
        return self.files.get(path, ""), self.files.get(path)

    def page_of(self, path: str, text: str) -> Page:
        return understood(path, text)

    def write(self, path: str, text: str, read_as: str | None) -> None:
        if self.is_stale or self.files.get(path) != read_as:
            raise ChangedMeanwhile("changed")
        self.files[path] = text
        self.steps.append(f"write {path}")

    def remove(self, path: str, read_as: str) -> None:
        assert self.files.pop(path) == read_as
        self.steps.append(f"remove {path}")

    def exists(self, path: str) -> bool:
        return any(name == path or name.startswith(f"{path}/") for name in self.files)

    def is_committed(self, path: str) -> bool:
        return self.committed

    def cards(self) -> list[LessonCard]:
        pages = [understood(path, text) for path, text in self.files.items() if path.endswith(".md")]
        return [lesson_card(lesson, page.lines) for page in pages for lesson in page.lessons]

    def card(self, ident: str) -> LessonCard:
        return named(self.cards(), ident)


def differences(before: str, after: str) -> list[str]:
    """The lines of `after` that `before` does not have."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [line for kind, _, _, first, last in found if kind != "equal" for line in new[first:last]]


def retired(text: str, path: str = "LESSONS.md", at: int = 0, reason: str = "the module is gone") -> str:
    """The new lines of a document, but for empty ones, when its lesson at this index was retired and reads so."""
    desk = Desk({path: text})
    card = desk.cards()[at]
    assert retire(desk, card, reason).status == "retired"
    now = understood(path, desk.files[path]).lessons[at]
    assert (now.id, now.title, now.status) == (card.id, card.title, "retired")
    assert [lesson.status for lesson in understood(path, desk.files[path]).lessons].count("retired") == 1
    assert desk.files[path].count("\n\n\n") == text.count("\n\n\n")
    return "".join(line for line in differences(text, desk.files[path]) if line.strip())


LOG = "# Lessons\n\n## 2026-01-15: The export hung\n\n{}\n\n## 2026-01-10: The queue ran full\n\n{}\n"
STORY = ("**Symptom:** it hung\n**Rule:** Set a timeout.", "**Symptom:** it ran full\n**Rule:** Bound every queue.")
BULLETS = tuple("\n".join(f"- {line}" for line in story.splitlines()) for story in STORY)
LOOSE = tuple(story.replace("\n", "\n\n") for story in STORY)
OUTSIDE = tuple(story.replace(":**", "**:") for story in STORY)
LOUD = tuple(story.replace("Symptom", "SYMPTOM").replace("Rule", "RULE") for story in STORY)
HARD = tuple(story.replace("hung\n", "hung  \n").replace("full\n", "full  \n") for story in STORY)
PROSE = ("It hung for six hours because nobody had set a timeout. Always set one.", "It ran full. Never leave it open.")
SAID = "(2026-11-21): the module is gone"


@pytest.mark.parametrize(
    ("stories", "new"),
    [
        (STORY, f"**Status:** retired {SAID}\n"),
        (BULLETS, f"- **Status:** retired {SAID}\n"),
        (LOOSE, f"**Status:** retired {SAID}\n"),
        (OUTSIDE, f"**Status**: retired {SAID}\n"),
        (LOUD, f"**STATUS:** retired {SAID}\n"),
        (HARD, f"**Status:** retired {SAID}  \n"),
        (PROSE, f"**Status:** retired {SAID}\n"),
        (("- **Status:** active\n" + BULLETS[0], BULLETS[1]), f"- **Status:** retired {SAID}\n"),
        (("**Status:** Active\n" + STORY[0], STORY[1]), f"**Status:** Retired {SAID}\n"),
        (("**Status:**\n\n" + STORY[0], STORY[1]), f"**Status:** retired {SAID}\n"),
        (
            (
                "**Status:** Fixed in 2.3, but clients before 2.1 that nobody can update still do it\n" + STORY[0],
                PROSE[1],
            ),
            f"**Status:** Retired {SAID}. Fixed in 2.3, but clients before 2.1 that nobody can update still do it\n",
        ),
        ((STORY[0], f"**State:** active\n{STORY[1]}"), f"**State:** retired {SAID}\n"),
    ],
)
def test_an_entry_of_a_log_says_it_under_a_label_like_its_others(stories, new):
    assert retired(LOG.format(*stories)) == new


def test_a_guard_of_a_retired_lesson_speaks_no_longer_and_is_named():
    text = LOG.format(STORY[0] + "\n" + GUARD.format("a", 1, 1) + GUARD.format("b", 2, 2), STORY[1])
    desk = Desk({"LESSONS.md": text})
    moved = retire(desk, desk.card("b"), "gone")
    assert moved.notes == ("its guards a, b no longer speak",)
    assert moved.lines == (("LESSONS.md", 5, "**Status:** retired (2026-11-21): gone"),)
    assert [card.status for card in desk.cards()] == ["retired", "active"]


def test_a_lesson_that_is_a_list_item_says_it_below_itself():
    text = "# Learnings\n\n## Takeaways\n\n- Never use a mutable default\n- **Close** every file\n  at once\n"
    assert retired(text, "LEARNINGS.md") == f"  - **Status:** retired {SAID}\n"
    assert retired(text.rstrip("\n"), "LEARNINGS.md", at=1).endswith(f"  - **Status:** retired {SAID}")


def test_a_lesson_that_is_a_row_says_it_in_its_column():
    table = "# Lessons\n\n| Date | Problem | Rule | Status |\n|---|---|---|---|\n"
    table += "| 2026-01-02 | It hung | Set a timeout | open |\n"
    table += "| 2026-01-03 | It ran full | Bound it | |\n"
    assert retired(table, reason="see a|b").endswith("| retired (2026-11-21): see a\\|b |\n")
    assert retired(table, at=1).endswith(f"| retired {SAID} |\n")


def test_a_lesson_that_is_a_row_without_such_a_column_is_left_alone():
    desk = Desk(
        {"LESSONS.md": "# Lessons\n\n| Date | Problem | Rule |\n|---|---|---|\n| 2026-01-02 | It hung | Set one |\n"}
    )
    with pytest.raises(UsageError, match="no place to say retired") as told:
        retire(desk, desk.cards()[0], "gone")
    assert told.value.hint == "give its table a column Status"
    assert desk.steps == []


ADR = "# 3. Use cron\n\n{}## Context\n\nJobs have to run at night.\n\n## Decision\n\nWe will use cron.\n\n"
ADR += "## Consequences\n\nOne machine.\n"
MADR = (
    "# Use cron\n\n{}## Context and Problem Statement\n\nWhen do jobs run?\n\n## Considered Options\n\n* cron\n* at\n\n"
)
MADR += "## Decision Outcome\n\nChosen option: cron, because it is there.\n\n### Positive Consequences\n\n* simple\n"


@pytest.mark.parametrize(
    ("text", "new"),
    [
        (ADR.format("Date: 2024-01-02\n\n## Status\n\nAccepted\n\n"), f"Retired {SAID}\n"),
        (ADR.format("## Status\n\n"), f"retired {SAID}\n"),
        (ADR.format("## Status\n\nAccepted\n\nSupersedes [2](0002.md)\n\n"), f"Retired {SAID}\n"),
        (ADR.format("Date: 2024-01-02\n\n"), f"Status: retired {SAID}\n"),
        (ADR.format(""), f"**Status:** retired {SAID}\n"),
        (ADR.format("| Status | Accepted |\n|---|---|\n| Date | 2024-01-02 |\n\n"), f"| Status | Retired {SAID} |\n"),
        (MADR.format("* Status: accepted\n* Date: 2024-01-02\n\n"), f"* Status: retired {SAID}\n"),
        (MADR.format("- **Status**: accepted\n- **Date**: 2024-01-02\n\n"), f"- **Status**: retired {SAID}\n"),
        ("---\nstatus: accepted\n---\n" + MADR.format(""), f"status: 'retired {SAID}'\n"),
        (
            '---\nstatus: "accepted" # or not\ndate: 7.10\n---\n' + MADR.format(""),
            f'status: "retired {SAID}" # or not\n',
        ),
        ("---\nstatus:\ntags: [a]\n---\n" + MADR.format(""), f"status: 'retired {SAID}'\n"),
        ("---\ntags: [a]\n---\n" + MADR.format(""), f"status: 'retired {SAID}'\n"),
        ("---\ntags: [a\n---\n" + MADR.format("Status: accepted\n\n"), f"Status: retired {SAID}\n"),
        (
            MADR.format("Status: accepted\n\n").replace("# Use cron", "Use cron\n========", 1),
            f"Status: retired {SAID}\n",
        ),
        (MADR.format("").replace("# Use cron", "Use cron\n========", 1), f"**Status:** retired {SAID}\n"),
    ],
)
def test_a_decision_record_says_it_where_it_says_its_status(text, new):
    assert retired(text, "docs/adr/0003-use-cron.md") == new


KINDS = {
    "lesson": """# Lesson: Backups that cannot be read

- **Date:** 2026-01-02

## Problem

Nobody could restore.

## Root cause

The key was lost.

## Fix

Keep the key.

## Takeaway

Restore once a month.
""",
    "retrospective": """# Retrospective: sprint 4

## What went well

- Tests

## What went badly

- The build took an hour
  - Root cause: no cache
- Two people were ill

## Action items

- [ ] Add a cache (owner: Ada)
""",
    "notes": """# Implementation notes: export

## Decisions

### Read from a replica

**Decision:** We read from a replica.

**Rationale:** The main one is slow.

### Write once

**Decision:** We write once.

**Rationale:** It is cheap.
""",
    "record": """# Implementation record: export

## Summary

It was built.

## Known issues

### The queue grows

- **Symptom:** The disk is full.
- **Workaround:** Restart it.
- **Status:** Open

## Sign-off

| Who | When |
|---|---|
| Ada | |
""",
}


@pytest.mark.parametrize(
    ("kind", "new"),
    [
        ("lesson", f"- **Status:** retired {SAID}\n"),
        ("retrospective", f"  - **Status:** retired {SAID}\n"),
        ("notes", f"**Status:** retired {SAID}\n"),
        ("record", f"- **Status:** Retired {SAID}\n"),
    ],
)
def test_each_kind_has_a_place_for_it(kind, new):
    assert understood("x.md", KINDS[kind]).kind.name == kind
    assert retired(KINDS[kind], "x.md") == new


def test_a_status_in_both_places_is_changed_in_both():
    text = "---\nstatus: accepted\n---\n" + ADR.format("## Status\n\nAccepted\n\n")
    assert retired(text, "docs/adr/0003-use-cron.md") == f"status: 'retired {SAID}'\nRetired {SAID}\n"


def test_a_status_that_takes_several_lines_of_yaml_is_left_to_a_person():
    desk = Desk({"docs/adr/3.md": "---\nstatus: >\n  accepted\n  by all\n---\n" + ADR.format("")})
    with pytest.raises(UsageError, match="no place"):
        retire(desk, desk.cards()[0], "gone")
    assert desk.steps == []


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_byte_order_mark_line_ends_and_a_missing_last_one_stay(mark, end):
    text = mark + LOG.format(*STORY).replace("\n", end).removesuffix(end)
    assert retired(text) == f"**Status:** retired {SAID}{end}"
    assert retired(text, at=1) == f"**Status:** retired {SAID}{end}"


def test_what_the_reason_says_changes_no_other_part():
    reason = "replaced by *ruff* \n\n## Rule: never\n| x"
    new = retired(LOG.format(*STORY), reason=reason)
    assert new.count("\n") == 1
    assert new.startswith("**Status:** retired (2026-11-21: replaced by")


def test_a_reason_must_say_something():
    desk = Desk({"LESSONS.md": LOG.format(*STORY)})
    with pytest.raises(UsageError, match="say why"):
        retire(desk, desk.cards()[0], "  ")


def test_what_is_retired_or_superseded_already_is_left_as_it_is():
    desk = Desk({"LESSONS.md": LOG.format(f"**Status:** retired\n{STORY[0]}", f"**Status:** superseded\n{STORY[1]}")})
    told = [retire(desk, card, "gone").notes for card in desk.cards()]
    assert told == [("it is retired already",), ("it is superseded already",)]
    assert desk.steps == []


def test_a_document_in_another_language_says_it_in_its_own():
    text = (
        "# Lehren\n\n## 2026-01-15: Der Export hing\n\n**Symptom:** Der Export hing sechs Stunden und niemand hat es "
    )
    text += (
        "bemerkt.\n\n**Ursache:** Es gab keine Zeitgrenze für die Anfrage an den Server.\n\n**Regel:** Jede Anfrage "
    )
    text += "hat eine Zeitgrenze, und wir prüfen sie.\n"
    assert retired(text) == f"**Status:** veraltet {SAID}\n"


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt", "sv", "pl", "ru", "zh", "ja", "ko"])
def test_the_words_for_each_status_are_read_in_every_language(language):
    _, gone, refused, by = words_for(language)
    assert status_of("a.md", f"{gone} (2026-11-21): x", "", is_document=False) == "retired"
    assert status_of("a.md", f"{refused} (2026-11-21): x", "", is_document=False) == "retired"
    assert status_of("a.md", f"{by} New (2026-11-21)", "", is_document=False) == "superseded"


def test_a_rule_for_agents_is_refused_because_they_read_it_anyway():
    desk = Desk({"AGENTS.md": "# Rules\n\n- Never push to main.\n- Always run the tests before you commit.\n"})
    with pytest.raises(UsageError, match="agents read"):
        retire(desk, desk.cards()[0], "gone")


def test_a_document_that_changes_under_our_hands_is_not_written():
    desk = Desk({"LESSONS.md": LOG.format(*STORY)}, is_stale=True)
    with pytest.raises(ChangedMeanwhile):
        retire(desk, desk.cards()[0], "gone")
    assert desk.files == {"LESSONS.md": LOG.format(*STORY)}


# Supersede -----------------------------------------------------------------------------------------------------------

OLD, NEW = "docs/adr/0001-cron.md", "docs/adr/0002-queue.md"


def records(old: str = "## Status\n\nAccepted\n\n", new: str = "## Status\n\nAccepted\n\n") -> Desk:
    return Desk({OLD: ADR.format(old), NEW: ADR.format(new).replace("3. Use cron", "4. Use a [queue]")})


def test_both_records_say_what_came_after_what():
    desk = records()
    before = dict(desk.files)
    moved = supersede(desk, desk.card(OLD), desk.card(NEW), "one machine was not enough")
    assert differences(before[OLD], desk.files[OLD]) == [
        "Superseded by [Use a \\[queue\\]](0002-queue.md) (2026-11-21): one machine was not enough\n"
    ]
    assert differences(before[NEW], desk.files[NEW]) == ["\n", "Supersedes [Use cron](0001-cron.md)\n"]
    assert [path for path, _, _ in moved.lines] == [OLD, NEW]
    assert [card.status for card in desk.cards()] == ["superseded", "active"]
    again = supersede(desk, desk.card(OLD), desk.card(NEW))
    assert again.lines == ()
    assert "already" in again.notes[0]


def test_what_was_stopped_half_way_is_finished():
    desk = records()
    half = desk.files[NEW]
    supersede(desk, desk.card(OLD), desk.card(NEW))
    desk.files[NEW] = half
    moved = supersede(desk, desk.card(OLD), desk.card(NEW))
    assert [path for path, _, _ in moved.lines] == [NEW]


@pytest.mark.parametrize(
    ("status", "new"),
    [
        ("* Status: accepted\n* Date: 2024-01-02\n\n", "* Supersedes: [Use cron](0001-cron.md)\n"),
        ("**Status:** accepted\n\n**Supersedes:** none\n\n", "**Supersedes:** [Use cron](0001-cron.md)\n"),
        ("**Supersedes:** [Zero](0.md)\n\n", "**Supersedes:** [Zero](0.md), [Use cron](0001-cron.md)\n"),
    ],
)
def test_the_newer_one_says_so_where_it_has_a_place(status, new):
    desk = records(new=status)
    before = desk.files[NEW]
    supersede(desk, desk.card(OLD), desk.card(NEW))
    assert "".join(differences(before, desk.files[NEW])) == new


def test_the_newer_one_without_a_place_stays_as_it_is():
    desk = records(new="")
    before = desk.files[NEW]
    moved = supersede(desk, desk.card(OLD), desk.card(NEW))
    assert desk.files[NEW] == before
    assert "stays as it is" in moved.notes[-1]


def test_entries_of_one_log_are_linked_by_their_headings():
    desk = Desk({"LESSONS.md": LOG.format(*STORY)})
    supersede(desk, desk.cards()[1], desk.cards()[0])
    assert "[The export hung](#2026-01-15-the-export-hung) (2026-11-21)\n" in desk.files["LESSONS.md"]
    assert [card.status for card in desk.cards()] == ["active", "superseded"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (OLD, OLD, "cannot supersede itself"),
        (OLD, "docs/adr/9.md", "is candidate itself"),
        (OLD, "docs/adr/8.md", "is superseded itself"),
        ("docs/adr/9.md", NEW, "is a candidate"),
        ("docs/adr/8.md", NEW, "is superseded already"),
    ],
)
def test_what_cannot_supersede_is_refused(old, new, told):
    desk = records()
    desk.files["docs/adr/9.md"] = ADR.format("## Status\n\nProposed\n\n").replace("cron", "at")
    desk.files["docs/adr/8.md"] = ADR.format(f"## Status\n\nSuperseded by [Use cron]({OLD[9:]})\n\n").replace(
        "3.", "8."
    )
    with pytest.raises(UsageError, match=told):
        supersede(desk, desk.card(old), desk.card(new))
    assert desk.steps == []


# Accept and reject ---------------------------------------------------------------------------------------------------

CANDIDATE = (
    "---\nkind: lesson\nstatus: candidate\ncommits: [3cb35e86, b1cc920e]\n---\n# Links break hooks\n\n## Problem\n\n"
)
CANDIDATE += (
    "> it broke ([the commit](../../src/node.py#L3))\n\nSee ![p](<../a b.png>) and [ref].\n\n## Root cause\n\nunknown\n"
)
CANDIDATE += "\n## Fix\n\nIt was reverted.\n" + GUARD.format("links", 1, 1) + "\n[ref]: ./other.md 'x'\n"
AT = "lessons/candidates/links.md"
WAITS = "A candidate: nothing speaks yet. `twiceshy accept mined-3cb35e86` makes it a lesson,\nor take it away.\n\n"
MINED = "---\nkind: lesson\nid: mined-3cb35e86\nstatus: candidate\n---\n\n# Lesson: Links break hooks\n\n"
MINED += (
    "- **Date:** 2026-01-02\n- **Found in:** commit 3cb35e86aa11 of 2026-01-02 by Ada; commit b1cc920ebb22 by Ben\n\n"
)
MINED += (
    f"{WAITS}## Problem\n\nAda said:\n\n```text\nit broke\n```\n\n## Root cause\n\nunknown\n\n## Fix\n\nA revert.\n\n"
)
MINED += "## Takeaway\n\nunknown: whoever accepts it says it.\n"


def candidates(**files: str) -> Desk:
    there = {"src/node.py": "", "lessons/a b.png": "", "lessons/candidates/other.md": "# Other\n"}
    return Desk({AT: CANDIDATE, **there, **files})


def test_an_accepted_file_moves_up_and_its_links_lead_where_they_led():
    desk = candidates()
    moved = accept(desk, desk.card("links"))
    assert desk.steps == ["write lessons/links.md", f"remove {AT}"]
    assert differences(CANDIDATE, desk.files["lessons/links.md"]) == [
        "status: active\n",
        "> it broke ([the commit](../src/node.py#L3))\n",
        "See ![p](<a%20b.png>) and [ref].\n",
        "[ref]: candidates/other.md 'x'\n",
    ]
    assert (moved.status, moved.lesson) == ("active", "lessons/links.md#links-break-hooks")
    assert moved.notes == ("lessons/links.md:14: its cause is still unknown",)
    assert desk.card("links").status == "active"


def test_who_accepted_it_is_written_down_if_asked():
    desk = candidates()
    accept(desk, desk.card("links"), by="Ada")
    assert "status: active (2026-11-21, Ada)\n" in desk.files["lessons/links.md"]


def test_a_file_that_says_nothing_of_its_status_only_moves():
    desk = Desk(
        {AT: CANDIDATE.replace("status: candidate\n", "").replace("../../src/node.py#L3", "https://example.org")}
    )
    accept(desk, desk.cards()[0], to="docs")
    assert desk.files == {
        "docs/links.md": CANDIDATE.replace("status: candidate\n", "").replace(
            "../../src/node.py#L3", "https://example.org"
        )
    }


def test_what_was_stopped_between_write_and_remove_is_finished():
    desk = candidates()
    accept(desk, desk.card(AT))
    desk.files[AT] = CANDIDATE
    accept(desk, desk.card(AT))
    assert AT not in desk.files


def test_something_else_at_the_new_place_is_not_written_over():
    desk = candidates(**{"lessons/links.md": "# Mine\n"})
    with pytest.raises(UsageError, match=r"lessons/links\.md is there already"):
        accept(desk, desk.card(AT))
    assert desk.steps == []
    with pytest.raises(UsageError, match="candidate still"):
        accept(desk, desk.card(AT), to="docs/candidates")


def test_a_guard_that_does_not_work_and_open_places_are_said():
    text = CANDIDATE.replace("bad: x1", "bad: z").replace("It was reverted.", "[what you put in place]")
    desk = Desk({AT: text})
    notes = accept(desk, desk.cards()[0]).notes
    assert "lessons/links.md:22: links: it does not fire on its bad example 1" in notes
    assert any("slot" in note for note in notes)


@pytest.mark.parametrize(
    ("status", "new"),
    [("Proposed", "Accepted\n"), ("draft", "active\n"), ("PROPOSED (2026-01-02)", "ACCEPTED (2026-01-02)\n")],
)
def test_a_candidate_that_lies_elsewhere_is_accepted_where_it_stands(status, new):
    desk = records(old=f"## Status\n\n{status}\n\n")
    before = desk.files[OLD]
    accept(desk, desk.card(OLD))
    assert "".join(differences(before, desk.files[OLD])) == new
    assert accept(desk, desk.card(OLD)).notes == ("it is active already",)


def test_a_file_with_several_lessons_does_not_move_with_one_of_them():
    desk = Desk({"lessons/candidates/LESSONS.md": LOG.format(*STORY)})
    with pytest.raises(UsageError, match="1 more lesson, which would move with"):
        accept(desk, desk.cards()[0])


def test_a_rejected_file_goes_and_its_commits_are_remembered():
    desk = candidates(**{".twiceshy/rejected.txt": "# why\na1a1a1a1 2026-01-02 no\nc0ffee00 2026-01-02 no"})
    moved = reject(desk, desk.card("links"), "only\na rename")
    assert AT not in desk.files
    assert desk.files[".twiceshy/rejected.txt"].splitlines() == [
        "# why",
        "3cb35e86 2026-11-21 only a rename",
        "a1a1a1a1 2026-01-02 no",
        "b1cc920e 2026-11-21 only a rename",
        "c0ffee00 2026-01-02 no",
    ]
    assert moved.files == (f"removed {AT}",)
    assert [line for _, line, _ in moved.lines] == [2, 4]


def test_what_git_does_not_have_is_removed_only_if_it_was_mined():
    desk = candidates()
    desk.committed = False
    with pytest.raises(UsageError, match="git does not have"):
        reject(desk, desk.card("links"), "no")
    assert desk.steps == []
    desk.files[AT] = MINED
    assert reject(desk, desk.card(AT), "no").files == (f"removed {AT}",)
    assert rejected_in(desk.files[".twiceshy/rejected.txt"]) == {"3cb35e86aa11": "no", "b1cc920ebb22": "no"}


def test_a_mined_page_says_no_more_that_it_waits_once_it_is_accepted():
    desk = Desk({AT: MINED})
    moved = accept(desk, desk.card("mined-3cb35e86"))
    assert moved.lesson == "mined-3cb35e86"
    now = desk.files["lessons/links.md"]
    assert now == MINED.replace("status: candidate", "status: active").replace(WAITS, "")
    assert [note.rpartition(": ")[2] for note in moved.notes] == [
        "its cause is still unknown",
        "its takeaway is still unknown",
    ]


def test_a_rejected_candidate_in_a_larger_document_stays_and_says_so():
    desk = records(old="## Status\n\nProposed\n\n")
    before = desk.files[OLD]
    assert reject(desk, desk.card(OLD), "too dear").status == "rejected"
    assert differences(before, desk.files[OLD]) == ["Rejected (2026-11-21): too dear\n"]
    with pytest.raises(UsageError, match="not a candidate"):
        reject(desk, desk.card(NEW), "no")


def test_the_list_of_what_was_rejected_is_read_as_it_is_written():
    text = with_rejected("", "lessons/a b.md#x", TODAY, "why not")
    assert rejected_in(text) == {"lessons/a b.md#x": "why not"}
    assert with_rejected(text, "lessons/a b.md#x", TODAY, "again") == text


# Names and links -----------------------------------------------------------------------------------------------------


def test_a_lesson_is_named_in_several_ways_and_an_ambiguous_name_with_its_places():
    both = LOG.format(STORY[0] + "\n" + GUARD.format("g", 1, 1), STORY[1])
    desk = Desk({"a/LESSONS.md": both, "b/LESSONS.md": both})
    assert desk.card("a/LESSONS.md:3") == desk.card("a/LESSONS.md#the-export-hung")
    for name in ("g", "the-export-hung", "a/LESSONS.md"):
        with pytest.raises(UsageError, match="2 lessons are called") as told:
            desk.card(name)
        assert "a/LESSONS.md:3" in told.value.hint
    with pytest.raises(UsageError) as told:
        desk.card("a/LESSONS.md#the-export-hun")
    assert told.value.hint == "did you mean a/LESSONS.md#the-export-hung?"


@pytest.mark.parametrize(
    ("said", "moved"),
    [
        ("[a](x.md)", "[a](old/x.md)"),
        ("[a](./x.md#part)", "[a](old/x.md#part)"),
        ("[a](<x.md> 'title')", "[a](<old/x.md> 'title')"),
        ("[![i](../p.png)](x.md)", "[![i](p.png)](old/x.md)"),
        ("<img src='../p.png'>", "<img src='p.png'>"),
        ("[me](me.md#top)", "[me](me.md#top)"),
        ("[gone](gone.md) [web](https://x.org/x.md) [root](/x.md) [here](#x)", None),
        ("`[a](x.md)`", None),
        ("[b](a%20b.md?raw=1)", "[b](old/a%20b.md?raw=1)"),
        ("[folder](./sub/)", "[folder](old/sub/)"),
    ],
)
def test_a_link_follows_only_if_it_leads_somewhere(said, moved):
    there = {"d/old/x.md", "d/p.png", "d/old/a b.md", "d/old/sub", "d/old/me.md"}
    document = parse(f"# T\n\n{said}\n", "d/old/me.md")
    after = apply(document.text, moved_links(document, "d/me.md", there.__contains__))
    assert after == f"# T\n\n{moved or said}\n"


def test_a_link_says_any_path_so_that_markdown_reads_it():
    for path in ("d/a (b) c.md", "d/größe.md", "d/50%.md", "d/\udcff.md"):
        target = link_to(path, "d/e")
        assert target.startswith("../")
        assert parse(f"[x]({target})").links[0].target == target


def test_a_heading_is_named_as_forges_do():
    document = parse("# A: b (c)\n\n## A: b (c)\n\nx `Größe` & y\n")
    assert anchor_at(document, 0) == "a-b-c"
    assert anchor_at(document, len(document.text)) == "a-b-c-1"


# Properties ----------------------------------------------------------------------------------------------------------

words = st.sampled_from(
    ["the queue", "a lock", "every cache", "it hung", "never again", "größer", "x | y", "`a*b`", "#12"]
)
sentence = st.lists(words, min_size=2, max_size=5).map(" ".join)
label = st.sampled_from(["**{}:** {}", "**{}**: {}", "- **{}:** {}", "* **{}**: {}", "**{}:** {}  "])


@st.composite
def documents(draw):
    """Logs of many makes: labels, prose or items, with and without guards and statuses, any line end."""
    form, loose = draw(label), draw(st.sampled_from(["\n", "\n\n"]))
    entries = []
    for number in range(draw(st.integers(1, 4))):
        parts = [("Symptom", draw(sentence)), ("Rule", draw(sentence))]
        status = draw(st.sampled_from(["", "", "active", "Active (Ada)", "draft", "retired"]))
        if status:
            parts.insert(draw(st.integers(0, 2)), ("Status", status))
        body = loose.join(form.format(*part) for part in parts) if draw(st.booleans()) else draw(sentence)
        guard = GUARD.format(f"g{number}", number, number) if draw(st.booleans()) else ""
        entries.append(f"## 2026-01-{20 - number}: {draw(sentence)}\n\n{body}\n{guard}")
    text = draw(st.sampled_from(["# Lessons\n\n", "\ufeff# Lessons\n\nNotes.\n\n", "---\nkind: log\n---\n# Log\n\n"]))
    text += draw(st.sampled_from(["\n", "\n---\n\n"])).join(entries)
    text = text if draw(st.booleans()) else text.rstrip("\n")
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def facts(page: Page, but: int) -> list[object]:
    return [
        (one.id, one.title, one.status, one.texts, [guard.digest for guard in one.guards])
        for number, one in enumerate(page.lessons)
        if number != but
    ]


def is_inserted(before: str, after: str) -> bool:
    """Whether `after` is `before` with one place changed: a common beginning and end, and nothing long lost between."""
    start = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    rest = before[start:]
    kept = next(len(rest) - n for n in range(len(rest) + 1) if after[start:].endswith(rest[n:]))
    return len(before) - start - kept <= len("Active (Ada)")


@settings(max_examples=60)
@given(documents(), st.sampled_from([retire, reject, accept]), st.integers(0, 3), sentence)
def test_whatever_is_moved_only_its_own_status_changes(text, move, at, reason):
    desk = Desk({"LESSONS.md": text})
    cards = desk.cards()
    if not cards:
        return
    card = cards[at % len(cards)]
    try:
        moved = move(desk, card, reason) if move is not accept else accept(desk, card)
    except UsageError:
        assert desk.files == {"LESSONS.md": text}
        return
    now = desk.files["LESSONS.md"]
    if not moved.lines:
        assert now == text
        return
    before, after = understood("LESSONS.md", text), understood("LESSONS.md", now)
    number = cards.index(card)
    assert facts(before, number) == facts(after, number)
    new = after.lessons[number]
    assert (new.id, new.title, new.status) == (card.id, card.title, "active" if move is accept else "retired")
    assert [guard.digest for guard in new.guards] == [guard.digest for guard in card.guards]
    assert is_inserted(text, now)


@settings(max_examples=25)
@given(documents(), st.integers(0, 3), st.integers(0, 3))
def test_whatever_gives_way_links_to_what_came_after(text, old, new):
    desk = Desk({"LESSONS.md": text})
    cards = desk.cards()
    if not cards:
        return
    one, other = cards[old % len(cards)], cards[new % len(cards)]
    try:
        supersede(desk, one, other)
    except UsageError:
        assert desk.files == {"LESSONS.md": text}
        return
    page = understood("LESSONS.md", desk.files["LESSONS.md"])
    changed = page.lessons[cards.index(one)]
    assert changed.status == "superseded"
    target = anchor_at(page.document, page.lessons[cards.index(other)].span.start)
    assert f"#{target}" in [link.target for link in page.document.links if changed.span.holds(link.span)]
    assert [card.id for card in desk.cards()] == [card.id for card in cards]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")
def test_every_lesson_of_real_documents_is_retired_or_refused_with_a_reason():
    done = refused = 0
    for path in sorted(CORPUS.rglob("*.md")):
        text = path.read_bytes().decode("utf-8", "replace")
        page = read_page(path.name, text, TEMPLATES)
        for number, lesson in enumerate(page.lessons):
            if number % 5 and number != len(page.lessons) - 1:
                continue  # each reading of a long document costs; every fifth lesson shows all makes
            desk = Desk({path.name: text})
            desk.page_and_hash = lambda _, page=page: (page, page.document.text)
            try:
                moved = retire(desk, lesson_card(lesson, page.lines), "replaced by a linter")
            except UsageError as error:
                assert error.hint
                assert desk.steps == []
                refused += 1
                continue
            now = read_page(path.name, desk.files[path.name], TEMPLATES).lessons[number]
            assert (now.id, now.status) == (lesson.id, "retired") or lesson.status != "active"
            assert len(moved.lines) <= 2
            done += 1
    assert done > 8 * refused
