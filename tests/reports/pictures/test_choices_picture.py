"""The curve of defensible ways to count."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from factcheck.claims.regions import Interval
from factcheck.reports.pictures import choices
from factcheck.reports.pictures.svg import inline
from factcheck.verdicts.verdict import Outcome, Verdict
from tests.reports import gallery
from tests.reports.build import claim, share, verdict

from .drawn import marks


def several(n: int, outcome: Outcome = Outcome.REFUTED, step: int = 10) -> Verdict:
    """A claim of 64% and n ways to count: the further, the less; each with a limit and one of two policies."""
    spec = claim("x", "X.", measure={"share": "a > :limit"}, claimed="64%", params={"limit": 0}, where="ok = 1")
    base = verdict(spec, Outcome.SUPPORTED, share(64_000, 100_000))
    ways = [
        replace(
            base,
            measurement=share(
                64_000 - i * step, 100_000, low=(63_000 - i * step) / 100_000, high=(65_000 - i * step) / 100_000
            ),
            finding=replace(base.finding, outcome=Outcome.SUPPORTED if i == 0 else outcome),
            params={"limit": i // 2, "where": "ok = 1" if i % 2 == 0 else None},
        )
        for i in range(n)
    ]
    return replace(base, variants=tuple(ways))


def test_ways_are_sorted_by_what_they_give_and_told_by_shape() -> None:
    (picture,) = choices.pictures(several(6, step=1_000))
    ways = picture.spec()["datasets"]["ways"]
    assert [way["y"] for way in ways] == sorted(way["y"] for way in ways)
    assert [way["shape"] for way in ways] == ["square"] * 5 + ["circle"]
    assert picture.alt == (
        "6 defensible ways to count, sorted by what they give, from 59% to 64%: 1 supported, 5 refuted. "
        "Counted as the claim has it: 64%; claimed is 64%."
    )


def test_each_way_is_marked_at_the_choices_it_takes() -> None:
    (picture,) = choices.pictures(several(4))
    data = picture.spec()["datasets"]
    rows = {name["down"] + 12: name["label"] for name in data["names"]}
    taken: dict[str, list[int]] = {}
    for mark in data["taken"]:
        taken.setdefault(rows[mark["down"]], []).append(round((mark["x"] + mark["x2"]) / 2))
    assert taken == {
        "with limit at 0": [2, 3], "with limit at 1": [0, 1],
        "where ok = 1": [1, 3], "without the condition ok = 1": [0, 2],
    }  # fmt: skip


def test_the_claim_as_it_stands_is_marked() -> None:
    (picture,) = choices.pictures(several(4))
    data = picture.spec()["datasets"]
    assert data["own"] == [{"x": 2.5, "x2": 3.5}]
    assert "this check" in [one["label"] for one in data["key"]]


def test_the_curve_is_drawn_where_its_figures_say() -> None:
    (picture,) = choices.pictures(several(6, step=1_000))
    drawn = marks(picture)
    at = {mark.text: mark.y for mark in drawn if mark.look == "fill-muted" and mark.tag == "text"}
    unit = (at["64%"] - at["60%"]) / 4
    points = [mark for mark in drawn if mark.tag == "path" and mark.look in ("fill-found", "fill-other")]
    heights = [mark.y + mark.height / 2 for mark in points][2:]  # after those of the key
    assert heights == [pytest.approx(heights[0] + i * unit, abs=0.2) for i in range(6)]
    band = [mark for mark in drawn if mark.look == "fill-claimed" and mark.height]
    assert [mark.height for mark in band] == [pytest.approx(-unit, abs=0.2)]  # 63.5% to 64.5%


def test_a_thousand_ways_stay_small_and_say_what_is_drawn() -> None:
    (picture,) = choices.pictures(several(1_000))
    data = picture.spec()["datasets"]
    assert len(data["ways"]) == 60
    assert len(data["names"]) == 12
    assert data["ways"][0]["y"] == 0.5401
    assert data["ways"][-1]["y"] == 0.64
    assert data["own"]
    assert "60 of them are drawn." in picture.alt
    svg = inline(picture, "x")
    assert len(svg) < 12_000
    ElementTree.fromstring(svg)


def test_many_ways_keep_the_claims_own() -> None:
    base = several(500)
    middle = base.variants[250]
    own = replace(base, variants=tuple(replace(one, params={"limit": 900}) for one in base.variants))
    own = replace(own, measurement=middle.measurement)
    (picture,) = choices.pictures(own)
    assert len(picture.spec()["datasets"]["own"]) == 1


def test_ways_without_a_figure_are_told() -> None:
    base = several(5)
    failed = replace(base.variants[0], measurement=None, finding=replace(base.finding, outcome=Outcome.ERROR))
    (picture,) = choices.pictures(replace(base, variants=(failed, *base.variants[1:])))
    assert len(picture.spec()["datasets"]["ways"]) == 4
    assert picture.alt.endswith("Those without a figure, not drawn: 1.")


def test_one_other_way_with_the_same_verdict_is_no_picture() -> None:
    assert choices.pictures(several(2, Outcome.SUPPORTED)) == ()
    assert len(choices.pictures(several(2, Outcome.REFUTED))) == 1
    assert choices.pictures(gallery.beach()) == ()


def test_regions_of_ways_are_drawn_where_they_are_known() -> None:
    base = several(3)
    assert base.variants[1].measurement is not None
    point = replace(base.variants[1].measurement, region=Interval.point(Fraction(1, 2)))
    (picture,) = choices.pictures(replace(base, variants=(base.variants[0], replace(base.variants[1], measurement=point), base.variants[2])))
    assert len(picture.spec()["datasets"]["regions"]) == 2
