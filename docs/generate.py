"""Writes `docs/reference/` from the code that it describes: `make docs`. A test compares the two."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

from twiceshy.adapters.configuration import SETTINGS, read_templates
from twiceshy.evidence import SOURCES
from twiceshy.formats import FORMATS
from twiceshy.guards import ENGINES
from twiceshy.guards._languages import LANGUAGES
from twiceshy.guards._scope import _FUNCTIONS
from twiceshy.jobs._setup_parts import _EXAMPLES
from twiceshy.markdown.lexicon import LANGUAGES as SPOKEN
from twiceshy.markdown.phrasebook import spoken
from twiceshy.markdown.roles import NARRATIVE, normalised
from twiceshy.markdown.schema import sections_of
from twiceshy.model.template import Template
from twiceshy.rules import RULES
from twiceshy.surfaces.cli import VERBS, parser_of

REFERENCE = Path(__file__).parent / "reference"
_MADE = "<!-- Made by `make docs` from the code itself: change it there. -->\n\n"
_SOURCES = (
    "The formats that `twiceshy evidence add FILE --as FORMAT` takes, and what is read from them. A zero is `none`\n"
    "only with what it is a zero of; what a file does not tell is `unknown`, with what was looked for."
)
_HOLDS = {
    "document": "The whole document is one lesson.",
    "entries": "Each dated or labelled entry is one lesson.",
    "items": "Each thing that went badly is one lesson; a report about one incident is one as a whole.",
    "blocks": "Each known issue, each problem that was solved and each decision that is argued is one lesson.",
}


def pages() -> dict[str, str]:
    """Every generated page by its file name, with a final line end."""
    made = {
        "commands": commands(),
        "evidence": leaves("Evidence", _SOURCES, SOURCES, "text"),
        "formats": leaves("Formats", "`check` and `lint` print what they found with `--format`.", FORMATS, "text"),
        "guards": guards(),
        "kinds": kinds(),
        "roles": roles(),
        "rules": leaves("Lint rules", "What `twiceshy lint` looks for. One rule is one file.", RULES, "yaml"),
        "settings": settings(),
    }
    return {f"{name}.md": f"{_MADE}{text.rstrip()}\n" for name, text in made.items()}


def leaves(title: str, what: str, table: Mapping[str, ModuleType], language: str) -> str:
    """A page with the docstring of every module of a table, which starts with the module's own name."""
    parts = [f"# {title}", what]
    for name, module in table.items():
        text = re.sub(rf"\A`?{name}`?: (.)", lambda match: match[1].upper(), module.__doc__ or "")
        parts += [f"## {name}", fenced(text.strip(), language)]
    return "\n\n".join(parts)


def fenced(text: str, language: str) -> str:
    """Markdown whose indented code stands in fences, so that it can be highlighted and copied."""

    def block(match: re.Match[str]) -> str:
        code = re.sub(r"^    ", "", match[0].strip("\n"), flags=re.MULTILINE)
        return f"\n\n```{language}\n{code}\n```"

    return re.sub(r"\n(?:\n(?: {4}[^\n]*\n?)+)+", lambda match: block(match) + "\n", text + "\n").strip()


def guards() -> str:
    """The engines, then the languages they know."""
    what = "The engines: a guard says exactly one of these keys. One engine is one file."
    return f"""{leaves("Guards", what, ENGINES, "yaml")}

## Languages

`ast` knows these. `added` and `removed` use them to tell a line that is nothing but a comment, and `scope: function`
and `in: function` to find where a function begins and ends; in any other file an unindented line and what hangs below
it is a function.

| language | files | a comment-only line starts with | functions are found |
|---|---|---|---|
{"".join(map(_language, LANGUAGES))}"""


def _language(name: str) -> str:
    endings, comments = LANGUAGES[name]
    found = "by structure" if name in _FUNCTIONS else "by indentation"
    return f"| {name} | {_codes(endings)} | {_codes(comments) or 'never'} | {found} |\n"


def _codes(words: tuple[str, ...]) -> str:
    return " ".join(f"`{word.strip()}`" for word in words)


def commands() -> str:
    """Every verb with its arguments."""
    parts = [
        "# Commands",
        "`twiceshy COMMAND …`, or `shy` for short; every command has `--help`. Exit codes: 0 nothing stops you · 1\n"
        "something blocks, or lint found an error · 2 could not run · 3 our own bug · 130 interrupted.",
    ]
    for verb in VERBS:
        parser = parser_of(verb)
        parts += [
            f"## twiceshy {verb}",
            fenced((parser.description or "").strip(), "sh"),
            "\n".join(f"- {_argument(action)}" for action in arguments(parser)),
        ]
    return "\n\n".join(parts)


def arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What a parser takes, except `--help`."""
    return [action for action in parser._actions if not isinstance(action, argparse._HelpAction)]


def _argument(action: argparse.Action) -> str:
    choices = "|".join(map(str, action.choices)) if action.choices else ""
    value = "" if action.nargs == 0 else str(action.metavar or choices or action.dest.upper())
    value = f"[{value}]" if action.nargs == "?" else f"[{value} …]" if action.nargs == "*" else value
    notes = ["may be given several times"] if isinstance(action, argparse._AppendAction) else []
    notes += [f"`{action.default}` if not said"] if action.default and action.choices and not notes else []
    told = f" ({', '.join(notes)})" if notes else ""
    return f"`{' '.join([*action.option_strings[-1:], value]).strip()}`: {action.help}{told}"


def settings() -> str:
    """Every setting with an example."""
    parts = [
        "# Settings",
        "None is needed. They stand in `twiceshy.toml` at the root of the repository, or under `[tool.twiceshy]` in\n"
        "`pyproject.toml`; if both are there, only `twiceshy.toml` counts. An unknown key or a wrong value is an\n"
        "error.",
    ]
    for key, what in SETTINGS.items():
        parts += [f"## {key}", f"{what[0].upper()}{what[1:]}.", f"```toml\n{_EXAMPLES[key]}\n```"]
    return "\n\n".join(parts)


def kinds() -> str:
    """The built-in kinds, as their templates describe them."""
    parts = [
        "# Kinds",
        "The kinds of document that are known without any setting. [Add a kind](../extend/add-a-kind.md) tells how a\n"
        "team brings its own, [Roles](roles.md) by what other names the sections are known.",
    ]
    for kind, template in read_templates(os.devnull, {}).items():
        parts += [f"## {kind}", template.purpose, "\n".join(f"- {line}" for line in _told(template))]
    return "\n\n".join(parts)


def _told(template: Template) -> Iterator[str]:
    sections = list(dict.fromkeys(title for title, _ in sections_of(template)))
    required = [title for title in sections if normalised(title) not in template.optional]
    yield _HOLDS[template.holds]
    yield f"Its title starts with: {', '.join(title.rstrip(':') for title in template.titles)}"
    place = f"into `{template.folder}/`" if template.folder else f"at `{template.file}`"
    yield f"`twiceshy new` puts it {place}"
    yield f"It is known by its place: {', '.join(f'`{glob}`' for glob in template.paths)}"
    yield f"It needs: {', '.join(required) or 'nothing but its entries'}"
    yield f"It may have: {', '.join(title for title in sections if title not in required)}"
    for label, values in template.choices.items():
        yield f"{label.capitalize()} is one of: {', '.join(values)}"


def roles() -> str:
    """What headings and labels mean."""
    rows = [f"| {_starred(role)} | {', '.join(sorted(phrases))} |" for role, phrases in _english()]
    names = {code: language.__name__.rpartition(".")[2].capitalize() for code, language in SPOKEN.items()}
    languages = [f"| {code} | {name} |" for code, name in names.items()]
    return f"""# Roles

A heading or a label means what its role says, whatever its words and whatever its language. Before it is looked up it
is put into lower case and loses its number, emoji, ticks, code, comments and what stands in parentheses; accents, full
width and traditional characters make no difference. A few more words do no harm: up to two behind a phrase of one word,
up to four behind or three before a longer one; articles and the like are not counted, and what stands before a colon is
looked up by itself. `error handling` and its like are about something else. In Chinese, Japanese and Korean spaces mean
nothing, and what is said last counts first. A template and the setting `aliases` add words of a team's own.

The roles with a star tell a story: two of them in one section, one of which is `problem`, `symptom` or `cause`, make
it an entry of a log.

Below are the English words. The other languages say every one of these roles too; each is a file in
`src/twiceshy/markdown/lexicon/`.

| role | headings and labels |
|---|---|
{chr(10).join(rows)}

## Languages

| code | language |
|---|---|
{chr(10).join(languages)}"""


def _english() -> list[tuple[str, list[str]]]:
    return sorted((role, [phrase.lstrip("=~") for phrase in phrases]) for role, phrases in spoken(SPOKEN["en"]))


def _starred(role: str) -> str:
    return f"`{role}` \\*" if role in NARRATIVE else f"`{role}`"


def main() -> int:
    """Write the pages that differ from what is there, and say which."""
    for name, text in pages().items():
        page = REFERENCE / name
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"wrote docs/reference/{name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
