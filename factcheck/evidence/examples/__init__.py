"""A handful of the rows behind a number, for a report: only those that may be shown, and of them only what may.

Rows are shown where the dataset's licence allows others to copy them; of a `query`, where those of all its sources do.
`rules.yaml` lists such licences; NC and ND are not among them.

Unless accounts are asked for, names and ids of people, accounts and posts are replaced by numbers that hold within
one claim ("account 1"), never by something computed from the name. What is known to be a name is known by the
column's name, by the columns that it is made from, or by its looks (an @, an e-mail address, a long id, an address of
a profile). Where the rows are those of posts, accounts or persons, a text is shown only if the claim itself or its
column's `expr` writes it, or if its column holds one of a few words by name (country, language, party …). Their times
are shown to the hour, since the second finds the post.

What people wrote is shown only where the dataset tells that it can still be read: a column such as `deleted`,
`deleted_at` or `status`. Where it says that the post is gone, the text is never shown; where it says nothing, the
post may have been deleted since, and its text is not shown either. Nothing that a person may ask for changes that. In
what is shown, @names, e-mail addresses, phone numbers and web addresses are replaced. Words that are found in a
search engine still lead to who wrote them: masking names does not make a text anonymous.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MOST = 5  # rows of a claim, where nobody asks for another number
LONGEST = 140  # characters of a value

Choice = Literal["all", "first", "largest", "smallest"]


@dataclass(frozen=True)
class Wish:
    """How many rows of a claim are wanted at most (0 is none), and whether accounts are to be named."""

    most: int = 0
    accounts: bool = False


NONE = Wish()


@dataclass(frozen=True)
class Hidden:
    """What stands in the place of a value: a `code` of words.yaml, and which one it is (account 1, account 2)."""

    code: str
    number: int = 0
    noun: str = ""


Cell = str | bool | Hidden | None  # None is not known


@dataclass(frozen=True)
class Sample:
    """Rows of one dataset that count for a claim, ready to be shown, or the code of a reason why there are none.

    `choice` says which of all such rows they are, `by` what they are sorted by, and `where` the condition that makes
    them count, both as the claim has them. `masked` says that names are replaced, `unwritten` that texts are left out
    because posts may have been deleted.
    """

    dataset: str
    title: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    choice: Choice = "first"
    by: str = ""
    where: str = ""
    masked: bool = False
    cleared: bool = False  # names, numbers and addresses inside texts are replaced
    unwritten: bool = False
    hours: bool = False  # times are shown to the hour
    synthetic: bool = False
    refused: str | None = None
    licence: str | None = None
