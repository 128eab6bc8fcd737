"""Twitter's API v2 as twarc2 saves it: one JSON value a line, flattened tweets or whole pages of them, also mixed.

A record is a tweet (a user, a count), or a line that is none. Columns are called as twarc-csv calls them. Files of
flattened tweets are looked at once, for their keys, and read once; pages are taken apart and joined first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Reject
from factcheck.evidence.engines.names import literal
from factcheck.evidence.formats import files
from factcheck.evidence.formats.encodings import encoding_of
from factcheck.evidence.formats.exports import twarc_head
from factcheck.evidence.formats.exports.twarc_columns import REFERENCE, Origin, has_entities, made, no_list, own
from factcheck.evidence.formats.exports.twarc_fields import OBJECTS, PRESET, RETWEETED, known
from factcheck.evidence.formats.exports.twarc_pages import Joined, join, reference, take_apart
from factcheck.evidence.formats.exports.twarc_survey import LONGEST, PAGE, Survey, fault_sql, survey
from factcheck.evidence.formats.source import Job, Note, Rejected, Source, SourceColumn

__all__ = ["PRESET", "head", "open"]
_SAMPLE = 2000
_TOLD = 10  # kinds of errors that are listed


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns, from the objects at the beginning of the files."""
    found = twarc_head.look(job)
    columns, _ = made(found.main or "tweets", [Origin((), "t", found.tree)], found.types, _references(found))
    return columns


def open(job: Job) -> Source:
    """All objects of the kind that the files hold, a row each."""
    prepared = _prepared(job)
    lines = f"{job.label}_lines"
    job.engine.execute(f"CREATE OR REPLACE TEMP VIEW {lines} AS {_lines(list(prepared))}")
    found = _survey(job, lines, prepared)
    if PAGE in found.kinds:
        return _of_pages(job, lines, prepared)
    _check(found, prepared)
    where = f" WHERE ({fault_sql(found)}) IS NULL" if found.faulty else ""
    shape = literal(json.dumps(_flat_shape(found)))
    relation = f"(SELECT json AS t_json, json_transform(json, {shape}) AS t FROM {lines}{where})"
    if found.main == "tweets":
        picked = ", ".join(f"{_last(kind)} AS {name}" for kind, name in _REFERRED)
        packed = ", ".join(f"{_packed(name)} AS {name}" for _, name in _REFERRED)
        relation = f"(SELECT t_json, t, {packed} FROM (SELECT *, {picked} FROM {relation}))"
    records = f"(SELECT row_number() OVER () AS line, json FROM {lines})"
    return _source(job, Joined(relation, [Origin((), "t", found.tree)], found.cut), found, records, prepared)


def _survey(job: Job, lines: str, prepared: dict[Path, str]) -> Survey:
    try:
        return survey(job.engine, lines, OBJECTS, refer=True)
    except EvidenceError as error:
        if "maximum_object_size" not in error.message:
            raise
        shown = ", ".join(prepared.values())
        message = f"{shown}: a line is longer than {LONGEST >> 20} MB, too long for a tweet or a page of them"
        raise EvidenceError(message) from error


_REFERRED = (("retweeted", "rt"), ("replied_to", "rp"), ("quoted", "qt"))


def _last(kind: str) -> str:
    return f"list_filter(t.referenced_tweets, lambda x: x.type = '{kind}')[-1]"


def _packed(name: str) -> str:
    """What is needed of a tweet that is referred to: its lists only where they become those of a retweet."""
    return f"CASE WHEN {name} IS NOT NULL THEN {reference(name, lists=name == 'rt')} END"


def _flat_shape(found: Survey) -> dict[str, Any]:
    shape = Origin((), "t", found.tree).shape()
    others = {key: inner for key, inner in shape.items() if key.casefold() != "referenced_tweets"}
    return {**others, "referenced_tweets": [REFERENCE]} if found.main == "tweets" else shape


