"""Words from documents are safe to show, capped, and cheap to make so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import twiceshy
from twiceshy.formats._quote import LINE, clean, exact, one_line, place, shown

ANY = st.text(st.characters())
HEAVY = {"dataclasses", "typing", "re", "json", "hashlib", "urllib", "urllib.parse", "textwrap", "importlib.metadata"}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[31mred\x07", "[31mred"),
        ("a\tb\r\nc\rd\n", "a\tb\nc\nd"),
        ("csi \x9b2J nul \0 del \x7f", "csi 2J nul  del"),
        ("user \u202enimda\u202c \u2066x\u2069", "user nimda x"),
        ("fine\U000e0069\U000e0067\U000e006e", "fine"),
        ("lone \udcff", "lone ?"),
        ("naïve — 日本語 🙂", "naïve — 日本語 🙂"),
    ],
)
def test_what_moves_a_cursor_or_hides_goes_and_the_rest_stays(text, cleaned):
    assert clean(text) == cleaned


def test_a_cut_shows():
    assert clean("word " * 50, 12) == "word word w…"
    assert clean("twelve chars", 12) == "twelve chars"


def test_a_text_that_is_long_only_in_what_goes_still_shows_that_it_was_cut():
    assert clean("\0" * 100 + "end", 10) == "…"


@given(ANY, st.integers(1, 40))
def test_cleaning_keeps_the_limit_and_changes_nothing_the_second_time(text, limit):
    once = clean(text, limit)
    assert len(once) <= limit
    assert clean(once, limit) == once
    once.encode("utf-8")


@given(ANY)
def test_one_line_is_one_line(text):
    line = one_line(text)
    assert len(line) <= LINE
    assert len(line.splitlines()) <= 1
    assert "  " not in line


@given(ANY)
def test_a_path_is_never_shortened_and_always_shown_on_one_line(path):
    assert len(exact(path)) == len(path)
    assert len(shown(path)) >= len(path)
    assert all(char.isprintable() for char in shown(path))


def test_a_place_is_what_editors_open():
    assert place("src/a.py", 3) == "src/a.py:3"
    assert place("src/a.py", 0) == "src/a.py"
    assert place("", 3) == "line 3"
    assert place("new\nline.py", 1) == "new\\nline.py:1"


def test_the_agent_hook_can_quote_without_loading_anything_heavy():
    source = Path(twiceshy.__file__).parents[1]
    code = f"import sys; sys.path.insert(0, {str(source)!r}); import twiceshy.formats._quote; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "twiceshy.formats._quote" in loaded
    assert not loaded & HEAVY
