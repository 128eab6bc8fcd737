"""The fast way of reading JSON Lines gives what the exact way gives, or gives way to it."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.formats import jsonl_fast
from factcheck.evidence.formats.jsonl_keys import Counter, Tally, TooOdd, whole_lines
from factcheck.evidence.ingest import work

from .desk import Desk

Outcome = tuple[object, ...]


@dataclass
class Ways:
    """Both ways to read a file."""

    desk: Desk
    patch: pytest.MonkeyPatch
    proven: list[bool]

    def read(self, manifest: str, *, fast: bool) -> Outcome:
        """All that a person could see of the dataset, or the error."""
        self.patch.setattr(jsonl_fast, "_SMALL", 0 if fast else 1 << 60)
        found = self.desk.load_all(manifest, "d").datasets["d"]
        if isinstance(found, EvidenceError):
            return (found.message,)
        assert isinstance(found, Dataset)
        names = {c.name: (c.type, c.family) for c in found.columns.values()}
        return list(names), names, [tuple(map(repr, row)) for row in self.desk.rows(found)], found.ledger

    def same(self, *files: bytes, extra: str = "") -> bool:
        """Holds the two ways against each other; True where the fast one came to its end."""
        for number, data in enumerate(files):
            self.desk.write(f"d{number}.jsonl", data)
        named = ", ".join(f"d{number}.jsonl" for number in range(len(files)))
        manifest = f"d: {{files: [{named}]{', ' + extra if extra else ''}}}"
        self.proven.clear()
        fast, exact = self.read(manifest, fast=True), self.read(manifest, fast=False)
        assert fast == exact, files
        return self.proven == [True]


@pytest.fixture
def ways(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Ways:
    proven: list[bool] = []
    prove = work.prove

    def watched(*arguments: object) -> object:
        found = prove(*arguments)  # type: ignore[arg-type]
        proven.append(found is not None)
        return found

    monkeypatch.setattr(work, "prove", watched)
    return Ways(desk, monkeypatch, proven)


PLAIN = b'{"id": 1, "a": "x", "b": true, "c": 1.5, "at": "2018-05-10 12:00:00"}\n' * 3


@pytest.mark.parametrize(
    "data",
    [
        PLAIN,
        PLAIN.replace(b": ", b":"),
        PLAIN.replace(b"\n", b"\r\n"),
        PLAIN[:-1],
        PLAIN + b"\n\n" + PLAIN,
        PLAIN + b'{"id": 2}\n{"a": null, "id": 3}\n',
        PLAIN + b'{"id": 7, "a": ":-)", "b": false, "c": 0.25, "at": null}\n',
        PLAIN + b'{"id": 8, "a": "so \\"named\\": x \\\\", "c": 2.0}\n',
        PLAIN + b'{"id": 9, "a": "e\\u0301"}\n{"id": 10, "a": "' + "e\u0301".encode() + b'"}\n',
        PLAIN + b'{"id" : 9, "a": "x"}\n',
        b'{"id": 12345678901234567890123, "n": 1e5}\n{"id": 5, "n": 0.1}\n',
        '{"имя": "Анна", "id": 1}\n{"имя": null, "id": 2}\n'.encode(),
    ],
)
def test_plain_objects_are_read_the_fast_way(ways: Ways, data: bytes) -> None:
    assert ways.same(data)


@pytest.mark.parametrize(
    "late",
    [
        b'{"id": 2, "late": 5}',
        b'{"id": 2, "late": null}',
        b'{"id": 2, "ID": 5}',
        b'{"id": 2, "a": {"id": null}}',
        b'{"id": 2, "a": {"z": 1}}',
        b'{"id": 2, "geo": {"z": null}}',
        b'{"id": "5"}',
        b'{"id": "5", "a": 7}',
        b'{"id": 1.7}',
        b'{"id": true}',
        b'{"id": 2, "b": "true"}',
        b'{"id": 2, "b": 1}',
        b'{"id": 2, "c": NaN}',
        b'{"id": 2, "c": 1e999}',
        b'{"id": 2, "id": 3}',
        b'{"id": null, "id": 3}',
        b'{"late": 1, "late": 2}',
        b"null",
        b"{}",
        b"[1]",
        b"[null, null]",
        b'"text"',
        b"   ",
        b"\t",
        b"\x0b",
        b"{bad",
        b'{"id": 2} x',
        b'{"id": 2}{"id": 3}',
        b'{"id": 2,}',
        b'{"id": 2, "a": "x\x00y"}',
        b'{"id": 2, "a": "\xff"}',
        b'{"id": 2, "a": "\\ud800"}',
        b'{"id": 2, "a": "x\\u0000y"}',
        b'{"id":\r2}',
        b'{"id":  null}',
        b'{"id" :null, "late\\\\": 1}',
        b'{"id": 2, "late\\"id": null}',
        b'{"id": 2, "late:": ":null"}',
        b'{"id": 2, "\\u0069d": 3}',
        b'{"id": 2, "a": "2018-05-10", "at": "x"}',
        b'{"id": 2, "at": 20180510}',
        b'{"id": 2, "at": "2018-05-10T12:00:00+02:00"}',
        b'{"id": 2, "a": ["x", ":null", {"a": null}]}',
    ],
)
def test_one_odd_line_far_down(ways: Ways, late: bytes) -> None:
    ways.same(PLAIN * 1000 + late + b"\n" + PLAIN * 1000)


@pytest.mark.parametrize("late", [b'{"id": 2, "late": 5}', b'{"late": null}', b'{"id": "5", "a": 7}', b'{"id": 1.7}'])
def test_what_the_sample_did_not_show_is_found(ways: Ways, late: bytes) -> None:
    ways.patch.setattr(jsonl_fast, "_PLACES", 2)
    assert not ways.same(PLAIN * 3000 + late + b"\n" + PLAIN * 3000)


def test_a_manifest_may_name_a_key_that_the_sample_did_not_show(ways: Ways) -> None:
    ways.patch.setattr(jsonl_fast, "_PLACES", 2)
    data = PLAIN * 9000 + b'{"id": 2, "late": 5}\n' + PLAIN * 3000
    assert not ways.same(data, extra="columns: {late: {type: text}, x: {expr: id * 2}}")
    found = ways.desk.load("d: {files: [d0.jsonl], columns: {late: {type: text}}}")
    assert ways.desk.rows(found, "count(late)") == [(1,)]
    assert not ways.same(data, extra="columns: {lat: {type: text}}")


def test_several_files_and_manifests(ways: Ways) -> None:
    assert ways.same(PLAIN, PLAIN.replace(b'"id": 1', b'"id": 4'))
    assert not ways.same(PLAIN, b'{"id": 5, "c": "x"}\n')
    assert ways.same(PLAIN, extra="key: id, on_duplicate: drop")
    assert ways.same(PLAIN, extra="columns: {id: {type: text}, c: {type: integer}, at: {type: date}, x: {expr: c * 2}}")
    ways.same(PLAIN + b'{"id": "7", "at": "soon", "c": "1.5"}\n', extra="columns: {id: {type: text}, at: {type: date}}")


def test_no_wrong_key_is_balanced_by_another_error(ways: Ways) -> None:
    """An unknown key in one line, and in another one that the count of keys could miss."""
    for missed in (
        b'{"id" : 2}',
        b'{"id\\\\": 2}',
        b'{"a": ":null"}',
        b'{"id": 2, "a": ":x"}',
        b'{"id":\t2}',
        b'{"id"\t:2}',
    ):
        ways.same(PLAIN * 2000 + missed + b"\n" + b'{"id": 2, "other": 3}\n' + PLAIN * 2000)
        ways.same(PLAIN * 2000 + missed + b"\n" + b'{"id": 2, "other": null}\n' + PLAIN * 2000)


NASTY = [
    "",
    " ",
    ":",
    '"',
    "\\",
    ":null",
    '":',
    "null",
    "é",
    "e\u0301",
    "😀",
    "\u2028",
    "x\ny",
    "\t",
    "{",
    "[",
    ",",
    "a:",
    "5",
    "-1",
]
DATES = ["2018-05-10", "2018-05-10 12:00:00", "2018-05-10T12:00:00Z", "10/05/2018"]
NUMBERS = [0, 1, -1, 2**53 + 1, 2**63 - 1, 2**63, 2**64, 10**25, 0.1, 1.5, -0.0, 1e5, 1e-7, 1e300, 123456789012345.678]
KEYS = [
    "id",
    "a",
    "A",
    "b:",
    "c,",
    "d e",
    "é",
    "naïve",
    'q"',
    "s\\",
    "",
    "null",
    "0",
    "x.y",
    "id ",
    "_factcheck_present",
]


def records(random_: random.Random) -> Iterator[bytes]:
    """A file's lines: mostly of one mould, now and then odd."""
    keys = (
        random_.sample(KEYS, random_.randint(1, 5))
        if random_.random() < 0.3
        else random_.sample(KEYS[:2] + KEYS[5:8], 3)
    )
    moulds = {key: random_.choice([NASTY, DATES, NUMBERS, NUMBERS[:3], [True, False], [None]]) for key in keys}
    gaps = random_.choice([(", ", ": "), (",", ":"), (" , ", " : "), (",  ", ":  ")])
    for _ in range(random_.choice([1, 3, 30, 300])):
        values = {key: random_.choice(mould) for key, mould in moulds.items() if random_.random() < 0.95}
        if random_.random() < 0.1:
            values[random_.choice(keys)] = None
        if random_.random() < 0.004:
            values[random_.choice(KEYS)] = random_.choice([{"a": None}, {}, [], ["x", 1], "y", 5, None, True])
        line = json.dumps(values, ensure_ascii=random_.random() < 0.02, separators=gaps).encode()
        if random_.random() < 0.003:
            at = random_.randrange(len(line) + 1)
            line = (
                line[:at]
                + random_.choice([b"", b'"', b":", b"\\", b"{", b"\x00", b"\xff", b" ", b"\n", b"\r"])
                + line[at + 1 :]
            )
        yield line


