"""twarc's files damaged at random: an error that says why, or every record accounted for."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from ingest.desk import Desk

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Dataset

from .test_broken_exports import narrow

SAMPLES = Path(__file__).parent / "twarc_samples"
MUTATIONS = 12


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bits flipped, the end cut off, a span gone or doubled, or a character that means something put in."""
    at = chance.randrange(len(data))
    end = min(len(data), at + chance.randrange(1, 60))
    way = chance.randrange(5)
    if way == 0:
        flipped = bytearray(data)
        for place in (at, chance.randrange(len(data))):
            flipped[place] ^= 1 << chance.randrange(8)
        return bytes(flipped)
    if way == 1:
        return data[:at]
    if way == 2:
        return data[:at] + data[end:]
    if way == 3:
        return data[:end] + data[at:]
    return data[:at] + chance.choice([b"\n", b'"', b"{", b"]", b",", b"\0", b"\xff", b"null", b"\\"]) + data[at:]


@pytest.mark.parametrize(
    ("name", "format"), [("flat.jsonl", "twarc"), ("pages.jsonl", "twarc"), ("tweets.csv", "twarc-csv")]
)
def test_damaged_files(desk: Desk, name: str, format: str) -> None:
    data = (SAMPLES / name).read_bytes()
    if name.endswith(".csv"):
        data = narrow(data.decode()).encode()
    chance = random.Random(f"twarc {name}")
    read = 0
    for number in range(MUTATIONS):
        desk.write(name, damaged(data, chance))
        found = desk.load_all(f"d: {{files: {name}, format: {format}, key: id}}").datasets["d"]
        if isinstance(found, EvidenceError):
            assert name in found.message or "identifiers" in found.message, (number, found.message)
            continue
        assert isinstance(found, Dataset)
        assert found.ledger is not None
        ledger = found.ledger
        assert ledger.records == ledger.loaded + ledger.rejected, number
        assert len(ledger.rejects) == ledger.rejected, number
        assert desk.rows(found, "count(*)") == [(ledger.loaded,)]
        assert found.ledger.loaded <= 6
        read += 1
    assert read > MUTATIONS / 3
