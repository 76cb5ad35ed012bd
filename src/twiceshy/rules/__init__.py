"""Lint: one file = one thing that can be wrong with a document; `RULES` is the table of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from twiceshy.markdown.page import Page
from twiceshy.model.diagnostic import Diagnostic
from twiceshy.model.ports import Surroundings
from twiceshy.rules import (
    broken_front_matter,
    broken_guard,
    colliding_ids,
    contradictory_guard,
    dead_link,
    guard_example,
    leftover_slot,
    missing_section,
    past_review,
    unproved_block,
)


class Rule(Protocol):
    """What a module of this folder offers."""

    def check(self, page: Page, around: Surroundings) -> Iterator[Diagnostic]:
        """Everything that is wrong with `page` in this respect."""


RULES: dict[str, Rule] = {
    "broken-front-matter": broken_front_matter,
    "broken-guard": broken_guard,
    "colliding-ids": colliding_ids,
    "contradictory-guard": contradictory_guard,
    "dead-link": dead_link,
    "guard-example": guard_example,
    "leftover-slot": leftover_slot,
    "missing-section": missing_section,
    "past-review": past_review,
    "unproved-block": unproved_block,
}
