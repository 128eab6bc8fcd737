"""Tables of links, counted by SQL: held against networkx, against the same as arrays, and against rows by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

import factcheck
from factcheck.errors import EvidenceError
from factcheck.evidence.cells import answer
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import DuckDB, open_engine
from factcheck.evidence.expressions import Bound, Scope, bind
from factcheck.evidence.patterns.linked import DEGREES, LinksAnswer, NodeList
from factcheck.evidence.patterns.links import Links
from factcheck.measures.networks.inside import Network, largest_component, tally_of


def ask(engine: DuckDB, sql: str, nodes: str | None = None, **companions: str | bool) -> LinksAnswer:
    """The links of a SELECT of source and target (and weight w, condition ok); `nodes` one of id (and side, name)."""
    engine.execute(f"CREATE OR REPLACE TABLE links AS {sql}")
    datasets = {"links": Dataset("links", engine.schema("links"), "links", completeness="complete")}
    scope = Scope(datasets["links"].columns, {}, None, "links")
    listed = None
    if nodes is not None:
        engine.execute(f"CREATE OR REPLACE TABLE nodes AS {nodes}")
        datasets["nodes"] = Dataset("nodes", engine.schema("nodes"), "nodes", completeness="complete")
        own = Scope(datasets["nodes"].columns, {}, None, "nodes")
        names = datasets["nodes"].columns
        listed = NodeList(
            "nodes", bind("id", own), bind("name", own) if "name" in names else None,
            bind("side", own) if "side" in names else None,
        )  # fmt: skip

    def bound(key: str) -> Bound | None:
        text = companions.get(key)
        return bind(text, scope) if isinstance(text, str) else None

    question = Links(
        "links", bind("source", scope), bind("target", scope), bound("base"), listed, bound("weight"), bound("both"),
        str(companions.get("degree", "")), bool(companions.get("arrays", True)),
    )  # fmt: skip
    found = answer(engine, datasets, [question])[question]
    if isinstance(found, EvidenceError):
        raise found
    assert isinstance(found, LinksAnswer)
    return found


@pytest.fixture(name="engine")
def _engine() -> object:
    engine = open_engine()
    yield engine
    engine.close()


def values(rows: list[tuple[object, ...]]) -> str:
    return "FROM (VALUES " + ", ".join(str(row) for row in rows) + ") v"


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("text", [False, True])
def test_sizes_as_networkx_counts_them(engine: DuckDB, seed: int, text: bool) -> None:
    generator = np.random.default_rng(seed)
    n, e = int(generator.integers(1, 12)), int(generator.integers(1, 60))
    rows = [(f"n{a}", f"n{b}") if text else (a, b) for a, b in generator.integers(0, n, (e, 2)).tolist()]
    found = ask(engine, f"SELECT * {values(rows)}(source, target)", degree="arcs")
    tally = found.tally
    graph = nx.MultiDiGraph(rows)
    simple = nx.DiGraph(row for row in rows if row[0] != row[1])
    simple.add_nodes_from(graph)
    plain = simple.to_undirected()
    assert tally.nodes == graph.number_of_nodes() == tally.touched
    assert (tally.rows, tally.loop_rows) == (
        sum(a != b for a, b in rows),
        sum(a == b for a, b in rows),
    )
    assert (tally.arcs, tally.pairs) == (simple.number_of_edges(), plain.number_of_edges())
    assert tally.loops == len({a for a, b in rows if a == b})
    if tally.arcs:
        assert 2 * tally.mutual / tally.arcs == pytest.approx(nx.overall_reciprocity(simple))
    counts = Counter(row for row in rows if row[0] != row[1])
    assert tally.mutual_rows == sum(times for (a, b), times in counts.items() if (b, a) in counts)
    assert tally.linked == sum(degree > 0 for _, degree in plain.degree)
    looped = nx.DiGraph(rows)
    wanted = {
        "neighbours": plain.degree, "arcs": simple.degree, "arcs-in": simple.in_degree, "arcs-out": simple.out_degree,
        "rows+": graph.degree, "rows-in+": graph.in_degree, "rows-out+": graph.out_degree,
        "arcs+": looped.degree, "arcs-in+": looped.in_degree, "neighbours+": looped.to_undirected().degree,
    }  # fmt: skip
    assert {name: tally.largest[name] for name in wanted} == {k: max(d for _, d in v) for k, v in wanted.items()}


@pytest.mark.parametrize("seed", range(12))
def test_arrays_give_the_same_sizes(engine: DuckDB, seed: int) -> None:
    """Counted by SQL and once more from the arrays: two ways to every size, with a list of nodes and weights."""
    generator = np.random.default_rng(100 + seed)
    n, e = int(generator.integers(1, 15)), int(generator.integers(1, 50))
    pairs = generator.integers(0, n, (e, 2)).tolist()
    rows = [(a, b, int(w)) for (a, b), w in zip(pairs, generator.integers(0, 9, e), strict=True)]
    found = ask(
        engine, f"SELECT * {values(rows)}(source, target, w)", f"SELECT range AS id FROM range({n + 3})", weight="w",
        degree="arcs",
    )  # fmt: skip
    assert found.arrays is not None
    assert found.tally == tally_of(Network(found.tally.nodes, found.arrays))
    assert found.tally.nodes == n + 3
    assert set(found.tally.largest) == set(DEGREES)
    assert found.tally.weight + found.tally.loop_weight == sum(w for _, _, w in rows)


@pytest.mark.parametrize("seed", range(8))
def test_the_largest_component_as_networkx_cuts_it(engine: DuckDB, seed: int) -> None:
    generator = np.random.default_rng(200 + seed)
    rows = generator.integers(0, 30, (20, 2)).tolist()
    found = ask(engine, f"SELECT * {values([tuple(row) for row in rows])}(source, target)")
    assert found.arrays is not None
    inner, ties = largest_component(Network(found.tally.nodes, found.arrays))
    graph = nx.DiGraph(map(tuple, rows))
    parts = sorted(nx.weakly_connected_components(graph), key=len)
    assert inner.n == len(parts[-1])
    assert ties == sum(len(part) == inner.n for part in parts)
    if ties == 1:
        cut = graph.subgraph(parts[-1]).copy()
        cut.remove_edges_from(list(nx.selfloop_edges(cut)))
        assert tally_of(inner).arcs == cut.number_of_edges()


def test_rows_without_an_end_are_counted(engine: DuckDB) -> None:
    rows = "('a','b',true),('a',NULL,true),(NULL,'b',true),(NULL,NULL,true),('x','y',NULL),('p','q',false)"
    found = ask(engine, f"SELECT * FROM (VALUES {rows}) v(source, target, ok)", base="ok")
    assert (found.n, found.aside, found.all_rows) == (4, 1, 6)
    assert (found.rest.open_from, found.rest.open_to, found.rest.open_both) == (1, 1, 1)
    assert (found.tally.nodes, found.tally.rows) == (2, 1)


def test_a_list_of_nodes(engine: DuckDB) -> None:
    listed = "('a','x','Ana'),('b','y','Ben'),('b','z','Ben'),('c',NULL,NULL),(NULL,'x','?')"
    found = ask(
        engine, "SELECT * FROM (VALUES ('a','b'),('b','A'),('b','d')) v(source, target)",
        f"SELECT * FROM (VALUES {listed}) v(id, side, name)", degree="arcs",
    )  # fmt: skip
    assert (found.tally.nodes, found.tally.linked) == (5, 4)
    assert (found.rest.listed, found.rest.unlisted, found.rest.nameless) == (3, 2, 1)
    assert (found.rest.torn, found.rest.alike) == (1, 1)
    assert found.histogram == ((0, 1), (1, 3), (3, 1))
    assert found.top == (("Ben", 3), ("A", 1), ("Ana", 1), ("d", 1))
    assert found.arrays is not None
    assert found.arrays.groups is not None
    assert found.arrays.groups.tolist() == [-1, 0, -1, -1, -1]  # A, a, b, c, d


def test_numbers_that_nodes_are_compared_by(engine: DuckDB) -> None:
    listed = "(1, 5.5), (2, 5.5), (3, NULL), (4, -1)"
    found = ask(
        engine,
        "SELECT * FROM (VALUES (1, 2), (3, 4)) v(source, target)",
        f"SELECT id, CAST(side AS DOUBLE) AS side FROM (VALUES {listed}) v(id, side)",
    )
    assert found.arrays is not None
    assert found.arrays.groups is not None
    assert found.arrays.values is not None
    assert found.arrays.groups.tolist() == [1, 1, -1, 0]
    np.testing.assert_array_equal(found.arrays.values, [5.5, 5.5, np.nan, -1])


def test_no_row_at_all(engine: DuckDB) -> None:
    found = ask(engine, "SELECT 'a' AS source, 'b' AS target WHERE false", degree="arcs")
    assert (found.n, found.tally.nodes, found.tally.rows, found.histogram, found.top) == (0, 0, 0, (), ())


def test_ids_of_64_bits_and_odd_texts_stay_apart(engine: DuckDB) -> None:
    big = ask(engine, "SELECT 9007199254740992 AS source, 9007199254740993 AS target")
    assert (big.tally.nodes, big.tally.arcs) == (2, 1)
    odd = ask(engine, "SELECT * FROM (VALUES ('🦊', 'x''y'), (' a', 'a'), ('b', 'a\n')) v(source, target)")
    assert (odd.tally.nodes, odd.tally.arcs, odd.rest.alike) == (6, 3, 1)


def test_ids_that_may_be_one_are_told(engine: DuckDB) -> None:
    spelt = "('7', '007'), ('8', '8.0'), ('@Ana', 'ana'), ('ana ', 'ANA'), ('b', 'bb'), ('10', '1')"
    found = ask(engine, f"SELECT * FROM (VALUES {spelt}) v(source, target)")
    assert (found.tally.nodes, found.rest.alike) == (12, 5)


def test_an_empty_text_is_no_end(engine: DuckDB) -> None:
    found = ask(engine, "SELECT * FROM (VALUES ('a', 'b'), ('a', ''), ('', 'c'), ('', '')) v(source, target)")
    assert (found.tally.nodes, found.tally.arcs) == (2, 1)
    assert (found.rest.open_from, found.rest.open_to, found.rest.open_both) == (1, 1, 1)
    assert "NULLIF" in found.queries[0]


def test_weights_that_are_none(engine: DuckDB) -> None:
    weights = "SELECT * FROM (VALUES ('a','b',2.5),('b','a',NULL),('b','b',1)) v(source, target, w)"
    found = ask(engine, weights, weight="w")
    assert (found.rest.weightless, found.tally.arcs) == (1, 1)
    assert (float(found.tally.weight), float(found.tally.loop_weight)) == (2.5, 1)
    for wrong in ("-1", "'nan'::DOUBLE", "'inf'::DOUBLE"):
        with pytest.raises(EvidenceError, match="a weight must be a number from 0"):
            ask(engine, f"SELECT 'a' AS source, 'b' AS target, {wrong} AS w", weight="w")


def test_the_statement_that_a_report_quotes_runs(engine: DuckDB) -> None:
    found = ask(engine, "SELECT * FROM (VALUES ('a','b'),('b','a'),('a','b'),('c','c')) v(source, target)")
    (query,) = found.queries
    assert sorted(engine.run(query).rows()) == [("a", "b", 2, 1), ("c", "c", 1, 0)]


def test_numbers_of_nodes_follow_their_ids(engine: DuckDB, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a search for communities finds depends on them, so that they may not be the engine's choice."""
    links = "SELECT hash(i) % 500 AS source, hash(i + 7) % 500 AS target FROM range(20000) t(i)"
    one = rows_of(ask(engine, links))
    monkeypatch.setattr("factcheck.evidence.patterns.links.AT_ONCE", 700)
    assert one == rows_of(ask(engine, f"SELECT * FROM ({links}) ORDER BY random()"))


