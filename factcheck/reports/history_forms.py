"""The history of one claim, or of all, for a terminal, in Markdown, as JSON and as CSV.

JSON and CSV have every check; the others tell checks in which nothing changed in one line.
"""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.reports.escape import md, plain
from factcheck.reports.history import HEAD, Story, bars, line, listing, rows, verdict
from factcheck.reports.history_rows import csv_of, json_of, row
from factcheck.reports.words import say
from factcheck.verdicts.history import Overview
from factcheck.verdicts.verdict import Outcome

_LIST = ("claim", "checks", "verdict", "found", "last")
_MORE = ("changed", "because", "differs")


def one(story: Story, form: str, *, every: bool = False, color: bool = False) -> str:
    """The history of a claim."""
    if form == "json":
        entries = [{**row(step.entry), **_compared(story, at)} for at, step in enumerate(story.steps)]
        return json_of({"claim": plain(story.id), "formerly": story.former, "gone": story.gone, "history": entries})
    if form == "csv":
        return csv_of([{**row(step.entry), **_compared(story, at)} for at, step in enumerate(story.steps)], _MORE)
    if form == "markdown":
        return _markdown(story, every)
    return _terminal(story, every, color)


def several(found: Sequence[Overview], form: str, *, color: bool = False) -> str:
    """All claims with their number of checks and last change."""
    if form in ("json", "csv"):
        claims = [
            {
                "id": plain(one.last.record.id),
                "statement": plain(one.last.record.statement),
                "checks": one.checks,
                "outcome": one.last.record.figures["outcome"],
                "found": plain(one.last.record.found),
                "last": one.last.run.started,
                "changed": None if one.changed is None else one.changed.run.started,
                "gone": one.gone,
            }
            for one in found
        ]
        return json_of({"claims": claims}) if form == "json" else csv_of(claims, (), tuple(claims[0]) if claims else ())
    lines = listing(found)
    if form == "markdown":
        return _grid(_LIST, [(id, checks, verdict(outcome), *rest) for id, checks, outcome, *rest in lines]) + "\n"
    from factcheck.reports.history_table import drawn

    return drawn(_LIST, [(id, checks, outcome, *rest) for id, checks, outcome, *rest in lines], (), (), color)


def _compared(story: Story, at: int) -> dict[str, object]:
    """What a check has that the one before it had not."""
    step = story.steps[at]
    return {"changed": list(step.differing), "because": step.because, "differs": list(step.factors)}


def _markdown(story: Story, every: bool) -> str:
    found = bars(story)
    parts = [f"# {md(story.id)}", md(story.entries[-1].record.statement)]
    if found is not None:
        parts.append(md(line(found)))
    shown = [(one.date, verdict(one.outcome), one.found, one.confidence, one.told) for one in rows(story, every=every)]
    parts.append(_grid(HEAD, shown))
    if story.former is not None:
        parts.append(md(_former(story.former)))
    return "\n\n".join(parts) + "\n"


def _grid(head: Sequence[str], shown: Sequence[Sequence[str]]) -> str:
    names: list[str] = [md(say(f"history-column-{name}")) for name in head]
    lines: list[list[str]] = [names, ["---"] * len(names), *([str(md(cell)) for cell in cells] for cells in shown)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _terminal(story: Story, every: bool, color: bool) -> str:
    from factcheck.reports.history_table import drawn

    def picture(simple: bool) -> str:
        found = bars(story, simple=simple)
        return "" if found is None else line(found)

    shown: list[tuple[str | Outcome | None, ...]] = [
        (one.date, one.outcome, one.found, one.confidence, one.told) for one in rows(story, every=every)
    ]
    head = (f"{plain(story.id)}: {plain(story.entries[-1].record.statement)}",)
    foot = () if story.former is None else (_former(story.former),)
    return drawn(HEAD, shown, head, foot, color, picture)


def _former(id: str) -> str:
    return say("history-formerly", id=plain(id)).replace("`", "'")
