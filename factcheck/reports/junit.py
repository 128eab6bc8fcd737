"""The results as JUnit XML, as Jenkins, GitLab and Azure read it: a suite for each claim file, a case for each claim.

A refuted claim is a failure and a claim that could not be checked an error; what the evidence leaves open is skipped,
with the reason. Supported and close claims pass. The format has no standard; this keeps to what those three share: the
elements and attributes of Jenkins's `junit-10.xsd`.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from factcheck.reports.amounts import claimed_text, found_text
from factcheck.reports.ci import by_file, moved, told
from factcheck.reports.escape import plain
from factcheck.reports.rating import rating_text
from factcheck.reports.run import Run, in_utc
from factcheck.verdicts.verdict import Outcome, Verdict

_RESULT = {
    Outcome.REFUTED: "failure",
    Outcome.ERROR: "error",
    Outcome.INCONCLUSIVE: "skipped",
    Outcome.UNVERIFIABLE: "skipped",
}


def render(run: Run) -> str:
    """The results as text."""
    root = ElementTree.Element("testsuites", {"name": plain(run.title or "factcheck"), **_counts(run.verdicts)})
    for file, verdicts in by_file(run.verdicts).items():
        suite = ElementTree.SubElement(root, "testsuite", {"name": plain(file), **_counts(verdicts)})
        suite.set("timestamp", in_utc(run.started).strftime("%Y-%m-%dT%H:%M:%S"))
        for verdict in verdicts:
            suite.append(_case(run, verdict))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _counts(verdicts: Sequence[Verdict]) -> dict[str, str]:
    results = [_RESULT.get(verdict.outcome) for verdict in verdicts]
    return {
        "tests": str(len(results)),
        "failures": str(results.count("failure")),
        "errors": str(results.count("error")),
        "skipped": str(results.count("skipped")),
        "time": "0",
    }


def _case(run: Run, verdict: Verdict) -> ElementTree.Element:
    name = {"classname": plain(verdict.file), "name": plain(verdict.id), "time": "0"}
    case = ElementTree.Element("testcase", {**name, "file": plain(verdict.file), "line": str(verdict.line)})
    properties = ElementTree.SubElement(case, "properties")
    for key, value in facts(verdict).items():
        ElementTree.SubElement(properties, "property", {"name": key, "value": plain(value)})
    result = _RESULT.get(verdict.outcome)
    if result is not None:
        reason = {"message": " ".join([told(verdict), *moved(run, verdict)]), "type": verdict.outcome.value}
        ElementTree.SubElement(case, result, reason)
    ElementTree.SubElement(case, "system-out").text = "".join(
        f"{line}\n" for line in (plain(verdict.claim.statement), told(verdict), *moved(run, verdict))
    )
    return case


def facts(verdict: Verdict) -> dict[str, str]:
    """What is known of a verdict, by name, as text."""
    found = {
        "outcome": verdict.outcome.value,
        "direction": verdict.finding.direction,
        "confidence": verdict.confidence,
        "claimed": claimed_text(verdict.claimed),
        "found": found_text(verdict),
        "rating": rating_text(verdict),
        "evidence": "synthetic" if verdict.synthetic else None,
    }
    return {key: value for key, value in found.items() if value}
