"""Rankings as pictures."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import altair as alt

from factcheck.measures.measurement import Bar
from factcheck.reports.pictures.ranking import pictures
from factcheck.reports.pictures.svg import inline
from tests.reports import kinds
from tests.reports.gallery import beach
from tests.reports.hostile import HOSTILE


def test_the_claimed_group_is_marked_by_a_sign_and_a_colour() -> None:
    (picture,) = pictures(kinds.rank())
    data = picture.spec()["datasets"]
    marked = [name["row"] for name in data["names"] if name["label"].startswith("→ ")]
    assert marked == [bar["row"] for bar in data["bars"] if bar["named"]]
    assert len(marked) == 1
    assert [bar["high"] for bar in data["bars"]] == [float(bar.value) for bar in kinds.rank().measurement.bars]  # type: ignore[union-attr]
    assert "which the claim names" in picture.alt


def test_the_bars_are_as_long_as_their_figures() -> None:
    (picture,) = pictures(kinds.rank())
    values = [bar.value for bar in kinds.rank().measurement.bars]  # type: ignore[union-attr]
    svg = ElementTree.fromstring(inline(picture, "x"))
    paths = [path.get("d", "") for path in svg.iter("{http://www.w3.org/2000/svg}path")]
    lengths = sorted((float(path.split("h")[1].split("v")[0]) for path in paths), reverse=True)
    expected = sorted((float(value / max(values)) * lengths[0] for value in values), reverse=True)
    assert all(abs(one - other) <= 0.2 for one, other in zip(lengths, expected, strict=True))


def test_intervals_of_bars_are_drawn_where_they_are_known() -> None:
    base = kinds.rank()
    assert base.measurement is not None
    bars = (Bar("a", Fraction(5), Fraction(4), Fraction(7)), Bar("Russia", Fraction(3)))
    (picture,) = pictures(replace(base, measurement=replace(base.measurement, bars=bars)))
    assert picture.spec()["datasets"]["reach"] == [{"row": 0, "low": 4, "high": 7}]


def test_hostile_labels_are_cut_and_harmless() -> None:
    base = kinds.rank()
    assert base.measurement is not None
    bars = (Bar(HOSTILE * 50, Fraction(5)), Bar("Russia", Fraction(0)))
    (picture,) = pictures(replace(base, measurement=replace(base.measurement, bars=bars)))
    svg = inline(picture, "x")
    assert len(svg) < 3000
    assert {node.tag.rpartition("}")[2] for node in ElementTree.fromstring(svg).iter()} <= {
        "svg", "title", "desc", "g", "path", "text", "line", "rect",
    }  # fmt: skip
    alt.Chart.from_dict(picture.spec(), validate=True)


def test_nothing_is_drawn_of_what_has_no_order() -> None:
    assert pictures(beach()) == ()
