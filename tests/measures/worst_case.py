"""Small populations whose truth can be counted by hand, and what a collection shows of them.

A `Form` is a measure with its own plain computation of the truth over complete rows (lists of dicts), so that the region
M of a collection that hides rows or blanks cells can be held against every truth that the hidden part allows. Forms
without a computation of their own take the figure that factcheck gives for the complete rows.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

Row = dict[str, Any]
Rows = list[Row]

FIRST = datetime(2017, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(9)]
DOMAIN: dict[str, list[Any]] = {
    "country": ["A", "B", "C"],
    "author": ["a", "b", "c"],
    "said": ["yes", "no"],
    "x": [0, 1, 2],  # range: [0, 2] in the manifest
    "w": [1, 2, 3],  # range: [1, null]
    "u": [-1, 0, 2],  # no range, either sign
    "y": [0, 1, 2, 3],
    "at": DAYS,
    "later": [day + timedelta(hours=7) for day in DAYS[4:]],
    "text": ["one two", "three four", "five six"],
    "goes": ["n1", "n2", "n3"],
    "leads": ["n1", "n2", "n4"],
    "parent": ["0", "1", "2"],
}
COLUMNS = ("id", *DOMAIN)
FIXED = ("id", "parent")  # never blanked: a post without a parent is an original
MANIFEST = (
    "columns: {x: {range: [0, 2]}, w: {range: [1, null]}}, "
    "collected: {from: 2017-01-01, to: 2017-01-09}, key: id"
)


@dataclass(frozen=True)
class Form:
    """A measure as a claim writes it.

    `truth` computes it over complete rows (None: undefined); without one the figure of the complete rows counts.
    `reads` are the columns that it hangs on; of them `aside` take a row out of the base where they are NULL.
    `tight`: the ways of collecting for which both ends of M must be attained.
    """

    name: str
    measure: str
    claimed: str
    truth: Callable[[Rows], Any] | None = None
    reads: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    where: str | None = None
    tight: tuple[str, ...] = ()
    slow: bool = False


def share(rows: Rows, of: Callable[[Row], bool]) -> Fraction | None:
    return Fraction(sum(of(row) for row in rows), len(rows)) if rows else None


def yes(row: Row) -> bool:
    return bool(row["said"] == "yes")


def total(name: str) -> Callable[[Rows], Any]:
    return lambda rows: Fraction(sum(row[name] for row in rows)) if rows else None


def mean(name: str) -> Callable[[Rows], Any]:
    return lambda rows: Fraction(sum(row[name] for row in rows), len(rows)) if rows else None


def quantile(name: str, q: Fraction) -> Callable[[Rows], Any]:
    """R's type 7."""

    def of(rows: Rows) -> Any:
        if not rows:
            return None
        values = sorted(row[name] for row in rows)
        at = (len(values) - 1) * q
        below = int(at)
        above = min(below + 1, len(values) - 1)
        return values[below] + (at - below) * (values[above] - values[below])

    return of


def among(name: str, value: Any, then: Callable[[Rows], Any]) -> Callable[[Rows], Any]:
    return lambda rows: then([row for row in rows if row[name] == value])


def quotient(a: Callable[[Rows], Any], b: Callable[[Rows], Any]) -> Callable[[Rows], Any]:
    def of(rows: Rows) -> Any:
        top, base = a(rows), b(rows)
        return None if top is None or not base else Fraction(top) / Fraction(base)

    return of


def gap_between(a: Callable[[Rows], Any], b: Callable[[Rows], Any]) -> Callable[[Rows], Any]:
    def of(rows: Rows) -> Any:
        left, right = a(rows), b(rows)
        return None if left is None or right is None else Fraction(left) - Fraction(right)

    return of


def grouped(by: str, of: Callable[[Rows], Any]) -> Callable[[Rows], dict[str, Any]]:
    def groups(rows: Rows) -> dict[str, Any]:
        parts: dict[str, Rows] = defaultdict(list)
        for row in rows:
            parts[row[by]].append(row)
        found = {label: of(part) for label, part in parts.items()}
        return {label: value for label, value in found.items() if value is not None}

    return groups


