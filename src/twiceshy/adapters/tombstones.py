"""Tombstones as they were found last: derived, belonging to one clone, deletable at any time.

`<git common dir>/twiceshy/tombstones-1.json` holds the removals and tombstones of one head, `tombstones-1.head` that
head: a file of its own, so that a commit that changes no tombstone leaves the first one, which the hook's table
watches, alone. A file that is torn, foreign or of another version counts as absent; one that cannot be written is done
without.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace

from twiceshy.model.tombstone import Tombstone

_VERSION = 1
_NAME = f"tombstones-{_VERSION}"


@dataclass(frozen=True, slots=True)
class Kept:
    """What `head` (a full id) sees: `reverts` are (id, what they took back), `fixes` (revision, …) of lessons.

    `documents` stands for the documents that `fixes` come from, `key` for whatever else decides what is found.
    """

    head: str
    key: str
    documents: str
    reverts: tuple[tuple[str, tuple[str, ...]], ...]
    fixes: tuple[tuple[str, str, str, str, int], ...]
    tombstones: tuple[Tombstone, ...]


def kept_path(common_dir: str) -> str:
    """The file that changes when tombstones do."""
    return os.path.join(common_dir, "twiceshy", f"{_NAME}.json")


def read_kept(common_dir: str, key: str | None = None) -> Kept | None:
    """What was found last; None if there is nothing, or it was found with another `key` than the one given."""
    path = kept_path(common_dir)
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            found = json.load(file)
        with open(_head_path(path), encoding="ascii") as file:
            head = file.read().strip()
        if found["version"] != _VERSION or (key is not None and found["key"] != key):
            return None
        return Kept(
            head,
            found["key"],
            found["documents"],
            tuple((sha, tuple(targets)) for sha, targets in found["reverts"]),
            tuple((fix[0], fix[1], fix[2], fix[3], fix[4]) for fix in found["fixes"]),
            tuple(_tombstone(values) for values in found["tombstones"]),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return None


def write_kept(common_dir: str, kept: Kept, before: Kept | None) -> None:
    """Keep what was found; `before` is what the files hold now."""
    path = kept_path(common_dir)
    found = {
        "version": _VERSION,
        "key": kept.key,
        "documents": kept.documents,
        "reverts": kept.reverts,
        "fixes": kept.fixes,
        "tombstones": [asdict(tombstone) for tombstone in kept.tombstones],
    }
    same = before is not None and replace(before, head=kept.head) == kept
    with suppress(OSError):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if not same:
            with suppress(OSError):  # a head without the rest would promise too much
                os.unlink(_head_path(path))
            _replace(path, json.dumps(found, ensure_ascii=False))
        _replace(_head_path(path), kept.head)


def _head_path(path: str) -> str:
    return path.removesuffix(".json") + ".head"


def _tombstone(values: dict[str, object]) -> Tombstone:
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return Tombstone(**{**values, **lists})  # type: ignore[arg-type]


def _replace(path: str, text: str) -> None:
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def digest_of(values: Sequence[object]) -> str:
    """A short hash of values that print the same when they are the same."""
    from hashlib import sha256

    return sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:32]
