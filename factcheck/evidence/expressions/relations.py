"""FROM and JOIN: datasets under the names of their tables, subqueries, UNNEST and UNPIVOT."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from sqlglot import exp

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.expressions.columns import find
from factcheck.evidence.expressions.lineage import entered, origins_of, union
from factcheck.evidence.expressions.outputs import renamed, table_alias
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.scope import did_you_mean
from factcheck.evidence.expressions.sources import Source, SourceNames
from factcheck.evidence.networks import network_hint

if TYPE_CHECKING:
    from factcheck.evidence.expressions.binder import Binder
    from factcheck.evidence.expressions.queries import Queries

_SIDES = ("", "LEFT", "RIGHT", "FULL")
_KINDS = ("", "INNER", "OUTER", "CROSS", "SEMI", "ANTI")


def undotted(node: exp.Expression, datasets: Iterable[str]) -> exp.Expression:
    """`polblogs.nodes` for SQL is a table in a schema; here it is a dataset's name, as in a claim."""
    joined = f"{node.text('db')}.{node.name}".casefold()
    name = next((name for name in datasets if name.casefold() == joined), None) if node.text("db") else None
    if name is None or node.text("catalog"):
        return node
    made = node.copy()
    meta = dict(node.this.meta)
    made.set("db", None)
    made.set("this", exp.Identifier(this=name, quoted=True))
    made.this.meta.update(meta)
    return made


