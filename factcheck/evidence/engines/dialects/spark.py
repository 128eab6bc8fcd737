"""DuckDB's SQL in Spark's words, in a session that is set as `spark_sessions.MEANING` says."""

from __future__ import annotations

from functools import cache

from factcheck.evidence.engines.dialects.translate import Dialect
from factcheck.evidence.engines.spark_types import carried


@cache
def dialect() -> Dialect:
    from sqlglot import exp

    from factcheck.evidence.engines.dialects import (
        spark_aggregates,
        spark_casts,
        spark_lists,
        spark_numbers,
        spark_times,
        texts,
    )
    from factcheck.evidence.engines.dialects.common import PLAIN

    plain: set[type[exp.Expression]] = {
        exp.CountIf, exp.LogicalOr, exp.LogicalAnd, exp.Distinct, exp.Order, exp.Ordered, exp.RowNumber, exp.Rank,
        exp.DenseRank, exp.PercentRank, exp.CumeDist, exp.Ntile, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue,
        exp.BitwiseAnd, exp.BitwiseOr, exp.Values, exp.Tuple,
    }  # fmt: skip
    rules = {
        **texts.rules("spark"),
        **spark_numbers.rules(),
        **spark_casts.rules(),
        **spark_times.rules(),
        **spark_aggregates.rules(),
        **spark_lists.rules(),
    }
    return Dialect("spark", "Spark", rules, PLAIN | plain, carried)
