"""What part of texts occurs elsewhere, where some texts are not known or were never seen: worst-case bounds.

Of the rows that are known, `copies` have a text that another has too, `singles` have one of their own, `empty` have
none. Further rows may have any text or none.

* No further row need be a copy, and none can take from a copy what it shares: at least `copies`.
* At most, every further row takes the text of a single one while there are any, and of each other or of a copy then.
  A row has one text, so that each makes at most one single row a copy: copies + further + min(further, singles).
  One row alone, with neither single nor copy beside it, has nothing to share.

Where texts are held to be copies that are only alike, one row can be alike to many that are not alike to one another,
and every single row may become a copy.
"""

from __future__ import annotations

from fractions import Fraction

from factcheck.errors import StatisticsError
from factcheck.stats.checks import whole


def most_copies(copies: int, singles: int, further: int, *, alike: bool = False) -> int:
    """The most copies that there can be, once every one of the `further` rows has a text."""
    for name, n in (("copies", copies), ("singles", singles), ("further", further)):
        whole(name, n)
    if copies == 1 and not alike:
        raise StatisticsError("a text that occurs elsewhere stands in two rows at least; got copies=1")
    if further == 0 or (further == 1 and copies == 0 and singles == 0):
        return copies
    return copies + further + (singles if alike else min(further, singles))


def copies_share(
    copies: int, singles: int, empty: int, unknown: int, unseen: int = 0, *, alike: bool = False
) -> tuple[Fraction, Fraction]:
    """The least and the largest share of copies among all rows, `unknown` and `unseen` ones included.

    Of rows that were not seen, any number from none to `unseen` may belong to the base. The largest share has all of
    them: a further row adds one or two copies to at most as many copies as there are rows.
    """
    given = {"copies": copies, "singles": singles, "empty": empty, "unknown": unknown, "unseen": unseen}
    for name, n in given.items():
        whole(name, n)
    known = copies + singles + empty + unknown
    if known + unseen == 0:
        raise StatisticsError("a share needs at least one row; got none")
    most = most_copies(copies, singles, unknown + unseen, alike=alike)
    return Fraction(copies, known + unseen), Fraction(most, known + unseen)
