"""Every kind of measure, held to its contract by cases in the claim language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import factcheck
from factcheck import SpecError, Verdict
from factcheck.claims.regions import Interval
from factcheck.measures import KINDS
from factcheck.measures.measurement import Members
from factcheck.reports import explain, markdown

from .cases import CaseSpec, read_cases

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.yaml"))
CASES = [(path, case) for path in FILES for case in read_cases(path)]
VERDICT_KEYS = {
    "outcome", "direction", "leaning", "confidence", "rating", "estimate", "low", "high", "n", "missing", "unit",
    "notes", "without", "reason", "error", "factor", "lacking", "surplus", "within", "checks", "variants", "parts",
    "timezone", "certain", "possible",
}  # fmt: skip
RUN_KEYS = {"warnings", "no_warnings"}


@pytest.mark.parametrize(("path", "case"), CASES, ids=[f"{path.stem}: {case.name}" for path, case in CASES])
def test_case(path: Path, case: CaseSpec, tmp_path: Path) -> None:
    root = case.write(tmp_path)
    expect = dict(case.expect)
    data = frames(case)
    if "spec_error" in expect:
        with pytest.raises(SpecError) as caught:
            factcheck.check(project=root, data=data)
        missing = [text for text in listed(expect.pop("spec_error")) if text not in str(caught.value)]
        assert not missing, f"not in the errors: {missing}\n{caught.value}"
        assert not expect
        return
    run = factcheck.check(project=root, data=data)
    warnings = "\n".join(problem.render() for problem in run.problems)
    for text in listed(expect.pop("warnings", [])):
        assert text in warnings, f"no warning says {text!r}\n{warnings}"
    if expect.pop("no_warnings", False):
        assert not warnings
    by_id = expect if set(expect) & set(case.ids) else {case.ids[0]: expect}
    differences = [line for name, wanted in by_id.items() for line in compare(wanted, run[name], name)]
    assert not differences, "\n".join([*differences, f"because {case.source}", describe(run[case.ids[0]])])
    # Whatever came out can be written down in every form.
    for written in (markdown.render(run), explain.render(run), json.dumps(run.to_dict())):
        assert all(name in written for name in case.ids)


def frames(case: CaseSpec) -> dict[str, Any] | None:
    if not case.frames:
        return None
    import pandas as pd

    return {name: pd.DataFrame(columns) for name, columns in case.frames.items()}


def listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def compare(wanted: dict[str, Any], verdict: Verdict, where: str) -> list[str]:
    """What differs from the verdict expected, a line each."""
    unknown = set(wanted) - VERDICT_KEYS
    assert not unknown, f"a case expects {sorted(unknown)}"
    within = float(wanted.get("within", 1e-9))
    lines = []
    for key in wanted.keys() - {"within", "notes", "without", "checks", "variants", "error"}:
        found = actual(key, verdict)
        if not same(wanted[key], found, within):
            lines.append(f"{where}: {key} is {shown(found)}, not {wanted[key]!r}")
    marks = {mark for note in verdict.notes for mark in (note.code, note.domain)}
    known = sorted(filter(None, marks))
    lines += [f"{where}: no note {mark!r} among {known}" for mark in wanted.get("notes", []) if mark not in marks]
    lines += [f"{where}: a note {mark!r} too many" for mark in wanted.get("without", []) if mark in marks]
    error = verdict.error or ""
    absent = [text for text in listed(wanted.get("error", [])) if text not in error]
    lines += [f"{where}: the error {error!r} lacks {text!r}" for text in absent]
    for key, parts in (("checks", verdict.checks), ("variants", verdict.variants)):
        lines += several(wanted[key], parts, f"{where}.{key}") if key in wanted else []
    return lines


def several(wanted: list[Any], found: tuple[Verdict, ...], where: str) -> list[str]:
    if len(wanted) != len(found):
        return [f"{where}: {len(found)} of them, not {len(wanted)}"]
    lines = []
    for index, (one, verdict) in enumerate(zip(wanted, found, strict=True)):
        one = {"outcome": one} if isinstance(one, str) else one
        lines += compare(one, verdict, f"{where}[{index}]")
    return lines


def actual(key: str, verdict: Verdict) -> Any:
    if key in ("outcome", "confidence", "rating", "estimate"):
        return getattr(verdict, key)
    if key in ("direction", "leaning", "factor", "lacking", "surplus", "parts"):
        return getattr(verdict.finding, key)
    if key == "reason":
        return verdict.reason.code if verdict.reason is not None else None
    measurement = verdict.measurement
    assert measurement is not None, f"nothing was measured: {verdict.error or verdict.reason}"
    region = measurement.region
    if key in ("low", "high"):
        if isinstance(region, Interval):
            return getattr(region, key)
        assert not isinstance(region, Members)
        return {name: getattr(part, key) for name, part in region.items()}
    if key in ("certain", "possible"):
        assert isinstance(region, Members)
        return sorted(getattr(region, key))
    return getattr(measurement, key)


def same(wanted: Any, found: Any, within: float) -> bool:
    """Whether a value is the one expected: numbers within a distance, a mapping by the keys that it names."""
    if isinstance(wanted, dict):
        named = isinstance(found, dict) and wanted.keys() <= found.keys()
        return named and all(same(part, found[name], within) for name, part in wanted.items())
    if isinstance(wanted, list):
        several = isinstance(found, Iterable) and not isinstance(found, str)
        return several and [str(item) for item in found] == [str(item) for item in wanted]
    if wanted is None or found is None:
        return wanted is found
    if isinstance(found, (datetime, date)):
        return str(found) == str(wanted) or found.isoformat() == str(wanted)
    if isinstance(found, (int, float, Fraction)) and not isinstance(found, bool):
        return abs(Fraction(found) - number(wanted)) <= within * max(1, abs(number(wanted)) if within < 1e-6 else 1)
    return str(found) == str(wanted)


def number(written: Any) -> Fraction:
    return Fraction(written.replace(" ", "")) if isinstance(written, str) else Fraction(str(written))


def shown(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {shown(part)}" for name, part in value.items()) + "}"
    return f"{value} ({float(value)})" if isinstance(value, Fraction) else repr(value)


def describe(verdict: Verdict) -> str:
    m = verdict.measurement
    found = "nothing" if m is None else f"{shown(m.estimate)} in {m.region}, n={m.n}, missing={m.missing}, {m.method}"
    notes = [(note.code, note.domain, note.effect) for note in verdict.notes]
    judged = f"{verdict.outcome}, {verdict.confidence}, {verdict.error}"
    return f"found {found}; {judged}, claimed {verdict.claimed}; {notes}"


def test_every_kind_has_its_cases() -> None:
    """A kind without cases is a kind without a contract."""
    few = {kind: n for kind in KINDS if (n := sum(path.stem == kind for path, _ in CASES)) < 8}
    assert not few


def test_case_names_are_unique_in_their_file() -> None:
    names = [(path.stem, case.name) for path, case in CASES]
    assert len(names) == len(set(names))
