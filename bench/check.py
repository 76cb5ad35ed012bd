"""`check --staged` on 300 files with 40,000 added lines: 1,000 guards on text, 100 on structure."""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from pathlib import Path

from measure import TWICESHY, git, in_turn, once, say

FILES, LINES, ROUNDS = 300, 40_000, 5
NAMES = "session token invoice cursor shard ticket report cache bucket header tenant webhook digest batch row".split()
CALLS = [
    "requests.get",
    "subprocess.run",
    "json.loads",
    "yaml.load",
    "time.sleep",
    "os.system",
    "re.match",
    "open",
    "connect",
]


def main() -> int:
    cases = (("1,000 text, path and dependency", text_guards(1000), 1.0), ("100 ast", ast_guards(100), 10.0))
    held = [measured(*case) for case in cases]
    return 0 if all(held) else 1


def measured(name: str, guards: list[str], limit: float) -> bool:
    folder = Path(tempfile.mkdtemp(prefix="twiceshy-bench-"))
    try:
        staged(folder, guards)
        once([*TWICESHY, "status"], folder)
        calls = {
            "diff": lambda: once(["git", "diff", "--staged", "-U0"], folder),
            "check": lambda: once([*TWICESHY, "check", "--staged"], folder, ok=(0, 1)),
        }
        median = in_turn(calls, ROUNDS)
        print(f"     git diff {median['diff']:.2f} s, check {median['check']:.2f} s")
        return say(f"check --staged beyond git diff: {name} guards", median["check"] - median["diff"], limit, "s")
    finally:
        shutil.rmtree(folder)


def staged(root: Path, guards: list[str]) -> None:
    dice = random.Random(3)
    git(root, "init", "--quiet")
    entries = [
        f"## 2026-01-02: Trouble {number}\n\n- **Happened:** it broke\n- **Rule:** no\n\n```yaml guard\n{guard}```\n"
        for number, guard in enumerate(guards)
    ]
    for start in range(0, len(entries), 20):
        file = root / f"lessons/log-{start:04}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text("# Lessons\n\n" + "\n".join(entries[start : start + 20]), encoding="utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "lessons")
    for number in range(FILES):
        file = root / f"src/{dice.choice(NAMES)}/module_{number}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(code(dice, LINES // FILES), encoding="utf-8")
    (root / "requirements.txt").write_text(
        "\n".join(f"package-{n}==1.{n}.0" for n in range(300)) + "\n", encoding="utf-8"
    )
    git(root, "add", "--all")


def code(dice: random.Random, lines: int) -> str:
    written = ["import requests", ""]
    while len(written) < lines:
        one, two = dice.choice(NAMES), dice.choice(NAMES)
        written += [
            f"def {one}_{two}_{len(written)}({one}, {two}=None):",
            f'    """Return the {one} of a {two}."""',
            f"    {two} = {dice.choice(CALLS)}({one}, timeout={dice.randint(1, 90)})",
            f"    if {two} is not None and {one} > {dice.randint(1, 999)}:",
            f"        return {dice.choice(CALLS)}({two}, retries={dice.randint(1, 9)})",
            f"    return {one}",
            "",
        ]
    return "\n".join(written[:lines]) + "\n"


def text_guards(count: int) -> list[str]:
    dice = random.Random(5)
    made = []
    for number in range(count):
        one, two, call = dice.choice(NAMES), dice.choice(NAMES), dice.choice(CALLS)
        patterns = (
            rf"{call}\({one}, verify=False",
            rf"{one}_{two}_{number}\(",
            rf"\b{one}\.drop_{two}\b",
            rf"{call}\(.*{one}{number}",
        )
        if number % 10 < 7:
            made.append(f"id: text-{number}\nadded: '{dice.choice(patterns)}'\npaths: ['src/{one}/**']\n")
        elif number % 10 < 9:
            made.append(f"id: path-{number}\npath: 'src/{one}/generated_{number}/**'\n")
        else:
            wanted = f"{{name: package-{number}, range: '<1.{number}.0', ecosystem: pypi}}"
            made.append(f"id: dependency-{number}\ndependency: {wanted}\n")
    return made


def ast_guards(count: int) -> list[str]:
    dice = random.Random(6)
    made = []
    for number in range(count):
        call = dice.choice(CALLS)
        inside = f"rule: {{pattern: '{call}($$$)', inside: {{kind: if_statement, stopBy: end}}}}"
        what = f"pattern: '{call}($A, timeout={number})'" if number % 2 else inside
        made.append(f"id: ast-{number}\nast: {{lang: python, {what}}}\n")
    return made


if __name__ == "__main__":
    sys.exit(main())
