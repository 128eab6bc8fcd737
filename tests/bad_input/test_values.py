"""Values that trip engines: long identifiers, divisions by nothing, no rows, columns of nothing but NULL."""

from __future__ import annotations

from typing import Any

import pytest

from bad_input.desk import Desk

# Neighbours that floating point cannot tell apart: 2^53 is 9007199254740992.
LONG = [1234567890123456788, 1234567890123456789, 1234567890123456789]
LONGER = [1234567890123456789012345, 1234567890123456789012346, 1234567890123456789012346]


def holding(desk: Desk, name: str, content: str, **fields: Any) -> None:
    desk.write(f"evidence/{name}", content)
    desk.manifest({"files": name, "completeness": "complete"} | fields)


def written(ids: list[int], form: str) -> str:
    if form == "csv":
        return "id,x\n" + "".join(f"{i},1\n" for i in ids)
    return "".join(f'{{"id": {i}, "x": 1}}\n' for i in ids)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize(("ids", "quote"), [(LONG, ""), (LONGER, "'")])
def test_long_identifiers_are_exact(desk: Desk, ids: list[int], quote: str, form: str) -> None:
    holding(desk, f"a.{form}", written(ids, form))
    desk.manifest(
        {
            "query": "SELECT a.id, count(*) AS n FROM posts a JOIN posts b USING (id) GROUP BY a.id",
            "completeness": "complete",
        },
        "joined",
    )
    assert desk.one("claimed: 2\nmeasure: {count: distinct id}")["estimate"] == 2
    for i in set(ids):
        claim = desk.one(f'claimed: {ids.count(i)}\nmeasure: {{count: rows, that: "id = {quote}{i}{quote}"}}')
        assert claim["outcome"] == "supported"
        claim = desk.one(f'dataset: joined\nclaimed: 1\nmeasure: {{sum: n, among: "id = {quote}{i}{quote}"}}')
        assert claim["estimate"] == ids.count(i) ** 2
    claim = desk.one(f"claimed: {ids[1]}\nmeasure: {{top: 1, by: id}}")
    assert (claim["outcome"], claim["estimate"]) == ("supported", str(ids[1]))


def test_a_long_identifier_and_its_quotes(desk: Desk) -> None:
    holding(desk, "a.csv", written(LONGER, "csv"))
    said = desk.refused(f"measure: {{count: rows, that: id = {LONGER[0]}}}")
    assert f"the column holds text: write '{LONGER[0]}'" in said
    holding(desk, "a.csv", written(LONG, "csv"))
    said = desk.refused(f"measure: {{count: rows, that: id = '{LONG[0]}'}}")
    assert f"take the quotes off: {LONG[0]}" in said


NUMBERS = "g,a,b\nx,1,0\nx,2,1\ny,3,0\n"


def test_a_division_by_zero_is_unknown_not_infinite(desk: Desk) -> None:
    holding(desk, "a.csv", NUMBERS)
    claim = desk.one("claimed: 50%\nmeasure: {share: a / b > 1}")
    assert (claim["missing"], claim["n"], claim["low"]) == (2, 3, pytest.approx(1 / 3))
    claim = desk.one("claimed: 2\nmeasure: {mean: a / b}")
    assert claim["estimate"] == 2  # of the one row where there is an answer


@pytest.mark.parametrize(
    "measure",
    [
        "claimed: 3x\nmeasure: {ratio: {count: rows}, to: {count: rows, that: g = 'z'}}",
        "claimed: 3x\nmeasure: {ratio: {sum: a}, to: {sum: b, among: g = 'y'}}",
        "claimed: 50%\nmeasure: {share: a > 1, among: g = 'z'}",
        "claimed: 50%\nmeasure: {share: a > 1, of: sum b, among: g = 'y'}",
        "claimed: 5\nmeasure: {mean: a, among: g = 'z'}",
        "claimed: 5\nmeasure: {median: a, among: g = 'z'}",
        "claimed: 5\nmeasure: {max: a, among: g = 'z'}",
        "claimed: 5\nmeasure: {value: a, among: g = 'z'}",
        "claimed: x\nmeasure: {top: 1, by: g, among: a > 9}",
        "claimed: first\nmeasure: {rank: x, by: g, among: a > 9}",
        "claimed: {x: 50%}\nmeasure: {composition: g, among: a > 9}",
    ],
)
def test_nothing_to_measure_is_unverifiable(desk: Desk, measure: str) -> None:
    holding(desk, "a.csv", NUMBERS)
    claim = desk.one(measure)
    assert (claim["outcome"], claim["estimate"], claim["confidence"]) == ("unverifiable", None, None)
    assert claim["notes"] or claim["error"] is None


