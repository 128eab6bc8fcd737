"""JSON Schema of dataset manifests."""

from __future__ import annotations

from factcheck.evidence.manifest import ManifestFile
from factcheck.text.schema import Schema, draft07

_SNIPPETS = [
    {
        "label": "a dataset",
        "description": "The files, what a row is, and what may be concluded from the rows.",
        "body": {
            "${1:name}": {
                "files": "${2:name.csv}",
                "unit": "${3:post}",
                "represents": "${4:what the rows stand for}",
                "completeness": "${5|complete,random sample,partial|}",
            }
        },
    }
]


def evidence_schema() -> Schema:
    """The schema of a manifest file."""
    schema = draft07(ManifestFile, "Datasets for factcheck")
    schema["properties"]["datasets"]["defaultSnippets"] = _SNIPPETS
    return schema
