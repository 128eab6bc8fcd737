"""A draft that is added where `factcheck check` never looks says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from factcheck.cli import main

MANIFEST = "datasets: {posts: {files: posts.csv, unit: post, completeness: complete}}\n"


@pytest.mark.parametrize(
    ("name", "told"), [("claims/new.yaml", False), ("claims/new.txt", True), ("notes/new.yaml", True)]
)
def test_a_claim_outside_claims(tmp_path: Path, name: str, told: bool) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "claims").mkdir()
    (tmp_path / "evidence" / "posts.csv").write_text("country\nRussia\nMexico\n", encoding="utf-8")
    (tmp_path / "evidence" / "m.yaml").write_text(MANIFEST, encoding="utf-8")
    sentence, target = "Half of the posts came from Russia.", tmp_path / name
    result = CliRunner().invoke(main, ["draft", sentence, "--project", str(tmp_path), "--append", str(target)])
    assert result.exit_code == 0
    assert target.is_file()
    assert (f"checked only by `factcheck check {target}`" in result.stderr) == told
