"""Claims evaluated on evidence that is open already, by the same path as those of a claim file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import yaml

from factcheck.cases.asking import measure_all
from factcheck.cases.build import BoundCase, build
from factcheck.cases.docket import lay_out
from factcheck.cases.expressions import Expressions
from factcheck.cases.judging import judge
from factcheck.claims.reading import read_text
from factcheck.project import Project
from factcheck.verdicts.confidence import Scale
from factcheck.verdicts.thresholds import table_with
from factcheck.verdicts.verdict import Verdict

if TYPE_CHECKING:
    from factcheck.cases.evidence import Evidence

_FIGURE = re.compile(r"-?\d[\d,.]*%?")
Spec = Mapping[str, Any]  # a claim as YAML has it


def text(claims: Sequence[Spec]) -> str:
    """Claims as a claim file has them: each field on its line, what is inside it in braces."""
    lines = ["claims:"]
    for claim in claims:
        fields = [_field(key, value) for key, value in claim.items()]
        lines += [f"  - {fields[0]}", *(f"    {field}" for field in fields[1:])]
    return "\n".join(lines) + "\n"


def _field(key: str, value: object) -> str:
    """A field on a line of its own; figures stand as they are, for they are read from their text."""
    if isinstance(value, str) and _FIGURE.fullmatch(value):
        return f"{key}: {value}"
    flow = None if isinstance(value, Mapping) else False
    dumped: str = yaml.safe_dump(
        {key: value}, default_flow_style=flow, width=1_000_000, allow_unicode=True, sort_keys=False
    )
    return dumped.strip()


def evaluated(project: Project, evidence: Evidence, claims: Sequence[Spec]) -> dict[str, Verdict]:
    """The verdicts by id; a claim that cannot be bound to the data, or measured, has none."""
    sources, _ = read_text(text(claims), "suggested claims")
    dockets, _ = lay_out(sources, {*project.manifests})
    table, _ = table_with(project.config.config.confidence)
    scale, expressions = Scale(table), Expressions()
    bound: list[BoundCase] = []
    for docket in dockets:
        for case in docket.cases():
            built, _ = build(case, evidence.known, {*project.manifests}, expressions)
            bound += [] if built is None else [built]
    measured = measure_all(bound, evidence.answer, scale.strict)
    verdicts = [judge(case, found, scale) for case, found in zip(bound, measured, strict=True)]
    return {verdict.id: verdict for verdict in verdicts if verdict.error is None}
