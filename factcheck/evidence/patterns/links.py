"""Tables of links: how many there are however they are counted, and how many each node has."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Asking, Pattern
from factcheck.evidence.clauses import total_sql
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.linked import DEGREES, FOLDED, Arrays, LinksAnswer, NodeList, Rest, Tally, plain
from factcheck.evidence.patterns.sql import blank_sql, id_sql, select, sql_of
from factcheck.evidence.patterns.vectors import stacked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 50_000_000  # pairs of nodes that may travel as arrays: 16 bytes each
AT_ONCE = 4_000_000  # of them in one statement
SHOWN = 12  # nodes that are named



@dataclass(frozen=True)
class Links(Pattern[LinksAnswer]):
    """Every row where `base` is true is a link from `source` to `target`; one without an end is none, and is counted.

    Nodes are the ends of links and, with `nodes`, all that are listed. A row where `both` is true links in both
    directions. `degree` names the one of DEGREES told node by node; `arrays` asks for the links themselves.
    """

    source: Bound
    target: Bound
    base: Bound | None = None
    nodes: NodeList | None = None
    weight: Bound | None = None
    both: Bound | None = None
    degree: str = ""
    arrays: bool = False

    def serves(self, other: Pattern[Any]) -> bool:
        """Counting degrees counts all else as well."""
        return bool(self.degree) and isinstance(other, Links) and not other.degree and replace(self, degree="") == other

    def found(self, asking: Asking) -> LinksAnswer:
        counts = self._census(asking)
        n, complete = counts[:2]
        with ExitStack() as stack:
            nodes = stack.enter_context(asking.scratch(self._nodes(asking)))
            pairs = stack.enter_context(asking.scratch(self._pairs(asking, nodes)))
            tally = self._tally(asking, nodes, pairs)
            histogram: tuple[tuple[Any, int], ...] = ()
            top: tuple[tuple[str, Any], ...] = ()
            if self.degree:
                with asking.scratch(self._degrees(pairs)) as each:
                    tally = self._with_degrees(asking, tally, each)
                    histogram, top = self._histogram(asking, each, tally), self._top(asking, nodes, each)
            rest = self._rest(asking, nodes, counts)
            if self.both is None and tally.rows + tally.loop_rows != complete - rest.weightless:
                raise EvidenceError("links were lost on the way to their nodes; this is a fault of factcheck")
            return LinksAnswer(
                (self._plain(asking, blank=counts[6] > 0),), n, asking.aside(self.dataset, self.base),
                asking.total(self.dataset), tally, rest, histogram, top,
                self._arrays(asking, nodes, pairs, tally) if self.arrays else None,
            )  # fmt: skip

    @property
    def _known(self) -> list[str]:
        """What must hold for a row to be a link."""
        return self._given(self._source, self._target)

    @property
    def _turned(self) -> list[str]:
        """What must hold for it to lead back as well; a link of a node to itself leads back already."""
        return [] if self.both is None else [self.both.sql, f"{self._source} <> {self._target}"]

    def _given(self, *ends: str) -> list[str]:
        return [f"({sql}) IS NOT NULL" for sql in (*ends, *([self.weight.sql] if self.weight is not None else []))]

    @property
    def _source(self) -> str:
        return id_sql(self.source)

    @property
    def _target(self) -> str:
        return id_sql(self.target)

    def _census(self, asking: Asking) -> list[int]:
        no_from, no_to = f"({self._source}) IS NULL", f"({self._target}) IS NULL"
        items = {
            "n": "COUNT(*)",
            "known": f"COUNT_IF(NOT {no_from} AND NOT {no_to})",
            "open_from": f"COUNT_IF({no_from} AND NOT {no_to})",
            "open_to": f"COUNT_IF({no_to} AND NOT {no_from})",
            "open_both": f"COUNT_IF({no_from} AND {no_to})",
            "linked": f"COUNT_IF({' AND '.join(self._known)})",
            "blank": f"COUNT_IF({blank_sql(self.source, self.target)})",
            "open_mutual": f"COUNT_IF({sql_of(self.both) or 'FALSE'} AND NOT ({' AND '.join(self._known)}))",
        }
        (row,) = asking.rows(select(asking, self.dataset, self.base, items))
        return [int(value or 0) for value in row]  # COUNT_IF of no row is NULL

    def _nodes(self, asking: Asking) -> str:
        """Every node with a number in the order of the ids, so that it is the same in every run."""
        ends = " UNION ".join(
            select(asking, self.dataset, self.base, {"id": end}, *self._known) for end in (self._source, self._target)
        )
        number = "CAST(ROW_NUMBER() OVER (ORDER BY id) - 1 AS INTEGER) AS code"
        if self.nodes is None:
            return f"SELECT id, {number}, TRUE AS linked, FALSE AS listed FROM ({ends})"
        own = {"id": id_sql(self.nodes.id)}
        by = "TRUE AS listed"
        if self.nodes.by is not None:
            own["value"] = self.nodes.by.sql
            by += ", CASE WHEN MIN(value) = MAX(value) THEN MIN(value) END AS value, MIN(value) <> MAX(value) AS torn"
        listed = select(asking, self.nodes.dataset, None, own, f"({id_sql(self.nodes.id)}) IS NOT NULL")
        kept = "" if self.nodes.by is None else ", m.value AS value, COALESCE(m.torn, FALSE) AS torn"
        return (
            f"SELECT id, {number}, * EXCLUDE (id) FROM (SELECT COALESCE(e.id, m.id) AS id, e.id IS NOT NULL AS linked, "
            f"m.id IS NOT NULL AS listed{kept} FROM ({ends}) AS e FULL JOIN "
            f"(SELECT id, {by} FROM ({listed}) GROUP BY id) AS m ON e.id = m.id)"
        )

    def _pairs(self, asking: Asking, nodes: str) -> str:
        """Each pair of nodes once, with the rows (and their weight) in either direction."""
        items = {"f": self._source, "t": self._target}
        figures = {"there": "CAST(COUNT_IF(a <= b) AS INTEGER)", "back": "CAST(COUNT_IF(a > b) AS INTEGER)"}
        if self.weight is not None:
            items["w"] = self.weight.sql
            for name, test in (("wthere", "a <= b"), ("wback", "a > b")):
                zero = "0.0" if self.weight.family is Family.DOUBLE else "0"
                total = total_sql(f"CASE WHEN {test} THEN w END", self.weight.family)
                figures[name] = f"COALESCE({total}, {zero})"
        rows = select(asking, self.dataset, self.base, items, *self._known)
        if self.both is not None:
            turned = {**items, "f": items["t"], "t": items["f"]}
            rows += f" UNION ALL {select(asking, self.dataset, self.base, turned, *self._known, *self._turned)}"
        weight = ", w" if self.weight is not None else ""
        links = (
            f"SELECT p.code AS a, q.code AS b{weight} FROM ({rows}) JOIN {nodes} AS p ON f = p.id "
            f"JOIN {nodes} AS q ON t = q.id"
        )
        told = ", ".join(f"{sql} AS {name}" for name, sql in figures.items())
        return f"SELECT LEAST(a, b) AS low, GREATEST(a, b) AS high, {told} FROM ({links}) GROUP BY 1, 2"

    def _degrees(self, pairs: str) -> str:
        """A row for every node that has a link: neighbours, arcs and rows in and out, and loops."""

        def seen(node: str, out: str, into: str, test: str) -> str:
            loop = out == into
            flags = ("0", "0", "0", "0", "0", "1", out) if loop else (
                "1", f"CAST({out} > 0 AS INTEGER)", f"CAST({into} > 0 AS INTEGER)", out, into, "0", "0",
            )  # fmt: skip
            weights = () if self.weight is None else ("0", "0", f"w{out}") if loop else (f"w{out}", f"w{into}", "0")
            items = ", ".join(f"{v} AS {k}" for k, v in zip(self._figures, (*flags, *weights), strict=True))
            return f"SELECT {node} AS node, {items} FROM {pairs} WHERE {test}"

        double = self.weight is not None and self.weight.family is Family.DOUBLE
        sums = ", ".join(
            f"FSUM({name}) AS {name}" if double and name.startswith("w") else f"SUM({name}) AS {name}"
            for name in self._figures
        )
        rows = (
            seen("low", "there", "back", "low < high"), seen("high", "back", "there", "low < high"),
            seen("low", "there", "there", "low = high"),
        )  # fmt: skip
        return f"SELECT node, {sums} FROM ({' UNION ALL '.join(rows)}) GROUP BY node"

    @property
    def _figures(self) -> tuple[str, ...]:
        return ("nb", "o", "i", "ro", "ri", "l", "lr", *(("wo", "wi", "wl") if self.weight is not None else ()))

    def _tally(self, asking: Asking, nodes: str, pairs: str) -> Tally:
        other = "low < high"
        items = {
            "rows": f"SUM(CASE WHEN {other} THEN there + back END)",
            "arcs": f"COUNT_IF({other} AND there > 0) + COUNT_IF({other} AND back > 0)",
            "pairs": f"COUNT_IF({other})",
            "mutual": f"COUNT_IF({other} AND there > 0 AND back > 0)",
            "mutual_rows": f"SUM(CASE WHEN {other} AND there > 0 AND back > 0 THEN there + back END)",
            "loops": "COUNT_IF(low = high)",
            "loop_rows": "SUM(CASE WHEN low = high THEN there END)",
        }
        (row,) = asking.rows(f"SELECT {', '.join(f'{sql} AS {name}' for name, sql in items.items())} FROM {pairs}")
        counts: dict[str, Any] = {name: int(value or 0) for name, value in zip(items, row, strict=True)}
        count, touched = asking.rows(f"SELECT COUNT(*), COUNT_IF(linked) FROM {nodes}")[0]
        return Tally(int(count), **counts, touched=int(touched or 0), **self._weights(asking, pairs))

    def _with_degrees(self, asking: Asking, tally: Tally, each: str) -> Tally:
        most = {k: sql for k, sql in DEGREES.items() if self.weight is not None or not k.startswith("weight")}
        items = ", ".join(("COUNT_IF(nb > 0)", *(f"MAX({sql})" for sql in most.values())))
        linked, *largest = asking.rows(f"SELECT {items} FROM {each}")[0]
        told = {name: plain(value) for name, value in zip(most, largest, strict=True)}
        return replace(tally, linked=int(linked or 0), largest=told)

    def _weights(self, asking: Asking, pairs: str) -> dict[str, Any]:
        """The total of the weights; EvidenceError where one of them is no weight."""
        if self.weight is None:
            return {}
        weight = self.weight
        ends = {"low": f"MIN({weight.sql})", "high": f"MAX({weight.sql})"}
        low, high = asking.rows(select(asking, self.dataset, self.base, ends, *self._known))[0]
        if low is not None and (low < 0 or high != high or high == float("inf")):
            raise EvidenceError("a weight must be a number from 0; there is a negative one, NaN or an infinity")
        total = total_sql("CASE WHEN low < high THEN wthere + wback END", weight.family)
        loops = total_sql("CASE WHEN low = high THEN wthere END", weight.family)
        values = asking.rows(f"SELECT {total}, {loops} FROM {pairs}")[0]
        if any(isinstance(value, float) and not isfinite(4 * value) for value in values):  # degrees add them twice
            raise EvidenceError("the weights add up to more than a floating-point number can hold")
        return {"weight": plain(values[0]), "loop_weight": plain(values[1])}

    def _rest(self, asking: Asking, nodes: str, counts: list[int]) -> Rest:
        _n, known, open_from, open_to, open_both, linked, _, open_mutual = counts
        alike = f"COUNT(*) - COUNT(DISTINCT {FOLDED})" if self.source.family is Family.TEXT else "0"
        torn = "COUNT_IF(torn)" if self.nodes is not None and self.nodes.by is not None else "0"
        listed = f"SELECT COUNT_IF(listed), COUNT_IF(NOT listed), {torn}, {alike} FROM {nodes}"
        values = [int(value or 0) for value in asking.rows(listed)[0]]
        nameless = 0
        if self.nodes is not None:
            own = select(asking, self.nodes.dataset, None, {"n": "COUNT(*)"}, f"({id_sql(self.nodes.id)}) IS NULL")
            nameless = int(asking.rows(own)[0][0])
        unlisted = values[1] if self.nodes is not None else 0
        open_ends = (open_from, open_to, open_both, known - linked, open_mutual)
        return Rest(*open_ends, values[0], unlisted, nameless, *values[2:])

    def _histogram(self, asking: Asking, each: str, tally: Tally) -> tuple[tuple[Any, int], ...]:
        sql = DEGREES[self.degree]
        rows = asking.rows(f"SELECT {sql} AS degree, COUNT(*) FROM {each} GROUP BY 1 ORDER BY 1")
        found = {plain(degree): int(count) for degree, count in rows}
        if tally.nodes > tally.touched:
            found[0] = found.get(0, 0) + tally.nodes - tally.touched
        return tuple(sorted(found.items()))

    def _top(self, asking: Asking, nodes: str, each: str) -> tuple[tuple[str, Any], ...]:
        """The nodes of the largest degrees by name, those of one degree by their ids."""
        first = (
            f"SELECT id, CAST(id AS VARCHAR) AS name, {DEGREES[self.degree]} AS degree FROM {each} "
            f"JOIN {nodes} ON code = node ORDER BY degree DESC, id LIMIT {SHOWN}"
        )
        if self.nodes is not None and self.nodes.label is not None:
            items = {"key": id_sql(self.nodes.id), "label": f"CAST({self.nodes.label.sql} AS VARCHAR)"}
            named = select(asking, self.nodes.dataset, None, items)
            labels = f"SELECT key, MIN(label) AS label FROM ({named}) GROUP BY key"
            first = (
                f"SELECT id, COALESCE(label, name) AS name, degree FROM ({first}) LEFT JOIN ({labels}) ON key = id "
                "ORDER BY degree DESC, id"
            )
        return tuple((str(name), plain(degree)) for _, name, degree in asking.rows(first))

    def _arrays(self, asking: Asking, nodes: str, pairs: str, tally: Tally) -> Arrays:
        if tally.pairs > MOST:
            raise EvidenceError(
                f"{tally.pairs:,} pairs of nodes are more than this figure can hold ({MOST:,}); narrow `where`"
            )
        names = ["low", "high", "there", "back", *(["wthere", "wback"] if self.weight is not None else [])]
        # In parts, since what reads the evidence has little memory; the order of the links is left open.
        parts = max(1, -(-tally.pairs // AT_ONCE))
        select = f"SELECT {', '.join(names)} FROM {pairs} WHERE low % {parts} ="
        frames = [asking.frame(f"{select} {part}").columns for part in range(parts)]
        ends = [stacked(frames, at, "int32") for at in range(4)]
        weights = [stacked(frames, at, "float64") for at in range(4, len(names))]
        there, back = weights if weights else (None, None)
        groups, values = self._values(asking, nodes)
        return Arrays(ends[0], ends[1], ends[2], ends[3], there, back, groups, values)

    def _values(self, asking: Asking, nodes: str) -> tuple[NDArray[np.int64] | None, NDArray[np.float64] | None]:
        """What each node is compared by, in the order of their numbers: as groups and as numbers."""
        import numpy as np

        if self.nodes is None or self.nodes.by is None:
            return None, None
        number = "CAST(value AS DOUBLE)" if self.nodes.by.family.is_number else "NULL"
        group = "CASE WHEN value IS NULL THEN -1 ELSE DENSE_RANK() OVER (ORDER BY value NULLS LAST) - 1 END"
        frame = asking.frame(f"SELECT CAST({group} AS BIGINT), CAST({number} AS DOUBLE) FROM {nodes} ORDER BY code")
        groups = np.asarray(frame.columns[0], np.int64)
        values = np.where(frame.nulls[1], np.nan, np.asarray(frame.columns[1], np.float64))
        return groups, values if self.nodes.by.family.is_number else None

    def _plain(self, asking: Asking, *, blank: bool) -> str:
        """One statement that a person can run: each pair of ends with its links."""
        source, target = (self._source, self._target) if blank else (self.source.sql, self.target.sql)
        weight = {} if self.weight is None else {"w": self.weight.sql}
        given, told = self._given(source, target), self._told(source, target, weight.get("w", ""))
        if self.both is None:
            return f"{select(asking, self.dataset, self.base, told, *given)} GROUP BY 1, 2"
        rows = select(asking, self.dataset, self.base, {"a": source, "b": target, **weight}, *given)
        turned = {"a": target, "b": source, **weight}
        rows += f" UNION ALL {select(asking, self.dataset, self.base, turned, *given, *self._turned)}"
        told = self._told("a", "b", "w")
        return f"SELECT {', '.join(f'{sql} AS {name}' for name, sql in told.items())} FROM ({rows}) GROUP BY 1, 2"

    def _told(self, a: str, b: str, weight: str) -> dict[str, str]:
        told = {"one": f"LEAST({a}, {b})", "other": f"GREATEST({a}, {b})"}
        told |= {"there": f"COUNT_IF({a} <= {b})", "back": f"COUNT_IF({a} > {b})"}
        return told if self.weight is None else {**told, "weight": total_sql(weight, self.weight.family)}
