"""Baselines to text and to files: the same bytes for the same verdicts, a small difference for a small change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from factcheck.text.files import write_atomic
from factcheck.verdicts.baseline import FIGURES, SCHEMA, Baseline, Block, Column, Recorded, Rested, State
from factcheck.verdicts.baseline_making import Made, renewed

_WIDE = 100  # characters of a mapping of plain values that stands on one line
_STEP = "  "


def write(before: Baseline, after: Baseline, folder: Path) -> list[str]:
    """Writes the files whose verdicts are others than before, and removes those that have none left.

    Returns their names below the folder. A file that says the same is not touched, however it is laid out. Claims that
    stand in another file now are moved before anything else is written, so that whoever is stopped in between leaves
    each of them in one file, or the same in two. Raises OSError where a file cannot be written; those written before
    it are whole.
    """
    between = _moved(before, after)
    touched = {*_step(before, between, folder), *_step(between, after, folder)}
    return sorted(touched)


def _moved(before: Baseline, after: Baseline) -> Baseline:
    """The baseline as it was, with each claim in the file where it is to stand."""
    moved: dict[str, Made] = {}
    for home, id, _ in after:
        old, block = before.home(id), before.block(id)
        if old is not None and block is not None and old != home:
            found = {name: before.files[old].states(name, rested) for name, rested in block.data.items()}
            moved[id] = Made(home, block, {name: states[0] for name, states in found.items() if states})
    return renewed(before, moved) if moved else before


def _step(before: Baseline, after: Baseline, folder: Path) -> list[str]:
    """Writes the files that gain claims, then the others, then removes those that have none."""
    none = Recorded()
    differing = [home for home, recorded in sorted(after.files.items()) if recorded != before.files.get(home, none)]
    differing.sort(key=lambda home: after.files[home].claims.keys() <= before.files.get(home, none).claims.keys())
    emptied = [home for home in sorted(before.files) if not after.files.get(home, none).claims]
    written = [home for home in differing if home not in emptied and after.files[home].claims]
    for home in written:
        write_atomic(folder / home, render(after.files[home]))
    for home in emptied:
        (folder / home).unlink(missing_ok=True)
    return written + emptied


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
