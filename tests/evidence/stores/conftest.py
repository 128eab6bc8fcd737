"""A store on this computer, what opens it, and a project that may read of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck.evidence.stores import patience

from .bucket import Bucket, served


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bucket]:
    """The store, to which the environment has access; nothing is waited for between two tries."""
    for package in ("botocore", "fsspec"):
        pytest.importorskip(package, reason=f"{package} is not installed (pip install 'factcheck-engine[stores]')")
    monkeypatch.setattr(patience, "PAUSES", (0.0, 0.0, 0.0))
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "HTTP_PROXY", "http_proxy", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))  # with no access of whoever runs this
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKTEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s3cr3t")
    with served() as found:
        monkeypatch.setenv("AWS_ENDPOINT_URL", found.endpoint)
        yield found


def parquet(columns: dict[str, list[object]], group: int = 10_000) -> bytes:
    """The bytes of a Parquet file."""
    pa = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    out = io.BytesIO()
    write_table(pa.table(columns), out, row_group_size=group, compression="none", use_dictionary=False)
    return out.getvalue()
