"""Pages of the API: the tweets of `data`, each with its author, place and originals out of `includes`.

A page is taken to pieces once, into a table of parts; the parts are joined again as `twarc2 flatten` does, every
tweet with what its own page includes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.evidence.engines.names import literal
from factcheck.evidence.formats.exports.twarc_columns import REFERENCE, Origin, listed
from factcheck.evidence.formats.exports.twarc_fields import PLACE_OBJECTS, USER_OBJECTS, Path
from factcheck.evidence.formats.exports.twarc_survey import Survey, kind_sql, survey

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

_INCLUDED = ("users", "tweets", "places", "media", "polls")
_PAGE = {
    "data": ["JSON"],
    "includes": {name: ["JSON"] for name in _INCLUDED},
    "errors": ["JSON"],
    "__twarc": "JSON",
    "matching_rules": "JSON",
}
_LISTS = ("hashtags.tag", "urls.expanded_url", "mentions.username")


def reference(value: str, *, lists: bool = True) -> str:
    """SQL: what is needed of a tweet that another refers to, from the struct `value` of the shape of one."""
    plain = {"id": "id", "text": "text", "user_id": "author_id", "username": "author.username"}
    parts = {name: f"{value}.{path}" for name, path in plain.items()}
    if lists:
        parts |= {field: listed(field, f"{value}.entities.{field.partition('.')[0]}") for field in _LISTS}
    return "struct_pack(" + ", ".join(f'"{name}" := {sql}' for name, sql in parts.items()) + ")"


def take_apart(engine: DuckDB, lines: str, table: str) -> None:
    """A table of parts: number of the line, role (`data`, what is included, `errors`, `page`), and the JSON of each.

    Lines that are no page are `data` as they stand, also those that are no JSON.
    """
    single = "CASE WHEN json_type(json, '$.data') NOT IN ('NULL', 'ARRAY') THEN [json_extract(json, '$.data')] END"
    roles = ["data", "errors", *_INCLUDED]
    values = [f"coalesce(e.data, {single})", "e.errors", *(f"e.includes.{name}" for name in _INCLUDED)]
    parts = [
        f"coalesce(list_transform({value}, lambda x: {{'role': '{role}', 'json': coalesce(x, 'null'::JSON)}}), [])"
        for role, value in zip(roles, values, strict=True)
    ]
    page = (
        "{'role': 'page', 'json': json_object('__twarc', e.__twarc, 'matching_rules', e.matching_rules, "
        f"'empty', coalesce(len(coalesce(e.data, {single})), 0) = 0)}}"
    )
    listed_parts = f"list_concat([{page}], {', '.join(parts)})"
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT line, p.role AS role, p.json AS json FROM ("
        f"SELECT line, unnest(CASE WHEN paged THEN {listed_parts} ELSE [{{'role': 'data', 'json': json}}] END) AS p "
        f"FROM (SELECT line, json, paged, CASE WHEN paged THEN json_transform(json, {literal(json.dumps(_PAGE))}) END "
        f"AS e FROM (SELECT row_number() OVER () AS line, json, {kind_sql('json_keys(json)')} = 'page' AS paged "
        f"FROM {lines})))"
    )


@dataclass
class Joined:
    """The table of tweets (or users, counts, …) taken out of pages, and what its structs hold."""

    relation: str
    origins: list[Origin]
    cut: int = 0  # retweets whose original the page does not include


def join(engine: DuckDB, parts: str, data: str, found: Survey, label: str) -> Joined:
    """Makes the table of the objects `data`, a relation of line, number and json; drops what it needs besides."""
    tweets = found.main == "tweets"
    t = Origin((), "t", found.tree)
    envelope = Origin((), "e", _about(engine, parts))
    tables = _Tables(engine, parts, label)
    origins = [t, *([tables.users(), tables.places()] if tweets else []), envelope]
    target = f"{label}_tweets"
    more = [("referenced_tweets",), ("author_id",), ("geo", "place_id")] if tweets else []
    shape = literal(json.dumps(t.shape(more)))
    keep = "".join(f", {origin.alias}_json" for origin in origins if origin.reads_json)
    inner = f"SELECT line, number, json AS t_json, json_transform(json, {shape}) AS t FROM {data}"
    about = literal(json.dumps(envelope.shape()))
    pages = f"(SELECT line, json_transform(json, {about}) AS e FROM {parts} WHERE role = 'page')"
    if not tweets:
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE {target} AS SELECT number, t, e.e AS e{keep} FROM ({inner}) d "
            f"LEFT JOIN {pages} e USING (line)"
        )
        _in_order(engine, target)
        return Joined(target, origins)
    tables.references()
    # Turned round, a join gives its rows in another order, and sorting them again is dear.
    engine.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    try:
        engine.execute(f"CREATE OR REPLACE TEMP TABLE {target} AS {_select(label, inner, pages, keep)}")
    finally:
        engine.execute("RESET disabled_optimizers")
    tables.drop()
    _in_order(engine, target)
    (cut,) = engine.run(f"SELECT count(*) FROM {target} WHERE rt IS NOT NULL AND rt.text IS NULL").one()
    return Joined(target, origins, int(cut))


def _in_order(engine: DuckDB, table: str) -> None:
    """The rows as the files have them, whatever the joins made of their order."""
    before = f"SELECT number, lag(number) OVER (ORDER BY rowid) AS last FROM {table}"
    if engine.run(f"SELECT count(*) FROM ({before}) WHERE last > number").one()[0]:
        engine.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM {table} ORDER BY number")


def _select(label: str, inner: str, pages: str, keep: str) -> str:
    refs = f"from_json(t.referenced_tweets, {literal(json.dumps([REFERENCE]))})"
    picked = ", ".join(
        f"list_filter(refs, lambda x: x.type = '{kind}')[-1] AS {name}"
        for name, kind in (("a", "retweeted"), ("b", "replied_to"), ("c", "quoted"))
    )
    joins = " ".join(
        f"LEFT JOIN {label}_refs r{name} ON r{name}.line = d.line AND r{name}.id = d.{name}.id" for name in "abc"
    )
    found = ", ".join(
        f"CASE WHEN d.{name} IS NULL THEN NULL WHEN d.{name}.text IS NOT NULL THEN {reference(f'd.{name}')} "
        f"WHEN r{name}.id IS NOT NULL THEN r{name}.r ELSE {reference(f'd.{name}')} END AS {alias}"
        for name, alias in (("a", "rt"), ("b", "rp"), ("c", "qt"))
    )
    return (
        f"SELECT number, t, u.u AS u, g.g AS g, e.e AS e, {found}{keep} FROM (SELECT *, {picked} FROM ("
        f"SELECT *, {refs} AS refs FROM ({inner}))) d LEFT JOIN {pages} e USING (line) {joins} "
        f"LEFT JOIN {label}_users u ON u.line = d.line AND u.id = d.t.author_id "
        f"LEFT JOIN {label}_places g ON g.line = d.line AND g.id = d.t.geo.place_id"
    )


def _about(engine: DuckDB, parts: str) -> dict[Path, dict[str, None]]:
    """The keys of what pages say for all of their tweets: how twarc got them, and which rules of a stream they meet."""
    looked = "json_keys(json, '$.__twarc') AS twarc, json_type(json, '$.matching_rules') = 'ARRAY' AS rules"
    frame = engine.run(f"SELECT DISTINCT {looked} FROM {parts} WHERE role = 'page' ORDER BY ALL")
    twarc = dict.fromkeys(key for keys, _ in frame.rows() for key in (keys if keys is not None else ()))
    tree: dict[Path, dict[str, None]] = {(): {"__twarc": None}, ("__twarc",): twarc} if twarc else {(): {}}
    if any(rules for _, rules in frame.rows()):
        tree[()]["matching_rules"] = None
    return tree


@dataclass
class _Tables:
    """What pages include, as tables by line and id; of an object that a page includes twice the last counts."""

    engine: DuckDB
    parts: str
    label: str

    def users(self) -> Origin:
        return self._of("users", ("author",), "u", USER_OBJECTS)

    def places(self) -> Origin:
        return self._of("places", ("geo",), "g", PLACE_OBJECTS)

    def _of(self, role: str, prefix: tuple[str, ...], alias: str, objects: tuple[tuple[str, ...], ...]) -> Origin:
        source = f"(SELECT json FROM {self.parts} WHERE role = '{role}')"
        origin = Origin(prefix, alias, survey(self.engine, source, objects, included=True).tree)
        more = [("id",), ("username",)] if role == "users" else [("id",)]
        value = f"json_transform(json, {literal(json.dumps(origin.shape(more)))})"
        self._table(role, alias, value, f"{alias}.id", keep=origin.reads_json)
        return origin

    def references(self) -> None:
        """The tweets that others refer to, with their authors' names."""
        shape = literal(json.dumps(REFERENCE))
        self._table("tweets", "r", f"json_transform(json, {shape})", "r.id", f"{self.label}_bare")
        packed = reference("b.r").replace("b.r.author.username", "u.u.username")
        self.engine.execute(
            f"CREATE OR REPLACE TEMP TABLE {self.label}_refs AS SELECT b.line, b.id, {packed} AS r "
            f"FROM {self.label}_bare b LEFT JOIN {self.label}_users u ON u.line = b.line AND u.id = b.r.author_id"
        )

    def _table(self, role: str, alias: str, value: str, id: str, name: str | None = None, keep: bool = False) -> None:
        kept = f", json AS {alias}_json" if keep else ""
        made = f"SELECT line, rowid AS number, {value} AS {alias}{kept} FROM {self.parts} WHERE role = '{role}'"
        self.engine.execute(
            f"CREATE OR REPLACE TEMP TABLE {name or f'{self.label}_{role}'} AS SELECT line, {id} AS id, "
            f"* EXCLUDE (line, number) FROM ({made}) WHERE {id} IS NOT NULL "
            f"QUALIFY row_number() OVER (PARTITION BY line, {id} ORDER BY number DESC) = 1"
        )

    def drop(self) -> None:
        for name in ("users", "places", "bare", "refs"):
            self.engine.execute(f"DROP TABLE IF EXISTS {self.label}_{name}")
