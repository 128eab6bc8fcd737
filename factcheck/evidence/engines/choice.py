"""Which engine a project asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck.evidence.engines.server import Server
    from factcheck.evidence.manifest_models import DatasetManifest


@dataclass(frozen=True)
class Choice:
    """`kind` is duckdb, postgresql, spark, or the name of an engine that an installed package brings. `address` is that
    of a database, or the master of a cluster; it may hold a password."""

    kind: str = "duckdb"
    address: str | None = field(default=None, repr=False)
    settings: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def far(self) -> bool:
        """Whether rows are asked elsewhere than in the process that reads them."""
        return self.kind != "duckdb"

    def holds(self, model: DatasetManifest) -> bool:
        """Whether the rows of a dataset lie with the engine, and stay there."""
        if self.kind == "postgresql":
            return model.connection is not None and model.connection == self.address
        if self.kind == "spark":
            return model.in_catalogue or any("://" in file for file in model.files)
        return self.far and model.in_catalogue

    def open(self) -> Server:
        """A session; EvidenceError where there is none to be had."""
        if self.kind == "postgresql":
            from factcheck.evidence.engines.postgresql import open_server as open_postgresql

            return open_postgresql(self.address or "")
        if self.kind == "spark":
            from factcheck.evidence.engines.spark import open_server as open_spark

            return open_spark(self.address, self.settings)
        from factcheck.evidence.engines.foreign import open_server as open_foreign

        return open_foreign(self.kind, self.address, self.settings)


DUCKDB = Choice()
