"""Retells a public story in a small real git history and shows how the lesson comes back: `make demo`.

pre-commit installed Node.js hooks from `git+file://` in February 2019 and reverted it a month later without a written
reason (3cb35e86). In 2026 it came back (b1cc920e, release 4.6.1), hooks with a build script lost their executable
(issue 3737), and 4.6.2 added `--install-links` (30566198). The code below is a miniature in our own words. Whatever is
shown behind a `$` really runs; each step says what must come out, and the demo fails if it does not.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CODE = "pre_commit/languages/node.py"
NODE = """\
import subprocess


def install(clone):
    npm({})


def npm(*arguments):
    subprocess.run(['npm', *arguments], check=True)
"""
FOLDER = NODE.format("'install', '-g', clone")
FROM_GIT = NODE.format("'install', '-g', f'git+file://{clone}'")
LINKED = NODE.format("'install', '--install-links', '-g', f'git+file://{clone}'")
UPDATE = """

def update(clone, dependencies):
    packages = [f'git+file://{clone}', *dependencies]
    npm('install', '-g', *packages)
"""
LESSON = """\
## 2026-08-10: Hooks with a build script lost their executable

- **Happened:** npm 11 linked such a hook to its own temporary clone, then deleted the clone (#3737).
- **Rule:** Install from `git+file://` only with `--install-links`.

```yaml guard
id: git-file-needs-install-links
why: in 2019 it was reverted, nobody wrote why; in 4.6.1 it broke hooks with a build script
added: 'git\\+file:'
without: {{in: function, pattern: '--install-links'}}
bad: "npm('install', '-g', f'git+file://{{clone}}')"
good: "npm('install', '--install-links', '-g', f'git+file://{{clone}}')"
level: block
culprit: {culprit}
fix: {fix}
```
```yaml guard
id: hook-lost-its-executable
error: 'Executable `.+` not found'
bad: 'Executable `eslint` not found'
good: 'Executable `eslint` is not executable'
```
"""
EDIT = """\
{"hook_event_name": "PreToolUse", "tool_name": "Edit", "tool_input": {
    "file_path": "pre_commit/languages/node.py",
    "old_string": "'install', '--install-links', '-g',", "new_string": "'install', '-g',"}}
"""
LOG = """\
Executable `eslint` not found
"""
NOON = "T12:00:00Z"
HISTORY = (
    ("2019-02-17", "Install Node.js hooks from git+file://", FROM_GIT, ""),
    ("2019-03-14", 'Revert "Install Node.js hooks from git+file://"', FOLDER, ""),
    ("2026-07-15", "Install Node.js hooks from git+file://, which npm prepares", FROM_GIT, "culprit"),
    ("2026-08-10", "Mend hooks with a build script: --install-links", LINKED, "fix"),
)


class Show(NamedTuple):
    """A command as it is shown and run: `code` is how it must exit, `says` what its output must hold (empty: nothing).

    `twiceshy` is this project's, `cat` and `tail` need no program, `< FILE` is standard input. Of the JSON that answers
    an agent, the decision and its reason are shown.
    """

    line: str
    says: tuple[str, ...] = ()
    code: int = 0


class Step(NamedTuple):
    """One thing to see: a sentence, the files written before (with what they hold), and what is run."""

    sentence: str
    files: dict[str, str]
    shows: tuple[Show, ...]


STEPS = (
    Step(
        "In 2019 a change was reverted, nobody wrote why. In 2026 it came back and hurt; now there is a lesson.",
        {},
        (
            Show(f"git log --reverse --date=short --format='%h %cd %s' {CODE}", ("Revert", "--install-links")),
            Show("cat LESSONS.md", ("culprit: ", "level: block")),
            Show("twiceshy init --git-hook", ("pre-commit",)),
        ),
    ),
    Step(
        "A year later: new code, the old mistake. The commit is stopped in the lesson's own words.",
        {CODE: LINKED + UPDATE},
        (
            Show(f"tail -3 {CODE}", ("def update",)),
            Show(
                "git commit --all --message='Update hooks in place'",
                (f"{CODE}:13: block git-file-needs-install-links", "only with --install-links", "LESSONS.md:1"),
                code=1,
            ),
        ),
    ),
    Step(
        "A coding agent wants to drop a flag that looks superfluous. Its tool call is answered before it happens.",
        {"edit.json": EDIT},
        (
            Show("cat edit.json", ("PreToolUse",)),
            Show(
                "twiceshy hook < edit.json", ("permissionDecision: deny", "only with --install-links", "LESSONS.md:1")
            ),
        ),
    ),
    Step(
        "The commit with --install-links passes, and twiceshy has nothing to say.",
        {CODE: LINKED + UPDATE.replace("'-g'", "'--install-links', '-g'")},
        (Show("git commit --all --quiet --message='Update hooks in place'"),),
    ),
    Step(
        "A user sends a log that ends with: Executable `eslint` not found. The second guard of the lesson knows it.",
        {"build.log": LOG},
        (
            Show("twiceshy recall --error build.log", ("LESSONS.md:1", "hook-lost-its-executable recognises this")),
        ),
    ),
)
NEXT = """\
twiceshy init                        see what your documents already teach, and install the hooks you want
twiceshy learn "…" --rule "…"        write down what bit you, in two lines
twiceshy check                       ask about the change in front of you"""


class WentWrong(Exception):
    """A step did not do what the demo says it does."""


def environment(folder: Path) -> dict[str, str]:
    """Nothing of this machine's git counts: an empty home, no configuration, one author, one time of day."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "XDG_", "TWICESHY_"))}
    own |= {"HOME": str(folder), "USERPROFILE": str(folder), "LC_ALL": "C", "PYTHONIOENCODING": "utf-8"}
    own |= {"PATH": os.pathsep.join((str(Path(sys.executable).parent), own.get("PATH", os.defpath)))}
    own |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        own |= {
            f"GIT_{role}_NAME": "Ada",
            f"GIT_{role}_EMAIL": "ada@example.org",
            f"GIT_{role}_DATE": f"2027-08-10{NOON}",
        }
    return own


class Stage:
    """The repository in which it all happens."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "repository"
        self.root.mkdir()
        self.environment = environment(folder)

    def run(self, words: list[str], stdin: str = "", **more: str) -> tuple[int, str]:
        """Exit code and everything printed."""
        if words[0] == "twiceshy":
            words = [sys.executable, "-m", *words]
        done = subprocess.run(
            words, cwd=self.root, env=self.environment | more, input=stdin.encode(), stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout.decode("utf-8", "replace").replace("\r\n", "\n").rstrip()

    def git(self, *arguments: str, **more: str) -> str:
        """What git printed. Raises WentWrong if it refuses."""
        code, output = self.run(["git", *arguments], **more)
        if code:
            raise WentWrong(f"git {arguments[0]}: {output}")
        return output

    def write(self, path: str, text: str) -> None:
        """Put a file in its place."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8", newline="\n")

    def commit(self, day: str, message: str) -> str:
        """Commit everything as of `day`; gives back the commit's short id."""
        at = {"GIT_AUTHOR_DATE": day + NOON, "GIT_COMMITTER_DATE": day + NOON}
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message, **at)
        return self.git("rev-parse", "--short", "HEAD")

    def build(self) -> None:
        """The story up to the lesson, whose guard names the two commits that prove it."""
        self.git("init", "--quiet", "--template=")
        named = {}
        for day, message, text, role in HISTORY:
            self.write(CODE, text)
            named[role] = self.commit(day, message)
        self.write("LESSONS.md", LESSON.format(**named))
        self.commit("2026-08-11", "Write down what git+file:// taught us")

    def show(self, show: Show) -> str:
        """What a command printed. Raises WentWrong if it is not what the demo promises."""
        line, _, source = show.line.partition(" < ")
        words = shlex.split(line)
        if words[0] in ("cat", "tail"):
            lines = (self.root / words[-1]).read_text(encoding="utf-8").splitlines()
            code, output = 0, "\n".join(lines[int(words[1]) if words[0] == "tail" else 0 :])
        else:
            code, output = self.run(words, (self.root / source).read_text(encoding="utf-8") if source else "")
        if words == ["twiceshy", "hook"] and code == 0:
            output = decision(output)
        missing = [text for text in show.says if text not in output]
        if code != show.code or missing or (output and not show.says):
            raise WentWrong(f"$ {show.line}\n{output}\nexit code {code}, expected {show.code}; missing: {missing}")
        return output


