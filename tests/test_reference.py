"""The documentation keeps itself true: references come from the code, examples are run, nothing is left out."""

from __future__ import annotations

import argparse
import importlib.util
import re
import shutil
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from test_docs import Reader, assert_page, folder

from twiceshy import errors
from twiceshy.adapters.configuration import SETTINGS, Configuration, raw_in, read_configuration, read_templates
from twiceshy.evidence import SOURCES
from twiceshy.formats import FORMATS
from twiceshy.guards import ENGINES, PROSE, fires_on_example, validate
from twiceshy.guards._regex import _LARGEST, _LONGEST
from twiceshy.guards.dependency import ECOSYSTEMS
from twiceshy.markdown import guard as guards
from twiceshy.markdown.lexicon import LANGUAGES
from twiceshy.markdown.page import read_page
from twiceshy.markdown.parse import parse
from twiceshy.markdown.roles import LEXICON
from twiceshy.markdown.schema import _SETTINGS
from twiceshy.model.change import Change, ChangedFile, Hunk
from twiceshy.model.diagnostic import Diagnostic, Report
from twiceshy.model.document import Fence
from twiceshy.model.evidence import Provenance
from twiceshy.model.guard import LEVELS, PLACES, Guard
from twiceshy.model.lesson import STATUSES
from twiceshy.model.text import Lines, Location
from twiceshy.rules import RULES
from twiceshy.surfaces.cli import VERBS, parser_of

__all__ = ["folder"]

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FORMAT = ROOT / "FORMAT.md"
TOLD_ELSEWHERE = ("tutorial.md", "set-up.md")  # test_docs.py runs the one; the other asks questions


def generator():
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATOR = generator()
REFERENCE = GENERATOR.pages()
USE = {path.name: path.read_text(encoding="utf-8") for path in sorted((DOCS / "use").glob("*.md"))}


def fences(text: str) -> list[Fence]:
    return list(parse(text).fences)


def guard_of(block: str) -> Guard:
    document = parse(f"```yaml guard\n{block}```\n", "a.md")
    return guards.read_guard(document, document.fences[0], Lines(document.text))


def headings(name: str) -> list[str]:
    return [section.title for section in parse(REFERENCE[name]).sections]


def section(text: str, title: str) -> str:
    """What stands below the heading `title` of a page."""
    document = parse(text)
    return next(found.span.of(text) for found in document.sections if found.title == title)


@pytest.mark.parametrize("name", REFERENCE)
def test_the_reference_says_what_the_code_says(name):
    path = DOCS / "reference" / name
    assert path.exists(), "run `make docs`"
    assert path.read_text(encoding="utf-8") == REFERENCE[name], "run `make docs` and review the difference"


def test_no_page_of_the_reference_outlives_what_it_was_made_from():
    assert {path.name for path in (DOCS / "reference").glob("*.md")} == set(REFERENCE)


@pytest.mark.parametrize("verb", VERBS)
def test_every_argument_of_a_command_says_what_it_does(verb):
    for action in GENERATOR.arguments(parser_of(verb)):
        assert action.help, action.dest
        assert action.help is not argparse.SUPPRESS
        assert not action.help.endswith("."), action.help


@pytest.mark.parametrize("verb", VERBS)
def test_a_page_on_the_job_tells_every_option_of_a_command(verb):
    told = [text for text in USE.values() if f"twiceshy {verb}" in text]
    options = [option for action in GENERATOR.arguments(parser_of(verb)) for option in action.option_strings[-1:]]
    assert told
    assert [option for option in options if not any(re.search(rf"{option}\b", text) for text in told)] == []


def test_every_command_engine_rule_format_kind_role_and_setting_has_its_entry():
    assert headings("commands.md")[1:] == [f"twiceshy {verb}" for verb in VERBS]
    assert headings("guards.md")[1:] == [*ENGINES, "Languages"]
    assert headings("rules.md")[1:] == list(RULES)
    assert headings("formats.md")[1:] == list(FORMATS)
    assert headings("evidence.md")[1:] == list(SOURCES)
    assert headings("kinds.md")[1:] == list(read_templates("/nonexistent", {}))
    assert headings("settings.md")[1:] == list(SETTINGS)
    assert [role for role in LEXICON if f"| `{role}`" not in REFERENCE["roles.md"]] == []


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_explains_itself_with_an_example_that_is_understood(name):
    text = section(REFERENCE["guards.md"], name)
    assert ENGINES[name].__doc__.startswith(f"`{name}`: ")
    assert len(text.split()) > 30
    guard = guard_of(f"id: example\n{fences(text)[0].code}")
    validate(guard)
    assert guard.engine == name


@pytest.mark.parametrize("name", SETTINGS)
def test_the_example_of_a_setting_is_accepted(name, tmp_path):
    example = fences(section(REFERENCE["settings.md"], name))[0].code
    assert list(tomllib.loads(example)) == [name]
    (tmp_path / "twiceshy.toml").write_text(example, encoding="utf-8")
    assert read_configuration(raw_in(str(tmp_path))) != Configuration()


def format_guards() -> list[Guard]:
    page = fences(FORMAT.read_text(encoding="utf-8"))
    inner = [fence for outer in page if outer.info == "markdown" for fence in fences(outer.code)]
    return [guard_of(f.code) for f in [*page, *inner] if f.info in ("yaml", "yaml guard") and f.code.startswith("id: ")]


