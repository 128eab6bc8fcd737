"""What is fetched of Parquet in a store, and how long questions take, beside the same file on this disk.

    python benchmarks/stores.py [rows]

The store is a server of this computer (that of the tests), so that times show what the way through Python costs and
not what a network does. Both engines are new for each round; the best of three rounds is told.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.stores.front import mount
from factcheck.evidence.stores.stores import Stores

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/evidence"))
from stores.bucket import served

QUESTIONS = {
    "count of rows": "SELECT count(*) FROM {}",
    "share of one column": "SELECT count(CASE WHEN likes > 10 THEN 1 END) FROM {}",
    "two columns by a third": "SELECT country, sum(likes), count(DISTINCT author) FROM {} GROUP BY 1 ORDER BY 1",
    "a narrow range of a sorted column": "SELECT sum(likes) FROM {} WHERE id BETWEEN 1000 AND 2000",
    "words in the text": "SELECT count(CASE WHEN contains(text, 'number 77') THEN 1 END) FROM {}",
}


def posts(rows: int) -> bytes:
    chance = np.random.default_rng(1)
    table = pa.table({
        "id": np.arange(rows),
        "author": chance.integers(0, rows // 10, rows),
        "country": pa.array(np.array(["Russia", "Ukraine", "Mexico", "France"])[chance.integers(0, 4, rows)]),
        "likes": chance.integers(0, 1000, rows),
        "text": [f"post number {i} says {i * 7919 % 99991} things" + " and more" * (i % 20) for i in range(rows)],
    })  # fmt: skip
    out = io.BytesIO()
    pq.write_table(table, out, row_group_size=100_000)
    return out.getvalue()


def timed(sql: str, stores: Stores | None) -> tuple[float, list[tuple[object, ...]]]:
    engine = open_engine(threads=2)
    try:
        if stores is not None:
            mount(engine, stores)
        began = time.perf_counter()
        rows = engine.run(sql).rows()
        return time.perf_counter() - began, rows
    finally:
        engine.close()


def main(rows: int) -> None:
    data = posts(rows)
    os.environ |= {"AWS_ACCESS_KEY_ID": "AKTEST", "AWS_SECRET_ACCESS_KEY": "secret"}
    with served() as bucket, tempfile.TemporaryDirectory() as folder:
        os.environ["AWS_ENDPOINT_URL"] = bucket.endpoint
        (Path(folder) / "posts.parquet").write_bytes(data)
        bucket.put("desk/posts.parquet", data)
        stores = Stores()
        (path,) = stores.find("s3://desk/posts.parquet")
        print(f"DuckDB {duckdb.__version__}, {rows:,} rows, {len(data):,} bytes")
        print("| question | bytes fetched | of the object | requests | time, store / disk |")
        print("|---|---:|---:|---:|---:|")
        for name, question in QUESTIONS.items():
            far, near, sent, requests = [], [], 0, 0
            for _ in range(3):
                bucket.log.clear()
                took, found = timed(question.format(f"read_parquet('{stores.object(path).pinned}')"), stores)
                far.append(took)
                sent, requests = bucket.sent(), len(bucket.log)
                took, same = timed(question.format(f"read_parquet('{folder}/posts.parquet')"), None)
                near.append(took)
                assert found == same
            ratio = min(far) / min(near)
            print(f"| {name} | {sent:,} | {sent / len(data):.1%} | {requests} | {ratio:.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
