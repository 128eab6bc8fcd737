"""The kind `overlap`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.sets import MembersAnswer, Memberships
from factcheck.measures.common import aside_notes, plural, refuse_counts
from factcheck.measures.fields import Expression
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Bar, Definition, Measurement, Note, unmeasurable
from factcheck.measures.setting import Mode, Setting
from factcheck.stats.overlap import Overlap, Tally, known_only, overlap_count, overlap_share

As = Literal["jaccard", "count", "share_of_first"]


class OverlapForm(Form):
    """How far sets coincide: accounts that spread one story and accounts that spread another.

    Each condition of `overlap` makes a set: the different values of `of` with at least one row that satisfies it.
    `as` says what is told of the sets:

    * `jaccard` (default): how many are in all sets, divided by how many are in any (Jaccard 1901); 0% where none is
      shared, 100% where the sets are the same.
    * `count`: how many are in all sets.
    * `share_of_first`: how many are in all sets, divided by the size of the first.

    Jaccard's index and the share of the first set can differ much: a small set inside a large one has an index near 0
    and a share of 100%. The report gives the sizes from which both follow. With three or more sets only what is in
    every one is shared.

    A value whose rows satisfy a condition nowhere and are NULL in one may be in the set or not. The region runs from
    the least to the largest figure that any choice for all such values gives, taking each choice to be free of the
    others. The estimate is that of the known rows, in which what is not known makes no member; `missing: ignore` and
    `missing: false` both stay there. Rows whose `of` is NULL or an empty text are in no set
    and are reported.

    A random sample of rows misses members of every set and shared members above all, so that it is no more than a
    partial collection: the shared ones that were found are shared (a count is a lower bound), and a share can be
    anything above zero, because rows not seen may add members or put a member of one set into the others. Nothing is
    scaled by the sampling fraction. No interval is defined for a claim about the process behind complete data.

    It cannot show why sets coincide: two popular stories share many accounts by chance alone. An account under two
    names counts twice; names that differ in capitals only are told apart unless `of: lower(author)` joins them.

    Example: `measure: {overlap: ["has_hashtag(text, '#x')", "has_hashtag(text, '#y')"], of: author, as: count}`
    """

    kind: ClassVar[str] = "overlap"
    overlap: Annotated[
        list[Expression],
        Field(
            min_length=2,
            description="Two or more conditions, each of which makes a set.",
            examples=[["country = 'Russia'", "country = 'Mexico'"]],
        ),
    ]
    of: Annotated[
        str, Field(description="The column (or expression) whose values are the members.", examples=["author"])
    ]
    as_: As = Field("jaccard", alias="as", description="What is told of the sets: `jaccard` (default), `count` or "
                    "`share_of_first`.")  # fmt: skip

    def bind(self, binder: Binder) -> Measure:
        refuse_counts(binder, "overlap", hint="a `query` dataset can keep the rows that stand for at least one")
        conditions = tuple(
            binder.expression(text, "overlap", i, expect="condition") for i, text in enumerate(self.overlap)
        )
        for i, condition in enumerate(conditions):
            if condition.columns and condition.sql in {earlier.sql for earlier in conditions[:i]}:
                raise binder.fail("this is the same set as one before", "overlap", i, hint="give two conditions")
        unit = binder.expression(self.of, "of", expect="any")
        return OverlapOf(binder.dataset, binder.where, unit, conditions, tuple(self.overlap), self.of, self.as_)


@dataclass(frozen=True)
class OverlapOf:
    source: Dataset
    where: Bound | None
    what: Bound
    conditions: tuple[Bound, ...]
    texts: tuple[str, ...]
    name: str
    as_: As

    @property
    def dataset(self) -> str:
        return self.source.name

    @property
    def quantity(self) -> Quantity:
        return Quantity.COUNT if self.as_ == "count" else Quantity.PROPORTION

    @property
    def unit(self) -> str:
        return plural(self.name) if self.as_ == "count" else "proportion"

    def words(self) -> str:
        sets = "; ".join(self.texts)
        whole = f"in both of the sets made by {sets}" if len(self.texts) == 2 else f"in all of {len(self.texts)} sets"
        if self.as_ == "count":
            return f"the number of different values of {self.name} {whole}"
        base = "in any of them" if self.as_ == "jaccard" else "in the first"
        return f"the share of different values of {self.name} {whole}, of those {base}"

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        answer = context.answer(Memberships(self.dataset, self.what, self.conditions, self.where))
        found = _figure(answer.tally, self.as_)
        used = found if setting.missing == "bounds" else _figure(known_only(answer.tally), self.as_)
        if found is None or used is None:
            return self._nothing(answer)
        region, method = self._region(used, answer.tally, setting)
        return Measurement(
            self.quantity,
            used.estimate,
            region,
            self.unit,
            n=found.base,
            missing=found.unsettled,
            method=method,
            notes=self._notes(answer, found, method, setting),
            facts={**self._facts(answer), "collected": (used.low, used.high)},
            bars=self._bars(answer.tally),
            definitions=self._definitions(answer.tally),
            queries=answer.queries,
            bound_only=method == "partial",
        )

    def _nothing(self, answer: MembersAnswer) -> Measurement:
        if answer.n == 0:
            return unmeasurable(self.quantity, "empty-base")
        first = self.as_ == "share_of_first"
        return unmeasurable(self.quantity, "empty-first" if first else "empty-sets", rows=answer.n)

    def _region(self, found: Overlap, tally: Tally, setting: Setting) -> tuple[Interval, str]:
        if setting.mode is Mode.EXACT or (not setting.process and setting.unseen == 0):
            return Interval(found.low, found.high), "complete" if found.low == found.high else "bounds"
        seen = not setting.process
        method = "partial" if seen else "no-interval"
        if self.as_ == "count":
            return Interval(found.low if seen else Fraction(0), None), method
        # Rows not seen can put every member of one set into the others, and bring any number of further members; a
        # member of all sets that was seen stays one.
        return Interval(Fraction(0), Fraction(1), low_open=seen and any(n and all(m) for m, n in tally.items())), method

    def _notes(self, answer: MembersAnswer, found: Overlap, method: str, setting: Setting) -> tuple[Note, ...]:
        notes = aside_notes(answer.aside, answer.rows, "where")
        if found.unsettled and setting.missing == "bounds":
            facts = {"n": found.unsettled, "name": self.name, "share": Fraction(found.unsettled, found.base)}
            notes += (Note("unknown-members", facts),)
        if answer.null_units:
            notes += (Note("null-units", {"rows": answer.null_units, "name": self.name}),)
        if method == "no-interval":
            notes += (Note(setting.no_interval),)
        if setting.mode is Mode.SAMPLE and method == "partial":
            notes += (Note("not-scaled") if self.as_ == "count" else Note("sample-overlap"),)
        return notes

    def _facts(self, answer: MembersAnswer) -> dict[str, object]:
        """Members known for certain: of each set, of all at once, of any."""
        return {
            "sizes": tuple(_size(answer.tally, i, unknown=False) for i in range(len(self.texts))),
            "sets": self.texts,
            "name": self.name,
            "shared": sum(n for memberships, n in answer.tally.items() if all(memberships)),
            "either": sum(n for memberships, n in answer.tally.items() if any(memberships)),
            "as": self.as_,
        }

    def _bars(self, tally: Tally) -> tuple[Bar, ...]:
        sizes = [(text, *_sizes(tally, i)) for i, text in enumerate(self.texts)]
        shared = overlap_count(tally)
        if shared is not None:
            sizes.append(("in all sets", shared.low, shared.high))
        return tuple(Bar(text, low, *((low, high) if high > low else ())) for text, low, high in sizes)

    def _definitions(self, tally: Tally) -> tuple[Definition, ...]:
        """What the other share would have been."""
        if self.as_ == "count":
            return ()
        other: As = "share_of_first" if self.as_ == "jaccard" else "jaccard"
        found = _figure(tally, other)
        return (Definition("as", self.as_, ((other, None if found is None else found.estimate),)),)


def _figure(tally: Tally, as_: As) -> Overlap | None:
    if as_ == "count":
        return overlap_count(tally)
    return overlap_share(tally, "first" if as_ == "share_of_first" else "any")


def _size(tally: Tally, i: int, *, unknown: bool) -> int:
    return sum(n for m, n in tally.items() if m[i] or (unknown and m[i] is None))


def _sizes(tally: Tally, i: int) -> tuple[Fraction, Fraction]:
    return Fraction(_size(tally, i, unknown=False)), Fraction(_size(tally, i, unknown=True))
