"""Words that must not stand in this repository, links that must lead somewhere, and fragments that can be collected."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

from twiceshy.markdown.parse import parse

ROOT = Path(__file__).parents[1]
# In pieces, so that this file does not hold what it looks for.
UNFINISHED = re.compile(
    r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "Not" + "ImplementedError")) + r")\b"
)
MACHINE = re.compile(r"/(?:home|Users)/(?!ada\b)\w+|/(?:root|work)/\w+|\b[A-Z]:\\+(?:Users)\b")
HOSTS = ["pypi org", "pythonhosted org", "npmjs com", "npmjs org", "crates io", "proxy golang org", "rubygems org"]
REGISTRIES = re.compile("|".join(rf"\b{re.escape('.'.join(host.split()))}\b" for host in HOSTS))
CHANGES = ("feature", "fix", "removal", "doc")


def files() -> list[Path]:
    """What git tracks or would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git repository, so nobody knows which files belong to it")
    paths = [ROOT / name for name in listed.stdout.decode("utf-8", "surrogateescape").split("\0") if name]
    return [path for path in paths if path.is_file()]


def texts() -> dict[Path, str]:
    found = {}
    for path in files():
        raw = path.read_bytes()
        if b"\0" not in raw:
            found[path] = raw.decode("utf-8", "replace")
    return found


def places(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT).as_posix()}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for path, text in texts().items()
        for match in pattern.finditer(text)
    ]


def pages() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "changes").glob("*.md")]


def anchors(path: Path) -> set[str]:
    titles = [section.title.lower() for section in parse(path.read_text(encoding="utf-8")).sections]
    return {re.sub(r"[^\w -]", "", title).replace(" ", "-") for title in titles}


def test_the_words_are_found_where_they_stand():
    assert UNFINISHED.search("# " + "TO" + "DO: later")
    assert MACHINE.search("/home" + "/somebody/project")
    assert REGISTRIES.search("https://" + "pypi" + ".org/simple")


def test_nothing_is_left_for_later():
    assert places(UNFINISHED) == []


def test_no_file_names_a_place_of_somebodys_machine():
    assert places(MACHINE) == []
    if len(ROOT.parts) > 3:  # a shorter path may well be part of something else
        assert places(re.compile(re.escape(str(ROOT)) + r"\b")) == []


def test_no_file_names_the_host_of_a_package_registry():
    assert places(REGISTRIES) == []


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_relative_links_lead_somewhere(path):
    for link in parse(path.read_text(encoding="utf-8")).links:
        name, _, anchor = unquote(link.target).partition("#")
        if ":" in name:
            continue
        target = path.parent / name if name else path
        assert target.exists(), link.target
        assert not anchor or anchor in anchors(target), link.target


def test_every_fragment_of_a_change_says_what_kind_of_change_it_is():
    fragments = [path.name for path in (ROOT / "changes").glob("*.md") if path.name != "README.md"]
    assert fragments
    assert [name for name in fragments if not re.fullmatch(rf"[a-z0-9-]+\.(?:{'|'.join(CHANGES)})\.md", name)] == []
    told = (ROOT / "changes" / "README.md").read_text(encoding="utf-8")
    assert [kind for kind in CHANGES if f"`{kind}`" not in told] == []
