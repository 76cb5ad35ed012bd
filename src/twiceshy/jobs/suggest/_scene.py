"""A mistake and how it was mended, as the proposers look at it; and what one of them proposes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from twiceshy.jobs.messages.prose import own_words
from twiceshy.jobs.suggest._concordance import Concordance
from twiceshy.jobs.suggest._swaps import Swap, code_lines, code_of, is_test, moved_lines, swaps
from twiceshy.jobs.suggest._tokens import Token, tokens_of, words_in
from twiceshy.model.change import ChangedFile, lines_of
from twiceshy.model.glob import glob_of

_MOST_FILES = 400  # of one commit: those that the fix changes as well go first


@dataclass(frozen=True, slots=True)
class Draft:
    """A guard that may fit: its keys as they will be written, and examples to choose from, the shortest first.

    `form` names the proposer's idea, `what` says in words what it recognises; `core` are the tokens that make the
    difference between wrong and right, `swap` is where.
    """

    form: str
    keys: Mapping[str, object]
    what: str
    path: str
    core: tuple[str, ...]
    bad: tuple[object, ...]
    good: tuple[object, ...]
    swap: Swap | None = None
    notes: tuple[str, ...] = field(default=())


class Scene:
    """The culprit's and the fix's changes, and what the fix's author wrote."""

    def __init__(self, culprit: Sequence[ChangedFile], fix: Sequence[ChangedFile], message: str = "") -> None:
        names = {file.path.rpartition("/")[2] for file in fix}
        self.culprit = sorted(culprit, key=lambda file: file.path.rpartition("/")[2] not in names)[:_MOST_FILES]
        self.fix = fix[:_MOST_FILES]
        self.message = message
        self._indexed: dict[tuple[str, str], Concordance] = {}
        self._known: dict[tuple[str, str], dict[str, str]] = {}

    @cached_property
    def swaps(self) -> list[Swap]:
        """Every difference of the fix, without what it does to tests unless it does nothing else."""
        own = [file for file in self.fix if not is_test(file.path)]
        return swaps(own) or swaps(self.fix)

    @cached_property
    def things(self) -> int:
        """How many different things the fix changed: the same difference in several places is one."""
        said = {(tuple(t.text for t in s.taken), tuple(t.text for t in s.given)) for s in self.swaps}
        return len(said)

    @cached_property
    def told(self) -> frozenset[str]:
        """The words of the fix's message."""
        return words_in(own_words(self.message))

    @cached_property
    def moved(self) -> frozenset[str]:
        """The lines the culprit only moved."""
        return moved_lines(self.culprit)

    def culprit_file(self, path: str) -> ChangedFile | None:
        """What the culprit did to the file that the fix calls `path`: the same path, else the same name."""
        name = path.rpartition("/")[2]
        return self._by_path.get(path) or next(
            (file for known, file in self._by_path.items() if known.rpartition("/")[2] == name), None
        )

    @cached_property
    def _by_path(self) -> dict[str, ChangedFile]:
        return {file.path: file for file in code_of(self.culprit)}

    def made(self, path: str) -> Concordance:
        """The lines that the culprit added to `path`, without their comments."""
        return self._concordance((path, "added"), lambda: self._lines(path, "added"))

    def undone(self, path: str) -> Concordance:
        """The lines that the culprit took out of `path` for good, without their comments."""
        return self._concordance((path, "removed"), lambda: self._lines(path, "removed"))

    def after(self, file: ChangedFile) -> Concordance:
        """The lines of a file as the fix left it."""
        return self._concordance((file.path, "after"), lambda: lines_of(file.new_text() or ""))

    def _concordance(self, key: tuple[str, str], lines: Callable[[], Iterable[str]]) -> Concordance:
        if key not in self._indexed:
            self._indexed[key] = Concordance(lines())
        return self._indexed[key]

    def raw(self, path: str, line: str) -> str:
        """One of these lines as it was written."""
        return self._lines(path, "added").get(line) or self._lines(path, "removed").get(line) or line

    def _lines(self, path: str, side: str) -> dict[str, str]:
        if (path, side) not in self._known:
            file = self.culprit_file(path)
            raw = [line for hunk in file.hunks for line in getattr(hunk, side)] if file else []
            bare = code_lines(file, raw, self.moved if side == "removed" else frozenset()) if file else ()
            self._known[path, side] = {line: whole for line, whole in zip(bare, raw, strict=True) if line.strip()}
        return self._known[path, side]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands in the files that the fix leaves behind."""
        texts = (file.new_text() or "" for file in code_of(self.fix)[:20])
        lines = chain.from_iterable(lines_of(text) for text in texts)
        return Counter(token.text for token in tokens_of(lines) if token.is_word)

    @cached_property
    def usual(self) -> frozenset[str]:
        """The words that are in so many names of these files that they tell nothing."""
        counts: Counter[str] = Counter()
        for name, number in self.counts.items():
            counts.update(dict.fromkeys(words_in(name), number))
        return frozenset(
            word for word, number in counts.most_common(12) if number > 9 and number * 40 > self.counts.total()
        )

    def suffices(self, tokens: Sequence[Token]) -> bool:
        """Whether these tokens say so much that they hardly stand anywhere by chance."""
        words = {token.text for token in tokens if token.is_word}
        named = [token.text for token in tokens if self.tells(token)]
        return bool(named) and sum(map(len, words)) > 7 and (len(words) > 1 or len(named[0]) > 9)

    def tells(self, token: Token) -> bool:
        """Whether it is a name that does not stand everywhere."""
        return token.tells and self.counts[token.text] <= max(40, len(self.counts) // 4)


def place(path: str) -> str:
    """The glob that means the file at `path` and nothing else, as a person would write it."""
    if set(path) & set("*?[]\\{}!# ") or not path.isprintable():
        return glob_of(path)
    return path if "/" in path else f"/{path}"
