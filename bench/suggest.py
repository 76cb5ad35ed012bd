"""How often a suggested guard is about the mistake: reruns the pairs of `judgements/suggest.jsonl` over clones.

    python bench/suggest.py FOLDER          FOLDER holds a clone of each repository as OWNER+NAME

Whether a guard is about the mistake, people judged once, by reading; here it is counted whether the suggestions are
still the ones that were judged, and how long one takes. A clone that is not there is left out, by name.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from twiceshy.adapters.git import GitRepository
from twiceshy.jobs.suggest import Scene, best, ranked

JUDGEMENTS = Path(__file__).parent / "judgements" / "suggest.jsonl"


def offered(clone: Path, culprit: str, fix: str) -> list[str]:
    """The digests of the guards that are offered for a pair, first to third."""
    git = GitRepository.open(clone)
    try:
        scene = Scene(list(git.diff_commit(culprit)), list(git.diff_commit(fix)), git.told(fix)[1])
        return [one.guard.digest[:12] for one in best(ranked(scene), 3)]
    finally:
        git.close()


def main(folder: str) -> int:
    """Print the measured figures; 1 if a suggestion is not the one that was judged."""
    count: Counter[str] = Counter()
    seconds, changed = [], []
    for line in JUDGEMENTS.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        clone = Path(folder) / pair["repository"].replace("/", "+")
        if not clone.is_dir():
            count[f"left out: {pair['repository']}"] += 1
            continue
        began = time.perf_counter()
        now = offered(clone, pair["culprit"], pair["fix"])
        seconds.append(time.perf_counter() - began)
        if now != [one["digest"] for one in pair["suggestions"]]:
            changed.append(f"{pair['repository']} {pair['fix'][:10]}")
        verdicts = [one["about"] for one in pair["suggestions"]]
        count["pairs"] += 1
        count["something offered"] += bool(verdicts)
        count["first is about the mistake"] += verdicts[:1] == [True]
        count["one of the first three is"] += any(verdicts)
        count["no guard fits"] += not verdicts
        count["no guard fits, and rightly"] += not verdicts and pair["none_is_right"]
    for name, number in count.items():
        print(f"{number:5} {name}")
    if seconds:
        print(f"{sorted(seconds)[len(seconds) // 2]:5.2f} s for one (median), {max(seconds):.2f} s at most")
    print("\n".join(["these suggestions are not the ones that were judged:", *changed]) if changed else "as judged")
    return bool(changed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
