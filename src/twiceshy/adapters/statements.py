"""Statements on disk: which commit, suite and environment a result file speaks for, as in-toto Statements v1.

The layer is that of https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md; the predicate is our own and
described in FORMAT.md. They are not signed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator
from decimal import Decimal
from io import BufferedReader
from typing import Any

from twiceshy.adapters.files import Unreadable
from twiceshy.model.evidence import Binding

FOLDER = ".twiceshy/evidence"
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "twiceshy:evidence/v1"
_LIMIT = 1024 * 1024
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_SHA = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_TEXTS = {
    "form": "format",
    "suite": "suite",
    "environment": "environment",
    "commit": "commit",
    "command": "command",
    "tool": "tool",
    "tool_version": "toolVersion",
    "time": "time",
    "run_url": "runUrl",
}


def name_of(binding: Binding) -> str:
    """Where the statement of a binding stands: the file's path and the start of its hash, or those of a run."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", binding.path).strip(".-")[-80:] or "run"
    run = f"{binding.command}\0{binding.commit}\0{binding.time}".encode("utf-8", "surrogateescape")
    return f"{FOLDER}/{name}-{(binding.sha256 or hashlib.sha256(run).hexdigest())[:8]}.json"


def statement(binding: Binding) -> str:
    """A binding as the text of a statement, in the same order always."""
    predicate: dict[str, object] = {key: getattr(binding, name) for name, key in _TEXTS.items()}
    predicate["dirty"] = binding.dirty
    if binding.exit_code is not None:
        predicate["exitCode"] = binding.exit_code
        predicate["failed"] = binding.exit_code != 0
        predicate["seconds"] = float(binding.seconds or 0)
    digest = {"sha256": binding.sha256} if binding.sha256 else {"gitCommit": binding.commit}
    subject = {"name": binding.path or "the commit", "digest": digest}
    value = {"_type": STATEMENT, "subject": [subject], "predicateType": PREDICATE, "predicate": predicate}
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def bindings(path: str, raw: bytes) -> Iterator[Binding]:
    """The bindings that the statement at `path` states, one for each subject. Raises Unreadable."""
    try:
        value = json.loads(raw.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON ({error})"[:160]) from error
    if not isinstance(value, dict) or value.get("_type") != STATEMENT:
        raise Unreadable("not an in-toto Statement v1")
    if value.get("predicateType") != PREDICATE:
        raise Unreadable(f"its predicate is not {PREDICATE}")
    predicate, subjects = value.get("predicate"), value.get("subject")
    if not isinstance(predicate, dict) or not isinstance(subjects, list) or not subjects:
        raise Unreadable("it has no predicate or no subject")
    for subject in subjects:
        yield _binding(path, subject, predicate)


def _binding(path: str, subject: object, predicate: dict[str, Any]) -> Binding:
    digest = subject.get("digest") if isinstance(subject, dict) else None
    if not isinstance(subject, dict) or not isinstance(digest, dict) or not isinstance(subject.get("name"), str):
        raise Unreadable("a subject without a name or a digest")
    texts = {name: predicate.get(key, "") for name, key in _TEXTS.items()}
    wrong = next((name for name, text in texts.items() if not isinstance(text, str)), "")
    sha, commit = digest.get("sha256", ""), texts["commit"]
    dirty, code, seconds = (predicate.get(key) for key in ("dirty", "exitCode", "seconds"))
    if wrong or (commit and not _COMMIT.fullmatch(commit)) or not isinstance(dirty, bool | None):
        raise Unreadable(f"its {wrong or 'commit or dirty'} is not what it has to be")
    if not (isinstance(sha, str) and _SHA.fullmatch(sha)) and digest.get("gitCommit") != (commit or None):
        raise Unreadable("a subject whose digest is neither sha256 nor the commit")
    return Binding(
        path,
        subject["name"] if sha else "",
        sha,
        dirty=dirty,
        exit_code=code if isinstance(code, int) and not isinstance(code, bool) else None,
        seconds=Decimal(seconds) if isinstance(seconds, int | Decimal) and not isinstance(seconds, bool) else None,
        **texts,
    )


def statements_in(root: str) -> list[str]:
    """The paths of all statements below `root`, relative to it, in order."""
    try:
        names = sorted(os.listdir(os.path.join(root, FOLDER)))
    except OSError:
        return []
    return [f"{FOLDER}/{name}" for name in names if name.endswith(".json")]


def raw_of(path: str, limit: int = _LIMIT) -> bytes:
    """The bytes of a regular file of at most `limit` bytes. Raises Unreadable."""
    with _opened(path) as file:
        raw = file.read(limit + 1)
    if len(raw) > limit:
        raise Unreadable(f"larger than {limit // 1024 // 1024} MB")
    return raw


def digest_of(path: str) -> tuple[str, int]:
    """The SHA-256 of a regular file of any size, and when it was written (ns since 1970). Raises Unreadable."""
    with _opened(path) as file:
        written = os.fstat(file.fileno()).st_mtime_ns
        return hashlib.file_digest(file, "sha256").hexdigest(), written


def _opened(path: str) -> BufferedReader:
    try:
        file = open(os.open(path, _FLAGS), "rb")  # noqa: SIM115 (closed by who asked)
    except OSError as error:
        raise Unreadable((error.strerror or str(error)).lower()) from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise Unreadable("not a regular file")
    return file
