"""The end of a claim's page: what somebody needs who wants to repeat the check."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.claims.figures.quantity import Quantity
from factcheck.reports.counted import base_text
from factcheck.reports.evidence import computed, evidence_line, source_of
from factcheck.reports.locale import format_value
from factcheck.reports.queries import printed
from factcheck.reports.tables import Table, further_variants
from factcheck.reports.telling import drawn, inert
from factcheck.reports.words import say
from factcheck.verdicts.choices import measure_text
from factcheck.verdicts.verdict import Outcome, Verdict


@dataclass(frozen=True)
class EvidenceView:
    """One dataset: its line, where it comes from, its caveats, and how its computed columns are made."""

    line: str
    source: str
    url: str | None
    caveats: tuple[str, ...]
    computed: tuple[str, ...]


@dataclass(frozen=True)
class Details:
    """For those who want to repeat it."""

    statistic: str
    interval: str
    n: str
    queries: tuple[str, ...]
    evidence: tuple[EvidenceView, ...]
    file: str
    variants: Table | None


def details(verdict: Verdict) -> Details:
    """The statistic, its interval and base, the queries, the evidence, and all variants."""
    told = {note.facts.get("text") for note in verdict.notes if note.code == "dataset-caveat"}
    evidence = tuple(
        EvidenceView(
            evidence_line(one),
            *source_of(one),
            tuple(text for text in one.caveats if text not in told),
            computed(one, verdict.used),
        )
        for one in verdict.datasets
    )
    cases = verdict.checks or (verdict,)
    return Details(
        "; ".join(dict.fromkeys(filter(None, map(_statistic, cases)))),
        "; ".join(dict.fromkeys(filter(None, map(_interval, cases)))),
        _each(list(filter(None, map(_n, cases)))),
        tuple(dict.fromkeys(query for case in cases for query in _queries(case))),
        evidence,
        f"`{inert(verdict.file)}`, line {verdict.line}",
        further_variants(verdict),
    )


def _statistic(verdict: Verdict) -> str:
    """The measure as it is written, its condition, and what it came to in exact figures."""
    if verdict.claim.measure is None:
        return ""
    where = f" where `{inert(verdict.claim.where)}`" if verdict.claim.where is not None else ""
    return f"`{inert(measure_text(verdict.claim.measure))}`{where}{_worked(verdict)}"


def _worked(verdict: Verdict) -> str:
    """: 27 of 381 = 0.0709."""
    found = verdict.measurement
    if found is None or found.quantity is not Quantity.PROPORTION or "k" not in found.facts or found.estimate is None:
        return ""
    if "weights" in found.facts:
        k, whole, value = (format_value(one, Quantity.NUMBER) for one in (*found.facts["weights"], found.estimate))
        return say("worked-weighted", k=k, n=whole, value=value)
    base = found.facts["n"] if verdict.claim.missing == "false" else found.facts.get("known", found.facts["n"])
    value = format_value(found.estimate, Quantity.NUMBER)  # type: ignore[arg-type]  # a proportion is a number
    return f": {format_value(found.facts['k'], Quantity.NUMBER)} of {format_value(base, Quantity.NUMBER)} = {value}"


def _interval(verdict: Verdict) -> str:
    found = verdict.measurement
    if found is None or found.unmeasurable is not None:
        return ""
    level = f", level {format_value(verdict.claim.level, Quantity.PROPORTION)}" if found.sampled else ""
    return f"{drawn(verdict, found)}{level}"


def _each(bases: list[str]) -> str:
    """The bases of all pieces of evidence in their order, or the one that they share."""
    return bases[0] if len(set(bases)) == 1 else "; ".join(bases)


def _n(verdict: Verdict) -> str:
    found = verdict.measurement
    return "" if found is None or verdict.outcome is Outcome.ERROR else base_text(verdict)


def _queries(verdict: Verdict) -> tuple[str, ...]:
    return () if verdict.measurement is None else tuple(map(printed, verdict.measurement.queries))
