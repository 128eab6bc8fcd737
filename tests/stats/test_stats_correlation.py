"""Correlations against R and SciPy, their influence against SciPy on repeated rows, bounds against every completion."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats as scipy_stats

from factcheck.errors import StatisticsError
from factcheck.stats import correlation
from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.correlation_bounds import Rows, kendall_bounds, pearson_bounds, spearman_bounds
from factcheck.stats.correlation_intervals import bonett_wright, pearson_interval, rank_interval, with_missing

Floats = NDArray[np.float64]


def floats(*values: float) -> Floats:
    return np.array(values, np.float64)


# mtcars of R (Henderson & Velleman 1981): miles per gallon and weight.
MPG = floats(
    21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9,
    21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4,
)  # fmt: skip
WT = floats(
    2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2,
    1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78,
)  # fmt: skip
# The example of ci.spear in the R package statpsych 1.6.0.
SPEAR_Y = floats(21, 4, 9, 12, 35, 18, 10, 22, 24, 1, 6, 8, 13, 16, 19)
SPEAR_X = floats(67, 28, 30, 28, 52, 40, 25, 37, 44, 10, 14, 20, 28, 40, 51)


def test_mtcars_as_r_has_it() -> None:
    # R: cor(mtcars$mpg, mtcars$wt, method = ...)
    assert correlation.pearson(MPG, WT) == pytest.approx(-0.8676594, abs=5e-8)
    assert correlation.spearman(MPG, WT) == pytest.approx(-0.886422, abs=5e-7)
    assert correlation.kendall(MPG, WT) == pytest.approx(-0.7278321, abs=5e-8)


def test_scipy_example_of_kendall() -> None:
    # scipy.stats.kendalltau, example: x1 = [12, 2, 1, 12, 2], x2 = [1, 4, 7, 1, 0] gives -0.47140452079103173.
    assert correlation.kendall(floats(12, 2, 1, 12, 2), floats(1, 4, 7, 1, 0)) == pytest.approx(-0.47140452079103173)


def test_scipy_examples_of_spearman_and_pearson() -> None:
    # scipy.stats.spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]) = 0.8207826816681233;
    # scipy.stats.pearsonr([1, 2, 3, 4, 5], [10, 9, 2.5, 6, 4]) = -0.7426106572325057.
    one = floats(1, 2, 3, 4, 5)
    assert correlation.spearman(one, floats(5, 6, 7, 8, 7)) == pytest.approx(0.8207826816681233)
    assert correlation.pearson(one, floats(10, 9, 2.5, 6, 4)) == pytest.approx(-0.7426106572325057)


COLUMNS = st.integers(3, 30).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(-5, 5).map(float), min_size=n, max_size=n)] * 2)
)


@settings(max_examples=100, deadline=None)
@given(COLUMNS)
def test_all_three_agree_with_scipy(columns: tuple[list[float], list[float]]) -> None:
    x, y = (np.array(column) for column in columns)
    if x.min() == x.max() or y.min() == y.max():
        with pytest.raises(StatisticsError, match="alike"):
            correlation.kendall(x, y)
        return
    assert correlation.pearson(x, y) == pytest.approx(scipy_stats.pearsonr(x, y).statistic, abs=1e-12)
    assert correlation.spearman(x, y) == pytest.approx(scipy_stats.spearmanr(x, y).statistic, abs=1e-12)
    assert correlation.kendall(x, y) == pytest.approx(scipy_stats.kendalltau(x, y).statistic, abs=1e-12)
    signs = np.sign(x[:, None] - x) * np.sign(y[:, None] - y)
    assert correlation.concordances(correlation.codes(x), correlation.codes(y)).tolist() == signs.sum(axis=1).tolist()
    assert correlation.pairs(x, y)[0] == signs.sum() / 2


@pytest.mark.parametrize(
    ("coefficient", "influence"),
    [
        (correlation.pearson, correlation.influence_pearson),
        (correlation.spearman, correlation.influence_spearman),
        (correlation.kendall, correlation.influence_kendall),
    ],
)
def test_influence_is_what_more_weight_of_a_row_changes(coefficient: object, influence: object) -> None:
    """Every row a thousand times, one of them once more: the change, times a thousand, is the derivative."""
    assert callable(coefficient)
    assert callable(influence)
    x, y, times = floats(1, 2, 2, 4, 7, 7), floats(3, 1, 4, 4, 9, 2), 1000
    found = influence(x, y)
    assert found.sum() == pytest.approx(0, abs=1e-12)
    many = np.repeat(x, times), np.repeat(y, times)
    base = coefficient(*many)
    for row in range(len(x)):
        more = coefficient(np.append(many[0], x[row]), np.append(many[1], y[row]))
        assert (more - base) * times == pytest.approx(found[row], abs=2e-3)


def test_order_and_units_do_not_matter() -> None:
    order = np.random.default_rng(1).permutation(len(MPG))
    for coefficient in (correlation.pearson, correlation.spearman, correlation.kendall):
        assert coefficient(MPG[order], WT[order]) == coefficient(MPG, WT)
    # A time in microseconds has a large offset.
    assert correlation.pearson(1.6e15 + MPG * 1e6, WT * 1e-200) == pytest.approx(correlation.pearson(MPG, WT), abs=1e-9)


@pytest.mark.parametrize(("x", "y"), [([1.0], [2.0]), ([1.0, 2.0], [1.0]), ([1.0, math.nan], [1.0, 2.0])])
def test_refused(x: list[float], y: list[float]) -> None:
    with pytest.raises(StatisticsError):
        correlation.pearson(np.array(x), np.array(y))


def test_bonett_and_wright_as_r_has_it() -> None:
    # R: statpsych::ci.spear(.05, y, x): Estimate 0.8699639, LL 0.5840951, UL 0.9638297.
    r = correlation.spearman(SPEAR_X, SPEAR_Y)
    assert r == pytest.approx(0.8699639, abs=5e-8)
    assert bonett_wright(r, 15, "spearman") == pytest.approx((0.5840951, 0.9638297), abs=5e-8)
    # Kendall, by hand: artanh(0.5) = 0.549306, 1.959964·√(0.437/46) = 0.191033.
    assert bonett_wright(0.5, 50, "kendall") == pytest.approx((math.tanh(0.358273), math.tanh(0.740339)), abs=1e-6)


def test_the_interval_is_never_narrower_than_bonett_and_wright() -> None:
    for method in ("spearman", "kendall"):
        found = rank_interval(SPEAR_X, SPEAR_Y, method)
        published = bonett_wright(found.estimate or 0, 15, method)
        assert found.low < published[0]
        assert found.high > published[1]


def test_few_rows_and_heavy_ties_have_no_interval() -> None:
    few = rank_interval(floats(*range(10)), floats(*range(10)), "spearman")
    assert (few.low, few.high, few.notes) == (-1, 1, (Note.FEW_ROWS,))
    x = np.r_[np.zeros(90), np.arange(1.0, 11)]
    assert rank_interval(x, x[::-1].copy(), "kendall").notes == (Note.FEW_ROWS,)


def test_a_perfect_order_may_have_exceptions_that_were_not_drawn() -> None:
    x = np.arange(1000.0)
    found = rank_interval(x, x * x, "spearman")
    assert found.high == 1
    assert found.low == pytest.approx(4 * 0.025 ** (3 / 1000) - 3)
    turned = rank_interval(x, -x, "kendall")
    assert turned.low == -1
    assert turned.high == pytest.approx(1 - 2 * 0.025 ** (2 / 1000))


def test_the_least_rho_with_unseen_exceptions_is_a_bound() -> None:
    """A part e of the rows turned round or scattered, of many shapes: ρ never falls below 4(1−e)³ − 3."""
    generator = np.random.default_rng(3)
    for e in (0.02, 0.1, 0.2):
        x = np.arange(1000.0)
        for _ in range(30):
            y = x.copy()
            odd = generator.choice(1000, int(e * 1000), replace=False)
            y[odd] = generator.choice([-1e6, 1e6, 0.0], len(odd)) - x[odd]
            assert correlation.spearman(x, y) >= 4 * (1 - e) ** 3 - 3
            assert correlation.kendall(x, y) >= 2 * (1 - e) ** 2 - 1


def test_pearson_keeps_to_fishers_interval_where_columns_are_normal() -> None:
    # R: cor.test(mtcars$mpg, mtcars$wt)$conf.int is -0.9338264 to -0.7440872.
    found = pearson_interval(MPG, WT)
    assert found.low <= -0.9338264 + 5e-8
    assert found.high >= -0.7440872 - 5e-8
    assert found.low > -0.98
    assert found.high < -0.65
    order = np.random.default_rng(2).permutation(len(MPG))
    assert pearson_interval(MPG[order], WT[order]) == found


def test_pearson_has_no_interval_for_few_or_unequal_numbers() -> None:
    assert pearson_interval(MPG[:29], WT[:29]).notes == (Note.FEW_ROWS,)
    long_tail = np.r_[np.arange(99.0), 1e6]
    assert pearson_interval(long_tail, long_tail + np.sin(long_tail)).notes == (Note.LONG_TAIL,)
    line = pearson_interval(np.arange(50.0), np.arange(50.0))
    assert (line.low, line.notes) == (-1, (Note.NO_VARIATION,))


def normal_pair(generator: np.random.Generator, n: int, rho: float) -> tuple[Floats, Floats]:
    a = generator.standard_normal(n)
    return a, rho * a + math.sqrt(1 - rho * rho) * generator.standard_normal(n)


def missed(interval: object, truth: float, samples: list[tuple[Floats, Floats]]) -> tuple[float, float]:
    assert callable(interval)
    ends = [interval(x, y) for x, y in samples]
    return (
        sum(truth < end.low for end in ends) / len(ends),
        sum(truth > end.high for end in ends) / len(ends),
    )


def test_coverage_where_extremes_go_together() -> None:
    """t copula with two degrees of freedom: there Bonett and Wright's own error misses 8 % a tail."""
    generator = np.random.default_rng(11)
    samples = []
    for _ in range(300):
        x, y = normal_pair(generator, 200, 0.9)
        w = np.sqrt(generator.chisquare(2, 200) / 2)
        samples.append((x / w, y / w))
    rho = 0.8716  # of 2,000,000 draws
    low, high = missed(lambda x, y: rank_interval(x, y, "spearman"), rho, samples)
    assert max(low, high) <= 0.075  # 5 % and what 300 samples leave to chance
    published = [bonett_wright(correlation.spearman(x, y), 200, "spearman") for x, y in samples]
    assert sum(not end[0] <= rho <= end[1] for end in published) / 300 > 0.1


