"""Candidates about networks: nodes without a link, links, the best connected node, how many links are mutual."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factcheck.draft.making import Candidate, Drafting, candidate, joined
from factcheck.draft.match import Match
from factcheck.draft.reading import Reading
from factcheck.draft.words import words

_ENDS = {"source", "target"}
_LISTED = ("isolated", "nodes", "density", "mean_degree", "max_degree", "components")  # nodes without links count there


def networks(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """A figure of the links of a dataset; those of a file of a network are `name.edges`, beside `name.nodes`."""
    dataset = drafting.dataset
    if not dataset.columns.keys() >= _ENDS or chosen or not _speaks(drafting, reading):
        return
    listed = dataset.name.endswith(".edges") and reading.take in _LISTED
    if reading.take == "isolated" and not listed:
        return
    measure: dict[str, Any] = {"network": reading.take}
    measure |= {"nodes": dataset.name.removesuffix(".edges") + ".nodes"} if listed else {}
    measure |= {"by": reading.unit} if reading.unit else {}
    yield candidate(drafting, reading, measure, chosen, joined(drafting, reading, chosen))


def _speaks(drafting: Drafting, reading: Reading) -> bool:
    """Whether what is said of the dataset has the words for links that not every network has: 'follows', 'appear'."""
    dataset = drafting.dataset
    told = {word.stem for text in (dataset.title, dataset.represents, dataset.name) if text for word in words(text)}
    stems = {drafting.sentence[at].stem for at in reading.verbs if not drafting.sentence[at].stop}
    return stems <= told or bool(stems & told) or _is_kin(stems, told)


def _is_kin(stems: set[str], told: set[str]) -> bool:
    """'Followers' are said of those who 'followed'."""
    return any(one.startswith("follow") for one in stems) and any(one.startswith("follow") for one in told)
