"""The columns of a dataset for a terminal: what each holds, in a few lines and a small picture."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from factcheck.reports.locale import figures, integer
from factcheck.reports.page import Page, cut
from factcheck.reports.sparks import spark
from factcheck.verdicts.calendar import span_text

_VALUE = 36  # characters of a value among the commonest
_INDENT = 4
_YEAR = re.compile(r"year|jahr|ann[ée]e|\b[aá][nñ]o|(^|_)yr", re.IGNORECASE)


def columns(page: Page, found: Mapping[str, Any]) -> None:
    """Every column with its type, what is missing, and how its values lie."""
    rows = found["ledger"]["loaded"]
    for column in found["columns"]:
        details = found["details"][column["name"]]
        if _years(column):
            column = _as_written(column)
        page.line("")
        page.sides(cut(column["name"], 60), _kind(column, details), _right(column, rows))
        _values(page, column, details, rows)
        if details["expr"]:
            page.line(f"computed: {details['expr']}", "dim", _INDENT)
        if details["made_from"]:
            page.line(f"made from {', '.join(details['made_from'])}", "dim", _INDENT)
        if column["caveat"]:
            page.line(f"caveat: {column['caveat']}", "yellow", _INDENT)


def _years(column: Mapping[str, Any]) -> bool:
    """Whether whole numbers are years, which are written without a mark for thousands."""
    low, high = column["min"], column["max"]
    whole = column["type"] == "integer" and isinstance(low, int) and isinstance(high, int)
    return whole and low >= 1000 and high < 3000 and _YEAR.search(column["name"]) is not None


def _as_written(column: Mapping[str, Any]) -> Mapping[str, Any]:
    common = [(str(value), count) for value, count in column["common"]]
    return {**column, "min": str(column["min"]), "max": str(column["max"]), "common": common}


def _kind(column: Mapping[str, Any], details: Mapping[str, Any]) -> str:
    return f"{column['type']}, {details['unit']}" if details["unit"] else str(column["type"])


def _right(column: Mapping[str, Any], rows: int) -> str:
    """How many different values there are, and how many are missing."""
    different = "each its own" if column["distinct"] == rows > 1 else f"{integer(column['distinct'])} different"
    if not column["missing"]:
        return f"{different}, none missing"
    return f"{different}, {_share(column['missing'], rows)} missing"


def _values(page: Page, column: Mapping[str, Any], details: Mapping[str, Any], rows: int) -> None:
    if not column["distinct"]:
        page.line("no value", "dim", _INDENT)
        return
    room = page.width - _INDENT
    if details["span"] is not None:
        _times(page, details["span"], room)
    elif details["histogram"] is not None and column["distinct"] > len(column["common"]):
        picture = spark(details["histogram"]["rows"], simple=page.simple)
        page.picture(f"{_figure(column['min'])} to {_figure(column['max'])}", picture, _INDENT)
    elif column["min"] is not None and column["min"] != column["max"]:
        page.line(f"{_figure(column['min'])} to {_figure(column['max'])}", "", _INDENT)
    if _telling(column, rows):
        most = 5 if column["common"][0][1] * 100 >= rows else 3
        page.line(" · ".join(_common(value, count, rows) for value, count in column["common"][:most]), "", _INDENT)


def _times(page: Page, span: Mapping[str, Any], room: int) -> None:
    words = span_text(date.fromisoformat(span["first"]), date.fromisoformat(span["last"]))
    page.picture(f"{words}, by {span['unit']}", spark(span["rows"], most=room - 2, simple=page.simple), _INDENT)


def _telling(column: Mapping[str, Any], rows: int) -> bool:
    """Whether the commonest values say something: not where each occurs once, nor for times spread over a span."""
    common: Sequence[tuple[Any, int]] = column["common"]
    once = bool(common) and common[0][1] == 1 and column["distinct"] > len(common)
    return not once and not (column["type"] in ("date", "timestamp") and common[0][1] * 20 < rows)


def _common(value: Any, count: int, rows: int) -> str:
    return f"{_short(value)} {_share(count, rows)}" if count * 1000 >= rows else f"{_short(value)} ×{integer(count)}"


def _share(count: int, rows: int) -> str:
    """A share in percent that is 0 or 100 only where it is that exactly."""
    if not count or count == rows:
        return "100%" if count else "0%"
    return f"{min(max(100 * count / rows, 0.1), 99.9):.1f}%" if count * 1000 >= rows else "<0.1%"


def _short(value: Any) -> str:
    if isinstance(value, (list, dict)):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return cut(_figure(value), _VALUE) or "''"


def _figure(value: Any) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return figures(f"{value:,}")
    return cut(str(value).replace("T", " ") if _is_moment(value) else str(value), 80)


def _is_moment(value: Any) -> bool:
    return isinstance(value, str) and len(value) >= 19 and value[4:5] == "-" and value[10] == "T"
