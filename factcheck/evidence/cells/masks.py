"""Distinct values under many conditions in one grouping: a bit per condition, OR-ed over the rows of each value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.evidence.cells.direct import source
from factcheck.evidence.cells.session import Session
from factcheck.evidence.clauses import where
from factcheck.evidence.dataset import Dataset

_BITS = 62  # of a signed 64-bit mask
_MASKS = 2  # masks in one pass


@dataclass(frozen=True)
class Seen:
    """Values with a row on which each of `some` is true, and no row on which one of `none` is."""

    some: tuple[str, ...]
    none: tuple[str, ...] = ()


def count_values(
    session: Session, dataset: Dataset, x: str, wanted: list[Seen], among: Sequence[str] = ()
) -> list[int]:
    """How many distinct non-NULL values of x are seen so; conditions are SQL, a NULL one is not true.

    Only rows on which all of `among` are true are looked at.
    """
    counts: list[int] = []
    batch: list[Seen] = []
    bits: dict[str, int] = {}
    for seen in wanted:
        new = [condition for condition in dict.fromkeys(seen.some + seen.none) if condition not in bits]
        if len(bits) + len(new) > _BITS * _MASKS:
            counts += _pass(session, dataset, x, batch, bits, among)
            batch, bits = [], {}
            new = list(dict.fromkeys(seen.some + seen.none))
        bits |= {condition: len(bits) + i for i, condition in enumerate(new)}
        batch.append(seen)
    return counts + (_pass(session, dataset, x, batch, bits, among) if batch else [])


def _pass(
    session: Session, dataset: Dataset, x: str, batch: list[Seen], bits: dict[str, int], among: Sequence[str]
) -> list[int]:
    masks: list[list[str]] = [[] for _ in range(-(-len(bits) // _BITS))]
    for condition, bit in bits.items():
        masks[bit // _BITS].append(f"CASE WHEN {condition} THEN {1 << bit % _BITS}::BIGINT ELSE 0::BIGINT END")
    columns = ", ".join(f"BIT_OR({' | '.join(mask)}) AS m{i}" for i, mask in enumerate(masks))
    rows = f"{source(dataset)}{where(*among, f'({x}) IS NOT NULL')}"
    grouped = f"SELECT {x} AS value, {columns} FROM {rows} GROUP BY 1"
    items = ", ".join(f"COUNT(CASE WHEN {_test(seen, bits)} THEN 1 END)" for seen in batch)
    return [int(count) for count in session.rows(f"SELECT {items} FROM ({grouped}) AS seen")[0]]


def _test(seen: Seen, bits: dict[str, int]) -> str:
    some = [f"m{bits[c] // _BITS} & {1 << bits[c] % _BITS} <> 0" for c in seen.some]
    none = [f"m{bits[c] // _BITS} & {1 << bits[c] % _BITS} = 0" for c in seen.none]
    return " AND ".join(some + none)
