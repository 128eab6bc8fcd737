"""Small networks as pictures: the links that the data have, nobody's name, the same places every time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import altair as alt
import networkx as nx
import pandas as pd
import pytest

import factcheck
from factcheck.measures.measurement import Sketch
from factcheck.reports.pictures.network import pictures, placed
from factcheck.reports.pictures.svg import inline
from factcheck.reports.pictures.theme import WIDTH
from factcheck.verdicts.verdict import Verdict
from tests.reports.gallery import beach

KARATE = nx.karate_club_graph()


def checked(tmp_path: Path, graph: Any, figure: str) -> Verdict:
    claims = tmp_path / "claims"
    claims.mkdir()
    measure = f"{{network: {figure}, directed: false}}"
    (claims / "a.yaml").write_text(
        f"claims: [{{id: a, statement: Some., dataset: links, measure: {measure}, claimed: 4}}]", encoding="utf-8"
    )
    rows = pd.DataFrame([(f"name{a}", f"name{b}") for a, b in graph.edges()], columns=["source", "target"])
    return factcheck.check(claims, data={"links": rows})["a"]


def sketch_of(verdict: Verdict) -> Sketch:
    assert verdict.measurement is not None
    assert verdict.measurement.sketch is not None
    return verdict.measurement.sketch


@pytest.mark.parametrize(("figure", "what"), [("communities", "community"), ("components", "component")])
def test_the_sketch_is_the_network(tmp_path: Path, figure: str, what: str) -> None:
    sketch = sketch_of(checked(tmp_path, KARATE, figure))
    drawn = nx.Graph(list(sketch.edges))
    assert (sketch.nodes, sketch.what) == (34, what)
    assert sorted(dict(drawn.degree).values()) == sorted(dict(KARATE.degree).values())
    assert nx.faster_could_be_isomorphic(drawn, nx.Graph(KARATE))
    if what == "component":
        assert len(set(sketch.groups)) == nx.number_connected_components(KARATE)


def test_communities_are_those_that_were_counted(tmp_path: Path) -> None:
    verdict = checked(tmp_path, KARATE, "communities")
    sketch = sketch_of(verdict)
    assert len(set(sketch.groups)) == verdict.estimate
    parts = [{i for i, group in enumerate(sketch.groups) if group == one} for one in set(sketch.groups)]
    assert nx.community.modularity(nx.Graph(list(sketch.edges)), parts) == pytest.approx(0.4198, abs=1e-4)
    # 0.4198 in four communities is the best that there is (Brandes et al. 2008, "On modularity clustering", table 1)


def test_no_name_is_in_the_picture(tmp_path: Path) -> None:
    verdict = checked(tmp_path, KARATE, "communities")
    (picture,) = pictures(verdict)
    assert "name" not in inline(picture, "x").replace("xmlns", "")
    assert picture.alt.startswith("34 nodes and 78 links, in 4 communities; their nodes are 12, 11, 6 and 5.")


def test_every_node_lies_inside_and_apart_from_the_others(tmp_path: Path) -> None:
    sketch = sketch_of(checked(tmp_path, KARATE, "communities"))
    places = placed(sketch)
    assert placed(sketch) == places
    assert all(0 <= x <= WIDTH and 0 <= y <= 300 for x, y in places)
    nearest = min(abs(complex(*a) - complex(*b)) for i, a in enumerate(places) for b in places[:i])
    assert nearest > 8
    (picture,) = pictures(replace(beach(), measurement=replace(beach().measurement, sketch=sketch)))  # type: ignore[type-var]
    assert len(inline(picture, "x")) < 8000
    alt.Chart.from_dict(picture.spec(), validate=True)
    links = picture.spec()["datasets"]["links"]
    ends = {(places[a], places[b]) for a, b in sketch.edges}
    drawn = {
        ((one["x"], one["y"]), (other["x"], other["y"])) for one, other in zip(links[::3], links[1::3], strict=True)
    }
    assert drawn == ends


@pytest.mark.parametrize(
    ("graph", "figure"),
    [(nx.complete_graph(40), "communities"), (nx.path_graph(300), "components"), (KARATE, "nodes")],
)
def test_a_large_network_and_one_of_which_only_sizes_are_known_are_not_drawn(
    tmp_path: Path, graph: Any, figure: str
) -> None:
    verdict = checked(tmp_path, graph, figure)
    assert verdict.measurement is not None
    assert verdict.measurement.sketch is None
    assert pictures(verdict) == ()
