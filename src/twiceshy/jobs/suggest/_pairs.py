"""Guards for knowledge in two places: the culprit changed one file, and the fix had to follow in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twiceshy.jobs.suggest._scene import Draft, Scene, place
from twiceshy.jobs.suggest._swaps import code_of, is_test, swaps
from twiceshy.jobs.suggest._tokens import Token, pattern_of, tokens_of
from twiceshy.model.change import lines_of

_FAMILY = 3  # names that begin alike in the second place, so that any of them is meant
_SHORTEST = 5


def propose(scene: Scene) -> Iterator[Draft]:
    """For each file that the culprit left alone, what it wrote elsewhere that the fix had to write there as well."""
    known = {path for file in scene.culprit for path in (file.path, file.old_path)}
    for file in code_of(scene.fix):
        if file.path in known or is_test(file.path):
            continue
        given = [
            token for swap in swaps([file]) for token in swap.given if token.tells and len(token.text) >= _SHORTEST
        ]
        for other in code_of(scene.culprit):
            made = scene.made(other.path)
            shared = [token for token in given if token.text in made]
            if shared and other.path != file.path:
                yield _draft(scene, min(shared, key=lambda t: scene.counts[t.text]), other.path, file.path)
                break


def _draft(scene: Scene, shared: Token, first: str, second: str) -> Draft:
    file = next(file for file in scene.fix if file.path == second)
    after = lines_of(file.new_text() or "")
    name = shared.text
    head = name[: name.find("_") + 1]
    relatives = {t.text for t in tokens_of(after) if head and t.text.startswith(head) and t.text != name}
    wide = len(head) > 2 and len(relatives) >= _FAMILY
    pattern = rf"\b{head}\w+" if wide else pattern_of([shared])
    bad = scene.raw(first, next(scene.made(first).with_word(name)))
    good = next(line for hunk in file.hunks for line in hunk.added if re.search(rf"\b{re.escape(name)}\b", line))
    said = f"`{head}…`" if wide else f"`{name}`"
    return Draft(
        "pair",
        {
            "pair": {"changed": place(first), "unchanged": place(second)},
            "when-added": pattern,
        },
        f"{said} comes into {first} and {second} is left alone, where the fix had to add it",
        second,
        (name,),
        ({first: f"+{bad}"},),
        ({first: f"+{bad}", second: f"+{good}"},),
    )
