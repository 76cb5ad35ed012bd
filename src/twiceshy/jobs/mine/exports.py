"""What forges export about pull requests and issues: the JSON of GitHub's `gh` and of its API, as it comes.

`gh pr list --json number,title,body,mergeCommit,author,…` gives an array of objects in which `mergeCommit` is `{"oid":
…}` and `author` is `{"login": …, "name": …, "is_bot": …}`; the API says `merge_commit_sha`, `user` and
`html_url`. One object per line is read as well. Whatever else stands in an object is left alone, and an object without
a number is left out.
"""

from __future__ import annotations

import json
import re
from typing import Any

from twiceshy.errors import UsageError
from twiceshy.jobs.mine.likeness import closed_in
from twiceshy.model.candidate import EXPORTS, Entry

_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LIST_KEYS = ("items", "data", "nodes", "pullRequests", "issues")
_MOST = 10**9  # no forge has numbered as many


def read_export(raw: bytes, name: str, kind: str) -> list[Entry]:
    """The entries of an export; `name` is what messages call it. Raises UsageError if it is none."""
    hint = f"make it with: {EXPORTS[kind]}"
    found = _values(_decoded(raw), name, hint)
    entries = [entry for value in found if (entry := _entry(value, kind)) is not None]
    if found and not entries:
        raise UsageError(f"{name} holds no {kind} with a number", hint)
    return entries


def _decoded(raw: bytes) -> str:
    """The text of an export; PowerShell writes UTF-16 with a byte order mark."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    return raw.decode("utf-8", "replace").removeprefix("\ufeff")


def _values(text: str, name: str, hint: str) -> list[Any]:
    if not text.strip():
        raise UsageError(f"{name} is empty", hint)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = _lines(text, name, hint)
    if isinstance(value, dict) and "number" not in value:
        value = next((value[key] for key in _LIST_KEYS if isinstance(value.get(key), list)), value)
    values = value if isinstance(value, list) else [value]
    if values and not any(isinstance(one, dict) for one in values):
        raise UsageError(f"{name} is JSON, but no list of objects", hint)
    return values


def _lines(text: str, name: str, hint: str) -> list[Any]:
    """Every line that is an object of its own. Raises UsageError at the first that is no JSON."""
    values: list[Any] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                values.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise UsageError(f"{name} is not JSON (line {number})", hint) from error
    return values


def _entry(value: object, kind: str) -> Entry | None:
    if not isinstance(value, dict):
        return None
    number = value.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < _MOST:
        return None
    body = _text(value.get("body"))
    return Entry(
        kind,
        number,
        " ".join(_text(value.get("title")).split()),
        body,
        _author(value.get("author") or value.get("user")),
        _day(value, ("mergedAt", "merged_at", "closedAt", "closed_at", "createdAt", "created_at")),
        _text(value.get("url") if _is_page(value.get("url")) else value.get("html_url")).strip(),
        _merged(value),
        tuple(sorted(closed_in(body) | _closing(value.get("closingIssuesReferences")))),
    )


def _text(value: object) -> str:
    """A string without what no file can hold (half characters), "" for anything else."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def _is_page(url: object) -> bool:
    return isinstance(url, str) and not url.startswith("https://api.")


def _author(value: object) -> str:
    if isinstance(value, dict):
        return next((name for key in ("name", "login") if (name := _text(value.get(key)).strip())), "")
    return _text(value).strip()


def _day(value: dict[str, Any], keys: tuple[str, ...]) -> str:
    days = (_DAY.match(_text(value.get(key))) for key in keys)
    return next((day[0] for day in days if day), "")


def _merged(value: dict[str, Any]) -> str:
    commit = value.get("mergeCommit")
    sha = _text(commit.get("oid") if isinstance(commit, dict) else value.get("merge_commit_sha"))
    return sha if _SHA.fullmatch(sha) else ""


def _closing(value: object) -> set[int]:
    """The issues that `closingIssuesReferences` names."""
    found = value if isinstance(value, list) else []
    numbers = (one.get("number") for one in found if isinstance(one, dict))
    return {number for number in numbers if isinstance(number, int) and 0 < number < _MOST}
