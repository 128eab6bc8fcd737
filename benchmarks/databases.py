"""Two million rows of SQLite: processor time and memory of ingest, of a plain read through ADBC, and of sqlite3.

python benchmarks/databases.py [ROWS]
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROUNDS = 3
FIRST_ID = 1 << 60


def write(path: Path, rows: int) -> None:
    """Posts with ids of 64 bits, texts, times, gaps, and prices that are whole numbers and fractions by turns."""
    random.seed(1)
    words = ["alpha", "beta", "gamma", "delta", "épsilon", "zeta"]
    schema = (
        "id INTEGER, author TEXT, created_at TEXT, country TEXT, likes INTEGER, score REAL, body TEXT, price NUMERIC"
    )
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"CREATE TABLE posts ({schema})")
        made = (
            (
                FIRST_ID + i * 7919,
                f"user{i % 50000}",
                f"2018-{i % 12 + 1:02}-{i % 28 + 1:02} {i % 24:02}:{i % 60:02}:00",
                words[i % 6] if i % 10 else None,
                i % 1000,
                i / 7,
                " ".join(words[(i + k) % 6] for k in range(12)),
                i % 100 / 4,
            )
            for i in range(rows)
        )
        db.executemany("INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", made)
        db.commit()


def ingest(path: Path) -> int:
    from factcheck.evidence.dataset import Dataset
    from factcheck.evidence.engines.duckdb import open_engine
    from factcheck.evidence.ingest import load_all
    from factcheck.evidence.manifest import read_manifests

    (path.parent / "m.yaml").write_text(f"datasets: {{d: {{files: {path.name}, table: posts}}}}\n")
    sources, _ = read_manifests([path.parent / "m.yaml"], path.parent)
    engine = open_engine()
    found = load_all(engine, sources, path.parent).datasets["d"]
    assert isinstance(found, Dataset), found
    assert found.ledger is not None
    (largest,) = engine.run("SELECT max(id) FROM d").one()
    assert largest == FIRST_ID + (found.ledger.loaded - 1) * 7919  # exact, far beyond 2^53
    return found.ledger.loaded


def adbc(path: Path) -> int:
    import adbc_driver_manager
    import adbc_driver_sqlite
    import duckdb

    with (
        adbc_driver_sqlite.connect(f"file:{path}?mode=ro") as database,
        adbc_driver_manager.AdbcConnection(database) as connection,
        adbc_driver_manager.AdbcStatement(connection) as statement,
    ):
        statement.set_sql_query("SELECT * FROM posts")
        stream, _ = statement.execute_query()
        engine = duckdb.connect()
        engine.register("stream", stream)
        engine.execute("CREATE TABLE posts AS FROM stream").fetchall()
        return int(engine.execute("SELECT count(*) FROM posts").fetchall()[0][0])


def stdlib(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return len(db.execute("SELECT * FROM posts").fetchall())


WAYS = {"ingest": ingest, "adbc": adbc, "sqlite3": stdlib}


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        before = time.process_time()
        count = WAYS[sys.argv[2]](Path(sys.argv[3]))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps({"rows": count, "seconds": time.process_time() - before, "memory": memory}))
        return
    rows = int(sys.argv[1]) if sys.argv[1:] else 2_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "posts.db"
        write(path, rows)
        found: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
        for _ in range(ROUNDS):
            for way in WAYS:
                told = subprocess.run(
                    [sys.executable, __file__, "--one", way, str(path)], capture_output=True, check=True
                )
                found[way].append(json.loads(told.stdout))
        for way, runs in found.items():
            best = min(runs, key=lambda run: run["seconds"])
            assert best["rows"] == rows
            print(f"{way}: {best['seconds']:.1f} s of processor time, {best['memory']} MB")


if __name__ == "__main__":
    main()
