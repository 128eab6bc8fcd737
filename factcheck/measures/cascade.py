"""The kind `cascade`."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound, constant
from factcheck.measures.fields import Among
from factcheck.measures.form import Binder, Form, Measure
from factcheck.measures.reshares import Cascade
from factcheck.measures.rows import rows_of

_NUMBER = re.compile(r"-?\d{1,38}")


class ReshareLink(BaseModel):
    """Which columns link a reshare to what it reshared."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    from_: str = Field(alias="from", description="The id of the row's own post.", examples=["id"])
    to: str = Field(description="The id of the post that it reshared; NULL for an original.", examples=["retweet_of"])


class CascadeForm(Form):
    """How a post spread from one to the next: `secondary_share`, `depth` or `size` of trees of reshares.

    Rows are posts. `link` names the column with a post's own id (`from`) and the one with the id of the post that it
    reshared (`to`); ids are text or whole numbers, alike in both. A row whose `to` is NULL is an original; every other
    post is a *reshare*, once, however many rows repeat its id. A post that others reshared and that reshared none
    itself, or has no row, is the *root* of a tree; `root:` names one and leaves the tree below it.

    * `secondary_share`: which part of the reshares was reshared in turn.
    * `depth`: reshares on the longest chain, so that the root is at depth 0 and its direct reshares are at 1; without
      `root` of the deepest tree.
    * `size`: how many reshares a tree holds, the root not counted; without `root` those of the largest tree.

    Both terms are those of Goel, Anderson, Hofman & Watts (2016, Management Science 62), who count the root into the
    size. `explain` gives what other readings make of the same rows: the root counted, all trees together, the share of
    reshares that reshare a reshare instead of the original.

    `among` says which reshares are *counted*, for example those before a day, and sets aside those for which it is
    NULL; where they hang and whether they were reshared is told by all rows of `where`. So "the first retweets spread
    from one another, the later ones triggered none" is a `difference` of two secondary shares.

    Faults are told and never end a measurement: of repeated ids with different parents the first parent in order holds,
    and a row without one gives way; a row that names itself as parent is an original; reshares in a circle, or hanging
    from one, count but have no depth and no tree; a parent without a row is taken for an original, with the number of
    reshares concerned. An empty text is no id. A reshare without an id may be the missing parent of others, where there
    are such: the region holds what that allows, `missing: ignore` leaves it out of the base and `false` counts it as
    not reshared.

    In a partial collection and in a random sample (a fraction scales no tree) size and depth are lower bounds, and a
    secondary share may be anything but 0 where a reshared one was seen, and never all, because a chain ends. `about:
    process` gives a secondary share the Korn–Graubard interval of trees drawn whole, because reshares of one tree
    depend on each other; within one root, and for size and depth, nothing is concluded. A dataset with `counts`
    is refused: a chain needs each reshare by itself.

    What it cannot show: who saw a post from whom. Twitter's interfaces, and exports made with them, name the original
    as the parent of every retweet, whatever way it took; then every tree has depth 1 and a secondary share of 0, and
    the report says so. Nor does a missing reshare show that nobody passed the post on elsewhere.

    Example: `measure: {cascade: secondary_share, link: {from: id, to: parent}}`
    """

    kind: ClassVar[str] = "cascade"
    cascade: Literal["secondary_share", "depth", "size"] = Field(
        description="`secondary_share` (reshares that were reshared), `depth` (longest chain) or `size` (reshares)."
    )
    link: ReshareLink = Field(
        description="Which columns link a reshare to what it reshared.", examples=[{"from": "id", "to": "retweet_of"}]
    )
    root: str | None = Field(None, description="The id of one post: only the tree below it.", examples=["s1"])
    among: Among = None

    def bind(self, binder: Binder) -> Measure:
        if binder.dataset.counts is not None:
            raise binder.fail(
                f"each row of '{binder.dataset.name}' stands for many, and a chain needs each reshare by itself",
                "cascade",
                hint="`cascade` needs a dataset without `counts`",
            )
        child = binder.expression(self.link.from_, "link", "from")
        parent = binder.expression(self.link.to, "link", "to")
        rows = rows_of(binder, self.among, "among")
        for x, key in ((child, "from"), (parent, "to")):
            if x.family not in (Family.TEXT, Family.INTEGER, Family.UNKNOWN):
                hint = "decimals cannot tell long ids apart: read them as text or whole numbers (in pandas: Int64)"
                hint = hint if x.family.is_number else ""
                message = f"ids are text or whole numbers; {x.text} is {x.family.value}"
                raise binder.fail(message, "link", key, hint=hint)
        if Family.UNKNOWN not in (child.family, parent.family) and child.family is not parent.family:
            message = f"'from' and 'to' must hold ids of one kind; {child.text} is {child.family.value}"
            message += f", {parent.text} is {parent.family.value}"
            raise binder.fail(message, "link", "to", hint="if both hold ids, state type: text of both in the manifest")
        root = None if self.root is None else self._root(binder, child, parent)
        return Cascade(rows, child, parent, self.cascade, self.among, root, self.root)

    def _root(self, binder: Binder, child: Bound, parent: Bound) -> Bound:
        """The root as a constant of the ids' own kind: 0123 is another post than 123 where ids are text."""
        assert self.root is not None
        families = {child.family, parent.family}
        if Family.TEXT in families:
            return constant(str(self.root))
        if _NUMBER.fullmatch(self.root.strip()):
            return constant(int(self.root))
        if Family.INTEGER in families:
            raise binder.fail(f"the ids here are whole numbers, and '{self.root}' is none", "root")
        return constant(str(self.root))
