"""mine in real repositories: what is written, what is not written again, and what is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from twiceshy.surfaces.cli import main

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "json-schema" / "mine.json"
STORY = """store: fix lost writes after a restart

Writes that were acknowledged got lost, because the journal was cut before the
index was on disk. A crash in between left an index that named nothing.

Cut the journal last. The journal must not be cut while anything depends on it.
"""
ATTACK = """parser: fix a crash on empty input

The parser crashed because it looked at the first token without asking if there is one. Empty
files were rare until the exporter began to write them, so nobody noticed that it always failed.

```yaml guard
id: evil
added: '.'
bad: x
good: ''
```

---
status: active
---

## Takeaway
<!-- id: evil -->
"""


@pytest.fixture
def here(repo, monkeypatch):
    monkeypatch.chdir(repo.root)
    for name, message in (("store", STORY), ("notes", "Add notes"), ("parser", ATTACK)):
        repo.write(f"src/{name}.py", f"{name} = 1\n")
        repo.write(f"tests/test_{name}.py", "pass\n")
        repo.commit(message)
    return repo


def pages(repo) -> list[Path]:
    return sorted((repo.root / "lessons" / "candidates").glob("*.md"))


def test_each_candidate_becomes_a_small_page_that_speaks_only_when_accepted(here, capsys):
    assert main(["mine"]) == 0
    said = capsys.readouterr().out
    assert "2 of 3 commits carry enough text to explain a mistake." in said
    assert "gh pr list --state all" in said
    names = [page.name for page in pages(here)]
    assert [name.rsplit("-", 1)[0] for name in names] == [
        "parser-fix-a-crash-on-empty-input",
        "store-fix-lost-writes-after-a-restart",
    ]
    text = pages(here)[1].read_text(encoding="utf-8")
    assert "Ada, commit " in text and ", 2026-01-02:" in text
    assert "src/store.py  +1 -0" in text
    assert main(["lessons", "--status", "candidate"]) == 0
    assert capsys.readouterr().out.count("[candidate]") == 2
    assert main(["lint"]) == 0
    assert "no problems" in capsys.readouterr().out


def test_text_of_a_message_never_becomes_a_guard_a_heading_or_a_status(here, capsys):
    main(["mine"])
    capsys.readouterr()
    main(["lessons", "--format", "json"])
    lessons = json.loads(capsys.readouterr().out)["lessons"]
    assert [(lesson["status"], lesson["guards"]) for lesson in lessons] == [("candidate", [])] * 2
    assert not any("evil" in lesson["id"] for lesson in lessons)


def test_a_second_run_repeats_nothing_and_touches_nothing(here, capsys):
    main(["mine"])
    before = {page: page.stat().st_mtime_ns for page in pages(here)}
    capsys.readouterr()
    assert main(["mine"]) == 0
    assert "No new candidate." in capsys.readouterr().out
    assert {page: page.stat().st_mtime_ns for page in pages(here)} == before


def test_what_was_accepted_or_rejected_does_not_come_back(here, capsys):
    main(["mine"])
    parser, store = (f"mined-{page.stem.rsplit('-', 1)[1]}" for page in pages(here))
    assert main(["accept", parser]) == 0
    assert main(["reject", store, "--reason", "not a mistake of ours"]) == 0
    assert (here.root / "lessons").is_dir()
    capsys.readouterr()
    assert main(["mine"]) == 0
    assert pages(here) == []
    assert "No new candidate." in capsys.readouterr().out


def test_a_dry_run_shows_the_reasons_and_writes_nothing(here, capsys):
    assert main(["mine", "--dry-run", "--limit", "1"]) == 0
    said = capsys.readouterr().out
    assert "states a cause (+" in said and "nothing was written" in said
    assert pages(here) == []
    assert here.git("status", "--porcelain") == ""


def test_pull_requests_and_issues_speak_for_commits_that_say_little(here, capsys):
    here.write("src/queue.py", "queue = 1\n")
    sha = here.commit("Keep the order (#7)")
    body = STORY.partition("\n")[2].replace("journal", "ledger")
    request = {"number": 7, "title": "Fix the order", "body": f"{body}\nCloses #3", "mergeCommit": {"oid": sha}}
    issue = {"number": 3, "title": "Order lost at night", "body": "Since the upgrade totals are wrong.", "author": None}
    prs = here.write("../prs.json", json.dumps([request]))
    issues = here.write("../issues.json", json.dumps([issue]))
    main(["mine", "--prs", str(prs), "--issues", str(issues)])
    said = capsys.readouterr().out
    assert "thanks to pull requests and issues" in said
    assert "gh pr list" not in said
    (page,) = [page for page in pages(here) if page.stem.endswith(sha[:8])]
    text = page.read_text(encoding="utf-8")
    assert "pull request #7:" in text and "issue #3:" in text and "Since the upgrade" in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--prs", "gone.json"], "gone.json cannot be read"),
        (["--prs", "."], ". cannot be read"),
        (["--issues", "src/store.py"], "src/store.py is not JSON"),
        (["--since", "yesterday"], "yesterday is no day"),
    ],
)
def test_what_cannot_be_used_is_one_message_and_one_hint(here, capsys, options, said):
    assert main(["mine", *options]) == 2
    error = capsys.readouterr().err
    assert said in error and error.count("hint:") == 1
    assert pages(here) == []


def test_a_revert_without_a_reason_is_asked_about(here, capsys):
    here.git("revert", "--no-edit", "HEAD~1")
    assert main(["mine", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(printed)
    assert len(printed["candidates"]) == 2
    (question,) = printed["questions"]
    assert question["text"].startswith("Ada, on 2026-01-02 you took back “Add notes”")


def test_a_repository_without_a_commit_has_nothing_to_mine(repo, monkeypatch, capsys):
    monkeypatch.chdir(repo.root)
    assert main(["mine"]) == 0
    assert "0 of 0 commits carry enough text" in capsys.readouterr().out


def test_messages_and_authors_of_odd_bytes_are_quoted_as_far_as_they_are_text(repo, monkeypatch, capsys):
    monkeypatch.chdir(repo.root)
    repo.write("a.py", "a = 1\n")
    repo.git("add", "--all")
    repo.git("config", "i18n.commitEncoding", "UTF-8")
    message = repo.root.parent / "message"
    message.write_bytes(STORY.encode().replace(b"restart", b"re\xffst\x1b[31mart", 1) + b"\xe2\x80\xae odd\n")
    repo.git("-c", "user.name=\udce9va", "commit", "--quiet", "--file", str(message))
    assert main(["mine"]) == 0
    (page,) = pages(repo)
    text = page.read_bytes().decode("utf-8")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "st[31mart" in text


@pytest.fixture
def mended(repo, monkeypatch):
    """A repository in which somebody broke something and somebody explained how it was mended."""
    monkeypatch.chdir(repo.root)
    begin = "def load(path):\n    return read_all(path)\n"
    repo.write("src/store.py", begin)
    repo.commit("Add a store")
    repo.write("src/store.py", begin + "\n\ndef fetch(url):\n    return client.get(url, verify_peer=False)\n")
    repo.commit("Fetch stores")
    repo.write("src/store.py", begin + "\n\ndef fetch(url):\n    return client.get(url, verify_peer=True)\n")
    repo.commit(STORY.replace("fix lost writes after a restart", "fix verify_peer, which was off"))
    return repo


def test_a_proposed_guard_speaks_only_once_its_candidate_is_accepted(mended, capsys):
    assert main(["mine"]) == 0
    assert "guard proposed" in capsys.readouterr().out
    (page,) = pages(mended)
    text = page.read_text(encoding="utf-8")
    assert text.index("Proposed by twiceshy from the change, in nobody's words") < text.index("```yaml guard\n")
    assert main(["lint"]) == 0
    assert "no problems" in capsys.readouterr().out
    mended.git("add", "--all")
    mended.commit("candidates")
    mended.write("src/store.py", "def fetch(url):\n    return client.get(url, verify_peer=False)\n")
    mended.git("add", "--all")
    assert main(["check", "--staged"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["accept", f"mined-{page.stem.rsplit('-', 1)[1]}"]) == 0
    capsys.readouterr()
    assert main(["check", "--staged", "--format", "json"]) == 0
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["path"], finding["line"], finding["level"]) == ("src/store.py", 2, "warn")
    assert main(["lint"]) == 0


def test_no_guard_is_proposed_for_a_file_that_has_gone(mended, capsys):
    mended.git("mv", "src/store.py", "src/shop.py")
    mended.commit("Move it")
    assert main(["mine", "--dry-run", "--format", "json"]) == 0
    (candidate,) = json.loads(capsys.readouterr().out)["candidates"]
    assert candidate["guard"] == ""
