"""A figure and where it comes from: no evidence without a provenance, so that nothing can be invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

KNOWN, NONE, UNKNOWN, NOT_APPLICABLE, QUOTED = "known", "none", "unknown", "not-applicable", "quoted"
BOUND, CHANGED, GONE = "as bound", "changed since", "gone"
STATES = (KNOWN, NONE, UNKNOWN, NOT_APPLICABLE, QUOTED)
_HUNDREDTH = Decimal("0.01")

Value = int | Decimal | str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where figures come from: the file at `source` (relative to the root), or `git` and the `command` it was asked.

    `sha256` is that of the bytes that were read; `time` (ISO 8601), `command`, `commit`, `dirty` (None if nobody said),
    `tool`, `tool_version` and `run_url` are what is known of the run that made them, "" where nothing is.
    """

    source: str
    sha256: str = ""
    command: str = ""
    time: str = ""
    commit: str = ""
    dirty: bool | None = None
    tool: str = ""
    tool_version: str = ""
    run_url: str = ""

    def __post_init__(self) -> None:
        if not self.source:
            raise ValueError("a provenance names its source")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure speaks for: a suite (`unit`), an environment (`production`), a range of commits; "" for any."""

    suite: str = ""
    environment: str = ""
    range: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure or quotation: `name` (such as `tests.passed`) says what of, `about` which one if there are several.

    `state` is `known`; `none` (evidence says zero of `denominator`, which is over zero); `unknown` (`reason` says what
    was looked for); `not-applicable` (`reason` says who said so); `quoted` (a text as it stands at `place`). `unit` is
    that of the value: `%`, `s`, `ms`, `1/s`, or the plural of what is counted; `whole` is what the denominator counts,
    if that is something else ("0 vulnerabilities in 42 packages"). `place` is a line or a path in the file.
    Raises ValueError for what cannot be: a number that is none, a zero of zero, an unknown without its reason.
    """

    name: str
    value: Value | None
    provenance: Provenance
    state: str = KNOWN
    unit: str = ""
    about: str = ""
    scope: Scope = field(default_factory=Scope)
    denominator: int | None = None
    whole: str = ""
    reason: str = ""
    place: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.provenance, Provenance):
            raise ValueError("evidence has a provenance")
        if isinstance(self.value, bool | float) or (isinstance(self.value, Decimal) and not self.value.is_finite()):
            raise ValueError(f"{self.value!r} is no figure")
        if not _fits(self):
            raise ValueError(f"{self.name} cannot be {self.state} with {self.value!r} of {self.denominator}")


def _fits(one: Evidence) -> bool:
    """Whether the state of a figure goes with what it says."""
    if one.state in (UNKNOWN, NOT_APPLICABLE):
        return one.value is None and bool(one.reason)
    if one.state == NONE:
        return one.value == 0 and (one.denominator or 0) > 0
    if one.state == QUOTED:
        return isinstance(one.value, str) and bool(one.value)
    return one.state == KNOWN and one.value is not None and one.value != ""


def percent(part: int, whole: int) -> Decimal:
    """100 × part / whole with two decimals; never 100 or 0 unless it is exactly that. Raises ValueError.

    `whole` is over zero and `part` within it. Rounding goes half up and stops short of the two ends, for "100 %" and
    "0 %" are read as "all" and "none".
    """
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"{part} of {whole} is no share")
    share = (Decimal(100) * part / whole).quantize(_HUNDREDTH, ROUND_HALF_UP)
    if 0 < part < whole:
        share = min(max(share, _HUNDREDTH), 100 - _HUNDREDTH)
    return share


@dataclass(frozen=True, slots=True)
class Binding:
    """What somebody stated about a result file: which commit, suite, environment and run it belongs to.

    `statement` is the path of the statement, `path` that of the file, both relative to the root. `dirty` is None if it
    is not known whether the working tree held more than the commit. `exit_code` and `seconds` are None unless the run
    was captured; a run without a result file has the form `run` and no `path`.
    """

    statement: str
    path: str
    sha256: str
    form: str
    suite: str = ""
    environment: str = ""
    commit: str = ""
    dirty: bool | None = None
    command: str = ""
    exit_code: int | None = None
    seconds: Decimal | None = None
    tool: str = ""
    tool_version: str = ""
    time: str = ""
    run_url: str = ""

    @property
    def provenance(self) -> Provenance:
        """The provenance of every figure in the file."""
        return Provenance(
            self.path or self.statement,
            sha256=self.sha256,
            command=self.command,
            time=self.time,
            commit=self.commit,
            dirty=self.dirty,
            tool=self.tool,
            tool_version=self.tool_version,
            run_url=self.run_url,
        )

    @property
    def scope(self) -> Scope:
        """What every figure in the file speaks for."""
        return Scope(self.suite, self.environment)


@dataclass(frozen=True, slots=True)
class Standing:
    """A binding and whether its file is `as bound`, `changed since` or `gone`; `reason` says more if need be."""

    binding: Binding
    word: str
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether the figures of the file may count."""
        return self.word == BOUND
