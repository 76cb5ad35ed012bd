"""Readers of migrations: which operations, on which line, and whether there is a way back."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import text_of

_DROPS = frozenset(("drop_table", "drop_column", "RemoveField", "DeleteModel"))
_RAW = frozenset(("execute", "RunPython", "RunSQL", "SeparateDatabaseAndState"))
_KNOWN = re.compile(
    r"(CREATE|ALTER|DROP|TRUNCATE|INSERT|UPDATE|DELETE|COMMENT|GRANT|REVOKE|RENAME|MERGE|REPLACE|REINDEX|ANALYZE|VACUUM"
    r"|REFRESH)\b",
    re.IGNORECASE,
)
_AROUND = re.compile(r"(BEGIN|COMMIT|START TRANSACTION|SET|USE|PRAGMA|SELECT pg_catalog\.set_config)\b", re.IGNORECASE)
_LOSES = re.compile(
    r"(?:DROP\s+(?:TABLE|SCHEMA|DATABASE)|TRUNCATE|DELETE\s+FROM)\b"
    r"|ALTER\b.*\bDROP\s+(?:COLUMN\b|(?!CONSTRAINT|INDEX|DEFAULT|NOT|EXPRESSION)"
    r"(?!IDENTITY|PRIMARY|FOREIGN|KEY|CHECK)\w)",
    re.IGNORECASE | re.DOTALL,
)
# Comments, strings ($tag$ is PostgreSQL's) and the end of a statement: PostgreSQL's manual, "Lexical Structure".
_SQL = re.compile(
    r"(?P<gone>--[^\n]*|/\*.*?\*/)|'(?:[^']|'')*+'|\"(?:[^\"]|\"\")*+\"|`[^`]*`"
    r"|(?<![\w$])(?P<tag>\$[A-Za-z_]*\$).*?(?P=tag)|(?P<end>;)|(?P<open>/\*|'|(?<![\w$])\$[A-Za-z_]*\$)",
    re.DOTALL,
)
_BEFORE = re.compile(r"(?:\s+|--[^\n]*|/\*.*?\*/)*+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a migration does; `opaque` if the text does not tell what."""

    text: str
    line: int
    opaque: bool = False
    destructive: bool = False


@dataclass(frozen=True, slots=True)
class Migration:
    """What a migration does, and whether it can be taken back; None if that is not said."""

    operations: tuple[Operation, ...]
    reversible: bool | None = None


def from_sql(text: str, line: int = 1) -> Migration:
    """A script of SQL, statement by statement. Raises MalformedEvidence if a string or a comment does not end."""
    return Migration(tuple(_statements(text, line)))


def _statements(text: str, line: int) -> Iterator[Operation]:
    """Strings and bodies of functions stand in what is shown, and not in what is judged."""
    said: list[str] = []
    bare: list[str] = []
    start = at = counted = 0
    for match in _matches(text):
        plain = text[at : match.start() if match else len(text)]
        said.append(plain)
        bare.append(plain)
        if match and match["open"]:
            place = f"line {line + text.count(chr(10), counted, match.start())}"
            raise MalformedEvidence("a comment or a string does not end", place)
        at = match.end() if match else len(text)
        if match and not match["end"]:
            said.append(" " if match["gone"] else match[0])
            bare.append(" ")
            continue
        found = _BEFORE.match(text, start)
        begin = found.end() if found else start
        line += text.count("\n", counted, begin)
        counted = max(counted, begin)
        yield from _statement("".join(said), "".join(bare), line)
        said, bare, start = [], [], at


def _matches(text: str) -> Iterator[re.Match[str] | None]:
    """Everything that is not plain, in order; then None for what follows."""
    yield from _SQL.finditer(text)
    yield None


def _statement(said: str, bare: str, line: int) -> Iterator[Operation]:
    words = " ".join(said.split())
    if words and not _AROUND.match(words):
        opaque = not _KNOWN.match(words)
        yield Operation(
            text_of(words, 120), line, opaque, not opaque and bool(_LOSES.match(bare.replace("''", "").strip()))
        )


def from_python(text: str) -> Migration:
    """A migration of Alembic or Django. Raises MalformedEvidence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except SyntaxError as error:
        raise MalformedEvidence(f"this is not Python: {error.msg}", f"line {error.lineno or 1}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise MalformedEvidence("this is not Python that can be read", "line 1") from error
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    if "upgrade" in functions:
        back = functions.get("downgrade")
        operations = tuple(_of_alembic(functions["upgrade"]))
        return Migration(operations, back is not None and any(True for _ in _of_alembic(back)))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == "Migration":
            return _of_django(node)
    raise MalformedEvidence("there is neither upgrade() nor a class Migration", "line 1")


def _of_alembic(function: ast.FunctionDef) -> Iterator[Operation]:
    """The calls of `op` and of a batch of it, in their order; what else is called is opaque."""
    nodes = list(ast.walk(function))
    items = [item for node in nodes if isinstance(node, ast.With) for item in node.items]
    batches = {"op"} | {item.optional_vars.id for item in items if isinstance(item.optional_vars, ast.Name)}
    alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        func = call.func
        name = func.attr if isinstance(func, ast.Attribute) else ""
        owner = func.value.id if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) else ""
        if owner in batches and name:
            if name not in ("batch_alter_table", "f", "get_bind", "get_context"):
                yield from _operation(name, call)
        elif id(call) in alone or name == "execute":
            yield Operation(text_of(ast.unparse(call), 120), call.lineno, opaque=True)


def _of_django(found: ast.ClassDef) -> Migration:
    operations: list[Operation] = []
    reversible = True
    for node in found.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if not any(isinstance(target, ast.Name) and target.id == "operations" for target in targets):
            continue
        value = node.value  # type: ignore[attr-defined]
        if not isinstance(value, ast.List):
            operations.append(Operation("operations that are computed", node.lineno, opaque=True))
            continue
        for one in value.elts:
            name = _called(one)
            if isinstance(one, ast.Call) and name:
                operations += _operation(name, one)
                raw = name in ("RunPython", "RunSQL")
                reversible = reversible and (not raw or len(one.args) + len(one.keywords) > 1)
            else:
                operations.append(Operation(text_of(ast.unparse(one), 120), one.lineno, opaque=True))
    return Migration(tuple(operations), reversible if operations else None)


def _called(node: ast.expr) -> str:
    """The name of an operation of Django's own, "" for anything else."""
    func = node.func if isinstance(node, ast.Call) else None
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "migrations":
        return func.attr
    return ""


def _operation(name: str, call: ast.Call) -> Iterator[Operation]:
    """One operation; SQL that stands there as text is read, and anything computed is opaque."""
    if name in ("execute", "RunSQL") and call.args:
        sql = call.args[0]
        if isinstance(sql, ast.Call) and len(sql.args) == 1 and not sql.keywords:  # sa.text("…")
            sql = sql.args[0]
        if isinstance(sql, ast.Constant) and isinstance(sql.value, str) and sql.value.strip():
            yield from from_sql(sql.value, call.lineno).operations
            return
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    named = [word.value for word in call.keywords if word.arg in ("name", "model_name", "table_name")]
    texts += [str(value.value) for value in named if isinstance(value, ast.Constant)]
    text = text_of(" ".join([name, *texts[:2]]), 120)
    yield Operation(text, call.lineno, name in _RAW, name in _DROPS)
