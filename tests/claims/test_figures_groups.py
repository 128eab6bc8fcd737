"""Labels, sets, dates, trends and compositions."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from factcheck.claims.figures import (
    CompositionClaim,
    DateClaim,
    FigureError,
    LabelClaim,
    NumberClaim,
    Quantity,
    SetClaim,
    TrendClaim,
    read,
)
from factcheck.claims.regions import Interval

MAY = datetime(2017, 5, 1), datetime(2017, 6, 1)


@pytest.mark.parametrize(
    ("text", "low", "high", "reading"),
    [
        ("2017", datetime(2017, 1, 1), datetime(2018, 1, 1), "in 2017"),
        ("May 2017", *MAY, "in May 2017"),
        ("in May 2017", *MAY, "in May 2017"),
        ("2017-05", *MAY, "in May 2017"),
        ("2017-05-03", datetime(2017, 5, 3), datetime(2017, 5, 4), "on 3 May 2017"),
        ("3 May 2017", datetime(2017, 5, 3), datetime(2017, 5, 4), "on 3 May 2017"),
        ("on May 3rd, 2017", datetime(2017, 5, 3), datetime(2017, 5, 4), "on 3 May 2017"),
        ("Wednesday, 3 May 2017", datetime(2017, 5, 3), datetime(2017, 5, 4), "on 3 May 2017"),
        ("2017-05-03 00:05", datetime(2017, 5, 3, 0, 5), datetime(2017, 5, 3, 0, 6), "at 00:05 on 3 May 2017"),
        ("2017-05-03T23:59:59", datetime(2017, 5, 3, 23, 59, 59), datetime(2017, 5, 4), "at 23:59:59 on 3 May 2017"),
        ("Dec 2017", datetime(2017, 12, 1), datetime(2018, 1, 1), "in December 2017"),
        ("Sept. 2017", datetime(2017, 9, 1), datetime(2017, 10, 1), "in September 2017"),
        (
            "16 Dec 2015 to 15 Jan 2016",
            datetime(2015, 12, 16),
            datetime(2016, 1, 16),
            "from 16 December 2015 to 15 January 2016, both included",
        ),
        ("1–7 May 2017", datetime(2017, 5, 1), datetime(2017, 5, 8), "from 1 May 2017 to 7 May 2017, both included"),
        ("May 1-7, 2017", datetime(2017, 5, 1), datetime(2017, 5, 8), "from 1 May 2017 to 7 May 2017, both included"),
        (
            "from May to June 2017",
            datetime(2017, 5, 1),
            datetime(2017, 7, 1),
            "from May 2017 to June 2017, both included",
        ),
        (
            "2017-05-03–2017-05-07",
            datetime(2017, 5, 3),
            datetime(2017, 5, 8),
            "from 3 May 2017 to 7 May 2017, both included",
        ),
        ("between 2016 and 2017", datetime(2016, 1, 1), datetime(2018, 1, 1), "from 2016 to 2017, both included"),
        ("after 3 May 2017", datetime(2017, 5, 4), None, "after 3 May 2017"),
        ("after 2017-05-03 00:05", datetime(2017, 5, 3, 0, 6), None, "after 00:05 on 3 May 2017"),
        ("since May 2017", datetime(2017, 5, 1), None, "May 2017 or later"),
        ("from 3 May 2017 on", datetime(2017, 5, 3), None, "3 May 2017 or later"),
        ("before May 2017", None, datetime(2017, 5, 1), "before May 2017"),
        ("until May 2017", None, datetime(2017, 6, 1), "May 2017 or earlier"),
    ],
)
def test_a_date_is_the_whole_of_its_period(
    text: str, low: datetime | None, high: datetime | None, reading: str
) -> None:
    claim = read(text, Quantity.DATE)
    assert isinstance(claim, DateClaim)
    assert (claim.low, claim.high, claim.reading) == (low, high, reading)


@pytest.mark.parametrize(
    ("text", "wrong", "offers"),
    [
        ("03/04/2018", "03/04/2018", "2018-04-03"),
        ("13.04.2018", "13.04.2018", "2018-04-13"),
        ("2017-02-30", "2017-02-30", ""),
        ("2017-13-01", "2017-13-01", ""),
        ("2017-05-03 25:00", "2017-05-03 25:00", ""),
        ("2017-05-03T00:05Z", "Z", "timezone: UTC"),
        ("7 May 2017 to 1 May 2017", "7 May 2017 to 1 May 2017", "1 May 2017 to 7 May 2017"),
        ("Monday 3 May 2017", "Monday 3 May 2017", ""),
        ("3 May", "3 May", ""),
        ("spring 2017", "spring", ""),
        ("9999", "9999", ""),
        ("2017-05-03 or so", "or so", ""),
    ],
)
def test_a_date_that_cannot_be_read_says_where(text: str, wrong: str, offers: str) -> None:
    with pytest.raises(FigureError) as caught:
        read(text, Quantity.DATE)
    assert text[caught.value.offset : caught.value.offset + caught.value.length] == wrong
    assert not offers or offers in caught.value.examples


def test_a_list_of_dates_is_its_days() -> None:
    claim = read(["2018-01-01 to 2018-01-02", "5 June 2017"], Quantity.DATE)
    assert isinstance(claim, DateClaim)
    assert claim.members == (date(2017, 6, 5), date(2018, 1, 1), date(2018, 1, 2))
    assert (claim.low, claim.high) == (datetime(2017, 6, 5), datetime(2018, 1, 3))
    assert claim.days() == claim.members


def test_a_list_of_dates_keeps_its_stretches() -> None:
    claim = read(["2018-01-01 to 2018-01-02", "5 June 2017", "30 December 2016 to 2 January 2017"], Quantity.DATE)
    assert isinstance(claim, DateClaim)
    assert claim.parts == (
        (date(2016, 12, 30), date(2017, 1, 2)),
        (date(2017, 6, 5), date(2017, 6, 5)),
        (date(2018, 1, 1), date(2018, 1, 2)),
    )
    assert claim.reading == "exactly 30 December 2016 to 2 January 2017, 5 June 2017, 1 to 2 January 2018"
    none = read([], Quantity.DATE)
    assert isinstance(none, DateClaim)
    assert (none.text, none.members, none.parts) == ("none", (), ())


def test_a_single_date_can_be_asked_for_its_days() -> None:
    claim = read("1–3 May 2017", Quantity.DATE)
    assert isinstance(claim, DateClaim)
    assert claim.members is None
    assert claim.days() == (date(2017, 5, 1), date(2017, 5, 2), date(2017, 5, 3))


def test_dates_in_a_list_may_be_required_or_ruled_out() -> None:
    claim = read({"includes": ["2017-06-05"]}, Quantity.DATE)
    assert isinstance(claim, DateClaim)
    assert (claim.mode, claim.members) == ("includes", (date(2017, 6, 5),))


def test_a_list_of_dates_holds_days_only() -> None:
    with pytest.raises(FigureError) as caught:
        read(["2017-06-05", "2017-06-06 00:05"], Quantity.DATE)
    assert caught.value.path == (1,)
    with pytest.raises(FigureError):
        read(["1900 to 2017"], Quantity.DATE)


def test_dates_between_low_and_high_include_both() -> None:
    claim = read({"low": "2017-05-03", "high": "2017-05-07"}, Quantity.DATE)
    assert isinstance(claim, DateClaim)
    assert (claim.low, claim.high) == (datetime(2017, 5, 3), datetime(2017, 5, 8))
    half_open = read({"high": "2017-05-07", "text": "by the election"}, Quantity.DATE)
    assert isinstance(half_open, DateClaim)
    assert (half_open.low, half_open.high, half_open.text) == (None, datetime(2017, 5, 8), "by the election")


@pytest.mark.parametrize(
    ("text", "direction", "region"),
    [
        ("rising", "rising", Interval(Fraction(0), None, low_open=True)),
        ("Falling", "falling", Interval(Fraction(-1), Fraction(0), low_open=True, high_open=True)),
        ("flat", "flat", Interval(Fraction(-1, 10), Fraction(1, 10))),
    ],
)
def test_trends(text: str, direction: str, region: Interval) -> None:
    claim = read(text, Quantity.TREND)
    assert isinstance(claim, TrendClaim)
    assert (claim.direction, claim.region) == (direction, region)


def test_a_label_keeps_its_text() -> None:
    for text in ("Russia", "NO", "010", "Nuevo León", "2,504"):
        claim = read(text, Quantity.LABEL)
        assert isinstance(claim, LabelClaim)
        assert (claim.members, claim.mode) == ((text,), "equal")
    truth = read(True, Quantity.LABEL)
    assert isinstance(truth, LabelClaim)
    assert truth.members == ("true",)


def test_a_label_may_be_ruled_out() -> None:
    claim = read({"excludes": ["Russia", "Ukraine"]}, Quantity.LABEL)
    assert isinstance(claim, LabelClaim)
    assert (claim.members, claim.mode) == (("Russia", "Ukraine"), "excludes")


@pytest.mark.parametrize(
    ("claimed", "members", "mode"),
    [
        (["Kazakhstan", "Russia", "Uzbekistan"], ("Kazakhstan", "Russia", "Uzbekistan"), "equal"),
        ({"includes": ["Russia"]}, ("Russia",), "includes"),
        ({"excludes": ["Russia", "Ukraine"]}, ("Russia", "Ukraine"), "excludes"),
        ({"includes": "Russia"}, ("Russia",), "includes"),
        ("Russia", ("Russia",), "equal"),
        ([], (), "equal"),
    ],
)
def test_sets(claimed: object, members: tuple[str, ...], mode: str) -> None:
    claim = read(claimed, Quantity.SET)
    assert isinstance(claim, SetClaim)
    assert (claim.members, claim.mode) == (members, mode)


@pytest.mark.parametrize(
    ("claimed", "path"),
    [
        (["Russia", "Russia"], (1,)),
        (["Russia", None], (1,)),
        ([["Russia"]], (0,)),
        ({"include": ["Russia"]}, ()),
        ({"includes": []}, ("includes",)),
        ({"includes": ["Russia", {}]}, ("includes", 1)),
    ],
)
def test_a_set_that_cannot_be_read_says_where(claimed: object, path: tuple[object, ...]) -> None:
    with pytest.raises(FigureError) as caught:
        read(claimed, Quantity.SET)
    assert caught.value.path == path


@pytest.mark.parametrize("claimed", ["English, Russian, German", "English,Russian", " Korea, South "])
def test_a_text_with_a_comma_is_not_taken_for_one_label(claimed: str) -> None:
    with pytest.raises(FigureError) as caught:
        read(claimed, Quantity.SET)
    several, one = caught.value.examples
    assert one == f"['{claimed.strip()}']"
    assert several.startswith("[")
    assert several.count(",") == claimed.count(",")
    assert read(["Korea, South"], Quantity.SET).members == ("Korea, South",)  # type: ignore[union-attr]  # a set


def test_a_composition_reads_every_part() -> None:
    claim = read(
        {"labour": "39.7%", "snp": "about 19%", "low": {"low": "1%", "high": "2%"}}, Quantity.COMPOSITION, whole=True
    )
    assert isinstance(claim, CompositionClaim)
    assert claim.whole
    assert claim.parts["labour"].region == Interval(Fraction(793, 2000), Fraction(795, 2000))
    assert claim.parts["low"].region == Interval(Fraction(1, 100), Fraction(2, 100))
    assert claim.text == "labour 39.7%, snp about 19%, low from 1% to 2%"


def test_a_composition_may_be_of_counts() -> None:
    claim = read({"posts": "856"}, Quantity.COMPOSITION, part=Quantity.COUNT)
    assert isinstance(claim, CompositionClaim)
    assert claim.parts["posts"].region == Interval.point(856)


def test_a_part_that_cannot_be_read_is_named() -> None:
    with pytest.raises(FigureError) as caught:
        read({"labour": "39.7%", "snp": {"low": "19"}}, Quantity.COMPOSITION)
    assert caught.value.path == ("snp", "low")
    assert "19%" in caught.value.examples


@pytest.mark.parametrize(
    ("claimed", "quantity", "low", "high"),
    [
        ({"low": "25%", "high": "100%", "text": "a large part"}, Quantity.PROPORTION, Fraction(1, 4), Fraction(1)),
        ({"low": "25%"}, Quantity.PROPORTION, Fraction(1, 4), Fraction(1)),
        ({"high": "0.25"}, Quantity.PROPORTION, Fraction(0), Fraction(1, 4)),
        ({"low": "200", "high": "1,000"}, Quantity.COUNT, Fraction(200), Fraction(1000)),
        ({"low": "-3"}, Quantity.NUMBER, Fraction(-3), None),
        ({"low": "10 points"}, Quantity.POINTS, Fraction(1, 10), None),
        ({"low": "5% fewer", "high": "2x"}, Quantity.RATIO, Fraction(19, 20), Fraction(2)),
        ({"low": "first", "high": "10"}, Quantity.RANK, Fraction(1), Fraction(10)),
        ({"low": "5 days", "high": "a week"}, Quantity.DURATION, Fraction(432_000), Fraction(604_800)),
    ],
)
def test_the_plain_form(
    claimed: dict[str, str], quantity: Quantity, low: Fraction | None, high: Fraction | None
) -> None:
    claim = read(claimed, quantity)
    assert isinstance(claim, NumberClaim)
    assert claim.region == Interval(low, high)
    assert claim.text == claimed.get("text", claim.reading)
    assert claim.near.covers(claim.region)


@pytest.mark.parametrize(
    ("claimed", "path"),
    [
        ({"low": "70%", "high": "60%"}, ("low",)),
        ({"low": "70%", "hihg": "80%"}, ("hihg",)),
        ({"low": "about 70%"}, ("low",)),
        ({"low": None, "text": "many"}, ()),
        ({"low": True}, ("low",)),
        ({"low": "70%", "text": ["many"]}, ("text",)),
    ],
)
def test_a_plain_form_that_cannot_be_read_says_where(claimed: dict[str, object], path: tuple[str, ...]) -> None:
    with pytest.raises(FigureError) as caught:
        read(claimed, Quantity.PROPORTION)
    assert caught.value.path == path


@pytest.mark.parametrize("claimed", [None, True, ["64%"], "", "   ", 64, 0.64])
def test_what_is_no_figure_is_refused(claimed: object) -> None:
    with pytest.raises(FigureError):
        read(claimed, Quantity.PROPORTION)


def test_absurd_lengths_are_refused() -> None:
    for text in ("1" * 31, "9" * 501, "1e31", "1" * 25 + " billion", "a" * 501):
        with pytest.raises(FigureError):
            read(text, Quantity.COUNT)
