"""The history in its database: what goes in comes out, whatever else happens to the file."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.reports.history_rows import export
from factcheck.store.database import Newer, opened
from factcheck.verdicts.history import FIGURES, NAME, Damaged, Execution, Program, Record, steps
from factcheck.verdicts.history_reading import history
from factcheck.verdicts.history_schema import MIGRATIONS
from factcheck.verdicts.history_writing import add

FIRST_SCHEMA = Path(__file__).parent / "history_1.sql"
PROGRAM = Program("p1", "0.1.0", "c1", {"duckdb": "1.5.0"})
RUN = Execution("check", "2026-11-21T00:00:00Z", "2026-11-26T08:00:00Z", "2026-11-26T08:00:01Z", PROGRAM)


def record(id: str = "beach", estimate: Any = 0.07, data: str | None = "d1", claim: str = "s1", **more: Any) -> Record:
    figures = dict.fromkeys(FIGURES) | {"outcome": "refuted", "estimate": estimate, "unit": "proportion", "n": 381}
    spec = {"statement": "9% of the paintings show a beach.", "claimed": "9%"}
    kinds = ("share",)
    return Record(id, "claims/a.yaml", figures | more, str(estimate), claim, spec, {}, {"art": (data, "m")}, kinds)


def stored(root: Path, *records: Record, run: Execution = RUN) -> str | None:
    return add(root, run, records, lambda kind: f"{kind[:1]}123")


def read(root: Path, id: str = "beach") -> list[Any]:
    with history(root) as kept:
        assert kept is not None
        return kept.of(id)


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    one = record(estimate={"Labour": 0.4, "SNP": 1 / 3}, claimed={"text": "9%", "low": 0.085, "high": 2**70})
    assert stored(tmp_path, one, record("other"), run=replace(RUN, selection="b*,other", whole=False)) is None
    (entry,) = read(tmp_path)
    assert entry.record == one
    assert entry.run == replace(RUN, selection="b*,other", whole=False)
    assert entry.methods == ("share-s123",)


def test_the_same_is_stored_once(tmp_path: Path) -> None:
    for day in range(20):
        stored(tmp_path, record(), record("other"), run=replace(RUN, started=f"2026-11-{day + 1:02}T00:00:00Z"))
    with sqlite3.connect(tmp_path / ".factcheck" / NAME) as database:
        counts = {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("runs", "wholes", "parts", "findings", "specs", "evidence", "programs", "methods")
        }
    database.close()
    assert counts == {"runs": 20, "wholes": 1, "parts": 2, "findings": 2, "specs": 1, "evidence": 1, "programs": 1,
                      "methods": 1}  # fmt: skip
    assert len(read(tmp_path)) == 20


def test_runs_stay_in_the_order_in_which_they_were_made(tmp_path: Path) -> None:
    """`--now` sets the date of results, not the order of things."""
    for day in ("2026-11-21", "2020-01-01", "2030-01-01"):
        stored(tmp_path, record(), run=replace(RUN, started=f"{day}T00:00:00Z"))
    assert [entry.run.started[:4] for entry in read(tmp_path)] == ["2026", "2020", "2030"]


@pytest.mark.parametrize(
    ("now", "program", "differing", "because"),
    [
        (record(), PROGRAM, (), None),
        (record(), replace(PROGRAM, sha256="p2"), (), None),
        (record(0, 0.09), PROGRAM, ("estimate",), None),  # nothing tells why
        (record(estimate=0.09, data="d2"), PROGRAM, ("estimate",), "data"),
        (record(estimate=0.09, claim="s2"), PROGRAM, ("estimate",), "claim"),
        (record(estimate=0.09), replace(PROGRAM, sha256="p2"), ("estimate",), "engine"),
        (record(estimate=0.09, data="d2"), replace(PROGRAM, sha256="p2"), ("estimate",), None),  # either may have
        (record(estimate=0.09, data="d2", claim="s2"), PROGRAM, ("estimate",), None),
        (record(estimate=0.07 + 1e-17, low=0), PROGRAM, ("low",), None),
        (record(estimate=None, error="no such file", data="d2"), PROGRAM, ("estimate", "error"), None),
    ],
)
def test_a_reason_is_given_where_only_one_thing_can_be_it(
    tmp_path: Path, now: Record, program: Program, differing: tuple[str, ...], because: str | None
) -> None:
    stored(tmp_path, record())
    stored(tmp_path, replace(now, id="beach"), run=replace(RUN, program=program))
    step = steps(read(tmp_path))[-1]
    assert (step.differing, step.because) == (differing, because)


def test_rows_that_lie_in_no_file_may_have_changed_unseen(tmp_path: Path) -> None:
    stored(tmp_path, record(data=None))
    stored(tmp_path, record(data=None, estimate=0.09))
    stored(tmp_path, record(data=None, estimate=0.1), run=replace(RUN, program=replace(PROGRAM, sha256="p2")))
    assert [step.because for step in steps(read(tmp_path))] == [None, "data", None]


def test_pieces_of_evidence_that_moved_are_seen_in_what_is_told(tmp_path: Path) -> None:
    stored(tmp_path, record(estimate=None))
    stored(tmp_path, replace(record(estimate=None), found="7.1%; 9.2%"))
    assert steps(read(tmp_path))[-1].differing == ("found",)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True, max_size=6), min_size=1, max_size=8), st.data())
def test_an_export_has_one_row_for_each_run_and_claim(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[str]], data: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("history")
    for ids in runs:
        estimate = data.draw(st.sampled_from([None, 0, 0.5, "Russia", ["x", "y"]]))
        stored(root, *(record(id, estimate) for id in ids))
    with history(root) as kept:
        assert kept is not None
        told = json.loads(export(kept.all(), "json"))
        lines = export(kept.all(), "csv").splitlines()
    expected = [(number, id) for number, ids in enumerate(runs, 1) for id in sorted(ids)]
    assert [(row["run"], row["id"]) for row in told["rows"]] == expected
    assert len(lines) == len(expected) + 1
    assert {row["claim"] for row in told["rows"]} == set(told["claims"])


def test_the_first_schema_is_still_read(tmp_path: Path) -> None:
    place = tmp_path / ".factcheck"
    place.mkdir()
    with sqlite3.connect(place / NAME) as database:
        database.executescript(FIRST_SCHEMA.read_text())
    database.close()
    first, second = steps(read(tmp_path, "russia"))
    assert (first.entry.record.figures["estimate"], second.entry.record.figures["estimate"]) == (0.5, 0.2)
    assert second.because == "data"
    assert second.entry.methods == ("share-0123456789ab",)
    assert [step.quiet for step in steps(read(tmp_path, "total"))] == [False, True]
    stored(tmp_path, record("total"))
    assert len(read(tmp_path, "total")) == 3


def test_the_first_script_is_what_it_was() -> None:
    """A script that was released makes the tables that were written by hand, column by column."""

    def tables(script: str) -> dict[str, list[tuple[Any, ...]]]:
        database = sqlite3.connect(":memory:")
        database.executescript(script)
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found = {name: database.execute(f"PRAGMA table_info({name})").fetchall() for name in names}
        database.close()
        # The order of columns is of no matter, as every statement names them.
        return {name: sorted(column[1:] for column in columns) for name, columns in found.items()}

    assert tables(MIGRATIONS[0]) == tables(FIRST_SCHEMA.read_text())


def test_every_column_is_written_by_name(tmp_path: Path) -> None:
    """A later schema adds a column with a default; what is stored by this one stays readable."""
    later = (*MIGRATIONS, "ALTER TABLE findings ADD COLUMN leaning TEXT;")
    stored(tmp_path, record())
    opened(tmp_path / ".factcheck" / NAME, later).close()
    with pytest.raises(Newer):
        stored(tmp_path, record())
    with pytest.raises(Newer), history(tmp_path):
        pass


def set_aside(root: Path) -> list[Path]:
    found = (root / ".factcheck").glob("*.damaged-*")
    return [path for path in found if not path.name.endswith(("-wal", "-shm"))]


@pytest.mark.parametrize("content", [b"not a database, but long enough to be read as one" * 50, b"x" * 5])
def test_a_damaged_history_is_set_aside(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / ".factcheck"
    place.mkdir()
    for _ in range(2):
        (place / NAME).write_bytes(content)
        with pytest.raises(Damaged), history(tmp_path):
            pass
        told = stored(tmp_path, record())
        assert told is not None
        name = re.search(rf"{NAME}\.damaged-[-\d]+", told)
        assert name is not None
        assert (place / name[0]).read_bytes() == content
        assert len(read(tmp_path)) == 1
    assert len(set_aside(tmp_path)) == 2


def test_a_page_torn_out_is_damage_too(tmp_path: Path) -> None:
    for number in range(300):
        stored(tmp_path, record(f"claim-{number}", number))
    path = tmp_path / ".factcheck" / NAME
    content = bytearray(path.read_bytes())
    content[4096 : len(content) - 4096] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    told = stored(tmp_path, record())
    assert told is not None
    assert "damaged" in told
    assert len(read(tmp_path)) == 1


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    stored(tmp_path, record())

    def failing(kind: str) -> str:
        raise OSError("the source is gone")

    with pytest.raises(OSError, match="gone"):
        add(tmp_path, replace(RUN, program=Program("p9", "1", "c9")), [record()], failing)
    with history(tmp_path) as kept:
        assert kept is not None
        assert kept.runs() == 1


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from verdicts.test_history import record, stored
for number in range(25):
    assert stored(Path({root!r}), *(record(f"claim-{{i}}", number) for i in range(20))) is None
"""


