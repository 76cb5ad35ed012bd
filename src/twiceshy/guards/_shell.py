"""Shell text as the pipelines it runs, wherever they stand: in substitutions, blocks, strings and heredocs for a shell.

The grammar is ast-grep's bash. What only mentions a command (an argument, a comment, a quoted string, a heredoc that
goes to a file) is not a command here. Names put together at run time (`$X`, base64) and aliases are out of reach. Where
the grammar loses its way, what it recovered is used.
"""

from __future__ import annotations

import functools
import re

from twiceshy.guards._starts import PREFIX, Call, passed_on, scripts, source, started

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

LIMIT = 65536  # characters of one text that are read; what the strings inside it hold may come to as much again
STAR = "\x01"  # an unquoted * in a pattern
_INSIDE = 64  # nodes of a ( … ) between pipes that are looked at

_COMMANDS = frozenset(("command", "declaration_command", "unset_command"))
_SPREAD = frozenset(("pipeline", "redirected_statement", "negated_command"))
_JOINS = frozenset(("concatenation", "command_name", "variable_assignment"))
_SUBSTITUTIONS = frozenset(("command_substitution", "arithmetic_expansion", "process_substitution"))
_UNKNOWN = _SUBSTITUTIONS | {"simple_expansion", "expansion"}
_PLAIN = frozenset(("word", "number", "string", "raw_string", "ansi_c_string", "brace_expression", "concatenation"))
_WORDS = _PLAIN | _UNKNOWN
_SILENT = frozenset(("comment", "heredoc_start", "heredoc_end", "file_descriptor"))
_PATTERN = _COMMANDS | _PLAIN | _JOINS | {"pipeline", "string_content", "variable_name"}
_ESCAPED = re.compile(r"\\(.)|\*", re.DOTALL)
_ESCAPED_IN_QUOTES = re.compile(r'\\([$`"\\\n])')


class Stage:
    """One stage of a pipeline: `calls` is its command and all that one starts; `compound` if it is a block of commands.

    `first` and `last` are the grammar's nodes it reaches from and to, `stdin` the text and the node it is fed with.
    """

    __slots__ = ("calls", "compound", "first", "last", "opens", "stdin", "words")

    def __init__(self, node: Any, words: list[str], compound: bool = False, opens: bool = False) -> None:
        self.first = self.last = node
        self.words = words
        self.compound = compound
        self.opens = opens
        self.stdin: tuple[str, Any] | None = None
        self.calls: list[Call] = []


class Pipeline:
    """Commands connected by pipes, or a single one: `stages` in order."""

    __slots__ = ("_line", "_source", "stages")

    def __init__(self, stages: list[Stage], source: str, line: int) -> None:
        self.stages = stages
        self._source = source
        self._line = line

    def line_of(self, node: Any) -> int:
        """The 1-based line where `node` starts in the text that was read first."""
        return self._line + int(node.range().start.line)

    def place(self, first: int, last: int) -> tuple[int, int, str]:
        """The first and last line (1-based) and the text of the stages `first` to `last`."""
        start, end = self.stages[first].first.range().start, self.stages[last].last.range().end
        return self._line + start.line, self._line + end.line, self._source[start.index : end.index]


@functools.lru_cache(maxsize=64)
def pipelines(text: str) -> tuple[Pipeline, ...]:
    """Every pipeline in the first LIMIT characters of `text`, also in the strings and heredocs that a shell is given."""
    found: list[Pipeline] = []
    work, left = [(text[:LIMIT].replace("\r\n", "\n"), 1)], 2 * LIMIT
    while work:
        script, line = work.pop()
        left -= len(script)
        if left < 0:
            break
        for pipeline in _statements(script, line):
            found.append(pipeline)
            work += ((inner, pipeline.line_of(node)) for inner, node in _fill(pipeline.stages))
    return tuple(found)


