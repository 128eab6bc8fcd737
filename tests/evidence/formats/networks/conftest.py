"""The desk on which the tests of networks lay their files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ingest.desk import Desk

from factcheck.evidence.engines.duckdb import open_engine


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    engine = open_engine(memory_limit="500MB", threads=2, temp_dir=tmp_path / "temp")
    yield Desk(tmp_path / "project", engine)
    engine.close()