def test_a_count_of_nothing_is_zero(desk: Desk) -> None:
    holding(desk, "a.csv", NUMBERS)
    claim = desk.one("claimed: none\nmeasure: {count: rows, that: a > 9}")
    assert (claim["outcome"], claim["estimate"]) == ("supported", 0)


def test_a_file_of_a_header_alone(desk: Desk) -> None:
    holding(desk, "a.csv", "id,x\n")
    assert desk.one("claimed: 50%\nmeasure: {share: x > 1}")["outcome"] == "unverifiable"
    assert desk.one("claimed: none\nmeasure: {count: rows}")["outcome"] == "supported"


EMPTY = {"csv": "id,x\n1,\n2,\n", "jsonl": '{"id": 1, "x": null}\n{"id": 2, "x": null}\n'}


@pytest.mark.parametrize("form", EMPTY)
@pytest.mark.parametrize(
    "condition",
    [
        "x > 1", "x = 'a'", "x >= '2018-01-01'", "x", "not x", "abs(x) > 3", "x + 1 > 3", "x / 2 = 1", "length(x) > 3",
        "lower(x) = 'a'", "year(x) = 2018", "date_trunc('day', x) = '2018-01-01'", "x in ('a', 'b')", "x in (1, 2)",
        "x between 1 and 3", "x like 'a%'", "matches(x, 'a')", "x || 'a' = 'ba'", "days_between(x, x) > 1",
        "local_hour(x, 'Asia/Shanghai') = 3", "cast(x as double) > 1", "x > id", "case when x then true end",
    ],
)  # fmt: skip
def test_a_column_of_nothing_stands_beside_anything(desk: Desk, condition: str, form: str) -> None:
    """Every row is unknown, so that nothing is known of the share."""
    holding(desk, f"a.{form}", EMPTY[form])
    claim = desk.one(f'claimed: 50%\nmeasure: {{share: "{condition}"}}')
    assert (claim["outcome"], claim["estimate"], claim["low"], claim["high"]) == ("inconclusive", None, 0, 1)
    assert claim["missing"] == 2


@pytest.mark.parametrize(
    ("measure", "outcome"),
    [
        ("claimed: 5\nmeasure: {mean: x}", "unverifiable"),
        ("claimed: 5\nmeasure: {median: x}", "unverifiable"),
        ("claimed: 5\nmeasure: {max: x}", "unverifiable"),
        ("claimed: 5\nmeasure: {sum: x}", "unverifiable"),
        ("claimed: 5\nmeasure: {per: day, time: x}", "unverifiable"),
        ("claimed: a\nmeasure: {top: 1, by: x}", "unverifiable"),
        ("claimed: none\nmeasure: {count: distinct x}", "supported"),
        ("claimed: 2\nmeasure: {count: rows, that: x is null}", "supported"),
    ],
)
def test_measures_of_a_column_of_nothing(desk: Desk, measure: str, outcome: str) -> None:
    holding(desk, "a.csv", EMPTY["csv"])
    assert desk.one(measure)["outcome"] == outcome


def test_a_column_of_nothing_in_expr_drop_and_query(desk: Desk) -> None:
    columns = {"y": {"expr": "x + 1"}, "t": {"expr": "date_trunc('day', x)"}}
    holding(desk, "a.csv", EMPTY["csv"], columns=columns, drop="x > 3")
    desk.manifest({"query": "SELECT id, x * 2 AS twice FROM posts WHERE x IS NULL", "completeness": "complete"}, "made")
    assert desk.one("claimed: 2\nmeasure: {count: rows, that: y is null and t is null}")["estimate"] == 2
    assert desk.one("dataset: made\nclaimed: 2\nmeasure: {count: rows, that: twice is null}")["estimate"] == 2
