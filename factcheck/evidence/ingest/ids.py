"""Identifiers that a spreadsheet has rounded: 1263456789012345678 saved as 1.26E+18 is many posts in one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.ingest.plan import Planned

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

_ROUNDED = r"\s*\d([.,]\d+)?[eE]\+?\d{1,2}\s*"


def refuse_rounded(engine: DuckDB, relation: str, planned: Sequence[Planned]) -> None:
    """EvidenceError where a column that its format knows for identifiers holds rounded ones."""
    for p in planned:
        if p.source.identifies and p.conversion().type == "VARCHAR":
            name = identifier(p.name)
            count, example = engine.run(
                f"SELECT count(*), min({name}) FROM {relation} "
                f"WHERE strlen({name}) < 30 AND regexp_full_match({name}, '{_ROUNDED}')"
            ).one()
            if count:
                raise EvidenceError(
                    f"'{p.name}' holds identifiers that a spreadsheet has rounded, such as {example} "
                    f"({count:,} {'row' if count == 1 else 'rows'}): different posts or accounts have become one. "
                    f"Export the data anew, and do not open and save them in a spreadsheet"
                )
