"""What a reading process is told before anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.manifest import ManifestSource


@dataclass(frozen=True)
class Order:
    """Which datasets there are and how they may be read.

    With `watched` it says how far its statements are.

    `memory` is the limit of the engine, such as 2GB; `reading` is how many seconds one dataset may take, `failed` are
    datasets known to fail, with the reason, `keep_rejects` is the folder that rejected records are written into, and
    `scratch` the one for whatever is only needed for a while.
    """

    sources: Mapping[str, ManifestSource]
    ground: Ground
    frames: Mapping[str, Any] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)
    memory: str | None = None
    threads: int | None = None
    reading: float | None = None
    keep_rejects: Path | None = None
    scratch: Path | None = None
    watched: bool = False