def test_coverage_of_pearson_for_skew_columns() -> None:
    """Log-normal columns, independent: the bootstrap alone misses 7 % above; columns with ρ = 0.5: Fisher 17 % below."""
    generator = np.random.default_rng(12)
    for rho, r in ((0.0, 0.0), (0.5, 0.3775)):  # r = (e^ρ − 1)/(e − 1)
        samples: list[tuple[Floats, Floats]] = []
        while len(samples) < 80:
            x, y = (np.exp(column) for column in normal_pair(generator, 200, rho))
            samples.append((x, y))
        low, high = missed(pearson_interval, r, samples)
        assert max(low, high) <= 0.1  # 5 % and what 80 samples leave to chance


def test_missing_values_widen_an_interval_at_both_ends() -> None:
    found = rank_interval(SPEAR_X, SPEAR_Y, "spearman")
    wider = with_missing(found, 0.5, 0.95)
    r = found.estimate or 0
    assert wider.low == pytest.approx(math.tanh(math.atanh(0.5) - (math.atanh(r) - math.atanh(found.low))))
    assert wider.high == pytest.approx(math.tanh(math.atanh(0.95) + (math.atanh(found.high) - math.atanh(r))))
    x = np.arange(1000.0)
    perfect = with_missing(rank_interval(x, x, "kendall"), 0.9, 1.0)
    assert perfect.low == pytest.approx(0.9 - (2 - 2 * 0.025 ** (2 / 1000)))
    assert perfect.high == 1
    assert with_missing(found, -1, 1) == Bounds(-1, 1, found.method, found.notes, r, 15, 0.95)


