"""CSV as it is found: every record is loaded, rejected with its line, or dropped by rule."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import random
from decimal import Decimal

import pytest
import zstandard

from factcheck.evidence.dataset import Dataset, Family

from .desk import Desk


def ledger(dataset: Dataset) -> tuple[int, int, int, int]:
    assert dataset.ledger is not None
    found = dataset.ledger
    assert found.records == found.loaded + found.rejected + found.dropped
    return found.records, found.loaded, found.rejected, found.dropped


def rejects(dataset: Dataset) -> list[tuple[int | None, str]]:
    assert dataset.ledger is not None
    return [(reject.line, reject.reason) for reject in dataset.ledger.rejects]


def codes(dataset: Dataset) -> list[tuple[str, str | None]]:
    assert dataset.ledger is not None
    return [(note.code, note.column) for note in dataset.ledger.notes]


def types(dataset: Dataset) -> dict[str, Family]:
    return {column.name: column.family for column in dataset.columns.values()}


def test_ragged_rows_are_rejected_with_their_physical_line(desk: Desk) -> None:
    found = desk.csv('a,b,c\n1,"x\n\ny",3\n4,5\n6,7,8,9\n"q"x,2,3\n10,11,12\n')
    assert ledger(found) == (5, 2, 3, 0)
    assert rejects(found) == [
        (5, "expected 3 columns, found 2"),
        (6, "expected 3 columns, found 4"),
        (7, "text goes on after a closing quote"),
    ]
    assert found.ledger is not None
    assert found.ledger.rejects[0].file == "evidence/d.csv"
    assert desk.rows(found, order="ORDER BY a") == [(1, "x\n\ny", 3), (10, "11", 12)]


def test_a_ragged_row_does_not_turn_the_file_into_one_column(desk: Desk) -> None:
    found = desk.csv("id,country,followers\n1,RU\n2,MX,5\n")
    assert list(found.columns) == ["id", "country", "followers"]
    assert ledger(found) == (2, 1, 1, 0)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_way_of_ending_lines(desk: Desk, line_end: str) -> None:
    found = desk.csv(line_end.join(["a,b", "1,x", "2", "3,z", ""]))
    assert ledger(found) == (3, 2, 1, 0)
    assert rejects(found) == [(3, "expected 2 columns, found 1")]


@pytest.mark.parametrize("data", ["a,b\n1,x\r\n2,y\n3,z\r\n", "a,b\r\n1,x\n2,y\r\n3,z\n"])
def test_mixed_line_ends_are_mended_and_said(desk: Desk, data: str) -> None:
    found = desk.csv(data)
    assert desk.rows(found, order="ORDER BY a") == [(1, "x"), (2, "y"), (3, "z")]
    assert codes(found) == [("line-ends", None)]


def test_byte_order_mark_blank_lines_and_missing_last_line_end(desk: Desk) -> None:
    found = desk.csv("\ufeffa,b\n\n1,x\n\n2,y")
    assert desk.rows(found, order="ORDER BY a") == [(1, "x"), (2, "y")]
    assert ledger(found) == (2, 2, 0, 0)


@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_the_delimiter_is_found(desk: Desk, separator: str) -> None:
    rows = [["name", "text"], ["a", "one, two; three"], ["b", "x"]]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    assert desk.rows(desk.csv(out.getvalue()), order="ORDER BY name") == [("a", "one, two; three"), ("b", "x")]


def test_a_stated_delimiter_wins(desk: Desk) -> None:
    found = desk.csv("a;b,c\n1;2,3\n", 'read: {delimiter: ";"}')
    assert list(found.columns) == ["a", "b,c"]


def test_empty_file_and_header_only(desk: Desk) -> None:
    assert "is empty" in desk.csv_fails("")
    assert "is empty" in desk.csv_fails("\n\n")
    found = desk.csv("a,b\n")
    assert ledger(found) == (0, 0, 0, 0)
    assert list(found.columns) == ["a", "b"]


def test_a_quote_that_never_closes_names_its_line(desk: Desk) -> None:
    said = desk.csv_fails('a,b\n1,x\n2,"y\n3,z\n4,w\n')
    assert "line 3" in said
    assert "never closed" in said


def test_wrong_encoding_names_line_byte_and_the_likely_encoding(desk: Desk) -> None:
    said = desk.csv_fails("a,b\n1,x\n2,L\xf3pez\n".encode("latin-1"))
    assert "line 3, byte 4: 0xf3" in said
    assert "windows-1252" in said
    cyrillic = desk.csv_fails("имя,текст\n1,Привет мир\n".encode("windows-1251"))
    assert "windows-1251" in cyrillic
    old_apple = desk.csv_fails("a,b\n1,Zoé\n2,où\n".encode("mac-roman"))  # 0x9d is no character of windows-1252
    assert "read: {encoding: mac-roman}" in old_apple


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-16", "koi8-r", "utf-8-sig"])
def test_stated_encodings_are_decoded(desk: Desk, encoding: str) -> None:
    found = desk.csv("имя,n\nПривет,1\n".encode(encoding), f"read: {{encoding: {encoding}}}")
    assert desk.rows(found) == [("Привет", 1)]


def test_a_byte_outside_the_stated_encoding_is_an_error(desk: Desk) -> None:
    said = desk.csv_fails(b"a,b\n1,x\n2,\x81\n", "read: {encoding: windows-1252}")
    assert "line 3" in said


def test_an_unknown_encoding_is_a_problem_of_the_manifest(desk: Desk) -> None:
    desk.csv_fails("a\n1\n", "read: {encoding: utf-9}")
    assert desk.problems[0].place is not None
    assert "utf-9" in desk.problems[0].message


def test_gz_and_zst(desk: Desk) -> None:
    data = b"a,b\n1,x\n2\n3,y\n"
    for name, packed in (("d.csv.gz", gzip.compress(data)), ("d.csv.zst", zstandard.compress(data))):
        found = desk.csv(packed, name=name)
        assert ledger(found) == (3, 2, 1, 0)
        assert rejects(found) == [(3, "expected 2 columns, found 1")]


@pytest.mark.parametrize("name", ["d.csv.gz", "d.csv.zst"])
def test_a_compressed_file_that_is_cut_off_is_no_short_file(desk: Desk, name: str) -> None:
    data = b"a,b\n" + b"".join(b"%d,%d\n" % (i, i * 7919 % 10007) for i in range(50_000))
    packed = gzip.compress(data) if name.endswith("gz") else zstandard.compress(data)
    for cut in (len(packed) // 2, len(packed) - 1, len(packed) - 6):
        said = desk.csv_fails(packed[:cut], name=name)
        assert "cut off" in said or "end of GZIP" in said


def test_typing_never_changes_a_value(desk: Desk) -> None:
    found = desk.csv(
        "zip,id,huge,share,when,day,flag,yes,sci,mixed,under,plus,pad\n"
        "007,1000000000000000001,12345678901234567890,0.10,2018-04-10 12:00:00,2018-04-10,true,yes,1e3,1,1_000,+5, 7\n"
        "120,9223372036854775807,1,0.2,2018-04-11T01:02:03Z,2018-04-11,False,no,2.5e-3,x,2,6,8\n"
    )
    assert types(found) == {
        "zip": Family.TEXT,
        "id": Family.INTEGER,
        "huge": Family.TEXT,
        "share": Family.DECIMAL,
        "when": Family.TIMESTAMP,
        "day": Family.DATE,
        "flag": Family.BOOLEAN,
        "yes": Family.TEXT,
        "sci": Family.DOUBLE,
        "mixed": Family.TEXT,
        "under": Family.TEXT,
        "plus": Family.TEXT,
        "pad": Family.INTEGER,
    }
    assert desk.rows(found, "id, share, huge, pad", "ORDER BY id") == [
        (1000000000000000001, Decimal("0.10"), "12345678901234567890", 7),
        (9223372036854775807, Decimal("0.20"), "1", 8),
    ]


@pytest.mark.parametrize(
    ("late", "family", "kept"),
    [
        ("n/a", Family.TEXT, "n/a"),
        ("007", Family.TEXT, "007"),
        ("1.5", Family.DECIMAL, Decimal("1.5")),
        ("1.7e9", Family.DOUBLE, 1.7e9),
        ("99999999999999999999", Family.TEXT, "99999999999999999999"),
        ("1,5", Family.TEXT, "1,5"),
        ("", Family.INTEGER, None),
        ("  ", Family.INTEGER, None),
        ("true", Family.TEXT, "true"),
        ("2018-01-01", Family.TEXT, "2018-01-01"),
    ],
)
def test_a_late_value_that_does_not_fit_is_kept(desk: Desk, late: str, family: Family, kept: object) -> None:
    # The sample ends with the first megabyte; the odd value stands in the last row.
    rows = "".join(f'{i},"{"x" * 40}"\n' for i in range(40_000))
    found = desk.csv(f'n,text\n{rows}"{late}",end\n')
    assert types(found)["n"] is family
    assert ledger(found) == (40_001, 40_001, 0, 0)
    assert desk.rows(found, "n", "WHERE text = 'end'") == [(kept,)]
    assert desk.rows(found, "count(DISTINCT n)") == [(40_000 + (kept is not None),)]


@pytest.mark.parametrize("column", ["0.5", "2018-04-10", "true", "2018-04-10 10:00:00"])
def test_a_column_that_only_begins_late_gets_its_type(desk: Desk, column: str) -> None:
    rows = "".join(f',"{"x" * 40}"\n' for _ in range(40_000))
    found = desk.csv(f"n,text\n{rows}{column},end\n")
    assert types(found)["n"] is not Family.TEXT


def test_decimals_of_later_rows_are_not_rounded(desk: Desk) -> None:
    rows = "".join(f"0.5,{'x' * 40}\n" for _ in range(40_000))
    found = desk.csv(f"n,text\n{rows}0.123,end\n")
    assert desk.rows(found, "n", "WHERE text = 'end'") == [(Decimal("0.123"),)]


def test_a_stated_type_counts_what_it_loses(desk: Desk) -> None:
    found = desk.csv(
        "n,d,t\n1,2018-01-01,a\n1.7,2018-13-01,b\nn/a,,c\n,x,d\n1e5,2018-02-01,e\n",
        "columns: {n: {type: integer}, d: {type: date}}",
    )
    assert found.ledger is not None
    assert found.ledger.lost == {"n": 3, "d": 2}
    assert desk.rows(found, "n, d", "ORDER BY t") == [
        (1, datetime.date(2018, 1, 1)),
        (None, None),
        (None, None),
        (None, None),
        (None, datetime.date(2018, 2, 1)),
    ]


def test_a_stated_decimal_keeps_the_decimals_of_every_row(desk: Desk) -> None:
    rows = "".join(f"{i}.5,{'x' * 40}\n" for i in range(40_000))
    found = desk.csv(f"n,text\n{rows}0.12345,end\nx,y\n", "columns: {n: {type: decimal}}")
    assert found.ledger is not None
    assert found.ledger.lost == {"n": 1}
    assert desk.rows(found, "n", "WHERE text = 'end'") == [(Decimal("0.1234500000"),)]


def test_thousands_decimal_comma_and_currency(desk: Desk) -> None:
    found = desk.csv(
        'a,b,c\n"2,504",$3,1\n"1,000,000",-$4.50,2\n12,5 $,3\n', 'read: {thousands: ","}, columns: {b: {type: decimal}}'
    )
    assert desk.rows(found, order="ORDER BY c") == [
        (2504, Decimal("3"), 1),
        (1000000, Decimal("-4.5"), 2),
        (12, Decimal("5"), 3),
    ]
    german = desk.csv('a;b\n"1.234,5";x\n"0,25";y\n', 'read: {thousands: ".", decimal: ","}', name="german.csv")
    assert desk.rows(german, order="ORDER BY b") == [(Decimal("1234.50"), "x"), (Decimal("0.25"), "y")]


def test_misplaced_thousands_are_no_number(desk: Desk) -> None:
    found = desk.csv('a,b\n"25,04",1\n"2,504",2\n', 'read: {thousands: ","}')
    assert types(found)["a"] is Family.TEXT


def test_ambiguous_dates_stay_text_and_are_mentioned(desk: Desk) -> None:
    found = desk.csv("day,n\n03/04/2018,1\n05/04/2018,2\n")
    assert types(found)["day"] is Family.TEXT
    assert codes(found) == [("dates-unread", "day")]
    stated = desk.csv("day,n\n03/04/2018,1\n05/04/2018,2\n", 'columns: {day: {format: "%d/%m/%Y"}}', name="e.csv")
    assert desk.rows(stated, "day", "ORDER BY n")[0] == (datetime.date(2018, 4, 3),)
    assert codes(stated) == []


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("03/04/2018", '{type: date, format: "%d/%m/%Y"}'),
        ("03.04.18", '{type: date, format: "%d.%m.%y"}'),
        ("03/24/2018", '{type: date, format: "%m/%d/%Y"}'),
        ("03/04/2018 18:54", '{type: timestamp, format: "%d/%m/%Y %H:%M"}'),
        ("3-4-2018 6:54:01 PM", '{type: timestamp, format: "%d-%m-%Y %I:%M:%S %p"}'),
    ],
)
def test_the_format_that_is_offered_for_dates_reads_them_whole(desk: Desk, said: str, stated: str) -> None:
    found = desk.csv(f"day,n\n{said},1\n")
    assert found.ledger is not None
    (note,) = found.ledger.notes
    assert stated in note.text
    read = desk.csv(f"day,n\n{said},1\n", f"columns: {{day: {stated}}}", name="stated.csv")
    assert (ledger(read), codes(read)) == ((1, 1, 0, 0), [])
    assert types(read)["day"] is (Family.DATE if "{type: date" in stated else Family.TIMESTAMP)
    assert [day for (day,) in desk.rows(read, "day")] != [None]


def test_time_zones_become_utc(desk: Desk) -> None:
    data = "a,b,n\n2018-07-01 12:00:00,01.07.2018 12:00,1\n2018-07-01 12:00:00+00:00,01.01.2018 12:00,2\n"
    found = desk.csv(
        data,
        "columns: {a: {type: timestamp, timezone: Europe/Berlin}, "
        'b: {type: timestamp, format: "%d.%m.%Y %H:%M", timezone: Europe/Moscow}}',
    )
    assert desk.rows(found, "a, b", "ORDER BY n") == [
        (datetime.datetime(2018, 7, 1, 10), datetime.datetime(2018, 7, 1, 9)),
        (datetime.datetime(2018, 7, 1, 12), datetime.datetime(2018, 1, 1, 9)),
    ]
    assert found.columns["a"].timezone == "Europe/Berlin"


def test_twitters_own_dates(desk: Desk) -> None:
    found = desk.csv(
        "at\nWed Aug 27 13:08:45 +0200 2008\n", 'columns: {at: {type: timestamp, format: "%a %b %d %H:%M:%S %z %Y"}}'
    )
    assert desk.rows(found) == [(datetime.datetime(2008, 8, 27, 11, 8, 45),)]


def test_nulls_and_words_among_numbers(desk: Desk) -> None:
    data = "n,t\n" + "".join(f"{i},NA\n" for i in range(50)) + "-,NULL\nNA,\n-,''\n"
    found = desk.csv(data)
    assert types(found)["n"] is Family.TEXT
    assert codes(found) == [("words-in-numbers", "n"), ("words-for-missing", "t")]
    assert found.ledger is not None
    assert "'-' (2 rows), 'NA' (1 row)" in found.ledger.notes[0].text
    stated = desk.csv(data, 'read: {nulls: ["-", NA]}', name="e.csv")
    assert types(stated)["n"] is Family.INTEGER
    assert desk.rows(stated, "count(n), count(t)") == [(50, 2)]


def test_thousands_that_nobody_stated(desk: Desk) -> None:
    found = desk.csv('n,t\n5,a\n7,b\n8,c\n-,d\n"1,272",e\n')
    assert types(found)["n"] is Family.TEXT
    assert codes(found) == [("thousands-unread", "n")]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ("1.334 872 2.010 640", True),
        ("1.334 2.010", True),
        ("-1.334 0 12.010.000", False),  # no number at all to the engine: it stays text
        ("1.334 872 2.01", False),  # one of them has other decimals
        ("1.334 1872", False),  # a thousand without a point
        ("0.334 1 0.500", False),  # no thousands begin with 0
    ],
)
def test_points_that_perhaps_separate_thousands(desk: Desk, values: str, told: bool) -> None:
    data = "n,t\n" + "".join(f"{value},a\n" for value in values.split())
    assert [code for code, _ in codes(desk.csv(data)) if code == "points-read"] == ["points-read"] * told
    for number, stated in enumerate(("columns: {n: {type: decimal}}", 'read: {thousands: "."}')):
        assert "points-read" not in dict(codes(desk.csv(data, stated, name=f"e{number}.csv")))


def test_what_a_rule_and_what_a_key_left_out(desk: Desk) -> None:
    found = desk.csv("id,n\n1,a\n1,a\n2,b\nTOTAL,c\n", "key: id, on_duplicate: drop, drop: id = 'TOTAL'").ledger
    assert found is not None
    assert (found.records, found.loaded, found.dropped, found.dropped_by_rule) == (4, 2, 2, 1)


def test_ids_that_a_spreadsheet_has_ruined(desk: Desk) -> None:
    assert codes(desk.csv("id,t\n1.26E+18,a\n1.27E+18,b\n")) == [("ruined-ids", "id")]


def test_empty_text_is_null(desk: Desk) -> None:
    assert desk.rows(desk.csv('a,b\n"",x\n,y\n')) == [(None, "x"), (None, "y")]


def test_headings_repeated_empty_or_differing_in_case(desk: Desk) -> None:
    found = desk.csv("id,,ID,id,id_2\n1,2,3,4,5\n")
    assert list(found.columns) == ["id", "column_2", "ID_3", "id_4", "id_2"]
    assert desk.rows(found) == [(1, 2, 3, 4, 5)]
    assert [code for code, _ in codes(found)] == ["no-heading", "repeated-heading", "repeated-heading"]


def test_two_header_rows_are_joined(desk: Desk) -> None:
    found = desk.csv('Country,Requests,\n,"made",granted\nRussia,5,2\n', "read: {header: 2}")
    assert list(found.columns) == ["Country", "Requests made", "granted"]
    assert desk.rows(found) == [("Russia", 5, 2)]


def test_skipped_lines_and_given_names(desk: Desk) -> None:
    found = desk.csv('A report, "unbalanced\n\nof 2018\nx,y\n1,2\n', "read: {skip: 3, names: [a, b]}")
    assert desk.rows(found, "a, b") == [(1, 2)]
    headless = desk.csv("1,2\n3,4\n", "read: {header: none, names: [a, b]}", name="e.csv")
    assert desk.rows(headless, "a, b", "ORDER BY a") == [(1, 2), (3, 4)]


def test_a_first_row_of_data_is_not_swallowed_as_a_header(desk: Desk) -> None:
    found = desk.csv("2018-04-10 10:00:00,anna,5\n2018-04-10 11:00:00,ben,6\n")
    assert ledger(found)[0] == 2
    assert codes(found)[0] == ("no-header", None)
    years = desk.csv("country,2016,2017\nRussia,5,6\n", name="e.csv")
    assert list(years.columns) == ["country", "2016", "2017"]


def test_headings_of_any_script_and_with_quotes(desk: Desk) -> None:
    found = desk.csv('Page Name,страна,"say ""hi""",a\'b\nx,Россия,1,2\n')
    assert list(found.columns) == ["Page Name", "страна", 'say "hi"', "a'b"]
    assert desk.rows(found) == [("x", "Россия", 1, 2)]


