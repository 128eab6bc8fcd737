"""What was counted, for a reader who knows no statistics."""

from __future__ import annotations

from factcheck.claims.figures import Quantity
from factcheck.evidence.dataset import Dataset
from factcheck.measures.measurement import Measurement
from factcheck.reports.locale import integer
from factcheck.reports.nouns import a, head, plural, things
from factcheck.reports.params import filled
from factcheck.reports.telling import inert
from factcheck.reports.words import say
from factcheck.verdicts.choices import value_words
from factcheck.verdicts.verdict import Verdict

_NO_FIGURE = (Quantity.LABEL, Quantity.SET, Quantity.COMPOSITION)


def counted_sentences(verdict: Verdict) -> tuple[str, ...]:
    """Each row, the rows considered, what was measured on them, and what the data are to show."""
    if verdict.measurement is None or not verdict.datasets:
        return ()
    claim = verdict.claim
    told = [_row(dataset) for dataset in verdict.datasets]
    told += filled(_measured(verdict), verdict)
    told += [_params(verdict)] if claim.params else []
    told += _base(verdict)
    told += [sentence for dataset in verdict.datasets for sentence in _scope(dataset)]
    told += _reach(verdict)
    return tuple(dict.fromkeys(filter(None, told)))


def _measured(verdict: Verdict) -> list[str]:
    """The rows considered, what was measured on them, and of two sides which is counted where."""
    claim, told = verdict.claim, list[str]()
    if verdict.measurement is None or verdict.checks:
        return []
    if claim.where is not None:
        told.append(say("only-rows", where=inert(claim.where)))
    if verdict.words:
        code = "looked-for" if verdict.measurement.quantity in _NO_FIGURE else "measured"
        told.append(say(code, words=inert(verdict.words)))
    sides = two_sides(verdict)
    if sides is not None:
        told.append(say("sides-in", first=_quoted(sides[0]), second=_quoted(sides[1])))
    return told


def two_sides(verdict: Verdict) -> tuple[Dataset, Dataset] | None:
    """The datasets of two sides, where they are not the same."""
    measure = verdict.claim.measure or {}
    pair = [measure.get(keys[0]) or measure.get(keys[1]) for keys in (("ratio", "difference"), ("to", "minus"))]
    known = {dataset.name: dataset for dataset in verdict.datasets}
    named = [str(side.get("dataset", verdict.claim.dataset)) for side in pair if isinstance(side, dict)]
    if len(named) != 2 or named[0] == named[1] or not all(name in known for name in named):
        return None
    return known[named[0]], known[named[1]]


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
    sizes = _sizes(verdict, found)
    one = sizes[0] if len(sizes) == 1 else ""
    told = [say("base-size", things=one) if one else say("base-sizes", first=sizes[0], second=sizes[1])]
    if one and verdict.claim.missing == "ignore" and 0 < found.missing < found.n:
        told = [say("base-known", known=integer(found.n - found.missing), things=one)]
    if not found.missing and not found.aside and not any(note.code.startswith("aside") for note in verdict.notes):
        told.append(say("none-missing"))
    return told


def base_text(verdict: Verdict) -> str:
    """How much the figure rests on: `381 paintings`; of two sides, on each."""
    found = verdict.measurement
    return "" if found is None or counts_no_rows(verdict) else "; ".join(_sizes(verdict, found))


def _sizes(verdict: Verdict, found: Measurement) -> list[str]:
    unit = verdict.datasets[0].unit if verdict.datasets else None
    bases, sides = found.facts.get("bases"), two_sides(verdict)
    if bases and sides is not None:
        return [things(n, side.unit) for n, side in zip(bases, sides, strict=True)]
    if bases and (bases[0] != bases[1] or _rows_apart(verdict)):
        return [integer(bases[0]), things(bases[1], unit)]
    return [members_text(verdict, found.n) or things(found.n, unit)]


def _rows_apart(verdict: Verdict) -> bool:
    """Whether two sides rest on different rows of one dataset, however many they are."""
    measure = verdict.claim.measure or {}
    pair = [measure.get(keys[0]) or measure.get(keys[1]) for keys in (("ratio", "difference"), ("to", "minus"))]
    conditions = [(side.get("where"), side.get("among")) for side in pair if isinstance(side, dict)]
    return len(set(conditions)) > 1


def members_text(verdict: Verdict, n: int) -> str:
    """`15 different values of author`, where it is these and no rows that are counted; else nothing."""
    measure = verdict.claim.measure or {}
    of = str(measure.get("of", ""))
    name = of if "overlap" in measure else of.removeprefix("distinct ") if of.startswith("distinct ") else ""
    return f"{integer(n)} {say('base-values', name=inert(name))}" if name else ""


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
        return [say("stand-for-part-of", represents=named, population=integer(dataset.population))]
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


