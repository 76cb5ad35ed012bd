"""Which kind of document this is: decided by content first, said with a score and a reason, "not a lesson" included."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from twiceshy.markdown.guard import is_guard
from twiceshy.markdown.roles import NARRATIVE, normalised, role_of
from twiceshy.markdown.schema import sections_of
from twiceshy.model.document import Document
from twiceshy.model.glob import glob_regex
from twiceshy.model.template import Template

NOT_A_LESSON = ""
_ENOUGH = 0.35
_OTHER = re.compile(
    r"(?:^|/)(?:readme|changelog|changes|history|news|licen[cs]e|contributing|code_of_conduct|security)[^/]*$"
)
_TEMPLATE = re.compile(r"(?:^|[/_.-])templates?(?:[/_.-]|$)")
_HAPPENED = frozenset(("problem", "symptom", "cause"))
_DATE = re.compile(r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b")


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is a template's kind, "" for not a lesson; `score` is 0 to 1; `reason` is a sentence for people."""

    name: str
    score: float
    reason: str


def detect(document: Document, templates: Iterable[Template]) -> Kind:
    """The kind of `document` among `templates`, with what spoke for it."""
    named = str((document.front_matter.values if document.front_matter else {}).get("kind", "")).lower()
    candidates = list(templates)
    if _TEMPLATE.search(document.path.lower()):
        return Kind(NOT_A_LESSON, 0.0, "a template, by its name or folder")
    if any(template.kind == named for template in candidates):
        return Kind(named, 1.0, "its front matter says so")
    best = max((_score(document, template) for template in candidates), key=lambda kind: kind.score, default=None)
    guards = sum(is_guard(fence) for fence in document.fences)
    if best and best.score >= _ENOUGH:
        return best
    if guards:
        return Kind("lesson", 0.5, f"it holds {guards} guard{'s' * (guards > 1)}")
    closest = f"; closest is {best.name} at {best.score:.2f}" if best and best.score > 0 else ""
    return Kind(NOT_A_LESSON, best.score if best else 0.0, f"no kind fits{closest}")


def entries_of(document: Document, template: Template | None = None) -> list[int]:
    """Sections that are one entry of a log each: dated, or with labels that tell what happened and what came of it."""
    roles = template.roles if template else {}
    told: dict[int, set[str]] = {}
    for field in document.fields:
        told.setdefault(field.section, set()).add(role_of(field.label, roles))
    for section in document.sections:
        if section.parent >= 0:
            told.setdefault(section.parent, set()).add(role_of(section.title, roles))
    parents = {section.parent for section in document.sections}
    outermost: list[int] = []
    for index, section in enumerate(document.sections):
        if section.level == 1 and section.parent < 0 and index in parents:
            continue
        tells = _tells(told.get(index, set()))
        dated = bool(_DATE.search(section.title)) and (tells or index not in parents)
        inside = bool(outermost) and document.sections[outermost[-1]].span.holds(section.span)
        if (dated or tells) and not inside:
            outermost.append(index)
    return outermost


def _tells(roles: set[str]) -> bool:
    """A story needs two of its parts, and one of them must be what happened."""
    return bool(roles & _HAPPENED) and len(roles & NARRATIVE) >= 2


def _score(document: Document, template: Template) -> Kind:
    """Name and title are good signs; the shape counts by what the kind asks for and by what it explains."""
    reasons: list[str] = []
    score = 0.0
    title = next((section.title for section in document.sections[:1]), "")
    if opening := _opening(title, template):
        score += 0.25
        reasons.append(f"the title starts with “{opening}”")
    if (
        document.path
        and template.paths
        and _globs(template.paths).search(document.path.lower().encode("utf-8", "replace"))
    ):
        score += 0.4
        reasons.append("its name says so")
    shape, said = (
        _entries_shape(document, template) if template.holds == "entries" else _sections_shape(document, template)
    )
    if shape:
        score += 0.6 * shape
        reasons.append(said)
    if document.path and _OTHER.search(document.path.lower()):
        score -= 0.4
    return Kind(template.kind, round(min(1.0, max(0.0, score)), 2), _listed(reasons) or "nothing spoke for it")


@lru_cache(maxsize=256)
def _globs(globs: tuple[str, ...]) -> Any:
    import re2

    return re2.compile("(?s)" + "|".join(map(glob_regex, globs)))


def _listed(reasons: list[str]) -> str:
    return " and ".join([*([", ".join(reasons[:-1])] if reasons[:-1] else []), *reasons[-1:]])


def _opening(title: str, template: Template) -> str:
    """Which of the kind's ways to start a title this is; a title with a topic (`Lessons: locks`) opens no log."""
    if template.holds == "entries" and ":" in title:
        return ""
    words = normalised(title)
    return next((o for o in template.titles if words == normalised(o) or words.startswith(f"{normalised(o)} ")), "")


def _entries_shape(document: Document, template: Template) -> tuple[float, str]:
    """How much of the document is entries, from 0 to 1; two entries are enough to be a log."""
    entries = entries_of(document, template)
    if not entries:
        return 0.0, ""
    inside = sum(len(document.sections_in(document.sections[index].span)) for index in entries)
    above = {document.sections[index].parent for index in entries}
    all_below = sum(section.level > 1 or index in entries for index, section in enumerate(document.sections))
    containers = sum(document.sections[index].level > 1 for index in above if index >= 0)
    share = min(1.0, (inside + containers) / max(1, all_below))
    said = f"it has {len(entries)} dated or labelled entr{'y' if len(entries) == 1 else 'ies'}"
    return math.sqrt(min(1.0, len(entries) / 2) * share), said


def _sections_shape(document: Document, template: Template) -> tuple[float, str]:
    """The geometric mean of two shares: required sections that are there, headings that the kind explains."""
    sections = [(normalised(title), role) for title, role in sections_of(template)]
    known = {name for name, _ in sections} | {role for _, role in sections if role}
    headings = [section for section in document.sections if section.level > 1]
    theirs = [(normalised(section.title), role_of(section.title, template.roles)) for section in headings]
    labels = {role_of(field.label, template.roles) for field in document.fields} - {""}
    present = {word for pair in theirs for word in pair if word} | labels
    required = {role or name: (name, role) for name, role in sections if name not in template.optional}
    met = sum(name in present or role in present for name, role in required.values())
    explained = sum(name in known or role in known for name, role in theirs) / max(1, len(theirs))
    said = f"it has {met} of {len(required)} sections it asks for"
    return math.sqrt(met / max(1, len(required)) * explained), said
