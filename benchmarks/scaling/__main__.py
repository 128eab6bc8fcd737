"""How the cost of a run grows, measured on this machine, and carried over on paper to a table of 10^11 rows.

    python -m benchmarks.scaling             # about fifteen minutes; writes results.json and docs/scaling.md
    python -m benchmarks.scaling --quick     # a look, with small tables; writes nothing
    python -m benchmarks.scaling --page      # writes docs/scaling.md from results.json alone
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from benchmarks.scaling import page
from benchmarks.scaling.measure import measure

HERE = Path(__file__).parent
RESULTS, PAGE = HERE / "results.json", HERE.parents[1] / "docs" / "scaling.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows, one round")
    parser.add_argument("--page", action="store_true", help="measure nothing")
    options = parser.parse_args()
    if options.page:
        PAGE.write_text(page.page(json.loads(RESULTS.read_text())), encoding="utf-8")
        return
    folder = HERE.parent / "out" / "scaling"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        found = measure(folder, scale=10 if options.quick else 1, rounds=1 if options.quick else 3)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if options.quick:
        print(page.page(found))
        return
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page.page(found), encoding="utf-8")


if __name__ == "__main__":
    main()
