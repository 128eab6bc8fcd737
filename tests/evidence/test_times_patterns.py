"""Silences and days counted by the engine, against the same counted one by one in Python."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.cells import answer
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import DuckDB, open_engine
from factcheck.evidence.expressions import Bound, Scope, bind
from factcheck.evidence.patterns.gap import Gap, GapAnswer
from factcheck.evidence.patterns.rates import Rates, RatesAnswer

Rows = list[tuple[datetime | None, str | None]]
START, END = datetime(2018, 3, 20), datetime(2018, 4, 2)
BERLIN = ZoneInfo("Europe/Berlin")  # 25 March 2018 has 23 hours


@pytest.fixture
def engine() -> Iterator[DuckDB]:
    opened = open_engine()
    yield opened
    opened.close()


def rows(seed: int) -> Rows:
    rng = random.Random(seed)
    times = [START + timedelta(minutes=rng.randrange(-2_000, 20_000)) for _ in range(rng.randrange(1, 40))]
    return [(None if rng.random() < 0.1 else t, rng.choice(["a", "b", "c", None])) for t in times]


def loaded(engine: DuckDB, given: Rows, *, dates: bool) -> Dataset:
    kind = "DATE" if dates else "TIMESTAMP"
    values = ", ".join(
        f"({'NULL' if t is None else repr(str(t))}, {'NULL' if g is None else repr(g)})" for t, g in given
    )
    engine.execute(
        f"CREATE OR REPLACE TABLE t AS SELECT CAST(CAST(m AS TIMESTAMP) AS {kind}) AS m, CAST(g AS VARCHAR) AS g "
        f"FROM (VALUES {values}) v(m, g)"
    )
    return Dataset("t", engine.schema("t"), "t", completeness="complete")


def asked(engine: DuckDB, dataset: Dataset, question: Gap | Rates) -> GapAnswer | RatesAnswer:
    found = answer(engine, {"t": dataset}, [question])[question]
    assert isinstance(found, (GapAnswer, RatesAnswer)), found
    return found


def silences(given: Rows, *, by: bool, dates: bool) -> tuple[list[float], list[float]]:
    """Lengths in seconds between rows and at the edges, longest first; zero is no silence."""
    groups: dict[str | None, list[datetime]] = {}
    for t, g in given:
        if t is not None and START <= t < END and not (by and g is None):
            moment = datetime(t.year, t.month, t.day) if dates else t
            groups.setdefault(g if by else "all", []).append(moment)
    width = timedelta(days=1) if dates else timedelta(0)
    between, edges = [], []
    for times in groups.values():
        times.sort()
        between += [(b - a - width).total_seconds() for a, b in pairwise(times)]
        edges += [(times[0] - START).total_seconds(), (END - times[-1] - width).total_seconds()]
    return sorted((x for x in between if x > 0), reverse=True), sorted((x for x in edges if x > 0), reverse=True)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("by", [False, True])
@pytest.mark.parametrize("dates", [False, True])
def test_silences(engine: DuckDB, seed: int, by: bool, dates: bool) -> None:
    given = rows(seed)
    dataset = loaded(engine, given, dates=dates)
    scope = Scope(dataset.columns, {}, None, "t")
    group = bind("g", scope) if by else None
    found = asked(engine, dataset, Gap("t", bind("m", scope), None, group, START, END, START, END, most=1_000))
    assert isinstance(found, GapAnswer)
    between, edges = silences(given, by=by, dates=dates)
    assert [_seconds(one.start, one.end) for one in found.between] == between
    assert sorted((_seconds(one.start, one.end) for one in found.edges), reverse=True) == edges
    inside = [g for t, g in given if t is not None and START <= t < END]
    assert found.n == sum(1 for g in inside if not (by and g is None))
    assert found.groupless == len(inside) - found.n
    assert found.timeless == sum(1 for t, _ in given if t is None)
    assert found.outside == len(given) - found.timeless - len(inside)


def _seconds(start: date, end: date) -> float:
    return (end - start).total_seconds()


@pytest.mark.parametrize("seed", range(6))
def test_days_and_rows_of_two_times(engine: DuckDB, seed: int) -> None:
    given = rows(seed + 100)
    dataset = loaded(engine, given, dates=False)
    scope = Scope(dataset.columns, {}, "Europe/Berlin", "t")
    during, versus = _condition("m::date = '2018-03-25' or hour(m) < 3", scope), _condition("hour(m) >= 12", scope)
    that = _condition("g <> 'c'", scope)
    start, end = (
        datetime(2018, 3, 22, 23),
        datetime(2018, 3, 28, 22),
    )  # midnights in Berlin, before and after the change
    found = asked(engine, dataset, Rates("t", bind("m", scope), "m", during, versus, start, end, None, that))
    assert isinstance(found, RatesAnswer)
    wanted: dict[date, list[int]] = {}
    for minute in range(int((end - start).total_seconds()) // 60):
        local = _local(start + timedelta(minutes=minute))
        counts = wanted.setdefault(local.date(), [0] * 9)
        d, v = _holds(local)
        for place, holds in enumerate((True, d, v, d and v)):
            counts[place] += holds
    for t, g in given:
        if t is None or not start <= t < end:
            continue
        d, v = _holds(_local(t))
        counts = wanted[_local(t).date()]
        known, perhaps = g is not None and g != "c", g is None
        for place, holds in enumerate((d and known, v and known, d and perhaps, v and perhaps, known)):
            counts[4 + place] += holds
    told = {
        day.day: [day.moments, day.moments_during, day.moments_versus, day.moments_both, day.during, day.versus,
                  day.perhaps_during, day.perhaps_versus, day.rows]
        for day in found.days
    }  # fmt: skip
    assert told == wanted
    assert told[date(2018, 3, 25)][0] == 23 * 60
    counting = [(t, g) for t, g in given if g != "c"]
    assert found.timeless == sum(1 for t, _ in counting if t is None)
    assert found.outside == sum(1 for t, _ in counting if t is not None and not start <= t < end)


def _condition(text: str, scope: Scope) -> Bound:
    return bind(text, scope, expect="condition")


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone(BERLIN)


def _holds(local: datetime) -> tuple[bool, bool]:
    return local.date() == date(2018, 3, 25) or local.hour < 3, local.hour >= 12


def test_times_that_reach_over_centuries_are_refused(engine: DuckDB) -> None:
    dataset = loaded(engine, [(START, None)], dates=False)
    scope = Scope(dataset.columns, {}, None, "t")
    always = _condition("m is not null", scope)
    question = Rates("t", bind("m", scope), "m", always, always, datetime(1, 1, 1), datetime(2018, 1, 1))
    found = answer(engine, {"t": dataset}, [question])[question]
    assert isinstance(found, EvidenceError)
    assert "m reaches from 0001-01-01 to 2018-01-01" in str(found)
