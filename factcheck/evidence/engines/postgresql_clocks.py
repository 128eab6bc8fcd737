"""Whether the server's clocks are DuckDB's: both have time zones of their own, and one may know of newer laws."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factcheck.evidence.engines.dialects import Refused
from factcheck.evidence.engines.names import literal

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB
    from factcheck.evidence.formats.databases import Session

_ZONE = re.compile(r"AT TIME ZONE '((?:[^']|'')+)'")
_SPAN = "TIMESTAMP '1970-01-01', TIMESTAMP '2030-01-01', INTERVAL '3 hours'"
_HERE = (
    "SELECT strftime(ts, '%Y-%m') AS m, "
    "CAST(SUM(date_diff('second', ts, ts AT TIME ZONE 'UTC' AT TIME ZONE {zone})) AS BIGINT) AS s "
    f"FROM (SELECT unnest(generate_series({_SPAN})) AS ts) AS t GROUP BY 1 ORDER BY 1"
)
_THERE = (
    "SELECT to_char(ts, 'YYYY-MM') AS m, "
    "SUM(EXTRACT(EPOCH FROM (ts AT TIME ZONE 'UTC' AT TIME ZONE {zone}) - ts))::bigint AS s "
    f"FROM generate_series({_SPAN}) AS t(ts) GROUP BY 1 ORDER BY 1"
)


class Clocks:
    """Compares the clocks of each zone once, from 1970 to 2029; before 1970 they are taken to agree."""

    def __init__(self, session: Session, here: DuckDB) -> None:
        self._session = session
        self._here = here
        self._seen: dict[str, str | None] = {"UTC": None}  # the first month in which they differ

    def unknown(self, sql: str) -> set[str]:
        """The zones in a statement that have not been compared."""
        return set(_ZONE.findall(sql)) - self._seen.keys()

    def compare(self, zone: str) -> None:
        quoted = literal(zone.replace("''", "'"))
        ours = self._here.run(_HERE.format(zone=quoted)).rows()
        theirs = self._session.rows(_THERE.format(zone=quoted))
        self._seen[zone] = next((a[0] for a, b in zip(ours, theirs, strict=True) if a != b), None)

    def refuse(self, sql: str) -> None:
        """Refused where a clock of the statement does not show the same there."""
        for zone in sorted(set(_ZONE.findall(sql))):
            if (month := self._seen.get(zone)) is not None:
                raise Refused(
                    f"PostgreSQL's clock of {zone} is not DuckDB's in {month}, as one of them knows other laws; bring "
                    "the server's time zones up to date, or use engine: duckdb for this claim"
                )
