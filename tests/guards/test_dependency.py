"""What a change does to a manifest, ranges against every version of a small world, and text that is no manifest."""

from __future__ import annotations

import difflib
import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiceshy.errors import InvalidGuard
from twiceshy.guards import dependency
from twiceshy.guards._manifests import ecosystem_of, requirements
from twiceshy.guards._ranges import meets
from twiceshy.guards._tokens import json_strings, toml_strings
from twiceshy.model.change import Change, ChangedFile, Hunk
from twiceshy.model.guard import Guard

MANIFESTS = (
    "requirements.txt",
    "constraints.txt",
    "pyproject.toml",
    "uv.lock",
    "poetry.lock",
    "package.json",
    "package-lock.json",
    "go.mod",
    "Cargo.toml",
    "Cargo.lock",
)
OLD_REQUESTS = {"name": "requests", "range": "<2.32", "ecosystem": "pypi"}


def guard(pattern: object, scope: str = "added") -> Guard:
    return Guard("g", "dependency", pattern, scope=scope)


def hunks(old: str, new: str) -> list[Hunk]:
    before, after = old.splitlines(), new.splitlines()
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [Hunk(a + 1, before[a:b], c + 1, after[c:d]) for tag, a, b, c, d in steps if tag != "equal"]


def change(path: str, old: str, new: str, *, old_path: str | None = None, whole: bool = True) -> Change:
    return Change(
        [
            ChangedFile(
                path,
                hunks(old, new),
                old_path=old_path,
                new=(lambda: new) if whole else None,
                old=(lambda: old) if whole else None,
            )
        ]
    )


def lines(pattern: object, edit: Change, scope: str = "added") -> list[int]:
    return [match.line for match in dependency.find(guard(pattern, scope), edit)]


# what counts as news


def test_an_old_violation_the_change_does_not_touch_stays_silent() -> None:
    old = "requests==2.31.0\nflask==2.0\n"
    assert lines(OLD_REQUESTS, change("requirements.txt", old, old.replace("2.0", "3.0"))) == []


def test_a_downgrade_into_the_range_is_recognised() -> None:
    assert lines(OLD_REQUESTS, change("requirements.txt", "a\nrequests==2.32.3\n", "a\nrequests==2.31.0\n")) == [2]


def test_an_upgrade_out_of_the_range_is_silent() -> None:
    assert lines(OLD_REQUESTS, change("requirements.txt", "requests==2.31.0\n", "requests==2.32.3\n")) == []


def test_an_upgrade_inside_the_range_is_recognised() -> None:
    assert lines(OLD_REQUESTS, change("requirements.txt", "requests==2.30.0\n", "requests==2.31.0\n")) == [1]


@pytest.mark.parametrize(
    "new",
    [
        "flask\nrequests==2.31.0  # keep\n",
        "requests==2.31.0\nflask\n",
        "flask\nrequests == 2.31.0 ; python_version < '3.9' --hash=sha256:00\n".replace(" == ", "=="),
        "flask\n",
    ],
    ids=["a comment", "its place", "a marker and a hash", "it is gone"],
)
def test_a_change_of_anything_but_the_range_stays_silent(new: str) -> None:
    assert lines(OLD_REQUESTS, change("requirements.txt", "flask\nrequests==2.31.0\n", new)) == []


def test_a_lock_file_matches_on_the_version_line_where_the_name_line_stays() -> None:
    old = '[[package]]\nname = "requests"\nversion = "2.32.3"\n'
    assert lines(OLD_REQUESTS, change("uv.lock", old, old.replace("2.32.3", "2.31.0"))) == [3]


def test_a_lock_file_matches_on_the_name_line_where_only_that_is_new() -> None:
    old = '[[package]]\nname = "other"\nversion = "2.31.0"\n'
    assert lines(OLD_REQUESTS, change("poetry.lock", old, old.replace("other", "requests"))) == [2]


def test_a_nested_npm_copy_of_a_version_that_was_there_before_is_no_news() -> None:
    def lock(*places: str) -> str:
        return json.dumps({"packages": {f"{place}node_modules/ms": {"version": "0.7.0"} for place in places}}, indent=1)

    edit = change("package-lock.json", lock(""), lock("", "node_modules/debug/"))
    assert lines("ms <1", edit) == []


