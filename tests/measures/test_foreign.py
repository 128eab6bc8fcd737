"""Kinds that other packages bring."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path
from typing import ClassVar

import pytest

import factcheck
from factcheck import packages
from factcheck.claims.figures import Quantity
from factcheck.errors import SpecError
from factcheck.measures.count import CountForm
from factcheck.measures.form import Binder, Form, Measure


class PostsForm(Form):
    """The number of rows, under another name."""

    kind: ClassVar[str] = "posts"
    reads: ClassVar[Quantity | None] = Quantity.COUNT
    posts: str

    def bind(self, binder: Binder) -> Measure:
        return CountForm(count="rows", that=self.posts).bind(binder)


def project(root: Path, measure: str) -> Path:
    (root / "claims").mkdir()
    (root / "evidence").mkdir()
    (root / "evidence" / "t.csv").write_text("x\n1\n2\n3\n")
    (root / "evidence" / "t.yaml").write_text("datasets:\n  t: {files: t.csv, completeness: complete}\n")
    claim = f"claims:\n  - {{id: a, statement: b, dataset: t, measure: {measure}, claimed: 2}}\n"
    (root / "claims" / "a.yaml").write_text(claim)
    return root


def offer(monkeypatch: pytest.MonkeyPatch, **kinds: str) -> None:
    offered = [EntryPoint(name, value, packages.MEASURES) for name, value in kinds.items()]
    monkeypatch.setattr(packages, "entry_points", lambda group: offered if group == packages.MEASURES else [])


def test_a_kind_of_another_package_is_measured_like_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, posts=f"{__name__}:PostsForm")
    run = factcheck.check(project=project(tmp_path, "{posts: x > 1}"))
    assert (run["a"].outcome, run["a"].estimate) == ("supported", 2)


def test_it_is_offered_where_its_name_is_misspelt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, dispersion=f"{__name__}:PostsForm")
    with pytest.raises(SpecError, match="did you mean 'dispersion'"):
        factcheck.check(project=project(tmp_path, "{dispertion: x > 1}"))


def test_its_companions_are_checked_like_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, posts=f"{__name__}:PostsForm")
    with pytest.raises(SpecError, match="unknown key 'thatt'"):
        factcheck.check(project=project(tmp_path, "{posts: x > 1, thatt: x}"))


@pytest.mark.parametrize("value", ["no_such_module:Form", f"{__name__}:NoSuchForm", f"{__name__}:project"])
def test_a_broken_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    offer(monkeypatch, posts=value)
    with pytest.raises(SpecError, match="the measure 'posts' of the package"):
        factcheck.check(project=project(tmp_path, "{posts: x > 1}"))
