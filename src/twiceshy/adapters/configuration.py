"""Settings from `twiceshy.toml` or `[tool.twiceshy]`, and the kinds a team brings; none of it is needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from twiceshy.adapters.files import Unreadable, decode, read
from twiceshy.errors import ConfigurationError, InvalidGuard
from twiceshy.model.glob import glob_regex

# What understands documents takes longer to load than most commands take to answer: only what needs it loads it.
if TYPE_CHECKING:
    from twiceshy.model.template import Template

_Source = tuple[str, list[str], Callable[[str], str], Callable[[str], bytes | None]]

LEVELS = ("off", "advise", "warn", "error")
TOMBSTONE, TOMBSTONE_LEVELS = "tombstone", LEVELS[:3]
FILE = "twiceshy.toml"
TEMPLATES = os.path.join(".twiceshy", "templates")
_BUILT_IN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "templates")
_READABLE = "it must be UTF-8 text, and you must be allowed to read it"
SETTINGS = {
    "exclude": "globs of files that are never read as documents",
    "log": "the log that `twiceshy learn` appends to, relative to the repository's root",
    "aliases": "a team's own words for a role: heading or label = role",
    "levels": "how loud a lint rule is: `off`, `advise`, `warn` or `error`; only an error makes the exit code 1. "
    "`tombstone` is what reverts took out and a change brings back: `off`, `advise` or `warn`",
}


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a repository says about itself; `origin` is the file it stands in, "" if there is none."""

    exclude: tuple[str, ...] = ()
    log: str = ""
    aliases: dict[str, str] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)
    origin: str = ""


def read_configuration(raw_of: Callable[[str], bytes | None]) -> Configuration:
    """The configuration of a repository; `raw_of` gives the bytes of a file at its root, None if it is not there.

    `twiceshy.toml` comes before `pyproject.toml`. Raises ConfigurationError, naming the file, for TOML that does not
    parse, an unknown key or a wrong value.
    """
    own = raw_of(FILE)
    if own is not None:
        return _configuration(_toml(FILE, own), FILE)
    shared = raw_of("pyproject.toml")
    if shared is not None and b"twiceshy" in shared:
        tools = _toml("pyproject.toml", shared).get("tool")
        if isinstance(tools, dict) and "twiceshy" in tools:
            return _configuration(tools["twiceshy"], "pyproject.toml")
    return Configuration()


def raw_in(folder: str) -> Callable[[str], bytes | None]:
    """Reads files of the working tree by name. Raises ConfigurationError for one that is there and cannot be read."""

    def raw_of(name: str) -> bytes | None:
        path = os.path.join(folder, name)
        if not os.path.isfile(path):
            return None
        try:
            with open(path, "rb") as file:
                return file.read()
        except OSError as error:
            raise ConfigurationError(f"{name} cannot be read: {(error.strerror or '').lower()}", _READABLE) from error

    return raw_of


def _configuration(values: object, origin: str) -> Configuration:
    if not isinstance(values, dict):
        raise ConfigurationError(f"{origin}: tool.twiceshy takes a table", "write [tool.twiceshy]")
    for key in values:
        if key not in SETTINGS:
            raise ConfigurationError(f"{origin}: unknown key {key!r}", _meant(key, SETTINGS))
    exclude, log, aliases = values.get("exclude", []), values.get("log", ""), values.get("aliases", {})
    if not isinstance(exclude, list) or not all(isinstance(glob, str) for glob in exclude):
        raise ConfigurationError(f"{origin}: exclude takes a list of globs", "write exclude = ['vendor/**']")
    for glob in exclude:
        try:
            glob_regex(glob)
        except InvalidGuard as error:
            raise ConfigurationError(f"{origin}: exclude: {error.message}", error.hint) from error
    if not isinstance(log, str) or os.path.isabs(log) or ".." in log.split("/") or not log.isprintable():
        raise ConfigurationError(f"{origin}: log takes a path inside the repository", "write log = 'LESSONS.md'")
    levels = values.get("levels", {})
    if levels != {}:
        _check_levels(levels, origin)
    return Configuration(tuple(exclude), log, _aliases(aliases, origin), dict(levels), origin)


