"""The quick form of benchmarks/soundness: a few investigations of every kind, and the whole path beside the short one.

The simulation asks the measures themselves, with answers made in memory instead of by an engine. That short cut is held
here against `factcheck.check` on DataFrames of the same rows.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import factcheck
from benchmarks.soundness.__main__ import PAGE, RESULTS
from benchmarks.soundness.claims import bind
from benchmarks.soundness.families import FAMILIES, investigations
from benchmarks.soundness.investigation import Draw, Investigation, measured
from benchmarks.soundness.promises import TAIL, as_json, broken, excepted, rates
from benchmarks.soundness.runner import run
from benchmarks.soundness.table import page
from factcheck.cases.build import named
from factcheck.verdicts.compare import compare

ALL = list(investigations())
DRAWS = 100
LARGEST = 1_000  # rows, so that the tests stay quick
GROSS = 5  # standard errors by which a rate of so few draws must pass its limit


def chosen() -> list[Investigation]:
    """Of every family and collection the one in the middle of those that are not too large."""
    rows: dict[tuple[str, str], list[Investigation]] = {}
    for one in ALL:
        if one.n <= LARGEST:
            rows.setdefault((one.family, one.collection), []).append(one)
    return [members[len(members) // 2] for members in rows.values()]


@pytest.mark.parametrize("one", chosen(), ids=lambda one: one.name)
def test_promises(one: Investigation) -> None:
    """No rate passes its limit grossly, and a worst-case bound misses the truth never."""
    found = as_json(run(one, DRAWS))
    exception = excepted(found)
    limit = 0.0 if one.bounds else TAIL if exception is None else exception.limit
    for what, wrong, of in rates(found):
        if of:
            assert wrong / of <= limit + GROSS * math.sqrt(limit * (1 - limit) / of), what


def test_every_family_is_simulated() -> None:
    assert all(any(True for _ in family.investigations()) for family in FAMILIES)


def drawn(one: Investigation) -> Iterator[Draw]:
    """Draws in which every column has a value, so that its type can be read from a DataFrame."""
    generator = np.random.default_rng(7)
    for draw in one.draws(generator, 12):
        if all(any(v is not None for v in values) for part in draw.rows.values() for values in part.columns.values()):
            yield draw


WHOLE = {
    "share | random sample | p = 0.2 | n = 100",
    "share | random sample, missing not at random | p = 0.5 | n = 100",
    "share | complete, missing at random | p = 0.64 | n = 100",
    "share | random sample, population known | p = 0.2, N = 200 | n = 100",
    "share | random sample, equal clusters | p = 0.3, likeness 0.1 | n = 30",
    "share | random sample, Pareto clusters, weighted | p = 0.3, likeness 0.1 | n = 15",
    "share | random sample, weighted | p = 0.1, likeness 0 | n = 500",
    "difference of shares | random sample, equal clusters | 0.6 and 0.5, likeness 0.1 | n = 30",
    "ratio of shares | random sample, Pareto clusters | 0.6 and 0.5, likeness 0 | n = 30",
    "mean | random sample, equal clusters | normal, likeness 0.1 | n = 30",
    "mean | random sample, lognormal 1 |  | n = 200",
    "difference of shares | random samples of two groups | 0.3 and 0.25 | n = 200",
    "ratio of counts | random sample | 0.1 and 0.05 | n = 200",
}


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_the_whole_path_finds_the_same(name: str, tmp_path: Path) -> None:
    one = next(one for one in ALL if one.name == name)
    one.spec.write(tmp_path)
    cases = bind(one.spec)
    draws = list(drawn(one))[:2]
    assert draws
    for draw in draws:
        frames = {name: pd.DataFrame(part.spelled_out()) for name, part in draw.rows.items()}
        verdicts = factcheck.check(project=tmp_path, data=frames, now=datetime(2026, 11, 26)).verdicts
        for case, verdict in zip(cases, verdicts, strict=True):
            short = measured(case, draw.rows)
            assert verdict.measurement is not None, verdict.error
            assert verdict.measurement.region == short.region
            assert verdict.measurement.estimate == short.estimate
            assert verdict.outcome is compare(case.claimed, short).outcome, named(case.claimed)


def test_the_page_shows_what_was_found() -> None:
    stored = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert PAGE.read_text(encoding="utf-8") == page(stored)
    assert not broken(stored["investigations"])
    assert sum(one["verdicts"] for one in stored["investigations"]) >= 200_000
