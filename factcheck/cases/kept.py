"""What a run keeps for the next: datasets as they were read, answers, measurements, and the run itself.

Every key is a fingerprint of all that the value was found from: contents of files, manifests, claims, the program.
What has no fingerprint (a DataFrame, a database server) is never kept.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from factcheck import program
from factcheck.cases.walked import digest_text, texts_in, walked
from factcheck.claims.meaning import BESIDE
from factcheck.errors import EvidenceError
from factcheck.evidence.asks import AnyAnswer, Question
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.ingest.pin import sha256
from factcheck.evidence.isolation.stored import Stored
from factcheck.evidence.prints import Prints
from factcheck.evidence.stores.address import is_object
from factcheck.text.canonical import digest

if TYPE_CHECKING:
    from factcheck.cases.asking import Measured
    from factcheck.cases.build import BoundCase
    from factcheck.evidence.manifest import ManifestSource
    from factcheck.store.cache import Cache

# Beyond this many bytes of Parquet, which is asked where it lies, taking the digest costs more than asking.
_MOST_IN_PLACE = 1 << 30
_PARQUET = (".parquet", ".parq", ".pq")


@dataclass(frozen=True)
class Read:
    """A dataset as it was read, and how its rows are had again."""

    dataset: Dataset
    stored: Stored


class Kept:
    """The cache of a project in the terms of a run; one whose `cache` is None keeps and finds nothing."""

    def __init__(
        self,
        cache: Cache | None,
        sources: Mapping[str, ManifestSource],
        prints: Prints,
        root: str,
        instead: Mapping[str, Read] = MappingProxyType({}),
        engine: str = "",
    ) -> None:
        """`instead` are datasets as they once were, which stand in for those of the project. `engine` names the one
        that is asked, where it is not our own: what one answered proves nothing of another.
        """
        self._cache = cache
        self._sources = sources
        self._prints = prints
        self._root = root
        self.instead = instead
        self._engine = engine
        self._keys: dict[str, str | None] = dict.fromkeys(instead)  # what they are is not what the files hold
        self._fresh: set[str] = set()  # datasets whose files this run reads
        self._taken: dict[int, tuple[Any, Any, str | None]] = {}  # keys by identity: each is asked for twice

    def key(self, name: str) -> str | None:
        """The fingerprint of a dataset as this program reads it; None for what is not kept."""
        if self._cache is None:
            return None
        if name not in self._keys:
            self._keys[name] = None  # a query that leads back to itself has none
            self._keys[name] = self._key(name)
        return self._keys[name]

    def _key(self, name: str) -> str | None:
        source = self._sources.get(name)
        if source is None or self._too_large(name):
            return None
        found = self._prints.of(name)
        if found is None or found.content is None:
            return None
        inputs = [self.key(one) for one in self._prints.reads(name)]
        if None in inputs:
            return None
        # Places in errors and reports come from the text of the manifest, so that all of it counts.
        return digest(["dataset", program.whole(), self._root, name, found.content, sorted(found.files.items()),
                       source.file, source.node.source.text, source.part, inputs, self._engine])  # fmt: skip

    def _too_large(self, name: str) -> bool:
        paths = self._prints.paths(name)
        if not all(path.name.lower().endswith(_PARQUET) for path in paths):
            return False
        with contextlib.suppress(OSError):
            return sum(path.stat().st_size for path in paths if not is_object(path)) > _MOST_IN_PLACE
        return True

    def datasets(self, names: Iterable[str]) -> dict[str, Read]:
        """Those of the datasets that were read before."""
        names = set(names)
        given = {name: read for name, read in self.instead.items() if name in names}
        if self._cache is None:
            return given
        keys = {key: name for name in names if (key := self.key(name)) is not None}
        found = self._cache.get_all(keys)
        reads = {keys[key]: read for key, read in found.items() if isinstance(read, Read)}
        self._fresh |= {name for name, read in reads.items() if read.stored.file is None}
        return given | reads

    def earlier(self, name: str, content: str | None, described: str) -> Read | None:
        """A dataset as it was when its fingerprint was this one, if its rows are still at hand."""
        if self._cache is None or content is None:
            return None
        found = self._cache.get(self._earlier_key(name, content, described))
        if not isinstance(found, Read):
            return None
        file = found.stored.file
        return found if file is not None and file.is_file() else None

    def _earlier_key(self, name: str, content: str, described: str) -> str:
        return digest(["earlier", self._root, name, content, described])

    def keep_dataset(self, dataset: Dataset, store: Any, paths: Collection[Any]) -> None:
        """Keeps a dataset that has just been read; `store(name, path)` writes its rows away."""
        key = self.key(dataset.name)
        self._fresh.add(dataset.name)
        if key is None or self._cache is None or (path := self._cache.table(key)) is None:
            return
        begun = path.with_name(f".{path.stem}.{os.getpid()}.tmp")
        try:
            begun.unlink(missing_ok=True)  # of a process that was killed, or a link that a stranger laid
            stored = store(dataset.name, begun)
            if stored is None:
                return
            if stored.file is None:  # a view: its files are the data's own
                self._cache.put("dataset", key, Read(dataset, replace(stored, paths=tuple(paths))))
                return
            create = stored.create.replace(str(begun), str(path))
            found = replace(stored, create=create, paths=(path,), file=path, sha256=sha256(begun))
            os.replace(begun, path)
            self._cache.put("dataset", key, Read(dataset, found), path)
            taken = self._prints.of(dataset.name)
            if taken is not None and taken.content is not None:
                again = self._earlier_key(dataset.name, taken.content, taken.described)
                self._cache.put("earlier", again, Read(dataset, found))
        except (OSError, EvidenceError):  # of a disk that is full or gone
            return
        finally:
            with contextlib.suppress(OSError):
                begun.unlink(missing_ok=True)

    def answers(self, questions: Iterable[Question], names: Collection[str]) -> dict[Question, AnyAnswer]:
        """The questions that were answered before on the same data."""
        if self._cache is None:
            return {}
        keys = {key: one for one in questions if (key := self._question_key(one, names)) is not None}
        return {keys[key]: found for key, found in self._cache.get_all(keys).items()}

    def keep_answers(self, found: Mapping[Question, AnyAnswer | EvidenceError], names: Collection[str]) -> None:
        if self._cache is None:
            return
        for question, answer in found.items():
            key = None if isinstance(answer, EvidenceError) else self._question_key(question, names)
            if key is not None:
                self._cache.put("answer", key, answer)

    def _once(self, asked: Any, beside: Any, find: Callable[[], str | None]) -> str | None:
        """The key of something that is looked for and then kept; it costs more than many an answer."""
        one, other, key = self._taken.get(id(asked), (None, None, None))
        if one is not asked or other != beside:
            key = find()
            self._taken[id(asked)] = asked, beside, key
        return key

    def _question_key(self, question: Question, names: Collection[str]) -> str | None:
        return self._once(question, set(names), lambda: self._key_of(question, names))

    def _key_of(self, question: Question, names: Collection[str]) -> str | None:
        """A question names the datasets that it is about, in a field or in its SQL."""
        try:
            found = walked(question)
        except TypeError:
            return None
        said = "\n".join(texts_in(found)).casefold()  # SQL tells no capitals apart
        named = [name for name in names if name.casefold() in said or name.casefold().replace('"', '""') in said]
        return self._on("answer", repr(found), named)

    def _on(self, kind: str, text: str, names: Iterable[str]) -> str | None:
        keys = {name: self.key(name) for name in sorted(names)}
        return None if None in keys.values() or not keys else digest([kind, text, keys])

    def told(self, kind: str, dataset: Dataset, asked: Any) -> tuple[str | None, Any]:
        """The key of something small that is asked of a dataset, and what was found of it before, in a tuple."""
        if self._cache is None:
            return None, None
        key = self._on(kind, digest_text(asked), (dataset.name,))
        return key, None if key is None else self._cache.get(key)

    def tell(self, kind: str, key: str | None, found: Any) -> None:
        if self._cache is not None and key is not None:
            self._cache.put(kind, key, (found,))

    def measured(self, cases: Iterable[BoundCase], strict: Fraction | None) -> dict[int, Measured]:
        """By the position of the case: what it came to before."""
        if self._cache is None:
            return {}
        keys: dict[str, list[int]] = {}
        for index, case in enumerate(cases):
            if (key := self._case_key(case, strict)) is not None:
                keys.setdefault(key, []).append(index)
        return {index: found for key, found in self._cache.get_all(keys).items() for index in keys[key]}

    def keep_measured(self, case: BoundCase, strict: Fraction | None, found: Measured) -> None:
        if self._cache is not None and found.error is None and (key := self._case_key(case, strict)) is not None:
            self._cache.put("measured", key, found)

    def _case_key(self, case: BoundCase, strict: Fraction | None) -> str | None:
        return self._once(case, strict, lambda: self._key_of_case(case, strict))

    def _key_of_case(self, case: BoundCase, strict: Fraction | None) -> str | None:
        names = {dataset.name for dataset in case.datasets}
        try:
            text = digest_text([case.case.claim.model_dump(exclude={*BESIDE, "statement"}), strict])
        except TypeError:
            return None
        return self._on("measured", text, names)

    def run_key(self, spoken: Any) -> str | None:
        """The key of a whole run by all that was said for it: files of claims, manifests, options."""
        if self._cache is None or self.instead:
            return None
        return digest(["run", program.whole(), self._root, digest_text(spoken)])

    def run(self, key: str | None) -> Any | None:
        """A whole run that was kept under the same specs, if the data are the same too."""
        if self._cache is None or key is None:
            return None
        found = self._cache.get(key)
        if found is None:
            return None
        keys, run = found
        self._prints.of_all(list(keys))
        return run if all(self.key(name) == kept for name, kept in keys.items()) else None

    def keep_run(self, key: str | None, names: Iterable[str], run: Any) -> None:
        keys = {name: self.key(name) for name in names}
        if self._cache is not None and key is not None and None not in keys.values():
            self._cache.put("run", key, (keys, run))

    def commit(self) -> list[str]:
        """Keeps what is new, unless a file that was read is another now than when its digest was taken: such files
        are returned, and nothing of this run is kept."""
        if self._cache is None:
            return []
        try:
            changed = self._prints.changed(self._fresh)
        except EvidenceError:  # what was read is of the versions that were named, but keeping it would be a guess
            self._cache.forget()
            changed = []
        if changed:
            self._cache.forget()
        self._cache.commit()
        return changed
