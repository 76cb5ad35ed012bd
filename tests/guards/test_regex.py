"""Patterns over lines: what they match, what they need, and that nothing a person writes can hurt."""

from __future__ import annotations

import re

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from twiceshy.errors import InvalidGuard
from twiceshy.guards._regex import compiled, found, hits, matches_path, patterns_of, required
from twiceshy.model.change import LineSet

CALM = settings(deadline=None)
FEW = settings(deadline=None, max_examples=25)

CORPUS = (
    r"verify\s*=\s*False",
    r"git\+file:",
    r"\bprint\(",
    r"foo\b-bar",
    r"foo\B_bar",
    r"^import os$",
    r"(ab){2}c",
    r"((ab){2}|x){3}end",
    r"(?:ab){2,}?c+",
    r"(ab)?cd(ef)*gh",
    r"a?b??c*d+?e{0,3}f{2}",
    r"colou?r",
    r"abc|abd|abe",
    r"(abc|abd)f|abcg",
    r"(?i)select",
    r"(?i:select)\s+from",
    r"pre(?i:mid)post",
    r"(?s)a.b",
    r"(?P<name>key)=(?P<value>\w+)",
    r"[abc]x[^abc]y[a]z[]]w[^]]v",
    r"\d+\.\d{2,4}\$",
    r"\x41\x{42}C",
    r"\101\t\\end",
    r"\.\*\+\?\(\)\[\]\{\}\|\^\$\/\-",
    r"(?:)x(?:)",
    r"été|naïve",
    r"naïve (?:café)+ au lait",
    r"a\Q.*\Eb",
    r"[[:alpha:]]x",
    r"x[[:^digit:]_]y",
    r"\pLx\p{Greek}",
    r"\Astart\z",
    r"end\z",
    r"a{,2}b",
    r"a{x}b",
    r"(?-s:a.b)(?U:c+)d",
    r"(?:(?:(?:deep)+)?)*er",
    r"$^",
    r"()|x",
    r"foo$bar",
    r"foo\nbar",
    r"\C+x",
    r"(?m-s:^a)b",
    r"(?-m)^only$",
)


def alone(pattern: str, line: str) -> bool:
    """What RE2 says of one line that is a text of its own."""
    options = re2.Options()
    options.never_nl = True
    raw = line.removesuffix("\r").encode("utf-8", "replace")
    return re2.compile("(?m)" + pattern, options).search(raw) is not None


def lines_from(texts: list[str]) -> LineSet:
    return LineSet(enumerate(texts, 1))


FILLER = ["# nothing to see here, move along " * 4] * 40  # more than the text that is searched without looking twice


@st.composite
def pairs(draw: st.DrawFn, depth: int = 3) -> tuple[str, str]:
    """A pattern and a text that it matches, by construction."""
    kind = draw(st.sampled_from(["text", "class", "quote", "edge"] if depth == 0 else KINDS))
    if kind == "text":
        text = draw(st.text(st.sampled_from("abAB01_-.+*($ é"), min_size=1, max_size=4))
        return re.escape(text), text
    if kind == "class":
        return draw(st.sampled_from(CLASSES))
    if kind == "quote":
        return r"\Qa.b(\E", "a.b("
    if kind == "edge":
        return draw(st.sampled_from([(r"(?:)", ""), (r"\b|\B", ""), ("x*", "")]))
    inner = pairs(depth - 1)
    if kind == "all":
        parts = draw(st.lists(inner, min_size=1, max_size=4))
        return "".join(f"(?:{r})" if "|" in r else r for r, _ in parts), "".join(t for _, t in parts)
    if kind == "any":
        parts = draw(st.lists(inner, min_size=2, max_size=3))
        return "(" + "|".join(r for r, _ in parts) + ")", draw(st.sampled_from(parts))[1]
    regex, text = draw(inner)
    if kind == "case":
        return f"(?i:{regex})", text
    if kind == "group":
        return draw(st.sampled_from(["({})", "(?:{})", "(?P<n>{})", "(?s:{})"])).replace(
            "n", f"n{draw(IDS)}", 1
        ).format(regex), text
    least, most, suffix = draw(st.sampled_from([(0, 1, "?"), (0, 3, "*"), (1, 3, "+"), (2, 2, "{2}"), (0, 2, "{0,2}")]))
    return f"(?:{regex}){suffix}{draw(st.sampled_from(['', '?']))}", text * draw(st.integers(least, most))


