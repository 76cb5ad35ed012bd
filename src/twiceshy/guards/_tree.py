"""The syntax tree of a text, parsed once however many guards ask for it."""

from __future__ import annotations

from twiceshy.errors import InvalidGuard

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

LARGEST = 2_000_000  # characters of one text: half a second and 80 MB
_LARGEST_BASH = 20_000  # its recovery from errors is quadratic: two seconds at worst
_ROOM = 8_000_000  # characters of all texts whose trees are kept: about 300 MB
_MOST = 2000  # nodes side by side, or below each other, that relations between nodes can still be asked about


class Tree:
    """A parsed text: `root` is ast-grep's first node."""

    __slots__ = ("_is_tangled", "root")

    def __init__(self, root: Any) -> None:
        self.root = root
        self._is_tangled: bool | None = None

    def is_tangled(self) -> bool:
        """Whether it is so wide or deep (minified code, tables) that asking how its nodes stand would take for ever.

        The engine walks from every node to every sibling or descendant: 8,000 numbers in a list take it five seconds.
        """
        if self._is_tangled is None:
            self._is_tangled = _is_tangled(self.root)
        return self._is_tangled


# what ast-grep writes for the $ of $NAME where a language has no names with a $, to be able to parse a pattern
_SIGILS = dict.fromkeys(("csharp", "elixir", "go", "haskell", "hcl", "kotlin", "php", "python"), "µ")
_SIGILS |= {"ruby": "µ", "rust": "µ", "swift": "µ", "c": "𐀀", "cpp": "𐀀", "css": "_", "nix": "_", "html": "z"}

_kept: dict[tuple[str, str], Tree | None] = {}


def tree_of(text: str, language: str) -> Tree | None:
    """The tree of `text`, in a language as ast-grep names it; None if it is too large or cannot be parsed.

    Its lines are those of `text`: only a byte order mark and carriage returns before line ends are left out.
    """
    if len(text) > LARGEST:
        return None
    key = (language, text)
    try:
        return _kept[key]
    except KeyError:
        tree = _kept[key] = _parsed(text, language)
    while len(_kept) > 1 and sum(len(kept) for _, kept in list(_kept)) > _ROOM:
        _kept.pop(next(iter(_kept)), None)
    return tree


def _parsed(text: str, language: str) -> Tree | None:
    from ast_grep_py import SgRoot

    source = text.encode("utf-8", "replace").decode().replace("\r\n", "\n").removeprefix("\ufeff")
    if language == "bash":
        import re

        if len(source) > _LARGEST_BASH:
            return None
        # tree-sitter-bash asks the C library about raw code points, which may crash the process
        source = re.sub("[^\0-\xff]", "\xff", source)
    try:
        return Tree(SgRoot(source, language).root())
    except BaseException as error:  # a language this version does not know is a panic, which is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        return None


def ask(tree: Tree, config: dict[str, Any]) -> list[Any]:
    """The nodes of a tree that an ast-grep rule matches. Raises InvalidGuard if the rule makes no sense."""
    try:
        found: list[Any] = tree.root.find_all(config)
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise InvalidGuard(f"the ast rule is not understood: {_reason(error)}", "try it with ast-grep run") from error
    return found


def fixed_texts(pattern: str, language: str, selector: str = "") -> Iterator[str]:
    """Runs of ASCII that occur in whatever an ast-grep pattern matches: the text of its named leaves.

    Of all other nodes the engine compares only the kind: a PHP keyword may be in capitals, and what a string holds
    between two escapes is no node at all. `selector` is the kind of the part that is meant, if not all is.
    """
    import re

    sigil = _SIGILS.get(language, "$")
    tree = tree_of(re.sub(r"\$+(?=[A-Z_])|(?<!\$)\${3}(?!\$)", lambda found: sigil * len(found[0]), pattern), language)
    nodes = [tree.root] if tree and not selector else []
    if tree and selector:
        nodes = ask(tree, {"rule": {"kind": selector}})[:1]
    variable = re.compile(re.escape(sigil) + "{1,3}([A-Z_][A-Z0-9_]*)?")
    while nodes:
        node = nodes.pop()
        if not variable.fullmatch(node.text()):
            nodes += node.children()
            if node.is_named() and not node.children():
                yield from re.findall(r"[!-~]+(?: +[!-~]+)*", node.text())


def _reason(error: BaseException) -> str:
    """The innermost cause in one line, without the backtrace that Rust may add."""
    import re

    said = str(error).partition("Stack backtrace:")[0]
    causes = " ".join((said.partition("Caused by:")[2] or said).split())
    return re.split(r"\b\d+: ", causes)[-1] or type(error).__name__


def _is_tangled(root: Any) -> bool:
    level = [root]
    for _ in range(_MOST):
        below = []
        for node in level:
            children = node.children()
            if len(children) > _MOST:
                return True
            below += children
        if not below:
            return False
        level = below
    return True


def span_of(node: Any) -> tuple[int, int]:
    """The 1-based first and last line of a node; an end at the very start of a line is the end of the line before."""
    span = node.range()
    last = span.end.line + (span.end.column > 0 or span.end.line == span.start.line)
    return span.start.line + 1, last
