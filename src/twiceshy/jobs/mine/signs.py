"""How likely a message explains a mistake: signs in its words, each with a weight that says where it comes from.

A weight is a difference of log-odds: how much likelier a message with the sign was worth a lesson than any message. The
first ones were measured on six histories (base rate 20 %): a body of 80 to 200 words 81 %, below 10 words 4 %,
"regression" 85 %, a commit blamed by its id 82 %, a revert 19 %, "hotfix" 14 %. So `weight = logit(share) - logit(0.2)`.
Those marked "read" are smaller and were set by reading the best hundred of redis, curl, datasette and poetry; they
order what the measured ones leave equal. The sum is a rank and no probability: signs go together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from twiceshy.jobs.mine.aside import kinds_of_files
from twiceshy.jobs.mine.prose import Prose
from twiceshy.model.candidate import Sign
from twiceshy.model.history import PastFile

ENOUGH = 30  # words of its own that a message needs to explain anything; below 30 the share is near the base rate
_LENGTHS = ((10, -1.8), (20, -1.0), (30, 0.0), (50, 1.2), (80, 2.0), (200, 2.8), (350, 2.6), (600, 1.6))
_ENDLESS = 0.4

_ID = r"[0-9a-f]{7,40}\b"
_I = re.IGNORECASE
# name, weight, at most so many times (a third is added for each further one), pattern
_SIGNS: tuple[tuple[str, float, int, re.Pattern[str]], ...] = (
    (
        "says “regression”",  # measured
        3.1,
        1,
        re.compile(r"\bregress(?:ion|ed|es|ions)\b(?! tests?\b| suite\b| check| coverage| analysis| model)", _I),
    ),
    (
        "blames a commit by its id",  # measured
        2.9,
        1,
        re.compile(
            r"\b(?:introduced|broken?|breaks|breakage|caused|regressed|regression|follow-?up|forgot|missed|missing"
            r"|fixes:|since|after|due to|because of|bug in|problem in|culprit|bisect\w*|blame\w*|fallout|fix for"
            rf"|side effect of|left ?over|overlooked|was (?:added|changed|removed)|ever since)\b[^.]{{0,60}}?{_ID}"
            rf"|\b(?:[Ii]n|[Cc]ommit|[Ww]ith|[Bb]y) (?:commit )?[\[(`]?{_ID}[^.]{{0,200}}?\b(?:broke|introduced|changed|forgot|missed"
            r"|accidentally|inadvertently|wrong|incorrect|bug|caus\w+|regress\w*|however|but|mistake|since then|unfortunately)",
        ),
    ),
    (
        "says who or what broke it",  # read
        1.2,
        2,
        re.compile(
            r"\b(?:introduced (?:by|in|with)|broke(?:n)? (?:by|in|since|when|the|this|with)|accidentally|inadvertently"
            r"|mistakenly|by mistake|overlooked|forg[oe]t\w*|unintention\w*|unintended|oversight|wrongly|erroneously"
            r"|incorrectly|never worked|mishandle\w*|fall-?out|off-by-one|typo in the|naive\w*)\b",
            _I,
        ),
    ),
    (
        "states a cause",  # read
        1.0,
        3,
        re.compile(
            r"\b(?:because|root cause|turns out|turned out|the (?:problem|issue|bug|culprit|cause|reason|trouble) (?:is|was|here|with|being)"
            r"|the reason (?:for|why|that)|caused by|due to|this (?:is|was) because|which (?:means|meant|caused|causes|leads|led|results|resulted)"
            r"|as a (?:result|consequence)|leads? to|led to|result(?:s|ed|ing)? in|happen(?:s|ed) (?:when|if|because)|occurs? (?:when|if)"
            r"|triggered (?:by|when|if)|assum(?:es?|ed|ing|ption)|the bug)\b",
            _I,
        ),
    ),
    (
        "names what it did to somebody",  # read
        0.9,
        3,
        re.compile(
            r"\b(?:crash\w*|data loss|los(?:e|es|t|ing) (?:data|messages?|updates?|writes?)|leak\w*|dead-?lock\w*|live-?lock\w*"
            r"|corrupt\w*|race condition|data race|racy|hang(?:s|ing)?|hung|stuck|overflow\w*|underflow\w*|use[- ]after[- ]free"
            r"|segfault\w*|SIGSEGV|infinite (?:loop|recursion)|endless\w*|vulnerab\w*|CVE-\d+|double[- ]free|panic\w*"
            r"|undefined behaviou?r|out[- ]of[- ]bounds?|read past|assert(?:ion)? (?:fail\w*|error|triggered)|stall\w*|starv\w*"
            r"|wrong (?:result|value|answer|output)s?|silently|fails? (?:to|with)|failed (?:to|with)|breaks?|null pointer|dangling|exploit\w*"
            r"|traceback|exception|unexpected(?:ly)?|incorrect|flak[ye]\w*|outage|incident|never (?:returns?|finish\w*|wakes?))\b",
            _I,
        ),
    ),
    (
        "tells what it was like before",  # read
        0.6,
        2,
        re.compile(
            r"\b(?:previously|before this|prior to this|used to|currently|until now|so far|in the past|originally|earlier"
            r"|however|but|although|even though|unfortunately|instead of|the old)\b",
            _I,
        ),
    ),
    (
        "says what must hold",  # read
        0.7,
        2,
        re.compile(
            r"\b(?:always|never|must(?: not|n't)?|make sure|makes sure|ensures?|should(?: not|n't)|don't|do not|cannot|can't"
            r"|avoid\w*|prevent\w*|in the future|from now on|careful|beware|lesson)\b",
            _I,
        ),
    ),
    ("tells how to see it", 0.6, 1, re.compile(r"\b(?:reproduc\w*|steps to|bisect\w*|backtrace|stack ?trace|valgrind|sanitizer|ASAN|TSAN|strace|fuzz\w*|reported (?:by|in|that))\b", _I)),
    ("was a workaround", 0.4, 1, re.compile(r"\bwork(?:ing)?[- ]?around\b", _I)),
    ("hotfix", -0.4, 1, re.compile(r"\bhot-?fix", _I)),  # measured
)  # fmt: skip

_FIX = re.compile(
    r"\b(?:fix(?:e[sd]|ing|up)?|bug\w*|avoid|prevent|don't|do not|never|wrong|broken?|crash\w*|leak\w*|race|dead-?lock\w*|corrupt\w*"
    r"|regression|overflow|correct(?:ly)?|restore|stop|handle|hang|segfault|incorrect|missing|revert|undo|vulnerab\w*|CVE-\d+"
    r"|out[- ]of[- ]bounds?|use[- ]after[- ]free|panic|ensure|make sure|fail\w*|properly|again|only if|unless|too)\b",
    _I,
)
_ADDS = re.compile(
    r"^(?:\[[^\]]*\]\s*|\([^)]*\)\s*|[\w./ ,*-]{1,30}[:(][\w, ]*\)?:?\s*)?(?:add\w*|implement\w*|introduc\w*|support\w*|allow\w*|refactor\w*|"
    r"renam\w*|feat\w*|ability|basic|improv\w*|optimi[sz]\w*|speed|perf\w*|benchmark\w*|clean\w*|simplif\w*|extend\w*|new|initial|first|"
    r"convert\w*|migrat\w*|moderni[sz]\w*|extract\w*|expose\w*|switch\w*|enable\w*|deprecat\w*|rewrit\w*|split\w*|move\w*|merge\w*|upgrad\w*|drop\w*|remov\w*|delet\w*|unify|test\w*|re-?work\w*|replace\w*|factor|teach|provide\w*|update\w*|document\w*|explain|describe|use)\b",
    _I,
)

_TESTING = re.compile(
    r"^(?:\[?(?:tests?|ci|build|t\d+)\b)|\btests?\b(?!\w)|\b(?:github actions|workflow|lint\w*|compiler warnings?|clippy|docs?)\b", _I
)


def signs_of(prose: Prose) -> Iterator[Sign]:
    """Every sign that a message gives, with its weight; `prose` may be of several texts about one change."""
    yield Sign(f"{prose.words} words of its own", _length(prose.words))
    whole = f"{prose.subject}. {prose.text}"
    for name, weight, most, pattern in _SIGNS:
        times = min(sum(1 for _ in pattern.finditer(whole)), most)
        if times:
            yield Sign(name, weight * (1 + (times - 1) / 3))
    if _FIX.search(prose.subject):
        yield Sign("its subject mends something", 1.5)  # read
    elif _ADDS.search(prose.subject):
        yield Sign("its subject adds or tidies", -4.0)  # read
    if _TESTING.search(prose.subject):
        yield Sign("its subject is about a test or a build", -1.0)  # read
    if not any(pattern.search(whole) for _, _, _, pattern in _SIGNS[:_EXPLAINING]):
        yield Sign("explains nothing", -1.5)  # read
    if prose.listed > 3 and prose.listed * _PER_ITEM > prose.words:
        yield Sign("lists many changes", -2.0)  # read


_EXPLAINING = 4  # the first signs: blame or a cause
_PER_ITEM = 15


def _length(words: int) -> float:
    return next((weight for below, weight in _LENGTHS if words < below), _ENDLESS)


def signs_of_files(files: Collection[PastFile]) -> Iterator[Sign]:
    """What the files of a change add to the signs of its words."""
    kinds = kinds_of_files(files)
    lines = sum(file.added + file.removed for file in files)
    if "tests" in kinds and "code" in kinds:
        yield Sign("adds or changes tests", 0.6)  # read
    if kinds and "code" not in kinds:
        yield Sign(f"changes only {' and '.join(sorted(kinds))}", -2.0)  # read
    if lines > _LARGE or len(files) > _MANY:
        yield Sign(f"changes {lines:,} lines of {len(files)} files", -2.0)  # read


_LARGE, _MANY = 1500, 40
