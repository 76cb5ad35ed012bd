from __future__ import annotations

import difflib
import io
import subprocess
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twiceshy.adapters.diff import read_diff
from twiceshy.model.change import ChangedFile, Hunk

# Lines that look like a diff's own, and characters that other splitters take for line ends.
TRICKY = (
    "",
    "a",
    "b",
    "é",
    "--- a/x",
    "+++ b/x",
    "@@ -1 +1 @@",
    "diff --git a/x b/x",
    "\\ No newline",
    "-- ",
    "+",
    "\f",
)
line_lists = st.lists(st.sampled_from((*TRICKY, "x\u2028y", "\x85", "x\ry")), max_size=12)


def read(text: str | bytes, **options: int) -> list[ChangedFile]:
    return list(read_diff(io.BytesIO(text.encode() if isinstance(text, str) else text), **options))


def sides(hunk: Hunk) -> tuple[int, list[str], int, list[str]]:
    return hunk.old_start, hunk.removed, hunk.new_start, hunk.added


def applied(old: list[str], hunks: list[Hunk]) -> list[str]:
    """What `hunks` make of `old`; every start and every removed line is checked on the way."""
    new: list[str] = []
    at = 0
    for hunk in hunks:
        start = hunk.old_start - 1 if hunk.removed else hunk.old_start
        new += old[at:start]
        assert old[start : start + len(hunk.removed)] == hunk.removed
        assert hunk.new_start == (len(new) + 1 if hunk.added else len(new))
        new += hunk.added
        at = start + len(hunk.removed)
    return new + old[at:]


def test_one_hunk_is_one_run_of_changed_lines_and_context_divides_it() -> None:
    (file,) = read(
        "diff --git a/f.py b/f.py\nindex 1..2 100644\n--- a/f.py\n+++ b/f.py\n"
        "@@ -1,5 +1,6 @@ def f():\n one\n-two\n+2\n+2.5\n three\n four\n+4.5\n-five\n"
    )
    assert (file.path, file.old_path, file.status, file.skipped) == ("f.py", None, "modified", "")
    assert [sides(hunk) for hunk in file.hunks] == [(2, ["two"], 2, ["2", "2.5"]), (5, ["five"], 6, ["4.5"])]


def test_added_lines_that_look_like_headers_are_lines() -> None:
    (file,) = read(
        "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,2 +1,4 @@\n--- a/old\n-diff --git a/x b/x\n"
        "+++ b/x\n+-- a\n+@@ -1 +1 @@\n+diff --git a/x b/x\n"
    )
    assert [sides(hunk) for hunk in file.hunks] == [
        (1, ["-- a/old", "diff --git a/x b/x"], 1, ["++ b/x", "-- a", "@@ -1 +1 @@", "diff --git a/x b/x"])
    ]


def test_a_missing_newline_at_the_end_is_not_a_line() -> None:
    mark = "\\ No newline at end of file\n"
    (file,) = read(f"diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1,2 @@\n-a\n{mark}+a\n+b\n{mark}")
    assert [sides(hunk) for hunk in file.hunks] == [(1, ["a"], 1, ["a", "b"])]


def test_one_carriage_return_belongs_to_the_line_end() -> None:
    (file,) = read("--- a/f\r\n+++ b/f\r\n@@ -1,2 +1,3 @@\r\n one\r\n-two\r\n+2\r\r\n+3\r\n")
    assert file.path == "f"
    assert [sides(hunk) for hunk in file.hunks] == [(2, ["two"], 2, ["2\r", "3"])]


@pytest.mark.parametrize(
    ("header", "path", "old_path", "status"),
    [
        ("rename from a b\nrename to c d\n", "c d", "a b", "renamed"),
        ("copy from a\ncopy to d\n", "d", "a", "added"),
        ("new file mode 100644\nindex 0..e69de29\n", "c", None, "added"),
        ("deleted file mode 100644\nindex e69de29..0\n", "c", None, "deleted"),
        ("old mode 100644\nnew mode 100755\n", "c", None, "modified"),
    ],
)
def test_a_file_without_hunks_is_still_a_changed_file(
    header: str, path: str, old_path: str | None, status: str
) -> None:
    (file,) = read(f"diff --git a/c b/c\n{header}")
    assert (file.path, file.old_path, file.status, file.hunks, file.skipped) == (path, old_path, status, [], "")


@pytest.mark.parametrize(
    ("names", "path"),
    [
        ("a/with space b/with space", "with space"),
        ("a/x b/y b/x b/y", "x b/y"),
        (r'"a/caf\303\251 \"x\"\n\\.txt" "b/caf\303\251 \"x\"\n\\.txt"', 'café "x"\n\\.txt'),
        (r'"a/\377" "b/\377"', "\udcff"),
        ("i/m w/m", "m"),
        ("no/prefix x no/prefix x", "no/prefix x"),
    ],
)
def test_names_are_read_as_git_writes_them(names: str, path: str) -> None:
    (file,) = read(f"diff --git {names}\nold mode 100644\nnew mode 100755\n")
    assert file.path == path


