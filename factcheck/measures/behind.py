"""Which rows a number rests on, so that a report can show some: told by the bound measure itself, as it counts them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from factcheck.evidence.dataset import Dataset
from factcheck.evidence.expressions import Bound, conjunction, is_null, negation
from factcheck.measures.composition import CompositionOf
from factcheck.measures.correlation import CorrelationOf
from factcheck.measures.count import CountDistinct, CountRows
from factcheck.measures.extremes import Extreme
from factcheck.measures.form import Measure
from factcheck.measures.gap import GapOf
from factcheck.measures.groups import Grouped
from factcheck.measures.hours import HoursOf
from factcheck.measures.mean import MeanOf
from factcheck.measures.moments import MomentOf
from factcheck.measures.numbers import Numbers
from factcheck.measures.peaks import PeaksOf
from factcheck.measures.per import PerOf
from factcheck.measures.quantile import QuantileOf
from factcheck.measures.rank import RankOf
from factcheck.measures.share import ShareOfDistinct, ShareOfRows
from factcheck.measures.share_of_sum import ShareOfSum
from factcheck.measures.sides import Sides
from factcheck.measures.sum import SumOf
from factcheck.measures.top import TopOf
from factcheck.measures.trend import TrendOf
from factcheck.measures.value import ValueOf
from factcheck.measures.values import ValuesOf


@dataclass(frozen=True)
class Behind:
    """The rows of a dataset for which `condition` is true (None: all).

    `end` is the expression whose largest or smallest values the number is about; `by` and `labels` leave only the rows
    of some groups.
    """

    dataset: Dataset
    condition: Bound | None
    end: tuple[Bound, Literal["largest", "smallest"]] | None = None
    by: Bound | None = None
    labels: tuple[str, ...] = ()


def behind(measure: Measure, named: tuple[str, ...] = ()) -> tuple[Behind, ...]:
    """The rows behind a measure, those of each side for two sides; none where single rows show nothing of the number,
    as for networks, pairs and queries. `named` are the labels that the claim names."""
    if isinstance(measure, Sides):
        left, right = behind(measure.left, named), behind(measure.right, named)
        return (*left, *(one for one in right if one not in left))
    found = _one(measure, named)
    return () if found is None else (found,)


def _one(measure: Measure, named: tuple[str, ...]) -> Behind | None:
    match measure:
        case ShareOfRows() | ShareOfDistinct() | ShareOfSum() | CountRows():
            return Behind(measure.rows.dataset, conjunction(measure.rows.base, measure.condition))
        case CountDistinct():
            known = negation(is_null(measure.what))
            return Behind(measure.rows.dataset, conjunction(measure.rows.base, measure.condition, known))
        case SumOf() | MeanOf() | QuantileOf():
            return _numbers(measure.numbers)
        case ValueOf() | ValuesOf():
            return Behind(measure.rows.dataset, conjunction(measure.rows.base, negation(is_null(measure.x))))
        case Extreme():
            end: tuple[Bound, Literal["largest", "smallest"]] = (
                (measure.x, "largest") if measure.side == "max" else (measure.x, "smallest")
            )
            return Behind(measure.rows.dataset, _known(measure.rows.base, measure.x), end)
        case MomentOf():
            end = (measure.x, "smallest") if measure.side == "first" else (measure.x, "largest")
            base = conjunction(measure.rows.base, measure.condition)
            return Behind(measure.rows.dataset, _known(base, measure.x), end)
        case RankOf():
            return _group(measure.question, (measure.label,))
        case TopOf() | CompositionOf():
            return _group(measure.question, named)
        case CorrelationOf():
            return Behind(measure.rows.dataset, _known(measure.rows.base, measure.x_, measure.y_))
        case GapOf() | HoursOf():
            return Behind(measure.rows.dataset, _known(measure.rows.base, measure.time))
        case PeaksOf() | TrendOf():
            series = measure.question
            return Behind(series.rows.dataset, _known(conjunction(series.rows.base, series.inner.that), series.time))
        case PerOf():
            base = conjunction(measure.rows.base, measure.inner.that)
            return Behind(measure.rows.dataset, _known(base, *measure.groups))
        case _:
            return None


def _known(base: Bound | None, *values: Bound) -> Bound | None:
    return conjunction(base, *(negation(is_null(value)) for value in values))


def _numbers(numbers: Numbers) -> Behind:
    return Behind(numbers.rows.dataset, _known(numbers.rows.base, numbers.x))


def _group(question: Grouped, labels: tuple[str, ...]) -> Behind:
    """The rows of the groups named; a row that belongs to no group counts for none."""
    base = _known(conjunction(question.rows.base, question.inner.that), question.by)
    return Behind(question.rows.dataset, base, None, question.by if labels else None, labels)
