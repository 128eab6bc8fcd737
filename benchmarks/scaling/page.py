"""docs/scaling.md from what was measured, and from assumptions that stand in the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Cluster:
    """What is assumed of a cluster; a reader with another one changes these."""

    rows: int = 10**11
    nodes: int = 50
    cores: int = 16  # of each node
    read: float = 500e6  # bytes a second that one node reads from the store
    network: float = 1.25e9  # bytes a second between nodes
    split: int = 128 << 20  # bytes of a file that one task reads
    slower: float = 20.0  # processor time of Spark for each second of DuckDB's


def page(found: Row, cluster: Cluster = Cluster()) -> str:
    parts = [_HEAD.format(machine=found["machine"])]
    parts.append(_rows(found))
    parts.append(_claims(found))
    parts.append(_keys(found))
    parts.append(_variants(found))
    parts.append(_stops(found))
    parts.append(_paper(found, cluster))
    return "\n\n".join(part.strip() for part in parts) + "\n"


_HEAD = """
# How cost grows

<!-- made by python -m benchmarks.scaling -->

Many claims about one table are answered together: each row is turned into a few small codes once, rows with the same
codes are counted, and every claim is worked out on the table of counts (the *cells*). This page says what that costs
as the data and the project grow, where it stops paying, and what it would cost on a cluster. Figures are seconds of the
processor, which a busy machine changes less than the clock, over generated posts with the shares of
`benchmarks/cells/claims.py` (up to eight columns, about ninety different cuts).

Measured on {machine}.
"""


def _rows(found: Row) -> str:
    lines = [
        [f"{row['rows']:,}", f"{row['processor']:.2f}", _per(row["processor"], row["rows"]), str(row["groups"]),
         f"{row['cells']:,}"]
        for row in found["rows"]
    ]  # fmt: skip
    first, last = found["rows"][0], found["rows"][-1]
    times, growth = last["rows"] / first["rows"], last["processor"] / first["processor"]
    return (
        "## With rows\n\n"
        f"{_most(found)} claims each time. {times:.0f} times as many rows took {growth:.1f} times as long: what does "
        "not grow is planning, and working out the claims on the cells.\n\n"
        + _table(["rows", "processor, s", "per million rows, s", "groupings", "cells"], lines)
    )


def _claims(found: Row) -> str:
    scan, alone = found["scan"]["processor"], found["one_by_one"]["processor"]
    lines = [
        [f"{row['claims']:,}", f"{row['processor']:.2f}", f"{row['processor'] / scan:.1f}",
         f"{row['claims'] * alone / row['processor']:.1f}", str(row["statements"]), f"{row['cells']:,}"]
        for row in found["claims"]
    ]  # fmt: skip
    low, high = found["claims"][-2], found["claims"][-1]
    more = (high["processor"] - low["processor"]) / (high["claims"] - low["claims"]) * 1000
    return (
        "## With claims\n\n"
        f"{_middle(found):,} rows. Reading the needed columns once takes {scan:.2f} s; a query of its own takes "
        f"{alone:.3f} s a claim, as a person would write it (twenty of the {_most(found)} were timed). Between "
        f"{low['claims']:,} and {high['claims']:,} claims another one costs {more:.1f} ms.\n\n"
        + _table(["claims", "processor, s", "scans", "times cheaper than one by one", "statements", "cells"], lines)
    )


def _keys(found: Row) -> str:
    lines = [
        [str(row["keys"]), f"{row['processor']:.2f}", str(row["groups"]), f"{row['cells']:,}"] for row in found["keys"]
    ]
    return (
        "## With the columns that claims are about\n\n"
        "A hundred claims, over the first four to eight columns. Cells multiply with every column that a group of "
        "claims looks at together, and the planner starts another grouping rather than let one grow past its limit.\n\n"
        + _table(["columns", "processor, s", "groupings", "cells"], lines)
    )


def _variants(found: Row) -> str:
    first = found["variants"][0]
    lines = [
        [str(row["variants"]), f"{row['processor']:.2f}", f"{row['processor'] / first['processor']:.1f}",
         f"{row['cells']:,}"]
        for row in found["variants"]
    ]  # fmt: skip
    return (
        "## With variants\n\n"
        "A hundred claims, each with so many thresholds (`vary`). A variant is one more condition: it adds a code, "
        "not a scan.\n\n" + _table(["variants of each claim", "processor, s", "times one variant", "cells"], lines)
    )


def _stops(found: Row) -> str:
    scan, alone = found["scan"]["processor"], found["one_by_one"]["processor"]
    single = found["claims"][0]["processor"]
    return f"""
## When cells stop paying

* **A few claims.** Up to three claims on a dataset are asked by queries of their own: one took {single:.2f} s, where a
  query by hand takes {alone:.2f} s and reading all eight columns {scan:.2f} s.
