"""Guards are proposed from real commits: each form where it fits, and nothing where nothing does."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twiceshy.adapters.git import GitRepository
from twiceshy.adapters.history import History
from twiceshy.errors import GitError, TwiceshyError, UsageError
from twiceshy.guards import fires, fires_on_example, validate
from twiceshy.jobs.suggest import Scene, ranked, suggest
from twiceshy.markdown.guard_draft import block_of, guard_in
from twiceshy.model.change import Change, ChangedFile, Hunk, lines_of

PATH = "src/store.py"


class Told:
    """A repository in which a file was written, spoilt and mended."""

    def __init__(self, repo):
        self.repo = repo
        self.git = GitRepository.open(repo.root)

    def commit(self, files, message="something"):
        for path, content in files.items():
            self.repo.write(path, content)
        return self.repo.commit(message)

    def suggest(self, fix="HEAD", culprit="", limit=3):
        git = self.git
        history = History(str(git.root), str(git.git_dir), str(git.common_dir))
        try:
            history.update(git.head())
            return suggest(fix, culprit, git, history, limit)
        finally:
            history.close()

    def proved(self, found):
        """Every guard that is offered, once it is shown to do what is said of it."""
        for one in found.offered:
            validate(one.guard)
            assert any(True for _ in fires(one.guard, Change(self.git.diff_commit(found.culprit)))), one.what
            assert not any(True for _ in fires(one.guard, Change(self.git.diff_commit(found.fix)))), one.what
            assert one.guard.bad
            assert one.guard.good
            assert all(fires_on_example(one.guard, example) for example in one.guard.bad)
            assert not any(fires_on_example(one.guard, example) for example in one.guard.good)
        return found.offered


@pytest.fixture
def told(repo):
    made = Told(repo)
    yield made
    made.git.close()


def three(told, before, spoilt, mended, path=PATH, message="Wait for the store"):
    """A file as it was, as the culprit left it and as the fix did; gives back the two commits."""
    told.commit({path: before}, "begin")
    culprit = told.commit({path: spoilt}, "make it faster")
    return culprit, told.commit({path: mended}, message)


START = "def publish(archive, store):\n    check(archive)\n    store.upload(archive)\n"


def test_a_stretch_of_a_line_that_the_fix_exchanged(told):
    culprit, _ = three(
        told,
        START,
        START + "    return read_timeout(store, seconds=900)\n",
        START + "    return read_timeout(store, millis=900)\n",
    )
    found = told.suggest()
    assert found.culprit == culprit
    line = next(one for one in told.proved(found) if one.form == "line")
    assert line.keys["added"] == r"\bstore\s*,\s*seconds\b"
    assert line.keys["paths"] == [PATH]


def test_a_call_that_lacks_an_argument_is_told_from_one_that_has_it(told):
    three(
        told,
        START,
        START + "    store.put_part(archive, retries=3)\n",
        START + "    store.put_part(archive, retries=3, wait=True)\n",
    )
    forms = {one.form: one for one in told.proved(told.suggest(limit=9))}
    assert forms["flag"].guard.unless == r"\bwait\s*=\s*True\b"
    assert forms["call"].keys["ast"] == {"lang": "python", "pattern": "store.put_part($A, $B)"}
    assert forms["check"].guard.without.place == "function"


def test_a_function_that_lacks_a_check(told):
    spoilt = START + "\n\ndef owner_of(archive):\n    label = archive.manifest.owner\n    return label\n"
    mended = spoilt.replace("    label =", "    if archive.manifest is None:\n        return ''\n    label =")
    three(told, START, spoilt, mended, message="Archives without a manifest have no owner")
    check = next(one for one in told.proved(told.suggest()) if one.form == "check")
    assert check.keys["without"] == {"in": "function", "pattern": r"\barchive\.manifest\s+is\s+None\b"}
    assert "message speaks of" in " ".join(check.reasons)


def test_what_was_taken_out_and_had_to_come_back(told):
    before = START.replace("    store.upload", "    ensure_backup(archive, copies=2)\n    store.upload")
    _, fix = three(told, before, START, before, message="Bring the backup back")
    culprit = told.repo.git("rev-parse", f"{fix}~1").strip()
    gone = told.proved(told.suggest(fix, culprit))[0]
    assert gone.form == "gone"
    assert gone.guard.engine == "removed"


def test_a_statement_on_the_wrong_side_of_another_in_c(told):
    body = "int setup(struct conn *c)\n{\n%s  return c->ready;\n}\n"
    reset, attach = "  c->drain_total = reset_drain(c);\n", "  if(c->attached)\n    return attach_again(c);\n"
    begin = body % ""
    culprit, _ = three(told, begin, body % (reset + attach), body % (attach + reset), "lib/conn.c", "Reset drain later")
    found = told.suggest(culprit=culprit)
    assert next(one for one in told.proved(found) if one.form == "order").guard.engine == "ast"


def test_a_second_file_that_had_to_follow(told):
    told.commit({"src/options.py": "OPTION_ONE = 1\n", "src/names.py": "NAMES = [OPTION_ONE]\n"}, "begin")
    culprit = told.commit({"src/options.py": "OPTION_ONE = 1\nOPTION_QUIET = 2\n"}, "An option to be quiet")
    told.commit({"src/names.py": "NAMES = [OPTION_ONE, OPTION_QUIET]\n"}, "The option quiet has a name as well")
    found = told.suggest(culprit=culprit)
    pair = next(one for one in told.proved(found) if one.form == "pair")
    assert pair.keys["pair"] == {"changed": "src/options.py", "unchanged": "src/names.py"}
    assert pair.keys["when-added"] == r"\bOPTION_QUIET\b"


def test_a_version_that_the_fix_went_back_from(told):
    culprit, _ = three(
        told,
        "requests==2.30.0\n",
        "requests==2.31.0\n",
        "requests==2.30.0\n",
        "requirements.txt",
        "requests 2.31 hangs",
    )
    version = told.proved(told.suggest(culprit=culprit))[0]
    assert version.keys["dependency"] == {"name": "requests", "range": ">=2.31.0", "ecosystem": "pypi"}


# Whose mistake it was -------------------------------------------------------------------------------------------------

SPOILT = START + "    return read_timeout(store, seconds=900)\n"
MENDED = START + "    return read_timeout(store, millis=900)\n"


@pytest.mark.parametrize("words", ["Fixes: {}", "This was introduced in {}.", "A regression from commit {}"])
def test_the_culprit_is_whom_the_message_blames(told, words):
    told.commit({PATH: START}, "begin")
    blamed = told.commit({PATH: SPOILT}, "make it faster")
    told.commit({PATH: SPOILT.replace("check(", "verify(")}, "rename")
    told.commit({PATH: MENDED.replace("check(", "verify(")}, f"Milliseconds\n\n{words.format(blamed[:10])}")
    found = told.suggest()
    assert (found.culprit, found.how[:12]) == (blamed, "the fix says")
    assert told.proved(found)


def test_the_culprit_is_the_pull_request_that_the_message_blames(told):
    told.commit({PATH: START}, "begin")
    blamed = told.commit({PATH: SPOILT}, "make it faster (#12)")
    told.commit({PATH: MENDED}, "Milliseconds\n\nRegression from #12.")
    assert told.suggest().culprit == blamed


def test_else_it_is_who_wrote_the_lines_that_the_fix_took_out(told):
    culprit, _ = three(told, START, SPOILT, MENDED)
    found = told.suggest()
    assert (found.culprit, found.how) == (culprit, "it wrote 1 of the 1 lines that the fix took out")


def test_for_a_fix_that_only_adds_it_is_who_was_last_in_that_function(told, monkeypatch):
    told.commit({PATH: START}, "begin")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-01-03T00:00:00+00:00")
    culprit = told.commit({PATH: START + "    store.finish(archive)\n"}, "finish")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-01-04T00:00:00+00:00")
    told.commit({"README.txt": "hello\n"}, "hello")
    told.commit({PATH: START + "    store.finish(archive)\n    store.close()\n"}, "close")
    found = told.suggest()
    assert (found.culprit, found.how) == (culprit, "it was the last to touch the function that the fix added to")


# What cannot be answered ----------------------------------------------------------------------------------------------


def test_a_commit_that_is_not_here(told):
    told.commit({PATH: START})
    with pytest.raises(GitError, match="no such revision"):
        told.suggest("0123456789")


def test_a_merge_is_refused_and_a_merge_as_culprit_has_no_lines(told):
    base = told.commit({PATH: START})
    told.repo.git("switch", "--quiet", "--create", "side")
    told.commit({"other.py": "x = 1\n"})
    told.repo.git("switch", "--quiet", "main")
    told.commit({"third.py": "y = 1\n"})
    told.repo.git("merge", "--quiet", "--no-edit", "side")
    with pytest.raises(UsageError, match="is a merge"):
        told.suggest()
    merge = told.git.head()
    told.commit({PATH: SPOILT})
    assert "is a merge" in told.suggest(culprit=merge).none
    with pytest.raises(UsageError, match="its own culprit"):
        told.suggest(culprit="HEAD")
    assert told.git.has(base)


def test_the_first_commit_of_all_mends_nothing(told):
    told.commit({PATH: START})
    found = told.suggest()
    assert (found.culprit, found.offered) == ("", ())
    assert "first commit of all" in found.none


def test_a_fix_of_a_picture_or_of_prose_has_no_guard(told):
    told.commit({"a.png": b"\x89PNG\0\1", "README.md": "one\n"})
    told.commit({"a.png": b"\x89PNG\0\2", "README.md": "two\n"})
    found = told.suggest()
    assert (found.offered, found.held) == ((), 0)
    assert found.none.startswith("no guard fits")


def test_a_fix_that_only_tidies_up_is_not_offered_a_guard(told):
    culprit, _ = three(told, START, SPOILT, MENDED, message="Fix a typo")
    found = told.suggest(culprit=culprit)
    assert found.offered == ()
    assert "tidied up" in found.none


def test_bytes_that_are_no_utf_8_are_no_obstacle(told):
    before = START.encode() + b"# caf\xe9\n"
    told.commit({PATH: before}, "begin")
    spoilt = before + b"LIMIT = read_timeout('\xe9', seconds=900)\n"
    told.commit({PATH: spoilt}, "spoil")
    told.commit({PATH: spoilt.replace(b"seconds", b"millis")}, "mend")
    assert told.proved(told.suggest())


def test_a_guard_that_speaks_too_often_is_not_offered(told):
    told.commit({PATH: START}, "begin")
    text = START
    for number in range(5):
        text += f"    wait_{number} = read_timeout(store, seconds=9)\n"
        told.commit({PATH: text}, f"more {number}")
        text = text.replace("seconds=", "millis=")
        told.commit({PATH: text}, f"Fix the unit {number}")
    found = told.suggest()
    assert found.offered == ()
    assert "would speak in 4 more of 11 commits" in found.none


def test_what_it_caught_elsewhere_that_was_mended_later_is_counted(told):
    told.commit({PATH: START}, "begin")
    for number in range(2):
        told.commit({PATH: f"{START}    read_timeout(store, seconds={number})\n"}, "faster")
        told.commit({PATH: START}, "Fix the unit")
    told.commit({PATH: SPOILT}, "faster")
    told.commit({PATH: MENDED}, "Milliseconds")
    line = next(one for one in told.suggest().offered if one.form == "line")
    assert (line.noise.commits, line.noise.fires, line.noise.mended) == (7, 2, 2)
    assert "2 other commits" in " ".join(line.reasons)


# Whatever two commits do ----------------------------------------------------------------------------------------------

WORD = st.sampled_from(
    ["read_timeout", "store", "archive", "seconds", "x", "if", "return", "'", '"', "\\", "`", "$", "é"]
)
SIGN = st.sampled_from(
    ["(", ")", "[", "]", "{", "}", ",", ".", "=", "==", "->", ":", ";", "#", "//", "/*", "+", "\t", " "]
)
LINE = st.lists(WORD | SIGN | st.text(max_size=3), max_size=9).map(lambda parts: " ".join(parts).replace("\n", ""))
TEXT = st.lists(LINE, max_size=8).map("\n".join)
NAMES = st.sampled_from(
    ["a.py", "b.c", "src/c.go", "d.unknown", "e.sh", "requirements.txt", "tests/test_f.js", "g*.py"]
)


def changed(path, before, after):
    old, new = lines_of(before), lines_of(after)
    return ChangedFile(path, [Hunk(1, old, 1, new)] if old or new else [], new=lambda: after, old=lambda: before)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(NAMES, NAMES, TEXT, TEXT, TEXT, st.text(max_size=40))
def test_whatever_the_commits_hold_each_guard_validates_catches_and_spares(
    path, other, before, spoilt, mended, message
):
    culprit = [changed(path, before, spoilt)]
    fix = [changed(path, spoilt, mended)]
    if other != path:
        fix.append(changed(other, before, mended))
    for one in ranked(Scene(culprit, fix, message)):
        guard = guard_in(block_of(one.keys))
        validate(guard)
        assert any(True for _ in fires(guard, Change(culprit)))
        assert not any(True for _ in fires(guard, Change(fix)))
        assert all(fires_on_example(guard, example) for example in guard.bad)
        assert not any(fires_on_example(guard, example) for example in guard.good)


@given(st.dictionaries(st.sampled_from(["why", "added", "bad", "good"]), st.text(min_size=1, max_size=60), min_size=1))
def test_a_block_says_what_was_put_into_it_or_is_refused(keys):
    try:
        guard = guard_in(block_of({"id": "one", "added": "x", **keys}))
    except TwiceshyError:
        return
    assert guard.why == keys.get("why", "").strip("\n")
    assert guard.pattern == keys.get("added", "x")
