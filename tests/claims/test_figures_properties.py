"""What holds for every figure, not only for the rows of the table."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.claims.figures import Claimed, FigureError, NumberClaim, Quantity, describe, format_value, read
from factcheck.claims.regions import Interval

# A deadline per example measures how busy the machine is; speed has a test of its own, at the end.
unhurried = settings(deadline=None)
thorough = settings(deadline=None, max_examples=600)

NUMBERS = [
    Quantity.PROPORTION,
    Quantity.COUNT,
    Quantity.NUMBER,
    Quantity.RATIO,
    Quantity.DIFFERENCE,
    Quantity.POINTS,
    Quantity.RANK,
    Quantity.DURATION,
    Quantity.CORRELATION,
]
HOLDING = [
    "{}", "about {}", "around {}", "roughly {}", "some {}", "approximately {}", "approx. {}", "circa {}", "ca. {}",
    "close to {}", "~{}", "nearly {}", "almost {}", "just under {}", "just over {}", "slightly more than {}",
    "at least {}", ">= {}", "≥{}", "{} or more", "a minimum of {}", "at most {}", "no more than {}", "<= {}",
    "{} or fewer", "up to {}", "as many as {}", "exactly {}", "only {}", "a total of {}", "ABOUT {}", " {} ",
    "between {} and {}", "{} to {}", "{}\u2013{}",
]  # fmt: skip
LEAVING = ["more than {}", "over {}", "above {}", "> {}", "less than {}", "under {}", "below {}", "fewer than {}"]


def written_whole(value: int, style: int) -> str:
    """The number with one of the separators that people use."""
    if style == 0:
        return str(value)
    separator = [",", "'", " ", "\u00a0", "\u202f", "\u2019"][style - 1]
    return f"{value:,}".replace(",", separator)


@st.composite
def spoken_numbers(draw: st.DrawFn) -> tuple[str, Fraction]:
    """A figure as it is written, and its value."""
    scale, unit = draw(
        st.sampled_from(
            [
                (1, ""),
                (1, " followers"),
                (10**3, "k"),
                (10**6, "m"),
                (10**9, "bn"),
                (10**6, " million"),
                (10**9, " billion"),
            ]
        )
    )
    whole = draw(st.integers(1, 10**7))
    text = draw(st.sampled_from(["", "", "$", "€"])) + written_whole(whole, draw(st.integers(0, 6)))
    value = Fraction(whole)
    if scale > 1 and draw(st.booleans()):
        tenths = draw(st.integers(0, 99))
        text, value = f"{text}.{tenths:02}", value + Fraction(tenths, 100)
    return text + unit, value * scale


@given(spoken_numbers(), st.sampled_from(HOLDING))
@unhurried
def test_a_number_with_a_hedge_reads_back_to_a_region_that_holds_it(spoken: tuple[str, Fraction], hedge: str) -> None:
    text, value = spoken
    claim = read(hedge.replace("{}", text), Quantity.COUNT)
    assert isinstance(claim, NumberClaim)
    assert claim.region.contains(value)
    assert claim.near.covers(claim.region)


@given(spoken_numbers(), st.sampled_from(LEAVING))
@unhurried
def test_more_and_less_leave_the_number_itself_out(spoken: tuple[str, Fraction], hedge: str) -> None:
    text, value = spoken
    claim = read(hedge.replace("{}", text), Quantity.COUNT)
    assert isinstance(claim, NumberClaim)
    assert not claim.region.contains(value)
    nudge = value / 1000
    inside = value + nudge if "more" in hedge or "over" in hedge or "above" in hedge or ">" in hedge else value - nudge
    assert claim.region.contains(inside)


@given(st.integers(1, 9_999), st.integers(0, 3), st.sampled_from(["%", " %", " per cent", " percent", " pc", "％"]))
@unhurried
def test_a_share_holds_everything_that_rounds_to_it(size: int, places: int, unit: str) -> None:
    value = Fraction(size, 10**places)
    if value > 100:
        value = value / 1000
        places += 3
    claim = read(f"{float(value):.{places}f}{unit}", Quantity.PROPORTION)
    assert isinstance(claim, NumberClaim)
    half = Fraction(1, 2 * 10**places * 100)
    assert claim.region == Interval(max(Fraction(0), value / 100 - half), min(Fraction(1), value / 100 + half))
    assert claim.near.covers(claim.region)


ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
SMALL = [*ONES.split(), "eighteen", "nineteen"]
DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"


def in_words(n: int) -> str:
    """A number below a billion in English, written for this test."""
    for size, name in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if n >= size:
            rest = n % size
            joint = " and " if rest and rest < 100 else " "
            return f"{in_words(n // size)} {name}" + (joint + in_words(rest) if rest else "")
    if n < 20:
        return SMALL[n]
    return DECADES.split()[n // 10 - 2] + (f"-{SMALL[n % 10]}" if n % 10 else "")


@given(st.integers(0, 10**9 - 1))
@unhurried
def test_number_words_mean_what_the_digits_mean(n: int) -> None:
    words, figures = read(in_words(n), Quantity.COUNT), read(f"{n:,}", Quantity.COUNT)
    assert isinstance(words, NumberClaim)
    assert isinstance(figures, NumberClaim)
    assert (words.region, words.near, words.figure) == (figures.region, figures.near, figures.figure)


PIECES = (
    "about nearly more than at least up to between and or to one in eight half a two thirds % percent points times x 3 "
    "64 0.5 1,000 - – . , million k dozen hundreds low thousands of most all none no fewer first second top ten "
    "largest not the days week 2017 May 03 : < > = ~ $ ½ ² + minus more fewer lower as many 1e9 twice fold hour "
    ", ' ( ) /"
)
WORDS = st.sampled_from(PIECES.split())


def attempt(claimed: object, quantity: Quantity, **margins: str | None) -> Claimed | FigureError:
    """What is read, or the error; any other exception is a failure."""
    try:
        return read(claimed, quantity, tolerance=margins.get("tolerance"), near=margins.get("near"))
    except FigureError as fault:
        return fault


@given(
    st.one_of(
        st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS, max_size=12).map("".join)
    )
)
@thorough
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    for quantity in Quantity:
        found = attempt(text, quantity)
        if isinstance(found, FigureError):
            assert 0 <= found.offset <= max(len(text), 1)
            assert found.length >= 1
            assert found.examples
            assert str(found).startswith("cannot read")
            continue
        assert found.reading
        if isinstance(found, NumberClaim):
            assert found.near.covers(found.region)
            assert describe(found.near, quantity)


PLAIN = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.text(max_size=12), st.sampled_from(["5%", "20", "2017", "May 2017", "Russia"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(st.sampled_from(["low", "high", "text", "includes", "excludes"]), st.text(max_size=5)),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=8,
)


@given(PLAIN, st.sampled_from(list(Quantity)), st.one_of(st.none(), st.text(max_size=8), st.just("3 points")))
@thorough
def test_any_value_is_read_or_refused(claimed: object, quantity: Quantity, margin: str | None) -> None:
    for name in ("tolerance", "near"):
        found = attempt(claimed, quantity, **{name: margin})
        assert str(found) if isinstance(found, FigureError) else found.reading


ENDS = st.one_of(
    st.none(), st.fractions(), st.fractions(min_value=0, max_value=1), st.integers(-(10**40), 10**40).map(Fraction)
)


@given(ENDS, ENDS, st.booleans(), st.booleans(), st.sampled_from(list(Quantity)))
@unhurried
def test_every_region_can_be_described(
    a: Fraction | None, b: Fraction | None, low_open: bool, high_open: bool, quantity: Quantity
) -> None:
    if a is not None and b is not None and a > b:
        a, b = b, a
    words = describe(Interval(a, b, low_open, high_open), quantity)
    assert words
    assert "e+" not in words
    assert "nan" not in words


@given(st.integers(1, 9_999), st.integers(1, 9_999), st.booleans(), st.booleans())
@unhurried
def test_a_described_share_reads_back_to_the_same_region(a: int, b: int, low_open: bool, high_open: bool) -> None:
    low, high = sorted((Fraction(a, 10_000), Fraction(b, 10_000)))
    region = Interval(low, high, low_open and low < high, high_open and low < high)
    claim = read(describe(region, Quantity.PROPORTION), Quantity.PROPORTION)
    assert isinstance(claim, NumberClaim)
    assert claim.region == region


@pytest.mark.parametrize(
    "quantity", [Quantity.COUNT, Quantity.NUMBER, Quantity.RATIO, Quantity.DIFFERENCE, Quantity.POINTS]
)
@given(st.integers(0, 10**7), st.integers(0, 10**7), st.booleans())
@unhurried
def test_described_regions_read_back(quantity: Quantity, a: int, b: int, open_: bool) -> None:
    low, high = Fraction(min(a, b)), Fraction(max(a, b) + 1)
    if quantity is Quantity.POINTS:
        low, high = low / 1000, high / 1000
    for region in (Interval(low, high), Interval(low, None, low_open=open_), Interval(low, high, open_, not open_)):
        claim = read(describe(region, quantity), quantity)
        assert isinstance(claim, NumberClaim)
        assert claim.region == region


@given(
    st.one_of(st.fractions(min_value=0, max_value=1), st.floats(0, 1)),
    st.lists(st.fractions(min_value=0, max_value=1), max_size=4),
    st.sampled_from(NUMBERS),
)
@unhurried
def test_an_estimate_is_printed_on_its_side_of_every_edge(
    value: Fraction | float, edges: list[Fraction], quantity: Quantity
) -> None:
    shown = format_value(value, quantity, edges=edges)
    if quantity is not Quantity.PROPORTION or shown.startswith("just"):
        return
    back = Fraction(shown.rstrip("%").replace(",", "")) / 100
    for edge in (edge for edge in edges if edge != Fraction(value)):  # a value on an edge has no side to keep to
        assert (back > edge) == (Fraction(value) > edge)
        assert (back < edge) == (Fraction(value) < edge)


@given(st.floats(), st.lists(st.fractions(), max_size=3), st.sampled_from(list(Quantity)))
@unhurried
def test_an_estimate_is_printed_whatever_it_is(value: float, edges: list[Fraction], quantity: Quantity) -> None:
    shown = format_value(value, quantity, edges=edges)
    assert shown
    assert "nan" not in shown
    assert "e+" not in shown
    assert "e-" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "1,000" * 100, "1 000" * 100, "1'" * 250, "1." * 250, "-" * 500, "a " * 250, "one hundred and " * 33, "½" * 500,
        "not " * 125, "to " * 166, "1 to " * 100, "no more than " * 38, "%" * 500, "about " * 83, "1 day " * 80,
        "may 1 " * 83, "1 may 2017 " * 45, "2017-05-03" * 50, "low thousands or " * 29, " " * 500, "twenty-" * 71,
        "1" * 30 + " 000" * 100, "e1" * 250, "approx. " * 62,
    ],
)  # fmt: skip
def test_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()  # of this process: a busy machine must not fail the test
    for quantity in Quantity:
        attempt(text[:500], quantity)
    assert time.process_time() - start < 1.0
