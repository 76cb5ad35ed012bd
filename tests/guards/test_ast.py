"""Structural guards: what they find, what they need, and that no rule and no source can hurt."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twiceshy.errors import InvalidGuard
from twiceshy.guards import ast, fires
from twiceshy.guards._languages import LANGUAGES
from twiceshy.guards._tree import ask, tree_of
from twiceshy.model.change import Change, ChangedFile, Hunk, Match, lines_of
from twiceshy.model.guard import Guard

CALM = settings(deadline=None)


def guard(pattern: object, **more: Any) -> Guard:
    return Guard("here", "ast", pattern, **more)


def python(pattern: str, **more: Any) -> Guard:
    return guard({"lang": "python", "pattern": pattern}, **more)


def added(text: str, path: str = "a.py") -> Change:
    return Change([ChangedFile(path, [Hunk(0, [], 1, lines_of(text))], status="added", new=lambda: text)])


def edited(text: str, *numbers: int, path: str = "a.py") -> Change:
    """A change that added the lines `numbers` of what is now `text`."""
    lines = lines_of(text)
    return Change([ChangedFile(path, [Hunk(0, [], n, [lines[n - 1]]) for n in numbers], new=lambda: text)])


def places(found: Any) -> list[tuple[int, int]]:
    return [(match.line, match.end_line) for match in found]


def find(rule: Guard, change: Change) -> list[Match]:
    ast.validate(rule)
    return list(ast.find(rule, change))


def test_a_match_names_its_lines_and_holds_their_text() -> None:
    text = "import os\nif x:\n    foo(\n        1,\n    )\n"
    (match,) = find(python("foo($A)"), added(text))
    assert (match.path, match.line, match.end_line, match.side) == ("a.py", 3, 5, "new")
    assert match.text == "    foo(\n        1,\n    )"


def test_only_what_overlaps_an_added_line_counts() -> None:
    text = "foo(1)\nfoo(\n    2,\n)\nfoo(3)\n"
    assert places(find(python("foo($A)"), edited(text, 3))) == [(2, 4)]
    assert places(find(python("foo($A)"), edited(text, 3, 5))) == [(2, 4), (5, 5)]


def test_scope_function_takes_in_the_functions_that_change_and_scope_file_everything() -> None:
    text = "foo(0)\ndef a():\n    foo(1)\n    bar()\ndef b():\n    foo(2)\n"
    assert places(find(python("foo($A)"), edited(text, 4))) == []
    assert places(find(python("foo($A)", scope="function"), edited(text, 4))) == [(3, 3)]
    assert places(find(python("foo($A)", scope="file"), edited(text, 4))) == [(1, 1), (3, 3), (6, 6)]


def test_where_the_file_cannot_be_read_each_run_of_added_lines_is_read_as_code() -> None:
    hunks = [Hunk(0, [], 10, ["    x = foo(", "        1)", "    y = 2"]), Hunk(0, [], 40, ["    return foo(2)"])]
    change = Change([ChangedFile("a.py", hunks)])
    found = find(python("foo($A)"), change)
    assert places(found) == [(10, 11), (40, 40)]
    assert found[0].text == "    x = foo(\n        1)"


def test_a_deleted_or_only_renamed_file_is_left_alone() -> None:
    deleted = ChangedFile("a.py", [Hunk(1, ["foo(1)"], 0, [])], status="deleted", old=lambda: "foo(1)\n")
    renamed = ChangedFile("b.py", [], status="renamed", old_path="a.py", new=lambda: "foo(1)\n")
    for scope in ("added", "function", "file"):
        assert find(python("foo($A)", scope=scope), Change([deleted, renamed])) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\r\nfoo(1)\r\n", 2),
        ("\ufefffoo(1)\n", 1),
        ("'é日😀'\nfoo('é')\n", 2),
        ("'\ud800'\nfoo('\udfff')\n", 2),
        ("'\x0b\x0c\x1c\x85\u2028'\nfoo(1)\n", 2),
        ("'\0'\nfoo(1)\n", 2),
        ("foo(1)", 1),
        ("broken ( {\n\nfoo(1)\n", 3),
    ],
)
def test_lines_are_counted_as_git_counts_them(text: str, line: int) -> None:
    assert (line, line) in places(find(python("foo($A)"), added(text)))


def test_a_pattern_of_several_lines_matches_whatever_the_line_ends_are() -> None:
    pattern = "try:\n    $A\nexcept OSError:\n    pass"
    text = "try:\n    go()\nexcept OSError:\n    pass\n"
    assert places(find(python(pattern), added(text))) == [(1, 4)]
    assert places(find(python(pattern), added(text.replace("\n", "\r\n")))) == [(1, 4)]


def test_a_node_that_ends_where_the_next_line_starts_ends_on_its_own_line() -> None:
    rule = guard({"lang": "c", "kind": "preproc_include"})
    assert places(find(rule, added("#include <a.h>\nint x;\n", "a.c"))) == [(1, 1)]


def test_fires_names_a_place_once_however_many_nodes_match_there() -> None:
    rule = guard({"lang": "python", "rule": {"regex": "^foo"}})
    assert places(fires(rule, added("foo(foo(1), foo)\n"))) == [(1, 1)]


def test_only_files_of_the_language_are_parsed() -> None:
    for path in ("a.js", "a.txt", "a", "a.py/b.md"):
        assert find(python("foo($A)"), added("foo(1)\n", path)) == []


@pytest.mark.parametrize("name", [*LANGUAGES, "py", "JavaScript", "golang", "c++"])
def test_every_language_and_its_other_names_can_be_asked_for(name: str) -> None:
    ast.validate(guard({"lang": name, "regex": "x"}))


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("foo($A)", "takes a language and a pattern"),
        (None, "takes a language and a pattern"),
        ({"pattern": "foo($A)"}, "takes a language and a pattern"),
        ({"lang": "python", "language": "python", "pattern": "a"}, "takes a language and a pattern"),
        ({"lang": "cobol", "pattern": "a"}, "does not know the language 'cobol'"),
        ({"lang": 5, "pattern": "a"}, "does not know the language 5"),
        ({"lang": "", "pattern": "a"}, "does not know the language ''"),
        ({"lang": "python"}, "one positive matcher"),
        ({"lang": "python", "patern": "a"}, "does not know 'patern'"),
        ({"lang": "python", "rule": {"pattern": "a"}, "kind": "call"}, "does not know 'rule' here"),
        ({"lang": "python", "pattern": "a", "severity": "error"}, "does not know 'severity'"),
        ({"lang": "python", "rule": "foo($A)"}, "not understood"),
        ({"lang": "python", "rule": {"patern": "a"}}, "unknown field `patern`"),
        ({"lang": "python", "pattern": ""}, "No AST root"),
        ({"lang": "python", "pattern": "a\nb"}, "Multiple AST nodes"),
        ({"lang": "python", "pattern": ["a", "b"]}, "not understood"),
        ({"lang": "python", "kind": "nope"}, "Kind `nope` is invalid"),
        ({"lang": "python", "regex": "("}, "unclosed group"),
        ({"lang": "python", "pattern": "f($A)", "inside": {"kind": "nope"}}, "Kind `nope` is invalid"),
        ({"lang": "python", "pattern": "f($A)", "constraints": {"B": {"regex": "x"}}}, "Undefined meta var"),
        ({"lang": "python", "matches": "nowhere"}, "not defined"),
        ({"lang": "python", "pattern": "f('\ud800')"}, "surrogates"),
        ({"lang": "python", "pattern": "a" * 5000}, "5000 characters"),
        ({"lang": "python", "pattern": {"context": "f(x)", "selector": "nope"}}, "Kind `nope` is invalid"),
        ({"lang": "python", 5: "a"}, "does not know 5"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_with_a_hint(pattern: object, said: str) -> None:
    with pytest.raises(InvalidGuard) as refused:
        ast.validate(guard(pattern))
    assert said in refused.value.message
    assert refused.value.hint


def test_an_unknown_language_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InvalidGuard):
        ast.validate(guard({"lang": "klingon", "pattern": "x"}))
    assert capfd.readouterr() == ("", "")


def test_a_panic_of_the_engine_is_an_invalid_guard() -> None:
    class Panicking:
        def find_all(self, config: object) -> None:
            raise type("PanicException", (BaseException,), {})("called unwrap on a None value")

    class Interrupted:
        def find_all(self, config: object) -> None:
            raise KeyboardInterrupt

    from twiceshy.guards._tree import Tree

    with pytest.raises(InvalidGuard, match="called unwrap"):
        ask(Tree(Panicking()), {})
    with pytest.raises(KeyboardInterrupt):
        ask(Tree(Interrupted()), {})


def test_a_language_this_version_of_the_engine_lacks_has_no_tree(capfd: pytest.CaptureFixture[str]) -> None:
    assert tree_of("x", "cobol") is None
    capfd.readouterr()


def test_numbers_and_truths_may_be_written_as_text() -> None:
    rule = {"lang": "python", "kind": "integer", "nthChild": {"position": "1", "reverse": "true"}}
    found = find(guard(rule), added("f(1,\n  2,\n  3)\n"))
    assert places(found) == [(3, 3)]
    placed = {
        "lang": "python",
        "rule": {"range": {"start": {"line": "1", "column": "2"}, "end": {"line": "1", "column": "3"}}},
    }
    assert places(find(guard(placed), added("f(1,\n  2,\n  3)\n"))) == [(2, 2)]


def test_a_rule_nested_too_deeply_is_refused_before_the_engine_overflows() -> None:
    rule: dict[str, Any] = {"pattern": "foo($A)"}
    for _ in range(5000):
        rule = {"has": rule}
    with pytest.raises(InvalidGuard, match="nested too deeply"):
        ast.validate(guard({"lang": "python", "rule": rule}))


PARTS = st.deferred(lambda: st.dictionaries(KEYS, VALUES, max_size=3))
KEYS = st.sampled_from(
    "pattern kind regex nthChild range inside has precedes follows all any not matches stopBy field context selector "
    "strictness position reverse ofRule line column start end bogus".split()
)
VALUES = (
    st.sampled_from(
        "foo($A)|$A|$$$|$$$A|$||(|call|ERROR|end|neighbor|2n+1|-1|0|true|99999999999999999999|a*|smart|signature|name|"
        "\0|µ|𐀀A|/*|<a>|{".split("|")
    )
    | st.none()
    | st.integers(-1, 3)
    | st.booleans()
    | PARTS
    | st.lists(PARTS, max_size=3)
)
SOURCES = st.sampled_from(["x", "foo(1)\nfoo(a, b)\n", "", "😀 é\r\n", "((((", "class A { void f() { foo(1); } }\n"])


@CALM
@given(
    st.sampled_from(sorted(LANGUAGES)), PARTS, st.dictionaries(st.sampled_from(["A", "x"]), VALUES, max_size=1), SOURCES
)
def test_any_mapping_is_a_rule_or_an_invalid_guard(
    language: str, rule: dict[str, Any], constraints: dict[str, Any], source: str
) -> None:
    tried = guard({"lang": language, "rule": rule, **({"constraints": constraints} if constraints else {})})
    try:
        ast.validate(tried)
    except InvalidGuard as refused:
        assert refused.message and refused.hint
        return
    needed = ast.needs(tried)
    for match in ast.find(tried, added(source, "a" + LANGUAGES[language][0][0])):
        assert 1 <= match.line <= match.end_line <= max(len(lines_of(source)), 1)
        assert all(run in source for run in needed)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ({"lang": "py", "pattern": "requests.get($URL, verify=False)"}, {"requests", "get", "verify", "False"}),
        ({"lang": "py", "pattern": "f('a b', $X)"}, {"f", "'", "a b"}),
        ({"lang": "py", "pattern": 'f("a\\nb")'}, {"f", '"', "\\n"}),
        ({"lang": "py", "pattern": "def $F($$$): $$$BODY"}, set()),
        ({"lang": "py", "pattern": "naïve(été_x)"}, {"na", "ve", "t", "_x"}),
        ({"lang": "c", "pattern": "$P = realloc($P, $S)"}, {"realloc"}),
        ({"lang": "c", "pattern": {"context": "void f() { free($A); }", "selector": "call_expression"}}, {"free"}),
        ({"lang": "c", "pattern": {"context": "f(x)", "selector": "call_expression", "strictness": "ast"}}, set()),
        ({"lang": "php", "pattern": "ECHO mysql_query($Q)"}, {"mysql_query"}),
        ({"lang": "bash", "pattern": "rm -rf $DIR"}, {"rm", "-rf"}),
        ({"lang": "css", "pattern": "$A { color: $B }"}, {"color"}),
        ({"lang": "py", "rule": {"all": [{"pattern": "f($A)"}, {"not": {"pattern": "g(x)"}}]}}, {"f"}),
        ({"lang": "py", "rule": {"any": [{"pattern": "f($A)"}, {"pattern": "g($A)"}]}}, set()),
        ({"lang": "py", "pattern": "f($A)", "inside": {"pattern": "def g(): $$$"}}, {"f"}),
        ({"lang": "py", "regex": "secret"}, set()),
    ],
)
def test_what_is_needed_is_what_surely_occurs(pattern: dict[str, Any], needed: set[str]) -> None:
    assert ast.needs(guard(pattern)) == needed


SAMPLES = {
    "bash": "cat <<EOF\nhello $NAME world\nEOF\n[[ -f foo && $x =~ ^ab+c$ ]] && echo \"a $b c\" | grep -v 'foo bar'\n",
    "c": '#  include <a.h>\n#define FOO(x) bar(x)\nconst char *s = "foo\\n";\nint m(void) { goto out; out: go(); }\n',
    "cpp": 'auto s = R"(foo bar)"; bool b = not a and c; namespace n { int f() { return x->y<z>(1); } }\n',
    "csharp": 'class B { string s = $"foo {bar} baz\\n"; int? x = y is Foo f ? 1 : 2; void M() { Go(a, b); } }\n',
    "css": "a.foo > b { color: Red !important; background: url(foo.png) }\n@media print { a { b: c } }\n",
    "elixir": 'x = ~s(foo\\n bar)\ny = ~r/foo bar/\nz = "a#{b}\\n"\nif not true, do: :foo\n',
    "go": 'package a\nvar s = `raw foo`\nvar t = "foo\\n"\nfunc q() { defer f(); for range x { break } }\n',
    "haskell": 'x = "foo\\nbar"\ny = [a | a <- b, c]\nz = if a then b else c\n',
    "hcl": 'resource "a" "b" {\n  name = "foo ${var.bar} baz"\n  text = <<EOT\nhello world\nEOT\n}\n',
    "html": '<div class="foo bar">text here <b>bold</b></div><!-- note --><INPUT disabled>\n',
    "java": 'class B { String s = "foo\\n"; int x = switch (y) { case 1 -> 2; default -> 3; }; @T void m() {} }\n',
    "javascript": 'const re = /foo\\d+bar/gi; let t = `foo ${bar} baz\\n`;\nimport {x as y} from "mod";\na?.b(c);\n',
    "json": '{"a": "foo\\nbar", "b": [true, null, 1]}\n',
    "kotlin": 'val s = "foo $bar ${baz()}\\n"\nval x = y as? Foo ?: z\nfun f() = when (c) { is D -> 1; else -> 2 }\n',
    "lua": 'local s = [[raw foo]] .. "foo\\n"\nfor i = 1, 2 do break end\n',
    "nix": "{ pkgs ? import <nixpkgs> {} }: let f = x: x + 1; s = ''\n foo ${f 1} bar\n''; in f 2\n",
    "php": '<?php IF ($x) { ECHO "foo $bar\\n"; } $a->go(1); class A { public function m() {} }\n',
    "python": "x = f\"foo {bar!r:>10} baz\\n\"\nz = '''doc'''\ntry:\n    go(*a)\nexcept A as e:\n    raise C from e\n",
    "ruby": 'x = %w(foo bar)\ny = /foo\\d+bar/i\nw = <<~E\n  hello there\nE\nputs "a#{b}c\\n" unless q\n',
    "rust": 'fn q() { let s = "foo\\n"; println!("a {} b", s); match x { Some(y) if y > 1 => {}, _ => go() } }\n',
    "scala": 'val s = s"foo $bar ${baz}"\nfor (a <- b if c) yield a\n',
    "solidity": 'contract B { string s = "foo\\n"; function q() external view { emit Foo(x); require(a, "msg"); } }\n',
    "swift": 'let s = "foo \\(bar) baz\\n"\nguard let y = z else { return }\nlet x = try? go()\n',
    "tsx": 'const E = <Foo bar="baz qux" {...rest}>hello world &amp; more <b/></Foo>\n',
    "typescript": "abstract class A<T> { private q?: number = <any>go<string>(1); get x(): T { return y! } }\n",
    "yaml": "a: foo bar\nb: 'x y'\nc: [one, two]\nd: |\n  block text\n  more\ne: &anc val\nf: *anc\n",
}


@pytest.mark.parametrize("language", SAMPLES)
def test_code_without_what_a_pattern_needs_is_never_matched(language: str) -> None:
    """Every piece of a sample is a pattern; taking one needed text out of the sample must end its matches."""
    sample = SAMPLES[language]
    tree = tree_of(sample, language)
    assert tree
    tried = 0
    for node in ask(tree, {"rule": {"regex": "."}}):
        rule = guard({"lang": language, "pattern": node.text()})
        try:
            ast.validate(rule)
        except InvalidGuard:
            continue
        for needed in ast.needs(rule):
            without = sample.replace(needed, "".join(chr(ord(c) ^ 1) if c.isalpha() else c for c in needed))
            if needed not in without:
                changed = tree_of(without, language)
                assert changed and not ask(changed, ast.rule_of(rule.pattern)[1]), (node.text(), needed)
                tried += 1
    assert tried > 3


def test_every_language_has_a_sample() -> None:
    assert set(SAMPLES) == set(LANGUAGES)


def test_a_file_that_lacks_what_is_needed_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = python("foo($A)")
    ast.needs(rule)
    monkeypatch.setattr(ast, "tree_of", lambda text, language: pytest.fail("it was parsed"))
    assert list(ast.find(rule, added("bar(1)\n"))) == []


def test_a_text_is_parsed_once_for_all_guards(monkeypatch: pytest.MonkeyPatch) -> None:
    from twiceshy.guards import _tree

    monkeypatch.setattr(_tree, "_kept", {})
    parsed: list[str] = []
    parse = _tree._parsed
    monkeypatch.setattr(_tree, "_parsed", lambda text, language: parsed.append(text) or parse(text, language))
    change = added("def f():\n    foo(1)\n    bar(2)\n")
    for rule in (python("foo($A)"), python("bar($A)", scope="function"), python("$F(1)")):
        assert len(list(ast.find(rule, change))) == 1
    assert parsed.count("def f():\n    foo(1)\n    bar(2)\n") == 1


def test_trees_are_forgotten_when_they_take_too_much_room(monkeypatch: pytest.MonkeyPatch) -> None:
    from twiceshy.guards import _tree

    monkeypatch.setattr(_tree, "_kept", {})
    monkeypatch.setattr(_tree, "_ROOM", 100)
    for number in range(10):
        assert tree_of(f"foo({number})\n" * 5, "python")
    assert 1 <= len(_tree._kept) <= 2


def test_a_file_too_large_to_parse_is_judged_by_its_added_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    from twiceshy.guards import _tree

    monkeypatch.setattr(_tree, "LARGEST", 200)
    text = "x = 1\n" * 100 + "foo(1)\nfoo(2)\n"
    assert places(find(python("foo($A)"), edited(text, 101))) == [(101, 101)]


@pytest.mark.parametrize(
    "source",
    ["[" + "1," * 20_000 + "2]", "[" * 20_000 + "]" * 20_000],
    ids=["a list of 20,000 numbers", "a list in a list in a list"],
)
@pytest.mark.parametrize("relation", [{"follows": {"kind": "string", "stopBy": "end"}}, {"nthChild": "2"}])
def test_a_tree_too_wide_or_deep_for_relations_does_not_hang(source: str, relation: dict[str, Any]) -> None:
    text = source + "\n[3]\n"
    rule = guard({"lang": "json", "rule": {"any": [{"kind": "number"}, {"kind": "array"}], **relation}})
    assert find(rule, edited(text, 2, path="a.json")) == []
    plain = guard({"lang": "json", "kind": "number"})
    assert places(find(plain, edited(text, 2, path="a.json"))) == [(2, 2)]


def test_guards_with_relations_see_what_stands_around_the_added_lines() -> None:
    text = "def f():\n    for x in y:\n        go(\n            x)\n    go(1)\n"
    rule = guard({"lang": "python", "pattern": "go($A)", "inside": {"kind": "for_statement", "stopBy": "end"}})
    assert places(find(rule, edited(text, 4, 5))) == [(3, 4)]
    utils = {"loop": {"any": [{"kind": "for_statement"}, {"kind": "while_statement"}]}}
    named = {"lang": "python", "pattern": "go($A)", "inside": {"matches": "loop", "stopBy": "end"}, "utils": utils}
    assert places(find(guard(named), edited(text, 4, 5))) == [(3, 4)]


def test_a_rule_about_the_whole_file_fires_at_its_start() -> None:
    rule = {"lang": "go", "kind": "source_file", "not": {"has": {"kind": "comment"}}}
    assert places(find(guard(rule), edited("package a\n\nvar x = 1\n", 3, path="a.go"))) == [(1, 3)]
    assert find(guard(rule), edited("// who\npackage a\n", 2, path="a.go")) == []
