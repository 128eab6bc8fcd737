"""What reading with a ledger costs: the same files, read plainly by DuckDB and with every record accounted for.

    python benchmarks/ingest.py --rows 2000000
    python benchmarks/ingest.py --big 10               # and the peak memory of a CSV of 10 GB

The plain read is what anybody would type, `CREATE TABLE t AS FROM read_csv(path)` or `read_json(path)`. Each run is a
process of its own, and all are taken in turn; the ratio is that of the shortest runs, by the clock and by processor
time (which a busy machine disturbs less), and of the highest peaks of memory. Also measured: CSV against a load that is
told every type, Parquet, and a random sample of a Parquet file against a query that touches its columns once.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
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


FORMS = ("csv", "csv.gz", "jsonl", "jsonl.gz")
CLAIMS = {
    "share: country = 'Mexico'": "18%",
    "count: distinct author": "about 40,000",
    "median: impressions": "about 2,500",
    "share: contains(text, 'López')": "a third",
    "sum: followers": "more than 1 million",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--out", type=Path, help="keep the generated files here")
    parser.add_argument("--big", type=float, help="measure the peak memory of a CSV of so many GB, and nothing else")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)  # what a process of its own measures
    arguments = parser.parse_args()
    if arguments.one:
        one(arguments.out, *arguments.one)
        return
    with tempfile.TemporaryDirectory() as temporary:
        root = (arguments.out or Path(temporary)).resolve()
        generate(root, arguments.rows)
        print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, ", end="")
        print(f"{arguments.rows:,} rows, {(root / 'evidence/posts.csv').stat().st_size / 1e6:.0f} MB CSV\n")
        if arguments.big:
            measure_big(root, arguments.big)
            return
        measure(root, arguments.repeats)
        measure_sample(root)


def generate(root: Path, rows: int) -> None:
    import duckdb

    folder = root / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    for name, options in (("csv", "HEADER"), ("jsonl", "FORMAT json"), ("parquet", "FORMAT parquet")):
        if not (folder / f"posts.{name}").exists():
            duckdb.connect().execute(f"COPY ({POSTS.format(rows=rows)}) TO '{folder / f'posts.{name}'}' ({options})")
    for name in ("csv", "jsonl"):
        packed = folder / f"posts.{name}.gz"
        if not packed.exists():
            with (folder / f"posts.{name}").open("rb") as plain_, gzip.open(packed, "wb", compresslevel=6) as out:
                shutil.copyfileobj(plain_, out, 1 << 20)
    (folder / "posts.yaml").write_text(
        "datasets:\n"
        + "".join(f"  {form.replace('.', '-')}: {{files: posts.{form}}}\n" for form in FORMS)
        + "  keyed: {files: posts.csv, key: id}\n"
        "  stated: {files: posts.csv, columns: {followers: {type: integer}, created_at: {type: timestamp}}}\n"
        "  parquet: {files: posts.parquet}\n"
    )


def measure(root: Path, repeats: int) -> None:
    """Each form with the ledger against the plain read of the same file, then the others against a told load of CSV."""
    tasks = [(way, form) for form in FORMS for way in ("plain", "ledger")] + [("told", "csv")]
    tasks += [("ledger", name) for name in ("stated", "keyed", "parquet")]
    taken: dict[tuple[str, str], list[dict[str, float]]] = {task: [] for task in tasks}
    for _ in range(repeats):
        for task in tasks:
            taken[task].append(in_process(root, *task))
    best = {
        task: (min(r["clock"] for r in runs), min(r["cpu"] for r in runs), max(r["peak"] for r in runs))
        for task, runs in taken.items()
    }
    print("| | plain: clock s | processor s | peak MB | with ledger: clock s | processor s | peak MB | ratios |")
    print("|---|---|---|---|---|---|---|---|")
    for form in FORMS:
        print(row(form, best["plain", form], best["ledger", form]))
    for name in ("csv", "stated", "keyed", "parquet"):
        print(row(f"{name} against a CSV load told every type", best["told", "csv"], best["ledger", name]))


def row(name: str, plain_: tuple[float, ...], ours: tuple[float, ...]) -> str:
    figures = [f"{value:.2f}" if i < 2 else f"{value:.0f}" for side in (plain_, ours) for i, value in enumerate(side)]
    ratios = " / ".join(f"{mine / theirs:.2f}" for mine, theirs in zip(ours, plain_, strict=True))
    return f"| {name} | {' | '.join(figures)} | {ratios} |"


def in_process(root: Path, way: str, what: str) -> dict[str, float]:
    """One run in a process of its own: seconds by the clock and of the processor, peak memory in MB."""
    command = [sys.executable, __file__, "--out", str(root), "--one", way, what]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(said)
    return found


def one(root: Path, way: str, what: str) -> None:
    tasks: dict[str, Callable[[], None]] = {
        "plain": lambda: plain(root, what),
        "told": lambda: told(root),
        "ledger": lambda: ledger(root, what.replace(".", "-")),
    }
    # Neither side pays for what every process imports.
    import factcheck.evidence.engines.duckdb
    import factcheck.evidence.formats.csv
    import factcheck.evidence.formats.jsonl
    import factcheck.evidence.ingest
    import factcheck.evidence.manifest  # noqa: F401

    clock, cpu = timed(tasks[way])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(json.dumps({"clock": clock, "cpu": cpu, "peak": peak}))


def timed(task: Callable[[], None]) -> tuple[float, float]:
    clock, cpu = time.perf_counter(), time.process_time()
    task()
    return time.perf_counter() - clock, time.process_time() - cpu


def plain(root: Path, form: str) -> None:
    import duckdb

    reader = "read_csv" if form.startswith("csv") else "read_json"
    duckdb.connect().execute(f"CREATE TABLE t AS FROM {reader}('{root}/evidence/posts.{form}')").fetchall()


def told(root: Path) -> None:
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


def measure_big(root: Path, gigabytes: float) -> None:
    """The peak memory of `factcheck check`, all of its processes together, over one large CSV."""
    project = root / "big"
    (project / "evidence").mkdir(parents=True, exist_ok=True)
    (project / "claims").mkdir(exist_ok=True)
    file = project / "evidence/big.csv"
    with (root / "evidence/posts.csv").open("rb") as source, file.open("wb") as out:
        out.write(source.readline())
        start = source.tell()
        while out.tell() < gigabytes * 1e9:
            source.seek(start)
            shutil.copyfileobj(source, out, 1 << 22)
    (project / "factcheck.yaml").write_text("limits: {reading: 3 hours}\n")
    (project / "evidence/big.yaml").write_text(
        "datasets:\n  big: {files: big.csv, completeness: complete, unit: post, represents: every post}\n"
    )
    claims = ["claims:\n"]
    for i, (measure, claimed) in enumerate(CLAIMS.items()):
        claims.append(f"  - id: c{i}\n    statement: So it is.\n    dataset: big\n")
        claims.append(f"    claimed: {claimed}\n    measure:\n      {measure}\n")
    (project / "claims/big.yaml").write_text("".join(claims))
    command = [sys.executable, "-c", "from factcheck.cli import main; main()", "check"]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=project)
    peaks = [0.0]
    watching = threading.Thread(target=watch, args=(process, peaks), daemon=True)
    watching.start()
    code = process.wait()
    watching.join()
    size = file.stat().st_size / 1e9
    file.unlink()
    seconds = time.perf_counter() - started
    print(
        f"\n{size:.1f} GB of CSV, read and five claims checked: {seconds:.0f} s, peak {peaks[0]:.0f} MB (exit {code})"
    )


def watch(process: subprocess.Popen[bytes], peaks: list[float]) -> None:
    """The largest sum of the memory of a process and those below it, in MB, until it ends."""
    while process.poll() is None:
        peaks[0] = max(peaks[0], sum(map(resident, family(process.pid))))
        time.sleep(0.1)


def family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(member for child in below for member in family(int(child)))]


def resident(pid: int) -> float:
    """Memory in MB that a process holds, what it shares counted in its part."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e3 for line in text.splitlines() if line.startswith("Pss:")), 0.0)


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
