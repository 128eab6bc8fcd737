"""Candidates about what accounts did to posts and links: acts together, copies, answers, chains of reshares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from factcheck.draft.conditions import column
from factcheck.draft.making import Candidate, Drafting, candidate, joined, that
from factcheck.draft.match import Match
from factcheck.draft.reading import Reading
from factcheck.draft.sentence import kin
from factcheck.draft.words import named
from factcheck.evidence.dataset import Family

_ACTORS = ("author", "account", "user", "handle", "username", "profile", "page", "actor", "screen")
_TARGETS = (
    "object", "target", "url", "link", "retweeted", "parent", "hashtag", "domain", "phash", "picture", "image", "post",
)  # fmt: skip
_PARENTS = ("parent", "retweet of", "retweeted", "reply to", "in reply to", "quoted", "shared from", "reshared")
_TEXTS = ("text", "message", "body", "content", "tweet", "full text", "title", "headline", "caption")
_SUFFIXES = frozenset(
    {"id", "ids", "url", "link", "name", "handle", "post", "tweet", "status", "account", "user", "status id", "post id"}
)
_EARLY = frozenset({"created", "registered", "joined", "opened", "published"})  # of two times the earlier, if either
_ORDERED = 0.8  # prior of two times in the order that their names speak against
_OTHER = 0.9  # prior of a target that no word names


def coordination(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """Acts of different accounts on one target within a short time."""
    actor, time = _first(drafting, _ACTORS), drafting.time()
    if actor is None or time is None or drafting.dataset.columns[time].family is Family.DATE:
        return
    chosen = [match for match in chosen if not match.covered <= _same(drafting)]  # 'the same tweet' is the target
    joining = joined(drafting, reading, chosen)
    for target, used, prior in _targets(drafting, actor):
        measure = {
            "coordination": reading.take, "actor": column(actor), "target": column(target), "time": column(time),
            "within": reading.unit,
        }  # fmt: skip
        yield candidate(
            drafting, reading, that(measure, joining, chosen, "among"), [*chosen, *used], joining, prior
        )


def _targets(drafting: Drafting, actor: str) -> Iterator[tuple[str, list[Match], float]]:
    """What may be acted on: the columns that the sentence speaks of, else the usual one."""
    may = [name for name in _named(drafting, _TARGETS) if name != actor and (name,) != drafting.dataset.key]
    told = [match for match in drafting.matches if match.what == "column" and match.column in may]
    stems = {drafting.sentence[at].stem for at in _same(drafting)} or {
        word.stem for word in named(drafting.dataset.unit or "")
    }  # rows that are links are acts on links
    stems |= {other for stem in stems for other in kin().get(stem, ())}
    if meant := [name for name in may if stems & {word.stem for word in named(name)}]:
        yield meant[0], [match for match in told if match.column == meant[0]], 1.0
        return
    for match in told[:2]:
        yield str(match.column), [match], 1.0
    for name in may[:1]:
        if all(match.column != name for match in told[:2]):
            yield name, [], _OTHER if told else 1.0


def _same(drafting: Drafting) -> frozenset[int]:
    """The nouns of what is acted on: 'the same tweet'."""
    return frozenset(at + 1 for at, word in enumerate(drafting.sentence[:-1]) if word.folded == "same")


def duplicates(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """Posts whose text occurs in another post, too."""
    name = next((one for one in _named(drafting, _TEXTS) if not one.lower().endswith(("id", "url"))), None)
    if name is None or any(match.column == name for match in chosen):
        return
    joining = joined(drafting, reading, chosen)
    measure = that({"duplicates": "share", "text": column(name)}, joining, chosen, "among")
    yield candidate(drafting, reading, measure, chosen, joining)


def delays(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """The time between the two moments of a row."""
    times = [name for name, one in drafting.dataset.columns.items() if one.family.is_time]
    if len(times) != 2 or any(match.column in times for match in chosen):
        return
    joining = joined(drafting, reading, chosen)
    for start, end, prior in _ordered(drafting, times):
        measure = {"delay": {"from": column(start), "to": column(end)}, "take": reading.take}
        yield candidate(drafting, reading, that(measure, joining, chosen, "among"), chosen, joining, prior)


def _ordered(drafting: Drafting, times: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """Which of two times is the earlier by its name: an account is created before it posts, an answer comes last."""
    one, other = times
    stems = [{word.stem for word in named(name)} for name in times]
    unit = {word.stem for word in named(drafting.dataset.unit or "")}
    words = [{word.folded for word in named(name)} for name in times]
    late = unit & stems[0] or (words[1] & _EARLY and not words[0] & _EARLY)
    first, last = (other, one) if late else (one, other)
    yield first, last, 1.0
    yield last, first, _ORDERED


def cascades(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """How a post was passed on: rows name their own post and the one that they reshare."""
    parent = _first(drafting, _PARENTS)
    child = drafting.dataset.key[0] if len(drafting.dataset.key) == 1 else _first(drafting, ("id",))
    if parent is None or child is None or child == parent:
        return
    joining = joined(drafting, reading, chosen)
    measure: dict[str, Any] = {"cascade": reading.take, "link": {"from": column(child), "to": column(parent)}}
    yield candidate(drafting, reading, that(measure, joining, chosen, "among"), chosen, joining)


def _first(drafting: Drafting, called: Iterable[str]) -> str | None:
    return next(iter(_named(drafting, called)), None)


def _named(drafting: Drafting, called: Iterable[str]) -> list[str]:
    """Columns of labels that are called one of these words, or their id or address, in the order of the words."""
    columns = {
        " ".join(word.folded for word in named(name)): name
        for name, one in drafting.dataset.columns.items() if one.family in (Family.TEXT, Family.INTEGER)
    }  # fmt: skip
    found = (name for word in called for said, name in columns.items() if _is_called(said, word))
    return list(dict.fromkeys(found))


def _is_called(name: str, word: str) -> bool:
    return name == word or (name.startswith(f"{word} ") and name.removeprefix(f"{word} ") in _SUFFIXES)
