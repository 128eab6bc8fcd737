"""Fifty conditions on the texts of posts, asked together and each by its hand-written query.

    python benchmarks/texts.py                        # 20 million rows, some 1.2 GB of Parquet a file
    python benchmarks/texts.py --rows 2000000 --repeat 2

Ten each of CONTAINS, ILIKE '%…%', LIKE '%…%', regular expressions of whole words, and such with a literal core; half of
the latter two take capital and small letters alike. Variants: words that are rare, mixed, or common; and posts that
repeat one another (`--distinct`, a share of the rows). W is `SELECT COUNT(*) … WHERE condition` for each condition,
or for every n-th (`--every`), scaled. Both take turns in one process of two threads, the best of `--repeat` rounds
counts, and processor time stands beside the clock. Every answer of W is held against that of the planner.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import texts_data

from factcheck.evidence.asks import Ask
from factcheck.evidence.cells import answer
from factcheck.evidence.dataset import Column, Dataset, Family
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.expressions import Scope, bind

COLUMNS = {
    "id": Column("id", "BIGINT", Family.INTEGER),
    "text": Column("text", "VARCHAR", Family.TEXT),
    "kind": Column("kind", "BIGINT", Family.INTEGER),
}
DATASET = Dataset("posts", COLUMNS, relation="posts")
# Ranks of the words in their languages: the hundredth is some eighty times as common as the four thousandth.
VARIANTS = {
    "rare words": (1000, 4000), "mixed words": (60, 4000), "common words": (40, 400), "the commonest words": (2, 60),
}  # fmt: skip


def words(first: int, last: int, count: int, seed: int = 1) -> list[str]:
    """Different words of three or more letters, from each language as often as it is written."""
    rng = random.Random(seed)
    shares = [language[3] for language in texts_data.LANGUAGES.values()]
    found: dict[str, None] = {}
    while len(found) < count:
        (language,) = rng.choices(list(texts_data.LANGUAGES), weights=shares)
        fit = [word for word in texts_data.words(language)[first:last] if len(word) >= 3]
        found[rng.choice(fit)] = None
    return list(found)


def conditions(first: int, last: int, count: int = 50) -> list[str]:
    forms: list[Callable[[str, str], str]] = [
        lambda word, flag: f"contains(text, '{word}')",
        lambda word, flag: f"text ilike '%{word}%'",
        lambda word, flag: f"text like '%{word}%'",
        lambda word, flag: rf"matches(text, '{flag}\b{word}\b')",
        lambda word, flag: rf"matches(text, '{flag}{word}[^ ]*( |$)')",
    ]
    chosen = enumerate(words(first, last, count))
    return [forms[i % len(forms)](word, "(?i)" if i // len(forms) % 2 else "") for i, word in chosen]


def spent(run: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds by the clock and of the processors, and what came of it."""
    clock, processor = time.perf_counter(), time.process_time()
    found = run()
    return time.perf_counter() - clock, time.process_time() - processor, found


def measure(path: Path, first: int, last: int, every: int, repeat: int) -> dict[str, Any]:
    """One variant, in this process."""
    engine = open_engine(memory_limit="1200MB", threads=2)
    engine.execute(f"CREATE VIEW posts AS SELECT * FROM '{path}'")
    scope = Scope(COLUMNS, {}, None, "posts")
    asks = [Ask("posts", None, (bind(condition, scope),)) for condition in conditions(first, last)]
    slice_ = asks[::every]
    scale = len(asks) / len(slice_)
    mine, hand, wrong, some = [], [], 0, 0
    for _ in range(repeat):
        together = spent(lambda: answer(engine, {"posts": DATASET}, asks))
        mine.append(together[:2])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        queries = [f"SELECT COUNT(*) FROM posts WHERE {ask.by[0].sql}" for ask in slice_]
        separate = spent(lambda queries=queries: [engine.run(query).one()[0] for query in queries])
        hand.append((separate[0] * scale, separate[1] * scale))
        counts = [dict(zip(together[2][ask].by, together[2][ask].n, strict=True)) for ask in slice_]
        wrong += sum(found.get((True,), 0) != n for found, n in zip(counts, separate[2], strict=True))
        some = max(separate[2])
    total = engine.run("SELECT COUNT(text) FROM posts").one()[0]
    return {
        "W": min(w for w, _ in hand), "together": min(t for t, _ in mine),
        "W processor": min(w for _, w in hand), "processor": min(t for _, t in mine),
        "peak": peak, "wrong": wrong, "compared": len(slice_), "most": some / total,
    }  # fmt: skip


HEADS = ("texts", "most common", "W", "together", "of W", "of W, processor", "peak", "wrong")


def line(name: str, r: dict[str, Any]) -> str:
    figures = (
        name, f"{r['most']:.1%}", f"{r['W']:.1f} s", f"{r['together']:.1f} s", f"{r['together'] / r['W']:.2f}",
        f"{r['processor'] / r['W processor']:.2f} ({r['processor']:.1f} s of {r['W processor']:.1f} s)",
        f"{r['peak']:.0f} MB", f"{r['wrong']} of {r['compared']}",
    )  # fmt: skip
    return f"| {' | '.join(figures)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--distinct", type=float, action="append", help="share of the rows that are different texts")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "out")
    # Five forms take turns: no multiple of five, or W would be of one form alone.
    parser.add_argument("--every", type=int, default=1, choices=(1, 2, 3, 4, 7), help="n-th of W, scaled")
    parser.add_argument("--repeat", type=int, default=1)
    options = parser.parse_args()
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    load = os.getloadavg()[0]
    print(f"{options.rows:,} rows, {now}, {os.cpu_count()} × {platform.machine()}, load {load:.1f} at the start\n")
    print(f"| {' | '.join(HEADS)} |\n{'|---' * len(HEADS)}|", flush=True)
    for share in (None, *(options.distinct or ())):
        distinct = None if share is None else int(options.rows * share)
        path = texts_data.make(options.rows, options.out, distinct=distinct)
        kind = "" if share is None else f", {share:.0%} different"
        for name, (first, last) in VARIANTS.items():
            with get_context("spawn").Pool(1) as pool:
                r = pool.apply(measure, (path, first, last, options.every, options.repeat))
            print(line(name + kind, r), flush=True)


if __name__ == "__main__":
    main()
