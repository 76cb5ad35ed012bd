"""Whatever a document, a path or a lesson holds, every format stays what it promises to be."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from reports import REPORTS, TOOLS

from twiceshy.formats import FORMATS, text
from twiceshy.formats._quote import exact, shown
from twiceshy.model.diagnostic import Report

CONTROLS = {
    *map(chr, range(10)),
    *map(chr, range(11, 32)),
    *map(chr, range(127, 160)),
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
}


@settings(deadline=None)
@given(REPORTS, TOOLS)
def test_every_format_is_valid_utf_8_and_ends_its_last_line(report, tool):
    for name, format_ in FORMATS.items():
        made = format_.render(report, tool)
        made.encode("utf-8")
        assert made == "" or made.endswith("\n")
        assert name == "text" or format_.render(report, tool, colour=True) == made


@settings(deadline=None)
@given(report=REPORTS, tool=TOOLS)
def test_json_is_what_its_schema_says(schemas, report, tool):
    printed = json.loads(FORMATS["json"].render(report, tool))
    schemas[tool].validate(printed)
    assert len(printed["findings"]) == len(report.findings)


@settings(deadline=None)
@given(REPORTS, TOOLS)
def test_text_holds_no_control_character_unless_colour_is_asked_for(report, tool):
    plain = text.render(report, tool)
    assert not CONTROLS & set(plain)
    coloured = text.render(report, tool, colour=True)
    assert CONTROLS & set(coloured) <= {"\x1b"}
    for code in ("0", "1", "2", "31", "33", "36"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == plain


@settings(deadline=None)
@given(REPORTS, TOOLS)
def test_github_reads_one_command_for_each_thing_said(report, tool):
    made = FORMATS["github"].render(report, tool)
    assert "\r" not in made
    lines = made.split("\n")[:-1]
    said = len(report.findings) + len(report.unreadable) + len(report.notes)
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines[:said])
    assert len(lines) - said == bool(report.findings or report.unreadable or report.suppressed or report.expired)
    for finding, line in zip(report.findings, lines, strict=False):
        properties = line.removeprefix("::").split("::")[0].split(" ", 1)[1]
        read = {key: undone(value) for key, value in (each.split("=", 1) for each in properties.split(","))}
        path = exact(finding.location.path)
        moves = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", path)
        assert read.get("file", "") == (shown(path) if moves else path)


def undone(value: str) -> str:
    """What the runner makes of an escaped property."""
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(code, char)
    return value


@given(TOOLS)
def test_people_are_told_nothing_when_there_is_nothing_to_say(tool):
    assert FORMATS["text"].render(Report(), tool) == ""
    assert FORMATS["github"].render(Report(), tool) == ""
