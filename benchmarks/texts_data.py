"""Texts that look like posts of many countries, in Parquet, the same for every run of a seed.

    python benchmarks/texts_data.py --rows 20000000 --out benchmarks/out

20 to 280 characters in eight languages of six scripts: made-up words of which some are common and most are rare, as in
any language; a tenth of the posts are NULL, and some have emoji, links, mentions and hashtags. With `distinct` each
post is one of so many that all the rest repeat, some of them far oftener than others.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import duckdb

WORDS = 4_000  # of each language
# Beginnings and endings of syllables, what joins words, and the share of posts.
LANGUAGES: dict[str, tuple[str, str, str, float]] = {
    "english": ("b c d f g h j k l m n p qu r s t v w sh th st tr", "a e i o u ea er in on al ent ing", " ", 0.38),
    "spanish": ("b c d f g j l m n ñ p r s t v ll ch tr", "a e i o u á é í ó ú ión ado es ar", " ", 0.16),
    "german": ("b d f g h k l m n r s sch t v w z pf", "a e i o u ä ö ü ei er en ung aß", " ", 0.06),
    "turkish": ("b c ç d f g h k l m n s ş t v y z", "a e ı i o ö u ü lar ler im", " ", 0.06),
    "russian": ("б в г д ж з к л м н п р с т х ч ш", "а е и о у ы ю я ов ение ость ий", " ", 0.18),
    "greek": ("β γ δ κ λ μ ν π ρ σ τ φ χ", "α ε η ι ο υ ω ος ας ές", " ", 0.02),
    "arabic": ("ب ت ج ح د ر س ش ع ف ق ك ل م ن ه", "ا و ي ة ات ون", " ", 0.07),
    "japanese": ("か き く さ し す た ち な に は ま や ら 日 本 国 人", "あ い う え お ん 会 年 中 大", "", 0.07),
}
_EMOJI = "😂 ❤️ 😭 🙏 🔥 👍🏽 🇺🇦 🇷🇺 👨‍👩‍👧 💔 🎉 🤔"


def words(language: str) -> list[str]:
    """The words of a language, the most common first; some capitalised, as names are."""
    starts, ends, _, _ = LANGUAGES[language]
    rng = random.Random(f"words of {language}")
    found: dict[str, None] = {}
    while len(found) < WORDS:
        size = rng.choice((1, 2, 2, 3, 3, 4)) if len(found) > 40 else rng.choice((1, 1, 2))
        word = "".join(rng.choice(starts.split()) + rng.choice(ends.split()) for _ in range(size))
        found[word.capitalize() if rng.random() < 0.15 else word] = None
    return list(found)


def _uniform(salt: int, per: str) -> str:
    """A number from 0 to 1 that hangs on the row and on `per`."""
    return f"((hash(r * 1000003 + {salt} + ({per}) * 7919) >> 11)::DOUBLE / 9007199254740992)"


def _sentence(language: str) -> str:
    listed = ", ".join("'" + word + "'" for word in words(language))
    # Cubed: the first tenth of the words make up almost half of a text.
    place = f"1 + floor({WORDS} * pow({_uniform(11, 'i')}, 3))::BIGINT"
    count = f"3 + floor(34 * pow({_uniform(12, '0')}, 1.5))::BIGINT"
    joined = f"list_transform(range({count}), lambda i: list_extract([{listed}], {place}))"
    return f"array_to_string({joined}, '{LANGUAGES[language][2]}')"


def _select(first: int, last: int, seed: int, distinct: int | None) -> str:
    languages, share = [], 0.0
    for language in LANGUAGES:
        share += LANGUAGES[language][3]
        languages.append(f"WHEN {_uniform(13, '0')} < {share:.4f} THEN {_sentence(language)}")
    emoji = ", ".join(f"'{one}'" for one in _EMOJI.split())
    ends = (
        f"CASE WHEN {_uniform(14, '0')} < 0.15 THEN ' ' || list_extract([{emoji}], 1 + (r % 12)) ELSE '' END || "
        f"CASE WHEN {_uniform(15, '0')} < 0.3 THEN ' https://t.co/' || left(md5(r::VARCHAR), 10) ELSE '' END"
    )
    begins = f"CASE WHEN {_uniform(16, '0')} < 0.3 THEN '@user' || (r % 99991) || ' ' ELSE '' END"
    row = f"i + {seed} * 1000000007"
    if distinct is not None:
        # Squared: the first posts are repeated most.
        row = f"floor({distinct} * pow((hash({row}) >> 11)::DOUBLE / 9007199254740992, 2))::BIGINT"
    text = f"left({begins} || CASE {' '.join(languages)} ELSE '' END || {ends}, 280)"
    null = f"(hash(i + {seed}) % 10) = 0"
    inner = f"SELECT i, {row} AS r FROM range({first}, {last}) AS t(i)"
    padded = f"CASE WHEN length({text}) < 20 THEN rpad({text}, 20, '.') ELSE {text} END"
    return f"SELECT i AS id, CASE WHEN {null} THEN NULL ELSE {padded} END AS text, r FROM ({inner})"


def make(rows: int, out: Path, seed: int = 1, distinct: int | None = None) -> Path:
    """Writes the file if it is not there already; returns its path."""
    path = out / f"texts-{rows}-{seed}{'' if distinct is None else f'-{distinct}'}.parquet"
    if path.exists():
        return path
    out.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
    select = _select(0, rows, seed, distinct)
    inner = f"SELECT id, text, r % 7 AS kind FROM ({select})"
    connection.execute(f"COPY ({inner}) TO '{unfinished}' (FORMAT parquet, COMPRESSION zstd)")
    connection.close()
    unfinished.rename(path)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--distinct", type=int, help="so many different texts; without it almost all are different")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "out")
    arguments = parser.parse_args()
    print(make(arguments.rows, arguments.out, distinct=arguments.distinct))


if __name__ == "__main__":
    main()
