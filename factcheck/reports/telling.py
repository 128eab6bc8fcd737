"""Pieces of sentences that every kind of measure needs, and the sentence for those that have none of their own."""

from __future__ import annotations

from fractions import Fraction

from factcheck.evidence.dataset import Dataset
from factcheck.measures import named_kind
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import members, value_text
from factcheck.reports.words import capital, method_words, say
from factcheck.verdicts.verdict import Verdict

LONG = 120  # a longer condition stands in the details only
CENSUS = "census"  # how a sample that is the whole population is drawn


def kind(verdict: Verdict) -> str:
    """The key that names the statistic in the claim's measure."""
    return named_kind(verdict.claim.measure or {})


def inert(text: object) -> str:
    """Text that stands in a sentence or in code: its own backticks must not pair with ours."""
    return str(text).replace("`", "'")


def stop(text: str) -> str:
    """With a full stop where the sentence has no end of its own."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def condition(text: object) -> str:
    told = inert(text)
    return f"`{told}`" if len(told) <= LONG else say("the-condition")


def speaks_for_rows(verdict: Verdict) -> bool:
    """Whether the claim is about rows of which there are others."""
    return verdict.claim.about == "rows" and any(d.completeness != "complete" for d in verdict.datasets)


def unit(verdict: Verdict) -> str | None:
    """What a row of the claim's dataset is."""
    return verdict.datasets[0].unit if verdict.datasets else None


def drawn(verdict: Verdict, found: Measurement) -> str:
    """How the region was drawn; of rows that others were left out of nobody may say that the data are complete."""
    if found.method == "complete" and speaks_for_rows(verdict):
        return say("method-rows")
    whole = found.method == "complete" and any(_is_whole(dataset) for dataset in verdict.datasets)
    method = CENSUS if whole else found.method
    return method_words(method)


def _is_whole(dataset: Dataset) -> bool:
    """Whether a sample is all of its population; the rows of a table of counts say nothing of that."""
    if dataset.completeness != "random sample" or dataset.population is None or dataset.ledger is None:
        return False
    return dataset.counts is not None or dataset.ledger.loaded - dataset.ledger.repeated == dataset.population


def estimate(verdict: Verdict, found: Measurement) -> str:
    return inert(value_text(found.estimate, found, verdict.claimed))


def weight_of(found: Measurement) -> str | None:
    """What each row counts for, where that decides the figure."""
    weight = found.facts.get("weighted")
    return weight if isinstance(weight, str) else None


def plainly(verdict: Verdict, found: Measurement) -> list[str]:
    words = capital(inert(verdict.words or "the figure"))
    weight = weight_of(found)
    words = words if weight is None else say("weighted-words", words=words, weight=inert(weight))
    if found.bound_only and isinstance(found.estimate, Fraction):
        return [say("bound-other", words=words[:1].lower() + words[1:], estimate=estimate(verdict, found))]
    if isinstance(found.estimate, tuple):
        return [say("set-found", words=words, found=inert(members(found.estimate)))]
    scaled = found.sampled and kind(verdict) == "sum" and verdict.claim.about != "process"
    code = "scaled-sum" if scaled else "is-found"
    told = [say(code, words=words, estimate=stop(estimate(verdict, found)).rstrip("."))]
    plain = found.facts.get("plain")
    if weight is None or plain is None or plain == found.estimate:
        return told
    return [*told, say("without-weights", plain=inert(value_text(plain, found, verdict.claimed)))]
