"""What reports say of peaks and trends."""

from __future__ import annotations

from pathlib import Path

import factcheck
from factcheck.reports.found import found_sentences

POSTS = "created_at,author\n" + "".join(
    f"2018-04-{day:02} 12:00:00,{'ben' if day == 17 else 'ana'}\n" * (40 if day == 17 else 4) for day in range(10, 25)
)
CLAIMS = """
claims:
  - {id: peak, statement: x., dataset: posts, measure: {per: day, peaks: created_at}, claimed: [2018-04-17]}
  - {id: none, statement: x., dataset: posts, measure: {peaks: created_at, among: author = 'ana'}, claimed: []}
  - {id: rise, statement: x., dataset: posts, measure: {per: day, trend: created_at}, claimed: rising}
  - {id: that, statement: x., dataset: posts, claimed: falling,
     measure: {trend: created_at, of: {count: rows, that: author = 'ana'}, among: author is not null}}
"""


def told(root: Path) -> dict[str, str]:
    (root / "claims").mkdir()
    (root / "evidence").mkdir()
    (root / "claims" / "c.yaml").write_text(CLAIMS, encoding="utf-8")
    (root / "evidence" / "posts.csv").write_text(POSTS, encoding="utf-8")
    manifest = "datasets:\n  posts: {files: posts.csv, completeness: complete, unit: post}\n"
    (root / "evidence" / "e.yaml").write_text(manifest, encoding="utf-8")
    run = factcheck.check(project=root)
    return {name: " ".join(found_sentences(run[name])) for name in ("peak", "none", "rise", "that")}


def test_a_report_tells_the_days_and_the_line(tmp_path: Path) -> None:
    sentences = told(tmp_path)
    assert "Of 15 days, 1 stands out: 17 April 2018 (40 posts; usual around it: 4)." in sentences["peak"]
    assert "By the posts where `author = 'ana'`, of 15 days none stands out" in sentences["none"]
    # The 17th is the middle of the time, so that its 40 posts move nothing.
    assert "The number of posts per day neither rose nor fell from 10 April 2018 to 24 April 2018" in sentences["rise"]
    assert "The number of posts where author = 'ana' per day, where `author is not null`" in sentences["that"]
