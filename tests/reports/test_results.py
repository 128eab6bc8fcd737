"""The JSON of a run: the keys, their order and their types, as outside programs rely on them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import jsonschema
import pytest

from factcheck.claims.figures import Quantity, read
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.results import as_json, claimed, render
from factcheck.verdicts.changes import Change
from factcheck.verdicts.verdict import Outcome, Verdict

from . import gallery, hostile
from .build import STARTED, FakeRun, claim, note, share, verdict
from .circumstances import CIRCUMSTANCES
from .gallery import OUTCOMES
from .kinds import KINDS, first_day, shares, top_set

KEYS = [
    "id", "statement", "file", "line", "outcome", "direction", "leaning", "confidence", "rating", "claimed", "estimate",
    "low", "high", "unit", "n", "missing", "datasets", "notes", "checks", "variants", "error",
]  # fmt: skip
OUTCOME_NAMES = ["supported", "close", "refuted", "inconclusive", "unverifiable", "error"]

NUMBER = {"type": ["number", "null"]}
TEXT = {"type": ["string", "null"]}
CLAIMED = {
    "type": ["object", "null"],
    "required": ["text", "low", "high", "low_open", "high_open", "values", "reading"],
    "additionalProperties": False,
    "properties": {
        "text": {"type": "string"},
        "low": NUMBER,
        "high": NUMBER,
        "low_open": {"type": "boolean"},
        "high_open": {"type": "boolean"},
        "values": {"type": ["array", "object", "null"]},
        "reading": {"type": "string"},
    },
}
CLAIM: dict[str, Any] = {
    "type": "object",
    "required": KEYS,
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "statement": {"type": "string"},
        "file": {"type": "string"},
        "line": {"type": "integer"},
        "outcome": {"enum": OUTCOME_NAMES},
        "direction": {"enum": ["overstated", "understated", None]},
        "leaning": {"enum": ["consistent", "against", None]},
        "confidence": {"enum": ["high", "moderate", "low", None]},
        "rating": TEXT,
        "claimed": CLAIMED,
        "estimate": {"type": ["number", "string", "array", "object", "null"]},
        "low": NUMBER,
        "high": NUMBER,
        "unit": TEXT,
        "n": {"type": ["integer", "null"]},
        "missing": {"type": ["integer", "null"]},
        "datasets": {"type": "array", "items": {"type": "string"}},
        "notes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["domain", "effect", "text"],
                "additionalProperties": False,
                "properties": {"domain": {"type": "string"}, "effect": {"type": "integer"}, "text": {"type": "string"}},
            },
        },
        "checks": {"type": "array", "items": {"$ref": "#/$defs/claim"}},
        "variants": {"type": "array", "items": {"$ref": "#/$defs/variant"}},
        "error": TEXT,
    },
}
VARIANT = {**CLAIM, "required": [*KEYS, "params"], "properties": {**CLAIM["properties"], "params": {"type": "object"}}}
SCHEMA = {
    "type": "object",
    "required": ["factcheck", "schema", "started", "claims", "summary", "changed"],
    "additionalProperties": False,
    "properties": {
        "factcheck": {"type": "string"},
        "schema": {"const": 1},
        "started": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "claims": {"type": "array", "items": {"$ref": "#/$defs/claim"}},
        "summary": {
            "type": "object",
            "required": OUTCOME_NAMES,
            "additionalProperties": False,
            "properties": {name: {"type": "integer"} for name in OUTCOME_NAMES},
        },
        "changed": {"type": "array"},
    },
    "$defs": {"claim": CLAIM, "variant": VARIANT},
}


def everything() -> FakeRun:
    return FakeRun((*(make() for make in (*OUTCOMES, *KINDS, *CIRCUMSTANCES)), hostile.hostile()))


def only(one: Verdict) -> dict[str, Any]:
    (found,) = as_json(FakeRun((one,)))["claims"]
    assert isinstance(found, dict)
    return found


def test_every_verdict_has_the_fixed_form() -> None:
    jsonschema.validate(json.loads(render(everything())), SCHEMA)


def test_the_keys_stand_in_the_fixed_order() -> None:
    run = as_json(everything())
    assert list(run) == ["factcheck", "schema", "started", "claims", "summary", "changed"]
    assert list(run["summary"]) == OUTCOME_NAMES
    for found in run["claims"]:
        assert list(found) == KEYS
        assert all(list(check) == KEYS for check in found["checks"])
        assert all(list(variant) == [*KEYS, "params"] for variant in found["variants"])


def test_the_text_is_the_same_each_time_and_holds_no_nan() -> None:
    assert render(everything()) == render(everything())
    json.loads(render(everything()), parse_constant=lambda name: pytest.fail(f"{name} in the results"))


def test_a_share_is_a_fraction_and_a_count_a_whole_number() -> None:
    beach = only(gallery.beach())
    assert (beach["claimed"]["low"], beach["claimed"]["high"]) == (0.085, 0.095)
    assert beach["estimate"] == beach["low"] == beach["high"] == 27 / 381
    assert beach["n"] == 381
    tags = render(FakeRun((gallery.tags_close(),)))
    assert '"estimate": 3221,' in tags
    assert '"low": 3224,' in tags


def test_an_unbounded_end_is_null() -> None:
    found = only(gallery.mentions_total())
    assert (found["low"], found["high"], found["estimate"]) == (96_900, None, 96_900)


def test_open_ends_are_told() -> None:
    told = claimed(read("more than 3,000", Quantity.COUNT))
    assert (told["low"], told["high"], told["low_open"], told["high_open"]) == (3000, None, True, False)


def test_sets_are_lists_dates_iso_and_compositions_mappings() -> None:
    top = only(top_set())
    assert top["estimate"] == ["Russia", "Kazakhstan", "Ukraine"]
    assert top["claimed"]["values"] == ["Kazakhstan", "Russia", "Uzbekistan"]
    assert (top["low"], top["high"]) == (None, None)
    began = only(first_day())
    assert began["estimate"] == "2017-05-03"
    assert began["claimed"]["values"] == {"from": "2017-06-01T00:00:00", "before": "2017-07-01T00:00:00"}
    assert (began["low"], began["high"], began["claimed"]["low"]) == (None, None, None)
    parts = only(shares())
    assert parts["estimate"] == {"labour": 0.397, "conservative": 0.26, "snp": 0.24, "liberal": 0.103}
    assert parts["claimed"]["values"]["snp"] == {
        "text": "19%", "low": 0.185, "high": 0.195, "low_open": False, "high_open": False,
    }  # fmt: skip


def test_a_list_of_days_is_a_list() -> None:
    told = claimed(read(["2017-06-05", "2018-01-01"], Quantity.DATE))
    assert told["values"] == ["2017-06-05", "2018-01-01"]


def test_the_reason_of_an_unverifiable_claim_is_its_first_note() -> None:
    found = only(gallery.state_backed())
    assert found["claimed"] is None
    assert found["confidence"] is None
    assert found["notes"][0] == {"domain": "", "effect": 0, "text": found["notes"][0]["text"]}
    assert found["notes"][0]["text"].startswith("Who runs an account")


def test_an_error_says_what_failed() -> None:
    found = only(gallery.failed())
    assert found["outcome"] == "error"
    assert "cut off after 4,096 bytes" in found["error"]
    assert found["estimate"] is None


def test_variants_carry_their_params() -> None:
    assert [one["params"] for one in only(gallery.beach())["variants"]] == [{"where": "GUEST = 0"}, {"where": None}]


def test_started_is_told_in_utc() -> None:
    east = datetime(2026, 11, 21, 22, 30, 15, 999, tzinfo=timezone(timedelta(hours=2)))
    assert as_json(FakeRun((), started=east))["started"] == "2026-11-21T20:30:15Z"


def test_the_summary_names_every_outcome() -> None:
    assert as_json(FakeRun(()))["summary"] == dict.fromkeys(OUTCOME_NAMES, 0)
    run = FakeRun(tuple(make() for make in OUTCOMES))
    assert list(as_json(run)["summary"].values()) == [1, 1, 1, 2, 2, 1]


def test_what_changed_is_passed_on() -> None:
    change = Change("beach", Outcome.SUPPORTED, Outcome.REFUTED, STARTED, "data")
    new = Change("clouds", None, Outcome.CLOSE, STARTED)
    assert as_json(FakeRun((), changed=(change, new)))["changed"] == [
        {"id": "beach", "was": "supported", "now": "refuted", "because": "data"},
        {"id": "clouds", "was": None, "now": "close", "because": None},
    ]


def test_damaged_text_can_still_be_written() -> None:
    broken = replace(gallery.failed(), error="cannot read evidence/\udcff.csv")
    text = render(FakeRun((broken,)))
    assert json.loads(text.encode("utf-8"))["claims"][0]["error"] == "cannot read evidence/?.csv"


def test_numbers_beyond_doubles_stay_numbers() -> None:
    spec = claim("huge", "It is huge.", measure={"sum": "x"}, claimed="more than 5")
    value = Fraction(10) ** 400 + Fraction(1, 3)
    found = Measurement(Quantity.NUMBER, value, Interval.point(value), n=1)
    text = render(FakeRun((verdict(spec, Outcome.SUPPORTED, found),)))
    assert json.loads(text)["claims"][0]["estimate"] == 10**400


def test_a_note_has_its_domain_and_effect() -> None:
    spec = claim("x", "Half of it.", measure={"share": "a"}, claimed="half")
    noted = verdict(spec, Outcome.SUPPORTED, share(1, 2), notes=(note("small-n", "imprecision", -2, n=2),))
    (told,) = only(noted)["notes"]
    assert (told["domain"], told["effect"]) == ("imprecision", -2)
