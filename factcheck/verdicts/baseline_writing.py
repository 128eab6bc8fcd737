"""Baselines to text and to files: the same bytes for the same verdicts, a small difference for a small change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from factcheck.text.files import write_atomic
from factcheck.verdicts.baseline import FIGURES, SCHEMA, Baseline, Block, Column, Recorded, Rested, State

_WIDE = 100  # characters of a mapping of plain values that stands on one line
_STEP = "  "


def write(before: Baseline, after: Baseline, folder: Path) -> list[str]:
    """Writes the files whose verdicts are others than before, and removes those that have none left.

    Returns their names below the folder. A file that says the same is not touched, however it is laid out. Raises
    OSError where one cannot be written; those written before it are whole.
    """
    touched = []
    for home, recorded in sorted(after.files.items()):
        if recorded.claims and recorded != before.files.get(home):
            write_atomic(folder / home, render(recorded))
            touched.append(home)
    # A claim that moved is in its new file before it leaves the old one.
    for home in sorted(before.files):
        if not after.files.get(home, Recorded()).claims:
            (folder / home).unlink(missing_ok=True)
            touched.append(home)
    return sorted(touched)


def render(recorded: Recorded) -> str:
    """The text of a file: claims by id, keys in a fixed order, what is short and flat on one line."""
    claims = {id: _block(block) for id, block in sorted(recorded.claims.items())}
    datasets = {name: [_state(one) for one in states] for name, states in sorted(recorded.datasets.items())}
    return _laid_out({"baseline": SCHEMA, "claims": claims, "datasets": datasets}, "") + "\n"


def _block(block: Block) -> dict[str, Any]:
    claim = {"sha256": block.fingerprint, "spec": _sorted(block.spec)}
    return {
        **{key: block.figures[key] for key in FIGURES},
        "accepted": block.accepted.isoformat(),
        "claim": {**claim, "rules": _sorted(block.rules)} if block.rules else claim,
        "data": {name: _rested(one) for name, one in sorted(block.data.items())},
        "engine": {"factcheck": block.version, "method": block.method},
    }


def _rested(rested: Rested) -> dict[str, Any]:
    return {"sha256": rested.sha256, "described": rested.described, "columns": rested.columns}


def _state(state: State) -> dict[str, Any]:
    columns = {name: _column(column) for name, column in sorted(state.columns.items())}
    return {"sha256": state.sha256, "described": state.described, "rows": state.rows, "columns": columns}


def _column(column: Column) -> dict[str, Any]:
    if column.values is None:
        return {"sha256": column.sha256}
    return {"sha256": column.sha256, "values": dict(column.values)}


def _sorted(value: Any) -> Any:
    """Mappings by key, at every depth; lists as they are."""
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list | tuple) else value


def _laid_out(value: Any, indent: str) -> str:
    """JSON, an entry a line; a mapping or list of plain values that is short enough stands on one line."""
    if not isinstance(value, Mapping | list):
        return _flat(value)
    members = list(value.values()) if isinstance(value, Mapping) else value
    if not any(isinstance(one, Mapping | list) and one for one in members) and len(_flat(value)) <= _WIDE:
        return _flat(value)
    inner = indent + _STEP
    if isinstance(value, Mapping):
        lines = [f"{_flat(str(key))}: {_laid_out(one, inner)}" for key, one in value.items()]
    else:
        lines = [_laid_out(one, inner) for one in value]
    first, last = "{}" if isinstance(value, Mapping) else "[]"
    return f"{first}\n{inner}" + f",\n{inner}".join(lines) + f"\n{indent}{last}"


def _flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
