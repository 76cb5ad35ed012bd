"""Indexing the Markdown of a large checkout, and an incremental run that touches one file; no byte of a file changes.

    python bench/index.py [CHECKOUT]

Without a checkout, 3,000 documents of 4 to 12 KB in several shapes are made.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from measure import TWICESHY, git, once, say

DOCUMENTS, WORDS = (
    3000,
    "cache index retry queue token lock batch stream schema cursor worker socket header buffer".split(),
)


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="twiceshy-bench-"))
    try:
        root = Path(sys.argv[1]) if len(sys.argv) > 1 else generated(folder)
        shutil.rmtree(root / ".git/twiceshy", ignore_errors=True)
        files = [
            root / name
            for name in git(root, "ls-files", "-co", "--exclude-standard", "*.md", "*.markdown").split("\n")
            if name
        ]
        before = digest(files)
        empty = once([*TWICESHY, "--version"])
        first = once([*TWICESHY, "status"], root)
        size = sum(file.stat().st_size for file in files)
        held = [
            say(
                f"index {len(files)} documents, {size / 1e6:.1f} MB, from nothing",
                len(files) / (first - empty),
                300,
                "files/s",
                at_least=True,
            )
        ]
        print(f"     {'':<66}{size / 1e6 / (first - empty):>9.2f} MB/s")
        held.append(say("… and not one byte of a document changed", float(digest(files) != before), 0, "changes"))
        touched = files[len(files) // 2]
        text = touched.read_bytes()
        touched.write_bytes(text + b"\nOne more line.\n")
        time.sleep(0.1)
        held.append(say("index again after one document changed", once([*TWICESHY, "status"], root), 0.3, "s"))
        touched.write_bytes(text)
        return 0 if all(held) else 1
    finally:
        shutil.rmtree(folder)


def digest(files: list[Path]) -> str:
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()


def generated(root: Path) -> Path:
    dice = random.Random(1)
    git(root, "init", "--quiet")
    for number in range(DOCUMENTS):
        parts = [f"# {sentence(dice, 4).title()}", "", sentence(dice, 40), ""]
        for section in range(dice.randint(4, 14)):
            parts += [f"## {section + 1}. {sentence(dice, 3)}", "", sentence(dice, 60), ""]
            parts += [dice.choice(SHAPES).format(*(sentence(dice, 8) for _ in range(6))), ""]
        file = root / f"docs/area{number % 60}/page-{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(parts), encoding="utf-8")
    return root


def sentence(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(WORDS, k=words))


SHAPES = [
    "- **Happened:** {0}\n- **Rule:** {1}\n- `{2}` — {3}",
    "| a | b |\n|---|---|\n| {0} | {1} |\n| {2} | {3} |",
    "```python\n{0}\n{1}\n```\n\n**Note:** {2}",
    "1. {0}\n2. [{1}](../area1/page-1.md)\n   - {2} é漢\n   - {3}",
    "> {0}\n> {1}\n\n- [ ] {2}\n- [x] {3}",
]

if __name__ == "__main__":
    raise SystemExit(main())
