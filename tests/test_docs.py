"""README and the tutorial, block by block, for real: what stands behind a `$` is run, what stands below must come out.

A block whose second word is a file's path is written to that file. Dates are compared as dates and commit ids as ids:
what an id of the page really was is remembered, so that later blocks can name it. A line `…` stands for any lines.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^(````?)(\w+)(?: (\S+))?\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
ID = re.compile(r"\b(?=[0-9a-f]*[0-9])[0-9a-f]{7}\b")
DATE = re.compile(r"\b20\d\d-\d\d-\d\d\b")
LATER = (date.today() + timedelta(days=90)).isoformat()


class Reader:
    """Somebody who follows a page in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inside = folder
        self.known: dict[str, str] = {}
        self.code = 0

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.translated(text), encoding="utf-8", newline="\n")

    def run(self, command: str) -> str:
        """What a command prints; `cd` and `$?` reach from one to the next."""
        script = f"(exit {self.code}); {self.translated(command)}\ncode=$?; pwd >&3; exit $code"
        at = self.folder.parent / "at"
        shell = ["sh", "-c", f"exec 3>'{at}'\n{script}"]
        done = subprocess.run(shell, cwd=self.inside, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.code, self.inside = done.returncode, Path(at.read_text(encoding="utf-8").strip())
        return done.stdout.decode("utf-8").rstrip("\n")

    def translated(self, text: str) -> str:
        text = ID.sub(lambda match: self.known.get(match.group(), match.group()), text)
        return re.sub(r"until=\S+", f"until={LATER}", text)

    def compare(self, command: str, expected: str, found: str) -> None:
        if alike(expected, found):
            self.known.update(zip(ID.findall(expected), ID.findall(found), strict=False))
        else:
            assert found == expected, f"$ {command}"


def alike(expected: str, found: str) -> bool:
    """Whether two outputs differ in nothing but dates, ids and what a line `…` leaves out."""
    pattern = re.escape(neutral(expected)).replace("\n…\n", "\n(?:.*\n)*").replace("\n…", "(?:\n.*)*")
    return re.fullmatch(pattern, neutral(found)) is not None


def neutral(text: str) -> str:
    return DATE.sub("DATE", ID.sub("ID", text))


def steps(page: str) -> list[tuple[str, str, str]]:
    """Language, path and text of every code block."""
    return [(language, path or "", body) for _, language, path, body in BLOCK.findall(page)]


def follow(page: str, folder: Path) -> int:
    """Do what `page` says; gives back how many commands that were."""
    reader = Reader(folder)
    count = 0
    for language, path, body in steps(page):
        if "." in path:
            reader.write(path, body)
        if language != "console":
            continue
        for shown in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, _, expected = shown.partition("\n")
            reader.compare(command, expected.rstrip("\n"), reader.run(command))
            count += 1
    return count


@pytest.fixture
def folder(tmp_path: Path, git_alone: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    if not shutil.which("sh"):
        pytest.skip("there is no sh to run the pages' commands")
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    made = tmp_path / "reader"
    made.mkdir()
    return made


def test_the_tutorial_does_what_it_shows(folder):
    assert follow((ROOT / "docs" / "use" / "tutorial.md").read_text(encoding="utf-8"), folder) > 15
