"""Trees of reshares against networkx: random rows with circles, repeats, loops and gaps; long chains and wide stars."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.cells import answer
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import DuckDB, open_engine
from factcheck.evidence.expressions import Bound, Scope, bind, constant
from factcheck.evidence.patterns.cascades import BANDS, Cascades, CascadesAnswer, Want

Row = tuple[str | None, str | None, bool | None]


def asked(
    engine: DuckDB,
    root: str | int | None = None,
    want: Want = "clusters",
    among: str | None = "c",
    unique: bool = False,
) -> CascadesAnswer:
    dataset = Dataset("t", engine.schema("t"), "t", completeness="complete")
    scope = Scope(dataset.columns, {}, None, "t")

    def of(text: str | None) -> Bound | None:
        return None if text is None else bind(text, scope, expect="condition")

    at = None if root is None else constant(root)
    question = Cascades("t", bind("a", scope), bind("b", scope), None, of(among), at, unique, want)
    found = answer(engine, {"t": dataset}, [question])[question]
    assert not isinstance(found, EvidenceError), found
    return found


def table(engine: DuckDB, rows: list[Row]) -> None:
    def written(value: str | bool | None) -> str:
        return "NULL" if value is None else str(value) if isinstance(value, bool) else f"'{value}'"

    values = ", ".join(f"({', '.join(map(written, row))})" for row in rows)
    engine.execute(f"CREATE OR REPLACE TABLE t AS FROM (VALUES {values}) v(a, b, c)")
    engine.execute("ALTER TABLE t ALTER b TYPE VARCHAR; ALTER TABLE t ALTER c TYPE BOOLEAN")


def random_rows(chance: random.Random) -> list[Row]:
    """Posts that name any other as their parent: forests, circles, loops, repeats, rows without one or the other."""
    names = [f"n{i}" for i in range(chance.randrange(2, 14))]
    rows: list[Row] = []
    for _ in range(chance.randrange(1, 20)):
        child = None if chance.random() < 0.08 else chance.choice(names)
        parent = None if chance.random() < 0.2 else chance.choice([*names, "gone"])
        rows.append((child, parent, chance.choice((True, True, False, None))))
    return rows


class Oracle:
    """The same figures from networkx, one row at a time."""

    def __init__(self, rows: list[Row], root: str | None) -> None:
        parents: dict[str, list[str]] = {}
        kinds: dict[str, int] = {}
        for i, (child, parent, counted) in enumerate(rows):
            if parent is None or child == parent or (root is not None and child == root):
                continue
            name = child if child is not None else f"nameless {i}"
            parents.setdefault(name, []).append(parent)
            kinds[name] = max(kinds.get(name, 0), 2 if counted else 1 if counted is None else 0)
        self.tree = nx.DiGraph((min(above), name) for name, above in parents.items())
        self.kinds, self.root = kinds, root
        tops = {node for node in self.tree if self.tree.in_degree(node) == 0}
        self.depth = {
            node: nx.shortest_path_length(self.tree, top, node)
            for top in (tops if root is None else tops & {root})
            for node in nx.descendants(self.tree, top)
        }
        self.kept = set(kinds) if root is None else set(self.depth)
        self.counted = {node for node in self.kept if kinds[node] == 2}
        self.circular = len(kinds) - len(self.depth) if root is None else 0
        self.parents = parents

    def reshared(self) -> int:
        return sum(self.tree.out_degree(node) > 0 for node in self.counted)

    def indirect(self) -> int:
        return sum(min(self.parents[node]) in self.kinds for node in self.counted)

    def levels(self) -> tuple[tuple[int, int], ...]:
        steps = [self.depth[node] for node in self.counted if node in self.depth]
        return tuple((level, steps.count(level)) for level in sorted(set(steps)))

    def branches(self) -> list[tuple[int, int]]:
        """How many are counted in each tree, and how many of these were reshared."""
        found = []
        for top in (node for node in self.tree if self.tree.in_degree(node) == 0):
            inside = self.counted & nx.descendants(self.tree, top)
            if inside:
                found.append((len(inside), sum(self.tree.out_degree(node) > 0 for node in inside)))
        return found

    def trees(self) -> tuple[tuple[int, int, int], ...]:
        found = self.branches()
        return tuple((*pair, found.count(pair)) for pair in sorted(set(found)))


@pytest.mark.parametrize("root", [None, "n0"])
def test_random_rows_are_measured_as_networkx_measures_them(root: str | None) -> None:
    chance = random.Random(1)
    seen = {"circles": 0, "torn": 0, "deep": 0, "orphans": 0}
    engine = open_engine()
    try:
        for _ in range(20):
            rows = random_rows(chance)
            table(engine, rows)
            found, oracle = asked(engine, root), Oracle(rows, root)
            reshares, faults = found.reshares, found.faults
            assert (reshares.counted, reshares.reshared) == (len(oracle.counted), oracle.reshared()), rows
            assert reshares.indirect == oracle.indirect(), rows
            assert reshares.unsure == sum(oracle.kinds[node] == 1 for node in oracle.kept), rows
            assert (found.shape.levels, faults.circular) == (oracle.levels(), oracle.circular), rows
            assert found.shape.deepest == max((level for level, _ in oracle.levels()), default=0), rows
            if root is None:
                assert found.shape.trees == oracle.trees(), rows
            told = engine.run(found.queries[1]).rows()
            assert sorted((size, again) for _, size, _, again in told) == sorted(oracle.branches()), rows
            assert max((depth for _, _, depth, _ in told), default=0) == found.shape.deepest, rows
            if root is None:
                assert engine.run(found.queries[0]).rows() == [(reshares.counted, reshares.reshared)], rows
            assert faults.torn == sum(len(set(above)) > 1 for above in oracle.parents.values()), rows
            assert faults.repeats == sum(len(above) - 1 for above in oracle.parents.values()), rows
            assert faults.loops == sum(child is not None and child == parent for child, parent, _ in rows), rows
            assert found.named is (root is None or any(root in row[:2] for row in rows)), rows
            seen["circles"] += faults.circular > 0
            seen["torn"] += faults.torn > 0
            seen["deep"] += found.shape.deepest > 2
            seen["orphans"] += faults.orphans > 0
    finally:
        engine.close()
    assert all(times for name, times in seen.items() if root is None or name != "circles"), seen


def test_a_chain_of_100_000_and_the_circle_beside_it_come_to_an_end() -> None:
    engine = open_engine()
    try:
        engine.execute(
            "CREATE TABLE t AS SELECT range + 1 AS a, range AS b FROM range(100000) "
            "UNION ALL SELECT -1 - range, -1 - (range + 1) % 1000 FROM range(1000)"
        )
        found = asked(engine, among=None)
        assert (found.shape.deepest, found.faults.circular) == (100_000, 1000)
        assert (found.reshares.counted, found.reshares.reshared) == (101_000, 100_999)
        assert found.shape.trees == ((100_000, 99_999, 1),)
        assert found.shape.width == 100_000 / BANDS
        assert sum(n for _, n in found.shape.levels) == 100_000
        below = asked(engine, 99_990, "levels", None)
        assert (below.shape.deepest, below.reshares.counted, below.faults.circular) == (10, 10, 0)
        around = asked(engine, -1, "levels", None)
        assert (around.shape.deepest, around.reshares.counted) == (999, 999)
    finally:
        engine.close()


def test_a_star_of_a_million() -> None:
    engine = open_engine()
    try:
        engine.execute("CREATE TABLE t AS SELECT 'a' || range AS a, 'p' AS b FROM range(1000000)")
        found = asked(engine, among=None)
        assert (found.shape.levels, found.shape.trees) == (((1, 1_000_000),), ((1_000_000, 0, 1),))
        assert (found.reshares.reshared, found.chains, found.faults.orphans) == (0, False, 1_000_000)
        assert found.faults.unseen == 1
    finally:
        engine.close()


def test_the_plain_query_finds_the_same() -> None:
    """What the report quotes is a query of its own, and must not tell another story."""
    engine = open_engine()
    try:
        rows: list[Row] = [("a", "p", True), ("b", "a", True), ("c", "b", False), ("d", "q", True), ("q", None, True)]
        table(engine, rows)
        found = asked(engine)
        share, trees = (engine.run(query).rows() for query in found.queries)
        assert share == [(found.reshares.counted, found.reshares.reshared)] == [(3, 2)]
        assert trees == [("p", 2, 2, 2), ("q", 1, 1, 0)]
        assert engine.run(asked(engine, "a", "levels").queries[1]).rows() == [("a", 1, 1, 1)]
    finally:
        engine.close()


def test_no_rows_are_left() -> None:
    engine = open_engine()
    try:
        engine.execute("CREATE TABLE t (a VARCHAR, b VARCHAR, c BOOLEAN)")
        found = asked(engine)
        assert (found.n, found.reshares.counted, found.shape.deepest, found.shape.trees) == (0, 0, 0, ())
        assert found.shape.width == 1
    finally:
        engine.close()
