"""The made-up data of patterns.py: links between accounts, and posts with copies, silences, peaks and reshares.

Every value follows from the number of its row, so that each run measures the same.
"""

from __future__ import annotations

from pathlib import Path

# A few nodes have many links; every tenth link answers the one before it; a few repeat, a few lead to themselves.
EDGES = """
    SELECT CASE WHEN back THEN b ELSE a END AS source, CASE WHEN back THEN a ELSE b END AS target
    FROM (SELECT i % 10 = 9 AS back, CAST(pow(hash(j) % 1000003 / 1000003, 3) * {nodes} AS BIGINT) AS a,
        CAST(hash(j * 7 + 3) % {nodes} AS BIGINT) AS b
        FROM (SELECT i, CASE WHEN i % 10 = 9 THEN i - 1 ELSE i - i % 1000 // 995 END AS j FROM range({edges}) r(i)))
"""
TEXTUAL = "SELECT 'account_' || source AS source, 'account_' || target AS target FROM ({edges})"

# A hundred groups, inside of which seven of ten links stay.
GROUPS = """
    SELECT a AS source, CASE WHEN hash(i * 5 + 2) % 10 < 7
            THEN a // {size} * {size} + CAST(hash(i * 3 + 1) % {size} AS BIGINT)
        ELSE CAST(hash(i * 11 + 5) % {nodes} AS BIGINT) END AS target
    FROM (SELECT i, CAST(hash(i) % {nodes} AS BIGINT) AS a FROM range({edges}) r(i))
"""

# Ninety days, ever more posts, none for five hours on one of them, and three days with four times as many. Three posts
# of ten are originals, the others reshare an earlier one. A fifth of the texts are copies with a mention and a link of
# their own.
POSTS = """
    SELECT id, parent, author, created_at, created_at - to_seconds(1 + h2 % 86400 * (h1 % 7)) AS replied_to_at,
        likes, likes * 3 + h2 % 4000 AS views, topic, text
    FROM (SELECT {first} + i * 37 AS id,
        CASE WHEN h1 % 10 >= 3 AND i > 0
            THEN {first} + CAST(pow(h2 % 1000003 / 1000003, 2) * (i - 1) AS BIGINT) * 37 END AS parent,
        CAST(pow(h1 % 999983 / 999983, 2) * {authors} AS BIGINT) AS author,
        TIMESTAMP '2018-04-01' + to_microseconds(day * 86400000000
            + CASE WHEN day = 40 AND within // 3600000000 BETWEEN 2 AND 6 THEN 7 * 3600000000 + within % 3600000000
                ELSE within END) AS created_at,
        h3 % 1000 AS likes, CAST(h3 // 1000 % 5 AS INTEGER) AS topic,
        CASE WHEN h2 % 5 = 0 THEN '@user' || h1 % 9999 || ' They say it of ' || md5(CAST(h3 % {texts} AS VARCHAR))
                || '   again https://t.co/' || h2 % 99991
            ELSE 'What I say is ' || md5(CAST(i AS VARCHAR)) || ' and nothing else' END AS text, h1, h2
        FROM (SELECT i, h1, h2, h3, h3 % 86399999983 AS within,
            CASE WHEN h2 % 8 = 0 THEN [20, 50, 70][1 + h1 % 3]
                ELSE CAST(floor(180 * (sqrt(1 + 1.25 * (h1 % 1000033 / 1000033)) - 1)) AS BIGINT) END AS day
            FROM (SELECT i, CAST(hash(i) >> 2 AS BIGINT) AS h1, CAST(hash(i * 13 + 1) >> 2 AS BIGINT) AS h2,
                CAST(hash(i * 17 + 5) >> 2 AS BIGINT) AS h3 FROM range({rows}) r(i))))
"""
FIRST_ID = 1_000_000_000_000_000_000

MANIFEST = """datasets:
  links: {files: links.parquet, unit: link, completeness: complete}
  named-links: {files: named-links.parquet, unit: link, completeness: complete}
  few-links: {files: few-links.parquet, unit: link, completeness: complete}
  groups: {files: groups.parquet, unit: link, completeness: complete}
  posts:
    files: posts.parquet
    unit: post
    completeness: complete
    columns: {created_at: {type: timestamp, timezone: UTC}, replied_to_at: {type: timestamp, timezone: UTC}}
"""


def generate(root: Path, edges: int, few: int, rows: int) -> None:
    """The project's data and manifest; a file that is there already stays."""
    import duckdb

    folder = root / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    links, few_links = (EDGES.format(nodes=max(10, n // 10), edges=n) for n in (edges, few))
    queries = {
        "links": links,
        "named-links": TEXTUAL.format(edges=links),
        "few-links": few_links,
        "groups": GROUPS.format(nodes=max(100, few // 10), size=max(1, few // 1000), edges=few),
        "posts": POSTS.format(rows=rows, first=FIRST_ID, authors=max(10, rows // 50), texts=max(10, rows // 100)),
    }
    for name, query in queries.items():
        file = folder / f"{name}.parquet"
        if not file.exists():
            duckdb.connect().execute(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
    (folder / "patterns.yaml").write_text(MANIFEST)
