"""Which kind of document this is: decided by content first, said with a score and a reason, "not a lesson" included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from twiceshy.markdown.agents import MEMORY, for_agents
from twiceshy.markdown.dates import find_date
from twiceshy.markdown.decisions import is_record
from twiceshy.markdown.guard import is_guard
from twiceshy.markdown.outline import Outline
from twiceshy.markdown.roles import normalised
from twiceshy.markdown.shapes import (
    Shape,
    asked_for,
    collects,
    decisions_shape,
    entries_shape,
    listed,
    points_of,
    sections_shape,
    story_shape,
)
from twiceshy.model.document import Document
from twiceshy.model.glob import glob_regex
from twiceshy.model.lesson import RULES
from twiceshy.model.template import Template

NOT_A_LESSON = ""
_ENOUGH = 0.35
_SUREST = 0.99  # only the front matter is sure
_OTHER = re.compile(
    r"(?:^|/)(?:readme|changelog|changes|history|news|licen[cs]e|contributing|code_of_conduct|security)[^/]*$"
)
_OTHER_TITLE = re.compile(
    r"\b(?:plans?|specs?|specifications?|guide|tutorial|roadmap|strategy|architecture|reference|quick ?start|readme"
    r"|proposal|requirements|checklist|tasks|work packages|changelog|manual|how to|setup|research|pitch|plano|handbook"
    r"|policy)\b",
    re.IGNORECASE,
)
_TEMPLATE_TITLE = re.compile(r"\btemplate\b|\$\{", re.IGNORECASE)
_INDEX = re.compile(r"(?:^|/)index\.[^/]*$")
_TEMPLATE = re.compile(r"(?:^|[/_.-])templates?(?:[/_.-]|$)| templates?\.[^/]*$")


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is a template's kind, "" for not a lesson; `score` is 0 to 1; `reason` is a sentence for people."""

    name: str
    score: float
    reason: str


def detect(document: Document, templates: Iterable[Template], words: Mapping[str, str] | None = None) -> Kind:
    """The kind of `document` among `templates`, with what spoke for it; `words` are labels of its language alone."""
    named = str((document.front_matter.values if document.front_matter else {}).get("kind", "")).lower()
    candidates = tuple(templates)
    title = _title(document)
    if _TEMPLATE.search(document.path.lower()):
        return Kind(NOT_A_LESSON, 0.0, other_by_name(document.path))
    if _TEMPLATE_TITLE.search(title) and not find_date(title):  # an entry may be about a template
        return Kind(NOT_A_LESSON, 0.0, "a template, by its title")
    if not document.text.strip():
        return Kind(NOT_A_LESSON, 0.0, "it is empty")
    if any(template.kind == named for template in candidates):
        return Kind(named, 1.0, "its front matter says so")
    store = None if any(template.kind == RULES for template in candidates) else for_agents(document.path)
    if store and store.name != MEMORY:
        return Kind(RULES, 1.0, "a file that instructs agents, by its name")
    outline = Outline(document, {**(words or {}), **(candidates[0].aliases if candidates else {})})
    points = points_of(candidates)
    own_first = sorted(candidates, key=lambda template: template.origin == "built-in")
    scores = (_score(outline, template, points[template.kind]) for template in own_first)
    best = max(scores, key=lambda kind: kind.score, default=None)
    guards = sum(is_guard(fence) for fence in document.fences)
    if best and best.score >= _ENOUGH:
        return best
    if guards:
        return Kind("lesson", 0.5, f"it holds {guards} guard{'s' * (guards > 1)}")
    if store:
        return Kind(RULES, 0.5, "what agents remember, by its name")
    closest = f"; closest is {best.name} at {best.score:.2f}" if best and best.score > 0 else ""
    return Kind(NOT_A_LESSON, best.score if best else 0.0, f"no kind fits{closest}")


def other_by_name(path: str) -> str:
    """Why the document at `path` is taken for none of a kind by its name alone, "" if it may be one."""
    if _TEMPLATE.search(path.lower()):
        return "a template, by its name or folder"
    return "a page about the others, by its name" if _OTHER.search(path.lower()) or _INDEX.search(path.lower()) else ""


def _score(outline: Outline, template: Template, points: Mapping[str, float]) -> Kind:
    """Name and title are good signs; the shape counts by what the kind asks for and by what it explains."""
    document = outline.document
    title = _title(document)
    (shape, said), shown = _shape(outline, template, points)
    titled = _titled(title, template)
    if not titled and "decision" in asked_for(template) and (is_record(title) or is_record(_stem(document.path))):
        titled = "decision record"
    named = _is_named(document.path, template)
    reasons = [f"its title says “{titled}”"] * bool(titled) + ["its name says so"] * named + [said] * bool(shape)
    score = 0.35 * bool(titled) + 0.6 * shape
    score += named * (0.25 if document.sections else _ENOUGH)
    if _OTHER.search(document.path.lower()) or (not titled and not shown and _OTHER_TITLE.search(title)):
        score -= 0.4
    return Kind(template.kind, round(min(_SUREST, max(0.0, score)), 2), listed(reasons) or "nothing spoke for it")


def _shape(outline: Outline, template: Template, points: Mapping[str, float]) -> tuple[Shape, bool]:
    """How much of the document has the shape of this kind, and whether that is told from more than its headings."""
    asked = asked_for(template)
    if template.holds == "entries":
        plain = entries_shape(Outline(outline.document, {**outline.aliases, **template.roles}))
    else:
        plain = sections_shape(outline, template, points)
    told = decisions_shape(outline) if "decision" in asked else (0.0, "")
    if template.holds == "document" and {"problem", "cause"} <= asked:
        told = max(told, story_shape(outline))
    best = max(plain, told)
    halved = template.holds == "document" and collects(outline)
    return (best[0] / 2 if halved else best[0], best[1]), told[0] >= _ENOUGH


def _title(document: Document) -> str:
    """The first heading of the first level, else the first of any."""
    titles = (section.title for section in document.sections if section.level == 1)
    return next(titles, document.sections[0].title if document.sections else "")


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _is_named(path: str, template: Template) -> bool:
    return bool(path and template.paths and _globs(template.paths).search(path.lower().encode("utf-8", "replace")))


@lru_cache(maxsize=256)
def _globs(globs: tuple[str, ...]) -> Any:
    import re2

    return re2.compile("(?s)" + "|".join(glob_regex(glob.lower()) for glob in globs))


def _titled(title: str, template: Template) -> str:
    """Which of the kind's names for itself a title contains; one with a topic (`Lessons: locks`) opens no log."""
    words = f" {normalised(title)} "
    for name in template.titles:
        said = normalised(name)
        if (f" {said} " if said.isascii() else said) in words and not (
            template.holds == "entries" and re.search(r"\w\s*[:：]\s*\w", title)
        ):
            return name
    return ""
