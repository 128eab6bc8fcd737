"""A project's own thresholds for confidence: read from factcheck.yaml, and refused where they cannot be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from factcheck.errors import Problem
from factcheck.text.suggest import did_you_mean
from factcheck.verdicts.confidence import STEPS, Table, default_table
from factcheck.verdicts.places import Placer, no_place

NEVER = "never"  # a step that a project does not take


class Kind(NamedTuple):
    """What a threshold is: a `share` (0 to 1), a `level` (within 0 and 1), a `number` or a `count` (from 0), or a
    `switch` (1: on).

    `rising`: a larger figure is graver, so that the second step lies above the first.
    """

    of: str
    rising: bool = True


KINDS = {
    ("imprecision", "effective_n"): Kind("count", rising=False),
    ("imprecision", "degrees"): Kind("count", rising=False),
    ("imprecision", "share_width"): Kind("share"),
    ("imprecision", "relative_width"): Kind("number"),
    ("imprecision", "level"): Kind("level"),
    ("missing", "share"): Kind("share"),
    ("coverage", "covered"): Kind("share", rising=False),
    ("coverage", "late_days"): Kind("count"),
    ("collection", "faults"): Kind("share"),
}
_RANGES = {
    "share": "a share from 0% to 100%", "level": "a level between 0% and 100%", "number": "a number from 0",
    "count": "a number from 0",
}  # fmt: skip
_EXAMPLES = {
    "share": "write 10% or 0.1", "level": "write 99% or 0.99", "number": "write 130% or 1.3", "count": "write 50",
}  # fmt: skip


def kind(domain: str, key: str) -> Kind:
    return KINDS.get((domain, key), Kind("switch"))


def table_with(overrides: Mapping[str, Any], place: Placer = no_place) -> tuple[Table, list[Problem]]:
    """The table with a project's own thresholds; whatever is not in it, or cannot be meant, is a problem.

    `place` tells where the key at a path of the configuration stands.
    """
    table = {domain: {key: dict(steps) for key, steps in keys.items()} for domain, keys in default_table().items()}
    problems: list[Problem] = []
    for domain, keys in overrides.items():
        if domain not in table or not isinstance(keys, dict):
            problems.append(_unknown(table, place, str(domain)))
            continue
        for key, steps in keys.items():
            if key not in table[domain] or not isinstance(steps, dict):
                problems.append(_unknown(table[domain], place, domain, str(key)))
                continue
            wrong = list(_set(table[domain][key], (domain, key), steps, place))
            problems += wrong or _order(table[domain][key], (domain, key), steps, place)
    return (default_table() if problems else table), problems


def _unknown(known: Iterable[str], place: Placer, *path: str) -> Problem:
    names = list(known)
    hint = did_you_mean(path[-1], names) or f"known: {', '.join(names)}"
    where = place("confidence", *path)
    return Problem(f"unknown entry '{': '.join(path)}' in `confidence` of factcheck.yaml", where, hint)


def _set(
    steps: dict[str, float], path: tuple[str, str], written: Mapping[str, Any], place: Placer
) -> Iterator[Problem]:
    of = kind(*path).of
    for step, value in written.items():
        if step not in STEPS or (of == "level" and step == "two"):
            yield _unknown(STEPS[:1] if of == "level" else STEPS, place, *path, str(step))
        elif str(value).strip() == NEVER:
            steps.pop(step, None)
        elif (number := _number(value)) is None:
            where = place("confidence", *path, step)
            yield Problem(f"expected a number, found '{value}'", where, _EXAMPLES.get(of, f"write 1, or {NEVER}"))
        elif problem := _impossible(of, number, value):
            yield Problem(problem[0], place("confidence", *path, step), problem[1])
        else:
            steps[step] = number


def _impossible(of: str, number: float, value: object) -> tuple[str, str] | None:
    """Why a number cannot be such a threshold, and what can."""
    if of == "switch":
        return None if number == 1 else (f"expected 1 (it lowers confidence) or {NEVER}, found '{value}'", "")
    whole = number >= 0 and not str(value).strip().endswith("%")
    possible = {"share": 0 <= number <= 1, "level": 0 < number < 1, "number": number >= 0, "count": whole}[of]
    return None if possible else (f"expected {_RANGES[of]}, found '{value}'", _EXAMPLES[of])


def _order(
    steps: Mapping[str, float], path: tuple[str, str], written: Mapping[str, Any], place: Placer
) -> list[Problem]:
    """Two steps must take more than one."""
    sort = kind(*path)
    if sort.of == "switch" or len(steps) < len(STEPS):
        return []
    one, two = steps["one"], steps["two"]
    if one < two if sort.rising else one > two:
        return []
    step = next(step for step in STEPS if step in written)
    word = "above" if sort.rising else "below"
    message = f"two steps must take more than one: `two` ({two:g}) must lie {word} `one` ({one:g})"
    return [Problem(message, place("confidence", *path, step), "set both")]


def _number(value: object) -> float | None:
    text = str(value).strip()
    try:
        return float(Fraction(text.rstrip("%")) / 100) if text.endswith("%") else float(Fraction(text))
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
