"""The guard table: what goes in comes out when its words occur, and anything odd counts as no table."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twiceshy.adapters import guardcompile, guardtable
from twiceshy.adapters.guardkeys import Offer, needed, path_text
from twiceshy.adapters.guardtable import (
    Entry,
    Table,
    Watch,
    folder_stamp,
    mark_stale,
    open_table,
    stamp,
    table_path,
    write_table,
)
from twiceshy.errors import CannotWrite
from twiceshy.guards import matches_path
from twiceshy.model.glob import glob_literals
from twiceshy.model.guard import Guard
from twiceshy.surfaces.hook import _loaded

NOWHERE = Watch([], [])


def entry(ident: str, engine: str, pattern: object, **values: object) -> Entry:
    guard = Guard(ident, engine, pattern, **values)
    said = {"title": "A title", "takeaway": "A takeaway", "instead": "Something else"}
    return Entry(guard, "warn", lesson=f"lesson of {ident}", see="LESSONS.md", line=7, **said)


@pytest.fixture
def table(tmp_path: Path) -> Iterable[Callable[..., Table]]:
    opened: list[Table] = []

    def make(*entries: Entry, watch: Watch = NOWHERE) -> Table:
        path = table_path(str(tmp_path / "caches"))
        write_table(path, entries, watch)
        made = open_table(path)
        assert made is not None
        opened.append(made)
        return made

    yield make
    for one in opened:
        one.close()


def asked(table: Table, path: str = "src/a.py", **texts: str) -> list[str]:
    """Ids of the guards that may have something to say."""
    offered = {name: (lambda text=text: text) for name, text in texts.items()}
    if "command" not in texts:
        offered["path"] = lambda: path_text([path])
    return [candidate.guard.id for candidate in table.candidates(offered)]


def test_a_guard_comes_back_as_it_went_in(table) -> None:
    made = table(entry("a", "added", r"verify\s*=\s*False", paths=("src/**",), unless="localhost", level="block"))
    (found,) = made.candidates({"added": lambda: "verify=False", "path": lambda: path_text(["src/x.py"])})
    assert (found.guard.pattern, found.guard.paths, found.guard.unless) == (
        r"verify\s*=\s*False",
        ("src/**",),
        "localhost",
    )
    assert (found.level, found.lesson, found.title, found.takeaway) == ("warn", "lesson of a", "A title", "A takeaway")
    assert (found.see, found.line, found.instead) == ("LESSONS.md", 7, "Something else")


def test_each_text_has_its_own_guards(table) -> None:
    made = table(
        entry("new", "added", "frobnicate"),
        entry("gone", "removed", "frobnicate"),
        entry("anywhere", "added", "frobnicate", scope="file"),
        entry("run", "command", "frobnicate"),
        entry("never", "error", "frobnicate"),
        entry("later", "pair", {"changed": "frobnicate", "unchanged": "b"}),
    )
    assert asked(made, added="frobnicate") == ["new"]
    assert asked(made, removed="frobnicate") == ["gone"]
    assert asked(made, whole="frobnicate") == ["anywhere"]
    assert asked(made, command="frobnicate") == ["run"]
    assert made.meta["lessons"] == 6


def test_all_that_a_guard_needs_must_be_there(table) -> None:
    made = table(entry("a", "added", r"\bconnect\(.*timeout=None"), entry("b", "added", r"(one|two)three"))
    assert asked(made, added="connect(host, timeout=None)\nthree") == ["a", "b"]
    assert asked(made, added="connect(host)\nthre") == []
    assert asked(made, added="timeout=None") == []
    assert asked(made, added="reconnect(host, timeout=None)") == ["a"]


def test_a_guard_that_needs_no_words_is_found_by_its_paths(table) -> None:
    made = table(entry("a", "added", r"\d{4,}", paths=("src/api/**", "*.sql")), entry("b", "added", "[A-Z]+-[0-9]+"))
    assert asked(made, "src/api/a.py", added="x") == ["a", "b"]
    assert asked(made, "db/schema.sql", added="x") == ["a", "b"]
    assert asked(made, "src/web/a.py", added="x") == ["b"]


def test_path_guards_are_found_by_a_part_of_the_path(table) -> None:
    made = table(entry("a", "path", ["migrations/released/**", "*.lock"]), entry("b", "path", "**"))
    assert asked(made, "migrations/released/1.sql") == ["a", "b"]
    assert asked(made, "uv.lock") == ["a", "b"]
    assert asked(made, "migrations/1.sql") == ["b"]


def test_paths_narrow_a_guard_before_its_pattern_is_asked(table) -> None:
    made = table(entry("a", "added", "frobnicate", paths=("src/**", "lib/*.py")))
    assert asked(made, "lib/a.py", added="frobnicate") == ["a"]
    assert asked(made, "docs/a.py", added="frobnicate") == []


def test_a_guard_that_cannot_be_compiled_does_not_keep_the_others_out(table) -> None:
    assert asked(table(entry("a", "added", "("), entry("b", "added", "good")), added="good") == ["b"]


def test_no_text_is_made_for_which_there_is_no_guard(table) -> None:
    made = table(entry("a", "added", "good"))

    def never() -> str:
        raise AssertionError("asked in vain")

    assert list(made.candidates({"command": never, "removed": never})) == []


WORDS = st.text(alphabet="ab_9", min_size=1, max_size=6)
RUNS = st.text(alphabet=st.sampled_from("abc_9.(=-\"'\\/<& \t"), min_size=1, max_size=12)
ANYTHING = st.text(max_size=20) | st.text(alphabet='ab_9 .(é日\n\t"\\', max_size=20)


@given(st.lists(RUNS, min_size=1, max_size=3), st.lists(ANYTHING, min_size=4, max_size=4), st.booleans())
def test_what_a_guard_needs_is_found_in_any_text_that_has_it_however_it_is_sent(
    runs: list[str], around: list[str], ascii_only: bool
) -> None:
    text = around[-1] + "".join(run + other for run, other in zip(runs, around, strict=False))
    sent = json.dumps({"tool_input": {"content": text}}, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    received = _loaded(sent)["tool_input"]["content"]
    offer = Offer(received)
    words, pieces, grams = needed(runs)
    assert offer.meets(words, pieces, grams)
    offer.grams = None
    assert offer.meets(words, pieces, grams)
    assert offer.grams_among(dict.fromkeys(grams, 0).keys()) == set(grams)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=12), ANYTHING, ANYTHING)
def test_every_guard_whose_pattern_is_in_a_text_is_a_candidate(
    tmp_path: Path, patterns: list[list[str]], before: str, after: str
) -> None:
    path = table_path(str(tmp_path))
    write_table(path, [entry(str(n), "added", r"\(".join(parts)) for n, parts in enumerate(patterns)], NOWHERE)
    made = open_table(path)
    assert made is not None
    for number, parts in enumerate(patterns):
        assert str(number) in asked(made, added=before + "(".join(parts) + after)
    made.close()


SEGMENTS = st.sampled_from(["a", "b.py", "c-d", "**", "*", "*.py", "x?z", "[ab]c", "[!a]", "é"])


@given(
    st.lists(SEGMENTS, min_size=1, max_size=4),
    st.lists(st.sampled_from(["a", "b.py", "c-d", "xyz", "bc", "é"]), min_size=1),
)
def test_a_path_that_a_glob_means_has_what_the_glob_needs(glob: list[str], path: list[str]) -> None:
    if matches_path("/".join(path), ("/".join(glob),)):
        assert Offer(path_text(["/".join(path)])).meets(*needed(glob_literals("/".join(glob))))


# Freshness -----------------------------------------------------------------------------------------------------------


def settled(root: Path) -> None:
    """As if all had been written a while ago."""
    for path in [root, *root.rglob("*")]:
        os.utime(path, ns=(10**18, 10**18))


def watching(root: Path) -> Watch:
    folders = [path for path in [root, *root.rglob("*")] if path.is_dir()]
    return Watch(map(folder_stamp, map(str, folders)), [stamp(str(path)) for path in root.rglob("*.md")])


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "a.md").write_text("one")
    (root / "LESSONS.md").write_text("two")
    settled(root)
    return root


def test_a_table_is_fresh_while_nothing_changes(table, documents: Path) -> None:
    assert table(watch=watching(documents)).is_fresh(0)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "docs" / "a.md").write_text("three"),
        lambda root: (root / "docs" / "b.md").write_text("new"),
        lambda root: (root / "LESSONS.md").unlink(),
        lambda root: (root / "docs" / "a.md").rename(root / "docs" / "c.md"),
    ],
)
def test_a_changed_new_renamed_or_deleted_document_makes_it_old(table, documents: Path, change) -> None:
    made = table(watch=watching(documents))
    change(documents)
    assert not made.is_fresh(0)


def test_files_that_are_no_documents_come_and_go_without_making_it_old(table, documents: Path) -> None:
    made = table(watch=watching(documents))
    (documents / "docs" / "code.py").write_text("new")
    (documents / "other.txt").write_text("new")
    assert made.is_fresh(0)
    (documents / "more").mkdir()
    assert not made.is_fresh(0)


def test_a_file_that_was_not_there_and_now_is_makes_it_old(table, documents: Path) -> None:
    missing = documents / "twiceshy.toml"
    made = table(watch=Watch([], [stamp(str(missing))]))
    assert made.is_fresh(0)
    missing.write_text("")
    assert not made.is_fresh(0)


def test_a_document_that_changed_a_moment_ago_is_looked_at_again(table, documents: Path) -> None:
    now = time.time_ns()
    os.utime(documents / "LESSONS.md", ns=(now, now))
    assert not table(watch=watching(documents)).is_fresh(0)


def test_a_look_takes_in_the_latest_documents_and_a_part_of_the_others_in_turn(table, documents: Path) -> None:
    for number in range(500):
        path = documents / "docs" / f"{number:03}.md"
        path.write_text("")
        os.utime(path, ns=(10**18 - number, 10**18 - number))
    os.utime(documents / "docs", ns=(10**18, 10**18))
    made = table(watch=watching(documents))
    assert all(made.is_fresh(turn) for turn in range(3))
    (documents / "docs" / "450.md").write_text("changed")
    assert [made.is_fresh(turn) for turn in range(3)].count(False) == 1
    (documents / "docs" / "005.md").write_text("changed")
    assert not any(made.is_fresh(turn) for turn in range(3))


def test_a_table_can_be_marked_as_old(table, tmp_path: Path) -> None:
    assert table().is_fresh(0)
    path = table_path(str(tmp_path / "caches"))
    mark_stale(path)
    marked = open_table(path)
    assert marked is not None
    assert not marked.is_fresh(0)
    marked.close()
    mark_stale(str(tmp_path / "nothing"))


# Odd tables ----------------------------------------------------------------------------------------------------------


def test_no_table_or_a_broken_one_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "table.bin"
    assert open_table(str(path)) is None
    assert open_table(str(tmp_path)) is None
    write_table(str(path), [entry("a", "added", "good")], NOWHERE)
    whole = path.read_bytes()
    for broken in (b"", whole[:10], whole[:60], b"\0" * len(whole), whole.replace(b"guards 1", b"guards 0")):
        path.write_bytes(broken)
        assert open_table(str(path)) is None
    flipped = bytearray(whole)
    flipped[40] ^= 1
    path.write_bytes(flipped)
    assert open_table(str(path)) is None


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no such owners there")
def test_a_table_of_somebody_else_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "table.bin")
    write_table(path, [], NOWHERE)
    if os.geteuid() == 0:
        os.chown(path, 4242, -1)
    else:
        monkeypatch.setattr(guardtable.os, "geteuid", lambda: os.stat(path).st_uid + 1)
    assert open_table(path) is None


def test_a_failed_write_leaves_the_old_table_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "table.bin"
    write_table(str(path), [entry("a", "added", "good")], NOWHERE)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(guardtable.os, "replace", full)
    with pytest.raises(CannotWrite, match="No space left"):
        write_table(str(path), [], NOWHERE)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["table.bin"]


def test_a_reader_that_has_the_table_open_on_windows_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, tries = os.replace, []

    def busy(source: str, target: str) -> None:
        tries.append(source)
        if len(tries) < 3:
            raise PermissionError(13, "The process cannot access the file")
        replace(source, target)

    monkeypatch.setattr(guardtable.os, "replace", busy)
    monkeypatch.setattr(guardtable.time, "sleep", lambda _: None)
    write_table(str(tmp_path / "table.bin"), [], NOWHERE)
    assert len(tries) == 3


def test_what_a_killed_writer_left_behind_is_removed(tmp_path: Path) -> None:
    old, young = tmp_path / "guards-1-x.bin.1.tmp", tmp_path / "guards-1-x.bin.2.tmp"
    for path in (old, young):
        path.write_bytes(b"")
    os.utime(old, (1, 1))
    write_table(str(tmp_path / "guards-1-x.bin"), [], NOWHERE)
    assert not old.exists()
    assert young.exists()


def test_long_words_are_cut_before_they_are_kept(tmp_path: Path) -> None:
    guard = Guard("a", "added", "good")
    long = Entry(guard, "warn", lesson="l", title="t" * 10_000, takeaway="x" * 10_000, see="a.md", line=1)
    path = tmp_path / "table.bin"
    write_table(str(path), [long], NOWHERE)
    assert path.stat().st_size < 10_000


def test_a_guard_that_no_table_can_hold_is_left_out(table) -> None:
    made = table(entry("a", "added", "good", why=object()), entry("b", "added", "good"))
    assert asked(made, added="good") == ["b"]


# From one table to the next ------------------------------------------------------------------------------------------


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the guards that were compiled."""
    seen: list[str] = []
    needs = guardcompile.needs

    def noted(guard: Guard) -> frozenset[str]:
        seen.append(guard.id)
        return needs(guard)

    monkeypatch.setattr(guardcompile, "needs", noted)
    return seen


