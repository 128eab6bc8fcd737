"""Labels that differ only in capitals or blanks are told, for a condition that names one leaves out the others."""

from __future__ import annotations

import pytest

from .desk import Desk
from .test_csv import codes


def column(desk: Desk, *values: str) -> list[tuple[str, str | None]]:
    rows = "".join(f'{i},"{value}"\n' for i, value in enumerate(values))
    return codes(desk.csv(f"n,v\n{rows}"))


@pytest.mark.parametrize("other", ["russia", "RUSSIA", "Russia ", "Russia\u00a0"])
def test_spellings_of_one_label(desk: Desk, other: str) -> None:
    assert column(desk, "Russia", other, "Mexico") == [("spelled-alike", "v")]


def test_all_are_counted_and_named(desk: Desk) -> None:
    found = desk.csv("v\n" + "Russia\n" * 3 + "russia\n" + "left\nLeft\n" + "Mexico\n" * 3)
    assert found.ledger is not None
    (note,) = found.ledger.notes
    assert "'Russia' (3 rows), 'russia' (1 row) differ only in capitals or blanks, and so do others: 1." in note.text
    assert note.words == ("Left", "Russia", "left", "russia")


def test_few_rows_are_told_as_few(desk: Desk) -> None:
    assert column(desk, *["Russia"] * 120, "russia") == [("spelled-alike-rarely", "v")]


def test_texts_and_addresses_are_no_labels(desk: Desk) -> None:
    assert column(desk, "Russia", "Russland", "Mexico") == []
    assert column(desk, "x" * 81, "X" * 81) == []
    assert column(desk, "https://example.org/aB", "https://example.org/Ab") == []