def test_the_same_version_in_both_halves_of_an_npm_lock_is_one_finding() -> None:
    whole = {"packages": {"node_modules/ms": {"version": "0.7.0"}}, "dependencies": {"ms": {"version": "0.7.0"}}}
    assert lines("ms <1", change("package-lock.json", "{}", json.dumps(whole, indent=1))) == [4]


def test_a_renamed_manifest_is_compared_with_its_old_name() -> None:
    old, new = "requests==2.31.0\n", '[project]\ndependencies = ["requests==2.31.0"]\n'
    assert lines(OLD_REQUESTS, change("pyproject.toml", old, new, old_path="requirements.txt")) == []


def test_a_replace_that_goes_away_brings_nothing_back_by_itself() -> None:
    old = "module m\nrequire a.org/b v1.0.0\nreplace a.org/b => a.org/c v1.0.0\n"
    assert lines("a.org/c <2", change("go.mod", "module m\n", old)) == [3]
    assert lines("a.org/b <2", change("go.mod", "module m\n", old)) == []


def test_with_scope_file_everything_a_changed_manifest_asks_for_is_judged() -> None:
    old = "requests==2.31.0\nflask==2.0\n"
    edit = change("requirements.txt", old, old.replace("2.0", "3.0"))
    assert lines(OLD_REQUESTS, edit, scope="file") == [1]


# what can be read of the file


def test_without_the_whole_text_the_added_and_removed_lines_are_compared() -> None:
    old = "flask\n" * 20 + "requests==2.31.0\n"
    assert lines(OLD_REQUESTS, change("requirements.txt", old, old + "urllib3\nrequests<2\n", whole=False)) == [23]
    touched = change("requirements.txt", old, old.replace("2.31.0", "2.31.0 # why"), whole=False)
    assert lines(OLD_REQUESTS, touched) == []


def test_a_cut_out_of_an_array_is_enough() -> None:
    old = '[project]\ndependencies = [\n  "flask",\n]\n'
    new = old.replace('  "flask",\n', '  "flask",\n  "requests<3",\n')
    assert lines(OLD_REQUESTS, change("pyproject.toml", old, new, whole=False)) == [4]


def test_carriage_returns_do_not_move_the_line() -> None:
    new = "flask\r\nrequests==2.31.0 \\\r\n  --hash=sha256:00\r\n"
    edit = Change([ChangedFile("requirements.txt", [Hunk(0, [], 1, new.split("\n"))], new=lambda: new)])
    assert lines(OLD_REQUESTS, edit) == [2]


def test_a_deleted_manifest_is_silent() -> None:
    file = ChangedFile("requirements.txt", [Hunk(1, ["requests==2.31.0"], 0, [])], status="deleted")
    assert lines(OLD_REQUESTS, Change([file])) == []


def test_a_file_that_is_no_manifest_is_never_opened() -> None:
    def fail() -> str:
        raise AssertionError("opened")

    names = ("a.py", "notes.txt", "data.json", "poetry.toml", "yarn.lock", "go.sum", "requirements.md")
    files = [ChangedFile(name, [Hunk(0, [], 1, ["requests==2.31.0"])], new=fail, old=fail) for name in names]
    assert lines(OLD_REQUESTS, Change(files)) == []
    assert {ecosystem_of(name) for name in names} == {""}


# what a guard may say


