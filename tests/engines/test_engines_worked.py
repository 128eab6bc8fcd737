"""The worked examples come to the same results on every engine, byte for byte."""

from __future__ import annotations

import json
import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest

import factcheck
from postgres_cluster import Cluster

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21)
# A statement takes its time elsewhere, however few the rows; all files with FACTCHECK_ALL_CASES.
SOME = () if os.environ.get("FACTCHECK_ALL_CASES") else ("bob-ross.yaml", "flying-etiquette.yaml", "sample-networks.yaml")


def copied(root: Path, files: tuple[str, ...] = ()) -> Path:
    """The worked examples, or some of their claim files, as a project of their own."""
    shutil.copytree(ROOT / "evidence", root / "evidence")
    shutil.copy(ROOT / "factcheck.yaml", root)
    (root / "claims").mkdir()
    for path in sorted((ROOT / "claims").rglob("*.yaml")):
        if not files or path.name in files:
            shutil.copy(path, root / "claims")
    return root


def results(root: Path) -> str:
    return json.dumps(factcheck.check(project=root, now=NOW).to_dict(), ensure_ascii=False, indent=1)


def same(root: Path, engine: str) -> None:
    here = results(root)
    config = root / "factcheck.yaml"
    config.write_text(config.read_text(encoding="utf-8") + f"\nengine: {engine}\n", encoding="utf-8")
    there = results(root)
    assert '"outcome": "error"' not in here
    assert there == here


@pytest.mark.xdist_group("postgresql")
def test_on_postgresql(tmp_path: Path, postgres_server: Cluster) -> None:
    root = copied(tmp_path / "worked", SOME)
    same(root, f"{{postgresql: '{postgres_server.database('desk')}'}}")


@pytest.mark.xdist_group("spark")
@pytest.mark.usefixtures("spark")
def test_on_spark(tmp_path: Path) -> None:
    """On the session of the tests, which is there already."""
    root = copied(tmp_path / "worked", SOME)
    same(root, "spark")
