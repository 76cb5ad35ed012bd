"""Shell text as the pipelines it runs, wherever they stand: in substitutions, blocks, strings and heredocs for a shell.

The grammar is ast-grep's bash. What only mentions a command (an argument, a comment, a quoted string, a heredoc that
goes to a file) is not a command here. Names put together at run time (`$X`, base64) and aliases are out of reach. Where
the grammar loses its way, what it recovered is used.
"""

from __future__ import annotations

import functools
import re

from twiceshy.guards._cut import LIMIT, Cut, Heredoc, cut, unmarked
from twiceshy.guards._starts import PREFIX, Call, passed_on, scripts, source, started

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

STAR = "\x01"  # an unquoted * in a pattern
_INSIDE = 64  # nodes of a ( … ) between pipes that are looked at

_COMMANDS = frozenset(("command", "declaration_command", "unset_command"))
_SPREAD = frozenset(("pipeline", "redirected_statement", "negated_command"))
_STATEMENTS = _COMMANDS | _SPREAD
_JOINS = frozenset(("concatenation", "command_name", "variable_assignment"))
_SUBSTITUTIONS = frozenset(("command_substitution", "arithmetic_expansion", "process_substitution"))
_UNKNOWN = _SUBSTITUTIONS | {"simple_expansion", "expansion"}
_PLAIN = frozenset(("word", "number", "string", "raw_string", "ansi_c_string", "brace_expression", "concatenation"))
_WORDS = _PLAIN | _UNKNOWN
_PATTERN = _COMMANDS | _PLAIN | _JOINS | {"pipeline", "string_content", "variable_name"}
_ESCAPED = re.compile(r"\\(.)|\*", re.DOTALL)
_ESCAPED_IN_QUOTES = re.compile(r'\\([$`"\\\n])')


class Tree:
    """The grammar's tree of a `code`, in which other characters may stand for those the grammar cannot be given.

    Its scanner looks characters up in a table of 256 entries (isdigit), and reads beyond it for all the others.
    """

    __slots__ = ("_back", "code", "root")

    def __init__(self, code: str) -> None:
        from ast_grep_py import SgRoot

        self.code = code.replace("\0", " ").encode("utf-8", "replace").decode()
        high = sorted({char for char in self.code if char > "\xff"}, reverse=True)  # the marks of heredocs first
        free = [char for char in map(chr, range(0xC0, 0x100)) if char not in self.code] or ["?"]
        there = {ord(char): free[min(at, len(free) - 1)] for at, char in enumerate(high)}
        self._back = {ord(low): char for low, char in zip(free, high, strict=False)}
        if len(high) > len(free):
            self._back[ord(free[-1])] = "\ufffd"
        self.root = SgRoot(self.code.translate(there) if high else self.code, "bash").root()

    def restored(self, text: str) -> str:
        """A piece of the tree's text with the characters of the code."""
        return text.translate(self._back) if self._back else text


class Stage:
    """One stage of a pipeline: `calls` is its command and all that one starts; `compound` if it is a block of commands.

    `first` and `last` are the grammar's nodes it reaches from and to, `fed` the one that says what it reads.
    """

    __slots__ = ("calls", "compound", "fed", "first", "last", "words")

    def __init__(self, node: Any, compound: bool = False) -> None:
        self.first = self.last = node
        self.compound = compound
        self.words: list[str] = []
        self.fed: Any = None
        self.calls: list[Call] = []


class Pipeline:
    """Commands connected by pipes, or a single one: `stages` in order."""

    __slots__ = ("_line", "_tree", "stages")

    def __init__(self, stages: list[Stage], tree: Tree, line: int) -> None:
        self.stages = stages
        self._tree = tree
        self._line = line

    def words(self, stage: Stage) -> Iterator[list[str]]:
        """The words of each command of `stage`: one, unless it is a block."""
        for words in _commands_of(stage):
            yield [self._tree.restored(word) for word in words]

    def fed(self, stage: Stage) -> str:
        """The word that says what `stage` reads; empty if there is none."""
        return self._tree.restored(_word(stage.fed)) if stage.fed else ""

    def line_of(self, node: Any) -> int:
        """The 1-based line where `node` starts in the text that was read first."""
        return self._line + int(node.range().start.line)

    def place(self, first: int, last: int) -> tuple[int, int, str]:
        """The first and last line (1-based) and the text of the stages `first` to `last`."""
        start, end = self.stages[first].first.range().start, self.stages[last].last.range().end
        return self._line + start.line, self._line + end.line, unmarked(self._tree.code[start.index : end.index])


@functools.lru_cache(maxsize=16)
def pipelines(text: str) -> tuple[Pipeline, ...]:
    """Every pipeline in `text`, also in the strings and heredocs that a shell is given; see `_cut` for the limit."""
    found: list[Pipeline] = []
    work, left = [(text.replace("\r\n", "\n"), 1)], 2 * LIMIT
    while work and left > 0:
        script, line = work.pop()
        read = cut(script, min(left, LIMIT))
        left -= read.weight + len(script) // 64
        for code, first in read.pieces:
            for pipeline in _statements(code, line + first - 1):
                found.append(pipeline)
                work += _fill(pipeline, read, line)
        work += ((_substitutions(doc), line + doc.line - 1) for doc in read.heredocs if doc.expands)
    return tuple(found)


