"""Intervals for comparing two shares or two counts: differences and ratios."""

from __future__ import annotations

import math
from typing import SupportsIndex

from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.checks import normal_quantile, part, tail, whole
from factcheck.stats.proportion import clopper_pearson, wilson
from factcheck.stats.search import crossing

FEW = 5  # rows on either side of a share, below which these intervals carry a note


def newcombe(
    k1: SupportsIndex | float,
    n1: SupportsIndex | float,
    k2: SupportsIndex | float,
    n2: SupportsIndex | float,
    level: float = 0.95,
    missing1: SupportsIndex | float = 0,
    missing2: SupportsIndex | float = 0,
) -> Bounds:
    """k1/n1 − k2/n2 for two independent samples, as a fraction: 0.1 is ten points.

    Hybrid score interval (Newcombe 1998, Stat. Med. 17:873–890, method 10). Of n1 and n2 rows,
    `missing1` and `missing2` are unknown: the low end counts them against the first share and for
    the second, the high end the other way; the estimate is taken over the known rows.
    """
    a, size_a, m_a = _counted("1", k1, n1, missing1)
    b, size_b, m_b = _counted("2", k2, n2, missing2)
    low = _hybrid(a, size_a, b + m_b, size_b, 0.0, level)[0]
    high = _hybrid(a + m_a, size_a, b, size_b, 0.0, level)[1]
    known_a, known_b = size_a - m_a, size_b - m_b
    estimate = a / known_a - b / known_b if known_a and known_b else None
    notes = _few((a, size_a - a, b, size_b - b))
    return Bounds(low, high, "Newcombe hybrid score", notes, estimate, size_a + size_b, level)


def newcombe_paired(
    both: SupportsIndex | float,
    only_first: SupportsIndex | float,
    only_second: SupportsIndex | float,
    neither: SupportsIndex | float,
    level: float = 0.95,
) -> Bounds:
    """Share of the first condition minus share of the second, both over the same rows.

    The four counts say in how many rows both, one or neither of the conditions hold. Hybrid score
    interval with the φ term (Newcombe 1998, Stat. Med. 17:2635–2650, method 10): φ is shrunk by n/2
    in its numerator where it is positive.
    """
    a, b = whole("both", both), whole("only_first", only_first)
    c, d = whole("only_second", only_second), whole("neither", neither)
    n = a + b + c + d
    part("both", a, "n", n)
    low, high = _hybrid(a + b, n, a + c, n, _phi(a, b, c, d), level)
    notes = _few((a + b, c + d, a + c, b + d))
    return Bounds(low, high, "Newcombe paired hybrid score", notes, (b - c) / n, n, level)


def _few(cells: tuple[int, ...]) -> tuple[Note, ...]:
    """With fewer than five rows on one side of a share, up to 12 % of samples miss the truth on one side."""
    return (Note.FEW_EVENTS,) if min(cells) < FEW else ()


def _phi(a: int, b: int, c: int, d: int) -> float:
    """The correlation of two conditions over the same rows, with Newcombe's continuity correction."""
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    if margins == 0:
        return 0.0
    product = float(a * d - b * c)
    if product > 0:
        product = max(product - (a + b + c + d) / 2, 0.0)
    return product / math.sqrt(margins)


def _hybrid(k1: int, n1: int, k2: int, n2: int, phi: float, level: float) -> tuple[float, float]:
    """The square-and-add limits around k1/n1 − k2/n2, from the two Wilson intervals."""
    first, second = wilson(k1, n1, level), wilson(k2, n2, level)
    p1, p2 = k1 / n1, k2 / n2
    down = _added(p1 - first.low, second.high - p2, phi)
    up = _added(first.high - p1, p2 - second.low, phi)
    return max(-1.0, p1 - p2 - down), min(1.0, p1 - p2 + up)


def _added(x: float, y: float, phi: float) -> float:
    return math.sqrt(max(x * x - 2 * phi * x * y + y * y, 0.0))


def ratio_of_proportions(
    k1: SupportsIndex | float,
    n1: SupportsIndex | float,
    k2: SupportsIndex | float,
    n2: SupportsIndex | float,
    level: float = 0.95,
    missing1: SupportsIndex | float = 0,
    missing2: SupportsIndex | float = 0,
    corrected: bool = True,
) -> Bounds:
    """(k1/n1) / (k2/n2) for two independent samples; inf where the second share may be zero.

    Inversion of the score test: with the factor N/(N − 1) of Miettinen & Nurminen (1985, Stat. Med. 4),
    or without it (`corrected=False`), which is Koopman's (1984, Biometrics 40). Unknown rows as in
    `newcombe`.
    """
    a, size_a, m_a = _counted("1", k1, n1, missing1)
    b, size_b, m_b = _counted("2", k2, n2, missing2)
    z = normal_quantile(level)
    low = _ratio_limit(a, size_a, b + m_b, size_b, z, corrected)
    high = _ratio_limit(a + m_a, size_a, b, size_b, -z, corrected)
    method = "Miettinen–Nurminen score" if corrected else "Koopman score"
    notes = (Note.ZERO_DENOMINATOR,) if b == 0 else _few((a, size_a - a, b, size_b - b))
    estimate = None
    if b and size_a > m_a:
        estimate = (a / (size_a - m_a)) / (b / (size_b - m_b))
    return Bounds(low, high, method, notes, estimate, size_a + size_b, level)


