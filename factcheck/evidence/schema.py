"""JSON Schema of dataset manifests."""

from __future__ import annotations

from factcheck.evidence.manifest import ManifestFile
from factcheck.text.schema import Schema, draft07


def evidence_schema() -> Schema:
    """The schema of a manifest file."""
    return draft07(ManifestFile, "Datasets for factcheck")
