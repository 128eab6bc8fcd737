"""The helper functions of the claim language, each as plain SQL in the tree, so that no engine has to know them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import scripts, times
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.regex import NOT_WORD, WORD_SET
from factcheck.evidence.expressions.regex_write import portable
from factcheck.evidence.expressions.scope import ExpressionError
from factcheck.evidence.expressions.typed import Typed, call, number, text
from factcheck.evidence.expressions.values import timezone

if TYPE_CHECKING:
    from factcheck.evidence.expressions.binder import Binder

# A tag begins after anything but a letter, a digit, _ or what makes it part of another tag or an entity (&#39;).
_BEFORE_TAG = f"(?:^|[^{WORD_SET}&#＃])"
_HOST = (
    r"^\s*(?:(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@\s]*@)?)?"  # scheme and user, if any
    r"(?:www\.)?([^\s/?#:@,]+\.[^\s/?#:@.,]+)\.?(?:[:/?#]|\s*$)"
)


def matched(value: exp.Expression, pattern: str) -> exp.Expression:
    return exp.RegexpLike(this=value.copy(), expression=text(pattern))


def script(value: Typed) -> Typed:
    return value.make(scripts.dominant(value.tree), Family.TEXT)


def has_script(value: Typed, name: str) -> Typed:
    return value.make(scripts.has(value.tree, scripts.script_name(name)), Family.BOOLEAN)


def matches(value: Typed, pattern: str) -> Typed:
    return value.make(matched(value.tree, portable(pattern).text), Family.BOOLEAN)


def domain(value: Typed) -> Typed:
    found = call("regexp_extract", call("lower", value.tree), text(_HOST), number(1))
    return value.make(exp.Nullif(this=found, expression=text("")), Family.TEXT, nulls=True)


def hashtags(value: Typed) -> Typed:
    return _all(value, "＃", "#", rf"{_BEFORE_TAG}(#[{WORD_SET}]*[\p{{L}}\p{{M}}][{WORD_SET}]*)")


def mentions(value: Typed) -> Typed:
    return _all(value, "＠", "@", rf"(?:^|[^{WORD_SET}@/.])(@[a-z0-9_]+)")


def _all(value: Typed, wide: str, sign: str, pattern: str) -> Typed:
    """All that the group of `pattern` finds, in lower case; `wide` is the full-width form of `sign`."""
    plain = call("replace", call("lower", value.tree), text(wide), text(sign))
    return value.make(call("regexp_extract_all", plain, text(pattern), number(1)), Family.LIST)


def has_hashtag(value: Typed, tag: str) -> Typed:
    bare = tag.lstrip("#＃")
    if not bare or any(not (c.isalnum() or c == "_" or c in "\u200c\u200d") and not _mark(c) for c in bare):
        raise ExpressionError(f"'{tag}' is not a hashtag", "letters, digits and _ after the #", code="hashtag")
    return value.make(matched(value.tree, f"(?i){_BEFORE_TAG}[#＃]{bare}(?:{NOT_WORD}|$)"), Family.BOOLEAN)


def _mark(char: str) -> bool:
    import unicodedata

    return unicodedata.category(char).startswith("M")


def local_hour(value: Typed, zone: str) -> Typed:
    return value.make(hour_on_clock(value, timezone(zone).key), Family.INTEGER)


def hour_on_clock(value: Typed, zone: str) -> exp.Expression:
    if value.family is Family.DATE:
        raise ExpressionError("a date has no hour", code="type")
    return exp.Extract(this=exp.Var(this="HOUR"), expression=times.to_clock(times.moment(value), zone))


def days_between(start: Typed, end: Typed, zone: str) -> Typed:
    return times.between(zone, "day", start, end)


def digits_at_end(value: Typed) -> Typed:
    return value.make(call("length", call("regexp_extract", value.tree, text("[0-9]+$"))), Family.INTEGER)


def is_random_handle(value: Typed) -> Typed:
    """All of: 12 or more letters and digits; small and capital letters; a digit before a letter; and either four
    consonants in a row or at most a quarter of vowels. CASE spares most texts all but the first test."""
    shape = matched(value.tree, "^@?[A-Za-z0-9]{12,}$")
    tree: exp.Expression = matched(value.tree, "[a-z]")
    for pattern in ("[A-Z]", "[0-9][A-Za-z]"):
        tree = exp.And(this=tree, expression=matched(value.tree, pattern))
    vowels = exp.Mul(this=number(4), expression=scripts.kept(value.tree, "AEIOUaeiou"))
    few = exp.LTE(this=vowels, expression=scripts.kept(value.tree, "A-Za-z"))
    clumsy = exp.Or(this=matched(value.tree, "(?i)[b-df-hj-np-tv-z]{4}"), expression=few)
    generated = exp.If(this=shape, true=exp.And(this=tree, expression=exp.Paren(this=clumsy)))
    given = exp.Not(this=exp.Is(this=value.tree.copy(), expression=exp.Null()))
    return value.make(exp.Case(ifs=[generated, exp.If(this=given, true=exp.false())]), Family.BOOLEAN)


@dataclass(frozen=True)
class Helper:
    """`arguments` are families of expressions, or `str` for a text that is written out (or a param)."""

    arguments: tuple[Family | type[str], ...]
    make: Callable[..., Typed]
    clock: bool = False  # takes the zone that times are read in


_TEXT, _TIME = Family.TEXT, Family.TIMESTAMP
HELPERS: dict[str, Helper] = {
    "script": Helper((_TEXT,), script),
    "has_script": Helper((_TEXT, str), has_script),
    "matches": Helper((_TEXT, str), matches),
    "domain": Helper((_TEXT,), domain),
    "hashtags": Helper((_TEXT,), hashtags),
    "mentions": Helper((_TEXT,), mentions),
    "has_hashtag": Helper((_TEXT, str), has_hashtag),
    "local_hour": Helper((_TIME, str), local_hour),
    "days_between": Helper((_TIME, _TIME), days_between, clock=True),
    "digits_at_end": Helper((_TEXT,), digits_at_end),
    "is_random_handle": Helper((_TEXT,), is_random_handle),
}


def expand(binder: Binder, node: exp.Expression, name: str) -> Typed:
    """A call of the helper `name` as plain SQL."""
    helper, given = HELPERS[name], node.expressions
    arguments = [_argument(binder, name, kind, arg) for kind, arg in zip(helper.arguments, given, strict=True)]
    if helper.clock:
        arguments.append(binder.clock(*(arg for arg in arguments if isinstance(arg, Typed))))
    found = helper.make(*arguments)
    return binder.atom(found) if found.family is Family.BOOLEAN else found


def _argument(binder: Binder, name: str, kind: Family | type[str], arg: exp.Expression) -> Typed | str:
    found = binder.bind(arg)
    if not isinstance(kind, Family):
        if not isinstance(found.literal, str):
            raise fail(arg, f"{name} needs this text written out", "in single quotes, or as a param", "literal")
        return found.literal
    fits = found.unknown or found.family is kind or (kind is _TIME and (found.is_time or found.is_text_literal))
    if not fits:
        what = "text" if kind is _TEXT else "a time"
        raise fail(arg, f"{name} needs {what}, not {found.family}", "", "type")
    return found
