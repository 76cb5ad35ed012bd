"""Who may block: a real history, a guard that may, and the reasons for which others may not."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Repo
from hypothesis import given
from hypothesis import strategies as st
from proving import lesson, prove

from twiceshy.adapters import guardtable
from twiceshy.jobs._proof_file import Malformed, proof_path, read_proof, written
from twiceshy.jobs.proof import refusal
from twiceshy.model.guard import Guard
from twiceshy.model.proof import Judged, Proof
from twiceshy.model.rates import Rate, Targeted
from twiceshy.project import Project

IDENT = "no-verify-false"
DIGEST = "d" * 64
GUARD = Guard("g", "added", "x", culprit="a" * 40, fix="b" * 40, level="block", digest=DIGEST)


def judged(count: int, right: int) -> tuple[Judged, ...]:
    return tuple(
        Judged(f"{number:040x}", "a.py", 1, "x", number < right, "Ada <ada@example.org>", "2026-11-21")
        for number in range(count)
    )


def proof(fires: int = 3, ticked: tuple[int, int] = (3, 3), **other: Any) -> Proof:
    values: dict[str, Any] = {"commits": 1782, "culprit_caught": True, "fix_silent": True, "after_lesson": 0}
    values |= {"targeted": None, "made": "2026-11-21", "head": "c" * 40, "guard": "g", "digest": DIGEST}
    return Proof(**values | {"fires": fires, "judged": judged(*ticked)} | other)


def said(made: Proof) -> str:
    return refusal(GUARD, written(made).encode())


def test_a_proof_of_the_guard_that_catches_spares_is_quiet_and_was_found_right_lets_it_block():
    assert said(proof()) == ""
    assert said(proof(fires=20, commits=10_000, ticked=(10, 7))) == ""
    assert said(proof(targeted=Targeted(Rate(1, 2), Rate(0, 5)), after_lesson=None)) == ""


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (proof(guard="other"), "its proof is of another guard, other"),
        (proof(digest="e" * 64), "its proof is of another version of it"),
        (proof(culprit_caught=False), "its proof says that it is silent on its culprit"),
        (proof(culprit_caught=None), "its proof says that it is silent on its culprit"),
        (proof(fix_silent=False), "its proof says that it fires on its fix"),
        (proof(fires=4, ticked=(4, 4)), "it fires on 4 of 1,782 commits, which is more than 2 per 1,000"),
        (proof(fires=3, commits=900), "it fires on 3 of 900 commits, which is more than 2 per 1,000"),
        (proof(fires=12, commits=9000, ticked=(9, 9)), "only 9 of 10 fires are judged"),
        (proof(ticked=(2, 2)), "only 2 of 3 fires are judged"),
        (proof(fires=0, ticked=(0, 0)), "only 0 of 1 fires are judged"),
        (proof(fires=10, commits=9000, ticked=(10, 6)), "only 6 of 10 fires were found right, of 10 it takes 7"),
        (proof(ticked=(3, 2)), "only 2 of 3 fires were found right, of 10 it takes 7"),
    ],
)
def test_every_other_proof_is_refused_for_its_own_reason(made, reason):
    assert said(made) == reason


def test_a_guard_without_a_proof_or_without_its_commits_may_not_block():
    assert refusal(GUARD, None) == "it has no proof"
    assert refusal(Guard("g", "added", "x", fix="b"), None) == "it names no culprit commit"
    assert refusal(Guard("g", "added", "x", culprit="b"), None) == "it names no fix commit"
    bare = Guard("g", "added", "x", culprit="a", fix="b")
    assert refusal(bare, written(proof(digest="")).encode()) == "its proof is of another version of it"


def altered(change: Callable[[dict[str, Any]], object]) -> bytes:
    values = json.loads(written(proof()))
    change(values)
    return json.dumps(values).encode()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "it is not JSON in UTF-8"),
        (b"\xff", "it is not JSON in UTF-8"),
        (b"[" * 100_000, "it is not JSON in UTF-8"),
        (b"[]", "it is not a JSON object"),
        (b"{}", "version is not a count"),
        (b'{"fires": NaN}', "NaN is no number"),
        (b'{"fires": 1, "fires": 0}', "a key stands twice"),
        (b'{"fires": ' + b"9" * 5000 + b"}", "it is not JSON in UTF-8"),
        (b" " * 2_000_000, "it is too large"),
        (altered(lambda v: v.update(version=2)), "version 2 is not known here"),
        (altered(lambda v: v.update(fires=-1)), "fires is not a count"),
        (altered(lambda v: v.update(fires=True)), "fires is not a count"),
        (altered(lambda v: v.update(fires=1.5)), "fires is not a count"),
        (altered(lambda v: v.update(commits=1)), "there are more fires than commits"),
        (altered(lambda v: v.update(fires=1)), "there are more verdicts than fires"),
        (altered(lambda v: v.update(culprit_caught="yes")), "culprit_caught is neither true, false nor null"),
        (altered(lambda v: v.update(judged={})), "judged is a list"),
        (altered(lambda v: v["judged"].append(v["judged"][0])), "0000000000 is judged twice"),
        (altered(lambda v: v["judged"][0].update(verdict=1)), "the verdict on 0000000000 is neither true nor false"),
        (altered(lambda v: v["judged"][0].update(by=" ")), "nobody signed the verdict on 0000000000"),
        (altered(lambda v: v["judged"][0].update(commit="0")), "a verdict names no commit by its full id"),
        (altered(lambda v: v["judged"][0].update(on="today")), "on is not a day (YYYY-MM-DD)"),
        (
            altered(lambda v: v.update(targeted={"counts": {"fires": [3, 2], "control": [0, 0]}})),
            "targeted: counts are",
        ),
    ],
)
def test_a_file_that_is_no_proof_says_what_is_wrong_with_it(raw, reason):
    assert refusal(GUARD, raw).startswith(f"its proof cannot be read: {reason}")


@given(st.binary(max_size=300))
def test_any_bytes_refuse_in_words(raw):
    assert refusal(GUARD, raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5), st.lists, max_leaves=4
)


@given(st.sampled_from(sorted(json.loads(written(proof())))), JSON)
def test_any_value_in_the_place_of_another_is_understood_or_refused(key, value):
    raw = altered(lambda values: values.update({key: value}))
    try:
        assert read_proof(raw).guard
    except Malformed as error:
        assert str(error)


@given(st.text(max_size=20), st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.booleans())
def test_what_is_written_is_read_as_it_was(path, text, verdict):
    path = path.encode("utf-8", "replace").decode()
    made = proof(1, (0, 0), judged=(Judged("a" * 40, path, 0, text, verdict, "Ada <a@b.c>", "2026-01-02"),))
    assert read_proof(written(made).encode()) == made


@given(st.text(min_size=1, max_size=30))
def test_no_id_leads_out_of_the_folder_of_proofs(ident):
    path = proof_path(ident.encode("utf-8", "replace").decode())
    assert path.startswith(".twiceshy/proofs/")
    assert path.count("/") == 2
    assert not path.startswith(".twiceshy/proofs/.")


# On real histories ---------------------------------------------------------------------------------------------------


@pytest.fixture
def story(repo: Repo) -> Repo:
    """A mistake, its fix, and a lesson whose guard wants to block."""
    repo.write("client.py", "get(u)\n")
    repo.commit("first")
    repo.write("client.py", "get(u, verify=False)\n")
    culprit = repo.commit("faster tests")
    repo.write("client.py", "get(u)\n")
    fix = repo.commit("Fix: check again")
    repo.write("LESSONS.md", lesson(culprit, fix, "level: block\n"))
    repo.commit("lesson")
    return repo


def unproved(repo: Repo) -> list[str]:
    with Project.open(repo.root) as project:
        return [found.message for found in project.lint().findings if found.rule == "unproved-block"]


def level(repo: Repo) -> list[str]:
    """How loud the guard speaks about what is staged."""
    repo.write("other.py", "get(u, verify=False)\n")
    repo.git("add", "other.py")
    with Project.open(repo.root) as project:
        return [found.level for found in project.check(project.git.diff_staged()).findings]


def test_a_guard_that_was_tried_and_ticked_blocks_and_lint_is_silent(story):
    assert unproved(story) == [f"{IDENT} speaks as warn, not block: it has no proof"]
    assert level(story) == ["warn"]
    prove(story, IDENT)
    assert unproved(story) == []
    assert level(story) == ["block"]


def test_a_guard_that_was_changed_or_found_wrong_or_not_looked_at_warns(story):
    prove(story, IDENT, wrong=1)
    assert unproved(story) == [
        f"{IDENT} speaks as warn, not block: only 0 of 1 fires were found right, of 10 it takes 7"
    ]
    (story.root / proof_path(IDENT)).unlink()
    prove(story, IDENT)
    lesson = (story.root / "LESSONS.md").read_text()
    story.write("LESSONS.md", lesson.replace("added: 'verify=False'", "added: 'verify=F'"))
    assert unproved(story) == [f"{IDENT} speaks as warn, not block: its proof is of another version of it"]
    assert level(story) == ["warn"]


def test_a_proof_that_is_taken_away_or_spoilt_is_noticed_at_once(story):
    prove(story, IDENT)
    path = story.root / proof_path(IDENT)
    kept = path.read_bytes()
    assert level(story) == ["block"]
    path.write_bytes(kept.replace(b'"verdict": true', b'"verdict": false'))
    assert level(story) == ["warn"]
    path.write_bytes(b"<<<<<<< " + kept)
    assert level(story) == ["warn"]
    path.unlink()
    assert level(story) == ["warn"]
    path.write_bytes(kept)
    assert level(story) == ["block"]


def test_a_guard_that_speaks_too_often_may_not_block(story):
    for number in range(3):
        story.write(f"more{number}.py", "get(u, verify=False)\n")
        story.commit("more")
    prove(story, IDENT)
    assert unproved(story) == [
        f"{IDENT} speaks as warn, not block: it fires on 4 of 7 commits, which is more than 2 per 1,000"
    ]


def test_what_a_proof_says_of_its_commits_is_tried_again_where_they_are(story):
    prove(story, IDENT)
    lesson = (story.root / "LESSONS.md").read_text()
    first = story.git("rev-list", "--max-parents=0", "HEAD").strip()
    for key, reason in (("culprit", "silent on its culprit"), ("fix", "")):
        named = lesson.split(f"{key}: ")[1].split("\n")[0]
        story.write("LESSONS.md", lesson.replace(f"{key}: {named}", f"{key}: {first}"))
        assert [reason in message for message in unproved(story)] == ([True] if reason else [])
    story.write("LESSONS.md", lesson.replace(f"culprit: {lesson.split('culprit: ')[1][:10]}", "culprit: 0123456789"))
    assert ["its culprit 0123456789 is not in this history" in message for message in unproved(story)] == [True]


def test_a_shallow_clone_believes_the_proof_where_it_lacks_the_commits(story, repo_factory):
    prove(story, IDENT)
    story.commit("proof")
    clone = repo_factory()
    clone.git("fetch", "--quiet", "--depth=1", story.root.as_uri(), "main")
    clone.git("checkout", "--quiet", "FETCH_HEAD")
    assert unproved(clone) == []
    assert level(clone) == ["block"]


def test_a_proof_that_quotes_a_suppression_or_the_mistake_is_no_finding(story):
    story.write("client.py", "get(u, verify=False)  # twiceshy: ignore[no-verify-false] for ever\n")
    story.commit("once more")
    prove(story, IDENT)
    story.git("add", ".twiceshy")
    assert "ignore[" in (story.root / proof_path(IDENT)).read_text()
    with Project.open(story.root) as project:
        assert project.check(project.git.diff_staged()).findings == ()
        assert [found.location.path for found in project.lint().findings] == ["client.py"]


def hooked(repo: Repo) -> str:
    """What the agent's hook decides about a call that repeats the mistake."""
    asked = {"file_path": str(repo.root / "other.py"), "content": "get(u, verify=False)\n"}
    event = {"hook_event_name": "PreToolUse", "session_id": "s", "cwd": str(repo.root), "tool_name": "Write"}
    command = [sys.executable, "-m", "twiceshy", "hook"]
    told = json.dumps(event | {"tool_input": asked}).encode()
    done = subprocess.run(command, input=told, capture_output=True, check=True, cwd=repo.root)
    said = json.loads(done.stdout)["hookSpecificOutput"] if done.stdout else {}
    return str(said.get("permissionDecision", "not denied"))


