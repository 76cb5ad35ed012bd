"""The strings of a TOML or JSON text, with the keys that lead to them and where they stand.

Not parsers that judge: a hook sees halves of files, files with conflict markers and files somebody is still typing, and
the standard library's strict parsers give neither the rest of such a file nor a line number. On valid files both agree
(the tests compare them). Linear in the text, without recursion.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Key = tuple[str, int]

_JSON = re.compile(r'"([^"\\\n]*+(?:\\.[^"\\\n]*+)*+)"?(\s*+:)?|[{}\[\]]')
_NAME = r"""(?: [A-Za-z0-9_-]++ | "[^"\n]*+" | '[^'\n]*+' )"""
_TOML = re.compile(
    rf"""
      \#[^\n]*+
    | (?P<header> ^[ \t]*+ \[\[?+ [ \t]*+ (?P<path> [A-Za-z_][^\]\n]*+ ) \]\]?+ [ \t]*+ \r?+ (?= \n | \# | \Z ) )
    | (?P<key> (?P<dotted> {_NAME} (?: [ \t]*+ \. [ \t]*+ {_NAME} ){{0,9}} ) [ \t]*+ =
               (?: [ \t]*+ (?P<bare> [\w.+:-]++ ) )?+ )
    | (?P<text> "{{3}} (?P<long> (?: [^"\\] | \\. | "(?!"") )*+ ) (?: "{{3}} )?+
              | '{{3}} (?P<raw> (?: [^'] | '(?!'') )*+ ) (?: '{{3}} )?+
              | " (?P<short> [^"\\\n]*+ (?: \\. [^"\\\n]*+ )*+ ) "?+
              | ' (?P<plain> [^'\n]*+ ) '?+ )
    | [\w.+:-]++
    | (?P<sign> [\[\]{{}},\n] )
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_PART = re.compile(_NAME, re.VERBOSE)
_DEEPEST = 64  # no manifest nests values further; it bounds the work on text that is none


def json_strings(text: str) -> Iterator[tuple[list[Key], Key, str, int]]:
    """Every string value that has a key: the keys around it, its own key, its raw text and its offset.

    A key is its raw text and its offset; an object or array without one has the empty key. The list is reused.
    """
    nameless: Key = ("", 0)
    around: list[Key] = []
    key = nameless
    for token in _JSON.finditer(text):
        sign = token[0][0]
        if sign == '"' and token[2]:
            key = (token[1], token.start())
            continue
        if sign == '"':
            if key is not nameless:
                yield around, key, token[1], token.start()
        elif sign in "{[":
            around.append(key)
        elif around:
            around.pop()
        key = nameless


def toml_strings(text: str) -> Iterator[tuple[tuple[str, ...], int, str, int]]:
    """Every string, and every bare value right after its key: keys from the root, the key's offset, itself, its offset.

    Strings are raw: escapes are not resolved. One that stands alone, as in a cut-out of an array, has no keys.
    """
    table: tuple[str, ...] = ()
    keys, key_at = table, 0
    opened: list[tuple[str, ...]] = []
    for token in _TOML.finditer(text):
        kind, at = token.lastgroup, token.start()
        if kind == "header":
            table = keys = _path(token["path"])
            opened = []
        elif kind == "key":
            keys, key_at = (opened[-1] if opened else table) + _path(token["dotted"]), at
            if token["bare"]:
                yield keys, key_at, token["bare"], token.start("bare")
        elif kind == "text":
            long, raw, short, plain = token.group("long", "raw", "short", "plain")
            yield keys, key_at, long or raw or short or plain or "", at
        elif kind == "sign":
            if token[0] in "[{":
                opened.append(keys)
                if len(opened) > _DEEPEST:
                    return
            elif opened:
                keys = opened[-1] if token[0] in ",\n" else opened.pop()
            elif token[0] == "\n":
                keys = table


def _path(text: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(text))
