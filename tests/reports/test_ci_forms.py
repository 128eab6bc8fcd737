"""JUnit, GitHub annotations, SARIF and CSV: compared whole with committed files, held to what their readers accept.

FACTCHECK_WRITE_EXPECTED=1 writes the expected files anew.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from factcheck.errors import Place, Problem
from factcheck.reports import RESULTS, github, junit, results_as, results_csv, sarif
from factcheck.reports.ci import in_repository, worst_first
from factcheck.verdicts.changes import Change
from factcheck.verdicts.verdict import Outcome, Verdict

from . import gallery
from .build import STARTED, FakeRun
from .gallery import OUTCOMES
from .hostile import hostile
from .test_markdown import EXPECTED

WARNING = Problem("no row has country = 'Rusia'", Place("claims/examples.yaml", 9, 3), "did you mean 'Russia'?", "warning")
RUN = FakeRun(tuple(make() for make in OUTCOMES), "Were the figures right?", (WARNING,), root=Path("/nowhere"))
FILES = {"junit": "xml", "github": "github.txt", "sarif": "sarif", "csv": "csv"}


@pytest.mark.parametrize("form", FILES)
def test_forms_are_as_they_were_read(form: str) -> None:
    found = results_as(RUN, form)  # type: ignore[arg-type]
    path = EXPECTED / f"outcomes.{FILES[form]}"
    if os.environ.get("FACTCHECK_WRITE_EXPECTED"):
        path.write_bytes(found.encode())
    assert found.encode() == path.read_bytes()


def outcomes_of_junit(text: str) -> dict[str, str]:
    names = {"failure": "refuted", "error": "error", "skipped": "open"}
    return {
        case.get("name", ""): next((names[child.tag] for child in case if child.tag in names), "passed")
        for case in ElementTree.fromstring(text).iter("testcase")
    }


def outcomes_of_sarif(text: str) -> dict[str, str]:
    names = {"pass": "passed", "fail": "refuted", "review": "open", "open": "open"}
    results = json.loads(text)["runs"][0]["results"]
    return {
        one["partialFingerprints"]["claim/v1"]: "error" if one["ruleId"] == "error" else names[one["kind"]]
        for one in results
    }


def outcomes_of_csv(text: str) -> dict[str, str]:
    return {row["id"]: _meant(row["outcome"]) for row in csv.DictReader(io.StringIO(text, newline=""))}


def outcomes_of_json(text: str) -> dict[str, str]:
    return {one["id"]: _meant(one["outcome"]) for one in json.loads(text)["claims"]}


def outcomes_of_github(text: str) -> dict[str, str]:
    """What passes quietly is not annotated."""
    names = {"Refuted": "refuted", "Inconclusive": "open", "Unverifiable": "open", "Not checked": "error"}
    found = {verdict.id: "passed" for verdict in RUN.verdicts}
    for title, message in re.findall(r"title=([^:]*)::(.*)", text):
        word = next((name for key, name in names.items() if f" – {key}" in message), "passed")
        found[title] = word
    return found


def _meant(outcome: str) -> str:
    if outcome in ("supported", "close"):
        return "passed"
    return "open" if outcome in ("inconclusive", "unverifiable") else outcome


READERS: dict[str, Callable[[str], dict[str, str]]] = {
    "junit": outcomes_of_junit, "sarif": outcomes_of_sarif, "csv": outcomes_of_csv, "json": outcomes_of_json,
    "github": outcomes_of_github,
}  # fmt: skip


def test_every_form_tells_the_same_of_each_claim() -> None:
    meant = {verdict.id: _meant(verdict.outcome.value) for verdict in RUN.verdicts}
    assert set(READERS) == set(RESULTS)
    for form, read in READERS.items():
        assert read(results_as(RUN, form)) == meant, form  # type: ignore[arg-type]


# What Jenkins's junit-10.xsd allows (github.com/jenkinsci/xunit-plugin), and `file` and `line`, which GitLab reads.
JUNIT: dict[str, tuple[set[str], set[str]]] = {
    "testsuites": ({"name", "time", "tests", "failures", "errors", "skipped"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time", "timestamp"}, {"testcase"}),
    "testcase": (
        {"name", "classname", "time", "file", "line"},
        {"properties", "skipped", "error", "failure", "system-out"},
    ),
    "properties": (set(), {"property"}),
    "property": ({"name", "value"}, set()),
    "failure": ({"message", "type"}, set()),
    "error": ({"message", "type"}, set()),
    "skipped": ({"message", "type"}, set()),
    "system-out": (set(), set()),
}


@pytest.mark.parametrize("verdicts", [RUN.verdicts, (hostile(),)])
def test_junit_keeps_to_what_its_readers_know(verdicts: tuple[Verdict, ...]) -> None:
    root = ElementTree.fromstring(junit.render(replace(RUN, verdicts=verdicts)))
    for element in root.iter():
        attributes, children = JUNIT[element.tag]
        assert set(element.attrib) <= attributes
        assert {child.tag for child in element} <= children
    for suite in (root, *root.iter("testsuite")):
        cases = list(suite.iter("testcase"))
        assert int(suite.get("tests", "")) == len(cases)
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(attribute, "")) == len(list(suite.iter(tag)))


def test_annotations_stand_at_the_line_of_the_claim_the_worst_first() -> None:
    lines = github.render(RUN).splitlines()
    kinds = [line.split(" ")[0].removeprefix("::") for line in lines if line.startswith("::")]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    assert lines[0].startswith("::error file=claims/examples.yaml,line=7,title=")
    assert "– Not checked. " in lines[0]
    assert lines[-1].startswith("factcheck: ")
    assert "::warning file=claims/examples.yaml,line=9,col=3::no row has country = 'Rusia' (did you mean 'Russia'?)" in lines


def test_more_than_ten_of_a_kind_are_counted() -> None:
    many = tuple(replace(gallery.beach(), line=i) for i in range(1, 26))
    lines = github.render(FakeRun(many)).splitlines()
    assert sum(line.startswith("::error") for line in lines) == 10
    assert lines[-1].startswith("15 more annotations are not shown")


def test_annotations_escape_what_a_command_would_take_for_its_own() -> None:
    bad = replace(gallery.beach(), file="claims/a, b:c%.yaml")
    (line, *_) = github.render(FakeRun((bad,))).splitlines()
    assert line.startswith("::error file=claims/a%2C b%3Ac%25.yaml,line=")
    assert "7.1%25" in line


def test_a_verdict_that_changed_comes_before_those_that_did_not() -> None:
    change = Change(gallery.beach().id, Outcome.SUPPORTED, Outcome.REFUTED, STARTED)
    other = replace(gallery.beach(), claim=gallery.beach().claim.model_copy(update={"id": "other"}))
    run = FakeRun((other, gallery.beach()), changed=(change,))
    assert [verdict.id for verdict in worst_first(run)] == [gallery.beach().id, "other"]


def test_the_summary_is_added_and_cut_where_there_is_no_room(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("before\n", encoding="utf-8")
    github.summarise(RUN, {github.SUMMARY: str(path)})
    text = path.read_text(encoding="utf-8")
    assert text.startswith("before\n# Were the figures right?")
    assert f"| {len(RUN.verdicts)} |" in text
    path.write_text("x" * (1024 * 1024 - 400), encoding="utf-8")
    github.summarise(RUN, {github.SUMMARY: str(path)})
    assert path.stat().st_size <= 1024 * 1024
    assert path.read_text(encoding="utf-8").endswith("The summary is cut here; there is no room for more.\n")
    github.summarise(RUN, {})


def test_files_are_named_as_the_repository_names_them(tmp_path: Path) -> None:
    project = tmp_path / "desk" / "checks"
    project.mkdir(parents=True)
    run = FakeRun((), root=project)
    assert in_repository(run, "claims/a.yaml", {}) == "claims/a.yaml"
    assert in_repository(run, "claims/a.yaml", {"GITHUB_WORKSPACE": str(tmp_path)}) == "desk/checks/claims/a.yaml"
    (tmp_path / "desk" / ".git").mkdir()
    assert in_repository(run, "claims/a.yaml", {}) == "checks/claims/a.yaml"


def test_sarif_keeps_to_its_standard() -> None:
    """§3.27.9: kind; §3.27.10: level is none unless kind is fail; §3.27.6: ruleIndex; §3.29: locations."""
    log = sarif.log(RUN)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert result["kind"] in {"notApplicable", "pass", "fail", "review", "open", "informational"}
        assert (result["level"] == "none") == (result["kind"] != "fail")
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["region"]["startLine"] >= 1
        assert "baselineState" not in result
    assert run["invocations"][0]["executionSuccessful"] is False
    (warning, error) = run["invocations"][0]["toolExecutionNotifications"]
    assert (warning["level"], error["level"]) == ("warning", "error")


def test_sarif_tells_how_results_stand_to_earlier_ones() -> None:
    first, second, third = RUN.verdicts[:3]
    moved = Change(first.id, first.outcome, first.outcome, STARTED)
    new = Change(second.id, None, second.outcome, STARTED)
    run = replace(RUN, verdicts=(first, second, third), changed=(moved, new), since=datetime(2026, 1, 1))
    states = [result["baselineState"] for result in sarif.log(run)["runs"][0]["results"]]
    assert states == ["updated", "new", "unchanged"]


def test_csv_is_read_back_as_it_was_meant() -> None:
    text = results_csv.render(RUN)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == [verdict.id for verdict in RUN.verdicts]
    table = pd.read_csv(io.StringIO(text)).set_index("id")
    beach = gallery.beach()
    assert beach.measurement is not None
    assert table.loc[beach.id, "estimate"] == pytest.approx(float(beach.measurement.estimate))  # type: ignore[arg-type]
    assert table.loc[beach.id, "n"] == 381
    assert text.endswith("\r\n")
    assert all(len(row) == len(results_csv.COLUMNS) for row in csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1"])
def test_a_spreadsheet_takes_no_text_for_a_formula(text: str) -> None:
    bad: Any = replace(gallery.beach(), claim=gallery.beach().claim.model_copy(update={"statement": text}))
    (row,) = csv.DictReader(io.StringIO(results_csv.render(FakeRun((bad,))), newline=""))
    assert row["statement"].startswith("'")


def test_negative_figures_stay_numbers() -> None:
    base = gallery.beach()
    assert base.measurement is not None
    found = replace(base.measurement, estimate=-base.measurement.estimate)  # type: ignore[operator]
    (row,) = csv.DictReader(io.StringIO(results_csv.render(FakeRun((replace(base, measurement=found),))), newline=""))
    assert float(row["estimate"]) < 0
