"""The shortcut of NFC: text that it passes over is NFC."""

from __future__ import annotations

import random
import unicodedata

import pytest

from factcheck.evidence.engines.names import literal
from factcheck.evidence.ingest.normal import DOUBTFUL, nfc, surely_nfc

from .desk import Desk


def _doubtful() -> set[int]:
    ranges = (item.partition("-") for item in DOUBTFUL.split())
    return {p for first, _, last in ranges for p in range(int(first, 16), int(last or first, 16) + 1)}


def test_no_character_that_nfc_changes_or_reorders_is_passed_over() -> None:
    doubtful = _doubtful()
    for point in range(0x110000):
        if 0xD800 <= point < 0xE000:
            continue
        character = chr(point)
        if unicodedata.normalize("NFC", character) != character or unicodedata.combining(character):
            assert point in doubtful, f"{point:X}"


def test_no_character_that_joins_the_one_before_it_is_passed_over() -> None:
    doubtful = _doubtful()
    for point in range(0xA0, 0x30000):
        composed = chr(point) if not 0xD800 <= point < 0xE000 else ""
        parts = unicodedata.normalize("NFD", composed)
        if len(parts) > 1 and unicodedata.normalize("NFC", parts) == composed:
            assert all(ord(part) in doubtful for part in parts[1:]), f"{point:X}"


@pytest.mark.parametrize("text", ["plain", "López “quoted” 😀 — £€", "a" * 3000 + "é", "naïve Å"])
def test_a_look_at_the_bytes_clears_what_is_nfc(text: str) -> None:
    assert surely_nfc([text.encode()])


def test_a_look_at_the_bytes_clears_no_character_that_is_doubtful() -> None:
    for point in _doubtful():
        data = ("x" * 50 + chr(point) + "x" * 50).encode()
        assert not surely_nfc([data]), f"{point:X}"
        assert not surely_nfc([data[:51], data[51:]]), f"{point:X}"


def test_random_text_comes_out_as_python_normalises_it(desk: Desk) -> None:
    random.seed(1)
    letters = "aeЖё한ᄒ" + "\u0301\u0323\u1161\u11ab\u0915\u093c\u212b\u0344😀é"
    words = ["".join(random.choices(letters, k=random.randrange(1, 8))) for _ in range(400)]
    desk.engine.execute(
        "CREATE TABLE t AS SELECT * FROM (VALUES " + ", ".join(f"({literal(w)})" for w in words) + ") v(w)"
    )
    for before, after in desk.engine.run(f"SELECT w, {nfc('w')} FROM t").rows():
        assert after == unicodedata.normalize("NFC", before)


def test_what_stands_behind_a_nul_character_stays(desk: Desk) -> None:
    found = desk.csv("a,b\nx\0e\u0301\0y,1\n")
    assert desk.rows(found, "a") == [("x\0\u00e9\0y",)]
