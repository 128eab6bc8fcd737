"""Files of one dataset that were each written in another way, and single files that mix ways."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest

from factcheck.evidence.dataset import Dataset

from .desk import Desk
from .test_csv import codes, ledger, rejects
from .workbooks import book

REPORTS = Path(__file__).parents[4] / "shared/data/more/buzzfeed-withheld-accounts/twitter-transparency-reports"
STAR_WARS = Path(__file__).parents[4] / "shared/data/more/fivethirtyeight/star-wars-survey__StarWars.csv"

POLICE = (
    "REMOVAL REQUESTS (GOV’T AGENCY, POLICE, OTHER)",
    "REMOVAL REQUESTS (GOV‰ÛªT AGENCY, POLICE, OTHER)",
    "REMOVAL REQUESTS (GOVERNMENT AGENCY, POLICE, OTHER)",
)
MANIFEST = f"""
reports:
  files: reports/removal-*.csv
  read: {{encoding: [utf-8, mac-roman], nulls: ["", "-"], thousands: ","}}
  drop: COUNTRY in ('TOTAL', 'TOTALS') or COUNTRY is null
  columns:
    police: {{from: ["{'", "'.join(POLICE)}"], type: integer}}
    courts: {{from: REMOVAL REQUESTS (COURT ORDERS), type: integer}}
    accounts: {{from: ACCOUNTS SPECIFIED, type: integer}}
    tweets: {{from: TWEETS WITHHELD, type: integer}}
"""


def read_plainly(path: Path) -> list[dict[str, str]]:
    """The records of a report, told apart without the program."""
    data = path.read_bytes()
    text = data.decode("mac-roman" if b"\xe4\xf3\xbb" in data else "utf-8-sig")
    rows = list(csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))))
    return [dict(zip([name.strip() for name in rows[0]], row, strict=True)) for row in rows[1:]]


def whole(text: str) -> int | None:
    digits = text.replace(",", "")
    return int(digits) if digits.isdigit() else None


@pytest.fixture
def reports(desk: Desk) -> list[list[dict[str, str]]]:
    if not REPORTS.is_dir():
        pytest.skip("the transparency reports are not beside the project")
    paths = sorted(REPORTS.glob("*.csv"))
    assert len(paths) == 11
    for path in paths:
        desk.write(f"reports/{path.name}", path.read_bytes())
    return [read_plainly(path) for path in paths]


def test_eleven_reports_each_broken_differently_are_one_dataset(
    desk: Desk, reports: list[list[dict[str, str]]]
) -> None:
    found = desk.load(MANIFEST, "reports")
    records = [record for report in reports for record in report]
    totals = [record for record in records if record["COUNTRY"] in ("TOTAL", "TOTALS")]
    blank = [record for record in records if not any(record.values())]
    assert (len(totals), len(blank)) == (11, 3)
    assert ledger(found) == (len(records), len(records) - 14, 0, 14)
    periods = {report[0]["TIME PERIOD"]: len(report) for report in reports}
    for record in totals + blank:
        periods[next(report for report in reports if record in report)[0]["TIME PERIOD"]] -= 1
    counted = desk.rows(found, '"TIME PERIOD", count(*)', "GROUP BY 1")
    assert dict(counted) == periods
    kept = [record for record in records if record not in totals and record not in blank]
    assert found.ledger is not None
    assert found.ledger.lost == {
        "tweets": sum(whole(r["TWEETS WITHHELD"]) is None and r["TWEETS WITHHELD"] not in ("", "-") for r in kept)
    }
    assert found.ledger.lost["tweets"] > 0
    assert codes(found)[0] == ("encoding-tried", None)
    assert {code for code, _ in codes(found)} <= {"encoding-tried", "words-in-numbers", "percent-unread"}


def test_sums_of_the_reports_are_those_of_their_total_rows(desk: Desk, reports: list[list[dict[str, str]]]) -> None:
    """Twitter's own totals, as they stand in the files, against the sums of the rows."""
    found = desk.load(MANIFEST, "reports")
    sums = {
        period: figures
        for period, *figures in desk.rows(found, '"TIME PERIOD", sum(courts), sum(police), sum(accounts)', "GROUP BY 1")
    }
    differing = []
    for report in reports:
        (total,) = [record for record in report if record["COUNTRY"].startswith("TOTAL")]
        names = ["REMOVAL REQUESTS (COURT ORDERS)", next(n for n in POLICE if n in total), "ACCOUNTS SPECIFIED"]
        period = report[0]["TIME PERIOD"]
        for name, found_sum in zip(names, sums[period], strict=True):
            if whole(total[name]) != found_sum:
                differing.append((period, name.split(" (")[-1][:5], whole(total[name]), found_sum))
    # The file of early 2013 contradicts itself: its rows add up to 106 accounts, its total says 104.
    assert differing == [("January - June 2013", "ACCOU", 104, 106)]


