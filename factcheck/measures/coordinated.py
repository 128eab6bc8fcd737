"""Accounts that act together as a measure: the figure, the region that the evidence allows, what chance would bring."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.errors import StatisticsError
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.burst_sql import Figures
from factcheck.evidence.patterns.bursts import Acts, Bursts, BurstsAnswer
from factcheck.measures.common import among_notes, aside_notes, finished, plural
from factcheck.measures.form import Context
from factcheck.measures.measurement import Definition, Measurement, Note, Series, unmeasurable
from factcheck.measures.rows import Rows, Split
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Drawn

SECOND, DAY = 1_000_000, 86_400_000_000  # in microseconds
CHANCE_ACTS = 50_000  # rows on shared targets up to which chance is drawn
CHANCE_PAIRS = 200_000  # pairs of rows up to which it is
What = Literal["share", "pairs", "accounts"]


@dataclass(frozen=True)
class Coordination:
    rows: Rows
    what: What
    actor: Bound
    target: Bound
    time: Bound
    window: int
    within: str
    at_least: int
    counting: Literal["targets", "actions"]

    @property
    def quantity(self) -> Quantity:
        return Quantity.PROPORTION if self.what == "share" else Quantity.COUNT

    @property
    def unit(self) -> str:
        return {"share": "proportion", "pairs": "pair", "accounts": "account"}[self.what]

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        least = f"at least {self.at_least}"
        times = f"on {least} different ones" if self.counting == "targets" else f"{least} times"
        near = f"within {self.within}"
        if self.what == "share":
            rows, often = plural(self.rows.dataset.unit or "row"), f", where both came that close {times}"
            told = f"the share of {rows} {near} of one by another account on the same {self.target.text}"
        else:
            who, often = {"pairs": "pairs of accounts", "accounts": "accounts"}[self.what], f", {times}"
            told = f"the number of {who} that acted on the same {self.target.text} {near} of one another"
        return told + (often if self.at_least > 1 else "")

    @property
    def windows(self) -> tuple[int, ...]:
        """A quarter to four times the window, where those are whole seconds (or days, for dates)."""
        step = DAY if self.time.family is Family.DATE else SECOND
        others = {Fraction(self.window) * part for part in (Fraction(1, 4), Fraction(1, 2), 2, 4)}
        return tuple(sorted({self.window, *(int(other) for other in others if other and not other % step)}))

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        split, answer = context.together(
            lambda: self.rows.split(context, None), lambda: context.answer(self._question())
        )
        assert isinstance(split, Split)  # `together` mixes the types of its steps
        assert isinstance(answer, BurstsAnswer)
        if not answer.n:
            return unmeasurable(self.quantity, "empty-base")
        figures = answer.within(self.window)
        drawn = self._share(figures, answer, setting) if self.what == "share" else self._count(figures, answer, setting)
        chance, silent = self._chance(context, answer)
        notes = aside_notes(split.where_aside, split.rows, "where") + among_notes(int(split.aside), int(split.n))
        result = finished(
            drawn,
            quantity=self.quantity,
            unit=self.unit,
            n=answer.n,
            missing=answer.unknown,
            aside=int(split.aside),
            notes=(*notes, *self._told(answer), *silent),
            facts={**self._facts(figures, answer), **chance},
            queries=(answer.queries[("share", "pairs", "accounts").index(self.what)],),
        )
        return replace(result, series=self._series(answer), definitions=self._definitions(answer))

    def _question(self) -> Bursts:
        nothing = tuple(x for x in (self.actor, self.target, self.time) if self.rows.none_when_missing(x))
        pairs = self.what == "pairs" or self.at_least > 1
        return Bursts(
            self.dataset, self.actor, self.target, self.time, self.window, self.windows, self.at_least, self.counting,
            pairs, self.rows.base, nothing,
        )  # fmt: skip

    def _share(self, figures: Figures, answer: BurstsAnswer, setting: Setting) -> Drawn:
        k, known = figures.rows, answer.n - answer.unknown
        n = known if setting.missing == "ignore" else answer.n
        estimate = Fraction(k, n if setting.missing == "false" else known) if known else None
        if not n:
            return Drawn(None, Interval(Fraction(0), Fraction(1)), unmeasurable=Note("empty-base"))
        if setting.process:
            return Drawn(estimate, Interval(Fraction(0), Fraction(1)), "no-interval", (Note(setting.no_interval),))
        if setting.mode is not Mode.EXACT:
            notes = (Note("no-interval"),) if setting.mode is Mode.SAMPLE else ()
            low = Fraction(0) if setting.unseen is None else Fraction(k, n + setting.unseen)
            return Drawn(estimate, Interval(low, Fraction(1), low_open=k > 0 and not low), "partial", notes)
        alone = 1 + answer.reach + (answer.touch if self.at_least > 1 else 0)
        top = min(n, k + self._unknown(answer, setting) * alone)
        return Drawn(estimate, Interval(Fraction(k, n), Fraction(top, n)), "bounds" if top > k else "complete")

    def _count(self, figures: Figures, answer: BurstsAnswer, setting: Setting) -> Drawn:
        k = (figures.pairs or 0) if self.what == "pairs" else figures.accounts
        estimate = Fraction(k) if answer.n > answer.unknown else None
        if setting.process:
            return Drawn(estimate, Interval(Fraction(0), None), "no-interval", (Note(setting.no_interval),))
        if setting.mode is not Mode.EXACT:
            notes = (Note("not-scaled"),) if setting.mode is Mode.SAMPLE else ()
            return Drawn(estimate, Interval(Fraction(k), None), "partial", notes)
        m = self._unknown(answer, setting)
        # A new pair has a meeting with a row that lacks a value: with one that has all, or with another such row.
        more = m * answer.reach + m * (m - 1) // 2 if self.what == "pairs" else m * (1 + answer.reach)
        most = answer.n * (answer.n - 1) // 2 if self.what == "pairs" else answer.n  # an account has a row at least
        top = min(most, k + more)
        return Drawn(estimate, Interval(Fraction(k), Fraction(top)), "bounds" if top > k else "complete")

    def _unknown(self, answer: BurstsAnswer, setting: Setting) -> int:
        return answer.unknown if setting.missing == "bounds" else 0

    def _facts(self, figures: Figures, answer: BurstsAnswer) -> dict[str, Any]:
        return {
            "n": answer.n, "known": answer.n - answer.unknown, "k": figures.rows, "pairs": figures.pairs,
            "accounts": figures.accounts, "acts": answer.acts, "within": self.within, "at_least": self.at_least,
            "counting": self.counting, "target": self.target.text,
        }  # fmt: skip

    def _chance(self, context: Context, answer: BurstsAnswer) -> tuple[dict[str, Any], tuple[Note, ...]]:
        """What chance would bring, or a note on why it was not drawn."""
        if not answer.acts:
            return {}, ()
        from factcheck.stats.coordination import SPREAD
        from factcheck.stats.coordination import Acts as Drawing

        if answer.acts > CHANCE_ACTS:
            return {}, (Note("coordination-chance-many", {"rows": answer.acts, "most": CHANCE_ACTS}),)
        if self.at_least == 1 and (self.window > SPREAD or self.time.family is Family.DATE):
            return {}, (Note("coordination-chance-coarse", {"within": self.within}),)
        found = context.answer(Acts(self.dataset, self.actor, self.target, self.time, self.rows.base))
        # No two times lie further apart than all of them together, moved ones included.
        near = min(self.window, int(found.times.max()) + 2 * SPREAD)
        acts = Drawing(found.actors, found.targets, found.times, near, self.at_least, self.counting)
        draws = acts.moved if self.at_least == 1 else acts.exchanged
        try:
            chance = draws(self.what, CHANCE_PAIRS)
        except StatisticsError:  # centuries on thousands of targets
            return {}, (Note("coordination-chance-coarse", {"within": self.within}),)
        if chance is None:
            return {}, (Note("coordination-chance-pairs", {"most": CHANCE_PAIRS}),)
        whole = self._whole(answer)
        ends = {"chance": chance.median, "chance_low": chance.low, "chance_high": chance.high}
        told = {name: Fraction(int(value), whole) for name, value in ends.items()}
        return {**told, "chance_p": Fraction(round(chance.p * 100), 100), "draws": chance.draws}, ()

    def _told(self, answer: BurstsAnswer) -> tuple[Note, ...]:
        """That other windows and the other way of counting were left out, where rows are too many for them."""
        return (Note("coordination-one-window"),) if len(answer.found) < len(self.windows) else ()

    def _series(self, answer: BurstsAnswer) -> tuple[Series, ...]:
        """How the figure changes with the window."""
        dates = self.time.family is Family.DATE
        step, name = (DAY, "days") if dates else (SECOND, "seconds")
        points = [(window // step, figures) for window, figures in answer.found if not window % step]
        if len(points) < 2 or answer.n == answer.unknown:
            return ()
        y = tuple(Fraction(self._of(figures), self._whole(answer)) for _, figures in points)
        marks = (self.window // step,) if not self.window % step else ()
        return (Series("curve", tuple(x for x, _ in points), y, name, self.what, marks=marks),)

    def _whole(self, answer: BurstsAnswer) -> int:
        """What a figure is a part of."""
        return answer.n - answer.unknown if self.what == "share" else 1

    def _of(self, figures: Figures) -> int:
        return {"share": figures.rows, "pairs": figures.pairs or 0, "accounts": figures.accounts}[self.what]

    def _definitions(self, answer: BurstsAnswer) -> tuple[Definition, ...]:
        if self.at_least == 1 or answer.n == answer.unknown:
            return ()
        other = "actions" if self.counting == "targets" else "targets"
        if answer.other is None:
            return (Definition("counting", self.counting),)
        value = Fraction(self._of(answer.other), self._whole(answer))
        return (Definition("counting", self.counting, ((other, value),)),)
