"""What a loaded table should make a person wonder about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Family, Notice
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.engines.types import family
from factcheck.evidence.ingest.amounts import amount, currencies, percentage
from factcheck.evidence.ingest.convert import Numerals, plain_digits
from factcheck.evidence.ingest.infer import looks_numeric
from factcheck.evidence.ingest.notations import are_dates, marked, unread_dates
from factcheck.evidence.ingest.notices import counted, notice
from factcheck.evidence.ingest.plan import Planned
from factcheck.evidence.ingest.spellings import spelled_alike

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

_RUINED = re.compile(r"-?\d(\.\d+)?[eE]\+1\d")
_POINTED = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+")  # 1.334, and never 0.334
_SMALL = re.compile(r"0|-?[1-9]\d{0,2}")
_WORDS = 5
_HEADINGS = 3  # of which a notice speaks
_LENGTH = 30  # of a heading in it
_MOSTLY = 0.5
_SPREADSHEET_DIGITS = 15  # a spreadsheet keeps so many of a number and writes zeros for the rest
_SURELY_ROUNDED = 17  # of ids with so many digits one in a hundred ends in two zeros by chance
_FOR_MISSING = frozenset(
    (
        "unknown", "(unknown)", "not known", "n/a", "#n/a", "n.a.", "na", "nan", "null", "missing", "not available",
        "not stated", "not reported", "no data", "(blank)", "-", "--", "–", "—", "?", "unbekannt", "k.a.", "k. a.",
        "keine angabe", "inconnu", "inconnue", "desconocido", "sin datos", "неизвестно",
    )
)


def suspicions(engine: DuckDB, table: str, planned: Sequence[Planned], kinds: dict[str, str]) -> list[Notice]:
    """Notices on columns whose type was found, on amounts, and on times whose clock nobody names."""
    heading = _second_heading(planned)
    found = [_headings(heading)] if heading else []
    stated = {p.source.name for p in planned if p.wanted.type is not None}  # under another name, perhaps
    for p in planned:
        if p in heading:
            continue
        if p.source.type is None and p.wanted.type is None and p.source.name not in stated:
            found += _of_column(engine, table, p, family(kinds[p.name]))
        elif p.source.type is None and p.wanted.type in ("integer", "decimal", "double"):
            found += _of_amounts(p)
        if p.source.stated is not None and p.source.stated.unzoned and p.wanted.timezone is None:
            found.append(notice("clock-unknown", p.name))
    return found


def _second_heading(planned: Sequence[Planned]) -> list[Planned]:
    """The columns of numbers whose first row is a word, where that row holds no number at all."""
    if not planned or any(p.source.type is not None or p.wanted.type is not None for p in planned):
        return []
    first = [(p.source.sample or (None,))[0] or "" for p in planned]
    if any(looks_numeric(value, Numerals()) for value in first if value.strip()):
        return []
    found = [p for p, value in zip(planned, first, strict=True) if value.strip() and _is_heading(value, p)]
    return found if len(found) > 1 else []  # one word alone is more likely a value that is missing


def _is_heading(value: str, planned: Planned) -> bool:
    rest = [other for other in planned.source.sample[1:] if other is not None and other.strip()]
    numbers = bool(rest) and all(looks_numeric(other, planned.wanted.numerals) for other in rest)
    return numbers and value.strip().lower() not in _FOR_MISSING


def _headings(columns: Sequence[Planned]) -> Notice:
    names, words = _first([p.name for p in columns]), _first([str(p.source.sample[0]).strip() for p in columns])
    return notice("second-heading", None, columns=names, words=words)


def _first(texts: Sequence[str]) -> str:
    shown = [f"'{text}'" if len(text) <= _LENGTH else f"'{text[: _LENGTH - 1]}…'" for text in texts[:_HEADINGS]]
    return ", ".join(shown + ["…"] * (len(texts) > _HEADINGS))


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
    if kind is Family.INTEGER and (rounded := _rounded(said)):
        return [notice("ruined-ids", planned.name, example=rounded)]
    if kind is Family.DOUBLE:
        return _large(engine, table, planned.name)
    if kind is Family.DECIMAL:
        return _pointed(planned, said)
    if kind is not Family.TEXT or not said:
        return []
    if are_dates(said):
        return [unread_dates(engine, table, planned.name, said)]
    for code, fits in (("percent-unread", percentage), ("amounts-unread", amount)):
        if sum(map(fits, said)) > _MOSTLY * len(said):
            example = next(filter(fits, said))
            return [notice(code, planned.name, example=example, sign=next(iter(currencies([example])), ""))]
    if (as_marked := marked(planned.name, said, planned.wanted.numerals)) is not None:
        return [as_marked]
    numbers = sum(looks_numeric(value, planned.wanted.numerals) for value in said)
    if numbers > _MOSTLY * len(said):
        return _words(engine, table, planned.name, planned.wanted.numerals)
    return _for_missing(engine, table, planned.name, said) + spelled_alike(engine, table, planned.name, said)


def _rounded(said: Sequence[str]) -> str:
    """One of several long whole numbers most of which end in zeros where a spreadsheet keeps no digits."""
    long = [value for value in said if len(value.lstrip("-")) >= _SURELY_ROUNDED]
    kept = [len(value.lstrip("-").rstrip("0")) for value in long]
    rounded = [value for value, digits in zip(long, kept, strict=True) if digits <= _SPREADSHEET_DIGITS]
    return rounded[0] if len(set(rounded)) > 1 and len(rounded) > _MOSTLY * len(long) else ""


def _for_missing(engine: DuckDB, table: str, name: str, said: Sequence[str]) -> list[Notice]:
    """Words among texts that mostly say that nothing is known."""
    words = list(dict.fromkeys(value for value in said if value.lower() in _FOR_MISSING))[:_WORDS]
    if not words or len(words) == len(set(said)):
        return []
    quoted = f"trim({identifier(name)})"
    counts = ", ".join(f"count(CASE WHEN {quoted} = {literal(word)} THEN 1 END)" for word in words)
    rows = engine.run(f"SELECT {counts} FROM {table}").one()
    return [notice("words-for-missing", name, said=counted(zip(words, rows, strict=True)), of=tuple(words))]


def _pointed(planned: Planned, said: Sequence[str]) -> list[Notice]:
    """Decimals that are perhaps thousands: 1.334 beside 872, and no figure that would then be written otherwise."""
    pointed = [value for value in said if _POINTED.fullmatch(value)]
    small = sum(_SMALL.fullmatch(value) is not None for value in said)
    if planned.wanted.numerals.thousands or not pointed or len(pointed) + small < len(said):
        return []
    return [notice("points-read", planned.name, example=pointed[0])]


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
    in_marks = [word.strip() for word, _ in words]
    if (late := marked(name, in_marks, numerals)) is not None:  # further down than the sample reaches
        return [late]
    if not words or len(words) > _WORDS:
        return []
    return [notice("words-in-numbers", name, said=counted(words), of=tuple(word for word, _ in words))]
