"""What messages say: whether they mend something, whom they blame, what they take back, and why."""

from __future__ import annotations

import pytest

from twiceshy.jobs.messages.blame import blamed_in
from twiceshy.jobs.messages.fixes import is_fix
from twiceshy.jobs.messages.prose import own_words
from twiceshy.jobs.messages.reverts import Removal, removal_in
from twiceshy.model.history import PastCommit

ID = "4bf2d1a09c8e7766554433221100ffeeddccbbaa"


def read(message: str, parents: tuple[str, ...] = ("0" * 40,)) -> Removal | None:
    return removal_in(PastCommit(1, "f" * 40, parents, 0, "2026-01-02", "Ada", "ada@example.org", message))


@pytest.mark.parametrize(
    ("message", "what", "targets"),
    [
        (f'Revert "Keep answers"\n\nThis reverts commit {ID}.', "Keep answers", (ID,)),
        (f'Revert "Keep answers (#12)" (#14)\n\nThis reverts commit {ID[:9]}.', "Keep answers", (ID[:9],)),
        (f'[stable] Revert "Keep answers"\n\nThis reverts commit {ID}\n(cherry picked from commit 11)', "Keep answers",
         (ID,)),
        (f'Revert "Merge branch \'answers\'"\n\nThis reverts commit {ID}, reversing\nchanges made to {"a1" * 20}.',
         "Merge branch 'answers'", (ID,)),
        ("revert: feat(cache): keep answers (#12)", "feat(cache): keep answers", ()),
        (f"Backed out changeset {ID[:12]} (bug 77) for broken tests", f"changeset {ID[:12]} (bug 77) for broken tests",
         (ID[:12],)),
        ('Back out "Keep answers"\n\nOriginal commit changeset: 4bf2d1a09c8e', "Keep answers", ("4bf2d1a09c8e",)),
        (f"Clean up\n\nThis partially reverts commit {ID}.", "Clean up", (ID,)),
        ("cache: revert keeping answers for a day", "keeping answers for a day", ()),
        ("Revert keeping answers for a day (#99)", "keeping answers for a day", ()),
    ],
)  # fmt: skip
def test_a_revert_says_what_it_took_back(message, what, targets):
    found = read(message)
    assert found is not None
    assert (found.what, found.targets, found.returns) == (what, targets, False)


@pytest.mark.parametrize(
    "message",
    [
        "revert: plug a leak in the sequencer",
        "Revert to the old parser",
        "Add a revert command",
        "Explain how to back out of a merge",
        "Keep answers\n\nWe may have to revert this.",
        "Keep answers\n\nThe commit before reverted something else.",
    ],
)
def test_what_only_speaks_of_reverting_is_no_revert(message):
    assert read(message) is None


def test_the_lines_of_a_merge_are_those_of_its_parents():
    assert read('Revert "Keep answers"', ("0" * 40, "1" * 40)) is None


@pytest.mark.parametrize(
    ("subject", "returns"),
    [
        ('Revert "Revert "Keep answers""', True),
        ("Revert \"Revert 'Keep answers'\"", True),
        ('Reapply "Keep answers"', True),
        ("Reland keeping answers", True),
        ('Revert "Reapply "Keep answers""', False),
        ('Revert "Revert "Revert "Keep answers"""', False),
    ],
)
def test_a_revert_of_a_revert_puts_back(subject, returns):
    found = read(subject)
    assert found is not None
    assert found.returns is returns
    assert "eep" in found.what


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (f'Revert "Keep answers"\n\nThis reverts commit {ID}.', ""),
        (f'Revert "Keep answers"\n\nThis reverts commit {ID}; old ones\nwere shown for hours.',
         "old ones were shown for hours."),
        (f'Revert "Keep answers"\n\nThis reverts commit {ID}, reversing\nchanges made to {"a1" * 20}.\n\n'
         "Old ones were shown.\n\nSigned-off-by: Ada <ada@example.org>\nChange-Id: I12", "Old ones were shown."),
        ('Revert "Keep answers"\n\nReason for revert: it showed old ones\n\nBug: 12',
         "it showed old ones"),
        ('Revert "Keep answers" - it showed old ones', "it showed old ones"),
        ('Revert "Keep answers"\n\nReverts acme/site#12', ""),
    ],
)  # fmt: skip
def test_the_reason_is_what_a_person_wrote(message, reason):
    found = read(message)
    assert found is not None
    assert found.reason == reason


def test_issues_and_pull_requests_are_named_as_written():
    page = "https://example.org/acme/site/pull/15"
    found = read(f'Revert "Keep answers (#12)"\n\nReverts {page}\n\nSee acme/site#14, PROJ-7, bug 99; UTF-8 is fine.')
    assert found is not None
    assert found.issues == ("#12", page, "acme/site#14", "PROJ-7", "bug 99")
    assert found.reason == "See acme/site#14, PROJ-7, bug 99; UTF-8 is fine."


@pytest.mark.parametrize(
    ("message", "fixes"),
    [
        ("Fix typo", True),
        ("Bugfix: a", True),
        ("closes 12\n\nThis regressed in 1.2", True),
        ('Revert "x"', True),
        ("Prefix the name", False),
        ("Add debugging", False),
    ],
)
def test_a_fix_says_so(message, fixes):
    assert is_fix(message) == fixes


@pytest.mark.parametrize(
    ("message", "blamed"),
    [
        (f"Fix it\n\nIntroduced in commit {ID[:12]}.", [ID[:12]]),
        (f'Fix it\n\n  Fixes: {ID[:9]} ("Keep answers")', [ID[:9]]),
        (f"Follow-up to {ID}", [ID, ID]),
        ("Fix what was broken by #12", ["#12"]),
        (f"Like {ID}, but for answers", []),
    ],
)
def test_a_message_blames_by_id_or_by_pull_request(message, blamed):
    assert [name for name, _ in blamed_in(message)] == blamed


def test_own_words_are_without_trailers_but_with_the_one_that_blames():
    message = f"Fix it\n\nIt was late.\n\nFixes: {ID[:9]}\nCloses: #12\nSigned-off-by: Ada\nChange-Id: I12"
    assert own_words(message) == f"Fix it\n\nIt was late.\n\nFixes: {ID[:9]}"