@pytest.mark.parametrize(
    "pattern",
    [
        "requests",
        "requests<2.32",
        "requests >=2,<2.32",
        "@scope/name ^1.2",
        "example.org/mod/v2 ~2.1",
        {"name": "requests"},
        {"name": "requests", "range": "*"},
        {"name": "requests", "range": "==2.31.*", "ecosystem": "pypi"},
        {"name": "requests", "range": "~=2.31", "ecosystem": "pypi"},
        {"name": "requests", "range": "^2 || ~1.4"},
        {"name": "time", "range": ">= 0.1, < 0.2.23", "ecosystem": "cargo"},
        {"name": "lodash", "range": "3.x || 4.0.0 - 4.17.20", "ecosystem": "npm"},
        {"name": "golang.org/x/net", "range": "<v0.7.0", "ecosystem": "go"},
    ],
    ids=str,
)
def test_a_pattern_people_write_is_accepted(pattern: object) -> None:
    dependency.validate(guard(pattern))


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (None, "takes a name"),
        ("", "not text"),
        (["requests"], "takes a name"),
        ({}, "takes a name"),
        ({"range": "<2"}, "takes a name"),
        ({"name": "requests", "version": "<2"}, "takes a name"),
        ({"name": ["requests"]}, "name is not text"),
        ({"name": " "}, "name is not text"),
        ({"name": "requests", "range": 2.31}, "range is not text"),
        ({"name": "requests", "ecosystem": "rubygems"}, "rubygems"),
        ({"name": "requests", "ecosystem": ""}, "ecosystem is not text"),
        ({"name": "two words"}, "not the name"),
        ({"name": "@scope/name", "ecosystem": "pypi"}, "not the name"),
        ("lodash@^4", "not the name"),
        ("requests <2.x.y", "not understood"),
        ("requests <2 and more", "not understood"),
        ({"name": "requests", "range": "~=1", "ecosystem": "pypi"}, "not understood"),
        ({"name": "lodash", "range": "~=1.2", "ecosystem": "npm"}, "not understood"),
        ({"name": "lodash", "range": "1.0.0 - ", "ecosystem": "npm"}, "not understood"),
        ({"name": "lodash", "range": "<" + "9" * 5000}, "not understood"),
        ("requests <1,>2", "no version"),
        ({"name": "lodash", "range": "<1 >2", "ecosystem": "npm"}, "no version"),
    ],
    ids=repr,
)
def test_a_pattern_nothing_can_meet_is_refused_with_a_hint(pattern: object, said: str) -> None:
    with pytest.raises(InvalidGuard, match=said) as caught:
        dependency.validate(guard(pattern))
    assert caught.value.hint


def test_the_name_is_what_a_prefilter_may_look_for() -> None:
    assert dependency.needs(guard({"name": "@babel/core", "ecosystem": "npm"})) == {"@babel/core"}
    assert dependency.needs(guard("golang.org/x/net <1")) == {"golang.org/x/net"}
    assert dependency.needs(guard({"name": "Django", "ecosystem": "pypi"})) == {"jango"}
    assert dependency.needs(guard("zope.interface")) == {"ope", "rface"}
    assert dependency.needs(guard({"name": "six", "ecosystem": "pypi"})) == frozenset()
    assert dependency.needs(guard("pyyaml")) == frozenset()
    assert dependency.needs(guard("markupsafe")) == dependency.needs(guard("MarkupSafe")) == {"arkup", "afe"}


NAMES = st.sampled_from(
    ["requests", "Requests", "REQUESTS", "PyYAML", "pyyaml", "SQLAlchemy", "sqlalchemy", "zope.interface", "a-b_c", "x"]
)


@given(NAMES, NAMES, st.sampled_from(MANIFESTS))
def test_whatever_is_recognised_holds_what_the_prefilter_looks_for(wanted: str, name: str, path: str) -> None:
    text = {
        "txt": f"{name}==1.0",
        "toml": f'[project]\ndependencies = ["{name}"]\n[dependencies]\n"{name}" = "1"',
        "lock": f'[[package]]\nname = "{name}"\nversion = "1.0.0"',
        "json": f'{{"dependencies": {{"{name}": "1"}}, "packages": {{"node_modules/{name}": {{"version": "1"}}}}}}',
        "mod": f"require {name} v1.0.0",
    }[path.rpartition(".")[2]]
    hits = list(dependency.find(guard(wanted), change(path, "", text)))
    assert not hits or all(needle in text for needle in dependency.needs(guard(wanted)))
    assert hits or wanted != name


# ranges, against every version of a small world

WORLD = [f"{a}.{b}.{c}" for a in range(4) for b in range(4) for c in range(4)]
INNER = st.sampled_from([f"{a}.{b}.{c}" for a in range(1, 3) for b in range(1, 3) for c in range(1, 3)])
SHORT = st.sampled_from([f"{a}.{b}" for a in range(1, 3) for b in range(1, 3)])


def key(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def inside(version: str, operator: str, bound: str) -> bool:
    """The textbook meaning of one comparator; wildcards and `^`, `~` by their definition."""
    left, right = key(version), key(bound)
    if operator in ("^", "~"):
        kept = 1 if operator == "^" else 2
        return left >= right and left[:kept] == right[:kept]
    if operator == "x":
        return left[:2] == right[:2]
    order = (left > right) - (left < right)
    return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0, "=": order == 0}[operator]


COMPARATOR = st.tuples(st.sampled_from(["<", "<=", ">", ">=", "=", "^", "~"]), INNER)
WILDCARD = st.tuples(st.just("x"), SHORT)
RANGE = st.lists(st.lists(COMPARATOR | WILDCARD, min_size=1, max_size=2), min_size=1, max_size=2)


