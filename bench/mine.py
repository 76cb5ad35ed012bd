"""How many of the candidates that `mine` offers in a clone were judged worth a lesson (`bench/judgements`)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from measure import TWICESHY

JUDGEMENTS = Path(__file__).parent / "judgements" / "mine.jsonl"


def main() -> int:
    if len(sys.argv) != 3:
        print("usage: python bench/mine.py CLONE OWNER/NAME")
        return 2
    clone, repository = sys.argv[1:]
    judged = judgements(repository)
    run = subprocess.run(
        [*TWICESHY, "mine", "--dry-run", "--format", "json"], cwd=clone, capture_output=True, check=True
    )
    offered = [candidate["commits"][0]["sha"] for candidate in json.loads(run.stdout)["candidates"]]
    known = [judged[sha] for sha in offered if sha in judged]
    good = sum(one["verdict"] for one in known)
    thin = sum(one["verdict"] and one["thin"] for one in known)
    print(f"{repository}: {good} of {len(known)} judged candidates are worth a lesson ({thin} of them just so)")
    if len(known) < len(offered):
        print(f"  {len(offered) - len(known)} of {len(offered)} that are offered now were never judged")
    return 0 if known and good >= 0.8 * len(known) else 1


def judgements(repository: str) -> dict[str, dict[str, bool]]:
    """The judgements about one repository, by commit."""
    lines = [json.loads(line) for line in JUDGEMENTS.read_text(encoding="utf-8").splitlines()]
    return {one["commit"]: one for one in lines if one["repository"] == repository}


if __name__ == "__main__":
    raise SystemExit(main())
