"""The reports of the worked examples are committed as they were read, and a run writes the same bytes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import factcheck

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 21)


def test_the_reports_of_the_worked_examples_are_current(tmp_path: Path) -> None:
    """To write them anew: factcheck report --now 2026-11-21"""
    written = factcheck.check(project=ROOT, now=NOW).report(tmp_path)
    names = {path.relative_to(tmp_path).as_posix() for path in written}
    assert names == {path.relative_to(ROOT / "reports").as_posix() for path in (ROOT / "reports").rglob("*.md")}
    for name in sorted(names):
        committed = (ROOT / "reports" / name).read_text(encoding="utf-8")
        assert (tmp_path / name).read_text(encoding="utf-8") == committed, name
