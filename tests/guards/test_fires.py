"""Where a guard looks and under which conditions it speaks, for what a case file cannot show."""

from __future__ import annotations

from typing import Any

import pytest

from twiceshy.errors import InvalidGuard
from twiceshy.guards import ENGINES, example_name, fires, fires_on_example, in_scope, needs, validate
from twiceshy.model.change import Change, ChangedFile, Hunk
from twiceshy.model.guard import Condition, Example, Guard


def guard(engine: str, pattern: object, **more: Any) -> Guard:
    made = Guard("here", engine, pattern, **more)
    validate(made)
    return made


def places(made: Guard, *files: ChangedFile) -> list[tuple[str, int, str]]:
    return [(match.path, match.line, match.side) for match in fires(made, Change(files))]


NEW = "import os\n\ndef a():\n    one()\n    two()\n\ndef b():\n    three()\n"
OLD = "import os\n\ndef a():\n    zero()\n    two()\n\ndef b():\n    old()\n    three()\n"


def modified(path: str = "a.py") -> ChangedFile:
    hunks = [Hunk(4, ["    zero()"], 4, ["    one()"]), Hunk(8, ["    old()"], 7, [])]
    return ChangedFile(path, hunks, new=lambda: NEW, old=lambda: OLD)


@pytest.mark.parametrize(
    ("place", "pattern", "is_there"),
    [
        ("line", r"one\(\)$", True),
        ("line", "two", False),
        ("hunk", "one", True),
        ("hunk", "zero|two", False),
        ("function", r"^def a\(", True),
        ("function", "two", True),
        ("function", "three|import", False),
        ("file", "^import os$", True),
        ("file", "three", True),
        ("file", "zero", False),
    ],
)
def test_a_condition_asks_about_its_place_and_no_other(place: str, pattern: str, is_there: bool) -> None:
    condition = Condition(place, pattern)
    found = [("a.py", 4, "new")]
    assert places(guard("added", "one", with_=condition), modified()) == (found if is_there else [])
    assert places(guard("added", "one", without=condition), modified()) == ([] if is_there else found)


@pytest.mark.parametrize(
    ("place", "pattern", "is_there"),
    [
        ("line", "old", True),
        ("hunk", "zero", False),
        ("function", "three", True),
        ("function", "two", False),
        ("file", "zero", True),
    ],
)
def test_around_a_removed_line_is_the_old_file(place: str, pattern: str, is_there: bool) -> None:
    made = guard("removed", "old", with_=Condition(place, pattern))
    assert places(made, modified()) == ([("a.py", 8, "old")] if is_there else [])


def test_where_the_file_cannot_be_read_its_hunk_is_asked() -> None:
    hunks = [Hunk(1, [], 1, ["one()\r", "two()\r"]), Hunk(9, [], 11, ["three()\r"])]
    file = ChangedFile("a.py", hunks)
    for place in ("function", "file", "hunk"):
        assert places(guard("added", "one", with_=Condition(place, r"two\(\)$")), file) == [("a.py", 1, "new")]
        assert places(guard("added", "one", with_=Condition(place, "three")), file) == []


def test_line_ends_are_no_part_of_any_place() -> None:
    text = "one()\r\ntwo()\r\n"
    file = ChangedFile("a.py", [Hunk(0, [], 1, ["one()", "two()"])], new=lambda: text)
    for place in ("function", "file", "hunk"):
        assert places(guard("added", "one", with_=Condition(place, r"^two\(\)$")), file) == [("a.py", 1, "new")]


def test_a_form_feed_does_not_move_the_lines() -> None:
    text = "a = '\x0c'\nb = '\u2028'\nkeep(a)\n"
    file = ChangedFile("a.txt", [Hunk(0, [], 3, ["keep(a)"])], new=lambda: text)
    assert places(guard("added", "keep", scope="file"), file) == [("a.txt", 3, "new")]
    assert places(guard("added", "keep", scope="function", with_=Condition("function", r"^keep")), file) == [
        ("a.txt", 3, "new")
    ]
    log = Change(output="one\x0b\x0ctwo\r\nfailed\r\n")
    assert [match.line for match in fires(guard("error", "^failed$"), log)] == [2]


def test_a_deleted_file_loses_all_its_lines() -> None:
    file = ChangedFile(
        "a.py", [Hunk(1, ["import os", "keep()"], 0, [])], status="deleted", old=lambda: "import os\nkeep()\n"
    )
    assert places(guard("removed", "keep"), file) == [("a.py", 2, "old")]
    assert places(guard("path", "a.py"), file) == [("a.py", 1, "new")]
    for scope in ("added", "function", "file"):
        assert places(guard("added", "keep|import", scope=scope), file) == []


