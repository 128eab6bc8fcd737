"""Damaged files of every format, a thousand in all: an error that says so or a ledger that balances, never a crash."""

from __future__ import annotations

import gzip
import io
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import zstandard

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.isolation.order import Order
from factcheck.evidence.isolation.reader import Reader
from factcheck.evidence.manifest import read_manifests

EACH = 72  # mutations of a format; with the formats below more than a thousand
ROWS = [(i, f"author{i % 7}", ["Rusia", "México", ""][i % 3], i * 1000 + 5, f"text, \"{i}\" ñ 😀") for i in range(40)]
NAMES = ("id", "author", "country", "likes", "text")


def _csv(delimiter: str = ",") -> bytes:
    import csv

    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(NAMES)
    writer.writerows(ROWS)
    return out.getvalue().encode()


def _jsonl() -> bytes:
    import json

    lines = (json.dumps(dict(zip(NAMES, row, strict=True)) | {"geo": {"x": row[0] / 3}}) for row in ROWS)
    return "\n".join(lines).encode()


def _twarc() -> bytes:
    import json

    pages = []
    for at in range(0, 40, 10):
        data = [
            {
                "id": str(10**18 + i), "text": text, "author_id": str(i % 7), "created_at": "2018-05-10T12:00:00.000Z",
                "public_metrics": {"like_count": likes, "retweet_count": 0, "reply_count": 0, "quote_count": 0},
            }
            for i, _, _, likes, text in ROWS[at : at + 10]
        ]  # fmt: skip
        users = [{"id": str(i), "username": f"author{i}", "name": "A", "created_at": "2011-01-01T00:00:00.000Z"} for i in range(7)]
        pages.append(json.dumps({"data": data, "includes": {"users": users}, "meta": {"result_count": 10}, "__twarc": {}}))
    return "\n".join(pages).encode()


def _by_duckdb(statement: str, ending: str) -> Callable[[Path], bytes]:
    def made(folder: Path) -> bytes:
        path = folder / f"made.{ending}"
        con = duckdb.connect()
        con.execute("CREATE TABLE t (id BIGINT, author VARCHAR, country VARCHAR, likes BIGINT, text VARCHAR)")
        con.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", ROWS)
        con.execute(statement.format(path=path))
        con.close()
        data = path.read_bytes()
        path.unlink()
        return data

    return made


def _sqlite(folder: Path) -> bytes:
    path = folder / "made.db"
    con = sqlite3.connect(path)
    con.execute("CREATE TABLE posts (id INTEGER, author TEXT, country TEXT, likes INTEGER, text TEXT)")
    con.executemany("INSERT INTO posts VALUES (?, ?, ?, ?, ?)", ROWS)
    con.commit()
    con.close()
    data = path.read_bytes()
    path.unlink()
    return data


def _xlsx(folder: Path) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(NAMES)
    for row in ROWS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


NODES = [(f"n{i}", f"Node <{i}> & co", i % 3) for i in range(20)]
EDGES = [(f"n{i % 20}", f"n{(i * 7 + 1) % 20}", i / 2) for i in range(40)]


def _gexf() -> bytes:
    from xml.sax.saxutils import quoteattr

    nodes = "".join(
        f'<node id="{i}" label={quoteattr(label)}><attvalues><attvalue for="0" value="{c}"/></attvalues></node>\n'
        for i, label, c in NODES
    )
    edges = "".join(f'<edge source="{a}" target="{b}" weight="{w}"/>\n' for a, b, w in EDGES)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'
        '<graph defaultedgetype="directed"><attributes class="node"><attribute id="0" title="side" type="integer"/>'
        f"</attributes><nodes>{nodes}</nodes><edges>{edges}</edges></graph></gexf>"
    ).encode()


def _graphml() -> bytes:
    nodes = "".join(f'<node id="{i}"><data key="d0">{c}</data></node>\n' for i, _, c in NODES)
    edges = "".join(f'<edge source="{a}" target="{b}"/>\n' for a, b, _ in EDGES)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        '<key id="d0" for="node" attr.name="side" attr.type="int"/>'
        f'<graph edgedefault="directed">{nodes}{edges}</graph></graphml>'
    ).encode()


def _gml() -> bytes:
    nodes = "".join(f'  node [ id {i} label "{label}" side {c} ]\n' for i, (_, label, c) in enumerate(NODES))
    edges = "".join(f"  edge [ source {a[1:]} target {b[1:]} ]\n" for a, b, _ in EDGES)
    return f"graph [\n  directed 1\n{nodes}{edges}]\n".encode()