def ratio_of_paired_proportions(
    both: SupportsIndex | float,
    only_first: SupportsIndex | float,
    only_second: SupportsIndex | float,
    neither: SupportsIndex | float,
    level: float = 0.95,
) -> Bounds:
    """Share of the first condition over share of the second, both over the same rows; inf where the second may be zero.

    The four counts as in `newcombe_paired`; rows in which neither holds tell nothing of the ratio. Wilson limits of
    both shares of the remaining rows, at a level that makes up for their dependence (Bonett & Price 2006, Stat. Med.
    25). Simulated over 420 settings of 30 to 1,000 rows it holds the ratio in 95.4 % of samples, no tail above 5 %
    where at least three rows are expected to count on either side.
    """
    a, b = whole("both", both), whole("only_first", only_first)
    c, d = whole("only_second", only_second), whole("neither", neither)
    part("both", a, "n", a + b + c + d)
    first, second, rows = a + b, a + c, a + b + c
    method, n = "Bonett–Price", a + b + c + d
    if second == 0:
        tail(level)
        return Bounds(0.0, math.inf, method, (Note.ZERO_DENOMINATOR,), None, n, level)
    spread = [math.sqrt((1 - (k + 1) / (rows + 2)) / (k + 1)) for k in (first, second)]
    apart = math.sqrt((b + c + 2) / ((first + 1) * (second + 1)))
    z = normal_quantile(level) * apart / (spread[0] + spread[1])
    (low1, high1), (low2, high2) = _score_limits(first, rows, z), _score_limits(second, rows, z)
    low, high = low1 / high2, high1 / low2 if low2 > 0 else math.inf
    return Bounds(low, high, method, _few((first, second)), first / second, n, level)


def _score_limits(k: int, n: int, z: float) -> tuple[float, float]:
    """Wilson's limits at the normal quantile z."""
    middle, half = 2 * k + z * z, z * math.sqrt(z * z + 4 * k * (1 - k / n))
    low, high = ((middle + side * half) / (2 * (n + z * z)) for side in (-1, 1))
    return (0.0 if k == 0 else low), (1.0 if k == n else high)


def ratio_of_counts(a: SupportsIndex | float, b: SupportsIndex | float, level: float = 0.95) -> Bounds:
    """a / b for two independent counts of events over equal spans.

    Given a + b, a is binomial: Clopper–Pearson limits of a/(a + b), turned into odds (Przyborowski &
    Wilenski 1940, Biometrika 31). Rows that count on both sides are no independent events; take them
    out first, or use `newcombe_paired`. With b = 0 there is no estimate and no upper end.
    """
    first, second = whole("a", a), whole("b", b)
    tail(level)
    method = "exact conditional binomial"
    if first + second == 0:
        return Bounds(0.0, math.inf, method, (Note.ZERO_DENOMINATOR,), None, 0, level)
    share = clopper_pearson(first, first + second, level)
    low, high = _odds(share.low), _odds(share.high)
    if second == 0:
        return Bounds(low, math.inf, method, (Note.ZERO_DENOMINATOR,), None, first, level)
    return Bounds(low, high, method, (), first / second, first + second, level)


def _odds(p: float) -> float:
    return math.inf if p >= 1 else p / (1 - p)


def _counted(
    which: str, k: SupportsIndex | float, n: SupportsIndex | float, missing: SupportsIndex | float
) -> tuple[int, int, int]:
    """k, n and the number of unknown rows of one of two samples, checked."""
    count, size = whole(f"k{which}", k), whole(f"n{which}", n, 1)
    unknown = whole(f"missing{which}", missing)
    if unknown:
        part(f"k{which} + missing{which}", count + unknown, f"n{which}", size)
    part(f"k{which}", count, f"n{which}", size)
    return count, size, unknown


def _ratio_limit(k1: int, n1: int, k2: int, n2: int, z: float, corrected: bool) -> float:
    """The ratio at which the score statistic equals z: the low limit for z > 0, the high one for z < 0."""
    if z > 0 and k1 == 0:
        return 0.0
    if z < 0 and k2 == 0:
        return math.inf

    def score(log_ratio: float) -> float:
        return _ratio_score(math.exp(log_ratio), k1, n1, k2, n2, corrected)

    start = math.log(((k1 + 0.5) / (n1 + 1)) / ((k2 + 0.5) / (n2 + 1)))
    return math.exp(crossing(score, z, start))


def _ratio_score(ratio: float, k1: int, n1: int, k2: int, n2: int, corrected: bool) -> float:
    """How many standard deviations k1/n1 lies above `ratio` times k2/n2, if that were the true ratio.

    The deviation is taken at the maximum-likelihood shares under that ratio, a root of a quadratic.
    """
    total = n1 + n2
    b = n1 * ratio + k1 + n2 + k2 * ratio
    root = math.sqrt(max(b * b - 4 * total * ratio * (k1 + k2), 0.0))
    p2 = min(2 * (k1 + k2) / (b + root), 1.0)
    p1 = min(p2 * ratio, 1.0)
    variance = p1 * (1 - p1) / n1 + ratio * ratio * p2 * (1 - p2) / n2
    if corrected:
        variance *= total / (total - 1)
    gap = k1 / n1 - ratio * (k2 / n2)
    if variance <= 0:
        return 0.0 if gap == 0 else math.copysign(math.inf, gap)
    return gap / math.sqrt(variance)
