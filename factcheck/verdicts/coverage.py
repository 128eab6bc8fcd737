"""Whether the collection covers what the claim speaks of: its time and its platforms, and when it was made.

What is covered is the time that the manifest states (`collected.from`, `to`); failing that, what the rows hold. Rows
that lie far apart leave gaps at both ends that mean nothing: these are not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from factcheck.claims.figures import DateClaim, FigureError, Quantity, read
from factcheck.claims.models import Claim
from factcheck.evidence.dataset import Collected, Dataset
from factcheck.measures.measurement import Note
from factcheck.verdicts.calendar import day_text, open_text, span_text
from factcheck.verdicts.confidence import Scale
from factcheck.verdicts.provenance import once

Days = tuple[date | None, date | None]  # the first and the last day; None is an open end
_CHANCE = 0.01  # a gap that rows so frequent would leave more often than this is no sign of missing rows


@dataclass(frozen=True)
class Span:
    """What the rows hold of a time column: the first and last day, and how many different days there are."""

    column: str
    first: date
    last: date
    days: int

    def tells(self, gap: int) -> bool:
        """Whether so many days without a row are more than chance, as often as there are days with one."""
        share = self.days / ((self.last - self.first).days + 2)
        return gap > 0 and (1 - share) ** gap <= _CHANCE


@dataclass(frozen=True)
class Covered:
    """The days that the data cover; `span` is what the rows hold, where that is what tells."""

    first: date | None
    last: date | None
    span: Span | None = None

    def lacks(self, first: date, last: date) -> tuple[int, int]:
        """How many of the days from `first` to `last` lie before and after what is covered."""
        after_last = last + timedelta(days=1)
        before = max(0, (min(self.first, after_last) - first).days) if self.first is not None else 0
        after = max(0, (last - max(self.last, first - timedelta(days=1))).days) if self.last is not None else 0
        if self.span is not None:
            before, after = (gap if self.span.tells(gap) else 0 for gap in (before, after))
        return before, after


def coverage(
    scale: Scale,
    claim: Claim,
    datasets: Iterable[Dataset],
    spoken: Mapping[str, Sequence[Days]] | None = None,
    spans: Mapping[str, Span] | None = None,
) -> list[Note]:
    """Notes on time and platforms.

    Args:
        spoken: for each dataset the days that the claim's conditions on its time speak of.
        spans: for each dataset what its rows hold of that time.
    """
    notes: list[Note] = []
    period = days(claim.period)
    for dataset in datasets:
        covered, is_stated = _covered(dataset, (spans or {}).get(dataset.name))
        windows = list((spoken or {}).get(dataset.name, ())) if is_stated else []
        if period is not None and period not in windows:
            windows.append(period)
        for window in windows:
            notes += _time(scale, window, covered)
        if not windows:
            notes += _made_before(claim, covered)
        for collected in _collections(dataset):
            notes += _late(scale, claim, collected, windows, covered)
            notes += [note for window in windows for note in _early(scale, collected, window)]
        notes += _platforms(scale, claim, dataset)
    return once(notes)


@lru_cache(4096)  # one period stands over many claims
def days(text: str | None) -> tuple[date, date] | None:
    """First and last day of a period as it is written in a claim or a manifest."""
    if text is None:
        return None
    try:
        claimed = read(text, Quantity.DATE)
    except FigureError:
        return None
    if not isinstance(claimed, DateClaim) or claimed.low is None or claimed.high is None:
        return None
    return claimed.low.date(), (claimed.high - timedelta(microseconds=1)).date()


def _covered(dataset: Dataset, span: Span | None) -> tuple[Covered, bool]:
    """What is covered, and whether the time column of the rows is the time that the manifest speaks of."""
    start, end = days(dataset.collected.from_), days(dataset.collected.to)
    if start is None and end is None:
        return Covered(*(span.first, span.last, span) if span is not None else (None, None)), True
    first, last = start[0] if start else None, end[1] if end else None
    day = timedelta(days=1)
    outside = span is not None and (
        (first is not None and span.first < first - day) or (last is not None and span.last > last + day)
    )
    return Covered(first, last), not outside


def _collections(dataset: Dataset) -> list[Collected]:
    """How the dataset was collected; one that a query makes without saying so, how those were that it reads."""
    if dataset.collected != Collected() or not dataset.made_from:
        return [dataset.collected]
    return [collected for read in dataset.made_from for collected in _collections(read)]


def _time(scale: Scale, window: Days, covered: Covered) -> list[Note]:
    """What of the claimed time the data do not cover."""
    first, last = window
    if first is None or last is None:
        return _open(window, covered)
    if last < first:
        return []
    before, after = covered.lacks(first, last)
    if not before + after:
        return []
    whole = (last - first).days + 1
    outside = min(whole, before + after)
    share = Fraction(whole - outside, whole)
    facts = {"claimed": span_text(first, last), **_ends(covered, before, after), "outside": outside, "whole": whole}
    effect = scale.below("coverage", "covered", share)
    return [Note("period-covered" if covered.span is None else "rows-covered", facts, "coverage", effect)]


def _ends(covered: Covered, before: int, after: int) -> dict[str, str]:
    """The ends that matter of what is covered, in words, and the column that tells those of the rows."""
    facts = {"column": covered.span.column} if covered.span is not None else {}
    if before and covered.first is not None:
        facts["first" if after else "begins"] = day_text(covered.first)
    if after and covered.last is not None:
        facts["last" if before else "ends"] = day_text(covered.last)
    return facts


def _open(window: Days, covered: Covered) -> list[Note]:
    """A time that is open on one side: which share of it is covered, nobody can say."""
    first, last = window
    gap = 0
    if first is not None and covered.first is not None:
        gap = (covered.first - first).days
    elif last is not None and covered.last is not None:
        gap = (last - covered.last).days
    if gap <= 0 or (covered.span is not None and not covered.span.tells(gap)):
        return []
    ends = _ends(covered, *((gap, 0) if first is not None else (0, gap)))
    return [Note("time-open", {"claimed": open_text(first, last), **ends, "days": gap}, "coverage", 0)]


def _appeared(claim: Claim) -> date | None:
    """The first day on which the claim was made."""
    known = [found[0] for appearance in claim.appearance if (found := days(appearance.date)) is not None]
    return min(known, default=None)


def _made_before(claim: Claim, covered: Covered) -> list[Note]:
    """A claim that names no time and was made before the data begin."""
    appeared = _appeared(claim)
    if appeared is None or covered.first is None or appeared >= covered.first:
        return []
    facts = {"appeared": day_text(appeared), "first": day_text(covered.first), "days": (covered.first - appeared).days}
    return [Note("claimed-before", facts, "coverage", 0)]


def _late(scale: Scale, claim: Claim, collected: Collected, windows: Sequence[Days], covered: Covered) -> list[Note]:
    """How long after the time claimed the collection was made; else after the last row, or after the claim."""
    made = days(collected.date)
    if made is None:
        return []
    named = [last for _, last in windows if last is not None]
    end, facts = max(named, default=None), dict[str, object]()
    if end is None and covered.last is not None:
        end, facts = covered.last, {"last": day_text(covered.last)}
    elif end is None and (appeared := _appeared(claim)) is not None:
        end, facts = appeared, {"appeared": day_text(appeared)}
    if end is None or (late := (made[0] - end).days) <= 0:
        return []
    effect = scale.above("coverage", "late_days", late)
    return [Note("collected-late", {"date": day_text(made[0]), "days": late, **facts}, "coverage", effect)]


def _early(scale: Scale, collected: Collected, window: Days) -> list[Note]:
    """A collection that was made before the time claimed was over."""
    made, (first, last) = days(collected.date), window
    if made is None or last is None or made[1] >= last:
        return []
    left = (last - made[1]).days
    effect, facts = 0, {"date": day_text(made[1]), "days": left}
    if first is not None and first <= last:
        whole = (last - first).days + 1
        effect = scale.below("coverage", "covered", Fraction(max(0, whole - left), whole))
        facts["whole"] = whole
    return [Note("collected-early", facts, "coverage", effect)]


def _platforms(scale: Scale, claim: Claim, dataset: Dataset) -> list[Note]:
    wanted, had = claim.platforms, {name.casefold() for name in dataset.collected.platforms}
    if not wanted or not had:
        return []
    covered = tuple(name for name in wanted if name.casefold() in had)
    effect = scale.below("coverage", "covered", Fraction(len(covered), len(wanted)))
    absent = tuple(name for name in wanted if name not in covered)
    facts = {"covered": covered, "absent": absent, "n": len(covered), "whole": len(wanted)}
    return [Note("platforms-covered", facts, "coverage", effect)] if effect else []
