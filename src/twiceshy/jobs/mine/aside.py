"""Commits that are set aside before anybody reads them: merges, machines, releases, bumps, translations, mere words."""

from __future__ import annotations

import re
from collections.abc import Collection

from twiceshy.model.history import PastCommit, PastFile

_I = re.IGNORECASE
_MACHINE = re.compile(
    r"\[bot\]|\b(?:dependabot|renovate|github-actions|bors|pre-commit-ci|greenkeeper|weblate|transifex|snyk-bot|mergify"
    r"|homu|allcontributors|crowdin)\b",
    _I,
)
_PREFIX = r"^(?:\w[\w/-]*(?:\([^)]*\))?!?:\s*|\[[^\]]*\]\s*)?"
_SUBJECTS = (
    ("a merge", re.compile(r"^(?:Merge|Auto merge|Rollup merge)\b(?: of)?[ :](?:branch|pull|remote|tag|commit|#|PR|\S+/)", _I)),
    (
        "a release",
        re.compile(
            rf"{_PREFIX}(?:release[ds]?\b(?! (?:the|client|lock|memory|ref|buffer|resource)\w*)|v?\d+\.\d+[\w.-]*\.?$"
            r"|(?:bump|set|update|prepare|preparing|cut|tag)\w*\b.{0,30}\b(?:versions?|v?\d+\.\d+[\w.-]*|release)\b|change-?log)"
            r"|^chore\(release\)|^(?:RELEASE-NOTES|THANKS)\b|^Git \d|^What's cooking",
            _I,
        ),
    ),
    (
        "a dependency",
        re.compile(rf"{_PREFIX}(?:bump|upgrade|update) (?:[\w@./-]+ (?:from|to|requirement|version)|dependenc|deps\b|lock)", _I),
    ),
    ("a translation", re.compile(r"^(?:l10n|i18n)\b|\btranslations?\b|^\w*po:", _I)),
    ("another project's history", re.compile(r"^(?:Squashed '|Import(?:ed|ing)? |Vendor(?:ed)?\b|git subrepo|subtree)", _I)),
    ("written words only", re.compile(rf"^docs?\b[^ ]{{0,20}}:|{_PREFIX}(?:fix(?:ed|es)? )?(?:a |some |minor |small )*(?:typos?|spelling|grammar|whitespace|wording|comments?)\b|\bREADME\b|^doc\b", _I)),
)  # fmt: skip
_WORDS = re.compile(r"\.(?:md|rst|txt|adoc|html?|po|pot|tex|texi|[1-9]|mdx)$|(?:^|/)(?:docs?|documentation|man)/|"
                    r"(?:^|/)(?:CHANGES|CHANGELOG|NEWS|AUTHORS|README|RELEASE-NOTES|THANKS|TODO)[^/]*$", _I)  # fmt: skip
_TESTS = re.compile(
    r"(?:^|/)(?:tests?|specs?|t|testdata|__tests__|testing|t\w?/unit)/|(?:^|/)test_|[._-](?:test|spec)s?\.\w+$|_test\.",
    _I,
)
_CI = re.compile(
    r"(?:^|/)\.(?:github|circleci|gitlab|azure\w*|travis|appveyor)|(?:^|/)(?:ci|\.ci)/|appveyor|\.travis|codecov|cirrus",
    _I,
)
_THIRD = re.compile(r"(?:^|/)(?:vendor|node_modules|third_?party|deps|external|bundled)/", _I)


def aside(commit: PastCommit) -> str:
    """Why nobody needs to read a commit, "" if somebody should."""
    if commit.is_merge:
        return "a merge"
    if _MACHINE.search(commit.author) or _MACHINE.search(commit.email):
        return "a machine"
    return next((why for why, pattern in _SUBJECTS if pattern.search(commit.subject)), "")


def kinds_of_files(files: Collection[PastFile]) -> frozenset[str]:
    """What the files of a change are: `words`, `tests`, `ci`, `third-party`, `code`."""
    return frozenset(_kind(file.path) for file in files)


def _kind(path: str) -> str:
    for kind, pattern in (("third-party", _THIRD), ("tests", _TESTS), ("ci", _CI), ("words", _WORDS)):
        if pattern.search(path):
            return kind
    return "code"
