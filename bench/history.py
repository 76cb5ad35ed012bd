"""The line cache, guards on history and tombstones, on a history of 80,000 commits or the one you name.

    python bench/history.py [--repository PATH] [--commits N]

Everything is compared with `git log -p -U0 > /dev/null` of the same repository in the same run.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from measure import TWICESHY, git, in_turn, once, say

WORDS = "session token invoice cursor shard ticket report cache bucket header tenant webhook digest batch row".split()
CALLS = "get open close fetch parse render flush commit retry merge split encode decode verify sign".split()
READ = "from twiceshy.project import Project\nwith Project.open() as p: p.history.read()"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repository", type=Path, help="a clone with its history; it is not written to")
    parser.add_argument("--commits", type=int, default=80_000, help="how many to make up otherwise")
    parser.add_argument("--make-in", type=Path, help="only make one up, in this folder")
    options = parser.parse_args()
    if options.make_in:
        made_up(options.make_in, options.commits)
        return 0
    folder = Path(tempfile.mkdtemp(prefix="twiceshy-bench-"))
    try:
        root = folder / "repo"
        if options.repository:
            subprocess.run(["git", "clone", "-q", "--shared", str(options.repository), str(root)], check=True)
        else:
            # In a process of its own: the memory of whoever starts a process counts as the process's own.
            make = [sys.executable, __file__, "--commits", str(options.commits), "--make-in", str(root)]
            subprocess.run(make, check=True)
        return 0 if all(list(measured(root))) else 1
    finally:
        shutil.rmtree(folder)


def measured(root: Path) -> Iterator[bool]:
    """Whether each limit holds."""
    count = int(git(root, "rev-list", "--count", "HEAD"))
    tip = git(root, "rev-parse", "HEAD").strip()
    git(root, "update-ref", "refs/heads/bench", f"{tip}~{min(1000, count // 4)}")
    log = ["git", "log", "-p", "-U0"]
    plain = once(log, root)
    spent, peak = first_pass(root)
    plain = min(plain, once(log, root))
    print(f"     {count} commits: git log -p -U0 {plain:.1f} s, first pass {spent:.1f} s")
    yield say("first pass over history, to git log -p -U0", spent / plain, 2.5, "x")
    yield say("memory of the first pass", peak, 300, "MB")
    yield say("bytes of the cache, to the text it holds", size(root), 1.5, "x")
    write_guards(root, 100)
    once([*TWICESHY, "status"], root)
    yield say("100 text guards over all of history, to git log -p -U0", backtest(root) / plain, 1.0, "x")
    yield say("one text guard", backtest(root, "bench-0"), 1.0, "s")
    (root / "lessons" / "LESSONS.md").unlink()
    yield from staged(root)
    yield from thousand_more(root, tip)


def first_pass(root: Path) -> tuple[float, float]:
    """Seconds and the largest process's megabytes."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", READ], cwd=root)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"reading history ended with {status}")
    scale = 1024 if sys.platform == "linux" else 1024 * 1024
    return time.perf_counter() - began, usage.ru_maxrss / scale


def size(root: Path) -> float:
    path = next((root / ".git" / "twiceshy").glob("history-*.db"))
    store = sqlite3.connect(path)
    lines = store.execute("SELECT sum(length(added)) + sum(length(removed)) FROM chunks").fetchone()[0]
    messages = store.execute("SELECT sum(length(CAST(message AS BLOB))) FROM commits").fetchone()[0]
    store.close()
    return path.stat().st_size / (lines + messages)


def write_guards(root: Path, count: int) -> None:
    dice = random.Random(5)
    entries = [
        f"## 2026-01-02: Trouble {n}\n\n- **Happened:** it broke\n- **Rule:** no\n\n```yaml guard\nid: bench-{n}\n"
        f"why: it broke once\nadded: '{dice.choice(CALLS)}_{dice.choice(WORDS)}{n}\\s*\\('\n"
        f"bad: 'x'\ngood: 'y'\n```\n"
        for n in range(count)
    ]
    file = root / "lessons" / "LESSONS.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text("# Lessons\n\n" + "\n".join(entries), encoding="utf-8")


def backtest(root: Path, *guards: str) -> float:
    call = lambda: once([*TWICESHY, "backtest", *guards, "--format", "json"], root)  # noqa: E731
    return in_turn({"backtest": call}, 3)["backtest"]


def staged(root: Path) -> Iterator[bool]:
    """`check --staged` of a small change, with whatever history has to say about it."""
    changed = sorted(name for name in git(root, "ls-files").splitlines() if name.endswith((".c", ".py")))[:20]
    for name in changed:
        with (root / name).open("a", encoding="utf-8") as file:
            file.write("one_more_line();\n")
    git(root, "add", "-u")
    once([*TWICESHY, "check", "--staged"], root)
    calls = {
        "diff": lambda: once(["git", "diff", "--staged", "-U0"], root),
        "check": lambda: once([*TWICESHY, "check", "--staged"], root),
    }
    median = in_turn(calls, 5)
    yield say("check --staged with tombstones, beyond git diff", median["check"] - median["diff"], 0.5, "s")
    git(root, "reset", "-q", "--hard")


def thousand_more(root: Path, tip: str) -> Iterator[bool]:
    """What 1,000 more commits cost: the cache is made for the history without them first."""
    for path in (root / ".git" / "twiceshy").glob("history-*"):
        path.unlink()
    git(root, "checkout", "-q", "bench")
    first_pass(root)
    git(root, "checkout", "-q", "--detach", tip)
    yield say("1,000 new commits", first_pass(root)[0], 10, "s")


def made_up(root: Path, commits: int) -> None:
    """A history by `git fast-import`: files of code that grow, change and shrink by a few lines a commit."""
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    dice = random.Random(7)
    files: dict[str, list[str]] = {}
    process = subprocess.Popen(["git", "fast-import", "--quiet"], cwd=root, stdin=subprocess.PIPE)
    assert process.stdin
    for number in range(commits):
        message = f"Change {number}: {' '.join(dice.choices(WORDS, k=8))}\n\n{' '.join(dice.choices(CALLS, k=30))}\n"
        process.stdin.write(
            b"commit refs/heads/main\ncommitter A <a@example.org> %d +0000\n" % (1_000_000_000 + number * 600)
        )
        process.stdin.write(b"data %d\n%s" % (len(message), message.encode()))
        for _ in range(dice.choice((1, 1, 2, 3))):
            name = f"src/{dice.choice(WORDS)}/{dice.randrange(120)}.c"
            lines = files.setdefault(name, [])
            at = dice.randrange(len(lines) + 1)
            lines[at : at + dice.randrange(12)] = [code(dice) for _ in range(dice.randrange(18))]
            del lines[400:]
            text = "".join(lines).encode()
            process.stdin.write(b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(text), text))
    process.stdin.close()
    if process.wait():
        raise SystemExit("git fast-import failed")
    git(root, "reset", "-q", "--hard", "main")


def code(dice: random.Random) -> str:
    call = f"{dice.choice(CALLS)}_{dice.choice(WORDS)}{dice.randrange(3000)}"
    return f"\t{dice.choice(WORDS)} = {call}({dice.choice(WORDS)}, {dice.randrange(100)});\n"


if __name__ == "__main__":
    raise SystemExit(main())
