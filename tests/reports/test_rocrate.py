"""The archive: an RO-Crate that says truly what lies in it, and in which the check can be repeated."""

from __future__ import annotations

import hashlib
import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from rocrate.rocrate import ROCrate  # type: ignore[import-untyped]  # it brings no types

from bad_input.desk import NOW, Desk
from factcheck.evidence.dataset import DataFile
from factcheck.reports.enclosed import MOST_BYTES, Enclosed, enclosed
from factcheck.verdicts.verdict import Verdict

from . import gallery
from .build import FakeRun, paintings

CLAIMS = """\
title: Who posted?
claims:
  - {id: half, statement: Half came from Russia., dataset: posts, measure: {share: "country = 'Russia'"}, claimed: half}
  - {id: nine, statement: There were nine posts., dataset: posts, measure: {count: rows}, claimed: nine}
"""
OPEN = {"files": "posts.csv", "completeness": "complete", "licence": "CC-BY-4.0"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.manifest(OPEN)
    desk.write("claims/who.yaml", CLAIMS)
    return desk


def crate(desk: Desk, *arguments: str) -> Path:
    done = desk.run("report", "--format", "rocrate", "--now", NOW, *arguments)
    assert done.out.splitlines() == ["reports/ro-crate/ro-crate-metadata.json"], done.said
    return desk.root / "reports" / "ro-crate"


def graph(folder: Path) -> dict[str, dict[str, Any]]:
    described = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert described["@context"] == "https://w3id.org/ro/crate/1.3/context"
    entities = {one["@id"]: one for one in described["@graph"]}
    assert len(entities) == len(described["@graph"]), "every @id is there once"
    return entities


def holds(folder: Path) -> None:
    """The rules of RO-Crate 1.3 for a crate in a folder: descriptor, root, data entities, references."""
    entities = graph(folder)
    assert entities["ro-crate-metadata.json"] == {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.3"},
    }
    root = entities["./"]
    assert root["@type"] == "Dataset"
    assert all(root[key] for key in ("name", "description", "license"))
    assert root["datePublished"] == "2026-11-21T00:00:00Z"
    described = {id: one for id, one in entities.items() if one["@type"] == "File"}
    assert {part["@id"] for part in root["hasPart"]} == set(described)
    present = {unquote(id): one for id, one in described.items() if not id.startswith("#")}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == {*present, "ro-crate-metadata.json"}
    for path, one in present.items():
        data = (folder / path).read_bytes()
        assert (one["contentSize"], one["sha256"]) == (str(len(data)), hashlib.sha256(data).hexdigest())
    for one in entities.values():
        for target in references(one):
            assert target in entities or target.startswith("https://w3id.org/"), target


def references(entity: Any) -> list[str]:
    if isinstance(entity, list):
        return [found for one in entity for found in references(one)]
    if not isinstance(entity, dict):
        return []
    if set(entity) == {"@id"}:
        return [entity["@id"]]
    return [found for key, value in entity.items() if key != "@id" for found in references(value)]


def command(folder: Path) -> list[str]:
    """The check that REPEAT.md tells to run, without the name of the program."""
    lines = (folder / "REPEAT.md").read_text(encoding="utf-8").splitlines()
    return shlex.split(next(line for line in lines if line.startswith("factcheck check")))[1:]


def outcomes(desk: Desk) -> dict[str, str]:
    done = desk.run("check", "--format", "json", "--now", NOW)
    return {id: claim["outcome"] for id, claim in done.claims().items()}


def test_the_archive_is_an_ro_crate_that_others_read(desk: Desk) -> None:
    folder = crate(desk)
    holds(folder)
    read = ROCrate(folder)
    assert read.root_dataset["name"] == "Claims checked against data"
    assert read.get("evidence/posts.csv")["license"] == "CC-BY-4.0"
    verdicts = {one.id: one["additionalType"] for one in read.get_by_type("AssessAction")}
    assert verdicts == {"#verdict-half": "supported", "#verdict-nine": "refuted"}


def test_the_check_can_be_repeated_in_it(desk: Desk) -> None:
    folder = crate(desk)
    there = Desk(folder, bare=True)
    assert there.run(*command(folder)).code == 0
    assert outcomes(there) == outcomes(desk) == {"half": "supported", "nine": "refuted"}


def test_repeating_it_tells_a_verdict_that_is_another(desk: Desk) -> None:
    """Else the test above would hold whatever the command does."""
    folder = crate(desk)
    posts = folder / "evidence" / "posts.csv"
    posts.write_text(posts.read_text(encoding="utf-8").replace("Russia", "Ukraine"), encoding="utf-8")
    assert Desk(folder, bare=True).run(*command(folder)).code == 1


@pytest.mark.parametrize("licence", [None, "not for publication", "CC-BY-NC-4.0"])
def test_data_that_may_not_be_copied_stay_out_and_their_claims_are_errors(desk: Desk, licence: str | None) -> None:
    desk.manifest({**OPEN, "licence": licence} if licence else {"files": "posts.csv", "completeness": "complete"})
    folder = crate(desk)
    holds(folder)
    assert not (folder / "evidence" / "posts.csv").exists()
    left = graph(folder)["#evidence/posts.csv"]
    assert left["localPath"] == "evidence/posts.csv"
    sha = hashlib.sha256((desk.root / "evidence" / "posts.csv").read_bytes()).hexdigest()
    assert left["sha256"] == sha
    told = (folder / "REPEAT.md").read_text(encoding="utf-8")
    assert f"`evidence/posts.csv`, sha256 `{sha}`" in told
    assert outcomes(Desk(folder, bare=True)) == {"half": "error", "nine": "error"}


def test_data_whose_licence_was_withdrawn_do_not_stay_behind(desk: Desk) -> None:
    folder = crate(desk)
    data, own = folder / "evidence" / "posts.csv", folder / "notes of the desk.txt"
    assert data.exists()
    own.write_text("x", encoding="utf-8")
    desk.manifest({**OPEN, "licence": "not for publication"})
    assert crate(desk) == folder
    assert not data.exists()
    assert own.exists()
    own.unlink()
    holds(folder)


def test_what_a_forged_list_names_outside_of_the_archive_stays(desk: Desk) -> None:
    folder = crate(desk)
    metadata = folder / "ro-crate-metadata.json"
    described = json.loads(metadata.read_text(encoding="utf-8"))
    root = next(one for one in described["@graph"] if one["@id"] == "./")
    root["hasPart"] += [{"@id": "../../evidence/posts.csv"}, {"@id": "/etc/hostname"}, {"@id": "%2E%2E/other.txt"}]
    metadata.write_text(json.dumps(described), encoding="utf-8")
    (folder.parent / "other.txt").write_text("x", encoding="utf-8")
    crate(desk)
    assert (desk.root / "evidence" / "posts.csv").exists()
    assert (folder.parent / "other.txt").exists()


def test_the_manifests_of_other_stories_stay_out(desk: Desk) -> None:
    desk.manifest({"files": "posts.csv", "completeness": "complete", "title": "Not out yet"}, "embargoed")
    folder = crate(desk)
    assert (folder / "evidence" / "posts.yaml").is_file()
    assert not (folder / "evidence" / "embargoed.yaml").exists()


def test_a_claim_whose_data_failed_has_its_manifest_in_the_archive(desk: Desk) -> None:
    desk.manifest({**OPEN, "files": "gone.csv"})
    desk.run("report", "--format", "rocrate", "--now", NOW)
    folder = desk.root / "reports" / "ro-crate"
    if not folder.exists():
        pytest.fail("an archive is made whatever the verdicts are")
    holds(folder)
    assert outcomes(Desk(folder, bare=True)) == {"half": "error", "nine": "error"}


def test_one_claim_of_a_file_is_repeated_alone(desk: Desk) -> None:
    folder = crate(desk, "--select", "half")
    assert command(folder)[-3:] == ["--select", "half", "claims/who.yaml"]
    assert Desk(folder, bare=True).run(*command(folder)).code == 0


def test_names_of_files_are_encoded(desk: Desk) -> None:
    desk.write("claims/who: 100%, é.yaml", CLAIMS)
    (desk.root / "claims" / "who.yaml").unlink()
    folder = crate(desk)
    holds(folder)
    assert "claims/who%3A%20100%25%2C%20%C3%A9.yaml" in graph(folder)
    assert Desk(folder, bare=True).run(*command(folder)).code == 0


def test_the_archive_is_the_same_every_time(desk: Desk) -> None:
    def made() -> dict[str, bytes]:
        folder = crate(desk)
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert made() == made()


def test_synthetic_data_are_marked(desk: Desk) -> None:
    desk.manifest({**OPEN, "synthetic": True})
    folder = crate(desk)
    entities = graph(folder)
    assert entities["#dataset-posts"]["description"].startswith("synthetic: ")
    assert entities["#verdict-nine"]["description"].startswith("synthetic: ")
    assert "alternateName" not in entities["#verdict-nine"], "a rating is for what was found in the world"
    assert "made up" in (folder / "REPEAT.md").read_text(encoding="utf-8")


def test_the_description_alone(desk: Desk) -> None:
    folder = crate(desk)
    done = desk.run("report", "--format", "rocrate", "--now", NOW, "--output", "-")
    assert done.out == (folder / "ro-crate-metadata.json").read_text(encoding="utf-8")


def test_each_verdict_is_that_of_the_results(desk: Desk) -> None:
    folder = crate(desk)
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    told = {one["@id"]: one["additionalType"] for one in graph(folder).values() if one["@type"] == "AssessAction"}
    assert told == {f"#verdict-{claim['id']}": claim["outcome"] for claim in results["claims"]}


def beach(root: Path, file: DataFile) -> tuple[FakeRun, Verdict]:
    verdict = replace(gallery.beach(), datasets=(paintings(files=(file,)),), checks=(), variants=())
    return FakeRun((verdict,), root=root), verdict


def left_out(root: Path, file: DataFile, path: str) -> Enclosed:
    run, verdict = beach(root, file)
    (found,) = (one for one in enclosed(run, [verdict]) if one.path == path)
    assert found.content is None
    return found


def test_data_that_are_large_changed_or_elsewhere_stay_out(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "a.csv").write_text("x", encoding="utf-8")
    (tmp_path / "secret.csv").write_text("x", encoding="utf-8")
    root = tmp_path / "project"
    assert left_out(root, DataFile("a.csv", MOST_BYTES + 1), "a.csv").why == "crate-large"
    assert left_out(root, DataFile("a.csv", 1, "0" * 64), "a.csv").why == "crate-other"
    assert left_out(root, DataFile("../secret.csv", 1), "../secret.csv").why == "crate-absent"
    assert left_out(root, DataFile("gone.csv", 1), "gone.csv").why == "crate-absent"


def test_a_file_with_a_password_stays_out(tmp_path: Path) -> None:
    address = "postgresql://desk:hunter2@db.example.org/desk"
    (tmp_path / "factcheck.yaml").write_text(f"connections: {{desk: '{address}'}}", encoding="utf-8")
    assert left_out(tmp_path, DataFile("a.csv", 1), "factcheck.yaml").why == "crate-password"
