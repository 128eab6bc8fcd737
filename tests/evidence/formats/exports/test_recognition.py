"""Which tool a CSV is of, told by its headings alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.formats import EXPORTS, presets_of, settled
from factcheck.evidence.formats.source import Job, Reading

from .samples import SAMPLES

ROOT = Path(__file__).parents[4]
SHARED = ROOT.parent / "shared" / "data"


def _no_engine() -> None:
    raise AssertionError("the headings of a CSV are read without an engine")


def told(path: Path) -> str:
    """The format that a CSV is read as when nobody names one."""
    job = Job(_no_engine, (path,), Reading(), "head")  # type: ignore[arg-type]
    return settled("csv", False, job)[0]


@pytest.mark.parametrize("name", SAMPLES)
def test_each_is_told_and_by_its_own_signs_only(name: str, tmp_path: Path) -> None:
    expected, data = SAMPLES[name]
    (tmp_path / "d.csv").write_text(data, encoding="utf-8")
    assert told(tmp_path / "d.csv") == expected
    headings = {h.strip('"').casefold() for line in data.split("\n")[:8] for h in line.replace("\t", ",").split(",")}
    fitting = {
        preset.name
        for preset in presets_of("csv")
        if any({heading.casefold() for heading in sign} <= headings for sign in preset.signs)
    }
    assert fitting == {expected}


def test_every_csv_export_has_a_sample() -> None:
    mine = {"twint", "tags", "4cat", "crowdtangle", "x-archive", "meltwater", "brandwatch", "coortweet"}
    assert mine <= set(EXPORTS)
    assert {expected for expected, _ in SAMPLES.values()} == mine


def test_headings_of_the_same_names_in_other_letters_and_order_are_told(tmp_path: Path) -> None:
    headings = SAMPLES["twint"][1].split("\n")[0].upper().split(",")
    (tmp_path / "d.csv").write_text(",".join(reversed(headings)) + "\n", encoding="utf-8")
    assert told(tmp_path / "d.csv") == "twint"


def test_the_tables_of_the_worked_examples_are_taken_for_what_they_are() -> None:
    tables = [*ROOT.glob("evidence/**/*.csv"), *ROOT.glob("docs/**/*.csv"), *ROOT.glob("factcheck/templates/**/*.csv")]
    assert len(tables) >= 15
    expected = {path: "crowdtangle" if path.parent.name == "crowdtangle" else "csv" for path in tables}
    assert {path: told(path) for path in tables} == expected


@pytest.mark.skipif(not SHARED.exists(), reason="the published data sets are not on this machine")
def test_of_the_published_data_only_crowdtangle_s_are_taken_for_exports() -> None:
    tables = [p for p in SHARED.glob("**/*.csv*") if p.suffix in (".csv", ".gz")]
    assert len(tables) > 30
    found = {}
    for path in tables:
        try:
            found[path.name] = told(path)
        except EvidenceError as error:
            if "is no UTF-8" not in error.message:
                raise
    assert {name for name, kind in found.items() if kind != "csv"} == {
        "crowdtangle_db1_rows_with_genocide.csv", "crowdtangle_db2_rows_with_genocide.csv",
    }  # fmt: skip
