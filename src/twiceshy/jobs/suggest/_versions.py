"""Guards on a dependency: the fix asks for another version than the culprit did."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twiceshy.guards._manifests import ecosystem_of, requirements
from twiceshy.jobs.suggest._scene import Draft, Scene
from twiceshy.model.change import ChangedFile

_VERSION = re.compile(r"\d+(?:\.\d+)+")


def propose(scene: Scene) -> Iterator[Draft]:
    """For each dependency whose range the fix changed, the versions that it no longer admits."""
    for file in scene.fix:
        ecosystem = ecosystem_of(file.path) if file.hunks else ""
        if not ecosystem:
            continue
        before, after = _asked(file.path, file.old_text()), _asked(file.path, file.new_text())
        for name, spec in before.items():
            if name in after and after[name] != spec:
                yield from _drafts(scene, file, (ecosystem, name), (spec, after[name]))


def _asked(path: str, text: str | None) -> dict[str, str]:
    return {item.name: item.spec for item in requirements(path, text or "")}


def _drafts(scene: Scene, file: ChangedFile, named: tuple[str, str], specs: tuple[str, str]) -> Iterator[Draft]:
    ecosystem, name = named
    old, new = specs
    culprit = scene.culprit_file(file.path)
    line = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    bad = [one for hunk in (culprit.hunks if culprit else ()) for one in hunk.added if line.search(one)]
    good = [one for hunk in file.hunks for one in hunk.added if line.search(one)]
    for wanted in _ranges(old, new):
        yield Draft(
            "version",
            {"dependency": {"name": name, "range": wanted, "ecosystem": ecosystem}, "paths": [file.path]},
            f"{name} may be `{wanted}` again; the fix went from `{old or 'any'}` to `{new or 'any'}`",
            file.path,
            (name, old, new),
            (*bad[:1], culprit.new_text() if culprit else ""),
            (*good[:1], file.new_text() or ""),
        )


def _ranges(old: str, new: str) -> Iterator[str]:
    """What the new range leaves out, by the versions that only one of the two names; the widest first."""
    was, now = _VERSION.findall(old), _VERSION.findall(new)
    for version in now:
        if re.search(rf"<\s*{re.escape(version)}", new) and version not in was:
            yield f">={version}"
        elif re.search(rf"!=\s*{re.escape(version)}", new):
            yield f"=={version}"
        elif version not in was:
            yield f"<{version}"
    for version in was:
        if version not in now:
            yield f">={version}"
            yield f"=={version}"
