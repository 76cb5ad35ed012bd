"""`recall` from the command line, a fresh process each time, over 100,000 lessons: ratios to the bare interpreter."""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from pathlib import Path

from measure import BARE, TWICESHY, git, in_turn, once, say

LOGS, ENTRIES, ROUNDS = 1000, 100, 15
COMMON = (
    "cache index retry queue token lock batch stream schema cursor worker socket header buffer shard replica".split()
)
WORDS = (
    COMMON * 40 + [f"{one}{two}" for one in COMMON for two in COMMON] + [f"name{number}" for number in range(20_000)]
)
LONG = "a queue worker lost its lock while the cursor of a stream was moved, so the batch was sent twice " * 8


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="twiceshy-bench-"))
    try:
        generated(folder)
        once([*TWICESHY, "status"], folder)
        recall = [*TWICESHY, "recall"]
        calls = {
            "bare": lambda: once(BARE, folder),
            "three words": lambda: once([*recall, "queuelock name77 retries"], folder),
            "a long text": lambda: once([*recall, LONG], folder),
            "a path": lambda: once([*recall, "--path", "src/queue/name123.py"], folder),
            "nothing": lambda: once([*recall, "zebra crossing in the rain"], folder),
        }
        median = in_turn(calls, ROUNDS)
        bare = median.pop("bare")
        print(f"     bare interpreter {1000 * bare:.1f} ms; {LOGS * ENTRIES:,} lessons in {LOGS:,} documents")
        held = [say(f"recall: {name}", spent / bare, 15, "× bare") for name, spent in median.items()]
        return 0 if all(held) else 1
    finally:
        shutil.rmtree(folder)


def generated(root: Path) -> None:
    dice = random.Random(7)
    git(root, "init", "--quiet")
    (root / "lessons").mkdir()
    for log in range(LOGS):
        parts = ["# Lessons", ""]
        for entry in range(ENTRIES):
            parts += [
                f"## 2026-{1 + entry % 12:02}-{1 + entry % 28:02}: {words(dice, 6)}",
                "",
                f"- **Happened:** {words(dice, 25)} in `src/{dice.choice(COMMON)}/{dice.choice(WORDS)}.py`",
                f"- **Cause:** {words(dice, 15)}",
                f"- **Rule:** {words(dice, 12)}",
                "",
            ]
        (root / f"lessons/log-{log:04}.md").write_text("\n".join(parts), encoding="utf-8")


def words(dice: random.Random, count: int) -> str:
    return " ".join(dice.choices(WORDS, k=count))


if __name__ == "__main__":
    sys.exit(main())
