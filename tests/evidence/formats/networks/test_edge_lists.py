"""Plain lists of edges in the forms in which they are published."""

from __future__ import annotations

import gzip

import pytest
from ingest.desk import Desk

from .graphs import fails, graph, loaded

EDGES = "format: edges"


@pytest.mark.parametrize("name", ["e.txt", "e.csv", "e.edges"])
@pytest.mark.parametrize("mark", [" ", "\t", ",", ";", "   ", " \t "])
def test_separators_without_headings(desk: Desk, name: str, mark: str) -> None:
    text = "# a network\n% nodes 3\n\n" + "".join(mark.join(row) + "\n" for row in (("10", "2"), ("2", "3"), ("3", "x y"[:1])))
    found = graph(desk, text, name, EDGES)
    assert found.rows("edges") == [("10", "2"), ("2", "3"), ("3", "x")]
    assert found.rows("nodes") == [("10",), ("2",), ("3",), ("x",)]
    assert "nodes-from-ends" in found.notices("nodes")


def test_compressed_blanks(desk: Desk) -> None:
    found = graph(desk, gzip.compress(b"0 1\r\n0 2\r\n 1  2 \r\n"), "e.txt.gz", EDGES)
    assert found.rows("edges") == [("0", "1"), ("0", "2"), ("1", "2")]


def test_blanks_in_quotes_are_part_of_a_name(desk: Desk) -> None:
    found = graph(desk, '"Ana  Li" ben\ncem "Di"\n', "e.txt", EDGES)
    assert found.rows("edges") == [("Ana  Li", "ben"), ("cem", "Di")]
    assert found.rows("nodes") == [("Ana  Li",), ("Di",), ("ben",), ("cem",)]


def test_headings(desk: Desk) -> None:
    found = graph(desk, "Source,Target,Weight,Timestamp\n6,2,4,1289241912\n6,5,-2,1289241942\n", "e.csv", EDGES)
    assert found.names("edges") == ["source", "target", "weight", "Timestamp"]
    assert found.rows("edges") == [("6", "2", 4, 1289241912), ("6", "5", -2, 1289241942)]


def test_blanks_around_an_end_make_no_other_node(desk: Desk) -> None:
    found = graph(desk, "source, target\na, b\nb ,a\n ,a\n", "e.csv", EDGES)
    assert found.rows("edges") == [("a", "b"), ("b", "a")]
    assert found.rejects("edges") == [(4, "an edge without a source")]


def test_headings_in_another_order(desk: Desk) -> None:
    found = graph(desk, "weight,to,from\n4,b,a\n", "e.csv", EDGES)
    assert found.rows("edges", "source, target, weight") == [("a", "b", 4)]


def test_headings_that_do_not_tell_the_ends(desk: Desk) -> None:
    found = graph(desk, "follower,followed,n\nana,ben,4\nben,cem,5\n", "e.csv", EDGES)
    assert found.rows("edges") == [("ana", "ben", 4), ("ben", "cem", 5)]
    assert "from 'follower' to 'followed'" in found.notices("edges")["ends-by-place"]


def test_names_in_the_manifest(desk: Desk) -> None:
    text = "6,2,4,1289241912\n6,5,2,1289241942\n"
    found = graph(desk, text, "e.csv", EDGES + ", read: {names: [source, target, rating, time]}")
    assert found.rows("edges", "source, target, rating, time") == [("6", "2", 4, 1289241912), ("6", "5", 2, 1289241942)]


def test_columns_without_headings(desk: Desk) -> None:
    assert graph(desk, "a b 3\nb c 4\n", "e.txt", EDGES).rows("edges", "source, target, column_3") == [("a", "b", 3), ("b", "c", 4)]


def test_the_first_line_of_words_is_no_header_over_words(desk: Desk) -> None:
    assert graph(desk, "ana,ben\nben,cem\n", "e.csv", EDGES).ledger("edges").loaded == 2
    assert graph(desk, "ana,ben\nben,cem\n", "h.csv", EDGES + ", read: {header: 1}").ledger("edges").loaded == 1


@pytest.mark.parametrize("mark", [" ", ","])
def test_lines_that_cannot_be_read_are_rejected(desk: Desk, mark: str) -> None:
    rows = ["a b", "lonely", "b c", "c d 5", "d a"]
    found = graph(desk, "# comment\n" + "\n".join(rows).replace(" ", mark) + "\n", "e.txt", EDGES)
    assert found.rejects("edges") == [(3, "expected 2 columns, found 1"), (5, "expected 2 columns, found 3")]
    assert found.rows("edges") == [("a", "b"), ("b", "c"), ("d", "a")]
    assert found.ledger("nodes").rejected == 2


def test_an_end_that_is_missing(desk: Desk) -> None:
    found = graph(desk, "source,target\na,b\n,b\na,\nb,c\n", "e.csv", EDGES)
    assert found.rejects("edges") == [(3, "an edge without a source"), (4, "an edge without a target")]
    assert found.rows("nodes") == [("a",), ("b",), ("c",)]


def test_several_files(desk: Desk) -> None:
    desk.write("a.txt", "1 2\n2 3\n")
    desk.write("b.txt", "3 4\n9\n")
    found = loaded(desk, "files: [a.txt, b.txt], format: edges")
    assert found.rows("edges") == [("1", "2"), ("2", "3"), ("3", "4")]
    assert [(reject.file, reject.line) for reject in found.ledger("edges").rejects] == [("evidence/b.txt", 2)]


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "evidence/e.txt"), ("# only a comment\n", "lists no edges"), ("a\nb\nc\n", "its lines hold one field")],
)
def test_what_is_no_list_of_edges(desk: Desk, text: str, said: str) -> None:
    assert said in fails(desk, text, "e.txt", EDGES)