def test_backslash_escapes(desk: Desk) -> None:
    found = desk.csv('a,b\n1,"say \\"hi, you\\""\n2,x\n')
    assert desk.rows(found, order="ORDER BY a") == [(1, 'say "hi, you"'), (2, "x")]


def test_text_is_normalised_to_nfc(desk: Desk) -> None:
    found = desk.csv("name,n\nJose\u0301,1\nJosé,2\nascii,3\nПривет,4\n")
    assert desk.rows(found, "name, count(*)", "GROUP BY 1 ORDER BY 2 DESC, 1")[0] == ("José", 2)


def test_several_files_are_one_dataset_by_name(desk: Desk) -> None:
    desk.write("p/1.csv", "a,b\n1,x\n2\n")
    desk.write("p/2.csv", "b;a\ny;3\n")
    found = desk.load("d: {files: p/*.csv}")
    assert desk.rows(found, "a, b", "ORDER BY a") == [(1, "x"), (3, "y")]
    assert found.ledger is not None
    assert [(r.file, r.line) for r in found.ledger.rejects] == [("evidence/p/1.csv", 3)]
    assert [file.path for file in found.files] == ["evidence/p/1.csv", "evidence/p/2.csv"]


def test_a_file_that_lacks_a_column_is_named(desk: Desk) -> None:
    desk.write("p/1.csv", "a,b\n1,x\n")
    desk.write("p/2.csv", "a,c\n3,y\n")
    said = desk.fails("d: {files: p/*.csv}")
    assert "evidence/p/2.csv has no column 'b'" in said


