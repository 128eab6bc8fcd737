"""Trees of reshares as a measure: the figure, the region that the evidence allows, and what is odd about the rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import UNBOUNDED, Interval
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.cascades import Cascades, CascadesAnswer, Want
from factcheck.measures.common import among_notes, aside_notes, finished, only_column
from factcheck.measures.form import Context
from factcheck.measures.measurement import Definition, Measurement, Note, Series, unmeasurable
from factcheck.measures.rows import Rows
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Count, Drawn, Proportion, drawn

if TYPE_CHECKING:
    from factcheck.stats.units import Units

MANY = Fraction(1, 100)  # of the reshares: faults in more of them cost confidence, as rejected rows do
Figure = Literal["secondary_share", "depth", "size"]


@dataclass(frozen=True)
class Cascade:
    rows: Rows
    child: Bound
    parent: Bound
    figure: Figure
    among: str | None
    root: Bound | None
    root_name: str | None

    @property
    def quantity(self) -> Quantity:
        return Quantity.PROPORTION if self.figure == "secondary_share" else Quantity.COUNT

    @property
    def unit(self) -> str:
        return {"secondary_share": "proportion", "depth": "step", "size": "reshare"}[self.figure]

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        below = f" of {self.root_name}" if self.root_name is not None else ""
        limit = f" (among those where {self.among})" if self.among else ""
        if self.figure == "secondary_share":
            return f"the share of reshares{below}{limit} that were reshared themselves"
        if self.figure == "depth":
            return f"the length of the longest chain of reshares{below}{limit}"
        return f"the number of reshares{below or ' in the largest tree'}{limit}"

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        answer = context.answer(self._question(setting))
        if not answer.n:
            return unmeasurable(self.quantity, "empty-base")
        if not answer.named:
            return unmeasurable(self.quantity, "absent-root", root=self.root_name, name=self.parent.text)
        if self.figure == "secondary_share" and not answer.reshares.counted:
            return unmeasurable(self.quantity, "no-reshares")
        found = self._drawn(answer, setting)
        result = finished(
            found,
            quantity=self.quantity,
            unit=self.unit,
            n=answer.reshares.counted,
            missing=self._unknown(answer) if self.figure == "secondary_share" else 0,
            aside=answer.reshares.unsure,
            notes=notes_of(answer),
            facts=self._facts(answer),
            queries=answer.queries[:1] if self._alone else answer.queries[1:],
        )
        return replace(
            result,
            series=() if result.unmeasurable else _series(answer),
            definitions=() if result.unmeasurable else self._definitions(answer, found.estimate),
            degrees=self._degrees(answer) if found.method == "Korn–Graubard" else None,
        )

    def _unknown(self, answer: CascadesAnswer) -> int:
        """Reshares of which it is not known whether they were reshared: none where every parent has its row."""
        return answer.reshares.nameless if answer.faults.unseen else 0

    @property
    def _alone(self) -> bool:
        """Whether nothing has to be known of the trees."""
        return self.figure == "secondary_share" and self.root is None

    def _facts(self, answer: CascadesAnswer) -> dict[str, object]:
        found = answer.reshares
        facts: dict[str, object] = {"n": found.counted, "root": self.root_name, "trees": _trees(answer)}
        if self.figure == "secondary_share":
            facts |= {"k": found.reshared, "known": found.counted - self._unknown(answer)}
        return facts

    def _question(self, setting: Setting) -> Cascades:
        dataset, want = self.rows.dataset, self._want(setting)
        ledger = dataset.ledger
        # A key that was counted when the file was read needs no counting here.
        unique = dataset.key == tuple(self.child.columns) and only_column(self.child, dataset) is not None
        unique = unique and ledger is not None and not ledger.duplicates
        where, among = self.rows.where, self.rows.among
        return Cascades(self.dataset, self.child, self.parent, where, among, self.root, unique, want)

    def _want(self, setting: Setting) -> Want:
        """As little as all figures of one tree, or of all trees, can share."""
        if self.root is not None:
            return "levels"
        return "clusters" if setting.mode is Mode.PROCESS else "sizes"

    def _drawn(self, answer: CascadesAnswer, setting: Setting) -> Drawn:
        if self.figure == "secondary_share":
            return self._share(answer, setting)
        value = answer.shape.deepest if self.figure == "depth" else self._size(answer)
        if setting.process:
            return Drawn(Fraction(value), Interval(Fraction(0), None), "no-interval", (Note(setting.no_interval),))
        if setting.mode is not Mode.EXACT:
            return Count(value, scales=False, growing=False).draw(setting)
        # A reshare without an id may be the parent that others miss, and join their tree to its own.
        joined = setting.missing == "bounds" and answer.faults.nameless and answer.faults.unseen
        most = answer.reshares.posts if self.figure == "depth" else answer.reshares.everywhere
        top = max(value, most) if joined else value
        return Drawn(Fraction(value), Interval(Fraction(value), Fraction(top)), "bounds" if top > value else "complete")

    def _size(self, answer: CascadesAnswer) -> int:
        if self.root is not None:
            return answer.reshares.counted
        return max((counted for counted, _, _ in answer.shape.trees), default=0)

    def _share(self, answer: CascadesAnswer, setting: Setting) -> Drawn:
        found = answer.reshares
        share = Proportion(found.reshared, found.counted, self._unknown(answer)).settled(setting.missing)
        if share.n == 0:
            return Drawn(None, UNBOUNDED, unmeasurable=Note("no-reshares"))
        if setting.mode is Mode.PROCESS:
            return self._of_trees(answer, share, setting)
        if setting.process:
            nothing = Interval(Fraction(0), Fraction(1))
            return Drawn(share.estimate, nothing, "no-interval", (Note(setting.no_interval),))
        if setting.mode is not Mode.EXACT:
            notes = (Note("no-interval"),) if setting.mode is Mode.SAMPLE else ()
            return Drawn(share.estimate, self._attainable(found.reshared), "partial", notes)
        drawn_share = share.draw(setting)
        elsewhere = found.everywhere - found.counted
        joined = self.root is not None and setting.missing == "bounds" and answer.faults.nameless and elsewhere
        if not joined or not answer.faults.unseen:
            return drawn_share
        # Trees that may hang below the root add reshares, of which any number may have been reshared.
        base = share.n + elsewhere
        high = min(Fraction(1), Fraction(share.k + share.unknown + elsewhere) / base)
        return Drawn(share.estimate, Interval(Fraction(share.k) / base, high), "bounds")

    def _attainable(self, reshared: int) -> Interval:
        """What rows never seen allow: any share, but that one which was reshared stays so and that chains end."""
        return Interval(Fraction(0), Fraction(1), low_open=reshared > 0, high_open=self.among is None)

    def _of_trees(self, answer: CascadesAnswer, share: Proportion, setting: Setting) -> Drawn:
        """Trees are what chance draws; where there is one tree, or who was reshared is unsure, nothing is known."""
        clusters = _clusters(answer)
        if share.unknown or self.root is not None or len(clusters) < 2:
            nothing = Interval(Fraction(0), Fraction(1))
            return Drawn(share.estimate, nothing, "no-interval", (Note(setting.no_interval),))
        from factcheck.stats.shares import designed_proportion

        yes = [float(reshared) for _, reshared in clusters]
        found = drawn(share.estimate, designed_proportion(_units(clusters), yes, float(setting.level)).bounds)
        return replace(found, notes=(*found.notes, Note("cascade-process", {"trees": len(clusters)})))

    def _degrees(self, answer: CascadesAnswer) -> float:
        return _units(_clusters(answer)).effective - 1

    def _definitions(self, answer: CascadesAnswer, estimate: Fraction | None) -> tuple[Definition, ...]:
        """What other honest readings of the same words make of the same rows."""
        found = answer.reshares
        if self.figure == "secondary_share":
            other = Fraction(found.indirect, found.counted)
            return (Definition("secondary_share", "reshared again", (("reshares of a reshare", other),)),)
        if estimate is None:
            return ()
        used, instead = (
            ("steps", "posts of the chain") if self.figure == "depth" else ("reshares", "posts with the root")
        )
        definitions = [Definition(self.figure, used, ((instead, estimate + 1),))]
        if self.figure == "size" and self.root is None:
            together = ("all trees together", Fraction(found.everywhere))
            definitions.append(Definition("root", "largest tree", (together,)))
        return tuple(definitions)


def _trees(answer: CascadesAnswer) -> int:
    return sum(times for _, _, times in answer.shape.trees)


def _units(clusters: list[tuple[int, int]]) -> Units:
    """The trees as what chance drew: each holds its counted reshares."""
    import numpy as np

    from factcheck.stats.units import Units

    sizes = np.asarray([float(counted) for counted, _ in clusters])
    return Units(sizes, np.ones(len(clusters)), sum(counted for counted, _ in clusters), clustered=True)


def _clusters(answer: CascadesAnswer) -> list[tuple[int, int]]:
    """(reshares, of them reshared) of each tree with counted ones; those that circle are one of their own."""
    trees = [(m, k) for m, k, times in answer.shape.trees for _ in range(times)]
    m, k = (sum(pair[i] for pair in trees) for i in (0, 1))
    rest = (answer.reshares.counted - m, answer.reshares.reshared - k)
    return [*trees, rest] if rest[0] else trees


def _series(answer: CascadesAnswer) -> tuple[Series, ...]:
    """How many reshares lie how far from their root."""
    levels = answer.shape.levels
    if len(levels) < 2:
        return ()
    width = answer.shape.width
    name = "steps from the root" if width == 1 else f"steps from the root, in bands of {width}"
    return (Series("curve", tuple(x for x, _ in levels), tuple(y for _, y in levels), name, "reshares"),)


def notes_of(answer: CascadesAnswer) -> tuple[Note, ...]:
    """Whatever leaves rows out, or was decided for them, says so."""
    faults, found = answer.faults, answer.reshares
    notes = aside_notes(answer.aside, answer.rows, "where") + among_notes(found.unsure, found.counted)
    if faults.orphans:
        notes += (Note("cascade-orphans", {"rows": faults.orphans, "posts": faults.unseen}),)
    if faults.nameless:
        notes += (Note("cascade-nameless", {"rows": faults.nameless, "unseen": faults.unseen}),)
    if faults.repeats:
        notes += (Note("cascade-repeats", {"rows": faults.repeats}),)
    if not answer.chains and found.posts > 1:
        notes += (Note("cascade-flat", {"rows": found.posts}),)
    whole = found.posts or 1
    unlike = (("torn", faults.torn), ("both", faults.both))
    for code, rows in (("loops", faults.loops), *unlike, ("circles", faults.circular)):
        if rows:
            effect = -1 if Fraction(rows, whole) > MANY else 0
            notes += (Note(f"cascade-{code}", {"rows": rows}, "collection", effect),)
    return notes
