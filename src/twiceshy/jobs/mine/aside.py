"""Commits that are set aside before anybody reads them: merges, machines, releases, bumps, translations, mere words."""

from __future__ import annotations

import re
from collections.abc import Collection

from twiceshy.guards import matches_path
from twiceshy.jobs.messages.prose import subject_of
from twiceshy.model.generated import GENERATED
from twiceshy.model.history import PastCommit, PastFile

_MACHINE = re.compile(
    r"\[bot\]|\b(?:dependabot|renovate|github-actions|bors|pre-commit-ci|greenkeeper|weblate|transifex|snyk-bot|mergify"
    r"|homu|allcontributors|crowdin)\b",
    re.IGNORECASE,
)
_PREFIX = r"^(?:\w[\w/-]*(?:\([^)]*\))?!?:\s*|\[[^\]]*\]\s*)?"
# Searched in lower case, in this order.
_SUBJECTS = (
    (
        "a merge",
        re.compile(r"^(?:auto |rollup )?merge\b(?: of)?[ :](?:branch|pull|remote|tag|commit|#|pr\b|\S+/)"),
    ),
    (
        "a dependency",
        re.compile(
            rf"{_PREFIX}(?:bump|upgrade|update) (?!version)"
            r"(?:[\w@./-]+ (?:from|to|requirement|version)|dependenc|deps\b|lock)"
        ),
    ),
    (
        "a release",
        re.compile(
            rf"{_PREFIX}(?:release[ds]?\b(?! (?:the|client|lock|memory|ref|buffer|resource)\w*)|v?\d+\.\d+[\w.-]*\.?$"
            r"|(?:bump|set|update|prepare|preparing|cut|tag)\w*\b.{0,30}\b(?:versions?|v?\d+\.\d+[\w.-]*|release)\b"
            r"|change-?log)|^chore\(release\)|^(?:release-notes|thanks)\b|^git \d|^what's cooking"
        ),
    ),
    ("a translation", re.compile(r"^(?:l10n|i18n)\b|\btranslations?\b|^\w*po:")),
    (
        "another project's history",
        re.compile(r"^(?:squashed '|import(?:ed|ing)? |vendor(?:ed)?\b|git subrepo|subtree)"),
    ),
    (
        "written words only",
        re.compile(
            rf"^docs?\b[^ ]{{0,20}}:|{_PREFIX}(?:fix(?:ed|es)? )?(?:a |some |minor |small )*"
            r"(?:typos?|spelling|grammar|whitespace|wording|comments?)\b|\breadme\b|^doc\b"
        ),
    ),
)
# The first that fits a path in lower case says what kind of file it is.
_KINDS = (
    (
        "tests",
        re.compile(
            r"(?:^|/)(?:tests?|specs?|t|testdata|__tests__|testing)/|(?:^|/)test_|[._-](?:test|spec)s?\.\w+$|_test\."
        ),
    ),
    (
        "ci",
        re.compile(
            r"(?:^|/)\.(?:github|circleci|gitlab|azure\w*|travis|appveyor)|(?:^|/)(?:ci|\.ci)/|appveyor|codecov|cirrus"
        ),
    ),
    (
        "words",
        re.compile(
            r"\.(?:md|rst|txt|adoc|html?|po|pot|tex|texi|[1-9]|mdx)$|(?:^|/)(?:docs?|documentation|man)/"
            r"|(?:^|/)(?:changes|changelog|news|authors|readme|release-notes|thanks|todo)[^/]*$"
        ),
    ),
)


def aside(commit: PastCommit) -> str:
    """Why nobody needs to read a commit, "" if somebody should."""
    if commit.is_merge:
        return "a merge"
    if _MACHINE.search(commit.author) or _MACHINE.search(commit.email):
        return "a machine"
    subject = subject_of(commit).lower()
    return next((why for why, pattern in _SUBJECTS if pattern.search(subject)), "")


def kinds_of_files(files: Collection[PastFile]) -> frozenset[str]:
    """What the files of a change are: `words`, `tests`, `ci`, `generated` (or borrowed), `code`."""
    return frozenset(_kind(file.path) for file in files)


def _kind(path: str) -> str:
    if matches_path(path, GENERATED):
        return "generated"
    return next((kind for kind, pattern in _KINDS if pattern.search(path.lower())), "code")
