"""Tombstones as they were found last: derived, belonging to one working tree, deletable at any time.

`tombstones-1.json` in a working tree's folder for what is derived holds the removals and tombstones of one head;
`tombstones-1.head` that head and a hash of the first file. It is a file of its own so that a commit that changes no
tombstone leaves the first one, which the hook's table watches, alone. What is torn, foreign, of another version, or
does not belong together counts as absent; what cannot be written is done without.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

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


def kept_path(caches: str) -> str:
    """The file that changes when tombstones do, in `caches`, a working tree's folder for what is derived."""
    return os.path.join(caches, f"{_NAME}.json")


def read_kept(caches: str, key: str | None = None) -> Kept | None:
    """What was found last; None if there is nothing, or it was found with another `key` than the one given."""
    path = kept_path(caches)
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            text = file.read()
        with open(_head_path(path), encoding="ascii") as file:
            head, digest = file.read().split()
        found = json.loads(text) if digest == digest_of([text]) else {}
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


def write_kept(caches: str, kept: Kept) -> None:
    """Keep what was found; the file with the tombstones is left alone if it says the same already."""
    path = kept_path(caches)
    found = {
        "version": _VERSION,
        "key": kept.key,
        "documents": kept.documents,
        "reverts": kept.reverts,
        "fixes": kept.fixes,
        "tombstones": [asdict(tombstone) for tombstone in kept.tombstones],
    }
    text = json.dumps(found, ensure_ascii=False)
    with suppress(OSError):
        os.makedirs(caches, exist_ok=True)
        if not _says(path, text):
            _replace(path, text)
        _replace(_head_path(path), f"{kept.head} {digest_of([text])}\n")


def _says(path: str, text: str) -> bool:
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read() == text
    except (OSError, ValueError):
        return False


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
