"""A part cannot be larger than its whole: where the conditions prove that one claim counts part of another's."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from factcheck.claims.figures import NumberClaim
from factcheck.evidence.expressions import Bound
from factcheck.evidence.expressions.bounds import conjuncts
from factcheck.measures.count import CountDistinct, CountRows
from factcheck.measures.measurement import Note
from factcheck.measures.share import ShareOfRows
from factcheck.verdicts.consistency.line import Figure, Line, figure_of
from factcheck.verdicts.consistency.stated import Concern, Stated, folded, warning

Conditions = frozenset[str]


@dataclass(frozen=True)
class Counted:
    """What is counted of which rows: `of` is the same for what can be compared, `conditions` must all hold."""

    of: Hashable
    conditions: Conditions


def parts_above_wholes(stated: Iterable[Stated]) -> Iterator[Concern]:
    """Counts (or shares of one base) of rows that satisfy all that another's rows do, and more, and are the larger."""
    figures: dict[Figure, list[Counted]] = {}
    for one in stated:
        if isinstance(one.claimed, NumberClaim) and (counted := _counted(one)):
            figures[figure_of(one, one.claimed)] = counted
    seen: set[tuple[Figure, Figure]] = set()
    lines = _Wholes(figures)
    for part, counted in figures.items():
        for whole in lines.of(counted):
            lower = lines.line(whole).below(part)
            if lower is not None and lower.stated.key != part.stated.key and (part, lower) not in seen:
                seen.add((part, lower))
                yield _concern(part, lower)


def _counted(one: Stated) -> list[Counted]:
    """What a claim counts; last what its number surely is no larger than, where that is another thing."""
    measure, claim = one.measure, one.claim
    if isinstance(measure, ShareOfRows):
        base = frozenset({*_conditions(measure.rows.where), *_conditions(measure.rows.among)})
        of: tuple[Hashable, ...] = ("share", base, claim.missing)
        return [Counted(_of(one, measure.dataset, of), _conditions(measure.condition))]
    if not isinstance(measure, (CountRows, CountDistinct)):
        return []
    conditions = frozenset({*_conditions(measure.rows.where), *_conditions(measure.condition)})
    rows = Counted(_of(one, measure.dataset, ("rows",)), conditions)
    if isinstance(measure, CountRows):
        return [rows]
    distinct = Counted(_of(one, measure.dataset, ("distinct", measure.what.sql)), conditions)
    # Each different value stands in a row; in a table of counts, or weighted, a row may stand for less than one.
    return [distinct, rows] if measure.rows.counts is None and claim.weight is None else [distinct]


def _of(one: Stated, dataset: str, what: tuple[Hashable, ...]) -> Hashable:
    """Claims about the rows and about what they represent, or about other times, say nothing of each other."""
    claim = one.claim
    return (dataset, claim.about, folded(claim.period or ""), frozenset(claim.platforms), claim.weight, *what)


@lru_cache(maxsize=20_000)
def _conditions(condition: Bound | None) -> Conditions:
    """The conditions that AND joins, each as it is asked."""
    return frozenset() if condition is None else frozenset(n.sql(dialect="duckdb") for n in conjuncts(condition.tree))


class _Wholes:
    """The figures by what they count, each findable by its rarest condition."""

    def __init__(self, figures: dict[Figure, list[Counted]]) -> None:
        self._lines: dict[Counted, list[Figure] | Line] = {}
        often: dict[str, int] = {}
        for figure, (counted, *_) in figures.items():
            same = self._lines.setdefault(counted, [])
            assert isinstance(same, list)
            same.append(figure)
        for counted in self._lines:
            for condition in counted.conditions:
                often[condition] = often.get(condition, 0) + 1
        self._by_rarest: dict[tuple[Hashable, str], list[Counted]] = {}
        for counted in self._lines:
            rarest = min(counted.conditions, key=lambda condition: (often[condition], condition), default="")
            self._by_rarest.setdefault((counted.of, rarest), []).append(counted)

    def of(self, counted: list[Counted]) -> Iterator[Counted]:
        """Everything that `counted` is a part of: fewer conditions, or the rows in which different values stand."""
        for i, part in enumerate(counted):
            for condition in ("", *sorted(part.conditions)):
                for whole in self._by_rarest.get((part.of, condition), ()):
                    if whole.conditions < part.conditions or (i and whole.conditions == part.conditions):
                        yield whole

    def line(self, counted: Counted) -> Line:
        found = self._lines[counted]
        if isinstance(found, list):
            found = self._lines[counted] = Line(found)
        return found


def _concern(part: Figure, whole: Figure) -> Concern:
    small, large = part.stated, whole.stated
    topic = "parts that are larger than their whole"
    on_part = Note("larger-than-whole", {"own": part.text, "id": large.source.id, "text": whole.text}, "consistency")
    on_whole = Note("smaller-than-part", {"own": whole.text, "id": small.source.id, "text": part.text}, "consistency")
    message = f"{small.name} counts a part of what {large.name} counts, and says {part.text}, more than {whole.text}"
    place = (small if small.chosen or not large.chosen else large).place
    problem = warning(message, place, "both cannot be right") if small.chosen or large.chosen else None
    return Concern(topic, problem, ((small.key, on_part), (large.key, on_whole)))
