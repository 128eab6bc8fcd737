"""What is sent to Spark for each kind of statement, word by word: a change of it is to be read before it lands.

FACTCHECK_WRITE_EXPECTED=1 writes the expected file anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from factcheck.evidence.engines.dialects import Refused, Statement
from factcheck.evidence.engines.dialects.spark import dialect

from .nasty import select, statements

EXPECTED = Path(__file__).parents[1] / "expected" / "spark.sql"


def translations() -> str:
    with duckdb.connect() as made:
        made.execute(f"CREATE TABLE nasty AS {select()}")
        columns = {str(row[0]): str(row[1]) for row in made.execute("DESCRIBE nasty").fetchall()}
    blocks = []
    for statement in statements():
        try:
            said = Statement(statement).translated(dialect(), {"nasty": columns})
        except Refused as refused:
            said = f"-- refused: {refused.message}"
        blocks.append(f"-- {statement}\n{said}\n")
    return "\n".join(blocks)


def test_statements_are_sent_in_these_words() -> None:
    made = translations()
    if os.environ.get("FACTCHECK_WRITE_EXPECTED"):
        EXPECTED.write_text(made, encoding="utf-8")
    assert made == EXPECTED.read_text(encoding="utf-8")
