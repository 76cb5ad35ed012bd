"""XML that somebody else wrote: no entities, no fetching, bounded; every element knows its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from twiceshy.errors import MalformedEvidence

_CHUNK = 1024 * 1024
_DEEPEST = 200
_LONGEST = 2000  # characters of text kept of an element: logs of whole runs stand in reports


class Element:
    """An element: `tag` without its namespace, `line` where it starts, the elements in it, the start of its text.

    A plain class with slots: a report has hundreds of thousands of these.
    """

    __slots__ = ("attributes", "children", "line", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.line = line
        self.children: list[Element] = []
        self.text = ""

    def get(self, name: str) -> str:
        """An attribute, "" if it is not there."""
        return self.attributes.get(name, "")

    def all(self, *tags: str) -> Iterator[Element]:
        """This element and everything in it that has one of these tags, in document order."""
        if self.tag in tags:
            yield self
        for child in self.children:
            yield from child.all(*tags)


class _Builder:
    """Builds the tree; the parser tells the line."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.stack: list[Element] = []
        self.expat: Any = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        made = Element(tag.rpartition("}")[2], attributes, self.expat.CurrentLineNumber)
        if self.stack:
            self.stack[-1].children.append(made)
        else:
            self.root = made
        self.stack.append(made)
        if len(self.stack) > _DEEPEST:
            raise MalformedEvidence("the elements are nested too deeply", f"line {made.line}")

    def end(self, _tag: str) -> None:
        self.stack.pop()

    def data(self, text: str) -> None:
        if self.stack and len(self.stack[-1].text) < _LONGEST:
            self.stack[-1].text += text[:_LONGEST]

    def close(self) -> Element | None:
        return self.root


def xml_in(raw: bytes, *roots: str) -> Element:
    """The root element of `raw`, whose tag is one of `roots`. Raises MalformedEvidence.

    A document type may be named but nothing is declared by it or fetched: entities are refused, so no file can grow in
    memory or read another (https://github.com/tiran/defusedxml).
    """
    from defusedxml import DefusedXmlException, EntitiesForbidden, ExternalReferenceForbidden
    from defusedxml.ElementTree import DefusedXMLParser

    if not raw.strip():
        raise MalformedEvidence("the file is empty", "line 1")
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_entities=True, forbid_external=True)
    builder.expat = parser.parser
    try:
        for start in range(0, len(raw), _CHUNK):
            parser.feed(raw[start : start + _CHUNK])
        parser.close()
    except ParseError as error:
        line, column = error.position
        raise MalformedEvidence(
            f"this is not XML: {error}".partition(": line")[0], f"line {line} column {column}"
        ) from error
    except (EntitiesForbidden, ExternalReferenceForbidden) as error:
        said = "it declares an entity, which no report needs and some attacks do"
        raise MalformedEvidence(said, f"line {builder.expat.CurrentLineNumber}") from error
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise MalformedEvidence(f"this is not XML: {error}"[:200], f"line {builder.expat.CurrentLineNumber}") from error
    root = builder.root
    if root is None or root.tag not in roots:
        found = root.tag[:60] if root else "nothing"
        raise MalformedEvidence(
            f"the root is <{found}>, not <{'> or <'.join(roots)}>", f"line {root.line if root else 1}"
        )
    return root
