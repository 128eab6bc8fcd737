"""Text of files to a typed table, in one pass: the guess at each type is checked on every row while it loads.

A hidden column of bits records, row by row, which columns could not be carried over. Where that happens to a
guessed type, the guess was wrong and the file is read again with that column as text; where it happens to a
stated type, the value is lost and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.formats.source import Proof, Source
from factcheck.evidence.ingest.infer import Guess, survey
from factcheck.evidence.ingest.plan import Planned

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

_BITS = 62


def mask_name(number: int) -> str:
    return f"_factcheck_lost_{number}"


def typed(planned: Sequence[Planned], relation: str, hidden: Sequence[str] = ()) -> str:
    """A SELECT of the typed values and, beside each that can be lost, of what it was made from."""
    values = [f"{p.conversion().value} AS {identifier(p.name)}" for p in planned]
    losing = [p for p in planned if p.conversion().lost is not None]
    texts = [f"{p.source.sql} AS _factcheck_text_{i}" for i, p in enumerate(losing)]
    return f"SELECT {', '.join([*values, *texts, *hidden])} FROM {relation}"


def losses_of(losing: Sequence[Planned]) -> list[str]:
    """For each of the columns that can lose, the condition over `typed` that a row lost its value."""
    return [lost for lost, _ in _conditions(losing)]


def _conditions(losing: Sequence[Planned]) -> list[tuple[str, str]]:
    """For each column the condition that a row lost its value, and the cheap one that it surely did not."""
    found = []
    for i, p in enumerate(losing):
        conversion, place = p.conversion(), (f"_factcheck_text_{i}", identifier(p.name))
        if conversion.lost is not None:
            found.append((conversion.lost(*place), conversion.sure(*place) if conversion.sure else "false"))
    return found


class Masks:
    """Which bit of which hidden column stands for a column's losses."""

    def __init__(self, planned: Sequence[Planned]) -> None:
        self._losing = [p for p in planned if p.conversion().lost is not None]
        self._places = {p.name: divmod(i, _BITS) for i, p in enumerate(self._losing)}

    @property
    def names(self) -> list[str]:
        return [mask_name(i) for i in sorted({column for column, _ in self._places.values()})]

    def select(self) -> list[str]:
        """The hidden columns as SQL over the columns of `typed`."""
        bits: dict[int, list[str]] = {}
        sure: dict[int, list[str]] = {}
        for (lost, kept), (column, bit) in zip(_conditions(self._losing), self._places.values(), strict=True):
            bits.setdefault(column, []).append(f"CASE WHEN {lost} THEN {1 << bit} ELSE 0 END")
            sure.setdefault(column, []).append(kept)
        return [
            f"CAST(CASE WHEN {' AND '.join(sure[c])} THEN 0 ELSE {' + '.join(bits[c])} END AS BIGINT) AS {mask_name(c)}"
            for c in bits
        ]

    def losses(self, engine: DuckDB, table: str) -> dict[str, int]:
        """For each column that lost any, how many of its values."""
        if not self._places:
            return {}
        found = engine.run(f"SELECT {', '.join(f'bit_or({name})' for name in self.names)} FROM {table}").one()
        hit = [name for name, (column, bit) in self._places.items() if (found[column] or 0) >> bit & 1]
        if not hit:
            return {}
        places = [self._places[name] for name in hit]
        counts = ", ".join(f"count(CASE WHEN {mask_name(c)} & {1 << b} <> 0 THEN 1 END)" for c, b in places)
        return dict(zip(hit, engine.run(f"SELECT {counts} FROM {table}").one(), strict=True))


def build(engine: DuckDB, source: Source, planned: Sequence[Planned], table: str) -> tuple[list[Planned], Masks]:
    """Creates the table; the plan that came true, and the masks that tell its losses (columns still to be dropped)."""
    current = list(planned)
    for _ in range(3):
        masks = Masks(current)
        _create(engine, source, current, masks, table)
        lost = masks.losses(engine, table)
        wrong = {p.name for p in current if p.name in lost and p.guess is not None}
        if not wrong:
            return _settle(engine, current, table), masks
        current = [_doubted(p) if p.name in wrong else p for p in current]
        engine.execute(f"DROP TABLE {table}")
        source.again()
    raise EvidenceError("the types of its columns do not settle; state them in the manifest")


def prove(
    engine: DuckDB, source: Source, proof: Proof, planned: Sequence[Planned], table: str
) -> tuple[list[Planned], Masks] | None:
    """The same for a source that has to prove itself; None, and no table, where it cannot or a guess was wrong."""
    masks = Masks(planned)
    try:
        good = proof.holds(engine, table, lambda: _create(engine, source, planned, masks, table, (proof.hidden,)))
    except EvidenceError:
        good = False  # whatever it was: the sure way tells it better
    lost = masks.losses(engine, table) if good else {}
    if good and not any(p.name in lost and p.guess is not None for p in planned):
        return _settle(engine, list(planned), table), masks
    engine.execute(f"DROP TABLE IF EXISTS {table}")
    return None


def _create(
    engine: DuckDB,
    source: Source,
    planned: Sequence[Planned],
    masks: Masks,
    table: str,
    hidden: Sequence[str] = (),
) -> None:
    columns = ", ".join([*(identifier(p.name) for p in planned), *masks.select(), *hidden])
    engine.execute(f"CREATE TABLE {table} AS SELECT {columns} FROM ({typed(planned, source.relation, hidden)})")


def _doubted(planned: Planned) -> Planned:
    """A wrong guess: as text, to be looked at whole; a stated decimal in its widest form."""
    if planned.wanted.type is not None:
        return replace(planned, guess=None)
    return replace(planned, guess=Guess("none", 0, planned.wanted.numerals, planned.wanted.timezone))


def _settle(engine: DuckDB, planned: list[Planned], table: str) -> list[Planned]:
    """Columns of which the sample said nothing get the type that all their rows allow."""
    settled: list[Planned] = []
    for p in planned:
        if p.guess is not None and p.guess.kind == "none":
            quoted = identifier(p.name)
            found = survey(engine, table, quoted, p.wanted.numerals, p.wanted.timezone, p.source.within)
            if found.kind == "none":
                _open_up(engine, table, quoted)
            elif found.kind != "text":
                conversion = found.conversion(quoted)
                engine.execute(f"ALTER TABLE {table} ALTER {quoted} TYPE {conversion.type} USING {conversion.value}")
            p = replace(p, guess=found)
        settled.append(p)
    return settled


def _open_up(engine: DuckDB, table: str, quoted: str) -> None:
    """A column of nothing but NULL gets the type that may stand beside numbers, times and texts alike."""
    if not engine.run(f"SELECT count({quoted}) FROM {table}").one()[0]:
        engine.execute(f'ALTER TABLE {table} ALTER {quoted} TYPE "NULL" USING NULL')
