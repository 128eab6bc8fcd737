"""What posts and accounts did, as the words claim it: spikes, acts together, copies, answers, chains of reshares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factcheck.claims.figures import Quantity
from factcheck.draft import calendar
from factcheck.draft.figure import Figure
from factcheck.draft.intents import Cues, words_of
from factcheck.draft.reading import Kind, Reading
from factcheck.draft.words import Word

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_BESIDE = 0.75  # beside a figure that is surely claimed
_COUNTS = frozenset({"a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_HEDGES = frozenset({"than", "most", "more", "no", "at", "less", "within", "under", "inside"})
_OTHERS = frozenset({"apart", "each", "one", "another", "somebody", "someone", "anybody", "anyone"})
_DENIALS = frozenset({"no", "not", "never", "without"})
_INNER = frozenset({"within", "inside", "in"})
_BOUNDED = ("at most", "no more", "less than", "under", "fewer")
_TAKES = {"max": "slowest", "min": "fastest", "mean": "mean", "median": "median"}  # the words that say so


def of_posts(
    sentence: Sequence[Word], figures: Sequence[Figure], cues: Cues, found: Sequence[Reading]
) -> Iterator[Reading]:
    """All of these that the words allow; `found` are the readings of other kinds."""
    stated = [figure for figure in figures if not figure.known]
    yield from _spikes(sentence, cues, found)
    for figure in stated:
        share = figure.reads(Quantity.PROPORTION)
        amount = figure.reads(Quantity.COUNT) and not share and not figure.reads(Quantity.DURATION)
        if share and "copies" in cues:
            yield _reading("duplicates", figure, words_of(cues, "copies"), "its words ask for copies")
        yield from _together(figure, sentence, cues, share=share, amount=amount)
        if share and "reshared" in cues:
            how = "its words ask what was passed on in turn"
            yield _reading("cascade", figure, words_of(cues, "reshared"), how, take="secondary_share")
        if amount and "chains" in cues:
            how = "its words ask how far it was passed on"
            yield _reading("cascade", figure, words_of(cues, "chains"), how, take="depth")
        if figure.reads(Quantity.DURATION) and not share and "delay" in cues:
            yield from _delays(figure, sentence, cues)
        if share or amount:
            yield from _in_common(figure, cues, share=share)
    yield from _in_a_moment(sentence, cues, stated)


def _reading(
    kind: Kind, figure: Figure, words: frozenset[int], how: str, prior: float = 1.0, take: str = ""
) -> Reading:
    own = words - figure.positions
    return Reading(kind, figure.text, figure.first, figure.positions | own, prior, figure, how=how, take=take, said=own)


def _spikes(sentence: Sequence[Word], cues: Cues, found: Sequence[Reading]) -> Iterator[Reading]:
    """'Shot up on 5 June': the days are what is claimed, and found where a dataset's times are known."""
    sure = any(one.figure is not None and one.prior > 0.7 and one.claimed != "none" for one in found)
    for cue in cues.get("spikes", ())[:1]:
        words = words_of(cues, "spikes")
        near = {at: sentence[at].folded for at in range(max(0, cue.first - 2), cue.first)}
        denials = {at for at, word in near.items() if word in _DENIALS or word.endswith("n't")}
        how = "its words say that a day stands out"
        prior = 1.05 * (_BESIDE if sure else 1.0)
        yield Reading("peaks", "", cue.first, words | denials, prior, how=how, said=words, turned=bool(denials))


def _in_common(figure: Figure, cues: Cues, *, share: bool) -> Iterator[Reading]:
    """'The two have 120 readers in common', 'overlap by a third'."""
    if words := words_of(cues, "common"):
        take = "jaccard" if share else "count"
        yield _reading("overlap", figure, words, "its words ask for what sets have in common", take=take)
    if share and (words := words_of(cues, "contained")):
        how = "its words ask what part of one set is in another"
        yield _reading("overlap", figure, words, how, take="share_of_first")


