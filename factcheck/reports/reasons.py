"""Why verdicts changed, as `baseline diff --format json` tells programs.

`causes`: a list of {"factor", "proof", "moved", "before", "after"}: a factor that is proven (claim, data or engine),
how (re-evaluation or elimination), what its step moved, and the figures before and after it. `open`: the same with
`factors`, of which it cannot be proven which moved it. `claim`: the keys that are others, {"key", "was", "now"}.
`data`: for each dataset that is another {"dataset", "content", "described", "rows", "touched", "untouched",
"changes"}: whether its files and its manifest are others, the rows then and now, the used columns that are others
with the values of which more or fewer rows are now, those that are not, and, where the rows of then are at hand, how
many came, went and were edited, by which columns, and the most frequent edits. `engine`: {"version": [then, now],
"method": [then, now]}, or null.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from factcheck.reports.results import text
from factcheck.verdicts.changes import COMPARED
from factcheck.verdicts.reasons import Cause, DataChange, Reasons, RowChanges, Stretch


def as_json(reasons: Reasons | None) -> dict[str, Any] | None:
    """The object; null where nobody looked for reasons."""
    if reasons is None:
        return None
    engine = reasons.engine
    return {
        "causes": [{"factor": one.factor, "proof": one.proof, **_step(one)} for one in reasons.causes],
        "open": [{"factors": [*one.factors], **_step(one)} for one in reasons.open],
        "claim": [{"key": text(one.key), "was": _plain(one.was), "now": _plain(one.now)} for one in reasons.claim],
        "data": [_data(one) for one in reasons.data],
        "engine": None if engine is None else {"version": [*engine.version], "method": [*engine.method]},
    }


def _step(step: Cause | Stretch) -> dict[str, Any]:
    before, after = ({key: side.get(key) for key in COMPARED} for side in (step.before, step.after))
    return {"moved": [*step.moved], "before": before, "after": after}


def _data(change: DataChange) -> dict[str, Any]:
    return {
        "dataset": text(change.dataset),
        "content": change.content,
        "described": change.described,
        "rows": [*change.rows],
        "touched": [
            {
                "column": text(column.name),
                "values": [{"value": _text(one.value), "was": one.was, "now": one.now} for one in column.groups],
            }
            for column in change.touched
        ],
        "untouched": [text(name) for name in change.untouched],
        "changes": None if change.changes is None else _rows(change.changes),
    }


def _rows(changes: RowChanges) -> dict[str, Any]:
    edits = [
        {"column": text(one.column), "was": _text(one.was), "now": _text(one.now), "rows": one.rows}
        for one in changes.edits
    ]
    counted = {"added": changes.added, "removed": changes.removed, "edited": changes.edited}
    return {**counted, "by": [text(name) for name in changes.by], "edits": edits}


def _text(value: str | None) -> str | None:
    return None if value is None else text(value)


def _plain(value: Any) -> Any:
    """A value of a spec as JSON has it."""
    if isinstance(value, Mapping):
        return {text(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return text(value) if isinstance(value, str) else value
