"""Claims around a truth: with the truth inside A, on either side of each edge of A and of A′, and far beyond."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from factcheck.claims.figures.nearness import default_rule
from factcheck.claims.figures.quantity import DOMAIN, Quantity

Claimed = dict[str, str]

STEP = Fraction(1, 10**9)  # how far off an edge a truth is laid that is to lie just beside it


def ladder(truth: Fraction, quantity: Quantity) -> tuple[Claimed, ...]:
    """Ranges and one-sided figures whose edges, or whose widened edges, are the truth."""
    rule = default_rule(quantity, change=False)
    size = abs(truth) or Fraction(1, 10)
    far_below, far_above = truth - size / 2, truth + size
    near_low = _solved(lambda f: f - rule(f), truth)  # the figure whose A′ begins at the truth
    near_high = _solved(lambda f: f + rule(f), truth)
    lows = [begun for edge in (truth, near_low) for begun in _beginnings(edge, quantity)]
    highs = [ended for edge in (truth, near_high) for ended in _endings(edge, quantity)]
    top, bottom = _endings(far_above, quantity)[0], _beginnings(far_below, quantity)[0]
    rungs = [{"low": low} for low in lows] + [{"high": high} for high in highs]
    rungs += [{"low": low, "high": top} for low in lows if low < top]
    rungs += [{"low": bottom, "high": high} for high in highs if bottom < high]
    rungs += [{"low": truth - size / 10, "high": truth + size / 10}, {"high": bottom}, {"low": top}]
    spoken = [{key: _spoken(value, quantity) for key, value in rung.items()} for rung in rungs]
    return tuple({tuple(rung.items()): rung for rung in spoken}.values())


def _beginnings(edge: Fraction, quantity: Quantity) -> tuple[Fraction, Fraction]:
    """Where a range may begin to hold a truth at the edge by a hair, and to miss it by one."""
    grain = _grain(edge, quantity)
    held = math.floor(edge / grain) * grain
    return held, held + grain


def _endings(edge: Fraction, quantity: Quantity) -> tuple[Fraction, Fraction]:
    grain = _grain(edge, quantity)
    held = math.ceil(edge / grain) * grain
    return held, held - grain


def _solved(edge: Callable[[Fraction], Fraction], truth: Fraction) -> Fraction:
    """The figure whose widened edge is the truth; the edge grows with the figure."""
    low, high = truth - abs(truth) - 1, truth + abs(truth) + 1
    for _ in range(120):
        middle = (low + high) / 2
        low, high = (middle, high) if edge(middle) < truth else (low, middle)
    return high.limit_denominator(10**12)


def _grain(value: Fraction, quantity: Quantity) -> Fraction:
    """A step beside a figure, small against it and with few digits; counts are whole."""
    if quantity is Quantity.COUNT:
        return Fraction(1)
    return STEP * Fraction(10) ** max(0, math.ceil(math.log10(abs(value)))) if value else STEP


def _spoken(value: Fraction, quantity: Quantity) -> str:
    """As it is written in a claim."""
    domain = DOMAIN[quantity]
    value = Fraction(round(value)) if quantity is Quantity.COUNT else value
    value = max(value, domain.low) if domain.low is not None else value
    value = min(value, domain.high) if domain.high is not None else value
    if quantity is Quantity.PROPORTION:
        return f"{_digits(value * 100)}%"
    return f"{_digits(value * 100)} points" if quantity is Quantity.POINTS else _digits(value)


def _digits(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
