"""A statement of DuckDB as another engine says it.

The tree is typed by the columns of the relations that it names, and then rewritten from its leaves upward: a node is
taken as it stands if it means the same there (`plain`), or by a rule of its own. Any other is refused by name before
anything runs, since a translation that is nearly right gives numbers that are nearly right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects.kinds import metadata
from factcheck.evidence.engines.types import family

if TYPE_CHECKING:
    from sqlglot import exp

_NOTHING = '"NULL"'  # DuckDB's type of a column without any value

Rule = Callable[["exp.Expression"], "exp.Expression"]
"""Makes the node that says there what a node says in DuckDB; its children have been rewritten already."""

# Types that sqlglot writes by a name that DuckDB knows too, but does not use itself.
_LONG_NAMES = {
    "TEXT": "VARCHAR",
    "INT": "INTEGER",
    "REAL": "FLOAT",
    "INT128": "HUGEINT",
    "UINT128": "UHUGEINT",
    "TIMESTAMPTZ": "TIMESTAMP WITH TIME ZONE",
}

Tables = Mapping[str, Mapping[str, str]]
"""The relations that a statement may name: the type of each column, in DuckDB's words."""


class Refused(EvidenceError):
    """What an engine cannot do exactly as DuckDB does it."""


def inexact(engine: str, what: str) -> Refused:
    """The refusal of something by the engine that people call so."""
    return Refused(f"{engine} cannot do {what} exactly as DuckDB does; use engine: duckdb for this claim")


@dataclass(frozen=True)
class Dialect:
    """How an engine says things.

    `name` is sqlglot's word for it, `shown` people's. `rules` go by the type of a node, or for a function that sqlglot
    does not know by its name in capitals. `plain` are the nodes that mean the same as they stand. `carried` gives the
    type that a value of a DuckDB type is cast to on its way back, from which it is made again without loss; None where
    it needs no cast, and Refused where it cannot travel. `longest` is how many bytes a name may have.
    """

    name: str
    shown: str
    rules: Mapping[type[exp.Expression] | str, Rule]
    plain: frozenset[type[exp.Expression]]
    carried: Callable[[str], str | None]
    longest: int | None = None

    def refuse(self, what: str) -> Refused:
        return inexact(self.shown, what)


class Statement:
    """A SELECT of DuckDB's; `relations` are the names of tables and views in it as they are written."""

    def __init__(self, sql: str) -> None:
        import sqlglot
        from sqlglot import exp
        from sqlglot.errors import SqlglotError

        try:
            self._tree = cast("exp.Expression", sqlglot.parse_one(sql, read="duckdb"))
        except (SqlglotError, RecursionError) as error:
            raise Refused(f"this statement cannot be read for another engine: {error}") from error
        self.relations = {table.name for table in self._tree.find_all(exp.Table)}
        self._said: dict[str, str] = {}

    def translated(self, dialect: Dialect, tables: Tables) -> str:
        """The statement in another dialect; Refused where that cannot be exact."""
        if dialect.name not in self._said:
            named = {relation.casefold() for relation in self.relations}
            known = {name: columns for name, columns in tables.items() if name.casefold() in named}
            self._said[dialect.name] = _rewritten(_typed(self._tree.copy(), known), dialect)
        return self._said[dialect.name]


def translated(sql: str, dialect: Dialect, tables: Tables) -> str:
    """The SELECT `sql` in another dialect; Refused where that cannot be exact."""
    return Statement(sql).translated(dialect, tables)


def _rewritten(tree: exp.Expression, dialect: Dialect) -> str:
    from sqlglot.errors import ErrorLevel

    for node in cast("list[exp.Expression]", list(tree.walk(bfs=False))[::-1]):  # children before their parents
        made = _rule(dialect, node)(node)
        if made is not node:
            made.type = made.type or node.type
            if node is tree:
                tree = made
            else:
                node.replace(made)
    _rename(tree, dialect.longest)
    return str(tree.sql(dialect=dialect.name, unsupported_level=ErrorLevel.RAISE, normalize_functions=False))


def duckdb_type(kind: exp.DataType) -> str:
    """DuckDB's own name of a type, as its catalogue has it."""
    if kind.this.name == "ARRAY" and kind.expressions:
        return duckdb_type(kind.expressions[0]) + "[]"
    # Writing SQL takes long, and most types are but a word.
    return _simple_type(kind.this) if not kind.expressions else _written_type(kind)


