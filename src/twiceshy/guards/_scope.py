"""The function around a line: by structure where the language is known, by indentation elsewhere."""

from __future__ import annotations

import functools

from twiceshy.errors import InvalidGuard
from twiceshy.guards._languages import language_of
from twiceshy.guards._tree import ask, span_of, tree_of
from twiceshy.model.change import lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from twiceshy.model.change import ChangedFile

_SCRIPT = "function_declaration generator_function_declaration method_definition"
_SCRIPT_VALUES = "arrow_function function_expression generator_function"

# language -> kinds of nodes that are functions | kinds that are so only if they take more than one line: a callback
# that fits into its caller's line is part of the caller
_FUNCTIONS = {
    "bash": "function_definition",
    "c": "function_definition",
    "cpp": "function_definition | lambda_expression",
    "csharp": "method_declaration constructor_declaration destructor_declaration operator_declaration"
    " conversion_operator_declaration accessor_declaration local_function_statement"
    " | lambda_expression anonymous_method_expression",
    "elixir": "call",
    "go": "function_declaration method_declaration | func_literal",
    "java": "method_declaration constructor_declaration compact_constructor_declaration static_initializer"
    " | lambda_expression",
    "javascript": f"{_SCRIPT} | {_SCRIPT_VALUES}",
    "kotlin": "function_declaration secondary_constructor anonymous_initializer getter setter | anonymous_function",
    "lua": "function_declaration | function_definition",
    "php": "function_definition method_declaration | anonymous_function arrow_function",
    "python": "function_definition",
    "ruby": "method singleton_method | lambda",
    "rust": "function_item macro_definition | closure_expression",
    "scala": "function_definition | lambda_expression",
    "solidity": "function_definition constructor_definition modifier_definition fallback_receive_definition",
    "swift": "function_declaration init_declaration deinit_declaration subscript_declaration computed_getter"
    " computed_setter",
    "tsx": f"{_SCRIPT} | {_SCRIPT_VALUES}",
    "typescript": f"{_SCRIPT} | {_SCRIPT_VALUES}",
}
_ONLY = {"elixir": {"has": {"field": "target", "regex": "^(def|defp|defmacro|defmacrop|test|setup)$"}}}


def enclosing_function(path: str, text: str, line: int) -> tuple[int, int]:
    """The 1-based first and last line of the innermost function that holds `line`; the whole text if there is none."""
    functions = _functions(text, language_of(path))
    return (functions[line - 1] if 1 <= line <= len(functions) else None) or (1, max(len(functions), 1))


def lines_in_scope(scope: str, file: ChangedFile, text: str) -> set[int]:
    """The lines of the new `text` of `file` that a guard with this `scope` looks at (FORMATS: Guards).

    `added`: what the change adds; `function`: the functions in which it adds or removes something; `file`: everything.
    """
    if scope == "file":
        return set(range(1, len(lines_of(text)) + 1))
    lines = set(file.added().numbers)
    if scope == "function":
        functions = _functions(text, language_of(file.path))
        touched = lines.union(hunk.new_start for hunk in file.hunks if not hunk.added)
        for first, last in {span for line in touched if 0 < line <= len(functions) and (span := functions[line - 1])}:
            lines.update(range(first, last + 1))
    return lines


@functools.lru_cache(maxsize=64)
def _functions(text: str, language: str) -> list[tuple[int, int] | None]:
    """For every line of `text` the innermost function that holds it."""
    lines = lines_of(text)
    tree = tree_of(text, language) if language in _FUNCTIONS else None
    if tree is None:
        return _innermost(_blocks(lines), len(lines))
    always, _, tall = _FUNCTIONS[language].partition("|")
    kinds = [{"kind": kind, **_ONLY.get(language, {})} for kind in f"{always} {tall}".split()]
    try:
        nodes = ask(tree, {"rule": {"any": kinds}})
    except InvalidGuard:  # another version of the grammar
        return _innermost(_blocks(lines), len(lines))
    found = [(node.kind() in tall.split(), span_of(_whole(node, language))) for node in nodes]
    return _innermost([span for is_value, span in found if not is_value or span[0] < span[1]], len(lines))


def _whole(node: Any, language: str) -> Any:
    """A function with its decorators, where they stand around it and not in it."""
    parent = node.parent() if language == "python" else None
    return parent if parent is not None and parent.kind() == "decorated_definition" else node


def _innermost(spans: list[tuple[int, int]], count: int) -> list[tuple[int, int] | None]:
    """For each of `count` lines the shortest span around it, in one pass."""
    waiting = sorted(spans, key=lambda span: (-span[0], span[1]))
    open_spans: list[tuple[int, int]] = []
    innermost: list[tuple[int, int] | None] = []
    for line in range(1, count + 1):
        while waiting and waiting[-1][0] <= line:
            open_spans.append(waiting.pop())
        while open_spans and open_spans[-1][1] < line:
            open_spans.pop()
        innermost.append(open_spans[-1] if open_spans else None)
    return innermost


def _blocks(lines: list[str]) -> list[tuple[int, int]]:
    """Every unindented line with what hangs below it: indented and empty lines, and lines that start with a bracket."""
    tops = (number for number, line in enumerate(lines, 1) if line and not line[0].isspace() and line[0] not in "{)}]")
    starts = sorted({1, *tops})
    return list(zip(starts, [start - 1 for start in starts[1:]] + [len(lines)], strict=True))
