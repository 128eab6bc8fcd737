"""Tables of fields, from the models that read them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from factcheck.claims.config import Limits, ProjectConfig, Publisher
from factcheck.claims.models import Appearance, Check, Claim, ClaimFile, Review
from factcheck.evidence.formats import FORMATS
from factcheck.evidence.ingest.notices import SENTENCES
from factcheck.evidence.manifest_models import CollectedSpec, ColumnSpec, DatasetManifest, Origin, ReadOptions
from generated.markdown import code, flow, table

FORMAT_WORDS = {
    "csv": "comma- or otherwise separated text",
    "tsv": "tab-separated text",
    "tab": "tab-separated text",
    "txt": "separated text; the separator is found",
    "reported": "figures typed off a publication, in CSV or a workbook; marked as second hand",
    "jsonl": "one JSON object a line",
    "ndjson": "one JSON object a line",
    "parquet": "Parquet (also `.pq`)",
    "sqlite": "a table of a SQLite file (also `.db`, `.sqlite3`)",
    "duckdb": "a table of a DuckDB file",
    "xlsx": "a workbook of Excel or another spreadsheet",
    "xls": "a workbook of older spreadsheets",
    "xlsb": "a workbook in Excel's binary form",
    "ods": "a workbook of LibreOffice or another spreadsheet",
}


def names(model: type[BaseModel]) -> list[str]:
    """The fields of a model as they are written in YAML."""
    return [field.alias or name for name, field in model.model_fields.items()]


def of(model: type[BaseModel], first: tuple[str, ...] = ()) -> str:
    """The table of a model's fields, those of `first` at the head."""
    fields = {name: model.model_fields[name] for name in (*first, *model.model_fields)}
    rows = [
        [code(field.alias or name), _meaning(field), _example(field), _default(field)] for name, field in fields.items()
    ]
    return table(["field", "meaning", "example", "default"], rows)


def _meaning(field: FieldInfo) -> str:
    choices = _choices(field.annotation)
    return (field.description or "") + (f" One of {', '.join(map(code, choices))}." if len(choices) > 1 else "")


def _choices(annotation: Any) -> list[str]:
    """The words that a Literal allows, wherever it stands in the annotation."""
    if get_origin(annotation) is Literal:
        return [str(choice) for choice in get_args(annotation)]
    return [choice for inner in get_args(annotation) for choice in _choices(inner)]


def _example(field: FieldInfo) -> str:
    return code(flow(field.examples[0])) if field.examples else "–"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.default
    if isinstance(value, Fraction):
        return code(f"{float(100 * value):g}%")
    if value is None or value == () or value == {} or isinstance(value, BaseModel):
        return "–"
    return code(flow(value))


def claim() -> str:
    return of(Claim, ("id", "statement"))


def check() -> str:
    return ", ".join(code(name) for name in names(Check))


def appearance() -> str:
    return of(Appearance)


def review() -> str:
    return of(Review)


def claim_file() -> str:
    return of(ClaimFile)


def config() -> str:
    return of(ProjectConfig)


def publisher() -> str:
    return of(Publisher)


def limits() -> str:
    return of(Limits)


def dataset() -> str:
    return of(DatasetManifest)


def column() -> str:
    return of(ColumnSpec)


def collected() -> str:
    return of(CollectedSpec)


def source() -> str:
    return of(Origin)


def read() -> str:
    return of(ReadOptions)


def formats() -> str:
    """KeyError for a format without words."""
    return table(["format", "what it is"], [[code(name), FORMAT_WORDS[name]] for name in FORMATS])


def notices() -> str:
    """What reading a file may say, by code."""
    return table(["code", "sentence"], [[code(key), _filled(text)] for key, text in SENTENCES.items()])


def _filled(text: str) -> str:
    """A sentence with what is filled in set in italics; doubled braces are braces."""
    return re.sub(r"(?<!\{)\{(\w+)\}(?!\})", r"*\1*", text).replace("{{", "{").replace("}}", "}")
