"""Every published file beside the repository loads under its format, and every record of it is accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from factcheck.cases.evidence import Evidence
from factcheck.cases.opening import opened
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.formats import NETWORKS
from factcheck.project import open_evidence

from .counting import COUNTING
from .published import DATA, PROJECT, needs_data

TABLE: dict[str, Any] = yaml.safe_load((PROJECT / "walk.yaml").read_text(encoding="utf-8"))
FILES: dict[str, dict[str, Any]] = TABLE["files"]

pytestmark = needs_data


def _name(path: str) -> str:
    """A dataset's name: a dot would make it a part of a network."""
    return path.replace(".", "_").replace("/", "-")


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    """All files in one project, each a dataset."""
    root = tmp_path_factory.mktemp("walk")
    datasets = {_name(path): {"files": str(DATA / path), **known.get("say", {})} for path, known in FILES.items()}
    (root / "evidence").mkdir()
    (root / "evidence" / "all.yaml").write_text(yaml.safe_dump({"datasets": datasets}), encoding="utf-8")
    (root / "factcheck.yaml").write_text(yaml.safe_dump({"evidence_roots": [str(DATA)]}), encoding="utf-8")
    project = open_evidence(root)
    with opened(project, list(project.manifests), {}) as found:
        yield found


def _parts(path: str, known: dict[str, Any]) -> list[str]:
    """The datasets that a file becomes: one, or the nodes and the edges."""
    name = _name(path)
    return [f"{name}.nodes", f"{name}.edges"] if known["format"] in NETWORKS else [name]


def test_the_table_names_every_file() -> None:
    there = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()}
    without = {path.relative_to(DATA).as_posix() for pattern in TABLE["no-format"] for path in DATA.glob(pattern)}
    assert there - without == set(FILES)


@pytest.mark.parametrize("path", FILES)
def test_file(evidence: Evidence, path: str) -> None:
    known = FILES[path]
    reading = known.get("say", {}).get("read", {})
    count = COUNTING[known.get("rows", "csv")]
    counted = count(DATA / path, reading.get("encoding", "utf-8-sig"), reading.get("header", 1))
    for name, records in zip(_parts(path, known), counted, strict=True):
        found = evidence.datasets[name]
        assert isinstance(found, Dataset), found
        ledger = found.ledger
        assert ledger is not None
        assert ledger.records == records == ledger.loaded + ledger.rejected + ledger.dropped
        assert (ledger.rejected, ledger.dropped) == (known.get("rejected", 0), 0)
        assert len(ledger.rejects) == ledger.rejected
        (loaded,) = evidence.engine.run(f'SELECT count(*) FROM "{found.relation}"').one()
        assert loaded == ledger.loaded
        assert found.format == known["format"]
        assert ("recognised" in {note.code for note in ledger.notes}) == known.get("told", False)
