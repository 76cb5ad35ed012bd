"""Every source over any bytes at all: figures that can be, or one typed error with its place; nothing else."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from snapshots import CASES, PIECE

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence import COMPARED, LIMIT, SOURCES, figures, recognised
from twiceshy.model.evidence import NONE, QUOTED, STATES, UNKNOWN, Evidence, Provenance

SAMPLES = {
    form: [
        (match["info"].split()[1], match["body"].replace("\n", "\0") if "nul" in match["info"] else match["body"])
        for match in PIECE.finditer((CASES / "evidence" / f"{form}.md").read_text(encoding="utf-8"))
        if match["fence"] and len(match["info"].split()) > 1
    ]
    for form in SOURCES
}
WORDS = [b"NaN", b"-1", b"1e999999", b"9" * 5000, b"Infinity", b"null", b"[]", b"{}", b'""', b"true", b"0"]
BYTES = [b"\xff", b"\0", b"\n", b"\r", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xae"]
MARKS = [b"<", b">", b"&a;", b"]]>", b"'", b'"', b",", b":", b"(", b"--", b"/*", b"$$", b"="]
DEEPLY = [b"[" * 3000, b'{"a":' * 3000, b"<a>" * 300, b"<!DOCTYPE a [<!ENTITY b 'c'>]>"]
TOKENS = st.sampled_from([*WORDS, *BYTES, *MARKS, *DEEPLY])


@st.composite
def mutated(draw, text: str) -> bytes:
    """A sample with pieces cut out, doubled, moved or replaced by what parsers do not like."""
    raw = text.encode()
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.integers(0, 60)))
        piece = draw(st.one_of(TOKENS, st.just(b""), st.just(raw[start:end] * 2), st.binary(max_size=6)))
        raw = raw[:start] + piece + raw[end:]
    numbers = list(re.finditer(rb"\d+", raw))
    if numbers and draw(st.booleans()):
        number = draw(st.sampled_from(numbers))
        raw = raw[: number.start()] + draw(TOKENS) + raw[number.end() :]
    return raw


def assert_possible(one: Evidence) -> None:
    """What is said can be: no number below zero, no share over its whole, a reason for what is unknown."""
    assert one.state in STATES
    assert one.provenance.source
    assert isinstance(one.value, int | Decimal | str | None)
    if isinstance(one.value, int | Decimal):
        assert one.value >= 0
        assert one.unit != "%" or one.value <= 100
        assert one.denominator is None or one.whole or one.unit == "%" or one.value <= one.denominator
    assert one.state != UNKNOWN or one.reason
    assert one.state != NONE or one.denominator
    assert one.state != QUOTED or (one.value.isprintable() and len(one.value) <= 300)
    assert one.about.isprintable()


def ask(form: str, raw: bytes, name: str) -> None:
    assert isinstance(recognised(raw, name), list)
    try:
        for one in figures(form, raw, Provenance(name)):
            assert_possible(one)
    except MalformedEvidence as error:
        assert error.message


@pytest.mark.parametrize("form", SOURCES)
@given(raw=st.binary(max_size=200), data=st.data())
def test_arbitrary_bytes_are_figures_or_one_error(form, raw, data):
    ask(form, raw, data.draw(st.sampled_from([name for name, _ in SAMPLES[form]])))


@pytest.mark.parametrize("form", SOURCES)
@given(data=st.data())
def test_a_damaged_file_is_figures_or_one_error(form, data):
    name, text = data.draw(st.sampled_from(SAMPLES[form]))
    ask(form, data.draw(mutated(text)), name)


@pytest.mark.parametrize("form", COMPARED)
@given(data=st.data())
def test_two_damaged_files_are_compared_or_one_error(form, data):
    name, text = data.draw(st.sampled_from(SAMPLES[form]))
    other = data.draw(st.sampled_from([text for path, text in SAMPLES[form] if path == name]))
    try:
        for one in COMPARED[form].compare(data.draw(mutated(text)), data.draw(mutated(other)), name, Provenance(name)):
            assert_possible(one)
    except MalformedEvidence as error:
        assert error.message


@pytest.mark.parametrize("form", sorted(set(SOURCES) - {"touched"}))
def test_a_byte_order_mark_and_utf_16_change_nothing(form):
    for name, text in SAMPLES[form]:
        try:
            plain = figures(form, text.encode(), Provenance(name))
        except MalformedEvidence:
            continue
        assert figures(form, b"\xef\xbb\xbf" + text.encode(), Provenance(name)) == plain
        if not text.startswith("<?xml"):
            assert figures(form, b"\xff\xfe" + text.encode("utf-16-le"), Provenance(name)) == plain


@pytest.mark.parametrize("form", SOURCES)
@pytest.mark.parametrize("raw", [b"", b"\n", b"\xff", b"\0", b"null", b"[", b"<", b"{}", b"[]", b"<a/>"])
def test_next_to_nothing_is_no_figure(form, raw):
    name = SAMPLES[form][0][0]
    if form == "codeowners" and raw.isascii() and raw.strip(b"\0\n"):
        pytest.skip("any word is a pattern there, and owned by nobody")
    try:
        found = figures(form, raw, Provenance(name))
    except MalformedEvidence:
        return
    assert [one for one in found if one.state not in (UNKNOWN, QUOTED)] == []


def test_a_file_over_the_limit_is_refused_by_its_size():
    with pytest.raises(MalformedEvidence, match="larger than 64 MB"):
        figures("junit", b" " * (LIMIT + 1), Provenance("a.xml"))


DEEP = {
    "json": b"[" * 100_000,
    "objects": b'{"a":' * 100_000,
    "xml": b"<testsuite>" * 100_000,
    "yaml": b"openapi: 3\npaths: " + b"[" * 100_000,
    "python": b"from alembic import op\ndef upgrade(): " + b"(" * 100_000,
    "comments": b"/*" * 100_000,
    "quotes": b"'" * 100_001,
    "open comments": b"/* " * 200_000,
    "module paths": b"module a\nrequire " + b"a." * 200_000,
    "owners": b"* a@" + b"a." * 200_000 + b"!",
    "tags": b" ".join(b"$" + b"k" * (at % 500) + b"$" for at in range(20_000)),
    "dollars": b"$a$" * 50_001,
    "suites": b'{"suites":' + b'[{"suites":' * 20_000 + b"[]" + b"}]" * 20_000 + b"}",
}


@pytest.mark.parametrize("what", DEEP)
def test_deep_nesting_and_hostile_repetition_end_at_once(what):
    for form in SOURCES:
        lock = "go.mod" if what == "module paths" else "uv.lock"
        name = {"migration": "a.py" if what == "python" else "a.sql", "lockfile": lock}.get(form, "a")
        ask(form, DEEP[what], name)
