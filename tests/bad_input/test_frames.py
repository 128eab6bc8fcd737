"""DataFrames in memory: carried over exactly, or refused by the name of the column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

import factcheck
from bad_input.desk import Desk

ID = 1234567890123456789
CLOCK = pd.to_datetime(["2018-05-01 23:00", "2018-05-02 01:00"]).tz_localize("America/New_York")


def check(desk: Desk, frame: Any, text: str) -> dict[str, Any]:
    """The result of one claim about a frame called `posts`, of which no file and no manifest tells."""
    for path in (desk.root / "evidence").iterdir():
        path.unlink()
    run = factcheck.check(desk.claim(text), data={"posts": frame})
    (claim,) = run.to_dict()["claims"]
    return dict(claim)


GOOD = {
    "small floats": (pd.DataFrame({"x": [1.0, 2.0, None]}), "x = 2", 1),
    "nullable Int64": (pd.DataFrame({"x": pd.array([ID, None, ID - 1], dtype="Int64")}), f"x = {ID - 1}", 1),
    "uint64": (pd.DataFrame({"x": np.array([2**63 + 1, 2**63 + 2], dtype="uint64")}), f"x = {2**63 + 1}", 1),
    "integers of any size": (pd.DataFrame({"x": [ID * 10**6, ID * 10**6 + 1]}, dtype=object), f"x = '{ID * 10**6}'", 1),
    "objects of text": (pd.DataFrame({"x": ["1", "a", None]}, dtype=object), "x = 'a'", 1),
    "text and NaN": (pd.DataFrame({"x": ["a", float("nan")]}, dtype=object), "x = 'a'", 1),
    "string": (pd.DataFrame({"x": pd.array(["a", None], dtype="string")}), "x = 'a'", 1),
    "categories": (pd.DataFrame({"x": pd.Categorical(["a", "b", "a", None])}), "x = 'a'", 2),
    "categories of numbers": (pd.DataFrame({"x": pd.Categorical([1, 2, 1])}), "x = 1", 2),
    "truth values": (pd.DataFrame({"x": [True, None, False]}, dtype=object), "x", 1),
    "dates": (pd.DataFrame({"x": [date(2018, 5, 1), None]}), "x = '2018-05-01'", 1),
    "decimals": (pd.DataFrame({"x": [Decimal("1.10"), Decimal("2.20")]}), "x = 1.1", 1),
    "lists": (pd.DataFrame({"x": [["a", "b"], ["c"], []]}), "list_contains(x, 'a')", 1),
    "times in UTC": (pd.DataFrame({"x": CLOCK}), "x >= '2018-05-02' and x < '2018-05-03'", 2),
    "a column that is a number": (pd.DataFrame([[1, 2]]), '"0" = 1', 1),
    "a repeated index": (pd.DataFrame({"x": [1, 2]}, index=[5, 5]), "x > 0", 2),
    "pyarrow": (pd.DataFrame({"x": pd.array([1, None], dtype="int64[pyarrow]")}), "x = 1", 1),
    "nothing but None": (pd.DataFrame({"x": [None, None]}, dtype=object), "x > 1 or x = 'a'", None),
    "nothing but NaN": (pd.DataFrame({"x": [float("nan")] * 2}), "x > 1 or x = 'a'", None),
    "no rows": (pd.DataFrame({"x": pd.Series([], dtype="int64")}), "x > 1", 0),
}


@pytest.mark.parametrize("what", GOOD)
def test_what_is_carried_over(desk: Desk, what: str) -> None:
    frame, condition, expected = GOOD[what]
    quoted = condition.replace("'", "''")
    claim = check(desk, frame, f"measure: {{count: rows, that: '{quoted}'}}")
    assert claim["error"] is None
    assert (claim["estimate"], claim["n"]) == (expected, len(frame))


def test_times_on_the_clock_of_the_claim(desk: Desk) -> None:
    text = "timezone: America/New_York\nmeasure: {count: rows, that: \"x >= '2018-05-02' and x < '2018-05-03'\"}"
    assert check(desk, pd.DataFrame({"x": CLOCK}), text)["estimate"] == 1


BAD = {
    "ids as floats": (pd.DataFrame({"x": [1e18 + 1, None]}), "column 'x' holds whole numbers beyond 2^53 as floats"),
    "numbers and text": (pd.DataFrame({"x": [1, "a", None]}), "column 'x' mixes int and str"),
    "mappings": (pd.DataFrame({"x": [{"a": 1}]}), "column 'x' holds objects of the type dict"),
    "a name twice": (pd.DataFrame([[1, 2]], columns=["a", "a"]), "more than one column 'a'"),
    "a name but for capitals": (pd.DataFrame([[1, 2]], columns=["a", "A"]), "more than one column 'a'"),
    "no columns": (pd.DataFrame(), "the DataFrame has no columns"),
    "a list": ([1, 2], "a pandas DataFrame is needed, and this is a list"),
    "a mapping": ({"x": [1]}, "a pandas DataFrame is needed, and this is a dict"),
    "a series": (pd.Series([1, 2]), "a pandas DataFrame is needed, and this is a Series"),
    "complex numbers": (pd.DataFrame({"x": [1 + 2j]}), "dataset 'posts': "),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_refused(desk: Desk, what: str) -> None:
    frame, said = BAD[what]
    claim = check(desk, frame, "measure: {count: rows}")
    assert claim["outcome"] == "error"
    assert said in claim["error"]


def test_an_infinite_number_is_no_mean(desk: Desk) -> None:
    claim = check(desk, pd.DataFrame({"x": [float("inf"), 1.0]}), "measure: {mean: x}")
    assert (claim["outcome"], claim["estimate"]) == ("error", None)


def test_a_name_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(factcheck.SpecError, match=r"unknown dataset 'pots'(?s:.)*did you mean 'posts'\?"):
        check(desk, pd.DataFrame({"x": [1]}), "dataset: pots\nmeasure: {count: rows}")
