"""A project with evidence in a store, at the command line: what is kept, what is noticed, what stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .bucket import Bucket
from .conftest import parquet

CLAIMS = """
claims:
  - id: liked
    statement: Most posts are liked.
    dataset: posts
    measure: {share: likes > 0}
    claimed: most
  - id: notes
    statement: There are two notes.
    dataset: notes
    measure: {count: rows}
    claimed: 2
  - id: near
    statement: There are three rows here.
    dataset: here
    measure: {count: rows}
    claimed: 3
"""
MANIFEST = """
datasets:
  posts:
    files: s3://desk/posts/*.parquet
    completeness: complete
  notes:
    files: s3://desk/notes.csv
    completeness: complete
  here:
    files: here.csv
    completeness: complete
"""


def posts(liked: int, rows: int = 40) -> bytes:
    return parquet({"id": list(range(rows)), "likes": [int(i < liked) for i in range(rows)]})


@pytest.fixture
def project(tmp_path: Path, bucket: Bucket) -> Path:
    for name, text in {
        "factcheck.yaml": "evidence_roots: [s3://desk/]\n",
        "claims/a.yaml": CLAIMS,
        "evidence/a.yaml": MANIFEST,
        "evidence/here.csv": "n\n1\n2\n3\n",
    }.items():
        (tmp_path / "project" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "project" / name).write_text(text)
    (tmp_path / "home").mkdir()
    bucket.put("desk/posts/a.parquet", posts(40))
    bucket.put("desk/posts/b.parquet", posts(30))
    bucket.put("desk/notes.csv", "note\none\ntwo\n")
    return tmp_path / "project"


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as it starts with the environment of the moment."""
    code = "from factcheck.cli import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=project, env=dict(os.environ), capture_output=True, text=True, check=False)


def check(project: Path) -> dict[str, Any]:
    done = run(project, "check", "--format", "json", "--now", "2026-01-02")
    assert done.stdout, done.stderr
    return {claim["id"]: claim for claim in json.loads(done.stdout)["claims"]}


def outcomes(claims: dict[str, Any]) -> dict[str, str]:
    return {name: claim["verdict"]["outcome"] if "verdict" in claim else claim["outcome"] for name, claim in claims.items()}


def test_what_a_version_gave_is_kept_and_another_version_is_read(project: Path, bucket: Bucket) -> None:
    assert set(outcomes(check(project)).values()) == {"supported"}
    bucket.log.clear()
    again = check(project)
    assert set(outcomes(again).values()) == {"supported"}
    kept = [one for one in bucket.log if one.range is not None]
    bucket.put("desk/posts/a.parquet", posts(2))  # of the same size, and written at the same second
    assert outcomes(check(project)) == {"liked": "refuted", "notes": "supported", "near": "supported"}
    bucket.put("desk/posts/c.parquet", posts(400, 400))  # one more under the pattern
    assert outcomes(check(project))["liked"] == "supported"
    assert not kept, kept


def test_what_cannot_be_read_costs_its_own_claims_alone(project: Path, bucket: Bucket) -> None:
    bucket.before = lambda method, path: 403 if path.endswith("b.parquet") else None
    found = check(project)
    assert outcomes(found) == {"liked": "error", "notes": "supported", "near": "supported"}
    told = json.dumps(found["liked"])
    assert "s3://desk/posts/b.parquet cannot be read: access is denied (403)" in told
    assert "(evidence/a.yaml, line 4)" in told
    assert "s3cr3t" not in told
    assert "AKTEST" not in told


def test_a_change_in_the_middle_costs_its_own_claims_alone(project: Path, bucket: Bucket) -> None:
    seen: list[str] = []

    def changes(method: str, path: str) -> None:
        if path.endswith("b.parquet"):
            seen.append(method)
            if len(seen) == 2:  # first its columns are looked at; now it has been found, and its parts are fetched
                bucket.put("desk/posts/b.parquet", posts(0))

    bucket.before = changes
    found = check(project)
    assert outcomes(found) == {"liked": "error", "notes": "supported", "near": "supported"}
    assert "it was changed while it was read: check again" in json.dumps(found["liked"])


def test_the_other_commands_know_objects(project: Path, bucket: Bucket) -> None:
    assert run(project, "validate").returncode == 0
    told = run(project, "data", "posts")
    assert told.returncode == 0, told.stderr
    assert "s3://desk/posts/a.parquet" in told.stdout
    assert bucket.etag("desk/posts/a.parquet").strip('"') in told.stdout
    pinned = run(project, "data", "pin", "posts")
    assert "posts: 2 files pinned in evidence/a.yaml" in pinned.stdout, pinned.stderr
    assert '"s3://desk/posts/a.parquet": ' in (project / "evidence/a.yaml").read_text()
    assert outcomes(check(project))["liked"] == "supported"
    explained = run(project, "explain", "liked")
    assert "unchanged since pinned" in explained.stdout
    bucket.put("desk/posts/a.parquet", posts(39))
    assert "changed since pinned" in run(project, "explain", "liked").stdout


def test_nobody_but_who_runs_it_opens_a_store(project: Path, bucket: Bucket) -> None:
    (project / "factcheck.yaml").write_text("evidence_roots: [s3://desk/notes.csv]\n")
    done = run(project, "check")
    assert done.returncode == 2
    assert "evidence/a.yaml:4:12: 's3://desk/posts/*.parquet' lies in no store that is open" in done.stderr
    assert "s3://desk/posts/" in done.stderr
    (project / "factcheck.yaml").write_text("evidence_roots: ['s3://de*sk/']\n")
    done = run(project, "validate")
    assert "factcheck.yaml:1:18: 's3://de*sk/' names no bucket" in done.stderr
