"""The fields of a claim, of a claim file and of factcheck.yaml, as claim-language.md in the design names them.

Each field's description and example are its help in an editor (JSON Schema) and its line in the manual.
Figures, expressions and measures stay as they were written; the modules that know their meaning read them later.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from factcheck.text.fields import (
    ONE_OR_LIST,
    Level,
    PositiveNumber,
    Spoken,
    Text,
    TextList,
    TimeZone,
    WholeNumber,
    found,
    one_or_list,
    wrong,
)

_KEBAB = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NULLABLE = ("where", "missing")
_FIGURES = (
    "64%", "about 112 million", "more than 10", "at most 3 in 5", "one in eight", "between 5 and 7", "most", "twice",
    "2018-05-10", "in the top ten", "[Kazakhstan, Russia]", "{labour: 39.7%, snp: 19%}",
)  # fmt: skip
_ID_SCHEMA = {"type": ["string", "number"], "pattern": "^[^A-Z_\\s]+$"}  # what JSON Schema can say of it


def _id(value: Any) -> Any:
    if not isinstance(value, str) or not value:
        raise wrong(f"expected a name, found {found(value)}")
    if len(value) > 100 or not _KEBAB.fullmatch(value) or value != value.lower():
        kebab = "-".join(re.findall(r"[^\W_]+", value.lower()))[:100]
        hint = f"did you mean '{kebab}'?" if kebab else ""
        raise wrong(f"expected small letters and digits joined by hyphens, found {found(value)}", hint)
    return value


def _measure(value: Any) -> Any:
    if isinstance(value, str):
        hint = f"write {{{value}: …}}, for example {{count: rows}}" if value.isidentifier() else "such as {count: rows}"
        raise wrong(f"expected a mapping such as {{count: rows}}, found {found(value)}", hint)
    if not isinstance(value, dict) or not value:
        raise wrong(f"expected a mapping such as {{count: rows}}, found {found(value)}")
    return value


def _params(value: Any) -> Any:
    if not isinstance(value, dict):
        raise wrong(f"expected a mapping from names to values, found {found(value)}")
    for name, entry in value.items():
        if entry is None:
            raise wrong("a value is missing", "write [null] for none" if name in _NULLABLE else "", key=name)
    return value


def _choices(value: Any) -> Any:
    value = _params(value)
    return {name: choices if isinstance(choices, list) else [choices] for name, choices in value.items()}


def _missing(value: Any) -> Any:
    return "false" if value is False else value


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Appearance(_Model):
    """Where a claim was made."""

    publisher: Text | None = Field(default=None, description="Who published it.", examples=["CNN Mexico"])
    date: Spoken | None = Field(default=None, description="When it appeared.", examples=["2018-05-10"])
    url: Text | None = Field(
        default=None, description="Where it can be seen.", examples=["https://example.org/interview"]
    )
    title: Text | None = Field(default=None, description="Its headline or title.", examples=["Bots in the election?"])
    archived: Text | None = Field(
        default=None, description="An archived copy.", examples=["https://archive.example/abc"]
    )


class Review(_Model):
    """Who has looked at a claim's spec, and how far it is."""

    by: Text | None = Field(default=None, description="Who reviewed it.", examples=["A. Editor"])
    date: Spoken | None = Field(default=None, description="When.", examples=["2018-06-01"])
    on: Spoken | None = Field(default=None, description="The same as `date`.", examples=["2018-06-01"])
    status: Literal["draft", "checked", "approved"] = Field(
        default="draft", description="How far it is.", examples=["checked"]
    )
    note: Text | None = Field(default=None, description="What was found.", examples=["Denominator confirmed by phone."])

    @model_validator(mode="after")
    def _one_day(self) -> Review:
        if self.date is not None and self.on is not None:
            raise wrong("'date' and 'on' are the same", "keep one of the two", key="on")
        return self

    @property
    def day(self) -> str | None:
        """When it was reviewed, as it was written."""
        return self.on if self.date is None else self.date


