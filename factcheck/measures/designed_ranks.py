"""Ranks and the largest groups of samples that were drawn in clusters or carry weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.measures.designed_groups import DesignedGroups
from factcheck.measures.measurement import Members
from factcheck.measures.setting import Setting
from factcheck.measures.tallies import Drawn, drawn

if TYPE_CHECKING:
    from factcheck.stats.group_pairs import GroupTotals


def designed_rank(found: DesignedGroups, name: str, setting: Setting, *, ascending: bool) -> Drawn:
    """Where a group may rank in the population."""
    from factcheck.stats.designed_ranks import designed_rank_interval

    totals, names = _totals(found, setting, name)
    return drawn(None, designed_rank_interval(totals, names.index(name), float(setting.level), ascending))


def designed_top(found: DesignedGroups, n: int, setting: Setting, claimed: int) -> Members:
    """Which groups are surely, and which may be, among the `n` largest; a claim of `claimed` groups holds if all do."""
    from factcheck.stats.designed_ranks import designed_top_n

    # A group that the claim names may have been missed, and so may one that it does not name.
    totals, names = _totals(found, setting, *setting.labels)
    settled = designed_top_n(totals, n, float(setting.level), max(1, claimed))
    certain = frozenset(names[code] for code in settled.inside)
    possible = certain | {names[code] for code in settled.unsettled}
    return Members(certain, possible, claimed, open=len(possible) < n)


def _totals(found: DesignedGroups, setting: Setting, *named: str) -> tuple[GroupTotals, list[str]]:
    """What the drawn units hold of every group, and the labels by their codes; those named may have no row."""
    import numpy as np

    from factcheck.stats.group_pairs import GroupTotals

    names = list(dict.fromkeys((*found.labels, *named)))
    answer, times = found.answer, found.times
    place = {name: code for code, name in enumerate(names)}
    codes = np.full(len(answer.groups), len(names), dtype=np.int64)
    for name, own in found.codes.items():
        if name is not None:
            codes[list(own)] = place[name]
    group = codes[answer.group]
    held = group < len(names)
    open_rows = setting.missing == "bounds" and bool(found.free)
    unlabelled = found.in_units(None) if open_rows else np.zeros(len(times))
    rows, squares = (
        np.bincount(codes, np.asarray(each, dtype=np.float64), minlength=len(names) + 1).astype(np.float64)
        for each in (answer.n, answer.squares)
    )
    if not open_rows:
        rows[-1] = squares[-1] = 0
    clustered = found.design.cluster is not None
    entries = answer.unit[held], group[held], answer.total[held]
    return GroupTotals(*entries, times.astype(np.float64), unlabelled, rows, squares, clustered), names
