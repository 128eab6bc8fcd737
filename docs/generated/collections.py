"""Which method each kind of measure takes, by how rows were collected: as the engine says of the manual's examples."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

import factcheck
from factcheck import Verdict
from factcheck.errors import Problem, SpecError
from factcheck.measures import KINDS
from generated.markdown import code, table
from generated.measures import EXAMPLE, FILE

# What a kind alone does not tell: further claims, by what stands in the table.
FURTHER = {
    "count of rows": ("posts", {"count": "rows", "that": "likes > 10"}, "5"),
    "share `of: distinct …`": ("posts", {"share": "likes > 10", "of": "distinct country"}, "half"),
    "share `of: sum …`": ("posts", {"share": "country = 'Russia'", "of": "sum likes"}, "half"),
    "ratio of shares, rows apart": (
        "posts",
        {
            "ratio": {"share": "country = 'Mexico'", "among": "country is not null and created_at < '2018-05-03'"},
            "to": {"share": "country = 'Mexico'", "among": "country is not null and created_at >= '2018-05-03'"},
        },
        "2x",
    ),
    "ratio of shares, same rows": (
        "posts",
        {
            "ratio": {"share": "country = 'Mexico'", "among": "country is not null"},
            "to": {"share": "country = 'Russia'", "among": "country is not null"},
        },
        "2x",
    ),
    "difference of shares, same rows": (
        "posts",
        {
            "difference": {"share": "country = 'Mexico'", "among": "country is not null"},
            "minus": {"share": "country = 'Russia'", "among": "country is not null"},
        },
        "5 points",
    ),
}
UNIT = {"shares": "account", "june": "id", "scan": "label", "survey": "respondent"}  # of others it is who wrote them
TOLD = {
    "complete": "no interval",
    "bounds": "worst case",
    "partial": "logical bounds",
    "no-interval": "none",
    "own-interval": "the query's own",
}
Change = Callable[[dict[str, Any], dict[str, Any]], None]


def _sampled(_: dict[str, Any], dataset: dict[str, Any]) -> None:
    dataset |= {"completeness": "random sample", "population": 5_000}


def _clustered(claim: dict[str, Any], dataset: dict[str, Any]) -> None:
    _sampled(claim, dataset)
    claim["cluster"] = UNIT.get(claim["dataset"], "author")


def _partial(_: dict[str, Any], dataset: dict[str, Any]) -> None:
    dataset["completeness"] = "partial"


def _process(claim: dict[str, Any], dataset: dict[str, Any]) -> None:
    dataset["completeness"] = "complete"
    claim["about"] = "process"


COLUMNS: dict[str, Change] = {
    "random sample of a known population": _sampled,
    "clusters drawn": _clustered,
    "partial collection": _partial,
    "`about: process`": _process,
}


def kinds() -> str:
    """A line a kind, a column for each way to collect."""
    found = [_methods(change) for change in COLUMNS.values()]
    rows = [(code(kind), kind) for kind in KINDS] + [(name, name) for name in FURTHER]
    return table(["kind", *COLUMNS], [[shown, *(one[name] for one in found)] for shown, name in rows])


def _methods(change: Change) -> dict[str, str]:
    """By kind, the method of its example once claims and manifests are changed; `refused` where it is not heeded."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        shutil.copytree(EXAMPLE, root)
        asked = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))["claims"]
        asked += [_further(i, *one) for i, one in enumerate(FURTHER.values())]
        names = {claim["id"]: claim["id"] for claim in asked} | {f"further-{i}": name for i, name in enumerate(FURTHER)}
        path = root / "evidence/examples.yaml"
        manifests = yaml.safe_load(path.read_text(encoding="utf-8"))
        for claim in asked:
            claim.pop("about", None)
            claim["missing"] = "ignore"
            change(claim, manifests["datasets"][claim["dataset"]])
        path.write_text(yaml.safe_dump(manifests, allow_unicode=True), encoding="utf-8")
        return {names[id]: told for id, told in _asked(root, asked).items()}


def _further(number: int, dataset: str, measure: dict[str, Any], claimed: str) -> dict[str, Any]:
    return {"id": f"further-{number}", "statement": "S.", "dataset": dataset, "measure": measure, "claimed": claimed}


def _asked(root: Path, asked: list[dict[str, Any]]) -> dict[str, str]:
    """The method of each claim, by its id; those that are refused are taken out, and the others asked together."""
    lines = [f"  - {json.dumps(claim, ensure_ascii=False, default=str)}" for claim in asked]
    (root / FILE).write_text("\n".join(["claims:", *lines]) + "\n", encoding="utf-8")
    try:
        run = factcheck.check(project=root)
    except SpecError as error:
        wrong = {_refused(problem): None for problem in error.problems if problem.severity == "error"}
        left = [claim for i, claim in enumerate(asked) if i not in wrong]
        return {asked[i]["id"]: "refused" for i in wrong} | _asked(root, left)
    return {verdict.id: _told(verdict) for verdict in run}


def _refused(problem: Problem) -> int:
    """Which of the claims is refused its cluster; any other error is one of ours."""
    place = problem.place
    if place is None or not re.search(r"'cluster' is not available|counts:", problem.message):
        raise RuntimeError(problem.render())
    return place.line - 2


def _told(verdict: Verdict) -> str:
    found = verdict.measurement
    if found is None or verdict.error:
        raise RuntimeError(f"{verdict.id}: {verdict.error}")
    if found.unmeasurable is not None:
        return f"unverifiable (`{found.unmeasurable.code}`)"
    return TOLD.get(found.method, found.method)
