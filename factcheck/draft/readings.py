"""What a sentence may claim: each of its figures with each kind of measure that its words allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from factcheck.claims.figures import FigureError, NumberClaim, Quantity, read
from factcheck.draft.dates import dates
from factcheck.draft.figures import Figure
from factcheck.draft.grammar import listed
from factcheck.draft.intents import Cue
from factcheck.draft.phrases import clause, denial, for_every, outdoing
from factcheck.draft.words import Word

Kind = Literal[
    "share", "count", "distinct", "sum", "mean", "median", "min", "max", "rank", "top", "bottom", "ratio", "difference",
    "points", "trend", "first", "last", "gap", "columns",
]  # fmt: skip
_AMOUNTS = (Quantity.COUNT, Quantity.NUMBER)
_VALUES = (Quantity.PROPORTION, Quantity.COUNT, Quantity.POINTS, Quantity.RATIO)
_SMALL, _BESIDE = 10, 0.6
_NUMBERS = ("mean", "median", "min", "max", "sum")


@dataclass(frozen=True)
class Reading:
    """A kind of measure with what is claimed of it.

    `covered` are the positions of the figure's words and of those that tell the kind; `anchor` is where the figure
    stands, `split` where the second side of a comparison begins. `prior` (0…1) says how surely the words mean this.
    """

    kind: Kind
    claimed: str
    anchor: int
    covered: frozenset[int]
    prior: float = 1.0
    figure: Figure | None = None
    split: int | None = None
    how: str = ""
    turned: bool = False  # the second side of a comparison is the one that is compared with the first


def readings(
    text: str, sentence: Sequence[Word], figures: Sequence[Figure], cues: Mapping[str, Sequence[Cue]]
) -> list[Reading]:
    """Everything that the sentence may claim, in the order of its figures."""
    stated = _stated(figures)
    shares = any(figure.reads(Quantity.PROPORTION) and not figure.reads(Quantity.COUNT) for figure in stated)
    found = [one for figure in stated for one in _of(figure, sentence, cues, shares)]
    found += _without_figure(text, sentence, cues, found)
    return found


def _stated(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that may be what is claimed: beside another one, 'no' and 'none' deny something of its rows."""
    fresh = [figure for figure in figures if not figure.known]
    counted = [figure for figure in fresh if figure.text != "none" and figure.reads(*_VALUES)]
    if counted:
        return [figure for figure in fresh if figure.text != "none"]
    return fresh or list(figures)


def _of(
    figure: Figure, sentence: Sequence[Word], cues: Mapping[str, Sequence[Cue]], small: bool
) -> Iterator[Reading]:
    """The readings of one figure; a `small` number beside a share belongs to a condition ('two or more')."""
    if figure.text in ("most", "all") and (_is_superlative(figure, cues) or _is_together(figure, sentence)):
        return
    bare = figure.last - figure.first == 1 and figure.text == "one"
    spoken = 0.55 if {"most", "rising", "falling"} & cues.keys() else 0.8  # "the six accounts … more than anybody"
    base = spoken if figure.known else 0.75 if bare and not _follows(figure, sentence, {"of"}) else 1.0
    base *= _BESIDE if small and not figure.reads(Quantity.PROPORTION) and _is_small(figure) else 1.0

    def made(kind: Kind, prior: float = 1.0, more: frozenset[int] = frozenset(), how: str = "") -> Reading:
        behind = figure.last - (" as " in figure.text)  # 'three times as much' has one 'as' within
        split = _split(sentence, behind) if kind in ("ratio", "difference", "points") else None
        covered = figure.positions | more | _also(figure, sentence)
        return Reading(kind, figure.text, figure.first, covered, base * prior, figure, split, how)

    if (outdone := outdoing(sentence)) is not None and figure.quantities == {Quantity.RATIO}:
        yield replace(made("ratio", 1.0, frozenset({outdone})), split=outdone)
        return
    if (every := for_every(sentence)) is not None and figure.reads(Quantity.RATIO):
        ahead = every < figure.first
        split = clause(sentence, every, figure.first) if ahead else every
        yield replace(made("ratio", 1.0, frozenset({every, every + 1})), split=split, turned=ahead)
    if _is_ratio(figure, sentence):
        yield made("ratio")
        return
    if figure.quantities == {Quantity.DIFFERENCE}:
        yield made("difference")
    elif figure.reads(Quantity.POINTS) and not figure.reads(Quantity.COUNT, Quantity.PROPORTION):
        yield made("points")
    if figure.reads(Quantity.PROPORTION) and "rank" not in _only(figure):
        more = _of_cues(cues, "shares")
        less = 0.5 if figure.text == "none" and _none_more(sentence) is not None else 0.92
        yield made("share", less if figure.text == "none" else 1.0, more)
    if figure.reads(Quantity.RANK) and not figure.reads(Quantity.NUMBER) and figure.text != "most":
        least = frozenset(at for cue in cues.get("least", ()) if cue.first == figure.last for at in cue.positions)
        if least:
            yield made("bottom", 0.95, least)
        else:
            yield made("rank", 0.95 if _is_place(figure, sentence) else 0.45)
    if figure.text == "none" and _none_more(sentence) is not None:
        return
    if figure.text in ("none", "0", "zero") or (figure.reads(*_AMOUNTS) and not figure.reads(Quantity.PROPORTION)):
        yield from _counts(figure, sentence, cues, made)
    if figure.reads(Quantity.DURATION) and "silence" in cues:
        yield made("gap", 1.0, _of_cues(cues, "silence"))


