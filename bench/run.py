"""Every benchmark, one after the other: `make bench`. Exits 1 if a limit is broken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    failed = 0
    for name in sys.argv[1:] or ["documents", "index", "recall", "check", "hook", "history"]:
        print(f"{name}:", flush=True)
        failed |= subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=False).returncode
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
