"""What others make of the same files: the figures of patterns.py by pandas, NumPy, SciPy and networkx.

Written as their users would who know them well: columns that are not needed are not read, text becomes whole numbers
before it is compared. Every function gives figures by the names that the claims have.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

Figures = dict[str, Any]


def _read(folder: Path, name: str, *columns: str) -> Any:
    import pandas as pd

    return pd.read_parquet(folder / "evidence" / f"{name}.parquet", columns=list(columns) or None)


def _coded(folder: Path, name: str) -> tuple[Any, Any, int]:
    """Both ends of the links as whole numbers from 0, and how many nodes there are."""
    import numpy as np
    import pandas as pd

    links = _read(folder, name)
    codes, nodes = pd.factorize(pd.concat([links["source"], links["target"]], ignore_index=True))
    half = len(links)
    return codes[:half].astype(np.int64), codes[half:].astype(np.int64), len(nodes)


def counts_pandas(folder: Path, name: str) -> Figures:
    import numpy as np
    import pandas as pd

    source, target, n = _coded(folder, name)
    apart = source != target
    arcs = pd.unique(source[apart] * n + target[apart])
    back = arcs % n * n + arcs // n
    degrees = np.bincount(arcs // n, minlength=n) + np.bincount(arcs % n, minlength=n)
    edges = len(arcs)
    return {
        "nodes": n, "edges": edges, "density": edges / (n * (n - 1)), "max-degree": int(degrees.max()),
        "reciprocity": float(pd.Series(back).isin(arcs).mean()), "mean-degree": 2 * edges / n,
    }  # fmt: skip


def _graph(folder: Path, name: str) -> Any:
    import networkx as nx

    links = _read(folder, name)
    graph = nx.DiGraph()
    graph.add_edges_from(zip(links["source"].tolist(), links["target"].tolist(), strict=True))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


def counts_networkx(folder: Path, name: str) -> Figures:
    import networkx as nx

    graph = _graph(folder, name)
    nodes, edges = graph.number_of_nodes(), graph.number_of_edges()
    return {
        "nodes": nodes, "edges": edges, "density": nx.density(graph), "reciprocity": nx.overall_reciprocity(graph),
        "max-degree": max(degree for _, degree in graph.degree()), "mean-degree": 2 * edges / nodes,
    }  # fmt: skip


def components_scipy(folder: Path, name: str) -> Figures:
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    source, target, n = _coded(folder, name)
    links = coo_array((np.ones(len(source), np.int8), (source, target)), shape=(n, n))
    parts, labels = connected_components(links, directed=False)
    return {"components": int(parts), "largest-component": int(np.bincount(labels).max())}


def components_networkx(folder: Path, name: str) -> Figures:
    import networkx as nx

    sizes = [len(part) for part in nx.weakly_connected_components(_graph(folder, name))]
    return {"components": len(sizes), "largest-component": max(sizes)}


def communities_networkx(folder: Path, name: str) -> Figures:
    import networkx as nx

    graph = _graph(folder, name).to_undirected()
    found = nx.community.louvain_communities(graph, seed=1)
    return {"modularity": nx.community.modularity(graph, found)}


def gap(folder: Path, name: str) -> Figures:
    times = _read(folder, name, "created_at")["created_at"].sort_values()
    return {"gap": times.diff().max().total_seconds()}


def gap_by(folder: Path, name: str) -> Figures:
    posts = _read(folder, name, "author", "created_at").sort_values(["author", "created_at"])
    return {"gap-by": posts.groupby("author")["created_at"].diff().max().total_seconds()}


def hours(folder: Path, name: str) -> Figures:
    times = _read(folder, name, "created_at")["created_at"].dt.tz_localize("UTC").dt.tz_convert("Asia/Shanghai")
    shares = times.dt.hour.value_counts(normalize=True)
    return {"hours": {str(hour): float(share) for hour, share in shares.items()}}


def delay(folder: Path, name: str) -> Figures:
    posts = _read(folder, name, "created_at", "replied_to_at")
    return {"delay": (posts["created_at"] - posts["replied_to_at"]).median().total_seconds()}


def peaks(folder: Path, name: str) -> Figures:
    """Days with more than three times the median around them: the data leave no doubt which stand out."""
    days = _read(folder, name, "created_at")["created_at"].dt.floor("D").value_counts().sort_index()
    usual = days.rolling(15, center=True, min_periods=8).median()
    return {"peaks": sorted(str(day.date()) for day in days.index[days > 3 * usual])}


def trend(folder: Path, name: str) -> Figures:
    """The slope of a log-linear fit of counts: that with which the mean day is the one of the data."""
    import numpy as np
    from scipy.optimize import brentq

    days = _read(folder, name, "created_at")["created_at"].dt.floor("D").value_counts().sort_index().to_numpy()
    t = np.arange(len(days)) - (len(days) - 1) / 2
    slope = brentq(lambda b: np.average(t, weights=np.exp(b * t)) - np.average(t, weights=days), -1, 1, xtol=1e-15)
    return {"trend": float(np.expm1(slope * (len(days) - 1)))}


def rate(folder: Path, name: str) -> Figures:
    days = _read(folder, name, "created_at")["created_at"].dt.floor("D").value_counts()
    late = days.index >= "2018-05-21"
    return {"rate": float(days[late].sum() / late.sum() / (days[~late].sum() / (~late).sum()))}


def overlap(folder: Path, name: str) -> Figures:
    import numpy as np

    posts = _read(folder, name, "author", "topic")
    first, second = (posts.loc[posts["topic"] == topic, "author"].unique() for topic in (1, 2))
    both = len(np.intersect1d(first, second, assume_unique=True))
    return {"overlap": both / (len(first) + len(second) - both)}


def correlation(folder: Path, name: str) -> Figures:
    posts = _read(folder, name, "likes", "views")
    return {"correlation": float(posts["likes"].corr(posts["views"], method="spearman"))}


def duplicates(folder: Path, name: str) -> Figures:
    texts = _read(folder, name, "text")["text"].str.lower()
    texts = texts.str.replace("[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f]", "", regex=True)
    texts = texts.str.replace(r"^\s*rt @\w+:", "", regex=True)
    texts = texts.str.replace(re.compile(r"(?:https?://|www\.)[^\s]*|@[a-z0-9_]+"), " ", regex=True)
    texts = texts.str.replace(r"\s+", " ", regex=True).str.strip()
    return {"duplicates": float((texts.duplicated(keep=False) & (texts != "")).mean())}


def cascade(folder: Path, name: str) -> Figures:
    """Parents as positions, and ways to the roots of doubling length.

    Read plainly, a column of ids of which some are missing becomes one of doubles, and different ids become the same.
    """
    import numpy as np
    import pandas as pd

    file = folder / "evidence" / f"{name}.parquet"
    posts = pd.read_parquet(file, columns=["id", "parent"], dtype_backend="numpy_nullable").dropna().astype("int64")
    up = pd.Index(posts["id"]).get_indexer(posts["parent"])
    above = np.where(up < 0, np.arange(len(up)), up)
    depth = (up >= 0).astype(np.int64)
    while True:
        further = above[above]
        if (further == above).all():
            break
        depth, above = depth + depth[above], further
    roots = posts["parent"].to_numpy()[above]
    return {
        "secondary-share": float(len(np.unique(up[up >= 0])) / len(posts)),
        "depth": int(depth.max()) + 1,
        "size": int(pd.Series(roots).value_counts().max()),
    }


Peer = Callable[[Path, str], Figures]
