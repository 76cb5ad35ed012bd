"""Tells `story.py` in a small real git history, to show how a lesson comes back: `make demo`.

Whatever is shown behind a `$` really runs; each step says what must come out, and the demo fails if it does not.
"""

from __future__ import annotations

import contextlib
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

from story import CODE, GUARD, HISTORY, LESSON, NEXT, STEPS, Show

NOON = "T12:00:00Z"


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
        """The story up to the lesson, whose guard is proved: on its commits and by somebody."""
        self.git("init", "--quiet", "--template=")
        named = {}
        for day, message, text, role in HISTORY:
            self.write(CODE, text)
            named[role] = self.commit(day, message)
        self.write("LESSONS.md", LESSON.format(**named))
        self.commit("2026-08-11", "Write down what git+file:// taught us")
        code, output = self.run(["twiceshy", "backtest", GUARD, "--judge"], "y\n" * len(HISTORY))
        if code:
            raise WentWrong(f"twiceshy backtest: {output}")
        self.commit("2026-08-12", "The guard would have been right")

    def show(self, show: Show) -> str:
        """What a command printed. Raises WentWrong if it is not what the demo promises."""
        line, _, source = show.line.partition(" < ")
        words = shlex.split(line)
        if words[0] in ("cat", "tail"):
            lines = (self.root / words[-1]).read_text(encoding="utf-8").splitlines()
            code, output = 0, "\n".join(lines[int(words[1]) if words[0] == "tail" else 0 :])
        else:
            code, output = self.run(words, (self.root / source).read_text(encoding="utf-8") if source else "")
        if words == ["twiceshy", "hook"] and output.startswith("{"):
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
    with contextlib.ExitStack() as stack:
        if "--keep" in arguments:
            folder = tempfile.mkdtemp(prefix="twiceshy-demo-")
            stack.callback(lambda: print(f"kept: {Path(folder) / 'repository'}", file=sys.stderr))
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="twiceshy-demo-"))
        return play(Stage(Path(folder)), paint)


def play(stage: Stage, paint: bool) -> int:
    """Print the demo; gives back the exit code."""
    try:
        for piece in told(stage, paint):
            print(piece, end="", flush=True)
    except WentWrong as error:
        print(f"\nThe demo went wrong here:\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # somebody has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
