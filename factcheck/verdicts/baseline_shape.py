"""What the JSON of a baseline must be, and the blocks that it then is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from factcheck.text.shape import Each, Is, Keys, Some, told, wrong
from factcheck.verdicts.baseline import CLAIMED, FIGURES, SCHEMA, Block, Column, Recorded, Rested, State
from factcheck.verdicts.verdict import Outcome


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value) is not None


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_OUTCOMES = tuple(outcome.value for outcome in Outcome if outcome is not Outcome.ERROR)  # no error is ever recorded
_ANY = Is("any value", lambda _: True)
_TEXT = Is("text", lambda value: isinstance(value, str))
_NUMBER = Is("a number", _is_number).or_null()
_COUNT = Is("a whole number from 0 on", _is_count)
_DIGEST = Is("a sha256 of 64 hexadecimal digits", _is_digest)
_CLAIM = Keys(
    {
        "statement": _TEXT,
        "outcome": Is(f"one of {', '.join(_OUTCOMES)}", lambda value: value in _OUTCOMES),
        **dict.fromkeys(("direction", "confidence", "rating"), _TEXT.or_null()),
        "claimed": Keys(dict.fromkeys(CLAIMED, _TEXT), null=True),
        "estimate": _ANY,
        "low": _NUMBER,
        "high": _NUMBER,
        "unit": _TEXT.or_null(),
        "n": _NUMBER,
        "missing": _NUMBER,
        "accepted": Is("a day such as 2026-11-21", _is_day),
        "claim": Keys({"sha256": _DIGEST, "spec": Each(_ANY, "key")}, {"rules": Each(_ANY, "key")}),
        "data": Each(
            Keys({"sha256": _DIGEST.or_null(), "described": _DIGEST, "columns": _DIGEST.or_null()}), "the dataset"
        ),
        "engine": Keys({"factcheck": _TEXT, "method": _TEXT.or_null()}),
    }
)
_COLUMN = Keys({"sha256": _DIGEST}, {"values": Each(_COUNT, "the value")})
_STATE = Keys(
    {"sha256": _DIGEST.or_null(), "described": _DIGEST, "rows": _COUNT, "columns": Each(_COLUMN, "the column")}
)
_FILE = Keys(
    {
        "baseline": Is(f"the number {SCHEMA}", lambda value: _is_count(value) and value == SCHEMA),
        "claims": Each(_CLAIM, "the claim"),
        "datasets": Each(Some(_STATE), "the dataset"),
    }
)


def faults(found: Any) -> Iterator[str]:
    """Everything that is wrong with what a file holds."""
    form = found.get("baseline") if isinstance(found, dict) else None
    if form is None and isinstance(found, dict):
        yield "this is no baseline: it has no 'baseline'"
        return
    if form is not None and form != SCHEMA:  # nothing else of another form can be judged
        yield f"its form is {told(form)}, this version of factcheck reads {SCHEMA}"
        return
    shapeless = list(wrong(found, _FILE))
    yield from shapeless
    if not shapeless:
        yield from _without_range(found)
        yield from _without_state(found)


def _without_range(found: Mapping[str, Any]) -> Iterator[str]:
    for id, claim in found["claims"].items():
        low, high = claim["low"], claim["high"]
        if low is not None and high is not None and low > high:
            yield f"the claim '{id}': 'low' is {told(low)}, above 'high', which is {told(high)}"
        if isinstance(claim["estimate"], str) and (low, high) != (None, None):
            yield f"the claim '{id}': 'estimate' is no number, so 'low' and 'high' must be null"


def _without_state(found: Mapping[str, Any]) -> Iterator[str]:
    recorded = of(found)
    for id, block in recorded.claims.items():
        for name, rested in block.data.items():
            if rested.columns is not None and not recorded.states(name, rested):
                yield f"the claim '{id}': what it says of the dataset '{name}' is not among the states in 'datasets'"


def of(found: Mapping[str, Any]) -> Recorded:
    """What a file holds that has no faults."""
    claims = {id: _block(claim) for id, claim in sorted(found["claims"].items())}
    datasets = {name: tuple(map(_state, states)) for name, states in sorted(found["datasets"].items())}
    return Recorded(claims, datasets)


def _block(claim: Mapping[str, Any]) -> Block:
    return Block(
        {key: claim[key] for key in FIGURES},
        date.fromisoformat(claim["accepted"]),
        claim["claim"]["sha256"],
        claim["claim"]["spec"],
        {name: Rested(**rested) for name, rested in sorted(claim["data"].items())},
        claim["engine"]["factcheck"],
        claim["engine"]["method"],
        claim["claim"].get("rules", {}),
    )


def _state(state: Mapping[str, Any]) -> State:
    columns = {name: Column(**column) for name, column in sorted(state["columns"].items())}
    return State(state["sha256"], state["described"], state["rows"], columns)
