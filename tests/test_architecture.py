"""The house is as ARCHITECTURE.md draws it, and every room stays small; what does not fit is listed."""

from __future__ import annotations

import ast
import configparser
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from twiceshy.evidence import SOURCES
from twiceshy.formats import FORMATS
from twiceshy.guards import ENGINES
from twiceshy.markdown.lexicon import LANGUAGES
from twiceshy.markdown.parse import parse
from twiceshy.rules import RULES
from twiceshy.surfaces.cli import VERBS

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "src" / "twiceshy"
PAGE = ROOT / "ARCHITECTURE.md"
MODULES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(HOUSE.rglob("*.py"))}
REFUSED = set("manager service handler helper util utils common base impl factory processor context info data".split())
GIT_SAYS = {"merge_base"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def named(path: Path, line: int, what: str) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{line}: {what}"


def fences() -> list[str]:
    return [fence.code for fence in parse(PAGE.read_text(encoding="utf-8")).fences]


def drawn() -> set[str]:
    """The paths that the tree names, relative to the repository's root; folders end with a slash."""
    tree = next(code for code in fences() if "├──" in code)
    at: dict[int, str] = {}
    paths = set()
    for line in tree.splitlines()[1:]:
        match = re.match(r"[│├└─ ]+", line)
        assert match, line
        depth = match.end()
        names = re.split(r"\s{2,}", line[depth:])[0].split(" · ")
        above = max((other for other in at if other < depth), default=0)
        at = {other: name for other, name in at.items() if other < depth} | {depth: at.get(above, "") + names[0]}
        paths |= {at.get(above, "") + name for name in names}
    return paths


def functions(tree: ast.Module) -> Iterator[Function]:
    yield from (node for node in ast.walk(tree) if isinstance(node, Function))


def public(tree: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    """What others may use: functions and classes without an underscore, and their methods."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}


def test_the_tree_names_every_folder_and_top_level_module_and_nothing_that_is_not_there():
    inside = {f"{path.parent.relative_to(ROOT).as_posix()}/" for path in MODULES} | {"src/twiceshy/templates/"}
    inside |= {path.relative_to(ROOT).as_posix() for path in MODULES if path.parent == HOUSE}
    tree = drawn()
    assert inside - tree == set()
    assert {path for path in tree if not (ROOT / path).exists()} == set()


def test_the_arrows_are_the_layers_that_import_linter_holds():
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    layers = config["importlinter:contract:house"]["layers"].split("\n")
    arrows = next(code for code in fences() if "→ errors" in code).split("→")
    assert [arrow.strip(" ()\n") for arrow in arrows] == [layer.strip() for layer in layers if layer.strip()]


def test_the_tables_of_leaves_are_where_the_page_says_and_hold_what_it_says():
    tables = {"ENGINES": ENGINES, "RULES": RULES, "SOURCES": SOURCES, "FORMATS": FORMATS, "LANGUAGES": LANGUAGES}
    tables["VERBS"] = {verb: import_module(f"twiceshy.surfaces.cli.{verb}") for verb in VERBS if verb != "hook"}
    rows = re.findall(r"`([\w/]+)/<\w+>\.py` \| (`.+`) \| `(\w+)` \|", PAGE.read_text(encoding="utf-8"))
    assert [name for _, _, name in rows] == list(tables)
    for folder, offered, name in rows:
        assert hasattr(import_module(f"twiceshy.{folder.replace('/', '.')}"), name)
        always = offered.partition(", perhaps")[0]
        for leaf, module in tables[name].items():
            assert [word for word in re.findall(r"\w+", always) if not hasattr(module, word)] == [], leaf


def test_a_module_has_at_most_300_lines():
    assert [
        named(path, lines, "lines")
        for path in MODULES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    ] == []


def test_a_function_has_at_most_40_lines():
    assert [
        named(path, node.lineno, f"{node.name} has {lines} lines")
        for path, tree in MODULES.items()
        for node in functions(tree)
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > 40
    ] == []


def test_a_function_takes_at_most_five_positional_parameters():
    assert [
        named(path, node.lineno, f"{node.name} takes {count}")
        for path, tree in MODULES.items()
        for node in functions(tree)
        if (count := sum(arg.arg not in ("self", "cls") for arg in (*node.args.posonlyargs, *node.args.args))) > 5
    ] == []


@pytest.mark.parametrize("verb", VERBS)
def test_a_command_only_translates_in_at_most_15_lines(verb):
    path = HOUSE / "surfaces" / "cli" / f"{verb}.py"
    (command,) = [node for node in functions(MODULES[path]) if node.name in ("run", "main")]
    lines = (command.end_lineno or 0) - command.lineno + 1
    assert lines <= 15, named(path, command.lineno, f"{command.name} has {lines} lines")


def test_every_module_and_public_function_says_what_it_is_for():
    silent = [named(path, 1, "module") for path, tree in MODULES.items() if not ast.get_docstring(tree)]
    silent += [
        named(path, node.lineno, node.name)
        for path, tree in MODULES.items()
        for node in public(tree)
        if not ast.get_docstring(node)
    ]
    assert silent == []


def test_names_come_from_the_field_and_not_from_a_framework():
    assert [named(path, 1, "module") for path in MODULES if words(path.stem) & REFUSED] == []
    assert [
        named(path, node.lineno, node.name)
        for path, tree in MODULES.items()
        for node in (*public(tree), *(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)))
        if words(node.name) & REFUSED and node.name not in GIT_SAYS
    ] == []
