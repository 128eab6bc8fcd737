"""Claims as an author writes them, bound by the engine's own binder to evidence that need not be there yet."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from factcheck.cases.build import BoundCase, build
from factcheck.cases.docket import lay_out
from factcheck.errors import Problem
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.ingest import describe_all
from factcheck.project import open_project

ROWS = "rows"  # the dataset of most investigations

Columns = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Spec:
    """One measure with the figures that are claimed of it, and the evidence as its manifests describe it.

    `frames` holds a few rows of each dataset, from which the types of its columns are read; `fields` are further
    fields of every claim (`about`, `missing`, `cluster`, …).
    """

    measure: Mapping[str, Any]
    claimed: tuple[Any, ...]
    frames: Mapping[str, Columns]
    manifests: Mapping[str, Mapping[str, Any]]
    fields: Mapping[str, Any] = field(default_factory=dict)

    def files(self) -> dict[str, str]:
        """The texts of the claim file and of the manifests."""
        first = next(iter(self.frames))
        common = {"measure": self.measure, "dataset": first, **self.fields}
        claims = [
            {"id": f"claim-{i}", "statement": "A simulated claim.", "claimed": figure, **common}
            for i, figure in enumerate(self.claimed)
        ]
        manifests = {"datasets": self.manifests}
        return {"claims/claims.yaml": _yaml({"claims": claims}), "evidence/data.yaml": _yaml(manifests)}

    def write(self, root: Path) -> None:
        for name, text in self.files().items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


def bind(spec: Spec) -> list[BoundCase]:
    """The claims, read from YAML and bound; a problem in one of them is a fault of the simulation."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        spec.write(root)
        frames = {name: pd.DataFrame(columns) for name, columns in spec.frames.items()}
        project = open_project(root, (), frames)
        _refuse(project.problems)
        dockets, problems = lay_out(project.claims, set(frames))
        _refuse(problems)
        described, problems = describe_all(project.manifests, root, (), frames)
        _refuse(problems)
        datasets = {name: found for name, found in described.items() if isinstance(found, Dataset)}
        cases = []
        for docket in dockets:
            case, problems = build(docket.entries[0].case, datasets, set(frames))
            _refuse(problems)
            assert case is not None  # without an error there is a case
            cases.append(case)
        return cases


def _refuse(problems: Sequence[Problem]) -> None:
    wrong = [problem for problem in problems if problem.severity == "error"]
    if wrong:
        raise ValueError("; ".join(str(problem) for problem in wrong))