def test_the_agents_hook_notices_a_proof_that_comes_changes_or_goes(story):
    path = story.root / proof_path(IDENT)
    assert hooked(story) == "not denied"
    time.sleep(0.1)  # past the moment in which a file may change again unseen
    assert hooked(story) == "not denied"
    prove(story, IDENT)
    assert hooked(story) == "deny"
    kept = path.read_bytes()
    time.sleep(0.1)
    assert hooked(story) == "deny"
    path.write_bytes(kept.replace(b'"verdict": true', b'"verdict": false'))
    assert hooked(story) == "not denied"
    path.write_bytes(kept)
    time.sleep(0.1)
    assert hooked(story) == "deny"
    path.unlink()
    assert hooked(story) == "not denied"


def between(repo: Repo, base: str, head: str) -> list[str]:
    with Project.open(repo.root) as project:
        report = project.check_range(base, head, parted=False)
    return [f"{found.level} {found.rule}" for found in report.findings if found.is_guard]


def repeat(repo: Repo) -> str:
    repo.write("other.py", "get(u, verify=False)\n")
    return repo.commit("the same again")


def test_a_range_is_judged_by_the_proofs_of_its_base(story):
    unproven = story.git("rev-parse", "HEAD").strip()
    prove(story, IDENT)
    base = story.commit("proof")
    (story.root / proof_path(IDENT)).unlink()
    assert between(story, base, repeat(story)) == [f"block {IDENT}"]
    assert between(story, unproven, base) == []
    story.git("checkout", "--quiet", base)
    assert between(story, unproven, repeat(story)) == [f"warn {IDENT}"], (
        "the base knows the guard, and had no proof of it"
    )


def test_a_proof_that_comes_with_its_guard_in_the_same_change_counts_from_the_next_one_on(story):
    before = story.git("rev-parse", "HEAD~1").strip()
    prove(story, IDENT)
    assert between(story, before, repeat(story)) == [f"warn {IDENT}"]


def test_judging_a_range_leaves_the_hooks_guards_as_the_working_tree_has_them(story):
    prove(story, IDENT)
    base = story.commit("proof")
    (story.root / proof_path(IDENT)).unlink()
    assert between(story, base, repeat(story)) == [f"block {IDENT}"]
    with Project.open(story.root) as project:
        table = guardtable.open_table(guardtable.table_path(project.place.caches))
    assert table is not None
    levels = [entry.level for entry in table.candidates({"added": lambda: "get(u, verify=False)"})]
    table.close()
    assert levels == ["warn"]
