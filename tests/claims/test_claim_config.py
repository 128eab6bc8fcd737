"""factcheck.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.claims.config import ProjectConfig, read_config


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    source, problems = read_config(tmp_path)
    assert (source.config, source.defaults, source.place("title"), problems) == (ProjectConfig(), None, None, [])


def test_every_field(tmp_path: Path) -> None:
    (tmp_path / "factcheck.yaml").write_text(
        "title: Mexico\nrating: {supported: True}\ndefaults: {level: 99%, where: x, dataset: d}\nengine: duckdb\n"
        "evidence_roots: /srv/archive\nconnections: {desk: 'postgresql://db'}\n"
        "confidence: {missing: {one: 10%}}\nlimits: {memory: 2GB, timeout: 90}\n"
    )
    source, problems = read_config(tmp_path)
    config = source.config
    assert problems == []
    assert (config.title, config.rating, config.engine) == ("Mexico", {"supported": "True"}, "duckdb")
    assert (config.evidence_roots, config.connections) == (("/srv/archive",), {"desk": "postgresql://db"})
    assert (config.limits.memory, config.limits.timeout) == ("2GB", 90.0)
    assert config.confidence == {"missing": {"one": "10%"}}
    assert source.defaults is not None
    assert list(source.defaults) == ["level", "where", "dataset"]
    assert str(source.place("limits", "timeout")) == "factcheck.yaml:8:32"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("evidence_root: [x]", "factcheck.yaml:1:1: unknown key 'evidence_root' in factcheck.yaml"),
        ("rating: [a]", "expected the name of a scale or a scale, found a list"),
        ("rating: true", "expected the name of a scale or a scale, found true"),
        ("limits: {memory: 2 apples}", "expected an amount of memory such as 2GB"),
        ("defaults: {levle: 95%}", "unknown key 'levle' in 'defaults' of factcheck.yaml"),
        ("connections: {desk: [x]}", "'desk' of 'connections' of factcheck.yaml: expected text"),
        ("a: [b", "is not closed"),
        ("- a", "expected a mapping in factcheck.yaml, found a list"),
    ],
)
def test_errors(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "factcheck.yaml").write_text(text)
    source, problems = read_config(tmp_path)
    assert len(problems) == 1
    assert message in problems[0].render()
    assert source.config == ProjectConfig()