def test_a_folder_called_b_is_not_taken_for_a_prefix() -> None:
    header = "diff --git b/f b/f\nnew file mode 100644\nindex 0..2\n--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+x\n"
    (file,) = read(header)
    assert (file.path, file.status, len(file.hunks)) == ("b/f", "added", 1)


def test_a_quoted_name_may_stand_beside_a_bare_one() -> None:
    (left,) = read('diff --git "a/t\\tt" b/plain name\nrename from "t\\tt"\nrename to plain name\n')
    (right,) = read('diff --git a/plain name "b/t\\tt"\n--- a/plain name\t\n+++ "b/t\\tt"\n@@ -1 +1 @@\n-a\n+b\n')
    assert (left.old_path, left.path) == ("t\tt", "plain name")
    assert (right.path, len(right.hunks)) == ("t\tt", 1)


@pytest.mark.parametrize(
    ("old", "new", "path", "status"),
    [
        ("f.py.orig\t2026-01-02 03:04:05", "f.py\t2026-01-02 03:04:05", "f.py", "modified"),
        ("a/src/f.py", "b/src/f.py", "src/f.py", "modified"),
        ("tool-1.0/src/f.py\tsome day", "tool-1.1/src/f.py\tsome day", "src/f.py", "modified"),
        ("/dev/null", "b/f.py", "f.py", "added"),
        ("a/f.py", "/dev/null", "f.py", "deleted"),
        ("f.c\t(revision 1)", "f.c\t(working copy)", "f.c", "modified"),
    ],
)
def test_a_diff_need_not_come_from_git(old: str, new: str, path: str, status: str) -> None:
    text = f"Index: f.c\n======\n--- {old}\n+++ {new}\n@@ -1 +1 @@\n-a\n+b\n"
    first, second = read(text + "Only in tool: x\n" + text)
    assert (first.path, first.status, sides(first.hunks[0])) == (path, status, (1, ["a"], 1, ["b"]))
    assert (second.path, len(second.hunks)) == (path, 1)


def test_binary_files_are_named_and_not_read() -> None:
    files = read(
        "diff --git a/i.png b/i.png\nindex 1..2 100644\nBinary files a/i.png and b/i.png differ\n"
        "diff --git a/j.png b/j.png\nnew file mode 100644\nindex 0..2\nGIT binary patch\nliteral 3\nKcmZQzU|?imU\n\n"
        "literal 0\nHcmV?d00001\n\n"
        "Binary files old/k.png and new/k.png differ\n"
        "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n"
    )
    assert [(file.path, file.skipped) for file in files] == [
        ("i.png", "binary"),
        ("j.png", "binary"),
        ("k.png", "binary"),
        ("f", ""),
    ]
    assert files[1].status == "added"
    assert len(files[3].hunks) == 1


def test_an_added_nul_makes_a_file_binary() -> None:
    (file,) = read(b"diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\0\n@@ -9 +9 @@\n-x\n+y\n")
    assert (file.skipped, file.hunks) == ("binary", [])


def test_bytes_that_are_not_utf_8_are_replaced() -> None:
    (file,) = read(b"--- a/f\n+++ b/f\n@@ -0,0 +1,2 @@\n+caf\xe9\n+\xc3\n")
    assert file.hunks[0].added == ["caf\ufffd", "\ufffd"]


@pytest.mark.parametrize(
    "text",
    [
        "diff --git a/sub b/sub\nindex 1234567..89abcde 160000\n--- a/sub\n+++ b/sub\n@@ -1 +1 @@\n"
        "-Subproject commit 1234567\n+Subproject commit 89abcde\n",
        "diff --git a/sub b/sub\nnew file mode 160000\nindex 0..89abcde\n--- /dev/null\n+++ b/sub\n@@ -0,0 +1 @@\n"
        "+Subproject commit 89abcde\n",
        "Submodule sub 1234567..89abcde:\n  > one more\n",
    ],
)
def test_a_submodule_is_named_and_not_read(text: str) -> None:
    (file,) = read(text)
    assert (file.path, file.skipped, file.hunks) == ("sub", "submodule", [])


def test_a_combined_diff_is_named_and_not_read() -> None:
    files = read(
        "* Unmerged path g\ndiff --cc f\nindex cb52535,4afdfb3..0000000\n--- a/f\n+++ b/f\n@@@ -3,1 -3,1 +3,3 @@@ two\n"
        "++<<<<<<< HEAD\n +mm\n++-- x\n"
        "diff --git a/h b/h\n--- a/h\n+++ b/h\n@@ -1 +1 @@\n-a\n+b\n"
    )
    assert [(file.path, file.skipped) for file in files] == [("g", "merge conflict"), ("f", "combined diff"), ("h", "")]


def test_a_mail_around_the_diff_is_passed_over() -> None:
    files = read(
        "From 1234 Mon Sep 17 00:00:00 2001\nSubject: [PATCH] x\n\n--- this is prose\n---\n f | 2 +-\n\n"
        "diff --git a/f b/f\nindex 1..2 100644\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n-- \n2.39.5\n\n"
    )
    assert [(file.path, [sides(hunk) for hunk in file.hunks]) for file in files] == [("f", [(1, ["a"], 1, ["b"])])]


