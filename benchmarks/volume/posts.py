"""A hundred million posts in many Parquet files, the same for every run of a seed.

    python benchmarks/volume/posts.py --rows 100000000 --out benchmarks/out/volume

Eight columns are those of benchmarks/cells/posts.py (country, language, followers, created_at, retweet_of, impressions,
verified, platform), made in the same way. Two more have many values: `id`, another in every row, and `account`, a
number too, of which there are about half as many as rows. A folder a month, two files a day, such as
posts/2018-03/2018-03-01-a.parquet: 1.4 GB for a hundred million rows.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import duckdb

DAYS = 90
FIRST = datetime(2018, 3, 1)
FILES = 2 * DAYS


def _smaller() -> ModuleType:
    """benchmarks/cells/posts.py, under a name of its own."""
    spec = spec_from_file_location("smaller", Path(__file__).resolve().parents[1] / "cells" / "posts.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _select(rows: int, seed: int, start: int, end: int) -> str:
    smaller = _smaller()
    u = smaller._uniform(seed * 7919 + 40)
    inner = smaller._select(rows, seed, start, end).replace(" AS author\n", f" AS author, {_extra(rows, u)}\n")
    return f"SELECT * EXCLUDE (text, author) FROM ({inner}) AS posts"


def _extra(rows: int, uniform: str) -> str:
    return f"r + 1000000000000000000 AS id, ({uniform} * {max(1, rows * 2 // 3)})::BIGINT + 2000000000 AS account"


def path_of(out: Path, part: int) -> Path:
    day = FIRST + timedelta(days=part // 2)
    return out / "posts" / f"{day:%Y-%m}" / f"{day:%Y-%m-%d}-{'ab'[part % 2]}.parquet"


def make(rows: int, out: Path, seed: int = 1) -> Path:
    """Writes the files that are not there already; returns their folder."""
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
    for part in range(FILES):
        path = path_of(out, part)
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        start, end = part * rows // FILES, (part + 1) * rows // FILES
        unfinished = path.with_suffix(".part")
        select = _select(rows, seed, start, end)
        connection.execute(f"COPY ({select}) TO '{unfinished}' (FORMAT parquet, COMPRESSION zstd)")
        unfinished.rename(path)
        print(f"\r{part + 1} of {FILES} files", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    connection.close()
    return out / "posts"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "out" / "volume")
    arguments = parser.parse_args()
    print(make(arguments.rows, arguments.out, arguments.seed))


if __name__ == "__main__":
    main()
