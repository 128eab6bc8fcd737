"""Random edits of a small project: after each, a run that may use the cache says to the byte what a fresh one says."""

from __future__ import annotations

import gzip
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from factcheck.cli import main

STEPS = 6

Draw = random.Random


def rows(draw: Draw) -> list[tuple[str, int, str]]:
    places, days = ["Russia", "Ukraine", "Mexico", ""], range(1, 29)
    return [
        (draw.choice(places), draw.randint(0, 9), f"2018-05-{draw.choice(days):02} 23:30:00")
        for _ in range(draw.randint(1, 8))
    ]


def table(draw: Draw) -> str:
    return "country,n,seen\n" + "".join(f"{place},{n},{seen}\n" for place, n, seen in rows(draw))


def plain(draw: Draw, path: Path) -> None:
    path.write_text(table(draw))


def packed(draw: Draw, path: Path) -> None:
    path.write_bytes(gzip.compress(table(draw).encode(), mtime=0))


def parquet(draw: Draw, path: Path) -> None:
    import duckdb

    values = ", ".join(map(str, rows(draw)))
    duckdb.execute(f"COPY (SELECT * FROM (VALUES {values}) AS t (country, n, seen)) TO '{path}' (FORMAT parquet)")


def database(draw: Draw, path: Path) -> None:
    """More rows in a table; now and then they are in its log, and the file itself stays as it is."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS t (country TEXT, n INTEGER, seen TEXT)")
    connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows(draw))
    connection.commit()
    log = path.with_name(f"{path.name}-wal")
    files = {one: one.read_bytes() for one in (path, log)}
    connection.close()  # writes them into the file
    if draw.random() < 0.3:
        for one, content in files.items():
            one.write_bytes(content)


FILES: dict[str, Callable[[Draw, Path], None]] = {
    "a.csv": plain,
    "g.csv.gz": packed,
    "p.parquet": parquet,
    "s.sqlite": database,
    "m/1.csv": plain,
    "m/2.csv": plain,
}
ORIGINS = {
    "a": "files: a.csv",
    "g": "files: g.csv.gz",
    "p": "files: p.parquet",
    "s": "files: s.sqlite, table: t",
    "m": "files: m/*.csv",
    "outside": "files: OUTSIDE/o.csv",
    "joined": "query: SELECT a.country, a.n, p.seen FROM a LEFT JOIN p ON a.n = p.n",
    "twice": "query: SELECT * FROM joined WHERE n > 2",
}
SAID = [
    "completeness: complete", "completeness: partial", "completeness: random sample",
    "completeness: random sample, population: 1000", "completeness: complete, synthetic: true",
    "completeness: complete, caveats: [Beware of it.]", "completeness: complete, title: Another title",
    "completeness: complete, on_duplicate: drop, key: [country]", "completeness: complete, drop: n = 3",
    "completeness: complete, columns: {n: {range: [0, 5]}}", "completeness: complete, counts: n",
    "completeness: complete, columns: {country: {missing: none}}", "completeness: complete, represents: all of it",
    "completeness: complete, columns: {seen: {type: timestamp, timezone: America/New_York}}",
    "completeness: complete, columns: {country: {caveat: Self-declared.}}",
]  # fmt: skip
MEASURES = [
    ("share: country = 'Russia'", "60%"), ("count: rows", "about 5"), ("median: n", "3"), ("sum: n", "2 to 9"),
    ("count: distinct country", "more than 2"), ("composition: country", "{Russia: 50%, Ukraine: 50%}"),
    ("share: seen < '2018-05-14'", "50%"),
]  # fmt: skip
MORE = [
    "", "where: n > 1", "missing: ignore", 'missing: "false"', "level: 99%", "min_n: 3", "tolerance: 5%", "near: 50%",
    "about: process", "weight: n", "cluster: country", "timezone: Asia/Tokyo", "notes: [A note.]", "claimant: Somebody",
    "vary: {where: [n > 2, n > 3]}", "response: No.", "n: 5", "alternatives: [Chance.]",
    "checks: [{measure: {count: rows}, claimed: 4}]",
]  # fmt: skip
RULES = [
    "", "title: Another\n", "rating: five-point\n", "defaults: {missing: ignore}\n", "defaults: {level: 90%}\n",
    "defaults: {timezone: Asia/Tokyo}\n", "defaults: {where: n > 1}\n", "defaults: {near: 30%}\n",
]  # fmt: skip


class Edits:
    """A project, and changes of it one after another. What the specs refuse is told alike by both runs."""

    def __init__(self, root: Path, seed: int) -> None:
        self.draw = random.Random(seed)
        self.root, self.outside = root / "project", root / "outside"
        for folder in (self.root / "claims", self.root / "evidence" / "m", self.outside):
            folder.mkdir(parents=True)
        for name, write in FILES.items():
            write(self.draw, self.root / "evidence" / name)
        plain(self.draw, self.outside / "o.csv")
        self.said = dict.fromkeys(ORIGINS, SAID[0])
        self.claims = [f"dataset: {name}, measure: {{count: rows}}, claimed: 3" for name in ORIGINS]
        self.rules = ""
        self.write()

    def claim(self, dataset: str) -> str:
        measure, claimed = self.draw.choice(MEASURES)
        more = self.draw.choice(MORE)
        return f"dataset: {dataset}, measure: {{{measure}}}, claimed: {claimed}" + (f", {more}" if more else "")

    def write(self) -> None:
        origins = {name: origin.replace("OUTSIDE", str(self.outside)) for name, origin in ORIGINS.items()}
        manifest = "".join(
            f"  {name}:\n    " + "\n    ".join([*_origin(origins[name]), *_fields(said)]) + "\n"
            for name, said in self.said.items()
        )
        claims = "".join(
            f"  - id: c{number}\n    statement: Claim {number}.\n    " + "\n    ".join(_fields(claim)) + "\n"
            for number, claim in enumerate(self.claims)
        )
        (self.root / "evidence" / "a.yaml").write_text(f"datasets:\n{manifest}")
        (self.root / "claims" / "a.yaml").write_text(f"claims:\n{claims}")
        (self.root / "factcheck.yaml").write_text(f"{self.rules}evidence_roots: [{self.outside}]\n")

    def edit(self) -> str:
        """Changes one thing and tells which."""
        draw, folder = self.draw, self.root / "evidence"
        before = (dict(self.said), list(self.claims), self.rules)
        match draw.choice(["file", "file", "outside", "manifest", "claim", "claim", "order", "rules", "swap", "add"]):
            case "file":
                name = draw.choice(list(FILES))
                FILES[name](draw, folder / name)
                told = name
            case "outside":
                plain(draw, self.outside / "o.csv")
                told = "a file outside"
            case "manifest":
                name = draw.choice(list(self.said))
                self.said[name] = draw.choice(SAID)
                told = f"{name}: {self.said[name]}"
            case "claim":
                number = draw.randrange(len(self.claims))
                self.claims[number] = self.claim(draw.choice(list(ORIGINS)))
                told = self.claims[number]
            case "order":
                draw.shuffle(self.claims)
                told = "another order"
            case "rules":
                self.rules = draw.choice(RULES)
                told = self.rules
            case "swap":
                one, two = (folder / "m" / "1.csv"), (folder / "m" / "2.csv")
                first, second = one.read_bytes(), two.read_bytes()
                one.write_bytes(second)
                two.write_bytes(first)
                told = "two files have changed places"
            case _:
                plain(draw, folder / "m" / f"{draw.randint(3, 5)}.csv")
                told = "one more file"
        self.write()
        self._before = before
        return told

    def undo(self) -> None:
        self.said, self.claims, self.rules = self._before
        self.write()


def _origin(text: str) -> list[str]:
    return [text] if text.startswith("query") else _fields(text)


def _fields(text: str) -> list[str]:
    """`a: 1, b: {c: 2}` in lines."""
    depth, fields = 0, [""]
    for sign in text:
        depth += (sign in "{[(") - (sign in "}])")
        if sign == "," and depth == 0:
            fields.append("")
        else:
            fields[-1] += sign
    return [field.strip() for field in fields]


def told(root: Path, *more: str) -> tuple[int, str, str]:
    command = ["check", "--project", str(root), "--format", "json", "--now", "2026-01-02", *more]
    result = CliRunner().invoke(main, command)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_edited_a_kept_answer_is_the_fresh_one(seed: int, tmp_path: Path) -> None:
    edits = Edits(tmp_path, seed)
    assert told(edits.root)[0] in (0, 3)  # 3: a database whose log was not written in
    for _ in range(STEPS):
        edit = edits.edit()
        kept, fresh = told(edits.root), told(edits.root, "--no-cache")
        assert kept == fresh, edit
        if fresh[0] == 2:
            edits.undo()