def _of_pages(job: Job, lines: str, prepared: dict[Path, str]) -> Source:
    parts = f"{job.label}_parts"
    take_apart(job.engine, lines, parts)
    data = f"(SELECT line, rowid AS number, json FROM {parts} WHERE role = 'data')"
    found = survey(job.engine, data, OBJECTS)
    notes = _told_by_pages(job, parts)
    _check(found, prepared)
    good = f"(SELECT * FROM {data} WHERE ({fault_sql(found)}) IS NULL)" if found.faulty else data
    joined = join(job.engine, parts, good, found, job.label)
    records = f"{job.label}_faults"
    if found.faulty:
        kept = f"SELECT line, json FROM {data} WHERE ({fault_sql(found)}) IS NOT NULL"
        job.engine.execute(f"CREATE OR REPLACE TEMP TABLE {records} AS {kept} ORDER BY number")
    job.engine.execute(f"DROP TABLE {parts}")
    source = _source(job, joined, found, records, prepared)
    source.notes.extend(notes)
    return source


def _prepared(job: Job) -> dict[Path, str]:
    """The files as the engine can read them, plain and in UTF-8, and how each is shown."""
    prepared: dict[Path, str] = {}
    for number, path in enumerate(job.files):
        shown, target = job.show(path), job.scratch / f"{job.label}-{number}.jsonl"
        plain = files.plain(path, target.with_suffix(".plain.jsonl"), shown)
        encoding = encoding_of(plain, job.reading, shown, whole=True)
        plain = plain if files.is_utf8(encoding) else files.decode_to(plain, str(encoding), target, shown)
        prepared[plain] = shown
    if all(files.head(path, 1) == b"" for path in prepared):
        raise EvidenceError(f"{', '.join(prepared.values())} is empty")
    return prepared


def _lines(paths: list[Path]) -> str:
    listed = "[" + ", ".join(literal(str(path)) for path in paths) + "]"
    return f"SELECT json FROM read_ndjson_objects({listed}, ignore_errors=true, maximum_object_size={LONGEST})"


def _check(found: Survey, prepared: dict[Path, str]) -> None:
    if found.main is None:
        shown = ", ".join(prepared.values())
        raise EvidenceError(
            f"{shown}: no line holds a tweet, a user or a count, and no page of them; "
            "if the file is not from twarc, write format: jsonl"
        )


def _told_by_pages(job: Job, parts: str) -> list[Note]:
    """What pages say of objects that they do not hold, and which of them hold none."""
    notes: list[Note] = []
    title, what = "coalesce(json ->> '$.title', 'no title')", "coalesce(json ->> '$.resource_type', 'other')"
    frame = job.engine.run(
        f"SELECT {title} AS title, {what} AS what, count(*) AS n FROM {parts} WHERE role = 'errors' "
        "GROUP BY ALL ORDER BY n DESC, title, what"
    )
    if errors := [(title, what, int(n)) for title, what, n in frame.rows()]:
        listed = ", ".join(f"{title} ({what}): {n:,}" for title, what, n in errors[:_TOLD])
        total = sum(n for *_, n in errors)
        told = f"{total:,} {'error' if total == 1 else 'errors'}"
        notes.append(Note("twarc-errors", {"count": told, "listed": listed}))
    (empty,) = job.engine.run(f"SELECT count(*) FROM {parts} WHERE role = 'page' AND json ->> '$.empty' = 'true'").one()
    if empty:
        notes.append(Note("twarc-empty-pages", {"pages": f"{empty:,} {'page holds' if empty == 1 else 'pages hold'}"}))
    return notes


def _references(found: Survey) -> dict[str, SourceColumn]:
    """Columns made from the tweets that a tweet refers to; `inner` those that canonical ones alone need."""
    if found.main != "tweets":
        return {}
    shown = "referenced_tweets" in found.tree.get((), ())
    texts = {
        f"{RETWEETED}.id": "rt.id",
        "referenced_tweets.replied_to.id": "rp.id",
        "referenced_tweets.quoted.id": "qt.id",
        "in_reply_to_username": "rp.username",
        "retweeted_user_id": "rt.user_id",
        "retweeted_username": "rt.username",
        "quoted_user_id": "qt.user_id",
        "quoted_username": "qt.username",
    }
    columns = {name: known(SourceColumn(name, sql, inner=not shown)) for name, sql in texts.items()}
    columns[f"{RETWEETED}.text"] = SourceColumn(f"{RETWEETED}.text", "rt.text", inner=True)
    entities, none = found.tree.get(("entities",), {}), no_list(has_entities(found.tree))
    for field in ("hashtags.tag", "urls.expanded_url", "mentions.username"):
        key = field.partition(".")[0]
        original, mine = f"{RETWEETED}.entities.{field}", f"entities.{field}"
        columns[original] = SourceColumn(original, f'rt."{field}"', "VARCHAR[]", inner=True)
        if key in entities:
            columns[mine] = SourceColumn(mine, own(field, f't."entities"."{key}"', none), "VARCHAR[]", inner=True)
    return columns


