"""Why a claim is not settled: what a bound can still tell depends on which side of the claim it lies."""

from __future__ import annotations

from fractions import Fraction

import pytest

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.open import why_open
from factcheck.reports.settle import settling
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Outcome

from .build import claim, posts, share, verdict


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        (3_400_000, None, "open-lower"),
        (3_500_000, None, "open-lower"),
        (3_564_377, None, "open-lower-past"),  # "3.5 million" ends at 3.55 million, and is close up to 3.675
        (None, 3_500_000, "open-upper"),
        (None, 3_440_000, "open-upper-past"),
    ],
)
def test_a_bound_beyond_the_claim_is_not_excused_as_finding_fewer(low: int | None, high: int | None, code: str) -> None:
    spec = claim("x", "The largest had 3.5 million followers.", measure={"max": "followers"}, claimed="3.5 million")
    region = Interval(None if low is None else Fraction(low), None if high is None else Fraction(high))
    estimate = Fraction(low if high is None and low is not None else high or 0)
    found = Measurement(Quantity.NUMBER, estimate, region, n=1_714, bound_only=True)
    assert why_open(verdict(spec, Outcome.INCONCLUSIVE, found)) == (say(code),)


@pytest.mark.parametrize(
    ("population", "why", "wanted"), [(110, "open-share-bounds", "settle-rest"), (None, "open-share", "settle-share")]
)
def test_a_share_whose_missing_part_is_known_in_size_does_not_ask_for_its_size(
    population: int | None, why: str, wanted: str
) -> None:
    spec = claim("x", "A third are from Russia.", measure={"share": "russia"}, claimed="a third")
    found = share(33, 100, low=0.3, high=0.4, bound_only=True, method="partial")
    dataset = posts(completeness="partial", population=population)
    open_ = verdict(spec, Outcome.INCONCLUSIVE, found, datasets=(dataset,), words="the share")
    assert why_open(open_) == (say(why),)
    assert settling(open_) == (say(wanted, things="posts") if population else say(wanted),)


def test_a_sample_that_bounds_nothing_is_not_told_by_values_that_nobody_named() -> None:
    spec = claim("x", "Posts have 9 likes on average.", measure={"mean": "likes"}, claimed="9")
    found = Measurement(Quantity.NUMBER, Fraction(9), Interval(None, None), n=20, sampled=True)
    assert why_open(verdict(spec, Outcome.INCONCLUSIVE, found)) == (say("open-boundless"),)


@pytest.mark.parametrize(("about", "code"), [("population", "open-sample"), ("process", "open-process")])
def test_complete_data_of_a_process_are_no_sample(about: str, code: str) -> None:
    spec = claim("x", "Most are from Russia.", measure={"share": "russia"}, claimed="most", about=about)
    found = share(55, 100, low=0.45, high=0.65, sampled=True)
    assert why_open(verdict(spec, Outcome.INCONCLUSIVE, found)) == (say(code),)
