"""What a sentence may claim: each of its figures with each kind of measure that its words allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from factcheck.claims.figures import Quantity
from factcheck.draft.around import (
    follows,
    goes_with,
    is_place,
    is_rank_only,
    is_ratio,
    is_small,
    is_together,
    names_the_first,
    second_side,
)
from factcheck.draft.bounds import denied_bounds, is_threshold, limit
from factcheck.draft.directions import directions
from factcheck.draft.figures import Figure
from factcheck.draft.intents import Cue, words_of
from factcheck.draft.of_groups import grouped
from factcheck.draft.of_groups import superlatives as named
from factcheck.draft.of_networks import in_one_piece, links_of, of_networks
from factcheck.draft.of_posts import of_posts
from factcheck.draft.phrases import clause, for_every, leading, outdoing, ratio_of
from factcheck.draft.reading import Kind, Reading
from factcheck.draft.standings import from_the_end, none_beside, superlatives
from factcheck.draft.wordless import without_figure
from factcheck.draft.words import Word

__all__ = ["Kind", "Reading", "readings"]

_AMOUNTS = (Quantity.COUNT, Quantity.NUMBER)
_VALUES = (Quantity.PROPORTION, Quantity.COUNT, Quantity.POINTS, Quantity.RATIO)
_BESIDE = 0.6
_EVERY = 0.8  # prior of anything else where 'for every' sets one side against another
_HEEDED = 0.5  # prior of nothing at all where the negation is a part of words for something else
_TIME = 0.6  # prior of counting rows where the figure says how long something lasts
_ALSO = 0.8  # prior of a share where the sentence asks who did the one and also the other
_CERTAIN = 0.75  # prior from which on a comparison is all that a ratio can be
_NUMBERS = ("mean", "median", "min", "max", "sum")


def readings(
    text: str, sentence: Sequence[Word], figures: Sequence[Figure], cues: Mapping[str, Sequence[Cue]]
) -> list[Reading]:
    """Everything that the sentence may claim, in the order of its figures."""
    cues = _with(_with(cues, directions(sentence)), superlatives(sentence))
    bounds = denied_bounds(figures, sentence)
    stated = _stated(figures, bounds)
    shares = any(figure.reads(Quantity.PROPORTION) and not figure.reads(Quantity.COUNT) for figure in stated)
    found: list[Reading] = []
    for figure in stated:
        if figure in bounds:
            found += _bounding(figure, bounds[figure], sentence, cues)
        else:
            less = _BESIDE if is_threshold(figure, figures, sentence) else 1.0
            found += [replace(one, prior=less * one.prior) for one in _of(figure, sentence, cues, shares)]
    found += _composed(stated, cues)
    found += without_figure(text, sentence, cues, found)
    found += of_posts(sentence, figures, cues, found)
    found += in_one_piece(sentence, figures, cues)
    return _heeding(found)


def _heeding(found: Sequence[Reading]) -> list[Reading]:
    """The readings, of which a 'never' is hardly claimed that is a part of the words for something else."""
    told = {at for one in found for at in one.said}
    return [
        replace(one, prior=_HEEDED * one.prior)
        if one.figure is not None and one.claimed == "none" and one.figure.positions <= told and not one.said else one
        for one in found
    ]


def _with(cues: Mapping[str, Sequence[Cue]], more: Mapping[str, Sequence[Cue]]) -> dict[str, Sequence[Cue]]:
    return {kind: (*cues.get(kind, ()), *more.get(kind, ())) for kind in {**cues, **more}}


def _stated(figures: Sequence[Figure], bounds: Mapping[Figure, Figure]) -> list[Figure]:
    """The figures that may be what is claimed: beside another one, 'no' and 'none' deny something of its rows."""
    fresh = [figure for figure in figures if not figure.known or figure in bounds.values()]
    counted = [figure for figure in fresh if figure.text != "none" and figure.reads(*_VALUES)]
    if counted:
        return [figure for figure in fresh if figure.text != "none" or figure in bounds.values()]
    return fresh or list(figures)


def _bounding(
    figure: Figure, none: Figure, sentence: Sequence[Word], cues: Mapping[str, Sequence[Cue]]
) -> Iterator[Reading]:
    """'No post got more than 900 likes': the largest number, and the most rows of a group, are no more than that."""
    found = limit(figure)
    if found is None:
        return
    take, said = found
    covered = figure.positions | none.positions
    kind: Kind = "max" if take == "max" else "min"
    how = f"its words say that none passes {figure.text}"
    yield Reading(kind, said, figure.first, covered, 1.0, figure, how=how)
    unit = next((one for one in grouped(figure, sentence, cues) if one.unit), None)
    words = unit.covered if unit is not None else frozenset()
    period = unit.unit if unit is not None else ""
    yield Reading("per", said, figure.first, covered | words, 1.0, figure, how=how, take=take, unit=period)
    if take == "max" and (links := links_of(sentence, cues)) is not None:
        both = links.covered | covered
        yield Reading(
            "network", said, figure.first, both, 0.95, figure, how=how, take="max_degree", unit=links.by,
            said=links.covered, verbs=links.verbs,
        )


def _composed(stated: Sequence[Figure], cues: Mapping[str, Sequence[Cue]]) -> Iterator[Reading]:
    """Several shares in one sentence may be those of all groups."""
    shares = [one for one in stated if one.reads(Quantity.PROPORTION) and not one.reads(Quantity.COUNT, Quantity.RANK)]
    if len(shares) > 1:
        covered = frozenset(at for figure in shares for at in figure.positions)
        how = "its words give several shares"
        words = words_of(cues, "compared")
        yield Reading(
            "composition", "", shares[0].first, covered | words, 1.0, None, how=how, parts=tuple(shares), said=words
        )


def _of(
    figure: Figure, sentence: Sequence[Word], cues: Mapping[str, Sequence[Cue]], small: bool
) -> Iterator[Reading]:
    """The readings of one figure; a `small` number beside a share belongs to a condition ('two or more')."""
    if figure.text == "most" and figure.first in {at for at, _ in named(sentence)}:
        return
    if figure.text in ("most", "all") and (names_the_first(figure, cues) or is_together(figure, sentence)):
        return
    bare = figure.last - figure.first == 1 and figure.text == "one"
    spoken = 0.55 if {"most", "rising", "falling"} & cues.keys() else 0.8  # "the six accounts … more than anybody"
    base = spoken if figure.known else 0.75 if bare and not follows(figure, sentence, {"of"}) else 1.0
    base *= _BESIDE if small and not figure.reads(Quantity.PROPORTION) and is_small(figure) else 1.0

    def made(kind: Kind, prior: float = 1.0, more: frozenset[int] = frozenset(), how: str = "") -> Reading:
        behind = figure.last - (" as " in figure.text)  # 'three times as much' has one 'as' within
        split = second_side(sentence, behind) if kind in ("ratio", "difference", "points") else None
        covered = figure.positions | more | goes_with(figure, sentence)
        return Reading(kind, figure.text, figure.first, covered, base * prior, figure, split, how)

    compared = list(_compared(figure, sentence, made))
    yield from compared
    base *= _EVERY if compared and for_every(sentence) is not None else 1.0
    if any(one.prior >= _CERTAIN for one in compared) and figure.quantities == {Quantity.RATIO}:
        return
    if is_ratio(figure, sentence):
        yield made("ratio")
        return
    if figure.quantities == {Quantity.DIFFERENCE}:
        yield made("difference")
    elif figure.reads(Quantity.POINTS) and not figure.reads(Quantity.PROPORTION) and "point" in figure.text:
        less = follows(figure, sentence, {"below", "behind", "under"})
        yield replace(made("points"), claimed=f"{figure.text} lower" if less else figure.text)
    beaten = none_beside(sentence, "more") or none_beside(sentence, "fewer")
    denied = figure.text == "none" and beaten is not None
    if figure.reads(Quantity.PROPORTION) and not is_rank_only(figure):
        also = _also_said(sentence, figure)
        prior = 0.5 if denied else 0.92 if figure.text == "none" else _ALSO if also else 1.0
        yield made("share", prior, words_of(cues, "shares"))
        if also:
            yield replace(made("overlap", 1.0, also), take="share_of_first")
    if figure.reads(Quantity.RANK) and not figure.reads(Quantity.NUMBER) and figure.text != "most":
        least = frozenset(at for cue in cues.get("least", ()) if cue.first == figure.last for at in cue.positions)
        if (end := from_the_end(sentence)) is not None and figure.first in end[1]:
            return
        if least:
            yield made("bottom", 0.95, least)
        else:
            yield made("rank", 0.95 if is_place(figure, sentence) else 0.45)
    if denied:
        return
    if figure.reads(Quantity.DURATION) and "silence" in cues:
        yield made("gap", 1.0, words_of(cues, "silence") | _straight(figure, sentence))
        return
    for one in of_networks(figure, sentence, cues):
        network = made("network", one.prior, one.covered | one.noun)
        yield replace(network, take=one.take, unit=one.by, said=one.covered, verbs=one.verbs)
    if figure.text in ("none", "0", "zero") or (figure.reads(*_AMOUNTS) and not figure.reads(Quantity.PROPORTION)):
        yield from _counts(figure, sentence, cues, made)


def _compared(figure: Figure, sentence: Sequence[Word], made: Callable[..., Reading]) -> Iterator[Reading]:
    """'A outnumbered B by three to one', 'for every A three B', 'the ratio of A to B is three'."""
    if (outdone := outdoing(sentence)) is not None and figure.quantities == {Quantity.RATIO}:
        yield replace(made("ratio", 1.0, frozenset({outdone})), split=outdone)
        return
    if figure.reads(Quantity.POINTS) and "point" in figure.text and (lead := leading(sentence, figure.first)):
        yield replace(made("points", 1.0, lead.covered), split=lead.at, turned=lead.trails)
    elif outdone is not None and outdone < figure.first and sentence[figure.first - 1].folded == "by":
        kind: Kind = "ratio" if figure.reads(Quantity.PROPORTION) else "difference"
        verb = frozenset({outdone, outdone + 1} if sentence[outdone].folded == "out" else {outdone})
        yield replace(made(kind, 1.0, verb), claimed=f"{figure.text} more", split=outdone)
    if (every := for_every(sentence)) is not None and figure.reads(Quantity.RATIO) and every + 2 != figure.first:
        ahead = every < figure.first
        split = clause(sentence, every, figure.first) if ahead else every
        yield replace(made("ratio", 1.0, frozenset({every, every + 1})), split=split, turned=ahead)
    if (said := ratio_of(sentence)) is not None and figure.reads(Quantity.RATIO) and not figure.known:
        yield replace(made("ratio", 1.0, frozenset({said[0]})), split=said[1])


def _straight(figure: Figure, sentence: Sequence[Word]) -> frozenset[int]:
    """'Three months straight', 'for two weeks in a row'."""
    said = {"straight", "row", "running", "end", "whole", "entire", "full", "long"}
    near = range(max(0, figure.first - 1), min(len(sentence), figure.last + 3))
    return frozenset(at for at in near if at not in figure.positions and sentence[at].folded in said)


def _also_said(sentence: Sequence[Word], figure: Figure) -> frozenset[int]:
    """'Half of those who shared A also shared B': the words that join the sets."""
    return frozenset(at for at in range(figure.last, len(sentence)) if sentence[at].folded in ("also", "too"))


def _counts(
    figure: Figure, sentence: Sequence[Word], cues: Mapping[str, Sequence[Cue]], made: Callable[..., Reading]
) -> Iterator[Reading]:
    told = [kind for kind in _NUMBERS if kind in cues]
    for kind in told:
        prior = 1.0 if kind != "sum" else 0.97
        yield made(kind, prior, words_of(cues, kind), _said(kind))
    strong = {"mean", "median"} & set(told)
    weaker = 0.35 if strong else 0.85 if told and told != ["sum"] else 1.0
    weaker *= _TIME if figure.reads(Quantity.DURATION) else 1.0
    yield made("count", weaker, words_of(cues, "sum") if "sum" in told else frozenset())
    if figure.last < len(sentence) and sentence[figure.last].stem in ("column", "variabl", "field"):
        yield made("columns", 1.1, frozenset({figure.last}))
    distinct = words_of(cues, "distinct")
    yield made("distinct", (1.0 if distinct else 0.9) * weaker, distinct, _said("distinct") if distinct else "")
    if "sum" not in told and not strong:
        yield made("sum", 0.95 * weaker)
    yield from _of_rows(figure, sentence, told, made)
    for one in grouped(figure, sentence, cues):
        how = f"its words ask for {_TAKEN[one.take]} of groups"
        lasts = _TIME if figure.reads(Quantity.DURATION) else 1.0
        period = one.covered - figure.positions if one.unit else frozenset()
        made_of = made("per", lasts * one.prior, one.covered, how)
        yield replace(made_of, take=one.take, unit=one.unit, said=period)
    both = frozenset(at for at in range(figure.last, len(sentence)) if sentence[at].folded == "both")
    if both:
        yield replace(made("overlap", 0.9, both, "its words ask for what is in both"), take="count")


def _of_rows(
    figure: Figure, sentence: Sequence[Word], told: Sequence[str], made: Callable[..., Reading]
) -> Iterator[Reading]:
    """Averages and extremes of rows that no cue tells: 'posts got 160 likes each', 'the rarest is borne by 100'."""
    each = frozenset(at for at in range(figure.last, len(sentence)) if sentence[at].folded in ("each", "apiece"))
    if each and not {"mean", "median"} & set(told):
        yield made("mean", 0.95, each, _said("mean"))
    for at, take in named(sentence):
        if take not in told and at not in figure.positions:
            words = {at - 1, at} if at and sentence[at - 1].folded in ("most", "least") else {at}
            yield made("max" if take == "max" else "min", 0.95, frozenset(words), _said(take))


_TAKEN = {"max": "the largest", "min": "the smallest", "mean": "the average"}


def _said(kind: str) -> str:
    return {
        "mean": "its words ask for an average", "median": "its words ask for the median",
        "max": "its words ask for the largest", "min": "its words ask for the smallest",
        "sum": "its words ask for a total", "distinct": "its words ask how many different ones there are",
    }[kind]  # fmt: skip

