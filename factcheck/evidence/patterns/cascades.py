"""Trees of reshares: which reshare hangs from which, how far from its root, and whether it was reshared itself."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Literal

from factcheck.evidence.asks import Asking, Pattern, PatternAnswer
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.sql import blank_sql, id_sql, select, sql_of

BANDS = 200  # levels that travel at most; deeper trees are told in bands of several levels
Want = Literal["levels", "sizes", "clusters"]
UNCOUNTED, UNSURE, COUNTED = 0, 1, 2  # what `among` says of a reshare


@dataclass(frozen=True)
class Faults:
    """What is odd about the rows: each of them is told, none is dropped in silence."""

    loops: int = 0  # rows that name themselves as their parent; no reshares
    repeats: int = 0  # further rows of a post that has one already
    torn: int = 0  # posts whose rows name different parents
    both: int = 0  # posts that are an original in one row and a reshare in another
    orphans: int = 0  # reshares whose parent has no row
    unseen: int = 0  # the different parents of those
    nameless: int = 0  # reshares without an id
    circular: int = 0  # reshares in a circle, or hanging from one: without a root


@dataclass(frozen=True)
class Reshares:
    """The reshares in question: how many `among` counts, and what became of those."""

    counted: int = 0
    reshared: int = 0  # counted ones that were reshared themselves
    indirect: int = 0  # counted ones that reshare a reshare
    nameless: int = 0  # counted ones without an id, so that nobody can tell whether they were reshared
    unsure: int = 0  # those for which `among` is NULL
    everywhere: int = 0  # counted ones of all trees, where one root was named
    posts: int = 0  # reshares of all trees, counted or not


@dataclass(frozen=True)
class Shape:
    """How the counted reshares lie. `levels` are (first level of the band, reshares) in bands of `width` levels;
    `trees` are (counted, of them reshared, how many trees are so), as far as they were wanted."""

    deepest: int = 0
    width: int = 1
    levels: tuple[tuple[int, int], ...] = ()
    trees: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True)
class CascadesAnswer(PatternAnswer):
    rows: int  # rows of the dataset
    aside: int  # rows set aside because the base is NULL
    n: int  # rows where the base is true
    originals: int  # rows without a parent
    named: bool  # whether the root occurs at all
    chains: bool  # whether any row reshares a reshare
    faults: Faults = field(default_factory=Faults)
    reshares: Reshares = field(default_factory=Reshares)
    shape: Shape = field(default_factory=Shape)


@dataclass(frozen=True)
class Cascades(Pattern[CascadesAnswer]):
    """Rows are posts: `child` is a post's own id and `parent` that of the post which it reshares, NULL for none.

    Rows of one id are one post; it hangs from the first parent in order where they name several, and `among` counts
    it where it counts one of them. A parent without a row is a root. `root` (a constant) keeps the tree below one
    post, whose own parent then does not matter. `unique`: it is known that no id has two rows. `want` says how much
    of the shape is needed: `levels` alone, the `sizes` of trees as well, or also how many of each were reshared
    (`clusters`).
    """

    child: Bound
    parent: Bound
    base: Bound | None = None
    among: Bound | None = None
    root: Bound | None = None
    unique: bool = False
    want: Want = "levels"

    def found(self, asking: Asking) -> CascadesAnswer:
        n, originals, loops, named, blank = self._census(asking)
        with ExitStack() as stack:
            with asking.scratch(self._posts(asking)) as posts:
                repeats, torn = _numbers(asking, f"SELECT SUM(times) - COUNT(*), COUNT_IF(torn) FROM {posts}")
                both = 0 if self.unique else self._both(asking, posts)
                linked = stack.enter_context(asking.scratch(self._linked(posts)))
            ways, stuck = _ways(asking, stack, linked)
            if self.root is not None:
                ways, stuck = [_below(linked, ways)], 0
            orphans, unseen = self._orphans(asking, linked)
            chains, nameless = _numbers(asking, f"SELECT COUNT(up), COUNT_IF(nameless) FROM {linked}")
            faults = Faults(loops, repeats, torn, both, orphans, unseen, nameless, stuck)
            return CascadesAnswer(
                self._plain(asking, faults, blank > 0), asking.total(self.dataset),
                asking.aside(self.dataset, self.base), n, originals, bool(named), bool(chains), faults,
                _tally(asking, linked, None if self.root is None else ways[0]),
                _shape(asking, linked, ways, self.want),
            )  # fmt: skip

    @property
    def _child(self) -> str:
        return id_sql(self.child)

    @property
    def _parent(self) -> str:
        return id_sql(self.parent)

    def _rows(self, asking: Asking, items: dict[str, str], *conditions: str) -> str:
        return select(asking, self.dataset, self.base, items, *conditions)

    def _census(self, asking: Asking) -> tuple[int, ...]:
        named = "1"
        if self.root is not None:
            named = f"COUNT_IF({self._child} = {self.root.sql} OR {self._parent} = {self.root.sql})"
        items = {
            "n": "COUNT(*)",
            "originals": f"COUNT(*) - COUNT({self._parent})",
            "loops": f"COUNT_IF({self._child} = {self._parent})",
            "named": named,
            "blank": f"COUNT_IF({blank_sql(self.child, self.parent)})",
        }
        return _numbers(asking, self._rows(asking, items))

    def _posts(self, asking: Asking) -> str:
        """Every reshare once: a number, its id and parent, what `among` says, and how many rows it has."""
        among = str(COUNTED)
        if self.among is not None:
            sql = self.among.sql
            among = f"CASE WHEN {sql} THEN {COUNTED} WHEN ({sql}) IS NULL THEN {UNSURE} ELSE {UNCOUNTED} END"
        items = {"child": self._child, "parent": self._parent, "kind": among}
        own = [] if self.root is None else [f"{self._child} <> {self.root.sql}"]
        given = f"{self._parent} IS NOT NULL"
        named = self._rows(asking, items, given, f"{self._child} <> {self._parent}", *own)
        nameless = self._rows(asking, items, given, f"{self._child} IS NULL")
        once = f"SELECT child, parent, kind, 1 AS times, FALSE AS torn FROM ({named})"
        if not self.unique:
            once = (
                "SELECT child, MIN(parent) AS parent, MAX(kind) AS kind, COUNT(*) AS times, "
                f"MIN(parent) <> MAX(parent) AS torn FROM ({named}) GROUP BY child"
            )
        return (
            "SELECT ROW_NUMBER() OVER () AS post, child, parent, CAST(kind AS UTINYINT) AS kind, times, torn "
            f"FROM ({once} UNION ALL SELECT child, parent, kind, 1, FALSE FROM ({nameless}))"
        )

    def _both(self, asking: Asking, posts: str) -> int:
        originals = self._rows(asking, {"id": self._child}, f"{self._parent} IS NULL", f"{self._child} IS NOT NULL")
        return _numbers(asking, f"SELECT COUNT(*) FROM {posts} WHERE child IN ({originals})")[0]

    def _linked(self, posts: str) -> str:
        """Every reshare with the number of the reshare above it, or else with its root."""
        is_root = "FALSE" if self.root is None else f"p.parent = {self.root.sql}"
        return (
            "SELECT p.post, p.kind, p.child IS NULL AS nameless, q.post AS up, "
            f"CASE WHEN q.post IS NULL THEN p.parent END AS root, {is_root} AS is_root "
            f"FROM {posts} AS p LEFT JOIN {posts} AS q ON p.parent = q.child"
        )

    def _orphans(self, asking: Asking, linked: str) -> tuple[int, ...]:
        """Reshares whose parent has no row, and how many such parents there are; a root that was named is known."""
        has_row = f"({self._parent} IS NULL OR {self._child} = {self._parent})"
        roots = self._rows(asking, {"id": self._child}, has_row)
        return _numbers(
            asking,
            f"SELECT COUNT(*), COUNT(DISTINCT root) FROM {linked} AS l WHERE up IS NULL AND NOT is_root "
            f"AND NOT EXISTS (SELECT 1 FROM ({roots}) AS r WHERE r.id = l.root)",
        )

    def _plain(self, asking: Asking, faults: Faults, blank: bool) -> tuple[str, str]:
        """The queries that a person would write: reshares that were reshared, and the trees with their figures.

        They stay as short as the rows allow: repeated ids are only made one where there are some.
        """
        child, parent = (self._child, self._parent) if blank else (self.child.sql, self.parent.sql)
        given = [f"{parent} IS NOT NULL", f"{child} IS DISTINCT FROM {parent}"]
        given += [] if self.root is None else [f"{child} IS DISTINCT FROM {self.root.sql}"]
        items = {"post": child, "parent": parent, "counted": sql_of(self.among) or "TRUE"}
        posts = self._rows(asking, items, *given)
        if faults.repeats:
            nameless = self._rows(asking, items, *given, f"{child} IS NULL")
            posts = (
                f"SELECT post, MIN(parent) AS parent, BOOL_OR(counted) AS counted FROM ({posts}) "
                f"WHERE post IS NOT NULL GROUP BY post UNION ALL {nameless}"
            )
        again = "COUNT(CASE WHEN post IN (SELECT parent FROM posts) THEN 1 END) AS reshared"
        share = f"WITH posts AS ({posts}) SELECT COUNT(*) AS reshares, {again} FROM posts WHERE counted"
        top = "parent NOT IN (SELECT post FROM posts WHERE post IS NOT NULL)"
        top = top if self.root is None else f"parent = {self.root.sql}"
        trees = (
            f"WITH RECURSIVE posts AS ({posts}), tree AS (SELECT post, parent AS root, 1 AS depth, counted FROM posts "
            f"WHERE {top} UNION ALL SELECT p.post, t.root, t.depth + 1, p.counted FROM posts AS p JOIN tree AS t "
            f"ON p.parent = t.post) SELECT root, COUNT(*) AS size, MAX(depth) AS depth, {again} FROM tree "
            "WHERE counted GROUP BY root ORDER BY size DESC"
        )
        return share, trees


def _numbers(asking: Asking, sql: str) -> tuple[int, ...]:
    return tuple(int(value or 0) for value in asking.rows(sql)[0])


def _ways(asking: Asking, stack: ExitStack, linked: str) -> tuple[list[str], int]:
    """SELECTs of (post, top, hops, kind) for the reshares that have a way to a root, and how many have none.

    `top` is the reshare on the way that hangs from the root itself, `hops` steps away. Each round doubles the steps
    taken, so that a chain of 100,000 takes 17. As long as some reshare is farther from its root than was walked, one
    at just that distance arrives; a round in which none arrives leaves those that lead into a circle.
    """
    ways = [f"SELECT post, post AS top, CAST(0 AS BIGINT) AS hops, kind FROM {linked} WHERE up IS NULL"]
    walking = (
        f"SELECT post, up AS top, CAST(1 AS BIGINT) AS hops, kind, FALSE AS done FROM {linked} WHERE up IS NOT NULL"
    )
    step = stack.enter_context(asking.scratch(walking))
    left, before = _numbers(asking, f"SELECT COUNT(*) FROM {step}")[0], -1
    while left not in (0, before):
        known = (
            f"SELECT post, top, hops, TRUE AS done FROM ({_all(ways)}) "
            f"UNION ALL SELECT post, top, hops, FALSE FROM {step} WHERE NOT done"
        )
        walking = (
            f"SELECT a.post, b.top, a.hops + b.hops AS hops, a.kind, b.done FROM {step} AS a "
            f"JOIN ({known}) AS b ON a.top = b.post WHERE NOT a.done"
        )
        step = stack.enter_context(asking.scratch(walking))
        ways.append(f"SELECT post, top, hops, kind FROM {step} WHERE done")
        before, left = left, _numbers(asking, f"SELECT COUNT_IF(NOT done) FROM {step}")[0]
    return ways, left


def _all(ways: list[str]) -> str:
    return " UNION ALL ".join(ways)


def _below(linked: str, ways: list[str]) -> str:
    """The ways that end at the root that was named."""
    return f"SELECT * FROM ({_all(ways)}) WHERE top IN (SELECT post FROM {linked} WHERE up IS NULL AND is_root)"


def _tally(asking: Asking, linked: str, members: str | None) -> Reshares:
    """What became of the reshares, of all or of those with the ways `members`."""
    kept = linked if members is None else f"(SELECT * FROM {linked} WHERE post IN (SELECT post FROM ({members})))"
    counted, reshared, indirect, nameless, unsure = _numbers(
        asking,
        f"SELECT COUNT_IF(c), COUNT_IF(c AND {_reshared(linked)}), COUNT_IF(c AND up IS NOT NULL), "
        f"COUNT_IF(c AND nameless), COUNT_IF(kind = {UNSURE}) FROM (SELECT *, kind = {COUNTED} AS c FROM {kept})",
    )
    everywhere, posts = _numbers(asking, f"SELECT COUNT_IF(kind = {COUNTED}), COUNT(*) FROM {linked}")
    return Reshares(counted, reshared, indirect, nameless, unsure, everywhere, posts)


def _reshared(linked: str) -> str:
    return f"post IN (SELECT up FROM {linked} WHERE up IS NOT NULL)"


def _shape(asking: Asking, linked: str, ways: list[str], want: Want) -> Shape:
    each = f"SELECT hops + 1 AS depth, COUNT(*) AS n FROM ({_all(ways)}) WHERE kind = {COUNTED} GROUP BY 1"
    with asking.scratch(each) as table:
        (deepest,) = _numbers(asking, f"SELECT MAX(depth) FROM {table}")
        width = max(1, -(-deepest // BANDS))
        band = f"(depth - 1) // {width} * {width} + 1"
        levels = asking.rows(f"SELECT {band} AS level, SUM(n) FROM {table} GROUP BY 1 ORDER BY 1")
    trees = [] if want == "levels" else asking.rows(_trees(linked, ways[1:], want))
    return Shape(
        deepest,
        width,
        tuple((int(level), int(n)) for level, n in levels),
        tuple((int(m), int(k), int(n)) for m, k, n in trees),
    )


def _trees(linked: str, farther: list[str], want: Want) -> str:
    """Trees by their size: the reshares of the root itself, and those `farther` away, added up by branch before."""
    items = f"COUNT(*) AS m, {f'COUNT_IF({_reshared(linked)})' if want == 'clusters' else '0'} AS k"
    parts = f"SELECT root, {items} FROM {linked} WHERE up IS NULL AND kind = {COUNTED} GROUP BY root"
    if farther:
        branches = f"SELECT top, {items} FROM ({_all(farther)}) WHERE kind = {COUNTED} GROUP BY top"
        parts += f" UNION ALL SELECT t.root, b.m, b.k FROM ({branches}) AS b JOIN {linked} AS t ON b.top = t.post"
    trees = f"SELECT SUM(m) AS m, SUM(k) AS k FROM ({parts}) GROUP BY root"
    return f"SELECT m, k, COUNT(*) FROM ({trees}) GROUP BY m, k ORDER BY m, k"
