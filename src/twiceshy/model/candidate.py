"""What may become a lesson: words of the past about a mistake, quoted with their source, until a person accepts it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Sign(NamedTuple):
    """One reason to think that a text explains a mistake, and how much it counts."""

    name: str
    weight: float
