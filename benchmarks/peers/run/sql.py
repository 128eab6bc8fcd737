"""Runs a file of hand-written SQL on DuckDB, a statement after the other: `python sql.py FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from told import Found, tell


def work() -> Found:
    connection = duckdb.connect()
    statements = [part for part in Path(sys.argv[1]).read_text(encoding="utf-8").split(";\n") if part.strip()]
    figures, said = {}, []
    for statement in statements:
        try:
            result = connection.execute(statement)
            names = [column[0] for column in result.description]
            figures.update(zip(names, result.fetchall()[0], strict=True))
        except duckdb.Error as error:  # DuckDB's own shell, too, goes on with the next statement
            said.append(str(error))
    return {"figures": figures, "said": said, "statements": len(statements)}


tell(work, ["duckdb"])
