"""ONE SELECT over datasets, bound and made anew: it names only datasets, their columns and allowed functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from sqlglot import exp

from factcheck.evidence.dataset import Column, Family, Origin
from factcheck.evidence.expressions import aggregates, compare
from factcheck.evidence.expressions.binder import Binder, Handler, check_calls, check_depth, check_params
from factcheck.evidence.expressions.bound import Select
from factcheck.evidence.expressions.docs import FUNCTIONS
from factcheck.evidence.expressions.lineage import mark, origins_of
from factcheck.evidence.expressions.outputs import (
    Outputs,
    expanded,
    own_name,
    renamed,
    star_of,
    table_alias,
    united,
)
from factcheck.evidence.expressions.parse import fail, parse_select
from factcheck.evidence.expressions.relations import Relations
from factcheck.evidence.expressions.scan import Scan, Token
from factcheck.evidence.expressions.scope import ExpressionError
from factcheck.evidence.expressions.sources import SourceNames, output, reference
from factcheck.evidence.expressions.typed import Typed, operand

_CLAUSES = frozenset(
    [
        "with_",
        "expressions",
        "distinct",
        "from_",
        "joins",
        "where",
        "group",
        "having",
        "qualify",
        "order",
        "limit",
        "offset",
    ]
)
_SET_CLAUSES = frozenset(["with_", "this", "expression", "distinct", "order", "limit", "offset"])


def bind_select(
    text: str,
    datasets: Mapping[str, Mapping[str, Column]],
    relations: Mapping[str, str],
    params: Mapping[str, object],
    timezone: str | None,
) -> Select:
    """See the doorway."""
    tree, found = _parsed(text, datasets)
    check_calls(found, {**FUNCTIONS, **dict.fromkeys(aggregates.NAMES)}, _no_calls(found))
    check_params(found, params)
    check_depth(tree)
    queries = Queries(datasets, relations, params, timezone)
    made, outputs = queries.query(tree, None, {})
    names = tuple(column.name for column in outputs) if outputs is not None else None
    sql = made.copy().sql(dialect="duckdb")
    given = tuple(outputs) if outputs is not None else None
    return Select(sql, tuple(queries.read), names, text, given, frozenset(queries.chosen))


def _parsed(text: str, datasets: Mapping[str, object]) -> tuple[exp.Expression, Scan]:
    try:
        return parse_select(text)
    except ExpressionError as error:
        bare = text.replace('"', "")
        odd = [name for name in datasets if not name.isidentifier() and name in bare and f'"{name}"' not in text]
        if error.code != "syntax" or not odd:
            raise
        hint = f'a name with - or a space needs double quotes: "{odd[0]}"'
        raise ExpressionError(error.message, hint, error.offset, error.length, error.code) from None


def _no_calls(found: Scan) -> set[int]:
    """Where a name before '(' calls nothing: `with a(x) as (`, `unnest(tags) t(x)`, `exclude (x)`, `nulls (`.

    What is skipped here is still held to the allow-list of node types.
    """
    tokens, places = found.tokens, set[int]()
    for index, (token, after) in enumerate(pairwise(tokens)):
        before = tokens[index - 1] if index else None
        named = before is not None and (before.word == "as" or before.text == ")")
        if after.text == "(" and (named or token.word in ("exclude", "nulls") or _list_before_as(tokens, index + 1)):
            places.add(token.start)
    return places


def _list_before_as(tokens: tuple[Token, ...], opening: int) -> bool:
    """True where a list of plain names and `as (` follow: `b(x, y) as (select …)`."""
    at = opening + 1
    while at < len(tokens) and (tokens[at].kind in ("word", "quoted") or tokens[at].text == ","):
        at += 1
    return [token.text.lower() for token in tokens[at : at + 3]] == [")", "as", "("]


@dataclass
class Queries:
    """Binds SELECTs in one another; `read` collects the datasets in order of mention."""

    datasets: Mapping[str, Mapping[str, Column]]
    relations: Mapping[str, str]
    params: Mapping[str, object]
    zone: str | None
    read: dict[str, None] = field(default_factory=dict)
    chosen: set[Origin] = field(default_factory=set)  # columns that decide which rows there are

    def chooses(self, *trees: exp.Expression | None) -> None:
        """Notes the columns in what decides which rows a SELECT gives."""
        self.chosen |= origins_of(*trees)

    def query(
        self, node: exp.Expression, outer: SourceNames | None, ctes: Mapping[str, Outputs]
    ) -> tuple[exp.Expression, Outputs]:
        """A SELECT, a set operation of SELECTs or either in parentheses, with the columns that it gives."""
        if isinstance(node, exp.Subquery) and not any(v for k, v in node.args.items() if k != "this"):
            return self.query(node.this, outer, ctes)
        if isinstance(node, exp.Select):
            return self._select(node, outer, ctes)
        if isinstance(node, exp.SetOperation):
            return self._set_operation(node, outer, ctes)
        raise fail(node, "only a SELECT may stand here", "one SELECT over datasets", "statement")

    def binder(self, names: SourceNames, ctes: Mapping[str, Outputs]) -> Binder:
        def scalar(_: Binder, node: exp.Expression) -> Typed:
            made, outputs = self.query(node, names, ctes)
            if outputs is None or len(outputs) != 1:
                raise fail(node, "a SELECT among values gives one column", code="subquery")
            return Typed(exp.Subquery(this=made), outputs[0].family, nulls=True, zone=outputs[0].timezone)

        def exists(_: Binder, node: exp.Expression) -> Typed:
            return Typed(exp.Exists(this=self.query(node.this, names, ctes)[0]), Family.BOOLEAN)

        def member(binder: Binder, node: exp.Expression) -> Typed:
            return self._in_query(binder, node, names, ctes) if node.args.get("query") else compare.in_(binder, node)

        more: dict[type, Handler] = {**aggregates.HANDLERS, exp.Subquery: scalar, exp.Exists: exists, exp.In: member}
        return Binder(names, self.params, self.zone, more)

    def _in_query(self, binder: Binder, node: exp.Expression, names: SourceNames, ctes: Mapping[str, Outputs]) -> Typed:
        subject = binder.bind(node.this)
        made, outputs = self.query(node.args["query"], names, ctes)
        if outputs is None or len(outputs) != 1:
            raise fail(node, "a SELECT after in gives one column", code="subquery")
        compare.reconciled(binder, node, subject, Typed(exp.Column(this=exp.to_identifier("x")), outputs[0].family))
        tree = exp.In(this=operand(subject.tree), query=exp.Subquery(this=made))
        return subject.make(tree, Family.BOOLEAN, nulls=True)

    def _select(
        self, node: exp.Expression, outer: SourceNames | None, ctes: Mapping[str, Outputs]
    ) -> tuple[exp.Expression, Outputs]:
        _only(node, _CLAUSES)
        if not node.expressions:
            raise fail(node, "select names nothing", "select a, b from a dataset", "statement")
        with_, ctes = self._with(node, outer, ctes)
        names = SourceNames(self.zone, outer)
        binder = self.binder(names, ctes)
        relations = Relations(self, binder, names, ctes)
        from_, joins = relations.from_(node.args.get("from_")), relations.joins(node.args.get("joins") or [])
        before = set(self.chosen)
        items, outputs = self._items(binder, names, node)
        self.chosen = before  # a SELECT among the values decides on no row
        made = exp.Select(expressions=items, from_=from_, joins=joins, with_=with_)
        if node.args.get("distinct"):
            made.set("distinct", _distinct(binder, node))
            self.chooses(*(made.args["distinct"].args.get("on") or exp.Tuple()).expressions or items)
        if group := node.args.get("group"):
            made.set("group", _group(binder, group))
            self.chooses(*(made.args["group"].expressions or items))
        names.grouped = {part.name.casefold() for part in group.expressions} if group else set()
        for name, kind in (("where", exp.Where), ("having", exp.Having), ("qualify", exp.Qualify)):
            if clause := node.args.get(name):
                names.alias_first = name == "having"
                made.set(name, kind(this=binder.condition(clause.this).tree))
                self.chooses(made.args[name])
        self._tail(binder, names, node, made)
        return made, outputs

    def _tail(self, binder: Binder, names: SourceNames, node: exp.Expression, made: exp.Expression) -> None:
        names.grouped = set()
        if order := node.args.get("order"):
            made.set("order", exp.Order(expressions=[_order(binder, names, item) for item in order.expressions]))
        for name, kind in (("limit", exp.Limit), ("offset", exp.Offset)):
            if clause := node.args.get(name):
                made.set(name, kind(expression=_whole_number(binder, clause)))
                self.chooses(made.args.get("order"))

    def _set_operation(
        self, node: exp.Expression, outer: SourceNames | None, ctes: Mapping[str, Outputs]
    ) -> tuple[exp.Expression, Outputs]:
        _only(node, _SET_CLAUSES)
        with_, ctes = self._with(node, outer, ctes)
        left, outputs = self.query(node.this, outer, ctes)
        right, others = self.query(node.expression, outer, ctes)
        outputs = united(node, outputs, others)
        if node.args.get("distinct"):
            self.chosen.update(origin for column in outputs or () for origin in column.origins)
        made = type(node)(this=left, expression=right, distinct=node.args.get("distinct"), with_=with_)
        names = SourceNames(self.zone, outer)
        for column in outputs or []:
            tree = exp.Column(this=exp.Identifier(this=column.name, quoted=True))
            mark(tree, column.origins, missing_none=column.missing_none)
            names.aliases[column.name] = Typed(tree, column.family, zone=column.timezone)
        self._tail(self.binder(names, ctes), names, node, made)
        return made, outputs

    def _with(
        self, node: exp.Expression, outer: SourceNames | None, ctes: Mapping[str, Outputs]
    ) -> tuple[exp.Expression | None, Mapping[str, Outputs]]:
        with_ = node.args.get("with_")
        if with_ is None:
            return None, ctes
        if any(with_.args.get(name) for name in ("recursive", "search", "cycle", "udfs")):
            raise fail(with_, "a recursive WITH cannot be used", "", "node")
        known, made = dict(ctes), []
        for cte in with_.expressions:
            if cte.args.get("scalar") or cte.args.get("key_expressions"):
                raise fail(cte, "this WITH cannot be used", "with name as (select …)", "node")
            tree, outputs = self.query(cte.this, outer, known)
            alias = cte.args["alias"]
            if alias.name in self.relations.values():
                raise fail(cte, f"the name '{alias.name}' is taken", "choose another after with", "alias")
            outputs = renamed(alias, outputs)
            known[alias.name] = outputs
            made.append(exp.CTE(this=tree, alias=table_alias(alias)))
        return exp.With(expressions=made), known

    def _items(self, binder: Binder, names: SourceNames, node: exp.Expression) -> tuple[list[exp.Expression], Outputs]:
        items: list[exp.Expression] = []
        outputs: Outputs = []
        for item in node.expressions:
            if star := star_of(item):
                trees, columns = expanded(names, item, star)
                items += trees
                outputs = None if columns is None or outputs is None else [*outputs, *columns]
                continue
            inner = item.this if isinstance(item, exp.Alias) else item
            found = binder.bind(inner)
            name = item.alias if isinstance(item, exp.Alias) else own_name(inner)
            items.append(exp.Alias(this=found.tree, alias=exp.Identifier(this=name, quoted=True)))
            if isinstance(item, exp.Alias):
                names.aliases[name] = reference(name, found)
            if outputs is not None:
                outputs.append(output(name, found))
        return items, outputs


def _only(node: exp.Expression, allowed: frozenset[str]) -> None:
    for name, value in node.args.items():
        if value and name not in allowed:
            raise fail(node, f"'{name.strip('_')}' cannot be used in a SELECT here", "", "node")


def _distinct(binder: Binder, node: exp.Expression) -> exp.Expression:
    on = node.args["distinct"].args.get("on")
    if on is None:
        return exp.Distinct()
    parts = [binder.bind(part).tree for part in on.expressions]
    return exp.Distinct(on=exp.Tuple(expressions=parts))


def _group(binder: Binder, group: exp.Expression) -> exp.Expression:
    if group.args.get("all") is True and not group.expressions:
        return exp.Group(all=True)
    if any(value for name, value in group.args.items() if name != "expressions"):
        raise fail(group, "only group by columns or all can be used", "", "node")
    return exp.Group(expressions=[binder.bind(part).tree for part in group.expressions])


def _order(binder: Binder, names: SourceNames, item: exp.Expression) -> exp.Expression:
    """A name that stands alone is first sought in the SELECT list, as DuckDB does."""
    names.alias_first = isinstance(aggregates.ordered_by(item), exp.Column)
    return aggregates.ordered_item(binder, item)


def _whole_number(binder: Binder, clause: exp.Expression) -> exp.Expression:
    if clause.args.get("limit_options") or clause.args.get("expressions"):
        raise fail(clause, "a limit is a whole number", "limit 10", "limit")
    found = binder.bind(clause.expression)
    if not (found.is_number_literal and found.family is Family.INTEGER):
        raise fail(clause, "a limit is a whole number", "limit 10", "limit")
    return found.tree
