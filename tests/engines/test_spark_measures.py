"""Kinds of measures come to the same verdicts on Spark as on DuckDB."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .batches import FILES, cases_of, differences, on, valid, write

pytestmark = [pytest.mark.xdist_group("spark"), pytest.mark.usefixtures("spark")]
CANNOT = "exactly as DuckDB does"


def test_verdicts(tmp_path: Path) -> None:
    """A case of every twelfth file in one project; with FACTCHECK_ALL_CASES all of all, which takes long there."""
    every = bool(os.environ.get("FACTCHECK_ALL_CASES"))
    root = tmp_path / "project"
    cases = [case for path in FILES[:: 1 if every else 12] for case in cases_of(path)[: None if every else 1]]
    written = write(cases, root)
    ours = valid(root, written)
    assert len(written) >= len(cases) * 0.5, "most cases can stand beside one another"
    lines, refused = differences(ours, on("spark", root), CANNOT)
    assert not lines, "\n".join(lines)
    assert len(refused) <= len(written) / 10, refused
