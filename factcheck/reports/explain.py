"""How a verdict came about, step by step, in plain text: for `factcheck explain CLAIM`."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping

from factcheck.claims.figures import (
    CompositionClaim,
    LabelClaim,
    NumberClaim,
    Quantity,
    SetClaim,
    describe,
)
from factcheck.claims.figures.quantity import NUMERIC
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement, Members, Note
from factcheck.reports.amounts import found_text, members, reading_of, shown_as, span, told_ends, value_text
from factcheck.reports.counted import counted_sentences
from factcheck.reports.definitions import others
from factcheck.reports.escape import lines_of, plain
from factcheck.reports.evidence import computed, evidence_line
from factcheck.reports.found import found_sentences
from factcheck.reports.headline import headline, short
from factcheck.reports.locale import figures, format_value, integer
from factcheck.reports.nouns import things
from factcheck.reports.run import Run
from factcheck.reports.settle import settling
from factcheck.reports.tables import choice
from factcheck.reports.telling import drawn
from factcheck.reports.words import capital, domain_word, noted, say
from factcheck.verdicts.choices import measure_text
from factcheck.verdicts.verdict import Outcome, Verdict

_WIDTH = 100
_MINUS = "\N{MINUS SIGN}"


def render(run: Run) -> str:
    """Every verdict of the run, explained."""
    if not run.verdicts:
        return say("no-claims") + "\n"
    return "\n".join(explained(verdict) for verdict in run.verdicts)


def explained(verdict: Verdict) -> str:
    """One verdict: the claim as it was read, the data, the estimate, M and its parts, the comparison, the notes."""
    lines = [f"{plain(verdict.id)} ({plain(verdict.file)}:{verdict.line})", *_wrapped([str(verdict.claim.statement)])]
    for title, section in _SECTIONS.items():
        told = list(section(verdict))
        if told:
            lines += ["", title, *_wrapped(told)]
    for i, check in enumerate(verdict.checks, 1):
        lines += ["", f"Piece of evidence {i}: {short(check)}", *_part(check)]
    lines += _queries(verdict)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _part(check: Verdict) -> list[str]:
    """A check inside its claim, one step further in."""
    lines = []
    for title, section in _SECTIONS.items():
        told = list(section(check))
        if told and title != "Verdict":
            lines += [f"  {title}", *(f"  {line}" for line in _wrapped(told))]
    return lines


def _wrapped(sentences: Iterable[str]) -> list[str]:
    lines: list[str] = []
    for told in sentences:
        lines += textwrap.wrap(plain(told), _WIDTH, initial_indent="  ", subsequent_indent="    ") or [""]
    return lines


def _verdict(verdict: Verdict) -> Iterable[str]:
    yield f"{headline(verdict)}."
    yield from found_sentences(verdict)


def _reading(verdict: Verdict) -> Iterable[str]:
    """A and A′."""
    claimed = verdict.claimed
    if claimed is None:
        return
    yield say("read-as", text=claimed.text, reading=reading_of(claimed))
    if isinstance(claimed, NumberClaim):
        yield from _regions(claimed, "")
    elif isinstance(claimed, CompositionClaim):
        for name, part in claimed.parts.items():
            yield from _regions(part, f"{name}: ")


def _regions(claimed: NumberClaim, prefix: str) -> Iterable[str]:
    quantity = shown_as(claimed.quantity, claimed)
    yield f"{prefix}{say('region-a', region=figures(describe(claimed.region, quantity)))}"
    if claimed.near == claimed.region:
        yield f"{prefix}{say('near-nothing')}"
    else:
        yield f"{prefix}{say('read-near', near=figures(describe(claimed.near, quantity)))}"


def _data(verdict: Verdict) -> Iterable[str]:
    for dataset in verdict.datasets:
        yield f"{dataset.name}: {evidence_line(dataset)}."
        yield from (f"{told}.".replace("`", "") for told in computed(dataset, verdict.used))


def _base(verdict: Verdict) -> Iterable[str]:
    yield from counted_sentences(verdict)
    found = verdict.measurement
    if found is None or verdict.checks or found.unmeasurable is not None:
        return
    notes = [note for note in verdict.notes if note.code.startswith(("aside", "null-")) and not note.effect]
    if found.aside and not notes:
        unit = verdict.datasets[0].unit if verdict.datasets else None
        yield say("set-aside", things=things(found.aside, unit))
    for note in notes:
        yield noted(note)
    if not found.aside and not notes:
        yield say("set-aside-none")


def _estimate(verdict: Verdict) -> Iterable[str]:
    found = verdict.measurement
    if found is None or verdict.checks:
        return
    if found.estimate is None:
        yield say("estimate-none")
        return
    yield say("estimate-is", estimate=value_text(found.estimate, found, verdict.claimed))
    if verdict.claim.measure is not None:
        yield f"{measure_text(verdict.claim.measure)}; n = {integer(found.n)}"


def _region(verdict: Verdict) -> Iterable[str]:
    """M and the parts of it: sampling, missing values, what was not collected."""
    found = verdict.measurement
    if found is None or verdict.checks or found.unmeasurable is not None:
        return
    yield _m(verdict, found)
    level = format_value(verdict.claim.level, Quantity.PROPORTION)
    if found.sampled:
        yield say("part-sampling", method=drawn(verdict, found), level=level)
    else:
        yield say("part-no-sampling", method=drawn(verdict, found))
    yield _missing(verdict, found)
    yield _collection(verdict, found)


def _m(verdict: Verdict, found: Measurement) -> str:
    region = found.region
    if isinstance(region, Members):
        return say("region-is", region=_set_region(region))
    if isinstance(region, Mapping):
        claimed = verdict.claimed
        names = list(claimed.parts) if isinstance(claimed, CompositionClaim) else sorted(region)
        quantity = Quantity.PROPORTION if found.unit == "proportion" else Quantity.COUNT
        told = "; ".join(f"{name} {_interval(region[name], quantity)}" for name in names if name in region)
        return say("region-is", region=told)
    if told_ends(region, found.quantity) == (None, None):
        return say("region-all")
    return say("region-is", region=_interval(region, shown_as(found.quantity, verdict.claimed)))


def _interval(region: Interval, quantity: Quantity) -> str:
    return figures(describe(region, quantity)) if quantity in NUMERIC else span(region, quantity)


def _set_region(region: Members) -> str:
    told = [say("set-certain", names=members(tuple(sorted(region.certain))))]
    unsure = tuple(sorted(region.possible - region.certain))
    if unsure:
        told.append(say("set-level" if region.tie else "set-possible", names=members(unsure)))
    if region.open:
        told.append(say("set-open"))
    return "; ".join(told)


def _missing(verdict: Verdict, found: Measurement) -> str:
    if not found.missing:
        return say("part-no-missing")
    policy = verdict.claim.missing
    code = "part-missing" if policy == "bounds" else f"part-missing-{policy}"
    return say(code, missing=integer(found.missing), n=integer(found.n))


def _collection(verdict: Verdict, found: Measurement) -> str:
    if found.bound_only:
        return say("part-partial")
    if verdict.claim.about == "rows":
        return say("part-rows")
    sampled = any(dataset.completeness == "random sample" for dataset in verdict.datasets)
    return say("part-drawn" if sampled else "part-whole")


def _comparison(verdict: Verdict) -> Iterable[str]:
    found, claimed = verdict.measurement, verdict.claimed
    if found is None or claimed is None or verdict.checks or verdict.outcome in (Outcome.ERROR, Outcome.UNVERIFIABLE):
        return
    if isinstance(claimed, (LabelClaim, SetClaim)) and isinstance(found.region, Members):
        yield _sets(claimed, found.region)
    elif verdict.finding.parts:
        for name, outcome in verdict.finding.parts.items():
            yield f"{name}: {outcome.value}"
    else:
        yield say(f"compare-{verdict.outcome.value}")


def _sets(claimed: LabelClaim | SetClaim, region: Members) -> str:
    wanted = set(claimed.members)
    both, only, other = wanted & region.possible, wanted - region.possible, region.possible - wanted
    told = [members(tuple(sorted(names))) for names in (both, only, other)]
    return say("compare-sets", both=told[0], claimed=told[1], found=told[2])


def _confidence(verdict: Verdict) -> Iterable[str]:
    if verdict.confidence is not None:
        yield say("confidence", level=verdict.confidence)
    for note in verdict.notes:
        yield f"{_effect(note)}{noted(note)}"


def _effect(note: Note) -> str:
    """[Indirectness −1], or nothing behind the name for a note that lowers nothing."""
    if note.domain is None:
        return ""
    effect = f" {_MINUS}{-note.effect}" if note.effect < 0 else ""
    return f"[{domain_word(note.domain)}{effect}] "


def _variants(verdict: Verdict) -> Iterable[str]:
    for one in verdict.variants:
        yield f"{capital(choice(one, verdict))}: {found_text(one)}, {short(one).lower()}".replace("`", "")


def _definitions(verdict: Verdict) -> Iterable[str]:
    return (told.replace("`", "") for told in others(verdict))


def _settling(verdict: Verdict) -> Iterable[str]:
    return (told.replace("`", "") for told in settling(verdict))


def _queries(verdict: Verdict) -> list[str]:
    """The SQL as it was asked, unwrapped, so that it can be copied."""
    cases = verdict.checks or (verdict,)
    queries = dict.fromkeys(query for case in cases if case.measurement for query in case.measurement.queries)
    lines: list[str] = []
    for query in queries:
        lines += ["", "Query", *(f"  {line}" for line in lines_of(query))]
    return lines


_SECTIONS: dict[str, Callable[[Verdict], Iterable[str]]] = {
    "Verdict": _verdict,
    "How the claim is read": _reading,
    "Data": _data,
    "What was counted": _base,
    "Estimate": _estimate,
    "Definitions": _definitions,
    "What the evidence allows": _region,
    "Comparison": _comparison,
    "Confidence and notes": _confidence,
    "Other choices": _variants,
    "What would settle it": _settling,
}

