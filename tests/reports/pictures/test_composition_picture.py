"""Groups as claimed and as found."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from factcheck.claims.regions import Interval
from factcheck.reports.pictures import composition
from tests.reports import gallery, kinds

from .drawn import marks


def test_each_group_has_its_claim_and_its_finding_where_the_axis_says() -> None:
    (picture,) = composition.pictures(kinds.shares())
    drawn = marks(picture)
    at = {mark.text: mark.x for mark in drawn if mark.look == "fill-muted"}
    unit = (at["40%"] - at["20%"]) / 20
    zero = at["20%"] - 20 * unit
    dots = [mark.x for mark in drawn if mark.look == "fill-ink" and mark.tag == "path"][1:]  # the first is the key's
    assert dots == [pytest.approx(zero + 39.7 * unit, abs=0.2), pytest.approx(zero + 24 * unit, abs=0.2)]
    snp = [mark for mark in drawn if mark.look == "fill-claimed" and mark.height == 16][1]
    assert (snp.x, snp.x2) == (
        pytest.approx(zero + 18.5 * unit, abs=0.2),
        pytest.approx(zero + 19.5 * unit, abs=0.2),
    )


def test_figures_stand_at_each_group_with_the_sign_of_its_verdict() -> None:
    (picture,) = composition.pictures(kinds.shares())
    texts = [mark.text for mark in marks(picture) if mark.tag == "text"]
    assert "labour: claimed 39.7%, found 39.7% ✓" in texts
    assert "snp: claimed 19%, found 24% ✗" in texts
    assert picture.alt == (
        "labour: claimed 39.7%, found 39.7% (supported). snp: claimed 19%, found 24% (refuted)."
    )


def test_a_line_joins_what_was_found_to_what_is_claimed_only_where_they_differ() -> None:
    (picture,) = composition.pictures(kinds.shares())
    (gap,) = picture.spec()["datasets"]["gaps"]
    assert gap == {"row": 1, "low": 0.195, "high": 0.24}


def test_measured_regions_are_drawn() -> None:
    base = kinds.shares()
    assert base.measurement is not None
    assert isinstance(base.measurement.region, dict)
    region = {**base.measurement.region, "snp": Interval(Fraction(1, 5), Fraction(3, 10))}
    (picture,) = composition.pictures(replace(base, measurement=replace(base.measurement, region=region)))
    assert picture.spec()["datasets"]["regions"] == [{"row": 1, "low": 0.2, "high": 0.3}]


def test_of_many_groups_some_are_drawn_and_the_rest_is_said() -> None:
    base = kinds.shares()
    assert base.measurement is not None
    part = next(iter(base.claimed.parts.values()))  # type: ignore[union-attr]
    names = [f"group {i}" for i in range(40)]
    found = replace(
        base.measurement,
        estimate={name: Fraction(1, 40) for name in names},
        region={name: Interval.point(Fraction(1, 40)) for name in names},
    )
    claimed = replace(base.claimed, parts=dict.fromkeys(names, part))  # type: ignore[type-var]
    many = replace(base, measurement=found, claimed=claimed, finding=replace(base.finding, parts={}))
    (picture,) = composition.pictures(many)
    assert len(picture.spec()["datasets"]["dots"]) == 12
    assert picture.alt.endswith("28 more are not drawn.")


def test_what_claims_no_groups_has_none() -> None:
    assert composition.pictures(gallery.beach()) == ()
    assert composition.pictures(replace(kinds.shares(), measurement=None)) == ()
