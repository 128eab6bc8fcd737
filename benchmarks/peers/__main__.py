"""factcheck beside everything that a user would pick instead: same data, same questions, one run.

    python -m benchmarks.peers              # all of it, about twenty minutes; sets up what it needs from PyPI
    python -m benchmarks.peers --quick      # a look: a million rows, up to 50 claims; prints, and writes no page
    python -m benchmarks.peers --resume     # goes on where a run was stopped; --again gx measures a tool anew
    python -m benchmarks.peers --page       # draws docs/benchmarks.md and its pictures from results.json alone

Every run of a tool is a process of its own, watched from outside. A run that would take longer than `--ceiling`
seconds, as those before it let expect, is not made: the page carries the smaller ones on, and marks that. Nothing is
downloaded after the environments under benchmarks/peers/.venvs are made.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import time
from pathlib import Path

from benchmarks.peers import coordination, mishaps, page, timing
from benchmarks.peers.environments import HERE, prepare
from benchmarks.peers.store import RESULTS, Store
from benchmarks.peers.tools import TOOLS

OUT = HERE.parent / "out" / "peers"
CLAIMS = (1, 10, 50, 200, 500)
PARTS = {"mishaps": mishaps.measure, "coordination": coordination.measure, "times": timing.measure}


def main() -> int:
    arguments = _arguments()
    results = arguments.results or (OUT.parent / "peers-quick.json" if arguments.quick else RESULTS)
    if arguments.page:
        return page.write(results)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what runs is stopped as well
    start = time.monotonic()
    OUT.mkdir(parents=True, exist_ok=True)
    store = Store(results)
    if not arguments.resume and not arguments.again:
        store.clear(arguments.part or PARTS)
    store.retry()
    store.forget(arguments.again or (), arguments.part or PARTS)
    for place in dict.fromkeys(TOOLS[tool].place for tool in arguments.only or TOOLS):
        if (reason := prepare(place)) is not None:
            store.missing |= {name: reason for name, tool in TOOLS.items() if tool.place == place}
            print(f"{place}: not to be had: {reason}", flush=True)
    store.begin(arguments.ceiling)
    plan = _plan(arguments, start)
    for name in arguments.part or PARTS:
        for line in PARTS[name](plan, store):
            print(line, flush=True)
    before = store.made.get("minutes", 0.0) if arguments.resume or arguments.again or arguments.part else 0.0
    store.made["minutes"] = round(before + (time.monotonic() - start) / 60, 1)
    store.save()
    if not arguments.keep:
        shutil.rmtree(OUT, ignore_errors=True)
    if arguments.quick:
        print(page.text(store.as_json()))
        return 0
    return page.write(results)


def _plan(arguments: argparse.Namespace, start: float) -> timing.Plan:
    quick = arguments.quick
    return timing.Plan(
        rows=arguments.rows or ((1_000_000,) if quick else (1_000_000, 5_000_000, 20_000_000)),
        claims=tuple(n for n in CLAIMS if not quick or n <= 50),
        tools=tuple(arguments.only or TOOLS),
        out=OUT,
        rounds=1 if quick else 2,
        ceiling=min(arguments.ceiling, 20) if quick else arguments.ceiling,
        end=start + 60 * arguments.minutes,
        memory=arguments.memory,
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a look at a million rows, in two or three minutes")
    parser.add_argument("--resume", action="store_true", help="keep what results.json holds, measure what it lacks")
    parser.add_argument("--again", action="append", choices=TOOLS, help="measure this tool anew, keep the others")
    parser.add_argument("--only", action="append", choices=TOOLS, help="this tool alone; may be repeated")
    parser.add_argument("--part", action="append", choices=PARTS, help="this part alone")
    parser.add_argument("--page", action="store_true", help="draw the page from results.json without a run")
    parser.add_argument("--rows", type=int, action="append", help="rows of the posts; may be repeated")
    parser.add_argument("--ceiling", type=float, default=45, help="seconds that one run may be expected to take")
    parser.add_argument("--minutes", type=float, default=20, help="after so many no further cell is begun")
    parser.add_argument("--memory", type=float, default=5_000, help="MB that one run may take")
    parser.add_argument("--results", type=Path, help="where the figures are kept, if not in results.json")
    parser.add_argument("--keep", action="store_true", help="leave the generated posts in benchmarks/out/peers")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
