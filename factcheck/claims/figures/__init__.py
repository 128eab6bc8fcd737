"""Figures, read the way claims are spoken: as the set of values that would make the claim true."""

from factcheck.claims.figures.estimates import format_value
from factcheck.claims.figures.faults import FigureError
from factcheck.claims.figures.quantity import Quantity
from factcheck.claims.figures.reading import read
from factcheck.claims.figures.readings import (
    Claimed,
    CompositionClaim,
    DateClaim,
    LabelClaim,
    NumberClaim,
    SetClaim,
    TrendClaim,
)
from factcheck.claims.figures.wording import describe

__all__ = [
    "Claimed",
    "CompositionClaim",
    "DateClaim",
    "FigureError",
    "LabelClaim",
    "NumberClaim",
    "Quantity",
    "SetClaim",
    "TrendClaim",
    "describe",
    "format_value",
    "read",
]
