"""Whether the schemas in `schemas/` still say what the project has: told, never mended unasked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.editor import FOLDER, SCHEMAS, schema_file
from factcheck.text.canonical import digest

if TYPE_CHECKING:
    from factcheck.evidence.manifest import Manifests
    from factcheck.evidence.manifest_models import DatasetManifest

_HEAD = 4_096  # bytes of a schema in which its mark stands
_MARK = re.compile(r'"\$comment": "factcheck (?P<version>[^"; ]+); datasets (?P<datasets>[0-9a-f]+)"')
_SHORT = 16
_REFRESH = "`factcheck schema --write` writes it anew"


def mark(manifests: Mapping[str, DatasetManifest | None]) -> str:
    """What a schema says of the program and the datasets that it was made for; None is one that cannot be read."""
    return f"factcheck {metadata.version('factcheck-engine')}; datasets {_datasets(manifests)}"


def _datasets(manifests: Mapping[str, DatasetManifest | None]) -> str:
    """The same as long as the manifests name the same; what a file holds besides is not looked at."""
    told = {name: None if model is None else _named(model) for name, model in manifests.items()}
    return digest(told)[:_SHORT]


def _named(model: DatasetManifest) -> list[object]:
    return [list(model.files), model.format, model.query, model.table, sorted(model.columns)]


def stale(root: Path, manifests: Manifests) -> str:
    """What to tell of a project whose schemas were made for another program or other datasets; else nothing."""
    for kind in SCHEMAS:
        path = schema_file(root, kind)
        try:
            with path.open("rb") as file:
                found = _MARK.search(file.read(_HEAD).decode("utf-8", "replace"))
        except OSError:
            continue  # there is none, and nobody has to keep one
        name = f"{FOLDER}/{kind}.json"
        if found is None or found["version"] != metadata.version("factcheck-engine"):
            return f"{name} was written by another version of factcheck: {_REFRESH}"
        models = {**dict.fromkeys(manifests.broken), **{n: source.model for n, source in manifests.items()}}
        if found["datasets"] != _datasets(models):
            return f"{name} was written before the datasets of the project were changed: {_REFRESH}"
    return ""
