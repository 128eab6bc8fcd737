"""What differs from a baseline, for a terminal, for a pull request in Markdown, and for programs in JSON.

The object in JSON holds `factcheck`, `schema`, `started`, `baseline` (its name), `compared` and `same` (how many
claims were, and have the verdict that was accepted), and `changed`, a list of {"id", "statement", "was", "now",
"because", "since", "what", "before", "after", "reasons", "correction"}: the outcomes, null where a claim is new or
gone; why, null where that cannot be proven; the day on which the earlier verdict was accepted; what moved, such as
the verdict or the estimate; and the figures that are compared, null where the claim is new or gone; all that is known
of why (`reports.reasons`); and, of another verdict, a correction that can be printed, null where it is not proven
why.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from factcheck import __version__
from factcheck.reports.amounts import found_text
from factcheck.reports.changed import gone, told_each
from factcheck.reports.correction import correction
from factcheck.reports.differences import Differences, beside, differences
from factcheck.reports.escape import code, plain, prose
from factcheck.reports.headline import headline
from factcheck.reports.locale import integer
from factcheck.reports.reasons import as_json as as_reasons
from factcheck.reports.results import SCHEMA, claim, text
from factcheck.reports.run import Run, in_utc
from factcheck.reports.terminal import printed
from factcheck.reports.words import say
from factcheck.verdicts.changes import COMPARED, Change
from factcheck.verdicts.verdict import Verdict

# What moved, as people call it, by what is compared.
_WHAT = {
    "outcome": "verdict", "direction": "direction", "confidence": "confidence", "rating": "rating",
    "estimate": "estimate", "low": "region", "high": "region", "unit": "unit",
}  # fmt: skip
_MOST = 40  # claims of a kind that a terminal shows
FORMS = ("terminal", "json", "markdown")


def render(run: Run, form: str, *, color: bool = False) -> str:
    """What differs from the baseline that a run was held against."""
    if form == "json":
        return json.dumps(as_json(run), ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    return _markdown(run) if form == "markdown" else printed(lambda console, _: draw(console, run), color=color)


def draw(console: Console, run: Run, first: str | None = None) -> None:
    """One line that sums it up, or `first` in its place, then what differs, the gravest first."""
    console.print(Text(beside(run) if first is None else first))
    for title, items in _sections(run, differences(run), plain):
        console.print(Text(f"\n{title}", style="bold"))
        if len(items) > _MOST:
            items = [*items[:_MOST], say("changes-more", n=integer(len(items) - _MOST))]
        for item in items:
            console.print(Padding(Text(item.replace("`", ""), overflow="fold"), (0, 0, 0, 2)))


def _markdown(run: Run) -> str:
    lines = [f"# {say('baseline-title')}", "", prose(beside(run))]
    for title, items in _sections(run, differences(run), code):
        lines += ["", f"## {title}", "", *(f"- {item}" for item in items)]
    return "\n".join(lines) + "\n"


def _sections(run: Run, found: Differences, named: Callable[[str], str]) -> Iterator[tuple[str, list[str]]]:
    """The kinds of differences that there are, each with its claims in sentences."""
    known = {verdict.id: verdict for verdict in run.verdicts}
    sentence: Callable[[object], str] = plain if named is plain else prose

    day = in_utc(run.started).date() if named is code else None  # what goes to an editor says what can be printed

    def item(change: Change, words: str) -> str:
        return f"{named(change.id)}: {sentence(words)}"

    lines = dict(zip((one.id for one in found.moved), told_each(found.moved, known, day), strict=True))
    for key, changes in (("baseline-verdicts", found.verdicts), ("baseline-moved", found.figures)):
        if changes:
            yield say(key), [item(change, lines[change.id]) for change in changes]
    if found.new:
        yield say("baseline-added"), [item(change, _added(known[change.id])) for change in found.new]
    if found.gone:
        yield say("baseline-lost"), [sentence(line) for line in gone(run)]


def _added(verdict: Verdict) -> str:
    if verdict.measurement is None:
        return f"{headline(verdict)}."
    return say("baseline-added-one", headline=headline(verdict), found=found_text(verdict))


def as_json(run: Run) -> dict[str, Any]:
    """The object that `baseline diff --format json` prints."""
    known = {verdict.id: verdict for verdict in run.verdicts}
    found, day = differences(run), in_utc(run.started).date()
    return {
        "factcheck": __version__,
        "schema": SCHEMA,
        "started": in_utc(run.started).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "baseline": None if run.baseline is None else text(run.baseline),
        "compared": len(run.verdicts) - len(found.new),
        "same": found.same,
        "changed": [_changed(change, known.get(change.id), day) for change in run.changed],
    }


def _changed(change: Change, verdict: Verdict | None, day: date) -> dict[str, Any]:
    now = None if verdict is None else claim(verdict)
    was, current = (None if one is None else one.value for one in (change.was, change.now))
    shown = now or change.before or {}
    return {
        "id": text(change.id),
        "statement": shown.get("statement"),
        "was": was,
        "now": current,
        "because": change.because,
        "since": None if change.was is None else change.since.date().isoformat(),
        "what": list(dict.fromkeys(_WHAT[key] for key in change.differing)),
        "before": None if change.before is None else {key: change.before.get(key) for key in COMPARED},
        "after": None if now is None else {key: now[key] for key in COMPARED},
        "reasons": as_reasons(change.reasons),
        "correction": _correction(change, verdict, day),
    }


def _correction(change: Change, verdict: Verdict | None, day: date) -> str | None:
    told = None if verdict is None else correction(change, verdict, day)
    return None if told is None else text(told)
