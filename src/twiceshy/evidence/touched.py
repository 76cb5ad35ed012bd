"""`touched`: what kinds of files a range of commits changed, from `git diff --name-status -z A B`.

Paths tell what a file is for: how it is built and run (docker, compose, kubernetes, terraform, ci), what it asks for
(dependencies), what it stores (migrations), how it is set up (configuration), watched (monitoring), tested and
explained. A path may be of several kinds or of none. That a file was touched does not say what became of it.

Yields `touched.files`, then for each kind `touched.docker`, `touched.compose`, `touched.kubernetes`,
`touched.terraform`, `touched.ci`, `touched.dependencies`, `touched.migrations`, `touched.configuration`,
`touched.monitoring`, `touched.tests`, `touched.documentation`, and `touched.named` with the paths of a kind.

    M\\0Dockerfile\\0A\\0.github/workflows/test.yml\\0R100\\0old.tf\\0new.tf\\0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import counted, listed, text_of
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

KINDS = {
    "docker": r"(^|/)(Dockerfile|Containerfile)([.-][^/]*)?$|\.dockerfile$|(^|/)\.dockerignore$",
    "compose": r"(^|/)(docker-)?compose([.-][^/]*)?\.ya?ml$",
    "kubernetes": r"(^|/)(k8s|kubernetes|manifests|helm|charts?|kustomize)/(.*/)?[^/]*\.ya?ml$"
    r"|(^|/)(Chart|kustomization)\.ya?ml$",
    "terraform": r"\.(tf|tfvars|tofu)(\.json)?$|(^|/)\.terraform\.lock\.hcl$",
    "ci": r"^\.github/(workflows|actions)/|^\.gitlab-ci|^\.gitlab/ci/|(^|/)Jenkinsfile|^\.circleci/|^azure-pipelines"
    r"|^bitbucket-pipelines\.yml$|^\.buildkite/|^\.ci/|^\.travis\.yml$|^\.drone\.yml$|^\.woodpecker",
    "dependencies": r"(^|/)(uv|poetry|Cargo|Gemfile|composer|Pipfile|yarn|pdm)\.lock$"
    r"|(^|/)[^/]*(requirements|constraints)[^/]*\.(txt|in)$|(^|/)(package(-lock)?|composer|npm-shrinkwrap)\.json$"
    r"|(^|/)pnpm-lock\.yaml$|(^|/)go\.(mod|sum)$|(^|/)(Cargo|pyproject)\.toml$|(^|/)pom\.xml$"
    r"|(^|/)build\.gradle(\.kts)?$|(^|/)(Gemfile|Pipfile)$",
    "migrations": r"(^|/)(migrations?|alembic|flyway|db/migrate|changelog)/(.*/)?[^/]*\.(py|sql|rb|js|ts|php|xml)$"
    r"|(^|/)[VUR]\d*[\d._]*__[^/]*\.sql$",
    "configuration": r"(^|/)(config|conf|configs|settings|env)/|(^|/)\.env([.-][^/]*)?$"
    r"|\.(ini|cfg|conf|properties|env)$|(^|/)(settings|application|config|appsettings)([.-][^/]*)?\.(py|ya?ml|json|toml)$",
    "monitoring": r"(^|/)(monitoring|prometheus|grafana|alerts?|alerting|alertmanager|dashboards?|otel)/"
    r"|(^|/)(prometheus|alertmanager|alerts?|otel-collector)([.-][^/]*)?\.(ya?ml|json)$|\.rules\.ya?ml$",
    "tests": r"(^|/)(tests?|spec|specs|__tests__|e2e|cypress)/|(^|/)test_[^/]*\.py$|_test\.(go|py|rb|c|cc|cpp)$"
    r"|\.(test|spec|cy)\.[cm]?[jt]sx?$|(^|/)conftest\.py$|Tests?\.(java|kt|cs|php|swift)$",
    "documentation": r"\.(md|mdx|rst|adoc)$|(^|/)docs?/",
}
_LONGEST = 4096  # characters; no file system has longer paths
_KINDS = {kind: re.compile(pattern) for kind, pattern in KINDS.items()}


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 (what git prints has no name)
    """Whether this starts as git starts such a list."""
    return bool(re.match(rb"[AMDTUX]\d*\0[^\0]+\0|[RC]\d+\0[^\0]+\0[^\0]+\0", head))


def kinds_of(path: str) -> list[str]:
    """Everything that a file at `path` is for, as far as its path tells."""
    return [kind for kind, pattern in _KINDS.items() if len(path) <= _LONGEST and pattern.search(path)]


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """How many files of each kind were touched. Raises MalformedEvidence."""
    paths = list(_paths(raw.decode("utf-8", "surrogateescape")))
    total = len(paths)
    yield counted("touched.files", total, provenance, total, unit="files")
    of = {path: kinds_of(path) for path in paths}
    for kind in _KINDS:
        found = [path for path in paths if kind in of[path]]
        yield counted(f"touched.{kind}", len(found), provenance, total, unit="files")
        if found:
            yield Evidence("touched.named", listed(found), provenance, QUOTED, about=kind)


def _paths(text: str) -> Iterator[str]:
    """The path that each entry has now, or had last."""
    words = text.split("\0")
    if words.pop() and text:
        raise MalformedEvidence("the list does not end: it is cut off", f"byte {len(text)}")
    at = 0
    while at < len(words):
        more = 2 if words[at][:1] in ("R", "C") else 1
        if not re.fullmatch(r"[ACDMRTUXB]\d{0,3}", words[at]) or at + more >= len(words) or not words[at + more]:
            raise MalformedEvidence(f"{text_of(words[at], 30)!r} is no entry of --name-status", f"entry {at}")
        yield words[at + more]
        at += more + 1
