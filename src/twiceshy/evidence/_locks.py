"""Readers of lock files: names, versions, and what the project itself asks for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._texts import object_in, table, tables, text_in

_PIN = re.compile(r"([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:(===?)\s*([\w.!+*-]+)|([<>=!~;@ ].*)?$)")
_PNPM_KEY = re.compile(r"  '?\"?/?((?:@[^/@\s]+/)?[^/@\s'\"]+)[@/](\d[^\s('\":_/]*)")
_PNPM_NEED = re.compile(r"( +)'?\"?((?:@[^/\s'\"]+/)?[^\s:'\"]+)'?\"?:")
_KINDS = ("dependencies", "devDependencies", "optionalDependencies")


Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Locked:
    """What a file locks: (name, version) in order; those that the project asks for, None if it does not say."""

    versions: dict[Pair, None]
    direct: frozenset[Pair] | None
    unpinned: tuple[str, ...] = ()


def _meant(needs: Iterable[Pair], versions: dict[Pair, None]) -> frozenset[Pair]:
    """The locked packages that needs mean; one without a version means every version of its name."""
    wanted = set(needs)
    names = {name for name, version in wanted if not version}
    return frozenset(pair for pair in versions if pair in wanted or pair[0] in names)


def reader_of(name: str) -> Callable[[bytes], Locked] | None:
    """How a file of this name is read, None if it is no lock file."""
    name = name.rpartition("/")[2]
    if name.endswith(".txt") and ("requirements" in name or "constraints" in name):
        return _requirements
    return _READERS.get(name)


def _packages(raw: bytes) -> list[dict[str, Any]]:
    try:
        value = tomllib.loads(text_in(raw))
    except tomllib.TOMLDecodeError as error:
        said, _, place = str(error).partition(" (at ")
        raise MalformedEvidence(f"this is not TOML: {said}", place.rstrip(")")) from error
    except (RecursionError, ValueError) as error:
        raise MalformedEvidence("this is not TOML that can be read") from error
    found = tables(value.get("package", []), "package")
    for index, one in enumerate(found):
        if not isinstance(one.get("name"), str) or not isinstance(one.get("version", ""), str):
            raise MalformedEvidence("a package without a name", f"package[{index}]")
    return found


def _needs(value: object) -> Iterator[Pair]:
    """Name and version ("" where it is clear without) of a list of needs, written as tables or as texts."""
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            yield str(one.get("name", "")), str(one.get("version", ""))
        elif isinstance(one, str):
            name, _, rest = one.partition(" ")
            yield name, rest.partition(" ")[0]


def _uv(raw: bytes) -> Locked:
    packages = _packages(raw)
    own: list[str] = []
    needs: set[Pair] = set()
    for one in packages:
        source = one.get("source")
        if isinstance(source, dict) and (source.get("editable") or source.get("virtual")):
            own.append(one["name"])
            needs |= set(_needs(one.get("dependencies")))
            for groups in (one.get("optional-dependencies"), one.get("dev-dependencies")):
                for group in groups.values() if isinstance(groups, dict) else ():
                    needs |= set(_needs(group))
    versions = {(one["name"], one.get("version", "")): None for one in packages if one["name"] not in own}
    return Locked(versions, _meant(needs, versions) if own else None)


def _poetry(raw: bytes) -> Locked:
    return Locked({(one["name"], one.get("version", "")): None for one in _packages(raw)}, None)


def _cargo(raw: bytes) -> Locked:
    packages = _packages(raw)
    own = [one for one in packages if "source" not in one]
    needs = {need for one in own for need in _needs(one.get("dependencies"))}
    versions = {(one["name"], one.get("version", "")): None for one in packages if "source" in one}
    return Locked(versions, _meant(needs, versions))


def _requirements(raw: bytes) -> Locked:
    versions: dict[tuple[str, str], None] = {}
    direct, unpinned, last, says = set(), [], "", False
    for line in text_in(raw).replace("\\\n", " ").splitlines():
        code, _, comment = line.partition("#")
        found = _PIN.match(code.strip())
        if found:
            last = re.sub(r"[-_.]+", "-", found[1]).lower()
            if found[3]:
                versions[last, found[3]] = None
            else:
                unpinned.append(last)
        elif code.strip() and not code.strip().startswith("-"):
            unpinned.append(code.strip())
        says = says or "via" in comment.split()
        if (last and (("via" in comment.split() and "-r " in comment) or comment.strip().startswith("-r "))) or (
            last and re.search(r"via .*\(pyproject\.toml|^ +[\w.-]+ \(pyproject\.toml", f" {comment}")
        ):
            direct.add(last)
    needs = _meant(((name, "") for name in direct), versions)
    return Locked(versions, needs if says else None, tuple(unpinned))


def _npm(raw: bytes) -> Locked:
    lock = object_in(raw, "lockfileVersion")
    if "packages" not in lock:
        return Locked(dict.fromkeys(_nested(lock.get("dependencies") or {}, 0)), None)
    versions: dict[tuple[str, str], None] = {}
    direct: set[str] = set()
    at: dict[str, Pair] = {}
    for path, value in table(lock["packages"], "packages").items():
        one = table(value, f"packages.{path}")
        if "node_modules/" not in path:  # the project, or a workspace of it
            needs = [name for kind in _KINDS for name in table(one.get(kind) or {}, f"packages.{path}.{kind}")]
            inner = [f"{path}/node_modules/{name}" if path else "" for name in needs]
            pairs = zip(inner, needs, strict=True)
            direct |= {own if own and own in lock["packages"] else f"node_modules/{name}" for own, name in pairs}
        elif not one.get("link"):
            name = one.get("name") or path.rpartition("node_modules/")[2]
            at[path] = str(name), str(one.get("version", ""))
            versions[at[path]] = None
    return Locked(versions, frozenset(at[path] for path in direct if path in at))


def _nested(value: object, depth: int) -> Iterator[tuple[str, str]]:
    if depth > 100:
        raise MalformedEvidence("dependencies are nested too deeply", "dependencies")
    for name, entry in table(value, "dependencies").items():
        one = table(entry, f"dependencies.{name}")
        yield name, str(one.get("version", ""))
        yield from _nested(one.get("dependencies") or {}, depth + 1)


def _pnpm(raw: bytes) -> Locked:
    """Line by line: pnpm writes block style, one key on a line, two spaces a level (versions 5 to 9)."""
    text = text_in(raw)
    if not re.search(r"^lockfileVersion:", text, re.MULTILINE):
        raise MalformedEvidence("there is no lockfileVersion in it", "line 1")
    versions: dict[tuple[str, str], None] = {}
    direct: set[Pair] = set()
    section, wanted, name = "", 0, ""
    for line in text.splitlines():
        if line[:1] not in ("", " ", "#"):
            section = line.partition(":")[0]
            wanted = 2 if section in _KINDS else 0
        elif section == "packages" and (found := _PNPM_KEY.match(line)):
            versions[found[1], found[2]] = None
        elif section == "importers" and re.match(r" {4}\w+:", line):
            wanted = 6 if line.strip().rstrip(":") in _KINDS else 0
        elif wanted and (need := _PNPM_NEED.match(line)) and len(need[1]) == wanted:
            name = need[2]
            direct.add((name, _plain(line.partition(":")[2])))
        elif wanted and name and line.startswith(" " * (wanted + 2) + "version:"):
            direct.add((name, _plain(line.partition(":")[2])))
    return Locked(versions, frozenset(direct & versions.keys()))


def _plain(version: str) -> str:
    """A version of pnpm without quotes and without the peers it was put together with."""
    return re.split(r"[(_]", version.strip().strip("'\""))[0]


def _go(raw: bytes) -> Locked:
    versions: dict[tuple[str, str], None] = {}
    direct, verb = set(), ""
    for line in text_in(raw).splitlines():
        words = line.strip()
        if words.endswith("("):
            verb = words.split()[0].rstrip("(")
        elif words.startswith(")"):
            verb = ""
        elif verb == "require" or words.startswith("require "):
            code, _, comment = words.partition("//")
            named = code.removeprefix("require ").split()
            if len(named) == 2 and named[1].startswith("v"):
                versions[named[0], named[1]] = None
                if "indirect" not in comment:
                    direct.add((named[0], named[1]))
    if not re.search(r"^module\s", text_in(raw), re.MULTILINE):
        raise MalformedEvidence("no line names the module", "line 1")
    return Locked(versions, frozenset(direct))


_READERS: dict[str, Callable[[bytes], Locked]] = {
    "uv.lock": _uv,
    "poetry.lock": _poetry,
    "Cargo.lock": _cargo,
    "package-lock.json": _npm,
    "npm-shrinkwrap.json": _npm,
    "pnpm-lock.yaml": _pnpm,
    "go.mod": _go,
}
