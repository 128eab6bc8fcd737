"""GEXF: versions, namespaces, attributes, time, hierarchy, and records that cannot be read."""

from __future__ import annotations

from datetime import date

import pytest
from ingest.desk import Desk

from .graphs import fails, graph, loaded

NAMESPACES = [
    'xmlns="http://www.gexf.net/1.1draft" version="1.1"',
    'xmlns="http://www.gexf.net/1.2draft" version="1.2"',
    'xmlns="http://www.gexf.net/1.3" version="1.3" xmlns:viz="http://www.gexf.net/1.3/viz"',
    'xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz"',
    'xmlns="http://www.gephi.org/gexf" xmlns:viz="http://www.gephi.org/gexf/viz"',
    "",
]


def gexf(body: str, root: str = "", graph: str = 'defaultedgetype="directed"') -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<gexf {root}>\n<graph {graph}>\n{body}\n</graph>\n</gexf>\n'


PLAIN = """<nodes><node id="1" label="ana"/><node id="2" label="ben"/></nodes>
<edges><edge id="0" source="1" target="2"/></edges>"""


@pytest.mark.parametrize("root", NAMESPACES)
def test_every_namespace_and_none(desk: Desk, root: str) -> None:
    found = graph(desk, gexf(PLAIN, root))
    assert found.rows("nodes") == [("1", "ana"), ("2", "ben")]
    assert found.rows("edges", "source, target, id, type") == [("1", "2", "0", "directed")]
    assert found.names("edges") == ["source", "target", "id", "type"]


def test_elements_with_a_prefix(desk: Desk) -> None:
    text = gexf(PLAIN).replace("<", "<g:").replace("<g:/", "</g:").replace("<g:?", "<?")
    found = graph(desk, text.replace("<g:gexf", '<g:gexf xmlns:g="http://gexf.net/1.3"'))
    assert found.rows("nodes", "label") == [("ana",), ("ben",)]


def test_compressed(desk: Desk) -> None:
    import gzip

    import zstandard

    assert graph(desk, gzip.compress(gexf(PLAIN).encode()), "g.gexf.gz").rows("nodes", "id") == [("1",), ("2",)]
    assert graph(desk, zstandard.compress(gexf(PLAIN).encode()), "h.gexf.zst").rows("nodes", "id") == [("1",), ("2",)]


ATTRIBUTES = """<attributes class="node" mode="static">
  <attribute id="0" title="country" type="string"><default>Mexico</default></attribute>
  <attribute id="1" title="followers" type="long"/>
  <attribute id="2" title="score" type="float"/>
  <attribute id="3" title="verified" type="boolean"><default>false</default></attribute>
  <attribute id="4" title="code" type="string"/>
  <attribute id="5" title="tags" type="liststring"/>
  <attribute id="6" title="site" type="anyURI"/>
  <attribute id="7" title="joined" type="date"/>
</attributes>
<attributes class="edge"><attribute id="0" title="kind" type="string"/></attributes>
<nodes>
  <node id="1" label="ana"><attvalues>
    <attvalue for="0" value="Russia"/><attvalue for="1" value="12"/><attvalue for="2" value="0.5"/>
    <attvalue for="3" value="true"/><attvalue for="4" value="12"/><attvalue for="5" value="[a, b]"/>
    <attvalue for="6" value="https://example.org"/><attvalue for="7" value="2018-05-10"/>
  </attvalues></node>
  <node id="2" label="ben"><attvalues><attvalue id="1" value="many"/><attvalue for="5" value="c|d e"/></attvalues></node>
</nodes>
<edges><edge id="0" source="1" target="2"><attvalues><attvalue for="0" value="reply"/></attvalues></edge></edges>"""


def test_declared_types_are_kept(desk: Desk) -> None:
    found = graph(desk, gexf(ATTRIBUTES))
    assert found.types("nodes") == {
        "id": "VARCHAR", "label": "VARCHAR", "country": "VARCHAR", "followers": "BIGINT", "score": "DOUBLE",
        "verified": "BOOLEAN", "code": "VARCHAR", "tags": "VARCHAR[]", "site": "VARCHAR", "joined": "DATE",
    }  # fmt: skip
    ana, ben = found.rows("nodes")
    assert ana == ("1", "ana", "Russia", 12, 0.5, True, "12", ["a", "b"], "https://example.org", date(2018, 5, 10))
    assert ben == ("2", "ben", "Mexico", None, None, False, None, ["c", "d e"], None, None)
    assert found.ledger("nodes").lost == {"followers": 1}
    assert found.rows("edges", "kind") == [("reply",)]


