"""A verdict of every kind of measure that a report shows in its own way."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Bar, Measurement, Members
from factcheck.measures.times import span
from factcheck.verdicts.verdict import Outcome, Verdict

from .build import claim, note, posts, verdict


def rank() -> Verdict:
    spec = claim(
        "russia-first", "Most mentions came from Russia.", measure={"rank": "Russia", "by": "country"}, claimed="first"
    )
    bars = (
        Bar("United States", Fraction(640)),
        Bar("Mexico", Fraction(320)),
        Bar("Spain", Fraction(80)),
        Bar("Russia", Fraction(80)),
    )
    found = Measurement(
        Quantity.RANK,
        Fraction(3),
        Interval.point(3),
        "rank",
        n=1_200,
        facts={"groups": 9, "label": "Russia", "value": Fraction(80)},
        bars=bars,
    )
    return verdict(
        spec,
        Outcome.REFUTED,
        found,
        finding={"direction": "overstated", "factor": Fraction(3), "gap": Fraction(2)},
        datasets=(posts(completeness="complete"),),
        words="the rank of Russia among the values of country, by the number of rows, largest first",
        confidence="high",
    )


def top_set() -> Verdict:
    spec = claim(
        "top-three", "Kazakhstan, Russia and Uzbekistan sent most.", measure={"top": 3, "by": "country"},
        claimed=["Kazakhstan", "Russia", "Uzbekistan"],
    )  # fmt: skip
    names = ("Russia", "Kazakhstan", "Ukraine")
    bars = tuple(
        Bar(name, Fraction(value)) for name, value in zip((*names, "Uzbekistan"), (50, 40, 30, 12), strict=True)
    )
    found = Measurement(
        Quantity.SET,
        names,
        Members(frozenset(names), frozenset(names), 3),
        n=132,
        facts={"groups": 4, "size": 3},
        bars=bars,
    )
    return verdict(
        spec,
        Outcome.REFUTED,
        found,
        finding={"lacking": ("Uzbekistan",), "surplus": ("Ukraine",)},
        datasets=(posts(completeness="complete"),),
        words="the 3 largest groups of country, by the number of rows",
        confidence="high",
    )


def shares() -> Verdict:
    spec = claim(
        "parties", "Labour had 39.7% of the traffic and the SNP 19%.", measure={"composition": "party"},
        claimed={"labour": "39.7%", "snp": "19%"},
    )  # fmt: skip
    counts = {"labour": 397, "conservative": 260, "snp": 240, "liberal": 103}
    found = Measurement(
        Quantity.COMPOSITION,
        {name: Fraction(k, 1000) for name, k in counts.items()},
        {name: Interval.point(Fraction(k, 1000)) for name, k in counts.items()},
        "proportion",
        n=1_000,
        facts={"n": 1000, "groups": 4, "by": "party"},
    )
    return verdict(
        spec,
        Outcome.REFUTED,
        found,
        finding={"lacking": ("snp",), "parts": {"labour": Outcome.SUPPORTED, "snp": Outcome.REFUTED}},
        datasets=(posts(completeness="complete"),),
        words="the shares of the groups of party",
        confidence="high",
    )


def two_datasets() -> Verdict:
    spec = claim(
        "twice", "Bots for Labour sent three times as many tweets as those for the SNP.",
        measure={"ratio": {"count": "rows", "dataset": "labour"}, "to": {"count": "rows", "dataset": "snp"}},
        claimed="3x",
    )  # fmt: skip
    value = Fraction(21_661, 13_819)
    found = Measurement(
        Quantity.RATIO, value, Interval.point(value), "ratio", n=13_819,
        facts={"left": Fraction(21_661), "right": Fraction(13_819), "n": 13_819},
    )  # fmt: skip
    return verdict(
        spec,
        Outcome.REFUTED,
        found,
        finding={"direction": "overstated", "factor": Fraction(27, 10) / value, "gap": Fraction(27, 10) - value},
        datasets=(
            posts(name="labour", title="Labour's bots", completeness="complete"),
            posts(name="snp", title="The SNP's bots", completeness="complete"),
        ),
        words="the number of tweets, divided by the number of tweets",
        confidence="high",
    )


def first_day() -> Verdict:
    spec = claim("began", "It began in June 2017.", measure={"min": "created_at"}, claimed="June 2017")
    day, region = span(date(2017, 5, 3), "UTC")
    found = Measurement(Quantity.DATE, day, region, n=1_000)
    return verdict(
        spec,
        Outcome.REFUTED,
        found,
        datasets=(posts(completeness="complete"),),
        words="the smallest created_at",
        confidence="high",
    )


def average() -> Verdict:
    spec = claim("likes", "A post has 40 likes on average.", measure={"mean": "likes"}, claimed="about 40")
    found = Measurement(
        Quantity.NUMBER,
        Fraction(1234, 100),
        Interval(Fraction(1012, 100), None),
        "likes",
        n=1_000,
        method="bootstrap-t",
        sampled=True,
    )
    return verdict(
        spec,
        Outcome.INCONCLUSIVE,
        found,
        finding={"leaning": "against"},
        datasets=(posts(),),
        words="the mean of likes",
        confidence="moderate",
        notes=(note("long-tail", "imprecision"), note("reported-table", "indirectness", -1)),
    )



KINDS = (rank, top_set, shares, two_datasets, first_day, average)
