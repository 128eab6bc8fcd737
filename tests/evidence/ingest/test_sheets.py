"""Workbooks: the sheet that is meant, every cell accounted for, and files that may not be opened."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.formats import workbook

from .desk import Desk
from .test_csv import codes, ledger, types

Fill = Callable[[Any], None]
SHEET = "xl/worksheets/sheet1.xml"


def book(*rows: list[Any], fill: Fill | None = None, **sheets: list[list[Any]]) -> bytes:
    """An XLSX file whose first sheet holds the rows; `fill` may do more to it."""
    made = openpyxl.Workbook()
    first = made.active
    first.title = "Data"
    for row in rows:
        first.append(row)
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    if fill is not None:
        fill(first)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The packed file with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return out.getvalue()


def xlsx(desk: Desk, data: bytes, extra: str = "", name: str = "d.xlsx") -> Dataset:
    return desk.csv(data, extra, name)


def refused(desk: Desk, data: bytes, extra: str = "", name: str = "d.xlsx") -> str:
    return desk.csv_fails(data, extra, name)


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


def cell(text: str, kind: str = "string", **more: Any) -> Any:
    made = TableCell(valuetype=kind, **more)
    made.addElement(P(text=text))
    return made


def ods(*rows: list[Any], times: int = 1) -> bytes:
    made, table = OpenDocumentSpreadsheet(), Table(name="Data")
    for row in rows:
        line = TableRow(numberrowsrepeated=times) if row is rows[-1] and times > 1 else TableRow()
        for part in row:
            line.addElement(part)
        table.addElement(line)
    made.spreadsheet.addElement(table)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


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


def test_repeated_rows_of_ods_are_rows_and_too_many_a_bomb(desk: Desk) -> None:
    heads = [cell("a"), cell("b")]
    three = ods(heads, [cell("1", "float", value="1"), cell("x")], times=3)
    assert ledger(xlsx(desk, three, name="d.ods")) == (3, 3, 0, 0)
    row = [cell("1", "float", value="1"), cell("x", numbercolumnsrepeated=16_000)]
    said = refused(desk, ods(heads, row, times=1_000_000), name="e.ods")
    assert "more than 30,000,000 cells" in said


def test_cells_far_apart_are_too_many(desk: Desk) -> None:
    def fill(sheet: Any) -> None:
        sheet["XFD1048576"] = "far"

    assert "1,048,576 rows and 16,384 columns" in refused(desk, book(["a"], [1], fill=fill))
    hidden = changed(book(["a"], [1]), SHEET, lambda xml: xml.replace(b'r="A2"', b'r="XFD1048576"'))
    assert "1,048,576 rows and 16,384 columns" in refused(desk, hidden, name="e.xlsx")


def test_a_zip_that_unpacks_to_much_more_is_not_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = changed(book(["a"], [1]), "docProps/app.xml", lambda _: b" " * (60 << 20))
    assert "unpacks from" in refused(desk, bomb)
    monkeypatch.setattr(workbook, "MOST_BYTES", 1000)
    assert "unpacks from" in refused(desk, book(["a"], [1]), name="e.xlsx")


def test_what_is_no_workbook(desk: Desk) -> None:
    good = book(["a"], [1])
    assert "damaged or cut off" in refused(desk, good[: len(good) // 2])
    assert "is empty" in refused(desk, b"", name="e.xlsx")
    assert "web page" in refused(desk, b"\xef\xbb\xbf\n<html><table>", name="f.xls")
    assert "if it is text, write format: csv" in refused(desk, b"a,b\n1,2\n", name="g.xlsx")
    assert "without a workbook in it" in refused(desk, _zip(a=b"x"), name="h.xlsx")
    wrong = bytearray(good)
    wrong[good.index(b"PK", 40) - 8] ^= 0xFF
    assert "damaged" in refused(desk, bytes(wrong), name="i.xlsx")


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_document_type_is_refused(desk: Desk) -> None:
    kind = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]>'
    data = ods([cell("a")], [cell("1")])
    data = changed(data, "content.xml", lambda xml: kind + re.sub(rb"<\?xml.*?\?>", b"", xml))
    assert "declares a document type" in refused(desk, data, name="d.ods")


def test_a_workbook_under_a_password(desk: Desk) -> None:
    packed = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    assert "protected by a password" in refused(desk, packed)
    data = ods([cell("a")], [cell("1")])
    note = b"<manifest:encryption-data/></manifest:manifest>"
    data = changed(data, "META-INF/manifest.xml", lambda xml: xml.replace(b"</manifest:manifest>", note))
    assert "protected by a password" in refused(desk, data, name="d.ods")


def test_what_text_files_are_told_does_not_suit_a_workbook(desk: Desk) -> None:
    assert "has no delimiter" in refused(desk, book(["a"], [1]), 'read: {delimiter: ";"}')
    assert "has no encoding" in refused(desk, book(["a"], [1]), "read: {encoding: utf-8}")


def test_a_workbook_of_another_name_and_packed(desk: Desk) -> None:
    import gzip

    found = xlsx(desk, book(["a"], [1]), "format: xlsx", "table.bin")
    assert desk.rows(found) == [(1,)]
    packed = xlsx(desk, gzip.compress(book(["a"], [2])), name="d.xlsx.gz")
    assert desk.rows(packed) == [(2,)]


def test_a_record_too_long_for_the_engine_names_its_row(desk: Desk) -> None:
    said = refused(desk, book([f"c{i}" for i in range(80)], ["x" * 32_000] * 80))
    assert said.startswith("evidence/d.xlsx, sheet 'Data', row 2 holds more than 2 MB of text")


def test_the_files_of_a_folder_stay_as_they_are(desk: Desk, tmp_path: Path) -> None:
    data = book(["a"], [1])
    xlsx(desk, data)
    assert (desk.root / "evidence/d.xlsx").read_bytes() == data
