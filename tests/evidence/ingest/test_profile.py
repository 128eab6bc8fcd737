"""What `factcheck data NAME` shows."""

from __future__ import annotations

import hashlib
import json

from factcheck.evidence.profile import profile

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
