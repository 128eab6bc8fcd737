"""What DuckDB's SQL says about texts, in PostgreSQL's and Spark's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects.letters import blanks
from factcheck.evidence.engines.dialects.texts_case import Making, Words
from factcheck.evidence.engines.dialects.texts_like import ANY, in_small_letters, likes
from factcheck.evidence.engines.dialects.texts_regex import regexes
from factcheck.evidence.engines.dialects.translate import Rule, family_of

if TYPE_CHECKING:
    from sqlglot import exp


def rules(dialect: Literal["postgres", "spark"]) -> dict[type[exp.Expression] | str, Rule]:
    """The rules for functions of texts and of lists of texts."""
    from sqlglot import exp

    words = Words(dialect)
    own: dict[type[exp.Expression], tuple[Making, str]] = {
        exp.Lower: (lambda words, node: words.lower(node.this), "VARCHAR"),
        exp.Upper: (lambda words, node: words.upper(node.this), "VARCHAR"),
        exp.Contains: (_contains, "BOOLEAN"),
        exp.StartsWith: (_starts_with, "BOOLEAN"),
        exp.EndsWith: (_ends_with, "BOOLEAN"),
        exp.StrPosition: (_position, "BIGINT"),
        exp.Length: (_length, "BIGINT"),
        exp.ArraySize: (_length, "BIGINT"),
        exp.Trim: (_trim, "VARCHAR"),
        exp.Replace: (_replace, "VARCHAR"),
        exp.Substring: (_substring, "VARCHAR"),
        exp.SplitPart: (_split_part, "VARCHAR"),
        exp.Concat: (_concat, "VARCHAR"),
        exp.DPipe: (_pipes, "VARCHAR"),
        exp.ArrayContains: (_list_contains, "BOOLEAN"),
        **likes(),
        **regexes(),
    }
    return {kind: _rule(words, making, gives) for kind, (making, gives) in own.items()}


def _rule(words: Words, making: Making, gives: str) -> Rule:
    return lambda node: words.typed(making(words, node), gives)


def _contains(words: Words, node: exp.Expression) -> exp.Expression:
    if words.spark:
        return words.named("contains", node.this, node.expression)
    if (quick := _in_small_letters(words, node, [ANY], [ANY])) is not None:
        return quick
    return words.of("(STRPOS({this}, {part}) > 0)", this=node.this, part=node.expression)


def _starts_with(words: Words, node: exp.Expression) -> exp.Expression:
    quick = _in_small_letters(words, node, [], [ANY])
    return quick or words.call("starts_with", "startswith", node.this, node.expression)


def _ends_with(words: Words, node: exp.Expression) -> exp.Expression:
    if words.spark:
        return words.named("endswith", node.this, node.expression)
    if (quick := _in_small_letters(words, node, [ANY], [])) is not None:
        return quick
    return words.of(
        '(RIGHT({this}, CHAR_LENGTH({part})) = {part} COLLATE "C")', this=node.this, part=node.expression
    )


def _in_small_letters(
    words: Words, node: exp.Expression, before: list[str], after: list[str]
) -> exp.Expression | None:
    written = words.written(node.expression)
    return None if written is None else in_small_letters(words, node.this, [*before, *written, *after])


def _position(words: Words, node: exp.Expression) -> exp.Expression:
    if node.args.get("position") or node.args.get("occurrence"):
        raise words.refuse("strpos with a place to begin")
    if words.spark:
        return words.named("locate", node.args["substr"], node.this)
    return words.named("strpos", node.this, node.args["substr"])


def _length(words: Words, node: exp.Expression) -> exp.Expression:
    """Characters of a text, members of a list."""
    family = family_of(node.this)
    if family is Family.LIST:
        return words.call("cardinality", "array_size", node.this)
    if family is not Family.TEXT:
        raise words.refuse("length of what may be no text")
    return words.named("char_length", node.this)


def _trim(words: Words, node: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    if node.args.get("collation"):
        raise words.refuse("trim with a collation")
    side = str(node.args.get("position") or "BOTH").upper()
    marks = node.args.get("expression") or exp.Literal.string(blanks())
    if words.spark:
        return exp.Trim(this=node.this, expression=marks, position=side)
    return words.named({"BOTH": "btrim", "LEADING": "ltrim", "TRAILING": "rtrim"}[side], node.this, marks)


def _replace(words: Words, node: exp.Expression) -> exp.Expression:
    given = node.expression, node.args["replacement"]
    made = words.named("replace", node.this, *given)
    return made if None in map(words.written, given) else words.null_with(made, node.this)


def _substring(words: Words, node: exp.Expression) -> exp.Expression:
    """By places that are written out; DuckDB counts back from a negative one, and from place 0 one less is taken."""
    start, length = _number(node.args.get("start")), node.args.get("length")
    taken = _number(length)
    if start is None or (length is not None and taken is None):
        raise words.refuse("substring with places that are not written out")
    if taken is not None and taken < 0:
        raise words.refuse("substring with a negative length")
    if start == 0:
        start, taken = 1, None if taken is None else max(taken - 1, 0)
    if start > 0:
        rest = [words.number(start)] + ([] if taken is None else [words.number(taken)])
        return words.named("substring", node.this, *rest)
    if taken is None:
        return words.named("right", node.this, words.number(-start))
    # A place before the beginning counts: of 3 characters from the ninth last of 'hello' none is in it.
    begin = "-{back}" if words.spark else "CHAR_LENGTH({this}) - {back} + 1"
    back, taken_ = words.number(-start), words.number(taken)
    return words.of(f"SUBSTRING({{this}}, {begin}, {{taken}})", this=node.this, back=back, taken=taken_)


def _split_part(words: Words, node: exp.Expression) -> exp.Expression:
    mark, part = node.args.get("delimiter"), _number(node.args.get("part_index"))
    if words.written(mark) in (None, ""):
        raise words.refuse("split_part with a mark that is empty or not written out")
    if part is None or part == 0:
        raise words.refuse("split_part with a part that is 0 or not written out")
    return words.named("split_part", node.this, mark, words.number(part))


def _concat(words: Words, node: exp.Expression) -> exp.Expression:
    """NULLs are left out."""
    from sqlglot import exp

    parts = [_text(words, part, "concat") for part in node.expressions]
    if not words.spark:
        return words.named("concat", *parts)
    return words.named("concat", *(exp.Coalesce(this=part, expressions=[exp.Literal.string("")]) for part in parts))


def _pipes(words: Words, node: exp.Expression) -> exp.Expression:
    for part in (node.this, node.expression):
        _text(words, part, "||")
    return node


def _text(words: Words, node: exp.Expression, what: str) -> exp.Expression:
    from sqlglot import exp

    if family_of(node) is not Family.TEXT and not isinstance(node, exp.Null):
        raise words.refuse(f"{what} of what may be no text")
    return node


def _list_contains(words: Words, node: exp.Expression) -> exp.Expression:
    """NULL where the list or what is sought is; a NULL within the list is passed over."""
    if not (node.this.type and node.this.type.expressions and family_of(node.this) is Family.LIST):
        raise words.refuse("list_contains of what may be no list")
    if family_of(node.expression) is not Family.TEXT or not node.this.type.expressions[0].is_type(*_TEXTS):
        raise words.refuse("list_contains of a list of other things than texts")
    found = "ARRAY_CONTAINS({list}, {it})" if words.spark else "({it} = ANY({list}))"
    if node.this.meta.get("without_null"):
        return words.of(found, list=node.this, it=node.expression)
    return words.of(
        f"CASE WHEN {{list}} IS NULL OR {{it}} IS NULL THEN NULL ELSE COALESCE({found}, FALSE) END",
        list=node.this,
        it=node.expression,
    )


_TEXTS = ("varchar", "text")


def _number(node: exp.Expression | None) -> int | None:
    """A whole number that is written out."""
    from sqlglot import exp

    if isinstance(node, exp.Neg):
        found = _number(node.this)
        return None if found is None else -found
    if isinstance(node, exp.Literal) and not node.is_string and str(node.this).isdecimal():
        return int(node.this)
    return None

