"""GEXF 1.1, 1.2 and 1.3, in every namespace that Gephi has written, and in none: names are told by themselves.

A record is a <node> or an <edge>. What is dynamic is summed up: `start`, `end` and `spells` (how many) say when a
record was there, and an attribute of several values over time has the latest. An edge without a weight has 1, as
the format says, where any edge has one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from factcheck.evidence.formats.networks import staged
from factcheck.evidence.formats.networks.markup import NAMESPACE, Attributes, Markup
from factcheck.evidence.formats.networks.sheet import Row, Sheet
from factcheck.evidence.formats.networks.spells import SPELL, Spell, list_of, moment, spells_of
from factcheck.evidence.formats.networks.staged import File, Network
from factcheck.evidence.formats.source import Job, Source, SourceColumn

_TYPES = {
    "integer": "integer", "int": "integer", "long": "integer", "short": "integer", "byte": "integer",
    "biginteger": "integer", "float": "double", "double": "double", "bigdecimal": "double", "boolean": "boolean",
    "string": "text", "anyuri": "text", "char": "text", "liststring": "list", "date": "times", "datetime": "times",
}  # fmt: skip
_DEFAULT_WEIGHT = "1.0"
_VIZ = {"position": ("x", "y", "z"), "size": ("value",), "thickness": ("value",), "shape": ("value",)}


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns of the nodes, or of the edges."""
    return staged.head(job, read)


def open(job: Job) -> Source:
    """The nodes, or the edges."""
    return staged.open(job, read)


def read(file: File, network: Network) -> None:
    """One file into the sheets of the network."""
    weight = network.edges.headings[network.edges.at("weight")]
    weight.fallback = _DEFAULT_WEIGHT
    _Gexf(file, network).run()


@dataclass
class _Times:
    """When a record was there, and when each of its values held."""

    spells: list[Spell] = field(default_factory=list)
    values: dict[int, str | None] = field(default_factory=dict)
    own: bool = False  # the spells are the record's own start and end, which a list of spells replaces