class Stated(_Model):
    """The fields that a claim, a check and `defaults` share."""

    statement: Spoken | None = Field(
        default=None, description="The claim in one sentence.", examples=["64% of mentions came from Russia."]
    )
    quote: Text | None = Field(
        default=None, description="The words as they were said.", examples=["Most of it is Russian."]
    )
    claimant: Text | None = Field(default=None, description="Who claims it.", examples=["Manuel Cossío Ramos"])
    appearance: Annotated[tuple[Appearance, ...], BeforeValidator(one_or_list)] = Field(
        default=(),
        description="Where it was claimed: one appearance or a list.",
        json_schema_extra={ONE_OR_LIST: True},
        examples=[{"publisher": "CNN Mexico"}],
    )
    period: Spoken | None = Field(
        default=None, description="The time that the claim speaks of.", examples=["2018-04-10 to 2018-05-09"]
    )
    platforms: TextList = Field(
        default=(), description="The platforms that the claim speaks of.", examples=["[Twitter]"]
    )
    tags: TextList = Field(default=(), description="Words to select claims by.", examples=["[mexico, bots]"])
    quantity: Text | None = Field(
        default=None,
        description="A name shared by claims that state one quantity.",
        examples=["mentions of López Obrador"],
    )
    n: PositiveNumber | None = Field(default=None, description="A base that the claim itself states.", examples=["858"])
    dataset: Spoken | None = Field(
        default=None, description="The dataset that answers the claim.", examples=["mentions"]
    )
    where: Text | None = Field(
        default=None, description="A condition that restricts everything.", examples=["created_at >= '2018-04-10'"]
    )
    measure: Annotated[dict[str, Any], BeforeValidator(_measure)] | None = Field(
        default=None, description="The statistic that is meant.", examples=["{share: country = 'Russia'}"]
    )
    claimed: Any = Field(default=None, description="The figure, as it was spoken.", examples=[*_FIGURES])
    tolerance: Spoken | None = Field(
        default=None, description="How far a figure may be off and still be true.", examples=["3 points"]
    )
    near: Spoken | None = Field(default=None, description="How far off still counts as close.", examples=["2 points"])
    about: Literal["population", "rows", "process"] = Field(
        default="population",
        description="What the claim speaks of: what the dataset represents, the collected rows, or the process behind.",
        examples=["rows"],
    )
    params: Annotated[dict[str, Any], BeforeValidator(_params)] = Field(
        default={}, description="Values that expressions take as `:name`.", examples=["{max_authority: 1}"]
    )
    vary: Annotated[dict[str, list[Any]], BeforeValidator(_choices), WithJsonSchema({"type": "object"})] = Field(
        default={},
        description="Other defensible choices, of a parameter or of where, dataset, missing, measure.",
        examples=["{max_authority: [0, 1]}"],
    )
    missing: Annotated[
        Literal["bounds", "ignore", "false"],
        BeforeValidator(_missing),
        WithJsonSchema({"enum": ["bounds", "ignore", "false", False]}),
    ] = Field(
        default="bounds",
        description="Rows whose condition is unknown: worst-case bounds, left out, or counted as not satisfying.",
        examples=["ignore"],
    )
    weight: Text | None = Field(
        default=None, description="A number that each row counts for.", examples=["survey_weight"]
    )
    cluster: Spoken | None = Field(
        default=None, description="The unit that was drawn in a sample.", examples=["respondent"]
    )
    timezone: TimeZone | None = Field(
        default=None, description="Where days and hours are told.", examples=["America/Mexico_City"]
    )
    level: Level = Field(default=Fraction(19, 20), description="The level of intervals.", examples=["95%"])
    min_n: WholeNumber = Field(
        default=0, description="With fewer rows whose answer is known nothing is concluded.", examples=["30"]
    )
    unverifiable: Text | None = Field(
        default=None,
        description="Why no data can answer the claim, in place of a measure.",
        examples=["Data hold no motives."],
    )
    alternatives: TextList = Field(
        default=(), description="Other explanations to weigh.", examples=["[Fans, not bots.]"]
    )
    notes: TextList = Field(default=(), description="What a reader should know.", examples=["[The base is estimated.]"])
    response: Text | None = Field(
        default=None, description="What the claimant answered.", examples=["He did not reply."]
    )
    review: Review | None = Field(default=None, description="Who reviewed the spec.", examples=["{by: A. Editor}"])


class Check(Stated):
    """One of several pieces of evidence; what it does not say is the claim's."""


class Defaults(Stated):
    """What holds for every claim below that does not say otherwise."""

    combine: Literal["agree", "all", "any", "majority"] = Field(
        default="agree", description="How the verdicts of several checks make one.", examples=["agree"]
    )


class Claim(Defaults):
    """A claim: what was said, and how it is checked."""

    id: Annotated[str, BeforeValidator(_id), WithJsonSchema(_ID_SCHEMA)] = Field(
        description="Its name, unique in the project, in kebab-case.", examples=["russia-share"]
    )
    statement: Spoken = Field(description="The claim in one sentence.", examples=["64% of mentions came from Russia."])
    checks: tuple[Check, ...] = Field(
        default=(), description="Several pieces of evidence.", examples=["[{dataset: mentions-joined}]"]
    )

    @model_validator(mode="after")
    def _one_way_to_check(self) -> Claim:
        if self.unverifiable is not None:
            for key in ("measure", "checks"):
                if getattr(self, key):
                    raise wrong(f"a claim that is unverifiable has no {key}", "keep one of the two", key=key)
        elif self.checks:
            return self
        elif self.measure is None:
            raise wrong("it says neither how it is measured nor why it is unverifiable", "add 'measure'")
        elif self.claimed is None:
            raise wrong("it does not say what is claimed", "add 'claimed', for example claimed: 64%")
        return self


class Head(_Model):
    """What stands at the head of a claim file."""

    title: Spoken | None = Field(
        default=None, description="The title of the article.", examples=["Russian bots in Mexico?"]
    )
    tags: TextList = Field(default=(), description="Words to select all these claims by.", examples=["[mexico, bots]"])


class ClaimFile(Head):
    """A claim file: one article or dossier."""

    defaults: Defaults | None = Field(
        default=None,
        description="Filled into every claim below that does not say otherwise.",
        examples=["{dataset: mentions}"],
    )
    claims: tuple[Claim, ...] = Field(
        description="The claims.", examples=["[{id: russia-share, statement: 64% came from Russia.}]"]
    )


__all__ = ["Appearance", "Check", "Claim", "ClaimFile", "Defaults", "Head", "Review", "Stated"]
