"""The desk of these tests: one project for all of them, put back before each kill."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.faults.deaths import Desk


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    if not sys.platform.startswith("linux"):
        pytest.skip("which processes belong to a command is read from /proc")
    desk = Desk(tmp_path_factory.mktemp("desk"))
    yield desk
    desk.close()
