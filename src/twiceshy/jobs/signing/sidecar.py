"""The file beside a document that keeps its signatures, and the texts that were signed."""

from __future__ import annotations

import json
from typing import Any

from twiceshy.jobs.signing.statement import Malformed, digest_of, read_statement
from twiceshy.model.signoff import Signature, Signatures

ENDING = ".sigs.json"
_MOST = 100


def sidecar_of(path: str) -> str:
    """Where the signatures of the document at `path` are kept."""
    return f"{path}{ENDING}"


def read_sidecar(text: str) -> Signatures:
    """The signatures in such a file. Raises Malformed; one signature that cannot be read is not the file's fault.

    A text is kept only if it is the one that its hash names.
    """
    try:
        found = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Malformed("it is not JSON") from error
    if not isinstance(found, dict) or found.get("version") != 1:
        raise Malformed("it is not of version 1")
    made, contents = found.get("signatures", []), found.get("contents", {})
    if not isinstance(made, list) or len(made) > _MOST or not isinstance(contents, dict):
        raise Malformed(f"it holds no list of at most {_MOST} signatures")
    texts = {name: _text(lines) for name, lines in contents.items()}
    return Signatures(tuple(map(_signature, made)), {n: text for n, text in texts.items() if digest_of(text) == n})


def written(signatures: Signatures) -> str:
    """The file for these signatures, with the texts that they were made for and no others."""
    wanted = set()
    for one in signatures.made:
        try:
            wanted.add(read_statement(one.statement).content)
        except Malformed:
            continue
    kept = {name: text.splitlines(True) for name, text in sorted(signatures.contents.items()) if name in wanted}
    made = [{"statement": one.statement, "signature": one.armour} for one in signatures.made]
    return json.dumps({"version": 1, "signatures": made, "contents": kept}, indent=1, ensure_ascii=False) + "\n"


def _signature(found: object) -> Signature:
    values: dict[str, Any] = found if isinstance(found, dict) else {}
    return Signature(_plain(values.get("statement")), _plain(values.get("signature")))


def _plain(found: object) -> str:
    """A text that can be written as UTF-8, "" for anything else."""
    try:
        return found if isinstance(found, str) and found.encode() else ""
    except UnicodeEncodeError:
        return ""


def _text(lines: object) -> str:
    return "".join(map(_plain, lines)) if isinstance(lines, list) else ""
