"""factcheck.yaml: what a project says once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from factcheck.claims.models import Defaults
from factcheck.errors import Place, Problem
from factcheck.text.fields import Memory, Seconds, Spoken, Text, TextList, bytes_of, found, wrong
from factcheck.text.files import CONFIG
from factcheck.text.nodes import Mapping, descend, place_at
from factcheck.text.secrets import PASSWORD, PASSWORD_HINT, has_password
from factcheck.text.suggest import did_you_mean
from factcheck.text.validate import validate
from factcheck.text.yaml import read_yaml

NAME = CONFIG


def _rating(value: Any) -> Any:
    if isinstance(value, dict) or (isinstance(value, str) and value.strip()):
        return value
    raise wrong(f"expected the name of a scale or a scale, found {found(value)}")


class Limits(BaseModel):
    """Limits of one run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    memory: Memory | None = Field(default=None, description="Memory for the engine.", examples=["2GB"])
    timeout: Seconds | None = Field(
        default=None, description="Time for one query, in seconds.", examples=["60 seconds"]
    )
    reading: Seconds | None = Field(
        default=None, description="Time for reading one dataset; 15 minutes if not said.", examples=["1 hour"]
    )
    cache: Memory | None = Field(
        default=None, description="Disk for what runs keep for the next; 2GB if not said.", examples=["500MB"]
    )

    @property
    def cache_bytes(self) -> int | None:
        """`cache` in bytes; None where nothing is said."""
        return None if self.cache is None else bytes_of(self.cache)


class Publisher(BaseModel):
    """Who publishes the reports."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Spoken = Field(description="The newsroom's name.", examples=["The Example Times"])
    url: Text | None = Field(default=None, description="Its address.", examples=["https://example.org/"])
    logo: Text | None = Field(
        default=None, description="The address of its logo.", examples=["https://example.org/logo.png"]
    )


@dataclass(frozen=True)
class EngineSpec:
    """The engine as written: `address` is a database's, or the name of one under connections, or a cluster's master.

    `kind` is duckdb, postgresql, spark, or the name of an engine that an installed package brings.
    """

    kind: str = "duckdb"
    address: str | None = None
    settings: dict[str, str] = field(default_factory=dict)


_ENGINES = "write duckdb, {postgresql: …} with an address or a name under connections, spark, or {spark: …}"


def engine_spec(value: str | dict[str, Any]) -> EngineSpec:
    """`duckdb`, `spark`, `{postgresql: desk}`, `{spark: local[4]}`, `{spark: {master: …, settings: {…}}}`."""
    if value == "duckdb":
        return EngineSpec()
    if value == "spark":
        return EngineSpec("spark")
    if isinstance(value, str) and value in _foreign():
        return EngineSpec(value)
    if not isinstance(value, dict) or len(value) != 1:
        near = did_you_mean(value, ("duckdb", "spark", *_foreign())) if isinstance(value, str) else ""
        raise wrong(f"expected the name of an engine, found {found(value)}", near or _ENGINES)
    ((kind, told),) = value.items()
    if kind == "postgresql" and isinstance(told, str) and told.strip():
        return EngineSpec("postgresql", told.strip())
    if kind == "spark" and (told is None or isinstance(told, str)):
        return EngineSpec("spark", told)
    if kind == "spark" and isinstance(told, dict) and told.keys() <= {"master", "settings"}:
        return EngineSpec("spark", told.get("master"), _settings(told.get("settings")))
    foreign = _foreign() if kind not in ("postgresql", "spark") else []
    if kind in foreign and (told is None or isinstance(told, str)):
        return EngineSpec(str(kind), told)
    if kind in foreign and isinstance(told, dict) and told.keys() <= {"address", "settings"}:
        return EngineSpec(str(kind), told.get("address"), _settings(told.get("settings")))
    near = did_you_mean(str(kind), ("postgresql", "spark", *foreign)) if kind not in ("postgresql", "spark") else ""
    raise wrong(f"'{kind}' cannot be an engine written like this", near or _ENGINES)


def _foreign() -> list[str]:
    """The engines that installed packages bring, looked for only where none of ours is named."""
    from factcheck.packages import ENGINES, entries  # to look through all that is installed takes its time

    return sorted(entries(ENGINES))


def _settings(value: Any) -> dict[str, str]:
    if value is None:
        return {}
    if isinstance(value, dict) and not any(isinstance(one, dict | list) for one in value.values()):
        return {str(name): str(one).lower() if isinstance(one, bool) else str(one) for name, one in value.items()}
    raise wrong("the settings of Spark are names with a value each", "{spark.sql.shuffle.partitions: 64}")


def _engine(value: Any) -> Any:
    engine_spec(value)
    return value


class ProjectConfig(BaseModel):
    """The fields of factcheck.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Spoken | None = Field(
        default=None, description="The project's name, printed on reports.", examples=["Mexico 2018"]
    )
    rating: (
        Annotated[str | dict[str, Any], BeforeValidator(_rating), WithJsonSchema({"type": ["string", "object"]})] | None
    ) = Field(default=None, description="A rating scale by name, or one of the project's own.", examples=["five-point"])
    publisher: Publisher | None = Field(
        default=None,
        description="Who publishes the reports, as ClaimReview names the author of a review.",
        examples=["{name: The Example Times}"],
    )
    defaults: Defaults | None = Field(
        default=None, description="Filled into every claim that does not say otherwise.", examples=["{level: 95%}"]
    )
    engine: Annotated[
        str | dict[str, Any], BeforeValidator(_engine), WithJsonSchema({"type": ["string", "object"]})
    ] = Field(
        default="duckdb",
        description="What queries run on: `duckdb` (here), PostgreSQL, Spark, or an engine that a package brings.",
        examples=["{postgresql: desk}"],
    )
    evidence_roots: TextList = Field(
        default=(),
        description="Folders outside the project, and stores, that data may lie in.",
        examples=["[/srv/archive]"],
    )
    connections: dict[str, Text] = Field(
        default={},
        description="Databases by name; secrets come from the environment.",
        examples=["{desk: postgresql://db}"],
    )
    confidence: dict[str, Any] = Field(
        default={},
        description="Thresholds of the confidence table that differ here.",
        examples=["{missing: {share: {one: 10%}}}"],
    )
    limits: Limits = Field(default=Limits(), description="What a run may take.", examples=["{memory: 2GB}"])