def test_drop_leaves_rows_out_and_says_how_many(desk: Desk) -> None:
    found = desk.csv("country,n\nRussia,5\nTOTAL,9\nUkraine,4\n,1\n", "drop: country = 'TOTAL'")
    assert ledger(found) == (4, 3, 0, 1)
    assert found.ledger is not None
    assert found.ledger.drop_rule == "country = 'TOTAL'"
    assert desk.rows(found, "sum(n)") == [(10,)]


def test_values_of_dropped_rows_are_not_lost(desk: Desk) -> None:
    found = desk.csv("c,n\nRussia,5\nTOTAL,sum\n", "drop: c = 'TOTAL', columns: {n: {type: integer}}")
    assert found.ledger is not None
    assert found.ledger.lost == {}


def test_keys(desk: Desk) -> None:
    data = "id,v\n1,a\n1,b\n2,c\n,d\n,e\n"
    found = desk.csv(data, "key: id")
    assert found.ledger is not None
    assert (found.ledger.duplicates, found.ledger.null_keys) == (1, 2)
    assert ledger(found) == (5, 5, 0, 0)
    dropped = desk.csv(data, "key: id, on_duplicate: drop", name="e.csv")
    assert ledger(dropped) == (5, 4, 0, 1)
    assert desk.rows(dropped, "v", "ORDER BY v") == [("a",), ("c",), ("d",), ("e",)]
    said = desk.csv_fails(data, "key: id, on_duplicate: error", name="f.csv")
    assert "id = 1" in said