def pattern_stages(text: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The stages of a pattern, each as the commands it starts, with STAR for `*`; empty if it is anything else."""
    tree = Tree(text)
    statements = tree.root.children()
    work = [*statements]
    while work:
        node = work.pop()
        if not node.text() or (node.is_named() and node.kind() not in _PATTERN):
            return ()
        work += node.children()
    if len(statements) != 1 or statements[0].kind() not in _STATEMENTS:
        return ()
    stages, _ = _stages(statements[0], STAR)
    if not all(stage.words and stage.words[0] for stage in stages):
        return ()
    commands = ([tree.restored(word) for word in stage.words] for stage in stages)
    return tuple(tuple(tuple(words) for words in started(command)) for command in commands)


def _statements(code: str, line: int) -> Iterator[Pipeline]:
    tree = Tree(code)
    work = [tree.root]
    while work:
        node = work.pop()
        if node.kind() in _STATEMENTS:
            stages, inside = _stages(node)
            yield Pipeline(stages, tree, line)
        else:
            inside = node.children()
        work.extend(reversed(inside))


def _stages(statement: Any, star: str = "*") -> tuple[list[Stage], list[Any]]:
    """The stages of one statement in order, and the nodes inside them that may hold further statements."""
    stages: list[Stage] = []
    inside: list[Any] = []
    work = [statement]
    while work:
        node = work.pop()
        kind = node.kind()
        if kind in _SPREAD:
            work.extend(reversed(node.children()))
            continue
        inside += node.children()
        if kind in _COMMANDS:
            stages.append(_command(node, star))
        elif kind.endswith("_redirect"):
            words = _redirect(stages[-1], node, star) if stages else []
            if words:
                stages[-1].words += words
                stages[-1].last = node
        elif node.is_named() and kind != "comment":
            stages.append(Stage(node, compound=True))
    return stages, inside


def _redirect(stage: Stage, node: Any, star: str) -> list[str]:
    """Note what feeds `stage`; returns the arguments after the redirection, which the grammar counts as part of it."""
    words = [child for child in node.children() if child.kind() in _WORDS]
    if words and node.text()[:1] == "<":
        stage.fed = words[0]
    return [_word(word, star) for word in words[1:]]


def _command(node: Any, star: str) -> Stage:
    stage = Stage(node)
    prefix: list[str] = []
    for child in node.children():
        kind = child.kind()
        if kind.endswith("_redirect"):
            stage.words += _redirect(stage, child, star)
        elif kind == "variable_assignment" and not stage.words:
            prefix.append(_word(child, star))
        elif child.text() and (child.is_named() or not stage.words):
            stage.words.append(_word(child, star))
    if prefix:
        stage.words[:0] = [PREFIX, *prefix]
    return stage


def _word(node: Any, star: str = "*") -> str:
    """The text a word stands for: quotes and backslashes taken away, unknown parts between NULs."""
    kind, text = node.kind(), node.text()
    if kind in _UNKNOWN:
        return f"\0{text}\0"
    if kind in _JOINS:
        return "".join(_word(child, star) for child in node.children())
    if kind == "raw_string":
        return str(text[1:-1])
    if kind == "ansi_c_string":
        return _unescaped(text[2:-1].replace("\\n", "\n").replace("\\t", "\t"), "*")
    return _quoted(node, text) if kind == "string" else _unescaped(text, star)


def _unescaped(text: str, star: str) -> str:
    if "\\" not in text:
        return text.replace("*", star)
    return _ESCAPED.sub(lambda found: star if found[1] is None else found[1].strip("\n"), text)


def _quoted(node: Any, text: str) -> str:
    parts: list[str] = []
    at = 1
    for child in node.children():
        if child.kind() in _UNKNOWN:
            unknown = child.text()
            start = text.find(unknown, at)
            parts += [text[at:start], f"\0{unknown}\0"]
            at = start + len(unknown)
    parts.append(text[at:-1])
    return "".join(
        part if part[:1] == "\0" else _ESCAPED_IN_QUOTES.sub(lambda m: m[1].strip("\n"), part) for part in parts
    )


def _fill(pipeline: Pipeline, read: Cut, line: int) -> list[tuple[str, int]]:
    """Set the calls of each stage; returns the texts a shell runs because of them, with the lines they start on."""
    found: list[tuple[str, int]] = []
    stdin: tuple[str, int] | None = None
    for stage in pipeline.stages:
        stdin = _fed(stage, pipeline, read, line) or stdin
        if stage.compound and len(pipeline.stages) == 1 and not stdin:
            continue
        commands = [words for inner in pipeline.words(stage) for words in started(inner)]
        stage.calls = [Call(words) for words in commands]
        text, origin = stdin or (None, 0)
        for words in commands:
            for script, is_stdin in scripts(words, text):
                if is_stdin or not stage.compound:
                    found.append((script, origin if is_stdin else pipeline.line_of(stage.first)))
        output = passed_on(commands[-1], text) if commands else None
        stdin = None if output is None else (output, origin or pipeline.line_of(stage.first))
    return found


def _fed(stage: Stage, pipeline: Pipeline, read: Cut, line: int) -> tuple[str, int] | None:
    """The text a stage reads from a heredoc or a `<<<` string, and the line it starts on."""
    word = pipeline.fed(stage)
    doc = read.heredoc(word)
    if doc:
        return doc.text, line + doc.line - 1
    is_string = stage.fed and stage.fed.parent().kind() == "herestring_redirect"
    return (source(word), pipeline.line_of(stage.fed)) if is_string else None


def _substitutions(doc: Heredoc) -> str:
    """What the shell runs while it expands a heredoc: its text as one quoted word of a command that does nothing."""
    return ': "' + doc.text.replace('"', '\\"') + '"' if "$(" in doc.text or "`" in doc.text else ""


def _commands_of(stage: Stage) -> Iterator[list[str]]:
    if not stage.compound:
        if stage.words:
            yield stage.words
        return
    work, left = [stage.first], _INSIDE
    while work and left:
        node = work.pop()
        left -= 1
        if node.kind() in _COMMANDS:
            words = _command(node, "*").words
            if words:
                yield words
        else:
            work.extend(reversed(node.children()))
