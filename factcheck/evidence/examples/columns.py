"""What a column holds, as far as a report must know: names of people, ids, what people wrote, or neither."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from factcheck.evidence.dataset import Column, Dataset, Family
from factcheck.evidence.examples.rules import listed, pattern, spelt


class Holds(StrEnum):
    ACCOUNT = "account"
    CONTACT = "contact"
    THING = "thing"  # the id of a post, or of whatever a row is
    WRITTEN = "written"
    CATEGORY = "category"
    OTHER = "other"

    @property
    def names(self) -> bool:
        """Whether a value of it leads to a person, an account or a post."""
        return self in (Holds.ACCOUNT, Holds.CONTACT, Holds.THING)


_LONGEST = 3  # words of a column's name; a longer one is a question of a survey, say
_ORDER = (Holds.CONTACT, Holds.ACCOUNT, Holds.THING, Holds.WRITTEN, Holds.OTHER, Holds.CATEGORY)


def about_people(dataset: Dataset) -> bool:
    """Whether the rows are those of posts, accounts or persons, or are made from such rows. Printed figures are not.

    Of rows that nobody says anything about it is assumed.
    """
    if any(map(about_people, dataset.made_from)):
        return True
    if dataset.format == "reported":
        return False
    words = spelt(dataset.unit or "").split("_")
    named = {spelt(name) for name in dataset.columns}
    return (
        dataset.unit is None
        or any({word, word.removesuffix("s")} & listed("people", "units") for word in words)
        or bool(named & listed("people", "columns"))
        or dataset.format in listed("people", "formats")
        or dataset.name.endswith((".nodes", ".edges"))
    )


def holds(dataset: Dataset, column: Column, people: bool) -> Holds:
    """What a column holds by its name and by the names of all columns that it is made from: the gravest of them."""
    found = {_by_name(spelt(name), column.family, people) for name in _names(dataset, column)}
    return next(one for one in _ORDER if one in found)


def _names(dataset: Dataset, column: Column) -> Iterator[str]:
    seen: set[str] = set()
    waiting = [column.name]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        yield name
        known = dataset.columns.get(name)
        if known is None:
            continue
        waiting += known.uses
        yield from known.synonyms
        for source in dataset.made_from:
            for origin in known.origins:
                if origin.dataset == source.name and origin.column in source.columns:
                    yield from _names(source, source.columns[origin.column])


@cache
def _by_name(name: str, family: Family, people: bool) -> Holds:
    if family in (Family.BOOLEAN, Family.DATE, Family.TIMESTAMP, Family.TIME):
        return Holds.OTHER
    if family.is_number and not pattern("number").search(name):
        return Holds.OTHER
    short = people and len(name.split("_")) <= _LONGEST
    if pattern("contact").search(name):
        return Holds.CONTACT
    if pattern("account").search(name) or (short and pattern("account_of_people").search(name)):
        return Holds.ACCOUNT
    if people and pattern("thing").search(name):
        return Holds.THING
    if pattern("written").search(name):
        return Holds.WRITTEN
    return Holds.CATEGORY if pattern("category").search(name) else Holds.OTHER
