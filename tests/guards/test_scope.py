"""The function around a line, in the languages people guard."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twiceshy.guards._languages import LANGUAGES, is_comment, language_named, language_of
from twiceshy.guards._scope import enclosing_function, lines_in_scope
from twiceshy.model.change import ChangedFile, Hunk, lines_of

CALM = settings(deadline=None)

# path, then code in which [ and ] after # or // at the end of a line mark the first and last line of the function
# that holds the line marked with @
MARKED = {
    "python, a function": (
        "a.py",
        """
import os
def before():
    pass
async def here(a):  # [
    if a:
        go()  # @

    return a  # ]

x = 1
""",
    ),
    "python, a method with its decorators": (
        "a.py",
        """
class A:
    @property  # [
    @cached
    def here(self):
        return 1  # @]
    other = 2
""",
    ),
    "python, on the decorator": (
        "a.py",
        """
@route("/")  # [@
def here():
    return 1  # ]
""",
    ),
    "python, a function inside of another": (
        "a.py",
        """
def outer():
    def here():  # [
        go()  # @]
    here()
""",
    ),
    "python, after the inner function": (
        "a.py",
        """
def outer():  # [
    def inner():
        go()
    inner()  # @]
""",
    ),
    "python, a lambda is part of its line's function": (
        "a.py",
        """
def here():  # [
    retry(lambda: go())  # @
    done()  # ]
""",
    ),
    "javascript, an arrow function": (
        "a.js",
        """
const other = () => 1;
const here = async (a) => {  // [
  await go(a);  // @
};  // ]
""",
    ),
    "javascript, a method": (
        "a.mjs",
        """
class A {
  #x = 1;
  static async here(a) {  // [
    go(a);  // @
  }  // ]
}
""",
    ),
    "javascript, a callback of several lines": (
        "a.jsx",
        """
describe("a", () => {
  it("b", function () {  // [
    go();  // @
  });  // ]
});
""",
    ),
    "javascript, a callback within its line": (
        "a.js",
        """
function here(items) {  // [
  items.forEach((item) => go(item));  // @
  return items;
}  // ]
""",
    ),
    "javascript, a generator in an object": (
        "a.cjs",
        """
module.exports = {
  *here() {  // [
    yield 1;  // @
  },  // ]
};
""",
    ),
    "typescript, a method with types": (
        "a.ts",
        """
interface I { here(): void }
abstract class A<T> {
  private async here<U>(a: T, b?: U): Promise<void> {  // [
    await go(a as any);  // @
  }  // ]
}
""",
    ),
    "tsx, a component": (
        "a.tsx",
        """
export function Here({ a }: Props) {  // [
  return <div onClick={() => go(a)}>{a}</div>;  // @
}  // ]
""",
    ),
    "go, a method": (
        "a.go",
        """
package a

func (s *Server) Here(ctx context.Context) error { // [
	if err := s.go(ctx); err != nil {
		return err // @
	}
	return nil
} // ]
""",
    ),
    "go, a function literal": (
        "a.go",
        """
package a

func other() {
	go func() { // [
		run() // @
	}() // ]
}
""",
    ),
    "rust, a function with a closure within its line": (
        "a.rs",
        """
impl A {
    pub async fn here<'a>(&'a self) -> Result<()> { // [
        self.all.iter().map(|x| x + 1).collect() // @
    } // ]
}
""",
    ),
    "java, a constructor": (
        "A.java",
        """
class A {
    int x = 1;
    A(int x) { // [
        this.x = x; // @
    } // ]
}
""",
    ),
    "java, an annotated method with a lambda of several lines": (
        "A.java",
        """
class A {
    void other() {
        run(() -> { // [
            go(); // @
        }); // ]
    }
}
""",
    ),
    "java, an annotation": (
        "A.java",
        """
class A {
    @Test // [@
    void here() {
        go();
    } // ]
}
""",
    ),
    "c, a function after a macro": (
        "a.c",
        """
#include <stdio.h>
#define X 1
static void *here(int a) // [
{
    return go(a); // @
} // ]
""",
    ),
    "c, a function of one line below a macro": (
        "a.c",
        """
#define X 1
int here(void) { return go(X); } // [@]
int other(void) { return 2; }
""",
    ),
    "c, inside of a condition for the preprocessor": (
        "a.c",
        """
#ifdef X
int here(void) { // [
    return go(); // @
} // ]
#endif
""",
    ),
    "cpp, a member defined outside of its class": (
        "a.cpp",
        """
namespace n {
template <class T>
T A<T>::here() const { // [
    return go(); // @
} // ]
}
""",
    ),
    "ruby, a method around a block": (
        "a.rb",
        """
class A
  def here(x) # [
    x.each do |y|
      go(y) # @
    end
  end # ]
end
""",
    ),
    "ruby, a method of the class": (
        "a.rb",
        """
class A
  def self.here # [
    go # @
  end # ]