def written(alternatives: list[list[tuple[str, str]]], ecosystem: str) -> str:
    def one(operator: str, bound: str) -> str:
        if operator == "x":
            return f"=={bound}.*" if ecosystem == "pypi" else f"{bound}.x"
        return operator + bound

    joint = {"pypi": ",", "npm": " ", "cargo": ", ", "go": " "}[ecosystem]
    return " || ".join(joint.join(one(*item) for item in group) for group in alternatives)


@given(RANGE, RANGE, st.sampled_from(["pypi", "npm", "cargo", "go"]))
def test_two_ranges_meet_exactly_if_some_version_lies_in_both(
    wanted: list[list[tuple[str, str]]], declared: list[list[tuple[str, str]]], ecosystem: str
) -> None:
    both = [
        version
        for version in WORLD
        if all(
            any(all(inside(version, *item) for item in group) for group in alternatives)
            for alternatives in (wanted, declared)
        )
    ]
    assert meets(ecosystem, written(wanted, ecosystem), written(declared, ecosystem)) == bool(both)


@pytest.mark.parametrize(
    ("ecosystem", "wanted", "declared", "expected"),
    [
        ("pypi", "<2.32", "", False),
        ("pypi", ">=2.32", "", True),
        ("npm", ">=2", "latest", True),
        ("npm", "<2", "next", False),
        ("pypi", "==1.0", "~=1.0", True),
        ("pypi", ">1.0", "==1.*", True),
        ("pypi", "1.x", "==1.4", True),
        ("pypi", "!=1.0", "==1.0", False),
        ("pypi", "<1!1.0", "==3.0", True),
        ("pypi", "<2", "===1.weird", False),
        ("pypi", "===1.weird", "===1.weird", False),
        ("pypi", "==2.0rc1", ">=1.0", False),
        ("pypi", "==2.0rc1", ">=2.0rc1", True),
        ("pypi", "==1.0.post1", "==1.0.*", True),
        ("npm", "^1.0.0", "1.4.0-beta.1", True),
        ("npm", "=1.4.0-beta.1", "^1.0.0", False),
        ("npm", "=1.4.0-beta.1", "^1.4.0-alpha", True),
        ("npm", "<2", "v1.9.9+build.7", True),
        ("npm", "<2", "^^1", False),
        ("npm", "<2", "1.0.0 || bad", False),
        ("cargo", "<0.2", "^0.0.3", True),
        ("go", "<1.5.0", "=v1.5.0-0.20230101000000-abcdefabcdef", False),
        ("go", "<1.5.1", "=v1.5.0-0.20230101000000-abcdefabcdef", True),
    ],
)
def test_the_corners_of_ranges(ecosystem: str, wanted: str, declared: str, expected: bool) -> None:
    assert meets(ecosystem, wanted, declared) is expected


# any text at all

SIGNS = st.sampled_from("\"'\\\n\r []{}(),:=.#<>@1\0é\u2028")
WORDS = st.sampled_from(
    [
        "requests",
        "2.31.0",
        "==",
        "=>",
        "//",
        '"""',
        "https://",
        "#egg=",
        "npm:",
        "node_modules/",
        "<<<<<<< HEAD\n",
        "name",
    ]
) | st.sampled_from(
    [
        "[[package]]",
        "[project]",
        "[tool.poetry.dependencies]",
        "dependencies",
        "version",
        "require",
        "replace",
        "exclude",
    ]
)
TEXT = st.text(max_size=200) | st.lists(SIGNS | WORDS, max_size=60).map("".join)


@given(st.sampled_from(MANIFESTS), TEXT, TEXT, st.booleans(), st.sampled_from(["added", "file"]))
def test_arbitrary_text_in_a_manifest_never_raises(path: str, old: str, new: str, whole: bool, scope: str) -> None:
    for pattern in ("requests", "requests <2.32", OLD_REQUESTS):
        for match in dependency.find(guard(pattern, scope), change(path, old, new, whole=whole)):
            assert match.path == path
            assert 1 <= match.line == match.end_line


@given(TEXT, TEXT, st.sampled_from(["pypi", "npm", "go", "cargo"]))
def test_arbitrary_text_as_a_range_never_raises(wanted: str, declared: str, ecosystem: str) -> None:
    assert meets(ecosystem, wanted, declared) in (True, False)


