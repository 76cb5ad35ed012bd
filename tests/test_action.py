"""action.yml: its shape, and its scripts run as GitHub runs them, against a small repository and a small GitHub.

The scripts are taken out of the file word for word. `bash`, `curl` and `jq` stand on GitHub's runners.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from conftest import Repo

from twiceshy.formats import markdown
from twiceshy.model.diagnostic import Diagnostic, Report
from twiceshy.model.text import Location

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
SCRIPTS = {step.get("id") or step["name"]: step for step in STEPS if "run" in step}
MISSING = [name for name in ("bash", "curl", "jq") if not shutil.which(name)]
SHELL = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]  # docs.github.com, "jobs.<job_id>.steps[*].shell"
BOT = "github-actions[bot]"
LESSON = """# Lessons

## 2026-01-02: Checks were off

- **Happened:** nobody looked
- **Rule:** keep checking, says @everybody

```yaml guard
id: no-verify-false
added: 'verify=False'
bad: 'get(url, verify=False)'
good: 'get(url)'
```
"""

needs_tools = pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {', '.join(MISSING)}")


# Its shape -----------------------------------------------------------------------------------------------------------


def test_it_is_a_composite_action_by_the_published_schema():
    command = ["-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml")]
    done = subprocess.run([sys.executable, *command], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert ACTION["runs"]["using"] == "composite"


def test_every_script_names_its_shell_and_takes_nothing_of_the_event_but_from_the_environment():
    assert len(SCRIPTS) == 4
    for step in SCRIPTS.values():
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]


def test_actions_of_others_are_pinned_by_their_major_version():
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert used
    assert [name for name in used if not re.fullmatch(r"(?:actions|github)/[\w/-]+@v\d+", name)] == []


def test_every_input_says_what_it_is_for_and_is_used():
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name, what in ACTION["inputs"].items():
        assert what["description"]
        assert "default" in what
        assert f"inputs.{name}" in text


def test_nothing_is_imported_from_the_folder_that_is_judged():
    lines = SCRIPTS["Install twiceshy"]["run"].split("\n")
    assert [line for line in lines if "python" in line.lower() and "-m" in line] == [
        '"$PYTHON" -I -m venv "$home"',
        '"$scripts/python" -I -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"',
    ]
    assert "python" not in SCRIPTS["check"]["run"]


@pytest.mark.parametrize("name", SCRIPTS)
@needs_tools
def test_every_script_is_understood_by_bash(name):
    subprocess.run(["bash", "-n", "-c", SCRIPTS[name]["run"]], check=True)


# The check -----------------------------------------------------------------------------------------------------------


class Runner:
    """A machine that runs one step after the other."""

    def __init__(self, folder: Path, temporary: Path) -> None:
        self.folder = folder
        self.temporary = temporary
        temporary.mkdir()
        self.said = ""

    def run(self, name: str, **environment: str) -> int:
        """The exit code of a step."""
        given = {
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_OUTPUT": str(self.temporary / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary"),
            "GITHUB_REPOSITORY": "o/r",
            "TWICESHY": str(Path(sys.executable).parent / "twiceshy"),
            "NO_PROXY": "127.0.0.1",
        }
        done = subprocess.run(
            [*SHELL, SCRIPTS[name]["run"]],
            cwd=self.folder,
            env={**os.environ, **given, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        self.said = done.stdout
        return done.returncode

    def check(self, event: str, base: str, head: str = "HEAD", **environment: str) -> str:
        """The output `exit-code` of the check."""
        given = {"EVENT": event, "BASE": base, "HEAD": head, "DEFAULT_BRANCH": "main", "SARIF": "false"}
        assert self.run("check", **{"GITHUB_REF": "refs/heads/topic", **given, **environment}) == 0, self.said
        return self.output["exit-code"]

    @property
    def output(self) -> dict[str, str]:
        """What the steps gave out."""
        lines = (self.temporary / "output").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)

    def kept(self, name: str) -> str:
        """What a step left behind, "" if nothing."""
        path = self.temporary / name
        return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.fixture
def project(repo: Repo) -> Repo:
    """A clone with a lesson on `main`, and the mistake on `topic`, which is checked out."""
    if MISSING:
        pytest.skip(f"not installed here: {', '.join(MISSING)}")
    repo.write("LESSONS.md", LESSON)
    repo.commit("lesson")
    repo.git("update-ref", "refs/remotes/origin/main", "main")
    repo.git("checkout", "--quiet", "-b", "topic")
    repo.write("client.py", "get(u, verify=False)\n")
    repo.commit("mistake")
    return repo


@pytest.fixture
def runner(project: Repo, tmp_path: Path) -> Runner:
    return Runner(project.root, tmp_path / "runner")


def test_a_pull_request_is_judged_from_its_base(runner, project):
    assert runner.check("pull_request", project.git("rev-parse", "main").strip()) == "0"
    assert "::warning file=client.py,line=1," in runner.said
    assert runner.kept("summary") == runner.kept("twiceshy.md")
    assert "**warn** `no-verify-false`" in runner.kept("twiceshy.md")
    assert "/o/r/blob/" in runner.kept("twiceshy.md")


def test_what_blocks_is_the_verdict_of_the_last_step(runner):
    assert runner.run("Verdict", CODE="0") == 0
    assert runner.run("Verdict", CODE="1") == 1
    assert runner.run("Verdict", CODE="2") == 2
    assert runner.run("Verdict", CODE="") == 2


def test_a_bad_suppression_is_the_exit_code_1_and_told_in_all_formats(runner, project):
    project.write("client.py", "get(u, verify=False)  # twiceshy: " + "ignore[no-verify-false] no day\n")
    project.commit("excuse")
    assert runner.check("pull_request", "main", SARIF="true") == "1"
    assert len(json.loads(Path(runner.output["sarif-file"]).read_text(encoding="utf-8"))["runs"][0]["results"]) == 2
    assert "**error** `bad-suppression`" in runner.kept("twiceshy.md")


def test_a_push_is_judged_from_what_was_there_before(runner, project):
    before = project.git("rev-parse", "HEAD").strip()
    project.write("client.py", "get(u)\n")
    project.commit("mended")
    assert runner.check("push", before) == "0"
    assert "::warning" not in runner.said
    assert runner.kept("summary") == ""
    assert "<!-- silent -->" in runner.kept("twiceshy.md")


def test_the_first_push_of_a_branch_is_judged_from_the_default_branch(runner):
    assert runner.check("push", "0" * 40) == "0"
    assert "::warning file=client.py" in runner.said


def test_the_very_first_push_has_nothing_to_be_judged_from(runner):
    assert runner.check("push", "0" * 40, GITHUB_REF="refs/heads/main") == "0"
    assert "nothing to be compared with" in runner.said


def test_a_forced_push_is_judged_from_what_it_threw_away(runner, project, repo_factory):
    server = repo_factory()
    project.git("remote", "add", "origin", str(server.root))
    before = project.git("rev-parse", "topic").strip()
    project.git("push", "--quiet", "origin", "topic:topic", "main:trunk")
    project.git("checkout", "--quiet", "main")
    project.git("branch", "-D", "topic")
    project.git("update-ref", "-d", "refs/remotes/origin/topic")
    project.git("reflog", "expire", "--expire=now", "--all")
    project.git("gc", "--quiet", "--prune=now")
    server.git("config", "uploadpack.allowAnySHA1InWant", "true")
    assert runner.check("push", before, "main", GITHUB_REF="refs/heads/topic") == "0"
    assert project.git("cat-file", "-t", before).strip() == "commit"


def test_a_forced_push_to_the_default_branch_whose_past_is_gone_cannot_be_judged(runner):
    assert runner.check("push", "3" * 40, GITHUB_REF="refs/heads/main") == "2"
    assert "::error title=twiceshy::could not judge" in runner.said


def test_an_event_without_a_change_says_how_to_name_one(runner):
    assert runner.check("schedule", "") == "0"
    assert "give the input base" in runner.said


def test_a_shallow_clone_fails_closed_and_says_what_to_do(project, tmp_path):
    clone = tmp_path / "clone"
    command = ["git", "clone", "--quiet", "--depth=1", f"file://{project.root}", str(clone)]
    subprocess.run(command, check=True, capture_output=True)
    runner = Runner(clone, tmp_path / "shallow")
    assert runner.check("pull_request", project.git("rev-parse", "main").strip()) == "2"
    assert "fetch-depth: 0" in runner.said


@pytest.mark.parametrize("name", ["$(touch pwned)", "`touch pwned`", "'; touch pwned; '", "--output=pwned", "a\nb"])
def test_names_of_branches_are_no_commands(runner, name):
    assert runner.check("pull_request", name) == "2"
    assert runner.check("push", "0" * 40, DEFAULT_BRANCH=name) == "2"
    assert not (runner.folder / "pwned").exists()


def test_a_module_in_the_repository_does_not_take_the_place_of_ours(runner, project):
    for name in ("twiceshy", "re2", "yaml", "ast_grep_py", "argparse"):
        project.write(f"{name}.py", "raise SystemExit(0)\n")
    assert runner.check("pull_request", "main") == "0"
    assert "::warning file=client.py,line=1," in runner.said


# The comment ---------------------------------------------------------------------------------------------------------


class Api(BaseHTTPRequestHandler):
    """As much of GitHub as comments need (docs.github.com, "REST API endpoints for issue comments")."""

    comments: ClassVar[list[dict[str, Any]]] = []
    refused: ClassVar[set[str]] = set()
    asked: ClassVar[list[str]] = []
    address: ClassVar[str] = ""

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        at = (int(query["page"][0]) - 1) * int(query["per_page"][0])
        self.answer("/repos/o/r/issues/7/comments", 200, self.comments[at : at + int(query["per_page"][0])])

    def do_POST(self) -> None:
        made = {"id": len(self.comments) + 1, "user": {"login": BOT}, "body": self.body()["body"]}
        self.answer("/repos/o/r/issues/7/comments", 201, made, lambda: self.comments.append(made))

    def do_PATCH(self) -> None:
        body, number = self.body()["body"], int(self.path.rsplit("/", 1)[1])
        found = next(comment for comment in self.comments if comment["id"] == number)
        self.answer(f"/repos/o/r/issues/comments/{number}", 200, found, lambda: found.update(body=body))

    def body(self) -> dict[str, str]:
        read: dict[str, str] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return read

    def answer(self, path: str, status: int, value: object, change: Callable[[], None] = lambda: None) -> None:
        """Make the change and answer as GitHub does: 403 to what is refused and to everything without the token."""
        self.asked.append(self.command)
        allowed = self.headers["Authorization"] == "Bearer s3cret" and self.command not in self.refused
        status = status if allowed else 403
        status = status if urlsplit(self.path).path == path else 404
        if status < 300:
            change()
        raw = json.dumps(value if status < 300 else {"message": "Resource not accessible by integration"}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def github(tmp_path: Path, git_alone: None) -> Iterator[type[Api]]:
    if MISSING:
        pytest.skip(f"not installed here: {', '.join(MISSING)}")
    Api.comments, Api.refused, Api.asked = [], set(), []
    with ThreadingHTTPServer(("127.0.0.1", 0), Api) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        Api.address = f"http://127.0.0.1:{server.server_address[1]}"
        yield Api
        server.shutdown()
        thread.join()


@pytest.fixture
def commenter(github: type[Api], tmp_path: Path) -> Runner:
    return Runner(tmp_path, tmp_path / "runner")


FINDING = Diagnostic("no-tabs", "warn", 'Tabs @ada "break" it: $(touch pwned) `x` \\n é.', Location("a.py", 3, 3))


def comment(runner: Runner, *findings: Diagnostic, author: str = BOT, address: str = "") -> None:
    """Run the step after a check with these findings; it must never fail."""
    report = runner.temporary / "twiceshy.md"
    report.write_text(markdown.render(Report(findings), "check"), encoding="utf-8", newline="\n")
    api = address or Api.address
    assert runner.run("comment", GITHUB_API_URL=api, TOKEN="s3cret", AUTHOR=author, NUMBER="7") == 0, runner.said
    assert "s3cret" not in runner.said


def test_a_finding_is_commented_once_word_for_word(github, commenter):
    comment(commenter, FINDING)
    assert commenter.said == ""
    assert [made["body"] for made in github.comments] == [commenter.kept("twiceshy.md")]
    assert not (commenter.folder / "pwned").exists()


def test_the_next_run_updates_its_own_comment(github, commenter):
    comment(commenter, FINDING)
    comment(commenter, FINDING, Diagnostic("two", "block", "Worse.", Location("a.py", 9, 9)))
    assert len(github.comments) == 1
    assert "**block** `two`" in github.comments[0]["body"]


def test_what_was_mended_is_said_in_the_same_comment(github, commenter):
    comment(commenter, FINDING)
    comment(commenter)
    assert [made["body"].split("\n")[2] for made in github.comments] == ["twiceshy has nothing to say about this."]


def test_nothing_to_say_makes_no_comment(github, commenter):
    comment(commenter)
    assert github.comments == []
    assert github.asked == ["GET"]


def test_somebody_elses_comment_is_left_alone_even_if_it_begins_the_same(github, commenter):
    theirs = {"id": 1, "user": {"login": "mallory"}, "body": "<!-- twiceshy check -->\nAll is well."}
    quoting = {"id": 2, "user": {"login": BOT}, "body": "Look: <!-- twiceshy check -->"}
    empty = {"id": 3, "user": {"login": BOT}, "body": None}
    github.comments += [dict(theirs), dict(quoting), dict(empty)]
    comment(commenter, FINDING)
    assert github.comments[:3] == [theirs, quoting, empty]
    assert len(github.comments) == 4


def test_its_comment_is_found_behind_hundreds_of_others(github, commenter):
    github.comments += [{"id": i, "user": {"login": "ada"}, "body": "."} for i in range(1, 251)]
    comment(commenter, FINDING)
    comment(commenter)
    assert len(github.comments) == 251
    assert github.asked == ["GET", "GET", "GET", "POST", "GET", "GET", "GET", "PATCH"]


@pytest.mark.parametrize(("refused", "said"), [("GET", "cannot be read"), ("POST", "no comment can be written")])
def test_a_token_that_may_not_is_no_failure(github, commenter, refused, said):
    github.refused = {refused}
    comment(commenter, FINDING)
    assert github.comments == []
    assert said in commenter.said


def test_a_token_that_may_no_longer_update_is_no_failure(github, commenter):
    comment(commenter, FINDING)
    github.refused = {"PATCH"}
    comment(commenter)
    assert "cannot be updated" in commenter.said


def test_a_github_that_is_not_there_is_no_failure(commenter):
    comment(commenter, FINDING, address="http://127.0.0.1:9")
    assert "cannot be read" in commenter.said


def test_a_run_that_could_not_judge_leaves_the_comment_as_it_is(github, commenter):
    comment(commenter, FINDING)
    (commenter.temporary / "twiceshy.md").unlink()
    assert commenter.run("comment", GITHUB_API_URL=Api.address, TOKEN="s3cret", AUTHOR=BOT, NUMBER="7") == 0
    assert github.asked == ["GET", "POST"]


# The page that tells how ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "schema"),
    [(".github/workflows/twiceshy.yml", "vendor.github-workflows"), (".gitlab-ci.yml", "vendor.gitlab-ci")],
)
def test_the_examples_of_the_page_are_what_the_services_take(name, schema, tmp_path):
    page = (ROOT / "docs" / "use" / "ci.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"^```yaml {re.escape(name)}\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    (tmp_path / "example.yml").write_text(found, encoding="utf-8")
    command = ["-m", "check_jsonschema", "--builtin-schema", schema, str(tmp_path / "example.yml")]
    done = subprocess.run([sys.executable, *command], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_tells_every_input():
    page = (ROOT / "docs" / "use" / "ci.md").read_text(encoding="utf-8")
    assert [name for name in ACTION["inputs"] if f"`{name}`" not in page] == []
    assert f"`{ACTION['inputs']['python-version']['default']}`" in page
    assert f"`{ACTION['inputs']['comment-author']['default']}`" in page


def test_the_script_for_gitlab_does_what_the_page_says(project, tmp_path):
    page = (ROOT / "docs" / "use" / "ci.md").read_text(encoding="utf-8")
    (found,) = re.findall(r"^```yaml \.gitlab-ci\.yml\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    script = [line for line in yaml.safe_load(found)["twiceshy"]["script"] if not line.startswith("pip ")]
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(project.root), str(clone)], check=True, capture_output=True)
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_COMMIT_SHA": project.git("rev-parse", "topic").strip(),
    }
    command = [*SHELL, "\n".join(script)]
    subprocess.run(command, cwd=clone, env={**os.environ, **environment}, check=True, capture_output=True)
    (entry,) = json.loads((clone / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert (entry["check_name"], entry["location"]["path"]) == ("no-verify-false", "client.py")
