"""The SQL of bursts: rows coded as whole numbers, the nearest row of another account, pairs of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.evidence.asks import Asking


@dataclass(frozen=True)
class Figures:
    """Rows that are together with one of their pair, pairs of accounts (None: not asked for), accounts in a pair."""

    rows: int
    pairs: int | None
    accounts: int


def named_sql(rows: str, column: str, having: str, first: str = "") -> str:
    """Every value of a column with a whole number that stands for it, the same in every run."""
    kept = f" HAVING {having}" if having else ""
    return (
        f"SELECT {column} AS name, CAST(ROW_NUMBER() OVER (ORDER BY {first}{column}) AS INTEGER) AS code "
        f"FROM ({rows}) AS acts GROUP BY {column}{kept}"
    )


def coded_sql(rows: str, targets: str, actors: str, first: int) -> str:
    """The rows by the numbers of actor and target, and the microseconds since the first moment."""
    return (
        f"SELECT actors.code AS a, targets.code AS g, moment - ({first}) AS t FROM ({rows}) AS acts "
        f"JOIN {targets} AS targets ON acts.target = targets.name JOIN {actors} AS actors ON acts.actor = actors.name"
    )


def close_sql(acts: str, window: int) -> str:
    """Rows that have any row on their target within the window: far fewer than all, by one look to either side."""
    return (
        "SELECT a, g, t FROM (SELECT a, g, t, LAG(t) OVER w AS before, LEAD(t) OVER w AS after "
        f"FROM {acts} WINDOW w AS (PARTITION BY g ORDER BY t)) AS sided "
        f"WHERE t - before <= {window} OR after - t <= {window}"
    )


def nearest_sql(rows: str, window: int) -> str:
    """Rows within the window of another account's on their target, with the distance `d` to the nearest of those.

    In the order of time, rows of one account stand in runs. The nearest other one before a row is the last row of the
    run before, so that the greatest such moment so far is the one; behind the row it is the first of the next run.
    Rows of one account in one moment are told the same (RANGE): which of them stands first is not the same each time.
    """
    order = "PARTITION BY g ORDER BY t, a"
    sided = (
        "SELECT a, g, t, CASE WHEN LAG(a) OVER w <> a THEN LAG(t) OVER w END AS before, "
        f"CASE WHEN LEAD(a) OVER w <> a THEN LEAD(t) OVER w END AS after FROM {rows} WINDOW w AS ({order})"
    )
    filled = (
        f"SELECT a, g, t, MAX(before) OVER ({order} RANGE UNBOUNDED PRECEDING) AS before, "
        f"MIN(after) OVER ({order} RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS after FROM ({sided}) AS sided"
    )
    nearest = f"SELECT a, g, t, LEAST(t - before, after - t) AS d FROM ({filled}) AS filled"
    return f"SELECT a, g, t, d FROM ({nearest}) AS nearest WHERE d <= {window}"


def beside_sql(rows: str, before: int, after: int) -> str:
    """Each moment of each target with its number `c` of rows, and the number `n` of those from `before` it to `after`.

    Three marks stand for a moment: itself (0), the end of its stretch (1) and its start (−1). In their order, rows are
    added up; `n` is what there is by the end less what there was before the start. (A frame by value would walk over
    all that it holds, again for each row.)
    """
    moments = f"SELECT g, t, COUNT(*) AS c, UNNEST([0, 1, -1]) AS k FROM {rows} GROUP BY g, t"
    marks = f"CASE k WHEN 0 THEN t WHEN 1 THEN t + {after} ELSE t - {before} END"
    added = (
        "SELECT g, t, CASE k WHEN 0 THEN c ELSE 0 END AS c, k, SUM(CASE k WHEN 0 THEN c ELSE 0 END) OVER "
        f"(PARTITION BY g ORDER BY {marks}, k ROWS UNBOUNDED PRECEDING) AS s FROM ({moments}) AS moments"
    )
    return f"SELECT g, t, SUM(c) AS c, SUM(s * k) AS n FROM ({added}) AS added GROUP BY g, t"


def touched_sql(acts: str, within: int) -> str:
    """The most rows on one target that a moment could be within reach of, and the most beside one account's rows."""
    reach = beside_sql(acts, 0, 2 * within)
    touch = f"SELECT SUM(n) AS n FROM {acts} JOIN ({beside_sql(acts, within, within)}) AS b USING (g, t) GROUP BY a"
    return f"SELECT (SELECT MAX(n) FROM ({reach}) AS reach), (SELECT MAX(n) FROM ({touch}) AS touch)"


def together_sql(rows: str, window: int, part: str = "") -> str:
    """Pairs of rows of two accounts on one target within the window; `part` restricts the accounts that come first.

    Time is cut into pieces as long as the window, so that a row meets only those of its own piece and of the two
    beside it.
    """
    piece = f"t // {max(window, 1)}"
    chosen = f" WHERE {part}" if part else ""
    return (
        "SELECT l.a AS a, r.a AS b, l.g AS g, l.t AS ta, r.t AS tb, ABS(l.t - r.t) AS d "
        f"FROM (SELECT a, g, t, {piece} AS piece FROM {rows}{chosen}) AS l "
        f"JOIN (SELECT a, g, t, UNNEST([{piece} - 1, {piece}, {piece} + 1]) AS piece FROM {rows}) AS r "
        f"ON l.g = r.g AND l.piece = r.piece WHERE l.a < r.a AND ABS(l.t - r.t) <= {window}"
    )


def figures_of(asking: Asking, select: str, windows: Sequence[int]) -> tuple[int, ...]:
    """How many lines of a SELECT have a `q` within each window."""
    counts = ", ".join(f"COUNT(CASE WHEN q <= {window} THEN 1 END)" for window in windows)
    return tuple(int(n) for n in asking.rows(f"SELECT {counts} FROM ({select}) AS told")[0])


def each_sql(pairs: str, columns: str = "q") -> str:
    """Pairs as the accounts in them, each on a line of its own."""
    return f"SELECT a, {columns} FROM {pairs} UNION ALL SELECT b, {columns} FROM {pairs}"


def plain_sql(rows: str, within: int, at_least: int, counting: str) -> Iterator[str]:
    """Statements for rows, pairs and accounts as a person would write them, however long they might take."""
    together = "x.target = y.target AND x.actor <> y.actor AND ABS(x.moment - y.moment) <= " + str(within)
    counted = "COUNT(DISTINCT x.target)" if counting == "targets" else "COUNT(*)"
    head = (
        f"WITH acts AS ({rows}), pairs AS (SELECT x.actor AS a, y.actor AS b FROM acts AS x JOIN acts AS y "
        f"ON {together} GROUP BY x.actor, y.actor HAVING {counted} >= {at_least})"
    )
    yield (
        f"{head} SELECT COUNT(*) FROM acts AS x WHERE EXISTS (SELECT 1 FROM acts AS y JOIN pairs "
        f"ON pairs.b = y.actor WHERE pairs.a = x.actor AND {together})"
    )
    yield f"{head} SELECT COUNT(*) FROM pairs WHERE a < b"
    yield f"{head} SELECT COUNT(DISTINCT a) FROM pairs"
