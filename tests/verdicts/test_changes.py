"""What differs from earlier results, and which files are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from factcheck.errors import SpecError
from factcheck.verdicts.changes import Change, changes
from factcheck.verdicts.earlier import Earlier, read
from factcheck.verdicts.verdict import Outcome

CLAIM: dict[str, Any] = {
    "id": "beach",
    "statement": "9 percent of the paintings contain a beach.",
    "file": "claims/bob-ross.yaml",
    "outcome": "refuted",
    "direction": "overstated",
    "confidence": "high",
    "rating": "False",
    "claimed": {"text": "9%", "reading": "what rounds to 9%"},
    "estimate": 0.07086614173228346,
    "low": 0.07086614173228346,
    "high": 0.07086614173228346,
    "unit": "proportion",
    "datasets": ["bob-ross"],
}
RESULTS = {"factcheck": "0.1.0", "schema": 1, "started": "2026-11-21T20:00:00Z", "claims": [CLAIM]}


def earlier(tmp_path: Path, **fields: Any) -> Earlier:
    path = tmp_path / "results.json"
    path.write_text(json.dumps({**RESULTS, "claims": [{**CLAIM, **fields}]}), encoding="utf-8")
    return read(path)


def only(before: Earlier, now: dict[str, Any], version: str = "0.1.0") -> Change:
    (change,) = changes(before, [now], version)
    return change


def test_nothing_changed(tmp_path: Path) -> None:
    assert changes(earlier(tmp_path), [CLAIM], "0.2.0") == ()
    assert changes(earlier(tmp_path), [{**CLAIM, "estimate": 0.07086614173228347}], "0.1.0") == ()
    assert changes(earlier(tmp_path), [{**CLAIM, "file": "claims/renamed.yaml", "line": 3}], "0.1.0") == ()


@pytest.mark.parametrize(
    ("now", "differing"),
    [
        ({"outcome": "supported", "direction": None}, ("outcome", "direction")),
        ({"confidence": "low"}, ("confidence",)),
        ({"rating": "Mostly false"}, ("rating",)),
        ({"estimate": 0.0709}, ("estimate",)),
        ({"estimate": 0}, ("estimate",)),
        ({"estimate": None}, ("estimate",)),
        ({"estimate": ["a", "b"]}, ("estimate",)),
        ({"low": None}, ("low",)),
        ({"unit": "beach"}, ("unit",)),
    ],
)
def test_each_thing_that_differs_is_named(tmp_path: Path, now: dict[str, Any], differing: tuple[str, ...]) -> None:
    change = only(earlier(tmp_path), {**CLAIM, **now})
    assert change.differing == differing
    assert change.differs is ("outcome" in now)
    assert change.because is None  # nothing here proves why


@pytest.mark.parametrize("estimate", [True, 1, 1.5, "Russia", ["Russia", "Spain"], {"a": 0.5, "b": 1}, None])
def test_every_kind_of_estimate_equals_itself_only(tmp_path: Path, estimate: Any) -> None:
    before = earlier(tmp_path, estimate=estimate)
    assert changes(before, [{**CLAIM, "estimate": estimate}], "0.1.0") == ()
    for other in (2, "Spain", ["Spain", "Russia"], {"a": 0.5}, {"a": 0.5, "b": 2}):
        assert only(before, {**CLAIM, "estimate": other}).differing == ("estimate",)


@pytest.mark.parametrize(
    ("now", "version", "because"),
    [
        ({"statement": "8 percent do."}, "0.1.0", "claim"),
        ({"claimed": {"text": "8%", "reading": "what rounds to 8%"}}, "0.2.0", "claim"),
        ({"datasets": ["other"]}, "0.1.0", "claim"),
        ({"claimed": {"text": "9%", "reading": "8% to 10%"}}, "0.1.0", "claim"),
        ({"claimed": {"text": "9%", "reading": "8% to 10%"}}, "0.2.0", None),  # perhaps the program reads it anew
        ({"claimed": None, "datasets": []}, "0.1.0", None),  # it could not be evaluated
        ({}, "0.2.0", None),
    ],
)
def test_the_reason_is_given_only_where_it_is_proven(
    tmp_path: Path, now: dict[str, Any], version: str, because: str | None
) -> None:
    assert only(earlier(tmp_path), {**CLAIM, "outcome": "close", **now}, version).because == because


def test_claims_may_be_new_or_gone(tmp_path: Path) -> None:
    new, gone = changes(earlier(tmp_path), [{**CLAIM, "id": "clouds"}], "0.1.0", gone={"beach"})
    assert (new.id, new.was, new.now, new.differs) == ("clouds", None, Outcome.REFUTED, False)
    assert (gone.id, gone.was, gone.now, gone.differs) == ("beach", Outcome.REFUTED, None, False)
    assert len(changes(earlier(tmp_path), [{**CLAIM, "id": "clouds"}], "0.1.0")) == 1  # left out of this run only


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(RESULTS), encoding="utf-8-sig")
    assert read(tmp_path / "a.json").claims["beach"]["outcome"] == "refuted"


def without(key: str) -> str:
    return json.dumps({**RESULTS, "claims": [{name: value for name, value in CLAIM.items() if name != key}]})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "a.json:1:1: this is no JSON"),
        (b'{"factcheck": "0.1.0",\n "schema": ', "a.json:2:12: this is no JSON"),
        (b"\xff\xfe{\x00}\x00", "it is not UTF-8"),
        (b"[" * 100_000, "it is too deep"),
        (b"[]", "it is no object"),
        (b"{}", "it has no 'schema'"),
        (json.dumps({**RESULTS, "schema": 2}), "its form is 2, this version of factcheck reads 1"),
        (json.dumps({**RESULTS, "started": "yesterday"}), "Invalid isoformat string: 'yesterday'"),
        (json.dumps({**RESULTS, "started": "2026-11-21T20:00:00"}), "'started' has no time zone"),
        (json.dumps({**RESULTS, "started": 5}), "holds no earlier results"),
        (json.dumps({**RESULTS, "claims": {}}), "'claims' is no list"),
        (json.dumps({**RESULTS, "claims": [7]}), "claim 1 has no id"),
        (json.dumps({**RESULTS, "claims": [CLAIM, CLAIM]}), "it has the claim 'beach' twice"),
        (json.dumps({**RESULTS, "claims": [{**CLAIM, "outcome": "true"}]}), "has the outcome 'true'"),
        (json.dumps({**RESULTS, "claims": [{**CLAIM, "low": "7%"}]}), "'low' of the claim 'beach' is no number"),
        (json.dumps({**RESULTS, "claims": [{**CLAIM, "claimed": "9%"}]}), "claimed is no object"),
        (json.dumps({**RESULTS, "claims": [{**CLAIM, "low": float("nan")}]}), "NaN is no number"),
        (without("estimate"), "the claim 'beach' has no 'estimate'"),
        (json.dumps({"version": "2.1.0", "runs": []}), "it has no 'schema'"),
    ],
)
def test_a_file_that_holds_no_results_is_told(tmp_path: Path, content: bytes | str, said: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SpecError) as caught:
        read(path)
    (problem,) = caught.value.problems
    assert said in problem.message
    assert "factcheck check --format json" in problem.hint


def test_a_misspelt_file_is_suggested(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SpecError, match=r"does not exist\n *did you mean 'results.json'"):
        read(tmp_path / "reslts.json")
