"""Choices of a claim in words: the variants of `vary`, and what sets pieces of evidence apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from factcheck.text.packaged import packaged

FIELDS = ("where", "dataset", "missing", "measure")  # what `vary` may name beside the claim's params
_LONG = 60  # letters of a measure; among longer ones what differs is hard to find
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


@cache
def words() -> Mapping[str, str]:
    """Every phrase by its code."""
    loaded: dict[str, str] = packaged(files("factcheck.verdicts") / "choices.yaml")
    return loaded


def phrase(code: str, **facts: object) -> str:
    """The phrase of a code, filled in."""
    return words()[code].format_map(facts)


def factor(name: str) -> str:
    """What is chosen: `rate`, the condition, the dataset."""
    return phrase(f"of-{name}" if name in FIELDS else "of-param", name=name)


def at(
    name: str, value: Any, usual: str | None = None, *, brief: bool = False, others: Sequence[Any] = ()
) -> str:
    """One choice: "with `rate` at 0.015", "without the condition `GUEST = 0`"; `usual` is the claim's own condition.

    `brief` leaves out what has been named before; of a long measure it is told only how it differs from the `others`
    that may be chosen, where these are as long.
    """
    if name == "where" and value is None:
        return phrase("at-no-where") if usual is None else phrase("at-without", value=value_words(usual))
    if name == "missing":
        return phrase(f"at-missing-{policy(value)}")
    if name == "measure" and (own := _differing(value, others)):
        return own
    shown = measure_text(value) if isinstance(value, Mapping) else value_words(value)
    code = name if name in FIELDS else "param"
    short = brief and f"brief-{code}" in words()
    return phrase(f"brief-{code}" if short else f"at-{code}", name=name, value=shown)


def _differing(measure: Any, others: Sequence[Any]) -> str:
    """What a long measure has that not all others have: "with `within: 60 seconds`"; nothing where it is another
    statistic."""
    known = [one for one in others if isinstance(one, Mapping)]
    if not isinstance(measure, Mapping) or min(len(measure_text(one)) for one in (measure, *known)) <= _LONG:
        return ""
    names = dict.fromkeys(key for one in (measure, *known) for key in one)
    apart = [key for key in names if any(_canonical(one.get(key)) != _canonical(measure.get(key)) for one in known)]
    if not apart or next(iter(measure)) in apart:
        return ""
    with_ = {key: measure[key] for key in apart if key in measure}
    without = [key for key in apart if key not in measure]
    told = [phrase("at-part", value=measure_text(with_))] if with_ else []
    return _both([*told, *(phrase("at-no-part", name=key) for key in without)])


def _both(parts: Sequence[str]) -> str:
    return phrase("and", first=", ".join(parts[:-1]), last=parts[-1]) if len(parts) > 1 else "".join(parts)


def policy(value: Any) -> str:
    """A choice of `missing` as the claim model has it: null removes, and leaves the default."""
    return "bounds" if value is None else "false" if value is False else str(value)


def same_choice(name: str, one: Any, other: Any) -> bool:
    """Whether two choices of a parameter or a field are one: 1 and 1.0 are, 1 and the text '1' are not."""
    if name == "missing":
        return policy(one) == policy(other)
    return _canonical(one) == _canonical(other)


def _canonical(value: Any) -> object:
    if isinstance(value, Mapping):
        return "mapping", tuple(sorted((str(key), _canonical(item)) for key, item in value.items()))
    if isinstance(value, list | tuple):
        return "list", tuple(_canonical(item) for item in value)
    if isinstance(value, bool) or value is None:
        return "word", str(value)
    if isinstance(value, int | float | Fraction):
        return "number", str(Fraction(str(value)))
    text = str(value).strip()
    if type(value).__name__ == "Plain" and _NUMBER.fullmatch(text):  # as parameters are read
        return "number", str(Fraction(text))
    return "text", text


def value_words(value: Any) -> str:
    """A value as it is written, harmless between backticks."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "nothing"}[value]
    if isinstance(value, list | tuple):
        return ", ".join(value_words(item) for item in value)
    return str(value).replace("`", "'")


def measure_text(measure: Mapping[str, Any] | None) -> str:
    """A measure as it is written in a claim file: `share: BEACH = 1, among: OCEAN = 1`."""
    return ", ".join(f"{key}: {_written(value)}" for key, value in (measure or {}).items())


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + measure_text(value) + "}"
    return f"[{value_words(value)}]" if isinstance(value, list | tuple) else value_words(value)