def test_a_key_that_is_no_column_is_a_problem(desk: Desk) -> None:
    desk.csv_fails("post_id,v\n1,a\n", "key: postid")
    assert "postid" in desk.problems[0].message
    assert "post_id" in desk.problems[0].hint
    assert desk.problems[0].place is not None


def test_computed_columns(desk: Desk) -> None:
    desk.write("d.csv", "score,country\n0,ru\n2,mx\n")
    found = desk.load(
        """
        d:
          files: d.csv
          columns:
            low: {expr: score <= 1}
            country: {expr: upper(country), caveat: Self-declared.}
            poor: {expr: "low and country = 'RU'"}
        """
    )
    assert desk.rows(found, "score, low, country, poor", "ORDER BY score") == [
        (0, True, "RU", True),
        (2, False, "MX", False),
    ]
    assert found.columns["low"].uses == ("score",)
    assert found.columns["country"].caveat == "Self-declared."


def test_an_expression_that_cannot_be_read_points_into_the_manifest(desk: Desk) -> None:
    desk.csv_fails("score\n0\n", "columns: {low: {expr: scor <= 1}}")
    place = desk.problems[0].place
    assert place is not None
    assert place.excerpt[place.column - 1 :].startswith("scor <= 1")


def test_a_column_that_the_file_lacks_gets_the_near_names(desk: Desk) -> None:
    desk.csv_fails("country,n\nx,1\n", "columns: {contry: {caveat: no}}")
    assert desk.problems[0].hint == "did you mean 'country'?"


