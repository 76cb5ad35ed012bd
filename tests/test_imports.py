"""What the agent's hook pays for before it has looked at anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).parents[1] / "src"
HEAVY = "dataclasses typing subprocess pathlib json yaml re2 ast_grep_py tomllib packaging semantic_version re".split()
SHOW = "import sys; known = set(sys.modules); sys.path.insert(0, {!r}); import {}; print(*(set(sys.modules) - known))"


def modules_that_come_with(name: str) -> set[str]:
    """What a fresh interpreter, with nothing of its user's, loads for `import name`."""
    run = [sys.executable, "-I", "-S", "-c", SHOW.format(str(SOURCES), name)]
    return set(subprocess.run(run, check=True, capture_output=True, text=True).stdout.split())


def test_the_guards_folder_imports_almost_nothing() -> None:
    loaded = modules_that_come_with("twiceshy.guards")
    assert "twiceshy.guards.ast" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_what_the_hook_keeps_of_its_words_needs_almost_nothing() -> None:
    loaded = modules_that_come_with("twiceshy.surfaces.hook.record")
    assert "twiceshy.adapters.events" in loaded
    assert loaded.isdisjoint(HEAVY)
