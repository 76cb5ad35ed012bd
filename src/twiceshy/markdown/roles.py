"""Headings and labels to meaning: the lexicon that carries every way of saying symptom, cause, fix, rule, action …"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from twiceshy.markdown.lexicon import LANGUAGES

LEXICON: dict[str, tuple[str, ...]] = {}
for _language in LANGUAGES.values():
    for _entry in _language.replace("\n    ", " ").strip().split("\n"):
        _role, _, _said = _entry.partition(":")
        LEXICON[_role.strip()] = (*LEXICON.get(_role.strip(), ()), *(phrase.strip() for phrase in _said.split(";")))
NARRATIVE = frozenset(
    ("problem", "symptom", "impact", "cause", "fix", "rule", "takeaway", "insight", "result", "retained", "evidence")
)

_PHRASES = {phrase: role for role, phrases in LEXICON.items() for phrase in phrases}
_LONGEST = max(phrase.count(" ") + 1 for phrase in _PHRASES)
_LONGEST_LABEL = 300  # nobody names anything longer, and these patterns take quadratic time
_NOISE = re.compile(r"<!--.*?-->|\([^)]*\)|\[[ xX~✅]?\]|`[^`]*`")
_NUMBER = re.compile(r"^(?:\W|_)*(?:step|phase|layer|part)?\s*(?:\d+(?:\.\d+)*|[ivx]+)\s*[.):\-–—]\s*", re.IGNORECASE)
_SPLIT = re.compile(r"(?:[^\w]|_)+")


@lru_cache(maxsize=16384)
def normalised(label: str) -> str:
    """A heading or label as the lexicon knows it: lower case words, without numbering, emoji, ticks, comments."""
    bare = _NUMBER.sub("", _NOISE.sub(" ", label[:_LONGEST_LABEL]))
    return " ".join(word for word in _SPLIT.split(bare.lower()) if word)


def role_of(label: str, aliases: Mapping[str, str] | None = None) -> str:
    """The role `label` carries, "" if none; a team's or template's `aliases` (normalised → role) come first.

    What stands before a colon counts by itself too: `Fix: pin the version` is a fix.
    """
    words, before, role = _read(label)
    return (aliases and (aliases.get(words) or aliases.get(before))) or role


@lru_cache(maxsize=16384)
def _read(label: str) -> tuple[str, str, str]:
    """The words of a label, those before its colon, and what the lexicon makes of either."""
    words = normalised(label)
    before = normalised(label.partition(":")[0]) if ":" in label else ""
    return words, before, _in_lexicon(words) or _in_lexicon(before)


def _in_lexicon(label: str) -> str:
    words = label.split()
    for length in range(min(len(words), _LONGEST), 0, -1):
        spare = len(words) - length
        if spare <= 4 and (role := _PHRASES.get(" ".join(words[:length]))) and (spare == 0 or length > 1 or spare <= 2):
            return role
        if spare <= 3 and (role := _PHRASES.get(" ".join(words[-length:]))) and (spare == 0 or length > 1):
            return role
    return ""