def test_a_renamed_column(desk: Desk) -> None:
    found = desk.csv(
        "Page Name,geo.country\nx,RU\n", "columns: {page: {from: Page Name}, country: {from: geo.country}}"
    )
    assert desk.rows(found, 'page, country, "Page Name"') == [("x", "RU", "x")]


def test_the_ledger_balances_on_files_full_of_traps(desk: Desk) -> None:
    """Every record of 40 random files is loaded or rejected, told apart by Python's own reader."""
    random.seed(20181110)
    for number in range(40):
        out, good, bad = ["id,text,n"], [], 0
        for i in range(random.randrange(0, 300)):
            text = random.choice(["plain", 'with "quotes"', "two\nlines", "comma, inside", "", "é", "🙂", " pad ", "'"])
            kind = random.random() if i else 1.0
            cell = '"' + text.replace('"', '""') + '"'
            if kind < 0.05:
                out.append(f"{i},{cell}")
                bad += 1
            elif kind < 0.1:
                out.append(f"{i},{cell},1,extra")
                bad += 1
            else:
                out.append(f"{i},{cell},{i}")
                good.append((str(i), text or None))
        name = f"t{number}.csv"
        desk.write(name, "\n".join(out) + "\n")
        found = desk.load(f"d{number}: {{files: {name}}}", f"d{number}")
        assert ledger(found) == (len(good) + bad, len(good), bad, 0)
        parsed = list(csv.reader(io.StringIO("\n".join(out) + "\n", newline="")))[1:]
        assert found.ledger is not None
        assert found.ledger.records == len(parsed)
        assert sorted(desk.rows(found, "CAST(id AS VARCHAR), text")) == sorted(good)
        lines = (desk.root / "evidence" / name).read_text().split("\n")
        for reject in found.ledger.rejects:
            assert reject.line is not None
            assert lines[reject.line - 1] == reject.text.split("\n")[0]


