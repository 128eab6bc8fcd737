"""Claims whose every text comes from one function: the same verdicts in harmless words and in hostile ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from factcheck.claims.figures import Quantity
from factcheck.claims.models import Claim
from factcheck.claims.regions import Interval
from factcheck.errors import Place, Problem
from factcheck.evidence.dataset import Collected, DataFile
from factcheck.measures.measurement import Bar, Measurement, Members, Series
from factcheck.verdicts.changes import Change
from factcheck.verdicts.verdict import Outcome, Verdict

from .build import SHA, STARTED, FakeRun, claim, note, posts, share, verdict

Said = Callable[[str], str]  # the name of a field to its text


def run(said: Said) -> FakeRun:
    """A run with every kind of place in which a text of somebody else's can land."""
    verdicts = (counted(said), labelled(said), set_of(said), composed(said), daily(said), failed(said), reasoned(said))
    problems = (
        Problem(said("warning"), Place("claims/said.yaml", 3, 5, excerpt=said("excerpt")), said("hint"), "warning"),
    )
    changed = (
        Change(
            "counted", Outcome.SUPPORTED, Outcome.REFUTED, STARTED, "claim", ("outcome", "rating"),
            {"rating": said("old-rating"), "estimate": 0.5, "low": 0.5, "high": 0.5, "outcome": "supported"},
        ),
    )  # fmt: skip
    return FakeRun(verdicts, said("title"), problems, changed=changed, root=Path("/nowhere"))


def spec(said: Said, id: str, **fields: object) -> Claim:
    """A claim in which everything is said that its file may say."""
    known: dict[str, object] = {
        "quote": said("quote"),
        "claimant": said("claimant"),
        "appearance": [
            {
                "publisher": said("publisher"), "title": said("headline"), "url": said("url"),
                "archived": said("archived"), "date": said("date"),
            },
            {"publisher": said("publisher-2"), "title": said("headline-2"), "url": "https://example.org/a b"},
        ],
        "period": said("period"),
        "alternatives": [said("alternative"), said("alternative-2")],
        "notes": [said("note"), said("note-2")],
        "response": said("response"),
        "review": {"by": said("reviewer"), "date": "2018-06-01", "status": "approved", "note": said("review-note")},
    }  # fmt: skip
    return claim(id, said("statement"), **(known | fields))


def data(said: Said, **fields: object):
    known = {
        "title": said("dataset-title"),
        "represents": said("represents"),
        "completeness": "complete",
        "caveats": (said("caveat"), said("caveat-2")),
        "source_title": said("source-title"),
        "source_url": said("source-url"),
        "licence": said("licence"),
        "collected": Collected(said("collector"), said("tool"), "2018-06-01", "2018-05-01", "2018-05-31"),
        "files": (DataFile(f"evidence/{said('file')}.csv", 5_000, SHA, SHA),),
    }
    return posts(**(known | fields))


def counted(said: Said) -> Verdict:
    """A share, with variants, a rating, concerns and a query."""
    condition = said("condition")
    made = spec(
        said,
        "counted",
        where=condition,
        measure={"share": condition},
        claimed="64%",
        params={"p": said("param")},
        vary={"p": [said("param"), "x"]},
    )
    base = verdict(
        made,
        Outcome.REFUTED,
        share(1, 10, queries=(f"SELECT '{said('query')}'",)),
        finding={"direction": "overstated", "factor": Fraction(6), "gap": Fraction(1, 2)},
        datasets=(data(said),),
        words=f"the share of posts where {condition}",
        confidence="low",
        rating=said("rating"),
        notes=(
            note("column-caveat", "indirectness", -1, column=said("column"), caveat=said("column-caveat")),
            note("dropped", "collection", rows=1, rule=said("rule")),
        ),
    )
    other = replace(base, params={"p": said("param")}, measurement=share(2, 10))
    return replace(base, variants=(other, replace(base, params={"p": "x"})))


def labelled(said: Said) -> Verdict:
    """The largest group, and the picture of all."""
    bars = (Bar(said("label"), Fraction(6)), Bar(said("label-2"), Fraction(4)), Bar(said("label-3"), Fraction(1)))
    only = frozenset({said("label")})
    found = Measurement(
        Quantity.LABEL, said("label"), Members(only, only, 1), n=11, facts={"groups": 3, "size": 1}, bars=bars
    )
    made = spec(said, "labelled", measure={"top": 1, "by": said("column")}, claimed=said("claimed-label"))
    return verdict(
        made, Outcome.REFUTED, found, datasets=(data(said),), words=f"the largest group of {said('column')}",
        confidence="high",
    )  # fmt: skip


def set_of(said: Said) -> Verdict:
    """A set that lacks an element and has another."""
    claimed = [said("member"), said("member-2")]
    there = (said("member"), said("member-3"))
    found = Measurement(
        Quantity.SET, there, Members(frozenset(there), frozenset(there), 2), n=11, facts={"groups": 2, "size": 2},
        bars=tuple(Bar(name, Fraction(5 - i)) for i, name in enumerate(there)),
    )  # fmt: skip
    return verdict(
        spec(said, "set-of", measure={"top": 2, "by": "country"}, claimed=claimed), Outcome.REFUTED, found,
        finding={"lacking": (claimed[1],), "surplus": (there[1],)}, datasets=(data(said),),
        words="the 2 largest groups of country", confidence="high",
    )  # fmt: skip


def composed(said: Said) -> Verdict:
    """The parts of a whole by name."""
    names = (said("part"), said("part-2"))
    values = dict(zip(names, (Fraction(7, 10), Fraction(3, 10)), strict=True))
    found = Measurement(
        Quantity.COMPOSITION, values, {name: Interval.point(value) for name, value in values.items()}, "proportion",
        n=10, facts={"n": 10, "groups": 2, "by": "party"},
    )  # fmt: skip
    made = spec(said, "composed", measure={"composition": "party"}, claimed=dict.fromkeys(names, "50%"))
    return verdict(
        made, Outcome.REFUTED, found, finding={"lacking": names, "parts": dict.fromkeys(names, Outcome.REFUTED)},
        datasets=(data(said),), words=f"the shares of the groups of {said('column')}", confidence="high",
    )  # fmt: skip


def daily(said: Said) -> Verdict:
    """A day, and a series by day."""
    days = tuple(date(2018, 5, day) for day in range(1, 11))
    series = Series("time", days, tuple(Fraction(day.day) for day in days), x_name=said("x-name"), y_name=said("y-name"))
    found = Measurement(Quantity.COUNT, Fraction(55), Interval.point(55), "post", n=55, facts={"k": 55, "n": 55},
                        series=(series,))  # fmt: skip
    return verdict(
        spec(said, "daily", measure={"count": "rows"}, claimed="about 50"), Outcome.REFUTED, found,
        finding={"direction": "understated"}, datasets=(data(said, synthetic=True),), words="the number of posts",
        confidence="high", file=f"claims/{said('claim-file')}.yaml",
    )  # fmt: skip


def failed(said: Said) -> Verdict:
    made = spec(said, "failed", measure={"share": "deleted"}, claimed="two thirds")
    return verdict(made, Outcome.ERROR, error=said("error"))


def reasoned(said: Said) -> Verdict:
    made = spec(said, "reasoned", unverifiable=said("reason"))
    return verdict(made, Outcome.UNVERIFIABLE, reason=note("unverifiable", text=said("reason")), rating=said("rating"))
