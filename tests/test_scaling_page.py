"""docs/scaling.md is what was measured, and its arithmetic is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.scaling.page import Cluster, page

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((ROOT / "benchmarks/scaling/results.json").read_text())
    return read


def test_the_page_is_current(found: dict[str, Any]) -> None:
    assert (ROOT / "docs/scaling.md").read_text(encoding="utf-8") == page(found)


def test_what_a_cluster_reads_is_its_rows_times_their_bytes(found: dict[str, Any]) -> None:
    made = {**found, "file": {"bytes_per_row": 10.0, "rows": 1000}}
    assert "| read from the store | 1.0 TB | 10.0 bytes a row" in page(made)
    assert "| read from the store | 100 GB |" in page(made, Cluster(rows=10**10))


def test_more_cores_take_less_time_and_move_as_much(found: dict[str, Any]) -> None:
    few, many = page(found, Cluster(nodes=10)).splitlines(), page(found, Cluster(nodes=100)).splitlines()
    work = [next(line for line in lines if line.startswith("| work of")) for lines in (few, many)]
    assert work[0] != work[1]
    assert work[0].split("|")[2] == work[1].split("|")[2]
    moved = [next(line for line in lines if line.startswith("| moved between")) for lines in (few, many)]
    assert moved[0].split("|")[2] == moved[1].split("|")[2]
