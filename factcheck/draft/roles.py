"""Which conditions of a sentence say what is counted, and which of what: the base of a share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.draft.conditions import column
from factcheck.draft.grammar import denies, listed
from factcheck.draft.match import Match
from factcheck.draft.readings import Reading
from factcheck.draft.words import Word

_REACH = 5  # words that may stand between "not" and what it denies
_IDLE = frozenset(
    {"forget", "forgetting", "only", "just", "least", "surprisingly", "surprising", "doubt", "wonder", "mention"}
    | {"matter", "secret", "coincidence", "accident", "mistake", "joke", "question", "unexpectedly", "less", "merely"}
)
_ADVERBS = frozenset({"always", "often", "also", "sometimes", "still", "usually", "ever", "rather", "just"})
_TURNED_ROUND = 0.65  # prior of "half of A are B" read as a share of A among B, which it hardly says
_BESIDE = 1  # those between "without" and what is missing that say anything


@dataclass(frozen=True)
class Roles:
    """Conditions by their part in the claim; `prior` says how well that fits the order of the words."""

    counted: tuple[Match, ...]
    base: tuple[Match, ...]
    prior: float


def idle(sentence: Sequence[Word]) -> frozenset[int]:
    """Negations of turns of phrase that deny nothing of the data: 'let us not forget', 'not only', 'no doubt'."""
    found: set[int] = set()
    for at, word in enumerate(sentence[:-1]):
        if word.folded in listed("denials") and sentence[at + 1].folded in _IDLE:
            found |= {at, at + 1}
    return frozenset(found)


def denied(match: Match, sentence: Sequence[Word], taken: frozenset[int], others: Sequence[Match]) -> int | None:
    """The position of a negation that stands before a condition; None where there is none."""
    edge = max((other.last for other in others if other.last <= match.first), default=0)
    between = 0
    taken |= idle(sentence)
    taken |= frozenset(at for other in others for at in other.covered)  # 'never' may be an answer
    for at in range(match.first - 1, max(edge, match.first - 1 - _REACH) - 1, -1):
        word = sentence[at]
        if at not in taken and denies(word):
            return at
        if at not in taken and word.folded in listed("exceptions"):
            return at if between <= _BESIDE else None
        between += not word.stop
    return None


def negated(match: Match) -> str:
    """The condition that holds where that of a match does not, as a person would write it."""
    condition, name = match.condition or "", match.column
    if name is not None and isinstance(match.value, bool):
        return f"not {column(name)}" if match.value else column(name)
    if name is not None and condition == f"{column(name)} = 1":
        return f"{column(name)} = 0"
    if name is not None and condition.startswith(f"{column(name)} = "):
        return condition.replace(" = ", " <> ", 1)
    return f"not ({condition})"


def roles(reading: Reading, chosen: Sequence[Match], sentence: Sequence[Word]) -> list[Roles]:
    """How conditions may be parted into what is counted and of what, the likeliest first."""
    if not chosen:
        return []
    base = [match for match in chosen if _in_base(reading, match, sentence, chosen)]
    counted = [match for match in chosen if match not in base]
    if not counted:
        counted, base = [base[-1]], base[:-1]
    found = [Roles(tuple(counted), tuple(base), 1.0)]
    if base:
        found.append(Roles(tuple(chosen), (), 0.9))
    if len(counted) > 1:
        for match in counted:
            rest = tuple(one for one in counted if one is not match)
            if not _alike(match, rest):
                found.append(Roles((match,), (*base, *rest), 0.92))
    if len(base) == 1 and len(counted) == 1:
        told = reading.figure is not None and _of_follows(sentence, reading.figure.last)
        found.append(Roles(tuple(base), tuple(counted), _TURNED_ROUND if told else 0.85))
    times = tuple(match for match in counted if match.what == "time")
    if times and len(times) < len(counted):
        rest = tuple(match for match in counted if match.what != "time")
        found.insert(0, Roles(rest, (*base, *times), 1.0))
        found[1] = Roles(found[1].counted, found[1].base, 0.95)
    return found


def _alike(match: Match, others: Sequence[Match]) -> bool:
    return any(other.column == match.column for other in others)


def _in_base(reading: Reading, match: Match, sentence: Sequence[Word], chosen: Sequence[Match]) -> bool:
    """Whether a condition belongs to what the share is of: behind 'of', before the verb, or in front with a comma."""
    figure = reading.figure
    first, last = (figure.first, figure.last) if figure is not None else (reading.anchor, reading.anchor + 1)
    if figure is not None and figure.inner and match.first in figure.inner:
        return True
    if match.first < first:
        return _fronted(sentence, match, first)
    if match.first < last:
        return False
    end = _verb(sentence, last)
    if end is not None:
        return match.first < end
    return match is not chosen[-1] and (_of_follows(sentence, last) or match.first == last)  # 'most smokers want to'


def _of_follows(sentence: Sequence[Word], at: int) -> bool:
    return at < len(sentence) and sentence[at].folded in ("of", "among")


def _fronted(sentence: Sequence[Word], match: Match, figure: int) -> bool:
    """'Of the paintings with an ocean, nine in ten …'"""
    if match.what == "time":
        return True
    begins = sentence[0].folded in listed("front")
    return begins and not any(sentence[at].folded in listed("auxiliaries") for at in range(match.last, figure))


def _verb(sentence: Sequence[Word], start: int) -> int | None:
    """Where the predicate begins: the first verb that is not within 'that …' or 'who …'."""
    within = False
    for known in (listed("auxiliaries"), listed("auxiliaries") | listed("verbs")):
        within = False
        for at in range(start, len(sentence)):
            word = sentence[at].folded
            if word in listed("relative") and at + 1 < len(sentence):
                within = True
            elif word in known and at > start:
                if not within:
                    return _with_adverbs(sentence, at, start)
                within = False
    return None


def _with_adverbs(sentence: Sequence[Word], at: int, start: int) -> int:
    """Where a predicate begins whose verb stands at `at`: 'never reclines', 'also often write'."""
    while at - 1 > start and (
        sentence[at - 1].folded in _ADVERBS | listed("denials") or sentence[at - 1].folded.endswith("ly")
    ):
        at -= 1
    return at
