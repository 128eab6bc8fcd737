"""Rows that are perhaps no records are told, and never dropped unasked."""

from __future__ import annotations

import pytest

from .desk import Desk
from .test_csv import codes, ledger

TABLE = "country,made,granted\nFrance,1,\nGreece,2,5\n"


def said(desk: Desk, data: str, extra: str = "") -> dict[str, str]:
    found = desk.csv(data, extra)
    assert found.ledger is not None
    assert ledger(found)[2] == 0
    return {note.code: note.text for note in found.ledger.notes}


@pytest.mark.parametrize("word", ["TOTAL", "Total:", " totals", "Grand total", "Итого"])
def test_a_row_that_is_the_sum_of_the_others(desk: Desk, word: str) -> None:
    found = said(desk, f"{TABLE}{word},3,9\n")
    assert list(found) == ["totals"]
    assert f"drop: country = '{word}'" in found["totals"]
    assert "'made' is the sum" in found["totals"]


def test_the_figures_may_have_another_name(desk: Desk) -> None:
    data = "country,made\nFrance,1*\nGreece,2\nTOTAL,2\nItaly,2\nSpain,3\nTOTAL,5\n"
    found = said(desk, data, "columns: {n: {from: made, type: integer}}")
    assert "'n' is the sum" in found["totals"]


def test_figures_that_were_read_as_text_are_looked_at_too(desk: Desk) -> None:
    found = said(desk, 'country,made\nFrance,"1,200"\nGreece,-\nItaly,3\nSpain,20\nTOTAL,"1,223"\n')
    assert "'made' is the sum" in found["totals"]
    texts = said(desk, "country,made\nFrance,a\nGreece,b\nTOTAL,c\n")
    assert texts == {}


def test_it_may_come_first_or_after_each_part(desk: Desk) -> None:
    assert list(said(desk, "c,n\nTotal,3\na,1\nb,2\n")) == ["totals"]
    parts = said(desk, "c,n\na,1\nb,2\nTOTAL,3\nc,5\nd,6\nTOTALS,11\n")
    assert "drop: c in ('TOTAL', 'TOTALS')" in parts["totals"]


@pytest.mark.parametrize(
    "data",
    [
        f"{TABLE}TOTAL,4,9\n",  # no sum of them
        f"{TABLE}Total Gas,3,5\n",  # a company
        "c,n\na,3\nTotal,3\n",  # of one row
        "c,n\na,0\nb,0\nTotal,0\n",  # nothing is the sum of anything
    ],
)
def test_what_is_no_sum(desk: Desk, data: str) -> None:
    assert said(desk, data) == {}


def test_nothing_is_said_of_rows_that_are_dropped(desk: Desk) -> None:
    assert said(desk, f"{TABLE}TOTAL,3,5\n,,\n", "drop: country = 'TOTAL' or country is null") == {}
    extended = said(desk, f"{TABLE}TOTAL,3,5\n", "drop: made > 99")
    assert "drop: (made > 99) or country = 'TOTAL'" in extended["totals"]


def test_rows_without_any_value_are_told(desk: Desk) -> None:
    found = desk.csv(f"{TABLE},,\n , ,\n")
    assert ledger(found) == (4, 4, 0, 0)
    assert codes(found) == [("empty-rows", None)]
    assert found.ledger is not None
    assert found.ledger.notes[0].text.startswith("Rows without any value: 1.")
    other = said(desk, '"a b",c\n,1\n,\n,\n')
    assert 'write drop: "a b" is null and c is null.' in other["empty-rows"]
