"""Where a lesson is in its life: candidate, active, retired or superseded, by what it says of itself."""

from __future__ import annotations

import re

from twiceshy.markdown.roles import normalised
from twiceshy.model.lesson import STATUSES

_BY = r"\s+(?:by|with)\b[^\w\n]{0,20}(?!(?:n/?a|none|nothing|nobody|tbd|nichts|aucune?)\b)\w"
_SUPERSEDED = re.compile(
    rf"^\W*super[sc]eded(?!\s+(?:by|with)\b)\b|(?<!partially )(?<!partly )\bsuper[sc]eded{_BY}",
    re.IGNORECASE | re.MULTILINE,
)
_REPLACED = re.compile(
    rf"(?<!partially )(?<!partly )\b(?:super[sc]eded|replaced|obsoleted){_BY}|\b(?:ersetzt|abgelöst) durch\b"
    r"|\bremplacée? par\b|\breemplazad[oa] por\b|\bsubstituíd[oa] por\b|\bersatt av\b|\bzastąpion[ay] przez\b"
    r"|\bзаменен[оа]?\b|取代|置き換え|대체",
    re.IGNORECASE,
)
_THIS_REPLACED = re.compile(
    rf"\bthis (?:decision|record|adr|document|page)\b[^.\n]{{0,40}}\b(?:super[sc]eded|replaced|obsoleted){_BY}",
    re.IGNORECASE,
)
_PARTLY = re.compile(r"\W*(?:partially|partly|teilweise|partiellement|parcialmente)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_WORDS_FOR_STATUS = {
    "candidate": ("candidate", "draft", "proposed", "proposal", "vorgeschlagen", "proposé", "propuesto", "proposto"),
    "retired": (
        *("retired", "obsolete", "deprecated", "rejected", "withdrawn", "archived", "declined", "abandoned"),
        *(
            "abgelehnt",
            "verworfen",
            "veraltet",
            "rejeté",
            "rejetée",
            "rechazado",
            "rechazada",
            "rejeitado",
            "rejeitada",
        ),
        *("obsolète", "obsoleto", "föråldrad", "avslagen", "nieaktualne", "odrzucone", "устарело", "отклонено"),
        *("已废弃", "已拒绝", "廃止", "却下", "폐기", "거부"),
    ),
    "superseded": ("superseded", "superceded", "replaced", "obsoleted", "ersetzt", "abgelöst", "remplacé", "remplacée"),
}

_SAID = {
    "en": ("Status", "retired", "rejected", "superseded by"),
    "de": ("Status", "veraltet", "abgelehnt", "ersetzt durch"),
    "fr": ("Statut", "obsolète", "rejeté", "remplacé par"),
    "es": ("Estado", "obsoleto", "rechazado", "reemplazado por"),
    "pt": ("Status", "obsoleto", "rejeitado", "substituído por"),
    "sv": ("Status", "föråldrad", "avslagen", "ersatt av"),
    "pl": ("Status", "nieaktualne", "odrzucone", "zastąpiony przez"),
    "ru": ("Статус", "устарело", "отклонено", "заменено на"),
    "zh": ("状态", "已废弃", "已拒绝", "已被取代："),
    "ja": ("ステータス", "廃止", "却下", "置き換え："),
    "ko": ("상태", "폐기", "거부", "대체:"),
}
_ACCEPTED = {
    **dict.fromkeys(("candidate", "draft"), "active"),
    **dict.fromkeys(("proposed", "proposal"), "accepted"),
    **{"vorgeschlagen": "angenommen", "proposé": "accepté", "propuesto": "aceptado", "proposto": "aceito"},
}


def words_for(language: str) -> tuple[str, str, str, str]:
    """How a document in this language (ISO 639-1) says the label, retired, rejected, and superseded by; else English.

    `status_of` reads them all.
    """
    return _SAID.get(language, _SAID["en"])


def accepted(said: str) -> str:
    """A status that says candidate as it says so no more: only that word changes; "" if there is no such word."""
    found = [match for match in re.finditer(r"[^\W\d_]+", said) if match.group().lower() in _ACCEPTED]
    if not found or re.search(r"[|\[{]", said):
        return ""
    old = found[0].group()
    new = _ACCEPTED[old.lower()]
    new = new.upper() if old.isupper() and len(old) > 1 else new.capitalize() if old[0].isupper() else new
    return said[: found[0].start()] + new + said[found[0].end() :]


def status_of(path: str, said: str, text: str, *, is_document: bool) -> str:
    """Where a lesson is in its life, by its label, its folder, or a sentence that says what replaced it."""
    if _REPLACED.search(_ASIDE.sub("", said)):
        return "superseded"
    words = [] if _PARTLY.match(said) else normalised(said).split()[:3]
    for status, names in _WORDS_FOR_STATUS.items():
        if any(word in names for word in words):
            return status
    if f"/{path}".rpartition("/")[0].endswith("/candidates"):
        return "candidate"
    if _SUPERSEDED.search(_ASIDE.sub("", text[:400])) or (is_document and _THIS_REPLACED.search(text)):
        return "superseded"
    return STATUSES[1]
