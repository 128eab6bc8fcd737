"""Opens the evidence of a run: the datasets read in a process of their own, the engine sealed.

Reading is asked for before anything is imported that only questions need: what it takes to import that passes while
the files are read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from factcheck.errors import SpecError
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.isolation.order import Order
from factcheck.evidence.isolation.reader import Reader
from factcheck.evidence.steps import Steps

if TYPE_CHECKING:
    from factcheck.cases.evidence import Evidence
    from factcheck.cases.kept import Kept
    from factcheck.evidence.isolation.elsewhere import Elsewhere
    from factcheck.evidence.isolation.here import Here
    from factcheck.project import Project


def _here(order: Order) -> Here:
    from factcheck.evidence.isolation.here import Here

    return Here(order)


def _elsewhere(project: Project, order: Order, reader: Reader | Here) -> Elsewhere | None:
    """The reader, with the engine that the project asks beside it; None where it asks none but our own."""
    if not project.engine.far:
        return None
    from factcheck.evidence.isolation.elsewhere import Elsewhere

    return Elsewhere(order, reader, project.engine, project.config.config.evidence_roots)


@contextmanager
def opened(
    project: Project,
    names: Iterable[str],
    frames: Mapping[str, object],
    threads: int | None = None,
    progress: Callable[[str], None] | None = None,
    *,
    keep_rejects: Path | None = None,
    failed: Mapping[str, str] | None = None,
    memory: Kept | None = None,
    without: Collection[str] = (),
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[Evidence]:
    """Ingests the named datasets once, seals the engine, and closes it afterwards.

    Files are read in a process of their own, which they may crash; DataFrames alone are read here. `keep_rejects` is
    the folder that rejected records are written into; `failed` are datasets that are known to fail, with the reason.
    What `memory` still has of an earlier run is not read again, but for the datasets in `without`. `meanwhile` is done
    in a thread while the files are read.
    """
    limits, wanted = project.config.config.limits, set(names)
    order = Order(
        project.manifests,
        Ground(project.root.resolve(), project.roots),
        frames,
        failed or {},
        memory=limits.memory,
        threads=threads,
        reading=limits.reading,
        keep_rejects=keep_rejects.absolute() if keep_rejects is not None else None,  # its folder may be another
        watched=progress is not None,
    )
    reader = _here(order) if frames and wanted <= set(frames) else Reader(order)
    steps = Steps(progress or (lambda _: None))
    if isinstance(reader, Reader):
        reader.heard, reader.begun = steps.within, lambda name: steps.stage(f"reading {name}")
    engine: Reader | Here | Elsewhere = reader
    try:
        elsewhere = _elsewhere(project, order, reader)
        engine = elsewhere or reader
        steps.stage("reading the evidence")
        before = {} if memory is None else memory.datasets(wanted - set(without) - set(failed or ()))
        beside = Thread(target=meanwhile, daemon=True)
        beside.start()
        loaded = engine.load_all(wanted - before.keys())
        wrong = [problem for problem in loaded.problems if problem.severity == "error"]
        if wrong:
            raise SpecError(loaded.problems)
        if memory is not None:
            for found in loaded.datasets.values():
                if isinstance(found, Dataset):
                    memory.keep_dataset(found, engine.store, loaded.paths)
        engine.expect({name: read.stored for name, read in before.items()})
        datasets = loaded.datasets | {name: read.dataset for name, read in before.items()}
        if elsewhere is not None:
            elsewhere.send(before, datasets)
        engine.seal(loaded.paths)
        kept = [line.replace(str(keep_rejects.absolute()), str(keep_rejects)) for line in loaded.kept if keep_rejects]
        beside.join()
        from factcheck.cases.evidence import Evidence

        yield Evidence(engine, datasets, loaded.problems, limits.timeout, kept, memory, steps)
    finally:
        engine.close()