* **Conditions that share nothing.** Cells pay because claims ask about the same columns. A condition that no value and
  no threshold stands for (a regular expression, an expression over several columns) is a code of its own, which costs
  its own evaluation on every row whatever is done around it.
* **Columns of many values as a label.** A `rank` or `top` over a million authors has a million cells. Beyond the limits
  of a grouping (4 million cells, 65 thousand where numbers are summed) such a question is asked by a query of its own.
* **Medians, distinct values, patterns.** Quantiles take one or two passes of their own for all conditions of a column,
  distinct values one for sixty-two conditions, and how rows lie to one another (copies, bursts, silences) queries of
  their own: these grow with the number of such claims.
* **Tables that fit in a blink.** Below some hundred thousand rows starting and reading take longer than all of this.
"""


def _paper(found: Row, cluster: Cluster) -> str:
    rows = found["rows"]
    slope = (rows[-1]["processor"] - rows[-2]["processor"]) / (rows[-1]["rows"] - rows[-2]["rows"])
    read = found["file"]["bytes_per_row"] * cluster.rows
    tasks = read / cluster.split
    cells, cell = rows[-1]["cells"], rows[-1]["bytes"] / max(1, rows[-1]["cells"])
    shuffled, arriving = tasks * cells * cell, cells * cell
    kept = rows[-1]["code_bytes"] * cluster.rows
    processor = slope * cluster.slower * cluster.rows
    cores = cluster.nodes * cluster.cores
    lines = [
        ["read from the store", _bytes(read), f"{found['file']['bytes_per_row']:.1f} bytes a row in the needed columns",
         _time(read / (cluster.nodes * cluster.read))],
        ["work of the processors", f"{processor / 3600:,.0f} core hours",
         f"{slope * 1e6:.2f} s per million rows here, times {cluster.slower:g}", _time(processor / cores)],
        ["codes kept between the groupings", _bytes(kept),
         f"{rows[-1]['code_bytes']} bytes a row; {_bytes(kept / cluster.nodes)} a node, in memory or on its disk", "–"],
        ["moved between the nodes, at most", _bytes(shuffled),
         f"{tasks:,.0f} tasks, each with every one of {cells:,} cells of {cell:.0f} bytes",
         _time(shuffled / (cluster.nodes * cluster.network))],
        ["moved to the machine that judges", _bytes(arriving), "the cells", _time(arriving / cluster.network)],
    ]  # fmt: skip
    separate = found["one_by_one"]["processor"] / _middle(found) * cluster.slower * cluster.rows * _most(found)
    return f"""
## On paper: {cluster.rows:,} rows on a cluster

No cluster of this size was at hand: this is arithmetic, from the bytes and the seconds measured above. Assumed are
{cluster.nodes} nodes of {cluster.cores} cores, {_bytes(cluster.read)} a second read by each from the store,
{_bytes(cluster.network)} a second between nodes, tasks of {cluster.split >> 20} MB, and that Spark takes
{cluster.slower:g} times the processor time of DuckDB for a row. {_spark(found, cluster)}

{_table(["what", "how much", "from", "time by itself"], lines)}

Reading and computing overlap, so that the longest line tells the time: about
{_time(max(read / (cluster.nodes * cluster.read), processor / cores))} for {_most(found)} claims. As separate queries
the same claims would take {separate / 3600:,.0f} core hours, taken times the same. What is moved grows with tasks times
cells: a table ten times as large moves ten times as much between nodes, and the same cells to the judge. What is not
in this sum: stragglers, a store that slows down under load, and texts, which are read whole where a claim looks into
them. Uneven groups cost little here, since a node counts its own rows before anything is moved. The codes are counted
as DuckDB keeps them, all of a row in one number; Spark has a column for each of a few, and how its cache packs those
was not measured.
"""


def _spark(found: Row, cluster: Cluster) -> str:
    measured = found.get("spark")
    if measured is None:
        return "The last is a guess on the careful side, and was not measured."
    small, ratio = measured["sizes"][0]["rows"], measured["ratio"]
    return (
        "The last is what was measured here, rounded up:\n"
        f"with Spark on the same two cores a further row took {ratio:.1f} times as much, between tables\n"
        f"of {small:,} and {measured['rows']:,} rows; no answer differed."
    )


def _most(found: Row) -> int:
    return int(max(row["claims"] for row in found["claims"] if row["claims"] <= 500))


def _middle(found: Row) -> int:
    return int(found["file"]["rows"])


def _per(seconds: float, rows: int) -> str:
    return f"{seconds / rows * 1e6:.2f}"


def _bytes(number: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if number < 1000 or unit == "TB":
            return f"{number:,.0f} {unit}" if unit == "bytes" or number >= 100 else f"{number:,.1f} {unit}"
        number /= 1000
    raise AssertionError("unreachable")


def _time(seconds: float) -> str:
    if seconds < 1:
        return "under a second"
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines)
