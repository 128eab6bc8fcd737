"""GML: its lists, strings and entities, and what is none."""

from __future__ import annotations

import pytest
from ingest.desk import Desk

from .graphs import fails, graph

BLOGS = """Creator "A desk, 2018"
# a comment with "quotes" and [ brackets
graph [
  comment "two blogs"
  directed 1
  node [ id 1 label "100 &amp; more &#233;" value 0 graphics [ x 1.5 center [ y -2 ] fill "#ff0000" ] ]
  node [
    id 2 label "caf&eacute; &nosuch; a=1&lang;"
    value 1 zip "00123" code "12"
  ]
  edge [ source 1 target 2 value 3 type "link" ]
  edge [ source 2 target 2 label "itself" ]
]
"""


def test_nested_lists_and_entities(desk: Desk) -> None:
    found = graph(desk, BLOGS, "g.gml")
    assert found.names("nodes") == ["id", "label", "value", "graphics.x", "graphics.center.y", "graphics.fill", "zip", "code"]
    one, two = found.rows("nodes")
    assert (one[:3], float(one[3]), one[4:]) == (("1", "100 & more é", 0), 1.5, (-2, "#ff0000", None, None))
    assert two == ("2", "café &nosuch; a=1⟨", 1, None, None, None, "00123", "12")


def test_directions_and_an_attribute_called_type(desk: Desk) -> None:
    found = graph(desk, BLOGS, "g.gml")
    assert found.rows("edges", "source, target, label, type, value, type_2") == [
        ("1", "2", None, "directed", 3, "link"), ("2", "2", "itself", "directed", None, None),
    ]  # fmt: skip
    assert "repeated-heading" in found.notices("edges")
    assert graph(desk, BLOGS.replace("directed 1", ""), "h.gml").rows("edges", "DISTINCT type") == [("undirected",)]


def test_text_in_quotes_stays_text(desk: Desk) -> None:
    assert graph(desk, BLOGS, "g.gml").types("nodes")["code"] == "VARCHAR"


def test_records_that_cannot_be_read_have_their_line(desk: Desk) -> None:
    text = 'graph [\nnode [ id 1 ]\nnode [\nlabel "nobody" ]\nedge [ target 1 ]\nedge [ source 1 ]\nedge [ source 1 target 9 ]\n]'
    found = graph(desk, text, "g.gml")
    assert found.rejects("nodes") == [(3, "a node without an id")]
    assert found.rejects("edges") == [(5, "an edge without a source"), (6, "an edge without a target")]
    assert found.ledger("edges").records == 3
    assert found.notices("edges")["loose-ends"].endswith("not among the nodes: 1.")


def test_a_key_that_is_there_twice(desk: Desk) -> None:
    found = graph(desk, "graph [ node [ id 1 tag 5 tag 6 ] ]", "g.gml")
    assert found.rows("nodes", "tag") == [(6,)]
    assert found.notices("nodes")["passed-over"].endswith("Passed over: 1.")


def test_all_on_one_line_and_longer_than_a_piece(desk: Desk) -> None:
    """Tokens that lie on the border of two pieces of the file (of 1 MB) are read whole."""
    nodes = " ".join(f'node [ id {i} label "label number {i}" x {i}.25 ]' for i in range(60_000))
    found = graph(desk, f"graph [ {nodes} ]", "g.gml")
    assert found.rows("nodes", "count(*), sum(CAST(id AS BIGINT)), count(DISTINCT label), CAST(sum(x) AS DOUBLE)") == [
        (60_000, 1_799_970_000, 60_000, 1_799_970_000 + 15_000)
    ]


def test_encodings(desk: Desk) -> None:
    text = 'graph [\nnode [ id 1 label "é" ] ]'
    assert graph(desk, text.encode(), "g.gml").rows("nodes", "label") == [("é",)]
    read = graph(desk, text.encode("latin-1"), "h.gml", "read: {encoding: latin-1}")
    assert read.rows("nodes", "label") == [("é",)]


@pytest.mark.parametrize("name", ["g.gml", "g.graphml", "g.txt"])
def test_several_encodings_are_tried(desk: Desk, name: str) -> None:
    texts = {
        "g.gml": 'graph [ node [ id "é" ] ]',
        "g.graphml": '<graphml><graph><node id="é"/></graph></graphml>',
        "g.txt": "é é\n",
    }
    extra = "read: {encoding: [utf-8, windows-1252]}" + (", format: edges" if name == "g.txt" else "")
    for encoding in ("utf-8", "windows-1252"):
        found = graph(desk, texts[name].encode(encoding), name, extra)
        assert found.rows("nodes", "id") == [("é",)]


def test_a_byte_that_is_no_text(desk: Desk) -> None:
    text = 'graph [\nnode [ id 1 label "é" ] ]'
    assert "line 2: 0xe9 is no utf-8 text; perhaps the file is in windows-1252" in fails(desk, text.encode("latin-1"), "i.gml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("graph [\n node [ id 1 ]\n", "line 3, column 1: the file ends before its graph is closed"),
        ("graph [ node [ id 1", "line 1, column 20: the file ends before a list is closed"),
        ("graph [ node [ id", "line 1, column 18: the file ends after 'id'"),
        ('graph [\n  node [ id 1 label "ana ] ]', "line 2, column 21: a quote is opened here and never closed"),
        ("graph [ node [ id ] ]", "line 1, column 19: expected a value of 'id', found ']'"),
        ("graph [ node [ [ ] ] ]", "line 1, column 16: expected a key, found '['"),
        ('graph [ node [ "id" 1 ] ]', "line 1, column 16: expected a key, found 'id'"),
        ("graph [ ] ]", "line 1, column 11: expected a key, found ']'"),
        ("graph [ node [ " + "a [ " * 100 + "]" * 102, "more than 64 deep"),
        ("id label\n1 ana\n", "is no GML file: it has no 'graph ['"),
        ("", "is no GML file"),
        ("<gexf/>", "the file ends after '<gexf/>'"),
    ],
)
def test_what_is_no_gml(desk: Desk, text: str, said: str) -> None:
    assert said in fails(desk, text, "g.gml")
