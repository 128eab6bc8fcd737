"""Damaged networks: an error that names the file, or two ledgers that balance; never a crash, never a silent loss."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from ingest.desk import Desk

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Dataset

EACH = 40
PEOPLE = [(f"n{i}", f"Ana María {i} & co", i * 7, ["left", "right", ""][i % 3]) for i in range(12)]
LINKS = [(f"n{i % 12}", f"n{i * 5 % 12}", i / 2) for i in range(20)]


def _gexf() -> str:
    nodes = "".join(
        f'<node id="{a}" label="{b.replace("&", "&amp;")}" start="20{c:02}"><attvalues><attvalue for="0" value="{c}"/>'
        f'<attvalue for="1" value="{d}" start="3"/></attvalues><viz:position x="{c}.5" y="-1"/></node>\n'
        for a, b, c, d in PEOPLE
    )
    edges = "".join(f'<edge source="{a}" target="{b}" weight="{w}"/>\n' for a, b, w in LINKS)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.3" xmlns:viz="viz"><graph>'
        '<attributes class="node"><attribute id="0" title="posts" type="integer"><default>3</default></attribute>'
        '<attribute id="1" title="side" type="liststring"/></attributes>\n'
        f"<nodes>{nodes}</nodes><edges>{edges}</edges></graph></gexf>"
    )


def _graphml() -> str:
    nodes = "".join(f'<node id="{a}"><data key="k">{c}</data><data key="s">{d}</data></node>\n' for a, _, c, d in PEOPLE)
    edges = "".join(f'<edge source="{a}" target="{b}"><data key="w">{w}</data></edge>\n' for a, b, w in LINKS)
    return (
        '<?xml version="1.0"?>\n<graphml><key id="k" for="node" attr.name="posts" attr.type="int"><default>1</default></key>'
        '<key id="s" for="all" attr.name="side"/><key id="w" for="edge" attr.name="weight" attr.type="double"/>'
        f'<graph edgedefault="directed">{nodes}{edges}</graph></graphml>'
    )


def _gml() -> str:
    nodes = "".join(f'  node [ id "{a}"\n label "{b}" posts {c} g [ x {c}.5 ] ]\n' for a, b, c, _ in PEOPLE)
    return f"graph [\n  directed 1\n{nodes}" + "".join(f"edge [ source {a} target {b} ]\n" for a, b, _ in LINKS) + "]\n"


def _sigma() -> str:
    nodes = [{"key": a, "label": b, "x": c / 3, "cluster": d, "more": {"y": [c]}} for a, b, c, d in PEOPLE]
    edges: list[Any] = [[a, b] for a, b, _ in LINKS[:10]]
    edges += [{"source": a, "target": b, "weight": w} for a, b, w in LINKS[10:]]
    return json.dumps({"nodes": nodes, "edges": edges, "clusters": [{"key": "left", "label": "L"}]}, indent=1)


def _edges() -> str:
    return "# a list\n" + "".join(f"{a} {b} {w}\n" for a, b, w in LINKS)


def _table() -> str:
    return "Source,Target,Weight,Topic\n" + "".join(f'{a},{b},{w},"about, {a}"\n' for a, b, w in LINKS)


FORMATS = {
    "gexf": _gexf(),
    "graphml": _graphml(),
    "gml": _gml(),
    "sigma": _sigma(),
    "edges": _edges(),
    "gephi": _table(),
}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Cut off, bits turned over, a slice twice or gone, bytes of chance, lines in disorder, or other letters."""
    kind, at, other = chance.randrange(7), chance.randrange(len(data)), chance.randrange(len(data))
    first, last = min(at, other), max(at, other)
    if kind == 0:
        return data[:at]
    if kind == 1:
        found = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
        return bytes(found)
    if kind == 2:
        return data[:last] + data[first:last] + data[last:]
    if kind == 3:
        return data[:first] + data[last:]
    if kind == 4:
        lines = data.splitlines(keepends=True)
        for _ in range(3):
            lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
        return b"".join(lines)
    if kind == 5:
        found = bytearray(data)
        for place in [place for place in chance.sample(range(len(found)), 12) if 48 <= found[place] <= 57]:
            found[place] = chance.choice(b"0123456789abc-.")
        return bytes(found)
    return data[:at] + chance.randbytes(chance.randint(1, 20)) + data[at:]


@pytest.mark.parametrize("kind", FORMATS)
def test_undamaged(desk: Desk, kind: str) -> None:
    desk.write("whole.txt", FORMATS[kind])
    found = desk.load_all(f"g: {{files: whole.txt, format: {kind}}}").datasets
    counts = {name: (d.ledger.loaded, d.ledger.rejected) for name, d in found.items() if isinstance(d, Dataset) and d.ledger}
    assert counts == {"g.nodes": (12, 0), "g.edges": (20, 0)}


@pytest.mark.parametrize("kind", FORMATS)
def test_damaged(desk: Desk, kind: str) -> None:
    chance, data, read = random.Random(f"networks {kind}"), FORMATS[kind].encode(), 0
    for number in range(EACH):
        desk.write(f"m{number}.txt", mutated(data, chance))
        loaded = desk.load_all(f"g: {{files: m{number}.txt, format: {kind}}}")
        assert set(loaded.datasets) == {"g.nodes", "g.edges"}
        for found in loaded.datasets.values():
            if isinstance(found, EvidenceError):
                known = (f"m{number}.txt", "records could be read", "only record", "spreadsheet")
                assert any(part in found.message for part in known), found.message
                continue
            ledger = found.ledger
            assert ledger is not None
            assert ledger.records == ledger.loaded + ledger.rejected + ledger.dropped
            assert ledger.loaded == desk.rows(found, "count(*)")[0][0]
            assert len(ledger.rejects) == min(ledger.rejected, 100)
            read += 1
        assert not [problem for problem in desk.problems if problem.severity == "error"]
    assert read > EACH / 20  # the damage leaves something to be read