def ranked(label: str, of: Callable[[Rows], Any], ascending: bool = False) -> Callable[[Rows], Any]:
    def rank(rows: Rows) -> Any:
        groups = grouped("country", of)(rows)
        if not groups:
            return None
        if label not in groups:
            return len(groups) + 1
        mine = groups[label]
        return 1 + sum(value < mine if ascending else value > mine for value in groups.values())

    return rank


def topmost(n: int, of: Callable[[Rows], Any]) -> Callable[[Rows], Any]:
    """Every choice of the n largest: at a tie either member is right."""

    def top(rows: Rows) -> Any:
        groups = grouped("country", of)(rows)
        if not groups:
            return None
        size = min(n, len(groups))
        least = sorted(groups.values(), reverse=True)[size - 1]
        surely = frozenset(label for label, value in groups.items() if value > least)
        level = sorted(label for label, value in groups.items() if value == least)
        picks = [frozenset(level[i:] + level[:i][: size - len(surely)]) for i in range(len(level))]
        return [frozenset({*surely, *sorted(pick)[: size - len(surely)]}) for pick in picks]

    return top


def over(by: str, of: Callable[[Rows], Any], take: Callable[[list[Any]], Any]) -> Callable[[Rows], Any]:
    def per(rows: Rows) -> Any:
        values = list(grouped(by, of)(rows).values())
        return take(values) if values else None

    return per


def middle(values: list[Any]) -> Any:
    ordered = sorted(values)
    return Fraction(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2], 1) / 2


def average(values: list[Any]) -> Any:
    return Fraction(sum(values)) / len(values)


