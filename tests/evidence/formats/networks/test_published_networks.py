"""Networks that others published: their counts, and all of their values, as networkx reads them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from ingest.desk import Desk

from .graphs import Graph, loaded

SAMPLES = Path(__file__).parent / "samples"
SHARED = Path(__file__).resolve().parents[5] / "shared" / "data"

# File, what the manifest says, nodes and edges. The numbers are those of the SOURCE.md files beside the data, of their
# authors' pages, or of `grep -c '<edge '`.
PUBLISHED = [
    ("open/raw-formats/gexf_lesmiserables.gexf", "", 77, 254),
    ("open/raw-formats/gexf_gephi_arctic.gexf", "", 1715, 6676),
    ("open/raw-formats/gexf_covid_retweet_network.gexf", "", 1940, 1645),
    ("open/raw-formats/gexf_covid_comention_t3.gexf", "", 157, 871),
    ("open/raw-formats/gexf_twitter_kerighan.gexf", "", 827, 1531),
    ("open/networks/DividedTheyBlog_40Alist_release.graphml", "", 40, 363),
    ("open/networks/enviroActivistWebsites_2006.graphml", "", 161, 1444),
    ("open/networks/polblogs.gml", "", 1490, 19090),
    ("open/networks/bellingcat_gesara_entities.json", "format: sigma", 5470, 35981),
    ("open/networks/bellingcat_discord_entities.json", "format: sigma", 1014, 5471),
    ("open/networks/chile_followers.csv", "format: gephi", 147, 6064),
    ("more/networks/facebook_combined.txt.gz", "format: edges", 4039, 88234),
    ("more/networks/soc-sign-bitcoinotc.csv", "format: edges", 5881, 35592),
]


def published(desk: Desk, name: str, extra: str) -> Graph:
    source = SHARED / name
    if not source.exists():
        pytest.skip(f"the shared data are not here: {name}")
    desk.write(source.name, source.read_bytes())
    return loaded(desk, f"files: {source.name}{', ' + extra if extra else ''}")


@pytest.mark.parametrize(("name", "extra", "nodes", "edges"), PUBLISHED)
def test_every_record_is_there(desk: Desk, name: str, extra: str, nodes: int, edges: int) -> None:
    found = published(desk, name, extra)
    for part, count in (("nodes", nodes), ("edges", edges)):
        ledger = found.ledger(part)
        assert (ledger.records, ledger.loaded, ledger.rejected, ledger.lost) == (count, count, 0, {})
    assert not found.ledger("nodes").duplicates
    assert "loose-ends" not in found.notices("edges")


def test_a_pair_of_files(desk: Desk) -> None:
    for name in ("polblogs_nodes.csv", "polblogs_edges.csv"):
        if not (SHARED / "open/networks" / name).exists():
            pytest.skip(f"the shared data are not here: {name}")
        desk.write(name, (SHARED / "open/networks" / name).read_bytes())
    found = loaded(desk, "files: [polblogs_edges.csv, polblogs_nodes.csv], format: gephi")
    assert found.rows("nodes", "count(*), count_if(value = 0), count_if(value = 1)") == [(1490, 758, 732)]
    assert found.rows("edges", "count(*), count(DISTINCT (source, target))") == [(19090, 19025)]


def test_les_miserables(desk: Desk) -> None:
    """The weights, and those that the file leaves out, are those of Knuth's data, which networkx has too."""
    desk.write("g.gexf", (SAMPLES / "lesmiserables.gexf").read_bytes())
    found = loaded(desk, "files: g.gexf")
    labels = dict(found.rows("nodes", "id, label"))
    ours = {
        frozenset((labels[a], labels[b])): float(w) for a, b, w in found.rows("edges", "source, target, weight")
    }
    knuth = {frozenset(ends[:2]): float(ends[2]["weight"]) for ends in nx.les_miserables_graph().edges(data=True)}
    assert sorted(ours.values()) == sorted(knuth.values())
    assert sum(ours.values()) == 820
    assert ours[frozenset(("Valjean", "Javert"))] == knuth[frozenset(("Valjean", "Javert"))] == 17
    assert found.rows("nodes", 'label, "Modularity Class", "viz.color"')[0] == ("Valjean", 1, "#f55b5b")


READERS = {"gexf": nx.read_gexf, "graphml": nx.read_graphml, "gml": lambda path: nx.read_gml(path, label="id")}


@pytest.mark.parametrize(
    ("name", "renamed"),
    [
        ("open/raw-formats/gexf_covid_retweet_network.gexf", {}),
        ("open/raw-formats/gexf_twitter_kerighan.gexf", {}),
        ("open/networks/DividedTheyBlog_40Alist_release.graphml", {"id": "id_2"}),
        ("open/networks/enviroActivistWebsites_2006.graphml", {}),
        ("open/networks/polblogs.gml", {}),
    ],
)
def test_the_same_as_networkx(desk: Desk, name: str, renamed: dict[str, str], tmp_path: Path) -> None:
    found, path = published(desk, name, ""), SHARED / name
    ending = path.suffix.removeprefix(".")
    if ending == "gml":  # networkx wants to be told of repeated edges in the file itself
        path = tmp_path / "multi.gml"
        path.write_text((SHARED / name).read_text().replace("directed 1", "directed 1\n  multigraph 1"))
    theirs: Any = READERS[ending](path)
    columns = [column for column in found.names("nodes") if column != "id"]
    for row in found.rows("nodes", "id, " + ", ".join(f'"{column}"' for column in columns)):
        key: Any = int(row[0]) if ending == "gml" else row[0]
        known = {renamed.get(attribute, attribute): value for attribute, value in theirs.nodes[key].items()}
        for column, value in zip(columns, row[1:], strict=True):
            assert value == (known.get(column) or (0 if known.get(column) == 0 else None)), (key, column)
    ours = Counter(found.rows("edges", "source, target"))
    other = Counter((str(a), str(b)) for a, b in theirs.edges())
    if not theirs.is_directed():
        ours, other = (Counter({tuple(sorted(k)): n for k, n in c.items()}) for c in (ours, other))
    if theirs.is_multigraph() or max(ours.values()) == 1:
        assert ours == other
    else:
        assert ours.keys() == other.keys()
