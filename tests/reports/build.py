"""Verdicts built by hand: the reports are tested without reading data or computing statistics."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from factcheck.claims.config import Publisher
from factcheck.claims.figures import Claimed, Quantity, read
from factcheck.claims.models import Claim
from factcheck.claims.regions import Interval
from factcheck.errors import Problem
from factcheck.evidence.dataset import Collected, DataFile, Dataset, Ledger
from factcheck.measures.measurement import Measurement, Note
from factcheck.verdicts.changes import Change
from factcheck.verdicts.confidence import Override
from factcheck.verdicts.verdict import Finding, Outcome, Verdict

SHA = "42045c8b8aaa8296095d6b294927fb9d0f73a57259f59b560c375844c0fe01cf"
STARTED = datetime(2026, 11, 21, 20, 0, 0)


@dataclass(frozen=True)
class FakeRun:
    """What the reports need of a run."""

    verdicts: tuple[Verdict, ...]
    title: str | None = None
    problems: tuple[Problem, ...] = ()
    started: datetime = STARTED
    thresholds: tuple[Override, ...] = ()
    changed: tuple[Change, ...] = ()
    since: datetime | None = None
    baseline: str | None = None
    publisher: Publisher | None = None
    root: Path = Path()
    titles: dict[str, str] = field(default_factory=dict)


def paintings(**changes: Any) -> Dataset:
    known: dict[str, Any] = {
        "name": "bob-ross",
        "columns": {},
        "relation": "bob_ross",
        "title": 'What is seen in the paintings of "The Joy of Painting"',
        "unit": "painting, one an episode",
        "represents": "every painting made in the 403 episodes of the programme",
        "completeness": "complete",
        "collected": Collected(by="FiveThirtyEight"),
        "source_title": "FiveThirtyEight data, bob-ross",
        "source_url": "https://github.com/fivethirtyeight/data/tree/master/bob-ross",
        "licence": "CC-BY-4.0",
        "files": (DataFile("evidence/fivethirtyeight/elements-by-episode.csv", 60_000, SHA, SHA),),
        "format": "csv",
        "ledger": Ledger(403, 403),
    }
    return Dataset(**(known | changes))


def mentions(**changes: Any) -> Dataset:
    known: dict[str, Any] = {
        "name": "name-scans",
        "columns": {},
        "relation": "name_scans",
        "title": "Mentions of López Obrador, as DFRLab reports its scans",
        "unit": "mention",
        "represents": "every public mention of López Obrador from 10 April to 9 May 2018",
        "completeness": "partial",
        "counts": "count",
        "collected": Collected("DFRLab", "Sysomos", "2018-05-24", "2018-04-10", "2018-05-09", ("Twitter", "Facebook")),
        "caveats": ("Posts deleted before the scan are missing.",),
        "source_title": "#ElectionWatch: Russian Bots In Mexico?",
        "source_url": "https://dfrlab.org/2018/05/27/electionwatch-russian-bots-in-mexico/",
        "files": (DataFile("evidence/mexico/name-scans.csv", 90),),
        "format": "reported",
        "ledger": Ledger(2, 2),
    }
    return Dataset(**(known | changes))


def posts(**changes: Any) -> Dataset:
    known: dict[str, Any] = {
        "name": "posts",
        "columns": {},
        "relation": "posts",
        "title": "A sample of posts",
        "unit": "post",
        "represents": "every public post of May 2018 with the hashtag",
        "completeness": "random sample",
        "collected": Collected(by="the desk", date="2018-06-01", from_="2018-05-01", to="2018-05-31"),
        "licence": "not for publication",
        "files": tuple(DataFile(f"evidence/posts-{i}.parquet", 5_000, SHA, SHA) for i in (1, 2)),
        "format": "parquet",
        "ledger": Ledger(1_003, 1_000, 3, duplicates=2, lost={"likes": 4}),
    }
    return Dataset(**(known | changes))


def claim(id: str, statement: str, **fields: Any) -> Claim:
    """A claim as its YAML would give it; `unverifiable` where it has no measure."""
    if "measure" not in fields and "unverifiable" not in fields and "checks" not in fields:
        fields["measure"] = {"count": "rows"}
    if "measure" in fields:
        fields.setdefault("claimed", "1")
    return Claim.model_validate({"id": id, "statement": statement, **fields})


def verdict(
    spec: Claim,
    outcome: Outcome,
    found: Measurement | None = None,
    *,
    finding: dict[str, Any] | None = None,
    datasets: tuple[Dataset, ...] = (),
    **fields: Any,
) -> Verdict:
    """A verdict with its figure read as the engine reads it."""
    figure = reading(spec, found) if found is not None else None
    known: dict[str, Any] = {"file": "claims/examples.yaml", "line": 7, "claimed": figure, "rating": None}
    told = Finding(outcome, **(finding or {}))
    return Verdict(spec, finding=told, measurement=found, datasets=datasets, **(known | fields))


def reading(spec: Claim, found: Measurement) -> Claimed:
    part = Quantity.COUNT if found.unit not in ("proportion", "") else Quantity.PROPORTION
    return read(spec.claimed, found.quantity, part=part, tolerance=spec.tolerance, near=spec.near)


def share(
    k: int, n: int, *, unknown: int = 0, low: float | None = None, high: float | None = None, **fields: Any
) -> Measurement:
    """A measured share; `low` and `high` where M is wider than the estimate."""
    estimate = Fraction(k, n - unknown)
    region = Interval(Fraction(k, n), Fraction(k + unknown, n))
    if low is not None or high is not None:
        region = Interval(None if low is None else Fraction(low), None if high is None else Fraction(high))
    known: dict[str, Any] = {
        "unit": "proportion",
        "n": n,
        "missing": unknown,
        "facts": {"k": k, "n": n, "known": Fraction(n - unknown)},
        "method": "bounds" if unknown else "complete",
    }
    return Measurement(Quantity.PROPORTION, estimate, region, **(known | fields))


def count(k: int, unit: str = "row", *, low: int | None = None, high: int | None = None, **fields: Any) -> Measurement:
    region = Interval(Fraction(k if low is None else low), Fraction(k if high is None else high))
    known: dict[str, Any] = {"unit": unit, "n": k, "facts": {"k": k, "n": k}}
    return Measurement(Quantity.COUNT, Fraction(k), region, **(known | fields))


def note(code: str, domain: str | None = None, effect: int = 0, **facts: Any) -> Note:
    return Note(code, facts, domain, effect)
