"""The verdicts on a terminal: readable in 80 columns, without colours, and in ASCII."""

from __future__ import annotations

import io
import sys
from dataclasses import replace

import pytest

from factcheck.reports import terminal
from factcheck.verdicts.verdict import Verdict

from . import gallery
from .build import FakeRun
from .circumstances import CIRCUMSTANCES, synthetic
from .gallery import OUTCOMES
from .hostile import hostile
from .kinds import KINDS

EVERYTHING = FakeRun(tuple(make() for make in (*OUTCOMES, *KINDS, *CIRCUMSTANCES)))


def shown(run: FakeRun = EVERYTHING, width: int = 80, **options: bool) -> str:
    return terminal.render(run, width=width, **{"ascii_only": False, **options})


@pytest.mark.parametrize("width", [40, 80, 119, 120, 150, 200])
def test_no_line_is_longer_than_the_terminal(width: int) -> None:
    assert max(map(len, shown(width=width).split("\n"))) <= width


@pytest.mark.parametrize("width", [40, 80, 150])
def test_nothing_is_cut_off(width: int) -> None:
    words = "".join(shown(width=width).split())
    assert "…" not in words
    for one in EVERYTHING.verdicts:
        assert one.id in words
        if width < terminal.TABLE_FROM:
            assert "".join(one.claim.statement.split()) in words
    assert "dataset'posts':evidence/posts.parquetiscutoffafter4,096bytes" in words or width >= terminal.TABLE_FROM


def test_eighty_columns_read_like_this() -> None:
    run = FakeRun((gallery.beach(), gallery.mentions_total(), gallery.failed(), synthetic()))
    assert shown(run) == (
        "✗ refuted  beach\n"
        "    9 percent of Bob Ross's paintings contain a beach.\n"
        "    claimed 9%; found 7.1%; confidence high\n"
        "    Overstated by at least 1.4 points.\n"
        "      ✗ refuted  where GUEST = 0: 7.1%\n"
        "      ✗ refuted  without the condition GUEST = 0: 6.7%\n"
        "? inconclusive  mentions-total\n"
        "    There were 112 million mentions of López Obrador in a month.\n"
        "    claimed 112 million; found at least 96,900; confidence moderate\n"
        "    The collection is partial, so that this is a lower bound: what it does not\n"
        "    hold was not counted. Finding fewer cannot refute a larger number.\n"
        "⚠ not checked  broken\n"
        "    Two thirds of the posts were deleted.\n"
        "    claims/examples.yaml:7: dataset 'posts': evidence/posts.parquet is cut off\n"
        "    after 4,096 bytes\n"
        "✗ refuted  simulated\n"
        "    64% of mentions came from Russia.\n"
        "    claimed 64%; found 2.1%; confidence low\n"
        "    Overstated at least 29-fold. The rows were made by a script to show the\n"
        "    method; they were not collected. [synthetic evidence]\n"
        "\n"
        "4 claims: 2 refuted, 1 inconclusive, 1 not checked\n"
        "⚠ 1 of them on synthetic evidence\n"
    )


def test_a_wide_terminal_gets_a_table() -> None:
    head, first, *_ = shown(FakeRun((gallery.beach(),)), width=130).split("\n")
    assert head.split() == ["Verdict", "Claim", "Claimed", "Found", "Confidence", "Reason"]
    assert first.split()[:6] == ["✗", "refuted", "beach", "9%", "7.1%", "high"]


def test_a_terminal_without_the_symbols_gets_ascii() -> None:
    text = shown(ascii_only=True)
    assert text.isascii()
    assert "x refuted  beach" in text
    assert "L?pez Obrador" in text


def test_colour_only_where_somebody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setattr(sys, "stdout", Screen())
    assert "\x1b[31m✗ refuted" in shown(color=True)
    assert "\x1b" not in shown(color=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in shown(color=True)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert "\x1b" not in shown(color=True)


def test_text_of_a_claim_cannot_steer_the_terminal() -> None:
    run = FakeRun((hostile(), replace(gallery.failed(), error="\x1b[2J[red]x[/red] \x07\u202e")))
    for width in (80, 150):
        text = shown(run, width=width)
        assert not any(ord(c) < 32 and c != "\n" for c in text)
        assert "\u202e" not in text
        assert "[red]x[/red]" in text


def test_no_claims() -> None:
    assert shown(FakeRun(())) == "No claim was checked.\n"


def many(*more: Verdict) -> FakeRun:
    """More claims than are told one by one, in two files."""
    beach = gallery.beach()
    told = tuple(replace(beach, file=f"claims/{name}.yaml") for name in ("a", "b") for _ in range(600))
    return FakeRun((*told, *more))


def test_more_claims_than_anybody_scrolls_through_are_counted_by_file() -> None:
    text = shown(many())
    assert text.startswith("claims/a.yaml: 600 claims: 600 refuted\nclaims/b.yaml: 600 claims: 600 refuted\n")
    assert "--select file:claims/a.yaml" in text
    assert "\n1,200 claims: 1,200 refuted\n" in text
    assert len(text.split("\n")) < 12


def test_errors_among_very_many_claims_are_told_one_by_one_until_there_are_too_many() -> None:
    failed = gallery.failed()
    text = shown(many(failed))
    assert f"{failed.file}: 1 claim: 1 not checked\n" in text
    assert "evidence/posts.parquet is cut off" in text
    text = shown(many(*[failed] * 43))
    assert text.count("Two thirds of the posts were deleted.") == 40
    assert "… and 3 more claims" in text
