"""The rows that a measure is about: those of `where`, restricted by `among`, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Aggregate, Answer, Ask, Sum
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.expressions import Bound, conjunction
from factcheck.measures.design import Design
from factcheck.measures.form import Binder, Context
from factcheck.measures.setting import Mode, Setting, check_population
from factcheck.measures.tallies import Number


@dataclass(frozen=True)
class Split:
    """How the rows of the base fall: `k` true, `unknown` NULL, of `n`; what was left out and why.

    `aside` are rows that `among` sets aside because a value is missing; `where_aside` those that `where` does.
    `rows` is the size of the dataset.
    """

    k: Number
    unknown: Number
    n: Number
    aside: Number
    where_aside: int
    rows: int
    sql: str


@dataclass(frozen=True)
class Rows:
    """A dataset's rows under `where` and `among`."""

    dataset: Dataset
    where: Bound | None
    among: Bound | None
    counts: Bound | None  # the column that says how many each row stands for
    design: Design | None = None  # how the rows were drawn, where not each by itself with the same chance

    @property
    def base(self) -> Bound | None:
        return conjunction(self.where, self.among)

    def drawn(self, setting: Setting) -> Design | None:
        """The design, where it changes the figure or its region: without weights, only that of a sample does."""
        if self.design is None or self.design.weight is not None:
            return self.design
        drawn_whole = setting.population is not None and setting.population <= setting.rows and not setting.process
        return self.design if setting.mode in (Mode.SAMPLE, Mode.PROCESS) and not drawn_whole else None

    def none_when_missing(self, x: Bound) -> bool:
        """Whether a NULL of an expression means that there is none (`missing: none`), not that it is unknown."""
        return bool(x.columns) and all(self.dataset.columns[name].missing_none for name in x.columns)

    def setting(self, context: Context) -> Setting:
        """How the dataset was collected; the size of a table of counts is the sum of its counts."""
        setting = context.setting(self.dataset.name)
        if self.counts is None or setting.population is None:
            return setting
        answer = context.answer(Ask(self.dataset.name, None, (), (Sum(self.counts),)))
        setting = replace(setting, rows=int(sum(Fraction(value or 0) for value in answer.values[0]["sum"])))
        check_population(self.dataset.name, setting)
        return setting.of_all(weighted=self.design is not None and self.design.weight is not None)

    def ask(self, *by: Bound, aggregates: tuple[Aggregate, ...] = ()) -> Ask:
        """A question over the rows of `where`; `among`, if any, is its first `by`."""
        first = (self.among,) if self.among is not None else ()
        counted: tuple[Aggregate, ...] = (Sum(self.counts),) if self.counts is not None else ()
        return Ask(self.dataset.name, self.where, (*first, *by), (*counted, *aggregates))

    def sizes(self, answer: Answer) -> list[Number]:
        """How many things each line of the answer stands for."""
        if self.counts is None:
            return list(answer.n)
        if sum(answer.values[0]["count"]) != sum(answer.n):
            missing = sum(answer.n) - sum(answer.values[0]["count"])
            raise EvidenceError(
                f"the column of counts '{self.dataset.counts}' is empty in {missing} of the rows that the claim needs",
                self.dataset.name,
            )
        return [Fraction(value) if value is not None else 0 for value in answer.values[0]["sum"]]

    def values(self, answer: Answer, index: int) -> dict[str, list[Any]]:
        """The index-th aggregate that the measure asked for (the counts come before it)."""
        return answer.values[index + (1 if self.counts is not None else 0)]

    def lines(self, answer: Answer) -> list[tuple[tuple[object, ...], Number]]:
        """(by values, size) of the lines inside the base."""
        sizes = self.sizes(answer)
        if self.among is None:
            return list(zip(answer.by, sizes, strict=True))
        return [(by[1:], size) for by, size in zip(answer.by, sizes, strict=True) if by[0] is True]

    def inside(self, answer: Answer) -> list[int]:
        """Positions of the lines inside the base."""
        return [i for i, by in enumerate(answer.by) if self.among is None or by[0] is True]

    def aside(self, answer: Answer, unknown: int = -1, of: Bound | None = None) -> Number:
        """Rows set aside by `among` because a value is missing.

        Those are the rows for which `among` itself is NULL, and those that it leaves out while the value at
        `unknown` of their `by`, that of the expression `of`, is NULL: `among: country is not null` leaves out what has
        no known answer. Where both share no column, nothing is hidden: who was not asked has no answer to miss.
        """
        if self.among is None:
            return 0
        hiding = of is None or bool(self.among.columns & of.columns)
        total: Number = 0
        for by, size in zip(answer.by, self.sizes(answer), strict=True):
            hides_unknown = hiding and by[0] is False and len(by) > 1 and by[unknown] is None
            if by[0] is None or hides_unknown:
                total += size
        return total

    def split(self, context: Context, condition: Bound | None) -> Split:
        """Counts the base by a condition; without one, every row of the base is true."""
        answer = context.answer(self.ask(*((condition,) if condition is not None else ())))
        k: Number = 0
        unknown: Number = 0
        n: Number = 0
        for by, size in self.lines(answer):
            n += size
            if condition is None or by[0] is True:
                k += size
            elif by[0] is None:
                unknown += size
        return Split(k, unknown, n, self.aside(answer, of=condition), answer.unknown, answer.rows, answer.sql)


def rows_of(binder: Binder, among: str | None, *path: str | int) -> Rows:
    """The base of a measure, with its `among` bound."""
    bound = None if among is None else binder.expression(among, *path, expect="condition")
    counts = binder.dataset.counts
    count = None if counts is None else binder.column(counts)
    return Rows(binder.dataset, binder.where, bound, count, binder.design)
