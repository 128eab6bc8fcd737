"""What the lines of twarc's files hold, found by looking at every one: kinds of object, their keys, and faults.

A file is read by DuckDB's reader of JSON lines, which skips blank ones and gives NULL for what is no JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import literal
from factcheck.evidence.formats.exports.twarc_fields import OBJECTS, ONE, Path, is_value

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

LONGEST = 1 << 24  # bytes of a line: a page of five hundred tweets takes about two million
_DEEPEST = 6  # levels of objects that become columns of their own
_MOST_KEYS = 200  # of an object that is not known: one with more is a dictionary, not a set of fields
_MOST_COLUMNS = 4000
_AT_A_TIME = 400
PAGE, ANY = "page", "any"

# The kind of object, by its keys.
_KIND = """CASE
    WHEN {keys} IS NULL THEN 'no JSON'
    WHEN NOT list_contains({keys}, 'id') AND list_has_any({keys}, ['data', 'errors', 'meta', 'includes']) THEN 'page'
    WHEN list_has_all({keys}, ['start', 'end', 'tweet_count']) THEN 'counts'
    WHEN NOT list_contains({keys}, 'id') THEN 'nothing'
    WHEN list_contains({keys}, 'username') THEN 'users'
    WHEN list_has_any({keys}, ['text', 'author_id', 'conversation_id']) THEN 'tweets'
    WHEN list_contains({keys}, 'action') THEN 'compliance'
    WHEN list_has_any({keys}, ['owner_id', 'member_count']) THEN 'lists'
    ELSE 'nothing' END"""


def kind_sql(keys: str) -> str:
    """SQL: the kind of the object whose keys are given."""
    return _KIND.format(keys=keys)


def pointer(path: Path) -> str:
    return "/" + "/".join(key.replace("~", "~0").replace("/", "~1") for key in path) if path else "$"


def pointers(paths: Iterable[Path]) -> str:
    return "[" + ", ".join(literal(pointer(path)) for path in paths) + "]"


@dataclass
class Survey:
    """`tree` holds the keys of every object at a path, `types` the JSON types of keys that are not known.

    `kinds` counts the objects by kind; `broken` are paths where something stands that is no object; `cut` counts
    retweets whose original is not there.
    """

    tree: dict[Path, dict[str, None]] = field(default_factory=dict)
    types: dict[Path, set[str]] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    broken: list[Path] = field(default_factory=list)
    cut: int = 0

    @property
    def main(self) -> str | None:
        """The kind that most objects are of; None where there are none."""
        found = [kind for kind in ONE if self.kinds.get(kind)]
        return max(found, key=lambda kind: self.kinds[kind]) if found else None

    @property
    def faulty(self) -> bool:
        """Whether some objects will have to be rejected."""
        return bool(self.broken) or any(kind not in (self.main, PAGE) for kind in self.kinds)


# A flattened tweet holds the tweets that it refers to, with their texts where they are there.
_REFERRED: tuple[Path, ...] = tuple(("referenced_tweets", str(at)) for at in range(3))
_RETWEETS = literal('{"referenced_tweets": [{"type": "VARCHAR", "text": "VARCHAR"}]}')
_CUT = (
    f"coalesce(len(list_filter(json_transform(json, {_RETWEETS}).referenced_tweets, "
    "lambda r: r.type = 'retweeted' AND r.text IS NULL)), 0) > 0"
)


def survey(
    engine: DuckDB, relation: str, objects: Sequence[Path], *, refer: bool = False, included: bool = False
) -> Survey:
    """Looks at every `json` of a relation; with `refer` retweets without their original are counted.

    Whatever key holds objects that are not among the known `objects` is looked into as well. `included` objects are
    of one kind, and need not tell it.
    """
    found, paths = Survey(), list(objects)
    for _ in range(_DEEPEST):
        empty = _look(engine, relation, paths, found, refer, included)
        unknown = [
            child
            for path, keys in found.tree.items()
            for key in keys
            if (child := (*path, key)) not in paths and child not in found.types and not is_value(key)
        ]
        _types(engine, relation, unknown, found)
        found.broken = [path for path in _not_objects(engine, relation, empty) if path in objects and path]
        new = [path for path in unknown if found.types[path] <= {"OBJECT", "NULL"} and "OBJECT" in found.types[path]]
        if not new:
            break
        paths += new
    for path in [path for path, keys in found.tree.items() if path not in objects and len(keys) > _MOST_KEYS]:
        for below in [other for other in found.tree if other[: len(path)] == path]:
            del found.tree[below]
    if sum(map(len, found.tree.values())) > _MOST_COLUMNS:
        raise EvidenceError(f"its objects have more than {_MOST_COLUMNS:,} different keys: it is no file of twarc")
    return found


def _look(
    engine: DuckDB, relation: str, paths: Sequence[Path], found: Survey, refer: bool, included: bool
) -> set[Path]:
    """Fills in kinds, keys and retweets; the paths where something without keys stands."""
    kind = f"CASE WHEN k IS NULL THEN 'no JSON' ELSE '{ANY}' END" if included else kind_sql("k[1]")
    looked = [*paths, *(_REFERRED if refer else ())]
    frame = engine.run(
        f"SELECT {kind} AS kind, to_json(k)::VARCHAR AS keys, n FROM (SELECT any_value(k) AS k, "
        f"count(*) AS n FROM (SELECT json_keys(json, {pointers(looked)}) AS k FROM {relation}) GROUP BY k::VARCHAR) "
        "ORDER BY n DESC, keys"
    )
    found.kinds, doubtful = {}, False
    trees: dict[str, dict[Path, dict[str, None]]] = {}
    empty: set[Path] = set()
    for kind, listed, count in frame.rows():
        found.kinds[kind] = found.kinds.get(kind, 0) + int(count)
        if kind not in (*ONE, ANY):
            continue
        values = json.loads(listed)
        doubtful = doubtful or any(keys is not None and "text" not in keys for keys in values[len(paths) :])
        for path, keys in zip(paths, values, strict=False):
            if keys:
                trees.setdefault(kind, {}).setdefault(path, {}).update(dict.fromkeys(keys))
            elif keys is not None:
                empty.add(path)
    tree = next(iter(trees.values()), {}) if included else trees.get(found.main or "", {})
    # SQL does not tell keys apart by case, so right spellings go before wrong ones.
    found.tree = {
        path: dict.fromkeys(sorted(keys, key=lambda key: not (is_value(key) or (*path, key) in OBJECTS)))
        for path, keys in tree.items()
    }
    found.cut = int(engine.run(f"SELECT count(*) FROM {relation} WHERE {_CUT}").one()[0]) if doubtful else 0
    return empty


def _types(engine: DuckDB, relation: str, unknown: Sequence[Path], found: Survey) -> None:
    for at in range(0, len(unknown), _AT_A_TIME):
        some = unknown[at : at + _AT_A_TIME]
        kinds = f"to_json(json_type(json, {pointers(some)}))::VARCHAR"
        frame = engine.run(f"SELECT DISTINCT {kinds} FROM {relation} WHERE json IS NOT NULL")
        for (listed,) in frame.rows():
            for path, kind in zip(some, json.loads(listed), strict=True):
                found.types.setdefault(path, set()).update([kind] if kind else [])


def _not_objects(engine: DuckDB, relation: str, empty: set[Path]) -> list[Path]:
    """Of the paths where something without keys was met, those where it was no empty object but another value."""
    if not empty:
        return []
    asked = Survey()
    _types(engine, relation, sorted(empty), asked)
    return [path for path, kinds in asked.types.items() if kinds - {"OBJECT", "NULL"}]


def fault_sql(found: Survey) -> str:
    """SQL: why a `json` cannot be a row, as words for people; NULL where it can."""
    one = ONE[found.main or "tweets"]
    kind = kind_sql("json_keys(json)")
    words = " ".join(f"WHEN '{other}' THEN 'a {name} among {found.main}'" for other, name in ONE.items())
    broken = " ".join(
        f"WHEN coalesce(json_type(json, {literal(pointer(path))}), 'NULL') NOT IN ('OBJECT', 'NULL') "
        f"THEN {literal(_no_object(path))}"
        for path in found.broken
    )
    return (
        "CASE WHEN json IS NULL THEN 'not valid JSON' WHEN json_type(json) <> 'OBJECT' THEN 'not a JSON object' "
        f"WHEN {kind} <> '{found.main}' THEN CASE {kind} {words} WHEN 'page' THEN 'a page within a page' "
        f"ELSE 'no {one}: it lacks the fields of one' END {broken} END"
    )


def _no_object(path: Path) -> str:
    return f"its '{'.'.join(path)}' is no object"
