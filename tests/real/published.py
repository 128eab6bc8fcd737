"""Where the published data lie that this repository may not hold, and why a test without them is skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

PROJECT = Path(__file__).parent
DATA = PROJECT.parents[2] / "shared" / "data"

needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the data, whose licence does not allow copying them, do not lie beside the repository"
)
