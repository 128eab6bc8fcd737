"""The comparator keeps the definitions of the calculus: M ⊆ A, M ⊆ A′, M ∩ A′ = ∅, anything else."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.claims.figures import NumberClaim, Quantity, read
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement, Members, unmeasurable
from factcheck.verdicts.compare import compare, numbers
from factcheck.verdicts.sets import compare_sets
from factcheck.verdicts.verdict import Outcome

GRID = [Fraction(n, 2) for n in range(-26, 27)]
ends = st.one_of(st.none(), st.sampled_from([Fraction(n) for n in range(-8, 9)]))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = draw(ends), draw(ends)
    if low is not None and high is not None and low > high:
        low, high = high, low
    point = low is not None and low == high
    low_open = draw(st.booleans()) and low is not None and not point
    high_open = draw(st.booleans()) and high is not None and not point
    return Interval(low, high, low_open, high_open)


def found(m: Interval, estimate: Fraction | None = None) -> Measurement:
    return Measurement(Quantity.NUMBER, estimate, m)


def inside(region: Interval) -> set[Fraction]:
    return {point for point in GRID if region.contains(point)}


def widened(a: Interval, by: Fraction) -> Interval:
    low = None if a.low is None else a.low - by
    high = None if a.high is None else a.high + by
    return Interval(low, high, a.low_open and not by, a.high_open and not by)


@given(intervals(), intervals(), st.sampled_from([Fraction(0), Fraction(1), Fraction(3)]))
def test_outcomes_are_the_relations_of_the_regions(a: Interval, m: Interval, by: Fraction) -> None:
    near = widened(a, by)
    outcome = numbers(a, near, found(m), Quantity.NUMBER).outcome
    # The grid reaches beyond every finite end, however widened: points there stand for what has no bound.
    subset = inside(m) <= inside(a)
    subset_near, apart = inside(m) <= inside(near), not inside(m) & inside(near)
    if subset:
        assert outcome is Outcome.SUPPORTED
    elif subset_near:
        assert outcome is Outcome.CLOSE
    elif apart:
        assert outcome is Outcome.REFUTED
    else:
        assert outcome is Outcome.INCONCLUSIVE


@given(intervals(), intervals(), intervals())
def test_more_doubt_never_concludes_more(a: Interval, m: Interval, more: Interval) -> None:
    """Widening M keeps a conclusion or gives it up; it never makes one, nor turns one into its opposite."""
    near = widened(a, Fraction(1))
    narrow = numbers(a, near, found(m), Quantity.NUMBER).outcome
    wide = numbers(a, near, found(m.hull(more)), Quantity.NUMBER).outcome
    allowed = {
        Outcome.SUPPORTED: {Outcome.SUPPORTED, Outcome.CLOSE, Outcome.INCONCLUSIVE},
        Outcome.CLOSE: {Outcome.CLOSE, Outcome.INCONCLUSIVE},
        Outcome.REFUTED: {Outcome.REFUTED, Outcome.INCONCLUSIVE},
        Outcome.INCONCLUSIVE: {Outcome.INCONCLUSIVE},
    }
    assert wide in allowed[narrow]


@given(intervals(), intervals(), intervals())
def test_two_measurements_that_share_a_value_never_conclude_opposites(a: Interval, m: Interval, n: Interval) -> None:
    if m.disjoint(n):
        return
    near = widened(a, Fraction(1))
    outcomes = {numbers(a, near, found(region), Quantity.NUMBER).outcome for region in (m, n)}
    assert not {Outcome.SUPPORTED, Outcome.REFUTED} <= outcomes


@given(intervals(), intervals())
def test_the_estimate_leans_only_where_nothing_is_settled(a: Interval, m: Interval) -> None:
    middle = next((point for point in GRID if m.contains(point)), None)
    finding = numbers(a, widened(a, Fraction(1)), found(m, middle), Quantity.NUMBER)
    if finding.outcome in (Outcome.SUPPORTED, Outcome.REFUTED) or middle is None:
        assert finding.leaning is None
    else:
        assert finding.leaning == ("consistent" if a.contains(middle) else "against")


@given(intervals(), intervals())
def test_a_bound_alone_does_not_lean(a: Interval, m: Interval) -> None:
    measurement = Measurement(Quantity.NUMBER, Fraction(1), m, bound_only=True)
    assert numbers(a, widened(a, Fraction(1)), measurement, Quantity.NUMBER).leaning is None


@given(intervals(), intervals())
def test_a_direction_needs_regions_apart(a: Interval, m: Interval) -> None:
    finding = numbers(a, widened(a, Fraction(1)), found(m), Quantity.NUMBER)
    if finding.direction is not None:
        assert a.disjoint(m)
        assert finding.outcome in (Outcome.CLOSE, Outcome.REFUTED)


# By hand: which of the two has the larger magnitude.
@pytest.mark.parametrize(
    ("claimed", "low", "high", "quantity", "direction"),
    [
        ("64%", "0.02", "0.02", Quantity.PROPORTION, "overstated"),
        ("2%", "0.64", "0.64", Quantity.PROPORTION, "understated"),
        ("at most 8", "9", None, Quantity.NUMBER, "understated"),
        ("at least 80", "2", "9", Quantity.COUNT, "overstated"),
        ("-10", "-5", "-5", Quantity.NUMBER, "overstated"),
        ("-5", "-10", "-10", Quantity.NUMBER, "understated"),
        ("10", "-5", "-5", Quantity.NUMBER, None),
        ("first", "5", "5", Quantity.RANK, "overstated"),
        ("more than 10", "1", "1", Quantity.RANK, "understated"),
        ("12 points lower", "-0.05", "-0.05", Quantity.POINTS, "overstated"),
        ("12 points lower", "0.05", "0.05", Quantity.POINTS, None),
        ("7% fewer", "0.99", "0.99", Quantity.RATIO, "overstated"),
        ("7% fewer", "0.5", "0.5", Quantity.RATIO, "understated"),
        ("20% more", "1.02", "1.02", Quantity.RATIO, "overstated"),
        ("20% more", "0.8", "0.8", Quantity.RATIO, None),
        ("half as many", "0.1", "0.1", Quantity.RATIO, "understated"),
        ("one in eight", "0.036", "0.036", Quantity.RATIO, "overstated"),
        ("as many as one in eight", "0.4", "0.4", Quantity.RATIO, "understated"),
        ("a third", "1.5", "1.5", Quantity.RATIO, "understated"),
    ],
)
def test_direction(claimed: str, low: str, high: str | None, quantity: Quantity, direction: str | None) -> None:
    m = Interval(Fraction(low), None if high is None else Fraction(high))
    finding = compare(read(claimed, quantity), Measurement(quantity, m.low, m))
    assert finding.outcome is Outcome.REFUTED
    assert finding.direction == direction


# The nearest edge of A over the nearest edge of M.
@pytest.mark.parametrize(
    ("claimed", "found_at", "factor"),
    [
        ("64%", "0.02", Fraction("0.635") / Fraction("0.02")),
        ("1%", "0.1", Fraction("0.1") / Fraction("0.015")),
        ("64%", "0", None),
    ],
)
def test_factor(claimed: str, found_at: str, factor: Fraction | None) -> None:
    m = Interval.point(Fraction(found_at))
    finding = compare(read(claimed, Quantity.PROPORTION), Measurement(Quantity.PROPORTION, m.low, m))
    assert finding.factor == factor


def test_rounding_ties_belong_to_both_neighbours() -> None:
    """63.5 % rounds to 63 % and to 64 %, in exact rationals: 0.635 in floating point lies beside 127/200."""
    m = Interval.point(Fraction(127, 200))
    for text in ("63%", "64%"):
        claim = read(text, Quantity.PROPORTION)
        assert compare(claim, Measurement(Quantity.PROPORTION, m.low, m)).outcome is Outcome.SUPPORTED


def test_just_beside_a_tie_belongs_to_one() -> None:
    m = Interval.point(Fraction(127, 200) + Fraction(1, 10**20))
    lower = read("63%", Quantity.PROPORTION, near="0 points")
    assert isinstance(lower, NumberClaim)
    assert compare(lower, Measurement(Quantity.PROPORTION, m.low, m)).outcome is Outcome.REFUTED


def test_nothing_measurable_is_unverifiable() -> None:
    claim = read("64%", Quantity.PROPORTION)
    assert compare(claim, unmeasurable(Quantity.PROPORTION, "empty-base")).outcome is Outcome.UNVERIFIABLE


LETTERS = "abcdefg"
subsets = st.frozensets(st.sampled_from(LETTERS))


@given(subsets, subsets)
def test_settled_sets_are_supported_only_when_equal(claimed: frozenset[str], truth: frozenset[str]) -> None:
    finding = compare_sets(tuple(sorted(claimed)), "equal", Members(truth, truth, len(truth)))
    lacking, surplus = claimed - truth, truth - claimed
    if not lacking and not surplus:
        assert finding.outcome is Outcome.SUPPORTED
    elif len(lacking) <= 1 and len(surplus) <= 1 and len(claimed) >= 4:
        assert finding.outcome is Outcome.CLOSE
    else:
        assert finding.outcome is Outcome.REFUTED
    assert set(finding.lacking) == lacking
    assert set(finding.surplus) == surplus


@given(subsets, subsets, subsets, st.sampled_from(["equal", "includes", "excludes"]))
def test_a_set_verdict_holds_whatever_the_unsettled_elements_are(
    claimed: frozenset[str], certain: frozenset[str], free: frozenset[str], mode: str
) -> None:
    """A conclusion from bounds is the conclusion from each set that they allow."""
    possible = certain | free
    outcome = compare_sets(tuple(sorted(claimed)), mode, Members(certain, possible)).outcome
    truths = {frozenset(certain | extra) for extra in _powerset(possible - certain)}
    each = {compare_sets(tuple(sorted(claimed)), mode, Members(truth, truth, len(truth))).outcome for truth in truths}
    if outcome in (Outcome.SUPPORTED, Outcome.REFUTED):
        contrary = Outcome.REFUTED if outcome is Outcome.SUPPORTED else Outcome.SUPPORTED
        assert contrary not in each
    if outcome is Outcome.SUPPORTED:
        assert each == {Outcome.SUPPORTED}


def _powerset(elements: frozenset[str]) -> list[frozenset[str]]:
    sets = [frozenset[str]()]
    for element in elements:
        sets += [one | {element} for one in sets]
    return sets


@given(subsets, subsets, st.sampled_from(["equal", "includes", "excludes"]))
def test_elements_never_seen_leave_open_what_they_can_change(
    claimed: frozenset[str], seen: frozenset[str], mode: str
) -> None:
    """In a partial collection what was seen is certain, and anything else may be there too."""
    outcome = compare_sets(tuple(sorted(claimed)), mode, Members(seen, seen, open=True)).outcome
    if mode == "excludes":
        expected = Outcome.REFUTED if claimed & seen else Outcome.INCONCLUSIVE
    elif mode == "includes":
        expected = Outcome.SUPPORTED if claimed <= seen else Outcome.INCONCLUSIVE
    else:
        surplus = len(seen - claimed)
        settled = surplus > 1 or (surplus == 1 and len(claimed) < 4)
        expected = Outcome.REFUTED if settled else Outcome.INCONCLUSIVE
    assert outcome is expected
