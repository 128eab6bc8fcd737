"""Shares of rows: complete, sampled, with missing answers, collected in part."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from benchmarks.soundness import collecting
from benchmarks.soundness.claims import ROWS, Spec
from benchmarks.soundness.investigation import Investigation
from benchmarks.soundness.ladder import ladder
from factcheck.claims.figures.quantity import Quantity

FAMILY = "share"
SHARES = tuple(Fraction(text) for text in ("0.005", "0.0495", "0.2", "0.5", "0.64", "0.905", "0.99"))
SIZES = (10, 30, 100, 1_000, 10_000, 100_000)
SPOKEN = ("64%", "about 60%", "more than 50%", "one in eight", "at most 10%", "between 15% and 25%", "half")
# How often a yes and a no are hidden: at random, or a yes thrice as often.
HIDDEN = {"missing at random": (0.1, 0.1), "missing not at random": (0.15, 0.05), "nothing missing": (0.0, 0.0)}


def _spec(truth: Fraction, **manifest: object) -> Spec:
    claimed = (*ladder(truth, Quantity.PROPORTION), *SPOKEN)
    frame = {"yes": [True, False, None]}
    return Spec({"share": "yes"}, claimed, {ROWS: frame}, {ROWS: {"unit": "post", **manifest}})


def investigations() -> Iterator[Investigation]:
    for p in SHARES:
        for n in SIZES:
            yield from _whole(p, n)
            yield from _sampled(p, n)
            yield from _partial(p, n)


def _whole(p: Fraction, n: int) -> Iterator[Investigation]:
    case, spec = f"p = {float(p):g}", _spec(p, completeness="complete")
    yield Investigation(FAMILY, "complete", case, n, spec, collecting.complete(float(p), n), bounds=True)
    for name in ("missing at random", "missing not at random"):
        draws = collecting.incomplete(float(p), n, HIDDEN[name])
        yield Investigation(FAMILY, f"complete, {name}", case, n, spec, draws, bounds=True)


def _sampled(p: Fraction, n: int) -> Iterator[Investigation]:
    case = f"p = {float(p):g}"
    for name, hidden in HIDDEN.items():
        label = "random sample" + ("" if name == "nothing missing" else f", {name}")
        spec = _spec(p, completeness="random sample")
        yield Investigation(FAMILY, label, case, n, spec, collecting.endless(p, n, hidden))
        if n == 100_000:
            continue
        for everyone in (n * 2, n * 20):  # half of a population, and a twentieth
            yes = max(1, round(p * everyone))
            truth = Fraction(yes, everyone)
            spec = _spec(truth, completeness="random sample", population=str(everyone))
            draws = collecting.finite(yes, everyone, n, truth, hidden)
            yield Investigation(FAMILY, f"{label}, population known", f"{case}, N = {everyone}", n, spec, draws)


def _partial(p: Fraction, n: int) -> Iterator[Investigation]:
    """A search that finds four of five that say yes, and one of five that say no."""
    everyone = n * 3
    yes = max(1, round(p * everyone))
    truth = Fraction(yes, everyone)
    for known in (False, True):
        stated = {"population": str(everyone)} if known else {}
        spec = _spec(truth, completeness="partial", **stated)
        label = f"partial, favours one answer, population {'known' if known else 'unknown'}"
        for name, hidden in HIDDEN.items():
            draws = collecting.chosen(yes, everyone - yes, (0.8, 0.2), truth, hidden)
            yield Investigation(FAMILY, label, f"p = {float(p):g}, {name}", n, spec, draws, bounds=True)
