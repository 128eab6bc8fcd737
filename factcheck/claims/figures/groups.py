"""Claims that hold several things: sets of labels, lists of days, compositions; and single labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Final, get_args

from factcheck.claims.figures.dates import read_period
from factcheck.claims.figures.faults import FigureError, quoted
from factcheck.claims.figures.quantity import EXAMPLES, NAMES, Quantity
from factcheck.claims.figures.readings import (
    CompositionClaim,
    DateClaim,
    LabelClaim,
    Mode,
    NumberClaim,
    SetClaim,
)
from factcheck.claims.figures.scan import MAX_TEXT

PartReader = Callable[[object], NumberClaim]
MAX_DAYS: Final = 3_700  # ten years of single days; longer lists are a period


def refused(why: str, quantity: Quantity, path: tuple[str | int, ...] = (), length: int = 1) -> FigureError:
    """An error about a value as a whole."""
    return FigureError(f"cannot read this as {NAMES[quantity]}: {why}", 0, max(1, length), EXAMPLES[quantity], path)


def label(value: object, quantity: Quantity, path: tuple[str | int, ...] = ()) -> str:
    """One label as text; true and false are the texts that a report prints."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        raise refused(f"{_kind(value)} is no label; put it in quotes if it is meant", quantity, path)
    if not value.strip():
        raise refused("the label is empty", quantity, path, len(value))
    if len(value) > MAX_TEXT:
        raise refused(f"a label of more than {MAX_TEXT} characters is not read", quantity, path, len(value))
    return value.strip()


def _kind(value: object) -> str:
    if value is None:
        return "an empty value"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, Mapping) else "this value"


def read_label(claimed: object) -> LabelClaim:
    """A plain label, or `{excludes: […]}`: any label but these."""
    if isinstance(claimed, Mapping):
        members, mode = _members(claimed, Quantity.LABEL)
        if mode == "includes" and len(members) > 1:
            raise refused("one label cannot be several", Quantity.LABEL)
        mode = "equal" if mode == "includes" else mode
        return LabelClaim(_join(members), members, mode, _set_words(members, mode))
    if isinstance(claimed, list) and len(claimed) == 1:
        claimed = claimed[0]
    if isinstance(claimed, list):
        raise refused("one label cannot be several", Quantity.LABEL)
    text = label(claimed, Quantity.LABEL)
    return LabelClaim(text, (text,), "equal", f"exactly {quoted(text)}")


def read_set(claimed: object) -> SetClaim:
    """A list of labels, or `{includes: […]}`, `{excludes: […]}`; a single label is a set of one.

    Errors: a text with a comma, which may be one label or several and would be refuted as the wrong one.
    """
    if isinstance(claimed, str) and (names := [name.strip() for name in claimed.split(",") if name.strip()])[1:]:
        text = claimed.strip()
        forms = (f"[{_join(tuple(names))}]", f"['{text}']")
        message = f"cannot read this as {NAMES[Quantity.SET]}: a text with a comma may be one label or several"
        raise FigureError(message, 0, len(text), forms)
    members, mode = _members(claimed, Quantity.SET)
    return SetClaim(_join(members), members, mode, _set_words(members, mode))


def _members(claimed: object, quantity: Quantity) -> tuple[tuple[str, ...], Mode]:
    mode, items, path = _listed(claimed, quantity)
    members = tuple(label(item, quantity, (*path, i)) for i, item in enumerate(items))
    repeated = next((i for i, member in enumerate(members) if member in members[:i]), None)
    if repeated is not None:
        raise refused(f"{quoted(members[repeated])} is named twice", quantity, (*path, repeated))
    if not members and mode != "equal":
        raise refused(f"'{mode}' names nothing", quantity, path)
    return members, mode


