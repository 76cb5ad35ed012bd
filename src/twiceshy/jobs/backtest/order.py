"""In which order fires are shown to be judged: the culprit first, and any few of the rest are spread over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from twiceshy.model.backtest import Backtest, Fire

Item = TypeVar("Item")


def spread(items: Sequence[Item]) -> list[Item]:
    """All items so that the first few of them lie far apart, always in the same order.

    The order of bits reversed, as in van der Corput's sequence (1935): the middle comes before the quarters, and so on.
    """
    bits = max(len(items) - 1, 0).bit_length()
    turned = (int(f"{number:0{bits}b}"[::-1] or "0", 2) for number in range(1 << bits))
    return [items[number] for number in turned if number < len(items)]


def to_judge(backtest: Backtest) -> list[Fire]:
    """Every fire in the order in which a person is asked about it."""
    culprit = backtest.subject.guard.culprit
    own = [fire for fire in backtest.fires if culprit and fire.commit.sha.startswith(culprit.lower())]
    return own + spread([fire for fire in backtest.fires if fire not in own])
