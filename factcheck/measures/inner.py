"""A measure inside another: what `of` may hold in rank, top and per."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from factcheck.claims.figures import Quantity
from factcheck.evidence.expressions import Bound
from factcheck.measures.common import plural
from factcheck.measures.form import Binder

Kind = Literal["count", "distinct", "share", "sum", "mean", "min", "max", "median"]
KINDS: tuple[Kind, ...] = ("share", "sum", "mean", "median", "min", "max")


@dataclass(frozen=True)
class Inner:
    """`kind` of `x` over the rows of a group for which `that` is true (for a share, `that` is its condition)."""

    kind: Kind
    x: Bound | None = None
    that: Bound | None = None
    text: str = "the number of rows"

    @property
    def quantity(self) -> Quantity:
        if self.kind in ("count", "distinct"):
            return Quantity.COUNT
        return Quantity.PROPORTION if self.kind == "share" else Quantity.NUMBER


def inner_of(binder: Binder, measure: Mapping[str, Any] | None, *path: str | int) -> Inner:
    """Reads the `of` of a grouping measure; without one, rows are counted."""
    if measure is None:
        return Inner("count", text=_rows(binder, None))
    rest = {key: value for key, value in measure.items() if key not in ("that", "among")}
    if len(rest) != 1 or next(iter(rest)) not in ("count", *KINDS):
        raise binder.fail(
            "'of' needs one measure of a group", *path, hint="count, share, sum, mean, median, min or max, with `among`"
        )
    ((key, text),) = rest.items()
    kind: Kind = key  # type: ignore[assignment]  # one of KINDS, as checked above
    if "that" in measure and "among" in measure:
        raise binder.fail("'that' and 'among' mean the same here; give one of them", *path, "among")
    limit = "that" if "that" in measure else "among"
    only = binder.expression(str(measure[limit]), *path, limit, expect="condition") if limit in measure else None
    given = str(measure[limit]) if limit in measure else None
    if kind == "count":
        return _count(binder, str(text), only, given, *path)
    if kind == "share":
        if only is not None:
            raise binder.fail("a share inside another measure takes its `among` outside, beside `of`", *path, limit)
        condition = binder.expression(str(text), *path, "share", expect="condition")
        return Inner("share", None, condition, f"the share of {_things(binder)} where {text}")
    x = binder.expression(str(text), *path, kind, expect="number")
    return Inner(kind, x, only, f"the {kind} of {text}{_where(given)}")


def _things(binder: Binder) -> str:
    return plural(binder.dataset.unit or "row")


def _rows(binder: Binder, given: str | None) -> str:
    return f"the number of {_things(binder)}{_where(given)}"


def _where(given: str | None) -> str:
    return f" where {given}" if given is not None else ""


def _count(binder: Binder, text: str, only: Bound | None, given: str | None, *path: str | int) -> Inner:
    if text == "rows":
        return Inner("count", None, only, _rows(binder, given))
    if text.startswith("distinct "):
        what = text.removeprefix("distinct ")
        x = binder.expression(what, *path, "count", expect="any")
        return Inner("distinct", x, only, f"the number of different values of {what}{_where(given)}")
    raise binder.fail(f"cannot count {text!r} in groups", *path, "count", hint="write rows or distinct <expression>")
