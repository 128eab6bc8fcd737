"""What a claim means: the part of its spec that can change a verdict, without comments, order or where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from factcheck.claims.config import NAME, ConfigSource, ProjectConfig
from factcheck.claims.reading import ClaimSource, read_text
from factcheck.text.canonical import digest
from factcheck.text.nodes import Mapping as MappingNode
from factcheck.text.nodes import Node, Plain, Sequence, to_python
from factcheck.text.validate import validate
from factcheck.text.yaml import parse

# Who said it where, what readers are told beside it and how far the spec is: none of it is measured.
BESIDE = frozenset({"id", "quote", "appearance", "tags", "alternatives", "notes", "response", "review"})
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:\.\d{1,15})?")
_PROSE = ("statement", "unverifiable")  # where a line break is a blank


def meaning(source: ClaimSource) -> dict[str, Any]:
    """The spec of a claim with its defaults filled in, as plain JSON values in the order of their names.

    What was written without quotes and is a number is one; all else is text, as it was written. `reading` makes the
    claim of it again.
    """
    spec = {key: _plain(key, node) for key, (_, node) in source.node.entries.items() if key not in BESIDE}
    if source.parts:
        spec["checks"] = [_check(node) for node in _items(source)]
    return {key: value for key, value in sorted(spec.items()) if value is not None}


def fingerprint(source: ClaimSource, rules: Mapping[str, Any]) -> str:
    """The sha256 of a claim's meaning and of the project's own rules for judging it."""
    return digest({"spec": meaning(source), "rules": rules})


def rules(config: ProjectConfig) -> dict[str, Any]:
    """What a project says of its own about ratings and confidence; empty where it says nothing."""
    said = {"rating": config.rating, "confidence": config.confidence or None}
    return {key: _values(value) for key, value in sorted(said.items()) if value is not None}


def ruled(config: ConfigSource, rules: Mapping[str, Any]) -> ConfigSource | None:
    """A configuration with other rules, as they were recorded; None where they are none in this version."""
    import json

    node, _ = parse(json.dumps(rules, ensure_ascii=False), NAME)
    if not isinstance(node, MappingNode):
        return None
    said, _ = validate(ProjectConfig, node, NAME)
    if said is None:
        return None
    own = {"rating": said.rating, "confidence": said.confidence}
    return ConfigSource(config.config.model_copy(update=own), node)


def reading(id: str, spec: Mapping[str, Any], name: str) -> ClaimSource | None:
    """The claim that a recorded meaning describes; None where it is no claim in this version of the language.

    name: the claim file that it stood in.
    """
    import json

    # JSON is YAML: numbers stand without quotes, texts within.
    text = json.dumps({"claims": [{"id": id, **spec}]}, ensure_ascii=False)
    claims, _ = read_text(text, name)
    return claims[0] if len(claims) == 1 else None


def _items(source: ClaimSource) -> list[Node]:
    node = source.node.get("checks")
    return node.items if isinstance(node, Sequence) else []


def _check(node: Node) -> Any:
    found = _values(to_python(node))
    return {key: found[key] for key in sorted(found) if key not in BESIDE} if isinstance(found, dict) else found


def _plain(key: str, node: Node) -> Any:
    value = _values(to_python(node))
    return " ".join(value.split()) if key in _PROSE and isinstance(value, str) else value


def _values(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _values(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_values(item) for item in value]
    if isinstance(value, Plain) and _NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value if value is None or isinstance(value, bool) else str(value).rstrip()
