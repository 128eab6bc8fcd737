"""The results of a run as JSON, as outside programs read them: the keys, their order and their types are fixed.

Proportions are fractions, dates ISO 8601, sets lists, compositions mappings; what is absent or unbounded is null.
There is no NaN and no infinity.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from factcheck import __version__
from factcheck.claims.figures import Claimed, CompositionClaim, DateClaim, LabelClaim, NumberClaim, Quantity, SetClaim
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement, Note
from factcheck.reports.rating import rating_text
from factcheck.reports.run import Run, in_utc, tally
from factcheck.verdicts.changes import Change
from factcheck.verdicts.notes import sentence
from factcheck.verdicts.verdict import Verdict

SCHEMA = 1


def render(run: Run) -> str:
    """The results as text, the same bytes for the same run."""
    return json.dumps(as_json(run), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def as_json(run: Run, verdicts: Sequence[Verdict] | None = None) -> dict[str, Any]:
    """The one object that `check --format json` prints: of a run, or of some of its claims and those that are gone."""
    shown = run.verdicts if verdicts is None else verdicts
    left_out = {verdict.id for verdict in run.verdicts} - {verdict.id for verdict in shown}
    return {
        "factcheck": __version__,
        "schema": SCHEMA,
        "started": in_utc(run.started).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "claims": [claim(verdict) for verdict in shown],
        "summary": {outcome.value: n for outcome, n in tally(shown).items()},
        "changed": [_changed(change) for change in run.changed if change.id not in left_out],
    }


def _changed(change: Change) -> dict[str, str | None]:
    """The outcomes then and now: null where the claim is new or gone, the same where only its figures are others."""
    was, now = (None if one is None else one.value for one in (change.was, change.now))
    return {"id": text(change.id), "was": was, "now": now, "because": change.because}


def claim(verdict: Verdict) -> dict[str, Any]:
    """One claim, check or variant."""
    return told(verdict, _FIELDS)


def told(verdict: Verdict, keys: Iterable[str]) -> dict[str, Any]:
    """Some of what `claim` tells, and no more work than that takes."""
    return {key: _FIELDS[key](verdict) for key in keys}


def _ends(found: Measurement | None) -> tuple[int | float | None, int | float | None]:
    """The ends of M where it is a stretch of numbers; a date is none."""
    if found is None or not isinstance(found.region, Interval) or found.quantity is Quantity.DATE:
        return None, None
    return number(found.region.low), number(found.region.high)


def _notes(verdict: Verdict) -> tuple[Note, ...]:
    """The notes; for an unverifiable claim the reason comes first."""
    if verdict.reason is None or verdict.reason in verdict.notes:
        return verdict.notes
    return (verdict.reason, *verdict.notes)


def _note(note: Note) -> dict[str, Any]:
    return {"domain": note.domain or "", "effect": note.effect, "text": text(sentence(note))}


def claimed(figure: Claimed) -> dict[str, Any]:
    """The figure as it was read. `values` holds what is no stretch of numbers: labels, dates, parts."""
    region = None if isinstance(figure, (LabelClaim, SetClaim, DateClaim, CompositionClaim)) else figure.region
    return {
        "text": text(figure.text),
        **_region(region),
        "values": _values(figure),
        "reading": text(figure.reading),
    }


def _region(region: Interval | None) -> dict[str, Any]:
    if region is None:
        return {"low": None, "high": None, "low_open": False, "high_open": False}
    return {
        "low": number(region.low),
        "high": number(region.high),
        "low_open": region.low_open,
        "high_open": region.high_open,
    }


def _values(figure: Claimed) -> list[Any] | dict[str, Any] | None:
    """Labels and days as a list; a period as {from, before}; a composition as its parts' regions by name."""
    if isinstance(figure, (LabelClaim, SetClaim)):
        return [text(member) for member in figure.members]
    if isinstance(figure, DateClaim):
        if figure.members is not None:
            return [day.isoformat() for day in figure.members]
        return {"from": plain(figure.low), "before": plain(figure.high)}
    if isinstance(figure, CompositionClaim):
        return {text(name): _part(part) for name, part in figure.parts.items()}
    return None


def _part(part: NumberClaim) -> dict[str, Any]:
    return {"text": text(part.text), **_region(part.region)}


def number(value: Fraction | None) -> int | float | None:
    """An exact number as JSON has it: whole numbers stay whole, others become the nearest double."""
    if value is None:
        return None
    if value.denominator == 1:
        return value.numerator
    try:
        return float(value)
    except OverflowError:  # beyond any double its fraction says nothing
        return round(value)


def plain(value: Any) -> Any:
    """Any value of an estimate or a parameter as JSON has it."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, float):
        return number(Fraction(value)) if abs(value) < float("inf") else None
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {text(key): plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return [plain(item) for item in sorted(value, key=str)]
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return text(value)


def text(value: object) -> str:
    """Text that can be written as UTF-8: half a surrogate pair, as in a damaged file name, cannot."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _of(verdict: Verdict, tell: Callable[[Measurement], Any]) -> Any:
    """Something of the measurement, null where there is none."""
    return None if verdict.measurement is None else tell(verdict.measurement)


_FIELDS: Mapping[str, Callable[[Verdict], Any]] = {
    "id": lambda verdict: text(verdict.id),
    "statement": lambda verdict: text(verdict.claim.statement),
    "file": lambda verdict: text(verdict.file),
    "line": lambda verdict: verdict.line,
    "outcome": lambda verdict: verdict.outcome.value,
    "direction": lambda verdict: verdict.finding.direction,
    "leaning": lambda verdict: verdict.finding.leaning,
    "confidence": lambda verdict: verdict.confidence,
    "rating": lambda verdict: None if verdict.rating is None else text(rating_text(verdict)),
    "claimed": lambda verdict: None if verdict.claimed is None else claimed(verdict.claimed),
    "estimate": lambda verdict: _of(verdict, lambda found: plain(found.estimate)),
    "low": lambda verdict: _ends(verdict.measurement)[0],
    "high": lambda verdict: _ends(verdict.measurement)[1],
    "unit": lambda verdict: _of(verdict, lambda found: text(found.unit) if found.unit else None),
    "n": lambda verdict: _of(verdict, lambda found: found.n),
    "missing": lambda verdict: _of(verdict, lambda found: found.missing),
    "datasets": lambda verdict: [text(dataset.name) for dataset in verdict.datasets],
    "notes": lambda verdict: [_note(note) for note in _notes(verdict)],
    "checks": lambda verdict: [claim(check) for check in verdict.checks],
    "variants": lambda verdict: [{**claim(one), "params": plain(one.params)} for one in verdict.variants],
    "error": lambda verdict: None if verdict.error is None else text(verdict.error),
}