def test_a_default_is_for_rows_before_its_declaration_too(desk: Desk) -> None:
    body = """<nodes><node id="1" label="ana"/></nodes><attributes class="node"><attribute id="c" title="country"
    type="string"><default>Peru</default></attribute></attributes>"""
    assert graph(desk, gexf(body)).rows("nodes") == [("1", "ana", "Peru")]


def test_an_attribute_that_turns_up_late(desk: Desk) -> None:
    """So late that thousands of rows were written without it: they have no value."""
    many = "".join(f'<node id="{i}" label="n{i}"/>' for i in range(60_000))
    text = gexf(f'<nodes>{many}<node id="x" label="y"><attvalues><attvalue for="new" value="7"/></attvalues></node></nodes>')
    found = graph(desk, text)
    assert found.rows("nodes", "count(*), count(new), sum(new)") == [(60_001, 1, 7)]
    assert "'new'" in found.notices("nodes")["undeclared"]


def test_names_that_collide(desk: Desk) -> None:
    body = """<attributes class="edge"><attribute id="0" title="type" type="string"/><attribute id="1" title="Weight"
    type="integer"/></attributes><attributes class="node"><attribute id="0" title="id" type="integer"/></attributes>
    <nodes><node id="a" label="x"><attvalues><attvalue for="0" value="7"/></attvalues></node></nodes>
    <edges><edge source="a" target="a" weight="2.5"><attvalues><attvalue for="0" value="reply"/><attvalue for="1" value="3"/>
    </attvalues></edge></edges>"""
    found = graph(desk, gexf(body))
    assert found.rows("nodes", "id, id_2") == [("a", 7)]
    assert found.names("edges") == ["source", "target", "type", "weight", "type_2", "Weight_2"]
    assert [str(value) for value in found.rows("edges")[0]] == ["a", "a", "directed", "2.5", "reply", "3"]
    assert "'type_2'" in str(found.ledger("edges").notes)
    assert "repeated-heading" in found.notices("nodes")


def test_weights_that_are_left_out_are_one(desk: Desk) -> None:
    edges = '<edges><edge source="1" target="2" weight="4.0"/><edge source="2" target="1"/></edges>'
    found = graph(desk, gexf(PLAIN.partition("<edges>")[0] + edges))
    assert [float(weight) for (weight,) in found.rows("edges", "weight")] == [4, 1]


def test_the_direction_of_edges(desk: Desk) -> None:
    edges = "".join(f'<edge source="1" target="2" type="{kind}"/>' for kind in ("Directed", "mutual", "undirected", ""))
    nodes = PLAIN.partition("<edges>")[0]
    found = graph(desk, gexf(f'{nodes}<edges>{edges}<edge source="1" target="2"/></edges>', graph=""))
    assert [kind for (kind,) in found.rows("edges", "type")] == [
        "directed", "mutual", "undirected", "undirected", "undirected"
    ]  # fmt: skip


def test_edges_repeated_loops_without_id_and_to_nowhere(desk: Desk) -> None:
    edges = """<edges><edge source="1" target="2"/><edge source="1" target="2"/><edge source="2" target="2"/>
    <edge source="2" target="ghost"/></edges>"""
    found = graph(desk, gexf(PLAIN.partition("<edges>")[0] + edges))
    assert found.rows("edges", "source, target") == [("1", "2"), ("1", "2"), ("2", "2"), ("2", "ghost")]
    assert found.notices("edges")["loose-ends"].endswith("not among the nodes: 1.")
    assert "id" not in found.names("edges")


def test_a_node_declared_twice_is_kept_and_counted(desk: Desk) -> None:
    found = graph(desk, gexf(PLAIN.replace('id="2" label="ben"', 'id="1" label="ben"')))
    assert found.ledger("nodes").duplicates == 1
    assert found.rows("nodes") == [("1", "ana"), ("1", "ben")]


