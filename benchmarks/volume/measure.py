"""500 claims, and questions whose groups do not fit into memory, over a hundred million rows.

    python benchmarks/volume/posts.py --out benchmarks/out/volume
    python benchmarks/volume/measure.py benchmarks/out/volume/posts

S is one query that touches every column of the claims once, before and after the planner answers them; a ratio is to
the mean of the two. Processor time is told beside the clock: on a machine that has other things to do it is the fairer
of the two. `--keys` asks instead, each in a process of its own under `--memory`, what has a group per account or per
row; `--check` runs `factcheck check` on a project with the claims and adds up the memory of all its processes.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks" / "cells")]

COLUMNS = ("country", "language", "followers", "created_at", "retweet_of", "impressions", "verified", "platform")


def measured(run: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock, and of processor time."""
    clock, processor = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - clock, time.process_time() - processor


def engine(folder: Path, memory: str) -> Any:
    from factcheck.evidence.engines.duckdb import open_engine

    opened = open_engine(memory_limit=memory, threads=2)
    opened.execute(f"CREATE VIEW posts AS FROM read_parquet('{folder}/*/*.parquet')")
    return opened


def together(folder: Path, claims: int, memory: str) -> None:
    import claims as made
    from factcheck.evidence.cells import answer
    from measure import SCAN  # type: ignore[attr-defined]  # of benchmarks/cells, which comes first

    opened, found = engine(folder, memory), []
    asks = made.shares(claims)
    measured(lambda: opened.run(SCAN))  # the files into the page cache
    scans = [measured(lambda: opened.run(SCAN))]
    cells = measured(lambda: found.append(answer(opened, {"posts": made.dataset()}, asks)))
    scans.append(measured(lambda: opened.run(SCAN)))
    clock, processor = (sum(scan[i] for scan in scans) / 2 for i in (0, 1))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"S {clock:.1f} s ({processor:.1f} s of processor time)")
    print(f"{claims} claims {cells[0]:.1f} s ({cells[1]:.1f} s of processor time)")
    print(f"× S: {cells[0] / clock:.1f} (processor time {cells[1] / processor:.1f})")
    print(f"{len(found[0].statements)} statements, {peak:.0f} MB at most", flush=True)


def keyed() -> dict[str, Any]:
    """Questions with a group per account or per row, by what they are called in the table."""
    import claims as made
    from factcheck.evidence.asks import Ask, Distinct, PerAsk, RowsAsk, UnitAsk
    from factcheck.evidence.dataset import Family

    account, number = (made.bound(name, Family.INTEGER) for name in ("account", "id"))
    verified = made.bound("verified")
    return {
        "the accounts with most posts": RowsAsk("posts", account, limit=50),
        "posts of each account": PerAsk("posts", (account,)),
        "accounts with a verified post": UnitAsk("posts", account, that=verified),
        "how many ids": Ask("posts", None, (), (Distinct(number),)),
        "a share, beside it": Ask("posts", None, (verified,)),
    }


def key(folder: Path, name: str, memory: str) -> str:
    import claims as made
    from factcheck.errors import EvidenceError
    from factcheck.evidence.cells import answer
    from factcheck.evidence.dataset import Column, Dataset, Family

    numbers = {extra: Column(extra, "BIGINT", Family.INTEGER) for extra in ("account", "id")}
    dataset = Dataset("posts", made.dataset().columns | numbers, relation="posts")
    opened, question, found = engine(folder, memory), keyed()[name], []
    clock, processor = measured(lambda: found.append(answer(opened, {"posts": dataset}, [question])[question]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = str(found[0]) if isinstance(found[0], EvidenceError) else "answered"
    return f"| {name} | {clock:.1f} s | {processor:.1f} s | {peak:.0f} MB | {said} |"


def memory_of(pid: int) -> int:
    """Kilobytes of a process and of those that it has started."""
    total = 0
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        total += int(status.split("VmRSS:")[1].split()[0]) if "VmRSS:" in status else 0
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return total
    return total + sum(memory_of(int(child)) for child in children)


def checked(folder: Path, claims: int) -> None:
    """`factcheck check` as a person would run it: start, manifest, files, claims, the summary on the terminal."""
    import claims as made

    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        (root / "evidence").mkdir()
        (root / "claims").mkdir()
        (root / "evidence" / "posts").symlink_to(folder.resolve())
        roots = {"evidence_roots": [str(folder.resolve())]}
        (root / "factcheck.yaml").write_text(json.dumps(roots))
        manifest = {"datasets": {"posts": {"files": "posts/*/*.parquet", "completeness": "complete"}}}
        (root / "evidence" / "posts.yaml").write_text(json.dumps(manifest))
        listed = [_claim(i, ask) for i, ask in enumerate(made.shares(claims))]
        (root / "claims" / "all.yaml").write_text(json.dumps({"claims": listed}))
        clock, peak = time.perf_counter(), 0
        process = subprocess.Popen(
            [sys.executable, "-c", "from factcheck.cli import main; main()", "check", "--no-cache", "--format", "json"],
            cwd=root, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        while process.poll() is None and not _closed(process):
            peak = max(peak, memory_of(process.pid))
            time.sleep(0.1)
        out = process.communicate()[0]
        seconds = time.perf_counter() - clock
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        found = json.loads(out)["claims"]
        failed = sum(claim["outcome"] == "error" for claim in found)
        print(f"factcheck check of {len(found)} claims: {seconds:.1f} s ({used.ru_utime + used.ru_stime:.1f} s of")
        print(f"processor time), {peak / 1024:.0f} MB at most, {failed} errors", flush=True)


def _closed(process: subprocess.Popen[str]) -> bool:
    # Results larger than a pipe are waited for: who polls alone would wait for ever.
    import select

    assert process.stdout is not None
    return bool(select.select([process.stdout], [], [], 0)[0])


def _claim(number: int, ask: Any) -> dict[str, Any]:
    among = {} if ask.base is None else {"among": ask.base.text}
    return {
        "id": f"claim-{number}", "statement": "A share of the posts.", "dataset": "posts",
        "measure": {"share": ask.by[0].text} | among, "claimed": "about 50%",
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--claims", type=int, default=500)
    parser.add_argument("--memory", help="limit of the engine", default="1200MB")
    parser.add_argument("--keys", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if options.check:
        checked(options.folder, options.claims)
    elif options.keys:
        for name in keyed():
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                print(pool.apply(key, (options.folder, name, options.memory)), flush=True)
    else:
        together(options.folder, options.claims, options.memory)


if __name__ == "__main__":
    main()
