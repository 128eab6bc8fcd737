"""The kind `network`."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.linked import NodeList
from factcheck.measures.fields import Expression
from factcheck.measures.form import Binder, Form, Measure
from factcheck.measures.networks.choices import DEGREES, GROUPED, WEIGHTED, Choices, Figure, Side
from factcheck.measures.networks.network import NetworkOf
from factcheck.measures.networks.question import Asked
from factcheck.measures.rows import rows_of

_IDS = (Family.TEXT, Family.INTEGER, Family.UNKNOWN)


class Link(BaseModel):
    """Which columns hold the two ends of a link."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    from_: Expression = Field(alias="from", description="Where the link begins.", examples=["source"])
    to: Expression = Field(description="Where it leads.", examples=["target"])


class NetworkForm(Form):
    """A figure of a network. Each row of the dataset is a link `from` one node `to` another.

    Nodes are the ends of links; with `nodes: <dataset>` also every id listed there (its `key`, else its column `id`),
    so that nodes without a link count. Ids are compared as they are spelt, capitals included; an empty text is none.
    `where` restricts the links, never the list. Without `link`, the columns `source` and `target` are the ends:
    `dataset: name.edges`.

    Three choices decide what is counted. `explain` says what each other one would have given.

    * `directed`: `true` where the claim or the file says so and where nothing does; `false` makes a → b and b → a one
      link. A file says it in its column `type` (GEXF, GraphML, GML and Gephi's tables have one), where all its values
      are `directed`, `undirected` or `mutual` (a link in both directions); where rows differ the claim has to say.
    * `repeats: merge` (default) counts a link once however many rows record it, `keep` counts every row.
    * `loops: drop` (default) leaves out links of a node to itself, which is still a node; `keep` counts them.

    N is the number of nodes and E that of links. The figures:

    * `nodes`: N. `edges`: E. `isolated`: nodes without a link, loops aside (needs `nodes`).
    * `density`: E/(N(N−1)) where links are directed, else 2E/(N(N−1)): which part of all possible links there is. With
      kept repeats or loops it can pass 1.
    * `reciprocity`: directed links a → b for which there is b → a, over E; a loop is not reciprocated.
    * `max_degree`, `mean_degree`: the degree of a node is the number of its links, in and out together (a pair linked
      both ways has two, a loop counts twice), so that the mean is 2E/N. `by: in` and `by: out` take one direction
      alone, and the mean is E/N, which Gephi calls average degree. With `weight` a degree is the sum of the weights.
    * `components`: parts that hang together whichever way the links lead (weakly connected), a node without a link
      being one of its own. `largest_component`: the nodes of the largest. `explain` gives both along the direction.
    * `modularity`: (links inside groups)/E − Σ (degrees of a group/2E)² (Newman 2006), links taken without direction, a
      pair linked both ways being one unless repeats are kept. `by` names the groups, a column of `nodes`. Without `by`,
      groups are searched for: the Leiden algorithm (Traag, Waltman & van Eck 2019), 20 runs with fixed seeds.
      The region reaches from the smallest to the largest result, the estimate is the largest. `communities` is how many
      groups each run found, a node without a link being one of its own. Both need the extra `networks`.
    * `assortativity`: how alike the ends of links are, from −1 to 1 (Newman 2002, 2003). Without `by` of degrees
      (directed: that of the out-degree where a link begins with the in-degree where it leads); `by` a number column of
      `nodes` Pearson's correlation; by any other the coefficient for groups (`cast(x as text)` makes a number one).

    `weight` is the weight of a row's link, a number from 0; those of repeated rows are added. It serves degrees,
    `communities` and `modularity`. `within: largest_component` keeps the largest component alone.

    Beside a modularity that was searched for stand those of 99 networks made by chance with the same degrees (Maslov &
    Sneppen 2002): a search finds groups in chance as well, and only what lies above is structure. From 50,000 links on
    19 are made, from 200,000 on none; from two million links on there are five runs instead of 20. A note says so.

    A row with a NULL end (or weight) is no link, and is told: it may link any nodes, so that the region holds what it
    could change; nothing is then known of searched communities, nor of assortativity. `missing: ignore` and `false`
    leave it out. Where NULL means that there is no link, say `missing: none` of the column in the manifest. A node
    whose group is not known may be of any; `ignore` leaves its links out and `false` makes it a group of its own (in
    assortativity, either leaves its links out). An end that the list lacks is a node, of no known group, and is told.
    A dataset with `counts` is refused.

    In a partial collection, and in a random sample (a fraction scales no network), nodes, links, degrees and the
    largest component are lower bounds, and all else may be anything that it can be. `about: process` concludes
    nothing.

    What it cannot show: why nodes are linked, whether a group acts together, or that the communities of one run are the
    only ones; partitions of nearly the same modularity can differ much (Good, de Montjoye & Clauset 2010).

    Example: `measure: {network: edges, link: {from: account, to: from_account}}`, `claimed: 8,714`
    """

    kind: ClassVar[str] = "network"
    network: Figure = Field(description="Which figure.")
    link: Link | None = Field(
        None,
        description="The ends of a link (default: `source` and `target`).",
        examples=[{"from": "source", "to": "target"}],
    )
    nodes: str | None = Field(
        None, description="A dataset that lists the nodes, those without links included.", examples=["accounts"]
    )
    directed: bool | None = Field(None, description="Whether a → b and b → a are two links (default: the file's word).")
    weight: Expression | None = Field(None, description="The weight of a row's link.")
    repeats: Literal["merge", "keep"] = Field("merge", description="Whether a repeated link counts once or every time.")
    loops: Literal["drop", "keep"] = Field("drop", description="Whether links of a node to itself count.")
    within: Literal["largest_component"] | None = Field(None, description="Only the largest component.")
    by: Expression | None = Field(
        None, description="For degrees `in` or `out`; else what nodes are compared by, a column of `nodes`."
    )

    def bind(self, binder: Binder) -> Measure:
        if binder.dataset.counts is not None:
            message = f"each row of '{binder.dataset.name}' stands for many, and a network needs each link by itself"
            hint = "use a dataset without `counts`; `weight` says how much a link counts"
            raise binder.fail(message, "network", hint=hint)
        source, target = self._ends(binder)
        side = self._side(binder)
        nodes, listing = self._nodes(binder, source)
        weight = self._weight(binder)
        if self.network == "isolated" and nodes is None:
            message = "'isolated' needs the list of all nodes: a node without a link is in no row"
            raise binder.fail(message, "network", hint="add `nodes: <dataset>`")
        if self.network == "isolated" and self.within is not None:
            raise binder.fail("no node of a component of several is isolated", "within", hint="leave `within` out")
        if self.network == "reciprocity" and self.directed is False:
            raise binder.fail("links without direction are not reciprocated", "directed", hint="leave `directed` out")
        if self.network in GROUPED and self.by is not None and nodes is None:
            raise binder.fail(f"'by' names a column of the nodes: {self.by}", "by", hint="add `nodes: <dataset>`")
        choices = Choices(self.directed is not False, self.repeats, self.loops, side, weight is not None)
        asked = Asked(
            rows_of(binder, None), source, target, self.network, choices, self.directed is not None, _kind(binder),
            nodes, listing, weight, self.within is not None,
        )  # fmt: skip
        return NetworkOf(asked, self.by if self.network in GROUPED else None)

    def _ends(self, binder: Binder) -> tuple[Bound, Bound]:
        if self.link is None and not {"source", "target"} <= set(binder.dataset.columns):
            raise binder.fail("'network' needs the ends of a link", "network", hint="add `link: {from: …, to: …}`")
        if self.link is None:
            source, target = binder.column("source", "network"), binder.column("target", "network")
        else:
            source = binder.expression(self.link.from_, "link", "from")
            target = binder.expression(self.link.to, "link", "to")
        keys = (("network",), ("network",)) if self.link is None else (("link", "from"), ("link", "to"))
        for end, path in zip((source, target), keys, strict=True):
            _check_id(binder, end, *path)
        _check_alike(binder, source, target, *keys[1])
        return source, target

    def _side(self, binder: Binder) -> Side:
        if self.by is None or self.network in GROUPED:
            return "total"
        if self.network not in DEGREES:
            raise binder.fail(f"'by' changes nothing in '{self.network}'", "by", hint="leave it out")
        if self.by not in ("in", "out", "total"):
            raise binder.fail(f"'by' of a degree is `in`, `out` or `total`, not '{self.by}'", "by")
        if self.by != "total" and self.directed is False:
            raise binder.fail("links without direction have no `in` and `out`", "by", hint="leave `by` out")
        return "in" if self.by == "in" else "out" if self.by == "out" else "total"

    def _weight(self, binder: Binder) -> Bound | None:
        if self.weight is None:
            return None
        if self.network not in WEIGHTED:
            summed = f", or take the sum: {{sum: {self.weight}}}" if self.network == "edges" else ""
            hint = f"leave it out{summed}"
            raise binder.fail(f"'weight' changes nothing in '{self.network}'", "weight", hint=hint)
        return binder.expression(self.weight, "weight", expect="number")

    def _nodes(self, binder: Binder, source: Bound) -> tuple[NodeList | None, Dataset | None]:
        if self.nodes is None:
            return None, None
        other = binder.other(self.nodes, "nodes")
        listing = other.dataset
        if listing.counts is not None:
            raise binder.fail(f"each row of '{listing.name}' stands for many; nodes are listed one by one", "nodes")
        keys = listing.key or (("id",) if "id" in listing.columns else ())
        if len(keys) != 1:
            message = f"'{listing.name}' does not say which column is the id of a node"
            raise binder.fail(message, "nodes", hint="give it a `key` of one column in its manifest, or a column `id`")
        key = other.column(keys[0])
        _check_id(binder, key, "nodes")
        _check_alike(binder, source, key, "nodes")
        label = other.column("label") if self.network == "max_degree" and "label" in listing.columns else None
        grouped = self.by is not None and self.network in GROUPED
        return NodeList(listing.name, key, label, self._by(binder) if grouped else None), listing

    def _by(self, binder: Binder) -> Bound:
        assert self.by is not None
        assert self.nodes is not None
        return binder.other(self.nodes, "by").expression(self.by)


def _check_id(binder: Binder, end: Bound, *path: str) -> None:
    if end.family not in _IDS:
        # As text, 1 would be 1.0 and another node than 1.
        hint = "give the column `type: integer` in the manifest" if end.family.is_number else ""
        raise binder.fail(f"nodes are text or whole numbers; {end.text} is {end.family.value}", *path, hint=hint)


def _check_alike(binder: Binder, one: Bound, other: Bound, *path: str) -> None:
    if Family.UNKNOWN not in (one.family, other.family) and one.family is not other.family:
        message = f"nodes are of one kind; {one.text} is {one.family.value}, {other.text} is {other.family.value}"
        raise binder.fail(message, *path, hint="give one of the columns `type: text` in the manifest")


def _kind(binder: Binder) -> Bound | None:
    """The column that networks tell their direction in, where the dataset has it as text."""
    for name, column in binder.dataset.columns.items():
        if name.lower() == "type" and column.family is Family.TEXT:
            quoted = name.replace('"', '""')
            return binder.expression(f'lower(trim("{quoted}"))', "network")
    return None