def test_records_that_cannot_be_read_have_their_line(desk: Desk) -> None:
    body = '<nodes>\n<node label="nobody"/>\n<node id="1" label="ana"/></nodes>\n<edges>\n<edge id="e" target="1"/>\n'
    found = graph(desk, gexf(f'{body}<edge source="1"/><edge source="1" target="1"/></edges>'))
    assert found.rejects("nodes") == [(5, "a node without an id")]
    assert found.rejects("edges") == [(8, "an edge without a source"), (9, "an edge without a target")]
    assert found.ledger("edges").records == 3
    assert found.ledger("edges").loaded == 1


def test_nested_nodes_and_pid(desk: Desk) -> None:
    body = """<nodes><node id="a" label="A"><nodes><node id="b" label="B"><nodes><node id="c" label="C"/></nodes></node></nodes>
    <edges><edge source="b" target="c"/></edges></node><node id="d" label="D" pid="a"/></nodes>"""
    found = graph(desk, gexf(body))
    assert sorted(found.rows("nodes", "id, parent")) == [("a", None), ("b", "a"), ("c", "b"), ("d", "a")]
    assert found.rows("edges", "source, target") == [("b", "c")]


def test_attributes_of_a_node_after_the_nodes_within_it(desk: Desk) -> None:
    body = """<attributes class="node"><attribute id="k" title="kind" type="string"/></attributes><nodes><node id="a">
    <nodes><node id="b"><attvalues><attvalue for="k" value="inner"/></attvalues></node></nodes>
    <attvalues><attvalue for="k" value="outer"/></attvalues></node></nodes>"""
    assert sorted(graph(desk, gexf(body)).rows("nodes", "id, kind")) == [("a", "outer"), ("b", "inner")]


TIMES = """<attributes class="node" mode="dynamic"><attribute id="p" title="price" type="integer"/></attributes><nodes>
<node id="1" label="ana" start="2009-01-01" end="2009-12-31"/>
<node id="2" label="ben"><spells><spell start="2009-03-01" end="2009-04-01"/><spell start="2009-02-01"/></spells>
  <attvalues><attvalue for="p" value="9" start="2009-03-01"/><attvalue for="p" value="5" start="2009-02-01" end="2009-02-28"/>
  </attvalues></node>
<node id="3" label="cem"/></nodes>"""


def test_spells_and_the_latest_value(desk: Desk) -> None:
    found = graph(desk, gexf(TIMES))
    rows = found.rows("nodes", 'id, start, "end", spells, price')
    assert rows == [
        ("1", date(2009, 1, 1), date(2009, 12, 31), 1, None),
        ("2", date(2009, 2, 1), None, 2, 9),
        ("3", None, None, None, None),
    ]
    assert found.notices("nodes")["passed-over"].endswith("Passed over: 1.")


def test_time_as_version_1_3_writes_it(desk: Desk) -> None:
    body = """<nodes><node id="1" timestamps="&lt;[2001.0, 1999.5, 2010.0]&gt;"/><node id="2" intervals="&lt;[3, 5]; [7, 11]&gt;"/>
    <node id="3" timestamp="4"/><node id="4" start="9" endopen="100"/><node id="5" start="-Infinity" end="6"/></nodes>"""
    rows = graph(desk, gexf(body)).rows("nodes", 'start, "end", spells')
    assert [(None if a is None else float(a), float(b), n) for a, b, n in rows] == [
        (1999.5, 2010, 3), (3, 11, 2), (4, 4, 1), (9, 100, 1), (None, 6, 1),
    ]  # fmt: skip


def test_what_is_drawn(desk: Desk) -> None:
    body = """<nodes><node id="1"><viz:position x="-1.5" y="2" z="0.0"/><viz:size value="3.5"/><viz:color r="255" g="0" b="16"/>
    </node><node id="2"><viz:color hex="#aabbcc" a="0.5"/></node></nodes>"""
    root = 'xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz"'
    found = graph(desk, gexf(body, root))
    one, two = found.rows("nodes", '"viz.x", "viz.y", "viz.size", "viz.color"')
    assert ([float(value) for value in one[:3]], one[3]) == ([-1.5, 2, 3.5], "#ff0010")
    assert two == (None, None, None, "#aabbcc")


