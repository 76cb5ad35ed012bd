"""Which programming language a file is in, by its name: for structure, and to know a comment-only line."""

from __future__ import annotations

_SLASH = ("//", "/*", "* ", "*/")
_HASH = ("#",)
_ENDS = ("\r", "\u2028", "\u2029")
_CLOSERS = {"/*": "*/", "* ": "*/", "*/": "*/", "<!--": "-->", "{-": "-}"}

# name in ast-grep's language list -> (file endings, how a comment-only line starts)
LANGUAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "bash": ((".sh", ".bash", ".zsh", ".bats"), _HASH),
    "c": ((".c", ".h"), _SLASH),
    "cpp": ((".cc", ".cpp", ".cxx", ".hh", ".hpp", ".hxx", ".cu", ".ino"), _SLASH),
    "csharp": ((".cs",), _SLASH),
    "css": ((".css", ".scss"), ("//", "/*", "*/")),
    "elixir": ((".ex", ".exs"), _HASH),
    "go": ((".go",), _SLASH),
    "haskell": ((".hs",), ("--", "{-")),
    "hcl": ((".tf", ".tfvars", ".hcl"), ("#", "//", "/*", "* ", "*/")),
    "html": ((".html", ".htm", ".xhtml"), ("<!--",)),
    "java": ((".java",), _SLASH),
    "javascript": ((".js", ".mjs", ".cjs", ".jsx"), _SLASH),
    "json": ((".json",), ()),
    "kotlin": ((".kt", ".kts"), _SLASH),
    "lua": ((".lua",), ("--",)),
    "nix": ((".nix",), ("#", "/*", "* ", "*/")),
    "php": ((".php",), (*_SLASH, "#")),
    "python": ((".py", ".pyi", ".py3", ".bzl", ".bazel"), _HASH),
    "ruby": ((".rb", ".rbw", ".gemspec"), _HASH),
    "rust": ((".rs",), _SLASH),
    "scala": ((".scala", ".sc", ".sbt"), _SLASH),
    "solidity": ((".sol",), _SLASH),
    "swift": ((".swift",), _SLASH),
    "tsx": ((".tsx",), _SLASH),
    "typescript": ((".ts", ".mts", ".cts"), _SLASH),
    "yaml": ((".yml", ".yaml"), _HASH),
}
_BY_ENDING = {ending: name for name, (endings, _) in LANGUAGES.items() for ending in endings}
_NAMES = {"Rakefile": "ruby", "Gemfile": "ruby", "BUILD": "python", "SConstruct": "python", "APKBUILD": "bash"}
_ALIASES = {
    "c++": "cpp",
    "cc": "cpp",
    "cs": "csharp",
    "cxx": "cpp",
    "ex": "elixir",
    "golang": "go",
    "hs": "haskell",
    "js": "javascript",
    "jsx": "javascript",
    "kt": "kotlin",
    "py": "python",
    "rb": "ruby",
    "rs": "rust",
    "sol": "solidity",
    "ts": "typescript",
    "yml": "yaml",
}


def language_named(name: str) -> str:
    """The language somebody calls `name`, an alias of ast-grep's perhaps, by its one name; empty if there is none."""
    name = name.strip().lower()
    return name if name in LANGUAGES else _ALIASES.get(name, "")


def language_of(path: str) -> str:
    """The language of the file called `path`, as ast-grep names it; empty if its name does not say."""
    name = path.rsplit("/", 1)[-1]
    dot = name.rfind(".")
    return _NAMES.get(name) or (_BY_ENDING.get(name[dot:].lower(), "") if dot >= 0 else "")


def is_comment(path: str, line: str) -> bool:
    """Whether `line` of the file called `path` is nothing but a comment; `#!` and PHP's `#[` are code.

    One that holds an end of line git does not know is none: for most languages code stands behind it.
    """
    language = language_of(path)
    line = line.strip() + " "
    if not language or line.startswith("#!") or (language == "php" and line.startswith("#[")):
        return False
    if any(end in line for end in _ENDS):
        return False
    for start in LANGUAGES[language][1]:
        if line.startswith(start):
            inside = line if start == "*/" else line[len(start) :]
            return not inside.partition(_CLOSERS.get(start, "\n"))[2].strip()
    return False
