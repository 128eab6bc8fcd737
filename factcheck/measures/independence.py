"""Whether the figures of two measures depend on one another by the rows that they rest on."""

from __future__ import annotations

from factcheck.evidence.asks import Ask
from factcheck.evidence.dataset import Dataset
from factcheck.measures.form import Context, Measure
from factcheck.measures.rows import Rows


def sources(dataset: Dataset) -> frozenset[str]:
    """Everything that a dataset comes from: itself, its files, and what a query made it of."""
    own = {dataset.name, *(str(file.path) for file in dataset.files)}
    return frozenset(own).union(*(sources(one) for one in dataset.made_from))


def independent(left: Measure, right: Measure, context: Context) -> bool:
    """Whether two sides rest on rows that were drawn without regard to one another.

    Two datasets without a common source; or means, quantiles and shares of one sample of rows, over bases without a
    common row: given how many rows either got, they are samples of their own. Counts and sums are not where the size of
    the sample was fixed, since more of the one leave less room for the other, nor is anything where rows were drawn in
    clusters.
    """
    a, b = _base(left), _base(right)
    if a is None or b is None:
        return False
    if a.dataset.name != b.dataset.name:
        return sources(a.dataset).isdisjoint(sources(b.dataset))
    if a.base is None or b.base is None or a.design is not None or not (_averages(left) and _averages(right)):
        return False
    answer = context.answer(Ask(a.dataset.name, None, (a.base, b.base)))
    return not any(n and by[0] is True and by[1] is True for by, n in zip(answer.by, answer.n, strict=True))


def _base(side: Measure) -> Rows | None:
    rows = getattr(getattr(side, "numbers", side), "rows", None)
    return rows if isinstance(rows, Rows) else None


def _averages(side: Measure) -> bool:
    from factcheck.measures.mean import MeanOf
    from factcheck.measures.quantile import QuantileOf
    from factcheck.measures.share import ShareOfRows

    return isinstance(side, (MeanOf, QuantileOf, ShareOfRows))