def decision(answer: str) -> str:
    """What the agent is told: two values of the hook's JSON, folded at the width of a page."""
    said = json.loads(answer)["hookSpecificOutput"]
    keys = ("permissionDecision", "permissionDecisionReason")
    text = "\n".join(f"{key}: {said.get(key)}" for key in keys)
    return "\n".join("\n".join(textwrap.wrap(line, 110)) for line in text.split("\n"))


def told(stage: Stage, paint: bool) -> Iterator[str]:
    """The demo, piece by piece."""
    bold, blue, plain = ("\x1b[1m", "\x1b[36m", "\x1b[0m") if paint else ("", "", "")
    stage.build()
    for number, step in enumerate(STEPS, 1):
        for path, text in step.files.items():
            stage.write(path, text)
        yield f"{bold}{number}. {step.sentence}{plain}\n"
        for show in step.shows:
            output = stage.show(show)
            yield f"{blue}$ {show.line}{plain}\n" + (f"{output}\n" if output else "")
        yield "\n"
    yield f"{bold}Now in your own repository:{plain}\n{NEXT}\n"


def main(arguments: list[str]) -> int:
    """Exit 0 if every step did what it claims, 1 if one did not, 2 if it cannot run here."""
    unknown = set(arguments) - {"--keep"}
    if unknown or not shutil.which("git"):
        print("usage: demo.py [--keep]" if unknown else "the demo needs git on the PATH", file=sys.stderr)
        return 2
    os.umask(0o022)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    paint = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    folder = Path(tempfile.mkdtemp(prefix="twiceshy-demo-"))
    try:
        for piece in told(Stage(folder), paint):
            print(piece, end="", flush=True)
        return 0
    except WentWrong as error:
        print(f"\nThe demo went wrong here:\n{error}", file=sys.stderr)
        return 1
    finally:
        if "--keep" in arguments:
            print(f"kept: {folder / 'repository'}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
