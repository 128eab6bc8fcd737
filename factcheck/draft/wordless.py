"""What a sentence may claim without a figure: superlatives, comparisons, trends, first and last moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from factcheck.draft.dates import dates
from factcheck.draft.grammar import listed
from factcheck.draft.intents import Cue
from factcheck.draft.phrases import denial, outdoing
from factcheck.draft.reading import Kind, Reading
from factcheck.draft.standings import from_the_end, none_beside, runner_up
from factcheck.draft.words import Word

_BESIDE = 0.75  # beside a figure that is surely claimed
_OPENING = 0.6  # 'in April 2016 it began to follow 57 accounts': the month is hardly what is claimed
_BEHIND = 0.85  # 'behind' may say where something is


def without_figure(
    text: str, sentence: Sequence[Word], cues: Mapping[str, Sequence[Cue]], found: Sequence[Reading]
) -> Iterator[Reading]:
    """What the words claim besides the figures, whose readings are `found`."""
    sure = any(one.figure is not None and one.prior > 0.7 for one in found)
    fresh = [one for one in found if one.figure is not None and not one.figure.known]
    counted = sure and any(one.kind not in ("rank", "bottom") for one in fresh)
    stated = _BESIDE if sure else 1.0
    yield from _superlatives(sentence, cues, stated, found)
    yield from _comparisons(sentence, stated, found)
    if not found and not cues.keys() & {"most", "least", "rising", "falling", "flat"}:
        yield from _mostly(sentence)
    for direction in ("rising", "falling", "flat"):
        for cue in cues.get(direction, ())[:1]:
            if direction != "flat" and denial(sentence, cue.first) is not None:
                continue  # 'it did not rise'
            how = f"its words tell that it is {direction}"
            yield Reading("trend", direction, cue.first, cue.positions, 0.9 * stated, how=how)
    moments: tuple[Kind, Kind] = ("first", "last")
    for kind in moments:
        for cue in cues.get(kind, ())[:1]:
            for start, end, said in dates(text):
                at = frozenset(i for i, word in enumerate(sentence) if word.start < end and word.end > start)
                how = f"its words ask for the {kind}"
                prior = 0.95 * (_OPENING if counted else 1.0)
                yield Reading(kind, said, min(at, default=0), at | cue.positions, prior, how=how)


def _superlatives(
    sentence: Sequence[Word], cues: Mapping[str, Sequence[Cue]], stated: float, found: Sequence[Reading]
) -> Iterator[Reading]:
    largest, smallest = "its words name the largest", "its words name the smallest"
    places = {at for one in found if one.kind in ("rank", "bottom") for at in one.covered}
    most, fewest = none_beside(sentence, "more"), none_beside(sentence, "fewer")
    if most is not None:
        yield Reading("top", "", min(most), most, 1.05, how=largest)
    if fewest is not None:
        yield Reading("bottom", "first", min(fewest), fewest, 1.05, how=smallest)
    if (place := from_the_end(sentence)) is not None:
        yield Reading("bottom", place[0], min(place[1]), place[1], 1.05, how="its words count from the last")
    if second := runner_up(sentence):
        yield Reading("rank", "second", min(second), second, 1.0, how="its words name the second")
    least = cues.get("least", ())[:1]
    for cue in cues.get("most", ())[:1]:
        taken = any(cue.positions & c.positions for c in least)
        if cue.positions.isdisjoint(places) and most is None and fewest is None and not taken:
            covered, turned = _with_denial(sentence, cue)
            yield Reading("top", "", cue.first, covered, stated, how=largest, turned=turned)
    for cue in least:
        if cue.positions.isdisjoint(places) and place is None:
            covered, turned = _with_denial(sentence, cue)
            yield Reading("bottom", "more than 1" if turned else "first", cue.first, covered, stated, how=smallest)


def _mostly(sentence: Sequence[Word]) -> Iterator[Reading]:
    """'It mostly tweeted in English': more than half did, or more than anything else."""
    for at, word in enumerate(sentence):
        if word.folded in listed("mostly"):
            how = f"its words say '{word.text}'"
            yield Reading("share", "most", at, frozenset({at}), 0.95, how=how)
            yield Reading("top", "", at, frozenset({at}), 0.85, how=how)
            return


def _with_denial(sentence: Sequence[Word], cue: Cue) -> tuple[frozenset[int], bool]:
    """The words of a superlative with a 'not' that denies it: 'did not have the fewest'."""
    at = denial(sentence, cue.first)
    return (cue.positions, False) if at is None else (cue.positions | {at}, True)


def _comparisons(sentence: Sequence[Word], stated: float, found: Sequence[Reading]) -> Iterator[Reading]:
    """'more … than', 'outnumbered', 'ahead of', where no figure says how much more."""
    if any(one.kind in ("ratio", "difference", "points") for one in found):
        return
    taken = {at for one in found for at in one.covered}
    for said, covered, split, prior in _sides(sentence):
        how = f"its words compare: '{' … '.join(sentence[at].text for at in sorted(covered))}'"
        yield Reading("ratio", said, min(covered), covered, prior * stated, split=split, how=how)
    for at, word in enumerate(sentence):
        fewer = word.folded in listed("fewer") | listed("downward")
        more = not fewer and is_comparative(word)
        if not (more or fewer) or at in taken:
            continue
        than = next((i for i in range(at + 1, len(sentence)) if sentence[i].folded == "than"), None)
        if than is None or sentence[than - 1].folded == "rather":
            continue
        said = "more" if more else "fewer"
        how = f"its words compare: '{word.text} … than'"
        degree = {i for i in range(at + 1, than) if sentence[i].folded in listed("frequent") | {"likely"}}
        either: tuple[tuple[Kind, float], ...] = (("ratio", 1.0), ("points", 0.85))
        for kind, prior in either:
            yield Reading(kind, said, at, frozenset({at, *degree}), prior * stated, split=than, how=how)


def is_comparative(word: Word) -> bool:
    """'More', 'fonder', 'likelier'; not 'other' and not 'later'."""
    said = word.folded
    made = said.endswith("er") and len(said) > 4 and not word.stop and said not in listed("no comparatives")
    return said in listed("more") or made


def _sides(sentence: Sequence[Word]) -> Iterator[tuple[str, frozenset[int], int, float]]:
    """What is said of the first side, the words that say it, and where the second side begins."""
    if (outdone := outdoing(sentence)) is not None:
        yield "more", frozenset({outdone}), outdone, 1.0
    for at, word in enumerate(sentence[1:], 1):
        after = sentence[at + 1].folded if at + 1 < len(sentence) else ""
        if word.folded == "ahead" and after == "of":
            yield "more", frozenset({at}), at + 1, 1.0
        elif word.folded in listed("outdone"):
            yield "fewer", frozenset({at, at + 1} if after == "behind" else {at}), at + 1, 1.0
        elif word.folded == "behind" and sentence[at - 1].folded not in listed("outdone"):
            yield "fewer", frozenset({at}), at + 1, _BEHIND