@cache
def _simple_type(kind: exp.DType) -> str:
    from sqlglot import exp

    return _written_type(exp.DataType(this=kind))


def _written_type(kind: exp.DataType) -> str:
    shown = kind.sql(dialect="duckdb").upper()
    return _LONG_NAMES.get(shown, shown)


def is_kind(node: object, *names: str) -> bool:
    """Whether a typed node is of one of sqlglot's types by these names; its own test reads each name as SQL first."""
    kind = getattr(node, "type", None)
    return kind is not None and getattr(kind.this, "name", "") in names


def family_of(node: exp.Expression) -> Family:
    """The kind of value of a typed node; UNKNOWN where it cannot be told."""
    if node.type is None or is_kind(node, "UNKNOWN"):
        return Family.UNKNOWN
    if is_kind(node, "NULL"):
        return Family.NULL
    return family(duckdb_type(node.type))


def _typed(tree: exp.Expression, tables: Tables) -> exp.Expression:
    from sqlglot import exp
    from sqlglot.errors import SqlglotError
    from sqlglot.optimizer.annotate_types import annotate_types
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.schema import MappingSchema

    columns: dict[str, object] = {
        _key(name): {_key(c): _type(kind) for c, kind in types.items()} for name, types in tables.items()
    }
    try:
        schema = MappingSchema(columns, dialect="duckdb")
        tree = qualify(tree, dialect="duckdb", schema=schema, quote_identifiers=True, validate_qualify_columns=False)
        _without_nothing(tree, tables)
        tree = annotate_types(tree, schema=schema, dialect="duckdb", expression_metadata=dict(metadata()))
    except (SqlglotError, RecursionError) as error:
        raise Refused(f"this statement cannot be read for another engine: {error}") from error
    for node in tree.find_all(exp.Null):
        node.type = exp.DataType.build("null")
    return tree


def _without_nothing(tree: exp.Expression, tables: Tables) -> None:
    """Columns without any value as the NULL that they are: DuckDB lets them stand beside values of every type."""
    from sqlglot import exp

    pairs = ((name, column, kind) for name, types in tables.items() for column, kind in types.items())
    empty = {(name.casefold(), column.casefold()) for name, column, kind in pairs if kind == _NOTHING}
    if not empty:
        return
    for column in list(tree.find_all(exp.Column)):
        select = column.find_ancestor(exp.Select)
        sources = [] if select is None else [select.args.get("from_"), *(select.args.get("joins") or [])]
        read = [source.this for source in sources if source is not None and isinstance(source.this, exp.Table)]
        names = [table.name for table in read if table.alias_or_name == column.table]
        if any((name.casefold(), column.name.casefold()) in empty for name in names):
            column.replace(exp.Null())


def _type(kind: str) -> str:
    if kind.startswith("ENUM("):
        return "VARCHAR"
    return "NULL" if kind == _NOTHING else kind


def _key(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _rule(dialect: Dialect, node: exp.Expression) -> Rule:
    from sqlglot import exp

    if isinstance(node, exp.Anonymous):
        found = dialect.rules.get(node.name.upper())
        if found is None:
            raise dialect.refuse(f"the function {node.name.lower()}")
        return found
    found = dialect.rules.get(type(node))
    if found is not None:
        return found
    if type(node) not in dialect.plain:
        raise dialect.refuse(f"`{_shown(node)}`")
    return _same


def _same(node: exp.Expression) -> exp.Expression:
    return node


def _shown(node: exp.Expression) -> str:
    from sqlglot.errors import ErrorLevel

    text = node.sql(dialect="duckdb", unsupported_level=ErrorLevel.IGNORE)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _rename(tree: exp.Expression, longest: int | None) -> None:
    """Names as DuckDB tells them apart: without regard to the case of A to Z, and whole however long they are."""
    from sqlglot import exp

    collations = {id(name) for node in tree.find_all(exp.Collate) for name in node.expression.find_all(exp.Identifier)}
    for node in tree.find_all(exp.Identifier):
        if id(node) in collations:
            continue
        node.set("this", renamed(node.name, longest))
        node.set("quoted", True)


def renamed(name: str, longest: int | None) -> str:
    """The name of a relation or column there; a long one ends with a digest of itself, so that no two become one."""
    lower = "".join(c.lower() if c.isascii() else c for c in name)
    if longest is None or len(lower.encode()) <= longest:
        return lower
    digest = hashlib.sha256(lower.encode()).hexdigest()[:16]
    return lower.encode()[: longest - 17].decode(errors="ignore") + "_" + digest

