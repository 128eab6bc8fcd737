"""What was found, in words: what missing numbers leave open, and where the data are described."""

from __future__ import annotations

from fractions import Fraction

import pytest

from factcheck.claims.figures import Quantity, read
from factcheck.claims.regions import Interval
from factcheck.errors import Place
from factcheck.evidence.dataset import Ledger
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import claimed_text, found_text, room, span, value_text
from factcheck.reports.counted import counted_sentences
from factcheck.reports.evidence import evidence_line
from factcheck.reports.found import found_sentences
from factcheck.reports.telling import drawn
from factcheck.reports.trust import confidence_words
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Outcome

from .build import claim, posts, share, verdict


def test_a_number_that_could_be_anything_is_told_as_such() -> None:
    spec = claim("x", "Posts have 9.5 likes on average.", measure={"mean": "likes"}, claimed="9.5")
    found = Measurement(Quantity.NUMBER, Fraction(19, 2), Interval(None, None), "likes", n=1_000, missing=20)
    open_ = verdict(spec, Outcome.INCONCLUSIVE, found, datasets=(posts(),), words="the mean of likes")
    assert found_text(open_) == "9.5 likes (could be anything)"
    assert say("region-missing-open", things="20 posts") in " ".join(found_sentences(open_))


def test_a_share_of_a_partial_collection_is_not_told_by_the_known_rows_alone() -> None:
    spec = claim("x", "Two thirds are from Russia.", measure={"share": "russia"}, claimed="two thirds")
    found = share(0, 100, unknown=50, low=0, high=1, bound_only=True, method="partial")
    open_ = verdict(spec, Outcome.INCONCLUSIVE, found, datasets=(posts(),), words="the share")
    assert found_text(open_) == "at most 50% of what was collected"


def test_the_manifest_is_named_beside_the_data() -> None:
    assert "described in `evidence/posts.yaml`, line 3" in evidence_line(
        posts(place=Place("evidence/posts.yaml", 3, 1))
    )
    assert "described in" not in evidence_line(posts(place=None))


def test_confidence_in_an_open_question_is_not_told_as_confidence_in_the_figure() -> None:
    spec = claim("x", "Half are from Russia.", measure={"share": "russia"}, claimed="half")
    open_ = verdict(spec, Outcome.INCONCLUSIVE, share(10, 100, unknown=60), confidence="high")
    assert confidence_words(open_) == say("confidence-open")
    settled = verdict(spec, Outcome.SUPPORTED, share(50, 100), confidence="high")
    assert confidence_words(settled) == say("confidence-nothing")


def test_the_bounds_that_a_query_gives_of_itself_are_no_sample_and_its_one_row_is_no_base() -> None:
    spec = claim("x", "44% were seen before.", measure={"sql": "SELECT …", "unit": "proportion"}, claimed="44%")
    found = Measurement(
        Quantity.PROPORTION, Fraction(1, 2), Interval(Fraction(1, 8), Fraction(1, 2)), n=1, method="own-interval"
    )
    told = " ".join(found_sentences(verdict(spec, Outcome.INCONCLUSIVE, found, datasets=(posts(),), words="it")))
    assert say("region-own", region="between 12.5% and 50%") in told
    assert "sample" not in told
    assert "rests on" not in " ".join(counted_sentences(verdict(spec, Outcome.INCONCLUSIVE, found, words="it")))


@pytest.mark.parametrize(
    ("claimed", "found", "told"),
    [
        ("7% fewer", Fraction(22_000_044, 23_498_652), "6.4% fewer"),
        ("7% less", Fraction(11, 10), "10% more"),
        ("20% higher", Fraction(9, 10), "10% lower"),
        ("more", Fraction(109, 100), "9% more"),
        ("more than 3x", Fraction(11, 10), "1.1 times"),
        ("20% more", Fraction(5, 2), "2.5 times"),
    ],
)
def test_a_ratio_that_was_claimed_as_a_change_is_found_as_one(claimed: str, found: Fraction, told: str) -> None:
    measured = Measurement(Quantity.RATIO, found, Interval.point(found), "ratio")
    assert value_text(found, measured, read(claimed, Quantity.RATIO)) == told


@pytest.mark.parametrize(
    ("claimed", "quantity", "told"),
    [
        ("2015-12-16", Quantity.DATE, "16 December 2015"),
        ("2015-12-16 to 2016-01-15", Quantity.DATE, "16 December 2015 to 15 January 2016"),
        (["2017-06-05", "2018-01-01 to 2018-01-02"], Quantity.DATE, "5 June 2017, 1 January 2018 to 2 January 2018"),
        ({"2020-04-27": "52", "2020-04-28": "97"}, Quantity.COMPOSITION, "27 April 2020: 52, 28 April 2020: 97"),
        ({"2020-04-27": "about a third"}, Quantity.COMPOSITION, "27 April 2020 about a third"),
    ],
)
def test_days_claimed_are_told_as_days_found_are(claimed: object, quantity: Quantity, told: str) -> None:
    part = Quantity.COUNT if "52" in str(claimed) else Quantity.PROPORTION
    assert claimed_text(read(claimed, quantity, part=part)) == told


