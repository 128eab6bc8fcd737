"""Candidates about networks: nodes without a link, links, the best connected node, how many links are mutual."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factcheck.draft.making import Candidate, Drafting, candidate, joined
from factcheck.draft.match import Match
from factcheck.draft.reading import Reading
from factcheck.draft.words import said, words

_ENDS = {"source", "target"}
_LISTED = ("isolated", "nodes", "components")  # figures in which nodes without links have a part
_EITHER = ("density", "mean_degree")  # those in which they may
_GRAPH = frozenset({"network", "networks", "graph", "node", "nodes", "vertex", "vertices", "web"})
_SURE = 0.9  # how surely these words mean it
_ALSO = 0.97  # prior of the longer of two claims where the words leave open which is meant


def networks(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """A figure of the links of a dataset; those of a file of a network are `name.edges`, beside `name.nodes`."""
    dataset = drafting.dataset
    if not dataset.columns.keys() >= _ENDS or chosen or not _speaks(drafting, reading):
        return
    nodes = {"nodes": dataset.name.removesuffix(".edges") + ".nodes"} if dataset.name.endswith(".edges") else {}
    if reading.take == "isolated" and not nodes:
        return
    joining = joined(drafting, reading, chosen)
    chosen = _graph(drafting)
    measure: dict[str, Any] = {"network": reading.take}
    by = {"by": reading.unit} if reading.unit else {}
    yield candidate(drafting, reading, measure | (nodes if reading.take in _LISTED else {}) | by, chosen, joining)
    if nodes and reading.take in _EITHER:
        yield candidate(drafting, reading, measure | nodes | by, chosen, joining, _ALSO)


def _graph(drafting: Drafting) -> list[Match]:
    """The words that are said of any network."""
    at = [i for i, word in enumerate(drafting.sentence) if word.folded in _GRAPH]
    how = f"'{said(drafting.sentence[i] for i in at)}' is said of any network"
    return [Match.at(at, drafting.dataset.name, "dataset", score=_SURE, how=how)] if at else []


def _speaks(drafting: Drafting, reading: Reading) -> bool:
    """Whether what is said of the dataset has the words for links that not every network has: 'follows', 'appear'."""
    dataset = drafting.dataset
    told = {word.stem for text in (dataset.title, dataset.represents, dataset.name) if text for word in words(text)}
    stems = {drafting.sentence[at].stem for at in reading.verbs if not drafting.sentence[at].stop}
    return stems <= told or bool(stems & told) or _is_kin(stems, told)


def _is_kin(stems: set[str], told: set[str]) -> bool:
    """'Followers' are said of those who 'followed'."""
    return any(one.startswith("follow") for one in stems) and any(one.startswith("follow") for one in told)
