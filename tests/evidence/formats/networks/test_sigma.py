"""The JSON of sigma.js and graphology."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ingest.desk import Desk

from factcheck.evidence.dataset import Dataset

from .graphs import fails, graph

PEOPLE: dict[str, Any] = {
    "nodes": [
        {"x": 1.5, "y": -2, "label": "ana", "size": 3, "cluster": "13", "key": 0, "seen": True},
        {"x": 0.1234567890123456789, "y": 7, "label": "12", "size": 4, "cluster": "2", "key": 1, "extra": {"a": [1, 2], "b": None}},
    ],
    "edges": [[0, 1], [1, 1], [1, 99]],
    "clusters": [{"key": "13", "clusterLabel": "Politics", "color": "#fff"}, {"key": "2", "clusterLabel": "Sport's"}],
    "bbox": {"x": [0, 1]},
}
SIGMA = "format: sigma"


def test_nodes_pairs_and_clusters(desk: Desk) -> None:
    found = graph(desk, json.dumps(PEOPLE), "g.json", SIGMA)
    assert found.names("nodes") == ["id", "label", "x", "y", "size", "cluster", "seen", "extra.a", "extra.b", "cluster_label"]
    assert found.rows("nodes", "id, label, y, size, cluster, seen, \"extra.a\", cluster_label") == [
        ("0", "ana", -2, 3, "13", True, None, "Politics"), ("1", "12", 7, 4, "2", None, "[1, 2]", "Sport's"),
    ]  # fmt: skip
    assert found.rows("edges") == [("0", "1"), ("1", "1"), ("1", "99")]
    assert found.notices("edges")["loose-ends"].endswith("not among the nodes: 1.")


def test_graphology(desk: Desk) -> None:
    data = {
        "options": {"type": "directed", "multi": True},
        "attributes": {"name": "people"},
        "nodes": [{"key": "a", "attributes": {"label": "Ana", "followers": 12}}, {"key": "b"}],
        "edges": [
            {"key": "e", "source": "a", "target": "b", "attributes": {"weight": 2, "type": "arrow"}},
            {"source": "b", "target": "a", "undirected": True},
        ],
    }
    found = graph(desk, json.dumps(data), "g.json", SIGMA)
    assert found.rows("nodes") == [("a", "Ana", 12), ("b", None, None)]
    assert found.rows("edges", "source, target, id, type, weight, type_2") == [
        ("a", "b", "e", "directed", 2, "arrow"), ("b", "a", None, "undirected", None, None),
    ]  # fmt: skip


def test_long_ids_keep_their_digits(desk: Desk) -> None:
    text = '{"nodes": [{"id": 12345678901234567890123, "n": 9007199254740993}], "edges": [[12345678901234567890123, 1e5]]}'
    found = graph(desk, text, "g.json", SIGMA)
    assert found.rows("nodes") == [("12345678901234567890123", 9007199254740993)]
    assert found.rows("edges") == [("12345678901234567890123", "1e5")]


def test_records_that_cannot_be_read_have_their_line(desk: Desk) -> None:
    text = '{"nodes": [\n{"key": 1},\n{"label": "x"},\n"y",\n{"key": 2, "a": 1, "a": 2},\n{"key": "\\ud800"}],\n'
    text += '"edges": [\n[1, 1],\n[1],\n{"source": 1},\n7, [null, 1]]}'
    found = graph(desk, text, "g.json", SIGMA)
    assert found.rejects("nodes") == [
        (3, "a node without a key"), (4, "a node that is no object"), (5, "the key 'a' is there twice"),
        (6, "half of a character (\\ud800 to \\udfff) in a text"),
    ]  # fmt: skip
    assert found.rejects("edges") == [
        (9, "an edge of 1 values: it needs the keys of two nodes"), (10, "an edge without a target"),
        (11, "an edge that is neither a pair nor an object"), (11, "an edge without a source"),
    ]  # fmt: skip
    assert (found.ledger("nodes").loaded, found.ledger("edges").loaded) == (1, 1)


@pytest.mark.parametrize("depth", [40, 400, 600])
@pytest.mark.parametrize("shape", ['{{"key": 2, "a": {0}}}', "{0}", '{{"a": {0}}}'])
def test_values_deep_in_one_another(desk: Desk, depth: int, shape: str) -> None:
    inner = "[" * depth + "1" + "]" * depth
    text = '{"nodes": [{"key": 1}, ' + shape.format(inner) + '], "edges": []}'
    desk.write("g.json", text)
    found = desk.load_all("g: {files: g.json, format: sigma}", "g.nodes").datasets["g.nodes"]
    if isinstance(found, Dataset):
        assert found.ledger is not None
        assert found.ledger.records == 2
    else:
        assert "too deep" in found.message


def test_elements_on_the_border_of_two_pieces(desk: Desk) -> None:
    data = {"nodes": [{"key": i, "label": f"n{i}"} for i in range(60_000)], "edges": [[i, i + 1] for i in range(59_999)]}
    found = graph(desk, json.dumps(data), "g.json", SIGMA)
    assert found.rows("nodes", "count(*), count(DISTINCT id), max(label)") == [(60_000, 60_000, "n9999")]
    total = 59_998 * 59_999 // 2
    assert found.rows("edges", "sum(CAST(source AS BIGINT)), sum(CAST(target AS BIGINT))") == [(total, total + 59_999)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"nodes": [{"key": 1}], "edges": [[1, 1]', "line 1, column 41: the file ends here"),
        ('{"nodes": [{"key": 1}],\n "edges": [[1 1]]}', "line 2, column 15: no JSON: expecting ',' delimiter"),
        ('{"nodes": [], "edges": []} x', "something follows the end of the object"),
        ('{"nodes": []}', "it needs both 'nodes' and 'edges'"),
        ("[1, 2]", "line 1, column 1: expected '{'"),
        ('{"nodes": {"a": 1}, "edges": []}', "line 1, column 11: expected '['"),
        ('{"nodes": [1.2.3], "edges": []}', "line 1, column 15: this does not belong into a number"),
        ('{"nodes": ' + "[" * 100_000, "too deep"),
        ("", "the file ends here"),
        ('{nodes: []}', "line 1, column 2: expected a key in double quotes"),
    ],
)  # fmt: skip
def test_what_is_no_network(desk: Desk, text: str, said: str) -> None:
    assert said in fails(desk, text, "g.json", SIGMA)
