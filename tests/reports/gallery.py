"""A verdict of every outcome, with the numbers of real checks where there are some."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.verdicts.verdict import Outcome, Verdict

from .build import claim, count, mentions, note, paintings, posts, share, verdict

ROSS = {
    "claimant": "FiveThirtyEight",
    "appearance": {
        "publisher": "FiveThirtyEight",
        "date": "2014-04-14",
        "title": "A Statistical Analysis of the Work of Bob Ross",
        "url": "https://fivethirtyeight.com/features/a-statistical-analysis-of-the-work-of-bob-ross/",
    },
    "dataset": "bob-ross",
    "where": "GUEST = 0",
}
COSSIO = {
    "claimant": "Manuel Cossío Ramos",
    "appearance": [
        {"publisher": "CNN Mexico", "date": "2018-05-10"},
        {"publisher": "Yucatan Times", "date": "2018-05"},
    ],
    "period": "2018-04-10 to 2018-05-09",
}
BEACH_SQL = 'SELECT "BEACH" = 1, count(*) FROM "bob-ross" WHERE "GUEST" = 0 GROUP BY 1'


def beach(**fields: object) -> Verdict:
    """Figures of the article's data: 27 of 381, with guests 27 of 403."""
    spec = claim(
        "beach",
        "9 percent of Bob Ross's paintings contain a beach.",
        **(
            ROSS | {"measure": {"share": "BEACH = 1"}, "claimed": "9%", "vary": {"where": ["GUEST = 0", None]}} | fields
        ),
        alternatives=[
            'The tag "ocean" stands at 8.9%, which rounds to 9%: the two tags may have been confused in writing.'
        ],
    )
    base = verdict(
        spec,
        Outcome.REFUTED,
        share(27, 381, queries=(BEACH_SQL,)),
        finding={
            "direction": "overstated",
            "factor": Fraction(85, 1000) / Fraction(27, 381),
            "gap": Fraction(85, 1000) - Fraction(27, 381),
        },
        datasets=(paintings(),),
        words="the share of paintings where BEACH = 1",
        confidence="high",
        rating="False",
        notes=(note("variants-agree", "inconsistency", every="both", matters=""),),
    )
    guests = replace(
        base,
        claim=spec.model_copy(update={"where": None}),
        measurement=share(27, 403),
        params={"where": None},
        variants=(),
    )
    return replace(base, variants=(replace(base, params={"where": "GUEST = 0"}), guests))


def mentions_total() -> Verdict:
    spec = claim(
        "mentions-total",
        "There were 112 million mentions of López Obrador in a month.",
        **COSSIO,
        measure={"count": "rows"},
        claimed="112 million",
        quantity="mentions",
    )
    found = count(96_900, "mention", method="partial", bound_only=True)
    return verdict(
        spec,
        Outcome.INCONCLUSIVE,
        replace(found, region=Interval(Fraction(96_900), None)),
        datasets=(mentions(),),
        words="the number of mentions",
        confidence="moderate",
        rating="Unproven",
        notes=(
            note("partial-bound", "collection"),
            note("reported-table", "indirectness", -1),
            note("collected-late", "coverage", date="2018-05-24", days=15),
            note("dataset-caveat", "collection", text="Posts deleted before the scan are missing."),
            note("unpinned", "collection", dataset="name-scans"),
            note("contradicts", "consistency", quantity="mentions", id="mentions-abroad", text="4.8 million"),
        ),
    )


def state_backed() -> Verdict:
    reason = "Who runs an account does not show in what it posts. Names, languages and places are easily faked"
    spec = claim("state-backed", "The Russian state ran the bots.", **COSSIO, unverifiable=reason)
    return verdict(spec, Outcome.UNVERIFIABLE, rating="Cannot be checked", reason=note("unverifiable", text=reason))


def sampled_supported() -> Verdict:
    """64 of 1,000: Wilson 95% [0.0505, 0.0809]; five posts without a known language."""
    spec = claim(
        "cyrillic",
        "At most one post in ten is written in Cyrillic.",
        measure={"share": "script(text) = 'Cyrillic'", "among": "is_reply = false"},
        claimed="at most 10%",
        review={"by": "A. Editor", "date": "2018-06-01", "status": "checked", "note": "Base confirmed by phone."},
    )
    found = share(64, 1_000, unknown=5, low=0.0505, high=0.0866, method="Wilson", sampled=True)
    return verdict(
        spec,
        Outcome.SUPPORTED,
        found,
        datasets=(posts(),),
        words="the share of posts (among those where is_reply = false) where script(text) = 'Cyrillic'",
        confidence="high",
        rating="True",
        notes=(
            note("unknown-rows", "missing data", rows=5, share=Fraction(5, 1000)),
            note("unknown-survives", "missing data"),
        ),
    )


def sampled_open() -> Verdict:
    spec = claim("retweets", "Half of the posts are retweets.", measure={"share": "is_retweet"}, claimed="half")
    found = share(230, 500, low=0.4167, high=0.5039, method="Wilson", sampled=True)
    return verdict(
        spec,
        Outcome.INCONCLUSIVE,
        found,
        finding={"leaning": "consistent"},
        datasets=(posts(),),
        words="the share of posts where is_retweet",
        confidence="moderate",
        rating="Unproven",
        notes=(note("column-caveat", "indirectness", -1, column="is_retweet", caveat="Guessed from the text."),),
    )


def tags_close() -> Verdict:
    spec = claim(
        "tags",
        "The paintings were given 3,224 tags in all.",
        measure={"count": "rows", "that": "present = 1"},
        claimed="3,224",
    )
    return verdict(
        spec,
        Outcome.CLOSE,
        count(3_221, "painting and tag", n=27_001),
        finding={"direction": "overstated", "leaning": "against", "factor": Fraction(3_224, 3_221), "gap": Fraction(3)},
        datasets=(
            paintings(
                name="bob-ross-tags", title="The same table, one row a painting and tag", unit="painting and tag"
            ),
        ),
        words="the number of paintings and tags where present = 1",
        confidence="high",
        rating="Nearly right",
    )


def failed() -> Verdict:
    spec = claim("broken", "Two thirds of the posts were deleted.", measure={"share": "deleted"}, claimed="two thirds")
    return verdict(spec, Outcome.ERROR, error="dataset 'posts': evidence/posts.parquet is cut off after 4,096 bytes")


def no_rows() -> Verdict:
    spec = claim("no-rows", "A third of the replies came at night.", measure={"share": "hour < 6"}, claimed="a third")
    found = Measurement(Quantity.PROPORTION, None, unmeasurable=note("empty-base"))
    return verdict(spec, Outcome.UNVERIFIABLE, found, datasets=(posts(),), reason=note("empty-base"))


OUTCOMES = (beach, mentions_total, state_backed, sampled_supported, sampled_open, tags_close, failed, no_rows)
