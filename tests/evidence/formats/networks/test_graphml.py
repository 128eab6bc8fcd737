"""GraphML: keys and their defaults, nested graphs, what has no two ends."""

from __future__ import annotations

import pytest
from ingest.desk import Desk

from .graphs import fails, graph

KEYS = """<key id="k0" for="node" attr.name="stance" attr.type="string"><default>unknown</default></key>
<key id="k1" for="edge" attr.name="weight" attr.type="double"/>
<key id="k2" for="all" attr.name="seen" attr.type="boolean"/>
<key id="k3" for="node" attr.name="posts" attr.type="int"/>
<key id="k4" for="graph" attr.name="title" attr.type="string"/>"""


def graphml(body: str, keys: str = KEYS, graph: str = 'edgedefault="directed"') -> str:
    return (
        f'<?xml version="1.0"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{keys}\n'
        f'<graph id="G" {graph}>\n{body}\n</graph></graphml>'
    )


def test_keys_types_and_defaults(desk: Desk) -> None:
    body = """<data key="k4">Blogs</data>
    <node id="a"><data key="k0">left</data><data key="k2">true</data><data key="k3">12</data></node>
    <node id="b"><data key="k3">several</data></node>
    <edge source="a" target="b"><data key="k1">2.5</data><data key="k2">0</data></edge>
    <edge id="e" source="b" target="b" directed="false"/>"""
    found = graph(desk, graphml(body), "g.graphml")
    assert found.types("nodes") == {"id": "VARCHAR", "stance": "VARCHAR", "seen": "BOOLEAN", "posts": "BIGINT"}
    assert found.rows("nodes") == [("a", "left", True, 12), ("b", "unknown", None, None)]
    assert found.ledger("nodes").lost == {"posts": 1}
    assert found.rows("edges", "source, target, id, type, weight, seen") == [
        ("a", "b", None, "directed", 2.5, False), ("b", "b", "e", "undirected", None, None),
    ]  # fmt: skip


def test_an_empty_text_is_missing(desk: Desk) -> None:
    found = graph(desk, graphml('<node id="a"><data key="k0"></data></node><node id="b"/>'), "g.graphml")
    assert found.rows("nodes", "stance") == [(None,), ("unknown",)]


def test_an_attribute_called_id(desk: Desk) -> None:
    keys = '<key id="v_id" for="node" attr.name="id" attr.type="string"/>'
    found = graph(desk, graphml('<node id="n0"><data key="v_id">x</data></node>', keys), "g.graphml")
    assert found.rows("nodes", "id, id_2") == [("n0", "x")]
    assert "repeated-heading" in found.notices("nodes")


def test_an_attribute_called_type_keeps_its_own_type(desk: Desk) -> None:
    keys = '<key id="t" for="all" attr.name="type" attr.type="int"/>'
    body = '<node id="n"><data key="t">3</data></node><edge source="n" target="n"><data key="t">4</data></edge>'
    found = graph(desk, graphml(body, keys), "g.graphml")
    assert found.rows("nodes", "type") == [(3,)]
    assert found.rows("edges", "type, type_2") == [("directed", 4)]


def test_nested_graphs(desk: Desk) -> None:
    body = """<node id="a"><data key="k0">x</data><graph edgedefault="undirected"><data key="k4">inner</data><node id="b"/>
    <edge source="b" target="b"/></graph><data key="k3">5</data></node><edge source="a" target="b"/>"""
    found = graph(desk, graphml(body), "g.graphml")
    assert sorted(found.rows("nodes", "id, parent, stance, posts")) == [("a", None, "x", 5), ("b", "a", "unknown", None)]
    assert found.rows("edges", "source, type") == [("b", "undirected"), ("a", "directed")]


def test_hyperedges_are_rejected_and_ports_passed_over(desk: Desk) -> None:
    body = """<node id="a"><port name="north"><data key="k0">of the port</data></port></node>
<hyperedge id="h"><endpoint node="a"/><endpoint node="a"/><data key="k1">3</data></hyperedge>
<edge source="a" target="a" sourceport="north"/><edge target="a"/><edge source="a"/>
<node/>"""
    found = graph(desk, graphml(body), "g.graphml")
    assert found.rows("nodes", "stance") == [("unknown",)]
    assert found.rejects("nodes") == [(11, "a node without an id")]
    assert found.rejects("edges") == [
        (9, "a hyperedge, which joins any number of nodes and not two"),
        (10, "an edge without a source"),
        (10, "an edge without a target"),
    ]
    assert found.names("edges") == ["source", "target", "type", "weight", "seen"]


def test_data_of_an_undeclared_key_and_twice(desk: Desk) -> None:
    body = '<node id="a"><data key="zz">1</data><data key="k3">2</data><data key="k3">3</data></node>'
    found = graph(desk, graphml(body), "g.graphml")
    assert found.rows("nodes", "zz, posts") == [(1, 3)]
    assert found.notices("nodes").keys() == {"undeclared", "passed-over"}


def test_the_labels_of_yed(desk: Desk) -> None:
    keys = '<key id="d6" for="node" yfiles.type="nodegraphics"/>'
    body = """<node id="n0"><data key="d6"><y:ShapeNode xmlns:y="y"><y:Geometry height="3"/><y:NodeLabel x="1">Ana
    </y:NodeLabel><y:Shape type="x"/></y:ShapeNode></data></node>"""
    found = graph(desk, graphml(body, keys), "g.graphml")
    assert found.rows("nodes") == [("n0", "Ana")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (graphml("<node id='a'/>")[:-20], "line 8, column 1: the file ends within a tag"),
        (graphml("", '<key for="node"/>'), "a <key> without an id"),
        (graphml("", KEYS + '<key id="k2" for="edge" attr.name="x"/>'), "a second key 'k2' for a edge"),
        (graphml('<node id="a"><data>1</data></node>'), "of which key"),
        ("<gexf/>", "is no GRAPHML file: its first element is <gexf>"),
    ],
)
def test_what_is_no_graphml(desk: Desk, text: str, said: str) -> None:
    assert said in fails(desk, text, "g.graphml")


def test_keys_for_whole_numbers_and_fractions_of_one_attribute_are_one_column(desk: Desk) -> None:
    # So NetworkX writes an attribute that has both.
    keys = "".join(
        f'<key id="{name}" for="edge" attr.name="weight" attr.type="{kind}"/>'
        for name, kind in (("k0", "long"), ("k1", "double"))
    )
    edges = "".join(
        f'<edge source="a" target="a"><data key="{key}">{value}</data></edge>'
        for key, value in (("k0", "3"), ("k1", "2.5"))
    )
    found = graph(desk, graphml('<node id="a"/>' + edges, keys), "g.graphml")
    assert found.types("edges")["weight"] == "DOUBLE"
    assert sorted(found.rows("edges", "weight")) == [(2.5,), (3.0,)]
    assert found.notices("edges") == {}
