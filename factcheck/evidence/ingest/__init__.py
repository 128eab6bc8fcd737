"""From files to tables, once, with every record accounted for.

`describe_all` looks at the heads of files and checks the manifests against them; `load_all` reads the rows.
"""

from __future__ import annotations

from factcheck.evidence.ingest.describe import describe_all
from factcheck.evidence.ingest.load import Loaded, load_all
from factcheck.evidence.ingest.pin import pin, sha256
from factcheck.evidence.ingest.sampling import sample

__all__ = ["Loaded", "describe_all", "load_all", "pin", "sample", "sha256"]
