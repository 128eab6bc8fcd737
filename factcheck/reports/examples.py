"""Some of the rows behind a number, as a table with the sentences that say what they are and what is left out."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.evidence.examples import Cell, Hidden, Sample
from factcheck.reports.tables import Table
from factcheck.reports.telling import condition, inert
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Verdict


@dataclass(frozen=True)
class ExamplesView:
    """Rows of one dataset; `table` is None where none may be shown, and `words` then say why."""

    words: str
    table: Table | None


def examples(verdict: Verdict) -> tuple[ExamplesView, ...]:
    """The rows of a claim and of its checks, each once."""
    samples = dict.fromkeys(sample for one in (verdict, *verdict.checks) for sample in one.examples)
    views = (_view(sample, _apart(sample, list(samples))) for sample in samples)
    return tuple(dict.fromkeys(views))


def _apart(sample: Sample, samples: list[Sample]) -> str:
    """What tells these rows from the others of the claim: their dataset, or the condition they satisfy."""
    of = say("examples-of", title=inert(sample.title)) if len({one.dataset for one in samples}) > 1 else ""
    alike = [one for one in samples if one.dataset == sample.dataset]
    where = say("examples-where", condition=condition(sample.where)) if len(alike) > 1 and sample.where else ""
    return "".join(f" {part}" for part in (of, where) if part)


def _view(sample: Sample, of: str) -> ExamplesView:
    if sample.refused is not None:
        return ExamplesView(say(sample.refused, of=of, licence=inert(sample.licence or "")), None)
    rows = tuple(tuple(map(_cell, row)) for row in sample.rows)
    return ExamplesView(" ".join(_words(sample, of)), Table(tuple(map(inert, sample.head)), rows))


def _words(sample: Sample, of: str) -> list[str]:
    many = "one" if len(sample.rows) == 1 else "many"
    told = [say(f"examples-{sample.choice}-{many}", n=len(sample.rows), of=of, by=inert(sample.by))]
    marks = {
        "examples-synthetic": sample.synthetic,
        "examples-masked": sample.masked,
        "examples-cleared": sample.cleared,
        "examples-hours": sample.hours,
        "examples-unwritten": sample.unwritten,
    }
    return told + [say(code) for code, holds in marks.items() if holds]


def _cell(cell: Cell) -> str:
    if cell is None:
        return say("example-null")
    if isinstance(cell, bool):
        return say("example-true" if cell else "example-false")
    return say(cell.code, n=cell.number, noun=inert(cell.noun)) if isinstance(cell, Hidden) else inert(cell)
