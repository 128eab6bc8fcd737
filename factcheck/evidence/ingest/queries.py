"""Datasets made from others by a `query`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from factcheck.evidence.dataset import Column
from factcheck.evidence.expressions import ExpressionError, Select, bind_select
from factcheck.evidence.ingest.faults import ManifestFault, in_expression
from factcheck.evidence.manifest import ManifestSource


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
