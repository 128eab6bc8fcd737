"""Communities by the Leiden algorithm, and the same of networks rewired by chance.

The search for the partition with the largest modularity depends on chance. It is made several times with fixed seeds,
so that every run of the program finds the same, and what is told is how far the results differ.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from factcheck.errors import StatisticsError
from factcheck.stats import rewiring
from factcheck.stats.graphs import checked, modularity

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from factcheck.stats.graphs import Codes, Weights


ROUNDS = 5  # of the whole algorithm, each from what the last one found: a single one stops far below
FEWER = 2  # where a network has so many links that each takes seconds
MANY = 200_000


SMALL = 200  # nodes of a network whose members can be shown one by one


@dataclass(frozen=True)
class Partition:
    """What one search found; `members` is the number of the community of each node, kept of small networks only."""

    modularity: Fraction
    communities: int
    members: tuple[int, ...] = ()


def available() -> bool:
    """Whether the library that searches is installed."""
    from importlib.util import find_spec

    return find_spec("graspologic_native") is not None


def searches(
    n: int, a: Codes, b: Codes, weights: Weights | None = None, *, seeds: Iterable[int] = range(20)
) -> tuple[Partition, ...]:
    """The communities of an undirected network (see `graphs`), found once for each seed.

    Leiden (Traag, Waltman & van Eck 2019) with resolution 1, by graspologic-native, five rounds from 1 link to 200,000
    and two beyond, each from the partition of the one before: on a network of 23 planted groups with a modularity of
    0.655 one round found 0.57, two 0.654 and five 0.655. A node without a link is a
    community of its own. StatisticsError where there is no link of a weight above zero.
    """
    import numpy as np

    checked(n, a, b, weights)
    load = np.ones(len(a)) if weights is None else weights.astype(np.float64)
    if not (load > 0).any():
        raise StatisticsError("communities need at least one link")
    matrix = _matrix(n, a, b, load)

    def one(seed: int) -> Partition:
        groups = _leiden(n, matrix, seed)
        members = tuple(int(group) for group in groups) if n <= SMALL else ()
        return Partition(modularity(n, a, b, groups, weights), len(np.unique(groups)), members)

    return tuple(_in_step(one, seeds))


def by_chance(n: int, a: Codes, b: Codes, weights: Weights | None = None, *, draws: int = 99) -> tuple[Fraction, ...]:
    """The modularity that one search finds in each of `draws` networks of the same degrees (see `rewiring`).

    No pair of nodes may be linked twice. Weights stay with the links that they are of, and links to oneself where they
    are.
    """
    import numpy as np

    checked(n, a, b, weights)
    loop = a == b
    load = None if weights is None else np.concatenate((weights[~loop], weights[loop]))

    def one(draw: int) -> Partition:
        p, q = rewiring.one(n, a[~loop], b[~loop], (0, draw))
        ends = np.concatenate((p, a[loop])), np.concatenate((q, b[loop]))
        return searches(n, *ends, load, seeds=(draw,))[0]

    return tuple(found.modularity for found in _in_step(one, range(draws)))


def _in_step(one: Callable[[int], Partition], seeds: Iterable[int]) -> Iterator[Partition]:
    """Several at once: the library lets go of the interpreter while it searches."""
    with ThreadPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        yield from pool.map(one, seeds)


_Matrix = tuple["npt.NDArray[np.int64]", "npt.NDArray[np.int32]", "npt.NDArray[np.float64]"]


def _matrix(n: int, a: Codes, b: Codes, load: npt.NDArray[np.float64]) -> _Matrix:
    """Both directions of every link, in rows. A link to oneself stands once with twice its weight: it adds 2."""
    import numpy as np
    from scipy.sparse import coo_array

    kept = load > 0
    a, b, load = a[kept], b[kept], load[kept]
    ends = (np.concatenate((a, b)), np.concatenate((b, a)))
    matrix = coo_array((np.concatenate((load, load)), ends), shape=(n, n)).tocsr()
    return matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), matrix.data


def _leiden(n: int, matrix: _Matrix, seed: int) -> npt.NDArray[np.int64]:
    from importlib import import_module

    import numpy as np

    rounds = ROUNDS if len(matrix[1]) <= 2 * MANY else FEWER  # each link stands in the matrix twice
    try:
        _, found = import_module("graspologic_native").leiden_csr(*matrix, n, seed=seed, iterations=rounds)
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        # The library's way to give up; it is no Exception, and would end the whole check.
        raise StatisticsError("the search for communities gave up on these weights") from None
    groups = np.empty(n, np.int64)
    groups[np.fromiter(found.keys(), np.int64, n)] = np.fromiter(found.values(), np.int64, n)
    return groups