@pytest.mark.parametrize("seed", range(24))
def test_both_ways_agree_on_nasty_files(ways: Ways, seed: int) -> None:
    random_ = random.Random(seed)
    ways.patch.setattr(jsonl_fast, "_PLACES", 1)
    ways.patch.setattr(jsonl_fast, "_PLACE", 2000)
    end = random_.choice([b"\n", b"\n", b"\r\n"])
    files = [end.join(records(random_)) + random_.choice([b"", end, end * 2]) for _ in range(random_.choice([1, 1, 2]))]
    ways.same(*files)


@pytest.mark.parametrize("seed", range(16))
def test_keys_are_counted_as_a_parser_counts_them(seed: int) -> None:
    random_ = random.Random(seed)
    lines = [line for _ in range(5) for line in records(random_)]
    good = []
    known = KEYS[:2] + KEYS[6:8]
    keys = nulls = 0
    for line in lines:
        pairs: list[tuple[str, object]] = []
        try:
            json.loads(line, object_pairs_hook=pairs.extend)
        except ValueError:
            continue
        if b"\r" in line or b"\n" in line or not line.strip():
            continue
        good.append(line)
        keys += len(pairs)
        nulls += len(re.findall(rb'[{,] ?"(?:%s)": ?null' % b"|".join(key.encode() for key in known), line))
    data = b"\n".join(good)
    try:
        counter, found = Counter(known), Tally()
        for block in whole_lines(data[i : i + 700] for i in range(0, len(data), 700)):
            found += counter.count(block)
    except TooOdd:
        assert b":  " in data  # what two blanks before a value hide
        return
    assert (found.lines, found.keys) == (len(good), keys)
    assert found.nulls <= nulls


def test_a_file_without_an_end_of_line_is_counted(tmp_path: Path) -> None:
    (block,) = whole_lines([b'{"a"', b": null}"])
    assert Counter(["a"]).count(block) == Tally(1, 1, 1)


def test_a_byte_order_mark_is_no_key(ways: Ways) -> None:
    ways.same(b"\xef\xbb\xbf" + PLAIN)  # the fast way, with newer releases of DuckDB
    assert ways.read("d: {files: [d0.jsonl]}", fast=True)[0] == ["id", "a", "b", "c", "at"]


def test_an_object_without_keys_is_a_record_of_nothing(ways: Ways) -> None:
    assert not ways.same(b'{}\n{"id": 1, "a": "x"}\n{}\n')
    assert ways.read("d: {files: [d0.jsonl]}", fast=False)[0] == ["id", "a"]
