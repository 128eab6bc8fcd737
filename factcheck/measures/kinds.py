"""The kinds of measure: one file each, listed here by the key that names them in a claim."""

from collections.abc import Mapping
from typing import Any

from factcheck.measures.cascade import CascadeForm
from factcheck.measures.composition import CompositionForm
from factcheck.measures.coordination import CoordinationForm
from factcheck.measures.correlation import CorrelationForm
from factcheck.measures.count import CountForm
from factcheck.measures.delay import DelayForm
from factcheck.measures.difference import DifferenceForm
from factcheck.measures.duplicates import DuplicatesForm
from factcheck.measures.extremes import MaxForm, MinForm
from factcheck.measures.form import Form
from factcheck.measures.gap import GapForm
from factcheck.measures.hours import HoursForm
from factcheck.measures.mean import MeanForm
from factcheck.measures.moments import FirstForm, LastForm
from factcheck.measures.network import NetworkForm
from factcheck.measures.overlap import OverlapForm
from factcheck.measures.peaks import PeaksForm
from factcheck.measures.per import PerForm
from factcheck.measures.quantile import MedianForm, QuantileForm
from factcheck.measures.rank import RankForm
from factcheck.measures.rate import RateForm
from factcheck.measures.ratio import RatioForm
from factcheck.measures.share import ShareForm
from factcheck.measures.sql import SqlForm
from factcheck.measures.sum import SumForm
from factcheck.measures.top import TopForm
from factcheck.measures.trend import TrendForm
from factcheck.measures.value import ValueForm
from factcheck.measures.values import ValuesForm

KINDS: dict[str, type[Form]] = {
    "count": CountForm,
    "share": ShareForm,
    "sum": SumForm,
    "mean": MeanForm,
    "median": MedianForm,
    "min": MinForm,
    "max": MaxForm,
    "quantile": QuantileForm,
    "value": ValueForm,
    "values": ValuesForm,
    "ratio": RatioForm,
    "difference": DifferenceForm,
    "rank": RankForm,
    "top": TopForm,
    "composition": CompositionForm,
    "per": PerForm,
    "peaks": PeaksForm,
    "trend": TrendForm,
    "first": FirstForm,
    "last": LastForm,
    "cascade": CascadeForm,
    "overlap": OverlapForm,
    "correlation": CorrelationForm,
    "duplicates": DuplicatesForm,
    "network": NetworkForm,
    "delay": DelayForm,
    "hours": HoursForm,
    "gap": GapForm,
    "coordination": CoordinationForm,
    "rate": RateForm,
    "sql": SqlForm,
}


def named_kind(measure: Mapping[str, Any]) -> str:
    """The kind that a measure names, wherever it stands; of no kind of ours its first key."""
    return next(iter((*kinds_in(measure), *measure)), "")


def kinds_in(measure: Mapping[str, Any]) -> list[str]:
    """The kinds that a measure names; what is a companion of one of them, as `per` of peaks and trends, is none."""
    named = [kind for kind in KINDS if kind in measure]
    return [kind for kind in named if not any(kind in KINDS[other].model_fields for other in named if other != kind)]
