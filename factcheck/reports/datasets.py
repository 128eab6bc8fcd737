"""`factcheck data`: the datasets of a project, and everything about one of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from factcheck.evidence.dataset import Dataset
from factcheck.evidence.manifest import ManifestSource
from factcheck.reports import undescribed as unnamed
from factcheck.reports.amounts import moment
from factcheck.reports.columns import columns
from factcheck.reports.escape import plain
from factcheck.reports.evidence import period_text
from factcheck.reports.locale import integer
from factcheck.reports.page import Page
from factcheck.reports.words import listed

REJECTS = 10  # shown; `--keep-rejects` writes them all
DESCRIBE = (
    "describe one in evidence/, for example evidence/posts.yaml with the line datasets: {posts: {files: posts.csv}}"
)
_MEANS = {
    "complete": "every row that there is",
    "random sample": "rows drawn at random",
    "partial": "some rows; nobody knows how they were chosen",
}


def listing(
    sources: Sequence[ManifestSource], format: str, undescribed: Sequence[str] = (), *, color: bool = False
) -> str:
    """Every dataset with its title, completeness and where its manifest stands, and files that belong to none."""
    rows = [_listed(source) for source in sorted(sources, key=lambda source: source.name)]
    if format == "json":
        return json.dumps({"datasets": rows, "undescribed": list(undescribed)}, indent=2, ensure_ascii=False) + "\n"
    advice = unnamed.advice(undescribed, {source.name for source in sources})
    if not rows:
        return f"This project has no datasets.\n\n{advice}" if advice else f"This project has no datasets; {DESCRIBE}\n"
    page = Page(color=color)
    for row in rows:
        page.heading(row["dataset"], row["title"])
        page.line(f"{row['completeness'] or 'completeness not stated'}; {_made(row)}", indent=4)
        page.line(f"{row['manifest']}:{row['line']}", "dim", indent=4)
    count = f"{integer(len(rows))} {'dataset' if len(rows) == 1 else 'datasets'}"
    page.line(f"\n{count}; `factcheck data NAME` tells all about one.")
    return page.text() + (f"\n{advice}" if advice else "")


def _listed(source: ManifestSource) -> dict[str, Any]:
    model = source.model
    return {
        "dataset": source.name,
        "title": model.title,
        "completeness": model.completeness,
        "format": model.format or ("query" if model.query else None),
        "files": list(model.files),
        "manifest": source.file,
        "line": source.line,
    }


def _made(row: Mapping[str, Any]) -> str:
    """Where the rows come from."""
    if row["files"]:
        more = f" and {len(row['files']) - 2} more" if len(row["files"]) > 2 else ""
        stated = f" ({row['format']})" if row["format"] else ""
        return f"{', '.join(row['files'][:2])}{more}{stated}"
    return "made by a query" if row["format"] == "query" else "a table in a database"


def one(
    found: Mapping[str, Any],
    dataset: Dataset,
    format: str,
    *,
    color: bool = False,
    width: int | None = None,
    claims: str = "",
) -> str:
    """A dataset's provenance, ledger and columns; the JSON form is that of the design, with more beside it.

    claims: example claims as a claim file has them, for the terminal.
    """
    if format == "json":
        told = {**found, "about": _about(dataset)}
        return json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    page = Page(color=color, width=width)
    page.heading(dataset.name, dataset.title)
    if dataset.represents:
        page.line(f"represents {dataset.represents}")
    page.line(f"{dataset.completeness or 'completeness not stated'}, format {found['format']}")
    _ledger(page, found)
    page.line("")
    _provenance(page, dataset)
    _files(page, found)
    _reading(page, found)
    columns(page, found)
    if claims:
        page.line("")
        page.line("What could be claimed and is true of these rows, to be copied into a claim file:", "bold")
        page.line("")
        page.verbatim(claims)
    return page.text()


def _ledger(page: Page, found: Mapping[str, Any]) -> None:
    ledger, key = found["ledger"], found["key"]
    text = (
        f"{_number(ledger['records'], 'record')} = {integer(ledger['loaded'])} loaded + "
        f"{integer(ledger['rejected'])} rejected "
        f"+ {integer(ledger['dropped'])} dropped; {_number(ledger['duplicates'], 'duplicate')}"
    )
    if key["null"]:
        text += f", {integer(key['null'])} without a key"
    page.line(text, "bold" if not ledger["rejected"] else "bold red")


def _provenance(page: Page, dataset: Dataset) -> None:
    """What the manifest says of the whole dataset."""
    page.field("a row is", f"one {dataset.unit}" if dataset.unit else None)
    page.field("complete?", _MEANS.get(dataset.completeness or ""))
    page.field("key", ", ".join(dataset.key))
    page.field("counts", f"each row stands for as many as {dataset.counts} says" if dataset.counts else None)
    page.field("collected", _collected(dataset))
    page.field("source", " ".join(filter(None, (dataset.source_title, dataset.source_url))))
    page.field("licence", dataset.licence or "none stated")
    page.field("made from", ", ".join(dataset.reads))
    page.field("described", f"{dataset.place.file}:{dataset.place.line}" if dataset.place else None)
    if dataset.synthetic:
        page.field("synthetic", "made by a script, not collected", "yellow")
    for caveat in dataset.caveats:
        page.field("caveat", caveat, "yellow")


def _collected(dataset: Dataset) -> str:
    collected = dataset.collected
    parts = [
        f"by {collected.by}" if collected.by else "",
        f"with {collected.with_}" if collected.with_ else "",
        f"on {moment(collected.date)}" if collected.date else "",
    ]
    told = [" ".join(filter(None, parts))]
    told += [f"covers {period}" if (period := period_text(collected)) else ""]
    told += [f"from {listed(list(collected.platforms))}" if collected.platforms else ""]
    return "; ".join(filter(None, told))


def _files(page: Page, found: Mapping[str, Any]) -> None:
    words = {"unchanged": "as pinned", "changed": "CHANGED since it was pinned", "not pinned": "not pinned"}
    for file in found["files"]:
        pin = found["pins"][file["path"]]
        told = f"{file['path']}, {integer(file['bytes'])} bytes, {words[pin]}"
        page.field("file", told, "red" if pin == "changed" else "")
        page.field("sha256", file["sha256"] or "–", "dim")
        if "version" in file:
            page.field("version", f"{file['version']} (ETag of the store)", "dim")


def _reading(page: Page, found: Mapping[str, Any]) -> None:
    """What happened to records on the way: rejects, rows dropped, values lost, and what reading noticed."""
    ledger = found["ledger"]
    told = list(_losses(found))
    if not (ledger["rejected"] or ledger["dropped"] or told or found["notes"]):
        return
    page.line("")
    for reject in found["rejects"][:REJECTS]:
        line = f":{reject['line']}" if reject["line"] is not None else ""
        page.line(f"rejected {reject['file']}{line}: {reject['reason']}", "red")
    if ledger["rejected"] > REJECTS:
        more = integer(ledger["rejected"] - REJECTS)
        page.line(f"… and {more} more rejected; --keep-rejects DIR writes them all", "red")
    by_rule = found["dropped_by_rule"]
    for n, why in ((by_rule, f"by the rule {found['drop']}"), (ledger["dropped"] - by_rule, "as repeated keys")):
        if n:
            page.line(f"dropped {_number(n, 'record')} {why}")
    for text in told:
        page.line(text, "red")
    for note in found["notes"]:
        page.line(f"noticed: {note}", "yellow")


def _losses(found: Mapping[str, Any]) -> Iterator[str]:
    for column in found["columns"]:
        if column["lost"]:
            examples = found.get("lost_examples", {}).get(column["name"], ())
            shown = f", such as {', '.join(repr(plain(text))[:60] for text in examples)}" if examples else ""
            what = f"lost {_number(column['lost'], 'value')} of {column['name']}"
            made = found["details"][column["name"]]["made_from"]
            zone = ", or whose time zone is not known for certain" if made and column["type"] == "timestamp" else ""
            yield f"{what}, which cannot be read as {column['type']}{zone}{shown}"


def _number(count: int, noun: str) -> str:
    return f"{integer(count)} {noun}{'' if count == 1 else 's'}"


def _about(dataset: Dataset) -> dict[str, Any]:
    """Title and provenance, for JSON."""
    collected = dataset.collected
    return {
        "title": dataset.title,
        "represents": dataset.represents,
        "unit": dataset.unit,
        "completeness": dataset.completeness,
        "collected": {
            "by": collected.by,
            "with": collected.with_,
            "date": collected.date,
            "from": collected.from_,
            "to": collected.to,
            "platforms": list(collected.platforms),
        },
        "source": {"title": dataset.source_title, "url": dataset.source_url},
        "licence": dataset.licence,
        "caveats": list(dataset.caveats),
        "synthetic": dataset.synthetic,
        "made_from": list(dataset.reads),
    }
