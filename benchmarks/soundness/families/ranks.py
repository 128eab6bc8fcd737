"""Groups by their size: the rank of one, the largest ones, the shares of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from benchmarks.soundness.claims import ROWS, Spec
from benchmarks.soundness.investigation import Draw, Investigation
from benchmarks.soundness.rows import Rows

SIZES = (30, 100, 1_000, 10_000, 100_000)
RANKED = ("first", "second", "third", "fifth", "in the top three", "more than 3", "in the top five", "more than 1")
SHAPES: dict[str, tuple[int, ...]] = {  # the size of each group, largest first
    "ten tied groups": (10,) * 10,
    "tied in threes": (20, 20, 20, 9, 9, 9, 4, 4, 4, 1),
    "each half as large": (512, 256, 128, 64, 32, 16, 8, 4, 2, 1),
    "almost tied": (104, 103, 102, 101, 100, 99, 98, 97, 96, 95),
    "sixty small groups": (50, 40, *(10 - i // 10 for i in range(60))),
}


def investigations() -> Iterator[Investigation]:
    for shape, sizes in SHAPES.items():
        for n in SIZES:
            for place in (0, 2, 4):
                yield from _rank(shape, sizes, place, n)
            if "tied" not in shape or shape.startswith("almost"):
                yield _top(shape, sizes, n)
            if n <= 10_000:
                yield from _composition(shape, sizes, n)


def _label(i: int) -> str:
    return f"g{i:02}"


def _spec(measure: dict[str, Any], claimed: tuple[Any, ...], **manifest: Any) -> Spec:
    return Spec(measure, claimed, {ROWS: {"group": ["g00", "g01"]}}, {ROWS: {"unit": "post", **manifest}})


def _rank(shape: str, sizes: Sequence[int], place: int, n: int) -> Iterator[Investigation]:
    """The rank of a group; ties share the better one."""
    truth = Fraction(1 + sum(size > sizes[place] for size in sizes))
    measure, case = {"rank": _label(place), "by": "group"}, f"{shape}, group {place + 1}"
    spec = _spec(measure, RANKED, completeness="random sample")
    yield Investigation("rank", "random sample", case, n, spec, _multinomial(sizes, n, truth))
    everyone = [size * max(1, n // sum(sizes)) for size in sizes]
    if n > 1_000:
        return
    for known in (False, True):
        stated = {"population": str(sum(everyone))} if known else {}
        spec = _spec(measure, RANKED, completeness="partial", **stated)
        label = f"partial, favours one group, population {'known' if known else 'unknown'}"
        draws = _thinned(everyone, [0.95 if i == place else 0.5 for i in range(len(sizes))], truth, False)
        yield Investigation("rank", label, case, n, spec, draws, bounds=True, dear=2)
    spec = _spec(measure, RANKED, completeness="complete")
    draws = _thinned(everyone, [0.95 if i == place else 0.8 for i in range(len(sizes))], truth, True)
    yield Investigation("rank", "complete, labels missing not at random", case, n, spec, draws, bounds=True, dear=2)


def _top(shape: str, sizes: Sequence[int], n: int) -> Investigation:
    true = [_label(i) for i in range(3)]
    claimed = (true, [*true[:2], _label(3)], [*true[:2], _label(9)], [_label(i) for i in range(3, 6)])
    spec = _spec({"top": "3", "by": "group"}, claimed, completeness="random sample")
    return Investigation("top 3", "random sample", shape, n, spec, _multinomial(sizes, n, frozenset(true)), dear=2)


def _composition(shape: str, sizes: Sequence[int], n: int) -> Iterator[Investigation]:
    """The shares of three groups at once: at the truth, and one of them beside it."""
    whole = sum(sizes)
    shares = {_label(i): Fraction(size, whole) for i, size in enumerate(sizes)}
    named = [_label(i) for i in (0, 2, len(sizes) - 1)]
    digits = {name: f"{float(shares[name] * 100):.9f}" for name in named}
    least = {name: f"at least {float(text) * 0.9999999:.9f}%" for name, text in digits.items()}
    most = {name: f"at most {float(text) * 1.0000001:.9f}%" for name, text in digits.items()}
    above = {**least, named[0]: f"at least {float(digits[named[0]]) * 1.0000001:.9f}%"}
    below = {**most, named[2]: f"at most {float(digits[named[2]]) * 0.9999999:.9f}%"}
    figures = {name: float(text) for name, text in digits.items()}
    wide = {name: f"between {x / 2:.9f}% and {min(100, x * 2):.9f}%" for name, x in figures.items()}
    spec = _spec({"composition": "group"}, (least, most, above, below, wide), completeness="random sample")
    yield Investigation("composition", "random sample", shape, n, spec, _multinomial(sizes, n, shares), dear=2)


def _rows(counts: Sequence[int], unlabelled: int = 0) -> Rows:
    """Only groups that were seen have rows."""
    lines = [(_label(i), int(times)) for i, times in enumerate(counts) if times]
    lines += [(None, unlabelled)] if unlabelled else []  # type: ignore[list-item]  # NULL is no label
    return Rows({"group": [name for name, _ in lines]}, [times for _, times in lines])


def _multinomial(sizes: Sequence[int], n: int, truth: Any) -> Callable[..., Iterator[Draw]]:
    chances = np.array(sizes) / sum(sizes)

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        for counts in generator.multinomial(n, chances, times).tolist():
            yield Draw({ROWS: _rows(counts)}, truth)

    return draws


def _thinned(
    everyone: Sequence[int], chances: Sequence[float], truth: Any, unlabelled: bool
) -> Callable[..., Iterator[Draw]]:
    """Rows of each group are seen (or have their label) with a chance of its own."""

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        for _ in range(times):
            counts = generator.binomial(everyone, chances)
            lost = int(sum(everyone) - counts.sum()) if unlabelled else 0
            yield Draw({ROWS: _rows(counts.tolist(), lost)}, truth)

    return draws
