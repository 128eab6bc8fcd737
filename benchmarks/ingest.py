"""What reading with a ledger costs: CSV against a plain typed DuckDB load of the same file, in one run.

    python benchmarks/ingest.py --rows 2000000

The plain load is told every type and the dialect, checks nothing and keeps no ledger. Both are taken in turn;
the ratio is that of the shortest runs, by the clock and by processor time (which a busy machine disturbs less). Also
measured: JSON Lines, and a random sample of a Parquet file against a query that touches its columns once.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

TYPES = {
    "id": "BIGINT",
    "created_at": "TIMESTAMP",
    "author": "VARCHAR",
    "country": "VARCHAR",
    "language": "VARCHAR",
    "followers": "BIGINT",
    "impressions": "BIGINT",
    "verified": "BOOLEAN",
    "platform": "VARCHAR",
    "score": "DECIMAL(18,2)",
    "text": "VARCHAR",
}
# A third of the texts hold a letter beyond ASCII; a twelfth of the countries is missing.
POSTS = """
    SELECT 1000000000000000000 + i * 37 AS id,
        strftime(TIMESTAMP '2018-04-10' + to_seconds(CAST(i * 7e6 / {rows} AS BIGINT)), '%Y-%m-%d %H:%M:%S')
            AS created_at,
        'user' || h % 40000 AS author,
        CASE WHEN h % 12 > 0 THEN
            ['Russia', 'Mexico', 'Ukraine', 'USA', 'Côte d''Ivoire'][1 + h // 13 % 5] END AS country,
        ['en', 'es', 'ru', 'de'][1 + h // 71 % 4] AS language,
        h // 101 % 100000 AS followers, h // 107 % 5000 AS impressions, h // 113 % 10 = 0 AS verified,
        ['Twitter', 'Facebook'][1 + h // 131 % 2] AS platform,
        CAST(h // 137 % 10000 / 100 AS DECIMAL(18,2)) AS score,
        CASE WHEN i % 3 = 0 THEN 'Lo que dice López, ' ELSE 'What Lopez says, ' END || '"quoted" '
            || md5(CAST(i AS VARCHAR)) || ' and a few more words #tag' || i % 977 AS text
    FROM (SELECT i, CAST(hash(i) >> 2 AS BIGINT) AS h FROM range({rows}) r(i))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--out", type=Path, help="keep the generated files here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        root = (arguments.out or Path(temporary)).resolve()
        generate(root, arguments.rows)
        print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, ", end="")
        print(f"{arguments.rows:,} rows, {(root / 'evidence/posts.csv').stat().st_size / 1e6:.0f} MB CSV\n")
        measure(root, arguments.repeats)
        measure_sample(root)


def generate(root: Path, rows: int) -> None:
    import duckdb

    folder = root / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    for name, options in (("csv", "HEADER"), ("jsonl", "FORMAT json"), ("parquet", "FORMAT parquet")):
        if not (folder / f"posts.{name}").exists():
            duckdb.connect().execute(f"COPY ({POSTS.format(rows=rows)}) TO '{folder / f'posts.{name}'}' ({options})")
    (folder / "posts.yaml").write_text(
        "datasets:\n"
        "  untyped: {files: posts.csv}\n"
        "  keyed: {files: posts.csv, key: id}\n"
        "  stated: {files: posts.csv, columns: {followers: {type: integer}, created_at: {type: timestamp}}}\n"
        "  json: {files: posts.jsonl}\n"
        "  parquet: {files: posts.parquet}\n"
    )


def measure(root: Path, repeats: int) -> None:
    names = ["untyped", "stated", "keyed", "json", "parquet"]
    tasks: dict[str, Callable[[], None]] = {"plain load": lambda: plain(root)}
    tasks |= {f"{name} with ledger": (lambda name=name: ledger(root, name)) for name in names}  # type: ignore[misc]
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in tasks}
    for _ in range(repeats):
        for name, task in tasks.items():
            taken[name].append(timed(task))
    shortest = {name: tuple(map(min, zip(*pairs, strict=True))) for name, pairs in taken.items()}
    base = shortest["plain load"]
    print("| | clock s | ratio | processor s | ratio |\n|---|---|---|---|---|")
    for name, (clock, cpu) in shortest.items():
        print(f"| {name} | {clock:.2f} | {clock / base[0]:.2f} | {cpu:.2f} | {cpu / base[1]:.2f} |")


def timed(task: Callable[[], None]) -> tuple[float, float]:
    clock, cpu = time.perf_counter(), time.process_time()
    task()
    return time.perf_counter() - clock, time.process_time() - cpu


def plain(root: Path) -> None:
    import duckdb

    columns = "{" + ", ".join(f"{name}: '{kind}'" for name, kind in TYPES.items()) + "}"
    duckdb.connect().execute(
        f"CREATE TABLE t AS FROM read_csv('{root}/evidence/posts.csv', columns={columns}, header=false, skip=1, "
        "delim=',', quote='\"', escape='\"', auto_detect=false)"
    ).fetchall()


def ledger(root: Path, name: str) -> None:
    from factcheck.evidence.dataset import Dataset
    from factcheck.evidence.engines.duckdb import open_engine
    from factcheck.evidence.ingest import load_all
    from factcheck.evidence.manifest import read_manifests

    sources, _ = read_manifests([root / "evidence"], root)
    engine = open_engine()
    found = load_all(engine, sources, root, names=[name]).datasets[name]
    engine.close()
    if not isinstance(found, Dataset) or found.ledger is None or found.ledger.loaded != found.ledger.records:
        raise SystemExit(f"{name} was not loaded whole: {found}")


def measure_sample(root: Path) -> None:
    from factcheck.evidence.dataset import Dataset
    from factcheck.evidence.engines.duckdb import open_engine
    from factcheck.evidence.ingest import load_all, sample
    from factcheck.evidence.manifest import read_manifests

    sources, _ = read_manifests([root / "evidence"], root)
    engine = open_engine()
    found = load_all(engine, sources, root, names=["parquet"]).datasets["parquet"]
    if not isinstance(found, Dataset):
        raise SystemExit(str(found))
    columns = [name for name in TYPES if name != "text"]
    touch = "SELECT " + ", ".join(f"count({name}), max({name})" for name in columns) + " FROM parquet"
    draw = f"CREATE OR REPLACE TEMP TABLE drawn AS {sample(found, 50_000, columns)}"
    once = min(timed(lambda: engine.execute(touch))[0] for _ in range(5))
    drawn = min(timed(lambda: engine.execute(draw))[0] for _ in range(5))
    print(
        f"\nA random sample of 50,000 rows of Parquet: {drawn:.2f} s, touching its columns once: {once:.2f} s ", end=""
    )
    print(f"(ratio {drawn / once:.2f})")


if __name__ == "__main__":
    main()
