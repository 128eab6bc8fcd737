"""The results as SARIF 2.1.0 (OASIS, 2020), as code scanning reads them: a rule for each outcome, a result for a claim.

`kind` says what a verdict means to a program: pass (supported, close), fail (refuted), review (inconclusive), open
(unverifiable, or not checked because of an error). `level` is none unless a claim failed, as §3.27.10 demands.
`baselineState` is there where the run was held against earlier verdicts.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from factcheck import __version__
from factcheck.reports.changed import change_of
from factcheck.reports.ci import in_repository, told
from factcheck.reports.escape import plain
from factcheck.reports.results import text
from factcheck.reports.run import Run, in_utc
from factcheck.reports.words import outcome_words, say
from factcheck.verdicts.verdict import Outcome, Verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_KIND = {
    Outcome.SUPPORTED: "pass",
    Outcome.CLOSE: "pass",
    Outcome.REFUTED: "fail",
    Outcome.INCONCLUSIVE: "review",
    Outcome.UNVERIFIABLE: "open",
    Outcome.ERROR: "open",
}
_RULES = tuple(Outcome)


def render(run: Run) -> str:
    """The results as text, the same bytes for the same run."""
    return json.dumps(log(run), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def log(run: Run) -> dict[str, Any]:
    """The one object of the format."""
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver()},
                "invocations": [_invocation(run)],
                "results": [_result(run, verdict) for verdict in run.verdicts],
                "columnKind": "utf16CodeUnits",
            }
        ],
    }


def _driver() -> dict[str, Any]:
    return {
        "name": "factcheck",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [
            {
                "id": outcome.value,
                "name": outcome_words(outcome).word.capitalize(),
                "shortDescription": {"text": say(f"sarif-{outcome.value}")},
                "defaultConfiguration": {"level": "error" if _KIND[outcome] == "fail" else "none"},
            }
            for outcome in _RULES
        ],
    }


def _invocation(run: Run) -> dict[str, Any]:
    """Whether all claims could be evaluated, and what else a person should be told."""
    failed = [verdict for verdict in run.verdicts if verdict.outcome is Outcome.ERROR]
    told_off = [
        {"level": "warning", "message": {"text": plain(problem.message)}, **_where(run, problem.place)}
        for problem in run.problems
    ]
    told_off += [{"level": "error", "message": {"text": told(verdict)}} for verdict in failed]
    return {
        "executionSuccessful": not failed,
        "startTimeUtc": in_utc(run.started).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "toolExecutionNotifications": told_off,
    }


def _where(run: Run, place: Any) -> dict[str, Any]:
    return {} if place is None else {"locations": [_location(run, place.file, place.line)]}


def _result(run: Run, verdict: Verdict) -> dict[str, Any]:
    kind = _KIND[verdict.outcome]
    found: dict[str, Any] = {
        "ruleId": verdict.outcome.value,
        "ruleIndex": _RULES.index(verdict.outcome),
        "kind": kind,
        "level": "error" if kind == "fail" else "none",
        "message": {"text": f"{plain(verdict.claim.statement)} – {told(verdict)}"},
        "locations": [_location(run, verdict.file, verdict.line)],
        "partialFingerprints": {"claim/v1": text(verdict.id)},
    }
    if run.since is not None:
        found["baselineState"] = _state(run, verdict)
    return found


def _state(run: Run, verdict: Verdict) -> str:
    """How the result stands to the earlier one: anything that moved makes it another."""
    change = change_of(run, verdict)
    if change is None:
        return "unchanged"
    return "new" if change.was is None else "updated"


def _location(run: Run, file: str, line: int) -> dict[str, Any]:
    uri = quote(text(in_repository(run, file)), safe="/")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": max(1, line)}}}
