"""Compressed files: cut off anywhere, damaged anywhere, in several parts, or made to fill the disk."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
import zstandard

from factcheck.errors import EvidenceError
from factcheck.evidence.formats import files, packed

from .desk import Desk

ROWS = "".join(f"{i},name {i * 7919 % 1000}\n" for i in range(20_000))
DATA = f"id,name\n{ROWS}".encode()


def unpacked(path: Path) -> bytes:
    return files.plain(path, path.with_name("plain"), path.name).read_bytes()


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_what_is_whole_comes_whole(tmp_path: Path, pack: object) -> None:
    path = tmp_path / ("d.gz" if pack is gzip.compress else "d.zst")
    for parts in ([DATA], [DATA[:10], DATA[10:]], [b"", DATA], []):
        path.write_bytes(b"".join(pack(part) for part in parts))  # type: ignore[operator]
        assert unpacked(path) == b"".join(parts)


def test_padding_after_gzip_is_passed_over_and_other_data_are_not(tmp_path: Path) -> None:
    path = tmp_path / "d.gz"
    path.write_bytes(gzip.compress(DATA) + b"\0" * 1000)
    assert unpacked(path) == DATA
    path.write_bytes(gzip.compress(DATA) + b"and more")
    with pytest.raises(EvidenceError, match="something else follows"):
        unpacked(path)
    path.write_bytes(b"id,name\n1,a\n")
    with pytest.raises(EvidenceError, match="it is no gzip file"):
        unpacked(path)


@pytest.mark.parametrize("name", ["d.csv.gz", "d.csv.zst"])
def test_a_file_cut_off_anywhere_is_an_error(desk: Desk, name: str) -> None:
    whole = gzip.compress(DATA) if name.endswith("gz") else zstandard.ZstdCompressor(write_checksum=True).compress(DATA)
    for keep in [*range(1, 30), len(whole) // 2, *range(len(whole) - 20, len(whole))]:
        path = desk.write(name, whole[:keep])
        with pytest.raises(EvidenceError, match="cut off"):
            unpacked(path)
    assert "evidence/" + name in desk.fails(f"d: {{files: {name}}}")


@pytest.mark.parametrize("name", ["d.csv.gz", "d.csv.zst"])
def test_a_flipped_bit_never_changes_the_data_unnoticed(tmp_path: Path, name: str) -> None:
    whole = gzip.compress(DATA) if name.endswith("gz") else zstandard.ZstdCompressor(write_checksum=True).compress(DATA)
    path, random_ = tmp_path / name, random.Random(7)
    noticed = 0
    for _ in range(300):
        at = random_.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << random_.randrange(8)]) + whole[at + 1 :])
        try:
            assert unpacked(path) == DATA  # the time and the name in a header are nobody's data
        except EvidenceError:
            noticed += 1
    assert noticed > 280


@pytest.mark.parametrize("name", ["d.csv.gz", "d.csv.zst"])
def test_a_file_that_unpacks_without_end_stops_at_a_limit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(packed, "MOST_UNPACKED", 1 << 22)
    zeros = b"id\n" + b"0" * (1 << 23)
    desk.write(name, gzip.compress(zeros) if name.endswith("gz") else zstandard.compress(zeros))
    said = desk.fails(f"d: {{files: {name}}}")
    assert f"evidence/{name} unpacks to more than 4,194,304 bytes" in said
    assert "unpack it yourself" in said
    left = sum(path.stat().st_size for path in desk.engine.scratch.rglob("*") if path.is_file())
    assert left <= 1 << 22
    monkeypatch.setattr(packed, "MOST_TIMES", 1 << 20)  # as large, but not out of nothing
    assert "unpacks to" not in desk.fails(f"d: {{files: {name}}}")


def test_the_head_of_a_trap_is_read_without_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "d.gz"
    path.write_bytes(gzip.compress(b"0" * (1 << 26)))
    assert files.head(path, 100) == b"0" * 100
    assert sum(map(len, files.chunks(path, 1 << 20))) < 1 << 22
