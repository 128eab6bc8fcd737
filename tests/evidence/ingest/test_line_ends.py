"""Line ends within quotes above all others: the engine would take the first for that of the file, and lose its rows."""

from __future__ import annotations

import pytest

from .desk import Desk
from .test_csv import ledger


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("inner", ["\n", "\r\n", "\r"])
def test_a_heading_of_two_lines_takes_no_rows_with_it(desk: Desk, end: str, inner: str) -> None:
    found = desk.csv(end.join([f'"Posts{inner}in May",n', "a,1", "b,2", "c,3", ""]))
    assert list(found.columns) == ["Posts in May", "n"]
    assert ledger(found) == (3, 3, 0, 0)
    assert desk.rows(found, order="ORDER BY n") == [("a", 1), ("b", 2), ("c", 3)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("inner", ["\n", "\r\n", "\r"])
def test_nor_does_a_first_cell_where_there_is_no_header(desk: Desk, end: str, inner: str) -> None:
    found = desk.csv(end.join([f'"a{inner}b"', "c", "d", ""]), "read: {header: none}")
    assert ledger(found) == (3, 3, 0, 0)
    first, *rest = [str(value).split() for (value,) in desk.rows(found)]
    assert (first, rest) == (["a", "b"], [["c"], ["d"]])
