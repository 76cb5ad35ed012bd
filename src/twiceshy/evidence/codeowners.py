"""`codeowners`: who owns what, from CODEOWNERS of GitHub or GitLab.

The last rule that matches a path decides. A rule without owners says that nobody owns these files, which is not the
same as no rule. GitLab's sections (`[Documentation]`, `^[Optional]`) may name owners for all rules below them.

Yields `owners.rules`, `owners.people` (distinct names, teams included), `owners.nobody` (rules without owners), and
`owners.named` with each rule.

    *        @acme/core
    /docs/   @ada ben@example.org
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import counted, text_of
from twiceshy.evidence._texts import text_in
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

_SECTION = re.compile(r"\^?\[[^\]]+\](?:\[\d+\])?\s*(.*)")
_OWNER = re.compile(r"@[\w./@-]+|[^\s@]+@[\w.-]+\.\w+")


class Owned(NamedTuple):
    """One rule: its pattern, who owns what it matches, and its line."""

    pattern: str
    owners: tuple[str, ...]
    line: int


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 (its name is all that tells)
    """Whether the file is called so."""
    return name.rpartition("/")[2] == "CODEOWNERS"


def rules_in(raw: bytes) -> list[Owned]:
    """Every rule in order. Raises MalformedEvidence for one whose owners are no names."""
    found, default = [], tuple[str, ...]()
    for number, line in enumerate(text_in(raw).splitlines(), 1):
        words = re.split(r"(?<!\\)\s+", re.sub(r"(?<!\\)#.*", "", line).strip())
        section = _SECTION.fullmatch(" ".join(words)) if line.lstrip().startswith(("[", "^[")) else None
        if section:
            words = ["", *section[1].split()]
        if not any(words):
            default = () if section else default
            continue
        wrong = next((word for word in words[1:] if len(word) > 300 or not _OWNER.fullmatch(word)), "")
        if wrong:
            raise MalformedEvidence(f"{text_of(wrong, 60)!r} is no owner", f"line {number}")
        if section:
            default = tuple(words[1:])
        else:
            found.append(Owned(words[0], tuple(words[1:]) or default, number))
    return found


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """How much is owned. Raises MalformedEvidence."""
    rules = rules_in(raw)
    people = {owner for rule in rules for owner in rule.owners}
    yield counted("owners.rules", len(rules), provenance, len(rules), unit="rules")
    yield counted("owners.people", len(people), provenance, len(rules), unit="owners", whole="rules")
    nobody = sum(not rule.owners for rule in rules)
    yield counted("owners.nobody", nobody, provenance, len(rules), unit="rules")
    for rule in rules:
        text = text_of(f"{rule.pattern}: {', '.join(rule.owners) or 'nobody'}")
        yield Evidence("owners.named", text, provenance, QUOTED, place=f"line {rule.line}")
