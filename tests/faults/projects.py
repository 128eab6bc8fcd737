"""A small project whose reports and baseline are of yesterday, while its claims and data are of today."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.faults.commands import Commands

NOW = ("--now", "2026-01-02")

_MANIFEST = """# Mentions of countries, counted by hand.
datasets:
  mentions: {files: mentions.csv, completeness: complete}
  sales:
    files: sales.csv
    completeness: complete
"""
_CLAIM = """
  - id: {id}
    statement: {figure} of mentions came from {country}.
    dataset: mentions
    measure: {{share: country = '{country}'}}
    claimed: {figure}
"""
_SALES = """claims:
  - id: sold
    statement: Three were sold.
    dataset: sales
    measure: {sum: n}
    claimed: 3
"""

COMMANDS = {
    "check": ("check", *NOW, "--format", "json", "--output", "results.json"),
    "report": ("report", *NOW, "--format", "markdown", "--format", "html"),
    "archive": ("report", *NOW, "--format", "rocrate"),
    "accept": ("baseline", "accept", *NOW),
    "pin": ("data", "pin"),
}


def made(folder: Path, commands: Commands) -> None:
    """Yesterday's files by every command, then today's claims and data."""
    for name in ("claims", "evidence"):
        (folder / name).mkdir(parents=True)
    (folder / "evidence" / "all.yaml").write_text(_MANIFEST)
    (folder / "evidence" / "sales.csv").write_text("n\n1\n2\n")
    _mentions(folder, russia=3)
    claims = "claims:" + _CLAIM.format(id="russia", figure="60%", country="Russia")
    (folder / "claims" / "a.yaml").write_text(claims + _CLAIM.format(id="gone", figure="20%", country="Ukraine"))
    (folder / "claims" / "b.yaml").write_text(_SALES)
    for name, arguments in COMMANDS.items():
        if name != "pin":
            ended = commands.run(folder, *arguments)
            assert ended.code == 0, ended
    (folder / "claims" / "a.yaml").write_text(claims)
    (folder / "claims" / "b.yaml").rename(folder / "claims" / "c.yaml")
    _mentions(folder, russia=4)


def _mentions(folder: Path, russia: int) -> None:
    rows = ["country", *["Russia"] * russia, *["Ukraine"] * (5 - russia)]
    (folder / "evidence" / "mentions.csv").write_text("\n".join(rows) + "\n")


def contents(folder: Path) -> dict[str, bytes]:
    """What a person sees in a project: every file but those that factcheck keeps for itself."""
    return {name: data for name, data in everything(folder).items() if not name.startswith(".factcheck/")}


def everything(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(paths)}


def restored(folder: Path, copy: Path, *, cold: bool) -> None:
    """Puts a project back as it was, with what factcheck kept of it or without."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(copy, folder)
    if cold:
        shutil.rmtree(folder / ".factcheck", ignore_errors=True)
