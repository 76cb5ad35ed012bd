"""What guards would have said, on small real histories: every engine, every figure, and what became of lines."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from conftest import Repo

from twiceshy.errors import GitError, UsageError
from twiceshy.jobs.backtest.control import kind_of
from twiceshy.jobs.backtest.hunks import hunk_of
from twiceshy.jobs.backtest.order import spread, to_judge
from twiceshy.model.backtest import Backtest
from twiceshy.project import Project

Day = Callable[[str], None]
LOG = "# Lessons\n\n## {date}: Once\n\n- **Happened:** a\n- **Rule:** b\n"


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    """Sets the day on which what follows is committed."""
    return lambda text: monkeypatch.setenv("GIT_COMMITTER_DATE", f"{text}T12:00:00+00:00")


def guard(ident: str, looks: str, more: str = "") -> str:
    return f"\n```yaml guard\nid: {ident}\n{looks}\nbad: x\ngood: y\n{more}```\n"


def told(repo: Repo, *guards: str, date: str = "2026-01-02", **asked: object) -> dict[str, Backtest]:
    """What the guards of one lesson would have said, by id."""
    repo.write("LESSONS.md", LOG.format(date=date) + "".join(guards))
    with Project.open(repo.root) as project:
        return {test.backtest.subject.guard.id: test.backtest for test in project.backtest(**asked)}


def places(test: Backtest) -> list[str]:
    return [f"{fire.commit.subject}: {fire.spots[0].path}:{fire.spots[0].line}" for fire in test.fires]


def test_every_engine_is_tried_on_the_past(repo):
    repo.write("a.py", "def f():\n    call(1)\n")
    repo.write("requirements.txt", "requests==2.31.0\n")
    repo.write("run.sh", "sudo rm -r --force build\n")
    repo.write("last.log", "ok\nTraceback: no\n")
    repo.write("schema.py", "x\n")
    repo.commit("one")
    repo.write("a.py", "def f():\n    other()\n")
    repo.write("schema.py", "y\n")
    repo.write("schema.md", "y\n")
    repo.commit("two")
    repo.write("schema.py", "z\n")
    repo.commit("three")
    found = told(
        repo,
        guard("added", r"added: 'call\('"),
        guard("removed", r"removed: 'call\('"),
        guard("ast", "ast: {lang: python, pattern: 'call($$$)'}"),
        guard("dependency", "dependency: 'requests <2.32'"),
        guard("command", "command: 'rm -rf'"),
        guard("error", "error: 'Traceback'"),
        guard("pair", "pair: {changed: schema.py, unchanged: schema.md}"),
        guard("path", "path: '*.md'"),
    )
    assert {ident: places(test) for ident, test in found.items()} == {
        "added": ["one: a.py:2"],
        "removed": ["two: a.py:2"],
        "ast": ["one: a.py:2"],
        "dependency": ["one: requirements.txt:1"],
        "command": ["one: run.sh:1"],
        "error": ["one: last.log:2"],
        "pair": ["one: schema.py:1", "three: schema.py:1"],
        "path": ["two: schema.md:1"],
    }
    assert {test.commits for test in found.values()} == {3}


def test_history_says_that_it_cannot_judge_commands_and_logs_it_does_not_hold(repo):
    repo.write("a.py", "rm -rf build\nTraceback\n")
    repo.commit("one")
    found = told(repo, guard("c", "command: 'rm -rf'"), guard("e", "error: 'Traceback'"))
    assert "no shell scripts" in found["c"].cannot
    assert "there are none in this history" in found["e"].cannot
    assert "looks" not in found


def test_guards_that_need_whole_files_say_the_same_the_second_time_and_after_more_commits(repo):
    looks = guard("with", r"added: 'open\('", "without: {in: function, pattern: 'close'}\n")
    looks += guard("ast", "ast: {lang: python, pattern: 'open($$$)'}")
    repo.write("a.py", "def f():\n    open(1)\n")
    repo.commit("one")
    repo.write("b.py", "def f():\n    open(1)\n    close(1)\n")
    repo.commit("two")
    first = {ident: places(test) for ident, test in told(repo, looks).items()}
    assert first == {"with": ["one: a.py:2"], "ast": ["one: a.py:2", "two: b.py:2"]}
    assert {ident: places(test) for ident, test in told(repo, looks).items()} == first
    repo.write("c.py", "open(3)\n")
    repo.commit("three")
    assert places(told(repo, looks)["with"]) == ["one: a.py:2", "three: c.py:1"]


def test_merges_do_not_count_and_their_sides_do(repo):
    repo.write("a.py", "x\n")
    repo.commit("first")
    repo.git("checkout", "--quiet", "-b", "side")
    repo.write("b.py", "call(1)\n")
    repo.commit("on the side")
    repo.git("checkout", "--quiet", "main")
    repo.write("a.py", "y\n")
    repo.commit("on main")
    repo.git("merge", "--quiet", "--no-edit", "side")
    found = told(repo, guard("g", r"added: 'call\('"))["g"]
    assert places(found) == ["on the side: b.py:1"]
    assert found.commits == 3


def test_the_figures_are_about_the_culprit_the_fix_and_the_day_of_the_lesson(repo, day):
    day("2024-01-01")
    repo.write("a.py", "call(1)\n")
    culprit = repo.commit("one")
    day("2024-02-01")
    repo.write("a.py", "call(1, safe)\n")
    fix = repo.commit("two")
    day("2025-02-01")
    repo.write("b.py", "call(2)\n")
    repo.commit("three")
    looks = guard("g", r"added: 'call\('", f"unless: safe\nculprit: {culprit[:9]}\nfix: {fix}\n")
    found = told(repo, looks, guard("blind", "added: nothing", f"culprit: {fix}\nfix: 0123456789\n"), date="2024-02-15")
    tried = found["g"]
    assert (tried.culprit_caught, tried.fix_silent, tried.after_lesson) == (True, True, 1)
    assert (tried.first, tried.last) == ("2024-01-01", "2025-02-01")
    assert tried.marks == (("culprit", "2024-01-01"), ("fix", "2024-02-01"), ("lesson", "2024-02-15"))
    assert (found["blind"].culprit_caught, found["blind"].fix_silent) == (False, None)
    assert tried.targeted is None


def test_a_part_of_history_is_what_was_asked_for_and_proves_nothing(repo, day):
    day("2024-01-01")
    repo.write("src/a.py", "call(1)\n")
    repo.commit("one")
    repo.git("checkout", "--quiet", "-b", "release")
    repo.write("notes", "1\n")
    repo.commit("release")
    repo.git("tag", "v1")
    repo.git("checkout", "--quiet", "main")
    day("2025-01-01")
    repo.write("b.py", "call(1)\n")
    repo.commit("two")
    looks = guard("g", r"added: 'call\('")
    assert [place[:3] for place in places(told(repo, looks, since="2024-06-01")["g"])] == ["two"]
    assert [place[:3] for place in places(told(repo, looks, since="v1")["g"])] == ["two"]
    only = told(repo, looks, paths=["src/**"])["g"]
    assert ([place[:3] for place in places(only)], only.commits, only.narrowed) == (["one"], 1, True)
    assert not told(repo, looks)["g"].narrowed
    for since, error in (("2024-13-01", UsageError), ("nowhere", GitError)):
        with pytest.raises(error):
            told(repo, looks, since=since)


def test_guards_are_named_by_their_ids_or_their_lessons(repo):
    repo.write("a.py", "x\n")
    repo.commit("one")
    both = (guard("a", "added: x"), guard("b", "added: y"))
    assert list(told(repo, *both, names=["b"])) == ["b"]
    with Project.open(repo.root) as project:
        (lesson,) = [card.id for card in project.lessons()]
    assert list(told(repo, *both, names=[lesson])) == ["a", "b"]
    with pytest.raises(UsageError):
        told(repo, *both, names=["c"])


# What became of it ---------------------------------------------------------------------------------------------------

FILLER = "".join(f"line {number} of the file\n" for number in range(30))


def undone(repo: Repo, looks: str = r"added: 'call\('") -> list[bool]:
    return [bool(fire.undone_by) for fire in told(repo, guard("g", looks))["g"].fires]


def test_a_small_fix_that_takes_the_line_out_is_found_also_after_a_rename(repo):
    repo.write("a.py", FILLER + "call(1)\n")
    repo.commit("one")
    repo.git("mv", "a.py", "b.py")
    repo.commit("Rename")
    repo.git("mv", "b.py", "c.py")
    repo.commit("Rename again")
    repo.write("c.py", FILLER)
    fix = repo.commit("Fix the call")
    (fire,) = told(repo, guard("g", r"added: 'call\('"))["g"].fires
    assert fire.undone_by == fix


@pytest.mark.parametrize(
    ("message", "now"),
    [
        ("Tidy up", FILLER),
        ("Fix the rest", FILLER + "call(1)\nmore\n"),
        ("Fix: call it otherwise", FILLER + "call(2)\n"),
        ("Fix everything anew", "nothing\n" * 3 + "left\n"),
    ],
)
def test_what_is_no_fix_or_leaves_the_pattern_there_or_removes_much_does_not_count(repo, message, now):
    repo.write("a.py", FILLER + FILLER + "call(1)\n")
    repo.commit("one")
    repo.write("a.py", now if len(now) < 40 else FILLER + now)
    repo.commit(message)
    assert not any(undone(repo))


def test_for_what_was_removed_a_fix_puts_it_in_again(repo):
    repo.write("a.py", FILLER + "check(1)\n")
    repo.commit("one")
    repo.write("a.py", FILLER)
    repo.commit("two")
    repo.write("a.py", FILLER + "check(1)\n")
    repo.commit("Revert two")
    assert undone(repo, r"removed: 'check\('") == [True]


def long_history(repo: Repo) -> None:
    """Forty calls, each of its own commit beside a plain line like it; every second call is fixed soon."""
    for number in range(40):
        repo.write(f"call{number}.py", f"call({number})\n{'value = 1' if number % 2 else ''}\n")
        repo.commit("call")
        repo.write(f"plain{number}.py", f"plain line {number}\nother\n")
        repo.commit("plain")
        if number % 2:
            repo.write(f"call{number}.py", "value = 1\n")
            repo.commit("fix it")


def test_from_thirty_fires_on_there_is_a_rate_with_a_control_that_is_always_the_same(repo):
    long_history(repo)
    looks = guard("g", r"added: '^call\('")
    found = told(repo, looks)["g"].targeted
    assert (found.fires.hits, found.fires.of) == (20, 40)
    assert found.control.hits == 0
    assert found.control.of > 100
    assert told(repo, looks)["g"].targeted == found
    assert told(repo, guard("g", "path: 'call*.py'"))["g"].targeted is None


def test_the_control_is_of_files_of_the_same_kind():
    assert kind_of("a/b.py") == kind_of("c.pyi") == "python"
    assert kind_of("Makefile") == "Makefile"
    assert kind_of("a/x.RST") == ".rst"


# What a person sees --------------------------------------------------------------------------------------------------


def test_fires_to_judge_begin_with_the_culprit_and_are_spread_over_time(repo):
    assert spread(range(8)) == [0, 4, 2, 6, 1, 5, 3, 7]
    assert spread([]) == []
    assert sorted(spread(range(37))) == list(range(37))
    shas = []
    for number in range(12):
        repo.write("a.py", f"call({number})\n")
        shas.append(repo.commit(str(number)))
    found = told(repo, guard("g", r"added: 'call\('", f"culprit: {shas[7]}\n"))["g"]
    order = [fire.commit.subject for fire in to_judge(found)]
    assert order[:3] == ["7", "0", "9"]
    assert sorted(order, key=int) == [str(number) for number in range(12)]


def test_the_hunk_of_a_fire_shows_what_went_what_came_and_what_stayed(repo):
    repo.write("a.py", "1\n2\n3\n4\n5\n6\n7\n8\n9\n")
    repo.commit("one")
    repo.write("a.py", "1\n2\n3\n4\ncall(5)\n6\n7\n8\n9\n")
    repo.commit("two")
    repo.write("LESSONS.md", LOG.format(date="2026-01-02") + guard("g", r"added: 'call\('"))
    with Project.open(repo.root) as project:
        (test,) = project.backtest()
        lines = hunk_of(project.history, test.backtest.fires[0])
    assert lines == [
        (" ", 2, "2"),
        (" ", 3, "3"),
        (" ", 4, "4"),
        ("-", 5, "5"),
        ("+", 5, "call(5)"),
        (" ", 6, "6"),
        (" ", 7, "7"),
        (" ", 8, "8"),
    ]


def test_an_empty_repository_and_one_without_guards_have_nothing_to_tell(repo):
    assert told(repo) == {}
    found = told(repo, guard("g", "added: x"))["g"]
    assert (found.commits, found.fires) == (0, ())
    assert json.dumps(found.marks) == '[["lesson", "2026-01-02"]]'
