"""Consistency: no alarm where claims are honest, in time that does not explode, whatever a run selects."""

from __future__ import annotations

import json
import time
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.claims.regions import Interval
from factcheck.evaluation import Plan, plan
from factcheck.project import open_project
from factcheck.verdicts.consistency.line import Figure, Line
from factcheck.verdicts.sources import address

PARTIES = ["Labour", "SNP", "UKIP"]
honestly = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
shortly = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])


def planned(root: Path, claims: list[dict[str, Any]], select: str | None = None) -> Plan:
    """The claims as `validate` sees them, over one small frame."""
    (root / "claims").mkdir(parents=True, exist_ok=True)
    (root / "claims" / "case.yaml").write_text(json.dumps({"claims": claims}, ensure_ascii=False), encoding="utf-8")
    frame = pd.DataFrame({"party": ["Labour", "SNP"], "author": ["a", "b"], "age": [20, 30]})
    return plan(open_project(root, frames={"posts": frame}), select, {"posts": frame})


def claim(id: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "statement": "What is claimed.", "dataset": "posts", **fields}


def told(found: Plan) -> str:
    return "\n".join(problem.message for problem in found.warnings)


def codes(found: Plan) -> set[str]:
    return {note.code for notes in found.consistency.notes.values() for note in notes}


def rounded(value: int, zeros: int, *, up: bool) -> int:
    """Rounded to so many zeros, a tie up or down."""
    unit = int(10**zeros)
    down, rest = divmod(value, unit)
    return (down + int(2 * rest > unit or (2 * rest == unit and up))) * unit


def percent(share: Fraction, places: int, *, up: bool) -> str:
    scaled = share * 100 * 10**places
    down = scaled.numerator // scaled.denominator
    rest = scaled - down
    whole = down + (2 * rest > 1 or (2 * rest == 1 and up))
    return f"{whole // 10**places}.{whole % 10**places:0{places}d}%" if places else f"{whole}%"


@st.composite
def counts_said(draw: st.DrawFn, value: int) -> str:
    """A count as honest people say it."""
    zeros = draw(st.integers(0, max(0, len(str(value)) - 1)))
    near = rounded(value, zeros, up=draw(st.booleans()))
    unit = 10**zeros
    forms = [str(value), f"at least {value // unit * unit}", f"at most {-(-value // unit) * unit}"]
    if near >= 100:  # below, a bare figure is meant exactly
        forms += [f"{near:,}"] * 3
    if near:
        forms += [f"about {near:,}"] if abs(near - value) * 10 <= near else []
    return draw(st.sampled_from(forms))


