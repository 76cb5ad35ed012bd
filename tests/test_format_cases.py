"""Every case in `cases/formats/`: a report written as YAML, then what each format makes of it.

`TWICESHY_SNAP=1` rewrites the expectations instead of comparing them, for somebody to review.
"""

from __future__ import annotations

import json
import os
import re
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from twiceshy.formats import FORMATS
from twiceshy.model.diagnostic import Diagnostic, Report, Unread
from twiceshy.model.text import Location

CASES = Path(__file__).parent / "cases" / "formats"
FENCE = re.compile(r"^(```+)(\w+)([^\n]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
SNAP = bool(os.environ.get("TWICESHY_SNAP"))


def location(text: str) -> Location:
    path, _, lines = text.rpartition(":")
    first, _, last = lines.partition("-")
    return Location(path, int(first), int(last or first))


def finding(values: dict[str, str]) -> Diagnostic:
    rest = {key: value for key, value in values.items() if key not in ("guard", "rule", "at", "see")}
    return Diagnostic(
        rule=values.get("guard") or values["rule"],
        location=location(values["at"]),
        see=location(values["see"]) if "see" in values else None,
        is_guard="guard" in values,
        **rest,
    )


def report(block: str) -> tuple[Report, str]:
    values = yaml.safe_load(block)
    made = Report(
        findings=tuple(finding(each) for each in values.get("findings", ())),
        suppressed=values.get("suppressed", 0),
        expired=values.get("expired", 0),
        unreadable=tuple(Unread(**each) for each in values.get("unreadable", ())),
        notes=tuple(values.get("notes", ())),
    )
    return made, values["tool"]


def rendered(name: str, block: str) -> str:
    """What the format makes of a report; SARIF is spread over lines and freed of our version, which changes."""
    text = FORMATS[name].render(*report(block))
    if name != "sarif":
        return text
    log = json.loads(text)
    driver = log["runs"][0]["tool"]["driver"]
    assert driver["version"] == version("twiceshy")
    driver["version"] = "…"
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def fulfilled(text: str) -> str:
    """The case file `text` with every expectation as the formats fulfil it now."""
    block = ""

    def replaced(match: re.Match[str]) -> str:
        nonlocal block
        fence, name, info, body = match.groups()
        if name == "yaml" and info.strip() == "report":
            block = body
        elif name in FORMATS:
            body = rendered(name, block)
        return f"{fence}{name}{info}\n{body}{fence}"

    return FENCE.sub(replaced, text)


def test_every_format_has_a_case_file():
    assert {path.stem for path in CASES.glob("*.md")} == set(FORMATS)


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.glob("*.md")))
def test_the_formats_print_what_their_cases_show(name):
    path = CASES / name
    text = path.read_text(encoding="utf-8")
    now = fulfilled(text)
    if SNAP:
        path.write_text(now, encoding="utf-8", newline="\n")
    else:
        assert any(match[2] == path.stem for match in FENCE.finditer(text)), "no expectation of its own format"
        assert now == text, "if this is what you want, run it again with TWICESHY_SNAP=1 and review the difference"
