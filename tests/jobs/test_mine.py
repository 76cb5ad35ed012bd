"""mine: which messages explain a mistake, what belongs together, what is quoted, and that nothing is invented."""

from __future__ import annotations

import json
import os
import string

import pytest
from fakes import FakeHistory, past_commit
from hypothesis import given
from hypothesis import strategies as st

from twiceshy.adapters.configuration import read_templates
from twiceshy.errors import UsageError
from twiceshy.jobs.messages.prose import lines_of, prose_of
from twiceshy.jobs.mine import known_ids, mine
from twiceshy.jobs.mine.accounts import Entries, account_of
from twiceshy.jobs.mine.aside import aside
from twiceshy.jobs.mine.exports import read_export
from twiceshy.jobs.mine.page import page_of, path_of, seen
from twiceshy.jobs.mine.passages import cause_in, rule_in
from twiceshy.jobs.mine.signs import signs_of
from twiceshy.markdown.page import Page, read_page
from twiceshy.model.candidate import ISSUE, PULL_REQUEST, Candidate, Entry

TEMPLATES = read_templates(os.devnull, {})
STORY = """cache: fix a crash when an entry is dropped twice

The entry was freed by the sweeper while a reader still held it, because the
sweeper looked at the clock only and not at the number of readers. A second
reader then got a dangling pointer and the process crashed.

Count the readers, and sweep only what nobody reads. Readers must hold a count
before they touch an entry. This is a regression from 1a2b3c4d, which replaced
the lock by the clock.

Signed-off-by: Ada <ada@example.org>
"""
OTHER = """queue: do not lose messages when the broker restarts

Messages that were taken but not acknowledged got lost, because the position was
written before the work was done. Previously a restart in between skipped them
silently, and nobody noticed until the totals were wrong.
"""
FEATURE = "Add a colour picker\n\nThe picker knows named colours and hex codes. It comes with a page of its own.\n" * 3


def read(path: str, text: str) -> Page:
    return read_page(path, text, TEMPLATES)


def score(message: str) -> float:
    return sum(sign.weight for sign in signs_of(prose_of(message)))


def candidate(message: str, **given_: object) -> Candidate:
    commit = past_commit(1, message)
    quotes = account_of(commit, []).quotes
    return Candidate((commit,), 1.0, (), quotes, cause_in(quotes), rule_in(quotes), **given_)


# Prose ---------------------------------------------------------------------------------------------------------------


def test_trailers_templates_and_names_of_files_are_not_a_persons_words():
    prose = prose_of(
        "fix: it\n\n<!-- Say what\nyou did -->\n## Checklist\n- [x] tests\n\nThe lock was never freed.\n\n"
        "* src/lock.c\nhttps://example.org/1\n\nReviewed-by: Bob <b@example.org>\nCc: c@example.org\nChange-Id: I12\n"
        "(cherry picked from commit 1234567890)\n"
    )
    assert prose.text == "The lock was never freed."
    assert prose.words == 5
    assert "Reviewed-by: Bob <b@example.org>" not in prose.lines
    assert not any("Say what" in line for line in prose.lines)


def test_what_squashed_commits_leave_is_counted_as_a_list():
    prose = prose_of("Merge of work\n\n* fix lint\n* again\n* add tests\n* review\n")
    assert (prose.listed, prose.words) == (4, 0)


def test_words_of_scripts_without_spaces_are_counted():
    assert prose_of("修正\n\n" + "接続が切れたときに再接続しないため" * 3).words > 20


@given(st.text(max_size=400))
def test_any_message_is_read_and_its_lines_are_its_own(message):
    prose = prose_of(message)
    assert set(prose.lines) <= set(lines_of(message))
    assert isinstance(score(message), float)


@pytest.mark.parametrize("piece", ["revert ", "(#1", "https://", "<!--", "* a", "a.b", " ", "in 1234567 ", "```\n"])
def test_no_message_takes_long_however_often_it_says_the_same(piece):
    message = piece * 20_000
    commit = past_commit(1, message)
    assert mine(FakeHistory([commit, past_commit(2, message + "x")])).commits == 2


# Signs ---------------------------------------------------------------------------------------------------------------


