"""Why a verdict is not the one that was accepted, in sentences, as far as that is proven."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from factcheck.reports.amounts import value_text
from factcheck.reports.locale import integer
from factcheck.reports.nouns import head, plural, things
from factcheck.reports.telling import inert
from factcheck.reports.words import capital, listed, outcome_words, say
from factcheck.verdicts.changes import Because, Change
from factcheck.verdicts.reasons import Cause, DataChange, Edit, Entry, Group, Reasons, RowChanges, Stretch
from factcheck.verdicts.verdict import Outcome, Verdict

_MOST = 3  # things of a kind that a sentence names
_LONG = 80  # characters of a value of a claim


def why(change: Change, verdict: Verdict, *, printed: bool = False) -> tuple[str, ...]:
    """The sentences; none where nothing is known of the reasons.

    printed: for readers of a correction, who take "the claim has been changed" for what the claimant did.
    """
    reasons = change.reasons
    if reasons is None:
        return ()
    told = [sentence for cause in reasons.causes for sentence in _cause(cause, reasons, verdict, printed)]
    told += [_open(stretch) for stretch in reasons.open]
    told += [say(f"why-idle-{factor}") for factor in _idle(reasons)]
    return tuple(told)


def _cause(cause: Cause, reasons: Reasons, verdict: Verdict, printed: bool) -> Iterator[str]:
    only = say("why-only") if cause.proof == "elimination" else ""
    if printed and cause.factor == "claim":
        yield say("why-claim-printed", only=only)
        return
    what = _what(cause.factor, reasons, verdict)
    yield say(f"why-{cause.factor}", only=only, what=f": {what}" if what else "")
    if len(reasons.causes) + len(reasons.open) > 1 and (step := _step(cause, verdict)):
        yield step


def _what(factor: Because, reasons: Reasons, verdict: Verdict) -> str:
    if factor == "claim":
        return _some([_entry(entry) for entry in reasons.claim])
    if factor == "data":
        return "; ".join(filter(None, (_data(one, verdict) for one in reasons.data)))
    return "" if reasons.engine is None else _engine(reasons)


def _engine(reasons: Reasons) -> str:
    assert reasons.engine is not None
    was, now = reasons.engine.version
    return say("why-version", was=inert(was), now=inert(now)) if was != now else say("why-method")


def _entry(entry: Entry) -> str:
    was, now = (say("why-nothing") if one is None else f"`{_spoken(one)}`" for one in (entry.was, entry.now))
    return say("why-entry", key=inert(entry.key), was=was, now=now)


def _spoken(value: Any) -> str:
    text = inert(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"


def _data(change: DataChange, verdict: Verdict) -> str:
    """What is another in a dataset: edits of cells, else rows by their values, else which columns."""
    title, unit = _named(change.dataset, verdict)
    told = [say("why-described", title=title)] if change.described else []
    was, now = change.rows
    if was is not None and now is not None and was != now:
        told.append(say("why-rows", title=title, was=integer(was), now=things(now, unit)))
        told += _unread(change.dataset, verdict)
    told += _rows(change.changes, title, unit) if change.changes is not None else []
    columns = [*_columns(change, unit)]
    told += columns
    if columns and was is not None and _of_a_part(verdict):
        told.append(say("why-whole", rows=things(was if now is None else now, unit)))
    if not told and change.content:
        told.append(say("why-content", title=title))
    return "; ".join(told)


def _unread(name: str, verdict: Verdict) -> Iterator[str]:
    """That rows may be fewer because records are broken: they were not taken out of the data."""
    datasets = {dataset.name: dataset for part in (verdict, *verdict.checks) for dataset in part.datasets}
    ledger = datasets[name].ledger if name in datasets else None
    if ledger is not None and ledger.rejected:
        yield say(_of("why-unread", range(ledger.rejected)), n=integer(ledger.rejected))


def _of_a_part(verdict: Verdict) -> bool:
    """Whether the claim, or evidence of it, is about some of the rows: the numbers of all of them may mislead."""
    return any(
        part.claim.where is not None or {"among", "that"} & (part.claim.measure or {}).keys()
        for part in (verdict, *verdict.checks)
    )


def _rows(changes: RowChanges, title: str, unit: str | None) -> Iterator[str]:
    """Rows that came and went; how many more or fewer there are is told beside it."""
    if changes.added and changes.removed:
        yield say("why-came", title=title, added=things(changes.added, unit), removed=integer(changes.removed))


def _columns(change: DataChange, unit: str | None) -> Iterator[str]:
    """Which values became which, where that is all that happened; else how many rows have which."""
    changes = change.changes
    edits = () if changes is None or changes.added or changes.removed else changes.edits
    if edits:
        assert changes is not None  # it has them
        yield _some([*_edits(edits, changes.cells, unit)])
    for column in change.touched if not edits else ():
        if column.groups:
            yield _some([_group(column.name, group, unit) for group in column.groups])
    yield from _silent(change, unit)


def _silent(change: DataChange, unit: str | None) -> Iterator[str]:
    """What can be told of columns whose values may not be, or are as many as they were."""
    changes = change.changes
    named = {column.name: f"`{inert(column.name)}`" for column in change.touched if not column.groups}
    moved = [named.pop(column.name) for column in change.touched if column.rearranged]
    if changes is not None:
        if not changes.edited and (changes.added or changes.removed):
            yield say("why-kept", unit=plural(head(unit)))
        edited = [(shown, changes.cells[name]) for name, shown in named.items() if name in changes.cells]
        yield from (say("why-edited", rows=things(rows, unit), column=shown) for shown, rows in edited)
        return
    was, now = change.rows
    if named and was != now:  # a column with more or fewer rows is another, whatever became of the rest
        yield say(_of("why-untold", named), columns=listed([*named.values()]), unit=plural(head(unit)))
    elif named:
        yield say(_of("why-touched", named), columns=listed([*named.values()]))
    if moved:
        yield say("why-rearranged", columns=listed(moved))


def _of(code: str, names: Collection[object]) -> str:
    """The sentence of one, or of several."""
    return f"{code}-one" if len(names) == 1 else code


def _edits(edits: Sequence[Edit], cells: Mapping[str, int], unit: str | None) -> Iterator[str]:
    """What became of which values: those that were the same together, where all edits of their column are known."""
    told = Counter[str]()
    together: dict[tuple[str, str | None], list[Edit]] = {}
    for edit in edits:
        told[edit.column] += edit.rows
        together.setdefault((edit.column, edit.was), []).append(edit)
    for alike in together.values():
        if len(alike) == 1 or told[alike[0].column] != cells.get(alike[0].column):
            yield from (_edit(edit, unit) for edit in alike)
        else:
            yield _several(alike, unit)


def _several(edits: Sequence[Edit], unit: str | None) -> str:
    """One value that became several."""
    shown = edits if len(edits) <= _MOST + 1 else edits[:_MOST]
    parts = [say("why-edit-part", value=_value(edit.now), n=integer(edit.rows)) for edit in shown]
    rows = sum(edit.rows for edit in edits)
    if rest := rows - sum(edit.rows for edit in shown):
        parts.append(say("why-edit-rest", n=integer(rest)))
    column, was = inert(edits[0].column), _value(edits[0].was)
    return say("why-edit-several", column=column, was=was, rows=things(rows, unit), now=listed(parts))


def _edit(edit: Edit, unit: str | None) -> str:
    was, now = (_value(value) for value in (edit.was, edit.now))
    return say("why-edit", rows=things(edit.rows, unit), column=inert(edit.column), was=was, now=now)


def _group(column: str, group: Group, unit: str | None) -> str:
    now = things(group.now, unit)
    return say("why-group", column=inert(column), value=_value(group.value), was=integer(group.was), now=now)


def _value(value: str | None) -> str:
    return say("why-no-value") if value is None else f"“{inert(value)}”"


def _named(name: str, verdict: Verdict) -> tuple[str, str | None]:
    """A dataset as a reader knows it, and what a row of it is; None where a row stands for many."""
    known = {dataset.name: dataset for part in (verdict, *verdict.checks) for dataset in part.datasets}
    dataset = known.get(name)
    if dataset is None:
        return f"“{inert(name)}”", None
    return f"“{inert(dataset.title or name)}”", dataset.unit if dataset.counts is None else None


def _some(told: Sequence[str]) -> str:
    """The first few; how many more there are."""
    if len(told) <= _MOST + 1:
        return "; ".join(told)
    return "; ".join([*told[:_MOST], say("why-more", n=integer(len(told) - _MOST))])


def _step(cause: Cause, verdict: Verdict) -> str:
    """What the one cause alone did to the figure and to the verdict."""
    sides = (cause.before, cause.after)
    was, now = (figure(side["estimate"], verdict) if side["unit"] == unit(verdict) else "" for side in sides)
    turned = outcome_words(Outcome(cause.after["outcome"])).word.lower() if "outcome" in cause.moved else ""
    if was and now and was != now:
        return say("why-step-both" if turned else "why-step", was=was, now=now, verdict=turned)
    return say("why-step-verdict", verdict=turned) if turned else ""


def unit(verdict: Verdict) -> str | None:
    """What today's figure is counted in, as results in JSON have it."""
    from factcheck.reports.results import claim

    found: str | None = claim(verdict)["unit"]
    return found


def figure(value: object, verdict: Verdict) -> str:
    """A number of a verdict's figures in words; nothing for any other value."""
    found = verdict.measurement
    if found is None or isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return value_text(Fraction(str(value)), found, verdict.claimed)


def _open(stretch: Stretch) -> str:
    names = listed([say(f"why-factor-{factor}") for factor in reversed(stretch.factors)])
    code = "why-open-claim" if "claim" in stretch.factors else "why-open"
    return say(code, factors=capital(names))


def _idle(reasons: Reasons) -> Iterator[Because]:
    """What differs too, and moved nothing, as far as a reader may have heard of it."""
    told = {cause.factor for cause in reasons.causes} | {one for stretch in reasons.open for one in stretch.factors}
    if "data" not in told and reasons.data:
        yield "data"
    if "claim" not in told and reasons.claim:
        yield "claim"