def test_total_rows_that_nobody_dropped_are_told(desk: Desk, reports: list[list[dict[str, str]]]) -> None:
    found = desk.load(MANIFEST.replace("drop: COUNTRY in ('TOTAL', 'TOTALS') or COUNTRY is null", ""), "reports")
    assert ("totals", "COUNTRY") in codes(found)
    assert ("empty-rows", None) in codes(found)
    assert found.ledger is not None
    said = {note.code: note.text for note in found.ledger.notes}
    assert "drop: COUNTRY in ('TOTAL', 'TOTALS')" in said["totals"]
    assert "Rows without any value: 3." in said["empty-rows"]
    assert "drop: COUNTRY is null" in said["empty-rows"]


WAYS = {
    "1-plain.csv": "land,n,was\nFrance,1,gov’t\nGreece,20,x\n".encode(),
    "2-mark-and-cr.csv": "\ufeffland,n,was\rFrance,2,gov’t\r".encode(),
    "3-mac.csv": "land,n,was\rFrance,3,gov’t\r".encode("mac-roman"),
    "4-crlf-order.csv": b'was ;n;"land"\r\nx;4;France\r\n',
    "5-utf16.csv": "land\tn\twas\nFrance\t5\tgov’t\n".encode("utf-16"),
    "6-header-crlf.csv": b"land,n,was\r\nFrance,6,x\nGreece,60,x\n",
}


def test_each_file_is_read_in_its_own_way(desk: Desk) -> None:
    for name, data in WAYS.items():
        desk.write(f"w/{name}", data)
    found = desk.load("d: {files: w/*.csv, read: {encoding: [utf-8, mac-roman]}}")
    assert desk.rows(found, "land, n, was", "ORDER BY n") == [
        ("France", 1, "gov’t"),
        ("France", 2, "gov’t"),
        ("France", 3, "gov’t"),
        ("France", 4, "x"),
        ("France", 5, "gov’t"),
        ("France", 6, "x"),
        ("Greece", 20, "x"),
        ("Greece", 60, "x"),
    ]
    assert codes(found) == [("encoding-tried", None), ("line-ends", None)]
    assert found.ledger is not None
    assert [note.text.split()[0] for note in found.ledger.notes] == [
        "evidence/w/3-mac.csv",
        "evidence/w/6-header-crlf.csv",
    ]


def test_mending_one_file_leaves_one_that_ends_its_lines_with_returns(desk: Desk) -> None:
    desk.write("w/1.csv", b"a,b\r\n1,x\n2,y\r\n")
    desk.write("w/2.csv", b'a,b\r3,"of two\nlines"\r4\r5,z\r')
    found = desk.load("d: {files: w/*.csv}")
    assert desk.rows(found, order="ORDER BY a") == [(1, "x"), (2, "y"), (3, "of two\nlines"), (5, "z")]
    assert rejects(found) == [(4, "expected 2 columns, found 1")]


def test_returns_end_lines_where_feeds_stand_within_quotes(desk: Desk) -> None:
    # As many line feeds as carriage returns, but all of them in cells of two lines, and one stray CR LF.
    rows = "".join(f'{i},"two\nlines"\r' for i in range(20))
    found = desk.csv(f"a,b\r{rows}20,x\r\n21,y\n")
    assert ledger(found) == (22, 22, 0, 0)
    assert desk.rows(found, "b", "WHERE a = 7") == [("two\nlines",)]
    assert codes(found) == [("line-ends", None)]


def test_a_header_that_ends_otherwise_than_its_rows(desk: Desk) -> None:
    for number, data in enumerate((b"a,b\r1,x\n2,y\n", b"a,b\r\n1,x\r2,y\r3,z\r", b"a,b\n1,x\r\n2,y\r\n")):
        found = desk.csv(data, name=f"{number}.csv")
        assert desk.rows(found, "a, b", "ORDER BY a")[:2] == [(1, "x"), (2, "y")]
        assert codes(found) == [("line-ends", None)]


