"""Pictures as SVG are small, safe and readable on light and on dark."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from factcheck.reports.pictures import FORMS, Picture, pictures, svg, theme
from factcheck.verdicts.verdict import Verdict
from tests.reports import circumstances, gallery, kinds
from tests.reports.hostile import HOSTILE, hostile

MAKERS = (
    gallery.beach, gallery.mentions_total, gallery.sampled_supported, gallery.sampled_open, gallery.tags_close,
    kinds.rank, kinds.shares, kinds.two_datasets, kinds.first_day, kinds.average, circumstances.two_checks,
    circumstances.variants_differ, hostile,
)  # fmt: skip
ALLOWED = {
    "xmlns", "class", "width", "height", "viewBox", "role", "aria-labelledby", "id", "transform", "d", "x", "y", "x1",
    "y1", "x2", "y2", "text-anchor", "fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "fill-opacity",
    "stroke-opacity", "font-size", "font-weight",
}  # fmt: skip
TAGS = {"svg", "title", "desc", "g", "path", "rect", "line", "text"}
HOSTILE_LONG = f"</script><svg onload=alert(1)> \u202e{HOSTILE}" + "W" * 10_000


def every() -> list[Picture]:
    return [picture for make in MAKERS for picture in pictures(make())]


def test_these_verdicts_have_pictures_of_several_forms() -> None:
    assert {picture.name for picture in every()} >= {"scale", "ranking", "composition", "choices"}
    assert set(FORMS) >= {"scale", "missing", "composition", "choices"}


def test_nothing_in_a_picture_could_act_or_collide() -> None:
    for number, picture in enumerate(every()):
        root = ElementTree.fromstring(svg.inline(picture, f"p{number}"))
        for node in root.iter():
            assert node.tag.rpartition("}")[2] in TAGS
            assert set(node.attrib) <= ALLOWED
        assert [node.get("id") for node in root.iter() if node.get("id")] == [f"p{number}-title", f"p{number}-desc"]
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"p{number}-title p{number}-desc"


def test_no_colour_stands_in_a_picture_itself() -> None:
    for picture in every():
        assert not re.search(r"#[0-9a-fA-F]{3,6}\b", re.sub(r"<(title|desc).*?</\1>|>[^<]*<", "><", svg.inline(picture, "p")))


def test_a_typical_picture_takes_less_than_four_kilobytes() -> None:
    sizes = {picture.name: len(svg.inline(picture, "claim-scale").encode()) for picture in every()}
    assert max(sizes.values()) <= 4096, sizes


def test_coordinates_have_one_decimal_at_most() -> None:
    for picture in every():
        drawn = ElementTree.fromstring(svg.inline(picture, "p"))
        values = " ".join(value for node in drawn.iter() for value in node.attrib.values())
        assert not re.search(r"\d\.\d{2,}", values)


def test_compiling_once_draws_what_compiling_each_time_draws() -> None:
    import vl_convert

    for picture in every():
        assert svg.drawn(picture) == vl_convert.vegalite_to_svg(picture.spec(), vl_version="6.4")


def test_every_specification_is_valid_vega_lite() -> None:
    import altair as alt

    for picture in every():
        alt.Chart.from_dict(picture.spec(), validate=True)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, "contrast ratio"."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_has_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # the grey that WCAG's own guides name


@pytest.mark.parametrize("name", [name for name in theme.COLOURS if name != "faint"])  # a grid is to stay behind
def test_marks_stand_out_from_both_backgrounds(name: str) -> None:
    least = 4.5 if name in ("ink", "muted") else 3  # those are also the colours of letters
    colour = theme.COLOURS[name]
    for paper in ("#ffffff", "#fffdf9"):  # GitHub's and the page's
        assert contrast(colour.light, paper) >= least
    for paper in ("#0d1117", "#16181b"):
        assert contrast(colour.dark, paper) >= least


def test_a_file_of_its_own_brings_its_colours_for_light_and_dark() -> None:
    text = svg.standalone(pictures(gallery.beach())[0])
    (style,) = re.findall(r"<style>(.*?)</style>", text)
    assert theme.COLOURS["claimed"].light in style.split("@media")[0]
    assert "prefers-color-scheme:dark" in style
    used = set(re.findall(r"(?:fill|stroke)-[a-z]+(?=[ \"])", text.replace(style, ""))) - {"stroke-width"}
    assert used
    assert all(f".{name}{{" in style for name in used)


def _hostile_parts() -> Verdict:
    base = kinds.shares()
    assert base.measurement is not None
    assert isinstance(base.measurement.estimate, dict)
    assert isinstance(base.measurement.region, dict)
    names = {name: f"{name}{HOSTILE_LONG}" for name in base.measurement.estimate}
    found = replace(
        base.measurement,
        estimate={names[name]: value for name, value in base.measurement.estimate.items()},
        region={names[name]: value for name, value in base.measurement.region.items()},
    )
    parts = {names[name]: part for name, part in base.claimed.parts.items()}  # type: ignore[union-attr]
    return replace(base, measurement=found, claimed=replace(base.claimed, parts=parts))  # type: ignore[type-var]


def _hostile_choices() -> Verdict:
    base = circumstances.variants_differ()
    variants = [replace(one, params={**one.params, "top": f"{i}{HOSTILE_LONG}"}) for i, one in enumerate(base.variants)]
    return replace(base, variants=tuple(variants))


@pytest.mark.parametrize(("make", "name"), [(_hostile_parts, "composition"), (_hostile_choices, "choices")])
def test_hostile_labels_are_cut_and_mean_nothing(make, name: str) -> None:
    (picture,) = [one for one in pictures(make()) if one.name == name]
    root = ElementTree.fromstring(svg.inline(picture, "p"))
    texts = [node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any("script" in text for text in texts)
    assert max(map(len, texts)) <= 80
    assert not any(sign in text for text in texts for sign in "\u202e\u2066\x00\x1b\n")
    assert {node.tag.rpartition("}")[2] for node in root.iter()} <= TAGS