def test_a_message_that_says_what_went_wrong_and_why_outranks_one_that_says_what_is_new():
    assert score(STORY) > score(OTHER) > score(FEATURE)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("This is a regression.", "This is a change."),
        ("Fixes: 1a2b3c4d5e6f (“lock: use the clock”)", "See 1a2b3c4d5e6f for the clock."),
        ("It crashed because the lock was gone.", "It works and the lock is there."),
    ],
)
def test_blame_cause_and_damage_count(more, less):
    body = "The reader took the lock and the writer took it as well, and both went on with what they had. "
    assert score(f"lock: take turns\n\n{body}{more}") > score(f"lock: take turns\n\n{body}{less}")


def test_a_regression_test_is_no_regression():
    assert "says “regression”" not in {sign.name for sign in signs_of(prose_of("Fix x\n\nAdds a regression test."))}


@pytest.mark.parametrize(
    ("subject", "why"),
    [
        ("Merge branch 'next'", "a merge"),
        ("Release 4.2.0", "a release"),
        ("v1.2.3", "a release"),
        ("Bump lodash from 4.17.20 to 4.17.21", "a dependency"),
        ("l10n: de.po: update", "a translation"),
        ("Fix typo in the manual", "written words only"),
        ("docs: say more", "written words only"),
        ("Squashed 'deps/x/' changes from 1..2", "another project's history"),
        ("Release the lock before waiting", ""),
        ("Fix a crash in the merge of two lists", ""),
        ("Do not update the position too early", ""),
    ],
)
def test_what_nobody_needs_to_read_is_set_aside(subject, why):
    assert aside(past_commit(1, subject)) == why


def test_machines_are_set_aside():
    assert aside(past_commit(1, STORY, author="dependabot[bot]")) == "a machine"


# Candidates ----------------------------------------------------------------------------------------------------------


def test_candidates_come_best_first_with_the_reasons_for_each():
    mined = mine(FakeHistory([past_commit(1, OTHER), past_commit(2, FEATURE), past_commit(3, STORY)]))
    assert [one.title for one in mined.candidates] == [STORY.split("\n")[0], OTHER.split("\n")[0]]
    assert mined.candidates[0].signs[0].name == "says “regression”"
    assert mined.candidates[0].score == pytest.approx(sum(s.weight for s in mined.candidates[0].signs), abs=0.06)
    assert (mined.commits, mined.telling) == (3, 3)


def test_only_the_shortlist_is_read_closely():
    history = FakeHistory([past_commit(1, STORY), past_commit(2, "tidy"), past_commit(3, FEATURE)])
    mine(history)
    assert history.was_read == {1}


def test_the_limit_counts_candidates_that_wait_already():
    history = FakeHistory([past_commit(1, OTHER), past_commit(3, STORY)])
    assert len(mine(history, limit=1).candidates) == 1
    assert mine(history, limit=2, waiting=2).candidates == ()
    assert mine(history, limit=-1).candidates == ()


def test_what_a_lesson_speaks_of_or_somebody_rejected_does_not_come_again():
    history = FakeHistory([past_commit(1, OTHER), past_commit(3, STORY)])
    known = known_ids([f"Found in: commit {history.commits()[1].sha[:12]}"])
    assert [one.commits[0].number for one in mine(history, known=known).candidates] == [1]


def test_nothing_before_since_is_read():
    history = FakeHistory([past_commit(1, OTHER), past_commit(300, STORY)])
    mined = mine(history, since="2021")
    assert [one.commits[0].number for one in mined.candidates] == [300]
    assert mined.commits == 1


def test_a_backport_a_pick_and_a_second_fix_of_one_issue_are_one_candidate():
    first = past_commit(1, STORY)
    picked = past_commit(2, f"{STORY}\n(cherry picked from commit {first.sha})")
    again = past_commit(3, OTHER + "\nFixes #12\n")
    late = "The position is still lost when the worker crashes, because it is written before the acknowledgement is."
    more = past_commit(4, f"queue: fix a lost position\n\n{late} Fixes #12. It leaked one message for each crash.")
    mined = mine(FakeHistory([first, picked, again, more]))
    assert [sorted(c.number for c in one.commits) for one in mined.candidates] == [[1, 2], [3, 4]]