def _source(job: Job, joined: Joined, found: Survey, records: str, prepared: dict[Path, str]) -> Source:
    columns, notes = made(found.main or "tweets", joined.origins, found.types, _references(found))
    columns = _sampled(job, joined.relation, columns)
    if joined.cut:
        count = f"{joined.cut:,} {'retweet is' if joined.cut == 1 else 'retweets are'}"
        notes.append(Note("twarc-cut-off", {"count": count}, "text"))
    relation, columns = _laid_out(joined.relation, columns)

    def rejected() -> Rejected:
        counted = _rejected(job, found, records, prepared)
        for kind, name in (("TABLE", "tweets"), ("TABLE", "faults"), ("VIEW", "lines")):
            job.engine.execute(f"DROP {kind} IF EXISTS {job.label}_{name}")
        return counted

    return Source(relation, columns, rejected, notes=notes)


def _laid_out(relation: str, columns: dict[str, SourceColumn]) -> tuple[str, dict[str, SourceColumn]]:
    """A relation in which every value is made once, however often its conversion names it."""
    labels = {name: f"c{number}" for number, name in enumerate(columns)}
    listed = ", ".join(f"{columns[name].sql} AS {label}" for name, label in labels.items())
    return f"(SELECT {listed} FROM {relation})", {n: replace(c, sql=labels[n]) for n, c in columns.items()}


def _sampled(job: Job, relation: str, columns: dict[str, SourceColumn]) -> dict[str, SourceColumn]:
    """The columns with some of their values, where these have to tell the type."""
    asked = [
        c for c in columns.values() if c.type is None and not c.inner and (c.stated is None or c.stated.type is None)
    ]
    if not asked:
        return columns
    select = ", ".join(f"{column.sql} AS c{i}" for i, column in enumerate(asked))
    frame = job.engine.run(f"SELECT {select} FROM {relation} LIMIT {_SAMPLE}")
    samples = {column.name: tuple(frame.values(i)) for i, column in enumerate(asked)}
    return {name: replace(c, sample=samples.get(name, ())) for name, c in columns.items()}


def _rejected(job: Job, found: Survey, records: str, prepared: dict[Path, str]) -> Rejected:
    """What could not be a row: how many, and the first by file and line."""
    if not found.faulty:
        return Rejected()
    faults = f"SELECT line, {fault_sql(found)} AS reason, json::VARCHAR AS json FROM {records}"
    faults = f"SELECT * FROM ({faults}) WHERE reason IS NOT NULL"
    (count,) = job.engine.run(f"SELECT count(*) FROM ({faults})").one()
    first = job.engine.run(f"SELECT * FROM ({faults}) ORDER BY line LIMIT {job.most_rejects}").rows()
    places = _places(prepared, {int(line) for line, *_ in first})
    rejects = []
    for line, reason, text in first:
        shown, number, whole = places[int(line)]
        rejects.append(Reject(shown, number, reason, job.record(text if text is not None else whole)))
    return Rejected(int(count), tuple(sorted(rejects, key=lambda reject: (reject.file, reject.line or 0))))


def _places(prepared: dict[Path, str], wanted: set[int]) -> dict[int, tuple[str, int, str]]:
    """File, line and text of lines that are counted across the files, blank ones left out."""
    found: dict[int, tuple[str, int, str]] = {}
    count = 0
    for path, shown in prepared.items():
        for number, line in enumerate(_raw_lines(path), start=1):
            count += bool(line.strip(b" \t\r\n"))
            if line.strip(b" \t\r\n") and count in wanted:
                found[count] = (shown, number, line.decode("utf-8", "replace").strip())
    return found


def _raw_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from stream
