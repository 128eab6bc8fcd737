"""The JSON that sigma.js and graphology draw: {"nodes": […], "edges": […], "clusters": […]}.

A node is an object with `key` or `id`; an edge a pair of keys, or an object with `source` and `target`. The node
column `cluster_label` has the name of its `cluster`, where the file names its clusters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from factcheck.evidence.formats.networks import staged
from factcheck.evidence.formats.networks.jsonstream import Cut, Doubled, JsonStream, Number
from factcheck.evidence.formats.networks.sheet import Sheet
from factcheck.evidence.formats.networks.staged import File, Network
from factcheck.evidence.formats.networks.text import pieces
from factcheck.evidence.formats.source import Job, Source, SourceColumn

_CLUSTER = "cluster"
_NAMES = ("clusterLabel", "label", "name")
_DEEPEST = 32


class _Malformed(Exception):
    """A record that cannot be read, and why."""


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns of the nodes, or of the edges."""
    return staged.head(job, read)


def open(job: Job) -> Source:
    """The nodes, or the edges."""
    return staged.open(job, read)


def read(file: File, network: Network) -> None:
    """One file into the sheets of the network."""
    stream, found, direction = JsonStream(file, pieces(file, network)), set[str](), ""
    try:
        for key in stream.names():
            if key in ("nodes", "edges"):
                found.add(key)
                sheet = network.nodes if key == "nodes" else network.edges
                _records(stream, sheet, _node if key == "nodes" else _edge, direction)
            elif key == "clusters":
                network.nodes.look_up("cluster_label", _CLUSTER, _labels(stream.value()))
            elif key == "options":
                direction = _direction(stream.value())
            else:
                stream.value()
        if len(found) < len(("nodes", "edges")):
            raise stream.wrong("no network: it needs both 'nodes' and 'edges'")
    except Cut:
        return


def _direction(options: Any) -> str:
    kind = options.get("type") if isinstance(options, dict) else None
    return kind if kind in ("directed", "undirected") else ""


def _labels(clusters: Any) -> dict[str, str]:
    """The names of clusters by their keys."""
    labels: dict[str, str] = {}
    for cluster in clusters if isinstance(clusters, list) else ():
        if isinstance(cluster, dict) and (key := _text(cluster.get("key", cluster.get("id")))):
            label = next((text for name in _NAMES if (text := _text(cluster.get(name)))), None)
            if label is not None:
                labels[key] = label
    return labels


def _records(stream: JsonStream, sheet: Sheet, fill: Callable[[Any, Sheet, str], None], direction: str) -> None:
    for record in stream.elements():
        try:
            fill(record, sheet, direction)
        except _Malformed as error:
            sheet.reject(stream.line, str(error), _told(record))
        except RecursionError:
            sheet.reject(stream.line, "values lie too deep in one another")


def _told(record: Any) -> str:
    """The record as JSON; of one that is too deep for that, nothing."""
    try:
        return json.dumps(record, ensure_ascii=True)
    except RecursionError:
        return ""


def _node(record: Any, sheet: Sheet, _: str) -> None:
    if not isinstance(record, dict):
        raise _Malformed("a node that is no object")
    key = _text(record.get("key", record.get("id")))
    if not key:
        raise _Malformed("a node without a key")
    used = "key" if "key" in record else "id"
    values = _values(record, {used})
    _add(sheet, {"id": key}, values, ("label",))


def _edge(record: Any, sheet: Sheet, direction: str) -> None:
    if isinstance(record, list):
        if len(record) != len(("source", "target")):
            raise _Malformed(f"an edge of {len(record)} values: it needs the keys of two nodes")
        record = dict(zip(("source", "target"), record, strict=True))
    if not isinstance(record, dict):
        raise _Malformed("an edge that is neither a pair nor an object")
    ends = {name: _text(record.get(name)) for name in ("source", "target")}
    missing = [name for name, value in ends.items() if not value]
    if missing:
        raise _Malformed(f"an edge without a {missing[0]}")
    undirected = record.get("undirected")
    if isinstance(undirected, bool):
        direction = "undirected" if undirected else "directed"
    used = "key" if "key" in record else "id"
    fixed = {**ends, "id": _text(record.get(used)), "type": direction or None}
    _add(sheet, fixed, _values(record, {"source", "target", "undirected", used}), ("label", "weight"))


def _add(sheet: Sheet, fixed: dict[str, str | None], values: list[tuple[str, Any]], known: tuple[str, ...]) -> None:
    row = sheet.template.copy()
    for name, text in fixed.items():
        row[sheet.at(name)] = text
    seen = set[int]()
    for title, value in values:
        place = sheet.at(title) if title in known else sheet.named(title)
        if place in seen:
            sheet.passed_over(place)
        seen.add(place)
        if len(row) <= place:
            row += sheet.template[len(row) :]
        row[place] = _text(value)
        _kind(sheet, place, value)
    sheet.rows.append(row)


def _kind(sheet: Sheet, place: int, value: Any) -> None:
    heading = sheet.headings[place]
    if isinstance(value, list):
        heading.quoted = heading.bare = True
    elif isinstance(value, str) and not isinstance(value, Number):
        heading.quoted = True
    elif value is not None:
        heading.bare = True


def _values(record: dict[str, Any], used: set[str]) -> list[tuple[str, Any]]:
    """The values of an object by dotted names; graphology's `attributes` are the record's own."""
    if isinstance(record, Doubled):
        raise _Malformed(f"the key '{record.key}' is there twice")
    found: list[tuple[str, Any]] = []
    for name, value in record.items():
        if name in used:
            continue
        found += _flat(value, "" if name == "attributes" and isinstance(value, dict) else name, 0)
    return found


def _flat(value: Any, name: str, depth: int) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        yield name, value
        return
    if isinstance(value, Doubled):
        raise _Malformed(f"the key '{value.key}' is there twice")
    if depth > _DEEPEST:
        raise _Malformed(f"objects lie more than {_DEEPEST} deep in one another")
    for key, inner in value.items():
        yield from _flat(inner, f"{name}.{key}" if name else key, depth + 1)


def _json(value: Any) -> str:
    """A value as JSON, numbers as the file writes them."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_json, value))}]"
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_json(item)}" for key, item in value.items())
            + "}"
        )
    return json.dumps(value, ensure_ascii=False)


def _text(value: Any) -> str | None:
    """A value as text."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else _json(value)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _Malformed("half of a character (\\ud800 to \\udfff) in a text") from error
    return str(text)
