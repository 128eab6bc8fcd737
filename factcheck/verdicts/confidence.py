"""Confidence in a verdict: high, moderate or low, by the domains of GRADE (Guyatt et al. 2008, BMJ 336:924).

Each concern is a note with its figure and an effect of −1 or −2; a domain counts once, by its largest.
What the region M already carries is not charged again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement, Note
from factcheck.text.packaged import packaged
from factcheck.verdicts.verdict import Outcome

Table = Mapping[str, Mapping[str, Mapping[str, float]]]
STEPS = ("one", "two")


# The facts that hold a threshold, by the key of the table: how a number is written depends on what it is.
_LIMITS = {"share": "part", "share_width": "widest", "relative_width": "part", "covered": "part", "faults": "part"}


@cache
def default_table() -> Table:
    """The thresholds of confidence.yaml."""
    loaded: dict[str, dict[str, dict[str, float]]] = packaged(files("factcheck.verdicts") / "confidence.yaml")
    return loaded


@dataclass(frozen=True)
class Override:
    """A threshold of the project's own beside the usual one; None where that step is not taken."""

    domain: str
    key: str
    step: str
    usual: float | None
    own: float | None


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

    def limit(self, domain: str, key: str, effect: int) -> Fraction | None:
        """The threshold that was passed; None where none was."""
        step = {-1: "one", -2: "two"}.get(effect, "")
        return exactly(self.table[domain][key][step]) if step in self.table[domain][key] else None

    @property
    def strict(self) -> Fraction | None:
        """The level at which an outcome must be the same; None where a project does not ask for that."""
        return self.limit("imprecision", "level", -1)

    @property
    def overrides(self) -> tuple[Override, ...]:
        """What differs from the usual thresholds, in the order of the table."""
        return tuple(
            Override(domain, key, step, usual.get(step), own)
            for domain, keys in default_table().items()
            for key, usual in keys.items()
            for step in STEPS
            if (own := self.table[domain][key].get(step)) != usual.get(step)
        )

    def _effect(self, domain: str, key: str, passes: Callable[[Fraction], bool]) -> int:
        steps = self.table[domain][key]
        if "two" in steps and passes(exactly(steps["two"])):
            return -2
        return -1 if "one" in steps and passes(exactly(steps["one"])) else 0


def exactly(limit: float) -> Fraction:
    """A threshold as it was written: 0.15 is three twentieths, which no binary fraction is."""
    return Fraction(str(limit))


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
        notes.append(Note("outcome-at-99", {"level": scale.strict, "outcome": at_99.value}, "imprecision", -1))
    n = found.effective_n if found.effective_n is not None else found.n
    effect = scale.below("imprecision", "effective_n", n)
    if effect:
        facts = {"n": int(n)}
        code = "small-n" if found.effective_n is None else "small-effective-n"
        notes.append(_charge(scale, code, facts, "imprecision", "effective_n", effect))
    if found.degrees is not None and (effect := scale.below("imprecision", "degrees", found.degrees)):
        notes.append(_charge(scale, "few-degrees", {"degrees": int(found.degrees)}, "imprecision", "degrees", effect))
    return (*notes, *_width(scale, found))


def _charge(scale: Scale, code: str, facts: dict[str, Any], domain: str, key: str, effect: int) -> Note:
    """A charge that names its figure and the threshold that it passed."""
    name = "missing data" if domain == "missing" else domain
    limit = scale.limit(domain, key, effect)
    return Note(code, facts if limit is None else {**facts, _LIMITS.get(key, "limit"): limit}, name, effect)


def _width(scale: Scale, found: Measurement) -> tuple[Note, ...]:
    if isinstance(found.region, Mapping):
        if found.unit != "proportion":
            return ()
        parts = [part for part in found.region.values() if isinstance(part, Interval)]
        widths = [part.high - part.low for part in parts if part.low is not None and part.high is not None]
        return _share_width(scale, max(widths, default=Fraction(0)))
    m = found.region
    if not isinstance(m, Interval) or m.low is None or m.high is None or not isinstance(found.estimate, Fraction):
        return ()
    width = m.high - m.low
    if found.quantity in (Quantity.PROPORTION, Quantity.POINTS):
        return _share_width(scale, width)
    if found.quantity in (Quantity.RANK, Quantity.TREND) or found.estimate == 0:
        return ()
    relative = width / abs(found.estimate)
    effect = scale.above("imprecision", "relative_width", relative)
    facts = {"share": relative}
    return (_charge(scale, "wide-number", facts, "imprecision", "relative_width", effect),) if effect else ()


def _share_width(scale: Scale, width: Fraction) -> tuple[Note, ...]:
    effect = scale.at_least("imprecision", "share_width", width)
    return (_charge(scale, "wide-share", {"width": width}, "imprecision", "share_width", effect),) if effect else ()


def missing(scale: Scale, found: Measurement, policy: str) -> tuple[Note, ...]:
    """Rows whose answer is not known and that M does not carry."""
    whole = found.n + found.aside
    if not whole:
        return ()
    hidden = found.missing if policy != "bounds" else 0
    together = Fraction(hidden + found.aside, whole)
    effect = scale.above("missing", "share", together)
    # Where both are there, it is their sum that is charged.
    both = {"together": together} if hidden and found.aside and effect else {}
    notes: list[Note] = []
    if hidden:
        facts = {"rows": hidden, "share": Fraction(hidden, whole), **both}
        code = "missing-ignored" if policy == "ignore" else "missing-false"
        notes.append(_charge(scale, code, facts, "missing", "share", effect))
    if found.aside:
        facts = {"rows": found.aside, "share": Fraction(found.aside, whole), **both}
        notes.append(_charge(scale, "aside-among", facts, "missing", "share", effect))
    return tuple(notes)
