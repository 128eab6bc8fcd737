"""Verdicts with several pieces of evidence, with variants, on synthetic data."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from factcheck.verdicts.verdict import Outcome, Verdict

from .build import claim, count, mentions, note, posts, share, verdict
from .gallery import COSSIO


def two_checks() -> Verdict:
    spec = claim(
        "bots-share", "64% of mentions came from Russia.", **COSSIO, claimed="64%",
        checks=[{"dataset": name, "measure": {"share": "country = 'Russia'"}} for name in ("posts", "name-scans")],
    )  # fmt: skip
    one = claim("bots-share", spec.statement, claimed="64%", measure={"share": "country = 'Russia'"}, dataset="posts")
    sampled = verdict(
        one,
        Outcome.REFUTED,
        share(21, 1_000, low=0.0131, high=0.0319, method="Wilson", sampled=True),
        finding={
            "direction": "overstated",
            "factor": Fraction(635, 1000) / Fraction("0.0319"),
            "gap": Fraction("0.6031"),
        },
        datasets=(posts(),),
        words="the share of posts where country = 'Russia'",
        confidence="high",
    )
    bound = verdict(
        one.model_copy(update={"dataset": "name-scans"}),
        Outcome.INCONCLUSIVE,
        share(2, 100, low=0.0, high=1.0, method="partial", bound_only=True),
        datasets=(mentions(),),
        words="the share of mentions where country = 'Russia'",
        confidence="moderate",
    )
    return replace(
        sampled,
        claim=spec,
        checks=(sampled, bound),
        datasets=(posts(), mentions()),
        confidence="low",
        notes=(
            note(
                "column-caveat",
                "indirectness",
                -1,
                column="country",
                caveat="Self-declared by the account; easily altered.",
            ),
            note("wide-share", "imprecision", -2, share=Fraction(3, 10), width=Fraction(3, 10)),
        ),
    )


def variants_differ() -> Verdict:
    spec = claim(
        "low-authority",
        "263 retweeters have a score of 0 or 1.",
        measure={"count": "rows", "that": "authority <= :top"},
        claimed="263", params={"top": 1}, vary={"top": ["0", "1"], "missing": ["bounds", "ignore"]},
    )  # fmt: skip
    base = verdict(
        spec,
        Outcome.SUPPORTED,
        count(263, "account", n=697),
        datasets=(posts(unit="account", completeness="complete", title="Accounts that retweeted"),),
        words="the number of accounts where authority <= :top",
        confidence="moderate",
        notes=(note("variants-contradict", "inconsistency", -1, same=1, combinations=2, failed="", matters=""),),
    )
    other = replace(
        base,
        measurement=count(187, "account", n=697),
        finding=replace(base.finding, outcome=Outcome.REFUTED, direction="overstated"),
        params={"top": "0", "missing": "ignore"},
    )
    return replace(base, variants=(other, replace(base, params={"top": "1", "missing": "bounds"})))


def synthetic() -> Verdict:
    spec = claim(
        "simulated", "64% of mentions came from Russia.", measure={"share": "country = 'Russia'"}, claimed="64%"
    )
    return verdict(
        spec,
        Outcome.REFUTED,
        share(2_060, 96_900),
        finding={
            "direction": "overstated",
            "factor": Fraction(635, 1000) / Fraction(2_060, 96_900),
            "gap": Fraction("0.61"),
        },
        datasets=(posts(synthetic=True, completeness="complete"),),
        words="the share of posts where country = 'Russia'",
        confidence="low",
        notes=(note("reconstruction", "indirectness", -2),),
    )



CIRCUMSTANCES = (two_checks, variants_differ, synthetic)
