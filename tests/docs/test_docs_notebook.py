"""The worked notebook runs from beginning to end, and what it shows is so."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from typing import Any

import manual
import pytest

pytestmark = pytest.mark.xdist_group("notebook")  # run once for all

NOTEBOOK = manual.DOCS / "notebooks" / "bob-ross.ipynb"
TABLE = manual.ROOT / "evidence" / "fivethirtyeight" / "bob-ross__elements-by-episode.csv"


@pytest.fixture(scope="module")
def cells() -> dict[str, Any]:
    """What each cell puts out, by its id."""
    nbclient = pytest.importorskip("nbclient", reason="nbclient comes with the development extras")
    nbformat = pytest.importorskip("nbformat", reason="nbformat comes with nbclient")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    )
    client.execute()
    return {cell["id"]: cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code"}


def text(outputs: Any) -> str:
    """What a reader sees of the one output of a cell, without markup."""
    (output,) = outputs
    html = re.sub(r"<style>.*?</style>", "", output["data"]["text/html"], flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_it_is_kept_without_outputs() -> None:
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_each_cell_shows_one_thing_and_no_warning(cells: dict[str, Any]) -> None:
    kinds = {name: [output["output_type"] for output in outputs] for name, outputs in cells.items()}
    shown = ["execute_result"]
    assert kinds == {"check": shown, "beach": shown, "pandas": ["stream"], "claim": shown, "to-frame": shown}
    assert [output["name"] for output in cells["pandas"]] == ["stdout"]


def test_the_card_shows_what_the_file_holds(cells: dict[str, Any]) -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["GUEST"] == "0"]
    beaches = [row for row in rows if row["BEACH"] == "1"]
    clouds = sum(row["CLOUDS"] == "1" for row in beaches)
    assert f"Of {len(beaches)} paintings" in text(cells["beach"])
    assert f"Found {clouds / len(beaches):.1%}" in text(cells["beach"])
    assert "Claimed 78%" in text(cells["beach"])
    assert cells["pandas"][0]["text"].startswith(f"{clouds} of {len(beaches)} paintings")


def test_the_table_has_every_claim_and_the_frame_is_that_of_the_run(cells: dict[str, Any]) -> None:
    assert text(cells["check"]).startswith("Published figures, checked 12 claims")
    assert cells["check"][0]["data"]["text/html"].count("<article") == 12
    assert cells["to-frame"][0]["data"]["text/html"].count("<tr") == 13


def test_a_table_in_memory_is_said_to_have_no_manifest(cells: dict[str, Any]) -> None:
    assert "Nearly all of Ross's winter scenes show snow." in text(cells["claim"])
    assert "manifest" in text(cells["claim"])
