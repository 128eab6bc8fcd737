"""Parameters of a claim in the sentences of a report: `score <= 1` where the spec has `score <= :most`."""

from __future__ import annotations

import re

from factcheck.evidence.expressions import ExpressionError
from factcheck.evidence.expressions.params import constant
from factcheck.reports.telling import inert
from factcheck.verdicts.verdict import Verdict

_SHORT = 40  # characters of a value that a sentence can bear


def filled(sentences: list[str], verdict: Verdict) -> list[str]:
    """The sentences with short values of the parameters that the claim's conditions name in their places."""
    spec = f"{verdict.claim.where} {verdict.claim.measure}"
    for name, value in verdict.claim.params.items():
        named, literal = re.compile(rf"(?<![:\w]):{re.escape(name)}\b"), _literal(value)
        if literal and len(literal) <= _SHORT and named.search(spec):
            sentences = [named.sub(literal.replace("\\", r"\\"), told) for told in sentences]
    return sentences


def _literal(value: object) -> str:
    """A value as a condition would have it; empty for one that none could have."""
    if isinstance(value, list | tuple):
        return f"({', '.join(_literal(one) for one in value)})"
    try:
        return inert(constant(value).tree.sql(dialect="duckdb"))
    except ExpressionError:
        return ""