@pytest.mark.parametrize("guard", format_guards(), ids=lambda guard: guard.id)
def test_the_guards_of_the_format_behave(guard):
    validate(guard)
    assert guard.bad
    assert guard.good
    assert [example.text or example.files for example in guard.bad if not fires_on_example(guard, example)] == []
    assert [example.text or example.files for example in guard.good if fires_on_example(guard, example)] == []


def test_the_format_shows_a_guard_of_every_engine():
    assert {guard.engine for guard in format_guards()} == set(ENGINES)


def test_the_format_names_everything_there_is_to_write_and_to_read():
    text = FORMAT.read_text(encoding="utf-8")
    words = [*guards.KEYS, *guards.ENGINES, *LEVELS, *PLACES, *STATUSES, *SETTINGS, *_SETTINGS, *PROSE]
    assert [word for word in words if not re.search(rf"`{re.escape(word)}[`:]", text)] == []
    codes = [errors.OK, errors.BLOCKED, errors.CANNOT_RUN, errors.OUR_BUG]
    assert [code for code in codes if f"| {code} |" not in text] == []
    assert [figure for figure in (_LONGEST, _LARGEST, guards._LIMIT) if f"{figure:,}" not in text] == []


def test_the_format_names_every_finding_that_is_neither_a_guard_nor_a_rule():
    jobs = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "twiceshy" / "jobs").glob("*.py"))
    names = set(re.findall(r'Diagnostic\(\s*"([a-z-]+)"', jobs))
    assert "lost-guard" in names
    assert [name for name in names if f"`{name}`" not in FORMAT.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("name", sorted(set(USE) - set(TOLD_ELSEWHERE)))
def test_a_page_on_a_job_does_what_it_shows(name, folder):
    if "ssh-keygen" in USE[name] and not shutil.which("ssh-keygen"):
        pytest.skip("there is no ssh-keygen on this machine")
    reader = Reader(folder)
    assert_page(DOCS / "use" / name, reader.block)
    assert reader.commands > 3


def example(name: str) -> ModuleType:
    """The whole module that a page on extending shows."""
    code = next(fence.code for fence in fences((DOCS / "extend" / name).read_text(encoding="utf-8")))
    module = ModuleType(name)
    exec(compile(code, name, "exec", dont_inherit=True), module.__dict__)
    return module


def test_the_engine_that_a_page_shows_recognises_what_it_says():
    growth = example("add-a-guard-engine.md")
    (shown,) = fences(GENERATOR.fenced(growth.__doc__, "yaml"))
    assert shown.code.startswith("growth: ")
    guard = Guard("two", "growth", "2")
    growth.validate(guard)
    added, less = (ChangedFile("a.log", [Hunk(1, ["x"] * gone, 7, ["y"] * 4)]) for gone in (1, 2))
    assert [(match.path, match.line, match.text) for match in growth.find(guard, Change([added, less]))] == [
        ("a.log", 7, "y")
    ]
    assert growth.needs(guard) == frozenset()
    with pytest.raises(errors.InvalidGuard, match="number of lines"):
        growth.validate(Guard("many", "growth", "many"))


def test_the_source_that_a_page_shows_reads_what_it_says():
    source = example("add-an-evidence-source.md")
    assert source.__doc__.startswith("`clippings`: ")
    raw = b"kept 7\nlost 0\n"
    assert source.recognises(raw, "a.clippings")
    assert not source.recognises(raw, "a.txt")
    found = [(one.name, one.value, one.state, one.denominator) for one in source.collect(raw, Provenance("a"))]
    assert found == [("clippings.lost", 0, "none", 7)]
    with pytest.raises(errors.MalformedEvidence, match="line 1: "):
        list(source.collect(b"kept many\n", Provenance("a")))


def test_the_rule_that_a_page_shows_finds_what_it_says():
    rule = example("add-a-lint-rule.md")
    assert rule.__doc__.startswith("long-title: ")
    titles = ("short", "x" * 101)
    text = "# Lessons\n" + "".join(f"\n## 2026-01-02: {title}\n\n- **Rule:** y\n" for title in titles)
    page = read_page("LESSONS.md", text, read_templates("/nonexistent", {}))
    assert [(found.location.line, found.message) for found in rule.check(page, None)] == [
        (7, "the title has 101 characters")
    ]


def test_the_format_that_a_page_shows_prints_what_it_says():
    gcc = example("add-a-format.md")
    message = "npm leaves out the build script."
    finding = Diagnostic("git-file-needs-install-links", "warn", message, Location("src/deploy.py", 12, 12))
    assert gcc.render(Report((finding,)), "check") == fences(GENERATOR.fenced(gcc.__doc__, "text"))[0].code
    assert gcc.render(Report(), "check") == ""


def test_the_questions_do_not_speak_of_limits_that_are_gone():
    text = (ROOT / "FAQ.md").read_text(encoding="utf-8")
    assert ("[eleven\nlanguages]" in text) == (len(LANGUAGES) == 11)
    assert ("four registries" in text) == (len(ECOSYSTEMS) == 4)


def test_the_terms_of_the_glossary_are_in_order():
    terms = re.findall(r"^\*\*(.+?)\*\*", (DOCS / "glossary.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(terms) > 20
    assert terms == sorted(terms)


def test_pre_commit_runs_here_what_it_runs_elsewhere():
    import yaml

    ours = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    published = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    local = {hook["id"]: hook for repo in ours if repo["repo"] == "local" for hook in repo["hooks"]}
    for hook in published:
        assert local[hook["id"]]["entry"].removeprefix(".venv/bin/") == hook["entry"]
        for key in ("pass_filenames", "always_run", "types_or"):
            assert local[hook["id"]].get(key) == hook.get(key)
