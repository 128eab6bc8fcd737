"""SQL expressions of a claim: parsed against an allow-list, bound to columns and types, re-rendered."""

from factcheck.evidence.expressions.bound import Bound

__all__ = ["Bound"]
