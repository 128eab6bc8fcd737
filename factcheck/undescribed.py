"""Files in `evidence/` that no manifest names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from factcheck.evidence.formats import FORMATS, NETWORKS
from factcheck.evidence.formats.files import ending
from factcheck.evidence.manifest import Manifests
from factcheck.evidence.stores.address import is_address
from factcheck.project import Project
from factcheck.reports.undescribed import FOLDER
from factcheck.text.files import shown

_LOOKED_AT = 10_000  # files; a folder of more is an archive of pages rather than of tables
_NOTES = ("txt",)  # more often a licence or a note than a table


def undescribed(project: Project) -> list[str]:
    """The files of kinds that can be read, relative to the project, in their order."""
    folder = project.root / FOLDER
    if not folder.is_dir():
        return []
    named = set(_named(project.root, project.manifests))
    texts = {source.file: source.node.source.text for source in project.manifests.values()}
    files = [path for path in _files(folder) if path not in named and not any(path.name in t for t in texts.values())]
    return [shown(path, project.root) for path in files]


def _files(folder: Path) -> Iterator[Path]:
    kinds = {*FORMATS, *NETWORKS} - {"reported", *_NOTES}
    for number, path in enumerate(sorted(folder.rglob("*"))):
        if number >= _LOOKED_AT:
            return
        if path.is_file() and not path.name.startswith(".") and ending(path) in kinds:
            yield path


def _named(root: Path, manifests: Manifests) -> Iterator[Path]:
    """The files that the patterns of manifests mean."""
    for source in manifests.values():
        for pattern in source.model.files:
            local = not is_address(pattern) and not Path(pattern).is_absolute() and pattern
            if local and any(sign in pattern for sign in "*?["):
                yield from (root / source.folder).glob(pattern)
            elif local:
                yield root / source.folder / pattern
