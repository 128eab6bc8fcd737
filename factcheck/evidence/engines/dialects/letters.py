"""What DuckDB knows of characters, asked of DuckDB itself: its Unicode may be newer or older than another engine's.

Sets of characters are sorted ranges of code points, both ends included, that neither touch nor overlap.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

Ranges = tuple[tuple[int, int], ...]
LAST = 0x10FFFF
# Every character that a text can hold; the code points left out are halves of characters in UTF-16.
_POINTS = (
    "(SELECT i, chr(i::INTEGER) AS c FROM (FROM range(1, 55296) UNION ALL FROM range(57344, 1114112)) AS all_of(i))"
    " AS points"
)


def ranges(parts: Iterable[tuple[int, int]]) -> Ranges:
    """Any ranges, in order and joined."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(parts):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def of_points(points: Iterable[int]) -> Ranges:
    return ranges((point, point) for point in points)


def union(*sets: Ranges) -> Ranges:
    return ranges(part for one in sets for part in one)


def complement(one: Ranges) -> Ranges:
    found, start = [], 0
    for low, high in one:
        if low > start:
            found.append((start, low - 1))
        start = high + 1
    return tuple(found) if start > LAST else (*found, (start, LAST))


def intersection(left: Ranges, right: Ranges) -> Ranges:
    return complement(union(complement(left), complement(right)))


def points(one: Ranges) -> Iterator[int]:
    for low, high in one:
        yield from range(low, high + 1)


def has(one: Ranges, point: int) -> bool:
    at = bisect_right(one, (point, LAST)) - 1
    return at >= 0 and one[at][1] >= point


@cache
def lowered() -> dict[int, int]:
    """The characters that lower() changes. DuckDB maps character by character, whatever stands beside."""
    return _mapping("lower")


@cache
def uppered() -> dict[int, int]:
    return _mapping("upper")


def raised(small: str) -> Ranges:
    """All characters that lower() makes this one of, which is one that it leaves as it is."""
    return of_points([ord(small), *(one for one, other in lowered().items() if other == ord(small))])


@cache
def blanks() -> str:
    """The characters that trim() takes off."""
    return "".join(chr(row[0]) for row in _asked(f"SELECT i FROM {_POINTS} WHERE trim(c) = '' ORDER BY i"))


@cache
def matching(pattern: str) -> Ranges:
    """The characters that a regular expression of DuckDB's matches as a whole."""
    quoted = pattern.replace("'", "''")
    found = f"SELECT i, i - row_number() OVER (ORDER BY i) AS run FROM {_POINTS} WHERE regexp_full_match(c, '{quoted}')"
    return ranges((low, high) for low, high in _asked(f"SELECT min(i), max(i) FROM ({found}) GROUP BY run"))


def folded(one: Ranges) -> Ranges:
    """With the characters that (?i) takes for the same."""
    return ranges([*one, *((other, other) for point, same in folds().items() if has(one, point) for other in same)])


@cache
def folds() -> dict[int, frozenset[int]]:
    """For each character with a capital or small form, the others that (?i) takes for it: k, K and the Kelvin sign."""
    near: dict[int, set[int]] = {}
    for one, other in [*lowered().items(), *uppered().items()]:
        joined = near.setdefault(one, {one}) | near.setdefault(other, {other})
        near.update(dict.fromkeys(joined, joined))
    pairs = ", ".join(f"({a}, {b})" for a, group in near.items() for b in group if a != b)
    rows = _asked(
        f"SELECT a, b FROM (VALUES {pairs}) AS pairs(a, b)"
        " WHERE regexp_full_match(chr(a::INTEGER), '(?i)' || chr(b::INTEGER))"
    )
    found: dict[int, set[int]] = {}
    for a, b in rows:
        found.setdefault(b, set()).add(a)
    return {point: frozenset(same) for point, same in sorted(found.items())}


def _mapping(function: str) -> dict[int, int]:
    return dict(_asked(f"SELECT i, unicode({function}(c)) FROM {_POINTS} WHERE {function}(c) <> c ORDER BY i"))


def _asked(sql: str) -> list[tuple[Any, ...]]:
    import duckdb

    with duckdb.connect(config={"threads": 1}) as connection:
        return connection.execute(sql).fetchall()
