"""How many records a published file has, counted without the program: by the standard library, and DuckDB for Parquet."""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import duckdb

Counts = tuple[int, ...]  # rows; of a network nodes and edges


def _text(path: Path, encoding: str = "utf-8-sig") -> str:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return data.decode(encoding)


def _rows(path: Path, encoding: str, delimiter: str = ",") -> Iterator[list[str]]:
    """The records of a CSV that are not blank lines, its headings among them."""
    csv.field_size_limit(sys.maxsize)
    lines = _text(path, encoding).replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)
    return (row for row in csv.reader(lines, delimiter=delimiter) if row)


def _csv(path: Path, encoding: str, headings: int) -> Counts:
    return (sum(1 for _ in _rows(path, encoding)) - headings,)


def _semicolons(path: Path, encoding: str, headings: int) -> Counts:
    return (sum(1 for _ in _rows(path, encoding, ";")) - headings,)


def _parquet(path: Path, *_: object) -> Counts:
    found = duckdb.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchall()
    return (int(found[0][0]),)


def _edges(path: Path, *_: object) -> Counts:
    """Lines with two ends, and the different ends; headings and comments are none."""
    lines = (re.split(r"[\s,;]+", line) for line in _text(path).splitlines() if line and not line.startswith("#"))
    edges = [line for line in lines if line[0].casefold() != "source"]
    return (len({end for line in edges for end in line[:2]}), len(edges))


def _gml(path: Path, *_: object) -> Counts:
    text = _text(path)
    return tuple(len(re.findall(rf"^\s*{part}\s*(?:\n\s*)?\[", text, re.MULTILINE)) for part in ("node", "edge"))


def _xml(path: Path, *_: object) -> Counts:
    names = [element.tag.rpartition("}")[2] for element in ElementTree.parse(path).iter()]
    return (names.count("node"), names.count("edge"))


def _sigma(path: Path, *_: object) -> Counts:
    found = json.loads(_text(path))
    return (len(found["nodes"]), len(found["edges"]))


def _tweets(path: Path, *_: object) -> Counts:
    """What the lines hold: a page's `data`, or the line itself; a line that is no JSON is a record too."""
    total = 0
    for line in filter(str.strip, _text(path).splitlines()):
        try:
            found = json.loads(line)
        except ValueError:
            total += 1
            continue
        data = found.get("data", found)
        total += len(data) if isinstance(data, list) else 1
    return (total,)


COUNTING: dict[str, Callable[[Path, str, int], Counts]] = {
    "csv": _csv,
    "semicolons": _semicolons,
    "parquet": _parquet,
    "edges": _edges,
    "gml": _gml,
    "xml": _xml,
    "sigma": _sigma,
    "tweets": _tweets,
}
