"""Every charge names its figure, and where one was passed the threshold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.dataset import Collected, Column, Family, Ledger
from factcheck.measures.measurement import Measurement, Note
from factcheck.verdicts.combine import combined
from factcheck.verdicts.confidence import Scale, default_table, imprecision, missing
from factcheck.verdicts.coverage import coverage
from factcheck.verdicts.notes import sentence
from factcheck.verdicts.provenance import collection
from factcheck.verdicts.thresholds import table_with
from factcheck.verdicts.variants import variants_note
from factcheck.verdicts.verdict import Finding, Outcome, Verdict
from tests.reports.build import claim, posts, share, verdict

SCALE = Scale(default_table())
USED = [("posts", "country")]


def measured(n: int = 1000, low: str = "0.5", high: str = "0.55", **more: Any) -> Measurement:
    known: dict[str, Any] = {"quantity": Quantity.PROPORTION, "unit": "proportion", "n": n, "sampled": True} | more
    return Measurement(estimate=Fraction("0.52"), region=Interval(Fraction(low), Fraction(high)), **known)


def precise(found: Measurement, at_99: Outcome | None = None) -> Iterable[Note]:
    return imprecision(SCALE, Outcome.SUPPORTED, found, at_99)


def gathered(**changes: Any) -> Iterable[Note]:
    about = changes.pop("about", "population")
    columns = {"country": Column("country", "VARCHAR", Family.TEXT)}
    return collection(SCALE, claim("x", "x", about=about), [posts(columns=columns, **changes)], USED)


def ledger(**faults: Any) -> Ledger:
    return Ledger(**({"records": 1000, "loaded": 1000} | faults))


def collected(period: str, claimed: tuple[str, ...] = (), **fields: Any) -> Iterable[Note]:
    spec = claim("x", "x", period=period, platforms=claimed)
    return coverage(SCALE, spec, [posts(collected=Collected(**fields))])


def choices() -> Iterable[Note]:
    base = replace(verdict(claim("x", "x", measure={"share": "a"}, claimed="50%"), Outcome.SUPPORTED, share(1, 2)))
    other = replace(base, finding=Finding(Outcome.REFUTED), params={"rate": "3"})
    note = variants_note(base, [other], SCALE)
    return [note] if note is not None else []


def pieces() -> Iterable[Note]:
    def piece(outcome: Outcome, k: int, name: str) -> Verdict:
        spec = claim("x", "x", measure={"share": "a"}, claimed="50%")
        return replace(verdict(spec, outcome, share(k, 100), datasets=(posts(name=name, title=""),)))

    checks = (piece(Outcome.SUPPORTED, 50, "a"), piece(Outcome.REFUTED, 80, "b"))
    return combined(checks[0], checks, "agree", SCALE).notes


CHARGES: list[tuple[Iterable[Note], str, int, list[str]]] = [
    (precise(measured(), Outcome.CLOSE), "outcome-at-99", -1, ["99%", "close"]),
    (precise(measured(84)), "small-n", -1, ["84 rows", "fewer than 100"]),
    (precise(measured(21)), "small-n", -2, ["21 rows", "fewer than 30"]),
    (precise(measured(effective_n=41.7)), "small-effective-n", -1, ["41 independent", "fewer than 100"]),
    (precise(measured(degrees=6.9)), "few-degrees", -1, ["6 degrees", "fewer than 8"]),
    (precise(measured(low="0.3", high="0.7")), "wide-share", -2, ["40 points", "30 points or more"]),
    (
        precise(measured(low="0.1", high="0.9", quantity=Quantity.NUMBER, unit="")),
        "wide-number",
        -2,
        ["153.8%", "more than 130%"],
    ),
    (missing(SCALE, measured(1000, missing=70), "ignore"), "missing-ignored", -1, ["70 rows", "7%", "more than 5%"]),
    (missing(SCALE, measured(1000, missing=300), "false"), "missing-false", -2, ["300 rows", "30%", "more than 20%"]),
    (missing(SCALE, measured(930, aside=70), "bounds"), "aside-among", -1, ["70 rows", "7%", "more than 5%"]),
    (
        missing(SCALE, measured(970, missing=40, aside=30), "ignore"),
        "missing-ignored",
        -1,
        ["40 rows", "4%", "7%"],
    ),
    (missing(SCALE, measured(970, missing=40, aside=30), "ignore"), "aside-among", -1, ["30 rows", "3%", "7%"]),
    (gathered(ledger=ledger(duplicates=20)), "duplicates", -1, ["20 rows", "2%", "more than 1%"]),
    (gathered(ledger=ledger(rejected=60)), "rejected", -2, ["60 records of 1,000", "6%", "more than 5%"]),
    (gathered(ledger=ledger(rejected=6, duplicates=6)), "duplicates", -1, ["6 rows", "1.2%", "more than 1%"]),
    (gathered(ledger=ledger(lost={"country": 30})), "lost-values", -1, ["30 values of country", "3%", "more than 1%"]),
    (gathered(completeness="partial", about="rows"), "partial-rows", -1, ["partial"]),
    (
        collected("2018-04-01 to 2018-04-30", from_="2018-04-10"),
        "period-covered",
        -2,
        ["9 days of 30"],
    ),
    (
        collected("2018-04-01 to 2018-04-30", ("Twitter", "Facebook", "VK"), platforms=("Twitter",)),
        "platforms-covered",
        -2,
        ["Twitter", "1 of 3", "Facebook and VK"],
    ),
    (collected("2018-04-01 to 2018-04-30", date="2018-07-01"), "collected-late", -1, ["62 days"]),
    (collected("2018-04-01 to 2018-04-30", date="2018-04-20"), "collected-early", -2, ["10 days", "30 days"]),
    (choices(), "variants-contradict", -2, ["1 of 2", "`rate`"]),
    (pieces(), "checks-contradict", -2, ["50% by “a”", "80% by “b”"]),
]


@pytest.mark.parametrize(
    ("notes", "code", "effect", "figures"), CHARGES, ids=[f"{code} {effect}" for _, code, effect, _ in CHARGES]
)
def test_a_charge_names_its_figure(notes: Iterable[Note], code: str, effect: int, figures: list[str]) -> None:
    (note,) = [note for note in notes if note.code == code]
    assert note.effect == effect
    text = sentence(note)
    for figure in figures:
        assert figure in text, text


def test_a_project_of_other_thresholds_names_its_own() -> None:
    table, _ = table_with({"missing": {"share": {"one": "10%"}}})
    found = missing(Scale(table), measured(1000, missing=70), "ignore")
    assert found[0].effect == 0
    (note,) = missing(Scale(table), measured(1000, missing=120), "ignore")
    assert "12%, more than 10%" in sentence(note)