class Relations:
    """Binds the sources of one SELECT and enters them under their names."""

    def __init__(
        self, queries: Queries, binder: Binder, names: SourceNames, ctes: Mapping[str, list[Column] | None]
    ) -> None:
        self.queries = queries
        self.binder = binder
        self.names = names
        self.ctes = ctes

    def from_(self, node: exp.Expression | None) -> exp.Expression | None:
        return None if node is None else exp.From(this=self.relation(node.this))

    def joins(self, nodes: list[exp.Expression]) -> list[exp.Expression]:
        return [self._join(node) for node in nodes]

    def _join(self, node: exp.Expression) -> exp.Expression:
        side, kind = str(node.args.get("side") or ""), str(node.args.get("kind") or "")
        extra = any(v for k, v in node.args.items() if k not in ("this", "on", "using", "side", "kind"))
        if extra or side not in _SIDES or kind not in _KINDS:
            raise fail(node, "this kind of join cannot be used", "join … on …, left join … using (…)", "join")
        before = list(self.names.sources.values())
        made = exp.Join(this=self.relation(node.this), side=side or None, kind=kind or None)
        if on := node.args.get("on"):
            made.set("on", self.binder.condition(on).tree)
            self.queries.chooses(made.args["on"])
        if using := node.args.get("using"):
            made.set("using", [self._shared(part, before) for part in using])
        self._may_lack(side, before)
        return made

    def _may_lack(self, side: str, before: list[Source]) -> None:
        """Marks the sources that have no row where the other side of an outer join has one."""
        after = [source for source in self.names.sources.values() if source not in before]
        lacking = {"LEFT": after, "RIGHT": before, "FULL": [*before, *after]}.get(side, [])
        for source in lacking:
            source.optional = True

    def _shared(self, part: exp.Expression, before: list[Source]) -> exp.Expression:
        """A column of USING must be on both sides."""
        after = [source for source in self.names.sources.values() if source not in before]
        found = [find(source.columns, part.name) for source in (*before, *after)]
        if not any(found[: len(before)]) or not any(found[len(before) :]):
            raise fail(
                part, f"no column '{part.name}' on both sides of the join", "join … on a.x = b.y", "unknown-column"
            )
        shared = [column for column in found if column is not None]
        self.queries.chosen.update(origin for column in shared for origin in column.origins)
        name = shared[0].name
        self.names.merged.add(name)
        return exp.Identifier(this=name, quoted=True)

    def relation(self, node: exp.Expression) -> exp.Expression:
        """One source of FROM."""
        if isinstance(node, exp.Table):
            return self._table(node)
        if isinstance(node, exp.Unnest):
            return self._unnest(node)
        if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Pivot):
            return self._simple_unpivot(node)
        if isinstance(node, exp.Subquery):
            return self._subquery(node)
        raise fail(node, "only datasets and subqueries may stand after from", "", "table")

    def _table(self, node: exp.Expression) -> exp.Expression:
        node = undotted(node, self.queries.datasets)
        if not isinstance(node.this, exp.Identifier):
            raise fail(node, "a table function cannot be used", "name a dataset", "table")
        if extra := [k for k, v in node.args.items() if v and k not in ("this", "alias", "pivots", "joins")]:
            what = "a name with a dot is no dataset" if extra[0] in ("db", "catalog") else "this cannot stand here"
            raise fail(node, what, 'a dataset whose name has a dot is written "a.b"', "table")
        relation, columns, name = self._named(node)
        alias = node.args.get("alias")
        made = exp.Table(this=exp.Identifier(this=relation, quoted=True))
        joins = node.args.get("joins") or []
        if pivots := node.args.get("pivots"):
            return self._unpivoted(node, made, columns, pivots, alias)
        self._enter(node, made, columns, alias, name)
        if joins:  # FROM (a JOIN b) keeps its joins on the table
            made.set("joins", self.joins(joins))
        return made

    def _named(self, node: exp.Expression) -> tuple[str, dict[str, Column], str]:
        """The name in the engine, the columns, and the name in this SELECT, of a dataset or of a WITH."""
        name = node.name
        folded = {key.casefold(): key for key in (*self.queries.datasets, *self.ctes)}
        key = name if name in self.ctes or name in self.queries.datasets else folded.get(name.casefold())
        if key is None:
            known = [*self.queries.datasets, *self.ctes]
            hint = network_hint(name, known) or did_you_mean(name, known) or _quoting(name, known)
            raise fail(node, f"unknown dataset '{name}'", hint, "unknown-dataset")
        if key in self.ctes:
            return key, {column.name: column for column in self.ctes[key] or []}, key
        self.queries.read[key] = None
        columns = {name: entered(key, column) for name, column in self.queries.datasets[key].items()}
        return self.queries.relations.get(key, key), columns, key

    def _enter(
        self,
        node: exp.Expression,
        made: exp.Expression,
        columns: dict[str, Column],
        alias: exp.Expression | None,
        name: str,
    ) -> None:
        shown = alias.name if alias is not None and alias.name else name
        given = alias if alias is not None else exp.TableAlias(this=exp.Identifier(this=shown))
        if alias is not None and not alias.name:
            given = exp.TableAlias(this=exp.Identifier(this=shown), columns=alias.args.get("columns"))
        fresh = renamed(given, list(columns.values()))
        made.set("alias", table_alias(given))
        self.names.add(node, Source(shown, {column.name: column for column in fresh or []}))

    def _subquery(self, node: exp.Expression) -> exp.Expression:
        if extra := [k for k, v in node.args.items() if v and k not in ("this", "alias", "pivots")]:
            raise fail(node, f"'{extra[0]}' cannot be used here", code="node")
        if isinstance(node.this, (exp.Table, exp.Subquery)) and not node.args.get("alias"):
            return (
                exp.Subquery(this=self.relation(node.this)) if node.this.args.get("joins") else self.relation(node.this)
            )
        tree, outputs = self.queries.query(node.this, self.names.outer, self.ctes)
        made = exp.Subquery(this=tree)
        columns = {column.name: column for column in outputs or []}
        if pivots := node.args.get("pivots"):
            return self._unpivoted(node, made, columns, pivots, node.args.get("alias"))
        self._enter(node, made, columns, node.args.get("alias"), f"subquery {len(self.names.sources) + 1}")
        return made

    def _unnest(self, node: exp.Expression) -> exp.Expression:
        """UNNEST(list) AS t(x), for each row of the sources before it."""
        alias = node.args.get("alias")
        if len(node.expressions) != 1 or node.args.get("offset") or alias is None:
            raise fail(node, "unnest takes one list and a name", "unnest(tags) as t(tag)", "unnest")
        found = self.binder.bind(node.expressions[0])
        if found.family not in (Family.LIST, Family.UNKNOWN) or not found.columns:
            raise fail(node, "unnest needs a list of the dataset", "unnest(hashtags(text)) as t(tag)", "unnest")
        made = exp.Unnest(expressions=[found.tree])
        member = Column("unnest", "", Family.UNKNOWN, origins=tuple(sorted(origins_of(found.tree))))
        self.queries.chosen.update(member.origins)
        self._enter(node, made, {"unnest": member}, alias, "unnest")
        return made

    def _simple_unpivot(self, node: exp.Expression) -> exp.Expression:
        """(UNPIVOT t ON a, b INTO NAME n VALUE v), made into the standard's form."""
        inner = node.this
        into = inner.args.get("into")
        if not inner.args.get("unpivot") or into is None or not isinstance(inner.this, exp.Table):
            raise fail(node, "this pivot cannot be used", "from t unpivot (value for name in (a, b))", "pivot")
        marks = {"unpivot": True, "include_nulls": inner.args.get("include_nulls")}
        field = exp.In(this=exp.to_identifier(into.this.name), expressions=[part.copy() for part in inner.expressions])
        values = [exp.to_identifier(part.name) for part in into.expressions]
        pivot = exp.Pivot(expressions=values, fields=[field], **marks)
        relation, columns, _ = self._named(inner.this)
        made = exp.Table(this=exp.Identifier(this=relation, quoted=True))
        return self._unpivoted(node, made, columns, [pivot], node.args.get("alias"))

    def _unpivoted(
        self, node: exp.Expression, made: exp.Expression, columns: dict[str, Column], pivots: list[exp.Expression],
        alias: exp.Expression | None,
    ) -> exp.Expression:  # fmt: skip
        """FROM t UNPIVOT (value FOR name IN (a, b)): a row for each of the columns."""
        pivot = pivots[0]
        fields = pivot.args.get("fields") or []
        right = pivot.args.get("unpivot") and len(pivots) == len(fields) == len(pivot.expressions) == 1
        if not right or not isinstance(fields[0], exp.In):
            raise fail(node, "this pivot cannot be used", "from t unpivot (value for name in (a, b))", "pivot")
        parts = [self._unpivot_column(part, columns) for part in fields[0].expressions]
        name, value = fields[0].this.name, pivot.expressions[0].name
        parted = [columns[part] for part, _ in parts]
        rest = {key: column for key, column in columns.items() if key not in {part for part, _ in parts}}
        one = reduce(union, parted)
        rest |= {name: Column(name, "VARCHAR", Family.TEXT), value: replace(one, name=value, type="")}
        members = [tree for _, tree in parts]
        outer = exp.In(this=exp.Identifier(this=name, quoted=True), expressions=members)
        made.set("pivots", [exp.Pivot(
            expressions=[exp.Identifier(this=value, quoted=True)], fields=[outer], unpivot=True,
            include_nulls=pivot.args.get("include_nulls"),
        )])  # fmt: skip
        alias = alias or pivot.args.get("alias")
        whole = exp.Subquery(this=exp.Select(expressions=[exp.Star()], from_=exp.From(this=made)))
        self._enter(node, whole, rest, alias, node.name or "unpivoted")
        return whole

    def _unpivot_column(self, part: exp.Expression, columns: dict[str, Column]) -> tuple[str, exp.Expression]:
        inner = part.this if isinstance(part, exp.PivotAlias) else part
        column = find(columns, inner.name) if isinstance(inner, (exp.Column, exp.Identifier)) else None
        if column is None:
            raise fail(part, f"no column '{inner.name}'", did_you_mean(inner.name, columns), "unknown-column")
        tree: exp.Expression = exp.Column(this=exp.Identifier(this=column.name, quoted=True))
        if isinstance(part, exp.PivotAlias):
            tree = exp.PivotAlias(this=tree, alias=exp.Identifier(this=str(part.args["alias"].name), quoted=True))
        return column.name, tree


def _quoting(name: str, known: list[str]) -> str:
    longer = [key for key in known if key.startswith((f"{name}-", f"{name} "))]
    if longer:
        return f'a name with - or a space needs double quotes: "{longer[0]}"'
    return "datasets: " + ", ".join(known[:8]) if known else ""
