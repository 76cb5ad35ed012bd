"""Which words of code are worth remembering: names that somebody made up, flags, and such, from lines of code.

A word that any file could hold (`token`, `self`, `get`) says nothing when it comes back. `git+file`, `--install-links`
and `install_state_v2` do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from twiceshy.guards import matches_path

_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_SCHEME = re.compile(r"(?<![\w+])[a-z]\w*\+[a-z]\w*(?=:)")
_FLAG = re.compile(r"(?<![\w-])--[A-Za-z]\w+(?:-\w+)*")
_KEBAB = re.compile(r"(?<![\w-])[A-Za-z]\w+(?:-[A-Za-z]\w+)+(?![\w-])")
_LINK = re.compile(r"(?<![+\w])(?:https?|ftp|ssh)://[^\s\"'<>]*")
_BLOCK = re.compile(r"/\*.*?(?:\*/|$)")
_HASH = re.compile(r"(?:^|\s)#(?![{!]).*$")
_SLASHES = re.compile(r"(?:^|[\s;{}),])//.*$")
_HASHED = tuple(
    "*.py *.pyi *.pyx *.sh *.bash *.rb *.yml *.yaml *.toml *.pl *.pm *.cfg *.ini *.conf *.mk *.am *.ac *.m4 *.cmake"
    " *.tcl *.ex *.exs *.r *.jl *.nix Makefile Dockerfile Gemfile Rakefile Jenkinsfile".split()
)
# What quotes code or tries it, and what changes its words without anybody deciding about code.
_ELSEWHERE = tuple(
    "*.md *.markdown *.mdx *.mdc *.rst *.adoc *.txt *.tex *.texi *.html *.htm *.[1-9] *.mod *.svg *.po *.pot *.csv"
    " *.tsv *.ipynb *.json *.xml *.pem *.crt *.patch *.diff *.out *.golden CHANGES* CHANGELOG* NEWS* HISTORY*"
    " RelNotes* README* AUTHORS* THANKS* LICENSE* COPYING* docs/ doc/ documentation/ Documentation/ test/ tests/"
    " testing/ testdata/ fixtures/ spec/ specs/ __tests__/ test_* test-* tests.* *_test.* *_tests.* *.test.* *.spec.*"
    " *Test.java *Tests.cs t/t[0-9]*".split()
)
_SHORTEST, _LONGEST = 5, 60
_MOST = 12


def holds_code(path: str) -> bool:
    """Whether a file is code, and no test, document or data; what is generated or borrowed is history's to say."""
    return not matches_path(path, _ELSEWHERE)


def words_of(lines: Iterable[str], path: str) -> set[str]:
    """The distinctive words in these lines of the file `path`, comments and links left out."""
    is_hashed = matches_path(path, _HASHED)
    found: set[str] = set()
    for line in lines:
        code = _without_comments(line[:1000], is_hashed)
        for pattern in (_WORD, _SCHEME, _FLAG, _KEBAB):
            found.update(word for word in pattern.findall(code) if _is_distinctive(word))
    return found


def strongest(words: Iterable[str], files: dict[str, int]) -> tuple[str, ...]:
    """At most a dozen of `words`: the rarest first (`files`: how many others hold them), then the longest."""
    return tuple(sorted(words, key=lambda word: (files.get(word, 0), "+" not in word, -len(word), word))[:_MOST])


def pattern_of(word: str) -> str:
    """An RE2 pattern for `word` standing by itself."""
    ends = _around(word)
    return f"(?:^|[^{ends}]){re.escape(word)}(?:$|[^{ends}])"


def is_in(word: str, text: str) -> bool:
    """Whether `word` stands somewhere in `text` by itself."""
    ends = _around(word)
    return word in text and re.search(rf"(?<![{ends}]){re.escape(word)}(?![{ends}])", text) is not None


def _around(word: str) -> str:
    """The characters that would make it another word: a flag goes on after a hyphen."""
    return "\\w$-" if word.startswith("-") else "\\w$"


def _without_comments(line: str, is_hashed: bool) -> str:
    bare = line.strip()
    if bare.startswith(("//", "/*", "* ", "*/", "<!--")) or (is_hashed and bare.startswith("#")):
        return ""
    line = _BLOCK.sub(" ", _LINK.sub(" ", line))
    return (_HASH if is_hashed else _SLASHES).sub("", line)


def _is_distinctive(word: str) -> bool:
    if not _SHORTEST <= len(word) <= _LONGEST or _looks_random(word):
        return False
    if "+" in word:
        return True
    if "-" in word:
        return len(word) >= 8
    return (
        "_" in word.strip("_")
        or re.search(r"[a-z][A-Z]", word) is not None
        or (len(word) > _SHORTEST and re.search(r"[A-Za-z]\d|\d[A-Za-z]", word) is not None)
    )


def _looks_random(word: str) -> bool:
    """Keys and hashes change their kind of character at every other place."""
    turns = len(re.findall(r"[a-z][A-Z]|[A-Z][a-z]|[A-Za-z]\d|\d[A-Za-z]", word))
    return len(word) >= 15 and turns > len(word) * 0.22
