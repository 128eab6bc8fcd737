"""What a report says of a figure, by the kind of its measure: a module for each family.

A teller takes the verdict and its measurement and gives sentences by code (`words.yaml`); a kind that has none here
is told as "<what was measured> is <the figure>".
"""

from __future__ import annotations

from collections.abc import Callable

from factcheck.measures.measurement import Measurement
from factcheck.reports.kinds.cascade import cascade
from factcheck.reports.kinds.coordination import coordination
from factcheck.reports.kinds.copies import duplicates
from factcheck.reports.kinds.correlation import correlation
from factcheck.reports.kinds.counts import count, share
from factcheck.reports.kinds.groups import composition, extreme, per, rank, sides, top
from factcheck.reports.kinds.moments import gap, hours, moment, rate
from factcheck.reports.kinds.networks import network
from factcheck.reports.kinds.series import peaks, trend
from factcheck.reports.kinds.sets import overlap
from factcheck.verdicts.verdict import Verdict

Teller = Callable[[Verdict, Measurement], list[str]]

KINDS: dict[str, Teller] = {
    "share": share,
    "count": count,
    "ratio": sides,
    "difference": sides,
    "rank": rank,
    "top": top,
    "composition": composition,
    "min": extreme,
    "max": extreme,
    "per": per,
    "first": moment,
    "last": moment,
    "gap": gap,
    "hours": hours,
    "rate": rate,
    "peaks": peaks,
    "trend": trend,
    "cascade": cascade,
    "coordination": coordination,
    "network": network,
    "overlap": overlap,
    "duplicates": duplicates,
    "correlation": correlation,
}
