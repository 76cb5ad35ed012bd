"""Record: one file = one source of figures; `SOURCES` is the table of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence import (
    changelog,
    cobertura,
    codeowners,
    coverage_json,
    cyclonedx,
    deployments,
    github_pulls,
    gitlab_merges,
    hyperfine,
    issues,
    jmeter,
    junit,
    k6,
    lcov,
    lockfile,
    locust,
    migration,
    mochawesome,
    npm_audit,
    openapi,
    osv_scanner,
    pip_audit,
    playwright,
    pytest_benchmark,
    sarif,
    touched,
)
from twiceshy.model.evidence import Evidence, Provenance

LIMIT = 64 * 1024 * 1024
TOO_LARGE = f"larger than {LIMIT // 1024 // 1024} MB, which is more than is read of one file"


class Source(Protocol):
    """What a module of this folder offers."""

    def recognises(self, head: bytes, name: str) -> bool:
        """Whether a file that starts with `head` (4 KiB at most) and is called `name` looks like this format."""

    def collect(self, raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
        """Every figure in the bytes of a file. Raises MalformedEvidence, perhaps in the middle."""


class Compared(Protocol):
    """What a source offers as well whose figures are about the difference of two states of a file."""

    def compare(self, before: bytes, after: bytes, path: str, provenance: Provenance) -> Iterator[Evidence]:
        """What changed in the file at `path`; empty bytes where it was not there. Raises MalformedEvidence."""


SOURCES: dict[str, Source] = {
    "junit": junit,
    "coverage-json": coverage_json,
    "cobertura": cobertura,
    "lcov": lcov,
    "sarif": sarif,
    "pip-audit": pip_audit,
    "osv-scanner": osv_scanner,
    "npm-audit": npm_audit,
    "cyclonedx": cyclonedx,
    "pytest-benchmark": pytest_benchmark,
    "hyperfine": hyperfine,
    "k6": k6,
    "locust": locust,
    "jmeter": jmeter,
    "playwright": playwright,
    "mochawesome": mochawesome,
    "lockfile": lockfile,
    "touched": touched,
    "codeowners": codeowners,
    "changelog": changelog,
    "github-pulls": github_pulls,
    "gitlab-merges": gitlab_merges,
    "issues": issues,
    "deployments": deployments,
    "openapi": openapi,
    "migration": migration,
}
COMPARED: dict[str, Compared] = {"lockfile": lockfile, "openapi": openapi}


def figures(form: str, raw: bytes, provenance: Provenance) -> list[Evidence]:
    """Everything that a file in the format `form` says: all of it or, with MalformedEvidence, nothing."""
    if len(raw) > LIMIT:
        raise MalformedEvidence(TOO_LARGE)
    return list(SOURCES[form].collect(raw, provenance))


def recognised(head: bytes, name: str) -> list[str]:
    """The formats that a file may be in, by its first bytes and its name."""
    return [form for form, source in SOURCES.items() if source.recognises(head[:4096], name)]
