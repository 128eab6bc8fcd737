"""Workbooks that may not be opened, or are not what their names say."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest

from factcheck.evidence.formats import workbook

from .desk import Desk
from .test_csv import ledger
from .workbooks import SHEET, book, cell, changed, ods, packed, refused, xlsx


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
    assert "without a workbook in it" in refused(desk, packed(a=b"x"), name="h.xlsx")
    wrong = bytearray(good)
    wrong[good.index(b"PK", 40) - 8] ^= 0xFF
    assert "damaged" in refused(desk, bytes(wrong), name="i.xlsx")


def test_a_document_type_is_refused(desk: Desk) -> None:
    kind = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]>'
    data = ods([cell("a")], [cell("1")])
    data = changed(data, "content.xml", lambda xml: kind + re.sub(rb"<\?xml.*?\?>", b"", xml))
    assert "declares a document type" in refused(desk, data, name="d.ods")


def test_a_workbook_under_a_password(desk: Desk) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    assert "protected by a password" in refused(desk, locked)
    data = ods([cell("a")], [cell("1")])
    note = b"<manifest:encryption-data/></manifest:manifest>"
    data = changed(data, "META-INF/manifest.xml", lambda xml: xml.replace(b"</manifest:manifest>", note))
    assert "protected by a password" in refused(desk, data, name="d.ods")


def test_what_text_files_are_told_does_not_suit_a_workbook(desk: Desk) -> None:
    assert "has no delimiter" in refused(desk, book(["a"], [1]), 'read: {delimiter: ";"}')
    assert "has no encoding" in refused(desk, book(["a"], [1]), "read: {encoding: utf-8}")


def test_a_workbook_of_another_name_and_packed(desk: Desk) -> None:
    found = xlsx(desk, book(["a"], [1]), "format: xlsx", "table.bin")
    assert desk.rows(found) == [(1,)]
    small = xlsx(desk, gzip.compress(book(["a"], [2])), name="d.xlsx.gz")
    assert desk.rows(small) == [(2,)]


def test_a_record_too_long_for_the_engine_names_its_row(desk: Desk) -> None:
    said = refused(desk, book([f"c{i}" for i in range(80)], ["x" * 32_000] * 80))
    assert said.startswith("evidence/d.xlsx, sheet 'Data', row 2 holds more than 2 MB of text")


def test_the_files_of_a_folder_stay_as_they_are(desk: Desk, tmp_path: Path) -> None:
    data = book(["a"], [1])
    xlsx(desk, data)
    assert (desk.root / "evidence/d.xlsx").read_bytes() == data
