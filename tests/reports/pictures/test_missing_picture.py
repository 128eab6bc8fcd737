"""What missing answers could change, as a picture."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.pictures import Picture, missing
from factcheck.verdicts.verdict import Outcome
from tests.reports import gallery
from tests.reports.build import claim, share, verdict


def pictures(found: Measurement, measure: dict[str, str] | None = None) -> tuple[Picture, ...]:
    spec = claim("x", "X.", measure=measure or {"share": "a"}, claimed="64%")
    return missing.pictures(verdict(spec, Outcome.INCONCLUSIVE, found))


def test_the_known_and_both_worst_cases_stand_below_the_claim() -> None:
    (picture,) = pictures(share(60, 100, unknown=20))
    data = picture.spec()["datasets"]
    assert [name["label"] for name in data["names"]] == ["claimed", "known only", "all missing “no”", "all missing “yes”"]
    assert [dot["x"] for dot in data["dots"] if dot["row"]] == [0.75, 0.6, 0.8]
    assert picture.alt.startswith("Without a known answer: 20 of 100.")
    assert picture.alt.endswith("Known only: 75%. All missing “no”: 60%. All missing “yes”: 80%.")


def test_ends_that_are_no_such_cases_are_not_called_so() -> None:
    found = replace(share(60, 100, unknown=20), region=Interval(Fraction(5, 8), Fraction(7, 8)))
    (picture,) = pictures(found)
    names = [name["label"] for name in picture.spec()["datasets"]["names"]]
    assert names[2:] == ["at the least", "at the most"]


def test_every_figure_lies_within_what_is_drawn() -> None:
    """Nought and all are ends that hold for every share; as worst cases they are figures."""
    found = replace(share(0, 11, unknown=10), estimate=Fraction(1, 2), region=Interval(Fraction(0), Fraction(1)))
    (picture,) = pictures(found)
    data = picture.spec()["datasets"]
    low, high = (corner["x"] for corner in data["frame"])
    assert (low, high) == (0, 1)
    assert all(low <= dot["x"] <= high for dot in data["dots"])


def test_a_sample_or_complete_answers_have_none() -> None:
    assert pictures(share(60, 100)) == ()
    assert pictures(replace(share(60, 100, unknown=20), method="Wilson", sampled=True)) == ()
    assert missing.pictures(gallery.beach()) == ()
    dateless = Measurement(Quantity.PROPORTION, None, Interval(Fraction(0), Fraction(1)), method="bounds", missing=3)
    assert pictures(dateless) == ()
