"""Exports damaged at random: an error that says why, or every record accounted for."""

from __future__ import annotations

import csv
import io
import random

import pytest
from ingest.desk import Desk

from depth import draws
from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Dataset

from .samples import SAMPLES

MUTATIONS = len(draws(8, 15))
CHOSEN = [
    "twint", "tags", "4cat, twitter", "4cat, bluesky", "crowdtangle", "x-archive", "meltwater", "brandwatch",
    "coortweet",
]  # fmt: skip


def narrow(data: str) -> str:
    """The same file without the columns that are empty in every row: each is looked at whole, which takes time."""
    above = data.index("\n\n") + 2 if data.startswith('"Report:"') else 0
    rows = list(csv.reader(io.StringIO(data[above:], newline="")))
    kept = [at for at in range(len(rows[0])) if any(row[at] for row in rows[1:])]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([row[at] for at in kept] for row in rows)
    return data[:above] + out.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A byte flipped, a span gone or doubled, the end cut off, or a character that means something put in."""
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.randrange(1, 40))
    kind = chance.randrange(5)
    if kind == 0:
        return data[:start] + bytes([data[start] ^ (1 << chance.randrange(8))]) + data[start + 1 :]
    if kind == 1:
        return data[:start] + data[end:]
    if kind == 2:
        return data[:end] + data[start:]
    if kind == 3:
        return data[:start]
    return (
        data[:start] + chance.choice([b'"', b"'", b",", b"\n", b"[", b"\\", b"{", b"\0", b"\xff", b"\t"]) + data[start:]
    )


@pytest.mark.parametrize("name", CHOSEN)
def test_a_damaged_export_is_refused_or_balances(desk: Desk, name: str) -> None:
    kind, data = SAMPLES[name]
    whole = narrow(data).encode()
    chance = random.Random(f"exports {name}")
    manifest = f"d: {{files: d.csv, format: {kind}}}"
    refused = 0
    for _ in range(MUTATIONS):
        broken = damaged(whole, chance)
        desk.write("d.csv", broken)
        found = desk.load_all(manifest, "d").datasets["d"]
        if isinstance(found, EvidenceError):
            assert found.message.strip()
            refused += 1
            continue
        assert isinstance(found, Dataset)
        ledger = found.ledger
        assert ledger is not None
        assert ledger.records == ledger.loaded + ledger.rejected + ledger.dropped, broken
        assert desk.rows(found, "count(*)") == [(ledger.loaded,)], broken
        assert all(0 < count <= ledger.loaded for count in ledger.lost.values()), broken
    assert refused < MUTATIONS
