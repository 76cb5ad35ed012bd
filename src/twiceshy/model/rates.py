"""Shares of few cases with what can be said about them: a rate, its interval, and a control beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass

_Z = 1.959963984540054  # the normal distribution's 97.5 % point


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `of` cases."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 of no cases."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies with a confidence of 95 %; from 0 to 1 without cases.

        The score interval of Wilson (1927, doi:10.1080/01621459.1927.10502953), which stays sensible for few cases and
        shares near 0, as Brown, Cai and DasGupta (2001, doi:10.1214/ss/1009213286) found.
        """
        if not self.of:
            return 0.0, 1.0
        share, squared = self.share, _Z * _Z / self.of
        middle = (share + squared / 2) / (1 + squared)
        reach = _Z / (1 + squared) * math.sqrt(share * (1 - share) / self.of + squared / (4 * self.of))
        low = 0.0 if self.hits == 0 else max(0.0, middle - reach)
        return low, 1.0 if self.hits == self.of else min(1.0, middle + reach)


@dataclass(frozen=True, slots=True)
class Targeted:
    """How many fires a later fix took back, and the same for random lines of like commits."""

    fires: Rate
    control: Rate

    def plain(self) -> dict[str, object]:
        """Shares with their intervals, and what they were counted from, as plain values."""
        low, high = self.fires.interval
        control_low, control_high = self.control.interval
        shares = {
            "rate": self.fires.share,
            "low": low,
            "high": high,
            "control": self.control.share,
            "control_low": control_low,
            "control_high": control_high,
        }
        counts = {"fires": [self.fires.hits, self.fires.of], "control": [self.control.hits, self.control.of]}
        return {**{name: round(share, 4) for name, share in shares.items()}, "counts": counts}


def per_1000(fires: int, commits: int) -> float:
    """Fires per 1,000 commits, with two digits after the point; 0 without commits."""
    return round(fires * 1000 / commits, 2) if commits else 0.0
