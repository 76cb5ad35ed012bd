"""A note becomes an entry: nothing else in the log changes, and what the person said is what the lesson says."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twiceshy.adapters.configuration import read_templates
from twiceshy.markdown.edit import apply
from twiceshy.markdown.entry import Note, append_entry, title_of
from twiceshy.markdown.inert import clean
from twiceshy.markdown.page import Page, read_page
from twiceshy.model.lesson import Lesson
from twiceshy.model.template import Template

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
TODAY = date(2026, 11, 2)
NOTE = Note("The cache grew without end", "Give every cache a size")
ENDING = re.compile(r"(?:\s|(?<=\n)-{3,}(?=\s|$))+\Z")

# Each log has a style of its own; in all of them a lesson is a section with what happened and the rule in words.
STYLES = {
    "dated, bold labels, rules between": """# Log

Notes.

---

## 2026-03-15: The queue stalled (PR #7)

**What broke**: a worker died

**Root cause**: no heartbeat

**Prevention**:
- watch the heartbeat

---

## 2026-03-10: The disk filled up

**What broke**: logs were never rotated

**Prevention**:
- rotate them
""",
    "date behind, oldest first, bullets": """# Learnings

### Locks were held too long (2026-01-02)

- **Rule**: release before you call out
- **Problem**: a request held a lock for a minute

### Two clocks disagreed (2026-01-05)

- **Rule**: compare times of one clock
- **Problem**: a token was valid in the future

## Adding new entries

Copy one of the above.
""",
    "brackets, values below labels": """# Lessons Learned

## Index

- [2026-03-15] Mail was sent twice

## [2026-03-14] A retry was not safe

**Symptom:**
an order was paid twice

**Rule:**
give every order an id

## [2026-03-15] Mail was sent twice

**Symptom:**
two mails

**Rule:**
remember what was sent
""",
    "numbered": """# Gotchas

### 1. Spaces in paths

**Problem**: the script split them

**Rule**: quote every variable

### 2. Time zones

**Problem**: midnight came twice

**Rule**: store UTC
""",
    "ids and emoji": """# Lessons

## 🐛 L-007: A flag defaulted to on

- **What happened:** everybody saw it
- **Lesson:** default to off

## 🐛 L-009: A migration ran twice

- **What happened:** the table was doubled
- **Lesson:** make it safe to repeat

L-012 was taken out.
""",
    "topics": """# Lessons

## Network

### A timeout was missing

**Issue**: a worker waited for a day

**Best practice**: set a timeout

## Storage

### A backup could not be read

**Issue**: nobody had tried

**Best practice**: restore one every month

## Template

### YYYY-MM-DD: [topic]

**Issue**: [what]

**Best practice**: [rule]
""",
    "top headings": """# 2026-03-16 The certificate expired

**What happened**: nobody was told

**Rule**: watch the date

# 2026-03-15 The domain expired

**What happened**: nobody was told

**Rule**: watch the date
""",
    "sub-headings for labels": """# Log

## The certificate expired

### What happened

Nobody was told.

### Rule

Watch the date.

## The domain expired

### What happened

Nobody was told.

### Rule

Watch the date.
""",
    "days": """# Log

## 2026-03-15

### The index was cold

**Problem**: the first search took a minute

**Rule**: warm it up

## 2026-03-14

### The index was huge

**Problem**: it held every version

