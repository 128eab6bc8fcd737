"""Posts that look like a collection of a real election month, in Parquet, the same for every run of a seed.

    python benchmarks/cells/posts.py --rows 5000000 --out benchmarks/out

Columns: country (40 values and NULL), language (12), followers (log-normal, some NULL), created_at (90 days,
ascending as collectors write it), retweet_of (NULL for original posts), impressions, verified, platform (5), text,
author (2 % as many as rows).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

COUNTRIES = [
    "US", "Russia", "Ukraine", "Mexico", "Brazil", "Germany", "France", "Spain", "Italy", "Poland", "Kazakhstan",
    "Uzbekistan", "India", "Pakistan", "Turkey", "Iran", "Iraq", "Egypt", "Nigeria", "Kenya", "Japan", "China",
    "South Korea", "Vietnam", "Thailand", "Indonesia", "Australia", "Canada", "Argentina", "Chile", "Peru",
    "Colombia", "Venezuela", "Cuba", "UK", "Ireland", "Sweden", "Norway", "Finland", "Greece",
]  # fmt: skip
LANGUAGES = ["en", "es", "ru", "uk", "pt", "de", "fr", "it", "ar", "tr", "zh", "und"]
PLATFORMS = ["twitter", "facebook", "instagram", "telegram", "vk"]
WORDS = [
    "election", "vote", "protest", "fraud", "border", "vaccine", "president", "news", "video", "breaking", "police",
    "court", "economy", "football", "music", "weather", "climate", "tax", "school", "hospital", "выборы", "новости",
    "elecciones", "fraude", "#VivaMORENA", "https://t.co/abc", "RT", "please", "share", "truth", "media", "bots",
]  # fmt: skip


def _pick(values: list[str], uniform: str, power: float) -> str:
    """SQL that picks from a list, the first ones more often."""
    listed = ", ".join(f"'{value}'" for value in values)
    return f"([{listed}])[1 + FLOOR(POW({uniform}, {power}) * {len(values)})::INTEGER]"


def _uniform(salt: int) -> str:
    """A number in [0, 1) that depends on the row and the salt alone, whatever the threads do."""
    return f"((HASH(r * 64 + {salt}) >> 11)::DOUBLE / 9007199254740992)"


def _select(rows: int, seed: int, start: int, end: int) -> str:
    def u(n: int) -> str:
        return _uniform(seed * 7919 + n)

    normal = f"SQRT(-2 * LN({u(4)} + 1e-12)) * COS(6.283185307179586 * {u(5)})"
    words = " || ' ' || ".join(_pick(WORDS, u(20 + i), 1.4) for i in range(9))
    return f"""
    SELECT
      CASE WHEN {u(1)} < 0.12 THEN NULL ELSE {_pick(COUNTRIES, u(2), 2.5)} END AS country,
      {_pick(LANGUAGES, u(3), 2)} AS language,
      CASE WHEN {u(6)} < 0.02 THEN NULL ELSE FLOOR(EXP(5.5 + 2 * {normal}))::BIGINT END AS followers,
      TIMESTAMP '2018-03-01' + TO_MICROSECONDS(
        LEAST(((r + {u(7)}) / {rows} * 7776000e6)::BIGINT, 7775999999999)) AS created_at,
      CASE WHEN {u(8)} < 0.45 THEN ({u(9)} * {rows})::BIGINT + 990000000000000000 END AS retweet_of,
      FLOOR(EXP(3 + 1.7 * SQRT(-2 * LN({u(10)} + 1e-12)) * COS(6.283185307179586 * {u(11)})))::BIGINT AS impressions,
      CASE WHEN {u(12)} < 0.05 THEN NULL ELSE {u(13)} < 0.08 END AS verified,
      {_pick(PLATFORMS, u(14), 1.5)} AS platform,
      {words} AS text,
      'u' || FLOOR(POW({u(15)}, 2) * {max(1, rows // 50)})::BIGINT AS author
    FROM RANGE({start}, {end}) AS t(r)
    """


def make(rows: int, out: Path, seed: int = 1) -> Path:
    """Writes the file unless it is there already; returns its path."""
    path = out / f"posts-{rows}-{seed}.parquet"
    if path.exists():
        return path
    out.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "4GB"})
    connection.execute("SET preserve_insertion_order=true")
    connection.execute(f"COPY ({_select(rows, seed, 0, rows)}) TO '{part}' (FORMAT parquet, COMPRESSION zstd)")
    connection.close()
    part.rename(path)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "out")
    arguments = parser.parse_args()
    print(make(arguments.rows, arguments.out, arguments.seed))


if __name__ == "__main__":
    main()
