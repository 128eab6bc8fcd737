"""The questions that every tool is asked, apart from how any of them writes a question down.

Shares, counts, means and numbers of different authors, as investigations of posts ask them, over the columns of
`benchmarks/cells/posts.py`. The same number of questions is the same questions, and the first ten of 500 are those of
ten.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from benchmarks.cells.posts import COUNTRIES, LANGUAGES, PLATFORMS

Kind = Literal["share", "count", "mean", "distinct"]
Value = str | int | date | tuple[str, ...] | tuple[date, date] | None
KINDS: tuple[Kind, ...] = ("share", "share", "share", "count", "share", "mean", "share", "count", "share", "distinct")
FOLLOWERS = (10, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000, 100000)
IMPRESSIONS = (5, 10, 50, 100, 1000, 5000, 10000)
FIRST, DAYS = date(2018, 3, 1), 90


@dataclass(frozen=True)
class Condition:
    """A fact about a column: `op` is a comparison, "in", "during" (from, before), "null", "given", "true", "false"."""

    column: str
    op: str
    value: Value = None


@dataclass(frozen=True)
class Question:
    """`share` of rows that satisfy `that`; `count` of them; `mean` of a column; different values of a column.

    `base` restricts the rows. A share is that of the rows for which `that` is known. `claimed` is the figure in words,
    true between `low` and `high`.
    """

    id: str
    kind: Kind
    column: str | None
    that: tuple[Condition, ...]
    base: tuple[Condition, ...]
    claimed: str = ""
    low: float = 0.0
    high: float = 0.0


def questions(number: int, seed: int = 1) -> list[Question]:
    """`number` different questions; every ten of them have six shares, two counts, a mean and a number of authors."""
    chance = random.Random(seed)
    found: dict[tuple[object, ...], Question] = {}
    while len(found) < number:
        kind = KINDS[len(found) % len(KINDS)]
        one = _question(f"c{len(found) + 1:03}", kind, chance)
        found.setdefault((one.kind, one.column, one.that, one.base), one)
    return [_claimed(one, random.Random(f"{seed} {one.id}")) for one in found.values()]


def _question(id: str, kind: Kind, chance: random.Random) -> Question:
    facts = chance.sample(list(FACTS), chance.choice((1, 2, 2, 3, 3, 4)))
    conditions = tuple(FACTS[column](chance) for column in facts)
    if kind == "share":
        return Question(id, kind, None, conditions[:1], conditions[1:])
    if kind == "count":
        return Question(id, kind, None, conditions, ())
    column = "author" if kind == "distinct" else chance.choice(("followers", "impressions"))
    return Question(id, kind, column, (), conditions)


def _claimed(one: Question, chance: random.Random) -> Question:
    """A round figure; whether it is near the truth does not matter to what it costs to find out."""
    if one.kind == "share":
        percent = chance.randint(1, 60)
        return _with(one, f"{percent}%", (percent - 0.5) / 100, (percent + 0.5) / 100)
    figure = chance.randint(2, 90) * 10 ** chance.choice((1, 2, 3, 4))
    return _with(one, f"about {figure:,}", figure * 0.95, figure * 1.05)


def _with(one: Question, claimed: str, low: float, high: float) -> Question:
    return Question(one.id, one.kind, one.column, one.that, one.base, claimed, round(low, 6), round(high, 6))


def _named(column: str, values: list[str]) -> Callable[[random.Random], Condition]:
    return lambda chance: Condition(column, "=", chance.choice(values))


def _period(chance: random.Random) -> Condition:
    first, length = chance.randrange(DAYS - 1), chance.choice((1, 7, 14, 30))
    ends = (FIRST + timedelta(days=first), FIRST + timedelta(days=min(first + length, DAYS)))
    return Condition("created_at", "during", ends)


FACTS: dict[str, Callable[[random.Random], Condition]] = {
    "country": _named("country", COUNTRIES),
    "language": lambda chance: (
        Condition("language", "=", chance.choice(LANGUAGES))
        if chance.random() < 0.8
        else Condition("language", "in", ("ru", "uk"))
    ),
    "platform": _named("platform", PLATFORMS),
    "followers": lambda chance: Condition("followers", chance.choice(("<", ">=")), chance.choice(FOLLOWERS)),
    "impressions": lambda chance: Condition("impressions", chance.choice(("<", ">=")), chance.choice(IMPRESSIONS)),
    "verified": lambda chance: Condition("verified", chance.choice(("true", "false"))),
    "retweet_of": lambda chance: Condition("retweet_of", chance.choice(("null", "given"))),
    "created_at": _period,
}
COLUMNS = (*FACTS, "author")  # all that the questions need of the table
