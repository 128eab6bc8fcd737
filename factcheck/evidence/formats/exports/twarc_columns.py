"""The columns of twarc's objects: a dotted name for every value in them, and the canonical ones."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.formats.exports.twarc_fields import (
    LISTS,
    PRESET,
    RETWEETED,
    Path,
    known,
    may_be_left_out,
    needed,
    ways,
)
from factcheck.evidence.formats.exports.twarc_survey import pointer
from factcheck.evidence.formats.headings import headings
from factcheck.evidence.formats.presets import TEXT, apply
from factcheck.evidence.formats.source import Note, SourceColumn

Tree = Mapping[Path, Mapping[str, None]]
_WITHIN = {"VARCHAR": "times", "BOOLEAN": "all"}
_NUMERIC = {"UBIGINT", "BIGINT", "DOUBLE", "HUGEINT", "UHUGEINT"}

# A tweet that another refers to, as far as it is needed, from its JSON.
REFERENCE = {
    **dict.fromkeys(("type", "id", "author_id", "text"), "VARCHAR"),
    "author": {"username": "VARCHAR"},
    "entities": {
        "hashtags": [{"tag": "VARCHAR"}],
        "urls": [dict.fromkeys(("url", "expanded_url", "display_url", "media_key"), "VARCHAR")],
        "mentions": [{"username": "VARCHAR"}],
    },
}
_ITEMS = {
    "hashtags.tag": "x.tag",
    # As twarc-csv has it: of an address that leads to a picture or video, the short form that is shown.
    "urls.expanded_url": "CASE WHEN x.media_key IS NULL THEN coalesce(x.expanded_url, x.url) ELSE x.display_url END",
    "mentions.username": "x.username",
}


def listed(field: str, value: str) -> str:
    """SQL: the texts in a list of entities."""
    return f"list_filter(list_transform({value}, lambda x: {_ITEMS[field]}), lambda x: x IS NOT NULL)"


def own(field: str, value: str, none: str) -> str:
    """SQL: the texts in a list of entities that is there as JSON, `none` without it; NULL where it is no list."""
    name = field.partition(".")[0]
    shape = json.dumps(REFERENCE["entities"][name])  # type: ignore[index]  # the entities are a dict
    found = listed(field, f"from_json({value}, {literal(shape)})")
    return f"CASE WHEN {value} IS NULL THEN {none} WHEN json_type({value}) = 'ARRAY' THEN {found} END"


@dataclass(frozen=True)
class Origin:
    """Objects in the relation: the struct `alias` holds those of `tree`, as fields below `prefix`."""

    prefix: Path
    alias: str
    tree: Tree

    def leaves(self, path: Path = ()) -> Iterator[Path]:
        """The paths of all values, in the order in which keys were met."""
        for key in self.tree.get(path, ()):
            child = (*path, key)
            if child in self.tree:
                yield from self.leaves(child)
            else:
                yield child

    def shape(self, more: Sequence[Path] = ()) -> dict[str, Any]:
        """The structure to transform the objects to; `more` values are in it whether there or not."""
        shape: dict[str, Any] = {}
        for leaf in [*filter(self._is_first, self.leaves()), *more]:
            _place(shape, leaf)
        return shape or {"id": "VARCHAR"}  # an empty structure is none

    def sql(self, leaf: Path) -> str:
        """The value as text. SQL does not tell keys apart by case: the second of two is read from the JSON itself."""
        if not self._is_first(leaf):
            return f"({self.alias}_json ->> {literal(pointer(leaf))})"
        value = ".".join([self.alias, *map(identifier, leaf)])
        return f"CAST({value} AS VARCHAR)" if leaf[-1] in LISTS else value

    @property
    def reads_json(self) -> bool:
        """Whether a column needs the objects as JSON, too."""
        return not all(map(self._is_first, self.leaves()))

    def _is_first(self, leaf: Path) -> bool:
        for at, key in enumerate(leaf):
            alike = (other for other in self.tree.get(leaf[:at], ()) if other.casefold() == key.casefold())
            if next(alike, key) != key:
                return False
        return True


def _place(shape: dict[str, Any], leaf: Path) -> None:
    """Adds a value, unless a key is there that SQL cannot tell from it."""
    for key in leaf[:-1]:
        inner = shape.setdefault(_spelled(shape, key), {})
        if not isinstance(inner, dict):
            return
        shape = inner
    shape.setdefault(_spelled(shape, leaf[-1]), "JSON" if leaf[-1] in LISTS else "VARCHAR")


def _spelled(shape: Mapping[str, Any], key: str) -> str:
    return next((other for other in shape if other.casefold() == key.casefold()), key)


def made(
    kind: str, origins: Sequence[Origin], types: Mapping[Path, set[str]], extra: Mapping[str, SourceColumn]
) -> tuple[dict[str, SourceColumn], list[Note]]:
    """All columns, those that only canonical ones need being `inner`, and notes of names that had to be changed."""
    found: dict[Path, list[str]] = {}
    for origin in origins:
        for leaf in origin.leaves():
            found.setdefault((*origin.prefix, *leaf), []).append(origin.sql(leaf))
    # A key with a dot in it is called like a path: the path goes first.
    found = dict(sorted(found.items(), key=lambda item: any("." in key for key in item[0])))
    names, replaced = headings([".".join(path) for path in found])
    columns = {
        name: _column(name, sqls, types.get(path, set()), inner=path == ("referenced_tweets",))
        for name, (path, sqls) in zip(names, found.items(), strict=True)
    }
    columns |= {name: column for name, column in extra.items() if name not in columns}
    asked = has_entities(origins[0].tree)
    columns |= {name: _absent(name, asked) for name in needed(kind) if name not in columns and may_be_left_out(name)}
    preset = replace(PRESET, columns=ways(kind, asked=asked))
    notes = [Note("repeated-heading", {"file": "the data", "heading": a}, b) for a, b in replaced]
    return {name: _seen(column, columns) for name, column in apply(preset, columns).items()}, notes


def _column(name: str, sqls: Sequence[str], kinds: set[str], *, inner: bool) -> SourceColumn:
    sql = sqls[0] if len(sqls) == 1 else f"coalesce({', '.join(sqls)})"
    column = SourceColumn(name, f"nullif({sql}, '')", inner=inner)
    if not kinds - {"NULL"}:
        return known(column)
    if kinds <= {*_NUMERIC, "NULL"}:
        return replace(column, within="numbers")
    if kinds & {"ARRAY", "OBJECT"} or len(kinds - {"NULL"}) > 1:
        return replace(column, stated=TEXT)
    return replace(column, within="all" if "BOOLEAN" in kinds else "times")


def has_entities(tree: Tree) -> bool:
    """Whether any object has entities: they were asked for, and one without them has none."""
    return "entities" in tree.get((), ())


def no_list(asked: bool) -> str:
    """SQL: the list of an object without one."""
    return f"CAST({'[]' if asked else 'NULL'} AS VARCHAR[])"


def _absent(name: str, asked: bool) -> SourceColumn:
    """A column that no object has; canonical ones are made from it nevertheless: the API leaves out what is empty."""
    is_list = name.removeprefix(f"{RETWEETED}.").removeprefix("entities.") in _ITEMS
    return SourceColumn(name, no_list(asked) if is_list else "CAST(NULL AS VARCHAR)", inner=True)


def _seen(column: SourceColumn, columns: Mapping[str, SourceColumn]) -> SourceColumn:
    """A canonical column names as its sources only columns that the dataset has."""
    uses: dict[str, None] = {}
    for use in column.uses:
        parts = use.split(".")
        above = (".".join(parts[:cut]) for cut in range(len(parts), 0, -1))
        shown = next((name for name in above if name in columns and not columns[name].inner), None)
        if shown is not None:
            uses[shown] = None
    return replace(column, uses=tuple(uses) or column.uses[:1])
