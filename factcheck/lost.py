"""Examples of values that were there as text and are not of their column's type, for `factcheck data NAME`."""

from __future__ import annotations

from dataclasses import replace

from factcheck.cases.opening import opened
from factcheck.errors import EvidenceError, SpecError
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.formats import EXPORTS
from factcheck.evidence.formats.exports.clocks import UNREAD
from factcheck.evidence.manifest import Manifests
from factcheck.evidence.manifest_models import ColumnSpec
from factcheck.project import Project

EXAMPLES = 3
_LONGEST = 200  # characters of an example


def lost_texts(project: Project, dataset: Dataset) -> dict[str, list[str]]:
    """For each column that lost values the commonest texts among them.

    The dataset is read once more, with a twin of each of these columns that keeps the text.
    """
    lost = [name for name, count in (dataset.ledger.lost if dataset.ledger is not None else {}).items() if count]
    if not lost:
        return {}
    twins = {name: f"{name} (as text)" for name in lost}
    try:
        with opened(_with_twins(project, dataset.name, twins), [dataset.name], {}) as evidence:
            found = evidence.datasets[dataset.name]
            if isinstance(found, EvidenceError):
                return {}
            relation = identifier(found.relation)
            return {
                name: [_shown(row[0], found) for row in evidence.engine.run(_examples(relation, name, twin)).rows()]
                for name, twin in twins.items()
            }
    except (EvidenceError, SpecError):
        return {}  # a column that a format itself makes has no text of its own: the number lost is told all the same


def _shown(text: str, dataset: Dataset) -> str:
    """The text as it stands in the file: what exports put before one that they could not read is no part of it."""
    return str(text).removeprefix(UNREAD if dataset.format in EXPORTS else "")[:_LONGEST]


def _examples(relation: str, name: str, twin: str) -> str:
    value, text = identifier(name), identifier(twin)
    return (
        f"SELECT {text}, count(*) AS n FROM {relation} WHERE {value} IS NULL AND trim({text}) <> '' "
        f"GROUP BY 1 ORDER BY n DESC, 1 LIMIT {EXAMPLES}"
    )


def _with_twins(project: Project, name: str, twins: dict[str, str]) -> Project:
    source = project.manifests[name]
    columns = dict(source.model.columns)
    for column, twin in twins.items():
        origins = columns[column].origins(column) if column in columns else (column,)
        columns[twin] = ColumnSpec.model_validate({"from": list(origins), "type": "text"})
    manifests = Manifests()
    manifests.update(project.manifests)
    manifests.broken = set(project.manifests.broken)
    model = source.model.model_copy(update={"columns": columns, "key": (), "on_duplicate": "keep"})
    manifests[name] = replace(source, model=model)
    return replace(project, manifests=manifests)
