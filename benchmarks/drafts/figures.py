"""Whether two figures are read as the same set of values, by the reader that claims are read with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.drafts.sentences import Claim
from factcheck.claims import figures
from factcheck.claims.figures import Claimed, FigureError, Quantity

_OF_KIND = {
    "count": Quantity.COUNT, "share": Quantity.PROPORTION, "ratio": Quantity.RATIO, "rate": Quantity.RATIO,
    "rank": Quantity.RANK, "trend": Quantity.TREND, "first": Quantity.DATE, "last": Quantity.DATE,
    "gap": Quantity.DURATION, "delay": Quantity.DURATION, "values": Quantity.SET, "peaks": Quantity.SET,
    "composition": Quantity.COMPOSITION, "hours": Quantity.COMPOSITION, "correlation": Quantity.CORRELATION,
}  # fmt: skip


def quantity(measure: Mapping[str, Any]) -> Quantity:
    """What a measure's value is: a share, a count, a date."""
    kind = next(iter(measure))
    if kind == "top":
        return Quantity.LABEL if str(measure[kind]) == "1" else Quantity.SET
    if kind == "per":
        return quantity(measure.get("of", {"count": "rows"}))
    if kind == "difference":
        return Quantity.POINTS if quantity(measure[kind]) is Quantity.PROPORTION else Quantity.DIFFERENCE
    return _OF_KIND.get(kind, Quantity.NUMBER)


def same(one: Claim, other: Claim) -> bool:
    """Whether the claims claim the same values; texts that cannot be read are the same only as they stand."""
    first, second = _read(one), _read(other)
    if first is None or second is None:
        return _plain(one.get("claimed")) == _plain(other.get("claimed"))
    return _values(first) == _values(second)


def _read(claim: Claim) -> Claimed | None:
    try:
        return figures.read(
            claim.get("claimed"), quantity(claim["measure"]),
            tolerance=claim.get("tolerance"), whole=str(claim["measure"].get("whole")).lower() == "true",
        )  # fmt: skip
    except FigureError:
        return None


def _values(claimed: Claimed) -> object:
    """The set of values alone, without how it was written."""
    match claimed:
        case figures.NumberClaim() | figures.TrendClaim():
            return claimed.region
        case figures.DateClaim():
            return claimed.low, claimed.high, claimed.members
        case figures.CompositionClaim():
            return claimed.whole, sorted((label, str(_values(part))) for label, part in claimed.parts.items())
        case _:
            return claimed.mode, sorted(_plain(member) for member in claimed.members)


def _plain(claimed: object) -> str:
    return " ".join(str(claimed).casefold().split())
