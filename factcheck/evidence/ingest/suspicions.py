"""What a loaded table should make a person wonder about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Family, Notice
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.engines.types import family
from factcheck.evidence.ingest.amounts import amount, currencies, percentage
from factcheck.evidence.ingest.convert import Numerals, plain_digits
from factcheck.evidence.ingest.infer import looks_numeric
from factcheck.evidence.ingest.notices import notice
from factcheck.evidence.ingest.plan import Planned

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

_RUINED = re.compile(r"-?\d(\.\d+)?[eE]\+1\d")
_DAY_OR_MONTH = re.compile(r"(\d{1,2})([./-])(\d{1,2})([./-])(\d{4}|\d{2})( .*)?")
_CLOCK = re.compile(r" \d{1,2}:\d{2}(:\d{2})?( ?[AaPp][Mm])?")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_POINTED = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+")  # 1.334, and never 0.334
_SMALL = re.compile(r"0|-?[1-9]\d{0,2}")
_WORDS = 5
_MOSTLY = 0.5


def suspicions(engine: DuckDB, table: str, planned: Sequence[Planned], kinds: dict[str, str]) -> list[Notice]:
    """Notices on columns whose type was found, on amounts, and on times whose clock nobody names."""
    found: list[Notice] = []
    stated = {p.source.name for p in planned if p.wanted.type is not None}  # under another name, perhaps
    for p in planned:
        if p.source.type is None and p.wanted.type is None and p.source.name not in stated:
            found += _of_column(engine, table, p, family(kinds[p.name]))
        elif p.source.type is None and p.wanted.type in ("integer", "decimal", "double"):
            found += _of_amounts(p)
        if p.source.stated is not None and p.source.stated.unzoned and p.wanted.timezone is None:
            found.append(notice("clock-unknown", p.name))
    return found


def _of_amounts(planned: Planned) -> list[Notice]:
    """Amounts in several currencies under a stated type, none of which the manifest names."""
    signs = currencies(planned.source.sample)
    if len(signs) < 2 or any(sign in planned.wanted.marks.accepted for sign in signs):
        return []
    return [notice("currencies", planned.name, signs=", ".join(signs), sign=signs[0])]


def _of_column(engine: DuckDB, table: str, planned: Planned, kind: Family) -> list[Notice]:
    said = [value.strip() for value in planned.source.sample if value is not None and value.strip()]
    ruined = next((value for value in said if _RUINED.fullmatch(value)), None)
    if ruined is not None:
        return [notice("ruined-ids", planned.name, example=ruined)]
    if kind is Family.DOUBLE:
        return _large(engine, table, planned.name)
    if kind is Family.DECIMAL:
        return _pointed(planned, said)
    if kind is not Family.TEXT or not said:
        return []
    if all(map(_DAY_OR_MONTH.fullmatch, said)):
        whole, written = _as_written(said)
        return [notice("dates-unread", planned.name, example=said[0], kind=whole, format=written)]
    for code, fits in (("percent-unread", percentage), ("amounts-unread", amount)):
        if sum(map(fits, said)) > _MOSTLY * len(said):
            example = next(filter(fits, said))
            return [notice(code, planned.name, example=example, sign=next(iter(currencies([example])), ""))]
    numbers = sum(looks_numeric(value, planned.wanted.numerals) for value in said)
    return _words(engine, table, planned.name, planned.wanted.numerals) if numbers > _MOSTLY * len(said) else []


def _pointed(planned: Planned, said: Sequence[str]) -> list[Notice]:
    """Decimals that are perhaps thousands: 1.334 beside 872, and no figure that would then be written otherwise."""
    pointed = [value for value in said if _POINTED.fullmatch(value)]
    small = sum(_SMALL.fullmatch(value) is not None for value in said)
    if planned.wanted.numerals.thousands or not pointed or len(pointed) + small < len(said):
        return []
    return [notice("points-read", planned.name, example=pointed[0])]


def _as_written(said: Sequence[str]) -> tuple[str, str]:
    """The type and the format that such dates may have, day first unless one of them tells otherwise."""
    parts = [match for value in said if (match := _DAY_OR_MONTH.fullmatch(value))]
    month_first = any(int(part[3]) > 12 for part in parts) and not any(int(part[1]) > 12 for part in parts)
    first, second = ("%m", "%d") if month_first else ("%d", "%m")
    written = f"{first}{parts[0][2]}{second}{parts[0][4]}{'%Y' if len(parts[0][5]) == 4 else '%y'}"
    if parts[0][6] is None:
        return "date", written
    clock = _CLOCK.fullmatch(parts[0][6])
    if clock is None:
        return "timestamp", f"{written} …"
    hour = "%I:%M" if clock[2] else "%H:%M"
    half = clock[2].replace(clock[2].strip(), "%p") if clock[2] else ""
    return "timestamp", f"{written} {hour}{':%S' if clock[1] else ''}{half}"


def _large(engine: DuckDB, table: str, name: str) -> list[Notice]:
    quoted = identifier(name)
    sql = f"SELECT count(*) FROM {table} WHERE abs({quoted}) >= 9007199254740992 AND {quoted} = floor({quoted})"
    return [notice("large-numbers", name)] if engine.run(sql).one()[0] else []


def _words(engine: DuckDB, table: str, name: str, numerals: Numerals) -> list[Notice]:
    """The few words that stand among the numbers of a column, if they are few."""
    quoted = identifier(name)
    number = f"TRY_CAST({plain_digits(f'trim({quoted})', numerals)} AS DOUBLE)"
    frame = engine.run(
        f"SELECT {quoted}, count(*) AS n FROM {table} WHERE {quoted} IS NOT NULL AND {number} IS NULL "
        f"GROUP BY 1 ORDER BY n DESC, 1 LIMIT {_WORDS + 1}"
    )
    words = [(str(word), count) for word, count in frame.rows()]
    grouped = next((word for word, _ in words if not numerals.thousands and _GROUPED.fullmatch(word.strip())), None)
    if grouped is not None:
        return [notice("thousands-unread", name, example=grouped)]
    if not words or len(words) > _WORDS:
        return []
    listed = ", ".join(f"'{word}' ({count} {'row' if count == 1 else 'rows'})" for word, count in words)
    return [notice("words-in-numbers", name, words=listed, nulls=", ".join(f'"{word}"' for word, _ in words))]
