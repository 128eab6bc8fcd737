"""Figures typed off a publication: whole counts, each with the place where it stands."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from factcheck.evidence.dataset import Dataset

from .desk import Desk
from .test_csv import codes

HEAD = "label,count,source,page\n"


def reported(desk: Desk, data: bytes | str, extra: str = "", name: str = "d.csv") -> Dataset:
    return desk.csv(data, f"format: reported{', ' + extra if extra else ''}", name)


def refused(desk: Desk, data: str, extra: str = "") -> str:
    return desk.csv_fails(data, f"format: reported{', ' + extra if extra else ''}")


def test_counts_are_in_the_column_of_that_name(desk: Desk) -> None:
    found = reported(desk, f"{HEAD}Mexico,120,Report of May,\nRussia,3,,9\n")
    assert found.counts == "count"
    assert found.format == "reported"
    assert codes(found) == []
    described = desk.describe("d: {files: d.csv, format: reported}")["d"]
    assert isinstance(described, Dataset)
    assert described.counts == "count"


def test_another_column_may_be_named_and_none_need_be_there(desk: Desk) -> None:
    named = reported(desk, "label,n,count\na,1,x\n", "counts: n, source: A report")
    assert named.counts == "n"
    assert reported(desk, "label,share\na,0.5\n", "source: A report", "e.csv").counts is None
    assert desk.csv("label,count\na,1\n", name="f.csv").counts is None


def test_a_workbook(desk: Desk) -> None:
    made = openpyxl.Workbook()
    rows: list[list[Any]] = [["Label", "Count", "Page"], ["Mexico", 120, 4], ["Russia", 3, None]]
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    found = reported(desk, out.getvalue(), name="d.xlsx")
    assert found.counts == "Count"
    assert desk.rows(found, 'sum("Count")') == [(123,)]
    assert codes(found) == [("no-place", None)]
    desk.write("e.csv", "Label,Count,Page\na,1,2\n")
    assert "make a dataset of each kind" in desk.fails("d: {files: [d.xlsx, e.csv], format: reported}")


@pytest.mark.parametrize(
    ("data", "extra", "told"),
    [
        (f"{HEAD}Mexico,120,,4\nRussia,3,,\nSpain,1,,\n", "", ["2."]),
        (f"{HEAD}Mexico,120,,4\nRussia,3,,\n", "source: A report", []),
        ("label,count\nMexico,120\n", "", ["1."]),
    ],
)
def test_figures_without_a_place_are_told(desk: Desk, data: str, extra: str, told: list[str]) -> None:
    found = reported(desk, data, extra)
    assert found.ledger is not None
    assert [note.text.split(": ")[1].split()[0] for note in found.ledger.notes] == told


@pytest.mark.parametrize(
    ("rows", "extra", "said"),
    [
        ("Mexico,5,a,\nRussia,-3,a,\n", "", "row 2 of the data (label: Russia) has '-3' as its count"),
        ("Mexico,2.5,a,\nRussia,3,a,\n", "", "row 1 of the data (label: Mexico) has '2.5'"),
        ('Mexico,5,a,\nRussia,"1,120",a,\n', "", "row 2 of the data (label: Russia) has '1,120'"),
        ("Mexico,5,a,\nRussia,many,a,\n", "", "row 2 of the data (label: Russia) has 'many'"),
        ("Mexico,5,a,\nRussia,x,a,\n", "columns: {count: {type: integer}}", "nothing that can be read as its count"),
    ],
)
def test_a_count_that_is_no_whole_number_names_its_row(desk: Desk, rows: str, extra: str, said: str) -> None:
    found = refused(desk, HEAD + rows, extra)
    assert said in found
    assert "'read: {nulls: …}'" in found


def test_what_the_manifest_says_of_numbers_holds(desk: Desk) -> None:
    data = f'{HEAD}Mexico,"1,120",a,\nRussia,-,a,\n'
    found = reported(desk, data, 'read: {thousands: ",", nulls: ["-"]}')
    assert desk.rows(found, "sum(count), count(count)") == [(1120, 1)]


def test_no_row_of_any_dataset_stands_for_less_than_none(desk: Desk) -> None:
    said = desk.csv_fails("label,n\nA,3\nB,-5\n", "counts: n")
    assert said == "'n' says how many each row stands for, and in a row it is -5"
    assert desk.csv("label,n\nA,1.5\nB,0\n", "counts: n").counts == "n"
