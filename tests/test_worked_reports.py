"""The reports of the worked examples are committed as they were read, and a run writes the same bytes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import factcheck
from factcheck import reports

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 21)
FORMS = ("markdown", "html")
ROWS = 5  # as the command shows them


def test_the_reports_of_the_worked_examples_are_current(tmp_path: Path) -> None:
    """To write them anew: factcheck report --format markdown --format html --now 2026-11-21"""
    written = reports.write_all(factcheck.check(project=ROOT, now=NOW, rows=ROWS), tmp_path, FORMS).files
    names = {path.relative_to(tmp_path).as_posix() for path in written}
    committed = {path.relative_to(ROOT / "reports").as_posix() for path in (ROOT / "reports").rglob("*.*")}
    assert names == committed
    for name in sorted(names):
        assert (tmp_path / name).read_bytes() == (ROOT / "reports" / name).read_bytes(), name
