"""What a format gets of objects: their addresses where they can stay in the store, else copies of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

from factcheck.evidence.formats import DATABASES
from factcheck.evidence.formats.files import COMPRESSIONS, ending
from factcheck.evidence.formats.source import Job
from factcheck.evidence.ingest.faults import ManifestFault
from factcheck.evidence.stores.address import is_object
from factcheck.evidence.stores.stores import Stores

_HEAD = (1 << 25) + (1 << 20)  # bytes; no format looks at more to tell the columns of a text


def at_hand(job: Job, kind: str, stores: Stores, folder: Callable[[], Path], *, text_head: bool = False) -> Job:
    """The job with its objects where they can be read: Parquet stays in the store, all else is copied into `folder`.

    text_head: copy no more than what tells the columns of a text.
    """
    if not any(map(is_object, job.files)):
        return job
    if kind in DATABASES:
        raise ManifestFault("a database cannot be read in a store: download it, or export its table", "files")
    files, shown, places = [], dict(job.shown), dict(job.places)
    for path in job.files:
        if not is_object(path):
            files.append(path)
        elif _is_parquet(kind, path) and stores.object(path).stays:
            files.append(path)
            places[path] = stores.object(path).pinned
        else:
            copy = stores.copy(path, folder(), _HEAD if text_head else None)
            files.append(copy)
            shown[copy] = job.show(path)
    return replace(job, files=tuple(files), shown=shown, places=places)


def _is_parquet(kind: str, path: PurePath) -> bool:
    return (kind == "parquet" or ending(path) == "parquet") and path.suffix not in COMPRESSIONS
