"""What a SELECT may name: its datasets, subqueries and the columns that they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from sqlglot import exp

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.expressions.columns import find
from factcheck.evidence.expressions.lineage import mark, none_when_null, origins_of, union, without_none
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.scope import ExpressionError, did_you_mean
from factcheck.evidence.expressions.typed import Typed


@dataclass
class Source:
    """A relation of FROM under the name that it has there. Without columns, its columns cannot be told."""

    alias: str
    columns: dict[str, Column]
    optional: bool = False  # on the side of an outer join that may have no row


@dataclass
class SourceNames:
    """The sources of one SELECT; `outer` are those of the SELECT around it, for a subquery that refers to them."""

    zone: str | None
    outer: SourceNames | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    merged: set[str] = field(default_factory=set)  # columns of USING, which belong to both sides
    aliases: dict[str, Typed] = field(default_factory=dict)  # of the SELECT list
    alias_first: bool = False  # HAVING, and a name alone in ORDER BY, look among them first …
    grouped: set[str] = field(default_factory=set)  # … but for the columns of GROUP BY

    def add(self, node: exp.Expression, source: Source) -> None:
        if source.alias in self.sources:
            raise fail(node, f"'{source.alias}' occurs twice", "give one of them another name: … AS other", "alias")
        self.sources[source.alias] = source

    def none_when_missing(self, _columns: frozenset[str]) -> bool:
        """In a SELECT, NULL is what SQL says it is."""
        return False

    def column(self, node: exp.Expression) -> Typed:
        if not isinstance(node, exp.Column) or not isinstance(node.this, exp.Identifier):
            raise fail(node, "this is not the name of a column", code="node")
        parts = [part.name for part in node.parts]
        first = self.alias_first and len(parts) == 1 and parts[0].casefold() not in self.grouped
        if first and (found := self._alias(parts[0])):
            return found
        found = self._resolve(parts)
        if found is None and len(parts) == 1:
            found = self._alias(parts[0])
        if found is None:
            raise self._unknown(node, parts)
        return found

    def _alias(self, name: str) -> Typed | None:
        key = next((alias for alias in self.aliases if alias.casefold() == name.casefold()), None)
        return None if key is None else self.aliases[key]

    def _resolve(self, parts: list[str]) -> Typed | None:
        level: SourceNames | None = self
        while level is not None:
            found = level._here(parts)
            if found is not None:
                return found
            level = level.outer
        return None

    def _here(self, parts: list[str]) -> Typed | None:
        source = find_source(self.sources, parts[0]) if len(parts) > 1 else None
        if source is not None:
            column = find(source.columns, ".".join(parts[1:]))
            return None if column is None else self.typed(source, column)
        name = ".".join(parts)
        found = [(s, column) for s in self.sources.values() if (column := find(s.columns, name)) is not None]
        if len(found) > 1 and found[0][1].name not in self.merged:
            owners = " or ".join(f"{s.alias}.{column.name}" for s, column in found)
            raise ExpressionError(f"'{name}' stands in several of them", f"write {owners}", code="ambiguous")
        return self.typed(*found[0]) if found else None

    def typed(self, source: Source, column: Column) -> Typed:
        owner = None if column.name in self.merged else exp.Identifier(this=source.alias, quoted=True)
        tree = exp.Column(this=exp.Identifier(this=column.name, quoted=True), table=owner)
        clock = (self.zone or column.timezone or "UTC") if column.family is Family.TIMESTAMP else None
        single = column.type.upper() in ("FLOAT", "REAL", "FLOAT4")
        if column.name in self.merged:
            column = self._merged(column)
        elif source.optional:
            column = without_none(column)
        mark(tree, column.origins, missing_none=column.missing_none)
        return Typed(tree, column.family, frozenset({column.name}), zone=clock, single=single, unchanged=column)

    def _merged(self, column: Column) -> Column:
        """A column of USING: it holds the values of both sides."""
        sides = [found for source in self.sources.values() if (found := find(source.columns, column.name))]
        return reduce(union, sides)

    def _unknown(self, node: exp.Expression, parts: list[str]) -> ExpressionError:
        if len(parts) > 1 and find_source(self.sources, parts[0]) is None and not self._has_outer(parts[0]):
            hint = did_you_mean(parts[0], self.sources) or f"there is {', '.join(self.sources) or 'none'}"
            return fail(node, f"no dataset or name '{parts[0]}' here", hint, "unknown-dataset")
        names = [name for source in self.sources.values() for name in source.columns]
        hint = did_you_mean(parts[-1], [*names, *self.aliases]) or f"text needs single quotes: '{parts[-1]}'"
        return fail(node, f"no column '{'.'.join(parts)}'", hint, "unknown-column")

    def _has_outer(self, name: str) -> bool:
        return self.outer is not None and (
            find_source(self.outer.sources, name) is not None or self.outer._has_outer(name)
        )


def find_source(sources: Mapping[str, Source], name: str) -> Source | None:
    if name in sources:
        return sources[name]
    return next((source for key, source in sources.items() if key.casefold() == name.casefold()), None)


def output(name: str, found: Typed) -> Column:
    """A column that a SELECT gives, as a column of what reads it; one that is passed on stays what it is."""
    family = Family.UNKNOWN if found.family is Family.NULL else found.family
    if found.unchanged is not None:
        return replace(found.unchanged, name=name, family=family)
    origins = tuple(sorted(origins_of(found.tree)))
    none = not found.nulls and none_when_null(found.tree)
    kind = "FLOAT" if found.single else ""
    return Column(name, kind, family, missing_none=none, timezone=found.zone, origins=origins)


def reference(name: str, found: Typed) -> Typed:
    """A column of the SELECT list under its new name."""
    tree = exp.Column(this=exp.Identifier(this=name, quoted=True))
    mark(tree, origins_of(found.tree), missing_none=output(name, found).missing_none)
    return Typed(tree, found.family, zone=found.zone, unchanged=found.unchanged)
