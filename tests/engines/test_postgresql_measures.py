"""Every kind of measure comes to the same verdicts on PostgreSQL as on DuckDB."""

from __future__ import annotations

from pathlib import Path

import pytest

from postgres_cluster import Cluster

from .batches import FILES, cases_of, differences, on, valid, write

pytestmark = pytest.mark.xdist_group("postgresql")
CANNOT = "exactly as DuckDB does"
# Files with claims on repeated wording: its regular expressions would find longer texts there.
REFUSED_IN = ("duplicates", "partial")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_verdicts(path: Path, postgres_server: Cluster, tmp_path: Path) -> None:
    root = tmp_path / "project"
    cases = cases_of(path)
    written = write(cases, root)
    ours = valid(root, written)
    assert len(written) >= len(cases) * 0.5, "most cases can stand beside one another"
    theirs = on(f"{{postgresql: '{postgres_server.database('desk')}'}}", root)
    lines, refused = differences(ours, theirs, CANNOT)
    assert not lines, "\n".join(lines)
    assert not refused or path.stem in REFUSED_IN, refused