def pattern_stages(text: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The stages of a pattern, each as the commands it starts, with STAR for `*`; empty if it is anything else."""
    root = _root(text)
    statements = [node for node in root.children() if node.is_named()]
    work = [*statements]
    while work:
        node = work.pop()
        if node.is_named() and (node.kind() not in _PATTERN or not node.text()):
            return ()
        work += node.children()
    if len(statements) != 1 or statements[0].kind() not in _COMMANDS | _SPREAD:
        return ()
    stages, _ = _stages(statements[0], STAR)
    if not all(stage.words and stage.words[0] for stage in stages):
        return ()
    return tuple(tuple(tuple(words) for words in started(stage.words)) for stage in stages)


def _root(text: str) -> Any:
    from ast_grep_py import SgRoot

    return SgRoot(text.replace("\0", " ").encode("utf-8", "replace").decode(), "bash").root()


def _statements(text: str, line: int) -> Iterator[Pipeline]:
    root = _root(text)
    text, work = root.text(), [root]
    while work:
        node = work.pop()
        if node.kind() not in _COMMANDS and node.kind() not in _SPREAD:
            work.extend(reversed(node.children()))
            continue
        stages, inside = _stages(node)
        work.extend(reversed(inside))
        starts = [at for at, stage in enumerate(stages) if at == 0 or stage.opens]
        for start, end in zip(starts, [*starts[1:], len(stages)], strict=True):
            yield Pipeline(stages[start:end], text, line)


def _stages(statement: Any, star: str = "*") -> tuple[list[Stage], list[Any]]:
    """The stages of one statement in order, and the nodes inside them that may hold further statements."""
    stages: list[Stage] = []
    inside: list[Any] = []
    work = [statement]
    breaks = ""  # an operator the grammar did not expect there: what follows is a command of its own
    while work:
        node = work.pop()
        kind = node.kind()
        if kind in _SPREAD:
            work.extend(reversed(node.children()))
        elif kind in _COMMANDS:
            stages.append(_command(node, star))
            inside += node.children()
        elif kind in ("heredoc_redirect", "file_redirect", "herestring_redirect"):
            work.extend(reversed(_redirected(node, stages[-1] if stages else None, inside)))
        elif kind == "list":  # `cat <<EOF | sh && rm`: only its first command is in the pipeline
            inside += node.children()[1:]
            work += node.children()[:1]
        elif kind in _WORDS:
            inside.append(node)
            if breaks or not stages:
                stages.append(Stage(node, [], opens=breaks not in ("|", "|&")))
                breaks = ""
            stages[-1].words.append(_word(node, star))
            stages[-1].last = node
        elif kind == "ERROR":
            breaks = node.text().strip() if node.text().strip() in ("|", "|&", ";", "&", "&&", "||") else breaks
            inside += node.children()
        elif node.is_named() and kind not in _SILENT:
            stages.append(Stage(node, [], compound=True))
            inside += node.children()
    return stages, inside


def _redirected(node: Any, stage: Stage | None, inside: list[Any]) -> list[Any]:
    """Note what `node` feeds to `stage`; returns what stands behind it on the line and belongs to the pipeline too."""
    children = [child for child in node.children() if child.is_named() and child.kind() not in _SILENT]
    if node.kind() != "heredoc_redirect":
        inside += children[:1]
        if stage and children and node.kind() == "herestring_redirect":
            stage.stdin = (source(_word(children[0])), children[0])
        return children[1:]
    behind = []
    for child in children:
        kind = child.kind()
        if kind == "heredoc_body":
            inside.append(child)
            if stage:
                stage.stdin = (child.text(), child)
        elif kind in _WORDS or kind in ("file_redirect", "ERROR") or child.text().startswith("|"):
            behind.append(child)
        else:
            inside.append(child)
    return behind


def _command(node: Any, star: str) -> Stage:
    stage = Stage(node, [])
    prefix: list[str] = []
    for child in node.children():
        kind = child.kind()
        if kind.endswith("_redirect"):
            stage.words += [_word(word, star) for word in _redirected(child, stage, [])]
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


def _fill(stages: list[Stage]) -> list[tuple[str, Any]]:
    """Set the calls of the stages of one pipeline; returns the texts a shell runs because of them, with their nodes."""
    found: list[tuple[str, Any]] = []
    stdin: tuple[str, Any] | None = None
    for stage in stages:
        stdin = stage.stdin or stdin
        if stage.compound and len(stages) == 1 and not stdin:
            continue
        commands = [words for inner in _commands_of(stage) for words in started(inner)]
        stage.calls = [Call(words) for words in commands]
        text, origin = stdin or (None, stage.first)
        for words in commands:
            for script, is_stdin in scripts(words, text):
                if is_stdin or not stage.compound:
                    found.append((script, origin if is_stdin else stage.first))
        output = passed_on(commands[-1], text) if commands else None
        stdin = (output, origin) if output is not None else None
    return found


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