def test_what_is_alike_by_chance_stays_apart():
    mined = mine(FakeHistory([past_commit(1, f"Fix bug\n\n{STORY}"), past_commit(2, f"Fix bug\n\n{OTHER}")]))
    assert [len(one.commits) for one in mined.candidates] == [1, 1]


def test_a_series_that_blames_one_commit_in_one_file_is_one_candidate():
    blame = "This broke in 9f8e7d6c when it was rewritten, because nobody held the lock and it crashed for readers."
    one = past_commit(1, f"parser: fix the end\n\n{blame} The end was read twice, which nobody saw.")
    two = past_commit(2, f"parser: fix the start\n\n{blame} At the start nothing was there that could be read at all.")
    both = {1: ["src/parser.c"], 2: ["src/parser.c", "x.c"]}
    assert len(mine(FakeHistory([one, two], both)).candidates) == 1
    assert len(mine(FakeHistory([one, two], {1: ["a.c"], 2: ["b.c"]})).candidates) == 2


def test_a_guard_is_asked_for_each_candidate_and_stands_on_its_page():
    yaml = "id: x\nadded: 'clock'\nbad: clock\ngood: count"
    mined = mine(FakeHistory([past_commit(1, STORY)]), suggest=lambda commit: yaml if commit.number == 1 else "")
    page = read(mined.candidates[0].path, page_of(mined.candidates[0]))
    assert [guard.id for lesson in page.lessons for guard in lesson.guards] == ["x"]


# Quotations ----------------------------------------------------------------------------------------------------------


def test_a_page_is_one_candidate_lesson_with_its_parts():
    one = candidate(STORY)
    page = read(path_of(one), page_of(one))
    (lesson,) = page.lessons
    assert (lesson.id, lesson.status, page.kind.name) == (one.id, "candidate", "lesson")
    assert {"problem", "cause", "fix", "retained", "takeaway"} <= set(lesson.roles)
    assert lesson.title == "cache: fix a crash when an entry is dropped twice"


def test_the_root_cause_is_quoted_if_the_text_states_it_and_unknown_if_not():
    stated = candidate(STORY)
    assert stated.cause == (*STORY.split("\n")[2:4], "", *STORY.split("\n")[7:9])
    assert stated.rule == tuple(STORY.split("\n")[6:8])
    silent = candidate("Fix it\n\nIt works now.")
    assert silent.cause == silent.rule == ()
    assert "## Root cause\n\nunknown\n" in page_of(silent)


def test_every_quoted_line_is_a_line_of_the_message():
    text = page_of(candidate(STORY))
    quoted = [line for fence in read("x.md", text).document.fences for line in fence.code.split("\n")]
    mine_ = {"+3 -1"}
    assert {line for line in quoted if line.strip()} - mine_ <= {seen(line) for line in STORY.split("\n")}


NASTY = [
    "# Not a heading",
    "Setext\n======",
    "---\nid: taken\nstatus: active\n---",
    "<!-- id: taken -->",
    "<!-- never closed",
    "```yaml guard\nid: evil\nadded: 'x'\nbad: x\ngood: y\n```",
    "````yaml guard\nid: evil\ncommand: rm\n````",
    "~~~\n## Root cause\nnothing",
    "- [ ] pay me by 2020-01-01",
    "**Status:** superseded by everything",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "[x]: javascript:alert(1)",
    "\x1b[31mred\x1b[0m \u202eevil\u202c \U000e0041\ufeff",
    "twiceshy: ignore[all] until=2099-01-01 because",
]


@given(
    st.lists(st.sampled_from([*NASTY, "plain words", "", "    code"]), min_size=1, max_size=6), st.sampled_from(NASTY)
)
def test_whatever_a_message_holds_comes_out_as_quotation(parts, subject):
    one = candidate(f"{subject.splitlines()[0]}\n\n" + "\n\n".join(parts))
    text = page_of(one)
    page = read(path_of(one), text)
    titles = [section.title for section in page.document.sections][1:]
    assert titles == ["Problem", "Root cause", "Fix", "How it stays fixed", "Takeaway"]
    assert [(lesson.id, lesson.status) for lesson in page.lessons] == [(one.id, "candidate")]
    assert [guard for lesson in page.lessons for guard in lesson.guards] == []
    assert page.problems == ()
    assert all(character.isprintable() or character == "\n" for character in text)
    fenced = {line for fence in page.document.fences for line in fence.code.split("\n")}
    assert fenced <= {seen(line) for line in lines_of(one.commits[0].message)} | {""}