def test_a_hunk_that_is_shorter_than_its_header_says_ends_where_the_next_file_begins() -> None:
    files = read(
        "--- a/f\n+++ b/f\n@@ -1,9 +1,9 @@\n-a\n+b\ndiff --git a/g b/g\n--- a/g\n+++ b/g\n@@ -1 +1 @@\n-c\n+d\n"
    )
    assert [(file.path, sides(file.hunks[0])) for file in files] == [
        ("f", (1, ["a"], 1, ["b"])),
        ("g", (1, ["c"], 1, ["d"])),
    ]


def test_an_empty_context_line_may_have_lost_its_space() -> None:
    (file,) = read("--- a/f\n+++ b/f\n@@ -1,3 +1,3 @@\n\n-a\n+b\n\n")
    assert [sides(hunk) for hunk in file.hunks] == [(2, ["a"], 2, ["b"])]


def test_a_file_over_the_limit_is_counted_but_not_kept_and_the_next_one_is_read() -> None:
    large = "".join(f"+line {number}\n" for number in range(1000))
    files = read(
        f"--- a/large\n+++ b/large\n@@ -0,0 +1,1000 @@\n{large}@@ -5,3 +1005,2 @@\n-x\n same\n+y\n-z\n"
        "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n",
        limit=10_000,
    )
    assert [(file.path, file.skipped, len(file.hunks)) for file in files] == [
        ("large", "too large (1003 lines)", 0),
        ("f", "", 1),
    ]


def test_a_large_diff_needs_little_memory() -> None:
    def pieces(lines: int):
        yield b"--- a/f\n+++ b/f\n@@ -0,0 +1,%d @@\n" % (lines + 1)
        for _ in range(lines // 100):
            yield (b"+" + b"x" * 99 + b"\n") * 100
        yield b"+"
        for _ in range(100):
            yield b"y" * 50_000
        yield b"\n--- a/g\n+++ b/g\n@@ -1 +1 @@\n-a\n+b\n"

    tracemalloc.start()
    try:
        found = [(file.path, file.skipped) for file in read_diff(pieces(50_000), limit=200_000)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == [("f", "too large (50001 lines)"), ("g", "")]
    assert peak < 2_000_000


@given(st.binary(max_size=2000))
def test_no_bytes_raise(raw: bytes) -> None:
    for file in read(raw):
        assert file.path


PIECES = st.sampled_from(
    [
        *(
            b"diff --git ",
            b'"a/x\\',
            b"a/x b/x",
            b"\n",
            b"\n",
            b"--- ",
            b"+++ ",
            b"@@ -1,2 +3 @@",
            b"@@ -0,0 +1,99999999 @@",
        ),
        *(
            b"rename from ",
            b"copy to ",
            b"Binary files ",
            b" and ",
            b" differ",
            b"Submodule x 1234567..1234567:",
            b"+",
            b"-",
        ),
        *(
            b" ",
            b"\\",
            b"\r",
            b"\0",
            b"\xff",
            b'"',
            b"/dev/null",
            b"index 1..2 160000",
            b"diff --cc ",
            b"* Unmerged path ",
        ),
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40), st.integers(1, 200))
def test_no_mixture_of_headers_raises_and_cutting_it_elsewhere_changes_nothing(pieces: list[bytes], limit: int) -> None:
    def seen(files: list[ChangedFile]) -> list[object]:
        return [(f.path, f.old_path, f.status, f.skipped, [sides(hunk) for hunk in f.hunks]) for f in files]

    assert seen(read(b"".join(pieces))) == seen(list(read_diff(pieces)))
    assert [file.path for file in read(b"".join(pieces), limit=limit)] == [file.path for file in read_diff(pieces)]


@given(line_lists, line_lists, st.integers(0, 3))
def test_the_hunks_of_a_plain_diff_turn_the_old_text_into_the_new(old: list[str], new: list[str], context: int) -> None:
    lines = difflib.unified_diff(old, new, "a/f", "b/f", n=context, lineterm="")
    files = read("".join(line + "\n" for line in lines))
    assert applied(old, files[0].hunks if files else []) == new


@settings(max_examples=15, deadline=None)
@given(line_lists, line_lists, st.booleans(), st.integers(0, 2))
def test_the_hunks_of_a_git_diff_turn_the_old_text_into_the_new(
    old: list[str], new: list[str], newline_at_end: bool, context: int
) -> None:
    def text(lines: list[str]) -> str:
        return "\n".join(lines) + ("\n" if newline_at_end and lines else "")

    with tempfile.TemporaryDirectory() as folder:
        for name, lines in (("old", old), ("new", new)):
            Path(folder, name).write_bytes(text(lines).encode())
        command = ("git", "diff", "--no-index", "--no-color", "--no-ext-diff", f"-U{context}", "--", "old", "new")
        output = subprocess.run(command, cwd=folder, capture_output=True).stdout
    files = read(output)
    assert [file.path for file in files] == (["new"] if text(old) != text(new) else [])
    before, after = (text(lines).removesuffix("\n").split("\n") if text(lines) else [] for lines in (old, new))
    assert applied(before, files[0].hunks if files else []) == after
