"""How a dataset differs from what it was when a verdict was accepted, from what is recorded of it and of today's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from factcheck.evidence.states import ColumnState
from factcheck.evidence.states import State as Rows
from factcheck.verdicts.baseline import Block, Column, Recorded, Rested, State
from factcheck.verdicts.reasons import ColumnChange, DataChange, Group


def data_changes(
    was: Block, now: Block, recorded: Recorded, used: Collection[tuple[str, str]], states: Mapping[str, Rows]
) -> tuple[DataChange, ...]:
    """The datasets of an accepted verdict that are others now.

    used: the columns that today's verdict uses, each with its dataset. states: of today, as far as they are known.
    """
    found = []
    for name, rested in was.data.items():
        today = now.data.get(name)
        if today is None or _same(rested, today):
            continue
        columns = {column for dataset, column in used if dataset == name}
        then, state = _then(recorded.states(name, rested)), states.get(name)
        content = rested.sha256 is None or rested.sha256 != today.sha256
        change = DataChange(name, content, rested.described != today.described)
        found.append(change if then is None or state is None else _filled(change, then, state, columns))
    return tuple(found)


def _same(was: Rested, now: Rested) -> bool:
    if was.described != now.described or was.sha256 != now.sha256:
        return False
    return was.sha256 is not None or was.columns == now.columns


def _then(states: tuple[State, ...]) -> State | None:
    """The state of then; where several have the same fingerprint (a table of a server), nobody knows which."""
    return states[0] if len(states) == 1 else None


def _filled(change: DataChange, then: State, now: Rows, used: Collection[str]) -> DataChange:
    both = sorted({*used} & then.columns.keys() & now.columns.keys())
    touched = [name for name in both if then.columns[name].sha256 != now.columns[name].sha256]
    columns = tuple(_touched(then, now, name) for name in touched)
    untouched = tuple(name for name in both if name not in touched)
    return DataChange(change.dataset, change.content, change.described, (then.rows, now.rows), columns, untouched)


def _touched(then: State, now: Rows, name: str) -> ColumnChange:
    first, last = _counted(then.columns[name], then.rows), _counted(now.columns[name], now.rows)
    if first is None or last is None:
        return ColumnChange(name)
    groups = tuple(_groups(first, last))
    return ColumnChange(name, groups, rearranged=not groups)


def _groups(first: Mapping[str | None, int], last: Mapping[str | None, int]) -> Iterator[Group]:
    """The values of which more or fewer rows are now, the greatest movement first."""
    moved = [Group(value, first.get(value, 0), last.get(value, 0)) for value in first.keys() | last.keys()]
    moved = [group for group in moved if group.was != group.now]
    yield from sorted(moved, key=lambda group: (-abs(group.now - group.was), group.value is None, group.value or ""))


def _counted(column: Column | ColumnState, rows: int) -> dict[str | None, int] | None:
    """The rows by value; those that have none are the rest of the rows."""
    if column.values is None:
        return None
    counted: dict[str | None, int] = dict(column.values.items())
    return counted | {None: rows - sum(column.values.values())}
