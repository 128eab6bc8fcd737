"""The kind `hours`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.asks import Ask
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound, conjunction, is_midnight, is_null, local_hour, negation
from factcheck.measures.common import only_column, plural
from factcheck.measures.designed_groups import (
    DesignedGroups,
    designed_part,
    groups_of,
    nothing_in,
    setting_of,
    with_design,
)  # fmt: skip
from factcheck.measures.fields import Among
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.groups import Grouped, Groups, group_notes
from factcheck.measures.inner import Inner
from factcheck.measures.measurement import Bar, Measurement, Note, Series, unmeasurable
from factcheck.measures.moments import Time
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Drawn, drawn, population_behind
from factcheck.text.fields import TimeZone

DAY = range(24)
_HOUR = re.compile(r"0?(\d|1\d|2[0-3])(?::00)?")
_SPAN = re.compile(r"(\d{1,2}):00 *(?:-|–|to) *(\d{1,2}):00")


class HoursForm(Form):
    """The shares of the 24 hours of the day: when on the clock the rows' times lie.

    An hour is what the clock of `timezone` shows (default: the claim's, else the column's, else UTC), summer time
    included: 9 is everything from 9:00:00 to before 10:00:00. The hour that a clock shows twice counts both times, the
    one that it leaves out is empty on that day. A claim names hours by their number (`9: 12%`, `09: 12%`), or several
    together by the times of the clock between which they lie, the second left out: `"9:00-17:00": 80%` are the hours 9
    to 16, `"22:00-2:00"` runs over midnight. Hours that are not named are free.

    Rows with a NULL time may lie in any hour. A column of dates has no hours and is refused; where every time is
    midnight exactly, the time of day was not recorded and there is nothing to measure. In a random sample the hours
    named get Goodman's simultaneous intervals (1965), which take rows to be drawn one by one: what lies behind posts
    that come in bursts (`about: process`) may differ more. In a partial collection only none and all can be refuted.

    With `weight` each row counts as much as it says; with `weight` or `cluster` the intervals are those of Korn and
    Graubard over the units that were drawn: name the account as the `cluster` where accounts were drawn with all their
    posts.

    It cannot show where somebody lives: a working day of one place is the evening of another, and posts can be
    scheduled.

    Example: `measure: {hours: created_at, timezone: Asia/Shanghai}`, `claimed: {"9:00-18:00": most}`
    """

    kind: ClassVar[str] = "hours"
    reads: ClassVar[Quantity | None] = Quantity.COMPOSITION
    weighs: ClassVar[bool] = True
    figures: ClassVar[tuple[str, ...]] = ("{9: 12%}", '{"9:00-17:00": about 80%}')
    hours: Time
    timezone: TimeZone | None = Field(None, description="The clock (default: the claim's).", examples=["Asia/Shanghai"])
    among: Among = None

    def bind(self, binder: Binder) -> Measure:
        time = binder.expression(self.hours, "hours", expect="time")
        if time.family is Family.DATE:
            raise binder.fail(f"'{self.hours}' holds dates, and a date has no hour", "hours", hint="name a timestamp")
        for label in binder.labels:
            _check(binder, label)
        rows = rows_of(binder, self.among, "among")
        return HoursOf(rows, time, self.hours, self.timezone or time.zone)


def _check(binder: Binder, label: str) -> None:
    if not hours_of(label):
        hint = 'write an hour from 0 to 23, or times of the clock such as "9:00-17:00" (the hours 9 to 16)'
        raise binder.fail(f"the claim names '{label}', which is no hour", "hours", hint=hint)


def hours_of(label: str) -> tuple[int, ...]:
    """The hours that a label of a claim names; none where it names no hours."""
    label = label.strip()
    if one := _HOUR.fullmatch(label):
        return (int(one[1]),)
    both = _SPAN.fullmatch(label)
    if both is None or int(both[1]) > 23 or int(both[2]) > 24:
        return ()
    first, end = int(both[1]), int(both[2])
    return tuple(range(first, end)) if first < end else (*range(first, 24), *range(end)) if first > end else ()


@dataclass(frozen=True)
class HoursOf:
    rows: Rows
    time: Bound
    name: str
    zone: str
    unit: str = "proportion"
    quantity: Quantity = Quantity.COMPOSITION

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    @property
    def _recorded(self) -> str:
        """The clock that the times were written on."""
        column = only_column(self.time, self.rows.dataset)
        return (column.timezone if column is not None else None) or "UTC"

    def words(self) -> str:
        return f"the shares of the hours of the day in {self.name}, on the clock of {self.zone}"

    def measure(self, context: Context) -> Measurement:
        setting = setting_of(self.rows, context)
        rows, grouped = self._question()
        found, midnights, timeless = context.together(
            lambda: groups_of(grouped, context),
            lambda: self._true(context, rows.ask(self._midnight()), rows),
            lambda: self._true(context, self.rows.ask(is_null(self.time)), self.rows) if rows != self.rows else 0,
        )
        assert isinstance(found, Groups)  # `together` mixes the types of its steps
        assert isinstance(midnights, int)
        assert isinstance(timeless, int)
        known = found.n - found.unlabelled
        unknown = found.free if setting.missing == "bounds" else Fraction(0)
        n = found.whole - found.free if setting.missing == "ignore" else found.whole
        if n == 0:
            return nothing_in(found, self.quantity)
        if known == 0 or found.whole == found.free:
            return unmeasurable(self.quantity, "no-numbers", name=self.name, rows=found.n)
        if midnights == known:
            return unmeasurable(self.quantity, "only-midnights", name=self.name, zone=self._recorded, rows=known)
        counts = {int(group.label): group.value for group in found.groups}
        return self._measured(counts, n, unknown, found, timeless, setting)

    def _midnight(self) -> Bound:
        """A time without end is the beginning of its day, but has no hour."""
        has_hour = negation(is_null(local_hour(self.time, self.zone)))
        found = conjunction(is_midnight(self.time, self._recorded), has_hour)
        assert found is not None
        return found

    def _question(self) -> tuple[Rows, Grouped]:
        """Rows that by their nature have no time have no hour either."""
        rows = self.rows
        if rows.none_when_missing(self.time):
            rows = replace(rows, among=conjunction(rows.among, negation(is_null(self.time))))
        return rows, Grouped(rows, local_hour(self.time, self.zone), Inner("count"))

    def _true(self, context: Context, question: Ask, rows: Rows) -> int:
        return int(sum(size for by, size in rows.lines(context.answer(question)) if by[0] is True))

    def _measured(
        self,
        counts: Mapping[int, Fraction],
        n: Fraction,
        unknown: Fraction,
        found: Groups,
        timeless: int,
        setting: Setting,
    ) -> Measurement:
        named = {name: hours_of(name) for name in setting.labels}
        spoken = {hours[0] for hours in named.values() if len(hours) == 1}
        parts = named | {str(hour): (hour,) for hour in DAY if hour not in spoken}
        none = Fraction(0)
        sizes = {name: sum((counts.get(hour, none) for hour in hours), none) for name, hours in parts.items()}
        shares = {name: self._draw(parts[name], found, k, n, unknown, setting) for name, k in sizes.items()}
        method = next(iter(shares.values())).method
        notes = group_notes(found, self.name, Inner("count"))
        if timeless:
            notes += (Note("no-time", {"rows": timeless, "name": self.name}),)
        region: dict[str, Interval] = {name: one.region for name, one in shares.items()}
        result = Measurement(
            self.quantity,
            {name: found.share(k, n, unknown).estimate or none for name, k in sizes.items()},
            region,
            self.unit,
            n=found.n,
            missing=found.unlabelled,
            aside=found.aside,
            method=method,
            notes=notes,
            facts={"whole": False, "n": n, "groups": len(counts), "by": self.name, "zone": self.zone},
            bars=tuple(Bar(name, sizes[name]) for name in named),
            series=(self._series(counts),),
            queries=(found.sql,),
            sampled=method not in ("complete", "bounds", "partial"),
            bound_only=method == "partial",
        )
        return with_design(result, found, setting, *(tuple(map(str, hours)) for hours in named.values()))

    def _draw(
        self, hours: tuple[int, ...], found: Groups, k: Fraction, n: Fraction, unknown: Fraction, setting: Setting
    ) -> Drawn:
        if setting.mode not in (Mode.SAMPLE, Mode.PROCESS):
            return found.share(k, n, unknown).draw(setting)
        from factcheck.stats.composition import composition

        # Hours and spans of them may overlap, so that each label is asked for alone, at its part of the error.
        each = setting.split(max(1, len(setting.labels)))
        if isinstance(found, DesignedGroups):
            return designed_part(found, tuple(map(str, hours)), each)
        population = population_behind(int(n), setting) if n == setting.rows else None
        (bounds,) = composition([int(k)], int(n), float(each.level), population, int(unknown))
        return drawn(None, bounds)

    def _series(self, counts: Mapping[int, Fraction]) -> Series:
        y = tuple(counts.get(hour, Fraction(0)) for hour in DAY)
        name = f"{plural(self.rows.dataset.unit or 'row')} by hour"
        return Series("hours", tuple(DAY), y, f"hour in {self.zone}", name)
