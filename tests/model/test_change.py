"""Lines are numbered as git numbers them, and what is joined for searching comes apart again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twiceshy.model.change import ChangedFile, Hunk, LineSet, lines_of

if TYPE_CHECKING:
    from conftest import Repo

CALM = settings(deadline=None)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("\n", [""]),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("a\n\n", ["a", ""]),
        ("\na", ["", "a"]),
        ("a\r\nb\r\n", ["a", "b"]),
        ("a\r\n\r\n", ["a", ""]),
        ("a\r\r\nb\r", ["a\r", "b"]),
        ("a\rb\n", ["a\rb"]),
        ("a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i\n", ["a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i"]),
        ("\r", [""]),
    ],
)
def test_only_a_line_feed_ends_a_line(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines


def test_git_counts_the_same_lines(repo: Repo) -> None:
    text = "one\x0bx\ntwo\x0cx\r\n\r\nthree\u2028x\n\x1c\nlast\x85"
    repo.write("a.txt", text)
    repo.git("add", "a.txt")
    counted, _, _ = repo.git("diff", "--cached", "--numstat", "4b825dc642cb6eb9a060e54bf8d69288fbee4904").split("\t")
    assert len(lines_of(text)) == int(counted)


@CALM
@given(st.lists(st.text(st.characters(exclude_characters="\n\r"), max_size=5), min_size=1))
def test_joined_lines_come_apart_again(lines: list[str]) -> None:
    for end in ("\n", "\r\n"):
        assert lines_of("".join(line + end for line in lines)) == lines


TEXTS = st.lists(st.text(st.characters(exclude_characters="\n"), max_size=5))


@CALM
@given(TEXTS, st.integers(1, 1000))
def test_every_byte_of_a_line_set_belongs_to_one_line(texts: list[str], first: int) -> None:
    lines = LineSet(enumerate(texts, first))
    shown = [text.removesuffix("\r").encode("utf-8", "replace").decode() for text in texts]
    assert [lines.line(index) for index in range(len(texts))] == shown
    assert lines.numbers == list(range(first, first + len(texts)))
    assert lines.data.decode() == "\n".join(shown)
    offset = 0
    for index, text in enumerate(shown):
        for at in range(offset, offset + len(text.encode()) + 1):
            assert lines.index_at(at) == index
        offset += len(text.encode()) + 1


def test_a_line_set_without_lines_is_empty() -> None:
    lines = LineSet([])
    assert (lines.data, lines.numbers, lines.starts, lines.index_at(0)) == (b"", [], [], -1)


def test_added_and_removed_lines_keep_their_numbers() -> None:
    file = ChangedFile("a", [Hunk(1, ["x"], 1, ["a", "b"]), Hunk(9, ["y", "z"], 10, []), Hunk(20, [], 18, ["c"])])
    assert (file.added().numbers, file.added().data) == ([1, 2, 18], b"a\nb\nc")
    assert (file.removed().numbers, file.removed().data) == ([1, 9, 10], b"x\ny\nz")
    assert file.added() is file.added()


def test_a_line_belongs_to_the_hunk_that_adds_or_removes_it() -> None:
    first, second = Hunk(1, ["x"], 1, ["a", "b"]), Hunk(9, ["y", "z"], 10, [])
    file = ChangedFile("a", [first, second])
    assert [file.hunk_at(line) for line in (0, 1, 2, 3, 10)] == [None, first, first, None, None]
    assert [file.hunk_at(line, "old") for line in (1, 2, 9, 10, 11)] == [first, None, second, second, None]


def test_a_text_is_read_when_it_is_asked_for_and_only_once() -> None:
    read: list[str] = []
    file = ChangedFile("a", [], new=lambda: read.append("new") or "text", old=lambda: read.append("old"))
    assert read == []
    assert [file.new_text(), file.new_text(), file.old_text(), file.old_text()] == ["text", "text", None, None]
    assert read == ["new", "old"]
    assert (ChangedFile("a", []).new_text(), ChangedFile("a", []).old_text()) == (None, None)
