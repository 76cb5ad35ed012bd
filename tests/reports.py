"""Reports as hypothesis makes them: of any words, and of words that mean something to a terminal or a page."""

from __future__ import annotations

from hypothesis import strategies as st

from twiceshy.model.diagnostic import SEVERITIES, Diagnostic, Report, Unread
from twiceshy.model.text import Location

NASTY = [
    "\x1b[31m",
    "\x9b2J",
    "\r",
    "\r\n",
    "\n::error::x",
    "%0A",
    "::",
    ",",
    "[a](1)",
    "<img>",
    "a/b c.py",
    "\udce9.md",
    "{0}",
    "\udcff",
    "\u202e",
    "\0",
]
WORDS = st.lists(st.one_of(st.text(st.characters(), max_size=12), st.sampled_from(NASTY)), max_size=6).map("".join)
LOCATIONS = st.builds(
    lambda path, line, more: Location(path, line, line + more),
    WORDS,
    st.integers(0, 10**6),
    st.integers(0, 9),
)
FINDINGS = st.builds(
    Diagnostic,
    rule=WORDS,
    level=st.sampled_from(SEVERITIES),
    message=WORDS,
    location=LOCATIONS,
    why=WORDS,
    instead=WORDS,
    see=st.none() | LOCATIONS,
    lesson=WORDS,
    snippet=WORDS,
    is_guard=st.booleans(),
)
REPORTS = st.builds(
    Report,
    findings=st.lists(FINDINGS, max_size=4).map(tuple),
    suppressed=st.integers(0, 9),
    expired=st.integers(0, 9),
    unreadable=st.lists(st.builds(Unread, WORDS, WORDS), max_size=2).map(tuple),
    notes=st.lists(WORDS, max_size=2).map(tuple),
)
TOOLS = st.sampled_from(["check", "lint"])
