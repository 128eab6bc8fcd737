"""Cases in the claim author's language: a few rows, the claim, the verdict that it must get.

A case file holds `tables` (CSV by name) and `cases`. A case is a mapping of

    name       what it shows
    data       CSV text, the name of a table of the file, or a mapping from dataset names to either
    frame      instead of data: a DataFrame by columns, or a mapping from dataset names to such columns
    manifest   the fields of the dataset beside `files`; with several datasets a mapping by dataset
    config     factcheck.yaml
    claim      a claim as it stands in a claim file (`id`, `statement`, `dataset` may be left out); or `claims`
    expect     what the verdict must be; or `spec_error`, texts that the errors of the spec must contain
    source     why this is right

A line of CSV that ends with `×81` stands for 81 such lines. The claim reaches the engine in its own words: what was
written plain stays plain, what was quoted stays quoted.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

DATASET = "posts"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same nodes at the same places, ten times as fast
_TIMES = re.compile(r"^(?P<line>.*?)\s*×(?P<times>\d+)$")


@dataclass(frozen=True)
class CaseSpec:
    """One case: the texts of the project's files, and what must come of them."""

    name: str
    files: dict[str, str]
    claims: str
    manifests: str
    config: str | None
    frames: dict[str, dict[str, list[Any]]]
    expect: dict[str, Any]
    source: str
    ids: tuple[str, ...] = field(default=())

    def write(self, root: Path) -> Path:
        (root / "claims").mkdir()
        (root / "evidence").mkdir()
        (root / "claims" / "case.yaml").write_text(self.claims, encoding="utf-8")
        if self.manifests:
            (root / "evidence" / "case.yaml").write_text(self.manifests, encoding="utf-8")
        for name, text in self.files.items():
            (root / "evidence" / name).write_text(text, encoding="utf-8")
        if self.config is not None:
            (root / "factcheck.yaml").write_text(self.config, encoding="utf-8")
        return root


def read_cases(path: Path) -> list[CaseSpec]:
    """Every case of a file, in its order."""
    text = path.read_text(encoding="utf-8")
    top = _entries(yaml.compose(text, Loader=_LOADER))
    tables = {key: _plain(node) for key, node in _entries(top["tables"]).items()} if "tables" in top else {}
    return [_case(text, node, tables) for node in top["cases"].value]


def _entries(node: Any) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise ValueError(f"expected a mapping at {node.start_mark}")
    return {key.value: value for key, value in node.value}


def _plain(node: yaml.Node) -> Any:
    return yaml.SafeLoader("").construct_document(node)


def _case(text: str, node: yaml.Node, tables: dict[str, str]) -> CaseSpec:
    given = _entries(node)
    unknown = set(given) - {"name", "data", "frame", "manifest", "config", "claim", "claims", "expect", "source"}
    if unknown:
        raise ValueError(f"unknown keys {sorted(unknown)} in a case at {node.start_mark}")
    data = _by_dataset(_plain(given["data"]) if "data" in given else {})
    frames = _frames(_plain(given["frame"]) if "frame" in given else {})
    claims = [given["claim"]] if "claim" in given else given["claims"].value
    written = [_claim(text, claim, index) for index, claim in enumerate(claims)]
    return CaseSpec(
        name=given["name"].value,
        files={f"{name}.csv": _table(table, tables) for name, table in data.items()},
        claims="claims:\n" + "".join(part for part, _ in written),
        manifests=_manifests(text, given.get("manifest"), data, several=_is_mapping(given.get("data"))),
        config=_block(text, given["config"], 0) if "config" in given else None,
        frames=frames,
        expect=_plain(given["expect"]),
        source=given["source"].value,
        ids=tuple(name for _, name in written),
    )


def _by_dataset(data: Any) -> dict[str, str]:
    return data if isinstance(data, dict) else {DATASET: data}


def _frames(frame: dict[str, Any]) -> dict[str, dict[str, list[Any]]]:
    if not frame:
        return {}
    return frame if all(isinstance(columns, dict) for columns in frame.values()) else {DATASET: frame}


def _table(table: str, tables: dict[str, str]) -> str:
    """CSV text, repeated lines written out."""
    lines = []
    for line in (tables[table] if "\n" not in table else table).splitlines():
        many = _TIMES.match(line)
        lines += [many["line"]] * int(many["times"]) if many else [line]
    return "\n".join(lines) + "\n"


def _claim(text: str, node: yaml.Node, index: int) -> tuple[str, str]:
    """A claim as an item of `claims:`, completed where the case leaves out what it does not speak of."""
    given = _entries(node)
    name = given["id"].value if "id" in given else "case" if index == 0 else f"case-{index + 1}"
    lines = [] if "id" in given else [f"id: {name}"]
    lines += [] if "statement" in given else ["statement: What is claimed."]
    lines += [] if "dataset" in given else [f"dataset: {DATASET}"]
    body = "\n".join(lines) + "\n" + _block(text, node, 0)
    indented = textwrap.indent(body.lstrip("\n"), "    ")
    return "  - " + indented[4:], name


def _block(text: str, node: yaml.Node, indent: int) -> str:
    """A mapping in the words it was written in, each entry on a line of its own."""
    parts = []
    for key, value in node.value:
        parts.append(f"{text[key.start_mark.index : key.end_mark.index]}:{_value(text, value)}\n")
    return textwrap.indent("".join(parts), " " * indent)


def _value(text: str, node: yaml.Node) -> str:
    written = text[node.start_mark.index : node.end_mark.index].rstrip()
    block = not isinstance(node, yaml.ScalarNode) and not node.flow_style
    if not block and not (isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")):
        return f" {written}"
    if isinstance(node, yaml.ScalarNode):
        head, _, rest = written.partition("\n")
        return f" {head}\n" + textwrap.indent(textwrap.dedent(rest), "  ")
    aligned = textwrap.dedent(" " * node.start_mark.column + written)
    return "\n" + textwrap.indent(aligned, "  ")


def _is_mapping(node: yaml.Node | None) -> bool:
    return isinstance(node, yaml.MappingNode)


def _manifests(text: str, node: yaml.Node | None, data: dict[str, str], *, several: bool) -> str:
    """`evidence/case.yaml`: the manifests of all datasets, with their files; complete unless they say otherwise.

    `several`: the case names its datasets, and its manifest is a mapping by dataset.
    """
    if node is None and not data:
        return ""  # a frame without a manifest
    fields = dict.fromkeys(data or [DATASET], None if several else node)
    if several and node is not None:
        fields |= _entries(node)
    return "datasets:\n" + "".join(_manifest(text, name, given, name in data) for name, given in fields.items())


def _manifest(text: str, name: str, node: yaml.Node | None, has_file: bool) -> str:
    keys = set() if node is None else set(_entries(node))
    lines = [f"  {name}:\n"]
    lines += [f"    files: {name}.csv\n"] if has_file else []
    lines += [] if keys & {"completeness", "query"} else ["    completeness: complete\n"]
    return "".join(lines) + ("" if node is None else _block(text, node, 4))
