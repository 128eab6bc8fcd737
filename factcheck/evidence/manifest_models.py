"""The fields of a dataset manifest; descriptions and examples are their help in editors and the manual."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from factcheck.text.fields import (
    Flag,
    IsoDate,
    PositiveNumber,
    Share,
    Spoken,
    Text,
    TextList,
    TimeZone,
    WholeNumber,
    found,
    number,
    wrong,
)

_TYPE_WORDS = {
    "string": "text", "str": "text", "varchar": "text", "int": "integer", "bigint": "integer", "number": "double",
    "float": "double", "real": "double", "numeric": "decimal", "datetime": "timestamp", "bool": "boolean",
}  # fmt: skip
_NAMED = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " "}
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _type(value: Any) -> Any:
    if isinstance(value, str) and value.lower() in _TYPE_WORDS:
        raise wrong(f"unknown type {found(value)}", f"did you mean '{_TYPE_WORDS[value.lower()]}'?")
    return value


def _range(value: Any) -> Any:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise wrong(f"expected the lowest and the highest value as [0, 100] or [0, null], found {found(value)}")
    low, high = number(value[0]), number(value[1])
    if low is not None and high is not None and low > high:
        raise wrong("the lowest value is above the highest")
    return low, high


def _header(value: Any) -> Any:
    if value == "none":
        return 0
    if isinstance(value, bool) or (isinstance(value, str) and not value.strip().isdigit()):
        raise wrong(f"expected the number of header rows or none, found {found(value)}")
    return value


def _character(value: Any) -> Any:
    value = _NAMED.get(value, value) if isinstance(value, str) else value
    if not isinstance(value, str) or len(value) != 1 or value in "\r\n":
        raise wrong(f"expected one character, found {found(value)}", "for a tab write tab")
    return value


def _nulls(value: Any) -> Any:
    value = [value] if isinstance(value, str) else value
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise wrong(f'expected texts such as ["", "-"], found {found(value)}', "quote every text")
    return tuple(value)


def _source(value: Any) -> Any:
    if isinstance(value, str):
        return {"url" if re.match(r"https?://", value) else "title": value}
    return value


def _sha256(value: Any) -> Any:
    for digest in value.values() if isinstance(value, dict) else [value]:
        if not isinstance(digest, str) or not _SHA256.fullmatch(digest.lower()):
            raise wrong(f"expected 64 hexadecimal digits, found {found(digest)}", "`factcheck data pin` writes them")
    return {file: digest.lower() for file, digest in value.items()} if isinstance(value, dict) else value.lower()


_CHARACTER = Annotated[str, BeforeValidator(_character), WithJsonSchema({"type": "string"})]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ColumnSpec(_Model):
    """What the manifest adds to one column."""

    from_: TextList | None = Field(
        default=None,
        alias="from",
        description="The column or dotted path in the file; of several names the one that a file has.",
        examples=["geo.country"],
    )
    type: Annotated[
        Literal["text", "integer", "decimal", "double", "boolean", "date", "timestamp", "time", "list"] | None,
        BeforeValidator(_type),
    ] = Field(
        default=None, description="The kind of value; what is not of it is counted as lost.", examples=["timestamp"]
    )
    format: Text | None = Field(default=None, description="How dates are written.", examples=["%d/%m/%Y %H:%M"])
    timezone: TimeZone | None = Field(default=None, description="The time zone of the values.", examples=["UTC"])
    missing: Literal["none"] | None = Field(
        default=None, description="`none`: NULL means that there is none, not that it is unknown.", examples=["none"]
    )
    unit: Text | None = Field(default=None, description="The unit of the numbers.", examples=["impressions"])
    range: (
        Annotated[
            tuple[Fraction | None, Fraction | None],
            BeforeValidator(_range),
            WithJsonSchema({"type": "array", "items": {"type": ["number", "string", "null"]}, "minItems": 2}),
        ]
        | None
    ) = Field(default=None, description="The lowest and highest value that can occur.", examples=["[0, null]"])
    synonyms: TextList = Field(default=(), description="Other words for it in claims.", examples=["[views]"])
    caveat: Text | None = Field(
        default=None, description="Why it may mislead.", examples=["Self-declared by the account."]
    )
    expr: Text | None = Field(
        default=None, description="An expression over other columns.", examples=["authority <= 1"]
    )
    title: Spoken | None = Field(default=None, description="Its name in reports.", examples=["Country"])
    description: Text | None = Field(
        default=None, description="What it holds.", examples=["Country named in the profile."]
    )

    @model_validator(mode="after")
    def _one_origin(self) -> ColumnSpec:
        if self.expr is not None and self.from_ is not None:
            raise wrong("a column has either 'from' or 'expr'", "remove one of the two", key="expr")
        return self

    def origins(self, name: str) -> tuple[str, ...]:
        """The names that the column called `name` here may have in a file."""
        return self.from_ or (name,)


class CollectedSpec(_Model):
    """How, when and from where the rows were collected."""

    by: Text | None = Field(default=None, description="Who collected them.", examples=["DFRLab"])
    with_: Text | None = Field(default=None, alias="with", description="With what tool.", examples=["Sysomos"])
    date: IsoDate | None = Field(default=None, description="When.", examples=["2018-05-24"])
    from_: IsoDate | None = Field(
        default=None, alias="from", description="The first day covered.", examples=["2018-04-10"]
    )
    to: IsoDate | None = Field(default=None, description="The last day covered.", examples=["2018-05-09"])
    platforms: TextList = Field(default=(), description="The platforms covered.", examples=["[Twitter, Facebook]"])


class Origin(_Model):
    """Where the data come from."""

    title: Spoken | None = Field(default=None, description="The publication.", examples=["Transparency report 2017"])
    url: Text | None = Field(default=None, description="Where it can be seen.", examples=["https://example.org/data"])


class ReadOptions(_Model):
    """How a text file is read where it cannot be told from the file itself."""

    delimiter: _CHARACTER | None = Field(default=None, description="What separates the columns.", examples=[";"])
    header: Annotated[WholeNumber, BeforeValidator(_header), WithJsonSchema({"type": ["integer", "string"]})] | None = (
        Field(default=None, description="The number of header rows (2 are joined), or none.", examples=["2"])
    )
    skip: WholeNumber = Field(default=0, description="Lines before the header.", examples=["3"])
    encoding: TextList | None = Field(
        default=None,
        description="The encoding of the text; several are tried in order on each file that is no UTF-8.",
        examples=["windows-1252"],
    )
    nulls: (
        Annotated[
            tuple[str, ...], BeforeValidator(_nulls), WithJsonSchema({"type": "array", "items": {"type": "string"}})
        ]
        | None
    ) = Field(default=None, description="Texts that mean a missing value.", examples=['["", "-"]'])
    thousands: _CHARACTER | None = Field(default=None, description="What separates thousands.", examples=['","'])
    decimal: _CHARACTER | None = Field(default=None, description="The decimal mark.", examples=['","'])
    quote: _CHARACTER | None = Field(default=None, description="What quotes a value.", examples=["'\"'"])
    names: TextList | None = Field(
        default=None, description="Names of the columns, in order.", examples=["[author, text]"]
    )
    sheet: Spoken | None = Field(default=None, description="The sheet of a workbook.", examples=["Table 1"])


class DatasetManifest(_Model):
    """One dataset."""

    title: Spoken | None = Field(
        default=None, description="Its name in reports.", examples=["Mentions on all platforms"]
    )
    files: TextList = Field(
        default=(),
        description="Files, relative to the manifest, or addresses in a store; globs.",
        examples=["mexico/*.parquet"],
    )
    format: Text | None = Field(
        default=None, description="The format, where the name does not tell it.", examples=["parquet"]
    )
    unit: Text | None = Field(default=None, description="What one row is.", examples=["post"])
    represents: Text | None = Field(
        default=None, description="What the rows stand for.", examples=["every public post"]
    )
    key: TextList = Field(default=(), description="The columns that identify a row.", examples=["post_id"])
    on_duplicate: Literal["keep", "drop", "error"] = Field(
        default="keep", description="What happens to rows whose key occurred before.", examples=["drop"]
    )
    columns: dict[str, ColumnSpec] = Field(
        default={}, description="What is known of the columns.", examples=["{bio: {missing: none}}"]
    )
    completeness: Literal["complete", "random sample", "partial"] | None = Field(
        default=None, description="What may be concluded from the rows; needed by a claim.", examples=["random sample"]
    )
    sample_fraction: Share | None = Field(
        default=None, description="The share that was drawn at random.", examples=["1%"]
    )
    population: PositiveNumber | None = Field(
        default=None, description="The size of the population.", examples=["217000"]
    )
    counts: Spoken | None = Field(
        default=None, description="A column of counts: every row stands for that many.", examples=["mentions"]
    )
    collected: CollectedSpec = Field(
        default=CollectedSpec(), description="How it was collected.", examples=["{by: DFRLab}"]
    )
    synthetic: Flag = Field(
        default=False, description="Whether the data are invented or reconstructed.", examples=["true"]
    )
    caveats: TextList = Field(
        default=(), description="What limits the data.", examples=["[Deleted accounts are missing.]"]
    )
    source: Annotated[Origin, BeforeValidator(_source), WithJsonSchema({"type": ["string", "object"]})] = Field(
        default=Origin(),
        description="Where the data come from.",
        examples=["{title: Report, url: https://example.org}"],
    )
    licence: Spoken | None = Field(default=None, description="The licence.", examples=["CC-BY-4.0"])
    sha256: (
        Annotated[str | dict[str, str], BeforeValidator(_sha256), WithJsonSchema({"type": ["string", "object"]})] | None
    ) = Field(
        default=None,
        description="The digest of the file, or of each; `factcheck data pin` writes it.",
        examples=["9f2c…"],
    )
    read: ReadOptions = Field(
        default=ReadOptions(), description="How text files are read.", examples=["{delimiter: ;}"]
    )
    drop: Text | None = Field(default=None, description="Rows that are no records.", examples=["Country = 'TOTAL'"])
    query: Text | None = Field(
        default=None, description="One SELECT over other datasets.", examples=["SELECT * FROM mentions"]
    )
    connection: Text | None = Field(
        default=None,
        description="A PostgreSQL database, or the name of one in factcheck.yaml.",
        examples=["postgresql://db.example/desk"],
    )
    table: Spoken | None = Field(
        default=None,
        description="The table in the database that `connection` or `files` means; without them in the engine's own.",
        examples=["posts"],
    )

    @property
    def in_catalogue(self) -> bool:
        """Whether the rows are those of a table that the project's engine knows by name."""
        return self.table is not None and not self.files and self.connection is None and self.query is None

    @model_validator(mode="after")
    def _one_origin(self) -> DatasetManifest:
        origins = [name for name in ("files", "query", "connection") if getattr(self, name)]
        if len(origins) > 1:
            raise wrong(f"a dataset has either {origins[0]} or {origins[1]}", "remove one of the two", key=origins[1])
        if self.connection is not None and self.table is None:
            raise wrong("a connection needs the 'table' to read", key="connection")
        if self.query is not None and self.table is not None:
            raise wrong("a table needs the 'files' or the 'connection' that it is read from", key="table")
        for name in ("format", "read", "sha256"):
            if (self.connection is not None or self.in_catalogue) and name in self.model_fields_set:
                what = "a connection" if self.connection is not None else "a table"
                raise wrong(f"'{name}' is for files, and {what} has none", "remove it", key=name)
        if self.sample_fraction is not None and self.completeness in ("complete", "partial"):
            hint = "write completeness: random sample, or remove it"
            raise wrong(f"a sample_fraction contradicts completeness: {self.completeness}", hint, key="sample_fraction")
        return self


__all__ = ["CollectedSpec", "ColumnSpec", "DatasetManifest", "Origin", "ReadOptions"]