@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=40))
def test_any_message_and_any_author_make_a_page_that_can_be_written(message, author, title):
    commit = past_commit(1, message)._replace(author=author)
    quotes = account_of(commit, [Entry(PULL_REQUEST, 1, title, message[::-1], author, "", "")]).quotes
    one = Candidate((commit,), 0.0, (), quotes, cause_in(quotes), rule_in(quotes))
    text = page_of(one)
    text.encode("utf-8")
    path = path_of(one)
    assert path.startswith("lessons/candidates/") and ".." not in path and "\0" not in path
    assert [lesson.id for lesson in read(path, text).lessons] == [one.id]


# Exports -------------------------------------------------------------------------------------------------------------

PRS = [
    {
        "number": 7,
        "title": "Count the readers",
        "body": "\r\n".join(STORY.split("\n")[2:]),
        "author": {"id": "x", "is_bot": False, "login": "ada", "name": "Ada L."},
        "mergeCommit": {"oid": "1" * 40},
        "mergedAt": "2024-05-06T07:08:09Z",
        "url": "https://example.org/pull/7",
        "closingIssuesReferences": [{"number": 3}],
    }
]


@pytest.mark.parametrize(
    "raw",
    [
        json.dumps(PRS).encode(),
        b"\xef\xbb\xbf" + json.dumps(PRS).encode(),
        json.dumps(PRS).encode("utf-16"),
        json.dumps(PRS[0]).encode(),
        b"\r\n\n".join([json.dumps(PRS[0]).encode()] * 2),
        json.dumps({"items": [None, 3, *PRS, {"title": "no number"}, {"number": "7"}, {"number": True}]}).encode(),
    ],
)
def test_an_export_is_read_in_every_shape_it_comes_in(raw):
    entry = read_export(raw, "prs.json", PULL_REQUEST)[0]
    assert (entry.number, entry.author, entry.day, entry.sha) == (7, "Ada L.", "2024-05-06", "1" * 40)
    assert (entry.closes, entry.url) == ((3,), "https://example.org/pull/7")


def test_an_export_of_the_api_is_read_as_well():
    api = {
        "number": 9,
        "title": "x",
        "body": None,
        "user": {"login": "bob"},
        "merge_commit_sha": "a" * 40,
        "url": "https://api.github.com/x",
        "html_url": "https://example.org/9",
        "merged_at": "2020-01-01T00:00:00Z",
    }
    assert read_export(json.dumps([api]).encode(), "prs.json", PULL_REQUEST) == [
        Entry(PULL_REQUEST, 9, "x", "", "bob", "2020-01-01", "https://example.org/9", "a" * 40)
    ]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b"\xff\xfe", "is empty"),
        (b"not json", "is not JSON (line 1)"),
        (b"[1, 2]", "no list of objects"),
        (b'"text"', "no list of objects"),
        (b'[{"title": "x"}]', "no pull request with a number"),
        (b"[" * 100_000, "is not JSON"),
        (b'[{"number": ' + b"9" * 10_000 + b"}]", "is not JSON"),
        (json.dumps(PRS).encode()[:-40], "is not JSON"),
    ],
)
def test_what_is_no_export_gives_one_message_and_the_command_that_makes_one(raw, said):
    with pytest.raises(UsageError) as error:
        read_export(raw, "prs.json", PULL_REQUEST)
    assert said in error.value.message
    assert "gh pr list --state all --limit 100000 --json number" in error.value.hint


