"""The beginning of twarc's files, read without an engine: enough to know the columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factcheck.evidence.formats.exports.twarc_fields import OBJECTS, Path, is_value
from factcheck.evidence.formats.exports.twarc_survey import Survey
from factcheck.evidence.formats.jsonl import first_values
from factcheck.evidence.formats.source import Job

_WHOLE = 1 << 25  # bytes of all files together; up to this size they are looked at to the end
_LEAST = 1 << 20  # bytes of each


def look(job: Job) -> Survey:
    """The keys of the objects at the beginning, those of what pages include below the key that they belong to."""
    found = Survey()
    by_kind: dict[str, Survey] = {}
    size = max(_LEAST, _WHOLE // len(job.files))
    for path in job.files:
        for value in first_values(path, size):
            for item in _items(value):
                kind = kind_of(item)
                found.kinds[kind] = found.kinds.get(kind, 0) + 1
                _grow(by_kind.setdefault(kind, Survey()), item, ())
    if found.main is not None:
        found.tree, found.types = by_kind[found.main].tree, by_kind[found.main].types
    return found


def kind_of(item: dict[str, Any]) -> str:
    """The kind of an object, as the survey of whole files tells it."""
    if {"start", "end", "tweet_count"} <= item.keys():
        return "counts"
    if "id" not in item:
        return "nothing"
    if "username" in item:
        return "users"
    if item.keys() & {"text", "author_id", "conversation_id"}:
        return "tweets"
    if "action" in item:
        return "compliance"
    return "lists" if item.keys() & {"owner_id", "member_count"} else "nothing"


def _items(value: Any) -> Iterator[dict[str, Any]]:
    if not isinstance(value, dict):
        return
    if "id" in value or not value.keys() & {"data", "errors", "meta", "includes"}:
        yield value
        return
    data = value.get("data")
    includes = value.get("includes") if isinstance(value.get("includes"), dict) else {}
    users, places = _by_id(includes, "users"), _by_id(includes, "places")
    about = {key: value[key] for key in ("matching_rules", "__twarc") if key in value}
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield _joined(item, users, places, about)


def _joined(
    item: dict[str, Any], users: dict[str, Any], places: dict[str, Any], about: dict[str, Any]
) -> dict[str, Any]:
    joined = {**item, **about}
    if kind_of(item) != "tweets":
        return joined
    if item.get("author_id") in users:
        joined["author"] = users[item["author_id"]]
    geo = item.get("geo")
    if isinstance(geo, dict) and geo.get("place_id") in places:
        joined["geo"] = {**geo, **places[geo["place_id"]]}
    return joined


def _by_id(includes: Any, name: str) -> dict[str, Any]:
    listed = includes.get(name)
    found = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return {item["id"]: item for item in found if isinstance(item.get("id"), str)}


def _grow(found: Survey, value: dict[str, Any], path: Path) -> None:
    keys = found.tree.setdefault(path, {})
    for key, inner in value.items():
        keys[key] = None
        child = (*path, key)
        if isinstance(inner, dict) and (child in OBJECTS or (inner and not is_value(key))):
            _grow(found, inner, child)
        elif child not in OBJECTS and not is_value(key):
            found.types.setdefault(child, set()).add(_TYPES.get(type(inner), "NULL"))


_TYPES = {str: "VARCHAR", bool: "BOOLEAN", int: "BIGINT", float: "DOUBLE", list: "ARRAY", dict: "OBJECT"}