def _together(
    figure: Figure, sentence: Sequence[Word], cues: Cues, *, share: bool, amount: bool
) -> Iterator[Reading]:
    """'Within a minute of another account': a share of acts, a number of accounts or of pairs of them."""
    found = window(sentence, figure)
    other = words_of(cues, "together")
    unison = words_of(cues, "unison")
    if not (share or amount) or not (unison or (other and found is not None)):
        return
    length, words = found if found is not None else (60, frozenset())
    near = range(figure.last, min(len(sentence), figure.last + 2))
    pairs = frozenset(at for at in near if sentence[at].folded in ("pair", "pairs"))
    take = "share" if share else "pairs" if pairs else "accounts"
    how = "its words say that accounts acted within a short time"
    own = words | unison | other | pairs
    prior = 1.0 if words else 0.9
    yield Reading(
        "coordination", figure.text, figure.first, figure.positions | own, prior, figure, how=how, take=take,
        unit=said(length), said=own,
    )


def window(sentence: Sequence[Word], figure: Figure) -> tuple[int, frozenset[int]] | None:
    """A short time that the sentence names besides the figure, in seconds, and its words; 'the same second' is one."""
    for at, word in enumerate(sentence):
        unit = _SECONDS.get(word.folded.removesuffix("s"))
        if unit is None or at == 0 or at in figure.positions:
            continue
        before = sentence[at - 1].folded
        if before == "same":
            return unit, frozenset({at - 1, at})
        count = calendar.count_at(sentence, at - 1) if before.isdigit() or before in _COUNTS else None
        if count is not None:
            low = at - 1
            while low and sentence[low - 1].folded in _HEDGES:
                low -= 1
            after = {one.folded for one in sentence[at + 1 : at + 3]}
            if low < at - 1 or not after.isdisjoint(_OTHERS):  # 'the first two days' are when, not how close
                return count * unit, frozenset(range(low, at + 1))
    return None


def said(seconds: int) -> str:
    """A length of time as `within` names it."""
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds % length == 0 and seconds > length:
            return f"{seconds // length} {unit}"
    return f"{seconds} seconds"


def _delays(figure: Figure, sentence: Sequence[Word], cues: Cues) -> Iterator[Reading]:
    """How long something took: the longest, the shortest, the mean, else half of all and the longest."""
    words = words_of(cues, "delay")
    told = [take for take, cue in _TAKES.items() if cue in cues]
    halves = {at for at, word in enumerate(sentence) if word.folded == "half" and at not in figure.positions}
    takes = [(take, 1.0) for take in told[:1]] or [("median", 1.0 if halves else 0.85), ("max", 0.8)]
    before = sentence[figure.first - 1].folded if figure.first else ""
    inner = before in _INNER and not figure.text.startswith(_BOUNDED)
    claimed = f"at most {figure.text}" if inner else figure.text
    for take, prior in takes:
        more = words_of(cues, _TAKES[take])
        how = "its words ask how long something took"
        covered = figure.positions | words | more | halves
        own = (words | more) - figure.positions
        yield Reading("delay", claimed, figure.first, covered, prior, figure, how=how, take=take, said=own)


def _in_a_moment(sentence: Sequence[Word], cues: Cues, stated: Sequence[Figure]) -> Iterator[Reading]:
    """'Within a minute on average': 'a minute' alone is no figure."""
    if any(figure.reads(Quantity.DURATION) for figure in stated) or "delay" not in cues:
        return
    for at, word in enumerate(sentence):
        if word.folded in _SECONDS and at and sentence[at - 1].folded in ("a", "an", "one"):
            inner = at > 1 and sentence[at - 2].folded in _INNER
            text = f"{'at most ' if inner else ''}{'an' if word.folded == 'hour' else 'a'} {word.folded}"
            figure = Figure(text, at - 1 - inner, at + 1, frozenset({Quantity.DURATION}))
            yield from _delays(figure, sentence, cues)
            return

