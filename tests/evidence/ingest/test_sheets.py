"""Workbooks: the sheet that is meant, and every cell accounted for."""

from __future__ import annotations

import datetime
import io
import re
from decimal import Decimal
from typing import Any

import openpyxl
from odf.table import TableCell
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from factcheck.evidence.dataset import Dataset, Family

from .desk import Desk
from .old_workbook import xls
from .test_csv import codes, ledger, types
from .workbooks import SHEET, book, cell, changed, ods, refused, xlsx


def test_cells_become_what_they_say(desk: Desk) -> None:
    day, moment = datetime.date(2018, 5, 10), datetime.datetime(2018, 5, 10, 12, 30, 15)
    found = xlsx(
        desk,
        book(
            ["n", "share", "sum", "yes", "day", "at", "clock", "spent", "zip", "text"],
            [1, 0.5, 0.1 + 0.2, True, day, moment, datetime.time(13, 45), datetime.timedelta(hours=30), "007", 'a,"b"'],
            [-2, 1, 1e-7, False, day, day, datetime.time(0), datetime.timedelta(minutes=5), "12", "two\nlines"],
        ),
    )
    assert ledger(found) == (2, 2, 0, 0)
    assert types(found) == {
        "n": Family.INTEGER,
        "share": Family.DECIMAL,
        "sum": Family.DOUBLE,
        "yes": Family.BOOLEAN,
        "day": Family.DATE,
        "at": Family.TIMESTAMP,
        "clock": Family.TEXT,
        "spent": Family.TEXT,
        "zip": Family.TEXT,
        "text": Family.TEXT,
    }
    assert desk.rows(found, order="ORDER BY n DESC") == [
        (1, Decimal("0.5"), 0.3, True, day, moment, "13:45:00", "30:00:00", "007", 'a,"b"'),
        (
            -2,
            Decimal("1.0"),
            1e-7,
            False,
            day,
            datetime.datetime(2018, 5, 10),
            "00:00:00",
            "00:05:00",
            "12",
            "two\nlines",
        ),
    ]
    assert codes(found) == []


def test_dates_that_count_from_1904(desk: Desk) -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    for row in (["day"], [datetime.date(2018, 5, 10)]):
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    assert desk.rows(xlsx(desk, out.getvalue())) == [(datetime.date(2018, 5, 10),)]


def test_an_id_that_a_spreadsheet_has_rounded_is_told(desk: Desk) -> None:
    found = xlsx(desk, book(["id", "n"], [1234567890123456789, 123456789012345], [1234567890123456, 5]))
    assert types(found) == {"id": Family.DOUBLE, "n": Family.INTEGER}
    assert codes(found) == [("ruined-ids", "id")]
    text = xlsx(desk, book(["id"], ["1234567890123456789"]), name="e.xlsx")
    assert desk.rows(text) == [(1234567890123456789,)]


def test_errors_and_formulas_without_a_value_are_lost_and_counted(desk: Desk) -> None:
    def fill(sheet: Any) -> None:
        sheet["A2"] = "#N/A"
        sheet["B3"] = "#REF!"
        sheet["B4"] = "=A3*2"

    data = book(["a", "b", "c"], [None, 1, "#N/A!"], [2, None, "x"], [3, None, "y"], fill=fill)
    # A formula with its value gives the value; one whose value is an empty text gives nothing, and loses nothing.
    cached = rb'<c r="C4" t="str"><f>IF(A4,"")</f><v></v></c><c r="D4"><f>1+1</f><v>2</v></c></row></sheetData>'
    data = changed(data, SHEET, lambda xml: re.sub(rb'<c r="C4".*?</row></sheetData>', lambda _: cached, xml))
    found = xlsx(desk, data)
    assert found.ledger is not None
    assert found.ledger.lost == {"a": 1, "b": 2}
    assert desk.rows(found, "a, b, c, column_4") == [(None, 1, "#N/A!", None), (2, None, "x", None), (3, None, None, 2)]
    assert codes(found) == [("no-heading", "column_4"), ("uncomputed", None)]


