"""Path patterns mean what they mean in a .gitignore, and what git passes over in silence is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twiceshy.errors import InvalidGuard
from twiceshy.guards._regex import matches_path
from twiceshy.model.glob import glob_example, glob_literals, glob_regex

if TYPE_CHECKING:
    from conftest import Repo

CALM = settings(deadline=None)

GLOBS = (
    "*.py a.py /a.py a/*.py a/b.py a/b/ b/ b /b a/** **/b **/b/c a/**/c **/*.py ** **/ /** */b */*/c *a* a* *a ?.py "
    "a/? [ab].py [!a].py [^a].py [a-c]/b [!a-c]/b []a].py [a-].py [!]a] a[.-0]b a/[+-9]/c \\*.py \\[a].py a\\.py a**b "
    "a/**b **a .* .a/ a.b/c {a} a+b (a) a|b a$ ^a a.py/ a/b/c a/b/c/ x/a.py ?/c a/*/c/** **/b/**"
).split()
GLOBS += ["a b", "a/ b", "*.p?", "a//b", "a/./b"]
PATHS = (
    "a b a.py b.py A.py a/a.py a/b.py b/a.py a/b a/b/c a/b/c.py a/x/c a/x/y/c x/b x/b/c x/y/b b/c b/x/y ab aab axxb "
    "a/xb a/x/b a/c axb a.b a-b a0b a1b a/0/c a/5/c a/+/c a/:/c *.py x*.py [a].py ].py -.py c.py .a .a/b a/.a a.b/c "
    "{a} a+b (a) a|b a$ ^a a.py/x x/a.py x/a.py/y xpy aXpy a/b/c/d/e a/x/c/y"
).split()
PATHS += ["a b", "x/a b", "a/ b", "a b/c"]


def test_a_glob_means_what_git_means_by_it(repo: Repo) -> None:
    for number, glob in enumerate(GLOBS):
        repo.write(f"{number}/.gitignore", glob + "\n")
    repo.write(".git/asked", "\0".join(f"{number}/{path}" for number in range(len(GLOBS)) for path in PATHS))
    ask = "alias.ask=!git -c core.ignorecase=false check-ignore --no-index -z --stdin <.git/asked"
    ignored = set(repo.git("-c", ask, "ask").split("\0"))
    for number, glob in enumerate(GLOBS):
        expected = [path for path in PATHS if f"{number}/{path}" in ignored]
        assert [path for path in PATHS if matches_path(path, (glob,))] == expected, glob


def test_two_stars_beside_a_name_are_one_star_as_git_documents_it() -> None:
    assert matches_path("ab/c", ("a**/c",))
    assert not matches_path("a/b/c", ("a**/c",))


def test_a_question_mark_is_a_character_where_git_counts_bytes() -> None:
    assert matches_path("é.py", ("?.py",))
    assert not matches_path("éé.py", ("?.py",))


@pytest.mark.parametrize(
    ("glob", "said"),
    [
        ("", "names nothing"),
        ("/", "names nothing"),
        ("./", "names nothing"),
        (".", "names nothing"),
        ("  ", "names nothing"),
        ("[", "nothing closes"),
        ("a/[b", "nothing closes"),
        ("[]", "nothing closes"),
        ("[!]", "nothing closes"),
        ("[a\\]", "nothing closes"),
        ("[z-a]", "range from z to a"),
        ("[/]", "matches nothing"),
        ("[!\0-\U0010ffff]", "matches nothing"),
        ("[[:alpha:]]", "named class"),
        ("a\\", "ends with a backslash"),
        ("*.{js,ts}", "{a,b}"),
        ("!a", "starts with !"),
    ],
)
def test_what_git_passes_over_in_silence_is_refused_with_a_hint(glob: str, said: str) -> None:
    for use in (glob_regex, glob_example, glob_literals, lambda glob: matches_path("", (glob,))):
        with pytest.raises(InvalidGuard) as refused:
            use(glob)
        assert said in refused.value.message
        assert refused.value.hint


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("./a.py", "a.py"),
        (" src/ ", "src/a"),
        ("{{cookiecutter.name}}/*.py", "{{cookiecutter.name}}/a.py"),
        ("a\\{b,c\\}", "a{b,c}"),
        ("\\!important", "!important"),
        ("#notes#", "#notes#"),
        ("[[]x", "[x"),
        ("[[a]x", "ax"),
        ("[\\]]x", "]x"),
        ("[\\\\]x", "\\x"),
        ("a&b~c", "a&b~c"),
        ("**", "a\nb"),
    ],
)
def test_unusual_names_are_matched(glob: str, path: str) -> None:
    assert matches_path(path, (glob,))
    assert matches_path(path, ("nothing-else", glob))


PARTS = st.sampled_from(
    ["a", "b.py", "/", "*", "**", "?", "[ab]", "[!a]", "[", "]", "\\", "-", "{", ",", "}", "é", "!", "."]
)
ANY = st.lists(PARTS, max_size=8).map("".join) | st.text(max_size=12)


@CALM
@given(ANY, ANY)
def test_any_text_is_a_glob_or_an_invalid_guard(glob: str, path: str) -> None:
    try:
        pattern = glob_regex(glob)
    except InvalidGuard as refused:
        assert refused.message and refused.hint
        return
    re.compile(pattern)
    example = glob_example(glob)
    assert matches_path(example, (glob,))
    assert all(run in f"/{example}/" for run in glob_literals(glob))
    if matches_path(path, (glob,)):
        assert all(run in f"/{path}/" for run in glob_literals(glob))


@pytest.mark.parametrize(
    ("glob", "runs"),
    [
        ("src/**/*.py", ["/src/", ".py/"]),
        ("a\\*b/[cd]/e?f", ["/a*b/", "/e", "f/"]),
        ("Makefile", ["/Makefile/"]),
        ("/Makefile", ["/Makefile/"]),
        ("**/b/", ["/b/"]),
        ("a/**/b/**", ["/a/", "/b/"]),
        ("**", []),
    ],
)
def test_the_runs_of_a_glob_are_what_every_path_holds(glob: str, runs: list[str]) -> None:
    assert glob_literals(glob) == runs


def test_a_glob_full_of_stars_is_matched_in_linear_time() -> None:
    assert not matches_path("a" * 20_000 + "/b" * 2_000, ("*a" * 300 + "/**/" + "**/x/" * 100,))
    assert matches_path("a/" * 10_000 + "z", ("**/" * 500 + "z",))
