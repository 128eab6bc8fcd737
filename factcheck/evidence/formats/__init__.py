"""File formats: a module per format. The name is what `format` says, or how the file's name ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePath
from typing import cast

from factcheck.errors import EvidenceError
from factcheck.evidence.formats.files import ending
from factcheck.evidence.formats.foreign import foreign_module
from factcheck.evidence.formats.presets import Preset, apply, made_from
from factcheck.evidence.formats.source import Format, Job, Note, Source, SourceColumn

# How a file is written.
FORMATS = {
    "csv": "csv",
    "tsv": "csv",
    "txt": "csv",
    "tab": "csv",
    "reported": "reported",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "parquet": "parquet",
    "xlsx": "sheet",
    "xls": "sheet",
    "xlsb": "sheet",
    "ods": "sheet",
    "sqlite": "sqlite",
    "duckdb": "duckdb_file",
}

# What holds tables, of which `table` names one.
DATABASES = ("sqlite", "duckdb")

# Two datasets each, `name.nodes` and `name.edges`.
NETWORKS = {
    "gexf": "networks.gexf",
    "graphml": "networks.graphml",
    "gml": "networks.gml",
    "gephi": "networks.gephi",
    "edges": "networks.edges",
    "sigma": "networks.sigma",
}

# What wrote it: exports of tools, in one of the forms above.
EXPORTS = {
    "twarc": "exports.twarc",
    "twarc-csv": "exports.twarc_csv",
    "twint": "exports.twint",
    "tags": "exports.tags",
    "4cat": "exports.four_cat",
    "crowdtangle": "exports.crowdtangle",
    "x-archive": "exports.x_archive",
    "meltwater": "exports.meltwater",
    "brandwatch": "exports.brandwatch",
    "coortweet": "exports.coortweet",
}
_ROOM = "factcheck.evidence.formats"
_TEXTS = ("csv", "jsonl")
_FEWEST = 2  # canonical columns that an export must give to be taken for one


def format_module(name: str) -> Format:
    """The module of a format; KeyError where there is none."""
    if name in EXPORTS:
        module = import_module(f"{_ROOM}.{EXPORTS[name]}")
        return cast(Format, module) if hasattr(module, "open") else Exported(module.PRESET)
    if name not in FORMATS and name not in NETWORKS:
        return foreign_module(name)
    return cast(Format, import_module(f"{_ROOM}.{(FORMATS | NETWORKS)[name]}"))


def presets_of(base: str) -> Iterator[Preset]:
    """The exports that come in files of a kind (csv, jsonl, parquet)."""
    for room in EXPORTS.values():
        preset: Preset = import_module(f"{_ROOM}.{room}").PRESET
        if base in preset.bases:
            yield preset


def names_of_formats() -> list[str]:
    """What `format` may say."""
    return [*FORMATS, *EXPORTS, *NETWORKS]


def is_network(stated: str | None, patterns: Sequence[str]) -> bool:
    """True where a dataset of these files is two: nodes and edges."""
    if stated is not None:
        return stated.lower() in NETWORKS
    return bool(patterns) and all(ending(PurePath(pattern)) in NETWORKS for pattern in patterns)


@dataclass(frozen=True)
class Exported:
    """An export whose files are read as others of their kind, its canonical columns added."""

    preset: Preset

    def head(self, job: Job) -> dict[str, SourceColumn]:
        job = self._below(job)
        columns = self._base(job).head(job)
        self._check(job, columns)
        return apply(self.preset, columns)

    def open(self, job: Job) -> Source:
        job = self._below(job)
        return self._added(job, self._base(job).open(job))

    def _below(self, job: Job) -> Job:
        """The job without the lines above the headings, where such an export has them and nobody says how many."""
        if not self.preset.preamble or job.reading.skip:
            return job
        from factcheck.evidence.formats.recognise import headings_below

        above = {path: headings_below(job, path)[0] for path in job.files}
        first, skip = next(iter(above.items()))
        for path, lines in above.items():
            if lines != skip:
                raise EvidenceError(
                    f"{job.show(path)} has {lines} lines above its headings and {job.show(first)} has {skip}: "
                    f"make a dataset of each, or take the lines out"
                )
        return replace(job, reading=replace(job.reading, skip=skip))

    def _added(self, job: Job, source: Source) -> Source:
        self._check(job, source.columns)
        mended = source.mended
        again = (lambda: self._added(job, mended())) if mended is not None else None
        proof = source.proof
        sure = replace(proof, exact=lambda: self._added(job, proof.exact())) if proof is not None else None
        return replace(source, columns=apply(self.preset, source.columns), mended=again, proof=sure)

    def _check(self, job: Job, columns: Mapping[str, SourceColumn]) -> None:
        """A file with next to none of the headings is no such export, and must not be read as one."""
        if len(made_from(self.preset, columns)) < _FEWEST:
            listed = ", ".join(f"'{name}'" for name in list(columns)[:8])
            raise EvidenceError(
                f"{job.show(job.files[0])} does not look like a {self.preset.title}: its headings are {listed}; "
                f"leave 'format' out, or write the one that it is"
            )

    def _base(self, job: Job) -> Format:
        base = FORMATS.get(ending(job.files[0]), self.preset.bases[0])
        if base == "sheet" and "csv" in self.preset.bases:  # opened in a spreadsheet, and saved there
            return format_module("xlsx")
        return format_module(base if base in self.preset.bases else self.preset.bases[0])


def key_of(kind: str, columns: Collection[str]) -> tuple[str, ...]:
    """The column by which rows of an export are known, where the manifest names none; nothing for other formats."""
    if kind not in EXPORTS:
        return ()
    preset: Preset = import_module(f"{_ROOM}.{EXPORTS[kind]}").PRESET
    return (preset.key,) if preset.key in columns else ()


def is_plain_text(kind: str, paths: Sequence[PurePath]) -> bool:
    """True where the heads of the files are looked at as text, in Python alone: no engine, no archive, no XML."""
    text = kind in EXPORTS or kind == "reported" or FORMATS.get(kind) in _TEXTS
    return text and all(FORMATS.get(ending(p)) in _TEXTS for p in paths)


def settled(kind: str, stated: bool, job: Job) -> tuple[str, list[Note]]:
    """The format to read files with: what the manifest states, or what their headings tell, with a note of that."""
    from factcheck.evidence.formats.recognise import first_names, headings_below, recognise

    base = FORMATS.get(kind)
    if stated or base not in ("csv", "jsonl", "parquet"):
        return kind, []
    found = recognise(first_names(base, job), base)
    if found is None and base == "csv" and not job.reading.skip:
        found = recognise(headings_below(job, job.files[0])[1], base, below=True)
    if found is None:
        return kind, []
    note = Note("recognised", {"title": found.title, "format": found.name, "headings": found.shown, "plain": base})
    return found.name, [note]
