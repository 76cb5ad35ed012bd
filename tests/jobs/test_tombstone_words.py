"""Which words of code are worth remembering."""

from __future__ import annotations

import pytest

from twiceshy.guards._regex import found
from twiceshy.jobs.tombstones.words import holds_code, is_in, pattern_of, strongest, words_of


def test_names_flags_and_schemes_are_distinctive_and_everyday_words_are_not():
    lines = ["pkg = f'git+file://{prefix}'", "run('npm', '--install-links', maxRetries=token, get=self)"]
    assert words_of(lines, "a.py") == {"git+file", "--install-links", "maxRetries"}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("a.py", "x = 1  # old_name was here"),
        ("a.js", "x = 1; // old_name was here"),
        ("a.c", " * old_name was here"),
        ("a.c", "x = 1; /* old_name */"),
        ("a.py", "url = 'https://example.org/old_name'"),
        ("a.yml", "- secure: feq2oOdBgwYG1HhOA9dlG7xQsWPCXsaDIZ2oln"),
    ],
)
def test_comments_links_and_keys_hold_no_words(path, line):
    assert words_of([line], path) == set()


@pytest.mark.parametrize(
    "path", ["README.md", "docs/conf.py", "tests/test_a.py", "src/a.test.ts", "package.json", "x.po"]
)
def test_documents_tests_and_data_have_no_tombstones(path):
    assert not holds_code(path)


@pytest.mark.parametrize("path", ["src/a.py", ".github/workflows/ci.yml", "Makefile", "setup.py", "lib/vendors.c"])
def test_code_and_settings_written_by_hand_have(path):
    assert holds_code(path)


@pytest.mark.parametrize(
    ("word", "line", "there"),
    [
        ("git+file", "'git+file://x'", True),
        ("git+file", "'xgit+file'", False),
        ("--install", "npm --install-links", False),
        ("--install", "npm --install x", True),
        ("--install", "npm ---install", False),
        ("old_name", "my_old_name", False),
        ("old_name", "old_name2", False),
        ("$old_name", "echo $old_name", True),
    ],
)
def test_a_word_stands_by_itself(word, line, there):
    assert found(pattern_of(word), line) is there
    assert is_in(word, line) is there


def test_the_rarest_words_come_first():
    assert strongest({"aa_bb", "long_word_here", "git+file"}, {"long_word_here": 2}) == (
        "git+file",
        "aa_bb",
        "long_word_here",
    )
