"""What `--format json` prints is what its published schema promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from twiceshy.surfaces.cli import main

SCHEMAS = Path(__file__).parents[2] / "docs" / "reference" / "json-schema"
LOG = """# Lessons

## 2026-01-02: Checks were off

- **Severity:** high
- **Happened:** nobody looked at `src/client.py`, see [the page](docs/none.md) and #12
- **Rule:** keep checking

```yaml guard
id: no-verify-false
added: 'verify=False'
bad: get(url, verify=False)
good: get(url)
```

**Actions:**

- [ ] add a test (owner: Ada) by 2026-02-01
- [x] tell everybody
"""
COMMANDS = {
    "check": ["check", "--staged"],
    "lint": ["lint"],
    "actions": ["actions"],
    "lessons": ["lessons"],
    "show": ["show", "LESSONS.md"],
    "recall": ["recall", "verify=False in the client", "--path", "src/client.py"],
    "status": ["status"],
    "audit": ["audit"],
    "evidence": ["evidence", "add", "report.xml"],
    "stats": ["stats", "no-verify-false"],
    "backtest": ["backtest"],
    "tombstones": ["tombstones", "--all"],
    "mine": ["mine"],
    "suggest": ["guard", "suggest", "HEAD"],
    "guard-test": ["guard", "test"],
}


@pytest.fixture
def here(repo, monkeypatch, capsys):
    repo.write("LESSONS.md", LOG)
    repo.write("bad.md", b"\xff")
    repo.write("CLAUDE.md", "@docs/none.md\n\n- Never pass `verify=False`.\n")
    repo.write("report.xml", '<testsuite><testcase name="a"/></testsuite>')
    repo.commit("lesson")
    repo.write("src/client.py", "get(u, verify=False)\n")
    repo.git("add", "--all")
    monkeypatch.chdir(repo.root)
    main(["check"])
    capsys.readouterr()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_what_its_schema_promises(here, capsys, name):
    assert main([*COMMANDS[name], "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
    registry = Registry().with_resources((file, Resource.from_contents(schema)) for file, schema in schemas.items())
    Draft202012Validator(schemas[f"{name}.json"], registry=registry).validate(printed)
    assert printed["version"] == 1


def test_the_keys_that_others_build_on_are_filled(here, capsys):
    def printed(name):
        main([*COMMANDS[name], "--format", "json"])
        return json.loads(capsys.readouterr().out)

    lesson = printed("lessons")["lessons"][0]
    assert lesson["guards"] == ["no-verify-false"]
    assert lesson["roles"]["rule"] == [7, 14]
    shown = printed("show")
    assert (shown["kind"], shown["date"]) == ("log", "2026-01-02")
    assert [action["done"] for action in shown["actions"]] == [False, True]
    first = printed("actions")["actions"][0]
    assert first == shown["actions"][0]
    assert (first["id"], first["owner"], first["due_date"]) == ("LESSONS.md#action-add-a-test", "Ada", "2026-02-01")
    assert {citation["text"] for citation in shown["citations"]} >= {"src/client.py", "#12"}
    finding = printed("check")["findings"][0]
    assert (finding["guard"], finding["path"], finding["line"]) == ("no-verify-false", "src/client.py", 1)
    hit = printed("recall")["hits"][0]
    assert hit["source"] == "lesson"
    assert hit["reasons"]
    assert printed("lint")["unreadable"] == [{"path": "bad.md", "reason": "not UTF-8 (byte 0)"}]
