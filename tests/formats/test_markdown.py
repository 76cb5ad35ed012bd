"""The comment on a pull request: whatever a lesson or a path says, it mentions nobody and is no markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from reports import FINDINGS, REPORTS, TOOLS

from twiceshy.formats import markdown
from twiceshy.model.diagnostic import Diagnostic, Report
from twiceshy.model.text import Location

OURS = re.compile(r"[A-Za-z0-9 ,.:;()·\n]*")
LURES = st.sampled_from(
    [
        "@ada",
        "owner/repo#12",
        "#12",
        "`",
        "```",
        "``` \n@ada",
        "</details>",
        "<!--",
        "![x](y)",
        "[a]: b",
        "~~~",
        "| a",
        "~",
        " ",
    ]
)
FINDING = Diagnostic("no-tabs", "warn", "Tabs break it.", Location("a.py", 3, 3), snippet="x", is_guard=True)


def tokens(text: str) -> Iterator[Token]:
    """Every token of the comment below its first lines, which a program reads."""
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        yield token
        yield from token.children or ()


def assert_only_our_words(text: str) -> None:
    for token in tokens(text):
        if token.type.startswith("html"):
            assert re.fullmatch(r"<!-- (twiceshy (check|lint)|silent) -->\n?.*", token.content.split("\n")[0])
        elif token.type == "text":
            assert OURS.fullmatch(token.content), token.content
        else:
            assert token.type not in ("link_open", "image"), token


@settings(deadline=None)
@given(REPORTS, TOOLS)
def test_whatever_is_quoted_stands_in_code(report, tool):
    made = markdown.render(report, tool)
    assert made.startswith(f"<!-- twiceshy {tool} -->\n")
    assert_only_our_words(made)


@settings(deadline=None)
@given(FINDINGS, st.lists(LURES, min_size=1, max_size=5).map("".join))
def test_no_lure_gets_out_of_its_code(finding, lure):
    finding = replace(finding, rule=lure, message=lure, why=lure + "x", snippet=lure, location=Location(lure, 1, 1))
    assert_only_our_words(markdown.render(Report((finding,), notes=(lure,)), "check"))


def test_places_are_links_where_their_address_is_known():
    report = Report((replace(FINDING, see=Location("my (own).md", 5, 9)),), web="https://example.org/o/r/blob/3cb35e8/")
    made = markdown.render(report, "check")
    assert "in [`a.py:3`](https://example.org/o/r/blob/3cb35e8/a.py?plain=1#L3)" in made
    assert "[`my (own).md:5`](https://example.org/o/r/blob/3cb35e8/my%20%28own%29.md?plain=1#L5)" in made


def test_a_comment_fits_into_what_github_takes_with_the_most_severe_first():
    many = [replace(FINDING, rule=f"rule-{i}", message="long " * 200) for i in range(500)]
    made = markdown.render(Report((*many, replace(FINDING, level="block"))), "check")
    assert len(made) < 65_536
    assert made.index("**block**") < made.index("**warn**")
    assert re.search(r"\n\d+ more did not fit in here; the log of the job has them all\.\n$", made)


def test_only_where_there_is_nothing_to_say_the_comment_says_so_to_programs():
    assert "<!-- silent -->" in markdown.render(Report(), "check")
    assert "<!-- silent -->" not in markdown.render(Report(suppressed=1), "check")
