"""What lets an editor help with claim files: the schema files of a project, and the line that points to them.

The schemas lie in `schemas/` of the project, beside what they describe and kept with it: whoever clones the project
has them, before any command has run. The first line of a claim file names its schema relative to the file, which
editors that speak to yaml-language-server, and JetBrains' own, read as such.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal
from urllib.parse import quote

FOLDER = "schemas"
Kind = Literal["claims", "evidence", "config"]
SCHEMAS: tuple[Kind, ...] = ("claims", "evidence", "config")


def schema_file(root: Path, kind: Kind = "claims") -> Path:
    """Where a project keeps the schema of its claim files, manifests or factcheck.yaml."""
    return root / FOLDER / f"{kind}.json"


def modeline(claim_file: Path, root: Path, kind: Kind = "claims") -> str:
    """The first line of a file, without its end, that tells an editor where the file's schema lies.

    >>> modeline(Path("p/claims/2026/moon.yaml"), Path("p"))
    '# yaml-language-server: $schema=../../schemas/claims.json'
    """
    path = os.path.relpath(schema_file(root, kind).absolute(), claim_file.absolute().parent)
    return f"# yaml-language-server: $schema={quote(Path(path).as_posix())}"
