"""What reading a network costs: a GEXF against networkx and against parsers that only walk over it, side by side.

    python benchmarks/networks.py --nodes 100000 --edges 300000

Every reading runs in a process of its own, so that its peak memory can be told; they take turns, and the shortest run
counts. `open` makes both parts readable by the engine, `load` types them and keeps the ledger. lxml is measured where
it is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
<graph defaultedgetype="directed" mode="static">
<attributes class="node" mode="static">
<attribute id="0" title="country" type="string"/>
<attribute id="1" title="followers" type="integer"/>
<attribute id="2" title="score" type="double"/>
</attributes>
"""
NODE = (
    '<node id="n{i}" label="account {i}">\n<attvalues>\n<attvalue for="0" value="{country}"/>\n'
    '<attvalue for="1" value="{followers}"/>\n<attvalue for="2" value="{score:.6f}"/>\n</attvalues>\n</node>\n'
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=300_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        once(arguments.one, arguments.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "accounts.gexf"
        generate(file, arguments.nodes, arguments.edges)
        print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, ", end="")
        print(f"{arguments.nodes:,} nodes, {arguments.edges:,} edges, {file.stat().st_size / 1e6:.0f} MB GEXF\n")
        table(file, arguments.repeats)


def generate(file: Path, nodes: int, edges: int) -> None:
    chance = random.Random(1)
    with file.open("w") as out:
        out.write(HEAD + "<nodes>\n")
        for i in range(nodes):
            country, followers = chance.choice(("Mexico", "Russia", "Ukraine")), chance.randrange(100_000)
            out.write(NODE.format(i=i, country=country, followers=followers, score=chance.random()))
        out.write("</nodes>\n<edges>\n")
        for i in range(edges):
            ends = f'source="n{chance.randrange(nodes)}" target="n{chance.randrange(nodes)}"'
            out.write(f'<edge id="{i}" {ends} weight="{chance.randrange(1, 9)}"/>\n')
        out.write("</edges>\n</graph>\n</gexf>\n")


def table(file: Path, repeats: int) -> None:
    names = [name for name in READINGS if name != "lxml, walking only" or importlib.util.find_spec("lxml")]
    taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in names}
    for _ in range(repeats):
        for name in names:
            command = [sys.executable, __file__, "--one", name, "--file", str(file)]
            out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            taken[name].append(tuple(json.loads(out)))
    best = {name: [min(column) for column in zip(*runs, strict=True)] for name, runs in taken.items()}
    base = best["networkx.read_gexf"]
    print("| | clock s | processor s | ratio to networkx | peak memory MB |\n|---|---|---|---|---|")
    for name, (clock, cpu, memory) in best.items():
        print(f"| {name} | {clock:.2f} | {cpu:.2f} | {cpu / base[1]:.2f} | {memory:.0f} |")


def once(name: str, file: Path) -> None:
    reading = READINGS[name](file)
    clock, cpu = time.perf_counter(), time.process_time()
    reading()
    spent = time.perf_counter() - clock, time.process_time() - cpu
    print(json.dumps([*spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def of_networkx(file: Path) -> Callable[[], None]:
    import networkx

    return lambda: networkx.read_gexf(file)


def of_expat(file: Path) -> Callable[[], None]:
    from xml.parsers import expat

    def walk() -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, attributes: None
        parser.EndElementHandler = lambda name: None
        with file.open("rb") as stream:
            parser.ParseFile(stream)

    return walk


def of_lxml(file: Path) -> Callable[[], None]:
    from lxml import etree

    def walk() -> None:
        for event, element in etree.iterparse(str(file), events=("start", "end"), resolve_entities=False):
            if event == "start":
                dict(element.attrib)
                continue
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]

    return walk


def opened(file: Path) -> Callable[[], None]:
    return ours(file, load=False)


def loaded(file: Path) -> Callable[[], None]:
    return ours(file, load=True)


def ours(file: Path, *, load: bool) -> Callable[[], None]:
    from factcheck.evidence.engines.duckdb import open_engine
    from factcheck.evidence.formats.networks import gexf
    from factcheck.evidence.formats.source import Job, Reading
    from factcheck.evidence.ingest.work import Work

    engine = open_engine()

    def read() -> None:
        for part in ("nodes", "edges"):
            job = Job(lambda: engine, (file,), Reading(), engine.fresh_name(), part=part)
            source = gexf.open(job)
            if load:
                _, ledger = Work(engine, None, part).run(source, job.reading)
                if not ledger.loaded or ledger.loaded != ledger.records:
                    raise SystemExit(f"{part} were not loaded whole: {ledger}")
        engine.close()

    return read


READINGS: dict[str, Callable[[Path], Callable[[], None]]] = {
    "networkx.read_gexf": of_networkx,
    "expat, walking only": of_expat,
    "lxml, walking only": of_lxml,
    "open, both parts": opened,
    "load, both parts": loaded,
}

if __name__ == "__main__":
    main()