def test_lone_returns_within_lines_become_spaces_and_are_told(desk: Desk) -> None:
    found = desk.csv(b"a,b\n1,x\ry\r\n2,z\n3,w\n")
    assert desk.rows(found, order="ORDER BY a") == [(1, "x y"), (2, "z"), (3, "w")]
    assert codes(found) == [("lone-returns", None)]


@pytest.mark.parametrize(
    ("encodings", "text"),
    [
        ("[windows-1252, mac-roman]", "Õ"),  # the first in which every byte is a letter
        ("[mac-roman, windows-1252]", "’"),
        ("[utf-8, ascii, mac-roman]", "’"),
    ],
)
def test_the_first_encoding_that_fits_is_taken(desk: Desk, encodings: str, text: str) -> None:
    found = desk.csv(b"a,b\n1,\xd5\n", f"read: {{encoding: {encodings}}}")
    assert desk.rows(found) == [(1, text)]
    assert codes(found) == [("encoding-tried", None)]


def test_an_encoding_that_would_give_control_characters_does_not_fit(desk: Desk) -> None:
    # 0x92 is an apostrophe in Windows-1252 and a control character in Latin-1, which would take any byte.
    found = desk.csv(b"a,b\n1,\x92\n", "read: {encoding: [latin-1, windows-1252]}")
    assert desk.rows(found) == [(1, "’")]
    said = desk.csv_fails(b"a,b\n1,\x81\n", "read: {encoding: [latin-1, windows-1252]}", name="e.csv")
    assert "evidence/e.csv is text in none of utf-8, latin-1, windows-1252" in said


def test_utf8_is_tried_before_the_listed_and_a_mark_before_what_is_stated(desk: Desk) -> None:
    assert desk.rows(desk.csv("a,b\n1,é\n", "read: {encoding: [windows-1252, mac-roman]}")) == [(1, "é")]
    marked = desk.csv("\ufeffa,b\n1,é\n", "read: {encoding: windows-1252}", name="e.csv")
    assert desk.rows(marked, "a, b") == [(1, "é")]


def test_an_unknown_encoding_in_a_list_is_pointed_at(desk: Desk) -> None:
    desk.csv_fails("a\n1\n", "read: {encoding: [utf-8, mac-romana]}")
    place = desk.problems[0].place
    assert place is not None
    assert place.excerpt[place.column - 1 :].startswith("mac-romana")


def test_mixed_encodings_in_one_file_are_named_with_line_and_byte(desk: Desk) -> None:
    said = desk.csv_fails("a,b\n1,é\n2,ü\n3,".encode() + b"\xe9\n")
    assert "evidence/d.csv, line 4, byte 3: 0xe9 is no UTF-8" in said
    assert "mixes encodings" in said
    returns = desk.csv_fails("a,b\r1,é\r2,".encode() + b"\xe9\r", name="e.csv")
    assert "line 3, byte 3: 0xe9" in returns


def test_headings_that_mean_the_same(desk: Desk) -> None:
    desk.write("p/1.csv", "land,court orders\nFrance,1\n")
    desk.write("p/2.csv", "orders ,land\n2,Greece\n")
    said = desk.fails("d: {files: p/*.csv}")
    assert said == (
        "evidence/p/2.csv has no column 'court orders', which evidence/p/1.csv has, and has 'orders' instead: if that "
        'is the same column, name both, as in columns: {its_name: {from: ["court orders", "orders"]}}'
    )
    found = desk.load('d: {files: p/*.csv, columns: {n: {from: [orders, court orders], caveat: "Two names."}}}')
    assert desk.rows(found, "land, n", "ORDER BY n") == [("France", 1), ("Greece", 2)]
    assert found.columns["n"].caveat == "Two names."
    assert list(found.columns) == ["land", "court orders", "n"]


def test_one_file_needs_only_one_of_the_headings(desk: Desk) -> None:
    found = desk.csv("land,orders\nFrance,1\n", "columns: {n: {from: [court orders, orders]}}")
    assert list(found.columns) == ["land", "orders", "n"]


def test_a_file_with_both_headings_does_not_say_which_is_meant(desk: Desk) -> None:
    desk.csv_fails("orders,court orders\n1,2\n", "columns: {n: {from: [court orders, orders]}}")
    assert "'court orders' and 'orders'" in desk.problems[0].message
    desk.csv_fails("land\nFrance\n", "columns: {n: {from: [court orders, orders]}}", name="e.csv")
    assert "no column 'court orders' or 'orders'" in desk.problems[0].message


