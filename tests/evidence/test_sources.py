"""Every case in `cases/evidence/`: a result file (or two), then the figures that are read from it."""

from __future__ import annotations

import re

import pytest
from snapshots import CASES, assert_case

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence import COMPARED, SOURCES, figures, recognised
from twiceshy.model.evidence import Evidence, Provenance

FOLDER = CASES / "evidence"


def encoded(info: str, body: str) -> bytes:
    if "nul" in info.split():
        return body.replace("\n", "\0").encode()
    if "utf-16" in info.split():
        return b"\xff\xfe" + body.encode("utf-16-le")
    return body.encode("latin-1" if "latin-1" in info.split() else "utf-8")


def line(one: Evidence) -> str:
    unit = f" {one.unit}" if one.unit else ""
    of = f" of {one.denominator}" if one.denominator is not None else ""
    of = f"{unit}{of} {one.whole}" if of and one.whole else of + unit
    about = f" [{one.about}]" if one.about else ""
    said = {
        "known": f"{one.value}{of}",
        "none": f"none: 0{of}",
        "unknown": "unknown",
        "quoted": f"“{one.value}”",
    }[one.state]
    place = f" @ {one.place}" if one.place else ""
    return f"{one.name}{about}: {said}{place}{' — ' + one.reason if one.reason else ''}\n"


def answer(form: str, blocks: list[tuple[str, str]]) -> str:
    """What a source says about the last block before the expectation, or about the last two if it compares them."""
    infos = [info for info, _ in blocks]
    raws = [encoded(*block) for block in blocks]
    try:
        if "before" in " ".join(infos[-2:-1]).split():
            path = infos[-1].split()[1]
            return "".join(map(line, COMPARED[form].compare(raws[-2], raws[-1], path, Provenance(path))))
        return "".join(map(line, figures(form, raws[-1], Provenance(infos[-1].split()[1]))))
    except MalformedEvidence as error:
        return f"malformed: {error.message}\n"


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.md")))
def test_the_sources_say_what_their_cases_show(name):
    assert_case(FOLDER / name, "evidence", lambda blocks: answer(name.removesuffix(".md"), blocks))


def test_every_source_has_a_case_file():
    assert {path.stem for path in FOLDER.glob("*.md")} == set(SOURCES)


@pytest.mark.parametrize("form", SOURCES)
def test_every_source_explains_itself_with_its_own_name_and_the_figures_it_yields(form):
    doc = SOURCES[form].__doc__
    assert doc.startswith(f"`{form}`: ")
    told = set(re.findall(r"`([a-z0-9-]+(?:\.[a-z0-9-]+)+)`", doc))
    text = (FOLDER / f"{form}.md").read_text(encoding="utf-8")
    shown = "".join(re.findall(r"```evidence\n(.*?)```", text, flags=re.DOTALL))
    yielded = set(re.findall(r"^([a-z0-9.-]+)(?: \[.*\])?: ", shown, flags=re.MULTILINE)) - {"malformed"}
    assert yielded
    assert yielded - told == set(), "figures that the page does not name"


@pytest.mark.parametrize("form", SOURCES)
def test_every_source_recognises_the_first_file_of_its_cases_and_says_so_alone(form):
    text = (FOLDER / f"{form}.md").read_text(encoding="utf-8")
    info, body = re.search(r"^```(\w+ [^\n]+)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL).groups()
    assert recognised(encoded(info, body)[:4096], info.split()[1]) == [form]


def test_a_file_that_names_another_commit_than_was_stated_says_so():
    raw = b'{"commit_info": {"id": "1a2b3c4d5e6f", "dirty": true}, "benchmarks": []}'
    stated = figures("pytest-benchmark", raw, Provenance("b.json", commit="f" * 40))
    assert [one.value for one in stated if one.name == "benchmark.contradiction"] == [
        "the file names the commit 1a2b3c4d5e6f, and ffffffffffff was stated"
    ]
    (alone,) = figures("pytest-benchmark", raw, Provenance("b.json"))
    assert (alone.provenance.commit, alone.provenance.dirty) == ("1a2b3c4d5e6f", True)
