"""CooRTweet's method, step by step as its documentation and code describe it: `coortweet.py FRAMES SECONDS LEAST`.

Righetti & Balluff, CooRTweet 2.1.2: `detect_groups` (accounts with fewer than `min_participation` shares are left out;
the shares of each object are joined with themselves, and pairs of rows that lie within `time_window` kept; loops are
removed; of the pairs, only contents of accounts that still have `min_participation` of them stay) and
`generate_coordinated_network` (a pair's edge weight is the number of its pairs of rows; kept are edges whose weight is
above the quantile `edge_weight` of all weights, 0.5 unless said otherwise; `quantile` is R's type 7, as NumPy's is).
https://cran.r-project.org/package=CooRTweet

Written with pandas or with Polars, the join as one: the columns are target, actor, content and t.
"""

from __future__ import annotations

import sys
from typing import Any

from told import Found, tell

EDGE_WEIGHT = 0.5


def with_pandas(seconds: int, least: int) -> Any:
    """The edges, as a, b and weight. Texts become whole numbers first, as CooRTweet makes factors of them."""
    import pandas as pd

    shares = pd.read_parquet("shares.parquet")
    shares = shares[shares.groupby("actor")["actor"].transform("size") >= least]
    shares = shares.assign(loop=shares["target"].astype(str) == shares["content"].astype(str), row=range(len(shares)))
    for column in ("target", "actor", "content"):
        shares[column] = pd.factorize(shares[column])[0].astype("int32")
    some = shares[~shares["loop"]].drop(columns="loop")
    both = some.merge(some, on="target", suffixes=("", "_y"))
    both = both[both["row"] < both["row_y"]]
    met = both[(both["t"] - both["t_y"]).abs() <= seconds]
    met = met[(met["content"] != met["content_y"]) & (met["actor"] != met["actor_y"])]
    there = shares[shares["content"].isin(pd.concat([met["content"], met["content_y"]]))]
    kept = there[there.groupby("actor")["actor"].transform("size") >= least]["content"]
    met = met[met["content"].isin(kept) | met["content_y"].isin(kept)]
    pairs = pd.DataFrame({"a": met[["actor", "actor_y"]].min(axis=1), "b": met[["actor", "actor_y"]].max(axis=1)})
    return pairs.groupby(["a", "b"]).size().reset_index(name="weight")


def with_polars(seconds: int, least: int) -> Any:
    """The same, as one lazy join."""
    import polars as pl

    c = pl.col
    codes = [c(column).rank("dense").alias(column) for column in ("target", "actor", "content")]
    loop = (c("target").cast(pl.String) == c("content").cast(pl.String)).alias("loop")
    shares = pl.read_parquet("shares.parquet").filter(pl.len().over("actor") >= least).with_row_index("row")
    shares = shares.select("row", "t", loop, *codes)
    some = shares.filter(~c("loop")).drop("loop").lazy()
    both = some.join(some, on="target", suffix="_y").filter(c("row") < c("row_y"))
    met = both.filter((c("t") - c("t_y")).abs() <= seconds)
    met = met.filter((c("content") != c("content_y")) & (c("actor") != c("actor_y"))).collect(engine="streaming")
    contents = pl.concat([met["content"], met["content_y"]]).unique()
    there = shares.filter(c("content").is_in(contents.implode())).filter(pl.len().over("actor") >= least)
    kept = there["content"].unique().implode()
    met = met.filter(c("content").is_in(kept) | c("content_y").is_in(kept))
    pairs = met.select(a=pl.min_horizontal("actor", "actor_y"), b=pl.max_horizontal("actor", "actor_y"))
    return pairs.group_by("a", "b").agg(weight=pl.len()).to_pandas()


def work() -> Found:
    way = {"pandas": with_pandas, "polars": with_polars}[sys.argv[1]]
    edges = way(int(sys.argv[2]), int(sys.argv[3]))
    threshold = float(edges["weight"].quantile(EDGE_WEIGHT))
    above = edges[edges["weight"] > threshold]
    figures = {"threshold": threshold}
    for name, part in (("", edges), ("-above", above)):
        figures |= {f"pairs{name}": len(part), f"accounts{name}": len(set(part["a"]) | set(part["b"]))}
    return {"figures": figures}


tell(work, ["pandas", "polars", "pyarrow"])
