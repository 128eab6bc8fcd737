"""Networks of several files: what one of them says of its values does not hold for the others."""

from __future__ import annotations

import json

from ingest.desk import Desk

from .graphs import loaded


def test_each_file_names_its_own_clusters(desk: Desk) -> None:
    for name, label in (("a", "Politics"), ("b", "Sport")):
        nodes, clusters = [{"key": name, "cluster": "1"}], [{"key": "1", "label": label}]
        desk.write(f"{name}.json", json.dumps({"nodes": nodes, "edges": [], "clusters": clusters}))
    found = loaded(desk, "files: [a.json, b.json], format: sigma")
    assert found.rows("nodes", "id, cluster_label") == [("a", "Politics"), ("b", "Sport")]


def test_each_file_says_whether_its_edges_have_a_direction(desk: Desk) -> None:
    for name, directed in (("a", 1), ("b", 0)):
        text = f"graph [ directed {directed} node [ id {name} ] edge [ source {name} target {name} ] ]"
        desk.write(f"{name}.gml", text)
    found = loaded(desk, 'files: [a.gml, b.gml], read: {nulls: ["", "-"]}')
    assert found.rows("edges", "source, type") == [("a", "directed"), ("b", "undirected")]


def test_a_weight_that_says_nothing_is_one_in_every_file(desk: Desk) -> None:
    for name, weight in (("a", "2"), ("b", "-")):
        edge = f'<edge source="{name}" target="{name}" weight="{weight}"/><edge source="{name}" target="{name}"/>'
        desk.write(
            f"{name}.gexf", f'<gexf><graph><nodes><node id="{name}"/></nodes><edges>{edge}</edges></graph></gexf>'
        )
    found = loaded(desk, 'files: [a.gexf, b.gexf], read: {nulls: ["", "-"]}')
    assert found.rows("edges", "source, weight::integer") == [("a", 2), ("a", 1), ("b", 1), ("b", 1)]