def test_empty_rows_and_columns(desk: Desk) -> None:
    def fill(sheet: Any) -> None:
        sheet["H1"].font = openpyxl.styles.Font(bold=True)
        sheet["H9"] = ""

    rows = [[], [None, "a", None, "b"], [None, 1, None, "x"], [], [], [None, 2, None, "y"], [], []]
    found = xlsx(desk, book(*rows, fill=fill))
    assert list(found.columns) == ["a", "b"]
    assert ledger(found) == (2, 2, 0, 0)
    assert desk.rows(found) == [(1, "x"), (2, "y")]
    assert codes(found) == [("rows-passed-over", None)]
    assert found.ledger is not None
    assert found.ledger.notes[0].text.endswith("passed over: 2.")


def test_the_only_sheet_with_cells_or_the_one_that_is_named(desk: Desk) -> None:
    one = book(["a"], [1], Empty=[])
    assert desk.rows(xlsx(desk, one)) == [(1,)]
    two = book(["a"], [1], Notes=[["b"], [2]])
    assert refused(desk, two, name="two.xlsx") == (
        "evidence/two.xlsx has more than one sheet: 'Data', 'Notes'. Say which with 'read: {sheet: Data}'"
    )
    assert desk.rows(xlsx(desk, two, "read: {sheet: Notes}", "two.xlsx")) == [(2,)]
    assert "has no sheet 'Nots'; it has 'Data', 'Notes'" in refused(desk, two, "read: {sheet: Nots}", "two.xlsx")
    assert refused(desk, book(), name="none.xlsx") == "evidence/none.xlsx, sheet 'Data' is empty"
    assert ledger(xlsx(desk, book(["a", "b"]), name="heads.xlsx")) == (0, 0, 0, 0)


def test_merged_headings_stand_over_each_of_their_columns(desk: Desk) -> None:
    def fill(sheet: Any) -> None:
        for cells in ("A1:A2", "B1:C1", "A4:A5"):
            sheet.merge_cells(cells)

    rows = [["Country", "Requests", None], [None, "made", "granted"], ["Russia", 5, 2], ["Ukraine", 1, 0], [None, 3, 1]]
    found = xlsx(desk, book(*rows, fill=fill), "read: {header: 2}")
    assert list(found.columns) == ["Country", "Requests made", "Requests granted"]
    assert desk.rows(found) == [("Russia", 5, 2), ("Ukraine", 1, 0), (None, 3, 1)]
    assert codes(found) == [("merged-cells", None)]
    assert found.ledger is not None
    assert "A4:A5" in found.ledger.notes[0].text


def test_a_title_above_the_headings_is_not_taken_for_them(desk: Desk) -> None:
    data = book(["Requests of 2018"], [], ["Country", "made", "granted"], ["Russia", 5, 2])
    said = refused(desk, data)
    assert "row 1 holds only 'Requests of 2018'" in said
    assert "'read: {skip: 2}'" in said
    found = xlsx(desk, data, "read: {skip: 2}")
    assert desk.rows(found) == [("Russia", 5, 2)]
    named = xlsx(desk, data, "read: {skip: 2, names: [land, made, granted], nulls: [Russia]}", "e.xlsx")
    assert desk.rows(named, "land, made, granted") == [(None, 5, 2)]
    bare = xlsx(desk, book([1, 2], [3, 4]), "read: {header: none}", "f.xlsx")
    assert desk.rows(bare) == [(1, 2), (3, 4)]


def test_marks_of_numbers_are_those_of_the_text_cells(desk: Desk) -> None:
    # 1.234 is a number between one and two, however texts beside it are written.
    data = book(["n", "v"], [1, "1.234,5"], [2, 1.234], [3, "2.000"], [4, 7])
    found = xlsx(desk, data, 'read: {thousands: ".", decimal: ","}')
    assert [float(v) for (v,) in desk.rows(found, "v", "ORDER BY n")] == [1234.5, 1.234, 2000.0, 7.0]


