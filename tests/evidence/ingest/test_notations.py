"""Dates, numbers, identifiers and words for "not known" that a person has to decide about: what is told of them."""

from __future__ import annotations

import pytest

from factcheck.evidence.ingest.notices import gathered

from .desk import Desk
from .test_amounts import table
from .test_csv import codes


def told(desk: Desk, *cells: str, manifest: str = "") -> tuple[list[str], str]:
    """The codes of the notices on a column with these cells, and all that is said."""
    found = desk.csv(table(*cells), manifest)
    assert found.ledger is not None
    return [code for code, _ in codes(found)], " ".join(gathered(found.ledger.notes))


@pytest.mark.parametrize(
    ("cells", "code", "formats"),
    [
        (("03/04/2021", "04/05/2021"), "dates-unread", ['"%d/%m/%Y"', '"%m/%d/%Y"']),
        (("03/04/2021", "13/04/2021"), "dates-as-text", ["the day first (13/04/2021)", '"%d/%m/%Y"']),
        (("3/4/21 9:05 PM", "4/13/21 9:05 AM"), "dates-as-text", ["the month first (4/13", '"%m/%d/%y %I:%M %p"']),
        (("13/04/2021", "04/13/2021"), "dates-mixed", ["13/04/2021", "04/13/2021"]),
    ],
)
def test_which_part_is_the_day(desk: Desk, cells: tuple[str, ...], code: str, formats: list[str]) -> None:
    said, text = told(desk, *cells)
    assert said == [code]
    assert all(part in text for part in formats), text


def test_a_late_row_tells_the_day(desk: Desk) -> None:
    filler = "x" * 60
    rows = "".join(f"{i},03/04/2021,{filler}\n" for i in range(30_000))
    found = desk.csv(f"n,v,text\n{rows}30000,04/31/2021,end\n")
    assert codes(found) == [("dates-as-text", "v")]


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (("1,234", "2,345", "17"), '{thousands: ","}'),  # more of them with a mark than without
        (("1.234,50", "2.000,00", "17,5", "-"), '{thousands: ".", decimal: ","}'),
        (("12,5", "7", "13,75"), '{decimal: ","}'),
        (("1 234", "17"), '{thousands: " "}'),
        (("1'234", "17"), """{thousands: "'"}"""),
    ],
)
def test_what_a_mark_may_mean_and_that_it_helps(desk: Desk, cells: tuple[str, ...], read: str) -> None:
    said, text = told(desk, *cells)
    assert said == ["thousands-unread"]
    assert f"write read: {read}" in text
    helped = desk.csv(table(*cells), f'read: {read[:-1]}, nulls: ["-"]}}')
    assert codes(helped) == []
    assert helped.columns["v"].family.is_number


def test_identifiers_that_a_spreadsheet_has_rounded(desk: Desk) -> None:
    assert told(desk, "906000000000000000", "907123456789012000", "2528776985")[0] == ["ruined-ids"]
    assert told(desk, "906000000000000001", "907123456789012345", "900000000000000000")[0] == []
    assert told(desk, "1000000", "2000000")[0] == []


def test_words_for_not_known_count_as_values(desk: Desk) -> None:
    said, text = told(desk, "Black", "White", "Unknown", "White")
    assert said == ["words-for-missing"]
    assert "'Unknown' (1 row)" in text
    assert 'read: {nulls: ["Unknown"]}' in text
    assert told(desk, "Black", "White", "Unknown", manifest='read: {nulls: ["Unknown"]}')[0] == []
    assert told(desk, "-", "-")[0] == []  # nothing else stands there, so that it says what it says


def test_a_second_row_of_headings(desk: Desk) -> None:
    text = "who,first film,second film\n,Episode I,Episode II\na,1,2\nb,2,1\n"
    assert codes(desk.csv(text)) == [("second-heading", None)]
    assert codes(desk.csv(text, "read: {header: 2}")) == []
    assert ("second-heading", None) not in codes(desk.csv("who,a,b\nx,n/a,n/a\ny,1,2\nz,2,1\n"))
    assert ("second-heading", None) not in codes(desk.csv("n,a,b\n1,high,low\n2,1,2\n3,2,1\n"))


def test_what_is_alike_is_told_once(desk: Desk) -> None:
    found = desk.csv("n,,b,c,d\n1,2,NA,NA,-\n2,3,1,2,1\n3,4,2,1,2\n4,5,2,1,2\n")
    assert found.ledger is not None
    assert len(found.ledger.notes) == 4
    texts = gathered(found.ledger.notes)
    assert "'b', 'c' hold numbers but for 'NA', so they were read as text." in texts
    assert texts[-1].endswith('read: {nulls: ["NA", "-"]} once.')
    assert len(texts) == 4  # no heading; b and c; d; what to write
