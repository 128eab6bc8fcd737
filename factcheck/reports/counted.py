"""What was counted, for a reader who knows no statistics."""

from __future__ import annotations

from factcheck.claims.figures import Quantity
from factcheck.evidence.dataset import Dataset
from factcheck.reports.nouns import a, head, plural, things
from factcheck.reports.tables import value_words
from factcheck.reports.telling import inert
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Verdict

_NO_FIGURE = (Quantity.LABEL, Quantity.SET, Quantity.COMPOSITION)


def counted_sentences(verdict: Verdict) -> tuple[str, ...]:
    """Each row, the rows considered, what was measured on them, and what the data are to show."""
    if verdict.measurement is None or not verdict.datasets:
        return ()
    claim = verdict.claim
    told = [_row(dataset) for dataset in verdict.datasets]
    if claim.where is not None and not verdict.checks:
        told.append(say("only-rows", where=inert(claim.where)))
    if verdict.words and not verdict.checks:
        code = "looked-for" if verdict.measurement.quantity in _NO_FIGURE else "measured"
        told.append(say(code, words=inert(verdict.words)))
    told += [_params(verdict)] if claim.params else []
    told += _base(verdict)
    told += [sentence for dataset in verdict.datasets for sentence in _scope(dataset)]
    told += _reach(verdict)
    return tuple(dict.fromkeys(filter(None, told)))


def _row(dataset: Dataset) -> str:
    name = _quoted(dataset)
    if dataset.counts is not None:
        return say("row-stands", dataset=name, units=plural(head(dataset.unit)))
    return say("row-is", dataset=name, unit=a(inert(dataset.unit))) if dataset.unit else ""


def _quoted(dataset: Dataset) -> str:
    """The dataset's title in quotation marks that do not clash with its own."""
    title = inert(dataset.title or dataset.name)
    return f"“{title}”"


def _params(verdict: Verdict) -> str:
    told = [say("param-is", name=inert(name), value=value_words(value)) for name, value in verdict.claim.params.items()]
    return say("with-params", params=", ".join(told))


def _base(verdict: Verdict) -> list[str]:
    found = verdict.measurement
    assert found is not None
    if verdict.checks or found.unmeasurable is not None or not found.n or counts_no_rows(verdict):
        return []
    unit = verdict.datasets[0].unit
    distinct = str((verdict.claim.measure or {}).get("of", "")).startswith("distinct ")
    told = [] if distinct or "overlap" in (verdict.claim.measure or {}) else [say("base-size", things=things(found.n, unit))]
    if not found.missing and not found.aside and not any(note.code.startswith("aside") for note in verdict.notes):
        told.append(say("none-missing"))
    return told


def counts_no_rows(verdict: Verdict) -> bool:
    """Whether `n` counts no rows of the dataset: what a query reads is its own affair, and columns are not rows."""
    measure = verdict.claim.measure or {}
    return "sql" in measure or measure.get("count") == "columns"


def _scope(dataset: Dataset) -> list[str]:
    """What the data stand for, and how much of it they hold."""
    if not dataset.represents or dataset.completeness is None:
        return []
    named = inert(dataset.represents).rstrip(".")
    if dataset.completeness == "partial" and dataset.population is not None:
        return [say("stand-for-part-of", represents=named, population=f"{dataset.population:,}")]
    return [say(f"stand-for-{dataset.completeness.replace(' ', '-')}", represents=named)]


def _reach(verdict: Verdict) -> list[str]:
    claim, told = verdict.claim, []
    if claim.about == "rows" and any(dataset.completeness != "complete" for dataset in verdict.datasets):
        told.append(say("speaks-rows"))
    if claim.about == "process":
        told.append(say("speaks-process"))
    if claim.weight is not None:
        told.append(say("weighted", weight=inert(claim.weight)))
    if claim.cluster is not None:
        told.append(say("clustered", cluster=inert(claim.cluster)))
    if claim.timezone is not None:
        told.append(say("in-timezone", timezone=inert(claim.timezone)))
    return told


