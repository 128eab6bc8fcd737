"""Steps that several measures share: finishing a measurement, notes on rows set aside, words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from factcheck.claims.figures import Quantity
from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column, Dataset
from factcheck.evidence.expressions import Bound
from factcheck.measures.form import Binder
from factcheck.measures.measurement import Bar, Measurement, Note
from factcheck.measures.tallies import Drawn


class _Conditioned(Protocol):
    @property
    def that(self) -> str | None: ...
    @property
    def among(self) -> str | None: ...


def either(form: _Conditioned, binder: Binder) -> tuple[str | None, str]:
    """`that` and `among` are synonyms here; giving both is a mistake."""
    if form.that is not None and form.among is not None:
        raise binder.fail("'that' and 'among' mean the same here; give one of them", "among")
    return (form.that, "that") if form.among is None else (form.among, "among")


def refuse_counts(
    binder: Binder,
    kind: str,
    hint: str = "use a dataset with a row for each, or a `query` dataset that computes it",
) -> None:
    """A row that stands for many, or for none, tells nothing of each: no time, text or number."""
    if binder.dataset.counts is not None:
        counts = binder.dataset.counts
        message = f"'{kind}' is not defined for a dataset whose rows stand for counts (`counts: {counts}`)"
        raise binder.fail(message, kind, hint=hint)


def finished(
    drawn: Drawn,
    *,
    quantity: Quantity,
    unit: str,
    n: int,
    missing: int = 0,
    aside: int = 0,
    notes: tuple[Note, ...] = (),
    facts: Mapping[str, Any] | None = None,
    bars: tuple[Bar, ...] = (),
    queries: tuple[str, ...] = (),
    tally: object = None,
) -> Measurement:
    """A measurement from a drawn region."""
    return Measurement(
        quantity,
        drawn.estimate,
        drawn.region,
        unit,
        n=n,
        missing=missing,
        aside=aside,
        method=drawn.method,
        notes=(*notes, *drawn.notes),
        unmeasurable=drawn.unmeasurable,
        facts=facts or {},
        bars=bars,
        queries=queries,
        tally=tally,
        sampled=drawn.method not in ("complete", "bounds", "partial"),
        bound_only=drawn.method == "partial",
    )


def aside_notes(rows: int, of: int, by: str) -> tuple[Note, ...]:
    """Whatever leaves rows out says so."""
    return (Note(f"aside-{by}", {"rows": rows, "share": Fraction(rows, of) if of else Fraction(0)}),) if rows else ()


def among_notes(aside: int, base: int) -> tuple[Note, ...]:
    whole = aside + base
    return (Note("aside-among", {"rows": aside, "share": Fraction(aside, whole)}),) if aside else ()


def rational(value: object, dataset: str, what: str) -> Fraction:
    """A number of an answer as a rational; NaN and infinity are faults of the evidence.

    A number in floating point is read to its 15 certain digits: 0.1 is a tenth and 0.1 + 0.2 is 0.3, so that a figure
    does not pass an edge by what binary fractions cannot hold.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, Fraction)):
        raise EvidenceError(f"{what} is not a number", dataset)
    try:
        if isinstance(value, float) and not value.is_integer():
            return Fraction(f"{value:.15g}")
        return Fraction(value)
    except (ValueError, OverflowError):
        raise EvidenceError(
            f"{what} holds NaN or an infinity; leave those rows out with `among: not isnan(…)` or mend the data",
            dataset,
        ) from None


def optional(value: object, dataset: str, what: str) -> Fraction | None:
    return None if value is None else rational(value, dataset, what)


def only_column(bound: Bound, dataset: Dataset) -> Column | None:
    """The column that an expression simply is, if it is one."""
    if len(bound.columns) != 1:
        return None
    column = dataset.columns[next(iter(bound.columns))]
    from sqlglot import exp

    return column if isinstance(bound.tree, exp.Column) else None


def quantity_of(bound: Bound, dataset: Dataset) -> Quantity:
    """What a number read from an expression is: a share where its column's `unit` says `proportion`."""
    column = only_column(bound, dataset)
    return Quantity.PROPORTION if column is not None and column.unit == "proportion" else Quantity.NUMBER


def label(value: object) -> str:
    """A group's value as the report prints it and as a claim writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


IRREGULAR = {
    "person": "people", "child": "children", "man": "men", "woman": "women", "datum": "data", "datapoint": "datapoints",
    "medium": "media", "series": "series", "news": "news", "people": "people", "wife": "wives", "life": "lives",
}  # fmt: skip


def plural(noun: str) -> str:
    """English plural of a unit: post → posts, reply → replies; one that is given in the plural stays.

    What a unit says of itself behind a comma (`painting, one an episode`) is left out; of "hundredth of the mentions"
    the first word takes the plural.
    """
    noun = re.split(r"[,;(]| – ", noun, maxsplit=1)[0].strip() or "row"
    noun, of, whole = noun.partition(" of ")
    return _plural(noun) + of + whole


def _plural(noun: str) -> str:
    *before, last = noun.split(" ")
    if (irregular := IRREGULAR.get(last.lower())) is not None:
        return " ".join([*before, irregular])
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in ("a", "e", "i", "o", "u"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