# Complete rows on whole numbers; a missing value may lie on one of them or between, two of them either way round.
PLACES = [float(Fraction(k, 4)) for k in range(-2, 11)]
ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=4)
GAPS = st.lists(
    st.tuples(st.integers(0, 2), st.none()) | st.tuples(st.none(), st.integers(0, 2)) | st.tuples(st.none(), st.none()),
    min_size=1,
    max_size=2,
)
Cell = tuple[int | None, int | None]


def with_gaps(complete: list[tuple[int, int]], gaps: list[Cell]) -> Rows:
    cells: list[Cell] = [*complete, *(gap for gap in gaps if gap != (None, None))]
    x, y = (np.array([0.0 if cell[i] is None else float(cell[i] or 0) for cell in cells]) for i in (0, 1))
    known = [np.array([cell[i] is not None for cell in cells]) for i in (0, 1)]
    return Rows(x, y, known[0], known[1], gaps.count((None, None)))


def completions(complete: list[tuple[int, int]], gaps: list[Cell]) -> list[tuple[Floats, Floats]]:
    open_cells = [(i, j) for i, gap in enumerate(gaps) for j in (0, 1) if gap[j] is None]
    found = []
    for values in product(PLACES, repeat=len(open_cells)):
        filled = [[float(value) if value is not None else math.nan for value in gap] for gap in gaps]
        for (i, j), value in zip(open_cells, values, strict=True):
            filled[i][j] = value
        rows = np.array([[float(a), float(b)] for a, b in complete] + filled)
        if (rows.max(axis=0) > rows.min(axis=0)).all():
            found.append((rows[:, 0], rows[:, 1]))
    return found


