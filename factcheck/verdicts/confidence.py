"""Confidence in a verdict: high, moderate or low, by the domains of GRADE (Guyatt et al. 2008, BMJ 336:924).

Each concern is a note with its figure and an effect of −1 or −2; a domain counts once, by its largest.
What the region M already carries is not charged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.errors import Problem
from factcheck.measures.measurement import Measurement, Note
from factcheck.text.packaged import packaged
from factcheck.text.suggest import did_you_mean
from factcheck.verdicts.places import Placer, no_place
from factcheck.verdicts.verdict import Outcome

Table = Mapping[str, Mapping[str, Mapping[str, float]]]


@cache
def default_table() -> Table:
    """The thresholds of confidence.yaml."""
    loaded: dict[str, dict[str, dict[str, float]]] = packaged(files("factcheck.verdicts") / "confidence.yaml")
    return loaded


def table_with(overrides: Mapping[str, Any], place: Placer = no_place) -> tuple[Table, list[Problem]]:
    """The table with a project's own thresholds; whatever is not in it is a problem.

    `place` tells where the key at a path of the configuration stands.
    """

    def unknown(known: Iterable[str], *path: str) -> Problem:
        names = list(known)
        hint = did_you_mean(path[-1], names) or f"known: {', '.join(names)}"
        where = place("confidence", *path)
        return Problem(f"unknown entry '{': '.join(path)}' in `confidence` of factcheck.yaml", where, hint)

    table = {domain: {key: dict(steps) for key, steps in keys.items()} for domain, keys in default_table().items()}
    problems: list[Problem] = []
    for domain, keys in overrides.items():
        if domain not in table or not isinstance(keys, dict):
            problems.append(unknown(table, str(domain)))
            continue
        for key, steps in keys.items():
            if key not in table[domain] or not isinstance(steps, dict):
                problems.append(unknown(table[domain], domain, str(key)))
                continue
            for step, value in steps.items():
                number = _number(value)
                if step not in ("one", "two"):
                    problems.append(unknown(("one", "two"), domain, key, str(step)))
                elif number is None:
                    where = place("confidence", domain, key, step)
                    problems.append(Problem(f"expected a number, found '{value}'", where, "write 10% or 0.1"))
                else:
                    table[domain][key][step] = number
    return table, problems


def _number(value: object) -> float | None:
    text = str(value).strip()
    try:
        return float(Fraction(text.rstrip("%")) / 100) if text.endswith("%") else float(Fraction(text))
    except (ValueError, ZeroDivisionError):
        return None


@dataclass(frozen=True)
class Scale:
    """Looks figures up in the table."""

    table: Table

    def above(self, domain: str, key: str, value: Fraction | float) -> int:
        """−2, −1 or 0 for a value that must not pass its thresholds."""
        return self._effect(domain, key, lambda limit: value > limit)

    def below(self, domain: str, key: str, value: Fraction | float) -> int:
        return self._effect(domain, key, lambda limit: value < limit)

    def at_least(self, domain: str, key: str, value: Fraction | float) -> int:
        return self._effect(domain, key, lambda limit: value >= limit)

    def _effect(self, domain: str, key: str, passes: Any) -> int:
        steps = self.table[domain][key]
        if "two" in steps and passes(steps["two"]):
            return -2
        return -1 if "one" in steps and passes(steps["one"]) else 0


def confidence(outcome: Outcome, notes: Iterable[Note]) -> str | None:
    """The level that the notes leave; none where nothing was concluded from a measurement."""
    if outcome in (Outcome.UNVERIFIABLE, Outcome.ERROR):
        return None
    worst: dict[str, int] = {}
    for note in notes:
        if note.domain is not None:
            worst[note.domain] = min(worst.get(note.domain, 0), note.effect)
    total = sum(worst.values())
    return "high" if total == 0 else "moderate" if total == -1 else "low"


def imprecision(scale: Scale, outcome: Outcome, found: Measurement, at_99: Outcome | None) -> tuple[Note, ...]:
    """Concerns about a sampled figure; an inconclusive verdict already says that the interval is wide."""
    if not found.sampled or outcome is Outcome.INCONCLUSIVE or outcome is Outcome.UNVERIFIABLE:
        return ()
    notes: list[Note] = []
    if at_99 is not None and at_99 is not outcome:
        notes.append(Note("outcome-at-99", {"outcome": at_99.value}, "imprecision", -1))
    n = found.effective_n if found.effective_n is not None else found.n
    effect = scale.below("imprecision", "effective_n", n)
    if effect:
        code = "small-n" if found.effective_n is None else "small-effective-n"
        notes.append(Note(code, {"n": int(n)}, "imprecision", effect))
    if found.degrees is not None and (effect := scale.below("imprecision", "degrees", found.degrees)):
        notes.append(Note("few-degrees", {"degrees": int(found.degrees)}, "imprecision", effect))
    return (*notes, *_width(scale, found))


def _width(scale: Scale, found: Measurement) -> tuple[Note, ...]:
    m = found.region
    if not isinstance(m, Interval) or m.low is None or m.high is None or not isinstance(found.estimate, Fraction):
        return ()
    width = m.high - m.low
    if found.quantity in (Quantity.PROPORTION, Quantity.POINTS):
        effect = scale.at_least("imprecision", "share_width", width)
        return (Note("wide-share", {"width": width}, "imprecision", effect),) if effect else ()
    if found.quantity in (Quantity.RANK, Quantity.TREND) or found.estimate == 0:
        return ()
    relative = width / abs(found.estimate)
    effect = scale.above("imprecision", "relative_width", relative)
    return (Note("wide-number", {"share": relative}, "imprecision", effect),) if effect else ()


def missing(scale: Scale, found: Measurement, policy: str) -> tuple[Note, ...]:
    """Rows whose answer is not known and that M does not carry."""
    notes: list[Note] = []
    whole = found.n + found.aside
    if not whole:
        return ()
    hidden = found.missing if policy != "bounds" else 0
    effect = scale.above("missing", "share", Fraction(hidden + found.aside, whole))
    if hidden:
        facts = {"rows": hidden, "share": Fraction(hidden, whole)}
        notes.append(Note("missing-ignored" if policy == "ignore" else "missing-false", facts, "missing data", effect))
    if found.aside:
        facts = {"rows": found.aside, "share": Fraction(found.aside, whole)}
        notes.append(Note("aside-among", facts, "missing data", effect))
    return tuple(notes)