def units(rule: str) -> Callable[[Rows], Any]:
    def of(rows: Rows) -> Any:
        answers = [[yes(row) for row in rows if row["author"] == name] for name in {row["author"] for row in rows}]
        least = {"any": [1] * len(answers), "all": [len(f) for f in answers], "most": [len(f) // 2 + 1 for f in answers]}
        counted = sum(sum(flags) >= n for flags, n in zip(answers, least[rule], strict=True))
        return Fraction(counted, len(answers)) if answers else None

    return of


def shares_by(by: str, labels: list[str]) -> Callable[[Rows], Any]:
    def of(rows: Rows) -> Any:
        counts = Counter(row[by] for row in rows)
        return {label: Fraction(counts[label], len(rows)) for label in labels} if rows else None

    return of


def sizes_by(by: str, labels: list[str]) -> Callable[[Rows], Any]:
    def of(rows: Rows) -> Any:
        counts = Counter(row[by] for row in rows)
        return {label: counts[label] for label in labels} if rows else None

    return of


def hourly(rows: Rows) -> Any:
    if not rows or all(row["later"].hour == 0 for row in rows):
        return None
    return {"7": Fraction(sum(row["later"].hour == 7 for row in rows), len(rows)), "8": Fraction(0)}


def share_of_sum(name: str) -> Callable[[Rows], Any]:
    return quotient(lambda rows: sum(row[name] for row in rows if yes(row)), lambda rows: sum(r[name] for r in rows))


def sets(rows: Rows) -> tuple[set[str], set[str]]:
    return {row["author"] for row in rows if yes(row)}, {row["author"] for row in rows if row["x"] > 0}


def jaccard(rows: Rows) -> Any:
    a, b = sets(rows)
    return Fraction(len(a & b), len(a | b)) if a | b else None


def of_first(rows: Rows) -> Any:
    a, b = sets(rows)
    return Fraction(len(a & b), len(a)) if a else None


def both_sets(rows: Rows) -> Any:
    a, b = sets(rows)
    return len(a & b) if a | b else None


def silence(rows: Rows) -> Any:
    """The longest stretch without a row from the 1st to the end of the 9th of January."""
    ends = [FIRST, *sorted(row["at"] for row in rows), FIRST + timedelta(days=9)]
    return max(int((b - a).total_seconds()) for a, b in pairwise(ends))


def waits(take: Callable[[list[Any]], Any]) -> Callable[[Rows], Any]:
    return lambda rows: take([int((r["later"] - r["at"]).total_seconds()) for r in rows]) if rows else None


def copies(rows: Rows) -> Any:
    counts = Counter(row["text"] for row in rows)
    return Fraction(sum(n for n in counts.values() if n > 1), len(rows)) if rows else None


def moments(side: Callable[..., Any], that: bool) -> Callable[[Rows], Any]:
    return lambda rows: side((row["at"] for row in rows if not that or yes(row)), default=None)


ALL = ("known", "missing", "both")
SAID, X = ("said",), ("x",)
FORMS = (
    Form("share", "{share: said = 'yes'}", "50%", lambda r: share(r, yes), SAID, tight=ALL),
    Form("share among", "{share: said = 'yes', among: y > 1}", "50%",
         lambda r: share([row for row in r if row["y"] > 1], yes), ("said", "y"), ("y",), tight=("missing",)),
    Form("share where", "{share: said = 'yes'}", "50%",
         lambda r: share([row for row in r if row["y"] > 1], yes), ("said", "y"), ("y",), where="y > 1",
         tight=("missing",)),
    Form("share any", "{share: said = 'yes', of: distinct author}", "50%", units("any"), ("said", "author"),
         ("author",)),
    Form("share all", "{share: said = 'yes', of: distinct author, counts_when: all}", "50%", units("all"),
         ("said", "author"), ("author",)),
    Form("share most", "{share: said = 'yes', of: distinct author, counts_when: most}", "50%", units("most"),
         ("said", "author"), ("author",)),
    Form("share of sum", "{share: said = 'yes', of: sum x}", "50%", share_of_sum("x"), ("said", "x"), tight=ALL),
    Form("share of sum, no end", "{share: said = 'yes', of: sum w}", "50%", share_of_sum("w"), ("said", "w")),
    Form("count", "{count: rows}", "5", len),
    Form("count that", "{count: rows, that: said = 'yes'}", "5", lambda r: sum(map(yes, r)), SAID, tight=ALL),
    Form("count or", "{count: rows, that: said = 'yes' or x > 1}", "5",
         lambda r: sum(yes(row) or row["x"] > 1 for row in r), ("said", "x"), tight=ALL),
    Form("distinct", "{count: distinct author}", "2", lambda r: len({row["author"] for row in r}), ("author",),
         ("author",)),
    Form("distinct that", "{count: distinct author, that: said = 'yes'}", "2",
         lambda r: len({row["author"] for row in r if yes(row)}), ("author", "said"), ("author",)),
    Form("columns", "{count: columns}", str(len(COLUMNS)), lambda r: len(COLUMNS)),
    Form("sum", "{sum: x}", "5", total("x"), X, tight=ALL),
    Form("sum one end", "{sum: w}", "5", total("w"), ("w",)),
    Form("sum no range", "{sum: u}", "5", total("u"), ("u",)),
    Form("sum among", "{sum: x, among: country = 'A'}", "5", among("country", "A", total("x")), ("x", "country"),
         ("country",), tight=("missing",)),
    Form("mean", "{mean: x}", "1.0", mean("x"), X, tight=ALL),
    Form("mean one end", "{mean: w}", "1.0", mean("w"), ("w",)),
    Form("mean no range", "{mean: u}", "1.0", mean("u"), ("u",)),
    Form("mean among", "{mean: x, among: country = 'A'}", "1.0", among("country", "A", mean("x")), ("x", "country"),
         ("country",), tight=("missing",)),
    Form("median", "{median: x}", "1", quantile("x", Fraction(1, 2)), X, tight=ALL),
    Form("median among", "{median: x, among: country = 'A'}", "1", among("country", "A", quantile("x", Fraction(1, 2))),
         ("x", "country"), ("country",)),
    Form("median no range", "{median: u}", "1", quantile("u", Fraction(1, 2)), ("u",)),
    Form("quantile", "{quantile: x, q: 0.9}", "1", quantile("x", Fraction(9, 10)), X, tight=ALL),
    Form("low quantile", "{quantile: w, q: 0.3}", "1", quantile("w", Fraction(3, 10)), ("w",)),
    Form("min", "{min: x}", "1", lambda r: min((row["x"] for row in r), default=None), X, tight=ALL),
    Form("max", "{max: x}", "1", lambda r: max((row["x"] for row in r), default=None), X, tight=ALL),
    Form("max no range", "{max: u}", "1", lambda r: max((row["u"] for row in r), default=None), ("u",)),
    Form("max time", "{max: at}", "2017", lambda r: max((row["at"] for row in r), default=None), ("at",)),
    Form("value", "{value: x, among: id = '1'}", "1", lambda r: next(row["x"] for row in r if row["id"] == "1"), X),
    Form("values", "{values: country}", "[A]", lambda r: frozenset(row["country"] for row in r) or None, ("country",)),
    Form("ratio of counts", "{ratio: {count: rows, that: said = 'yes'}, to: {count: rows, that: x > 0}}", "2x",
         quotient(lambda r: sum(map(yes, r)), lambda r: sum(row["x"] > 0 for row in r)), ("said", "x"), tight=ALL),
    Form("ratio of shares", "{ratio: {share: said = 'yes'}, to: {share: said = 'yes', among: id <> '0'}}", "2x",
         quotient(lambda r: share(r, yes), lambda r: share([row for row in r if row["id"] != "0"], yes)), ("said",)),
    Form("ratio of means", "{ratio: {mean: x}, to: {mean: w}}", "2x", quotient(mean("x"), mean("w")), ("x", "w")),
    Form("difference of shares", "{difference: {share: said = 'yes'}, minus: {share: x > 0}}", "5 points",
         gap_between(lambda r: share(r, yes), lambda r: share(r, lambda row: row["x"] > 0)), ("said", "x"), tight=ALL),
    Form("difference of counts", "{difference: {count: rows, that: said = 'yes'}, minus: {count: rows, that: x > 0}}",
         "5", gap_between(lambda r: sum(map(yes, r)), lambda r: sum(row["x"] > 0 for row in r)), ("said", "x"),
         tight=ALL),
    Form("difference of means", "{difference: {mean: x}, minus: {mean: u}}", "1", gap_between(mean("x"), mean("u")),
         ("x", "u")),
    Form("rank", "{rank: A, by: country}", "first", ranked("A", len), ("country",), tight=ALL),
    Form("rank of a stranger", "{rank: D, by: country}", "first", ranked("D", len), ("country",)),
    Form("rank ascending", "{rank: A, by: country, ascending: true}", "first", ranked("A", len, True), ("country",)),
    Form("rank by a sum", "{rank: A, by: country, of: {sum: x}}", "first", ranked("A", total("x")), ("country", "x")),
    Form("rank by a mean", "{rank: A, by: country, of: {mean: x}}", "first", ranked("A", mean("x")), ("country", "x")),
    Form("rank by a share", "{rank: A, by: country, of: {share: said = 'yes'}}", "first",
         ranked("A", lambda r: share(r, yes)), ("country", "said")),
    Form("rank by a count", "{rank: A, by: country, of: {count: rows, that: said = 'yes'}}", "first",
         ranked("A", lambda r: sum(map(yes, r))), ("country", "said")),
    Form("rank by a maximum", "{rank: A, by: country, of: {max: u}}", "first",
         ranked("A", lambda r: max(row["u"] for row in r)), ("country", "u")),
    Form("rank by ids", "{rank: A, by: country, of: {count: distinct id}}", "first", ranked("A", len), ("country",)),
    Form("top", "{top: 1, by: country}", "A", topmost(1, len), ("country",)),
    Form("top two", "{top: 2, by: country}", "[A, B]", topmost(2, len), ("country",)),
    Form("top three", "{top: 3, by: country}", "[A, B, C]", topmost(3, len), ("country",)),
    Form("top by a sum", "{top: 1, by: country, of: {sum: x}}", "A", topmost(1, total("x")), ("country", "x")),
    Form("top by a share", "{top: 2, by: country, of: {share: said = 'yes'}}", "[A, B]",
         topmost(2, lambda r: share(r, yes)), ("country", "said")),
    Form("composition", "{composition: country}", "{A: 50%, D: 20%}", shares_by("country", ["A", "D"]), ("country",),
         tight=("known", "missing")),
    Form("sizes", "{composition: country, as: count}", "{A: 3, D: 1}", sizes_by("country", ["A", "D"]), ("country",)),
    Form("per max", "{per: author, take: max}", "3", over("author", len, max), ("author",), ("author",), tight=("known",)),
    Form("per min", "{per: author, take: min}", "3", over("author", len, min), ("author",), ("author",)),
    Form("per mean", "{per: author, take: mean}", "3", over("author", len, average), ("author",), ("author",)),
    Form("per median", "{per: author, take: median}", "3", over("author", len, middle), ("author",), ("author",)),
    Form("per of count", "{per: author, of: {count: rows, that: said = 'yes'}, take: max}", "3",
         over("author", lambda r: sum(map(yes, r)), max), ("author", "said"), ("author",), tight=("missing",)),
    Form("per of count, min", "{per: author, of: {count: rows, that: said = 'yes'}, take: min}", "3",
         over("author", lambda r: sum(map(yes, r)), min), ("author", "said"), ("author",), tight=("missing",)),
    Form("per of sum", "{per: author, of: {sum: x}, take: max}", "3", over("author", total("x"), max),
         ("author", "x"), ("author",), tight=("missing",)),
    Form("per of sum, mean", "{per: author, of: {sum: x}, take: mean}", "3", over("author", total("x"), average),
         ("author", "x"), ("author",), tight=("missing",)),
    Form("per of mixed sum", "{per: author, of: {sum: u}, take: max}", "3", over("author", total("u"), max),
         ("author", "u"), ("author",)),
    Form("per of mean", "{per: author, of: {mean: x}, take: median}", "3", over("author", mean("x"), middle),
         ("author", "x"), ("author",), tight=("missing",)),
    Form("per of max", "{per: author, of: {max: u}, take: max}", "3",
         over("author", lambda r: max(row["u"] for row in r), max), ("author", "u"), ("author",)),
    Form("per of min", "{per: author, of: {min: u}, take: min}", "3",
         over("author", lambda r: min(row["u"] for row in r), min), ("author", "u"), ("author",)),
    Form("per of share", "{per: author, of: {share: said = 'yes'}, take: max}", "50%",
         over("author", lambda r: share(r, yes), max), ("author", "said"), ("author",), tight=("missing",)),
    Form("per of authors", "{per: country, of: {count: distinct author}, take: max}", "3",
         over("country", lambda r: len({row["author"] for row in r}), max), ("author", "country"),
         ("author", "country")),
    Form("per day", "{per: day, time: at, take: max}", "3", over("at", len, max), ("at",), ("at",)),
    Form("per day, none", "{per: day, time: at, take: mean, empty: zero}", "3",
         lambda r: Fraction(len(r), (max(x["at"] for x in r) - min(x["at"] for x in r)).days + 1) if r else None,
         ("at",), ("at",)),
    Form("first", "{first: at}", "2017", moments(min, False), ("at",)),
    Form("last that", "{last: at, that: said = 'yes'}", "2017", moments(max, True), ("at", "said")),
    Form("gap", "{gap: at}", "2 days", silence, ("at",)),
    Form("delay", "{delay: {from: at, to: later}}", "2 days",
         waits(lambda values: quantile("d", Fraction(1, 2))([{"d": v} for v in values])), ("at", "later")),
    Form("longest delay", "{delay: {from: at, to: later}, take: max}", "2 days", waits(max), ("at", "later")),
    Form("hours", "{hours: later}", "{7: 50%, 8: 10%}", hourly, ("later",)),
    Form("jaccard", "{overlap: [said = 'yes', x > 0], of: author}", "50%", jaccard, ("author", "said", "x"),
         ("author",)),
    Form("shared of first", "{overlap: [said = 'yes', x > 0], of: author, as: share_of_first}", "50%", of_first,
         ("author", "said", "x"), ("author",)),
    Form("shared", "{overlap: [said = 'yes', x > 0], of: author, as: count}", "3", both_sets, ("author", "said", "x"),
         ("author",)),
    Form("duplicates", "{duplicates: share, text: text}", "50%", copies, ("text",)),
    Form("alike", "{duplicates: share, text: text, similar: 60%}", "50%", copies, ("text",)),
    Form("peaks", "{peaks: at, per: day}", "2017-01-03", reads=("at",)),
    Form("trend", "{trend: at, per: day}", "rising", reads=("at",)),
    Form("trend of a count", "{trend: at, per: day, of: {count: rows, that: said = 'yes'}}", "rising",
         reads=("at", "said")),
    Form("trend of a share", "{trend: at, per: day, of: {share: said = 'yes'}}", "rising", reads=("said", "at")),
    Form("trend of a mean", "{trend: at, per: day, of: {mean: w}}", "rising", reads=("w", "at")),
    Form("spearman", "{correlation: [x, y]}", "0.5", reads=("x", "y")),
    Form("pearson", "{correlation: [x, y], method: pearson}", "0.5", reads=("x",)),
    Form("kendall", "{correlation: [x, y], method: kendall}", "0.5", reads=("x", "y")),
    Form("rate", "{rate: {count: rows}, during: \"at >= '2017-01-04'\", versus: \"at < '2017-01-04'\", time: at}", "2x",
         reads=("at",)),
    Form("rate of some", "{rate: {count: rows, that: said = 'yes'}, during: \"at >= '2017-01-04'\", "
         "versus: \"at < '2017-01-04'\", time: at}", "2x", reads=("at", "said")),
    Form("rate of authors", "{rate: {count: distinct id, that: said = 'yes'}, during: \"at >= '2017-01-04'\", "
         "versus: \"at < '2017-01-04'\", time: at}", "2x", reads=("at", "said")),
    Form("sql", "{sql: SELECT count(*) FROM @}", "5", len),
    Form("coordination", "{coordination: share, actor: author, target: country, time: at, within: 1 day}", "50%",
         reads=("author", "country", "at")),
    Form("pairs", "{coordination: pairs, actor: author, target: country, time: at, within: 1 day}", "3",
         reads=("author", "country", "at")),
    Form("accounts", "{coordination: accounts, actor: author, target: country, time: at, within: 2 days, at_least: 2}",
         "3", reads=("author", "country", "at")),
    Form("secondary", "{cascade: secondary_share, link: {from: id, to: parent}}", "50%"),
    Form("depth", "{cascade: depth, link: {from: id, to: parent}}", "2"),
    Form("size", "{cascade: size, link: {from: id, to: parent}}", "2"),
    *(
        Form(f"network {figure}", f"{{network: {figure}, link: {{from: goes, to: leads}}}}", claimed,
             reads=("goes", "leads"), slow=figure in ("communities", "modularity"))
        for figure, claimed in {
            "nodes": "3", "edges": "3", "density": "50%", "reciprocity": "50%", "max_degree": "2",
            "mean_degree": "2.0", "components": "2", "largest_component": "2", "communities": "2",
            "modularity": "0.5", "assortativity": "0.5",
        }.items()
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Population:
    """Rows seen and hidden, and the same with cells blanked; `fills` are ways to fill them again."""

    seen: Rows
    blanked: Rows
    hidden: tuple[Rows, ...]  # ways in which the rows not seen may look; all of one number
    fills: tuple[Rows, ...]  # the blanked rows, completed

    @property
    def unseen(self) -> int:
        return len(self.hidden[0])


def drawn(rng: random.Random, ways: int) -> Population:
    """A population of up to a dozen rows, of which some are hidden and some cells blanked."""
    few = {name: rng.sample(values, rng.randint(1, len(values))) for name, values in DOMAIN.items()}
    seen = [_row(str(i), few, rng, earlier=i) for i in range(rng.randint(2, 8))]
    unseen, rate = rng.randint(1, 4), rng.choice((0.05, 0.15, 0.3))
    blanked = [
        {name: None if name not in FIXED and rng.random() < rate else v for name, v in row.items()} for row in seen
    ]
    hidden, fills = [], [seen]
    for way in range(ways):
        wide = DOMAIN if rng.random() < 0.5 else {name: [rng.choice(values)] for name, values in DOMAIN.items()}
        hidden.append([_row(str(len(seen) + i), wide, rng, earlier=len(seen) + i) for i in range(unseen)])
        if way:
            fills.append([{name: _filled(name, v, wide, rng) for name, v in row.items()} for row in blanked])
    return Population(seen, blanked, tuple(hidden), tuple(fills))


def few(rng: random.Random) -> tuple[Rows, Rows, int]:
    """Rows so few that every way to complete them can be tried: seen, the same with blanks, how many are not seen."""
    seen = [_row(str(i), DOMAIN, rng, earlier=i) for i in range(rng.randint(3, 5))]
    blanked = [dict(row) for row in seen]
    for name in DOMAIN:
        if name not in FIXED:
            for i in rng.sample(range(len(seen)), rng.randint(0, 2)):
                blanked[i][name] = None
    return seen, blanked, rng.randint(1, 2)


def _filled(name: str, value: Any, wide: Mapping[str, list[Any]], rng: random.Random) -> Any:
    return rng.choice(wide[name]) if value is None and name not in FIXED else value


def _row(name: str, values: Mapping[str, list[Any]], rng: random.Random, earlier: int) -> Row:
    row = {column: rng.choice(given) for column, given in values.items()}
    # A reshare names an earlier post, so that there is no circle.
    row["parent"] = str(rng.randrange(earlier)) if earlier and rng.random() < 0.7 else None
    return {"id": name, **row}


def kept(form: Form, complete: Rows, observed: Rows) -> Rows:
    """The rows of which the truth speaks: those that a NULL does not set aside."""
    out = {row["id"] for row in observed if any(row[name] is None for name in form.aside)}
    return [row for row in complete if row["id"] not in out]


def completions(form: Form, rows: Rows) -> list[Rows]:
    """Every way to fill the blanks of the columns that a form reads (and that do not set rows aside)."""
    free = [name for name in form.reads if name not in form.aside]
    blanks = [(i, name) for i, row in enumerate(rows) for name in free if row[name] is None]
    made = []
    for values in product(*(_values(name) for _, name in blanks)):
        new = [dict(row) for row in rows]
        for (i, name), value in zip(blanks, values, strict=True):
            new[i][name] = value
        made.append(new)
    return made


def _values(name: str) -> list[Any]:
    """The domain, with labels that nobody has seen; one of them is named by claims."""
    return [*DOMAIN[name], *{"country": "DE", "author": "d"}.get(name, "")]


def additions(form: Form, unseen: int) -> list[Rows]:
    """Every way that the rows not seen may look, as far as a form reads them."""
    each = [dict(zip(form.reads, values, strict=True)) for values in product(*(_values(n) for n in form.reads))]
    return [[{"id": f"new{i}", **row} for i, row in enumerate(rows)] for rows in product(each, repeat=unseen)]
