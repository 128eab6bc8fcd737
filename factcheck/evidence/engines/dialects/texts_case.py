"""Trees in an engine's own words, and lower and upper case as DuckDB has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from factcheck.evidence.engines.dialects.letters import Ranges, has, lowered, of_points, ranges, uppered
from factcheck.evidence.engines.dialects.regexes import Chars
from factcheck.evidence.engines.dialects.regexes_written import for_postgres
from factcheck.evidence.engines.dialects.translate import Refused, inexact

if TYPE_CHECKING:
    from sqlglot import exp

_SHOWN = {"postgres": "PostgreSQL", "spark": "Spark"}
# Letters that most texts which are not ASCII are made of: PostgreSQL's translate() tries pair by pair.
_USUAL: tuple[Ranges, ...] = (
    ((0x400, 0x45F),),  # Cyrillic
    ((0xC0, 0x17F),),  # Latin with marks
    ((0xC0, 0x17F), (0x370, 0x3FF), (0x400, 0x52F)),
)


Making = Callable[["Words", "exp.Expression"], "exp.Expression"]


@dataclass(frozen=True)
class Words:
    """Makes nodes for one engine."""

    dialect: Literal["postgres", "spark"]

    @property
    def spark(self) -> bool:
        return self.dialect == "spark"

    def refuse(self, what: str) -> Refused:
        return inexact(_SHOWN[self.dialect], what)

    def named(self, name: str, *arguments: exp.Expression | None) -> exp.Expression:
        from sqlglot import exp

        return exp.Anonymous(this=name, expressions=[argument for argument in arguments if argument is not None])

    def call(self, postgres: str, spark: str, *arguments: exp.Expression | None) -> exp.Expression:
        return self.named(spark if self.spark else postgres, *arguments)

    def number(self, value: int) -> exp.Expression:
        from sqlglot import exp

        return exp.Literal.number(value)

    def text(self, value: str) -> exp.Expression:
        from sqlglot import exp

        if not self.spark and "\0" in value:
            raise self.refuse("a text with the character of number 0")
        return exp.Literal.string(value)

    def written(self, node: exp.Expression | None) -> str | None:
        """A text that is written out."""
        from sqlglot import exp

        return str(node.this) if isinstance(node, exp.Literal) and node.is_string else None

    def of(self, sql: str, **parts: exp.Expression) -> exp.Expression:
        """SQL of the engine's with nodes in the place of {names}, each as often as its name stands there."""
        import sqlglot
        from sqlglot import exp

        tree = cast(
            "exp.Expression",
            sqlglot.parse_one(sql.format_map({name: f"_given_{name}" for name in parts}), read=self.dialect),
        )
        for column in list(tree.find_all(exp.Column)):
            part = parts.get(column.name.removeprefix("_given_"))
            if part is not None and column.name.startswith("_given_"):
                column.replace(_apart(part.copy()))
        for collation in list(tree.find_all(exp.Collate)):  # names of columns become small letters; this one must not
            collation.set("expression", exp.Var(this='"C"'))
        return tree

    def typed(self, node: exp.Expression, kind: str) -> exp.Expression:
        """The node with the type that DuckDB gives it, which rules further up ask for."""
        from sqlglot import exp

        node.type = exp.DataType.build(kind, dialect="duckdb")
        return node

    def lower(self, value: exp.Expression) -> exp.Expression:
        return self._case(value, "lower", lowered())

    def upper(self, value: exp.Expression) -> exp.Expression:
        return self._case(value, "upper", uppered())

    def _case(self, value: exp.Expression, function: str, mapping: Mapping[int, int]) -> exp.Expression:
        """DuckDB maps character by character; of ASCII alone all engines think alike, and most texts are such."""
        if value.meta.get("cased") == function:
            return value
        written = self.written(value)
        if written is not None:
            return self.text(written.translate(mapping))
        made = self._spark_case(value, function, mapping) if self.spark else _postgres_case(self, value, function)
        made.meta["cased"] = function
        if function == "lower" and not self.spark:
            made.meta["lower_of"] = value
        return self.null_with(made, value)

    def null_with(self, made: exp.Expression, value: exp.Expression) -> exp.Expression:
        """`made` with the mark that it is NULL where `value` is, and nowhere else."""
        made.meta["null_with"] = self.empty_with(value)
        return made

    def empty_with(self, value: exp.Expression) -> exp.Expression:
        """Something shorter that is NULL where the value is, and nowhere else."""
        return cast("exp.Expression", value.meta.get("null_with", value))

    def _spark_case(self, value: exp.Expression, function: str, mapping: Mapping[int, int]) -> exp.Expression:
        return self.of(
            f"CASE WHEN OCTET_LENGTH({{this}}) = CHAR_LENGTH({{this}}) THEN {function.upper()}({{this}})"
            " ELSE TRANSLATE({this}, {of}, {to}) END",
            this=value,
            of=self.text("".join(map(chr, mapping))),
            to=self.text("".join(map(chr, mapping.values()))),
        )


def _postgres_case(words: Words, value: exp.Expression, function: str) -> exp.Expression:
    """Under COLLATE "C" the server changes A to Z alone; translate() does the rest, by as few pairs as will do."""
    mapping = lowered() if function == "lower" else uppered()
    far = {one: other for one, other in mapping.items() if one > 127}
    branches = [f'WHEN OCTET_LENGTH({{this}}) = CHAR_LENGTH({{this}}) THEN {function}({{this}} COLLATE "C")']
    parts = {"this": value}
    for at, usual in enumerate((ranges([]), *_USUAL)):
        pairs = {one: other for one, other in far.items() if has(usual, one)}
        rest = of_points(one for one in far if one not in pairs)
        parts |= _pairs(words, at, pairs) | {f"rest{at}": words.text(for_postgres(Chars(rest)))}
        branches.append(f"WHEN {{this}} !~ {{rest{at}}} THEN {_translated(function, at, pairs)}")
    parts |= _pairs(words, len(_USUAL) + 1, far)
    return words.of(f"CASE {' '.join(branches)} ELSE {_translated(function, len(_USUAL) + 1, far)} END", **parts)


def _pairs(words: Words, at: int, pairs: Mapping[int, int]) -> dict[str, exp.Expression]:
    return {
        f"of{at}": words.text("".join(map(chr, pairs))),
        f"to{at}": words.text("".join(map(chr, pairs.values()))),
    }


def _translated(function: str, at: int, pairs: Mapping[int, int]) -> str:
    inner = f"TRANSLATE({{this}}, {{of{at}}}, {{to{at}}})" if pairs else "{this}"
    return f'{function}({inner} COLLATE "C")'


def _apart(node: exp.Expression) -> exp.Expression:
    """In parentheses, unless nothing beside it could be drawn in."""
    from sqlglot import exp

    simple = (exp.Column, exp.Literal, exp.Func, exp.Paren, exp.Case, exp.Null, exp.Boolean, exp.Cast)
    return node if isinstance(node, simple) and not isinstance(node, exp.Connector) else exp.Paren(this=node)
