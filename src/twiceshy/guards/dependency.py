"""`dependency`: a manifest or lock file comes to ask for a version that once hurt.

A release that lost data, a package that must not come back, a pin that has to stay where it is.

    dependency: {name: requests, range: '<2.32', ecosystem: pypi}

The short form is `dependency: 'requests <2.32'`. Without a range, whatever adds or changes that dependency is
recognised; without an ecosystem (`pypi`, `npm`, `go`, `cargo`) the name is looked for in all of them. Read are
requirements and constraints files, `pyproject.toml`, `uv.lock`, `poetry.lock`, `package.json`, `package-lock.json`,
`go.mod`, `Cargo.toml` and `Cargo.lock`.

- A pinned or locked version is recognised if it lies in the range: `requests==2.31.0`.
- A declared range is recognised if it can still resolve to a version in the range: `requests>=2,<3`. Nothing is assumed
  to exist between 2.31.0 and 2.31.1.
- A requirement without a version (`requests`, `"*"`, `"latest"`) gets the newest one, so it is recognised only if the
  range is open upwards, as in `>=2.32`.
- A URL, a git address, a folder or a workspace has no version to judge: it is recognised only without a range.

Only what the file did not ask for before counts, once, and only on a line the change adds; `scope: file` judges
everything a changed manifest asks for. Ranges are written as in PEP 440, npm or Cargo (`>=2,<3`, `^1.2`, `~1.2`, `1.x`,
`<1 || >=3`); a bare version means exactly that one. Names are compared as their registry does. For PyPI write the name
as its own project does (`MarkupSafe`): that spelling, all lower case and lower case with a capital are recognised.
"""

from __future__ import annotations

import functools
from bisect import bisect_left

from twiceshy.errors import InvalidGuard
from twiceshy.model.change import Match, lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twiceshy.guards._manifests import Requirement
    from twiceshy.model.change import Change, ChangedFile
    from twiceshy.model.guard import Guard

ECOSYSTEMS = ("pypi", "npm", "go", "cargo")
_ENDINGS = (".txt", ".in", ".toml", ".lock", ".json", ".mod")
# projects on PyPI whose own spelling has capitals near the end, where people write the name in small letters
_SPELLINGS = (
    *("PyYAML", "PyJWT", "PyMySQL", "pyOpenSSL", "PyNaCl", "PyPDF2", "PyPDF4", "PyMuPDF", "PyQt5", "PyQt6", "PySide2"),
    *("PySide6", "PyGObject", "MarkupSafe", "WTForms", "Flask-WTF", "Flask-RESTful", "BeautifulSoup4", "BeautifulSoup"),
    *("ConfigArgParse", "ConfigObj", "WebOb", "WebTest", "ImageIO", "SimpleITK", "LibCST", "JPype1", "XStatic"),
)
_KEYS = {"name", "range", "ecosystem"}
_WRITE = "write dependency: {name: requests, range: '<2.32', ecosystem: pypi}"


def validate(guard: Guard) -> None:
    """Raise InvalidGuard unless the pattern names a dependency and, if it has one, a range that admits a version."""
    from twiceshy.guards._ranges import meets, readable

    _, wanted, ecosystem = _wanted(guard.pattern)
    grammars = [name for name in ("pypi", "npm") if not ecosystem or (ecosystem == "pypi") == (name == "pypi")]
    if wanted and not any(readable(name, wanted) for name in grammars):
        raise InvalidGuard(
            f"the range {wanted!r} is not understood", "write it as '<2.32', '>=2,<3', '^1.2' or '==2.31.0'"
        )
    if wanted and not any(meets(name, wanted, wanted) for name in grammars):
        raise InvalidGuard(f"no version lies in the range {wanted!r}", "separate alternatives with ||")


def needs(guard: Guard) -> frozenset[str]:
    """Text that occurs in every manifest this guard can fire on: the name, or for PyPI what all its spellings share.

    It stands in the new file; the added lines of a lock file may hold only the version.
    """
    name, _, ecosystem = _wanted(guard.pattern)
    if not name.isascii():
        return frozenset()
    if ecosystem not in ("", "pypi") or not _is_python_name(name):
        return frozenset((name,))
    return _shared(name)


