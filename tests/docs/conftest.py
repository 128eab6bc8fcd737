"""The generator of the manual lies beside the pages."""

from __future__ import annotations

import sys

from manual import DOCS

sys.path.insert(0, str(DOCS))