def _sigma() -> bytes:
    import json

    nodes = [{"key": i, "label": label, "x": 0.5, "y": 1, "size": 3, "cluster": c} for i, label, c in NODES]
    return json.dumps({"nodes": nodes, "edges": [[a, b] for a, b, _ in EDGES], "clusters": []}).encode()


def _edges() -> bytes:
    return b"source,target,weight\n" + "".join(f"{a},{b},{w}\n" for a, b, w in EDGES).encode()


FORMATS: dict[str, tuple[str, str, Callable[[Path], bytes]]] = {
    "csv": ("csv", "", lambda _: _csv()),
    "tsv": ("tsv", "", lambda _: _csv("\t")),
    "csv-gz": ("csv.gz", "", lambda _: gzip.compress(_csv(), mtime=0)),
    "csv-zst": ("csv.zst", "", lambda _: zstandard.compress(_csv())),
    "csv-utf-16": ("csv", ", read: {encoding: utf-16}", lambda _: _csv().decode().encode("utf-16")),
    "jsonl": ("jsonl", "", lambda _: _jsonl()),
    "jsonl-gz": ("jsonl.gz", "", lambda _: gzip.compress(_jsonl(), mtime=0)),
    "twarc": ("jsonl", ", format: twarc", lambda _: _twarc()),
    "parquet": ("parquet", "", _by_duckdb("COPY t TO '{path}' (FORMAT parquet)", "parquet")),
    "parquet-zstd": ("parquet", "", _by_duckdb("COPY t TO '{path}' (FORMAT parquet, COMPRESSION zstd)", "parquet")),
    "sqlite": ("db", ", table: posts", _sqlite),
    "xlsx": ("xlsx", "", _xlsx),
    "gexf": ("gexf", "", lambda _: _gexf()),
    "graphml": ("graphml", "", lambda _: _graphml()),
    "gml": ("gml", "", lambda _: _gml()),
    "sigma": ("json", ", format: sigma", lambda _: _sigma()),
    "edges": ("csv", ", format: edges", lambda _: _edges()),
}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Cut off, bits flipped, a piece left out, said twice, or overwritten."""
    kind, at, size = chance.randrange(5), chance.randrange(len(data)), chance.randint(1, 40)
    if kind == 0:
        return data[:at]
    if kind == 1:
        changed = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return bytes(changed)
    if kind == 2:
        return data[:at] + data[at + size :]
    if kind == 3:
        return data[: at + size] + data[at:]
    return data[:at] + chance.randbytes(size) + data[at + size :]


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_files(name: str, tmp_path: Path) -> None:
    ending, extra, make = FORMATS[name]
    folder = tmp_path / "evidence"
    folder.mkdir()
    data = make(tmp_path)
    chance = random.Random(f"damaged {name}")
    (folder / f"whole.{ending}").write_bytes(data)
    manifest = [f"  whole: {{files: whole.{ending}{extra}}}"]
    for number in range(EACH):
        (folder / f"m{number}.{ending}").write_bytes(mutated(data, chance))
        manifest.append(f"  m{number}: {{files: m{number}.{ending}{extra}}}")
    (folder / "data.yaml").write_text("datasets:\n" + "\n".join(manifest) + "\n")
    sources, problems = read_manifests([folder], tmp_path)
    assert not problems
    reader = Reader(Order(sources, Ground(tmp_path)))
    try:
        loaded = reader.load_all(set(sources))
    finally:
        reader.close()
    for dataset, found in loaded.datasets.items():
        whole = dataset.startswith("whole")
        if isinstance(found, EvidenceError):
            assert not whole, found.message
            assert found.message
            assert "fault of factcheck" not in found.message, found.message
            assert str(tmp_path) not in found.message
        else:
            assert_balanced(found, whole)


def assert_balanced(dataset: Dataset, whole: bool) -> None:
    ledger = dataset.ledger
    assert ledger is not None
    assert ledger.records == ledger.loaded + ledger.rejected + ledger.dropped
    assert all(0 < lost <= ledger.records for lost in ledger.lost.values())
    if whole:
        expected = {".nodes": len(NODES), ".edges": len(EDGES)}.get(dataset.name[len("whole") :], len(ROWS))
        assert (ledger.loaded, ledger.rejected) == (expected, 0)