def find(guard: Guard, change: Change) -> Iterator[Match]:
    """Every added line on which a manifest newly asks for a version in the range."""
    manifests = [file for file in change.files if file.hunks and file.path.endswith(_ENDINGS)]
    if not manifests:
        return
    from twiceshy.guards._manifests import ecosystem_of, normalised
    from twiceshy.guards._ranges import meets

    name, wanted, ecosystem = _wanted(guard.pattern)
    needles = needs(guard)
    for file in manifests:
        found_in = ecosystem_of(file.path)
        if not found_in or ecosystem not in ("", found_in):
            continue
        key = normalised(found_in, name)
        bad = [
            item
            for item in _after(file).get(key, ())
            if all(needle in item.name for needle in needles) and (not wanted or meets(found_in, wanted, item.spec))
        ]
        if bad:
            yield from _placed(guard, file, bad, {item.spec for item in _before(file).get(key, ())})


def _placed(guard: Guard, file: ChangedFile, bad: list[Requirement], known: set[str]) -> Iterator[Match]:
    """The requirements that are news, each at its version's line, or its name's if only that one is added."""
    text = file.new_text() if guard.scope != "added" else None
    if text is not None:
        lines = lines_of(text)
        for item in bad:
            if item.line <= len(lines):
                yield Match(file.path, item.line, item.line, lines[item.line - 1])
        return
    added = file.added()
    for item in bad:
        for line in (item.line, item.name_line):
            index = bisect_left(added.numbers, line)
            if item.spec not in known and added.numbers[index : index + 1] == [line]:
                known.add(item.spec)
                yield Match(file.path, line, line, added.line(index))


@functools.lru_cache(maxsize=1024)
def _after(file: ChangedFile) -> dict[str, list[Requirement]]:
    """What the new file asks for, by normalised name; read once for all guards."""
    text = file.new_text()
    if text is None:
        return _by_name(file.path, ((hunk.new_start, "\n".join(hunk.added)) for hunk in file.hunks))
    return _by_name(file.path, [(1, text)])


@functools.lru_cache(maxsize=1024)
def _before(file: ChangedFile) -> dict[str, list[Requirement]]:
    """What the old file asked for, by normalised name."""
    text = file.old_text()
    path = file.old_path or file.path
    if text is None:
        return _by_name(path, ((hunk.old_start, "\n".join(hunk.removed)) for hunk in file.hunks))
    return _by_name(path, [(1, text)])


def _by_name(path: str, pieces: Iterable[tuple[int, str]]) -> dict[str, list[Requirement]]:
    from twiceshy.guards._manifests import ecosystem_of, normalised, requirements

    named: dict[str, list[Requirement]] = {}
    ecosystem = ecosystem_of(path)
    for start, text in pieces:
        for item in requirements(path, text):
            item.line += start - 1
            item.name_line += start - 1
            named.setdefault(normalised(ecosystem, item.name), []).append(item)
    return named


def _wanted(pattern: object) -> tuple[str, str, str]:
    """The name, range and ecosystem of a pattern, empty where it leaves them out. Raises InvalidGuard."""
    if isinstance(pattern, str):
        at = next((index for index, char in enumerate(pattern) if index and char in " <>=!~^"), len(pattern))
        pattern = {"name": pattern[:at], "range": pattern[at:]}
    if not isinstance(pattern, dict) or "name" not in pattern or not set(pattern) <= _KEYS:
        raise InvalidGuard("dependency takes a name, and perhaps a range and an ecosystem", _WRITE)
    values = {key: pattern.get(key, "") for key in _KEYS}
    for key, value in values.items():
        if not isinstance(value, str) or (key in pattern and not value.strip() and key != "range"):
            raise InvalidGuard(f"dependency: {key} is not text", f"put it in quotes: {_WRITE}")
    name, wanted, ecosystem = (str(values[key]).strip() for key in ("name", "range", "ecosystem"))
    if ecosystem and ecosystem not in ECOSYSTEMS:
        raise InvalidGuard(f"the ecosystem {ecosystem!r} is not known", f"take one of {', '.join(ECOSYSTEMS)}")
    if "@" in name[1:] or any(char.isspace() for char in name) or (ecosystem == "pypi" and not _is_python_name(name)):
        raise InvalidGuard(f"{name!r} is not the name of a dependency", _WRITE)
    return name, "" if wanted == "*" else wanted, ecosystem


def _is_python_name(name: str) -> bool:
    return name.isascii() and name.replace("-", "x").replace("_", "x").replace(".", "x").isalnum()


def _shared(name: str) -> frozenset[str]:
    """The ends of the runs of small letters and digits after a word's first letter: the same in every usual spelling.

    Only the last five characters of a run are asked for, so that `sqlalchemy` still meets `SQLAlchemy`.
    """
    import re

    name = next((known for known in _SPELLINGS if known.lower() == name.lower()), name)
    runs = [run for word in re.split(r"[-_.]+", name) for run in re.findall(r"[a-z0-9]{3,}", word[1:])]
    return frozenset(run[-5:] for run in runs)