def test_days_found_are_told_in_words() -> None:
    measured = Measurement(Quantity.SET, ("2017-06-05", "2018-01-02"), None, "day")  # type: ignore[arg-type]
    assert value_text(measured.estimate, measured, read(["2017-06-05"], Quantity.DATE)) == "5 June 2017 and 2 January 2018"


def test_a_figure_of_known_answers_rests_on_these_alone() -> None:
    measure = {"share": "TREE = 1"}
    spec = claim("it", "Half of the paintings show a tree.", missing="ignore", measure=measure, claimed="half")
    told = " ".join(counted_sentences(verdict(spec, Outcome.SUPPORTED, share(40, 100, unknown=20), datasets=(posts(),))))
    assert "It rests on 80 of 100 " in told
    assert "No answer is missing" not in told
    held_open = claim("it", "Half of the paintings show a tree.", measure=measure, claimed="half")
    told = " ".join(counted_sentences(verdict(held_open, Outcome.SUPPORTED, share(40, 100, unknown=20), datasets=(posts(),))))
    assert "It rests on 100 " in told


def test_a_rank_without_an_end_is_not_told_as_a_better_one() -> None:
    """ "At least 2nd" and "from 2nd up" are read as first or second; what was found is second or behind."""
    spec = claim("x", "Chile is second.", measure={"rank": "Chile", "by": "country"}, claimed="second")
    found = Measurement(Quantity.RANK, Fraction(2), Interval(Fraction(2), None), n=40, sampled=True)
    open_ = verdict(spec, Outcome.INCONCLUSIVE, found, datasets=(posts(),), words="the rank of Chile")
    assert found_text(open_) == "2nd (2nd or further down)"
    assert room(Interval(Fraction(2), None), Quantity.RANK) == "from 2nd down"
    better = Interval(Fraction(1), Fraction(3))
    assert (span(better, Quantity.RANK), room(better, Quantity.RANK)) == ("3rd or better", "down to 3rd")


def test_few_points_are_not_put_down_to_missing_values() -> None:
    spec = claim("x", "It rises.", measure={"trend": "at", "per": "year"}, claimed="rising")
    found = Measurement(Quantity.TREND, Fraction(1, 3), Interval(Fraction(0), Fraction(1, 3)), n=9, method="few-points")
    told = " ".join(found_sentences(verdict(spec, Outcome.INCONCLUSIVE, found, datasets=(posts(),), words="the trend")))
    assert "So few points leave it between 0% and +33.3%." in told
    assert "missing values" not in told


def test_a_sum_of_a_sample_is_told_as_scaled_up() -> None:
    spec = claim("x", "Posts had 1,000 likes.", measure={"sum": "likes"}, claimed="1,000")
    found = Measurement(
        Quantity.NUMBER, Fraction(1000), Interval(Fraction(800), Fraction(1200)), n=100, missing=3, sampled=True
    )
    told = " ".join(found_sentences(verdict(spec, Outcome.CLOSE, found, datasets=(posts(),), words="the sum of likes")))
    assert "The sum of likes is about 1,000, scaled up from the sample." in told
    assert "The sample and the missing answers together leave room for" in told


def test_two_groups_of_one_size_are_two_groups() -> None:
    women, men = ({"share": "agrees", "among": f"sex = '{one}'"} for one in "fm")
    spec = claim("x", "More women agree.", measure={"difference": women, "minus": men}, claimed="more")
    found = Measurement(
        Quantity.POINTS, Fraction(1, 5), Interval(Fraction(1, 10), Fraction(3, 10)), n=200, facts={"bases": (200, 200)}
    )
    told = " ".join(counted_sentences(verdict(spec, Outcome.SUPPORTED, found, datasets=(posts(),), words="it")))
    assert "The two sides rest on 200 and 200 posts." in told


def test_a_sample_of_the_whole_population_is_told_as_that() -> None:
    spec = claim("x", "Half are from Russia.", measure={"share": "russia"}, claimed="half")
    for population, is_whole in ((100, True), (1_000, False), (None, False)):
        sample = posts(completeness="random sample", population=population, ledger=Ledger(100, 100))
        told = drawn(verdict(spec, Outcome.SUPPORTED, share(50, 100), datasets=(sample,)), share(50, 100))
        assert ("whole population" in told) is is_whole
