"""Whole processes, timed in turn so that a change of the machine's speed hits all of them: medians and their ratios."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

BARE = [sys.executable, "-I", "-S", "-c", "pass"]
TWICESHY = [sys.executable, "-m", "twiceshy"]


def once(command: list[str], cwd: Path | None = None, *, ok: tuple[int, ...] = (0,)) -> float:
    """Seconds that `command` takes from start to exit; its output is thrown away. Fails on another exit code."""
    began = time.perf_counter()
    run = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    spent = time.perf_counter() - began
    if run.returncode not in ok:
        raise SystemExit(f"{' '.join(command)} ended with {run.returncode}: {run.stderr.decode(errors='replace')}")
    return spent


def in_turn(calls: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median of each call over `rounds` rounds, after one round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 1):
        for name, call in calls.items():
            spent = call()
            if turn:
                times[name].append(spent)
    return {name: statistics.median(values) for name, values in times.items()}


def say(what: str, figure: float, limit: float, unit: str, *, at_least: bool = False) -> bool:
    """Print one line and give back whether the limit holds."""
    holds = figure >= limit if at_least else figure <= limit
    print(
        f"{'ok ' if holds else 'NOT'}  {what:<66}{figure:>9.2f} {unit:<9} ({'≥' if at_least else '≤'} {limit:g})",
        flush=True,
    )
    return holds


def git(root: Path, *arguments: str) -> str:
    """Run git in `root`, without anybody's settings."""
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    identity = {
        f"GIT_{role}_{what}": "bench@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    run = subprocess.run(
        ["git", *arguments],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **alone, **identity},
    )
    return run.stdout