def test_a_renamed_file_is_known_by_both_names() -> None:
    file = ChangedFile("attic/a.py", [Hunk(3, ["keep()"], 2, ["go()"])], old_path="deploy/a.py", status="renamed")
    assert places(guard("removed", "keep", paths=("deploy/",)), file) == [("attic/a.py", 3, "old")]
    assert places(guard("removed", "keep", exclude=("deploy/",)), file) == []
    assert places(guard("path", "deploy/**"), file) == [("attic/a.py", 2, "new")]
    assert places(guard("path", "attic/**"), file) == [("attic/a.py", 2, "new")]
    assert places(guard("added", "go", paths=("deploy/",)), file) == [("attic/a.py", 2, "new")]
    assert places(guard("added", "go", exclude=("attic/",)), file) == [("attic/a.py", 2, "new")]
    assert places(guard("added", "go", exclude=("deploy/",)), file) == [("attic/a.py", 2, "new")]
    assert places(guard("added", "go", paths=("attic/",)), file) == [("attic/a.py", 2, "new")]


def test_a_file_that_is_only_renamed_adds_nothing() -> None:
    file = ChangedFile("b.py", [], old_path="a.py", status="renamed", new=lambda: NEW)
    for scope in ("added", "function", "file"):
        assert places(guard("added", "one", scope=scope), file) == []


def test_a_line_that_only_moves_within_its_file_is_not_removed() -> None:
    moved = ChangedFile("a.py", [Hunk(1, ["    keep()"], 0, []), Hunk(9, [], 8, ["keep()"])])
    elsewhere = ChangedFile("b.py", [Hunk(0, [], 1, ["keep()"])])
    assert places(guard("removed", "keep"), moved) == []
    assert places(guard("removed", "keep"), ChangedFile("a.py", moved.hunks[:1]), elsewhere) == [("a.py", 1, "old")]


def test_when_added_and_when_removed_ask_the_whole_file_s_change() -> None:
    assert places(guard("added", "one", when_removed="old"), modified())
    assert not places(guard("added", "one", when_removed="three"), modified())
    assert places(guard("removed", "old", when_added="one"), modified())
    assert not places(guard("removed", "old", when_added="two"), modified())


def test_scope_reaches_lines_that_were_there_before() -> None:
    assert places(guard("added", "two|three"), modified()) == []
    assert places(guard("added", "two", scope="function"), modified()) == [("a.py", 5, "new")]
    assert places(guard("added", "import", scope="function"), modified()) == []
    assert places(guard("added", "import", scope="file"), modified()) == [("a.py", 1, "new")]


def test_only_a_guard_about_added_lines_promises_what_they_hold() -> None:
    assert needs(guard("added", "one")) == {"one"}
    assert needs(guard("added", "one", scope="file")) == set()


def test_a_place_is_named_once_even_if_several_patterns_match_there() -> None:
    assert places(guard("added", ["one", r"\(\)"]), modified()) == [("a.py", 4, "new")]


def test_a_pair_looks_at_the_whole_change_and_speaks_where_its_guard_looks() -> None:
    schema, page = ChangedFile("src/a.py", [Hunk(0, [], 5, ["x"])]), ChangedFile("docs/a.md", [])
    pair = {"changed": "src/**", "unchanged": "docs/**"}
    assert places(guard("pair", pair), schema) == [("src/a.py", 5, "new")]
    assert places(guard("pair", pair), schema, page) == []
    assert places(guard("pair", pair, paths=("src/",)), schema, page) == []
    assert places(guard("pair", pair, exclude=("src/a.py",)), schema) == []
    assert places(guard("pair", pair, paths=("lib/",)), schema) == []


def test_a_counterpart_that_is_moved_away_has_changed() -> None:
    schema = ChangedFile("src/a.py", [])
    moved = ChangedFile("old/a.md", [], old_path="docs/a.md", status="renamed")
    assert places(guard("pair", {"changed": "src/**", "unchanged": "docs/**"}), schema, moved) == []


def test_a_pair_points_at_what_was_added_or_at_the_place_of_what_was_removed() -> None:
    pair = {"changed": "a.py", "unchanged": "b.py"}
    assert places(guard("pair", pair, when_added="one"), modified()) == [("a.py", 4, "new")]
    assert places(guard("pair", pair, when_removed="old"), modified()) == [("a.py", 7, "new")]
    assert places(guard("pair", pair, when_added="one", when_removed="old"), modified()) == [("a.py", 4, "new")]
    assert places(guard("pair", pair, when_added="one", when_removed="three"), modified()) == []
    assert needs(guard("pair", pair, when_added="one", when_removed="old")) == {"one", "old"}


def test_prose_is_left_alone_unless_the_guard_names_it() -> None:
    for name in ("a.md", "docs/b.RST".lower(), "c.mdx", "d.adoc"):
        file = ChangedFile(name, [])
        assert not in_scope(guard("added", "x"), file)
        assert in_scope(guard("added", "x", paths=("**",)), file)
        assert in_scope(guard("path", "x"), file)
        assert not in_scope(guard("added", "x", paths=("**",), exclude=(name,)), file)