@settings(max_examples=25, deadline=None)
@given(ROWS, GAPS)
def test_bounds_hold_for_every_completion(complete: list[tuple[int, int]], gaps: list[Cell]) -> None:
    if len({a for a, _ in complete}) < 2 or len({b for _, b in complete}) < 2:
        return
    if sum(cell is None for gap in gaps for cell in gap) > 2:
        gaps = gaps[:1]
    rows = with_gaps(complete, gaps)
    ways = completions(complete, gaps)
    for bounds, coefficient in ((spearman_bounds, correlation.spearman), (kendall_bounds, correlation.kendall)):
        low, high = bounds(rows)
        values = [coefficient(x, y) for x, y in ways]
        assert low - 1e-9 <= min(values)
        assert max(values) <= high + 1e-9


def test_bounds_of_complete_rows_are_the_coefficient() -> None:
    known = np.ones(len(MPG), np.bool_)
    rows = Rows(MPG, WT, known, known)
    assert kendall_bounds(rows) == pytest.approx((-0.7278321, -0.7278321), abs=5e-8)
    assert spearman_bounds(rows) == pytest.approx((-0.886422, -0.886422), abs=5e-7)
    assert pearson_bounds(rows) == pytest.approx((-0.8676594, -0.8676594), abs=5e-8)


def test_bounds_stay_useful() -> None:
    """One row in twenty without y, ρ = 0.69: what is left must still be a positive correlation."""
    x, y = normal_pair(np.random.default_rng(5), 400, 0.7)
    known = np.ones(400, np.bool_)
    gaps = known.copy()
    gaps[:20] = False
    assert kendall_bounds(Rows(x, y, known, gaps))[0] > 0.3
    assert spearman_bounds(Rows(x, y, known, gaps))[0] > 0.4


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_pearson_bounds_are_what_an_optimiser_finds(seed: int) -> None:
    """Two missing numbers of y, tried on a wide grid: never beyond the bound, and as near as the grid reaches."""
    generator = np.random.default_rng(seed)
    x, y = generator.normal(size=8), generator.normal(size=8)
    known = np.ones(8, np.bool_)
    gaps = known.copy()
    gaps[:2] = False
    low, high = pearson_bounds(Rows(x, y, known, gaps))
    reach = np.r_[-np.geomspace(1e-2, 1e4, 60)[::-1], 0, np.geomspace(1e-2, 1e4, 60)]
    a, b = np.meshgrid(reach, reach)
    filled = np.concatenate([a.reshape(-1, 1), b.reshape(-1, 1), np.broadcast_to(y[2:], (a.size, 6))], axis=1)
    filled = filled - filled.mean(axis=1, keepdims=True)
    centred = x - x.mean()
    values = filled @ centred / np.sqrt((filled**2).sum(axis=1) * (centred @ centred))
    assert low - 1e-9 <= values.min()
    assert values.max() <= high + 1e-9
    assert values.max() == pytest.approx(high, abs=0.05)
    assert values.min() == pytest.approx(low, abs=0.05)
