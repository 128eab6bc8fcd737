"""The reconstructions are what their scripts write, byte for byte, and nothing else calls itself one."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

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


def synthetic(manifest: str) -> set[str]:
    """The files of the datasets that say `synthetic: true`."""
    datasets = yaml.safe_load((ROOT / f"evidence/{manifest}.yaml").read_text(encoding="utf-8"))["datasets"]
    return {
        Path(dataset["files"]).name for dataset in datasets.values() if dataset.get("synthetic") and "files" in dataset
    }


@pytest.mark.parametrize(("manifest", "folder"), RECONSTRUCTIONS)
def test_the_script_writes_what_is_committed(manifest: str, folder: str, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", f"evidence.{folder}.reconstruct", str(tmp_path)], check=True, cwd=ROOT)
    written = {path.name for path in tmp_path.iterdir()}
    assert written == synthetic(manifest)
    for name in sorted(written):
        assert content(tmp_path / name) == content(ROOT / "evidence" / folder / name), name