@dataclass(frozen=True, eq=False)
class ConfigSource:
    """A configuration and where each part of it stands."""

    config: ProjectConfig
    node: Mapping | None = None

    @property
    def defaults(self) -> Mapping | None:
        """`defaults` as it was written, for `read_claims`."""
        found_node = self.node.get("defaults") if self.node else None
        return found_node if isinstance(found_node, Mapping) else None

    def place(self, *path: str | int, offset: int = 0, length: int | None = None) -> Place | None:
        """Where the value at `path` stands; None where there is no file."""
        return None if self.node is None else place_at(self.node, path, offset, length)

    def key_place(self, *path: str) -> Place | None:
        """Where the key of the value at `path` stands, or of the innermost one around it that is written."""
        key = descend(self.node, path)[1] if self.node is not None else None
        return key.place() if key is not None else None


def read_config(root: Path) -> tuple[ConfigSource, list[Problem]]:
    """The configuration of the project in `root`; without a file, or with errors in it, the defaults."""
    path = root / NAME
    if not path.exists():
        return ConfigSource(ProjectConfig()), []
    node, problems = read_yaml(path, NAME)
    if node is None:
        return ConfigSource(ProjectConfig()), problems
    config, wrongs = validate(ProjectConfig, node, NAME)
    source = ConfigSource(config or ProjectConfig(), node if isinstance(node, Mapping) else None)
    open_secrets = [name for name, written in source.config.connections.items() if has_password(written)]
    wrongs += [Problem(PASSWORD, source.place("connections", n), PASSWORD_HINT, "warning") for n in open_secrets]
    return source, problems + wrongs
