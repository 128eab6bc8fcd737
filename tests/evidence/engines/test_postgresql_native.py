"""What is said of a table before it is asked."""

from __future__ import annotations

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.postgresql_native import _refuse_alike


def test_columns_that_differ_in_capitals_only_are_refused_by_name() -> None:
    with pytest.raises(EvidenceError, match=r"public\.posts, 'name' and 'Name', differ in capital letters only"):
        _refuse_alike(["id", "name", "Name"], "public.posts")


def test_other_names_pass() -> None:
    _refuse_alike(["id", "name", "Näme", "names"], "public.posts")
