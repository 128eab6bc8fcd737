"""Every export has its section in the manual, and every canonical column its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.evidence.formats import EXPORTS
from factcheck.evidence.formats.presets import CANONICAL

PAGE = Path(__file__).parents[4] / "docs" / "evidence.md"


def section() -> list[str]:
    lines = PAGE.read_text(encoding="utf-8").split("\n")
    start = lines.index("## Exports of tools")
    end = next(at for at in range(start + 1, len(lines)) if lines[at].startswith("## "))
    return lines[start:end]


@pytest.mark.parametrize("name", [name for name in EXPORTS if not name.startswith("twarc")])
def test_every_export_has_a_heading(name: str) -> None:
    assert f"### {name}" in section()


def test_every_canonical_column_is_explained_and_no_other() -> None:
    rows = [line.split("|")[1].strip(" `") for line in section() if line.startswith("| `")]
    assert rows[: len(CANONICAL)] == list(CANONICAL)
    assert set(rows) == set(CANONICAL)
