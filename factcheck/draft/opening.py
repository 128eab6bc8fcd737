"""Opens the datasets that drafts are about; what drafting itself needs is imported while they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from factcheck.cases.kept import Kept
from factcheck.cases.opening import opened
from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.prints import Prints

if TYPE_CHECKING:
    from factcheck.draft.drafting import Drafter
    from factcheck.project import Project
    from factcheck.store.cache import Cache

_ANY = "One in ten Russian accounts, 12%"


@contextmanager
def drafting(project: Project, names: Iterable[str] | None = None, cache: Cache | None = None) -> Iterator[Drafter]:
    """Opens the datasets in `names` (default: all of the project) to draft claims about them."""
    wanted = list(project.manifests) if names is None else list(names)
    prints = Prints(project.manifests, Ground(project.root.resolve(), project.roots), {})
    engine = project.engine.kind if project.engine.far else ""
    memory = Kept(cache, project.manifests, prints, str(project.root), {}, engine)
    nodes = [name.removesuffix(".edges") + ".nodes" for name in wanted if name.endswith(".edges")]
    beside = [name for name in nodes if name in project.manifests and name not in wanted]  # nodes without a link
    with opened(project, [*wanted, *beside], {}, memory=memory, meanwhile=_learn) as evidence:
        from factcheck.draft.drafting import Drafter

        yield Drafter(project, evidence, wanted)
        memory.commit()


def _learn() -> None:
    """Imports what drafting needs, and reads the lists of words that the first sentence would have to wait for."""
    from factcheck.draft import countries, drafting
    from factcheck.draft.figures import figures
    from factcheck.draft.intents import cues, why_unverifiable
    from factcheck.draft.words import words

    assert drafting
    spoken = words(_ANY)
    figures(_ANY, spoken)
    countries.countries(spoken)
    countries.languages()
    cues(spoken)
    why_unverifiable("")
