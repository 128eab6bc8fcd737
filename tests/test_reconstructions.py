"""The reconstructions are what their scripts write, byte for byte, and nothing else calls itself one."""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent

# Manifest, folder: to make the files anew, `python -m evidence.FOLDER.reconstruct` from the project's root.
RECONSTRUCTIONS = [
    ("mexico", "mexico"),
    ("oxford", "oxford"),
    ("swansea", "swansea"),
    ("milesguo", "milesguo"),
    ("missouri", "missouri"),
]


def content(path: Path) -> bytes:
    """What is in the file; two builds of zlib may pack the same bytes differently."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def datasets(manifest: str) -> list[dict[str, Any]]:
    """The datasets with files of their own."""
    found = yaml.safe_load((ROOT / f"evidence/{manifest}.yaml").read_text(encoding="utf-8"))["datasets"]
    return [dataset for dataset in found.values() if "files" in dataset]


@pytest.mark.parametrize(("manifest", "folder"), RECONSTRUCTIONS)
def test_the_script_writes_what_is_committed(manifest: str, folder: str, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", f"evidence.{folder}.reconstruct", str(tmp_path)], check=True, cwd=ROOT)
    written = {path.name for path in tmp_path.iterdir()}
    assert written == {Path(dataset["files"]).name for dataset in datasets(manifest) if dataset.get("synthetic")}
    for name in sorted(written):
        assert content(tmp_path / name) == content(ROOT / "evidence" / folder / name), name


@pytest.mark.parametrize("manifest", [manifest for manifest, _ in RECONSTRUCTIONS])
def test_every_file_is_as_it_was_pinned(manifest: str) -> None:
    """To pin them anew: factcheck data pin"""
    for dataset in datasets(manifest):
        data = (ROOT / "evidence" / dataset["files"]).read_bytes()
        assert dataset["sha256"] == hashlib.sha256(data).hexdigest(), dataset["files"]
