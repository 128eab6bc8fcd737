"""Thousands of random questions over a table full of traps: the planner's answers against the plain queries'.

    python benchmarks/cells/agreement.py --questions 15000

The same generator as the tests' (tests/evidence/cells/questions.py), at length. Prints every difference.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "evidence"))


def main() -> None:
    from cells.conftest import ROWS
    from cells.questions import question
    from cells.test_together import LIMITS, differences, directly

    from factcheck.evidence.cells.together import Limits
    from factcheck.evidence.engines.duckdb import open_engine

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=15_000)
    parser.add_argument("--seed", type=int, default=1_000)
    arguments = parser.parse_args()
    engine = open_engine(memory_limit="1GB", threads=2)
    engine.execute(f"CREATE TABLE traps AS {ROWS}")
    start, asked, wrong = time.perf_counter(), 0, []
    settings = [*LIMITS.values(), Limits(alone=1_000)]
    for batch in range(-(-arguments.questions // 500)):
        rng = random.Random(arguments.seed + batch)
        questions = [question(rng) for _ in range(500)]
        expected = directly(engine, questions, "traps")
        wrong += differences(engine, questions, expected, settings[batch % len(settings)], "traps")
        asked += len(questions)
        print(f"{asked} questions, {len(wrong)} differences", flush=True)
    for line in wrong:
        print(line)
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
