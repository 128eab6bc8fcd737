"""Files in `evidence/` that no manifest names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from factcheck.evidence.formats.tables import tables_in
from factcheck.evidence.manifest import Manifests
from factcheck.evidence.stores.address import is_address
from factcheck.project import Project
from factcheck.reports.undescribed import FOLDER
from factcheck.text.files import shown


def undescribed(project: Project) -> list[str]:
    """The files of kinds that can be read, relative to the project, in their order."""
    folder = project.root / FOLDER
    if not folder.is_dir():
        return []
    named = set(_named(project.root, project.manifests))
    texts = {source.file: source.node.source.text for source in project.manifests.values()}
    files = [path for path in tables_in(folder) if path not in named]
    return [shown(path, project.root) for path in files if not any(path.name in text for text in texts.values())]


def lying_there(project: Project, name: str) -> str:
    """A hint for somebody who asks for a dataset by the name of a file that no manifest describes; else nothing."""
    files = undescribed(project)
    meant = [file for file in files if _alike(file) == _alike(name)] or (files if not project.manifests else [])
    if not meant:
        return ""
    return f"{meant[0]} lies there, but no manifest describes it: `factcheck data` shows what to write"


def _alike(name: str) -> str:
    """A file's name and that of a dataset, as far as both tell what they hold."""
    stem = PurePosixPath(name).name.split(".")[0].lower()
    return "".join(sign for sign in stem if sign.isalnum())


def _named(root: Path, manifests: Manifests) -> Iterator[Path]:
    """The files that the patterns of manifests mean."""
    for source in manifests.values():
        for pattern in source.model.files:
            local = not is_address(pattern) and not Path(pattern).is_absolute() and pattern
            if local and any(sign in pattern for sign in "*?["):
                yield from (root / source.folder).glob(pattern)
            elif local:
                yield root / source.folder / pattern
