"""twiceshy: lessons as code. `Project.open(path)` is the way in; nothing heavy is loaded before it is asked for."""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["Project", "__version__"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from twiceshy.project import Project


def __getattr__(name: str) -> object:
    if name == "Project":
        from twiceshy.project import Project

        return Project
    raise AttributeError(f"module 'twiceshy' has no attribute {name!r}")
