"""The file a proof lies in: read as anybody's bytes, written so that a review can read the difference."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from twiceshy.model.proof import Judged, Proof
from twiceshy.model.rates import Rate, Targeted, per_1000

FOLDER = ".twiceshy/proofs"
_LARGEST = 1024 * 1024
_LONGEST = 240
_DAY, _SHA = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"[0-9a-f]{40,64}")


class Malformed(ValueError):
    """What is wrong with a proof file, in words for people."""


def proof_path(guard: str) -> str:
    """Where the proof of the guard with this id lies, relative to the root; no id leads out of the folder.

    A file's name has room for 255 bytes: of a longer id it has the beginning and a hash.
    """
    name = quote(guard, safe="")
    if len(name) > _LONGEST:
        name = f"{name[: _LONGEST - 33]}-{sha256(guard.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
    return f"{FOLDER}/{'%2E' + name[1:] if name.startswith('.') else name}.json"


def read_proof(raw: bytes) -> Proof:
    """The proof that a file holds. Raises Malformed, whatever the bytes are."""
    values = _Object(_load(raw))
    if values.number("version") != 1:
        raise Malformed(f"version {values.number('version')} is not known here")
    commits, fired = values.number("commits"), values.number("fires")
    if fired > commits:
        raise Malformed("there are more fires than commits")
    judged = _judged(values.get("judged"))
    if len(judged) > fired:
        raise Malformed("there are more verdicts than fires")
    return Proof(
        guard=values.text("guard"),
        digest=values.text("digest"),
        made=values.day("made"),
        head=values.text("head"),
        commits=commits,
        fires=fired,
        culprit_caught=values.truth("culprit_caught"),
        fix_silent=values.truth("fix_silent"),
        after_lesson=None if values.get("after_lesson") is None else values.number("after_lesson"),
        targeted=_targeted(values.get("targeted")),
        judged=judged,
    )


def written(proof: Proof) -> str:
    """The proof as its file holds it: sorted keys and a line for each value, so that a review can read the difference.

    What a person judged stands in the order in which it was judged.
    """
    targeted = proof.targeted
    values = {
        **asdict(proof),
        "version": 1,
        "per_1000": per_1000(proof.fires, proof.commits),
        "targeted": targeted.plain() if targeted else None,
    }
    return json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _load(raw: bytes) -> Any:
    if len(raw) > _LARGEST:
        raise Malformed("it is too large")
    try:
        text = raw.decode("utf-8")
        return json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
    except Malformed:
        raise
    except (ValueError, RecursionError) as error:
        raise Malformed("it is not JSON in UTF-8") from error


def _no_number(name: str) -> None:
    raise Malformed(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise Malformed("a key stands twice")
    return values


def _targeted(value: Any) -> Targeted | None:
    if value is None:
        return None
    counts = _Object(_Object(value).get("counts"))
    return Targeted(_rate(counts.get("fires")), _rate(counts.get("control")))


def _rate(value: Any) -> Rate:
    if not isinstance(value, list) or len(value) != 2 or not all(map(_is_count, value)) or value[0] > value[1]:
        raise Malformed("targeted: counts are hits of cases")
    return Rate(*value)


def _judged(value: Any) -> tuple[Judged, ...]:
    """Every verdict; a commit that is judged twice would count twice, so it may not be."""
    if not isinstance(value, list):
        raise Malformed("judged is a list")
    found: dict[str, Judged] = {}
    for item in map(_Object, value):
        commit, verdict, by = item.text("commit"), item.get("verdict"), item.text("by")
        if not _SHA.fullmatch(commit):
            raise Malformed("a verdict names no commit by its full id")
        if commit in found:
            raise Malformed(f"{commit[:10]} is judged twice")
        if not isinstance(verdict, bool):
            raise Malformed(f"the verdict on {commit[:10]} is neither true nor false")
        if not by.strip():
            raise Malformed(f"nobody signed the verdict on {commit[:10]}")
        place = item.text("path"), item.number("line"), item.text("text")
        found[commit] = Judged(commit, *place, verdict, by, item.day("on"))
    return tuple(found.values())


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


class _Object:
    """A JSON object that is asked for one kind of value at a time. Raises Malformed for any other."""

    def __init__(self, value: Any) -> None:
        if not isinstance(value, dict):
            raise Malformed("it is not a JSON object")
        self.get = value.get

    def text(self, key: str) -> str:
        value = self.get(key)
        if not isinstance(value, str) or not (value.isprintable() or key in ("path", "text")):
            raise Malformed(f"{key} is not a line of text")
        return value

    def number(self, key: str) -> int:
        value = self.get(key)
        if not isinstance(value, int) or not _is_count(value):
            raise Malformed(f"{key} is not a count")
        return value

    def day(self, key: str) -> str:
        value = self.text(key)
        if not _DAY.fullmatch(value):
            raise Malformed(f"{key} is not a day (YYYY-MM-DD)")
        return value

    def truth(self, key: str) -> bool | None:
        value = self.get(key)
        if value is not None and not isinstance(value, bool):
            raise Malformed(f"{key} is neither true, false nor null")
        return value
