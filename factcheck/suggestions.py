"""What a project has names for, put into the schemas of its files, so that an editor offers them.

Names are suggestions: an expression may stand wherever a column's name is offered, and nothing is an error for being
unknown to a schema that was written yesterday, but the name of a dataset, of which the message says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from factcheck.claims.reading import ClaimSource
from factcheck.editor import Kind
from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column, Dataset, Family
from factcheck.evidence.manifest_models import ColumnSpec, DatasetManifest
from factcheck.project import Project
from factcheck.text.schema import Schema

_NUMBER, _TIME, _TEXT, _ANY, _CONDITION = "number", "time", "text", "any", "condition"
_UNREAD = (Family.UNKNOWN, Family.OTHER)  # it may be anything
FITS: Mapping[str, Callable[[Column], bool]] = {
    _NUMBER: lambda column: column.family.is_number or column.family in _UNREAD,
    _TIME: lambda column: column.family.is_time or column.family in _UNREAD,
    _TEXT: lambda column: column.family in (Family.TEXT, *_UNREAD),
    _ANY: lambda _: True,
    _CONDITION: lambda column: column.name.isidentifier(),  # others need quotes, which an editor takes for YAML's
}
# What the value of a key is made of, by the key; a kind's own key is among them.
TAKES: Mapping[str, str] = {
    **dict.fromkeys(("sum", "mean", "median", "quantile", "weight"), _NUMBER),
    **dict.fromkeys(("peaks", "trend", "first", "last", "gap", "hours", "time"), _TIME),
    **dict.fromkeys(("share", "among", "that", "where", "during", "versus", "root"), _CONDITION),
    **dict.fromkeys(("min", "max", "value", "values", "composition", "by", "cluster", "actor", "target"), _ANY),
    "text": _TEXT,
}
LISTS: Mapping[str, str] = {"overlap": _CONDITION, "correlation": _NUMBER}  # a list of them
PAIRS: Mapping[str, Mapping[str, str]] = {  # a mapping of them
    "delay": {"from": _TIME, "to": _TIME},
    "link": {"from": _ANY, "to": _ANY, "child": _ANY, "parent": _ANY},
}
MEASURES = ("of", "ratio", "to", "difference", "minus", "rate")  # another measure
# Fields whose examples in the manual are names of other projects.
_OTHERS_NAMES = {*TAKES, *LISTS, *PAIRS, *PAIRS["link"], *MEASURES, "measure", "params", "vary"}
_OTHERS_NAMES |= {"key", "columns", "counts"}
_PERIODS = dict.fromkeys(("hour", "day", "week", "month", "year"), "a period of time")


@dataclass(frozen=True)
class Known:
    """What is known of a project: its datasets, with their columns where these can be told, and words in its claims.

    default: the dataset that factcheck.yaml names for claims that say none.
    missing: what could not be told, a line each.
    """

    manifests: Mapping[str, DatasetManifest | None]
    datasets: Mapping[str, Dataset]
    default: str | None = None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by the field of a claim that they stand in
    connections: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def columns(self, name: str, takes: str) -> dict[str, str]:
        """The columns of a dataset that fit, with what is known of each."""
        manifest = self.manifests.get(name)
        specs = {} if manifest is None else manifest.columns
        fitting = {column: found for column, found in self.datasets[name].columns.items() if FITS[takes](found)}
        return {column: _of(found, specs.get(column)) for column, found in fitting.items()}


def known(project: Project) -> Known:
    """What a project has names for. A dataset that cannot be read, and a claim with an error, give what they can."""
    from factcheck.evidence.ingest import describe_all

    described, _ = describe_all(project.manifests, project.root, project.roots)
    sources = project.manifests
    names = sorted({*sources, *sources.broken})
    config = project.config.config
    return Known(
        {name: sources[name].model if name in sources else None for name in names},
        {name: found for name, found in sorted(described.items()) if not isinstance(found, EvidenceError)},
        None if config.defaults is None else config.defaults.dataset,
        _words(project.claims),
        tuple(config.connections),
        _missing(project, described),
    )


def _missing(project: Project, described: Mapping[str, Dataset | EvidenceError]) -> tuple[str, ...]:
    """Why some names are not among those that are suggested."""
    failed = {name: found for name, found in sorted(described.items()) if isinstance(found, EvidenceError)}
    lines = [f"the columns of '{name}' are not suggested: {found.message}" for name, found in failed.items()]
    begun = (project.root / "claims").is_dir()  # that there are no claims yet is no fault of what is there
    wrong = sum(one.severity == "error" and (begun or one.place is not None) for one in project.problems)
    if wrong:
        errors = "1 error" if wrong == 1 else f"{wrong} errors"
        lines.append(f"the project has {errors} (`factcheck validate` tells more): what stands there is not suggested")
    return tuple(lines)


def _words(claims: Iterable[ClaimSource]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {"tags": set(), "platforms": set(), "quantity": set(), "claimant": set()}
    for source in claims:
        claim = source.claim
        found["tags"].update(source.tags)
        found["platforms"].update(claim.platforms)
        found["quantity"].update(filter(None, (claim.quantity,)))
        found["claimant"].update(filter(None, (claim.claimant,)))
    return {name: tuple(sorted(words)) for name, words in found.items()}


def suggesting(schema: Schema, kind: Kind, known: Known) -> Schema:
    """A schema with a project's own names in it, in place of examples that name columns of nobody's."""
    _without_examples(schema)
    return {"claims": _claims, "evidence": _evidence, "config": _config}[kind](schema, known)


def _without_examples(part: Any) -> None:
    if isinstance(part, list):
        for inner in part:
            _without_examples(inner)
    elif isinstance(part, dict):
        for name, inner in part.items():
            if name in _OTHERS_NAMES and isinstance(inner, dict):
                inner.pop("examples", None)
            _without_examples(inner)


def offered(values: Mapping[str, str], *, strict: str = "") -> Schema:
    """Values that an editor offers, with a word on each; others may stand there, too, unless `strict` says why not."""
    listed: Schema = {"enum": [*values], "markdownEnumDescriptions": [*values.values()]}
    if not strict:
        return {"anyOf": [listed, {}]}
    numbers = [number for number in map(_as_number, values) if number is not None]
    return {**listed, "enum": [*values, *numbers, None], "errorMessage": strict}


def _as_number(name: str) -> int | None:
    """A dataset called 2018 is a number to an editor."""
    return int(name) if name.isascii() and name.isdigit() and str(int(name)) == name else None


def _claims(schema: Schema, known: Known) -> Schema:
    schema["definitions"]["dataset"] = _dataset(known)
    claim, check = schema["properties"]["claims"]["items"], schema["definitions"]["Check"]
    defaults = schema["properties"]["defaults"]
    words = {name: offered(dict.fromkeys(texts, "in this project")) for name, texts in known.words.items() if texts}
    for part in (claim, check, defaults):
        _names_dataset(part)
        for name, offer in words.items():
            _beside(part["properties"], name, offer)
    if "tags" in words:
        _beside(schema["properties"], "tags", words["tags"])
    inner = schema["definitions"]["inner"]
    for part in (inner["else"], *(one["then"] for one in inner["then"]["allOf"])):
        _names_dataset(part)
    schema["definitions"] |= {f"columns of {name}": _columns(known, name) for name in known.datasets}
    if known.datasets:
        for part in (claim, check, defaults):
            part["allOf"] = [_if_named(name) for name in known.datasets]
        schema["allOf"] = [_inherited(name, known.default == name) for name in known.datasets]
    return schema


def _names_dataset(part: Schema) -> None:
    fields = part["properties"]
    own = {key: fields["dataset"][key] for key in ("description", "type")}
    fields["dataset"] = {**own, "allOf": [{"$ref": "#/definitions/dataset"}]}


def _dataset(known: Known) -> Schema:
    words = {name: _told(model, known.datasets.get(name)) for name, model in known.manifests.items()}
    note = "If it is new, run `factcheck schema --write`."
    strict = f"There is no such dataset in this project. {note} Datasets: {', '.join(words) or 'none'}."
    return offered(words, strict=strict)


def _told(model: DatasetManifest | None, found: Dataset | None) -> str:
    if model is None:
        return "its manifest has errors"
    rows = f"a row is a {model.unit}" if model.unit else ""
    columns = f"{len(found.columns)} columns" if found is not None else ""
    return "; ".join(filter(None, (model.title or "", model.represents or "", rows, columns)))


def _beside(fields: Schema, name: str, offer: Schema) -> None:
    """Offers values of a field, or of the items of its list."""
    own = {key: value for key, value in fields[name].items() if key != "examples"}
    if "items" in own:
        own["items"] = {**own["items"], **offer}
    fields[name] = {**own, **offer}


def _pointer(name: str) -> str:
    """Where the columns of a dataset stand, as a $ref writes it."""
    from urllib.parse import quote

    return "#/definitions/" + quote(f"columns of {name}".replace("~", "~0").replace("/", "~1"), safe="~")


def _names(name: str) -> Schema:
    """That a mapping names this dataset."""
    return {"properties": {"dataset": {"const": name}}, "required": ["dataset"]}


def _if_named(name: str) -> Schema:
    return {"if": _names(name), "then": {"$ref": f"{_pointer(name)}/claim"}}


def _inherited(name: str, default: bool) -> Schema:
    """The dataset that the head of a file gives its claims, or factcheck.yaml (`default`)."""
    claim = {"if": {"not": {"required": ["dataset"]}}, "then": {"$ref": f"{_pointer(name)}/claim"}}
    head: Schema = {"properties": {"defaults": _names(name)}, "required": ["defaults"]}
    if default:
        silent = {"properties": {"defaults": {"required": ["dataset"]}}, "required": ["defaults"]}
        head = {"anyOf": [head, {"not": silent}]}
    return {"if": head, "then": {"properties": {"claims": {"items": claim}}}}


def _columns(known: Known, name: str) -> Schema:
    """Suggestions for the fields of a claim about one dataset, and for its measure: they forbid nothing."""
    here = _pointer(name)
    every: Schema = {takes: offered(known.columns(name, takes)) for takes in FITS}
    lists = {takes: offer for takes, offer in every.items() if takes == _ANY or offer != every[_ANY]}

    def one(part: str) -> Schema:
        listed = part if part in (*lists, "measure") else _ANY
        return _silent({"allOf": [{"$ref": f"{here}/{listed}"}]})

    measure = {key: one(takes) for key, takes in TAKES.items()}
    measure |= {key: _silent({"items": one(takes)}) for key, takes in LISTS.items()}
    measure |= {
        key: _silent({"properties": {part: one(takes) for part, takes in pair.items()}}) for key, pair in PAIRS.items()
    }
    inner = {"if": {"not": {"required": ["dataset"]}}, "then": {"$ref": f"{here}/measure"}}
    measure |= {key: _silent(inner) for key in MEASURES}
    periods = {"allOf": [offered(_PERIODS), *one(_ANY)["allOf"]]}
    measure["per"] = _silent({**periods, "items": periods})
    claim = {key: measure[key] for key in ("where", "weight", "cluster")} | {"measure": one("measure")}
    return {**lists, "measure": {"properties": measure}, "claim": {"properties": claim}}


def _silent(part: Schema) -> Schema:
    """A field whose key an editor does not offer because of this part of the schema: others say where it may stand."""
    return {"doNotSuggest": True, **part}


def _of(column: Column, spec: ColumnSpec | None) -> str:
    kind = "" if column.family in _UNREAD else column.family.value
    also = f"also called {', '.join(column.synonyms)}" if column.synonyms else ""
    words = (spec.title, spec.description) if spec is not None else ()
    return "; ".join(filter(None, (*words, kind, column.unit, also, column.caveat)))


def _evidence(schema: Schema, known: Known) -> Schema:
    from factcheck.evidence.formats import EXPORTS, FORMATS

    manifest: dict[str, Any] = schema["definitions"]["DatasetManifest"]["properties"]
    formats = dict.fromkeys(FORMATS, "a kind of file") | dict.fromkeys(EXPORTS, "an export of a tool")
    _beside(manifest, "format", offered(formats))
    if known.connections:
        _beside(manifest, "connection", offered(dict.fromkeys(known.connections, "of factcheck.yaml")))
    own = {name: _own(known, name) for name in known.datasets}
    schema["allOf"] = [{"properties": {"datasets": {"properties": own}}}]
    return schema


def _own(known: Known, dataset: str) -> Schema:
    """The columns of a dataset where its manifest speaks of them."""
    columns, numbers = known.columns(dataset, _ANY), known.columns(dataset, _NUMBER)
    named = {name: {"description": words} for name, words in columns.items()}
    key = {**offered(columns), "items": offered(columns)}
    fields: Schema = {"columns": {"properties": named}, "key": key, "counts": offered(numbers)}
    return _silent({"properties": {key: _silent(part) for key, part in fields.items()}})


def _config(schema: Schema, known: Known) -> Schema:
    from factcheck.verdicts.ratings import shipped

    fields = schema["properties"]
    _beside(fields, "rating", offered({name: scale.title or "a scale" for name, scale in shipped().items()}))
    schema["definitions"]["dataset"] = _dataset(known)
    _names_dataset(fields["defaults"])
    return schema