KINDS = ["text", "class", "quote", "edge", "all", "all", "any", "case", "group", "repeat", "repeat"]
IDS = st.integers(0, 10**9)
CLASSES = [
    (r"[ab]", "b"),
    (r"[^ab]", "c"),
    (r"[a]", "a"),
    (r".", "z"),
    (r"\d", "7"),
    (r"\w", "_"),
    (r"\s", " "),
    (r"[[:alpha:]]", "q"),
    (r"[x[:digit:]]", "3"),
    (r"\pL", "é"),
    (r"\x41", "A"),
    (r"\x{e9}", "é"),
    (r"\052", "*"),
]


@CALM
@given(pairs())
def test_what_is_required_occurs_in_whatever_was_made_to_match(pair: tuple[str, str]) -> None:
    pattern, text = pair
    assert alone(pattern, text)
    assert all(run in text for run in required([pattern])), (pattern, text, required([pattern]))
    assert len(FILLER) in list(hits(pattern, lines_from([*FILLER, text, *FILLER])))


def understood_by_python(pattern: str) -> bool:
    """Whether the pattern means the same to Python's own engine, and can match there."""
    if "[:" in pattern or pattern == "foo$bar":
        return False
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


@pytest.mark.parametrize("pattern", CORPUS)
@FEW
@given(data=st.data())
def test_what_is_required_occurs_in_every_line_a_pattern_matches(pattern: str, data: st.DataObject) -> None:
    texts = st.from_regex(pattern) if understood_by_python(pattern) else st.text()
    for line in data.draw(texts).split("\n"):
        if alone(pattern, line):
            assert all(run in line for run in required([pattern])), (pattern, line)


@CALM
@given(
    pattern=st.text(st.sampled_from(r"ab(|)[]^$*+?{2,}\.-:iQEdAzC "), max_size=12), line=st.text("ab2 -:\r", max_size=8)
)
def test_what_is_required_is_right_for_any_string_that_happens_to_be_a_pattern(pattern: str, line: str) -> None:
    try:
        compiled(pattern)
    except InvalidGuard:
        return
    if alone(pattern, line):
        assert all(run in line.removesuffix("\r") for run in required([pattern])), (pattern, line)


@pytest.mark.parametrize(
    ("pattern", "runs"),
    [
        (r"git\+file:", {"git+file:"}),
        (r"foo\b-bar$", {"foo-bar"}),
        (r"(ab){2}c", {"ab", "c"}),
        (r"(ab)?cd", {"cd"}),
        (r"a|b", set()),
        (r"abc|abd", {"ab"}),
        (r"(?i)select", set()),
        (r"(?i:se)lect", {"lect"}),
        (r"verify\s*=\s*False", {"verify", "=", "False"}),
        (r"naïve", {"na", "ve"}),
        (r"x[[:alpha:]]y", set()),
        (r"\Qa.b\E", set()),
        (r"[a-z]+", set()),
    ],
)
def test_runs_are_as_long_as_they_surely_are(pattern: str, runs: set[str]) -> None:
    assert required([pattern]) == runs


@pytest.mark.parametrize(
    ("pattern", "line"),
    [(r"a[[:alpha:]]]b", "ax]b"), (r"\Qx*\Ey", "x*y"), (r"a{,2}b", "a{,2}b"), (r"(?U)a+b", "aab"), (r"\pL+z", "éz")],
)
def test_what_only_re2_understands_is_found_as_well(pattern: str, line: str) -> None:
    assert list(hits(pattern, lines_from([*FILLER, line]))) == [len(FILLER)]


def test_with_alternatives_only_what_all_of_them_need_is_required() -> None:
    assert required([r"print\(", r"pprint\("]) == set()
    assert required([r"x=\d+ print\(", r"y=\w* print\("]) == {" print("}
    assert required([]) == set()


LINES = st.lists(
    st.text(st.characters(exclude_characters="\n"), max_size=6) | st.sampled_from(["", "\r", "a\r", "foo"])
)


@CALM
@given(st.sampled_from(CORPUS) | pairs().map(lambda pair: pair[0]), LINES)
def test_many_lines_are_searched_as_if_each_were_alone(pattern: str, texts: list[str]) -> None:
    for lines in (texts, [*FILLER, *texts]):
        assert list(hits(pattern, lines_from(lines))) == [i for i, line in enumerate(lines) if alone(pattern, line)]


