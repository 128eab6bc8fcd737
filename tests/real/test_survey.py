"""A weighted survey whose judgments come from the same people: held against formulas computed here from the file.

The variance is Taylor's linearisation over respondents (Särndal, Swensson & Wretman 1992, ch. 5; what R's survey
package computes), not the jackknife of the engine, and the interval that of Korn & Graubard (1998) around it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from scipy.stats import beta, t

import factcheck

from .published import DATA, PROJECT, needs_data

pytestmark = needs_data
Row = dict[str, str]


def yes(row: Row, column: str) -> bool:
    return row[column] == "True"


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    path = DATA / "more/buzzfeed-fake-news-survey/headline-responses.csv"
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def claims() -> dict[str, dict[str, Any]]:
    run = factcheck.check(project=PROJECT, select="file:claims/survey.yaml", now=datetime(2026, 11, 26))
    return {claim["id"]: claim for claim in run.to_dict()["claims"]}


class Linearised:
    """The weighted share of some rows, and each respondent's part in its deviation."""

    def __init__(self, rows: list[Row], chosen: Callable[[Row], bool], counts: Callable[[Row], bool]) -> None:
        base = [row for row in rows if chosen(row)]
        people = sorted({row["ID"] for row in rows})
        place = {person: i for i, person in enumerate(people)}
        w = np.array([float(row["Weightvar"]) for row in base])
        y = np.array([float(counts(row)) for row in base])
        at = np.array([place[row["ID"]] for row in base])
        self.p = float((w * y).sum() / w.sum())
        self.scores = np.bincount(at, w * (y - self.p), len(people)) / w.sum()
        self.rows, self.people = len(base), len(set(at.tolist()))

    @property
    def variance(self) -> float:
        return float(self.people / (self.people - 1) * (self.scores**2).sum())

    def interval(self) -> tuple[float, float]:
        shrunk = (t.ppf(0.975, self.rows - 1) / t.ppf(0.975, self.people - 1)) ** 2
        n = self.p * (1 - self.p) / self.variance * shrunk
        k = self.p * n
        return float(beta.ppf(0.025, k, n - k + 1)), float(beta.ppf(0.975, k + 1, n - k))


def believed(rows: list[Row], *, fake: bool) -> Linearised:
    return Linearised(
        rows,
        lambda row: yes(row, "is_fake") is fake and yes(row, "recalled_bool"),
        lambda row: yes(row, "accuracy_bool"),
    )


@pytest.mark.parametrize(("claim", "fake"), [("s1-about-three-quarters", True), ("s2-real-believed", False)])
def test_share(claims: dict[str, dict[str, Any]], rows: list[Row], claim: str, fake: bool) -> None:
    own, found = believed(rows, fake=fake), claims[claim]
    assert found["estimate"] == pytest.approx(own.p, abs=1e-9)
    assert (found["low"], found["high"]) == pytest.approx(own.interval(), abs=0.0015)


def test_rows_taken_for_independent_and_equal_would_promise_too_much(claims: dict[str, dict[str, Any]]) -> None:
    """1,113 of 1,516 judgments: Wilson's interval is a quarter narrower, and lies elsewhere."""
    found = claims["s1-about-three-quarters"]
    low, high = 0.71136, 0.75579  # Wilson (1927) of 1,113 of 1,516, without weights
    assert found["high"] - found["low"] > 1.2 * (high - low)
    assert found["high"] > high


def test_difference_of_two_shares_of_the_same_people(claims: dict[str, dict[str, Any]], rows: list[Row]) -> None:
    """Most respondents judged fake headlines and real ones: their parts in both shares are subtracted person by person."""
    fake, real = believed(rows, fake=True), believed(rows, fake=False)
    error = float(np.sqrt(((fake.scores - real.scores) ** 2).sum()))
    found = claims["s3-fake-fools-less"]
    difference = fake.p - real.p
    assert found["estimate"] == pytest.approx(difference, abs=1e-9)
    ends = (found["low"], found["high"])
    assert ends == pytest.approx((difference - 1.96 * error, difference + 1.96 * error), abs=0.004)


def test_weights_alone(claims: dict[str, dict[str, Any]], rows: list[Row]) -> None:
    """Who recalled at least one fake headline, of all respondents: one row each, so that the weights are all there is."""
    recalled = {row["ID"] for row in rows if yes(row, "is_fake") and yes(row, "recalled_bool")}
    people = list({row["ID"]: row for row in rows}.values())
    own = Linearised(people, lambda row: True, lambda row: row["ID"] in recalled)
    found = claims["s4-recalled-a-fake"]
    assert found["estimate"] == pytest.approx(own.p, abs=1e-9)
    assert (found["low"], found["high"]) == pytest.approx(own.interval(), abs=0.002)
