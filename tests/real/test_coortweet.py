"""CooRTweet's own figures on its own table (Righetti & Balluff), by its definition and by ours.

The figures of `RUN` come from running CooRTweet's `detect_groups` and the edge weights of its
`generate_coordinated_network` (as of its commits 03c2afa and 133cb4a) in R 4.2.2 with data.table 1.14.8 on the table
that lies in `evidence/coortweet`, with `min_participation = 1`. That parameter asks how often an account acts at all
and filters accounts, not pairs; an edge's weight is the number of pairs of posts, which `counting: actions` counts.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import factcheck

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "evidence" / "coortweet" / "russian_coord_tweets.parquet"
RETWEET = "4a5c13a7f533d6ebc27bec5581ad5a9f"
RUN = {  # time_window: accounts, edges, edges of a weight of at least 2, accounts on those
    10: (1_525, 1_092, 5, 10),
    60: (3_954, 6_206, 63, 97),
    600: (6_958, 57_421, 1_285, 957),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("coortweet")
    (root / "claims").mkdir()
    (root / "evidence").mkdir()
    (root / "evidence" / TABLE.name).write_bytes(TABLE.read_bytes())
    (root / "evidence" / "shares.yaml").write_text(
        f"datasets:\n  shares: {{files: {TABLE.name}, completeness: complete}}\n", encoding="utf-8"
    )
    return root


def figures(project: Path, *measures: dict[str, Any], **claim: str) -> list[Fraction]:
    """The estimate of each measure over the table as it is, its times being seconds since 1970."""
    columns = {"actor": "account_id", "target": "object_id", "time": "timestamp_share"}
    lines = ["defaults: {dataset: shares}", "claims:"]
    for i, measure in enumerate(measures):
        told = ", ".join(f"{key}: {value}" for key, value in {**measure, **columns}.items())
        more = "".join(f", {key}: {value}" for key, value in claim.items())
        lines.append(f"  - {{id: c{i}, statement: S., claimed: none, measure: {{{told}}}{more}}}")
    (project / "claims" / "c.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = factcheck.check(project=project)
    found = [run[f"c{i}"].measurement for i in range(len(measures))]
    assert all(one is not None for one in found), [verdict.error for verdict in run]
    return [one.estimate for one in found if one is not None]  # type: ignore[misc]  # all are numbers


@pytest.mark.parametrize("window", RUN)
def test_what_coortweet_finds(project: Path, window: int) -> None:
    edges = {"within": f"{window} seconds", "counting": "actions"}
    found = figures(
        project,
        {"coordination": "accounts", "at_least": 1, **edges},
        {"coordination": "pairs", "at_least": 1, **edges},
        {"coordination": "pairs", "at_least": 2, **edges},
        {"coordination": "accounts", "at_least": 2, **edges},
    )
    assert tuple(found) == RUN[window]


def test_different_targets_are_half_of_it(project: Path) -> None:
    """By different retweeted posts 32 of the 63 edges remain: in the others one account did it twice."""
    (pairs,) = figures(project, {"coordination": "pairs", "at_least": 2, "within": "60 seconds"})
    assert pairs == 32


def test_an_edge_of_the_top_percent_weighs_three(project: Path) -> None:
    """ "For example, in this case, the threshold value corresponds to a minimum edge weight of 3": time_window 600 and a
    percentile of 0.99 (vignette of CooRTweet 2.0). Of all edges, fewer than 1 % weigh that much and more weigh two."""
    all_, two, three = figures(
        project,
        *(
            {"coordination": "pairs", "at_least": least, "within": "600 seconds", "counting": "actions"}
            for least in (1, 2, 3)
        ),
    )
    assert three / all_ < Fraction(1, 100) < two / all_


def test_two_users_retweeted_one_tweet(project: Path) -> None:
    """ "2 users retweeted the tweet with the id `4a5c…` within an average time delay of 2 seconds" (vignette of CooRTweet
    1.x, time_window 10). Two more did 10 seconds apart, and min_repetition = 5 took them out: neither of the two has five
    posts that are together with anybody's."""
    once = {"at_least": 1, "coordination": "accounts"}
    seconds = [{**once, "within": f"{w} seconds"} for w in (1, 2, 9, 10)]
    assert figures(project, *seconds, where=f"object_id = '{RETWEET}'") == [0, 2, 2, 4]
