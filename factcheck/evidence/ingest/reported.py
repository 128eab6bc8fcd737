"""Tables of figures from a publication: `label, count, source, page`, a row for each figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column, Family, Notice
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.ingest.notices import notice
from factcheck.evidence.manifest_models import DatasetManifest

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

_PLACES = ("source", "page")
_WRONG = {
    Family.INTEGER: "{0} < 0",
    Family.DECIMAL: "{0} < 0 OR {0} <> floor({0})",
    Family.DOUBLE: "{0} < 0 OR {0} <> floor({0}) OR NOT isfinite({0})",
    Family.TEXT: "NOT regexp_full_match(trim({0}), '0|[1-9]\\d*')",
}


def is_reported(model: DatasetManifest) -> bool:
    return (model.format or "").lower() == "reported"


def counts_of(model: DatasetManifest, columns: Mapping[str, Column]) -> str | None:
    """The column of counts: the one that the manifest names; of a reported table `count`, if it has one."""
    if model.counts is not None or not is_reported(model):
        return model.counts
    return _named(columns, "count")


def check(
    engine: DuckDB, relation: str, model: DatasetManifest, columns: Mapping[str, Column], lost: Mapping[str, int]
) -> list[Notice]:
    """What is to be told of the rows; EvidenceError where a count is no whole number from 0, with its row."""
    if (name := _counts(model, columns)) is not None:
        _check_counts(engine, relation, name, columns, lost)
    if model.source.title or model.source.url:
        return []
    places = [identifier(place) for word in _PLACES if (place := _named(columns, word)) is not None]
    empty = " AND ".join(f"{place} IS NULL" for place in places) or "true"
    (count,) = engine.run(f"SELECT count(*) FROM {relation} WHERE {empty}").one()
    return [notice("no-place", count=count)] if count else []


def check_signs(engine: DuckDB, relation: str, model: DatasetManifest, columns: Mapping[str, Column]) -> None:
    """EvidenceError where a row of a dataset that is no such table is to stand for less than none."""
    name = _counts(model, columns)
    if name is None or not columns[name].family.is_number:
        return
    quoted = identifier(name)
    (least,) = engine.run(f"SELECT min({quoted}) FROM {relation}").one()
    if least is not None and least < 0:
        raise EvidenceError(f"'{name}' says how many each row stands for, and in a row it is {least}")


def _counts(model: DatasetManifest, columns: Mapping[str, Column]) -> str | None:
    name = counts_of(model, columns)
    return _named(columns, name) if name is not None else None


def _check_counts(
    engine: DuckDB, relation: str, name: str, columns: Mapping[str, Column], lost: Mapping[str, int]
) -> None:
    quoted, kind = identifier(name), columns[name].family
    wrong = _WRONG.get(kind, "false").format(quoted)
    if lost.get(name):
        wrong = f"({wrong}) OR {quoted} IS NULL"
    label = _named(columns, "label") or next((n for n, c in columns.items() if c.family is Family.TEXT), name)
    found = engine.run(
        f"SELECT n, {identifier(label)}, {quoted} FROM (SELECT *, row_number() OVER () AS n FROM {relation}) "
        f"WHERE {wrong} ORDER BY n LIMIT 1"
    ).rows()
    if not found:
        return
    (row, said, value) = found[0]
    held = f"'{value}'" if value is not None else "nothing that can be read"
    raise EvidenceError(
        f"row {row} of the data ({label}: {said}) has {held} as its {name}, which is no whole number from 0; "
        "words for what is not known are named in 'read: {nulls: …}', a mark of thousands in 'read: {thousands: …}'"
    )


def _named(columns: Mapping[str, Column], name: str) -> str | None:
    return next((known for known in columns if known.casefold() == name.casefold()), None)