def test_many_columns_have_more_losses_than_one_mask_holds(desk: Desk) -> None:
    width = 150
    heading = ",".join(f"c{i}" for i in range(width))
    good, bad = ",".join("1" for _ in range(width)), ",".join("x" for _ in range(width))
    spec = ", ".join(f"c{i}: {{type: integer}}" for i in range(width))
    found = desk.csv(f"{heading}\n{good}\n{bad}\n", f"columns: {{{spec}}}")
    assert found.ledger is not None
    assert found.ledger.lost == {f"c{i}": 1 for i in range(width)}
    assert list(found.columns) == [f"c{i}" for i in range(width)]


def test_words_for_zones_are_not_read(desk: Desk) -> None:
    """CST is Chicago or Shanghai; only offsets, Z and UTC say which moment is meant."""
    times = ["2020-05-03T10:11:12Z", "2020-05-03 10:11:12 UTC", "2020-05-03T10:11:12.5+02:00", "2020-05-03 10:11:12 CST"]
    dataset = desk.csv("at\n" + "\n".join(times) + "\n", "columns: {at: {type: timestamp}}")
    assert desk.rows(dataset, "CAST(\"at\" AS VARCHAR)") == [
        ("2020-05-03 10:11:12",), ("2020-05-03 10:11:12",), ("2020-05-03 08:11:12.5",), (None,),
    ]  # fmt: skip
    assert dataset.ledger is not None
    assert dataset.ledger.lost == {"at": 1}
    assert desk.csv("at\n" + "\n".join(times) + "\n", name="e.csv").columns["at"].family is Family.TEXT


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ('name,"size" in cm,weight', ["name", "size in cm", "weight"]),
        ('name, "size" in cm,weight', ["name", '"size" in cm', "weight"]),
        ('name,5" disk,weight', ["name", '5" disk', "weight"]),
        ('name,"size, ""outer""",weight', ["name", 'size, "outer"', "weight"]),
        ('name, "size" ,weight', ["name", '"size"', "weight"]),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_quotes_in_a_header_take_no_rows_with_them(desk: Desk, header: str, names: list[str], ends: str) -> None:
    found = desk.csv(ends.join([header, "a,1,2", "b,3", "c,5,6", ""]))
    assert ledger(found) == (3, 2, 1, 0)
    assert [name.strip() for name in found.columns] == names
    assert rejects(found) == [(3, "expected 3 columns, found 2")]
    assert desk.rows(found, "name", "ORDER BY 1") == [("a",), ("c",)]


