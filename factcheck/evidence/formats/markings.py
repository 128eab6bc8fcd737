"""The XML of spreadsheets, read for what their cells say beside their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from factcheck.errors import EvidenceError

if TYPE_CHECKING:
    from factcheck.evidence.formats.workbook import Flaws

_CHUNK = 1 << 20
_PLACE = re.compile(rb"\sr=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_COLUMN = re.compile(rb' r="([A-Z]{1,3})\d')
_FAR = re.compile(rb' r="[A-Z]{1,3}(\d{6,7})"')
_ROW = re.compile(rb'row r="(\d{1,7})"')
_ERROR = re.compile(rb'<(?:\w+:)?c\s([^>/]*\bt="e"[^>/]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_BARE = re.compile(  # a formula and no value behind it
    rb"<(?:\w+:)?c(\s[^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_ODS_ERROR = re.compile(r"#(N/A|NAME\?|REF!|VALUE!|DIV/0!|NUM!|NULL!)|(Err|Fehler|Erreur|Error):\d{3}")
_ODS_WIDEST = 16_384


def xlsx_flaws(stream: IO[bytes], found: Flaws, *, exact: bool = False) -> None:
    """Fills `found` from the XML of a worksheet, which is read in parts.

    The place of every cell is only looked at where `exact`, else that of rows and of far cells; see `Flaws.is_wide`.
    """
    held = b""
    while chunk := stream.read(_CHUNK):
        held += chunk
        cut = held.rfind(b"row>")
        if cut >= 0:
            _cells(held[:cut], found, exact=exact)
            held = held[cut:]
    _cells(held, found, exact=exact)


def _cells(xml: bytes, found: Flaws, *, exact: bool) -> None:
    if exact:
        places = set(_PLACE.findall(xml))
        columns, rows = {letters for letters, _ in places}, {digits for _, digits in places}
    else:
        columns, rows = set(_COLUMN.findall(xml)), {*_ROW.findall(xml), *_FAR.findall(xml)}
    found.rows = max([found.rows, *map(int, rows)])
    found.columns = max([found.columns, *(_column(letters) + 1 for letters in columns)])
    for match in _ERROR.finditer(xml) if b't="e"' in xml else ():
        value = _VALUE.search(match[2])
        found.errors[_place(match[1], found)] = value[1].decode("utf-8", "replace") if value else "#ERROR"
    for match in _BARE.finditer(xml) if b"<f" in xml or b":f" in xml else ():
        if b't="str"' not in match[1]:  # a formula whose value is an empty text
            found.uncomputed.add(_place(match[1], found))


def _place(attributes: bytes, found: Flaws) -> tuple[int, int]:
    reference = _REFERENCE.search(attributes)
    if reference is None:
        return -1 - len(found.errors), -1  # a cell that does not say where it is: counted, and of no column
    return int(reference[2]) - 1, _column(reference[1])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def sheet_targets(xml: bytes, shown: str) -> dict[str, str]:
    """The sheets of a workbook, each with the id of its file."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            ids = [value for key, value in attributes.items() if key.rpartition(":")[2] == "id" and ":" in key]
            found[attributes.get("name", "")] = ids[0] if ids else ""

    _parse(xml, start, shown)
    return found


def relations(xml: bytes, shown: str) -> dict[str, str]:
    """Which file each id stands for."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    _parse(xml, start, shown)
    return found


def _parser(shown: str) -> expat.XMLParserType:
    """A parser that refuses declarations of types and entities, which no workbook has."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise EvidenceError(f"{shown} declares a document type, which no workbook does; it was not read")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _parse(xml: bytes, start: Callable[[str, dict[str, str]], None], shown: str) -> None:
    parser = _parser(shown)
    parser.StartElementHandler = start
    with _well_formed(shown):
        parser.Parse(xml, True)


@contextmanager
def _well_formed(shown: str) -> Iterator[None]:
    try:
        yield
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise EvidenceError(f"{shown} is damaged: {error}") from error


def ods_flaws(stream: IO[bytes], found: Flaws, sheet: str | None, most: int, shown: str) -> None:
    """Fills `found` from the content of an ODS file, for one sheet; without a name only its size is checked.

    EvidenceError as soon as the cells of a sheet, repeated as the file says, are more than `most`.
    """
    reader = _Ods(found, sheet, most, shown)
    parser = _parser(shown)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    with _well_formed(shown):
        parser.ParseFile(stream)


class _Ods:
    """Follows the tables, rows and cells of an ODS file."""

    def __init__(self, found: Flaws, sheet: str | None, most: int, shown: str) -> None:
        self._found, self._sheet, self._most, self._shown = found, sheet, most, shown
        self._name = ""
        self._row, self._rows, self._column = 0, 1, 0  # where we are, and how often the row is repeated
        self._repeated, self._error, self._said, self._full = 1, False, "", False
        self._widest, self._tallest = 0, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._name, self._row, self._widest, self._tallest = attributes.get("table:name", ""), 0, 0, 0
        elif name == "table:table-row":
            self._rows, self._column = _times(attributes.get("table:number-rows-repeated")), 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._repeated = _times(attributes.get("table:number-columns-repeated"))
            self._error = attributes.get("calcext:value-type") == "error"
            self._full = "office:value-type" in attributes
            self._said = ""

    def text(self, data: str) -> None:
        self._said += data[:40] if len(self._said) < 40 else ""

    def end(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._cell()
            self._column += self._repeated
        elif name == "table:table-row":
            self._row += self._rows

    def _cell(self) -> None:
        if not self._full and not self._said:
            return
        self._widest = max(self._widest, self._column + self._repeated)
        self._tallest = max(self._tallest, self._row + self._rows)
        if self._widest * self._tallest > self._most or self._widest > _ODS_WIDEST:
            raise EvidenceError(
                f"{self._shown}, sheet '{self._name}': its cells span {self._tallest:,} rows and {self._widest:,} "
                f"columns, more than {self._most:,} cells: save the sheet as CSV"
            )
        if self._name == self._sheet and (self._error or _ODS_ERROR.fullmatch(self._said.strip())):
            for row in range(self._row, self._row + self._rows):
                for column in range(self._column, self._column + self._repeated):
                    self._found.errors[row, column] = self._said.strip()


def _times(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else 1