def test_a_missing_column_without_another_in_its_place(desk: Desk) -> None:
    desk.write("p/1.csv", "a\n1\n")
    desk.write("p/2.csv", "a,b\n3,y\n")
    assert desk.fails("d: {files: p/*.csv}") == "evidence/p/1.csv has no column 'b', which evidence/p/2.csv has"


def test_a_million_columns_are_refused_at_once(desk: Desk) -> None:
    heading = ",".join(f"c{i}" for i in range(1_000_000))
    began = time.monotonic()
    said = desk.csv_fails(f"{heading}\n{heading}\n")
    assert said == "evidence/d.csv has more than 16,384 columns, as many as a table may have"
    assert time.monotonic() - began < 20
    assert "longer than a megabyte" in desk.csv_fails("x" * 3_000_000 + "\n1\n", name="e.csv")


def test_a_line_of_three_megabytes_is_a_reject(desk: Desk) -> None:
    found = desk.csv("a,b\n1," + "x" * 3_000_000 + "\n2,y\n")
    assert ledger(found) == (2, 1, 1, 0)
    assert rejects(found) == [(2, "the record is longer than 2 MB")]


def test_nul_characters_are_kept_and_told(desk: Desk) -> None:
    found = desk.csv(b"a,b\n1,x\n2,y\0\n")
    assert desk.rows(found, order="ORDER BY a") == [(1, "x"), (2, "y\0")]
    assert codes(found) == [("nul-characters", None)]
    assert found.ledger is not None
    assert "line 3" in found.ledger.notes[0].text


def test_what_is_no_text(desk: Desk) -> None:
    assert "looks like UTF-16" in desk.csv_fails("a,b\n1,x\n".encode("utf-16-le"))
    assert "is no text but a workbook" in desk.csv_fails(b"PK\x03\x04and so on")
    assert "is text, which has no sheets" in desk.csv_fails("a\n1\n", "read: {sheet: One}")


def test_two_header_rows_in_windows_1252(desk: Desk) -> None:
    if not STAR_WARS.is_file():
        pytest.skip("the Star Wars survey is not beside the project")
    data = STAR_WARS.read_bytes()
    found = desk.csv(data, "read: {header: 2, encoding: windows-1252}")
    rows = list(csv.reader(io.StringIO(data.decode("windows-1252"), newline="")))
    assert ledger(found) == (len(rows) - 2, len(rows) - 2, 0, 0)
    assert len(found.columns) == len(rows[0]) == 38
    name = "Please rank the Star Wars films"
    (column,) = [c for c in found.columns if c.startswith(name)]
    assert column.endswith("Star Wars: Episode I The Phantom Menace")
    assert isinstance(found, Dataset)


def test_skip_names_and_no_header(desk: Desk) -> None:
    data = "A report;;\nof 2018;;\nCountry;Requests;\n;made;granted\nRussia;5;2\n"
    found = desk.csv(data, "read: {skip: 2, header: 2}")
    assert desk.rows(found) == [("Russia", 5, 2)]
    assert list(found.columns) == ["Country", "Requests made", "granted"]
    named = desk.csv(data, "read: {skip: 2, header: 2, names: [land, made, granted]}", name="e.csv")
    assert list(named.columns) == ["land", "made", "granted"]
    bare = desk.csv("1,2\n3,4\n", "read: {header: none}", name="f.csv")
    assert desk.rows(bare, "column_1, column_2", "ORDER BY 1") == [(1, 2), (3, 4)]


def test_a_row_that_stated_names_replace_is_told(desk: Desk) -> None:
    desk.write("a.csv", "author,n\nana,1\n")
    desk.write("b.csv", "ben,2\ncem,3\n")
    found = desk.load("d: {files: [a.csv, b.csv], read: {names: [author, n]}}")
    assert found.ledger is not None
    told = [note.text for note in found.ledger.notes if note.code == "names-replace"]
    assert ["(author, n)" in text or "(ben, 2)" in text for text in told] == [True, True]
    said = desk.load("d: {files: b.csv, read: {names: [author, n], header: none}}")
    assert desk.rows(said) == [("ben", 2), ("cem", 3)]
    assert said.ledger is not None
    assert said.ledger.notes == ()


def test_a_row_of_a_sheet_that_stated_names_replace_is_told(desk: Desk) -> None:
    found = desk.csv(book(["ben", 2], ["cem", 3]), "read: {names: [author, n]}", name="d.xlsx")
    assert found.ledger is not None
    assert ["(ben, 2)" in note.text for note in found.ledger.notes] == [True]
