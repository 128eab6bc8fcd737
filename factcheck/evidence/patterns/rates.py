"""Rows a day in the times for which two conditions hold, and how many days those are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Asking, Pattern, PatternAnswer
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound, truncate
from factcheck.evidence.patterns.sql import quoted, select

LONG = timedelta(days=3_653)  # beyond ten years the clock is read every quarter of an hour
LONGEST = timedelta(days=73_050)  # beyond two centuries a time is likelier wrong than meant


@dataclass(frozen=True)
class Day:
    """A day of the calendar: its moments in all and those for which either condition holds, and its rows.

    `during` and `versus` are the rows that count, `perhaps_…` those of which it is not known, `rows` all that count.
    """

    day: date
    moments: int = 0
    moments_during: int = 0
    moments_versus: int = 0
    moments_both: int = 0
    during: int = 0
    versus: int = 0
    perhaps_during: int = 0
    perhaps_versus: int = 0
    rows: int = 0


@dataclass(frozen=True)
class RatesAnswer(PatternAnswer):
    days: tuple[Day, ...]  # every day of the window, in order
    usual: int  # moments of a day on which no clock is changed
    distinct: tuple[int, int, int, int] | None  # during, versus, and both with the rows that perhaps count
    timeless: int  # rows that (perhaps) count and have no time
    outside: int  # rows that (perhaps) count and lie outside of the window
    aside: int
    rows: int

    @property
    def lengths(self) -> list[int]:
        """The moments of each day; those with which the window begins and ends are taken for whole ones."""
        edges = (0, len(self.days) - 1)
        return [max(day.moments, self.usual) if i in edges else day.moments for i, day in enumerate(self.days)]


@dataclass(frozen=True)
class Rates(Pattern[RatesAnswer]):
    """Rows where `base` and `that` are true, by the day of `time`, from `start` to before `end` (naive UTC).

    `during` and `versus` are conditions on the time column alone: whether they hold is read off the clock every minute
    (in windows of more than ten years every quarter of an hour), or off the calendar for a column of dates, whether
    there are rows or not. With `distinct` its different values are counted in place of rows.
    """

    time: Bound
    column: str
    during: Bound
    versus: Bound
    start: datetime
    end: datetime
    base: Bound | None = None
    that: Bound | None = None
    distinct: Bound | None = None

    @property
    def in_days(self) -> bool:
        return self.time.family is Family.DATE

    def found(self, asking: Asking) -> RatesAnswer:
        if self.end - self.start > LONGEST:
            ends = f"{self.start.date()} to {self.end.date()}"
            raise EvidenceError(
                f"{self.column} reaches from {ends}; say with `period` or `where` which is meant", self.dataset
            )
        days = {row[0]: Day(row[0], *map(int, row[1:])) for row in asking.rows(self._calendar())}
        counts = self._counts()
        rows = f"{select(asking, self.dataset, self.base, counts, self._inside())} GROUP BY 1"
        tallies = {row[0]: tuple(map(int, row[1:])) for row in asking.rows(rows)}
        told = [self._with(day, tallies.get(day.day, (0,) * 5)) for _, day in sorted(days.items())]
        left = {
            "timeless": f"COUNT(CASE WHEN ({self.time.sql}) IS NULL AND {self._perhaps()} THEN 1 END)",
            "outside": f"COUNT(CASE WHEN NOT ({self._inside()}) AND {self._perhaps()} THEN 1 END)",
        }
        timeless, outside = asking.rows(select(asking, self.dataset, self.base, left))[0]
        return RatesAnswer(
            (rows,),
            tuple(told),
            timedelta(days=1) // self._step,
            self._values(asking),
            int(timeless),
            int(outside),
            asking.aside(self.dataset, self.base),
            asking.total(self.dataset),
        )

    @property
    def _step(self) -> timedelta:
        if self.in_days:
            return timedelta(days=1)
        return timedelta(minutes=1 if self.end - self.start <= LONG else 15)

    def _with(self, day: Day, tally: tuple[int, ...]) -> Day:
        moments = (day.moments, day.moments_during, day.moments_versus, day.moments_both)
        return Day(day.day, *moments, *tally)

    def _calendar(self) -> str:
        """The days of the window, with the moments of each for which the conditions hold."""
        step = self._step
        first = self.start - (self.start - datetime(1970, 1, 1)) % step
        last = max(first, self.end - timedelta(microseconds=1))
        series = f"GENERATE_SERIES({_literal(first)}, {_literal(last)}, INTERVAL '{int(step.total_seconds())}' SECOND)"
        moment = f"CAST(UNNEST({series}) AS {'DATE' if self.in_days else 'TIMESTAMP'})"
        flags = {"d": self.during.sql, "v": self.versus.sql}
        marks = ", ".join(f"COALESCE({sql}, FALSE) AS {name}" for name, sql in flags.items())
        clock = f"SELECT {moment} AS {quoted(self.column)}"
        marked = f"SELECT {truncate(self.time, 'day').sql} AS day, {marks} FROM ({clock}) AS clock"
        sums = ", ".join(f"COUNT(CASE WHEN {flag} THEN 1 END)" for flag in ("d", "v", "d AND v"))
        return f"SELECT day, COUNT(*), {sums} FROM ({marked}) AS marked GROUP BY 1"

    def _counts(self) -> dict[str, str]:
        counts, perhaps = self._that(), "FALSE" if self.that is None else f"({self.that.sql}) IS NULL"
        return {
            "day": truncate(self.time, "day").sql,
            "during": f"COUNT(CASE WHEN ({self.during.sql}) AND {counts} THEN 1 END)",
            "versus": f"COUNT(CASE WHEN ({self.versus.sql}) AND {counts} THEN 1 END)",
            "perhaps_during": f"COUNT(CASE WHEN ({self.during.sql}) AND {perhaps} THEN 1 END)",
            "perhaps_versus": f"COUNT(CASE WHEN ({self.versus.sql}) AND {perhaps} THEN 1 END)",
            "counting": f"COUNT(CASE WHEN {counts} THEN 1 END)",
        }

    def _that(self) -> str:
        return "TRUE" if self.that is None else f"({self.that.sql})"

    def _perhaps(self) -> str:
        return "TRUE" if self.that is None else f"({self.that.sql}) IS NOT FALSE"

    def _inside(self) -> str:
        ends = (_literal(self.start), _literal(self.end))
        if self.in_days:
            ends = (f"DATE '{self.start.date()}'", f"DATE '{self.end.date()}'")
        return f"({self.time.sql}) >= {ends[0]} AND ({self.time.sql}) < {ends[1]}"

    def _values(self, asking: Asking) -> tuple[int, int, int, int] | None:
        if self.distinct is None:
            return None
        parts = [(side.sql, test) for test in (self._that(), self._perhaps()) for side in (self.during, self.versus)]
        items = {
            f"v{i}": f"COUNT(DISTINCT CASE WHEN ({side}) AND {test} THEN {self.distinct.sql} END)"
            for i, (side, test) in enumerate(parts)
        }
        a, b, most_a, most_b = asking.rows(select(asking, self.dataset, self.base, items, self._inside()))[0]
        return int(a), int(b), int(most_a), int(most_b)


def _literal(moment: datetime) -> str:
    return f"TIMESTAMP '{moment.isoformat(sep=' ')}'"
