"""The desk on which the tests of ingest lay their files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck.evidence.engines.duckdb import open_engine
from postgres_cluster import Cluster, binaries, running

from .desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    engine = open_engine(memory_limit="500MB", threads=2, temp_dir=tmp_path / "temp")
    yield Desk(tmp_path / "project", engine)
    engine.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    with running(programs) as cluster:
        yield cluster