@given(st.none() | TEXT | st.lists(TEXT) | st.dictionaries(st.sampled_from(["name", "range", "ecosystem", "x"]), TEXT))
def test_arbitrary_patterns_are_accepted_or_refused(pattern: object) -> None:
    try:
        dependency.validate(guard(pattern))
    except InvalidGuard as refused:
        assert refused.message
    else:
        assert isinstance(dependency.needs(guard(pattern)), frozenset)


@pytest.mark.parametrize("path", MANIFESTS)
@pytest.mark.parametrize(
    "piece",
    [
        '{"a":',
        "[",
        "[[a",
        '"',
        '\\"',
        '"""',
        '\\"""',
        "'a\n",
        '"a".',
        "a.",
        "a={",
        "a\\\n",
        "a-",
        "://#",
        "x://a",
        "&a",
        "(",
        "\n",
    ],
    ids=repr,
)
def test_text_made_to_hang_a_parser_is_read_to_its_end(path: str, piece: str) -> None:
    text = piece * 20_000 + "\n"
    last = text.count("\n") + 1
    assert all(found.name_line <= last and found.line <= last for found in requirements(path, text))


def test_a_version_in_a_lock_file_of_many_packages_is_found() -> None:
    packages = {f"node_modules/p{number}": {"version": "1.0.0", "integrity": "x" * 90} for number in range(5_000)}
    text = json.dumps({"packages": packages | {"node_modules/q": {"version": "0.9.0"}}}, indent=2)
    assert lines({"name": "q", "range": "<1", "ecosystem": "npm"}, change("package-lock.json", "", text)) == [
        text[: text.index("0.9.0")].count("\n") + 1
    ]


# the tolerant readers against the strict ones

SCALAR = st.text(
    st.characters(codec="utf-8", exclude_characters="\\\"'", exclude_categories=["C", "Zl", "Zp"]), max_size=8
)
KEY = st.text("abcXYZ019-_", min_size=1, max_size=5)
TREE = st.recursive(
    SCALAR, lambda inner: st.dictionaries(KEY, inner, max_size=3) | st.lists(inner, max_size=3), max_leaves=12
)


def flat(value: object, keys: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        return [(keys, value)]
    if isinstance(value, dict):
        return [pair for name, inner in value.items() for pair in flat(inner, (*keys, name))]
    return [pair for inner in value for pair in flat(inner, keys)] if isinstance(value, list) else []


def inline(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {inline(inner)}" for name, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[\n" + "".join(f"  {inline(item)}, # x = 'y'\n" for item in value) + "]"
    return f"'{value}'" if len(str(value)) % 2 else f'"{value}"'


def tables(tree: dict[str, object]) -> str:
    return "".join(
        f"[x{name}]\n" + "".join(f"{key} = {inline(item)}\n" for key, item in inner.items())
        if isinstance(inner, dict)
        else f"[x{name}]\nvalue = {inline(inner)}\n"
        for name, inner in tree.items()
    )


@given(st.dictionaries(KEY, TREE, max_size=4))
def test_valid_toml_reads_as_the_standard_library_reads_it(tree: dict[str, object]) -> None:
    text = tables(tree)
    assert [(keys, value) for keys, _, value, _ in toml_strings(text)] == flat(tomllib.loads(text))


@given(st.dictionaries(KEY, TREE, max_size=4), st.sampled_from([None, 0, 2]))
def test_valid_json_reads_as_the_standard_library_reads_it(tree: dict[str, object], indent: int | None) -> None:
    text = json.dumps(tree, indent=indent, ensure_ascii=False)
    read = [((*(name for name, _ in around if name), key), value) for around, (key, _), value, _ in json_strings(text)]

    def keyed(value: object, keys: tuple[str, ...], own: bool) -> list[tuple[tuple[str, ...], str]]:
        if isinstance(value, str):
            return [(keys, value)] if own else []
        if isinstance(value, dict):
            return [pair for name, inner in value.items() for pair in keyed(inner, (*keys, name), True)]
        return [pair for inner in value for pair in keyed(inner, keys, False)] if isinstance(value, list) else []

    assert read == keyed(tree, (), False)


def test_our_own_pyproject_reads_as_the_standard_library_reads_it() -> None:
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    read = {(keys, value) for keys, _, value, _ in toml_strings(text)}
    assert {(keys, value) for keys, value in flat(tomllib.loads(text)) if "\\" not in value} <= read
