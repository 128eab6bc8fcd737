"""Percentages, currencies, units and footnotes: read as the manifest says, else lost and counted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from factcheck.evidence.dataset import Dataset

from .desk import Desk
from .test_csv import codes

D = Decimal


def values(desk: Desk, found: Dataset, column: str = "v") -> list[object]:
    return [value for (value,) in desk.rows(found, column, "ORDER BY n")]


def table(*cells: str) -> str:
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    return "n,v\n" + "".join(f"{i},{cell}\n" for i, cell in enumerate(quoted))


PERCENT = ("20%", "7.5 %", "-3%", "0%", "0.3", "158*", "")


@pytest.mark.parametrize(
    ("spec", "expected", "lost"),
    [
        # Without a unit a percentage is a fraction; beside it nobody can tell what 0.3 is.
        ("type: decimal", [D("0.2"), D("0.075"), D("-0.03"), D(0), None, None, None], 2),
        # A proportion may be written either way, and so may a figure in percent.
        ("type: decimal, unit: proportion", [D("0.2"), D("0.075"), D("-0.03"), D(0), D("0.3"), None, None], 1),
        ('type: decimal, unit: "%"', [D(20), D("7.5"), D(-3), D(0), D("0.3"), None, None], 1),
        ('type: integer, unit: "%"', [20, None, -3, 0, None, None, None], 3),
        ("type: double", [0.2, 0.075, -0.03, 0.0, None, None, None], 2),
        # A figure of views is no percentage.
        ("type: decimal, unit: views", [None, None, None, None, D("0.3"), None, None], 5),
    ],
)
def test_percentages(desk: Desk, spec: str, expected: list[object], lost: int) -> None:
    found = desk.csv(table(*PERCENT), f"columns: {{v: {{{spec}}}}}")
    assert values(desk, found) == expected
    assert found.ledger is not None
    assert found.ledger.lost == {"v": lost}


AMOUNTS = ("US$ 1,234.50", "-US$5", "US$ -6", "7 US$", "(1,234)", "US$ (5)", "$4", "8")


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("", [None, None, None, None, None, None, None, D(8)]),  # two currencies, and none is named
        (', unit: "US$"', [D("1234.5"), D(-5), D(-6), D(7), None, None, None, D(8)]),
        (', unit: "$"', [None, None, None, None, None, None, D(4), D(8)]),
    ],
)
def test_amounts_in_two_currencies_are_never_added_up(desk: Desk, unit: str, expected: list[object]) -> None:
    found = desk.csv(table(*AMOUNTS), f'read: {{thousands: ","}}, columns: {{v: {{type: decimal{unit}}}}}')
    assert values(desk, found) == expected
    assert found.ledger is not None
    assert found.ledger.lost == {"v": expected.count(None)}
    assert codes(found) == ([] if unit else [("currencies", "v")])


def test_a_currency_that_only_comes_late_is_lost(desk: Desk) -> None:
    rows = "".join(f'{i},$5,"{"x" * 40}"\n' for i in range(40_000))
    found = desk.csv(f"n,v,text\n{rows}40000,€5,end\n", "columns: {v: {type: decimal}}")
    assert found.ledger is not None
    assert found.ledger.lost == {"v": 1}
    assert desk.rows(found, "sum(v)") == [(D(200_000),)]


def test_one_currency_however_it_stands(desk: Desk) -> None:
    data = table("€ 3", "4 €", "5\u00a0€", "€\u202f6", "\u22127 €", "8 EUR")
    found = desk.csv(data, "columns: {v: {type: integer}}")
    assert values(desk, found) == [3, 4, 5, 6, -7, None]
    named = desk.csv(data, "columns: {v: {type: integer, unit: EUR}}", name="e.csv")
    assert values(desk, named) == [3, 4, 5, 6, -7, 8]


def test_the_unit_may_stand_beside_the_figure(desk: Desk) -> None:
    found = desk.csv(table("5 km", "6km", "7 mi"), "columns: {v: {type: decimal, unit: km}}")
    assert values(desk, found) == [D(5), D(6), None]


def test_nothing_is_read_unasked(desk: Desk) -> None:
    percent = desk.csv(table("20%", "30%"))
    assert values(desk, percent) == ["20%", "30%"]
    assert codes(percent) == [("percent-unread", "v")]
    amounts = desk.csv(table("£3", "£4.50"), name="e.csv")
    assert values(desk, amounts) == ["£3", "£4.50"]
    assert codes(amounts) == [("amounts-unread", "v")]
    assert amounts.ledger is not None
    assert 'unit: "£"' in amounts.ledger.notes[0].text


def test_a_footnote_is_taken_off_by_an_expression(desk: Desk) -> None:
    found = desk.csv(table("158*", "3"), "columns: {figure: {expr: \"replace(v, '*', '')::integer\"}}")
    assert values(desk, found, "figure") == [158, 3]


def test_currency_in_a_column_of_its_own(desk: Desk) -> None:
    data = "n,amount,currency\n1,100,USD\n2,6000,RUB\n3,5,EUR\n"
    usd = "case when currency = 'RUB' then amount / 60 when currency = 'USD' then amount end"
    found = desk.csv(data, f'columns: {{usd: {{expr: "{usd}", type: decimal}}}}')
    assert values(desk, found, "usd") == [D(100), D(100), None]


def test_digits_of_a_unit_are_not_taken_off_a_figure(desk: Desk) -> None:
    found = desk.csv(table("5000", "12"), 'columns: {v: {type: integer, unit: "000"}}')
    assert values(desk, found) == [5000, 12]


def test_two_percent_signs_are_no_percentage(desk: Desk) -> None:
    found = desk.csv(table("20%", "15%%"), "columns: {v: {type: decimal}}")
    assert values(desk, found) == [D("0.2"), None]
