"""A network that lies in the repository, and one made of names alone, come to what others published of them."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

import factcheck
from factcheck import Run
from factcheck.measures.networks.grouped import RUNS

LES_MISERABLES = Path(__file__).parents[2] / "evidence" / "rgexf" / "lesmiserables.gexf"

CLAIMS = """
claims:
  - {id: nodes, statement: x, measure: {network: nodes, nodes: lesmis.nodes}, claimed: 77}
  - {id: edges, statement: x, measure: {network: edges}, claimed: 254}
  - {id: mean, statement: x, measure: {network: mean_degree}, claimed: 6.597}
  - {id: most, statement: x, measure: {network: max_degree, nodes: lesmis.nodes}, claimed: 36}
  - {id: strength, statement: x, measure: {network: max_degree, weight: weight}, claimed: 158}
  - {id: alike, statement: x, measure: {network: assortativity}, claimed: -0.165}
  - {id: best, statement: x, measure: {network: modularity}, claimed: 0.56}
  - {id: club-best, statement: x, dataset: karate, measure: {network: modularity}, claimed: 0.4198}
  - {id: club-parts, statement: x, dataset: karate, measure: {network: communities}, claimed: 4}
  - {id: club-alike, statement: x, dataset: karate, measure: {network: assortativity, directed: false}, claimed: -0.476}
  - {id: club-most, statement: x, dataset: karate, measure: {network: max_degree, directed: false}, claimed: 17}
"""
MANIFEST = """
datasets:
  lesmis: {files: lesmiserables.gexf, unit: character, completeness: complete}
  karate: {files: karate.csv, completeness: complete}
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    root = tmp_path_factory.mktemp("project")
    for folder in ("claims", "evidence"):
        (root / folder).mkdir()
    (root / "claims" / "c.yaml").write_text("defaults: {dataset: lesmis.edges}\n" + CLAIMS, encoding="utf-8")
    (root / "evidence" / "e.yaml").write_text(MANIFEST, encoding="utf-8")
    (root / "evidence" / "lesmiserables.gexf").write_bytes(LES_MISERABLES.read_bytes())
    rows = "".join(f"{a},{b}\n" for a, b in nx.karate_club_graph().edges())
    (root / "evidence" / "karate.csv").write_text(f"source,target\n{rows}", encoding="utf-8")
    return factcheck.check(project=root)


@pytest.mark.parametrize(
    ("claim", "figure"),
    [
        ("nodes", 77),  # Knuth 1993, The Stanford GraphBase: 77 characters in 254 pairs
        ("edges", 254),
        ("mean", 508 / 77),
        ("most", 36),  # Valjean
        ("strength", 158),
        ("alike", -0.16522513442237),  # networkx 3.6
        ("best", 0.560),  # Agarwal & Kempe 2008 (Eur. Phys. J. B 66): 0.560 found, 0.561 as the upper bound
        ("club-best", 0.41979),  # Brandes et al. 2008: the optimum
        ("club-parts", 4),
        ("club-alike", -0.475613097684614),
        ("club-most", 17),
    ],
)
def test_figure(run: Run, claim: str, figure: float) -> None:
    estimate = run[claim].estimate
    assert estimate is not None
    assert float(estimate) == pytest.approx(figure, abs=6e-4 if claim == "best" else 1e-5)


def test_what_is_told_of_them(run: Run) -> None:
    most = run["most"].measurement
    assert most is not None
    assert (most.bars[0].label, most.bars[0].value) == ("Valjean", 36)
    (degrees,) = most.series
    assert (degrees.kind, sum(degrees.y), degrees.x[-1], degrees.y[-1]) == ("degrees", 77, 36, 1)
    best = run["club-best"].measurement
    assert best is not None
    assert best.facts["runs"] == RUNS == 20
    assert best.facts["draws"] == 99
    assert {note.code for note in best.notes} == {"network-above-chance"}
    edges = run["edges"].measurement
    assert edges is not None
    assert edges.facts["direction_by"] == "file"
    assert not edges.facts["directed"]


def test_the_same_in_every_run(run: Run, tmp_path: Path) -> None:
    again = factcheck.check(project=run.root)
    for claim in ("best", "club-best"):
        one, other = run[claim].measurement, again[claim].measurement
        assert one is not None
        assert other is not None
        assert one.region == other.region


def test_without_the_library_only_communities_fail(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factcheck.stats.leiden.available", lambda: False)
    without = factcheck.check(project=run.root)
    failed = {verdict.id: verdict.error for verdict in without if verdict.error}
    assert set(failed) == {"best", "club-best", "club-parts"}
    assert all("pip install 'factcheck-engine[networks]'" in str(error) for error in failed.values())