end
""",
    ),
    "php, a method": (
        "a.php",
        """<?php
class A {
    public function here($x) { // [
        return go($x); // @
    } // ]
}
""",
    ),
    "php, a function that is a value": (
        "a.php",
        """<?php
$here = function ($x) { // [
    return go($x); // @
}; // ]
""",
    ),
    "kotlin, a method": (
        "a.kt",
        """
class A(val x: Int) {
    override suspend fun here(): Int { // [
        return x.let { go(it) } // @
    } // ]
}
""",
    ),
    "kotlin, an init block": (
        "a.kts",
        """
class A {
    init { // [
        go() // @
    } // ]
}
""",
    ),
    "swift, a method around a closure": (
        "a.swift",
        """
class A {
    func here() -> Int { // [
        list.map { go($0) } // @
        return 1
    } // ]
}
""",
    ),
    "swift, an initializer": (
        "a.swift",
        """
struct A {
    init(x: Int) { // [
        self.x = x // @
    } // ]
}
""",
    ),
    "csharp, a method": (
        "A.cs",
        """
namespace N {
    class A {
        public async Task<int> Here(int x) { // [
            return await Go(x); // @
        } // ]
    }
}
""",
    ),
    "csharp, an accessor": (
        "A.cs",
        """
class A {
    int P {
        get { return 1; }
        set { // [
            go(value); // @
        } // ]
    }
}
""",
    ),
    "bash, a function": (
        "a.sh",
        """
set -e
here() { # [
    go "$1" # @
} # ]
function other { true; }
""",
    ),
    "scala, a function": (
        "a.scala",
        """
object A {
  def here(x: Int): Int = { // [
    go(x) // @
  } // ]
}
""",
    ),
    "lua, a function": (
        "a.lua",
        """
local function here(x) -- [
  go(x) -- @
end -- ]
""",
    ),
    "elixir, a function": (
        "a.ex",
        """
defmodule A do
  def here(x) do # [
    go(x) # @
  end # ]
  defp other(x), do: x
end
""",
    ),
    "solidity, a function": (
        "a.sol",
        """
contract A {
    function here() public { // [
        go(); // @
    } // ]
}
""",
    ),
    "haskell, by indentation": (
        "a.hs",
        """
here :: Int -> Int
here x = go x -- [
  where
    y = 1 -- @]
other = 2
""",
    ),
    "hcl, by indentation": (
        "a.tf",
        """
resource "a" "b" { # [
  x = go() # @
} # ]
resource "c" "d" {}
""",
    ),
    "an unknown language, by indentation": (
        "a.pl",
        """
use strict;
sub here # [
{
    go(); # @

} # ]
sub other { 1 }
""",
    ),
    "a makefile, by indentation": (
        "Makefile",
        """
all: here
here: # [
\tgo # @]
other:
\ttrue
""",
    ),
}


def marks(code: str) -> tuple[int, int, int]:
    """The line asked about, and the first and last line of the function around it."""
    place: dict[str, int] = {}
    for number, line in enumerate(lines_of(code), 1):
        mark = line.split(" ")[-1]
        if set(mark) <= set("[]@"):
            place.update(dict.fromkeys(mark, number))
    return place["@"], place["["], place["]"]


@pytest.mark.parametrize("name", MARKED)
def test_the_innermost_function_is_found(name: str) -> None:
    path, code = MARKED[name]
    line, first, last = marks(code)
    assert enclosing_function(path, code, line) == (first, last)
    assert enclosing_function(path, code.replace("\n", "\r\n"), line) == (first, last)


def test_every_language_with_functions_has_an_example() -> None:
    shown = {language_of(path) for path, _ in MARKED.values()}
    assert {"python", "javascript", "typescript", "go", "rust", "java", "c", "cpp", "ruby", "php", "kotlin"} < shown
    assert {"swift", "csharp", "bash"} < shown


@pytest.mark.parametrize(
    ("path", "text", "line", "expected"),
    [
        ("a.py", "x = 1\ny = 2\n", 2, (1, 2)),
        ("a.py", "", 1, (1, 1)),
        ("a.txt", "", 1, (1, 1)),
        ("a.py", "def f(): pass\n", 7, (1, 1)),
        ("a.txt", "a\n b\n", 9, (1, 2)),
        ("a.txt", " a\n b\nc\n d", 2, (1, 2)),
        ("a.txt", "\n\nc\n d", 1, (1, 2)),
        ("a.json", '{\n  "a": 1\n}\n', 2, (1, 3)),
        ("a.py", "x = '\x0c\u2028'\ndef f():\n    pass\n", 3, (2, 3)),
        ("a.py", "\ufeffdef f():\n    pass\n", 2, (1, 2)),
        ("a.py", "def f():\n    '\ud800'\n", 2, (1, 2)),
        ("a.php", "function f() {\n  go();\n}\n", 2, (1, 3)),
        ("a.c", "broken ( {\n  x\n", 2, (1, 2)),
    ],
)
def test_where_there_is_no_function_it_is_the_whole_text(
    path: str, text: str, line: int, expected: tuple[int, int]
) -> None:
    assert enclosing_function(path, text, line) == expected


@CALM
@given(
    st.sampled_from(["a.py", "a.js", "a.rb", "a.c", "a.txt", "a.yml", "a.php", "a.ex"]),
    st.lists(st.sampled_from(["def f():", "  x", "{", "}", "function g() {", "end", "", "\tgo()", "\r", "\ud800é"])),
    st.integers(-1, 12),
)
def test_the_lines_found_hold_the_line_asked_for(path: str, lines: list[str], line: int) -> None:
    first, last = enclosing_function(path, "\n".join(lines), line)
    count = max(len(lines_of("\n".join(lines))), 1)
    assert 1 <= first <= last <= count
    assert first <= line <= last or not 1 <= line <= count


def test_functions_inside_of_thousands_of_functions_are_found_at_once() -> None:
    depth = 20_000
    text = "\n".join(["() => {"] * depth + ["}"] * depth)
    assert enclosing_function("a.js", text, depth) == (depth, depth + 1)
    assert enclosing_function("a.js", text, 2) == (2, 2 * depth - 1)


def changed(text: str, *hunks: Hunk) -> ChangedFile:
    return ChangedFile("a.py", list(hunks), new=lambda: text)


CODE = """import os

