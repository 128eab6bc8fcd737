"""A network's manifest: two datasets, and what it may say of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.errors import Problem
from factcheck.evidence.manifest import Manifests, read_manifests


def manifests(root: Path, text: str) -> tuple[Manifests, list[Problem]]:
    folder = root / "evidence"
    folder.mkdir()
    (folder / "data.yaml").write_text(f"datasets:\n{text}")
    return read_manifests([folder], root)


def test_a_network_is_two_datasets(tmp_path: Path) -> None:
    found, problems = manifests(tmp_path, "  blogs: {files: blogs.gexf, title: Blogs, unit: blog, completeness: complete}\n")
    assert not problems
    assert sorted(found) == ["blogs.edges", "blogs.nodes"]
    nodes, edges = found["blogs.nodes"], found["blogs.edges"]
    assert (nodes.part, edges.part) == ("nodes", "edges")
    assert (nodes.model.unit, edges.model.unit) == ("blog", "edge")
    assert (nodes.model.title, edges.model.title) == ("Blogs (nodes)", "Blogs (edges)")
    assert (nodes.model.key, edges.model.key) == (("id",), ())
    assert nodes.model.completeness == edges.model.completeness == "complete"


@pytest.mark.parametrize("files", ["a.graphml", "a.gml", "a.gexf.gz"])
def test_told_by_the_files_name(tmp_path: Path, files: str) -> None:
    assert set(manifests(tmp_path, f"  g: {{files: {files}}}\n")[0]) == {"g.nodes", "g.edges"}


def test_told_by_the_format(tmp_path: Path) -> None:
    found, _ = manifests(tmp_path, "  g: {files: [n.csv, e.csv], format: gephi}\n  t: {files: e.csv}\n")
    assert set(found) == {"g.nodes", "g.edges", "t"}


def test_columns_of_one_part(tmp_path: Path) -> None:
    text = "  g:\n    files: g.gexf\n    columns:\n      nodes.side: {type: integer}\n      edges.weight: {type: double}\n      label: {type: text}\n"
    found, problems = manifests(tmp_path, text)
    assert not problems
    assert set(found["g.nodes"].model.columns) == {"side", "label"}
    assert set(found["g.edges"].model.columns) == {"weight", "label"}


@pytest.mark.parametrize("field", ["key: id", "drop: id = 'x'", "counts: n"])
def test_what_speaks_of_rows_does_not_say_which(tmp_path: Path, field: str) -> None:
    found, problems = manifests(tmp_path, f"  g:\n    files: g.gexf\n    {field}\n")
    (problem,) = problems
    assert field.split(":")[0] in problem.message
    assert problem.place is not None
    assert problem.place.line == 4
    assert not found
    assert found.broken >= {"g.nodes", "g.edges"}


def test_a_computed_column_says_which(tmp_path: Path) -> None:
    _, (problem,) = manifests(tmp_path, "  g:\n    files: g.gexf\n    columns:\n      big: {expr: weight > 3}\n")
    assert "nodes.big" in problem.hint
    assert problem.place is not None
    assert problem.place.line == 5


def test_names_do_not_collide(tmp_path: Path) -> None:
    _, (problem,) = manifests(tmp_path, "  g: {files: g.gexf}\n  g.nodes: {files: n.csv}\n")
    assert "g.nodes" in problem.message


def test_a_name_means_both(tmp_path: Path) -> None:
    found, _ = manifests(tmp_path, "  g: {files: g.gexf}\n  t: {files: t.csv}\n")
    assert found.meant_by("g") == ["g.nodes", "g.edges"]
    assert found.meant_by("t") == ["t"]
    assert found.meant_by("x") == []
