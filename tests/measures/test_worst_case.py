"""Worst-case bounds hold the truth always: whatever the rows not seen and the blank cells turn out to be.

Populations are drawn with fixed seeds. `FACTCHECK_WORST_CASES=50` looks at fifty times as many.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

import factcheck
from factcheck.claims.regions import Interval
from factcheck.measures import KINDS, named_kind
from factcheck.measures.measurement import Measurement, Members
from factcheck.measures.times import seconds

from .cases import read_cases
from .worst_case import COLUMNS, FORMS, MANIFEST, Form, Population, Rows, additions, completions, drawn, few, kept

TIMES = int(os.environ.get("FACTCHECK_WORST_CASES", "1"))
SEEDS = range(TIMES * 2)
WAYS = 2 if TIMES == 1 else 4
LOOKED_AT = tuple(form for form in FORMS if TIMES > 1 or not form.slow)


def frame(rows: Rows) -> pd.DataFrame:
    whole = {"x": "Int64", "w": "Int64", "u": "Int64", "y": "Int64", "at": "datetime64[us]", "later": "datetime64[us]"}
    columns = {name: pd.Series([row[name] for row in rows], dtype=whole.get(name, "object")) for name in COLUMNS}
    return pd.DataFrame(columns)


def collections(population: Population) -> dict[str, tuple[str, Rows, list[Rows]]]:
    """What is handed over in each way of collecting: the manifest, the rows, the truths that they allow."""
    known = f"completeness: partial, population: {len(population.seen) + population.unseen}"
    hidden = [[*population.seen, *rows] for rows in population.hidden]
    filled = list(population.fills)
    both = [[*fill, *rows] for fill, rows in zip(filled, population.hidden, strict=True)]
    return {
        "unknown": ("completeness: partial", population.seen, hidden),
        "known": (known, population.seen, hidden),
        "missing": ("completeness: complete", population.blanked, filled),
        "both": (known, population.blanked, both),
        "blank": ("completeness: partial", population.blanked, both),
    }


def checked(
    root: Path, tables: Mapping[str, tuple[str, Rows]], forms: Mapping[str, tuple[Form, ...]], missing: str = "bounds"
) -> dict[tuple[str, str], Measurement]:
    """Every form measured on every table, in one run."""
    (root / "claims").mkdir(exist_ok=True)
    (root / "evidence").mkdir(exist_ok=True)
    manifests = [f"  {name}: {{{how}, {MANIFEST}}}" for name, (how, _) in tables.items()]
    (root / "evidence" / "all.yaml").write_text("datasets:\n" + "\n".join(manifests) + "\n", encoding="utf-8")
    claims: list[str] = []
    ids: dict[str, tuple[str, str]] = {}
    for name in tables:
        for form in forms[name]:
            ids[f"c{len(ids)}"] = name, form.name
            where = f", where: {form.where}" if form.where else ""
            measure = form.measure.replace("@", name)
            claimed = form.claimed if form.claimed[0] in "[{" else f"'{form.claimed}'"
            claims.append(
                f"  - {{id: c{len(ids) - 1}, statement: s, dataset: {name}{where}, measure: {measure}, "
                f"claimed: {claimed}, missing: {missing}}}"
            )
    (root / "claims" / "all.yaml").write_text("claims:\n" + "\n".join(claims) + "\n", encoding="utf-8")
    run = factcheck.check(project=root, data={name: frame(rows) for name, (_, rows) in tables.items()})
    found = {}
    for verdict in run:
        assert verdict.error is None, (verdict.claim.measure, verdict.error)
        assert verdict.measurement is not None
        found[ids[verdict.id]] = verdict.measurement
    return found


def holds(found: Measurement, truth: Any) -> bool:
    """Whether the truth lies in M; where nothing could be measured, nothing was promised."""
    if truth is None or found.unmeasurable is not None:
        return True
    region = found.region
    if isinstance(truth, list):  # a tie: any of several sets is right
        return any(holds(found, one) for one in truth)
    if isinstance(region, Members):
        if isinstance(truth, Members):
            return region.certain <= truth.certain and (region.open or truth.possible <= region.possible)
        inside = region.certain <= truth and (region.open or truth <= region.possible)
        return inside and region.size in (None, len(truth))
    if isinstance(region, Mapping):
        assert isinstance(truth, Mapping)
        return all(region[label].contains(Fraction(value)) for label, value in truth.items())
    return region.contains(seconds(truth) if isinstance(truth, datetime) else Fraction(truth))


def beyond_sign(found: Measurement, seen: Rows, complete: Rows) -> bool:
    """Whether a number lies on the other side of zero than all seen, and the measurement says that it takes none to."""
    if not any(note.code == "sign-assumed" for note in found.notes):
        return False
    below = any(row["u"] is not None and row["u"] < 0 for row in seen)
    return any(row["u"] > 0 if below else row["u"] < 0 for row in complete)


def truths(form: Form, name: str, complete: list[Rows], seen: Rows, found: Mapping[tuple[str, str], Measurement]) -> Iterator[Any]:
    for way, rows in enumerate(complete):
        if form.truth is not None:
            yield form.truth(kept(form, rows, seen))
        else:
            measured = found[f"{name}{way}", form.name]
            settled = isinstance(measured.region, Members)
            yield None if measured.unmeasurable is not None else measured.region if settled else measured.estimate


@pytest.mark.parametrize("seed", SEEDS)
def test_every_region_holds_the_truth(seed: int, tmp_path: Path) -> None:
    population = drawn(random.Random(seed), WAYS)
    ways = collections(population)
    tables: dict[str, tuple[str, Rows]] = {}
    forms: dict[str, tuple[Form, ...]] = {}
    unaided = tuple(form for form in LOOKED_AT if form.truth is None)
    for name, (how, rows, complete) in ways.items():
        tables[name], forms[name] = (how, rows), LOOKED_AT
        if name in ("unknown", "blank"):
            continue  # the same truths as those of "known" and "both"
        for way, whole in enumerate(complete):
            tables[f"{name}{way}"], forms[f"{name}{way}"] = ("completeness: complete", whole), unaided
    found = checked(tmp_path, tables, forms)
    wrong = []
    for name, (_, rows, complete) in ways.items():
        alike = {"unknown": "known", "blank": "both"}.get(name, name)
        for form in LOOKED_AT:
            told = found[name, form.name]
            for truth, whole in zip(truths(form, alike, complete, rows, found), complete, strict=True):
                if not holds(told, truth) and not beyond_sign(told, rows, whole):
                    wrong.append(f"{name}: {form.name}: the truth {truth} is not in {told.region} ({told.method})\n"
                                 f"    seen {_shown(form, rows)}\n    true {_shown(form, whole)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("seed", range(TIMES * 2))
def test_both_ends_are_attained(seed: int, tmp_path: Path) -> None:
    """M is not only safe: some way to fill the blanks and to add the rows not seen makes each end true."""
    seen, blanked, unseen = few(random.Random(seed))
    known = f"completeness: partial, population: {len(seen) + unseen}"
    tables = {"known": (known, seen), "missing": ("completeness: complete", blanked), "both": (known, blanked)}
    forms = {way: tuple(form for form in FORMS if way in form.tight) for way in tables}
    loose = []
    for (way, name), found in checked(tmp_path, tables, forms).items():
        form, rows = next(form for form in FORMS if form.name == name), tables[way][1]
        added = additions(form, unseen) if way != "missing" else [[]]
        every = [kept(form, [*whole, *more], rows) for whole in completions(form, rows) for more in added]
        attained = [truth for truth in map(form.truth or len, every) if truth is not None]
        if found.unmeasurable is not None or not attained:
            continue
        for what, region, values in _lines(found, attained):
            if region != Interval(min(values), max(values)):
                loose.append(f"{way}: {name}{what}: {region}, though {min(values)} to {max(values)} is all there can be\n"
                             f"    seen {_shown(form, rows)}; {unseen} unseen")
    assert not loose, "\n".join(loose)


def _lines(found: Measurement, truths: list[Any]) -> Iterator[tuple[str, Interval, list[Fraction]]]:
    """Every line that a region has, with the truths on it."""
    if isinstance(found.region, Interval):
        yield "", found.region, [Fraction(truth) for truth in truths]
    elif isinstance(found.region, Mapping):
        for label in truths[0]:
            yield f" of {label}", found.region[label], [Fraction(truth[label]) for truth in truths]


def _shown(form: Form, rows: Rows) -> str:
    return "; ".join(" ".join(str(row.get(name)) for name in ("id", *form.reads)) for row in rows)


def test_every_kind_is_looked_at() -> None:
    assert {named_kind(yaml.safe_load(form.measure)) for form in FORMS} == set(KINDS)


def test_every_kind_has_its_row_in_the_table_of_partial_collections() -> None:
    unknown, known = read_cases(Path(__file__).parent / "partial.yaml")
    assert set(unknown.expect) == set(known.expect) == set(KINDS)
