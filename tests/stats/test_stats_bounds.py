"""What all intervals share, and what they cost to import."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from factcheck.stats.bounds import Bounds, Note, between


def test_an_interval_has_its_ends_in_order() -> None:
    with pytest.raises(ValueError, match=r"no interval: low=2\.0, high=1\.0"):
        Bounds(2.0, 1.0, "x")
    with pytest.raises(ValueError, match="no interval: low=nan"):
        Bounds(math.nan, 1.0, "x")
    assert Bounds(1.0, 1.0, "x").is_point
    assert not Bounds(-math.inf, math.inf, "x").is_point


def test_joining_two_intervals() -> None:
    low = Bounds(0.1, 0.3, "a", (Note.ZERO_EVENTS,), n=7)
    high = Bounds(0.2, 0.5, "b", (Note.ZERO_EVENTS, Note.CENSUS))
    assert between(low, high, 0.25) == Bounds(0.1, 0.5, "a; b", (Note.ZERO_EVENTS, Note.CENSUS), 0.25, 7)
    assert between(low, low, None).method == "a"


def test_importing_the_statistics_imports_nothing_heavy() -> None:
    modules = "bounds checks composition counts difference histogram mean power proportion quantile ranks"
    modules += " units shares means designed_pairs"
    script = "import sys\n" + "".join(f"import factcheck.stats.{name}\n" for name in f"{modules} search total".split())
    script += "print([name for name in ('numpy', 'scipy', 'pandas', 'duckdb', 'pydantic') if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_shares_and_counts_need_no_scipy_stats() -> None:
    script = (
        "import sys\n"
        "from factcheck.stats.mean import mean_interval\nfrom factcheck.stats.proportion import proportion\n"
        "from factcheck.stats.ranks import rank_interval\nfrom factcheck.stats.units import Units\n"
        "proportion(3, 9)\nmean_interval(range(40))\nrank_interval({'a': 3, 'b': 9}, 'a')\n"
        "from factcheck.stats.shares import designed_proportion\n"
        "designed_proportion(Units([3, 3], [1, 1], 6, True), [1, 2])\nprint('scipy.stats' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
