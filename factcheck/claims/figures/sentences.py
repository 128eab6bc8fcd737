"""The grammar of a numeric figure: hedge, number or range, unit, hedge again, direction, noun."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

from factcheck.claims.figures.amounts import Raw, read_raw, share_units
from factcheck.claims.figures.cursor import Cursor
from factcheck.claims.figures.quantity import Quantity
from factcheck.claims.figures.vocabulary import (
    CONNECTORS,
    FEWER_WORDS,
    HEDGES,
    LOOKALIKES,
    MISLEADING,
    MORE_WORDS,
    SUFFIXES,
    TELLING,
    UNITS,
    Hedge,
)

DIRECTED = (Quantity.RATIO, Quantity.DIFFERENCE, Quantity.POINTS)


@dataclass(frozen=True)
class Sentence:
    """The parts of a figure.

    `high` is the second end of a range, `limit` the upper hedge of `at least X and less than Y`.
    """

    hedge: Hedge
    low: Raw
    high: Raw | None = None
    limit: Hedge | None = None
    change: int = 0
    as_many: bool = False


def read_sentence(cur: Cursor) -> Sentence:
    """The whole text as one figure; nothing may be left over but a noun."""
    between = cur.take("between") or (cur.word() == "from" and cur.take("from"))
    hedge, change = (Hedge.PLAIN, 0) if between else _lead(cur)
    cur.and_joins = not between
    low = read_raw(cur)
    if low is None:
        _no_number(cur)
    high, limit = _second(cur, hedge, low, between)
    if high is not None:
        low, high = share_units(low, high)
    suffix = _suffix(cur)
    tail = read_tail(cur, directed=cur.quantity in DIRECTED and not change)
    hedge = _one_hedge(cur, hedge, suffix or tail.suffix, is_range=high is not None)
    return Sentence(hedge, low, high, limit, change or tail.change, tail.as_many)


def _lead(cur: Cursor) -> tuple[Hedge, int]:
    """The hedge in front of the number, and up or down where a change is claimed."""
    hedge = read_hedge(cur)
    change = 0
    if cur.quantity in DIRECTED and cur.next_in({"up", "down"}):
        change = 1 if cur.word() == "up" else -1
        cur.at += 1
        cur.take("by")
    return hedge, change


def read_hedge(cur: Cursor) -> Hedge:
    """The hedge that comes next; fillers such as `only` and `a total of` are stepped over."""
    while phrase := cur.longest(HEDGES):
        cur.at += len(phrase)
        if HEDGES[phrase] is not Hedge.PLAIN:
            _refuse_second_hedge(cur)
            return HEDGES[phrase]
    return Hedge.PLAIN


def _refuse_second_hedge(cur: Cursor) -> None:
    phrase = cur.longest(HEDGES)
    if phrase and HEDGES[phrase] is not Hedge.PLAIN:
        last = cur.tokens[cur.at + len(phrase) - 1]
        cur.fail("one hedge is enough: two leave the meaning open", cur.offset, last.end)
    cur.at += len(phrase)


def _no_number(cur: Cursor) -> NoReturn:
    if cur.next_in({"many", "several", "few", "lots", "countless", "numerous", "much", "some", "part"}) or cur.done:
        why = "no figure stands here: say which values would make it true"
    else:
        why = "this is not a number that can be read"
    cur.fail_here(why)


def _adjacent(low: Raw, high: Raw) -> bool:
    """True for `two or three million`, between which nothing lies."""
    first, second = share_units(low, high)
    return second.number.value - first.number.value == second.number.scale


def _second(cur: Cursor, hedge: Hedge, low: Raw, between: bool) -> tuple[Raw | None, Hedge | None]:
    """The other end of a range, if there is one."""
    if hedge.is_low and cur.next_in({"and", "but"}):
        return _upper_bound(cur)
    mark = cur.at
    _inner_noun(cur)
    joint, mark_offset = cur.word(), cur.offset
    joined = any(cur.take(word) for word in (_LINKS | {"and"} if between else _LINKS))
    cur.and_joins = True
    start = cur.offset
    high = read_raw(cur) if joined else None
    if high is None:
        cur.at = mark
        if between:
            cur.fail("the second end of the range is missing", 0, len(cur.text))
        return None, None
    if joint == "or" and not _adjacent(low, high):
        cur.fail("'or' leaves open what lies between: a range is told with 'to'", mark_offset, cur.end)
    if hedge is not Hedge.PLAIN:
        cur.fail("a hedge before a range leaves the ends open", start, cur.end)
    return high, None


_LINKS = frozenset({"to", "-", "or", "through"})


def _inner_noun(cur: Cursor) -> None:
    """Step over the noun of `200 likes to 300 likes`, at most three words."""
    for words in range(1, 4):
        token = cur.peek(words - 1)
        if token is None or token.kind != "word" or token.text in TELLING | CONNECTORS or _misspelt(token.text):
            return
        if cur.next_in(_LINKS | {"and"}, words):
            cur.at += words
            return


def _upper_bound(cur: Cursor) -> tuple[Raw | None, Hedge | None]:
    """`at least 200 and less than 300`."""
    mark = cur.at
    cur.at += 1
    limit = read_hedge(cur)
    high = read_raw(cur) if limit.is_high else None
    if high is None:
        cur.at = mark
        return None, None
    return high, limit


def _suffix(cur: Cursor) -> Hedge | None:
    """`or more`, `+`; but not the plus of `50% plus one`."""
    phrase = cur.longest(SUFFIXES)
    cur.at += len(phrase)
    if phrase in {("plus",), ("+",)} and cur.next_in(UNITS):
        cur.fail_here("a sum cannot be read: write the number")
    return SUFFIXES[phrase] if phrase else None


def _one_hedge(cur: Cursor, hedge: Hedge, suffix: Hedge | None, *, is_range: bool) -> Hedge:
    if suffix is None:
        return hedge
    if hedge is not Hedge.PLAIN or is_range:
        cur.fail("one hedge is enough: two leave the meaning open", 0, len(cur.text))
    return suffix


@dataclass(frozen=True)
class Tail:
    """What the words behind a number say; most are a noun and say nothing."""

    change: int = 0
    suffix: Hedge | None = None
    as_many: bool = False


def read_tail(cur: Cursor, *, directed: bool = False) -> Tail:
    """The noun behind the number, with what else may hide among its words."""
    if cur.next_in(MISLEADING):
        cur.fail_here("with this word it may be another number: write the number out")
    change, suffix, as_many = 0, None, False
    while not cur.done:
        if suffix is None and (suffix := _suffix(cur)) is not None:
            continue
        word = cur.word()
        if directed and not change and word in MORE_WORDS | FEWER_WORDS:
            change = 1 if word in MORE_WORDS else -1
            cur.at += 1
        elif cur.quantity is Quantity.RATIO and not as_many and _as_many(cur):
            as_many = True
        elif word == "than" and change:
            cur.at += 1
        else:
            _noun(cur)
    _refuse_dangling(cur)
    return Tail(change, suffix, as_many)


def _as_many(cur: Cursor) -> bool:
    if cur.word() == "of" and cur.peek(1) is not None:
        cur.at += 1
        return True
    if cur.word() == "as" and (cur.peek(1) or cur.tokens[0]).kind == "word":
        cur.at += 2
        return True
    return False


_MARKS = frozenset({"-", ".", ",", "'", '"', "(", ")", "/"})


def _noun(cur: Cursor) -> None:
    """Step over one word of a noun."""
    token = cur.peek()
    if token is None:
        return
    if token.kind == "sign" and token.text in _MARKS:
        _mark(cur)
        return
    if token.kind != "word" or token.text in TELLING:
        cur.fail_here("this cannot be read behind the number")
    near = _misspelt(token.text)
    if near:
        cur.fail_here(f"did you mean '{near}'?")
    cur.at += 1


def _mark(cur: Cursor) -> None:
    """A hyphen, full stop or bracket may stand in a noun, not between a number and half a word."""
    after = cur.peek(1)
    if cur.word() == "-" and (after is None or after.kind != "word" or cur.tokens[cur.at - 1].kind == "number"):
        cur.fail_here("this cannot be read behind the number")
    if cur.word() == "-" and cur.tokens[cur.at - 1].text in TELLING:
        cur.at += 1
        cur.fail_here("this is no number word")
    cur.at += 1


def _refuse_dangling(cur: Cursor) -> None:
    last = cur.tokens[-1] if cur.tokens else None
    if last is not None and cur.at == len(cur.tokens) and last.kind == "word" and last.text in CONNECTORS - {"a"}:
        cur.fail("something is missing behind this word", last.start, last.end)


@lru_cache(maxsize=4096)
def _misspelt(word: str) -> str:
    """The number word that this was probably meant to be."""
    return next((known for known in LOOKALIKES if word != known and _one_slip(word, known)), "")


def _one_slip(word: str, known: str) -> bool:
    """True where one letter is missing, added, wrong, or swapped with its neighbour (or a plural's s was added)."""
    word = word.removesuffix("s") if len(word) > len(known) else word
    if abs(len(word) - len(known)) > 1 or word == known:
        return False
    same = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    rest, other = word[same:], known[same:]
    swapped = rest[:2][::-1] == other[:2] and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
