"""Two shares of a column that is missing in some rows, as each tool's user would write them without a thought of that:
how many posts came from Russia, and how many did not."""

from __future__ import annotations

from benchmarks.peers.forms.claims import MANIFEST
from benchmarks.peers.forms.soda import VERIFY

_PANDAS = """import pandas as pd

posts = pd.read_parquet("posts.parquet", columns=["country"])
found = {
    "russia": (posts["country"] == "Russia").mean(),
    "other": (posts["country"] != "Russia").mean(),
}
"""
_POLARS = """import polars as pl

c = pl.col
posts = pl.scan_parquet("posts.parquet")
found = posts.select(
    russia=(c("country") == "Russia").mean(),
    other=(c("country") != "Russia").mean(),
).collect(engine="{engine}").row(0, named=True)
"""
_GX = """import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd

posts = pd.read_parquet("posts.parquet", columns=["country"])
context = gx.get_context(mode="ephemeral")
asset = context.data_sources.add_pandas("newsroom").add_dataframe_asset("posts")
batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": posts})
suite = gx.ExpectationSuite("claims", expectations=[
    gxe.ExpectColumnValuesToBeInSet(column="country", value_set=["Russia"], mostly=0.1, notes="russia"),
    gxe.ExpectColumnValuesToNotBeInSet(column="country", value_set=["Russia"], mostly=0.9, notes="other"),
])
result = batch.validate(suite, result_format="BASIC")
"""
_POINTBLANK = """import pointblank as pb
import polars as pl

posts = pl.read_parquet("posts.parquet", columns=["country"])
plans = [
    pb.Validate(posts)
    .col_vals_in_set("country", ["Russia"], thresholds=pb.Thresholds(error=0.9), brief="russia")
    .col_vals_not_in_set("country", ["Russia"], thresholds=pb.Thresholds(error=0.1), brief="other")
    .interrogate(collect_extracts=False),
]
"""
_SODA = """dataset: newsroom/main/posts
columns:
  - name: country
    checks:
      - invalid:
          name: russia
          qualifier: russia
          invalid_values: [Russia]
          threshold:
            metric: percent
            must_be_less_than: 15
      - invalid:
          name: other
          qualifier: other
          valid_values: [Russia]
          threshold:
            metric: percent
            must_be_less_than: 95
"""
_CLAIMS = """defaults: {dataset: posts}
claims:
  - id: russia
    statement: 12% of the posts came from Russia.
    measure: {share: country = 'Russia'}
    claimed: 12%

  - id: other
    statement: 88% of the posts did not come from Russia.
    measure: {share: country <> 'Russia'}
    claimed: 88%
"""
_FUSED = """SELECT
  COUNT(*) FILTER (WHERE country = 'Russia') / COUNT(*) AS russia,
  COUNT(*) FILTER (WHERE country <> 'Russia') / COUNT(*) AS other
FROM 'posts.parquet';
"""
_ALL = "(SELECT COUNT(*) FROM 'posts.parquet')"
_ONE = f"SELECT COUNT(*) / {_ALL} AS {{}} FROM 'posts.parquet' WHERE country {{}} 'Russia';\n"
_WHERE = _ONE.format("russia", "=") + _ONE.format("other", "<>")
_CASE = """SELECT
  AVG(CASE WHEN country = 'Russia' THEN 1 ELSE 0 END) AS russia,
  AVG(CASE WHEN country <> 'Russia' THEN 1 ELSE 0 END) AS other
FROM 'posts.parquet';
"""
PERCENT = ("soda",)  # tools that tell percentages
FILES: dict[str, dict[str, str]] = {
    "factcheck": {"claims/claims.yaml": _CLAIMS, "evidence/posts.yaml": MANIFEST},
    "fused": {"fused.sql": _FUSED},
    "where": {"where.sql": _WHERE},
    "case": {"case.sql": _CASE},
    "streaming": {"polars_streaming.py": _POLARS.format(engine="streaming")},
    "pandas": {"with_pandas.py": _PANDAS},
    "soda": {"contract.yml": _SODA, "verify.py": VERIFY},
    "gx": {"expectations.py": _GX},
    "pointblank": {"checks.py": _POINTBLANK},
}
