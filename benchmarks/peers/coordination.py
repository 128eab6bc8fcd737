"""Accounts that share an object within a minute of one another: CooRTweet's method, and the kind `coordination`.

R is not needed: run/coortweet.py is the published method in pandas and in Polars. On real data the table that the
package ships, and the links of the German campaign of 2021; then ever more generated shares (coordination.py beside
this folder), until the join of an object's shares with themselves no longer fits.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from benchmarks import coordination as generated
from benchmarks.peers.environments import HERE, python
from benchmarks.peers.processes import Ran, run
from benchmarks.peers.store import Cell, Store
from benchmarks.peers.timing import Plan
from benchmarks.peers.tools import TOOLS, figures, put

SECONDS = 60
PATIENCE = 120.0  # seconds that one run may take
REAL = HERE.parents[1] / "evidence" / "coortweet"
_NUMBERED = "SELECT *, ROW_NUMBER() OVER (ORDER BY t, target, actor) AS content FROM"
WORLDS: dict[str, str] = {
    "CooRTweet's sample, retweets": (
        "SELECT object_id AS target, account_id AS actor, content_id AS content, CAST(timestamp_share AS BIGINT) AS t "
        f"FROM '{REAL}/russian_coord_tweets.parquet'"
    ),
    "German campaign, links": (
        "SELECT CAST(url_id AS VARCHAR) AS target, account_id AS actor, CAST(post_id AS VARCHAR) AS content, "
        f"CAST(timestamp AS BIGINT) AS t FROM '{REAL}/german_elections.parquet' WHERE url_id IS NOT NULL"
    ),
    **{
        f"generated, {rows:,}": f"{_NUMBERED} (SELECT target, actor, CAST(epoch(t) AS BIGINT) AS t FROM "
        f"({generated.skewed(rows, rows)}))"
        for rows in (10_000, 20_000, 50_000, 1_000_000)
    },
}
QUICK = ("CooRTweet's sample, retweets", "generated, 10,000")
WAYS = {"pandas": "pandas", "polars": "streaming"}  # and the tool whose environment it runs in
MANIFEST = """datasets:
  shares: {files: shares.parquet, unit: share, represents: every share, completeness: complete}
"""
CLAIM = (
    "  - id: {id}\n    statement: S.\n    measure: {{coordination: {what}, actor: actor, target: target, time: t, "
    "within: {within} seconds, at_least: {at_least}, counting: actions}}\n    claimed: 0\n"
)


def measure(plan: Plan, store: Store) -> Iterator[str]:
    """Runs both ways of the method and factcheck on every set of shares; those that are there stay."""
    there = {(one["tool"], one["world"], one["least"]) for one in store.coordination}
    for world in QUICK if plan.rounds == 1 else WORLDS:
        data = made(world, plan.out)
        for way, least in ((way, least) for least in (1, 2) for way in WAYS):
            wanted = WAYS[way] in plan.tools and WAYS[way] not in store.missing
            if wanted and (way, world, least) not in there and not _failed(store, way, world):
                yield _kept(store, {"tool": way, "world": world, "least": least, **_method(plan, way, data, least)})
        if ("factcheck", world, 1) not in there and "factcheck" in plan.tools:
            found = _ours(plan, data, _threshold(store, world))
            yield _kept(store, {"tool": "factcheck", "world": world, "least": 1, **found})


def _failed(store: Store, way: str, world: str) -> bool:
    """Whether it could not be carried out before, so that it need not be tried with fewer accounts."""
    return any((one["tool"], one["world"]) == (way, world) and "stopped" in one for one in store.coordination)


def _kept(store: Store, cell: Cell) -> str:
    store.add(store.coordination, cell)
    told = cell.get("stopped") or f"{cell['clock']:.2f} s, {cell['peak']:,} MB, {cell['figures']}"
    return f"{cell['tool']}, {cell['world']}, at least {cell['least']}: {told}"


def made(world: str, out: Path) -> Path:
    """The shares as Parquet: target, actor, content, and t in seconds."""
    import duckdb

    path = out / f"shares-{list(WORLDS).index(world)}.parquet"
    if not path.exists():
        duckdb.execute(f"COPY ({WORLDS[world]}) TO '{path}' (FORMAT parquet)")
    return path


def _method(plan: Plan, way: str, data: Path, least: int) -> Cell:
    folder = put({}, data, plan.out / "method", "shares.parquet")
    place = TOOLS[WAYS[way]].place
    command = [str(python(place)), str(HERE / "run" / "coortweet.py"), way, str(SECONDS), str(least)]
    ran = run(command, folder, PATIENCE, plan.memory)
    told = ran.told or {}
    if ran.stopped or "error" in told or not told:
        return {"stopped": ran.stopped or str(told.get("error", "failed"))[:200]}
    return {**_cost(ran), "figures": told["figures"]}


def _threshold(store: Store, world: str) -> int:
    """How often a pair must meet to be above the method's threshold; twice where that is not known."""
    found = [one["figures"]["threshold"] for one in store.coordination if _plain(one, world)]
    return math.floor(found[0]) + 1 if found else 2


def _plain(one: Cell, world: str) -> bool:
    return one["world"] == world and one["tool"] in WAYS and one["least"] == 1 and "figures" in one


def _ours(plan: Plan, data: Path, at_least: int) -> Cell:
    """`factcheck check` of four claims: pairs and accounts that meet at all, and those above the threshold."""
    claims = "".join(
        CLAIM.format(id=f"{what}{name}", what=what, within=SECONDS, at_least=times)
        for name, times in (("", 1), ("-above", at_least))
        for what in ("pairs", "accounts")
    )
    files = {
        "claims/claims.yaml": f"defaults: {{dataset: shares, about: rows}}\nclaims:\n{claims}",
        "evidence/shares.yaml": MANIFEST,
    }
    folder = put(files, data, plan.out / "ours", "shares.parquet")
    ran = run(TOOLS["factcheck"].line(), folder, PATIENCE, plan.memory)
    errors = [one["error"] for one in (ran.told or {}).get("claims", []) if one.get("error")]
    if ran.stopped or not ran.told or errors:
        return {"stopped": ran.stopped or str((errors or ["failed"])[0])[:200]}
    found = {"threshold": at_least - 1, **figures(ran.told)}
    return {**_cost(ran), "figures": found}


def _cost(ran: Ran) -> Cell:
    return {"clock": round(ran.clock, 2), "cpu": round(ran.cpu, 2), "peak": round(ran.peak)}
