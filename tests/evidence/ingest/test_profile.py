"""What `factcheck data NAME` shows."""

from __future__ import annotations

import hashlib
import json

from factcheck.evidence.dataset import Dataset
from factcheck.evidence.profile import profile, span

from .desk import Desk


def test_a_profile_has_the_form_of_the_contract(desk: Desk) -> None:
    data = (
        "country,n,share,day,at,flag,id\n"
        "Russia,5,0.25,2018-05-01,2018-05-01 10:00:00,true,9223372036854775807\n"
        "Russia,7,0.5,2018-05-02,2018-05-01 11:00:00,false,1\n"
        "Ukraine,x,,2018-05-02,,true,2\n"
        ",7,1,2018-05-03,2018-05-01 11:00:00,,3\n"
        "short\n"
    )
    found = desk.csv(data, "key: n, columns: {n: {type: integer}, country: {caveat: Self-declared.}}")
    result = profile(desk.engine, found, desk.root)
    assert json.loads(json.dumps(result)) == result
    assert result["ledger"] == {"records": 5, "loaded": 4, "rejected": 1, "dropped": 0, "duplicates": 1}
    assert result["rejects"] == [{"file": "evidence/d.csv", "line": 6, "reason": "expected 7 columns, found 1"}]
    digest = hashlib.sha256(data.encode()).hexdigest()
    assert result["files"] == [{"path": "evidence/d.csv", "sha256": digest, "bytes": len(data)}]
    columns = {column["name"]: column for column in result["columns"]}
    assert columns["country"] == {
        "name": "country",
        "type": "text",
        "missing": 1,
        "lost": 0,
        "distinct": 2,
        "min": None,
        "max": None,
        "common": [["Russia", 2], ["Ukraine", 1]],
        "caveat": "Self-declared.",
    }
    n = columns["n"]
    assert (n["type"], n["missing"], n["lost"], n["distinct"], n["min"], n["max"]) == ("integer", 1, 1, 2, 5, 7)
    assert (columns["share"]["type"], columns["share"]["max"]) == ("decimal", 1)
    assert (columns["day"]["min"], columns["day"]["common"][0]) == ("2018-05-01", ["2018-05-02", 2])
    assert columns["at"]["max"] == "2018-05-01T11:00:00"
    assert columns["flag"]["common"] == [[True, 2], [False, 1]]
    assert columns["id"]["max"] == 9223372036854775807


def test_a_profile_of_nested_values_and_of_nothing(desk: Desk) -> None:
    desk.write("d.jsonl", '{"tags": ["a"], "geo": {"c": "RU"}, "x": null}\n{"tags": ["a"], "y": 1}\n')
    result = profile(desk.engine, desk.load("d: {files: d.jsonl}"))
    columns = {column["name"]: column for column in result["columns"]}
    assert columns["tags"]["common"] == [[["a"], 2]]
    assert columns["geo"]["common"] == [[{"c": "RU"}, 1]]
    assert (columns["x"]["missing"], columns["x"]["distinct"], columns["x"]["common"]) == (2, 0, [])


def test_what_is_told_beside_the_contract(desk: Desk) -> None:
    """Ten numbers from 0 to 15 in sixteen bins: each of its own, and 15 in the last."""
    rows = [f"{n},2018-05-{1 + n:02d},{'' if n > 6 else 'x'}" for n in (0, 1, 2, 3, 4, 5, 6, 7, 8, 15)]
    found = desk.csv(
        "n,day,bio\n" + "\n".join([*rows, ",,"]) + "\n",
        "key: n, columns: {n: {unit: views}, bio: {missing: none}, twice: {expr: n * 2}}",
    )
    result = profile(desk.engine, found, desk.root, {"twice": "n * 2"})
    details = result["details"]
    assert details["n"]["histogram"] == {"low": 0, "high": 15, "rows": [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1]}
    assert details["n"]["unit"] == "views"
    assert details["day"]["span"] == {
        "first": "2018-05-01",
        "last": "2018-05-16",
        "unit": "day",
        "rows": [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1],
    }
    assert (details["bio"]["missing_share"], details["bio"]["missing_means_none"]) == (4 / 11, True)
    assert (details["twice"]["expr"], details["twice"]["made_from"]) == ("n * 2", ["n"])
    assert result["key"] == {"columns": ["n"], "null": 1}
    assert result["pins"] == {"evidence/d.csv": "not pinned"}


def test_a_span_is_told_by_day_month_or_year() -> None:
    """Days since 1970: 17,652 is 1 May 2018."""
    assert span([]) is None
    assert span([(17652, 3)]) == {"first": "2018-05-01", "last": "2018-05-01", "unit": "day", "rows": [3]}
    months = span([(17652, 1), (17683, 2), (17752, 4)])
    assert months == {"first": "2018-05-01", "last": "2018-08-09", "unit": "month", "rows": [1, 2, 0, 4]}
    years = span([(0, 1), (17652, 2)])
    assert years is not None
    assert (years["unit"], len(years["rows"]), years["rows"][0], years["rows"][48]) == ("year", 49, 1, 2)
    ages = span([(-719162, 1), (17652, 2)])  # from 1 January of the year 1 on
    assert ages is not None
    assert (ages["unit"], sum(ages["rows"]), len(ages["rows"]) <= 63) == ("33 years", 3, True)


def test_the_ends_leave_infinities_out(desk: Desk) -> None:
    found = desk.csv(
        "x,at\n1.5,2018-05-01\ninf,infinity\n-inf,2018-05-02\n",
        "columns: {x: {type: double}, at: {type: date}}",
    )
    columns = {column["name"]: column for column in profile(desk.engine, found)["columns"]}
    assert (columns["x"]["min"], columns["x"]["max"]) == (1.5, 1.5)
    assert (columns["at"]["min"], columns["at"]["max"]) == ("2018-05-01", "2018-05-02")


def test_the_commonest_values_are_in_one_order_whatever_the_engine_does(desk: Desk) -> None:
    found = desk.csv("x\n" + "\n".join("gfedcbagfe") + "\n")
    (column,) = profile(desk.engine, found)["columns"]
    assert column["common"] == [["e", 2], ["f", 2], ["g", 2], ["a", 1], ["b", 1]]


def test_a_caveat_is_shown_with_what_is_made_from_its_column(desk: Desk) -> None:
    desk.write("d.csv", "country,n\nMexico,1\n")
    manifest = (
        "d: {files: d.csv, columns: {country: {caveat: Self-declared.}, land: {expr: lower(country)}}}\n"
        'q: {query: "SELECT upper(land) AS l, n FROM d WHERE country IS NOT NULL"}\n'
    )
    loaded = desk.load_all(manifest).datasets
    shown = {}
    for name in ("d", "q"):
        dataset = loaded[name]
        assert isinstance(dataset, Dataset)
        result = profile(desk.engine, dataset)
        shown |= {f"{name}.{column['name']}": column["caveat"] for column in result["columns"]}
    assert result["details"]["l"]["made_from"] == ["d.land"]
    said = "Self-declared."
    assert shown == {"d.country": said, "d.land": said, "d.n": None, "q.l": said, "q.n": None}
