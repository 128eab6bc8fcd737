"""Claims that could be made of a dataset, without their figures: a share, the largest group, a median, a period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from factcheck.askable.columns import Facts, telling
from factcheck.draft.conditions import column as quoted
from factcheck.draft.conditions import equals
from factcheck.evidence.dataset import Dataset
from factcheck.reports.nouns import head, plural
from factcheck.verdicts.calendar import span_text

_BASE = 20  # rows that a share is taken of
_EACH = 3  # claims of one kind that are looked at


@dataclass(frozen=True)
class Question:
    """A claim whose figure is still to be found.

    kind: what it shows, so that five claims show five things. statement: with {figure} where that is said. claimed: any
    figure that is read for the kind.
    """

    kind: str
    column: str
    fields: Mapping[str, Any]
    statement: str
    claimed: str


def questions(dataset: Dataset, columns: Sequence[Facts]) -> list[Question]:
    """What may be asked of a dataset, by kind in the order in which it is shown."""
    rows = _noun(dataset)
    if dataset.completeness == "random sample":  # a survey's weights say how much a row counts, and measure nothing
        columns = [one for one in columns if not one.is_weight]
    made = (
        _shares, _among, _tops, _medians, _periods, _trends, _flags, _thresholds, _ranks, _distinct, _counts, _means,
        _largest,
    )  # fmt: skip
    found = [one for ask in made for _, one in zip(range(_EACH), ask(rows, columns), strict=False)]
    return [*found, Question("rows", "", {"measure": {"count": "rows"}}, f"There are {{figure}} {rows}.", "0")]


def _noun(dataset: Dataset) -> str:
    """What is counted: rows, or what the rows of a table of counts stand for."""
    counted = dataset.counts if dataset.counts not in (None, "count", "n", "number", "total") else dataset.unit
    return plural(head(counted))


def _label(column: Facts) -> str:
    """A column's name in a sentence."""
    return column.name if column.name.islower() and "?" not in column.name else f"“{column.name}”"


def _known(column: Facts) -> dict[str, str]:
    """Where values are missing, the claim speaks of the rows that have one."""
    return {"missing": "ignore"} if column.missing else {}


