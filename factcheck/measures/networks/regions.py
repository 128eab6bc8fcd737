"""The region of a figure, by how links and nodes were collected (docs: "How a verdict is reached")."""

from __future__ import annotations

from fractions import Fraction

from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Note
from factcheck.measures.networks.choices import GROWING, LEAST_MODULARITY, Choices, Figure, Found
from factcheck.measures.networks.counted import capped
from factcheck.measures.setting import Mode, Setting

ZERO, ONE = Fraction(0), Fraction(1)
_GROWING_WITH_LIST = ("nodes", "isolated", "components", "communities")  # links complete, nodes without links are not
_POSITIVE = ("density", "reciprocity", "mean_degree")  # not zero where any was seen


def drawn(
    figure: Figure, found: Found, choices: Choices, setting: Setting, within: bool, *, of_list: bool
) -> tuple[Interval, str, tuple[Note, ...]]:
    """The region, the method's code, and what an editor should know of it.

    `of_list`: the links are complete and only the list of nodes is not.
    """
    widest = attainable(figure, choices)
    if found.unmeasurable is not None:
        return widest, found.method, ()
    if setting.mode is Mode.EXACT:
        low = widest.low if found.low is None else found.low
        high = widest.high if found.high is None else found.high
        method = "bounds" if found.method == "complete" and (low != high or high is None) else found.method
        return Interval(low, high), method, found.notes
    if setting.process:
        return widest, "no-interval", (*found.notes, Note(setting.no_interval))
    notes = (*found.notes, *((Note("not-scaled"),) if setting.mode is Mode.SAMPLE else ()))
    if found.low is not None and grows(figure, within, of_list=of_list):
        return Interval(found.low, None), "partial", notes
    if found.high is not None and of_list and figure in ("density", "mean_degree"):
        return Interval(ZERO, found.high, low_open=found.high > 0), "partial", notes
    seen = figure in _POSITIVE and not within and found.low is not None and found.low > 0
    return Interval(widest.low, widest.high, low_open=seen), "partial", notes


def grows(figure: Figure, within: bool, *, of_list: bool) -> bool:
    """Whether what was not seen can only raise a figure. Within a component, another may become the largest."""
    if of_list:
        return figure in _GROWING_WITH_LIST and not within
    return figure in (("nodes", "largest_component") if within else GROWING)


def attainable(figure: Figure, choices: Choices) -> Interval:
    """Every value that the figure can have."""
    if figure == "modularity":
        return Interval(LEAST_MODULARITY, ONE)
    if figure == "assortativity":
        return Interval(-ONE, ONE)
    if figure == "reciprocity" or (figure == "density" and capped(choices)):
        return Interval(ZERO, ONE)
    return Interval(ONE if figure in ("components", "largest_component", "communities") else ZERO, None)
