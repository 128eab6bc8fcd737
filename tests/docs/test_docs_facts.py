"""Statements of the manual that are written by hand, held against the program."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import manual
import pytest
import yaml
from generated.figures import GROUPS, told

from factcheck.claims.figures import Quantity, describe
from factcheck.claims.regions import Interval
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.ingest import load_all
from factcheck.evidence.manifest import read_manifests
from factcheck.pipeline import check
from factcheck.project import open_project

FIGURES = yaml.load((manual.ROOT / "tests/claims/figures.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
NUMERIC = [(written, quantity) for _, rows in GROUPS for written, quantity in rows if isinstance(written, str)]
EXPECTED = {(case["written"], case["as"]): case["true"] for case in FIGURES if "true" in case}


def region(text: str) -> Interval:
    """`[63.5%, inf)` as tests/claims/figures.yaml writes it."""
    low, high = (None if part.strip().endswith("inf") else _number(part) for part in text[1:-1].split(","))
    return Interval(low, high, text[0] == "(" and low is not None, text[-1] == ")" and high is not None)


def _number(text: str) -> Fraction:
    return Fraction(text.strip().rstrip("%")) / (100 if "%" in text else 1)


def test_the_table_of_figures_says_what_was_expected_elsewhere() -> None:
    """figures.yaml was written from the language's definition; the table is made by the program."""
    known = [(written, quantity) for written, quantity in NUMERIC if (written, quantity.value) in EXPECTED]
    for written, quantity in known:
        expected = describe(region(EXPECTED[written, quantity.value]), quantity)
        assert told(written, quantity)[0] == expected, written
    no_numbers = [row for row in NUMERIC if row[1] in (Quantity.DATE, Quantity.LABEL, Quantity.TREND)]
    assert len(known) >= 0.9 * (len(NUMERIC) - len(no_numbers))


TABLE = """\
whole,decimal,double,truth,day,moment,utc,zeros,id19,id25,ambiguous,late,empty,na,offset
12,-3.50,1e5,true,2018-05-10,2018-05-10 12:00:00,2018-05-10T12:00:00Z,007,1234567890123456789,\
1234567890123456789012345,03/04/2018,1,,NA,2018-05-10T12:00:00+02:00
7,2,2e3,false,2018-05-11,2018-05-11 12:00:00,2018-05-11T12:00:00Z,012,1234567890123456788,\
1234567890123456789012344,05/06/2018,n/a,,x,2018-05-11T12:00:00+02:00
"""
TYPES = {
    "whole": "integer",
    "decimal": "decimal",
    "double": "double",
    "truth": "boolean",
    "day": "date",
    "moment": "timestamp",
    "utc": "timestamp",
    "zeros": "text",
    "id19": "integer",
    "id25": "text",
    "ambiguous": "text",
    "late": "text",
    "na": "text",
    "offset": "timestamp",
}


def test_types_that_are_found(tmp_path: Path) -> None:
    """What "Types: what is found, and what is never done" says, on one table."""
    (tmp_path / "types.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "types.yaml").write_text("datasets: {types: {files: types.csv}}", encoding="utf-8")
    sources, problems = read_manifests([Path("types.yaml")], tmp_path)
    assert problems == []
    engine = open_engine()
    loaded = load_all(engine, sources, tmp_path, (), {}, {"types"})
    try:
        columns = loaded.datasets["types"].columns  # type: ignore[union-attr]  # no error, or the next line fails
        assert {name: columns[name].family.value for name in TYPES} == TYPES
        found = engine.run('SELECT zeros, id19, id25, late, na, "offset" FROM types ORDER BY zeros').rows()
    finally:
        engine.close()
    first, second = (list(map(str, row)) for row in found)
    assert first == ["007", "1234567890123456789", "1234567890123456789012345", "1", "NA", "2018-05-10 10:00:00"]
    assert second[3] == "n/a"


COLUMNS = {
    "authority": "1", "author": "x", "country": "Russia", "created_at": "2018-05-01 10:00:00", "delay_minutes": "5",
    "fb_engagement": "10", "followers": "3", "language": "English", "likes": "4", "party": "Labour", "q": "yes",
    "retweets": "7", "id": "9", "parent": "3", "replied_to_at": "2018-04-24 10:00:00",
    "account": "y", "from_account": "z", "text": "Vota #x", "is_retweet": "false", "url": "u",
}  # fmt: skip
EXAMPLES = re.findall(
    r"^Example: `measure: (\{[^`]*\})`(?:, `claimed: ([^`]*)`)?$", manual.text_of("measures.md"), re.M
)


@pytest.mark.parametrize(("measure", "claimed"), EXAMPLES)
def test_examples_of_measures_run(measure: str, claimed: str, tmp_path: Path) -> None:
    """The example in a measure's own description can be used as it stands, on data that have its columns."""
    kind = measure[1:].partition(":")[0]
    (tmp_path / "claims").mkdir()
    (tmp_path / "evidence").mkdir()
    table = ",".join(COLUMNS) + "\n" + ",".join(COLUMNS.values()) + "\n"
    for name in ("posts", "accounts"):
        (tmp_path / "evidence" / f"{name}.csv").write_text(table, encoding="utf-8")
    entries = "".join(
        f"  {name}: {{files: {name}.csv, completeness: complete, columns: {{created_at: {{type: timestamp}}}}}}\n"
        for name in ("posts", "accounts")
    )
    (tmp_path / "evidence" / "m.yaml").write_text("datasets:\n" + entries, encoding="utf-8")
    figure = claimed or _figure(kind)
    claim = (
        f"claims:\n  - id: a\n    statement: A.\n    dataset: posts\n    measure: {measure}\n    claimed: {figure}\n"
    )
    (tmp_path / "claims" / "a.yaml").write_text(claim, encoding="utf-8")
    (verdict,) = check(open_project(tmp_path))
    reason = verdict.reason.code if verdict.reason else None
    assert verdict.outcome.value != "error", verdict.error
    too_few = ("empty-base", "zero-denominator", "too-few-periods", "one-period", "too-few-pairs")
    assert reason in (None, *too_few), reason


def _figure(kind: str) -> str:
    return {
        "count": "1", "share": "64%", "ratio": "3x", "min": "2018", "rank": "first", "sql": "0",
        "gap": "two months", "rate": "3x", "cascade": "64%", "coordination": "64%", "duplicates": "64%",
        "correlation": "0.5", "overlap": "3", "network": "3", "delay": "two months", "trend": "rising",
    }.get(kind, "4.5")  # fmt: skip


def test_every_kind_has_an_example_that_ran() -> None:
    assert len(EXAMPLES) == len(re.findall(r"^Example: ", manual.text_of("measures.md"), re.M)) == 31
