"""Workbooks for tests: made by openpyxl and odfpy, and changed by hand where those would not do it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from factcheck.evidence.dataset import Dataset

from .desk import Desk

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


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def xlsx(desk: Desk, data: bytes, extra: str = "", name: str = "d.xlsx") -> Dataset:
    return desk.csv(data, extra, name)


def refused(desk: Desk, data: bytes, extra: str = "", name: str = "d.xlsx") -> str:
    return desk.csv_fails(data, extra, name)
