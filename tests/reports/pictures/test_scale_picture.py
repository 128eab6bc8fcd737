"""Claim and finding as a picture are drawn to one scale."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.line import Axis, ticks
from factcheck.reports.pictures import Picture, scale
from factcheck.verdicts.verdict import Outcome
from tests.reports import gallery, kinds
from tests.reports.build import claim, count, share, verdict
from tests.reports.circumstances import two_checks

from .drawn import marks


def drawn(claimed: str, found: Measurement, measure: dict[str, str] | None = None) -> Picture:
    spec = claim("x", "X.", measure=measure or {"share": "a"}, claimed=claimed)
    (picture,) = scale.pictures(verdict(spec, Outcome.REFUTED, found))
    return picture


def mapping(picture: Picture, *labels: tuple[str, float]) -> tuple[float, float]:
    """Pixels of nought and of one unit, as the figures below the axis say."""
    (first, a), (second, b) = labels
    at = {mark.text: mark.x for mark in marks(picture) if mark.look == "fill-muted"}
    unit = (at[second] - at[first]) / (b - a)
    return at[first] - a * unit, unit


def test_the_band_is_the_claimed_region_at_the_scale_of_the_axis() -> None:
    (picture,) = scale.pictures(gallery.beach())
    zero, unit = mapping(picture, ("7%", 7), ("9%", 9))
    bars = [mark for mark in marks(picture) if mark.look == "fill-claimed" and mark.height == 8]
    assert [(bar.x, bar.x2) for bar in bars] == [
        (pytest.approx(zero + 8.5 * unit, abs=0.2), pytest.approx(zero + 9.5 * unit, abs=0.2))
    ]
    (dot,) = [mark for mark in marks(picture) if mark.look == "fill-ink" and mark.tag == "path"]
    assert dot.x == pytest.approx(zero + 100 * 27 / 381 * unit, abs=0.2)


def test_the_measured_region_is_a_bar_around_the_dot_with_a_cap_at_each_end() -> None:
    picture = drawn("about 64%", share(64, 100, low=0.62, high=0.66))
    zero, unit = mapping(picture, ("60%", 60), ("70%", 70))
    found = [mark for mark in marks(picture) if mark.look == "fill-found"]
    (bar,) = [mark for mark in found if mark.height == 4]
    assert (bar.x, bar.x2) == (
        pytest.approx(zero + 62 * unit, abs=0.2),
        pytest.approx(zero + 66 * unit, abs=0.2),
    )
    caps = sorted((mark.x + mark.x2) / 2 for mark in found if mark.height == 14)
    assert caps == [pytest.approx(bar.x, abs=0.2), pytest.approx(bar.x2, abs=0.2)]


def test_an_end_that_is_left_out_has_no_cap_and_one_without_bound_an_arrow() -> None:
    reaches = replace(count(4_000), region=Interval(Fraction(4_000), None))
    more = drawn("more than 3,000", reaches, {"count": "rows"}).spec()["datasets"]["ends"]
    least = drawn("at least 3,000", reaches, {"count": "rows"}).spec()["datasets"]["ends"]
    assert [(end["row"], end["shape"]) for end in more] == [(0, "triangle-right"), (1, "cap"), (1, "triangle-right")]
    assert [(end["row"], end["shape"]) for end in least][:2] == [(0, "cap"), (0, "triangle-right")]


def test_words_tell_an_open_end_from_a_closed_one() -> None:
    reaches = replace(count(4_000), region=Interval(Fraction(4_000), None))
    assert "more than 3,000" in drawn("over 3,000", reaches, {"count": "rows"}).alt
    assert "3,000 and above" in drawn("at least 3,000", reaches, {"count": "rows"}).alt


def test_a_moment_has_a_dot() -> None:
    base = kinds.first_day()
    assert base.measurement is not None
    (picture,) = scale.pictures(base)
    data = picture.spec()["datasets"]
    region = base.measurement.region
    assert isinstance(region, Interval)
    assert region.low is not None
    (dot,) = data["dots"]
    assert dot["row"] == 1
    assert float(region.low) <= dot["x"] <= float(region.low) + 86_400


def test_a_claim_too_short_to_be_seen_is_marked_in_its_own_colour() -> None:
    """A dot in the colour of findings would pass for one."""
    (picture,) = scale.pictures(gallery.mentions_total())
    data = picture.spec()["datasets"]
    assert [mark["row"] for mark in data["claim-dots"]] == [0]
    assert data["claim"][0]["low"] <= data["claim-dots"][0]["x"] <= data["claim"][0]["high"]
    assert all(mark["row"] > 0 for mark in data["dots"])


def test_pieces_of_evidence_have_a_row_each() -> None:
    (picture,) = scale.pictures(two_checks())
    names = [mark for mark in marks(picture) if mark.text in ("claimed", "found 1", "found 2")]
    assert [mark.text for mark in names] == ["claimed", "found 1", "found 2"]
    assert names[0].y < names[1].y < names[2].y


def test_no_two_marks_of_an_axis_read_alike() -> None:
    """Between 3,221 and 3,224 half numbers would be told as whole ones."""
    told = ticks(Axis(Fraction(3_220), Fraction(3_224)), Quantity.NUMBER, "")
    assert len({text for _, text in told}) == len(told)
    assert all(text == f"{int(value):,}" for value, text in told)


def test_the_same_bytes_every_time() -> None:
    from factcheck.reports.pictures.svg import inline

    first, second = (inline(scale.pictures(gallery.beach())[0], "a") for _ in range(2))
    assert first == second
