"""Simulates investigations with known truth and writes how often their verdicts are right.

    python -m benchmarks.soundness                 # everything: results.json and docs/soundness.md, some twenty minutes
    python -m benchmarks.soundness --table         # the page alone, from results.json
    python -m benchmarks.soundness --family trend  # one statistic anew, into the same results
    python -m benchmarks.soundness --family share --draws 500 --dry
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.soundness.processes import simulated
from benchmarks.soundness.promises import broken
from benchmarks.soundness.table import page

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
PAGE = HERE.parents[1] / "docs" / "soundness.md"
DRAWS = 1_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=DRAWS, help="of each kind of investigation")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--family", help="only one: such as share or rank")
    parser.add_argument("--every", type=int, default=1, help="only every so-manieth investigation")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    parser.add_argument("--table", action="store_true", help="only write the page anew")
    chosen = parser.parse_args()
    if not chosen.table:
        results = simulated(chosen.draws, chosen.seed, chosen.family, chosen.every, chosen.processes)
        if chosen.dry:
            return tell(results)
        if chosen.family:
            results = merged(results, chosen.family)
        made = {"draws": chosen.draws, "seed": chosen.seed}
        lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in results)
        RESULTS.write_text(f'{{"made": {json.dumps(made)},\n"investigations": [\n{lines}\n]}}\n', encoding="utf-8")
    stored = json.loads(RESULTS.read_text(encoding="utf-8"))
    PAGE.write_text(page(stored), encoding="utf-8")
    return tell(stored["investigations"])


def merged(results: list[dict[str, Any]], family: str) -> list[dict[str, Any]]:
    """What was found before, with the results of one family anew in their place."""
    before = json.loads(RESULTS.read_text(encoding="utf-8"))["investigations"]
    at = next((i for i, one in enumerate(before) if one["family"] == family), len(before))
    first, rest = before[:at], before[at:]
    return [*first, *results, *(one for one in rest if one["family"] != family)]


def tell(results: list[dict[str, Any]]) -> int:
    """The promises that were broken; as many is the exit code 1."""
    wrong = broken(results)
    for one in wrong:
        print(one)
    print(f"{sum(one['verdicts'] for one in results):,} verdicts, {len(wrong)} promises broken")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
