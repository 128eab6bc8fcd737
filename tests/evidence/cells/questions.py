"""Random questions over the table of traps: conditions of every shape that the cells cut, and some they do not."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from factcheck.evidence.asks import (
    Aggregate,
    Ask,
    Distinct,
    Extremes,
    PerAsk,
    Quantile,
    Question,
    RowsAsk,
    Sum,
    UnitAsk,
)
from factcheck.evidence.dataset import Family

from .conftest import bound

OPS = ("=", "<>", "<", "<=", ">", ">=")
NUMBERS = {
    "i": ("-4", "0", "3", "3.5", "8", "100"),
    "id": ("9007199254740992", "9007199254740993", "9007199254740992e0"),
    "dec": ("0.01", "0.015", "1.5", "-1.99", "5"),
    "x": ("0", "-0.0", "0.1", "1e15", "0.14285714285714285", "3"),
    "f": ("0.1", "0.5", "0.3", "1"),
}
TIMES = (
    "'2018-04-10'",
    "CAST('2018-04-10' AS TIMESTAMP)",
    "CAST('2018-04-10 12:00:00' AS TIMESTAMP)",
    "'2018-04-10 00:00:00'",
    "CAST('2018-04-20' AS DATE)",
    "'2018-04-20'",
)
TEXTS = ("'Russia'", "'US'", "''", "'México'", "'nowhere'")
ATOMS = (
    "s LIKE '%o%'", "s ILIKE '%ABC%'", "s NOT LIKE 'a%'", "s = 'É'", "s IS NULL", "b", "NOT b", "b IS NULL", "b = TRUE",
    "b IS NOT TRUE", "i IN (1, 2, NULL)", "i NOT IN (1, 3)", "country IN ('Russia', 'US')", "country NOT IN ('Russia')",
    "COALESCE(country = 'Russia', FALSE)", "COALESCE(i > 2, FALSE)", "i > dec", "i % 2 = 0", "ISNAN(x)", "x = x",
    "empty > 3", "empty IS NULL", "CAST(ts AS DATE) = CAST('2018-04-10' AS DATE)", "LENGTH(s) > 3", "author = 'a1'",
    "CASE WHEN i > 2 THEN b ELSE country = 'US' END", "i = NULL", "NULL", "TRUE", "x IS NOT DISTINCT FROM 0.1",
    "d BETWEEN '2018-04-05' AND CAST('2018-04-20 12:00:00' AS TIMESTAMP)", "x IN (0.1, 0)", "f IN (0.1, 1)",
    "regexp_matches(s, '^post')", "starts_with(s, 'p')", "contains(s, 'b')", "author > 'a2'", "country > 'R'",
)  # fmt: skip


def atom(rng: random.Random) -> str:
    roll = rng.random()
    if roll < 0.35:
        column = rng.choice(list(NUMBERS))
        value = rng.choice(NUMBERS[column])
        if rng.random() < 0.2:
            return f"{column} BETWEEN {value} AND {rng.choice(NUMBERS[column])}"
        return f"{column} {rng.choice(OPS)} {value}" if rng.random() < 0.8 else f"{value} {rng.choice(OPS)} {column}"
    if roll < 0.55:
        column = rng.choice(("ts", "d"))
        if rng.random() < 0.3:
            return f"{column} {rng.choice(('NOT ', ''))}BETWEEN {rng.choice(TIMES)} AND {rng.choice(TIMES)}"
        return f"{column} {rng.choice(OPS)} {rng.choice(TIMES)}"
    if roll < 0.7:
        return f"country {rng.choice(OPS[:2])} {rng.choice(TEXTS)}"
    if roll < 0.75:
        return f"{rng.choice(('i', 'x', 'country', 'ts'))} IS {rng.choice(('NOT ', ''))}NULL"
    return rng.choice(ATOMS)


def condition(rng: random.Random, depth: int = 0) -> str:
    roll = rng.random()
    if depth >= 3 or roll < 0.45:
        return atom(rng)
    if roll < 0.6:
        return f"NOT ({condition(rng, depth + 1)})"
    parts = [condition(rng, depth + 1) for _ in range(rng.randint(2, 3))]
    return "(" + rng.choice((" AND ", " OR ")).join(f"({part})" for part in parts) + ")"


LABELS = (
    ("country", Family.TEXT), ("i", Family.INTEGER), ("d", Family.DATE), ("ts", Family.TIMESTAMP),
    ("author", Family.TEXT), ("CAST(DATE_TRUNC('MONTH', ts) AS DATE)", Family.DATE),
    ("EXTRACT(HOUR FROM ts)", Family.INTEGER),
    ("dec", Family.DECIMAL), ("x", Family.DOUBLE), ("empty", Family.INTEGER), ("s", Family.TEXT),
)  # fmt: skip
AGGREGATES = (
    Sum(bound("i", Family.INTEGER)), Sum(bound("id", Family.INTEGER)), Sum(bound("dec", Family.DECIMAL)),
    Sum(bound("x", Family.DOUBLE)), Sum(bound("f", Family.DOUBLE)), Sum(bound("i * 2 + 1", Family.INTEGER)),
    Extremes(bound("i", Family.INTEGER)), Extremes(bound("x", Family.DOUBLE)), Extremes(bound("ts", Family.TIMESTAMP)),
    Extremes(bound("s", Family.TEXT)), Extremes(bound("dec", Family.DECIMAL)), Extremes(bound("d", Family.DATE)),
    Extremes(bound("f", Family.DOUBLE)),
    Distinct(bound("author", Family.TEXT)), Distinct(bound("x", Family.DOUBLE)),
    Quantile(bound("dec", Family.DECIMAL), Fraction(1, 2)), Quantile(bound("i", Family.INTEGER), Fraction(1, 3)),
    Quantile(bound("x", Family.DOUBLE), Fraction(9, 10)),
)  # fmt: skip


def maybe(rng: random.Random, chance: float = 0.7) -> Any:
    return bound(condition(rng)) if rng.random() < chance else None


def ask(rng: random.Random, table: str) -> Ask:
    by: list[Any] = [bound(condition(rng)) for _ in range(rng.choice((0, 1, 1, 1, 2)))]
    if rng.random() < 0.3:
        by.insert(rng.randint(0, len(by)), bound(*rng.choice(LABELS)))
    aggregates: list[Aggregate] = rng.sample(AGGREGATES, rng.choice((0, 0, 0, 1, 2)))
    return Ask(table, maybe(rng), tuple(by), tuple(aggregates))


def question(rng: random.Random, table: str = "traps") -> Question:
    roll = rng.random()
    if roll < 0.7:
        return ask(rng, table)
    if roll < 0.85:
        unit = bound(*rng.choice((("author", Family.TEXT), ("i", Family.INTEGER), ("x", Family.DOUBLE))))
        return UnitAsk(table, unit, maybe(rng), maybe(rng), rng.choice(("any", "all", "most")))
    if roll < 0.95:
        groups = tuple(bound(*label) for label in rng.sample(LABELS[:5], rng.choice((1, 1, 2))))
        value = rng.choice(("count", "share", "sum", "mean", "min", "max", "distinct"))
        x = (
            None
            if value in ("count", "share")
            else bound(*rng.choice((("i", Family.INTEGER), ("dec", Family.DECIMAL))))
        )
        return PerAsk(table, groups, maybe(rng), maybe(rng), x, value)
    return RowsAsk(table, bound(*rng.choice(LABELS)), maybe(rng), rng.choice((2, 1000)))
