"""Which columns a dataset will have, and how each comes out of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.engines.types import family
from factcheck.evidence.formats.exports.clocks import UNREAD
from factcheck.evidence.formats.source import Reading, SourceColumn, Stated
from factcheck.evidence.ingest.amounts import marks_of
from factcheck.evidence.ingest.convert import (
    Conversion,
    Numerals,
    Wanted,
    from_number,
    gone,
    local_to_utc,
    present,
    stated,
    text,
)
from factcheck.evidence.ingest.faults import ManifestFault
from factcheck.evidence.ingest.infer import Guess, guess
from factcheck.evidence.manifest import ColumnSpec
from factcheck.text.suggest import did_you_mean

_NUMBERS = ("integer", "decimal", "double")
_CLOCK = ("%H", "%I", "%M", "%S", "%c", "%X", "%T", "%R", "unix")
TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "decimal": "DECIMAL(38,10)",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "time": "TIME",
    "list": "VARCHAR[]",
}
TypeOf = Callable[[str], str]  # the engine's type of an expression over the relation


@dataclass(frozen=True)
class Planned:
    """A column to be: where it comes from, what the manifest wants of it, and else a guess at its type."""

    name: str
    source: SourceColumn
    wanted: Wanted
    guess: Guess | None = None

    @property
    def is_plain_text(self) -> bool:
        """Text of a typed source that stays text."""
        return self.source.type == "VARCHAR" and self.wanted.type in (None, "text")

    def conversion(self) -> Conversion:
        """How its value is read."""
        if self.source.normal and (self.wanted.type == "text" or (self.guess and self.guess.kind in ("none", "text"))):
            return Conversion("VARCHAR", self.source.sql)
        if self.guess is not None:
            return self.guess.conversion(self.source.sql)
        if self.is_plain_text:
            return text(self.source.sql)
        if self.source.type is None or (self.source.type == "VARCHAR" and self.wanted.type not in (None, "text")):
            if self.wanted.type == "list":
                return _cast(self.source.sql, "VARCHAR[]")
            return stated(self.source.sql, self.wanted)
        return _typed(self.source, self.wanted)


def plan(
    columns: Mapping[str, SourceColumn], specs: Mapping[str, ColumnSpec], reading: Reading, type_of: TypeOf
) -> list[Planned]:
    """The columns of the files in their order, then those that the manifest adds."""
    planned = {name: _planned(name, c, specs.get(name), reading) for name, c in columns.items() if not c.inner}
    for name, spec in specs.items():
        if spec.expr is not None or (name in planned and spec.from_ is None):
            continue
        source = _origin(name, spec, columns, type_of)
        if source is None:
            raise _unknown(name, spec, columns)
        for other in [o for o in planned if o.casefold() == name.casefold() and o != name]:
            del planned[other]  # SQL does not tell names apart by case: the manifest's spelling stands
        if source.name in planned and not source.uses:  # the file's own column stays beside it
            source = replace(source, uses=(source.name,))
        planned[name] = _planned(name, source, spec, reading)
    return list(planned.values())


def _unknown(name: str, spec: ColumnSpec, columns: Mapping[str, SourceColumn]) -> ManifestFault:
    names = spec.origins(name)
    wanted = "' or '".join(names)
    hint = did_you_mean(names[0], columns) or f"it has {', '.join(list(columns)[:12])}"
    path = ("columns", name, "from") if spec.from_ else ("columns", name)
    return ManifestFault(f"the data have no column '{wanted}'", *path, hint=hint, key=not spec.from_)


def _origin(name: str, spec: ColumnSpec, columns: Mapping[str, SourceColumn], type_of: TypeOf) -> SourceColumn | None:
    """The column of the files that a column of the manifest is; of several names only one may be there."""
    found = {origin: find(origin, columns, type_of) for origin in spec.origins(name)}
    there = {origin: source for origin, source in found.items() if source is not None}
    if len(there) > 1:
        both = "' and '".join(there)
        message = f"the data have both '{both}', and '{name}' can be only one of them"
        hint = "name the one that is meant, or make one of both, for example expr: coalesce(…, …)"
        raise ManifestFault(message, "columns", name, "from", hint=hint)
    return next(iter(there.values()), None)


def find(name: str, columns: Mapping[str, SourceColumn], type_of: TypeOf) -> SourceColumn | None:
    """The column called `name`, or the part of a nested column that a dotted path leads to."""
    if name in columns:
        return columns[name]
    alike = [c for known, c in columns.items() if known.casefold() == name.casefold()]
    if len(alike) == 1:
        return alike[0]
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        outer = columns.get(".".join(parts[:cut]))
        if outer is not None and (outer.type or "").startswith("STRUCT"):
            sql = ".".join([f"({outer.sql})", *map(identifier, parts[cut:])])
            try:
                return SourceColumn(name, sql, type_of(sql))
            except EvidenceError:
                return None
    return None


def wanted_of(spec: ColumnSpec | None, reading: Reading, known: Stated | None = None) -> Wanted:
    """What a manifest states of a column, or else its format; `format` alone says that it holds times."""
    known = known or Stated()
    numerals = Numerals(reading.thousands or known.thousands or "", reading.decimal)
    kind: str | None = spec.type if spec is not None else None
    format, timezone = (spec.format, spec.timezone) if spec is not None else (None, None)
    if kind is None and format is not None:
        kind = "timestamp" if any(part in format for part in _CLOCK) else "date"
    if kind is None:
        kind, format = known.type, known.format
    elif kind == known.type and format is None:
        format = known.format
    return Wanted(kind, format, timezone or known.timezone, numerals)


def _planned(name: str, source: SourceColumn, spec: ColumnSpec | None, reading: Reading) -> Planned:
    if spec is not None and spec.type == "text" and not spec.from_ and UNREAD in source.sql:
        hint = "leave 'type' out; the file's own text is to be had under its own name, or as raw.…, with 'from'"
        raise ManifestFault(f"'{name}' is made by the format, and is no text", "columns", name, "type", hint=hint)
    wanted = wanted_of(spec, reading, source.stated)
    if source.type is None and wanted.type in _NUMBERS:
        wanted = replace(wanted, marks=marks_of(spec.unit if spec is not None else None, source.sample))
    if source.type is not None or wanted.type not in (None, "decimal"):
        return Planned(name, source, wanted)
    numbers = wanted.type == "decimal"
    found = guess(source.sample, wanted.numerals, wanted.timezone, "numbers" if numbers else source.within)
    if not numbers:
        return Planned(name, source, wanted, found)
    if found.kind in ("integer", "decimal"):
        # As narrow as the sample allows: loading widens it where a later value has more digits.
        return Planned(name, source, wanted, replace(found, kind="decimal"))
    return Planned(name, source, wanted)


def _cast(sql: str, kind: str) -> Conversion:
    value = f"TRY_CAST({sql} AS {kind})"
    return Conversion(kind, value, gone, present)


def _typed(source: SourceColumn, wanted: Wanted) -> Conversion:
    """A column that has a type of its own already."""
    sql, kind = source.sql, source.type or "VARCHAR"
    have, want = family(kind), wanted.type
    if have is Family.TIMESTAMP and want in (None, "timestamp", "date"):
        utc = sql if source.utc else local_to_utc(sql, replace(wanted, type=None))
        return _cast(utc, "DATE") if want == "date" else Conversion("TIMESTAMP", utc)
    if want is None or want == have.value:
        return Conversion(kind, sql)
    if want in ("date", "timestamp") and have.is_number:
        if wanted.format in ("unix", "unix_ms"):
            return from_number(sql, wanted)
        # 20180510 is a day or seconds since 1970: only a format tells.
        return replace(stated(f"CAST({sql} AS VARCHAR)", wanted), lost=gone, sure=present)
    if want == "boolean" and have.is_number:
        return Conversion("BOOLEAN", f"CASE WHEN {sql} IN (0, 1) THEN {sql} = 1 END", gone, present)
    if want == "integer" and have in (Family.DOUBLE, Family.DECIMAL):
        whole = f"CASE WHEN {sql} = floor({sql}) THEN TRY_CAST({sql} AS BIGINT) END"
        return Conversion("BIGINT", whole, gone, present)
    return _cast(sql, TYPES[want])


def described(
    name: str,
    kind: str,
    kind_family: Family,
    spec: ColumnSpec | None,
    uses: tuple[str, ...] = (),
    known: Stated | None = None,
) -> Column:
    """The column as the rest of the engine sees it: what the manifest says of it, else what its format knows."""
    caveat = known.caveat if known is not None else None
    if spec is None:
        return Column(name, kind, kind_family, caveat=caveat, uses=uses)
    low, high = spec.range or (None, None)
    return Column(
        name,
        kind,
        kind_family,
        missing_none=spec.missing == "none",
        caveat=spec.caveat or caveat,
        unit=spec.unit,
        low=low,
        high=high,
        timezone=spec.timezone,
        synonyms=spec.synonyms,
        uses=uses,
        expr=spec.expr,
    )


def expected_type(planned: Planned) -> tuple[str, Family]:
    """Type and family before the rows are read; UNKNOWN where only they can tell."""
    if planned.source.type is None and planned.wanted.type is None:
        return "", Family.UNKNOWN
    if planned.source.type is None or planned.wanted.type is not None:
        kind = TYPES[planned.wanted.type or "text"]
        return kind, family(kind)
    return planned.source.type, family(planned.source.type)
