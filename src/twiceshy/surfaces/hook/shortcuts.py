"""Ways around what two libraries load and this process never uses; without them all works the same, only later.

ast-grep's package begins with type hints, which load `typing`: 3 ms where the engine itself takes 1. `packaging` can
read the names of wheels, for which it loads `logging`, `platform` and `subprocess`: 8 ms for a version range.
Only for a process that was started for the hook alone (`python -S`): what stands in for a library stays until its end.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from twiceshy.adapters.guardtable import Entry


def take(candidates: Iterable[Entry]) -> None:
    """Prepare for what the engines of these guards are going to import."""
    if not sys.flags.no_site or sys.implementation.name != "cpython":
        return
    guards = [entry.guard for entry in candidates]
    around = [condition.place for guard in guards for condition in (guard.with_, guard.without) if condition]
    if "function" in around or any(guard.engine in ("ast", "command") for guard in guards):
        _ast_grep_without_hints()
    if any(guard.engine == "dependency" for guard in guards):
        _packaging_without_tags()


def _ast_grep_without_hints() -> None:
    """Let the compiled module inside stand for the package."""
    from _frozen_importlib_external import PathFinder

    package = PathFinder.find_spec("ast_grep_py")
    inner = package and PathFinder.find_spec("ast_grep_py.ast_grep_py", package.submodule_search_locations)
    if "ast_grep_py" in sys.modules or inner is None or inner.loader is None:
        return
    module = inner.loader.create_module(inner)
    if module is not None:
        inner.loader.exec_module(module)
        sys.modules["ast_grep_py"] = module


def _packaging_without_tags() -> None:
    """Let an empty class stand for everything `packaging.utils` wants from `packaging.tags`."""
    tags = type(sys)("packaging.tags")
    tags.__getattr__ = lambda name: type(name, (Exception,), {})  # type: ignore[method-assign]
    sys.modules.setdefault("packaging.tags", tags)
