"""The kind `coordination`."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound
from factcheck.measures.coordinated import DAY, SECOND, Coordination, What
from factcheck.measures.fields import Among
from factcheck.measures.form import Binder, Form, Measure
from factcheck.measures.rows import rows_of
from factcheck.text.fields import PositiveNumber, found, wrong

LONGEST = 36_525 * DAY
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_WINDOW = re.compile(
    r"(\d{1,9}(?:\.\d{1,6})?|an?)\s*(s|sec|secs|seconds?|min|mins|minutes?|h|hours?|d|days?|weeks?)", re.IGNORECASE
)


def _window(value: Any) -> Any:
    match = _WINDOW.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        number = re.fullmatch(r"\s*\d+(?:\.\d+)?\s*", value) if isinstance(value, str) else None
        raise wrong(
            f"expected a time with its unit, found {found(value)}",
            f"write {value.strip()} seconds" if number else "such as 60 seconds, 10 minutes or 1 day",
        )
    if window_of(value.strip()) > LONGEST:
        raise wrong(f"{value.strip()} is longer than a hundred years", "such as 60 seconds, 10 minutes or 1 day")
    return value.strip()


Window = Annotated[str, BeforeValidator(_window), WithJsonSchema({"type": "string"})]


class CoordinationForm(Form):
    """Accounts that act on the same target within a short time of one another: retweet a post, share a link.

    **What counts.** A row is an act: `actor` did something to `target` at `time`. Two acts are *together* if they have
    the same target and different actors and lie at most `within` apart (|t₁ − t₂| ≤ `within`; a minute to the second
    counts, and so does the same moment). An account is never together with itself. Two accounts are a *pair* if they
    are together on at least `at_least` different targets (default 1: once is enough). `pairs` counts them,
    `accounts` the accounts in at least one pair, `share` the rows that are together with a row of an account that is
    their account's pair, of all rows of the base.

    `counting` says what `at_least` counts: `targets` (default), so that one link shared five times in a minute is one
    occasion; or `actions`, every two acts that are together, as CooRTweet weighs its edges (Righetti & Balluff 2025)
    and the coordination network toolkit does (Graham 2020). An account that repeats itself reaches any number of
    those alone. The report says which was used, `explain` what the other gives. `min_participation` of CooRTweet is
    neither: it asks how often an account acts, not with whom.

    **Times** are moments, or numbers of seconds since 1970 (CooRTweet's `timestamp_share`); differences do not depend
    on the time zone. Dates without a time are compared by the calendar, for a `within` of whole days: `1 day` takes
    in the same day and the next. Values are compared as they stand, so that two spellings of a link are two targets;
    an empty text is no value, as in CSV.
    A row has one target: lists of links or hashtags need a dataset whose `query` makes a row of each.

    **Missing values.** A row without an actor, target or time could have been together with any: the smallest figure
    counts none of them, the largest what the most crowded moment of any target (and, for `at_least` above 1, the
    account nearest to most) would bring for each. The estimate of `share` is taken over the rows that have all
    three. Where a column says `missing: none`, a NULL means that nothing was acted on: the row stays in the base.

    In a partial collection and in a random sample `pairs` and `accounts` are lower bounds, and a share can be anything
    above zero (if the population is known: at least the rows found of all), since rows not seen can make others
    coordinated; `sample_fraction` scales nothing. For `about: process` there is no interval.

    **By chance.** Popular targets bring strangers together. The report says what chance alone would give, in 99 draws
    with a fixed seed: with `at_least: 1` every time is moved by up to 30 minutes to either side; above that the actors
    of each target are dealt anew among its acts. Up to 50,000 rows on targets with several actors and 200,000 pairs of
    rows it is always drawn; a note says where it is not. The figures for a quarter, half, twice and four times the
    window stand beside it.

    **Limits.** `share` and `accounts` with `at_least: 1` need no pairs and take n·log n whatever the rows. Else up to
    100 million pairs of rows within the time are listed; with `counting: targets` the largest targets of each account
    need no listing, so that a target that a million accounts shared seldom matters. Beyond that the claim is an
    error that says how many there are.

    What it cannot show: who asked whom, whether anybody did, and whether the accounts are people. Alerts, bots of a
    newsroom and a goal in a football match all bring accounts together within seconds.

    Example: `measure: {coordination: share, actor: author, target: parent, time: created_at}`, `claimed: half`
    """

    kind: ClassVar[str] = "coordination"
    coordination: What = Field(description="The share of rows, the pairs of accounts, or the accounts in pairs.")
    actor: str = Field(description="The column (or expression) that names the account.", examples=["author"])
    target: str = Field(description="The column (or expression) that names what is acted on.", examples=["url"])
    time: str = Field(description="When: a moment, or seconds since 1970.", examples=["created_at"])
    within: Window = Field("60 seconds", description="How far apart acts may lie.", examples=["60 seconds"])
    at_least: PositiveNumber = Field(
        1, description="How often two accounts must be together to be a pair.", examples=["2"]
    )
    counting: Literal["targets", "actions"] = Field(
        "targets", description="What `at_least` counts: different targets, or every two acts that are together."
    )
    among: Among = None

    def bind(self, binder: Binder) -> Measure:
        rows = rows_of(binder, self.among, "among")
        if rows.counts is not None:
            raise binder.fail("'coordination' is not defined for a dataset whose rows stand for counts", "coordination")
        actor, target = self._value(binder, self.actor, "actor"), self._value(binder, self.target, "target")
        time = binder.expression(self.time, "time")
        if not (time.family.is_time or time.family.is_number or time.family is Family.UNKNOWN):
            hint = "a moment, or seconds since 1970"
            message = f"'time' needs {hint}; {self.time} is {time.family.value}"
            raise binder.fail(message, "time", hint="give the column a type: and format: in the manifest")
        window = window_of(self.within)
        if time.family is Family.DATE and window % DAY:
            message = f"{self.time} is a date, which cannot tell whether acts lie {self.within} apart"
            raise binder.fail(message, "within", hint="give a column of moments, or whole days: `within: 1 day`")
        if actor.sql == target.sql:
            raise binder.fail("'actor' and 'target' are the same, so that no two accounts share a target", "target")
        return Coordination(
            rows, self.coordination, actor, target, time, window, self.within, self.at_least, self.counting
        )

    def _value(self, binder: Binder, text: str, key: str) -> Bound:
        bound = binder.expression(text, key)
        if bound.family in (Family.LIST, Family.OTHER):
            hint = "make a row of each with a dataset's `query` (UNNEST)" if bound.family is Family.LIST else ""
            raise binder.fail(f"'{key}' needs one value a row; {text} is {bound.family.value}", key, hint=hint)
        return bound


def window_of(text: str) -> int:
    """Microseconds of a stretch of time as it is written."""
    match = _WINDOW.fullmatch(text)
    assert match is not None  # the field is checked
    number = Fraction(1) if match[1].lower() in ("a", "an") else Fraction(match[1])
    return int(number * _UNITS[match[2][0].lower()] * SECOND)
