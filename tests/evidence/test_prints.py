import hashlib
import os
from pathlib import Path

from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.manifest import Manifests, read_manifests
from factcheck.evidence.prints import Print, Prints

MANIFEST = """
datasets:
  posts: {files: posts.csv, completeness: complete, columns: {n: {type: integer}}}
  all: {files: "*.csv", completeness: complete}
  joined: {query: SELECT p.n FROM posts AS p JOIN more USING (n), completeness: complete}
  more: {files: more.csv, completeness: complete}
  looped: {query: SELECT * FROM looped, completeness: complete}
  far: {connection: postgresql://db.example/desk, table: posts, completeness: complete}
  base: {files: base.db, table: posts, completeness: complete}
"""


def project(root: Path, manifest: str = MANIFEST) -> Manifests:
    (root / "evidence").mkdir(exist_ok=True)
    (root / "evidence" / "all.yaml").write_text(manifest)
    for name in ("posts", "more"):
        (root / "evidence" / f"{name}.csv").write_text(f"n\n1\n{len(name)}\n")
    (root / "evidence" / "base.db").write_bytes(b"SQLite format 3\0")
    found, problems = read_manifests([root / "evidence"], root)
    assert not problems
    return found


def of(root: Path, name: str, manifest: str = MANIFEST) -> Print:
    found = Prints(project(root, manifest), Ground(root)).of(name)
    assert found is not None
    return found


def test_one_file_has_the_digest_that_everybody_gets(tmp_path: Path) -> None:
    found = of(tmp_path, "posts")
    assert found.content == hashlib.sha256(b"n\n1\n5\n").hexdigest()
    assert found.files == {"evidence/posts.csv": found.content}


def test_neither_size_nor_time_tells_but_content(tmp_path: Path) -> None:
    before = of(tmp_path, "posts")
    sources = project(tmp_path)
    file = tmp_path / "evidence" / "posts.csv"
    state = file.stat()
    file.write_text("n\n1\n6\n")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    after = Prints(sources, Ground(tmp_path)).of("posts")
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (state.st_size, state.st_mtime_ns)
    assert after is not None
    assert after.content != before.content


def test_a_file_more_or_renamed_is_another_content(tmp_path: Path) -> None:
    before = of(tmp_path, "all")
    (tmp_path / "evidence" / "more.csv").rename(tmp_path / "evidence" / "other.csv")
    sources, _ = read_manifests([tmp_path / "evidence"], tmp_path)
    renamed = Prints(sources, Ground(tmp_path)).of("all")
    assert renamed is not None
    assert renamed.content != before.content


def test_a_query_changes_with_what_it_reads(tmp_path: Path) -> None:
    before = of(tmp_path, "joined")
    described = of(tmp_path, "joined", MANIFEST.replace("type: integer", "type: text"))
    assert described.content != before.content  # what it reads is described otherwise
    assert described.described == before.described
    assert of(tmp_path, "joined", MANIFEST.replace("SELECT p.n", "SELECT -p.n")).described != before.described


def test_what_has_no_files_has_no_content(tmp_path: Path) -> None:
    assert of(tmp_path, "far").content is None
    prints = Prints(project(tmp_path), Ground(tmp_path), frames={"posts"})
    assert prints.of("posts") is None
    assert prints.of("looped") is None


def test_what_a_database_has_not_written_in_yet_counts(tmp_path: Path) -> None:
    before = of(tmp_path, "base")
    (tmp_path / "evidence" / "base.db-wal").write_bytes(b"pages")
    assert of(tmp_path, "base").content != before.content


def test_comments_and_order_of_a_manifest_do_not_count(tmp_path: Path) -> None:
    before = of(tmp_path, "posts")
    moved = MANIFEST.replace("{files: posts.csv, completeness: complete, columns: {n: {type: integer}}}",
                             "{columns: {n: {type: integer}}, completeness: complete, files: posts.csv}  # the same")  # fmt: skip
    assert of(tmp_path, "posts", moved) == before
    stated = MANIFEST.replace("posts.csv, completeness: complete", "posts.csv, completeness: partial")
    assert of(tmp_path, "posts", stated).described != before.described


def test_many_at_once_are_the_same_as_each(tmp_path: Path) -> None:
    sources = project(tmp_path)
    together = Prints(sources, Ground(tmp_path)).of_all(list(sources))
    assert together == {name: found for name in sources if (found := Prints(sources, Ground(tmp_path)).of(name))}
