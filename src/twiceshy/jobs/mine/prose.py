"""What a person wrote in a message: its own words, without what machines, templates and habits add to them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TRAILER = re.compile(
    r"\s*(?:[A-Za-z][\w-]*-by|cc|change-id|git-svn-id|link|closes?d?|resolves?d?|bugs?|issues?|ref(?:erence)?s?|see(?: also)?"
    r"|bug-url|reviewed-on|pr-url|pull-request|release[ -]note|version|id|backport(?:ed)?[\w-]*|ticket|origin"
    r"|reported-on|discussion|task|test plan|refs?|fixes)(?:\s*:\s*\S|\s+(?:#|gh-|https?:)\S*\s*$)",
    re.IGNORECASE,
)
_BLAMING_TRAILER = re.compile(r"\s*fixes:\s*[0-9a-f]{7,40}\b", re.IGNORECASE)
_MACHINE = re.compile(
    r"\s*(?:\(cherry[- ]picked from commit|\(?(?:backported|picked) from\b|this reverts commit\b|this reverts merge request"
    r"|#\s*(?:conflicts|please enter)|conflicts:|[-*_=~]{3,}\s*$|\[!\[|!\[|</?\w+[^>]*>\s*$|(?:https?://\S+\s*)+$"
    r"|[*-] \[[ xX]\]|🤖|generated (?:with|by)\b)",
    re.IGNORECASE,
)
_FILE_NOTE = re.compile(r"\s*(?:[*-]\s+)?[\w./*{},+-]+\.\w{1,6}(?:\s*[,(:][^:]*)?:?\s*$|\s*[*-]\s+[\w./-]+/[\w./-]*\s*:?\s*$")
_LISTED = re.compile(r"\s*(?:[*•-]|\d+[.)])\s+\S")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"\s*(?:```|~~~)")
_CODE = re.compile(r"\s{4,}\S|\t\S|\s*[$>] \S|\s*File \"|\s*at [\w.$<>]+\(|\s*#\d+\s+0x|\s*[\w./-]+:\d+:\d*:? ")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ID = re.compile(r"\b[0-9a-f]{7,40}\b")
_SHORT_ITEM = 12  # words; a longer item of a list explains, a shorter one names
_LONGEST = 100_000  # characters of a message that are looked at


@dataclass(frozen=True, slots=True)
class Prose:
    """A message taken apart: `lines` are those worth quoting, `text` the sentences among them, on one line.

    `words` counts the words of `text`; `listed` the short items of lists, as squashed commits leave them.
    """

    subject: str
    lines: tuple[str, ...]
    text: str
    words: int
    listed: int


def prose_of(message: str) -> Prose:
    """What a person wrote in `message`; its first line is the subject, whatever else it looks like."""
    subject, _, body = message[:_LONGEST].partition("\n")
    lines: list[str] = []
    said: list[str] = []
    listed, fenced = 0, False
    for line in _COMMENT.sub("", body).splitlines():
        if _FENCE.match(line):
            fenced = not fenced
            lines.append(line)
        elif fenced:
            lines.append(line)
        elif not is_noise(line):
            lines.append(line)
            if _LISTED.match(line) and len(_WORD.findall(line)) < _SHORT_ITEM:
                listed += 1
            elif not _CODE.match(line) or _LISTED.match(line):
                said.append(line)
    text = " ".join(" ".join(said).split())
    return Prose(subject.strip(), tuple(_trimmed(lines)), text, _count(text), listed)


def is_noise(line: str) -> bool:
    """Whether a line is a trailer, a note of a machine, or the name of a file; a trailer that blames a commit is not."""
    if _BLAMING_TRAILER.match(line):
        return False
    return bool(_TRAILER.match(line) or _MACHINE.match(line) or _FILE_NOTE.match(line))


def words_in(text: str) -> list[str]:
    """The words of a text in lower case."""
    return [word.lower() for word in _WORD.findall(text)]


def _count(text: str) -> int:
    """Words; two characters of a script without spaces make one."""
    wide = len(_WIDE.findall(text))
    return len(_WORD.findall(_WIDE.sub(" ", _ID.sub(" ", text)))) + wide // 2


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        lines.pop(0)
    return lines