def _counts(
    figure: Figure, sentence: Sequence[Word], cues: Mapping[str, Sequence[Cue]], made: object
) -> Iterator[Reading]:
    told = [kind for kind in _NUMBERS if kind in cues]
    assert callable(made)
    for kind in told:
        prior = 1.0 if kind != "sum" else 0.97
        yield made(kind, prior, _of_cues(cues, kind), _said(kind))
    strong = {"mean", "median"} & set(told)
    weaker = 0.35 if strong else 0.85 if told and told != ["sum"] else 1.0
    yield made("count", weaker, _of_cues(cues, "sum") if "sum" in told else frozenset())
    if figure.last < len(sentence) and sentence[figure.last].stem in ("column", "variabl", "field"):
        yield made("columns", 1.1, frozenset({figure.last}))
    distinct = _of_cues(cues, "distinct")
    yield made("distinct", (1.0 if distinct else 0.9) * weaker, distinct, _said("distinct") if distinct else "")
    if "sum" not in told and not strong:
        yield made("sum", 0.95 * weaker)


def _said(kind: str) -> str:
    return {
        "mean": "its words ask for an average", "median": "its words ask for the median",
        "max": "its words ask for the largest", "min": "its words ask for the smallest",
        "sum": "its words ask for a total", "distinct": "its words ask how many different ones there are",
    }[kind]  # fmt: skip


def _of_cues(cues: Mapping[str, Sequence[Cue]], kind: str) -> frozenset[int]:
    return frozenset(at for cue in cues.get(kind, ()) for at in cue.positions)


def _is_superlative(figure: Figure, cues: Mapping[str, Sequence[Cue]]) -> bool:
    return any(not cue.positions.isdisjoint(figure.positions) for cue in cues.get("most", ()))


def _is_together(figure: Figure, sentence: Sequence[Word]) -> bool:
    """'All calls together', 'all in all': a total, of which all is no share."""
    after = [word.folded for word in sentence[figure.last :]]
    return figure.text == "all" and (not {"together", "combined"}.isdisjoint(after) or after[:2] == ["in", "all"])


def _only(figure: Figure) -> str:
    """An ordinal alone is a rank; with 'a' or a number before it, it is a fraction."""
    counted = figure.text == "most" or figure.text.startswith(("a ", "one ", "two ")) or figure.reads(*_AMOUNTS)
    return "rank" if figure.reads(Quantity.RANK) and not counted else ""


def _is_small(figure: Figure) -> bool:
    try:
        claimed = read(figure.text, Quantity.NUMBER)
    except FigureError:
        return False
    ends = (claimed.region.low, claimed.region.high) if isinstance(claimed, NumberClaim) else ()
    return all(end is None or end <= _SMALL for end in ends)


def _is_place(figure: Figure, sentence: Sequence[Word]) -> bool:
    """Whether an ordinal says a place: 'came third', 'the second largest', and not 'its first days'."""
    before = sentence[figure.first - 1].folded if figure.first else ""
    after = sentence[figure.last].folded if figure.last < len(sentence) else ""
    within = not listed("placed").isdisjoint(figure.text.split())
    return within or before in listed("placing") or after in listed("placed")


def _follows(figure: Figure, sentence: Sequence[Word], said: set[str]) -> bool:
    return figure.last < len(sentence) and sentence[figure.last].folded in said


def _also(figure: Figure, sentence: Sequence[Word]) -> frozenset[int]:
    """Words that go with a figure: 'as often' of 'three times as often'."""
    found = set()
    at = figure.last
    while at < len(sentence) and sentence[at].folded in listed("ratios") | {"many", "much"} and at < figure.last + 3:
        found.add(at)
        at += 1
    return frozenset(found) if _is_ratio(figure, sentence) else frozenset()


