"""Networks made by chance that keep the degree of every node: what a figure would be if only the degrees mattered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcheck.errors import StatisticsError
from factcheck.stats.checks import whole
from factcheck.stats.graphs import checked

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from factcheck.stats.graphs import Codes

    Ends = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]

ROUNDS = 25  # in each, most links are in a proposed swap: ten swaps for each, as Milo et al. 2003 found enough
ASKED = 0.8  # of all pairs: with fewer than all, any single swap can be made, and so every such network be reached
ROOM = 16  # places for each link in the table that tells which are alike


def rewired(n: int, a: Codes, b: Codes, draws: int, *, seed: int = 0, rounds: int = ROUNDS) -> Iterator[Ends]:
    """`draws` networks of the same degrees, each begun anew from the one given (Maslov & Sneppen 2002).

    The network must be simple: no link twice, none from a node to itself. Two links (p, q) and (r, s) become (p, s)
    and (r, q) unless that would make a link twice or one to itself. Links are paired at random and all swaps of a round
    are made at once; a pair is left as it is where one of its links, as they are or as they would be, may be that of
    another pair. That holds after the swap as it does before, so that every way back is as likely as the way there,
    and in the end all such networks are equally likely.
    """
    import numpy as np

    checked(n, a, b)
    whole("draws", draws)
    keys = _keys(n, a.astype(np.int64), b.astype(np.int64))
    if (a == b).any() or len(np.unique(keys)) < len(keys):
        raise StatisticsError("rewiring needs a network without repeated links and links to oneself")
    for draw in range(draws):
        yield one(n, a, b, (seed, draw), rounds)


def one(n: int, a: Codes, b: Codes, seed: tuple[int, ...], rounds: int = ROUNDS) -> Ends:
    """One such network; the same seed gives the same."""
    import numpy as np

    random = np.random.default_rng(seed)
    first, second = a.astype(np.int64), b.astype(np.int64)
    for _ in range(rounds):
        first, second = _round(n, first, second, random)
    return first, second


def _keys(n: int, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """One number for each link, whichever way it is written."""
    import numpy as np

    return np.minimum(a, b) * n + np.maximum(a, b)


def _round(n: int, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64], random: np.random.Generator) -> Ends:
    import numpy as np

    half = int(random.binomial(len(a) // 2, ASKED))
    order = random.permutation(len(a))
    turned = random.random(len(a)) < 0.5  # links have no first end
    a, b = np.where(turned, b, a)[order], np.where(turned, a, b)[order]
    p, q, r, s = a[:half], b[:half], a[half : 2 * half], b[half : 2 * half]
    alike = _alike(np.concatenate((_keys(n, p, s), _keys(n, r, q), _keys(n, a, b))), random)
    wrong = alike[: 2 * half] | alike[2 * half : 4 * half] | np.concatenate((p == s, r == q))
    stays = wrong[:half] | wrong[half:]
    swapped = np.where(stays, q, s), np.where(stays, s, q)
    return a, np.concatenate((*swapped, b[2 * half :]))


def _alike(keys: npt.NDArray[np.int64], random: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Which keys are not the only one at their place in a table, into which they are scattered anew each time."""
    import numpy as np

    bits = max(1, (len(keys) * ROOM).bit_length())
    odd = np.uint64(random.integers(2**62) * 2 + 1)
    place = ((keys.astype(np.uint64) * odd) >> np.uint64(64 - bits)).astype(np.int64)
    last, number = np.empty(2**bits, np.int32), np.arange(len(keys), dtype=np.int32)
    last[place] = number
    shared = np.zeros(2**bits, np.bool_)
    shared[place[last[place] != number]] = True
    return shared[place]