@pytest.mark.parametrize(
    ("pattern", "texts", "expected"),
    [
        ("^$", [], []),
        ("^$", [""], [0]),
        ("^$", ["a", "", "b", ""], [1, 3]),
        ("^$", ["\r", "a\r"], [0]),
        ("a$", ["a\r", "a\r\r", "ab"], [0]),
        ("$", ["a", "b"], [0, 1]),
        ("x*", ["", "x", "y"], [0, 1, 2]),
        (r"a\s*b", ["a", "b", "a b"], [2]),
        ("a\nb", ["a", "b"], []),
        (r"(?s)a.*b", ["a", "b"], []),
        ("[^x]b", ["a", "b", "ab"], [2]),
        (r"\W+b", ["a", "b", " b"], [2]),
        (r"a\Cb", ["a", "b", "a-b"], [2]),
        (r"\Ab", ["a", "b"], [1]),
        (r"a\z", ["a", "b"], [0]),
        (r"(?-m)^b$", ["a", "b"], [1]),
        ("é", ["e", "é", "É"], [1]),
        ("(?i)é", ["e", "é", "É"], [1, 2]),
        ("^.$", ["é", "日", "😀", "ab"], [0, 1, 2]),
        (r"\x00", ["a\0b"], [0]),
        (r"^a\?b$", ["a\ud800b"], [0]),
        ("end$", ["the end", "the end"], [0, 1]),
        ("a\x0bb|c\x0cd|e\u2028f", ["a\x0bb", "c\x0cd", "e\u2028f"], [0, 1, 2]),
    ],
)
def test_a_pattern_matches_line_by_line(pattern: str, texts: list[str], expected: list[int]) -> None:
    assert list(hits(pattern, lines_from(texts))) == expected


def test_a_line_that_matches_twice_is_named_once() -> None:
    assert list(hits("a", lines_from(["aaa", "b", "a a"]))) == [0, 2]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(", "missing"),
        ("a(?!b)", "invalid perl operator"),
        (r"(a)\1", "escape"),
        ("[z-a]", "range"),
        ("a" * 5000, "5000 characters"),
        (r"(?:\PN?){300}", "too large to be fast"),
        (r"(?:(?:\pL{1,100}){1,100}){10}", "not understood"),
        ("\ud800", "half a character"),
        ("(?P<é", "not understood"),
    ],
)
def test_a_pattern_that_cannot_be_searched_is_refused_with_a_hint(pattern: str, said: str) -> None:
    with pytest.raises(InvalidGuard, match=re.escape(said)) as refused:
        compiled(pattern)
    assert refused.value.hint


@CALM
@given(st.text(max_size=30))
def test_any_text_is_a_pattern_or_an_invalid_guard(pattern: str) -> None:
    try:
        found(pattern, "some text\n\0\ud800")
    except InvalidGuard as refused:
        assert refused.message and refused.hint
    required([pattern])


@pytest.mark.parametrize("value", [None, 5, [], {}, "", ["a", ""], ["a", 1], [["a"]], ("a", "(")])
def test_what_is_no_pattern_or_list_of_patterns_is_refused(value: object) -> None:
    with pytest.raises(InvalidGuard):
        patterns_of(value, "added")


def test_a_pattern_that_would_backtrack_for_ever_elsewhere_is_searched() -> None:
    assert not list(hits("(a+)+$|(a|aa)+$|(.*a){20}b", lines_from(["a" * 20_000 + "!"])))


def test_paths_with_line_ends_and_bytes_that_are_no_text_are_matched_whole() -> None:
    assert matches_path("a\nb/c.py", ("**",))
    assert matches_path("a\nb.py", ("*.py",))
    assert not matches_path("evil\nsrc/a.py", ("src/a.py",))
    assert matches_path("caf\udce9.py", ("*.py",))
    assert matches_path("caf\udce9.py", ("caf?.py",))
    assert not matches_path("a.py", ())


def test_hundreds_of_globs_are_fine() -> None:
    globs = tuple(f"src/module_{number}/**/*.generated.py" for number in range(300))
    assert matches_path("src/module_299/a/b.generated.py", globs)
    assert not matches_path("src/module_300/a/b.generated.py", globs)