def test_a_cell_of_two_lines_below_such_a_header_does_not_end_it(desk: Desk) -> None:
    found = desk.csv('name,"size" in cm\ra,1\r"b\nc",2\rd,3\r')
    assert ledger(found) == (3, 3, 0, 0)
    assert desk.rows(found, "name", "ORDER BY 1") == [("a",), ("b\nc",), ("d",)]


def test_other_line_ends_further_down_take_no_rows_with_such_a_header(desk: Desk) -> None:
    found = desk.csv('\ufeffname,"size" in cm\ra,1\rb,2\nc,3\r')
    assert ledger(found) == (3, 3, 0, 0)


def test_rows_below_such_a_header_are_mended_and_counted_too(desk: Desk) -> None:
    found = desk.csv('said on\nname,"size" in cm\r\na,1\nb,2\r\nc,3\n', "read: {skip: 1}")
    assert ledger(found) == (3, 3, 0, 0)
    assert sum(size for (size,) in desk.rows(found, '"size in cm"')) == 6


@pytest.mark.parametrize(
    "data", ['name,"size,weight\na,1,2\nb,3,4\n', 'name,"size,weight\na,"1",2\nb,3,4\n', '"name,size\n']
)
def test_a_quote_of_the_header_that_is_never_closed_is_told(desk: Desk, data: str) -> None:
    assert "line 1: a quote (\") in the header is never closed" in desk.csv_fails(data)


