"""Runs a user's `verify.py`, which verifies a contract with Soda Core, and counts what that executes."""

from __future__ import annotations

import runpy
from typing import Any

from soda_core.common.data_source_connection import DataSourceConnection
from soda_core.contracts import verify_contract_locally  # noqa: F401  # imported before the clock starts
from told import Found, tell

EXECUTED: list[str] = []


def counting(name: str) -> None:
    """Counts what Soda executes through one of the methods of its connection."""
    whole = getattr(DataSourceConnection, name)

    def counted(self: DataSourceConnection, sql: str, *arguments: Any, **named: Any) -> Any:
        EXECUTED.append(sql)
        return whole(self, sql, *arguments, **named)

    setattr(DataSourceConnection, name, counted)


def work() -> Found:
    session = runpy.run_path("verify.py")["session"]
    figures, passed, missing = {}, {}, {}
    for result in session.contract_verification_results:
        for one in result.check_results:
            figures[str(one.check.name)] = one.threshold_value
            missing[str(one.check.name)] = one.diagnostic_metric_values.get("missing_count")
            passed[str(one.check.name)] = one.outcome.name
    said = list(session.get_errors())
    return {"figures": figures, "passed": passed, "said": said, "missing": missing, "statements": len(EXECUTED)}


for method in ("execute_query", "execute_update", "execute_query_one_by_one", "execute_query_iterate"):
    counting(method)
tell(work, ["soda-core", "soda-duckdb", "duckdb"])
