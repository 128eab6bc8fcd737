"""PostgreSQL: which nodes mean there what they mean in DuckDB, and what is said in the place of the others."""

from __future__ import annotations

from functools import cache

from factcheck.evidence.engines.dialects import (
    postgresql_casts,
    postgresql_many,
    postgresql_numbers,
    postgresql_order,
    postgresql_times,
    texts,
)
from factcheck.evidence.engines.dialects.postgresql_reading import composed
from factcheck.evidence.engines.dialects.translate import Dialect
from factcheck.evidence.engines.postgresql_types import LONGEST, carried


@cache
def dialect() -> Dialect:
    from sqlglot import exp

    from factcheck.evidence.engines.dialects.common import PLAIN

    plain = {
        exp.Var, exp.Where, exp.Order, exp.Window, exp.WindowSpec, exp.Filter, exp.RowNumber, exp.Rank, exp.DenseRank,
        exp.PercentRank, exp.CumeDist, exp.Ntile, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.Values,
        exp.Tuple,
    }  # fmt: skip
    rules = {
        **texts.rules("postgres"),
        **postgresql_order.rules(),
        **postgresql_numbers.rules(),
        **postgresql_casts.rules(),
        **postgresql_times.rules(),
        **postgresql_many.rules(),
        "NFC_NORMALIZE": lambda node: composed(node.expressions[0]),
    }
    return Dialect("postgres", "PostgreSQL", rules, PLAIN | plain, carried, LONGEST)
