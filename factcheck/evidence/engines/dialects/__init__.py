"""DuckDB's SQL in the words of other engines: a module per engine, rules per node, and everything else refused."""

from factcheck.evidence.engines.dialects.translate import (
    Dialect,
    Refused,
    Rule,
    Statement,
    family_of,
    renamed,
    translated,
)

__all__ = ["Dialect", "Refused", "Rule", "Statement", "family_of", "renamed", "translated"]
