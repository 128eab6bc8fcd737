"""What a reading process is told before anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.manifest import ManifestSource


@dataclass(frozen=True)
class Order:
    """`memory` is the limit of the engine, such as 2GB; `failed` are datasets known to fail, with the reason."""

    sources: Mapping[str, ManifestSource]
    ground: Ground
    scratch: Path
    memory: str | None
    threads: int | None
    frames: Mapping[str, Any]
    failed: Mapping[str, str]
    keep_rejects: Path | None