**Rule**: keep the last one
""",
    "fresh": "# Lessons\n\nRead them before you start.\n",
    "nothing at all": "",
}
OTHERS = {
    "headings alone": "# Lessons\n\n## Caches\n\nA cache without a size is a leak that takes its time to show.\n\n"
    "## Clocks\n\nTwo machines never agree what time it is, whatever the manual says.\n",
    "rows": "# Log\n\n| Date | Topic | Learning |\n|---|---|---|\n| 2026-03-15 | Cache | size it |\n"
    "| 2026-03-14 | Disk | rotate |\n| 2026-03-13 | Cache | warm it |\n",
    "dated bullets": "# Log\n\n- 2026-03-15: the queue stalled\n- 2026-03-14: the disk filled up\n",
    "rules in topics": "# Rules\n\n## Code\n\n- Quote every variable that holds a path\n- Store all times in UTC\n\n"
    "## Mail\n\n- Send every mail at most once, and remember that you did\n",
    "ids in bold": "# Log\n\n**L-11 | 2026-03-14 | net** The timeout was missing.\n\n"
    "**L-12 | 2026-03-15 | disk** The disk filled up.\n",
}
PIECES = (
    "# a heading|## two|####### seven|---|***|===|- item|* star|+ plus|1. one|2) two|> quote|| a | b |||---|---|||:-:|"
    "`code`|`|``|```|~~~|<div>|<!-- id: x -->|<!--|-->|<b>bold|List<String>|]]>|<![CDATA[|[x]: http://a.b|"
    "[link](x.md)|![image](y.png)|**Fix:** it|**bold|_|__init__|snake_case|a*b*c|\\|a\\|&lt;|&#35;|Rule: never|"
    "**Problem**: x|Status: done|2026-01-01|(2026-01-01)|[2026-01-01]|L-099|#012|12.|"
    "a [slot]|YYYY-MM-DD|\t|  |\r\n|\n|\n\n|\n    indented|\x1b[31mred|\x00|\u2028|\x85|\ufeff|🐛|é|日本語|"
    "the end.|why?|x: y|x — y|; |words and words"
).split("|")


@cache
def templates() -> dict[str, Template]:
    return read_templates("/nowhere", {})


def page_of(text: str, path: str = "LESSONS.md") -> Page:
    return read_page(path, text, templates())


def learned(log: str, note: Note = NOTE, path: str = "LESSONS.md") -> tuple[Page, str, Page]:
    """The log before and after it learned, and its new text, which is the old one with something put in."""
    page = page_of(log, path)
    edit = append_entry(page, templates()["log"], note, TODAY)
    text = apply(log, [edit])
    at = edit.span.start
    assert edit.span.end == at
    assert text[:at] + text[at + len(edit.text) :] == log
    return page, text, page_of(text, path)


def facts(page: Page, lesson: Lesson) -> tuple[object, ...]:
    """All that makes a lesson, without the empty lines and rules that part it from the next one."""
    body = ENDING.sub("", lesson.span.of(page.document.text))
    return (lesson.id, lesson.title, lesson.status, lesson.date, lesson.texts, len(lesson.guards), body)


def new_lesson(before: Page, after: Page) -> Lesson:
    """The one lesson that is new, after all others were found again as they were."""
    old = [facts(before, lesson) for lesson in before.lessons if not is_whole(before, lesson)]
    now = [facts(after, lesson) for lesson in after.lessons]
    assert [lesson for lesson in old if lesson not in now] == []
    (new,) = [lesson for lesson in after.lessons if facts(after, lesson) not in old]
    return new


def is_whole(page: Page, lesson: Lesson) -> bool:
    """A log without any entry is read as a lesson itself."""
    return lesson.span.end - lesson.span.start == len(page.document.text) and not said(lesson, "problem", "symptom")


def words(text: str) -> str:
    """What is said, whatever the marks: the letters, without those of code blocks and in parentheses (of links)."""
    bare = re.sub(r"(?ms)^[ \t]*(`{3,}|~{3,})[^`\n]*\n(?:.*?^)?[ \t]*\1[`~]*[ \t]*$", "", text)
    bare = re.sub(r"\([^()]*\)|\{\{[^{}]*\}\}", "", re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", bare))
    return "".join(char for char in html.unescape(bare) if char.isalpha())


def said(lesson: Lesson, *roles: str) -> str:
    return words(" ".join(lesson.texts.get(role, "") for role in roles))


notes = st.builds(
    Note,
    st.lists(st.sampled_from(PIECES) | st.text(max_size=8), min_size=1, max_size=6).map(" ".join),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=8), min_size=1, max_size=6).map("".join),
).filter(lambda note: words(clean(note.what)) and words(clean(note.rule)))


@given(notes, st.sampled_from(sorted(STYLES)))
@settings(max_examples=5000, deadline=None)
def test_any_words_make_one_lesson_more_that_says_them_and_change_no_other(note, style):
    before, _, after = learned(STYLES[style], note)
    lesson = new_lesson(before, after)
    assert said(lesson, "problem", "symptom")[:400] == words(clean(note.what))[:400]
    assert said(lesson, "rule", "takeaway")[:400] == words(clean(note.rule))[:400]
    assert len(after.document.sections) - len(before.document.sections) <= 3
    assert after.problems == ()
    assert lesson.status == "active"


@given(notes, st.sampled_from(sorted(OTHERS)))
@settings(max_examples=3000, deadline=None)
def test_a_log_that_is_a_list_or_a_table_takes_any_words_and_keeps_its_lessons(note, style):
    before, _, after = learned(OTHERS[style], note)
    assert [lesson.id for lesson in before.lessons if lesson.id not in {now.id for now in after.lessons}] == []
    assert [len(table.header) for table in after.document.tables] == [
        len(table.header) for table in before.document.tables
    ]
    rows, items, sections = (
        [len(getattr(page.document, what)) for page in (before, after)] for what in ("tables", "items", "sections")
    )
    assert rows[0] == rows[1]
    assert items[1] - items[0] == ("bullets" in style or "topics" in style) or style == "headings alone"
    assert sections[1] - sections[0] == (style == "headings alone")


@given(st.lists(notes, min_size=2, max_size=4), st.sampled_from(sorted(STYLES)))
@settings(max_examples=1500, deadline=None)
def test_several_notes_on_one_day_all_stand(several, style):
    text = STYLES[style]
    for note in several:
        before, text, after = learned(text, note)
        new_lesson(before, after)


@pytest.mark.parametrize("style", sorted(STYLES | OTHERS))
@pytest.mark.parametrize(
    "form", ["crlf", "byte order mark", "no final line end", "spaces at the ends of lines", "mixed"]
)
def test_every_byte_outside_the_entry_stays(style, form):
    log = (STYLES | OTHERS)[style]
    log = {
        "crlf": log.replace("\n", "\r\n"),
        "byte order mark": "\ufeff" + log,
        "no final line end": log.rstrip("\n"),
        "spaces at the ends of lines": log.replace("\n", "  \n"),
        "mixed": log.replace("\n\n", "\r\n\n"),
    }[form]
    before, text, after = learned(log)
    assert text.startswith("\ufeff") == log.startswith("\ufeff")
    if form == "crlf" and log:
        assert text.count("\n") == text.count("\r\n")
    if style in STYLES:
        lesson = new_lesson(before, after)
        assert said(lesson, "problem", "symptom") == words(NOTE.what)
        assert said(lesson, "rule", "takeaway") == words(NOTE.rule)


@pytest.mark.parametrize("style", sorted(STYLES | OTHERS))
def test_the_guard_stands_in_the_new_lesson_whatever_the_line_ends(style):
    guard = "id: sized\nadded: 'Cache\\('\nwithout: 'size'\nbad: |\n  ```\n  Cache()\n  ```\ngood: Cache(size=1)"
    for log in ((STYLES | OTHERS)[style], (STYLES | OTHERS)[style].replace("\n", "\r\n")):
        _, _, after = learned(log, Note(NOTE.what, NOTE.rule, guard))
        assert after.problems == ()
        (found,) = [guard for lesson in after.lessons for guard in lesson.guards]
        assert (found.pattern, found.bad[0].text.splitlines()) == ("Cache\\(", ["```", "Cache()", "```"])
        lesson = next(lesson for lesson in after.lessons if lesson.guards)
        assert words(NOTE.rule) in words(lesson.span.of(after.document.text))


def test_a_row_cannot_hold_a_guard_so_the_note_gets_a_heading():
    _, text, after = learned(OTHERS["rows"], Note(NOTE.what, NOTE.rule, "id: a\nadded: a\nbad: a\ngood: b"))
    assert "## 2026-11-02: The cache grew without end" in text
    assert [lesson.title for lesson in after.lessons if lesson.guards] == [NOTE.what]


def test_a_title_is_the_first_clause_and_not_long():
    assert title_of("The cache grew: nobody had set a size.") == "The cache grew"
    assert title_of("It broke. Then it broke again.") == "It broke"
    assert title_of("Version 1.2 broke e.g. the cache") == "Version 1.2 broke e.g"
    assert title_of("two\nlines") == "two"
    long = title_of("a " * 100)
    assert len(long) <= 82 and long.endswith("…")


def test_a_title_that_is_there_already_is_told_apart_so_that_no_id_moves():
    log = STYLES["dated, bold labels, rules between"]
    note = Note("The queue stalled (PR #7)", "look")
    before, text, after = learned(log, note)
    assert "The queue stalled (PR #7) (2)" in text
    new_lesson(before, after)
    assert "(3)" in learned(text, note)[1]


@pytest.mark.parametrize("what", ["[slot]", "{{slot}}", "YYYY-MM-DD", "[date]: x", "Why?", "Takeaway", "2026-01-01"])
@pytest.mark.parametrize("style", sorted(STYLES))
def test_a_title_that_looks_like_an_open_place_or_a_label_is_still_a_title(style, what):
    text = STYLES[style]
    for note in (NOTE, Note("Why?", "look"), Note(what, "look"), Note("Another one", "look")):
        before, text, after = learned(text, note)
        assert new_lesson(before, after).status == "active"


def logs_of_the_corpus() -> list[tuple[str, str, str]]:
    manifest = CORPUS / "manifest.jsonl"
    entries = [json.loads(line) for line in manifest.read_text().splitlines()] if manifest.exists() else []
    files = [(entry["path"], CORPUS / entry["file"]) for entry in entries if entry["file"].startswith("001/")]
    return [(path, file.name, file.read_bytes().decode()) for path, file in files]


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of real documents is not here")
@pytest.mark.parametrize(
    ("path", "text"), [pytest.param(path, text, id=name) for path, name, text in logs_of_the_corpus()]
)
def test_real_logs_learn_and_keep_every_lesson(path, text):
    if page_of(text, path).kind.name != "log":
        pytest.skip("this one is not read as a log")
    before, _, after = learned(text, path=path)
    grown = [
        lesson for lesson in after.lessons if facts(after, lesson) not in [facts(before, old) for old in before.lessons]
    ]
    assert len(grown) == 1
    assert words(NOTE.what) in words(grown[0].span.of(after.document.text))
    assert words(NOTE.rule) in words(grown[0].span.of(after.document.text))
    assert {lesson.id for lesson in before.lessons} <= {lesson.id for lesson in after.lessons}
    assert len(after.lessons) - len(before.lessons) == (grown[0].id not in {lesson.id for lesson in before.lessons})
