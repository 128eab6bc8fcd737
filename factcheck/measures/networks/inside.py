"""Links as arrays: the components, and the sizes of the largest one alone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from factcheck.evidence.patterns.linked import DEGREES, Arrays, Tally
from factcheck.measures.networks.choices import Choices, Found

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ends = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]


@dataclass(frozen=True, eq=False)
class Network:
    """`n` nodes and the links among them."""

    n: int
    arrays: Arrays


def component_sizes(network: Network, *, strong: bool = False) -> list[int]:
    """The sizes of the components, largest first."""
    from factcheck.stats.graphs import components

    low, high = network.arrays.low, network.arrays.high
    if strong:
        low, high = arcs(network, Choices())
    return sorted(components(network.n, low, high, strong=strong).tolist(), reverse=True)


def components_found(sizes: list[int], unknown: int) -> Found:
    """How many components there are. A further link joins two, or is that of two further nodes."""
    count = len(sizes)
    if not count and not unknown:
        return Found.nothing("network-no-nodes")
    low = max(min(count, 1), count - unknown)
    return Found(Fraction(count), Fraction(low), Fraction(count + unknown))


def largest_found(sizes: list[int], unknown: int) -> Found:
    """The nodes of the largest component; each further link may join it with the next largest, or one more node."""
    if not sizes:
        empty = Found(Fraction(0), Fraction(0), Fraction(2 * unknown))
        return empty if unknown else Found.nothing("network-no-nodes")
    others = sizes[1 : unknown + 1]
    most = sizes[0] + sum(others) + unknown - len(others)
    return Found(Fraction(sizes[0]), Fraction(sizes[0]), Fraction(most))


def largest_component(network: Network) -> tuple[Network, int]:
    """The largest component alone, and how many are as large."""
    import numpy as np

    from factcheck.stats.graphs import members

    if network.n == 0:
        return network, 0
    arrays, of = network.arrays, members(network.n, network.arrays.low, network.arrays.high)
    sizes = np.bincount(of)
    chosen = of == sizes.argmax()
    number = np.cumsum(chosen, dtype=np.int32) - 1
    kept = chosen[arrays.low]

    def cut(values: npt.NDArray[Any] | None, mask: npt.NDArray[np.bool_]) -> npt.NDArray[Any] | None:
        return None if values is None else values[mask]

    inner = Arrays(
        number[arrays.low[kept]], number[arrays.high[kept]], arrays.there[kept], arrays.back[kept],
        cut(arrays.weight_there, kept), cut(arrays.weight_back, kept),
        cut(arrays.groups, chosen), cut(arrays.values, chosen),
    )  # fmt: skip
    return Network(int(chosen.sum()), inner), int((sizes == sizes.max()).sum())


def ties(network: Network, choices: Choices) -> tuple[Ends, npt.NDArray[np.number] | None]:
    """The links without direction: both ends, and their weights (or how often each is recorded), if they count."""
    import numpy as np

    arrays = network.arrays
    kept = np.ones(len(arrays.low), np.bool_) if choices.loops == "keep" else arrays.low < arrays.high
    ends = arrays.low[kept], arrays.high[kept]
    if choices.weighted and arrays.weight_there is not None and arrays.weight_back is not None:
        order = np.lexsort(ends[::-1])  # sums of floating point depend on it
        return (ends[0][order], ends[1][order]), _moderate(arrays.weight_there + arrays.weight_back)[kept][order]
    if choices.repeats == "keep":
        return ends, (arrays.there.astype(np.int64) + arrays.back)[kept]
    return ends, None


def _moderate(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Weights far from 1, of which the squares would be lost, over a power of two: groups depend on ratios alone."""
    import numpy as np

    most = float(weights.max()) if len(weights) else 1.0
    if most == 0 or 1e-100 < most < 1e100:
        return weights
    return np.ldexp(weights, -int(np.frexp(most)[1]))


def arcs(network: Network, choices: Choices) -> Ends:
    """The links along their direction, from and to; each once, or as often as it is recorded."""
    import numpy as np

    arrays = network.arrays
    kept = np.ones(len(arrays.low), np.bool_) if choices.loops == "keep" else arrays.low < arrays.high
    there, back = (arrays.there > 0) & kept, (arrays.back > 0) & kept
    source = np.concatenate((arrays.low[there], arrays.high[back]))
    target = np.concatenate((arrays.high[there], arrays.low[back]))
    if choices.repeats == "keep":
        times = np.concatenate((arrays.there[there], arrays.back[back]))
        return np.repeat(source, times), np.repeat(target, times)
    return source, target


def tally_of(network: Network) -> Tally:
    """The sizes of a network that is at hand as arrays."""
    import numpy as np

    n, arrays = network.n, network.arrays
    loop = arrays.low == arrays.high
    a, b, there, back = (x[~loop] for x in (arrays.low, arrays.high, arrays.there, arrays.back))
    mutual = (there > 0) & (back > 0)

    def at(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """What each node has of a number that counts at the one and of another that counts at the other end."""
        return np.asarray(np.bincount(a, first, n) + np.bincount(b, second, n), np.float64)

    one = np.ones(len(a))
    here = np.bincount(arrays.low[loop], minlength=n)
    each: dict[str, npt.NDArray[Any]] = {
        "nb": at(one, one), "o": at(there > 0, back > 0), "i": at(back > 0, there > 0), "ro": at(there, back),
        "ri": at(back, there), "l": here, "lr": np.bincount(arrays.low[loop], arrays.there[loop], n),
    }  # fmt: skip
    weights = (0.0, 0.0)
    if arrays.weight_there is not None and arrays.weight_back is not None:
        w, v = arrays.weight_there[~loop], arrays.weight_back[~loop]
        own = arrays.weight_there[loop]
        each |= {"wo": at(w, v), "wi": at(v, w), "wl": np.bincount(arrays.low[loop], own, n)}
        weights = float(w.sum() + v.sum()), float(own.sum())
    most = {name: _most(sql, each) for name, sql in DEGREES.items() if not name.startswith("weight") or "wo" in each}
    return Tally(
        n, int((there + back.astype(np.int64)).sum()), int((there > 0).sum() + (back > 0).sum()), len(a),
        int(mutual.sum()), int((there.astype(np.int64) + back)[mutual].sum()), int(loop.sum()),
        int(arrays.there[loop].astype(np.int64).sum()), int((each["nb"] > 0).sum()),
        int(((each["nb"] > 0) | (here > 0)).sum()), *weights, largest=most,
    )  # fmt: skip


def _most(sql: str, each: dict[str, npt.NDArray[Any]]) -> int | float:
    """The largest of a degree, which is told as a sum such as "o + i + 2 * l"."""
    terms = [term.rpartition(" * ") for term in sql.split(" + ")]
    first, *others = (int(times or 1) * each[name] for times, _, name in terms)
    for other in others:
        first = first + other
    most = float(first.max()) if len(first) else 0.0
    return int(most) if most.is_integer() else most
