"""The projects that sentences are drafted in: evidence without claims, so that no draft is copied from a claim."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.drafts.sentences import FOLDER

ROOT = FOLDER.parents[1]
DATA = ROOT.parent / "shared" / "data"  # where tests/real looks for data whose licence does not allow copying them
_OF_TESTS = ("buzzfeed-pages", "crowdtangle", "fake-news", "ira-ads", "networks", "shares")
_WORKED = ("bob-ross", "flying-etiquette", "oxford-comma", "unisex-names")

_PINNED = re.compile(r"^ +sha256:.*\n(?: +\S+: [0-9a-f]{64}\n)*", re.MULTILINE)
_FOLDER = re.compile(r"(?:\.\./)+shared/data/")


class NoData(Exception):
    """The published data do not lie beside the repository."""


@contextmanager
def project(name: str) -> Iterator[Path]:
    """A folder with the evidence that a set of sentences speaks of, and nothing else."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "claims").mkdir()
        published(root) if name == "published" else worked(root)
        yield root


def worked(root: Path) -> None:
    """The evidence of the worked examples."""
    shutil.copytree(ROOT / "evidence", root / "evidence")
    (root / "factcheck.yaml").write_text("title: Drafts\n", "utf-8")


def published(root: Path) -> None:
    """The tables that published sentences speak of, where they lie."""
    if not DATA.is_dir():
        raise NoData(f"the published data are not in {os.path.relpath(DATA, ROOT)} beside this repository")
    (root / "evidence").mkdir()
    (root / "factcheck.yaml").write_text(yaml.safe_dump({"evidence_roots": [str(DATA)]}), "utf-8")
    for name in _OF_TESTS:
        _manifest(root, ROOT / "tests" / "real" / "evidence" / f"{name}.yaml")
    _manifest(root, FOLDER / "published_evidence.yaml")
    for name in _WORKED:
        shutil.copy(ROOT / "evidence" / f"{name}.yaml", root / "evidence")
    shutil.copytree(ROOT / "evidence" / "fivethirtyeight", root / "evidence" / "fivethirtyeight")


def _manifest(root: Path, manifest: Path) -> None:
    """A copy of a manifest that names its files from the new folder; what is pinned is not looked at here."""
    there = os.path.relpath(DATA, root / "evidence")
    text = _FOLDER.sub(f"{there}/", _PINNED.sub("", manifest.read_text("utf-8")))
    (root / "evidence" / manifest.name).write_text(text, "utf-8")
