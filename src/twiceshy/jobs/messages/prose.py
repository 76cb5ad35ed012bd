"""What a person wrote in a message: its own words, without what machines, templates and habits add to them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from twiceshy.jobs.messages.blame import is_blaming
from twiceshy.model.history import PastCommit

_TRAILER = re.compile(
    r"\s*(?:[A-Za-z][\w-]*-(?:by|id|position|queue|verified|tested)|auto-submit|bot-commit|owners-override"
    r"|differential revision|original commit changeset|cc|link|closes?d?|resolves?d?|bugs?|issues?|ref(?:erence)?s?"
    r"|see(?: also)?|bug-url|reviewed-on|pr-url|pull-request|release[ -]note|version|id|backport(?:ed)?[\w-]*"
    r"|ticket|origin|reported-on|discussion|task|test plan|refs?|fixes)(?:\s*:\s*\S|\s+(?:#|gh-|https?:)\S*\s*$)",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"\s*(?:\(cherry[- ]picked from commit|\(?(?:backported|picked) from\b|this reverts (?:commit|merge request)\b"
    r"|#\s*(?:conflicts|please enter)|conflicts:|\[!\[|!\[|[*-] \[[ xX]\]|🤖|generated (?:with|by)\b)",
    re.IGNORECASE,
)
_UNSAID = re.compile(r"\s*(?:[-*_=~]{3,}\s*$|</?\w+[^>]*>\s*$|(?:[(<]?https?://\S+(?:\s+|$))+$)")
_FILE_NOTE = re.compile(
    r"\s*(?:[*-]\s+)?[\w./*{},+-]+\.\w{1,6}(?:\s*[,(:][^:]*)?:?\s*$|\s*[*-]\s+[\w./-]+/[\w./-]*\s*:?\s*$"
)
_LISTED = re.compile(r"\s*(?:[*•-]|\d+[.)])\s+\S")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_CODE = re.compile(r"\s{4,}\S|\t\S|\s*[$>] \S|\s*File \"|\s*at [\w.$<>]+\(|\s*#\d+\s+0x|\s*[\w./-]+:\d+:\d*:? ")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
COMMIT_ID = re.compile(r"\b[0-9a-f]{7,40}\b")
_SHORT_ITEM = 12  # words; a longer item of a list explains, a shorter one names
_LONGEST_SUBJECT = 500  # characters
_LONGEST = 100_000  # characters of a message that are looked at


@dataclass(frozen=True, slots=True)
class Prose:
    """A message taken apart: `lines` are those worth quoting, `text` the sentences among them with single spaces.

    `words` counts the words of `text`; `listed` the short items of lists, as squashed commits leave them.
    """

    subject: str
    lines: tuple[str, ...]
    text: str
    words: int
    listed: int


def lines_of(message: str) -> list[str]:
    """The lines of a message, whatever ends them, as far as a person would read on."""
    return message[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n").split("\n")


def subject_of(commit: PastCommit) -> str:
    """The subject of a commit to be searched: with single spaces, and no longer than a person would read."""
    return " ".join(commit.subject[:_LONGEST_SUBJECT].split())


def prose_of(message: str) -> Prose:
    """What a person wrote in `message`; its first line is the subject, whatever else it looks like."""
    subject, *body = lines_of(message)
    shown = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), "\n".join(body)).split("\n") if body else []
    kept: list[str] = []
    said: list[str] = []
    listed, fenced = 0, False
    for line, visible in zip(body, shown, strict=True):
        if (line.strip() and not visible.strip()) or (not fenced and is_noise(visible)):
            continue
        kept.append(line)
        if _FENCE.match(visible):
            fenced = not fenced
        elif fenced or _HEADING.match(visible) or _UNSAID.match(visible) or _FILE_NOTE.match(visible):
            continue
        elif _LISTED.match(visible) and len(_WORD.findall(visible)) < _SHORT_ITEM:
            listed += 1
        elif not _CODE.match(visible) or _LISTED.match(visible):
            said.append(visible)
    text = " ".join(" ".join(said).split())
    return Prose(subject.strip(), _trimmed(kept), text, count_words(text), listed)


def is_noise(line: str) -> bool:
    """Whether a line is a trailer or a note of a machine; a trailer that blames a commit is neither."""
    return not is_blaming(line) and bool(_TRAILER.match(line) or _MACHINE.match(line))


def own_words(message: str) -> str:
    """A message without its trailers and what machines wrote into it."""
    return "\n".join(line for line in lines_of(message) if not is_noise(line))


def words_in(text: str) -> list[str]:
    """The words of a text in lower case."""
    return [word.lower() for word in _WORD.findall(text)]


def count_words(text: str) -> int:
    """Words; two characters of a script without spaces make one."""
    wide = len(_WIDE.findall(text))
    return len(_WORD.findall(_WIDE.sub(" ", COMMIT_ID.sub(" ", text)))) + wide // 2


def _trimmed(lines: list[str]) -> tuple[str, ...]:
    """`lines` without the blank ones around them and without a second blank line after one."""
    full = [number for number, line in enumerate(lines) if line.strip()]
    if not full:
        return ()
    span = range(full[0], full[-1] + 1)
    return tuple(lines[number] for number in span if lines[number].strip() or lines[number - 1].strip())