def test_an_empty_list_is_an_export_of_nothing():
    assert read_export(b"[]", "issues.json", ISSUE) == []


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["number", "title", "body", "author", "mergeCommit", "oid", "url", "mergedAt", "login", "user"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@given(_JSON | st.binary(max_size=60))
def test_any_export_is_read_or_refused(value):
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    try:
        entries = read_export(raw, "x.json", ISSUE)
    except UsageError as error:
        assert error.hint
        return
    commits = [past_commit(1, "x (#1)"), past_commit(2, "y\n\nFixes #1")]
    assert mine(FakeHistory(commits), entries=entries).commits == 2


@pytest.mark.parametrize(
    ("message", "parents"),
    [("Count the readers (#7)", 1), ("Merge pull request #7 from ada/count\n\nCount the readers", 2), ("tidy", 1)],
)
def test_a_commit_that_says_little_is_told_by_its_pull_request_and_issue(message, parents):
    commit = past_commit(1, message, parents=parents)
    (request,) = read_export(json.dumps(PRS).encode(), "prs.json", PULL_REQUEST)
    request = request._replace(sha=commit.sha if message == "tidy" else "")
    issue = Entry(ISSUE, 3, "It crashes at night", "Every night at three.", "Eve", "2024-05-01", "")
    mined = mine(FakeHistory([commit]), entries=[request, issue])
    (one,) = mined.candidates
    assert [quote.source for quote in one.quotes if "commit" not in quote.source] == ["pull request #7", "issue #3"]
    assert (mined.telling, mined.joined) == (1, 1)
    assert "Ada L., pull request #7, 2024-05-06:" in page_of(one)


def test_a_pull_request_that_repeats_the_message_is_quoted_once():
    entries = Entries([Entry(PULL_REQUEST, 7, STORY.split("\n")[0], STORY.partition("\n")[2], "Ada", "", "")])
    commit = past_commit(1, STORY.replace("twice\n", "twice (#7)\n", 1))
    assert [quote.source for quote in account_of(commit, list(entries.about(commit))).quotes] == [
        f"commit {commit.sha[:8]}"
    ]


# Questions -----------------------------------------------------------------------------------------------------------


def revert_of(number: int, commit, why: str = "", **given_):
    return past_commit(number, f'Revert "{commit.subject}"\n\nThis reverts commit {commit.sha}.\n{why}', **given_)


def test_a_revert_without_a_reason_is_a_question_to_its_author():
    old = past_commit(1, "Use the clock for leases")
    mined = mine(FakeHistory([old, revert_of(5, old, author="Grace Hopper")]))
    (question,) = mined.questions
    assert question.text.startswith("Grace, on 2020-09-18 you took back “Use the clock for leases”")
    assert question.reverted == old.sha


def test_a_revert_with_a_reason_or_one_that_came_back_at_once_is_none():
    why = "Leases ran out early on machines whose clock was set back, and two writers held the same one at a time."
    old = past_commit(1, "Use the clock for leases")
    assert mine(FakeHistory([old, revert_of(5, old, why)])).questions == ()
    assert mine(FakeHistory([old, revert_of(5, old), past_commit(6, "Use the clock for leases")])).questions == ()
    answered = known_ids([revert_of(5, old).sha])
    assert mine(FakeHistory([old, revert_of(5, old)]), known=answered).questions == ()


def test_at_most_five_questions_are_asked_and_one_about_a_day():
    olds = [past_commit(number, f"Thing number {number} of many") for number in range(1, 9)]
    apart = [revert_of(20 + number, old) for number, old in enumerate(olds)]
    assert len(mine(FakeHistory([*olds, *apart])).questions) == 5
    at_once = [revert_of(20 + number, old, time=1_700_000_000) for number, old in enumerate(olds)]
    assert len(mine(FakeHistory([*olds, *at_once])).questions) == 1


def test_ids_in_any_text_are_found_and_words_are_none():
    assert known_ids(
        ["Fixed in 1234567.\n\n```text\nbroken by 7654321\n```\n\n```yaml guard\nfix: abcdef1\n```\n"]
    ) == {
        "1234567",
        "abcdef1",
    }
    assert known_ids([f"see {'a1' * 20} and deadbeef1 (0123456), not {string.ascii_lowercase}"]) == {
        "a1a1a1a",
        "deadbee",
        "0123456",
    }
