"""The functions of regular expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.evidence.engines.dialects import regexes as r
from factcheck.evidence.engines.dialects.regexes_depth import shallow
from factcheck.evidence.engines.dialects.regexes_proof import Unlike, same_everywhere
from factcheck.evidence.engines.dialects.regexes_written import for_java, for_postgres
from factcheck.evidence.engines.dialects.texts_case import Making, Words

if TYPE_CHECKING:
    from sqlglot import exp


def regexes() -> dict[type[exp.Expression], tuple[Making, str]]:
    from sqlglot import exp

    return {
        exp.RegexpLike: (_somewhere, "BOOLEAN"),
        exp.RegexpFullMatch: (_whole, "BOOLEAN"),
        exp.RegexpExtract: (_extract, "VARCHAR"),
        exp.RegexpExtractAll: (_extract_all, "VARCHAR[]"),
        exp.RegexpReplace: (_replace, "VARCHAR"),
    }


def _read(words: Words, node: exp.Expression, *flags: str) -> r.Node:
    written = words.written(node.expression)
    if written is None:
        raise words.refuse("a regular expression that is not written out")
    if any(node.args.get(flag) is not None for flag in flags):
        raise words.refuse("a regular expression with options")
    try:
        return r.read(written)
    except r.Unread as error:
        raise words.refuse(f"the regular expression {_short(written)} ({error})") from None


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _pattern(words: Words, node: r.Node, keep: frozenset[int] = frozenset()) -> exp.Expression:
    if not words.spark:
        return words.text(for_postgres(node, keep))
    try:
        return words.text(for_java(shallow(node), keep))
    except Unlike as unlike:
        raise words.refuse(f"a regular expression with {unlike}") from None


def _somewhere(words: Words, node: exp.Expression) -> exp.Expression:
    return _matching(words, node, _read(words, node, "flag", "options"))


def _whole(words: Words, node: exp.Expression) -> exp.Expression:
    tree = _read(words, node, "flag", "options")
    return _matching(words, node, r.Sequence((r.Edge("^"), tree, r.Edge("$"))))


def _matching(words: Words, node: exp.Expression, tree: r.Node) -> exp.Expression:
    pattern = _pattern(words, tree)
    if words.spark:
        return words.named("regexp_like", node.this, pattern)
    return words.of("({this} ~ {pattern})", this=node.this, pattern=pattern)


def _taken(words: Words, node: exp.Expression) -> tuple[r.Node, int]:
    """The pattern and the group that is taken out; refused where engines may take out different texts."""
    from sqlglot import exp

    tree = _read(words, node, "position", "occurrence", "parameters")
    group = node.args.get("group")
    number = int(group.this) if isinstance(group, exp.Literal) and str(group.this).isdecimal() else -1
    if group is None:
        number = 0
    if number < 0 or number > r.groups(tree):
        raise words.refuse("a group of a regular expression that is not there or not written out")
    _prove(words, node, tree, {number} - {0})
    return tree, number


def _prove(words: Words, node: exp.Expression, tree: r.Node, groups: set[int]) -> None:
    try:
        same_everywhere(tree, groups, longest=not words.spark)
    except Unlike as unlike:
        shown = _short(str(words.written(node.expression)))
        raise words.refuse(f"taking out what the regular expression {shown} finds ({unlike})") from None


def _extract(words: Words, node: exp.Expression) -> exp.Expression:
    tree, number = _taken(words, node)
    pattern = _pattern(words, tree, frozenset({number} - {0}))
    if words.spark:
        return words.named("regexp_extract", node.this, pattern, words.number(min(number, 1)))
    return words.of(
        "COALESCE(SUBSTRING({this}, {pattern}), LEFT({given}, 0))",
        this=node.this,
        pattern=pattern,
        given=words.empty_with(node.this),
    )


def _extract_all(words: Words, node: exp.Expression) -> exp.Expression:
    tree, number = _taken(words, node)
    _several(words, node, tree, {number} - {0})
    pattern = _pattern(words, tree, frozenset({number} - {0}))
    if words.spark:
        made = words.named("regexp_extract_all", node.this, pattern, words.number(min(number, 1)))
    else:
        made = words.of(
            "CASE WHEN {given} IS NULL THEN NULL ELSE"
            " ARRAY(SELECT ARRAY_TO_STRING(m, '') FROM REGEXP_MATCHES({this}, {pattern}, 'g') AS found(m)) END",
            this=node.this,
            pattern=pattern,
            given=words.empty_with(node.this),
        )
    made.meta["without_null"] = True
    return made


def _replace(words: Words, node: exp.Expression) -> exp.Expression:
    """All that is found ('g'); a \\1 in the new text is a group."""
    tree = _read(words, node, "position", "occurrence")
    by, flags = words.written(node.args.get("replacement")), words.written(node.args.get("modifiers"))
    if by is None or flags != "g":
        raise words.refuse("regexp_replace without 'g', or by what is not written out")
    parts = _replacement(words, by)
    used = {part for part in parts if isinstance(part, int)}
    if used and max(used) > r.groups(tree):
        raise words.refuse("a group of a regular expression that is not there")
    _prove(words, node, tree, used)
    _several(words, node, tree, used)
    order = {number: at for at, number in enumerate(sorted(used), 1)}
    if words.spark:
        new = "".join(f"${order[p]}" if isinstance(p, int) else _java_text(p) for p in parts)
    else:
        new = "".join(f"\\{order[p]}" if isinstance(p, int) else p.replace("\\", "\\\\") for p in parts)
    flag = [] if words.spark else [words.text("g")]
    return words.named("regexp_replace", node.this, _pattern(words, tree, frozenset(used)), words.text(new), *flag)


def _java_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("$", "\\$")


def _replacement(words: Words, by: str) -> list[str | int]:
    """The new text in pieces: what stands for itself, and the numbers of groups."""
    parts: list[str | int] = []
    at = 0
    while at < len(by):
        following = by[at + 1 : at + 2]
        if by[at] != "\\":
            parts.append(by[at])
        elif following == "\\":
            parts.append("\\")
        elif following.isascii() and following.isdigit() and following != "0" and not by[at + 2 : at + 3].isdigit():
            parts.append(int(following))
        else:
            raise words.refuse("this new text of regexp_replace")
        at += 1 if by[at] != "\\" else 2
    return parts


def _several(words: Words, node: exp.Expression, tree: r.Node, groups: set[int]) -> None:
    """Engines go on differently after an empty match, and give different things for a group that took no part."""
    if r.nullable(tree):
        raise words.refuse(f"finding every {_short(str(words.written(node.expression)))}, which may be empty")
    if not groups <= r.certain(tree):
        raise words.refuse("a group of a regular expression that may take no part")