def test_lines_of_json_are_not_lost_in_a_header(desk: Desk) -> None:
    data = '{"a": [1, 2], "b": 3}\n{"a": [1, 4], "b": 3}\n{"a": [1], "b": 3}\n'
    assert "evidence/d.csv holds JSON" in desk.csv_fails(data)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!DOCTYPE html>\n<html><body>Log in, please</body></html>\n", "a web page"),
        ('\n<html lang="de">\n', "a web page"),
        ('{"id": 1, "text": "a"}\n{"id": 2, "text": "b"}\n', "format: jsonl"),
        ('[{"id": 1},\n{"id": 2}]\n', "format: jsonl"),
    ],
)
def test_what_is_no_table_is_not_read_as_one(desk: Desk, text: str, said: str) -> None:
    assert said in desk.csv_fails(text)


def test_headings_that_look_like_markup_are_headings(desk: Desk) -> None:
    assert list(desk.csv("<id>,<text>\n1,a\n").columns) == ["<id>", "<text>"]


def test_a_stated_zone_word_is_read_only_where_it_is_certain(desk: Desk) -> None:
    dataset = desk.csv(
        "at\n03/05/2020 10:11 UTC\n03/05/2020 10:11 CST\n", 'columns: {at: {type: timestamp, format: "%d/%m/%Y %H:%M %Z"}}'
    )
    assert desk.rows(dataset) == [(datetime.datetime(2020, 5, 3, 10, 11),), (None,)]
    assert dataset.ledger is not None
    assert dataset.ledger.lost == {"at": 1}
