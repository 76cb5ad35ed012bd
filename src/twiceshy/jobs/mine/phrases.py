"""The phrases by which English messages tell of a mistake; all are searched in lower-case text.

Long lists without regard to case took most of the time: none of the phrases can be ruled out by its first letter.
"""

from __future__ import annotations

import re

_ID = r"[0-9a-f]{7,40}\b"


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


REGRESSION = re.compile(r"\bregress(?:ion|ions|ed|es)\b(?! tests?\b| suite\b| check| coverage| analysis| model)")
BLAMED = re.compile(
    r"\b(?:introduced|broken?|breaks|breakage|caused|regressed|regression|follow-?up|forgot|missed|missing|fixes|since"
    r"|after|due to|because of|bug in|problem in|culprit|bisect\w*|blame\w*|fallout|fix for|side effect of|left ?over"
    rf"|overlooked|was (?:added|changed|removed)|ever since)\b[^.]{{0,60}}?{_ID}"
    rf"|\b(?:in|commit|with|by) (?:commit )?[\[(`]?{_ID}[^.]{{0,200}}?\b(?:broke|introduced|changed|forgot|missed"
    r"|accidentally|inadvertently|wrong|incorrect|bug|caus\w+|regress\w*|however|but|mistake|since then|unfortunately)"
)
BROKE = _any(
    r"introduced (?:by|in|with)", r"broke(?:n)? (?:by|in|since|when|the|this|with)", "accidentally", "inadvertently",
    "mistakenly", "by mistake", "overlooked", r"forg[oe]t\w*", r"unintention\w*", "unintended", "oversight",
    "wrongly", "erroneously", "incorrectly", "never worked", r"mishandle\w*", "fall-?out", "off-by-one", "typo in the",
    r"naive\w*",
)  # fmt: skip
CAUSE = _any(
    "because", "root cause", "turns out", "turned out", "caused by", "due to", "the bug", "this (?:is|was) because",
    "the (?:problem|issue|bug|culprit|cause|reason|trouble) (?:is|was|here|with|being)", "the reason (?:for|why|that)",
    "which (?:means|meant|caused|causes|leads|led|results|resulted)", "as a (?:result|consequence)", "leads? to",
    "led to", "result(?:s|ed|ing)? in", "happen(?:s|ed) (?:when|if|because)", "occurs? (?:when|if)",
    "triggered (?:by|when|if)", "assum(?:es?|ed|ing|ption)",
)  # fmt: skip
DAMAGE = _any(
    r"crash\w*", "data loss", "los(?:e|es|t|ing) (?:data|messages?|updates?|writes?)", r"leak\w*", r"dead-?lock\w*",
    r"live-?lock\w*", r"corrupt\w*", "race condition", "data race", "racy", "hang(?:s|ing)?", "hung", "stuck",
    r"overflow\w*", r"underflow\w*", "use[- ]after[- ]free", r"segfault\w*", "sigsegv", "infinite (?:loop|recursion)",
    r"endless\w*", r"vulnerab\w*", r"cve-\d+", "double[- ]free", r"panic\w*", "undefined behaviou?r",
    "out[- ]of[- ]bounds?", "read past", r"assert(?:ion)? (?:fail\w*|error|triggered)", r"stall\w*", r"starv\w*",
    "wrong (?:result|value|answer|output)s?", "silently", "fails? (?:to|with)", "failed (?:to|with)", "breaks?",
    "null pointer", "dangling", r"exploit\w*", "traceback", "exception", "unexpected(?:ly)?", "incorrect",
    r"flak[ye]\w*", "outage", "incident", r"never (?:returns?|finish\w*|wakes?)",
)  # fmt: skip
BEFORE = _any(
    "previously", "before this", "prior to this", "used to", "currently", "until now", "so far", "in the past",
    "originally", "earlier", "however", "but", "although", "even though", "unfortunately", "instead of", "the old",
)  # fmt: skip
MUST = _any(
    "always", "never", "must(?: not|n't)?", "makes? sure", "ensures?", "should(?: not|n't)", "don't", "do not",
    "cannot", "can't", r"avoid\w*", r"prevent\w*", "in the future", "from now on", "careful", "beware", "lesson",
)  # fmt: skip
SEEN = _any(
    r"reproduc\w*", "steps to", r"bisect\w*", "backtrace", "stack ?trace", "valgrind", "sanitizer", "asan", "tsan",
    "strace", r"fuzz\w*", "reported (?:by|in|that)",
)  # fmt: skip
WORKAROUND = _any("work(?:ing)?[- ]?around")
HOTFIX = re.compile(r"\bhot-?fix")

MENDS = _any(
    r"fix(?:e[sd]|ing|up)?", r"bug\w*", "avoid", "prevent", "don't", "do not", "never", "wrong", "broken?", r"crash\w*",
    r"leak\w*", "race", r"dead-?lock\w*", r"corrupt\w*", "regression", "overflow", "correct(?:ly)?", "restore", "stop",
    "handle", "hang", "segfault", "incorrect", "missing", "revert", "undo", r"vulnerab\w*", r"cve-\d+",
    "out[- ]of[- ]bounds?", "use[- ]after[- ]free", "panic", "ensure", "make sure", r"fail\w*", "properly", "again",
    "only if", "unless", "too",
)  # fmt: skip
ADDS = re.compile(
    r"^(?:\[[^\]]*\]\s*|\([^)]*\)\s*|[\w./ ,*-]{1,30}[:(][\w, ]*\)?:?\s*)?(?:add\w*|implement\w*|introduc\w*|support\w*"
    r"|allow\w*|refactor\w*|renam\w*|feat\w*|ability|basic|improv\w*|optimi[sz]\w*|speed|perf\w*|benchmark\w*|clean\w*"
    r"|simplif\w*|extend\w*|new|initial|first|convert\w*|migrat\w*|moderni[sz]\w*|extract\w*|expose\w*|switch\w*"
    r"|enable\w*|deprecat\w*|rewrit\w*|split\w*|move\w*|merge\w*|upgrad\w*|drop\w*|remov\w*|delet\w*|unify|test\w*"
    r"|re-?work\w*|replace\w*|factor|teach|provide\w*|update\w*|document\w*|explain|describe|use)\b"
)
TESTING = re.compile(
    r"^(?:\[?(?:tests?|ci|build|t\d+)\b)|\btests?\b"
    r"|\b(?:github actions|workflow|lint\w*|compiler warnings?|clippy|docs?)\b"
)
