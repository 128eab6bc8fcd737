"""How a figure is read: the examples are read by the program itself, so the table says what it does."""

from __future__ import annotations

from factcheck.claims.figures import (
    CompositionClaim,
    DateClaim,
    LabelClaim,
    NumberClaim,
    Quantity,
    SetClaim,
    TrendClaim,
    describe,
    read,
    vocabulary,
)
from factcheck.claims.figures.quantity import NAMES
from factcheck.claims.figures.vocabulary import Hedge
from factcheck.verdicts.sets import ENOUGH
from generated import markdown
from generated.markdown import code, flow

Q = Quantity
Example = tuple[object, Quantity]

GROUPS: list[tuple[str, list[Example]]] = [
    (
        "A percentage or a decimal: what rounds to it at the digits written.",
        [
            ("64%", Q.PROPORTION),
            ("39.7%", Q.PROPORTION),
            ("0%", Q.PROPORTION),
            ("100%", Q.PROPORTION),
            ("0.64", Q.PROPORTION),
            ("4.5", Q.NUMBER),
            ("-0.3", Q.CORRELATION),
        ],
    ),
    (
        "A whole figure below 100, or one whose last digit is not zero: exactly that.",
        [("263", Q.COUNT), ("2,504", Q.COUNT), ("seven", Q.COUNT), ("a dozen", Q.COUNT), ("exactly 1,000", Q.COUNT)],
    ),
    (
        "A round figure: half a unit of the last digit that is not zero, to either side, but at most 5%.",
        [("96,900", Q.COUNT), ("112 million", Q.COUNT), ("1,000", Q.COUNT), ("100", Q.COUNT), ("5k", Q.COUNT)],
    ),
    (
        "A spoken fraction: nearer to it than to its neighbours, and within 10%. One in N: N give or take a half.",
        [
            ("half", Q.PROPORTION),
            ("two thirds", Q.PROPORTION),
            ("a quarter", Q.PROPORTION),
            ("three in five", Q.PROPORTION),
            ("one in eight", Q.PROPORTION),
            ("27 of 381", Q.PROPORTION),
        ],
    ),
    (
        "About X: within 10%. For shares at most 5 points and half the distance to 100%. Never narrower than X alone.",
        [("about 3,000", Q.COUNT), ("about 64%", Q.PROPORTION), ("about 97%", Q.PROPORTION)],
    ),
    (
        "Nearly X and just over X: up to 10% (shares: at most 5 points) on one side.",
        [("nearly 3,000", Q.COUNT), ("just under 80%", Q.PROPORTION), ("just over 3,000", Q.COUNT)],
    ),
    (
        "One-sided figures.",
        [
            ("more than 3,000", Q.COUNT),
            ("over 60%", Q.PROPORTION),
            ("at least 3,000", Q.COUNT),
            ("3,000 or more", Q.COUNT),
            ("less than 20", Q.COUNT),
            ("at most 20", Q.COUNT),
        ],
    ),
    (
        "Up to X: the claim says that X is nearly reached, not only that it is not passed.",
        [("up to 1,000", Q.COUNT), ("as many as one in eight", Q.PROPORTION)],
    ),
    (
        "A range: as written. A unit or multiplier said once holds for both ends.",
        [
            ("between 200 and 1,000", Q.COUNT),
            ("two to three million", Q.COUNT),
            ("60–70%", Q.PROPORTION),
            ({"low": "25%", "high": "100%", "text": "a large part"}, Q.PROPORTION),
        ],
    ),
    (
        "Words.",
        [
            ("most", Q.PROPORTION),
            ("more than half", Q.PROPORTION),
            ("the vast majority", Q.PROPORTION),
            ("nearly all", Q.PROPORTION),
            ("none", Q.COUNT),
            ("all", Q.PROPORTION),
            ("dozens", Q.COUNT),
            ("hundreds", Q.COUNT),
            ("hundreds or low thousands", Q.COUNT),
            ("tens of thousands", Q.COUNT),
        ],
    ),
    (
        "Ratios: within 10% of a spoken multiple; a change in percent at its written digits.",
        [
            ("three times", Q.RATIO),
            ("twice as many", Q.RATIO),
            ("half as many", Q.RATIO),
            ("20% more", Q.RATIO),
            ("7% fewer", Q.RATIO),
            ("more", Q.RATIO),
        ],
    ),
    (
        "Differences: of numbers, and of shares in points.",
        [
            ("21 more", Q.DIFFERENCE),
            ("about 200 fewer", Q.DIFFERENCE),
            ("12 points", Q.POINTS),
            ("12 points lower", Q.POINTS),
            ("fewer", Q.POINTS),
        ],
    ),
    (
        "Ranks: always exact.",
        [
            ("first", Q.RANK),
            ("second largest", Q.RANK),
            ("in the top ten", Q.RANK),
            ("not in the top ten", Q.RANK),
            ("more than 10", Q.RANK),
        ],
    ),
    (
        "Dates: the whole of the period; both ends of `A to B` included.",
        [
            ("2017", Q.DATE),
            ("May 2017", Q.DATE),
            ("2017-05-03", Q.DATE),
            ("2017-05-03 to 2017-05-07", Q.DATE),
            ("after 2017-05-03", Q.DATE),
            ("since May 2017", Q.DATE),
        ],
    ),
    (
        "Durations: half a unit to either side of the unit named. A month is a twelfth of 365.2425 days.",
        [
            ("9 days", Q.DURATION),
            ("about two months", Q.DURATION),
            ("more than a week", Q.DURATION),
            ("half an hour", Q.DURATION),
        ],
    ),
    (
        "Trends: the change over the time measured.",
        [("rising", Q.TREND), ("falling", Q.TREND), ("flat", Q.TREND)],
    ),
    (
        "Labels and sets: compared by their text.",
        [
            ("Russia", Q.LABEL),
            (["Kazakhstan", "Russia"], Q.SET),
            (["Ghana", "Kenya", "Mali", "Niger"], Q.SET),
            ({"includes": ["Russia"]}, Q.SET),
            ({"excludes": ["Russia"]}, Q.SET),
        ],
    ),
    ("Compositions: each named group by itself.", [({"labour": "39.7%", "snp": "19%"}, Q.COMPOSITION)]),
]

