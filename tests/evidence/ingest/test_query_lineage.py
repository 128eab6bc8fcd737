"""What a dataset made by a query takes over from those that it reads, column by column."""

from __future__ import annotations

from fractions import Fraction

from factcheck.evidence.dataset import Dataset, Origin
from factcheck.evidence.lineage import foundations, traced

from .desk import Desk

POSTS = (
    "posts:\n"
    "  files: posts.csv\n"
    "  licence: CC0-1.0\n"
    "  columns:\n"
    "    country: {caveat: Self-declared., missing: none}\n"
    "    views: {unit: views, range: [0, null]}\n"
    "    land: {expr: lower(country)}\n"
    "people: {files: people.csv, licence: MIT}\n"
)


def desk_with(desk: Desk) -> Desk:
    desk.write("posts.csv", "author,country,views\na,Mexico,5\nb,,7\n")
    desk.write("people.csv", "author,bio\na,x\n")
    return desk


def made(desk: Desk, query: str, more: str = "") -> Dataset:
    return desk_with(desk).load(POSTS + f'd:\n  query: "{query}"\n{more}')


def pairs(dataset: Dataset, *columns: str, rows: bool = True) -> list[str]:
    return [f"{below.name}.{column}" for below, column in traced(dataset, columns, rows=rows)]


def test_a_column_is_followed_to_the_end(desk: Desk) -> None:
    found = made(desk, "SELECT upper(land) AS l, views AS reach, author FROM posts")
    assert pairs(found, "l") == ["d.l", "posts.land", "posts.country"]
    assert pairs(found, "author") == ["d.author", "posts.author"]
    reach = found.columns["reach"]
    assert (reach.unit, reach.low, reach.origins) == ("views", Fraction(0), (Origin("posts", "views"),))


def test_a_column_that_the_manifest_renames_or_computes(desk: Desk) -> None:
    found = made(
        desk,
        "SELECT lower(country) AS c FROM posts",
        "  columns: {land: {from: C}, long: {expr: length(land), unit: letters}}\n",
    )
    assert set(pairs(found, "long")) == {"d.long", "d.land", "d.c", "posts.country"}
    assert found.columns["land"].missing_none
    assert found.columns["long"].unit == "letters"


def test_what_chooses_rows_belongs_to_every_column(desk: Desk) -> None:
    found = made(desk, "SELECT p.author FROM posts p JOIN people q ON p.author = q.author WHERE views > 1")
    assert set(pairs(found)) == {"posts.author", "people.author", "posts.views"}
    assert pairs(found, "author", rows=False) == ["d.author", "posts.author"]


def test_queries_of_queries(desk: Desk) -> None:
    desk_with(desk)
    manifest = POSTS + 'one: {query: "SELECT land AS x FROM posts"}\nd: {query: "SELECT x AS y FROM one"}\n'
    found = desk.load(manifest)
    assert pairs(found, "y") == ["d.y", "one.x", "posts.land", "posts.country"]
    assert [dataset.name for dataset in foundations(found)] == ["d", "one", "posts"]


def test_licences_that_differ_are_named_with_their_datasets(desk: Desk) -> None:
    assert made(desk, "SELECT views FROM posts").licence == "CC0-1.0"
    both = made(desk, "SELECT bio FROM posts JOIN people USING (author)")
    assert both.licence == "CC0-1.0 (posts); MIT (people)"


def test_without_reading_rows_the_same_is_known(desk: Desk) -> None:
    found = desk_with(desk).describe(POSTS + 'd: {query: "SELECT upper(land) AS l FROM posts WHERE views > 1"}\n')["d"]
    assert isinstance(found, Dataset)
    assert pairs(found, "l") == ["d.l", "posts.views", "posts.land", "posts.country"]
