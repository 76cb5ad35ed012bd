"""Case files: Markdown with input blocks and expectation blocks; `TWICESHY_SNAP=1` rewrites the expectations."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

CASES = Path(__file__).parent / "cases"
PIECE = re.compile(r"^(?:## |(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)$)", re.MULTILINE | re.DOTALL)
SNAP = bool(os.environ.get("TWICESHY_SNAP"))


def assert_case(path: Path, expectation: str, answer: Callable[[list[tuple[str, str]]], str]) -> None:
    """Compare (or rewrite) every block with the info string `expectation` in the case file at `path`.

    `answer` gets the blocks before it in its section as (info, body) and gives the text that should stand there.
    """
    text = path.read_text(encoding="utf-8")
    seen = 0
    blocks: list[tuple[str, str]] = []

    def piece(match: re.Match[str]) -> str:
        nonlocal seen
        if not match["fence"]:
            blocks.clear()
        elif match["info"] != expectation:
            blocks.append((match["info"], match["body"]))
        else:
            seen += 1
            return f"{match['fence']}{expectation}\n{answer(blocks)}{match['fence']}"
        return match.group()

    now = PIECE.sub(piece, text)
    assert seen, f"{path.name} expects nothing"
    if SNAP:
        path.write_text(now, encoding="utf-8", newline="\n")
    else:
        assert now == text, "if this is what you want, run `make snap` and review the difference"
