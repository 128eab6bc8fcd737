"""GraphML: nodes and edges with the data that its keys declare. Ports are passed over; a hyperedge is rejected.

Of yEd's drawings only the label is read.
"""

from __future__ import annotations

from collections.abc import Callable

from factcheck.evidence.formats.networks import staged
from factcheck.evidence.formats.networks.markup import NAMESPACE, Attributes, Markup
from factcheck.evidence.formats.networks.sheet import Row, Sheet
from factcheck.evidence.formats.networks.staged import File, Network
from factcheck.evidence.formats.source import Job, Source, SourceColumn

_TYPES = {
    "int": "integer", "integer": "integer", "long": "integer", "float": "double", "double": "double",
    "boolean": "boolean", "string": "text",
}  # fmt: skip
_NUMBERS = ("integer", "double")
_DIRECTED = {"true": "directed", "1": "directed", "false": "undirected", "0": "undirected"}
_PORTS = ("sourceport", "targetport")


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns of the nodes, or of the edges."""
    return staged.head(job, read)


def open(job: Job) -> Source:
    """The nodes, or the edges."""
    return staged.open(job, read)


def read(file: File, network: Network) -> None:
    """One file into the sheets of the network."""
    _GraphML(file, network).run()


class _GraphML(Markup[set[int]]):
    """`memory` holds the places of the values that the open record had so far."""

    root = "graphml"

    def __init__(self, file: File, network: Network) -> None:
        super().__init__(file, network)
        self._places: dict[str, dict[str, int]] = {"node": {}, "edge": {}}
        self._numbers: dict[tuple[str, str], int] = {}  # the columns of numbers by part and name
        self._declared: list[tuple[Sheet, int]] = []
        self._drawings: set[str] = set()  # keys of yEd
        self._directions: list[str] = []  # of the graphs that are open
        self._key: str | None = None  # of the data that are being read

    def starts(self) -> dict[str, Callable[[Attributes], None]]:
        return {
            "key": self._keys,
            "default": self._default_begins,
            "graph": self._graph,
            "node": self._node,
            "edge": self._edge,
            "hyperedge": self._hyperedge,
            "port": lambda _: self.begin(self.sheet, None, 0),
            "data": self._data,
            "NodeLabel": self._label,
            "EdgeLabel": self._label,
        }

    def ends(self) -> dict[str, Callable[[], None]]:
        return {
            "key": self._key_ends,
            "default": self._default_ends,
            "graph": self._graph_ends,
            "node": self._node_ends,
            "edge": self._edge_ends,
            "hyperedge": self.leave,
            "port": self.leave,
            "data": self._data_ends,
            "NodeLabel": self._label_ends,
            "EdgeLabel": self._label_ends,
        }

    def _keys(self, attributes: Attributes) -> None:
        name = attributes.get("id")
        if name is None:
            raise self.wrong("a <key> without an id")
        if "yfiles.type" in attributes and "attr.name" not in attributes:
            self._drawings.add(name)
            return
        kind = _TYPES.get(attributes.get("attr.type", "string").strip().lower())
        self._declared = []
        for part, sheet in (("node", self.network.nodes), ("edge", self.network.edges)):
            if attributes.get("for", "all") not in (part, "all"):
                continue
            if name in self._places[part]:
                raise self.wrong(f"a second key '{name}' for a {part}: its values cannot be told apart")
            place = self._places[part][name] = self._column(part, sheet, attributes.get("attr.name") or name, kind)
            self._declared.append((sheet, place))

    def _column(self, part: str, sheet: Sheet, title: str, kind: str | None) -> int:
        """The column of a key. NetworkX declares one for the whole numbers of an attribute, one for its fractions."""
        place = self._numbers.get((part, title)) if kind in _NUMBERS else None
        if place is None:
            place = sheet.attribute(title, kind)
        elif sheet.headings[place].type != kind:
            sheet.headings[place].type = "double"
        if kind in _NUMBERS:
            self._numbers[part, title] = place
        return place

    def _key_ends(self) -> None:
        self._declared = []

    def _default_begins(self, _: Attributes) -> None:
        if self._declared:
            self.listen()

    def _default_ends(self) -> None:
        if self._declared:
            value = self.heard()
            for sheet, place in self._declared:
                sheet.template[place] = value

    def _graph(self, attributes: Attributes) -> None:
        self._directions.append(attributes.get("edgedefault", "undirected").strip().lower())
        self.begin(self.sheet, None, 0)  # data of a graph are no data of the node that it lies in

    def _graph_ends(self) -> None:
        self._directions.pop()
        self.leave()

    def _node(self, attributes: Attributes) -> None:
        sheet, parent = self.network.nodes, self.around if self.row is None else self.row
        row = sheet.template.copy()
        row[0] = attributes.pop("id", None)
        self.begin(sheet, row, 0 if row[0] else self.here)
        for name, value in attributes.items():
            if not name.startswith(NAMESPACE):
                self._put(name, value)
        if parent is not None and len(self._directions) > 1:
            self._put("parent", parent[0])

    def _edge(self, attributes: Attributes) -> None:
        take = attributes.pop
        row = self.network.edges.template.copy()
        row[:3] = take("source", None), take("target", None), take("id", None)
        default = self._directions[-1] if self._directions else "undirected"
        row[4] = _DIRECTED.get(take("directed", "").strip().lower(), default)
        self.begin(self.network.edges, row, 0 if row[0] and row[1] else self.here)
        for name, value in attributes.items():
            if name not in _PORTS and not name.startswith(NAMESPACE):
                self._put(name, value)

    def _hyperedge(self, attributes: Attributes) -> None:
        reason = "a hyperedge, which joins any number of nodes and not two"
        self.network.edges.reject(self.here, reason, attributes.get("id", ""))
        self.begin(self.network.edges, None, 0)

    def _node_ends(self) -> None:
        row = self.row
        if row is not None:
            if row[0]:
                self.sheet.rows.append(row)
            else:
                self.sheet.reject(self.line, "a node without an id")
        self.leave()

    def _edge_ends(self) -> None:
        row = self.row
        if row is not None:
            missing = "source" if not row[0] else "target" if not row[1] else None
            if missing is None:
                self.sheet.rows.append(row)
            else:
                self.sheet.reject(self.line, f"an edge without a {missing}", " ".join(v for v in row[:3] if v))
        self.leave()

    def _data(self, attributes: Attributes) -> None:
        if self.row is None:
            return
        self._key = attributes.get("key")
        if self._key is None:
            raise self.wrong("<data> that does not say of which key")
        self.listen()

    def _data_ends(self) -> None:
        if self.row is None or self._key is None:
            return
        value, name, self._key = self.heard(), self._key, None
        if name in self._drawings:
            return
        places = self._places["node" if self.sheet is self.network.nodes else "edge"]
        place = places.get(name)
        if place is None:
            place = places[name] = self.sheet.attribute(name)
            self.sheet.note("undeclared", name, file=self.file.shown)
        if self.memory is None:
            self.memory = set()
        if place in self.memory:
            self.sheet.passed_over(place)
        self.memory.add(place)
        self._set(self.row, place, value)

    def _label(self, _: Attributes) -> None:
        if self._key in self._drawings and self.row is not None:
            self.listen()

    def _label_ends(self) -> None:
        if self._key in self._drawings and self.row is not None:
            text = self.heard().strip()
            place = self.sheet.at("label")
            if text and not self.row[place]:
                self._set(self.row, place, text)

    def _put(self, title: str, value: str | None) -> None:
        if self.row is not None:
            self._set(self.row, self.sheet.at(title), value)

    def _set(self, row: Row, place: int, value: str | None) -> None:
        if len(row) <= place:
            row += self.sheet.template[len(row) :]
        row[place] = value
