"""What the demo tells: the files, the commits and the steps of a public story, as data.

pre-commit installed Node.js hooks from `git+file://` in February 2019 and reverted it a month later without a written
reason (3cb35e86). In 2026 it came back (b1cc920e, release 4.6.1), hooks with a build script lost their executable
(issue 3737), and 4.6.2 added `--install-links` (30566198). The code is a miniature in our own words.
"""

from __future__ import annotations

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
GUARD = "git-file-needs-install-links"
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
        (Show("twiceshy recall --error build.log", ("LESSONS.md:1", "hook-lost-its-executable recognises this")),),
    ),
)
NEXT = """\
twiceshy init                        see what your documents already teach, and install the hooks you want
twiceshy learn "…" --rule "…"        write down what bit you, in two lines
twiceshy check                       ask about the change in front of you"""