def _listed(claimed: object, quantity: Quantity) -> tuple[Mode, list[object], tuple[str, ...]]:
    """The mode and the items of a list, of `{includes: …}`, or of a single value."""
    if not isinstance(claimed, Mapping):
        return "equal", claimed if isinstance(claimed, list) else [claimed], ()
    modes = {mode: claimed[mode] for mode in _MODES if mode in claimed}
    if len(claimed) != 1 or len(modes) != 1:
        raise refused("a mapping here has one key, includes or excludes", quantity)
    mode, items = next(iter(modes.items()))
    return mode, items if isinstance(items, list) else [items], (mode,)


_MODES: Final[tuple[Mode, ...]] = tuple(mode for mode in get_args(Mode) if mode != "equal")


def _join(members: tuple[str, ...]) -> str:
    return ", ".join(members)


def _set_words(members: tuple[str, ...], mode: Mode) -> str:
    names = _join(members)
    if mode == "excludes":
        return f"none of {names}"
    if mode == "includes":
        return f"{names}, and perhaps others"
    return f"exactly {names}" if members else "none at all"


def read_days(claimed: object) -> DateClaim:
    """A list of dates and short periods, as the days in them."""
    mode, items, path = _listed(claimed, Quantity.DATE)
    days: set[date] = set()
    said, parts = [], []
    for i, item in enumerate(items):
        period = _days_of(item, (*path, i))
        said.append(period.text)
        named = period.days() or ()
        days.update(named)
        parts.append((named[0], named[-1]))
    if len(days) > MAX_DAYS:
        raise refused(f"a list of more than {MAX_DAYS} days is not read", Quantity.DATE, path)
    members = tuple(sorted(days))
    words = _set_words(tuple(_part_words(*part) for part in sorted(parts)), mode)
    if not members:
        return DateClaim("none", None, None, words, (), mode)
    first = _midnight(members[0])
    end = _midnight(members[-1] + timedelta(days=1))
    return DateClaim(_join(tuple(said)), first, end, words, members, mode, tuple(sorted(parts)))


def _part_words(first: date, last: date) -> str:
    """`3 May 2017`, `1 to 2 January 2018`"""
    end = f"{last.day} {last:%B} {last.year}"
    if first == last:
        return end
    start = "" if (first.year, first.month) == (last.year, last.month) else f" {first:%B}"
    return f"{first.day}{start}{f' {first.year}' if first.year != last.year else ''} to {end}"


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _days_of(item: object, path: tuple[str | int, ...]) -> DateClaim:
    text = label(item, Quantity.DATE, path)
    try:
        period = read_period(text)
    except FigureError as fault:
        raise _along(fault, path) from None
    if period.low.time() != period.high.time() or period.low.time().isoformat() != "00:00:00":
        raise refused("a list of dates holds whole days", Quantity.DATE, path, len(text))
    if (period.high - period.low).days > MAX_DAYS:
        raise refused(f"a list of more than {MAX_DAYS} days is not read", Quantity.DATE, path, len(text))
    return DateClaim(text, period.low, period.high, period.said)


def _along(fault: FigureError, path: tuple[str | int, ...]) -> FigureError:
    for step in reversed(path):
        fault = fault.under(step)
    return fault


def read_parts(claimed: object, whole: bool, part: PartReader) -> CompositionClaim:
    """The named groups with the figure of each."""
    if not isinstance(claimed, Mapping) or not claimed:
        raise refused("name the groups with a figure for each", Quantity.COMPOSITION)
    parts: dict[str, NumberClaim] = {}
    for key, value in claimed.items():
        name = label(key, Quantity.COMPOSITION)
        if name in parts:
            raise refused(f"{quoted(name)} is named twice", Quantity.COMPOSITION, (name,))
        try:
            parts[name] = part(value)
        except FigureError as fault:
            raise fault.under(str(key)) from None
    text = ", ".join(f"{name} {figure.text}" for name, figure in parts.items())
    reading = "; ".join(f"{name}: {figure.reading}" for name, figure in parts.items())
    return CompositionClaim(text, parts, whole, reading + ("; no other groups" if whole else ""))