def rows_of(found: LinksAnswer) -> list[tuple[int, ...]]:
    assert found.arrays is not None
    columns = (getattr(found.arrays, name).tolist() for name in ("low", "high", "there", "back"))
    return sorted(zip(*columns, strict=True))


@pytest.mark.parametrize("both", ["", "kind = 'mutual'"])
@pytest.mark.parametrize("weight", ["", "w"])
def test_the_query_told_finds_what_was_counted(engine: DuckDB, both: str, weight: str) -> None:
    rows = (
        "('a','b',2,'mutual'), ('b','a',3,''), ('a','b',1,''), ('','c',1,'mutual'), ('c','c',4,'mutual'), ('c','a',1,'')"
    )
    found = ask(engine, f"SELECT * FROM (VALUES {rows}) v(source, target, w, kind)", both=both or False, weight=weight or False)
    (query,) = found.queries
    told = list(engine.run(query).rows())
    assert sum(row[2] + row[3] for row in told if row[0] != row[1]) == found.tally.rows
    assert sum((row[2] > 0) + (row[3] > 0) for row in told if row[0] != row[1]) == found.tally.arcs
    if weight:
        assert sum(row[4] for row in told if row[0] != row[1]) == found.tally.weight


def test_the_question_of_degrees_serves_that_of_sizes(tmp_path: Path) -> None:
    """Claims on one network share its queries where they can, and find what each finds alone."""
    for folder in ("claims", "evidence"):
        (tmp_path / folder).mkdir()
    (tmp_path / "evidence" / "n.csv").write_text("source,target\na,b\nb,a\nb,c\nc,d\nd,d\n")
    (tmp_path / "evidence" / "n.yaml").write_text("datasets:\n  n: {files: n.csv, completeness: complete}\n")
    figures = {"edges": "four", "max_degree": "three", "nodes": "four", "components": "one"}
    claims = (
        f"  - {{id: {name.replace('_', '-')}, statement: s, measure: {{network: {name}}}, claimed: {value}}}\n"
        for name, value in figures.items()
    )
    (tmp_path / "claims" / "c.yaml").write_text("defaults: {dataset: n}\nclaims:\n" + "".join(claims))
    together = factcheck.check(project=tmp_path)
    assert {verdict.outcome for verdict in together} == {"supported"}
    for verdict in together:
        (alone,) = factcheck.check(project=tmp_path, select=verdict.id)
        assert alone.measurement == verdict.measurement
    asked = sum(factcheck.check(project=tmp_path, select=name).statements for name in ("edges", "max-degree"))
    assert factcheck.check(project=tmp_path, select="edges,max-degree").statements < asked
