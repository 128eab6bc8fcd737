"""What must not change a figure of clustered or weighted rows, and what must not make its interval narrower."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import factcheck
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement

ASKED = {
    "share": ("{share: said = 'yes', among: sex = 'f'}", "half"),
    "count": ("{count: rows, that: said = 'yes'}", "3000"),
    "mean": ("{mean: x}", "10"),
    "median": ("{median: x}", "10"),
    "sum": ("{sum: x}", "10000"),
    "difference": ("{difference: {share: said = 'yes', among: sex = 'f'}, minus: {share: said = 'yes', among: sex = 'm'}}", "2 points"),
    "ratio": ("{ratio: {mean: x, among: sex = 'f'}, to: {mean: x, among: sex = 'm'}}", "2"),
    "rank": ("{rank: b, by: party}", "first"),
    "composition": ("{composition: party}", "{a: 30%, b: 20%}"),
}  # fmt: skip
BOTH = {"weight": "w", "cluster": "who"}


def people(seed: int = 1) -> pd.DataFrame:
    """Eighty people with one to nine rows each; some answers and numbers are missing."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 10, 80)
    who = np.repeat(np.arange(80), sizes)
    n = len(who)
    leaning = rng.random(80)[who]
    said = np.where(rng.random(n) < 0.05, None, np.where(leaning + rng.normal(0, 0.2, n) > 0.45, "yes", "no"))
    party = rng.choice(["a", "b", "c", "d"], n, p=[0.4, 0.3, 0.2, 0.1])
    return pd.DataFrame({
        "who": who, "said": said, "sex": np.where(leaning > rng.random(n), "f", "m"), "party": party,
        "x": (10 + 5 * leaning + rng.normal(0, 1, n)).round(3), "w": rng.choice([0.5, 1.0, 1.5, 3.0], 80)[who],
    })  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a sample of a population of 40,000 comes to, by the name of what is asked; the same rows are asked once."""
    known: dict[tuple[bytes, str], dict[str, Measurement]] = {}

    def once(frame: pd.DataFrame, fields: dict[str, str]) -> dict[str, Measurement]:
        key = (pickle.dumps(frame), str(fields))
        if key not in known:
            known[key] = measure(tmp_path_factory.mktemp("design"), frame, fields)
        return known[key]

    def measure(tmp_path: Path, frame: pd.DataFrame, fields: dict[str, str]) -> dict[str, Measurement]:
        for folder in ("claims", "evidence"):
            (tmp_path / folder).mkdir(exist_ok=True)
        manifest = "datasets:\n  t:\n    completeness: random sample\n    population: 40000\n"
        (tmp_path / "evidence" / "t.yaml").write_text(manifest, encoding="utf-8")
        told = "".join(f", {key}: {value}" for key, value in fields.items())
        lines = [
            f"  - {{id: {name}, statement: S., dataset: t, measure: {measure}, claimed: {claimed}{told}}}\n"
            for name, (measure, claimed) in ASKED.items()
        ]
        (tmp_path / "claims" / "a.yaml").write_text("claims:\n" + "".join(lines), encoding="utf-8")
        verdicts = factcheck.check(project=tmp_path, data={"t": frame})
        assert all(verdict.error is None for verdict in verdicts)
        return {verdict.id: verdict.measurement for verdict in verdicts if verdict.measurement is not None}

    return once


def ends(found: Measurement) -> list[float]:
    """Every end of the region, infinity for what is open."""
    parts = found.region.values() if isinstance(found.region, dict) else [found.region]
    told: list[float] = []
    for part in parts:
        assert isinstance(part, Interval)
        told += [-np.inf if part.low is None else float(part.low), np.inf if part.high is None else float(part.high)]
    return told


def widths(found: Measurement) -> list[float]:
    told = ends(found)
    return [high - low for low, high in zip(told[::2], told[1::2], strict=True)]


@pytest.mark.parametrize("fields", [BOTH, {"cluster": "who"}, {"weight": "w"}], ids=["both", "cluster", "weight"])
def test_the_order_of_the_rows_changes_nothing(found: Any, fields: dict[str, str]) -> None:
    frame = people()
    first, second = found(frame, fields), found(frame.sample(frac=1, random_state=3), fields)
    for name, one in first.items():
        assert ends(second[name]) == pytest.approx(ends(one), rel=1e-12), name
        assert second[name].estimate == one.estimate, name


def test_weights_in_another_unit_change_nothing(found: Any) -> None:
    frame = people()
    first, second = found(frame, BOTH), found(frame.assign(w=frame.w * 10), BOTH)
    for name, one in first.items():
        assert ends(second[name]) == pytest.approx(ends(one), rel=1e-9), name


@pytest.mark.parametrize("weight", [1.0, 2.0])
def test_equal_weights_are_none(found: Any, weight: float) -> None:
    """Of a quantile the definition for weighted rows differs, and the median is the same."""
    plain, weighed = found(people(), {"cluster": "who"}), found(people().assign(w=weight), BOTH)
    for name, one in plain.items():
        assert ends(weighed[name]) == pytest.approx(ends(one), rel=1e-9), name
        assert weighed[name].estimate == one.estimate, name


def test_a_name_for_the_units_changes_nothing(found: Any) -> None:
    frame = people()
    named = frame.assign(who=[f"Ж {i:05d} 🐘" for i in frame.who])
    first, second = found(frame, BOTH), found(named, BOTH)
    for name, one in first.items():
        assert ends(second[name]) == ends(one), name


def test_rows_said_twice_by_the_same_people_tell_no_more(found: Any) -> None:
    """Every row stands there twice, and those who were drawn are as many as before.

    How alike the rows of a person are is estimated anew, and the variance is never taken smaller than that of rows drawn
    singly, of which there are now more: a tenth of the width is left for that.
    """
    frame = people().assign(said=lambda rows: rows.said.fillna("no"))
    once, twice = found(frame, {"cluster": "who"}), found(pd.concat([frame, frame]), {"cluster": "who"})
    for name in ("share", "mean", "difference", "ratio", "rank", "composition"):
        for before, after in zip(widths(once[name]), widths(twice[name]), strict=True):
            assert after >= 0.9 * before, name


def test_people_without_a_row_in_the_base_tell_nothing_of_it(found: Any) -> None:
    """More people, none of whom is asked: the share of a part stays what it was."""
    frame = people()
    others = frame.assign(who=frame.who + 1_000, sex="n", party="z")
    first, second = found(frame, BOTH), found(pd.concat([frame, others]), BOTH)
    for name in ("share", "difference", "ratio"):
        assert ends(second[name]) == pytest.approx(ends(first[name]), rel=1e-9), name


def test_one_row_a_unit_is_nearly_the_plain_sample(found: Any) -> None:
    """Units of one row each are rows drawn singly; the method for designs is a little wider, never narrower by much."""
    frame = people().assign(who=lambda rows: np.arange(len(rows)), said=lambda rows: rows.said.fillna("no"))
    plain, single = found(frame, {}), found(frame, {"cluster": "who"})
    for name in ("share", "mean", "difference", "composition"):
        assert plain[name].estimate == single[name].estimate, name
        for before, after in zip(widths(plain[name]), widths(single[name]), strict=True):
            assert 0.93 * before <= after <= 1.25 * before, name


def test_a_stricter_level_is_wider(found: Any) -> None:
    frame = people()
    usual, strict = found(frame, BOTH), found(frame, {**BOTH, "level": "99%"})
    for name, one in usual.items():
        for before, after in zip(widths(one), widths(strict[name]), strict=True):
            assert after >= before, name