def test_several_workbooks_are_one_dataset(desk: Desk) -> None:
    desk.write("w/1.xlsx", book(["land", "made"], ["Russia", 5]))
    desk.write("w/2.xlsx", book(["granted", "land "], [2, "Ukraine"]))
    said = desk.fails("d: {files: w/*.xlsx}")
    assert said.startswith(
        "evidence/w/2.xlsx, sheet 'Data' has no column 'made', which evidence/w/1.xlsx, sheet 'Data' has"
    )
    found = desk.load("d: {files: w/*.xlsx, columns: {n: {from: [made, granted]}}}")
    assert desk.rows(found, "land, n", "ORDER BY n DESC") == [("Russia", 5), ("Ukraine", 2)]


def test_heads_are_known_before_the_rows_are_read(desk: Desk) -> None:
    desk.write("d.xlsx", book(["id", "when"], [1, "x"]))
    found = desk.describe("d: {files: d.xlsx, columns: {when: {type: date}}}")["d"]
    assert isinstance(found, Dataset)
    assert {c.name: c.family for c in found.columns.values()} == {"id": Family.UNKNOWN, "when": Family.DATE}


def test_losses_of_a_stated_type_and_dropped_rows(desk: Desk) -> None:
    data = book(["land", "n"], ["Russia", 5], ["Ukraine", "n/a"], ["TOTAL", 5])
    found = xlsx(desk, data, "drop: land = 'TOTAL', columns: {n: {type: integer}}")
    assert ledger(found) == (3, 2, 0, 1)
    assert found.ledger is not None
    assert found.ledger.lost == {"n": 1}


def test_ods(desk: Desk) -> None:
    data = ods(
        [cell(name) for name in ("n", "when", "share", "value")],
        [
            cell("1", "float", value="1"),
            cell("10.05.18", "date", datevalue="2018-05-10"),
            cell("20%", "percentage", value="0.2"),
            cell("#DIV/0!", "float", value="0"),  # older programs write nought for an error
        ],
        [
            cell("2", "float", value="2"),
            TableCell(),
            cell("30%", "percentage", value="0.3"),
            cell("5", "float", value="5"),
        ],
    )
    found = xlsx(desk, data, name="d.ods")
    assert desk.rows(found) == [(1, datetime.date(2018, 5, 10), Decimal("0.2"), None), (2, None, Decimal("0.3"), 5)]
    assert found.ledger is not None
    assert found.ledger.lost == {"value": 1}


def test_xls(desk: Desk) -> None:
    data = xls([["land", "n"], ["Россия", 5.0], ["Мексика", "#N/A"], ["Spain", 0.25]])
    found = xlsx(desk, data, name="d.xls")
    assert desk.rows(found) == [("Россия", Decimal("5.00")), ("Мексика", None), ("Spain", Decimal("0.25"))]
    assert found.ledger is not None
    assert found.ledger.lost == {}  # its errors cannot be told from empty cells, as the manual says
    assert "no workbook that can be read" in refused(desk, data[:1600] + b"\xff" * (len(data) - 1600), name="e.xls")


def test_an_export_that_was_saved_as_a_workbook(desk: Desk) -> None:
    heads = ["Page Name", "User Name", "Facebook Id", "Post Created", "Likes", "Message", "URL", "Total Interactions"]
    row = ["A page", "a.page", 1, "2018-05-10 08:00:00 EDT", 12, "Text", "https://example.org/1", "1,234"]
    found = xlsx(desk, book(heads, row), "format: crowdtangle")
    assert desk.rows(found, "text, likes, created_at") == [("Text", 12, datetime.datetime(2018, 5, 10, 12))]


def test_a_cell_with_a_lone_carriage_return_is_one_value(desk: Desk) -> None:
    found = xlsx(desk, book(["text", "n"], ["a_x000D_b", 1], ["c\nd", 2]))
    assert ledger(found) == (2, 2, 0, 0)
    assert desk.rows(found, order="ORDER BY n") == [("a\rb", 1), ("c\nd", 2)]
