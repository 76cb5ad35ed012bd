"""Edits as changed lines: what a file will be, and which of its lines are new."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiceshy.surfaces.hook.drafts import Draft, drafts_of, hunks_between
from twiceshy.surfaces.hook.hosts import FileEdit
from twiceshy.surfaces.hook.patch import edits_of


def draft(root: Path, edit: FileEdit) -> Draft:
    (made,) = drafts_of([edit], str(root.resolve()), str(root))
    return made


def test_a_new_file_is_all_added(tmp_path: Path) -> None:
    made = draft(tmp_path, FileEdit("a/b.py", content="one\ntwo\n"))
    assert (made.path, made.status, made.hunks()) == ("a/b.py", "added", [(1, [], 1, ["one", "two"])])
    assert (made.added(), made.removed(), made.whole()) == ("one\ntwo\n", "", "one\ntwo\n")


def test_an_overwritten_file_adds_only_what_it_did_not_have(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one\ntwo\nthree\n")
    made = draft(tmp_path, FileEdit("a.py", content="one\n2\nthree\nfour\n"))
    assert (made.status, made.added(), made.removed()) == ("modified", "2\nfour", "two")


def test_a_swap_inside_of_a_line_adds_the_whole_line(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("get(url, verify=True)\n")
    made = draft(tmp_path, FileEdit("a.py", swaps=[("True", "False", False)]))
    assert made.hunks() == [(1, ["get(url, verify=True)"], 1, ["get(url, verify=False)"])]
    assert made.whole() == "get(url, verify=False)\n"


def test_swaps_build_on_one_another(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1\n1\n")
    made = draft(tmp_path, FileEdit("a.py", swaps=[("1", "2", False), ("2\n1", "3", False), ("3", "4", True)]))
    assert made.new == "4\n"


def test_a_swap_that_cannot_be_made_is_judged_by_itself(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("something else\n")
    made = draft(tmp_path, FileEdit("a.py", swaps=[("one\ntwo", "one\n2", False)]))
    assert (made.new, made.added(), made.removed(), made.whole()) == (None, "2", "two", "2")


def test_an_empty_old_text_makes_a_new_file(tmp_path: Path) -> None:
    made = draft(tmp_path, FileEdit("a.py", swaps=[("", "one\n", False)]))
    assert (made.status, made.new) == ("added", "one\n")


def test_windows_line_ends_are_no_change(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"\xef\xbb\xbfone\r\ntwo\r\n")
    made = draft(tmp_path, FileEdit("a.py", swaps=[("two", "2", False)]))
    assert made.hunks() == [(2, ["two"], 2, ["2"])]


def test_a_binary_or_unreadable_file_is_judged_by_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\0\xff")
    assert draft(tmp_path, FileEdit("a.bin", swaps=[("one", "two", False)])).added() == "two"
    assert draft(tmp_path, FileEdit("a.bin", content="text\n")).added() == "text\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes there")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert draft(tmp_path, FileEdit("pipe", swaps=[("one", "two", False)])).added() == "two"


def test_a_patch_changes_whole_lines(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("xone\none\ntwo")
    (edit,) = edits_of("*** Begin Patch\n*** Update File: a.py\n@@\n-one\n+1\n two\n@@\n+end\n*** End Patch")
    made = draft(tmp_path, edit)
    assert made.new == "xone\n1\ntwo\nend\n"


def test_a_moved_file_knows_where_it_came_from(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one\n")
    patch = "*** Begin Patch\n*** Update File: a.py\n*** Move to: b.py\n@@\n-one\n+1\n*** End Patch"
    made = draft(tmp_path, edits_of(patch)[0])
    assert (made.path, made.old_path, made.status, made.new) == ("b.py", "a.py", "renamed", "1\n")


def test_a_deleted_file_removes_its_lines(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one\ntwo\n")
    made = draft(tmp_path, FileEdit("a.py", deleted=True))
    assert (made.status, made.removed(), made.new) == ("deleted", "one\ntwo", None)


def test_files_outside_of_the_working_tree_are_left_out(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / ".git").mkdir(parents=True)
    paths = ["../other.py", str(tmp_path / "root2" / "a.py"), ".git/config", "", "."]
    assert not list(drafts_of([FileEdit(path, content="x") for path in paths], str(root.resolve()), str(root)))


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need a right there")
def test_links_are_followed_before_the_place_is_judged(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "src").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (root / "link").symlink_to("src")
    (root / "out").symlink_to(tmp_path / "elsewhere")
    made = [draft.path for draft in drafts_of([FileEdit("link/a.py", content="x")], str(root.resolve()), str(root))]
    assert made == ["src/a.py"]
    assert not list(drafts_of([FileEdit("out/a.py", content="x")], str(root.resolve()), str(root)))


lines = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=12)


@given(lines, lines)
def test_changed_lines_stand_where_their_numbers_say(before: list[str], after: list[str]) -> None:
    hunks = hunks_between("".join(f"{line}\n" for line in before), "".join(f"{line}\n" for line in after))
    for old_start, removed, new_start, added in hunks:
        assert before[old_start - 1 : old_start - 1 + len(removed)] == removed
        assert after[new_start - 1 : new_start - 1 + len(added)] == added
    came = Counter(line for hunk in hunks for line in hunk[3])
    gone = Counter(line for hunk in hunks for line in hunk[1])
    assert came == Counter(after) - Counter(before)
    assert gone == Counter(before) - Counter(after)