def test_attributes_that_the_format_does_not_know_are_kept(desk: Desk) -> None:
    found = graph(desk, gexf('<nodes><node id="1" category="media" xmlns:viz="v" xml:lang="es"/></nodes>'))
    assert found.names("nodes") == ["id", "category"]
    assert found.rows("nodes", "category") == [("media",)]


def test_texts_with_line_ends_quotes_and_commas(desk: Desk) -> None:
    found = graph(desk, gexf('<nodes><node id="1" label="a,&quot;b&quot;&#13;&#10;c&#13;d&#10;"/></nodes>'))
    assert found.rows("nodes", "label") == [('a,"b"\r\nc\rd\n',)]


def test_a_long_text(desk: Desk) -> None:
    found = graph(desk, gexf(f'<nodes><node id="1" label="{"x" * 3_000_000}"/><node id="2" label="y"/></nodes>'))
    assert found.rows("nodes", "length(label)") == [(3_000_000,), (1,)]


def test_texts_that_mean_missing(desk: Desk) -> None:
    body = """<attributes class="node"><attribute id="0" title="age" type="integer"/></attributes>
    <nodes><node id="n/a"><attvalues><attvalue for="0" value="n/a"/></attvalues></node></nodes>"""
    found = graph(desk, gexf(body), extra='read: {nulls: ["n/a"]}')
    assert found.rows("nodes", "id, age") == [("n/a", None)]
    assert not found.ledger("nodes").lost


def test_no_edges_at_all(desk: Desk) -> None:
    found = graph(desk, gexf('<nodes><node id="1"/></nodes><edges/>'))
    assert found.ledger("edges").records == 0
    assert found.names("edges")[:2] == ["source", "target"]


def test_two_files_are_one_network(desk: Desk) -> None:
    desk.write("a.gexf", gexf(PLAIN))
    desk.write("b.gexf", gexf(PLAIN.replace('"1"', '"3"')))
    found = loaded(desk, "files: [a.gexf, b.gexf]")
    assert [row[0] for row in found.rows("nodes", "id")] == ["1", "2", "3", "2"]
    assert found.ledger("nodes").duplicates == 1
    assert found.rows("edges", "source, target") == [("1", "2"), ("3", "2")]


def test_two_files_of_different_attributes(desk: Desk) -> None:
    desk.write("a.gexf", gexf(PLAIN))
    desk.write("b.gexf", gexf(ATTRIBUTES))
    message = desk.fails("g: {files: [a.gexf, b.gexf]}", "g.nodes")
    assert message == "evidence/a.gexf has no attribute 'country', which evidence/b.gexf has"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (gexf(PLAIN)[:-30], "line 5, column 8: the file ends within a tag"),
        (gexf(PLAIN).replace("<edges>", "<edges"), "line 5, column 7"),
        (gexf(PLAIN).replace("</nodes>", "</node>"), "an end tag that does not match"),
        ("", "the file ends before"),
        ("id,label\n1,ana\n", "line 1, column 1"),
        ("<html><body/></html>", "no GEXF file: its first element is <html>"),
        ("<graphml/>", "its first element is <graphml>; write format: graphml"),
        ("Page Name,Message\nAna,hello\n", "line 1, column 1: text where a tag must stand; is it XML?"),
        (gexf('<attributes class="node"><attribute title="x"/></attributes>'), "an <attribute> without an id"),
        (gexf('<nodes><node id="1"><attvalues><attvalue value="x"/></attvalues></node></nodes>'), "for which attribute"),
        (
            gexf('<attributes class="node"><attribute id="0" title="x"/><attribute id="0" title="y"/></attributes>'),
            "a second node attribute with the id '0'",
        ),
    ],
)  # fmt: skip
def test_what_is_no_gexf(desk: Desk, text: str, said: str) -> None:
    message = fails(desk, text)
    assert said in message
    assert "evidence/g.gexf" in message