def first():
    one()
    two()

def second():
    three()
"""


def test_a_guard_looks_at_what_is_added_or_at_its_function_or_at_the_file() -> None:
    file = changed(CODE, Hunk(4, [], 5, ["    two()"]))
    assert lines_in_scope("added", file, CODE) == {5}
    assert lines_in_scope("function", file, CODE) == {3, 4, 5}
    assert lines_in_scope("file", file, CODE) == set(range(1, 9))


def test_a_line_outside_of_functions_does_not_bring_in_the_whole_file() -> None:
    file = changed(CODE, Hunk(0, [], 1, ["import os"]))
    assert lines_in_scope("function", file, CODE) == {1}


def test_a_function_that_only_loses_a_line_is_changed_as_well() -> None:
    file = changed(CODE, Hunk(8, ["    four()"], 7, []))
    assert lines_in_scope("added", file, CODE) == set()
    assert lines_in_scope("function", file, CODE) == {7, 8}


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_engine_knows_every_language_of_the_table(name: str) -> None:
    from ast_grep_py import SgRoot

    assert SgRoot("", name).root() is not None
    assert language_of("dir.d/example" + LANGUAGES[name][0][0]) == name


@pytest.mark.parametrize(
    "alias", ["py", "JS", "jsx", "ts", "rs", "golang", "c++", "cc", "cxx", "cs", "ex", "hs", "kt", "rb", "sol", "yml"]
)
def test_the_engine_knows_every_alias(alias: str) -> None:
    from ast_grep_py import SgRoot

    assert SgRoot("", alias).root() is not None
    assert language_named(alias) in LANGUAGES


@pytest.mark.parametrize("name", ["", "cobol", "python3", "text", "type script"])
def test_a_language_nobody_knows_has_no_name(name: str) -> None:
    assert language_named(name) == ""


@pytest.mark.parametrize(
    ("path", "language"),
    [("a/b.PY", "python"), ("Gemfile", "ruby"), ("x/Makefile", ""), (".py", "python"), ("a.py/b", ""), ("", "")],
)
def test_a_file_s_name_says_its_language(path: str, language: str) -> None:
    assert language_of(path) == language


@pytest.mark.parametrize(
    ("path", "line", "expected"),
    [
        ("a.py", "  # x", True),
        ("a.py", "x  # y", False),
        ("a.py", "", False),
        ("a.py", "#!/usr/bin/python", False),
        ("a.c", "// x", True),
        ("a.c", "/* x", True),
        ("a.c", "/* x */", True),
        ("a.c", "/* x */ go();", False),
        ("a.c", " * x", True),
        ("a.c", " *", True),
        ("a.c", " */", True),
        ("a.c", " */ go();", False),
        ("a.c", " * x */ go();", False),
        ("a.c", "*p = 1;", False),
        ("a.c", "#include <a.h>", False),
        ("a.php", "#[Route]", False),
        ("a.php", "# x", True),
        ("a.rs", "#[test]", False),
        ("a.css", "* { margin: 0 }", False),
        ("a.html", "<!-- x -->", True),
        ("a.html", "<!-- x --><b>", False),
        ("a.hs", "-- x", True),
        ("a.lua", "--[[ x", True),
        ("a.json", "# x", False),
        ("a.txt", "# x", False),
        ("a.tf", "# x", True),
    ],
)
def test_a_line_is_a_comment_if_it_is_nothing_else(path: str, line: str, expected: bool) -> None:
    assert is_comment(path, line) == expected