@st.composite
def tables(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Claims that all follow from one table: parties, posts and authors, counted and told at honest rounding."""
    posts = draw(st.lists(st.integers(1, 40_000), min_size=3, max_size=3))
    old = [draw(st.integers(0, n)) for n in posts]
    total = sum(posts)
    up = draw(st.booleans())  # one rule for ties throughout, as one table has
    places = draw(st.integers(0, 3))
    shares = {party: percent(Fraction(n, total), places, up=up) for party, n in zip(PARTIES, posts, strict=True)}
    who = st.sampled_from([None, "A", "B"])
    composition = {"measure": {"composition": "party", "whole": "true"}, "claimed": shares, "n": str(total)}
    sizes = {"composition": "party", "as": "count"}
    found = [
        claim("all-parties", **composition, quantity="parties"),
        claim(
            "all-sizes", measure=sizes, claimed={p: draw(counts_said(n)) for p, n in zip(PARTIES, posts, strict=True)}
        ),
        claim("mean-age", n=str(total), measure={"mean": "age"}, claimed=_mean(draw, total, places, up=up)),
    ]
    for i in range(2):
        found.append(claim(f"total-{i}", quantity="total", measure={"count": "rows"}, claimed=draw(counts_said(total))))
        for party, n, aged in zip(PARTIES, posts, old, strict=True):
            name, where = party.lower(), f"party = '{party}'"
            count = claim(f"{name}-{i}", quantity=party, measure={"count": "rows", "that": where}, n=str(total))
            share = claim(f"{name}-share-{i}", quantity=party, measure={"share": where}, n=str(total))
            part = {"count": "rows", "that": f"age > 65 and {where}"}
            digits = draw(st.integers(0, 3))
            found += [
                count | {"claimed": draw(counts_said(n)), "claimant": draw(who)},
                share | {"claimed": percent(Fraction(n, total), digits, up=up), "claimant": draw(who)},
                claim(f"{name}-old-{i}", measure=part, claimed=draw(counts_said(aged)) if aged else "none"),
            ]
    return found


def _mean(draw: st.DrawFn, n: int, places: int, *, up: bool) -> str:
    mean = Fraction(draw(st.integers(0, 100 * n)), n)
    return percent(mean / 100, max(1, places), up=up).removesuffix("%")


@honestly
@given(claims=tables())
def test_what_follows_from_one_table_raises_no_alarm(claims: list[dict[str, Any]], tmp_path_factory: Any) -> None:
    found = planned(tmp_path_factory.mktemp("honest"), claims)
    assert not found.warnings, told(found)
    # A count rounded to one figure may miss an exact one by more than 5 %: they differ, and neither is wrong.
    assert codes(found) <= {"differs-slightly"}


@shortly
@given(first=st.integers(1, 10**6), factor=st.integers(3, 1000))
def test_what_is_several_times_as_large_is_always_noticed(first: int, factor: int, tmp_path_factory: Any) -> None:
    figures = [str(first), str(first * factor)]
    claims = [
        claim(f"c{i}", quantity="q", measure={"count": "rows"}, claimed=figure) for i, figure in enumerate(figures)
    ]
    found = planned(tmp_path_factory.mktemp("far"), claims)
    assert "both" in "".join(problem.hint for problem in found.warnings)
    assert all(found.consistency.of(f"c{i}", None) for i in range(2))


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """A narrow interval inside a wide one, of one of three speakers."""
    wide = sorted(draw(st.lists(st.integers(0, 12), min_size=4, max_size=4)))
    low, first, last, high = map(Fraction, wide)
    narrow = Interval(first, last, *(draw(st.booleans()) if first < last else False for _ in range(2)))
    near = Interval(low if draw(st.booleans()) else None, high if draw(st.booleans()) else None)
    stated = SimpleNamespace(speaker=draw(st.sampled_from("abc")))
    return Figure(stated, narrow, narrow, near.hull(narrow), "")  # type: ignore[arg-type]  # only its speaker is asked


@given(drawn=st.lists(figures(), min_size=2, max_size=9))
@settings(deadline=None, max_examples=300)
def test_the_line_finds_what_comparing_every_pair_finds(drawn: list[Figure]) -> None:
    line = Line(drawn)
    for one in drawn:
        for but in (None, one.speaker):
            others = [other for other in drawn if other.speaker != but]
            above = {other for other in others if one.honest.below(other.near) and one.near.below(other.honest)}
            below = {other for other in others if other.near.below(one.honest) and other.honest.below(one.near)}
            for found, all_ in ((line.above(one, but), above), (line.below(one, but), below)):
                assert (found in all_) if found is not None else not all_


@pytest.mark.parametrize("quantity", ["one", None])
def test_ten_thousand_claims(quantity: str | None, tmp_path: Path) -> None:
    """Of one quantity or of a quantity each, all different: time grows with their number, not with its square."""
    seconds = [_many(tmp_path, number, quantity) for number in (1_000, 10_000)]
    assert seconds[1] < 60 * max(seconds[0], 0.05)


def _many(root: Path, number: int, quantity: str | None) -> float:
    from factcheck.cases.stated import stated
    from factcheck.claims.figures import Quantity, read
    from factcheck.verdicts.consistency import Stated, consistency

    claims = [claim(f"c{i}", quantity="q", measure={"count": "rows"}, claimed="1") for i in range(2)]
    one = next(iter(stated(planned(root, claims).dockets, {})))
    several = []
    for i in range(number):
        own = one.claim.model_copy(update={"id": f"c{i}", "quantity": quantity or f"q{i}", "claimant": f"p{i % 7}"})
        source = one.source.__class__(own, one.source.file, i, one.source.node)
        several.append(Stated(source, read(str(1001 + 2 * i), Quantity.COUNT), one.measure, one.datasets))
    start = time.perf_counter()
    found = consistency(several)
    took = time.perf_counter() - start
    assert len(found.problems) == (6 if quantity else 0)  # five, and how many more
    assert all(len(notes) <= 4 for notes in found.notes.values())
    return took


def test_a_selected_claim_hears_of_those_that_are_not(tmp_path: Path) -> None:
    claims = [
        claim("a", quantity="q", measure={"count": "rows"}, claimed="40"),
        claim("b", quantity="q", measure={"count": "rows"}, claimed="60"),
        claim("part", measure={"count": "rows", "that": "party = 'SNP' and age > 3"}, claimed="50"),
        claim("whole", measure={"count": "rows", "that": "age > 3"}, claimed="30"),
        claim("else", quantity="other", measure={"count": "rows", "that": "age > 4"}, claimed="1"),
    ]
    everything = planned(tmp_path, claims)
    for name in ("a", "b", "part", "whole", "else"):
        alone = planned(tmp_path, claims, name)
        assert alone.consistency.of(name, None) == everything.consistency.of(name, None)
    assert "'a' says 40 and 'b' says 60" in told(planned(tmp_path, claims, "a"))
    assert not planned(tmp_path, claims, "else").warnings


def test_warnings_stand_where_the_figure_is_written(tmp_path: Path) -> None:
    claims = [
        claim(name, quantity="q", measure={"count": "rows"}, claimed=figure)
        for name, figure in (("a", "40"), ("b", "60"))
    ]
    (problem,) = planned(tmp_path, claims).warnings
    assert problem.severity == "warning"
    assert problem.place is not None
    assert problem.place.excerpt[problem.place.column - 1 :].lstrip('"').startswith("60")


SAME = [
    ("https://example.org/a", "http://www.example.org/a/"),
    ("https://example.org/a#top", "https://EXAMPLE.org/a?utm_source=x&fbclid=y"),
    ("https://example.org/a?id=1", "https://web.archive.org/web/20180510120000if_/https://example.org/a?id=1"),
    ("https://example.org/a", "https://archive.ph/2018.05.10-120000/https://example.org/a"),
    ("https://example.org/a", "web.archive.org/web/2018/example.org/a"),
]
OTHER = [
    ("https://example.org/a", "https://example.org/b"),
    ("https://example.org/a?id=1", "https://example.org/a?id=2"),
    ("https://example.org/a", "https://data.example.org/a"),
    ("https://example.org/A", "https://example.org/a"),
    ("https://archive.org/details/x", "https://archive.org/details/y"),
    ("https://archive.ph/AbCdE", "https://archive.ph/FgHiJ"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_addresses_of_one_page(one: str, other: str) -> None:
    assert address(one) == address(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_addresses_of_two_pages(one: str, other: str) -> None:
    assert address(one) != address(other)
