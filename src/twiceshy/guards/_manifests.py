"""What manifests and lock files ask for, and on which lines: Python, npm, Go and Cargo.

Every reader takes any text: a whole file, a cut-out, one with conflict markers. What it does not recognise is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from twiceshy.guards._tokens import json_strings, toml_strings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    # name as written, range or version as the ecosystem writes it, offset of the name, offset of the version
    Found = tuple[str, str, int, int]

_CONTINUED = re.compile(r"^(?![ \t]*#)([^\n]*)\\(\r?)\n", re.MULTILINE)
_LINE = re.compile(r"^[ \t]*([A-Za-z0-9][A-Za-z0-9._-]*)[ \t]*(?:\[[^\]\n]*\])?[ \t]*([^#;\r\n]*)", re.MULTILINE)
_EGG = re.compile(r"^(?=[^\n#]*://)[^\n#]*+#(?:[^\s#]*&)?egg=([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)
_LOCKED = re.compile(r'^(?:[ \t]*(\[\[?+[^\]\n]*+\]\]?+)|(name|version)[ \t]*=[ \t]*"([^"\n]*)")', re.MULTILINE)
_GO = re.compile(r"\"[^\"\n]*\"|`[^`\n]*`|\(|\)|=>|[^\s()\"`]+")
_GO_VERSION = re.compile(r"v\d")
_VERBS = frozenset(
    ("module", "go", "toolchain", "godebug", "require", "replace", "exclude", "retract", "tool", "ignore")
)
_SECTIONS = frozenset(
    ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies", "overrides", "resolutions")
)
_CRATES = frozenset(
    ("dependencies", "dev-dependencies", "build-dependencies", "dev_dependencies", "build_dependencies")
)
_LARGEST = 20_000_000  # characters; ten times the largest lock file in use, so that no file can hang a hook
_SOURCES = frozenset(("git", "path", "file", "url", "workspace"))


class Requirement:
    """One thing a manifest asks for: `name` as written, `spec` its range (a lock's version is `=1.2.3`).

    `line` is the 1-based line of the version, `name_line` that of the name. A `spec` that is no range is a place (a
    URL, a folder, a workspace); an empty one asks for any version.
    """

    __slots__ = ("line", "name", "name_line", "spec")

    def __init__(self, name: str, spec: str, name_line: int, line: int) -> None:
        self.name = name
        self.spec = spec
        self.name_line = name_line
        self.line = line


def ecosystem_of(path: str) -> str:
    """`pypi`, `npm`, `go` or `cargo` if the file called `path` is one of its manifests or lock files, else empty."""
    return _reader_of(path)[0]


def requirements(path: str, text: str) -> Iterator[Requirement]:
    """Everything `text`, the content of the manifest called `path` or a part of it, asks for, in its order."""
    ecosystem, reader = _reader_of(path)
    if not ecosystem or len(text) > _LARGEST:
        return
    breaks = [match.start() for match in re.finditer("\n", text)]
    for name, spec, name_at, at in reader(text):
        yield Requirement(
            name, " ".join(spec.split()), bisect_right(breaks, name_at - 1) + 1, bisect_right(breaks, at - 1) + 1
        )


def normalised(ecosystem: str, name: str) -> str:
    """The spelling under which `name` is compared: PEP 503 for PyPI, as it is elsewhere."""
    return re.sub(r"[-_.]+", "-", name).lower() if ecosystem == "pypi" else name


def _reader_of(path: str) -> tuple[str, Callable[[str], Iterator[Found]]]:
    folder, _, name = path.rpartition("/")
    if name.endswith((".txt", ".in")):
        stem = name.lower() + " " + folder.rpartition("/")[2].lower()
        if "requirements" in stem or "constraints" in stem:
            return "pypi", _requirements_txt
    return _READERS.get(name, ("", _lock))


def _requirements_txt(text: str) -> Iterator[Found]:
    text = _CONTINUED.sub(lambda match: f"{match[1]} {match[2]} ", text)  # offsets stay what they were
    for match in _LINE.finditer(text):
        spec = _spec_of(match[2])
        if spec is not None:
            yield match[1], spec, match.start(1), match.start(2) if spec else match.start(1)
    for match in _EGG.finditer(text):
        yield match[1], match[0].strip(), match.start(1), match.start(1)


def _spec_of(rest: str) -> str | None:
    """The range after a name, without pip's options; None if that is no requirement at all."""
    spec = re.split(r"[ \t]--?[a-z]", " " + rest, maxsplit=1)[0].strip(" \t\\")
    return spec if not spec or spec[0] in "<>=!~@(" else None


def _pep508(text: str, at: int) -> Iterator[Found]:
    match = _LINE.match(text)
    spec = _spec_of(match[2]) if match else None
    if match and spec is not None:
        yield match[1], spec, at, at


def _pyproject(text: str) -> Iterator[Found]:
    for keys, key_at, value, at in toml_strings(text):
        if _lists_requirements(keys):
            yield from _pep508(value, at)
            continue
        entry: tuple[str, ...] = () if len(keys) > 1 or not _looks_like_range(value) else tuple(keys)
        if keys[:2] == ("tool", "poetry"):
            if keys[2:3] in (("dependencies",), ("dev-dependencies",)):
                entry = keys[3:]
            elif keys[2:3] == ("group",) and keys[4:5] == ("dependencies",):
                entry = keys[5:]
        if len(entry) == 1 or entry[1:] == ("version",):
            yield entry[0], value, key_at, at
        elif len(entry) == 2 and entry[1] in _SOURCES:
            yield entry[0], f"{entry[1]}:{value}", key_at, at


def _lists_requirements(keys: tuple[str, ...]) -> bool:
    return (
        keys in (("project", "dependencies"), ("build-system", "requires"), ("dependencies",), ("requires",), ())
        or (len(keys) == 3 and keys[:2] == ("project", "optional-dependencies"))
        or (len(keys) == 2 and keys[0] == "dependency-groups")
        or (len(keys) == 3 and keys[:2] == ("tool", "uv") and keys[2].endswith("-dependencies"))
    )


def _looks_like_range(value: str) -> bool:
    return not value or value[0] in "<>=!~^*" or value[0].isdigit()


def _lock(text: str) -> Iterator[Found]:
    """uv.lock, poetry.lock, Cargo.lock: written by machines, one key a line, the name before the version."""
    name, name_at, in_package = "", 0, True
    for match in _LOCKED.finditer(text):
        if match[1]:
            name, in_package = "", match[1] == "[[package]]"
        elif match[2] == "name":
            name, name_at = match[3], match.start(2)
        elif name and in_package:
            yield name, "=" + match[3], name_at, match.start(2)


def _cargo_toml(text: str) -> Iterator[Found]:
    found = list(toml_strings(text))
    renamed = {keys[:-1]: value for keys, _, value, _ in found if keys[-1:] == ("package",)}
    for keys, key_at, value, at in found:
        entry = _crate_entry(keys)
        if len(entry) == 1:
            yield entry[0], _caret(value), key_at, at
        elif entry[1:] == ("version",):
            yield renamed.get(keys[:-1], entry[0]), _caret(value), key_at, at
        elif len(entry) == 2 and entry[1] in _SOURCES:
            yield renamed.get(keys[:-1], entry[0]), f"{entry[1]}:{value}", key_at, at


def _crate_entry(keys: tuple[str, ...]) -> tuple[str, ...]:
    """What stands below a table of dependencies: a crate's name and perhaps a key of its own."""
    depth = {"workspace": 1, "target": 2}.get(keys[0], 0) if keys else 0
    if len(keys) > depth + 1 and keys[depth] in _CRATES:
        return keys[depth + 1 :]
    return keys if len(keys) == 1 else ()  # a cut-out without its table


def _caret(spec: str) -> str:
    """Cargo reads a bare version as a caret range."""
    parts = [part.strip() for part in spec.split(",")]
    return ", ".join("^" + part if part[:1].isdigit() and "*" not in part else part for part in parts)


def _package_json(text: str) -> Iterator[Found]:
    for around, (name, name_at), value, at in json_strings(text):
        if around[-1][0] in _SECTIONS and len(around) < 3 if around else _looks_like_range(value):
            yield _npm(name, value, name_at, at)


def _npm(name: str, spec: str, name_at: int, at: int) -> Found:
    if spec.startswith("npm:"):
        real, _, spec = spec[4:].rpartition("@") if "@" in spec[5:] else (spec[4:], "", "")
        return real, spec, name_at, at
    return name, _unescaped(spec), name_at, at


def _unescaped(text: str) -> str:
    """A JSON string's text; some writers spell `>` as an escape."""
    import json

    try:
        return str(json.loads(f'"{text}"')) if "\\" in text else text
    except ValueError:
        return text


def _package_lock(text: str) -> Iterator[Found]:
    alias: tuple[int, str] = (-1, "")
    for around, (key, _), value, at in json_strings(text):
        if key not in ("name", "version") or not around:
            continue
        owner, owner_at = around[-1]
        if not owner:
            continue
        installed = "node_modules/" in owner
        if installed and key == "name":
            alias = (owner_at, value)
        elif key == "version" and (installed or len(around) == 1 or around[-2][0] == "dependencies"):
            name = alias[1] if alias[0] == owner_at else owner.rpartition("node_modules/")[2]
            spec = value if value.startswith("npm:") else f"={value}"
            real, spec, _, _ = _npm(name, spec, owner_at, at)
            yield real, spec if spec.startswith("=") else f"={spec}", owner_at, at


def _go_mod(text: str) -> Iterator[Found]:
    """A required version counts unless a `replace` puts another module, version or folder in its place."""
    lines = list(_go_lines(text))
    replaced: set[tuple[str, ...]] = set()
    for _, words in lines:
        if "=>" in [word for word, _ in words[1:3]]:
            arrow = 1 if words[1][0] == "=>" else 2
            replaced.add(tuple(word for word, _ in words[:arrow]))
            if len(words) > arrow + 1:
                (target, target_at), (version, at) = words[arrow + 1], words[-1]
                spec = f"={version}" if len(words) > arrow + 2 else f"path:{target}"
                yield target, spec, target_at, at
    for verb, words in lines:
        if len(words) == 2 and (verb == "require" or _GO_VERSION.match(words[1][0])):
            (name, name_at), (version, at) = words
            gone = {(name,), (name, version)} & replaced
            yield name, f"replaced:{version}" if gone else f"={version}", name_at, at


def _go_lines(text: str) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """The lines that require or replace, or do not say what they do: the verb and the words with their offsets."""
    block = ""
    for line in re.finditer(r"[^\n]+", text):
        code = line[0].partition("//")[0]
        words = [(match[0].strip('"`'), line.start() + match.start()) for match in _GO.finditer(code)]
        verb = block or (words[0][0] if words and words[0][0] in _VERBS else "")
        if words and verb and not block:
            words = words[1:]
            if words and words[0][0] == "(":
                block = verb
                words = words[1:]
        if words and words[-1][0] == ")":
            block = ""
            words = words[:-1]
        if words and verb in ("", "require", "replace"):
            yield verb, words


_READERS: dict[str, tuple[str, Callable[[str], Iterator[Found]]]] = {
    "pyproject.toml": ("pypi", _pyproject),
    "uv.lock": ("pypi", _lock),
    "poetry.lock": ("pypi", _lock),
    "package.json": ("npm", _package_json),
    "package-lock.json": ("npm", _package_lock),
    "npm-shrinkwrap.json": ("npm", _package_lock),
    "go.mod": ("go", _go_mod),
    "Cargo.toml": ("cargo", _cargo_toml),
    "Cargo.lock": ("cargo", _lock),
}