def _is_ratio(figure: Figure, sentence: Sequence[Word]) -> bool:
    if not figure.reads(Quantity.RATIO):
        return False
    if figure.reads(*_AMOUNTS):
        times = figure.text.endswith(("times", "x", "fold")) and figure.last < len(sentence)
        return " times as " in figure.text or (times and sentence[figure.last].folded in listed("ratios"))
    fraction = figure.reads(Quantity.PROPORTION)
    return not fraction or (_follows(figure, sentence, {"as"}) or figure.text.endswith(("more", "fewer")))


def _split(sentence: Sequence[Word], start: int) -> int | None:
    """Where the second side of a comparison begins: at 'than', at the second 'as', at 'that of'."""
    for word in ("than", "as", "compared", "versus", "of"):
        for at in range(start, len(sentence)):
            if sentence[at].folded == word and (word != "as" or at > start):
                return at
    return None


def _without_figure(
    text: str, sentence: Sequence[Word], cues: Mapping[str, Sequence[Cue]], found: Sequence[Reading]
) -> Iterator[Reading]:
    stated = 0.75 if any(one.figure is not None and one.prior > 0.7 for one in found) else 1.0
    yield from _superlatives(sentence, cues, stated, found)
    yield from _comparisons(sentence, stated, found)
    for direction in ("rising", "falling", "flat"):
        for cue in cues.get(direction, ())[:1]:
            how = f"its words tell that it is {direction}"
            yield Reading("trend", direction, cue.first, cue.positions, 0.9 * stated, how=how)
    moments: tuple[Kind, Kind] = ("first", "last")
    for kind in moments:
        for cue in cues.get(kind, ())[:1]:
            for start, end, said in dates(text):
                at = frozenset(i for i, word in enumerate(sentence) if word.start < end and word.end > start)
                how = f"its words ask for the {kind}"
                yield Reading(kind, said, min(at, default=0), at | cue.positions, 0.95, how=how)


def _superlatives(
    sentence: Sequence[Word], cues: Mapping[str, Sequence[Cue]], stated: float, found: Sequence[Reading]
) -> Iterator[Reading]:
    how = "its words name the largest"
    places = {at for one in found if one.kind in ("rank", "bottom") for at in one.covered}
    if (said := _none_more(sentence)) is not None:
        yield Reading("top", "", min(said), said, 1.05, how=how)
    least = cues.get("least", ())[:1]
    for cue in cues.get("most", ())[:1]:
        if cue.positions.isdisjoint(places) and said is None and not any(cue.positions & c.positions for c in least):
            covered, turned = _with_denial(sentence, cue)
            yield Reading("top", "", cue.first, covered, stated, how=how, turned=turned)
    for cue in least:
        if cue.positions.isdisjoint(places):
            covered, turned = _with_denial(sentence, cue)
            place, how = "more than 1" if turned else "first", "its words name the smallest"
            yield Reading("bottom", place, cue.first, covered, stated, how=how)


def _with_denial(sentence: Sequence[Word], cue: Cue) -> tuple[frozenset[int], bool]:
    """The words of a superlative with a 'not' that denies it: 'did not have the fewest'."""
    at = denial(sentence, cue.first)
    return (cue.positions, False) if at is None else (cue.positions | {at}, True)


def _none_more(sentence: Sequence[Word]) -> frozenset[int] | None:
    """'No country … more … than': the words that say that one is the largest."""
    told = [word.folded for word in sentence]
    start = next((at for at, word in enumerate(told) if word in ("no", "nobody", "none")), None)
    more = next((at for at in range(start or 0, len(told)) if told[at] in listed("more")), None)
    if start is None or more is None or "than" not in told[more:]:
        return None
    than = told.index("than", more)
    also = {at for at in range(more, than) if told[at] in listed("ratios")}
    return frozenset({start, more, than, *also})


def _comparisons(sentence: Sequence[Word], stated: float, found: Sequence[Reading]) -> Iterator[Reading]:
    """'more … than', where no figure says how much more."""
    if any(one.kind in ("ratio", "difference", "points") for one in found):
        return
    taken = {at for one in found for at in one.covered}
    if (outdone := outdoing(sentence)) is not None:
        how = f"its words compare: '{sentence[outdone].text}'"
        yield Reading("ratio", "more", outdone, frozenset({outdone}), stated, split=outdone, how=how)
    for at, word in enumerate(sentence):
        more, fewer = word.folded in listed("more"), word.folded in listed("fewer")
        if not (more or fewer) or at in taken:
            continue
        split = next((i for i in range(at + 1, len(sentence)) if sentence[i].folded == "than"), None)
        if split is not None:
            said = "more" if more else "fewer"
            how = f"its words compare: '{word.text} … than'"
            either: tuple[tuple[Kind, float], ...] = (("ratio", 1.0), ("points", 0.85))
            for kind, prior in either:
                yield Reading(kind, said, at, frozenset({at}), prior * stated, split=split, how=how)
