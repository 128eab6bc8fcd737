"""Datasets made from others by a `query`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from factcheck.evidence.dataset import Column
from factcheck.evidence.expressions import ExpressionError, Select, bind_select
from factcheck.evidence.ingest.faults import ManifestFault, in_expression
from factcheck.evidence.manifest import ColumnSpec, ManifestSource


def named(source: ManifestSource, known: Collection[str]) -> list[str]:
    """The datasets of the project that the query names, in order; spelled as the project spells them."""
    from sqlglot import exp

    from factcheck.evidence.expressions.parse import parse_select
    from factcheck.evidence.expressions.relations import undotted

    try:
        tree, _ = parse_select(source.model.query or "")
    except ExpressionError as error:
        raise in_expression(error, "query") from error
    spelled = {name.casefold(): name for name in known}
    tables = [undotted(table, known).name.casefold() for table in tree.find_all(exp.Table)]
    return list(dict.fromkeys(spelled[name] for name in tables if name in spelled))


def checked(source: ManifestSource, known: Mapping[str, Mapping[str, Column]]) -> Select:
    """The SELECT of a `query` dataset, checked and rendered anew."""
    try:
        return bind_select(source.model.query or "", known)
    except ExpressionError as error:
        raise in_expression(error, "query") from error


def leads_back(path: list[str], name: str) -> ManifestFault:
    """The fault of a query that, by way of others, reads itself."""
    return ManifestFault(f"the query leads back to itself: {' → '.join([*path[path.index(name) :], name])}", "query")


def passed_on(
    columns: Mapping[str, Column], source: ManifestSource, select: Select, names: Sequence[str]
) -> dict[str, Column]:
    """The columns with what they inherit from those that the query makes them from; `names` are those of its result.

    A column that is passed on as it stands, whatever it is called, keeps all that is known of it. One that is
    computed keeps its `origins` only, which carry the caveats.
    """
    given = select.outputs if select.outputs is not None and len(select.outputs) == len(names) else ()
    outputs = {name.casefold(): column for name, column in zip(names, given, strict=False)}
    made = {}
    for name, column in columns.items():
        spec = source.model.columns.get(name)
        wanted = _sources(spec, name)
        whole = outputs.get(wanted[0]) if len(wanted) == 1 else None
        if spec is not None and spec.expr is not None:
            made[name] = column
        elif whole is not None:
            made[name] = _inherited(column, whole)
        else:  # a part of a nested value, or several columns in one
            parts = [outputs.get(one) or outputs.get(one.split(".")[0]) for one in wanted]
            made[name] = replace(column, origins=tuple(sorted({o for part in parts if part for o in part.origins})))
    return made


def _sources(spec: ColumnSpec | None, name: str) -> list[str]:
    """The columns of the query's result that a column is read from, in lower case."""
    return [one.casefold() for one in ((spec.from_ if spec is not None else None) or (name,))]


def _inherited(column: Column, output: Column) -> Column:
    same = output.family is column.family
    unbounded = column.low is None and column.high is None
    clock = output.timezone if same and output.timezone != "UTC" else None
    return replace(
        column,
        missing_none=column.missing_none or (output.missing_none and same),
        unit=column.unit or (output.unit if same else None),
        low=output.low if unbounded and same else column.low,
        high=output.high if unbounded and same else column.high,
        timezone=column.timezone or clock,
        synonyms=column.synonyms or output.synonyms,
        origins=output.origins,
    )
