"""The kind `correlation`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.pairs import Pairs, PairsAnswer
from factcheck.measures.common import rational, refuse_counts
from factcheck.measures.fields import Among, Expression
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.left_out import LeftOut, left_out
from factcheck.measures.measurement import Definition, Measurement, Note, Series, unmeasurable
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.setting import Mode, Setting
from factcheck.stats.bounds import Bounds
from factcheck.stats.bounds import Note as Remark

if TYPE_CHECKING:
    from factcheck.stats.correlation_bounds import Rows as Known

Method = Literal["spearman", "pearson", "kendall"]
METHODS: tuple[Method, ...] = ("spearman", "pearson", "kendall")
FEWEST = 3
COMPARED = 1_000_000  # rows up to which the other coefficients are told as well: they take memory
TENTHS = 10
_WHOLE = Interval(Fraction(-1), Fraction(1))
_REMARKS = {
    Remark.FEW_ROWS: Note("few-pairs"),
    Remark.LONG_TAIL: Note("long-tail-correlation"),
    Remark.NO_VARIATION: Note("perfect-line"),
    Remark.FEW_EVENTS: Note("few-events"),
}


class CorrelationForm(Form):
    """How closely two columns go together, from −1 (one falls as the other rises) over 0 to 1.

    `method`:

    * `spearman` (default): Spearman's ρ (1904), Pearson's correlation of the ranks, ties sharing the average of theirs.
      It tells how steadily one rises with the other, by any curve, and does not hang on a few large values.
    * `pearson`: Pearson's r (1895), how near the points lie to a straight line; a few large values can make or hide it.
    * `kendall`: Kendall's τ-b (1945), concordant less discordant pairs over √(pairs untied in x · pairs untied in y);
      smaller in size than ρ for the same data.

    Both columns are numbers, times, or conditions (true 1, false 0). Only rows with both count; at least three, and
    neither column may be the same everywhere. Up to a million rows `explain` tells what the other methods give:
    "correlation" alone usually means Pearson's in a paper, and where they differ much the claim hangs on it.

    Rows in which a value is missing are reported and not counted, and the region holds every correlation that they
    allow: for Kendall and Spearman bounds that always hold, though not always the narrowest; for Pearson the sharp
    bounds over any number where one column alone has gaps, and anything from −1 to 1 where both have. With one row in
    twenty missing that leaves 0.1 to 0.2 to either side for Kendall and 0.15 to 0.25 for Spearman; `missing: ignore`
    leaves them out.

    In a random sample, ranks get Fisher's z with the standard error of Bonett & Wright (2000), or of the infinitesimal
    jackknife where that is larger, which ties and strong dependence of extremes need; Pearson's r gets the widest of
    Fisher's interval, the percentile bootstrap and the bootstrap-t (Efron & Tibshirani 1993), and none below 30 rows or
    25 times the squared skewness of a column (views and likes seldom pass; the ranks are safer). A sample without an
    exception from a perfect order may have missed some: ρ is then at least 4·0.025^(3/n) − 3. A partial collection says
    nothing of the whole.

    It cannot show that one causes the other, nor that both do not follow a third (time, the size of an audience); 0
    does not mean independent, since a curve that rises and falls has no steady direction.

    Example: `measure: {correlation: [followers, retweets], among: followers > 0}`, `claimed: more than 0.5`
    """

    kind: ClassVar[str] = "correlation"
    reads: ClassVar[Quantity | None] = Quantity.CORRELATION
    correlation: Annotated[
        list[Expression],
        Field(
            min_length=2,
            max_length=2,
            description="Two columns (or expressions), x and y.",
            examples=[["followers", "retweets"]],
        ),
    ]
    method: Method = Field("spearman", description="`spearman` (default), `pearson` or `kendall` (τ-b).")
    among: Among = None

    def bind(self, binder: Binder) -> Measure:
        refuse_counts(binder, "correlation", hint="a `query` dataset can bring one row for each")
        rows = rows_of(binder, self.among, "among")
        x, y = (_column(binder, text, i) for i, text in enumerate(self.correlation))
        if x.sql == y.sql and x.columns:
            raise binder.fail("both are the same column", "correlation", 1, hint="give two columns, x and y")
        return CorrelationOf(rows, x, y, (self.correlation[0], self.correlation[1]), self.method, self.among)


def _column(binder: Binder, text: str, i: int) -> Bound:
    bound = binder.expression(text, "correlation", i, expect="any")
    family = bound.family
    if not (family.is_number or family.is_time or family in (Family.BOOLEAN, Family.UNKNOWN, Family.NULL)):
        raise binder.fail(
            f"'correlation' needs numbers, times or conditions; {text} is {family.value}",
            "correlation",
            i,
            hint="if the text holds numbers: cast(x as double)" if family is Family.TEXT else "",
        )
    return bound


@dataclass(frozen=True)
class CorrelationOf:
    rows: Rows
    x_: Bound
    y_: Bound
    names: tuple[str, str]
    method: Method
    among: str | None
    unit: str = ""
    quantity: Quantity = Quantity.CORRELATION

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        name = {
            "spearman": "Spearman's rank correlation",
            "pearson": "Pearson's correlation",
            "kendall": "Kendall's tau",
        }
        limited = f" (among the rows where {self.among})" if self.among else ""
        return f"{name[self.method]} of {self.names[0]} and {self.names[1]}{limited}"

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        answer, aside = context.together(
            lambda: context.answer(Pairs(self.dataset, self.x_, self.y_, self.rows.base)),
            lambda: left_out(self.rows, context, self.x_, self.y_),
        )
        assert isinstance(answer, PairsAnswer)  # `together` mixes the types of its steps
        assert isinstance(aside, LeftOut)
        known, without = self._known(answer)
        complete = int(known.both.sum())
        reason = self._reason(answer, known, complete)
        if reason is not None:
            return reason
        estimate = self._coefficient(self.method, answer, known)
        missing = known.missing
        region, method, notes = self._region(answer, known, missing if setting.missing == "bounds" else 0, setting)
        return Measurement(
            self.quantity,
            estimate,
            Interval.point(estimate) if region is None else region,
            n=complete + missing,
            missing=missing,
            method=method,
            aside=aside.among,
            notes=(*aside.notes(complete + missing), *self._gaps(missing + without, complete), *notes),
            facts={"n": complete, "names": self.names, "method": self.method},
            series=self._tenths(known),
            definitions=(self._definition(answer, known),),
            queries=(answer.plain[self.method],),
            sampled=method not in ("complete", "bounds", "partial"),
            bound_only=method == "partial",
        )

    def _known(self, answer: PairsAnswer) -> tuple[Known, int]:
        """The rows with what is known of them, as codes; and how many have no value because there is none."""
        import numpy as np

        from factcheck.stats.correlation_bounds import Rows as Known

        known = [codes >= 0 for codes in answer.codes]
        none = [self.rows.none_when_missing(part) for part in (self.x_, self.y_)]
        kept = np.ones(len(known[0]), np.bool_)
        for flags, no_value in zip(known, none, strict=True):
            kept &= flags | (not no_value)
        neither = 0 if any(none) else answer.neither
        cx, cy = (codes[kept].astype(np.float64) for codes in answer.codes)
        without = int((~kept).sum()) + answer.neither - neither
        return Known(cx, cy, known[0][kept], known[1][kept], neither), without

    def _reason(self, answer: PairsAnswer, known: Known, complete: int) -> Measurement | None:
        if answer.n == 0:
            return unmeasurable(self.quantity, "empty-base")
        if complete < FEWEST:
            return unmeasurable(self.quantity, "too-few-pairs", n=complete, least=FEWEST)
        for values, name in ((known.x, self.names[0]), (known.y, self.names[1])):
            column = values[known.both]
            if column.min() == column.max():
                return unmeasurable(self.quantity, "no-spread", name=name, n=complete)
        return None

    def _coefficient(self, method: Method, answer: PairsAnswer, known: Known) -> Fraction:
        from factcheck.stats import correlation

        if method == "pearson":
            both = (answer.codes[0] >= 0) & (answer.codes[1] >= 0)
            value = correlation.pearson(answer.numbers[0][both], answer.numbers[1][both])
        else:
            value = getattr(correlation, method)(known.x[known.both], known.y[known.both])
        return rational(value, self.dataset, "the correlation")

    def _region(
        self, answer: PairsAnswer, known: Known, missing: int, setting: Setting
    ) -> tuple[Interval | None, str, tuple[Note, ...]]:
        """The region, or None where it is the estimate alone."""
        if setting.mode is Mode.PARTIAL and setting.unseen != 0:
            return _WHOLE, "partial", ()
        exact = setting.mode in (Mode.EXACT, Mode.PARTIAL) or (setting.mode is Mode.SAMPLE and setting.unseen == 0)
        if exact and not missing:
            return None, "complete", ()
        if exact:
            return _interval(*self._bounds(answer, known)), "bounds", ()
        found = self._sampled(answer, known, float(setting.level))
        if missing and self.method == "pearson":
            # How far a resampled line through any number can lean is not known.
            return _WHOLE, found.method, (Note("gaps-correlation"),)
        if missing:
            from factcheck.stats.correlation_intervals import with_missing

            found = with_missing(found, *self._bounds(answer, known))
        notes = tuple(
            replace(_REMARKS[remark], facts={"n": found.n or 0}) for remark in found.notes if remark in _REMARKS
        )
        return _interval(found.low, found.high), found.method, notes

    def _sampled(self, answer: PairsAnswer, known: Known, level: float) -> Bounds:
        from factcheck.stats.correlation_intervals import pearson_interval, rank_interval

        if self.method != "pearson":
            return rank_interval(known.x[known.both], known.y[known.both], self.method, level)
        both = (answer.codes[0] >= 0) & (answer.codes[1] >= 0)
        return pearson_interval(answer.numbers[0][both], answer.numbers[1][both], level)

    def _bounds(self, answer: PairsAnswer, known: Known) -> tuple[float, float]:
        from factcheck.stats import correlation_bounds as bounds

        if self.method == "spearman":
            return bounds.spearman_bounds(known)
        if self.method == "kendall":
            return bounds.kendall_bounds(known)
        if known.neither or not (known.known_x.all() or known.known_y.all()):
            return -1.0, 1.0
        kept = (answer.codes[0] >= 0) | (answer.codes[1] >= 0)
        for codes, part in zip(answer.codes, (self.x_, self.y_), strict=True):
            kept &= (codes >= 0) | (not self.rows.none_when_missing(part))
        return bounds.pearson_bounds(
            bounds.Rows(answer.numbers[0][kept], answer.numbers[1][kept], known.known_x, known.known_y)
        )

    def _gaps(self, without: int, complete: int) -> tuple[Note, ...]:
        if not without:
            return ()
        facts = {"rows": without, "share": Fraction(without, complete + without), "name": " or ".join(self.names)}
        return (Note("null-numbers", facts),)

    def _definition(self, answer: PairsAnswer, known: Known) -> Definition:
        others = [m for m in METHODS if m != self.method] if len(known.x) <= COMPARED else []
        return Definition("method", self.method, tuple((m, self._coefficient(m, answer, known)) for m in others))

    def _tenths(self, known: Known) -> tuple[Series, ...]:
        """Where y stands, on average, in each tenth of the rows by x: its mean rank in percent."""
        import numpy as np

        from factcheck.stats.correlation import centred_ranks

        x, y = known.x[known.both], known.y[known.both]
        if len(x) < 5 * TENTHS:
            return ()
        place = ((centred_ranks(x) + len(x) / 2) * TENTHS / len(x)).astype(np.int64).clip(0, TENTHS - 1)
        ranks = (centred_ranks(y) + len(y) / 2) / len(y) * 100
        rows, sums = np.bincount(place, minlength=TENTHS), np.bincount(place, weights=ranks, minlength=TENTHS)
        filled = [i for i in range(TENTHS) if rows[i]]
        means = tuple(round(float(sums[i] / rows[i])) for i in filled)
        return (
            Series(
                "curve",
                tuple(i + 1 for i in filled),
                means,
                f"tenth of the rows by {self.names[0]}",
                f"mean rank of {self.names[1]} (0 lowest, 100 highest)",
            ),
        )


def _interval(low: float, high: float) -> Interval:
    """Ends as computed; what floating point holds of a whole number is that number."""
    return Interval(Fraction(f"{low:.12g}"), Fraction(f"{high:.12g}"))