def _aliases(aliases: object, origin: str) -> dict[str, str]:
    """A team's words as `roles.normalised` leaves them. Raises ConfigurationError."""
    if not isinstance(aliases, dict):
        raise ConfigurationError(f"{origin}: aliases takes a table", "write [aliases] and then 'Oops' = 'problem'")
    if not aliases:
        return {}
    from twiceshy.markdown.roles import LEXICON, normalised

    for label, role in aliases.items():
        if not isinstance(role, str) or role not in LEXICON:
            raise ConfigurationError(
                f"{origin}: {label!r} is given the unknown role {role!r}", _meant(str(role), LEXICON)
            )
    return {normalised(label): role for label, role in aliases.items()}


def _check_levels(levels: object, origin: str) -> None:
    from twiceshy.rules import RULES

    if not isinstance(levels, dict):
        raise ConfigurationError(f"{origin}: levels takes a table", "write [levels] and then dead-link = 'error'")
    known = {**dict.fromkeys(RULES, LEVELS), TOMBSTONE: TOMBSTONE_LEVELS}
    for rule, level in levels.items():
        if rule not in known:
            raise ConfigurationError(f"{origin}: levels: there is no rule {rule!r}", _meant(rule, known))
        if level not in known[rule]:
            raise ConfigurationError(
                f"{origin}: levels: {rule} cannot be {level!r}", f"one of {', '.join(known[rule])}"
            )


def _meant(word: str, known: Iterable[str]) -> str:
    import difflib

    close = difflib.get_close_matches(word, known, 1)
    return f"did you mean {close[0]}?" if close else f"known: {', '.join(known)}"


def _toml(name: str, raw: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(decode(raw).removeprefix("\ufeff"))
    except Unreadable as error:
        raise ConfigurationError(f"{name} cannot be read: {error}", _READABLE) from error
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"{name} is not valid TOML: {error}", "correct that line") from error


def template_folders(root: str) -> tuple[str, str]:
    """Where kinds come from: the built-in ones, then the team's own, which win."""
    return _BUILT_IN, os.path.join(root, TEMPLATES)


def files_in(folder: str) -> list[str]:
    """The names of what stands in a folder, which need not be there. Raises ConfigurationError."""
    try:
        return sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ConfigurationError(f"{folder} cannot be read: {(error.strerror or '').lower()}", _READABLE) from error


def read_templates(root: str, aliases: dict[str, str], team: Mapping[str, bytes] | None = None) -> dict[str, Template]:
    """Every kind by name: the built-in ones, then the team's own in `.twiceshy/templates/`, which win.

    `team` are the files of that folder by name, where another revision than the working tree counts.
    """
    from twiceshy.markdown.schema import read_template

    built_in, own = template_folders(root)
    origin = TEMPLATES.replace(os.sep, "/")
    sources: list[_Source] = [("built-in", files_in(built_in), partial(_text_in, built_in), raw_in(built_in))]
    if team is None:
        sources.append((origin, files_in(own), partial(_text_in, own), raw_in(own)))
    else:
        sources.append((origin, sorted(team), lambda name: decode(team[name]), team.get))
    templates: dict[str, Template] = {}
    for where, names, text_of, raw_of in sources:
        for name in names:
            kind, ending = os.path.splitext(name)
            if ending != ".md":
                continue
            try:
                text = text_of(name)
            except Unreadable as error:
                raise ConfigurationError(f"the template {where}/{name} cannot be read: {error}", _READABLE) from error
            raw = raw_of(f"{kind}.toml")
            settings = _toml(f"{kind}.toml", raw) if raw is not None else {}
            templates[kind] = read_template(kind, text, settings, where, aliases)
    return templates


def _text_in(folder: str, name: str) -> str:
    return read(os.path.join(folder, name)).text


def meaning(root: str, configuration: Configuration, version: str) -> str:
    """A hash of what else decides what documents mean: the configuration, the kinds, this very code."""
    import hashlib

    from twiceshy.adapters.guardtable import stamp

    seen: list[object] = [version, configuration]
    code = (folder for folder, _, _ in os.walk(os.path.join(os.path.dirname(_BUILT_IN), "markdown")))
    for folder in (*(folder for folder in code if not folder.endswith("__pycache__")), *template_folders(root)):
        seen += (stamp(os.path.join(folder, name)) for name in files_in(folder))
    return hashlib.sha256(repr(seen).encode()).hexdigest()
