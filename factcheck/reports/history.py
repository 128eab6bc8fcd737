"""The past verdicts of a claim as rows of a table and as a row of bars: every text ready, nothing left to compute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from factcheck.reports.amounts import NOTHING, moment
from factcheck.reports.escape import plain
from factcheck.reports.locale import integer, listed
from factcheck.reports.sparks import heights
from factcheck.reports.tables import Table
from factcheck.reports.words import outcome_words, say
from factcheck.verdicts.history import Entry, Overview, Step
from factcheck.verdicts.verdict import Outcome

MOST = 60  # bars in a row
HEAD = ("date", "verdict", "found", "confidence", "what")  # of the table of one claim
_MARKED = ("claimed", "n", "missing")  # what no other column of the table shows


@dataclass(frozen=True)
class Story:
    """A claim's history, or as much of it as was asked for.

    gone: the date of the first run of the whole project without it. former: the id that the same claim had before.
    """

    id: str
    steps: tuple[Step, ...]
    gone: str | None = None
    former: str | None = None

    @property
    def entries(self) -> list[Entry]:
        return [step.entry for step in self.steps]


@dataclass(frozen=True)
class Row:
    """A line of the table. A row without an outcome stands for checks in which nothing changed, or for none."""

    date: str
    outcome: Outcome | None
    found: str
    confidence: str
    told: str


@dataclass(frozen=True)
class Bars:
    """The estimates of a claim in their order, and the claimed figure on the same scale, where it has one."""

    line: str
    claimed: str | None
    shown: int
    checks: int


def rows(story: Story, *, every: bool = False) -> list[Row]:
    """The lines of the table, the oldest first; checks in which nothing changed are one, unless `every` is wanted."""
    days = Counter(step.entry.run.started[:10] for step in story.steps if every or not step.quiet)
    found: list[Row] = []
    waiting: list[Step] = []
    for step in story.steps:
        if step.quiet and not every:
            waiting.append(step)
            continue
        found += _folded(waiting)
        waiting = []
        found.append(_row(step, days))
    found += _folded(waiting)
    if story.gone is not None:
        found.append(Row("", None, "", "", say("history-gone", date=day(story.gone))))
    return found


def _row(step: Step, days: Counter[str]) -> Row:
    entry, figures = step.entry, step.entry.record.figures
    date = _moment(entry.run.started) if days[entry.run.started[:10]] > 1 else day(entry.run.started)
    outcome, confidence = Outcome(figures["outcome"]), figures["confidence"] or NOTHING
    return Row(date, outcome, plain(entry.record.found), confidence, told(step))


def _folded(quiet: Sequence[Step]) -> list[Row]:
    if not quiet:
        return []
    until = day(quiet[-1].entry.run.started)
    return [Row("", None, "", "", say("history-since-then", checks=checks(len(quiet)), date=until))]


def checks(n: int) -> str:
    """One check, 12 checks."""
    return f"{integer(n)} {'check' if n == 1 else 'checks'}"


def told(step: Step) -> str:
    """What happened at a check, in words."""
    if step.before is None:
        error = step.entry.record.figures["error"]
        return say("history-first") if error is None else say("history-failed", error=plain(error))
    was, now = (one.record.figures["error"] for one in (step.before, step.entry))
    if now is not None:
        return say("history-failed" if was is None else "history-failing", error=plain(now))
    if was is not None:
        return say("history-again")
    if step.differing:
        moved = listed(list(dict.fromkeys(_moved(step.before, step.entry, step.differing))))
        return say("history-moved", what=moved, why=_why(step))
    return say("history-quiet", factors=_factors(step)) if step.factors else say("history-same")


def _moved(was: Entry, now: Entry, differing: Sequence[str]) -> list[str]:
    before, after = was.record.figures, now.record.figures
    words = []
    for key in differing:
        if key in _MARKED:
            words.append(say(f"history-key-{key}", was=_shown(before[key]), now=_shown(after[key])))
        elif key == "estimate" and was.record.found == now.record.found:
            first, last = _apart(before[key], after[key], after["unit"] == "proportion")
            words.append(say("history-digits", what=say("history-key-estimate"), was=first, now=last))
        else:
            words.append(say(f"history-key-{'range' if key in ('low', 'high') else key}"))
    return words


def _shown(value: Any) -> str:
    """A claimed figure in its own words, or a number of rows."""
    if value is None:
        return NOTHING
    return plain(value["text"]) if isinstance(value, dict) else integer(value)


def _apart(was: Any, now: Any, percent: bool) -> tuple[str, str]:
    """Two estimates that a table shows alike, with as many digits as tell them apart."""
    if not isinstance(was, int | float) or not isinstance(now, int | float):
        return NOTHING, NOTHING
    pairs = ((_digits(was, n, percent), _digits(now, n, percent)) for n in range(3, 18))
    return next((pair for pair in pairs if pair[0] != pair[1]), (str(was), str(now)))


def _digits(value: float, digits: int, percent: bool) -> str:
    return f"{value * 100:.{digits}g}%" if percent else f"{value:.{digits}g}"


def _why(step: Step) -> str:
    because = step.because
    if because is not None:
        return say(f"history-because-{because}")
    return say("history-unproven", factors=_factors(step)) if len(step.factors) > 1 else say("history-unknown")


def _factors(step: Step) -> str:
    return listed([say(f"history-factor-{factor}") for factor in step.factors])


def bars(story: Story, *, simple: bool = False) -> Bars | None:
    """The estimates of the last checks as bars, blank where none was measured; None where none is a number.

    Only those of the last one's unit are to the same scale.
    """
    entries = story.entries[-MOST:]
    units = [entry.record.figures["unit"] for entry in entries if _number(entry) is not None]
    if not units:
        return None
    values = [_number(entry) if entry.record.figures["unit"] == units[-1] else None for entry in entries]
    claimed = _claimed(story.entries[-1])
    line = heights([*values, claimed], simple=simple)
    mark = None if claimed is None else line[-1]
    return Bars(line[:-1] if len(line) > len(values) else line, mark, len(entries), len(story.steps))


def line(found: Bars) -> str:
    """The bars with the words that they need."""
    shown = f"{found.line}{'' if found.claimed is None else '  ' + say('history-line-claimed', mark=found.claimed)}"
    if found.shown < found.checks:
        return say("history-line-last", n=integer(found.shown), checks=checks(found.checks), line=shown)
    return say("history-line", checks=checks(found.checks), line=shown)


def _number(entry: Entry) -> float | None:
    value = entry.record.figures["estimate"]
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _claimed(entry: Entry) -> float | None:
    """The middle of what is claimed, or its only end."""
    claimed = entry.record.figures["claimed"]
    ends = [] if claimed is None else [end for end in (claimed["low"], claimed["high"]) if end is not None]
    return float(sum(map(Fraction, ends)) / len(ends)) if ends else None


def listing(found: Sequence[Overview]) -> list[tuple[str, str, Outcome, str, str]]:
    """Each claim with its number of checks, its last verdict, what was found, and its last change."""
    return [
        (
            plain(one.last.record.id),
            integer(one.checks),
            Outcome(one.last.record.figures["outcome"]),
            plain(one.last.record.found),
            _last(one),
        )
        for one in found
    ]


@dataclass(frozen=True)
class Past:
    """The past verdicts of a claim in a report; `alt` is the row of bars in words."""

    line: str | None
    alt: str
    table: Table


def past(story: Story) -> Past:
    """What a report tells of earlier verdicts."""
    found, entries = bars(story), story.entries
    cells = [(one.date, verdict(one.outcome), one.found, one.confidence, one.told) for one in rows(story)]
    first, last = day(entries[0].run.started), day(entries[-1].run.started)
    alt = say("history-alt", checks=checks(len(entries)), first=first, last=last, found=plain(entries[-1].record.found))
    return Past(None if found is None else line(found), alt, Table(headings(), tuple(cells)))


def headings() -> tuple[str, ...]:
    return tuple(say(f"history-column-{name}") for name in HEAD)


def _last(one: Overview) -> str:
    if one.gone is not None:
        return say("history-gone", date=day(one.gone))
    return NOTHING if one.changed is None else day(one.changed.run.started)


def verdict(outcome: Outcome | None, simple: bool = False) -> str:
    """The sign and the word of an outcome."""
    if outcome is None:
        return ""
    words = outcome_words(outcome)
    return f"{words.plain if simple else words.symbol} {words.word.lower()}"


def day(started: str) -> str:
    return moment(datetime.fromisoformat(started).date())


def _moment(started: str) -> str:
    return moment(datetime.fromisoformat(started).replace(second=0, tzinfo=None))
