"""Rows or things: what a count or a share would be, if each thing counted once.

Asked only where it is known that things repeat, so that no other claim pays for it.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import UnitAnswer, UnitAsk
from factcheck.evidence.expressions import Bound, Scope, bind_column, conjunction
from factcheck.measures.form import Context
from factcheck.measures.measurement import Definition, Measurement
from factcheck.measures.rows import Rows
from factcheck.measures.setting import Mode
from factcheck.measures.tallies import Number


def repeated_key(rows: Rows, context: Context) -> Bound | None:
    """The column that is the key of the rows, where some of its values are known to stand in several rows.

    Left out are a sample, whose count is scaled where a count of different things is not, and a key of several columns.
    """
    dataset, ledger = rows.dataset, rows.dataset.ledger
    if ledger is None or not ledger.duplicates or len(dataset.key) != 1 or rows.counts is not None:
        return None
    if context.setting(dataset.name).mode is Mode.SAMPLE:
        return None
    return bind_column(dataset.key[0], Scope(dataset.columns, {}, None, dataset.name))


def with_count_of_keys(found: Measurement, rows: Rows, condition: Bound | None, context: Context) -> Measurement:
    """A count of rows, with how many different keys they have: what `count: distinct` of the key would find."""
    key = repeated_key(rows, context)
    if key is None:
        return found
    answer = _asked(context, UnitAsk(rows.dataset.name, key, conjunction(rows.base, condition)))
    if answer is None or answer.units == answer.n - answer.null_units:
        return found
    return _defined(found, "count", "rows", f"distinct {key.text}", Fraction(answer.units))


def with_share_of_keys(found: Measurement, rows: Rows, condition: Bound, context: Context) -> Measurement:
    """A share of rows, with that of different keys: what `of: distinct` the key would find."""
    key = repeated_key(rows, context)
    if key is None:
        return found
    answer = _asked(context, UnitAsk(rows.dataset.name, key, rows.base, condition))
    if answer is None or answer.units == answer.n - answer.null_units:
        return found
    share = _share(answer.yes, answer.units, answer.unknown, rows, context)
    return found if share is None else _defined(found, "of", "rows", f"distinct {key.text}", share)


def with_count_of_rows(found: Measurement, answer: UnitAnswer, name: str, mode: Mode) -> Measurement:
    """A count of different things, with how many rows they have, where those are more."""
    rows = answer.n - answer.null_units
    if mode is Mode.SAMPLE or rows == answer.units:
        return found
    return _defined(found, "count", f"distinct {name}", "rows", Fraction(answer.n))


def with_share_of_rows(
    found: Measurement, answer: UnitAnswer, rows: Rows, condition: Bound, name: str, context: Context
) -> Measurement:
    """A share of different things, with the share of their rows, where those are more."""
    if answer.units == answer.n - answer.null_units or rows.counts is not None:
        return found
    try:
        split = rows.split(context, condition)
    except EvidenceError:
        return found
    share = _share(split.k, split.n, split.unknown, rows, context)
    return found if share is None else _defined(found, "of", f"distinct {name}", "rows", share)


def _share(yes: Number, n: Number, unknown: Number, rows: Rows, context: Context) -> Fraction | None:
    """As the claim takes what is not known: of all where it counts as not satisfying, else of those that are known."""
    base = n if context.setting(rows.dataset.name).missing == "false" else n - unknown
    return Fraction(yes) / base if base else None


def _asked(context: Context, question: UnitAsk) -> UnitAnswer | None:
    """What is only told beside a figure must not cost the figure."""
    try:
        return context.answer(question)
    except EvidenceError:
        return None


def _defined(found: Measurement, key: str, used: str, other: str, value: Fraction) -> Measurement:
    return replace(found, definitions=(*found.definitions, Definition(key, used, ((other, value),))))
