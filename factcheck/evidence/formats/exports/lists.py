"""Lists as tools write them into one cell: Python's repr, JSON, brackets without quotes, addresses with commas.

Each is read whole or not at all: SQL gives the list as the engine writes lists, which a stated type `list` reads
back exactly; text that is no such list becomes text that is none, and is counted as lost.
"""

from __future__ import annotations

from factcheck.evidence.formats.exports.clocks import UNREAD
from factcheck.evidence.formats.presets import LIST, Way, Ways

_LITERAL = r"""(?:''(?:[^''\\]|\\.)*''|"(?:[^"\\]|\\.)*")"""
_PAIR = rf"{_LITERAL}\s*:\s*{_LITERAL}"
_DICT = rf"\x7B\s*{_PAIR}(?:\s*,\s*{_PAIR})*\s*\x7D"


def _sequence(item: str) -> str:
    """The pattern of a Python list of such items."""
    return rf"'\s*\[\s*(?:{item}(?:\s*,\s*{item})*)?\s*\]\s*'"


def python_list(*names: str, key: str = "", strip: str = "") -> Ways:
    """A list of strings as Python writes it, or of dicts, of each its `key`; a leading `strip` goes."""
    return tuple(Way((name,), _checked(_python("{0}", key, strip), "{0}"), stated=LIST) for name in names)


def archive_list(*names: str) -> Ways:
    """A list in brackets, its items with Python's quotes or with none; an empty cell is an empty list."""
    cell = "coalesce({0}, '[]')"
    inner = f"regexp_extract({cell}, '^\\s*\\[(.*)\\]\\s*$', 1, 's')"
    bare = f"list_filter(string_split({inner}, ', '), lambda item: trim(item) <> '')"
    is_bare = f"regexp_full_match({cell}, '\\s*\\[.*\\]\\s*', 's')"
    sql = f"CASE WHEN {_is_python(cell)} THEN {_python(cell, '', '')} WHEN {is_bare} THEN {bare} END"
    return tuple(Way((name,), _checked(sql, cell), stated=LIST) for name in names)


def json_texts(name: str, path: str) -> Ways:
    """The texts at a path of JSON, such as `$.hashtags[*].text`."""
    found = f"CASE WHEN json_valid({{0}}) THEN json_extract_string({{0}}, '{path}') END"
    return (Way((name,), _checked(found, "{0}"), stated=LIST),)


def addresses(*names: str, none: bool = False) -> Ways:
    """Addresses joined by commas, which they may hold themselves; `none`: an empty cell is an empty list."""
    cell = "coalesce({0}, '')" if none else "{0}"
    parted = rf"string_split(regexp_replace({cell}, '\s*,\s*([a-z]+://)', chr(31) || '\1', 'g'), chr(31))"
    items = f"list_transform({parted}, lambda item: trim(item))"
    return tuple(Way((name,), f"list_filter({items}, lambda item: item <> '')", type="VARCHAR[]") for name in names)


def _checked(sql: str, cell: str) -> str:
    return f"CASE WHEN {cell} IS NOT NULL THEN coalesce(CAST(({sql}) AS VARCHAR), '{UNREAD}' || {cell}) END"


def _is_python(cell: str) -> str:
    return f"regexp_full_match({cell}, {_sequence(_LITERAL)}, 's')"


def _python(cell: str, key: str, strip: str) -> str:
    """SQL of a Python list as a list of strings, NULL where it is none."""
    cases = f"WHEN {_is_python(cell)} THEN regexp_extract_all({cell}, '{_LITERAL}', 0, 's')"
    if key:
        # Found one after the other, so that what stands within a value is never taken for a pair.
        pairs = f"regexp_extract_all({cell}, '{_PAIR}', 0, 's')"
        keyed = f"list_filter({pairs}, lambda pair: starts_with(pair, '''{key}'''))"
        valued = rf"list_transform({keyed}, lambda pair: regexp_replace(pair, '^{_LITERAL}\s*:\s*', '', 's'))"
        cases += f" WHEN regexp_full_match({cell}, {_sequence(_DICT)}, 's') THEN {valued}"
    literals = f"CASE {cases} END"
    plain = f"list_transform({literals}, lambda item: substr(item, 2, length(item) - 2))"
    texts = f"'[' || array_to_string(list_transform({literals}, lambda item: {_json('item')}), ',') || ']'"
    read = f"CASE WHEN contains({cell}, chr(92)) THEN TRY(from_json({texts}, '[\"VARCHAR\"]')) ELSE {plain} END"
    return f"list_transform({read}, lambda item: regexp_replace(item, '^{strip}', ''))" if strip else read


def _json(item: str) -> str:
    r"""SQL of a Python string literal as a JSON one. Escapes that JSON does not know leave it no JSON."""
    body = f"replace(substr({item}, 2, length({item}) - 2), '\\\\', chr(1))"
    bare = f"replace(replace({body}, '\\''', ''''), '\"', '\\\"')"
    told = f"CASE WHEN starts_with({item}, '\"') THEN {body} ELSE {bare} END"
    hexed = rf"regexp_replace({told}, '\\x([0-9a-f][0-9a-f])', '\\u00\1', 'g')"
    return f"'\"' || replace({hexed}, chr(1), '\\\\') || '\"'"
