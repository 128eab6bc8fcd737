"""A run as an archive: an RO-Crate 1.3 (w3id.org/ro/crate/1.3), a folder that says of itself what lies in it.

The folder is a project too: `factcheck check` in it repeats the check with the files enclosed. A file that is left out,
because of its licence or its size, is described with its sha256, so that whoever has it can put it back.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from factcheck.evidence.dataset import Dataset
from factcheck.reports import html, markdown, repeat, results
from factcheck.reports.ci import told
from factcheck.reports.dossier import Dossier, File, Options, dossiers, shown
from factcheck.reports.enclosed import Enclosed, datasets_of, enclosed
from factcheck.reports.escape import address, plain
from factcheck.reports.rating import rating_text
from factcheck.reports.results import text as encoded
from factcheck.reports.run import Run, in_utc
from factcheck.reports.words import outcome_words, say
from factcheck.verdicts.verdict import Outcome, Verdict

FOLDER = PurePosixPath("ro-crate")
METADATA = "ro-crate-metadata.json"
SPECIFICATION = "https://w3id.org/ro/crate/1.3"
_MEDIA = {
    ".json": "application/json", ".yaml": "application/yaml", ".yml": "application/yaml", ".md": "text/markdown",
    ".html": "text/html", ".svg": "image/svg+xml", ".csv": "text/csv", ".tsv": "text/tab-separated-values",
    ".gz": "application/gzip", ".parquet": "application/vnd.apache.parquet",
}  # fmt: skip


def text(dossier: Dossier, options: Options) -> str:
    """The description of the archive alone."""
    described = next(file for file in files(dossiers(dossier.run, options), options) if file.path.name == METADATA)
    return str(described.content)


def files(dossiers: Sequence[Dossier], options: Options) -> list[File]:
    """The archive of a whole run, whatever reports it has."""
    if not dossiers:
        return []
    run, verdicts = dossiers[0].run, shown(dossiers)
    behind = enclosed(run, verdicts)
    made = {
        "results.json": results.render(run),
        "REPEAT.md": repeat.text(run, verdicts, behind),
        **{f"reports/{file.path}": file.content for form in (markdown, html) for file in form.files(dossiers, options)},
    }
    made |= {one.path: one.content for one in behind if one.content is not None}
    graph = _graph(run, verdicts, behind, made)
    return [File(FOLDER / path, content) for path, content in {METADATA: graph, **made}.items()]


def _graph(run: Run, verdicts: Sequence[Verdict], behind: Sequence[Enclosed], made: dict[str, str | bytes]) -> str:
    project = {one.path: one for one in behind}
    entities = [_file(path, content, project.get(path)) for path, content in made.items()]
    entities += [_absent(one) for one in behind if one.content is None]
    programs = [_program(name, version) for name, version in repeat.libraries().items()]
    actions = [_run(run, behind, programs), *(_assessment(run, verdict) for verdict in verdicts)]
    graph = [
        {"@id": METADATA, "@type": "CreativeWork", "about": _ref("./"), "conformsTo": _ref(SPECIFICATION)},
        {
            "@id": "./",
            "@type": "Dataset",
            "name": plain(run.title or say("crate-name")),
            "description": say("crate-description"),
            "datePublished": _moment(run),
            "license": _ref("#licence"),
            "hasPart": [_ref(entity["@id"]) for entity in entities],
            "mentions": [_ref(entity["@id"]) for entity in actions],
        },
        {"@id": "#licence", "@type": "CreativeWork", "name": say("crate-terms"), "description": say("crate-each")},
        *entities,
        *(_dataset(dataset, project) for dataset in datasets_of(verdicts)),
        *map(_claim, verdicts),
        *actions,
        *programs,
    ]
    described = {"@context": f"{SPECIFICATION}/context", "@graph": graph}
    return encoded(json.dumps(described, ensure_ascii=False, allow_nan=False, indent=2)) + "\n"


def _ref(id: str) -> dict[str, str]:
    return {"@id": id}


def _moment(run: Run) -> str:
    return in_utc(run.started).strftime("%Y-%m-%dT%H:%M:%SZ")


def _where(one: Enclosed) -> str:
    """The entity of a file: one that is left out has a name of its own, for nothing lies at its path."""
    return quote(os.fsencode(one.path)) if one.content is not None else f"#{quote(os.fsencode(one.path))}"


def _file(path: str, content: str | bytes, source: Enclosed | None) -> dict[str, Any]:
    data = content.encode("utf-8") if isinstance(content, str) else content
    entity = {
        "@id": quote(os.fsencode(path)),
        "@type": "File",
        "name": plain(path),
        "description": _role(path, source),
        "encodingFormat": _MEDIA.get(PurePosixPath(path).suffix, "application/octet-stream"),
        "contentSize": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    return entity | _terms(source)


def _role(path: str, source: Enclosed | None) -> str:
    if source is not None:
        return say(f"crate-is-{source.role}")
    return say({"results.json": "crate-is-results", "REPEAT.md": "crate-is-repeat"}.get(path, "crate-is-report"))


def _absent(one: Enclosed) -> dict[str, Any]:
    known = {
        "@id": _where(one),
        "@type": "File",
        "name": plain(one.path),
        "description": f"{say('crate-left-out')} {say(str(one.why))}",
        "localPath": one.path,
        "contentSize": None if one.size is None else str(one.size),
        "sha256": one.sha256,
    }
    return {key: value for key, value in known.items() if value is not None} | _terms(one)


def _terms(source: Enclosed | None) -> dict[str, Any]:
    """The licence of a data file, and where it comes from."""
    datasets = () if source is None else source.datasets
    licences = [plain(one.licence) for one in datasets if one.licence]
    urls = [url for one in datasets if one.source_url and (url := address(one.source_url))]
    return {
        **({"license": ", ".join(dict.fromkeys(licences))} if licences else {}),
        **({"isBasedOn": list(dict.fromkeys(urls))} if urls else {}),
    }


def _dataset(dataset: Dataset, project: dict[str, Enclosed]) -> dict[str, Any]:
    marked = [say("synthetic-data")] if dataset.synthetic else []
    known = {
        "@id": _dataset_id(dataset),
        "@type": "Dataset",
        "name": plain(dataset.title or dataset.name),
        "description": plain(": ".join([*marked, dataset.represents or dataset.name])),
        "license": plain(dataset.licence) if dataset.licence else None,
        "creditText": plain(dataset.collected.by) if dataset.collected.by else None,
        "hasPart": [_ref(_where(project[file.path])) for file in dataset.files],
        "isBasedOn": [_ref(_dataset_id(one)) for one in dataset.made_from],
    }
    return {key: value for key, value in known.items() if value}


def _dataset_id(dataset: Dataset) -> str:
    return f"#dataset-{quote(dataset.name, safe='')}"


def _claim(verdict: Verdict) -> dict[str, Any]:
    id = f"#claim-{quote(verdict.id, safe='')}"
    return {"@id": id, "@type": "Claim", "name": plain(verdict.id), "text": plain(verdict.claim.statement)}


def _assessment(run: Run, verdict: Verdict) -> dict[str, Any]:
    """The verdict on a claim; one on synthetic evidence says so, and has no rating, which is for the world."""
    failed = verdict.outcome is Outcome.ERROR
    mark = f"{say('synthetic-data')}: " if verdict.synthetic else ""
    action: dict[str, Any] = {
        "@id": f"#verdict-{quote(verdict.id, safe='')}",
        "@type": "AssessAction",
        "name": outcome_words(verdict.outcome).word,
        "additionalType": verdict.outcome.value,
        "description": mark + told(verdict),
        "object": [_ref(f"#claim-{quote(verdict.id, safe='')}"), *map(_ref, map(_dataset_id, datasets_of([verdict])))],
        "result": _ref("results.json"),
        "instrument": _ref(f"#{repeat.PACKAGE}"),
        "endTime": _moment(run),
        "actionStatus": f"http://schema.org/{'Failed' if failed else 'Completed'}ActionStatus",
    }
    if failed:
        action["error"] = plain(verdict.error or "")
    rating = None if verdict.synthetic else rating_text(verdict)
    return action if rating is None else {**action, "alternateName": plain(rating)}


def _run(run: Run, behind: Sequence[Enclosed], programs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "@id": "#check",
        "@type": "CreateAction",
        "name": say("crate-check"),
        "instrument": [_ref(program["@id"]) for program in programs],
        "object": [_ref(_where(one)) for one in behind],
        "result": _ref("results.json"),
        "endTime": _moment(run),
        "actionStatus": "http://schema.org/CompletedActionStatus",
    }


def _program(name: str, version: str) -> dict[str, Any]:
    return {"@id": f"#{name}", "@type": "SoftwareApplication", "name": name, "softwareVersion": version}
