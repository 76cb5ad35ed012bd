"""A draft becomes a guard only if it holds: its examples behave, it catches the culprit and spares the fix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from twiceshy.errors import TwiceshyError
from twiceshy.guards import fires, fires_on_example, validate
from twiceshy.jobs.suggest._scene import Draft, Scene
from twiceshy.jobs.suggest._swaps import code_of
from twiceshy.markdown.guard_draft import block_of, guard_in
from twiceshy.model.change import Change, ChangedFile, Hunk, lines_of
from twiceshy.model.guard import Example, Guard

_LONGEST = 2500  # characters of an example


@dataclass(frozen=True, slots=True)
class Tried:
    """A draft that holds: the `guard`, its `keys` with examples, how often it fires on the culprit, and how often it
    would on the files as the fix left them if all of their lines were new."""

    draft: Draft
    keys: Mapping[str, object]
    guard: Guard
    caught: int
    left: int


def tried(draft: Draft, scene: Scene) -> Tried | None:
    """The draft as a guard with examples that behave; None if it does not hold."""
    try:
        return _tried(draft, scene)
    except TwiceshyError:
        return None


def _tried(draft: Draft, scene: Scene) -> Tried | None:
    plain = {"id": "suggested", **draft.keys}
    guard = guard_in(block_of(plain))
    validate(guard)
    caught = sum(1 for _ in fires(guard, Change(scene.culprit)))
    if not caught or any(True for _ in fires(guard, Change(scene.fix))):
        return None
    examples: dict[str, object] = {}
    for name, given, must in (("bad", draft.bad, True), ("good", draft.good, False)):
        for value in given:
            example = (
                Example(files={k: str(v) for k, v in value.items()})
                if isinstance(value, Mapping)
                else Example(str(value))
            )
            text = example.text or "".join(example.files.values())
            if text.strip() and len(text) <= _LONGEST and fires_on_example(guard, example) == must:
                examples[name] = value
                break
    if len(examples) < 2 or examples["bad"] == examples["good"]:
        return None
    keys = {**plain, **examples}
    guard = guard_in(block_of(keys))
    if not all(fires_on_example(guard, one) for one in guard.bad) or any(
        fires_on_example(guard, one) for one in guard.good
    ):
        return None
    return Tried(draft, keys, guard, caught, _left(guard, scene))


def _left(guard: Guard, scene: Scene) -> int:
    """How often the guard would fire on the mended files if every line of them were new."""
    if guard.engine not in ("added", "ast"):
        return 0
    whole = [_as_new(file) for file in code_of(scene.fix)[:20]]
    return sum(1 for _ in fires(guard, Change(whole)))


def _as_new(file: ChangedFile) -> ChangedFile:
    text = file.new_text() or ""
    return ChangedFile(file.path, [Hunk(0, [], 1, lines_of(text))], status="added", new=lambda: text)
