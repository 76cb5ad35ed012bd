"""Places, statements, lists of signers, differences and approvals: what is read out of texts, whatever they hold."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiceshy.jobs.signing.approvals import read_approvals, sign_offs
from twiceshy.jobs.signing.armour import opened
from twiceshy.jobs.signing.difference import counted, difference
from twiceshy.jobs.signing.sidecar import read_sidecar
from twiceshy.jobs.signing.signers import read_signers
from twiceshy.jobs.signing.statement import Malformed, read_statement, written
from twiceshy.markdown.edit import apply
from twiceshy.markdown.parse import parse
from twiceshy.markdown.signing_roles import signing_role
from twiceshy.markdown.signoffs import blanked, filled, places_of, said_in, shows
from twiceshy.model.signoff import Shown, Statement

SHOWN = Shown("Ada", "ada@example.org", "2026-01-02", "0123456789ab")
PIECES = st.sampled_from(
    "## Sign-offs\n;**Approved by:** ;- [ ] ;- [x] QA;**PM:**; | ;\n;\r\n;Ada;: ; — ;  ;- ;`;<!--;é;**Date:** ;{{x}};"
    "```\n;> ;\t;# T\n;| PM |\n;| QA | x |  | ok |\n;| Role | Name | Date | Status |\n|---|---|---|---|\n".split(";")
)
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60)


def places(text: str):
    return places_of(parse(text), {})


@given(TEXTS)
def test_what_is_written_into_one_place_changes_no_other_place_and_no_content(text):
    for place in places(text):
        after = apply(text, filled(text, place, SHOWN))
        again = places(after)
        if len(again) == len(places(text)) and any(shows(after, one, SHOWN) for one in again):
            assert blanked(after, again) == blanked(text, places(text))


@given(TEXTS)
def test_any_text_has_a_content_without_its_places(text):
    assert len(blanked(text, places(text))) <= len(text)


@pytest.mark.parametrize(
    "label, role",
    [
        ("Product Manager", "pm"),
        ("Product", "pm"),
        ("Technical Lead", "tech-lead"),
        ("tech lead", "tech-lead"),
        ("QA sign-off", "qa"),
        ("Quality", "qa"),
        ("✅ DevOps", "devops"),
        ("Legal approval", "legal"),
        ("Approved by", "approved-by"),
    ],
)
def test_labels_name_roles(label, role):
    assert signing_role(label) == role


@pytest.mark.parametrize("said", ["", "{{PM}} ({{DATE}})", "____", "[name]", "TBD", "YYYY-MM-DD", "- / -"])
def test_an_open_place_says_nothing(said):
    text = f"## Sign-offs\n\n- **QA:** {said}\n"
    assert said_in(text, places(text)[0]) == ""


def test_only_what_stands_behind_a_label_on_its_line_is_left_out_of_the_content():
    text = "# R\n\n## Sign-offs\n\nRead it first.\n\n- **QA:** Quinn\n  and more\n\n## After\n\n- **QA:** counts\n"
    assert blanked(text, places(text)) == text.replace(" Quinn", "")


@given(st.text(max_size=80) | TEXTS)
def test_foreign_texts_are_no_statement_no_signature_and_no_file_of_signatures(text):
    for read in (read_statement, opened):
        with pytest.raises(Malformed):
            read(text)
    with pytest.raises(Malformed):
        read_sidecar(f"{text}{{")
    with pytest.raises(Malformed):
        read_approvals(f"{text}{{")
    assert read_signers(text).listed == ()


KEYS = st.sampled_from(["signatures", "contents", "statement", "signature", "version", "reviews", "author"])
PLAIN = st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers()


@given(st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)))
def test_any_json_is_read_or_refused(value):
    said = json.dumps({"version": 1, **value} if isinstance(value, dict) else value)
    for read in (read_sidecar, read_approvals):
        try:
            read(said)
        except Malformed:
            continue


def test_a_statement_is_read_as_it_was_written_and_holds_no_second_line():
    said = Statement("qa", "ada@example.org", "Ada Ö.", "2026-01-02T03:04:05Z", "docs/r.md", "0" * 64)
    assert read_statement(written(said)) == said
    with pytest.raises(Malformed):
        written(Statement("qa", "ada@example.org", "Ada\nrole pm", said.time, said.document, said.content))


def test_a_line_of_signers_becomes_one_of_the_list_that_openssh_reads():
    found = read_signers('ada@example.org,a@x Product,qa valid-before="20270101Z",namespaces="*" ssh-ed25519 AAAA me\n')
    assert found.allowed("pm") == 'ada@example.org,a@x valid-before="20270101Z",namespaces="*" ssh-ed25519 AAAA\n'
    assert found.allowed("pm", timeless=True) == 'ada@example.org,a@x namespaces="*" ssh-ed25519 AAAA\n'
    assert found.allowed("devops") == ""


def test_a_line_with_many_options_is_read_at_once():
    line = "a pm " + ",".join(["valid-after=1"] * 900) + " nothing"
    assert len(read_signers(line).problems) == 1


def test_lines_that_differ_are_counted_as_a_person_would():
    assert counted(difference("a\nb\nc\n", "a\nx\nc\nd\n")) == "2 lines differ"
    assert difference("a\nb\n", "a\nx\n").lines == ("- b", "+ x")
    assert counted(difference("a\n", "a\r\n")) == "1 line differs only in how they end"
    assert difference("".join(f"{n}\n" for n in range(9000)), "".join(f"{n}x\n" for n in range(9000))).count == 9000


HEAD, OLD, MERGE = "a" * 40, "b" * 40, "c" * 40
SIGNERS = read_signers("github:ada pm\ngithub:ben qa,devops\n")


class Past:
    """A repository that knows the document at some commits."""

    def __init__(self, **texts: str) -> None:
        self.texts = texts

    def content_at(self, revision: str, path: str) -> str | None:
        return self.texts.get(revision[0])


def review(login: str, commit: str, state: str = "APPROVED", day: str = "02") -> dict:
    return {
        "author": {"login": login},
        "state": state,
        "submittedAt": f"2026-01-{day}T00:00:00Z",
        "commit": {"oid": commit},
    }


def states(*reviews: dict, past: Past, merged: bool = True) -> dict[str, str]:
    pull = {"number": 7, "headRefOid": HEAD, "mergeCommit": {"oid": MERGE} if merged else None, "reviews": reviews}
    found = sign_offs(read_approvals(json.dumps(pull)), "r.md", "now\n", SIGNERS, past)
    return {one.role: one.state for one in found}


def test_an_approval_of_the_merged_head_counts_for_the_roles_of_who_gave_it():
    past = Past(a="now\n")
    assert states(review("ada", HEAD), review("Ben", HEAD), review("eve", HEAD), past=past) == {
        "pm": "approved",
        "qa": "approved",
        "devops": "approved",
    }
    assert states(review("ada", HEAD), past=Past(c="now\n")) == {"pm": "approved"}


def test_an_approval_of_an_earlier_head_is_one_of_an_earlier_version():
    assert states(review("ada", OLD), past=Past(a="now\n", b="then\n")) == {"pm": "approved-earlier"}


def test_an_approval_of_another_text_than_the_one_of_today_is_one_of_an_earlier_version():
    assert states(review("ada", HEAD), past=Past(a="then\n")) == {"pm": "approved-earlier"}


def test_an_approval_that_nobody_can_compare_or_that_is_not_merged_does_not_count():
    assert states(review("ada", HEAD), past=Past()) == {"pm": "unknown"}
    assert states(review("ada", HEAD), past=Past(a="now\n"), merged=False) == {"pm": "not-merged"}


def test_of_each_person_the_last_word_counts_and_a_comment_is_none():
    past = Past(a="now\n")
    back = review("ada", HEAD, "CHANGES_REQUESTED", "03")
    assert states(back, review("ada", HEAD), past=past) == {}
    assert states(review("ada", HEAD), review("ada", HEAD, "COMMENTED", "04"), past=past) == {"pm": "approved"}
    assert states(review("ada", HEAD), review("ada", HEAD, "DISMISSED", "04"), past=past) == {}