def test_a_guard_that_has_not_changed_is_taken_over_as_it_is(table, counted: list[str]) -> None:
    same = [entry(name, "added", name * 5, digest=name, paths=("src/**",)) for name in "abc"]
    table(*same)
    counted.clear()
    made = table(entry("new", "added", "news", digest="new"), *same[::-1])
    assert counted == ["new"]
    assert asked(made, added="aaaaa ccccc") == ["c", "a"]
    assert asked(made, added="news bbbbb") == ["new", "b"]
    assert asked(made, "docs/x.py", added="bbbbb") == []


def test_a_guard_or_a_lesson_that_has_changed_is_done_anew(table, counted: list[str]) -> None:
    table(
        entry("a", "added", "alpha", digest="1"), entry("b", "added", "beta", digest="2"), entry("c", "added", "gamma")
    )
    counted.clear()
    told = entry("b", "added", "beta", digest="2")
    told.takeaway = "Something new was learned"
    made = table(entry("a", "added", "omega", digest="3"), told, entry("c", "added", "gamma"))
    assert counted == ["a", "b", "c"]
    assert asked(made, added="alpha") == []
    (found,) = made.candidates({"added": lambda: "beta", "path": lambda: ""})
    assert found.takeaway == "Something new was learned"


def test_nothing_is_taken_over_from_other_code_or_a_damaged_table(
    table, tmp_path: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = entry("a", "added", "alpha", digest="1")
    path = Path(table_path(str(tmp_path / "caches")))
    table(one)
    damaged = bytearray(path.read_bytes())
    damaged[-20] ^= 1
    path.write_bytes(damaged)
    counted.clear()
    table(one)
    monkeypatch.setattr(guardcompile, "_code", lambda: "other")
    made = table(one)
    assert counted == ["a", "a"]
    assert asked(made, added="alpha") == ["a"]
