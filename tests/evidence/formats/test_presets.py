"""How a preset adds canonical columns to those of a file, and when a file is taken for an export."""

from __future__ import annotations

import pytest

from factcheck.evidence.formats.presets import CANONICAL, Preset, Way, apply, constant, ident, made_from, moment, text
from factcheck.evidence.formats.recognise import recognise
from factcheck.evidence.formats.source import SourceColumn


def columns(*names: str) -> dict[str, SourceColumn]:
    return {name: SourceColumn(name, f'"{name}"') for name in names}


def preset(**ways: tuple[Way, ...]) -> Preset:
    return Preset("some", "some export", ("csv",), (), ways)


def test_a_canonical_column_stands_beside_the_one_it_is_made_from() -> None:
    found = apply(preset(author=text("Page Name")), columns("Page Name"))
    assert list(found) == ["Page Name", "author"]
    assert found["author"].sql == '"Page Name"'
    assert found["author"].uses == ("Page Name",)
    assert found["Page Name"].uses == ()


def test_what_the_file_lacks_is_absent() -> None:
    found = apply(preset(author=text("user"), text=text("body")), columns("body"))
    assert set(found) == {"body", "text"}


def test_the_first_way_whose_columns_are_there_is_taken() -> None:
    ways = (Way(("date", "time"), "{0} || ' ' || {1}"), Way(("stamp",)))
    assert apply(preset(created_at=ways), columns("stamp", "date"))["created_at"].sql == '"stamp"'
    assert apply(preset(created_at=ways), columns("stamp", "date", "time"))["created_at"].sql == '("date") || \' \' || ("time")'


def test_a_column_of_that_name_and_meaning_is_the_canonical_one() -> None:
    found = apply(preset(id=ident("id")), columns("id", "x"))
    assert list(found) == ["id", "x"]
    assert found["id"].uses == ()
    assert found["id"].identifies


def test_capitals_do_not_make_a_second_column() -> None:
    found = apply(preset(likes=text("Likes")), columns("Likes", "x"))
    assert list(found) == ["likes", "x"]
    assert found["likes"].sql == '"Likes"'


def test_a_column_of_that_name_and_another_meaning_is_kept_as_raw() -> None:
    found = apply(preset(created_at=moment("stamp")), columns("created_at", "stamp"))
    assert list(found) == ["raw.created_at", "stamp", "created_at"]
    assert found["raw.created_at"].sql == '"created_at"'
    assert found["raw.created_at"].name == "raw.created_at"
    assert found["created_at"].sql == '"stamp"'


def test_nor_does_the_kept_one_hide_one_that_is_called_so_already() -> None:
    found = apply(preset(created_at=moment("stamp")), columns("Created_At", "raw.created_at", "stamp"))
    assert list(found) == ["raw.raw.Created_At", "raw.created_at", "stamp", "created_at"]
    assert found["raw.created_at"].sql == '"raw.created_at"'


def test_a_constant_is_no_sign_of_an_export() -> None:
    some = preset(platform=constant("Twitter"), author=text("user"))
    assert made_from(some, columns("x")) == []
    assert made_from(some, columns("user")) == ["author"]
    assert apply(some, columns("user"))["platform"].sql == "'Twitter'"


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["object_id", "account_id", "content_id", "timestamp_share"], "coortweet"),
        (["Object_ID", "account_id", "content_id", "timestamp_share", "more"], "coortweet"),
        (["object_id", "account_id", "content_id"], None),
        (["id", "text", "created_at", "author"], None),
        ([], None),
    ],
)
def test_recognition(headings: list[str], expected: str | None) -> None:
    found = recognise(headings, "csv")
    assert (found.name if found else None) == expected


def test_many_headings_are_not_all_listed() -> None:
    found = recognise(["object_id", "account_id", "content_id", "timestamp_share"], "parquet")
    assert found is not None
    assert found.shown == "'account_id', 'content_id', 'object_id', 'timestamp_share'"


def test_every_canonical_column_of_every_export_is_known() -> None:
    from factcheck.evidence.formats import presets_of

    found = {preset.name: preset for base in ("csv", "jsonl", "parquet") for preset in presets_of(base)}
    assert set(CANONICAL) <= set(found.pop("twarc-csv").columns)  # which types the tool's own columns, too
    named = {name for preset in found.values() for name in preset.columns}
    assert named <= set(CANONICAL)
    assert {"id", "author", "created_at", "text"} <= named