HEDGES = {
    Hedge.EXACTLY: "exactly X",
    Hedge.ABOUT: "about X",
    Hedge.NEARLY: "nearly X",
    Hedge.JUST_OVER: "just over X",
    Hedge.MORE: "more than X",
    Hedge.AT_LEAST: "at least X",
    Hedge.LESS: "less than X",
    Hedge.AT_MOST: "at most X",
    Hedge.UP_TO: "up to X",
    Hedge.PLAIN: "X alone",
}


def table_rows(examples: list[Example]) -> list[list[str]]:
    rows = []
    for written, quantity in examples:
        true, near = told(written, quantity)
        rows.append([code(flow(written)), NAMES[quantity], true, near])
    return rows


def told(written: object, quantity: Quantity) -> tuple[str, str]:
    """The values that make a figure true, and those that still count as close."""
    claim = read(written, quantity)
    if isinstance(claim, NumberClaim):
        near = "nothing else" if claim.near == claim.region else describe(claim.near, quantity)
        return describe(claim.region, quantity), near
    if isinstance(claim, CompositionClaim):
        told = [(name, describe(p.region, p.quantity), describe(p.near, p.quantity)) for name, p in claim.parts.items()]
        return "; ".join(f"{n} {a}" for n, a, _ in told), "; ".join(f"{n} {b}" for n, _, b in told)
    if isinstance(claim, SetClaim) and len(claim.members) >= ENOUGH and claim.mode == "equal":
        return claim.reading, "one missing, one extra, or both"
    assert isinstance(claim, SetClaim | LabelClaim | DateClaim | TrendClaim)
    return claim.reading, "nothing else"


def examples() -> str:
    """A heading and a table for each group."""
    head = ["written", "said of", "true", "still close"]
    return "\n\n".join(f"**{words}**\n\n{markdown.table(head, table_rows(rows))}" for words, rows in GROUPS)


def words() -> str:
    """Every hedge that is known, by what it does. KeyError for one without a name here."""
    # The lists are private to the vocabulary because nothing but the manual needs them unparsed.
    before, behind = vocabulary._HEDGES, vocabulary._SUFFIXES
    rows = [
        [HEDGES[hedge], _listed(before.get(hedge, "")), _listed(behind.get(hedge, ""))]
        for hedge in sorted({*before, *behind}, key=list(HEDGES).index)
    ]
    return markdown.table(["read as", "words before the figure", "words behind it"], rows)


def _listed(text: str) -> str:
    phrases = sorted({part.strip().replace(" .", ".") for part in text.split(",") if part.strip()})
    return ", ".join(map(code, phrases)) or "–"
