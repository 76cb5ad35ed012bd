"""The built-in templates have everything that the forms they descend from have, in our own words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import twiceshy
from twiceshy.markdown.parse import parse
from twiceshy.markdown.roles import normalised
from twiceshy.model.document import Document
from twiceshy.model.text import Span

HERE = Path(__file__).parent
TEMPLATES = Path(twiceshy.__file__).parent / "templates"
SEEDS = HERE.parents[1] / "shared" / "seeds"
DESCENT = {
    "lesson": "000-lesson-learned.md",
    "log": "001-learnings-log.md",
    "retrospective": "002-retrospective.md",
    "notes": "003-implementation-notes.md",
    "record": "004-implementation-record.md",
}
COVER = tomllib.loads((HERE / "templates_cover_seeds.toml").read_text(encoding="utf-8"))

NAMED_SLOT = re.compile(r"\{\{\w+\}\}")
SLOT = re.compile(r"\[(?![ ✅]\])[^\[\]\n]+\]|YYYY-MM-DD|" + NAMED_SLOT.pattern)
BULLET = r"\s*(?:[-*] |\d+\. )?"
HEADING = re.compile(r"#{1,6} (.*)")
LABEL = re.compile(BULLET + r"\*\*([^*]+)(?::\*\*|\*\*:|\*\*$)")
TABLE = re.compile(r"\|[\s|:-]+\|$")
FRONT_MATTER_KEY = re.compile(r"^(\w+):.*(?:\n *- .*)*", re.MULTILINE)
WORD = re.compile(r"[^\W\d_]+")

of_each_kind = pytest.mark.parametrize("kind", DESCENT)
with_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside this project")


def ours(kind: str) -> Document:
    return parse((TEMPLATES / f"{kind}.md").read_text(encoding="utf-8"))


def seed(kind: str) -> str:
    return (SEEDS / DESCENT[kind]).read_text(encoding="utf-8")


def key(text: str) -> str:
    """The fixed words of a heading or label; those of its slots if it has no others."""
    return " ".join(WORD.findall(SLOT.sub("", text).lower()) or WORD.findall(text.lower()))


def parts(text: str) -> dict[str, list[str]]:
    """What the table of coverage counts in a seed (see there), each part with its slots."""
    found: dict[str, list[str]] = {}
    counted: Counter[str] = Counter()
    shape = NAMED_SLOT if NAMED_SLOT.search(text) else SLOT
    front = fenced = False
    for number, line in enumerate(text.split("\n```markdown\n")[0].splitlines()):
        if line == "---" and (front or number == 0):
            front = not front
            continue
        fenced ^= line.startswith("```")
        shapes = {"f": front, "h": HEADING.match(line), "b": LABEL.match(line), "t": TABLE.match(line)}
        letter = next((letter for letter, fits in shapes.items() if fits), "")
        if letter and not fenced:
            counted[letter] += 1
            found[f"{letter}{counted[letter]}"] = []
        if found:
            value = re.sub(r"\*\*\W*\w*\W*\[[^*]*\*\*", "", line) if letter == "b" else line
            found[list(found)[-1]] += shape.findall(value)
    return found


def places(document: Document) -> dict[tuple[str, ...], int]:
    """What the table of coverage may name in a template: each by its headings and itself, with its number of slots."""
    text = document.text
    spans = [(s.heading, Span(s.heading.start, s.body.end), s.title) for s in document.sections]
    spans += [(f.label_span, Span(f.label_span.start, f.span.end), f.label) for f in document.fields]
    spans += [
        (head, row[column], head.of(text))
        for table in document.tables
        for column, head in enumerate(table.header)
        for row in table.rows
    ]
    spans += [(c, c, c.of(text).removesuffix("-->").split("\n")[0]) for c in document.comments]
    if document.front_matter:
        found = FRONT_MATTER_KEY.finditer(text, 0, document.front_matter.span.end)
        spans += [(Span(*m.span()), Span(*m.span()), m.group(1)) for m in found]
    room: Counter[Span] = Counter()
    for match in SLOT.finditer(text):
        around = [(mark, reach) for mark, reach, _ in spans if reach.holds(Span(*match.span()))]
        room[min(around, key=lambda pair: pair[1].end - pair[1].start)[0]] += 1
    return {(*above(document, mark), key(name)): room[mark] for mark, _, name in spans}


def above(document: Document, mark: Span) -> list[str]:
    """The headings above a place, the highest first."""
    return [key(s.title) for s in document.sections if s.span.holds(mark) and s.heading != mark]


def room_of(name: str, among: dict[tuple[str, ...], int]) -> int | None:
    """How many slots a place such as `fix / part` has; None if there is no such place."""
    words = [key(part) for part in name.split(" / ")]
    return max((room for path, room in among.items() if path[-1] == words[-1] and occur_in(words, path)), default=None)


def occur_in(words: list[str], path: tuple[str, ...]) -> bool:
    rest = iter(path)
    return all(word in rest for word in words)


def answers(kind: str) -> list[tuple[str, list[str], int]]:
    """Each part of the seed with the places of ours that answer it and how often the seed repeats them."""
    return [
        (part, [entry["ours"]] if isinstance(entry["ours"], str) else entry["ours"], entry.get("times", 1))
        for together, entry in COVER[kind].items()
        for part in together.split()
    ]


@of_each_kind
def test_what_the_table_of_coverage_names_exists_in_the_template(kind: str) -> None:
    there = places(ours(kind))
    assert [name for _, all_names, _ in answers(kind) for name in all_names if room_of(name, there) is None] == []


@with_seeds
@of_each_kind
def test_no_part_of_a_seed_is_left_without_an_answer(kind: str) -> None:
    assert sorted(part for part, _, _ in answers(kind)) == sorted(parts(seed(kind)))


@with_seeds
@of_each_kind
def test_each_answer_has_as_many_open_places_as_the_seed(kind: str) -> None:
    there = places(ours(kind))
    asked = parts(seed(kind))
    room = {part: times * sum(room_of(n, there) or 0 for n in all_names) for part, all_names, times in answers(kind)}
    assert {part: (len(asked[part]), room[part]) for part in room if room[part] < len(asked[part])} == {}


@with_seeds
def test_the_138_slots_of_the_record_all_belong_to_a_part_that_is_answered() -> None:
    slots = {slot for found in parts(seed("record")).values() for slot in found}
    assert len(slots) == len(set(NAMED_SLOT.findall(seed("record")))) == 138


@with_seeds
@of_each_kind
def test_no_line_and_no_prompt_is_taken_from_a_seed(kind: str) -> None:
    text = ours(kind).text
    lines = [line.strip() for line in text.splitlines() if len(line.strip()) > 25]
    prompts = [normalised(slot) for slot in SLOT.findall(text) if len(slot.split()) > 2]
    for other in DESCENT:
        assert [line for line in lines if line in seed(other)] == []
        assert [prompt for prompt in prompts if prompt in normalised(seed(other))] == []


@with_seeds
@of_each_kind
def test_no_three_headings_or_labels_follow_each_other_as_in_the_seed(kind: str) -> None:
    assert in_threes(ours(kind).text) & in_threes(seed(kind)) == set()


def in_threes(text: str) -> set[tuple[str, ...]]:
    titles = [key(m.group(1)) for line in text.splitlines() if (m := HEADING.match(line) or LABEL.match(line))]
    return set(zip(titles, titles[1:], titles[2:], strict=False))
