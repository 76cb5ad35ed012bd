"""The agent's hook on a repository with ten thousand lessons that hold guards: time and memory of the whole process.

    python bench/hook.py [--rounds 30] [--lessons 10000] [--keep FOLDER]

Makes git repositories of Markdown documents (ten lessons in each, or one), lets `twiceshy status` read them once, and
then runs the hook on events of every tool, in turn with a bare `python3 -I -S -c pass`. Prints medians as ratios to
that bare interpreter and exits 1 if a limit is broken: 5 for every event, 15 for a write of 1 MB, twice its own time on
a hundred lessons, 60 MB of memory.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import twiceshy

HOOK = Path(twiceshy.__file__).parent / "surfaces" / "hook" / "_fast.py"
BARE = [sys.executable, "-I", "-S", "-c", "pass"]
RUN = [sys.executable, "-I", "-S", str(HOOK)]
# Runs a command and says its peak memory: a big parent's own would be counted in, so a small one starts it.
MEASURE = """
import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
usage = os.wait4(pid, 0)[2]
sys.stderr.write("peak " + str(usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)))
"""
MIX = {"added": 55, "removed": 10, "path": 10, "command": 10, "dependency": 8, "ast": 7}
LIMIT, LIMIT_BIG, LIMIT_GROWTH, LIMIT_BYTES = 5.0, 15.0, 2.0, 60_000_000

AREAS = "billing search accounts media reports gateway mobile ledger notify catalog orders export".split()
VERBS = "fetch render store merge parse encode publish retry lock expire rotate resolve flush batch quote seal".split()
NOUNS = "invoice session token cursor shard ticket report cache bucket header tenant webhook digest batch row".split()
CALLS = (
    "requests.get requests.post subprocess.run json.loads yaml.load time.sleep os.system re.match socket.bind".split()
)
FLAGS = "verify shell timeout check strict retries follow_redirects allow_pickle autocommit buffering".split()
TOOLS = "kubectl terraform helm docker psql redis-cli aws gcloud npm pip ansible-playbook alembic".split()
ACTIONS = "delete apply destroy upgrade prune flush drop reset push publish restore drain".split()
PACKAGES = "leftpad fastjson quickxml tinylog pyfetch jwtlite colorz asynq dbkit httpray imgtool yamlite".split()


class Case(NamedTuple):
    """One event: `speaks` is whether a guard must fire, None where either will do."""

    name: str
    event: dict[str, object]
    limit: float
    speaks: bool | None


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=30)
    options.add_argument("--lessons", type=int, default=10_000)
    options.add_argument("--keep", type=Path, help="make the repositories here and keep them")
    chosen = options.parse_args()
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="twiceshy-bench-"))
    shapes = {
        "small": repository(folder / "small", 100, 10),
        "grouped": repository(folder / "grouped", chosen.lessons, 10),
        "single": repository(folder / "single", chosen.lessons, 1),
    }
    try:
        return report(shapes, chosen.rounds)
    finally:
        if not chosen.keep:
            shutil.rmtree(folder)


# The repository ------------------------------------------------------------------------------------------------------


def repository(root: Path, lessons: int, together: int) -> Path:
    """A git repository with so many lessons, `together` in one document, read once by twiceshy."""
    if not (root / ".git").exists():
        dice = random.Random(4)
        subprocess.run(["git", "init", "--quiet", str(root)], check=True)
        texts = [lesson(dice, number) for number in range(lessons)]
        texts[7] = entry(7, "invoice totals", guard("added", r"verify_invoice_total\s*=\s*False", ["src/billing/**"]))
        texts[8] = entry(8, "forced cluster drain", guard("command", "kubectl drain --force", []))
        shape = {"lang": "python", "pattern": "settle_invoice_batch($A, strict=False)"}
        texts[9] = entry(9, "settled twice", guard("ast", shape, ["src/billing/**"]))
        texts[10] = entry(10, "slow parser", guard("dependency", "leftpad-parse-report <2", []))
        for at in range(0, lessons, together):
            document = root / "lessons" / AREAS[at // together % len(AREAS)] / f"learnings-{at:05}.md"
            document.parent.mkdir(parents=True, exist_ok=True)
            document.write_text("# Learnings\n\n" + "\n".join(texts[at : at + together]), encoding="utf-8")
        source = root / "src" / "billing" / "totals.py"
        source.parent.mkdir(parents=True)
        source.write_text(stdlib(8_000) + "\nverify_invoice_total = True\n", encoding="utf-8")
        time.sleep(0.1)
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "twiceshy", "status"], cwd=root, check=True, stdout=subprocess.DEVNULL)
    print(f"{root.name}: {lessons} lessons read in {time.perf_counter() - started:.1f} s")
    return root


def lesson(dice: random.Random, number: int) -> str:
    """One of the mix; every hundredth looks for something without a word in it, and a third of those anywhere."""
    engine = dice.choices(list(MIX), list(MIX.values()))[0]
    paths: list[str] = []
    if number % 100 == 50:
        paths = [] if number // 100 % 10 < 3 else ["**/*.py"]
        return entry(number, "ticket numbers", guard("added", rf"\b[A-Z]{{{4 + number % 7}}}-\d{{5,}}\b", paths))
    if engine not in ("path", "command", "dependency") and dice.random() < 0.7:
        area = dice.choice(AREAS)
        paths = dice.choice([[f"src/{area}/**"], ["**/*.py"], [f"services/{area}/*.go", f"src/{area}/*.py"], ["*.ts"]])
    return entry(
        number, f"{dice.choice(VERBS)} {dice.choice(NOUNS)}", guard(engine, pattern(dice, engine), paths, dice)
    )


def name(dice: random.Random) -> str:
    return f"{dice.choice(VERBS)}_{dice.choice(NOUNS)}_{dice.choice(NOUNS)}"


def pattern(dice: random.Random, engine: str) -> object:
    if engine in ("added", "removed"):
        known = rf"{dice.choice(CALLS).replace('.', chr(92) + '.')}\([^)]*{dice.choice(FLAGS)}\s*=\s*(None|False|0)"
        shapes = [known, rf"{name(dice)}\(", rf"{name(dice)}\s*=\s*(True|None|\d+)", rf"import\s+{name(dice)}\b"]
        return dice.choices(shapes, [3, 4, 2, 1])[0]
    if engine == "path":
        return dice.choice([f"migrations/{name(dice)}/**", f"{name(dice)}.lock", f"src/{name(dice)}/*.generated.go"])
    if engine == "command":
        return f"{dice.choice(TOOLS)} {dice.choice(ACTIONS)} --{dice.choice(VERBS)}-{dice.choice(NOUNS)}"
    if engine == "dependency":
        return f"{dice.choice(PACKAGES)}-{name(dice).replace('_', '-')} <{dice.randint(1, 9)}.{dice.randint(0, 9)}"
    call = f"{name(dice)}($A, {dice.choice(FLAGS)}=$B)"
    return {"lang": "python", "pattern": dice.choice([call, f"{name(dice)}($$$)"])}


def guard(engine: str, value: object, paths: list[str], dice: random.Random | None = None) -> dict[str, object]:
    block: dict[str, object] = {engine: value, "level": "warn"}
    if paths:
        block["paths"] = paths
    if dice and engine == "added" and dice.random() < 0.3:
        block["unless"] = dice.choice(["noqa", "localhost", "timeout="])
    if dice and engine == "added" and dice.random() < 0.15:
        block["without"] = {"in": "function", "pattern": name(dice)}
    return block | {"bad": "written for a benchmark", "good": "nothing"}


def entry(number: int, title: str, block: dict[str, object]) -> str:
    values = "\n".join(f"{key}: {json.dumps(value)}" for key, value in block.items())
    return (
        f"## 2026-{number % 12 + 1:02}-{number % 28 + 1:02} {title.capitalize()} ({number})\n\n"
        f"**Symptom:** The {title} job stopped at night and nobody noticed until the morning.\n"
        "**Cause:** A default that is right on a laptop and wrong behind the gateway.\n"
        f"**Rule:** Before a {title}, say what happens when the other side does not answer.\n\n"
        f"```yaml guard\nid: bench-{number}\n{values}\n```\n"
    )


# The events ----------------------------------------------------------------------------------------------------------


def stdlib(size: int) -> str:
    """Code as people write it: the start of the standard library, `size` characters of it."""
    text = ""
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).glob("[b-z]*.py")):
        text += path.read_text(encoding="utf-8", errors="ignore")
        if len(text) >= size:
            break
    return text[:size]


def cases(root: Path) -> Iterator[Case]:
    target = str(root / "src" / "billing" / "totals.py")
    new = str(root / "src" / "billing" / "new.py")
    code, bad = stdlib(2_000), "\nverify_invoice_total = False\n"
    yield Case("Bash, silent", tool("Bash", command="git log --oneline | head -20 && ls -la src"), LIMIT, False)
    yield Case("Bash, speaks", tool("Bash", command="sudo kubectl drain node-7 --force"), LIMIT, True)
    quiet = {"file_path": target, "old_string": "invoice_total = True", "new_string": "invoice_total = bool(1)"}
    yield Case("Edit, silent", tool("Edit", **quiet), LIMIT, False)
    yield Case("Edit, speaks", tool("Edit", **(quiet | {"new_string": "invoice_total = False"})), LIMIT, True)
    yield Case("Write 2 KB, silent", tool("Write", file_path=new, content=code), LIMIT, False)
    yield Case("Write 2 KB, speaks", tool("Write", file_path=new, content=code + bad), LIMIT, True)
    calls = code + "\nsettle_invoice_batch(\n    invoices, strict=False)\n"
    yield Case("Write, structure", tool("Write", file_path=new, content=calls), LIMIT, True)
    wants = str(root / "requirements.txt")
    yield Case("Write, dependency", tool("Write", file_path=wants, content="leftpad-parse-report==1.4\n"), LIMIT, True)
    yield Case("Write 1 MB", tool("Write", file_path=new, content=stdlib(1_000_000)), LIMIT_BIG, None)
    yield Case("Write 1 MB, speaks", tool("Write", file_path=new, content=stdlib(1_000_000) + bad), LIMIT_BIG, True)


def tool(called: str, **asked: str) -> dict[str, object]:
    return {"hook_event_name": "PreToolUse", "tool_name": called, "tool_input": asked}


# The measurement -----------------------------------------------------------------------------------------------------


def report(shapes: dict[str, Path], rounds: int) -> int:
    runs = {(shape, case.name): (root, case) for shape, root in shapes.items() for case in cases(root)}
    times: dict[tuple[str, str], list[float]] = {key: [] for key in runs}
    bare: list[float] = []
    for turn in range(rounds):
        bare.append(timed(BARE, b"", Path.cwd())[0])
        for key, (root, case) in runs.items():
            seconds, answer = timed(RUN, asked(case, root, turn), root)
            times[key].append(seconds)
            if case.speaks is not None and bool(answer) != case.speaks:
                print(f"{key}: expected {'words' if case.speaks else 'silence'}, got {answer[:300]!r}")
                return 1
    unit = statistics.median(bare)
    print(f"\nbare interpreter: {unit * 1000:.1f} ms, median of {rounds}\n")
    print(f"{'event':22}" + "".join(f"{shape:>14}" for shape in shapes) + f"{'limit':>8}{'memory':>10}")
    broken = 0
    for case in cases(shapes["small"]):
        ratios = {shape: statistics.median(times[shape, case.name]) / unit for shape in shapes}
        peak = max(memory(asked(case, shapes[shape], -1), shapes[shape]) for shape in ("grouped", "single"))
        grown = max(ratios["grouped"], ratios["single"]) / ratios["small"]
        line = f"{case.name:22}" + "".join(f"{ratio:13.2f}x" for ratio in ratios.values())
        wrong = max(ratios.values()) > case.limit or grown > LIMIT_GROWTH or peak > LIMIT_BYTES
        broken += wrong
        print(f"{line}{case.limit:7.0f}x{peak / 1e6:7.1f} MB{'   BROKEN' if wrong else ''}")
    return 1 if broken else 0


def asked(case: Case, root: Path, turn: int) -> bytes:
    """The event as a host sends it; a new session each time, so that it has heard no lesson yet."""
    session = f"{case.name}-{turn}-{os.getpid()}"
    return json.dumps(case.event | {"session_id": session, "cwd": str(root)}).encode()


def timed(command: list[str], event: bytes, cwd: Path) -> tuple[float, bytes]:
    started = time.perf_counter()
    done = subprocess.run(command, input=event, capture_output=True, cwd=cwd, check=True)
    seconds = time.perf_counter() - started
    if done.stderr:
        print(done.stderr.decode(), end="", file=sys.stderr)
    return seconds, done.stdout


def memory(event: bytes, cwd: Path) -> int:
    """Peak memory of one run in bytes."""
    command = [sys.executable, "-I", "-S", "-c", MEASURE, *RUN]
    done = subprocess.run(command, input=event, capture_output=True, cwd=cwd, check=True)
    return int(done.stderr.decode().rpartition("peak ")[2])


if __name__ == "__main__":
    sys.exit(main())