class _Gexf(Markup[_Times]):
    root = "gexf"

    def __init__(self, file: File, network: Network) -> None:
        super().__init__(file, network)
        self._places: dict[str, dict[str, int]] = {"node": {}, "edge": {}}
        self._declared: tuple[Sheet, int] | None = None
        self._kind = ""  # of the attributes that are being declared
        self._mine = self._places["node"]  # those of the open record
        self._default = "undirected"

    def starts(self) -> dict[str, Callable[[Attributes], None]]:
        return {
            "graph": self._graph,
            "attributes": self._attributes,
            "attribute": self._attribute,
            "default": self._default_begins,
            "node": self._node,
            "edge": self._edge,
            "attvalue": self._attvalue,
            "spell": self._spell,
            "slice": self._spell,
            "color": self._color,
            **{name: self._drawn(name) for name in _VIZ},
        }

    def ends(self) -> dict[str, Callable[[], None]]:
        return {
            "attribute": self._attribute_ends,
            "default": self._default_ends,
            "node": self._node_ends,
            "edge": self._edge_ends,
        }

    def _graph(self, attributes: Attributes) -> None:
        self._default = attributes.get("defaultedgetype", "undirected").strip().lower()

    def _attributes(self, attributes: Attributes) -> None:
        self._kind = attributes.get("class", "").strip().lower()

    def _attribute(self, attributes: Attributes) -> None:
        if self._kind not in self._places or self.row is not None:
            return
        name, sheet = attributes.get("id"), self.network.nodes if self._kind == "node" else self.network.edges
        if name is None:
            raise self.wrong("an <attribute> without an id")
        if name in self._places[self._kind]:
            raise self.wrong(f"a second {self._kind} attribute with the id '{name}': its values cannot be told apart")
        kind = attributes.get("type", "string").strip().lower()
        kind = "list" if kind.startswith("list") else _TYPES.get(kind, "")
        place = sheet.attribute(attributes.get("title") or name, kind or None)
        self._places[self._kind][name] = place
        self._declared = sheet, place

    def _attribute_ends(self) -> None:
        self._declared = None

    def _default_begins(self, _: Attributes) -> None:
        if self._declared is not None:
            self.listen()

    def _default_ends(self) -> None:
        if self._declared is not None:
            sheet, place = self._declared
            sheet.template[place] = self._written(sheet, place, self.heard().strip())

    def _node(self, attributes: Attributes) -> None:
        sheet = self.network.nodes
        row = sheet.template.copy()
        row[0], row[1] = attributes.pop("id", None), attributes.pop("label", None)
        self.begin(sheet, row, 0 if row[0] else self.here)
        self._mine = self._places["node"]
        if attributes:
            self._more(attributes)
        if (parent := self.around) is not None:
            self._put("parent", parent[0])

    def _edge(self, attributes: Attributes) -> None:
        take = attributes.pop
        row = self.network.edges.template.copy()
        row[:6] = (
            take("source", None), take("target", None), take("id", None), take("label", None),
            self._default, take("weight", None),
        )  # fmt: skip
        if "type" in attributes:
            row[4] = take("type").strip().lower() or self._default
        self.begin(self.network.edges, row, 0 if row[0] and row[1] else self.here)
        self._mine = self._places["edge"]
        if attributes:
            self._more(attributes)

    def _more(self, attributes: Attributes) -> None:
        """What else stands in the tag: when the record was there, its parent, and what the format does not know."""
        if any(name in attributes for name in SPELL):
            self._spell(attributes)
            self._times().own = True
        for name, value in attributes.items():
            if name not in SPELL and not name.startswith(NAMESPACE):
                self._put("parent" if name == "pid" else name, value)

    def _node_ends(self) -> None:
        if self.row is None:
            return
        if not self.row[0]:
            self.sheet.reject(self.line, "a node without an id", self.row[1] or "")
        elif self.memory is None:
            self.sheet.rows.append(self.row)
        else:
            self._finish(self.row, self.memory)
        self._leave()

    def _edge_ends(self) -> None:
        if self.row is None:
            return
        if not self.row[0] or not self.row[1]:
            missing = "target" if self.row[0] else "source"
            self.sheet.reject(self.line, f"an edge without a {missing}", " ".join(v for v in self.row[:4] if v))
        elif self.memory is None:
            self.sheet.rows.append(self.row)
        else:
            self._finish(self.row, self.memory)
        self._leave()

    def _finish(self, row: Row, times: _Times) -> None:
        if times.spells:
            self._sum_up(times.spells)
        self.sheet.rows.append(row)

    def _leave(self) -> None:
        self.leave()
        if self.row is not None:  # the record around that one goes on
            self._mine = self._places["node" if self.sheet is self.network.nodes else "edge"]

    def _attvalue(self, attributes: Attributes) -> None:
        row = self.row
        if row is None:
            return
        name = attributes.get("for") or attributes.get("id")
        if name is None:
            raise self.wrong("an <attvalue> that does not say for which attribute")
        place = self._mine.get(name)
        if place is None:
            place = self._undeclared(name)
        value = attributes.get("value")
        if self.sheet.headings[place].type == "list":
            value = self._written(self.sheet, place, value)
        if len(row) <= place:
            row += self.sheet.template[len(row) :]
        if len(attributes) > 2 or row[place] is not self.sheet.template[place]:
            self._over_time(row, place, value, attributes)
        else:
            row[place] = value

    def _over_time(self, row: Row, place: int, value: str | None, attributes: Attributes) -> None:
        """One of several values: the one that begins last stays, of those alike the one that stands last."""
        values, when = self._times().values, spells_of(attributes)
        begins = when[-1][0] if when else None
        if place in values or row[place] is not self.sheet.template[place]:
            self.sheet.passed_over(place)
            if moment(begins) < moment(values.get(place)):
                return
        values[place] = begins
        row[place] = value

    def _undeclared(self, name: str) -> int:
        place = self._mine[name] = self.sheet.attribute(name)
        self.sheet.note("undeclared", name, file=self.file.shown)
        return place

    def _written(self, sheet: Sheet, place: int, value: str | None) -> str | None:
        return list_of(value) if sheet.headings[place].type == "list" and value is not None else value

    def _times(self) -> _Times:
        if self.memory is None:
            self.memory = _Times()
        return self.memory

    def _spell(self, attributes: Attributes) -> None:
        if self.row is None:
            return
        times = self._times()
        if times.own:
            times.spells, times.own = [], False
        times.spells += spells_of(attributes)

    def _sum_up(self, spells: list[Spell]) -> None:
        starts = [start for start, _ in spells if start is not None]
        ends = [end for _, end in spells if end is not None]
        self._put("start", min(starts, key=moment) if len(starts) == len(spells) else None)
        self._put("end", max(ends, key=moment) if len(ends) == len(spells) else None)
        self._put("spells", str(len(spells)))

    def _color(self, attributes: Attributes) -> None:
        if self.row is None:
            return
        parts = [attributes.get(name, "").strip() for name in "rgb"]
        hexadecimal = attributes.get("hex")
        if all(part.isascii() and part.isdigit() and int(part[:4]) < 256 for part in parts):
            hexadecimal = "#" + "".join(f"{int(part):02x}" for part in parts)
        self._put("viz.color", hexadecimal or ",".join(parts))
        if (alpha := attributes.get("a")) is not None:
            self._put("viz.alpha", alpha)

    def _drawn(self, name: str) -> Callable[[Attributes], None]:
        def drawn(attributes: Attributes) -> None:
            if self.row is None:
                return
            for part in _VIZ[name]:
                if part in attributes:
                    self._put(f"viz.{name if part == 'value' else part}", attributes[part])

        return drawn

    def _put(self, title: str, value: str | None) -> None:
        """A value of a column that the format knows, not one that the file declares."""
        if self.row is None:
            return
        place = self.sheet.at(title)
        if len(self.row) <= place:
            self.row += self.sheet.template[len(self.row) :]
        self.row[place] = value