def _shares(rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    for column in telling(columns):
        value = str(column.common[0][0])
        fields = {"measure": {"share": equals(column.name, value)}, **_known(column)}
        if column.name.strip().endswith("?"):
            statement = f"Of those who answered “{column.name}”, {{figure}} said “{value}”."
        elif column.missing:
            statement = f"Of the {rows} whose {_label(column)} is known, {{figure}} have “{value}”."
        else:
            statement = f"{{figure}} of the {rows} have “{value}” as {_label(column)}."
        yield Question("share", column.name, fields, statement, "0%")


def _among(rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    """The share of one value among the rows that have another one, of two columns."""
    several = [one for one in telling(columns) if not one.missing and one.common[0][1] >= _BASE]
    groups = [(column, str(column.common[0][0])) for column in several]
    for (first, value), (second, other) in pairwise(groups):
        measure = {"share": equals(first.name, value), "among": equals(second.name, other)}
        statement = f"Of the {rows} with “{other}” as {_label(second)}, {{figure}} have “{value}” as {_label(first)}."
        yield Question("among", first.name, {"measure": measure}, statement, "0%")
    flags = [one for one in _flagged(columns) if not one.missing]
    for one, two in pairwise(flags):
        measure = {"share": _holds(one), "among": _holds(two)}
        statement = f"Of the {rows} marked as “{_marked(two)}”, {{figure}} are marked as “{_marked(one)}”, too."
        yield Question("among", one.name, {"measure": measure}, statement, "0%")


def _tops(rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    wanted = [one for one in telling(columns) if one.distinct > 2 and one.common[0][1] > one.common[1][1]]
    for column in sorted(wanted, key=lambda one: -min(one.distinct, 12)):
        fields = {"measure": {"top": 1, "by": column.name}, **_known(column)}
        statement = f"The commonest {_label(column)} among the {rows} is “{{figure}}”."
        yield Question("top", column.name, fields, statement, "-")


def _ranks(rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    for column in telling(columns):
        counts = [count for _, count in column.common[:3]]
        if len(counts) == 3 and counts[0] > counts[1] > counts[2]:
            second = str(column.common[1][0])
            statement = f"“{second}” is the {{figure}} most common {_label(column)} among the {rows}."
            fields = {"measure": {"rank": second, "by": column.name}, **_known(column)}
            yield Question("rank", column.name, fields, statement, "second")


def _medians(rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    return _numbers("median", "The median of", rows, columns)


def _means(rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    return _numbers("mean", "The average of", rows, columns)


def _largest(rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    return _numbers("max", "The largest", rows, columns)


def _numbers(kind: str, words: str, rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    for column in _quantities(columns):
        of = f"the {rows} of which it is known" if column.missing else f"the {rows}"
        statement = f"{words} {_label(column)} among {of} is {{figure}}."
        yield Question(kind, column.name, {"measure": {kind: column.name}, **_known(column)}, statement, "0")


def _quantities(columns: Sequence[Facts]) -> list[Facts]:
    """Numbers that measure something, those with a unit first."""
    found = [one for one in columns if one.is_quantity and one.missing * 2 < one.rows]
    return sorted(found, key=lambda one: one.unit is None)


def _distinct(rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    for column in columns:
        if column.is_name and not column.computed:
            statement = f"There are {{figure}} different values of {_label(column)} among the {rows}."
            fields = {"measure": {"count": f"distinct {quoted(column.name)}"}}
            yield Question("distinct", column.name, fields, statement, "0")


def _flags(rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    for column in _flagged(columns):
        fields = {"measure": {"share": _holds(column)}, **_known(column)}
        base = f"the {rows} of which that is known" if column.missing else f"the {rows}"
        yield Question("flag", column.name, fields, f"{{figure}} of {base} are marked as “{_marked(column)}”.", "0%")


def _flagged(columns: Sequence[Facts]) -> list[Facts]:
    """Flags, first those that neither hardly any row has nor nearly all."""
    return sorted((one for one in columns if one.is_flag), key=_one_sided)


def _holds(flag: Facts) -> str:
    return equals(flag.name, True if flag.type == "boolean" else 1)


def _marked(flag: Facts) -> str:
    words = flag.name.replace("_", " ").strip()
    return words.lower() if words.isupper() else words


def _one_sided(column: Facts) -> float:
    holds = sum(count for value, count in column.common if value in (1, True))
    return round(abs(holds / max(1, column.known) - 0.4), 1)


def _thresholds(rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    """The share of the rows that reach a round figure."""
    for column in _quantities(columns):
        if (least := _round(column)) is not None:
            fields = {"measure": {"share": f"{quoted(column.name)} >= {least:f}"}, **_known(column)}
            of = f"the {rows} of which it is known" if column.missing else f"the {rows}"
            statement = f"In {{figure}} of {of}, {_label(column)} is {least:,f} or more."
            yield Question("threshold", column.name, fields, statement, "0%")


def _round(column: Facts) -> Decimal | None:
    """A figure of one digit that some rows reach and others do not."""
    if column.histogram is None or not column.rows:
        return None
    low, high, counts = (column.histogram[key] for key in ("low", "high", "rows"))
    above = sum(counts)
    for place, count in enumerate(counts):
        if above * 2 <= sum(counts) and above:
            edge = Decimal(str(low)) + (Decimal(str(high)) - Decimal(str(low))) * place / len(counts)
            return edge.quantize(Decimal(1).scaleb(edge.adjusted())) if edge else None
        above -= count
    return None


def _counts(rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    for column in telling(columns):
        value = str(column.common[1][0])
        if column.common[1][1] < 2:
            continue  # of one row nobody says that they are many
        fields = {"measure": {"count": "rows", "that": equals(column.name, value)}, **_known(column)}
        yield Question("count", column.name, fields, f"{{figure}} {rows} have “{value}” as {_label(column)}.", "0")


def _periods(rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    """How many rows the busiest day, month or year of a time column has."""
    for column in columns:
        if column.span is None or len(column.span["rows"]) < 3 or max(column.span["rows"]) < 2:
            continue
        counts: list[int] = column.span["rows"]
        low, high = _busiest(column.span, counts.index(max(counts)))
        name = quoted(column.name)
        fields = {"where": f"{name} >= '{low}' and {name} < '{high}'", "measure": {"count": "rows"}}
        when = span_text(low, high - timedelta(1))
        yield Question("period", column.name, fields, f"{{figure}} {rows} are of {when} ({_label(column)}).", "0")


def _busiest(span: Mapping[str, Any], place: int) -> tuple[date, date]:
    """The first day of one of the parts of a span, and the day after its last."""
    first = date.fromisoformat(span["first"])
    if span["unit"] == "day":
        return first + timedelta(place), first + timedelta(place + 1)
    if span["unit"] == "month":
        return _month(first, place), _month(first, place + 1)
    years = 1 if span["unit"] == "year" else int(span["unit"].split()[0])
    return date(first.year + place * years, 1, 1), date(first.year + (place + 1) * years, 1, 1)


def _month(first: date, later: int) -> date:
    months = first.year * 12 + first.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def _trends(rows: str, columns: Sequence[Facts]) -> Iterator[Question]:
    for column in columns:
        per = column.span["unit"] if column.span is not None and len(column.span["rows"]) >= 8 else None
        if per in ("day", "month", "year"):
            fields = {"measure": {"trend": column.name, "per": per}}
            yield Question("trend", column.name, fields, f"The number of {rows} a {per} is {{figure}}.", "rising")
