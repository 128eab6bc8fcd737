"""The results of a run as a pandas DataFrame, one row a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.pipeline import Run
from factcheck.reports.results import as_json

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "id", "statement", "file", "line", "outcome", "direction", "leaning", "confidence", "rating",
    "claimed", "estimate", "low", "high", "unit", "n", "missing", "error",
)  # fmt: skip


def frame(run: Run) -> pd.DataFrame:
    """One row a claim, the fields of the JSON results; `claimed` is the claim's text."""
    import pandas as pd

    rows = [{**claim, "claimed": (claim["claimed"] or {}).get("text")} for claim in as_json(run)["claims"]]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"n": "Int64", "missing": "Int64", "line": "Int64"})
