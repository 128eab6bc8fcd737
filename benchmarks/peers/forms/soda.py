"""Soda Core 4: a contract whose checks are metrics of the user's own SQL, with a threshold each.

Of a Parquet file that a data source names Soda makes a table in memory; a view, which spares that, is made by hand.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.peers.forms.sql import cased
from benchmarks.peers.questions import Question

VERIFY = """import duckdb
from soda_core.contracts import verify_contract_locally
from soda_duckdb import DuckDBDataSource

connection = duckdb.connect()
connection.execute("CREATE VIEW posts AS FROM 'posts.parquet'")
source = DuckDBDataSource.from_existing_cursor(connection, name="newsroom")
session = verify_contract_locally(data_sources=[source], contract_file_path="contract.yml")
"""


def contract(questions: Sequence[Question]) -> dict[str, str]:
    """The contract, and the program that verifies it."""
    checks = "".join(map(check, questions))
    contract = f"dataset: newsroom/main/posts\ncolumns:\n  - name: author\nchecks:\n{checks}"
    return {"contract.yml": contract, "verify.py": VERIFY}


def check(one: Question) -> str:
    return (
        f"  - metric:\n      name: {one.id}\n      qualifier: {one.id}\n      expression: |\n        {cased(one)}\n"
        f"      threshold:\n        must_be_between:\n          greater_than_or_equal: {one.low:g}\n"
        f"          less_than_or_equal: {one.high:g}\n"
    )
