"""README and tutorial, block by block, for real: what stands behind a `$` is run, what stands below must come out.

A block whose second word is a file's path is written to that file. Dates are compared as dates and commit ids as ids:
which commit an id of the page really was is remembered, so that later blocks can name it. A line `…` stands for any
lines. `TWICESHY_SNAP=1` rewrites what does not fit, for somebody to review.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from snapshots import SNAP

from twiceshy.adapters import index
from twiceshy.adapters._process import OLDEST
from twiceshy.adapters.configuration import read_templates
from twiceshy.guards import ENGINES, fires_on_example, validate
from twiceshy.guards._languages import LANGUAGES
from twiceshy.markdown.page import Page, read_page
from twiceshy.model.guard import Guard
from twiceshy.surfaces.cli import VERBS

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TUTORIAL = ROOT / "docs" / "use" / "tutorial.md"
WHY = ROOT / "docs" / "why.md"
BLOCK = re.compile(r"^(?P<fence>`{3,5})(?P<lang>\w+)(?: (?P<what>\S+))?\n(?P<body>.*?)^(?P=fence)$", re.M | re.S)
ID = re.compile(r"\b(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{7}\b")
DATE = re.compile(r"\b20\d\d-\d\d-\d\d\b")
LATER = (date.today() + timedelta(days=90)).isoformat()


class Reader:
    """Somebody who follows a page in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inside = folder
        self.ids: dict[str, str] = {}
        self.code = 0
        self.commands = 0

    def block(self, match: re.Match[str]) -> str:
        """Do what a block says; gives back the block as it should stand on the page."""
        what, body = match["what"] or "", match["body"]
        if "." in what:
            file = self.folder / what
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.here(body), encoding="utf-8", newline="\n")
        elif match["lang"] == "console" and not what:
            shown = [self.command(*piece.split("\n", 1)) for piece in re.split(r"^\$ ", body, flags=re.M)[1:]]
            return f"{match['fence']}console\n{''.join(shown)}{match['fence']}"
        return match.group()

    def command(self, line: str, expected: str) -> str:
        """A command and what it prints, as the page puts it where that is the same."""
        self.commands += 1
        found = self.run(self.here(line))
        found += "\n" if found and not found.endswith("\n") else ""
        if re.fullmatch(pattern(expected), neutral(found)):
            self.ids |= dict(zip(ID.findall(expected), ID.findall(found), strict=False))
            found = expected
        for name, real in self.ids.items():
            found = found.replace(real, name)
        return f"$ {line}\n{found}"

    def run(self, script: str) -> str:
        """What a command prints; the folder it went to and its exit code are there for the next one."""
        at = self.folder.parent / "at"
        words = ["sh", "-c", f"(exit {self.code})\n{script}\ncode=$?; pwd >'{at}'; exit $code"]
        done = subprocess.run(words, cwd=self.inside, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.code, self.inside = done.returncode, Path(at.read_text(encoding="utf-8").strip())
        return done.stdout.decode("utf-8").replace(str(self.folder), "~")

    def here(self, text: str) -> str:
        """The page's text with the commit ids that are real here, and suppressions that have not expired."""
        return re.sub(r"until=\S+", f"until={LATER}", ID.sub(lambda match: self.ids.get(match[0], match[0]), text))


def neutral(text: str) -> str:
    return DATE.sub("DATE", ID.sub("ID", text))


def pattern(expected: str) -> str:
    return re.escape(neutral(expected)).replace("…\\\n", "(?:.*\n)*")


def assert_page(path: Path, answer: Callable[[re.Match[str]], str]) -> None:
    """Every block of the page is as `answer` gives it back."""
    text = path.read_text(encoding="utf-8")
    now = BLOCK.sub(answer, text)
    if SNAP:
        path.write_text(now, encoding="utf-8", newline="\n")
    else:
        assert now == text, "if this is what you want, run it again with TWICESHY_SNAP=1 and review the difference"


def blocks(path: Path, language: str) -> list[str]:
    return [match["body"] for match in BLOCK.finditer(path.read_text(encoding="utf-8")) if match["lang"] == language]


def page_of(text: str) -> Page:
    return read_page("LESSONS.md", text, read_templates(str(ROOT), {}))


def guards_of(text: str) -> list[Guard]:
    page = page_of(text)
    assert page.problems == ()
    return [guard for lesson in page.lessons for guard in lesson.guards]


@pytest.fixture
def folder(tmp_path: Path, git_alone: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    if not shutil.which("sh"):
        pytest.skip("there is no sh to run the commands with")
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    made = tmp_path / "reader"
    made.mkdir()
    return made


def test_the_tutorial_does_what_it_shows(folder):
    reader = Reader(folder)
    assert_page(TUTORIAL, reader.block)
    assert reader.commands > 20


def test_what_the_readme_shows_of_the_demo_is_what_the_demo_prints(tmp_path):
    command = [sys.executable, str(ROOT / "demo" / "demo.py")]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=os.environ | {"NO_COLOR": "1"}, check=True
    )

    def answer(match: re.Match[str]) -> str:
        name, _, steps = (match["what"] or "").partition(":")
        first, _, last = steps.partition("-")
        if name != "demo":
            return match.group()
        start, end = (done.stdout.index(f"\n{number}. ") + 1 for number in (int(first), int(last) + 1))
        return f"{match['fence']}console {match['what']}\n{done.stdout[start:end].rstrip()}\n{match['fence']}"

    assert_page(README, answer)


def test_the_commands_of_the_readme_work_in_a_fresh_repository(folder):
    script = "\n".join(line for block in blocks(README, "sh") for line in block.split("\n"))
    script = re.sub(r"^(pip|make) .*", "true", script, flags=re.M)
    setting = "git init -q -b main; git commit -q --allow-empty -m start; git update-ref refs/remotes/origin/main HEAD"
    done = subprocess.run(["sh", "-e", "-c", f"{setting}\n{script}"], cwd=folder, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert b"wrote LESSONS.md:5" in done.stdout
    assert b"because it speaks of tls, check" in done.stdout
    assert b"tls-checks" in done.stdout.rpartition(b"would have spoken about")[0]


def test_the_lesson_of_the_readme_behaves_as_it_says():
    (guard,) = guards_of(*blocks(README, "markdown"))
    validate(guard)
    assert all(fires_on_example(guard, example) for example in guard.bad)
    assert not any(fires_on_example(guard, example) for example in guard.good)


def test_the_readme_names_every_engine_with_a_guard_that_is_understood():
    rows = re.findall(r"^\| `(\w+)` \|.*\| `(.+)` \|$", README.read_text(encoding="utf-8"), flags=re.M)
    assert {engine for engine, _ in rows} == set(ENGINES)
    for engine, example in rows:
        (guard,) = guards_of(f"# Lessons\n\n## 2026-01-02: One\n\n```yaml guard\nid: one\n{example}\n```\n")
        validate(guard)
        assert guard.engine == engine


def test_the_readme_names_every_command_somewhere_and_the_figures_of_the_code():
    text = README.read_text(encoding="utf-8") + TUTORIAL.read_text(encoding="utf-8")
    assert [verb for verb in VERBS if not re.search(rf"`?twiceshy {verb}|`{verb}[` ]", text)] == []
    assert f"in {len(LANGUAGES)} languages" in text
    assert f"git {OLDEST}" in text


def test_why_tells_the_ranking_that_the_index_has():
    text = WHY.read_text(encoding="utf-8")
    assert "title 4, paths 2, body 1" in text
    assert index._WEIGHTS == "4.0, 2.0, 1.0"
    assert f"Only the {index._TERMS} with" in text


@pytest.mark.parametrize("path", [README, TUTORIAL, WHY], ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", path.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        assert file.exists(), target
        titles = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), flags=re.M) if anchor else []
        assert not anchor or anchor in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}, (
            target
        )
    for goal in re.findall(r"(?:^|`)make (\w+)", path.read_text(encoding="utf-8"), flags=re.M):
        assert f"\n{goal}:" in (ROOT / "Makefile").read_text(encoding="utf-8"), goal
