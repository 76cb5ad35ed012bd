"""Every case in `cases/guards/`: a guard, then what it must recognise (`fires`) and must leave alone (`silent`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from twiceshy.guards import ENGINES, example_name, fires, fires_on_example, needs, validate
from twiceshy.guards._example import change_of
from twiceshy.markdown.guard import is_guard, read_guard
from twiceshy.markdown.parse import parse
from twiceshy.model.change import Change
from twiceshy.model.guard import Example, Guard
from twiceshy.model.text import Lines

CASES = Path(__file__).parent / "cases" / "guards"


class Block(NamedTuple):
    """A fence of a case file: `name` says where it is, `words` what its info string says after the first word."""

    name: str
    kind: str
    words: list[str]
    code: str
    guard: Guard


def blocks(path: Path) -> Iterator[Block]:
    document = parse(path.read_text(encoding="utf-8"), path.name)
    lines = Lines(document.text)
    guard = None
    counts: Counter[str] = Counter()
    for fence in document.fences:
        title = [section.title for section in document.sections if section.heading.start < fence.span.start][-1]
        counts[title] += 1
        if is_guard(fence):
            guard = read_guard(document, fence, lines)
        assert guard, f"{path.name}: a situation stands before its guard"
        kind, *words = fence.info.split()
        yield Block(f"{path.name}: {title} #{counts[title]}", kind, words, fence.code.removesuffix("\n"), guard)


def situation(block: Block) -> Change:
    """What a `fires` or `silent` block describes: files after `=== path` lines, the file it names, or bare text."""
    guard, files = block.guard, {}
    if block.code.startswith("=== "):
        for part in block.code[4:].split("\n=== "):
            path, _, text = part.partition("\n")
            files[path.strip()] = text
    elif block.words:
        files[block.words[0]] = block.code
    if guard.engine == "command" and files:  # a script that is written, not a command that is run
        guard = Guard(guard.id, "added", "", scope=guard.scope)
    return change_of(guard, Example("" if files else block.code, files), example_name(guard))


BLOCKS = [block for path in sorted(CASES.glob("*.md")) for block in blocks(path)]
GUARDS = [pytest.param(block.guard, id=block.name) for block in BLOCKS if block.kind == "yaml"]
FIRES = [pytest.param(block, id=block.name) for block in BLOCKS if block.kind == "fires"]
SILENT = [pytest.param(block, id=block.name) for block in BLOCKS if block.kind == "silent"]


def test_every_engine_has_cases():
    assert {path.stem for path in CASES.glob("*.md")} == set(ENGINES)
    assert {block.guard.engine for block in BLOCKS} == set(ENGINES)


def test_every_block_is_a_guard_or_a_situation():
    assert {block.kind for block in BLOCKS} == {"yaml", "fires", "silent"}
    assert all(len(block.words) <= 1 for block in BLOCKS)


@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_behaves_on_its_own_examples(guard: Guard):
    validate(guard)
    assert guard.bad
    assert guard.good
    assert [example.text or example.files for example in guard.bad if not fires_on_example(guard, example)] == []
    assert [example.text or example.files for example in guard.good if fires_on_example(guard, example)] == []


@pytest.mark.parametrize("block", FIRES)
def test_the_mistake_is_recognised(block: Block):
    assert list(fires(block.guard, situation(block)))


@pytest.mark.parametrize("block", SILENT)
def test_what_is_not_the_mistake_is_left_alone(block: Block):
    assert list(fires(block.guard, situation(block))) == []


@pytest.mark.parametrize("block", [param for param in FIRES if param.values[0].guard.engine == "command"])
def test_what_a_command_guard_needs_is_in_every_text_it_fires_on(block: Block):
    assert {literal for literal in needs(block.guard) if literal not in block.code} == set()
