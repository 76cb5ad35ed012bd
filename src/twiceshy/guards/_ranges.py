"""Version ranges: whether what a manifest asks for can end in a version that a guard's range names.

Two sets of versions overlap if one of the versions named in either, or a neighbour of one, lies in both. That is exact
as long as nobody releases anything between 2.31.0 and 2.31.1, and needs no arithmetic on ranges. Pre-releases count as
`packaging` (PEP 440) and `semantic-version` order them, and a declared range only resolves to one if it names one.
"""

from __future__ import annotations

import functools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    Grammar = tuple[Callable[[str], list[Any]], Callable[[Any], Iterator[Any]], Callable[[Any, Any, bool], bool]]

_NEWEST = ("", "*", "x", "X", "latest")
_LONGEST = 500  # a range nobody writes by hand; the parsers take quadratic time on long ones


@functools.lru_cache(maxsize=16384)
def meets(ecosystem: str, wanted: str, declared: str) -> bool:
    """Whether `declared`, as a manifest of `ecosystem` writes it, can resolve to a version in a guard's range `wanted`.

    A requirement without a version resolves to the newest one there is. What cannot be read (a URL, a folder) is False.
    """
    _, points, admits = _pypi_grammar() if ecosystem == "pypi" else _semver_grammar()
    guard = _alternatives(ecosystem, wanted)
    asked = _alternatives(ecosystem, "=999999999.0.0" if declared.strip() in _NEWEST else declared)
    named = [version for alternative in (*guard, *asked) for version in points(alternative)]
    return any(
        any(admits(alternative, version, True) for alternative in guard)
        and any(admits(alternative, version, False) for alternative in asked)
        for version in named
    )


def readable(ecosystem: str, text: str) -> bool:
    """Whether `text` is a range in the grammar of `ecosystem`."""
    return bool(_alternatives(ecosystem, text))


@functools.lru_cache(maxsize=16384)
def _alternatives(ecosystem: str, text: str) -> tuple[Any, ...]:
    """What stands between the `||` of a range, parsed; nothing if any of it cannot be read."""
    import re

    read = _pypi_grammar()[0] if ecosystem == "pypi" else _semver_grammar()[0]
    joined = re.sub(r"([<>=!~^])\s+", r"\1", text.strip())
    try:
        return tuple(read(joined)) if len(joined) <= _LONGEST else ()
    except (ValueError, AttributeError):  # semantic-version trips over its own None on half a hyphen range
        return ()


@functools.cache
def _pypi_grammar() -> Grammar:
    import re

    from packaging.specifiers import SpecifierSet
    from packaging.version import InvalidVersion, Version

    def read(text: str) -> list[SpecifierSet]:
        groups = [re.split(r"[,\s]+", group.strip().strip("()")) for group in text.split("||")]
        return [SpecifierSet(",".join(_pep440(item) for item in group if item not in ("", "*"))) for group in groups]

    def points(specifiers: SpecifierSet) -> Iterator[Version]:
        yield Version("0")
        for specifier in specifiers:
            try:
                version = Version(specifier.version.removesuffix(".*"))
            except InvalidVersion:  # `===` takes any text
                continue
            release = version.release
            yield version
            yield Version(version.base_version)
            for bumped in (release + (0,) * (3 - len(release)), release):
                yield Version(f"{version.epoch}!" + ".".join(map(str, (*bumped[:-1], bumped[-1] + 1))))

    def admits(specifiers: SpecifierSet, version: Version, any_prerelease: bool) -> bool:
        return specifiers.contains(version, prereleases=any_prerelease or bool(specifiers.prereleases))

    return read, points, admits


def _pep440(item: str) -> str:
    """One comparator as PEP 440 has it; Poetry's `^`, `~`, `=` and bare versions are rewritten."""
    import re

    from packaging.version import Version

    operator, text = re.fullmatch(r"(===|~>|[<>=!~]=|[<>=^~])?(.*)", item).groups()  # type: ignore[union-attr]
    text = re.sub(r"\.[xX]$", ".*", text)
    if operator not in ("^", "~", "~>"):
        return ("==" if operator in (None, "=") else operator) + text
    release = Version(text).release
    nonzero = next((index for index, part in enumerate(release) if part), len(release) - 1)
    kept = nonzero if operator == "^" else min(1, len(release) - 1)
    return f">={text},<" + ".".join(map(str, (*release[:kept], release[kept] + 1)))


@functools.cache
def _semver_grammar() -> Grammar:
    import re

    from semantic_version import NpmSpec, Version

    def read(text: str) -> list[list[Any]]:
        text = re.sub(r"\+[0-9A-Za-z.-]+", "", text).replace("~>", "~").replace("==", "=")
        text = re.sub(r"(?<![\w.-])v(?=\d)", "", text).replace(",", " ")
        groups = [re.sub(r"^(\S+) +- +(\S+)$", r">=\1 <=\2", group.strip()).split() for group in text.split("||")]
        parsed = [[part for item in group or ["*"] for part in NpmSpec.Parser.parse_simple(item)] for group in groups]
        for part in (part for group in parsed for part in group):
            part.prerelease_policy = part.PRERELEASE_NATURAL  # npm's own rule is applied in `admits`
        return parsed

    def points(ranges: list[Any]) -> Iterator[Version]:
        yield from (Version("0.0.0"), Version("0.0.0-0"))
        for target in (part.target for part in ranges):
            yield from (target, target.truncate(), target.truncate().next_patch())

    def admits(ranges: list[Any], version: Version, any_prerelease: bool) -> bool:
        if version.prerelease and not any_prerelease:
            named = [part.target for part in ranges if part.target.prerelease]
            any_prerelease = any(target.truncate() == version.truncate() for target in named)
            if not any_prerelease:
                return False
        return all(part.match(version) for part in ranges)

    return read, points, admits
