"""Gephi's CSV: nodes and edges in a file each, told apart by their headings."""

from __future__ import annotations

import pytest
from ingest.desk import Desk

from .graphs import Graph, loaded

NODES = "Id,Label,Type,Followers\n1,Ana,Person,12\n2,Ben,Person,n/a\n3,Cem,Outlet,7\n"
EDGES = "Source,Target,Type,Id,Label,Weight,Topic\n1,2,Directed,0,,2.5,a\n2,2,Mutual,1,,1.0,b\n2,9,Other,2,,1.0,\n"


def pair(desk: Desk, nodes: str | bytes = NODES, edges: str | bytes = EDGES, extra: str = "") -> Graph:
    desk.write("a.csv", edges)
    desk.write("b.csv", nodes)
    return loaded(desk, f"files: [a.csv, b.csv], format: gephi{extra}")


def test_the_headings_tell_which_is_which(desk: Desk) -> None:
    found = pair(desk)
    assert found.names("nodes") == ["id", "label", "Type", "Followers"]
    assert found.rows("nodes", "id, label, Type") == [("1", "Ana", "Person"), ("2", "Ben", "Person"), ("3", "Cem", "Outlet")]
    assert found.names("edges") == ["source", "target", "type", "id", "label", "weight", "Topic"]
    assert found.rows("edges", "source, target, type, id, Topic") == [
        ("1", "2", "directed", "0", "a"), ("2", "2", "mutual", "1", "b"), ("2", "9", "Other", "2", None),
    ]  # fmt: skip
    assert found.notices("edges")["loose-ends"] == (
        "evidence/a.csv: edges that lead from or to a node which is not among the nodes: 1."
    )
    assert "words-in-numbers" in found.notices("nodes")


def test_semicolons_encodings_and_quotes(desk: Desk) -> None:
    nodes = 'id;label\n1;"Bogotá; norte"\n2;"a ""b"""\n'.encode("windows-1252")
    edges = "source;target;weight\n1;2;1,5\n".encode("windows-1252")
    found = pair(desk, nodes, edges, ', read: {encoding: windows-1252, decimal: ","}')
    assert found.rows("nodes") == [("1", "Bogotá; norte"), ("2", 'a "b"')]
    assert [float(weight) for (weight,) in found.rows("edges", "weight")] == [1.5]


def test_nodes_with_a_column_called_source(desk: Desk) -> None:
    found = pair(desk, "id,label,source\n1,a,x\n2,b,y\n", "source,target\n1,2\n")
    assert found.rows("nodes") == [("1", "a", "x"), ("2", "b", "y")]
    assert not found.notices("edges")


def test_rows_without_an_end_or_an_id_are_rejected(desk: Desk) -> None:
    nodes = 'Id,Label\n1,"Ana\nMaria"\n,nobody\n2,Ben\n'
    edges = "Source,Target\n1,2\n,2\n1,\n1,2,3\n"
    found = pair(desk, nodes, edges)
    assert found.rejects("nodes") == [(4, "a node without an id")]
    assert found.rejects("edges") == [
        (3, "an edge without a source"), (4, "an edge without a target"), (5, "expected 2 columns, found 3"),
    ]  # fmt: skip
    assert (found.ledger("nodes").records, found.ledger("nodes").loaded) == (3, 2)
    assert (found.ledger("edges").records, found.ledger("edges").loaded) == (4, 1)


def test_edges_alone(desk: Desk) -> None:
    desk.write("e.csv", EDGES + "x\n")
    found = loaded(desk, "files: e.csv, format: gephi")
    assert found.rows("nodes") == [("1",), ("2",), ("9",)]
    assert "a node without an edge is not known" in found.notices("nodes")["nodes-from-ends"]
    assert found.ledger("nodes").rejected == 1  # it may have named a node
    assert "loose-ends" not in found.notices("edges")


def test_ids_that_a_spreadsheet_has_rounded(desk: Desk) -> None:
    desk.write("e.csv", "Source,Target\n1.26E+18,2\n3,4\n")
    assert "1.26E+18" in desk.fails("g: {files: e.csv, format: gephi}", "g.edges")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.csv": "label,size\nx,1\n"}, "evidence/a.csv has neither the headings Source and Target (edges) nor Id (nodes); it has 'label', 'size'"),
        ({"a.csv": "Id,Label\n1,x\n"}, "evidence/a.csv: no file has the headings Source and Target"),
        ({"a.csv": ""}, "evidence/a.csv is empty"),
        ({"a.csv": 'Source,Target\n1,"2\n'}, "a quote"),
    ],
)  # fmt: skip
def test_what_is_no_network(desk: Desk, files: dict[str, str], said: str) -> None:
    for name, text in files.items():
        desk.write(name, text)
    for part in ("g.nodes", "g.edges"):
        assert said in desk.fails(f"g: {{files: [{', '.join(files)}], format: gephi}}", part)