@pytest.mark.parametrize(
    ("engine", "pattern", "paths", "name"),
    [
        ("added", "x", (), "example.txt"),
        ("added", "x", ("src/*.py",), "src/example.py"),
        ("added", "x", ("pre_commit/languages/node.py",), "pre_commit/languages/node.py"),
        ("added", "x", ("src/[!a]?/**",), "src/xx/example"),
        ("added", "x", ("docs/",), "docs/example"),
        ("ast", {"lang": "py", "pattern": "x"}, (), "example.py"),
        ("ast", {"lang": "py", "pattern": "x"}, ("src/**",), "src/example.py"),
        ("ast", {"lang": "c", "pattern": "x"}, ("**/*.h",), "example.h"),
        ("ast", {"language": "ts", "pattern": "x"}, ("*.js", "web/*.ts"), "web/example.ts"),
        ("dependency", {"name": "x"}, (), "requirements.txt"),
    ],
)
def test_an_example_that_is_only_text_gets_a_name_its_guard_looks_at(
    engine: str, pattern: object, paths: tuple[str, ...], name: str
) -> None:
    made = Guard("here", engine, pattern, paths=paths)
    assert example_name(made) == name
    assert in_scope(made, ChangedFile(name, []))


def test_an_excluded_name_is_not_used_for_an_example() -> None:
    made = Guard("here", "added", "x", paths=("src/example.py", "lib/*.py"), exclude=("src/**",))
    assert example_name(made) == "lib/example.py"


def test_an_example_may_be_a_piece_of_a_diff_where_the_guard_asks_about_both_sides() -> None:
    text = " def a():\n-    old()\n+    new()\n     rest()\n+    more()\n"
    both = guard("added", "new", when_removed="old")
    assert fires_on_example(both, Example(text))
    assert not fires_on_example(both, Example("new()\n"))
    assert fires_on_example(guard("added", "rest", scope="function"), Example(text))
    assert not fires_on_example(guard("added", "old", scope="file"), Example(text))
    assert fires_on_example(guard("added", r"^-\s+old"), Example(text))


def test_a_list_in_yaml_is_not_taken_for_a_diff() -> None:
    made = guard("added", "- name", scope="file")
    assert fires_on_example(made, Example("- name: a\n  run: b\n"))


@pytest.mark.parametrize(
    ("engine", "pattern", "more"),
    [
        ("added", "(", {}),
        ("added", None, {}),
        ("added", "a", {"unless": "("}),
        ("added", "a", {"when_added": "(?=a)"}),
        ("added", "a", {"when_removed": "["}),
        ("added", "a", {"with_": Condition("file", "(")}),
        ("added", "a", {"without": Condition("line", r"\1")}),
        ("added", "a", {"paths": ("[z-a]",)}),
        ("added", "a", {"exclude": ("[",)}),
        ("removed", ["a", ""], {}),
        ("path", "[", {}),
        ("path", [], {}),
        ("path", {"a": 1}, {}),
        ("pair", {"changed": "a"}, {}),
        ("pair", {"changed": "a", "unchanged": "[z-a]"}, {}),
        ("pair", {"changed": "a", "unchanged": 5}, {}),
        ("pair", "a", {}),
        ("error", {"any": ["a"]}, {}),
        ("error", {"all": []}, {}),
        ("error", 5, {}),
        ("ast", "foo($A)", {}),
    ],
)
def test_what_cannot_be_compiled_is_an_invalid_guard(engine: str, pattern: object, more: dict[str, Any]) -> None:
    with pytest.raises(InvalidGuard) as refused:
        validate(Guard("here", engine, pattern, **more))
    assert refused.value.message and refused.value.hint


@pytest.mark.parametrize("engine", sorted({"added", "removed", "ast", "pair", "error", "path"}))
def test_a_change_without_files_command_or_log_is_silent(engine: str) -> None:
    pattern: object = {
        "ast": {"lang": "py", "pattern": "x"},
        "pair": {"changed": "a", "unchanged": "b"},
    }.get(engine, "x")
    assert list(fires(guard(engine, pattern), Change())) == []
    assert engine in ENGINES


def test_a_file_with_hundreds_of_thousands_of_moved_lines_does_not_hang() -> None:
    lines = [f"keep({number})" for number in range(100_000)]
    file = ChangedFile("a.py", [Hunk(1, lines, 1, lines[::-1])])
    assert places(guard("removed", "keep"), file) == []


@pytest.mark.parametrize("place", ["hunk", "function", "file"])
def test_what_was_found_around_one_match_is_kept_for_the_next(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from twiceshy.guards import _conditions

    asked: list[int] = []
    search = _conditions.found
    monkeypatch.setattr(_conditions, "found", lambda pattern, text: asked.append(len(text)) or search(pattern, text))
    text = "def a():\n" + "    keep()\n" * 5000
    file = ChangedFile("a.py", [Hunk(0, [], 1, text.splitlines())], new=lambda: text)
    made = guard("added", "keep", without=Condition(place, f"nothing in {place}"))
    assert len(places(made, file)) == 5000
    assert len(asked) == 1
