"""Settings from `twiceshy.toml` or `[tool.twiceshy]`, and the kinds a team brings; none of it is needed."""

from __future__ import annotations

import difflib
import os
import tomllib
from dataclasses import dataclass, field
from typing import Any

from twiceshy.adapters.files import Unreadable, read
from twiceshy.errors import ConfigurationError
from twiceshy.markdown.roles import LEXICON, normalised
from twiceshy.markdown.schema import read_template
from twiceshy.model.template import Template

FILE = "twiceshy.toml"
TEMPLATES = os.path.join(".twiceshy", "templates")
_BUILT_IN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "templates")
_READABLE = "it must be UTF-8 text, and you must be allowed to read it"
SETTINGS = {
    "exclude": "globs of files that are never read as documents",
    "log": "the log that `twiceshy learn` appends to, relative to the repository's root",
    "aliases": "a team's own words for a role: heading or label = role",
}


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a repository says about itself; `origin` is the file it stands in, "" if there is none."""

    exclude: tuple[str, ...] = ()
    log: str = ""
    aliases: dict[str, str] = field(default_factory=dict)
    origin: str = ""


def read_configuration(root: str) -> Configuration:
    """The configuration of the repository at `root`; `twiceshy.toml` comes before `pyproject.toml`.

    Raises ConfigurationError, naming the file, for TOML that does not parse, an unknown key or a wrong value.
    """
    own = os.path.join(root, FILE)
    if os.path.isfile(own):
        return _configuration(_toml(own), FILE)
    shared = os.path.join(root, "pyproject.toml")
    if os.path.isfile(shared):
        values = _toml(shared).get("tool", {}).get("twiceshy")
        if values is not None:
            return _configuration(values, "pyproject.toml")
    return Configuration()


def _configuration(values: dict[str, Any], origin: str) -> Configuration:
    for key in values:
        if key not in SETTINGS:
            close = difflib.get_close_matches(key, SETTINGS, 1)
            hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(SETTINGS)}"
            raise ConfigurationError(f"{origin}: unknown key {key!r}", hint)
    exclude, log, aliases = values.get("exclude", []), values.get("log", ""), values.get("aliases", {})
    if not isinstance(exclude, list) or not all(isinstance(glob, str) for glob in exclude):
        raise ConfigurationError(f"{origin}: exclude takes a list of globs", "write exclude = ['vendor/**']")
    if not isinstance(log, str) or os.path.isabs(log) or ".." in log.split("/"):
        raise ConfigurationError(f"{origin}: log takes a path inside the repository", "write log = 'LESSONS.md'")
    if not isinstance(aliases, dict):
        raise ConfigurationError(f"{origin}: aliases takes a table", "write [aliases] and then 'Oops' = 'problem'")
    for label, role in aliases.items():
        if role not in LEXICON:
            close = difflib.get_close_matches(str(role), LEXICON, 1)
            hint = f"did you mean {close[0]}?" if close else f"roles are {', '.join(LEXICON)}"
            raise ConfigurationError(f"{origin}: {label!r} is given the unknown role {role!r}", hint)
    return Configuration(tuple(exclude), log, {normalised(k): v for k, v in aliases.items()}, origin)


def _toml(path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(read(path).text)
    except Unreadable as error:
        raise ConfigurationError(f"{os.path.basename(path)} cannot be read: {error}", _READABLE) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{os.path.basename(path)} is not valid TOML: {error}", "correct that line") from error


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


def read_templates(root: str, aliases: dict[str, str]) -> dict[str, Template]:
    """Every kind by name: the built-in ones, then the team's own in `.twiceshy/templates/`, which win."""
    templates: dict[str, Template] = {}
    for folder, origin in zip(template_folders(root), ("built-in", TEMPLATES.replace(os.sep, "/")), strict=True):
        for name in files_in(folder):
            kind, ending = os.path.splitext(name)
            if ending != ".md":
                continue
            try:
                text = read(os.path.join(folder, name)).text
            except Unreadable as error:
                raise ConfigurationError(f"the template {origin}/{name} cannot be read: {error}", _READABLE) from error
            beside = os.path.join(folder, f"{kind}.toml")
            settings = _toml(beside) if os.path.isfile(beside) else {}
            settings["roles"] = {**settings.get("roles", {}), **aliases}
            templates[kind] = read_template(kind, text, settings, origin)
    return templates