@pytest.mark.parametrize("damaged", [False, True])
def test_eight_processes_write_at_once(tmp_path: Path, damaged: bool) -> None:
    if damaged:
        (tmp_path / ".factcheck").mkdir()
        (tmp_path / ".factcheck" / NAME).write_bytes(b"damaged " * 1000)
    code = WRITER.format(tests=str(Path(__file__).parent.parent), root=str(tmp_path))
    code = code.replace("is None", "or True") if damaged else code
    writers = [
        subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, env=os.environ) for _ in range(8)
    ]
    said = [writer.communicate(timeout=120)[1].decode() for writer in writers]
    assert said == [""] * 8
    with history(tmp_path) as kept:
        assert kept is not None
        assert kept.runs() == 200
        assert sum(1 for _ in kept.all()) == 200 * 20
    assert len(set_aside(tmp_path)) == int(damaged)


def test_a_thousand_runs_of_five_hundred_claims_stay_small(tmp_path: Path) -> None:
    """Of each run one claim in fifty has another figure: 1,000 runs of 500 claims in less than 25 MB."""
    changed = [0] * 500
    began = time.perf_counter()
    for run in range(100):
        for claim in range(run % 50, 500, 50):
            changed[claim] += 1
        stored(tmp_path, *(record(f"claim-{i}", n / 1000, claim=f"s{i}") for i, n in enumerate(changed)))
    seconds = (time.perf_counter() - began) / 100
    size = (tmp_path / ".factcheck" / NAME).stat().st_size
    assert size / 100 < 25_000
    assert seconds < 1
