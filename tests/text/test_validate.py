"""Errors of a model land on the characters that caused them, in plain words."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from factcheck.errors import Problem
from factcheck.text import fields
from factcheck.text.validate import validate
from factcheck.text.yaml import parse


class Person(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: fields.Text
    born: fields.WholeNumber | None = None


class Thing(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: fields.Text = Field(examples=["my-thing"])
    kind: Literal["post", "account"] | None = None
    tolerance: fields.Spoken | None = None
    people: Annotated[tuple[Person, ...], BeforeValidator(fields.one_or_list)] = ()
    by_name: dict[str, Person] = {}
    from_: fields.Text | None = Field(default=None, alias="from")
    level: fields.Level = Fraction(19, 20)
    sample: fields.Share | None = None
    size: fields.PositiveNumber | None = None
    synthetic: fields.Flag = False
    zone: fields.TimeZone | None = None
    day: fields.IsoDate | None = None
    limit: fields.Seconds | None = None
    memory: fields.Memory | None = None
    tags: fields.TextList = ()
    free: dict[str, Any] = {}
    either: int | list[int] | None = None
    strict: int | None = None
    ends: Person | None = Field(default=None, examples=[{"name": "Ann", "born": 1970}])
    pair: Annotated[list[str], Field(min_length=2, max_length=2, examples=[["a", "b"]])] = ["a", "b"]
    only: Literal["share"] | None = None
    what: str | None = Field(default=None, pattern="^(rows|distinct .+)$", examples=["rows", "distinct author"])
    small: int = Field(default=0, lt=5)

    @field_validator("strict", mode="after")
    @classmethod
    def _even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("expected an even number")
        return value

    @model_validator(mode="after")
    def _no_size_without_sample(self) -> Thing:
        if self.size and not self.sample:
            raise fields.wrong("a size needs a sample", "add 'sample'", key="size")
        return self


def check(text: str, what: str = "thing 'x'") -> tuple[Thing | None, list[Problem]]:
    node, problems = parse(text, "t.yaml")
    assert problems == []
    assert node is not None
    return validate(Thing, node, what)


def test_the_form_of_an_error_is_that_of_the_manual() -> None:
    _, problems = check("id: x\ntolerence: 3 points\n", "claim 'russia-share'")
    assert [problem.render() for problem in problems] == [
        "t.yaml:2:1: unknown key 'tolerence' in claim 'russia-share'\n"
        "   2 | tolerence: 3 points\n"
        "     | ^^^^^^^^^ did you mean 'tolerance'?"
    ]


def test_values_are_read() -> None:
    text = "id: a\nfrom: b\nlevel: 99%\nsample: 0.5\n"
    text += "size: 217,000\nsynthetic: true\nday: 2018-05\nlimit: 2 minutes\ntags: x"
    thing, problems = check(text)
    assert problems == []
    assert thing is not None
    assert (thing.from_, thing.level, thing.sample, thing.size) == ("b", Fraction(99, 100), Fraction(1, 2), 217000)
    assert (thing.synthetic, thing.day, thing.limit, thing.tags) == (True, "2018-05", 120.0, ("x",))


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("kind: post", 1, 1, "thing 'x' has no 'id'", "for example id: my-thing"),
        ("id: a\nkind: posts", 2, 7, "'kind' of thing 'x': expected post or account, found 'posts'", "'post'"),
        ("id: a\nkind: true", 2, 7, "found true", ""),
        ("id: [a]", 1, 5, "expected text, found a list", ""),
        ("id: true", 1, 5, "expected text, found true", "quote this"),
        ("id: ''", 1, 5, "expected text, found an empty one", ""),
        ("id: a\npeople: {nam: Ann}", 2, 10, "unknown key 'nam' in 'people' of thing 'x'", "'name'"),
        ("id: a\npeople:\n  - name: A\n  - name: B\n    bron: 1", 5, 5, "in item 2 of 'people' of thing 'x'", "'born'"),
        ("id: a\npeople:\n  - name: A\n    born: x", 4, 11, "'born' of item 1 of 'people' of thing 'x'", ""),
        ("id: a\npeople: Ann", 2, 9, "'people' of thing 'x': expected a mapping or a list of mappings", ""),
        ("id: a\npeople: [Ann]", 2, 10, "expected a mapping, found 'Ann'", ""),
        ("id: a\nby_name: {Ann: {name: A, x: 1}}", 2, 26, "in 'Ann' of 'by_name' of thing 'x'", "keys: name, born"),
        ("id: a\nby_name:\n  Ann:\n  Bo: {name: B}", 3, 3, "'Ann' of 'by_name' of thing 'x' has no value", ""),
        ("id: a\nby_name: [x]", 2, 10, "expected a mapping, found a list", ""),
        ("id: a\nfrom_: b", 2, 1, "unknown key 'from_'", "'from'"),
        ("id: a\nlevel: 95", 2, 8, "expected a share, found '95'", "did you mean '95%'?"),
        ("id: a\nlevel: 100%", 2, 8, "from 50% to below 100%", ""),
        ("id: a\nsample: 0", 2, 9, "between 0% and 100%", ""),
        ("id: a\nsample: 120%", 2, 9, "between 0% and 100%", ""),
        ("id: a\nsample: half", 2, 9, "a share such as 95%", ""),
        ("id: a\nends: Ann", 2, 7, "expected a mapping, found 'Ann'", "for example ends: {name: Ann, born: 1970}"),
        ("id: a\npair: x", 2, 7, "expected a list, found 'x'", "for example pair: [a, b]"),
        ("id: a\npair: [x]", 2, 7, "expected at least 2 items, found 1", "for example pair: [a, b]"),
        ("id: a\npair: [x, y, z]", 2, 7, "expected at most 2 items, found 3", "for example pair: [a, b]"),
        ("id: a\nonly: count", 2, 7, "expected share, found 'count'", "write only: share"),
        ("id: a\nsize: 1.5", 2, 7, "whole number, found '1.5'", ""),
        ("id: a\nsize: -3", 2, 7, "whole number, found '-3'", ""),
        ("id: a\nsize: 0", 2, 7, "above zero", ""),
        ("id: a\nsize: 12,34", 2, 7, "whole number", ""),
        ("id: a\nsynthetic: yes", 2, 12, "true or false, found 'yes'", ""),
        ("id: a\nzone: Europe/Madird", 2, 7, "unknown time zone 'Europe/Madird'", "'Europe/Madrid'"),
        ("id: a\nzone: ../../etc/passwd", 2, 7, "unknown time zone", ""),
        ("id: a\nzone: Europe", 2, 7, "unknown time zone", ""),
        ("id: a\nday: 2018-13-01", 2, 6, "a date such as 2018-05-10", ""),
        ("id: a\nday: 10/05/2018", 2, 6, "a date such as 2018-05-10", ""),
        ("id: a\nlimit: soon", 2, 8, "60 seconds", ""),
        ("id: a\nlimit: 0", 2, 8, "60 seconds", ""),
        ("id: a\nmemory: much", 2, 9, "2GB", ""),
        ("id: a\neither: x", 2, 9, "'either' of thing 'x'", ""),
        ("id: a\nstrict: 3", 2, 9, "'strict' of thing 'x': expected an even number", ""),
        ("id: a\nwhat: row", 2, 7, "expected something like rows or distinct author, found 'row'", ""),
        ("id: a\nsmall: 7", 2, 8, "'small' of thing 'x': expected less than 5, found '7'", ""),
        ("id: a\nsize: 5", 2, 7, "'size' of thing 'x': a size needs a sample", "add 'sample'"),
        ("id: a\nfoo:\nkind: post", 2, 1, "unknown key 'foo' without a value", "quote this"),
    ],
)  # fmt: skip
def test_each_error_says_where_what_and_what_instead(
    text: str, line: int, column: int, message: str, hint: str
) -> None:
    thing, problems = check(text)
    assert thing is None
    assert len(problems) == 1, [problem.render() for problem in problems]
    place = problems[0].place
    assert place is not None
    assert (place.line, place.column) == (line, column)
    assert message in problems[0].message
    assert hint in problems[0].hint


def test_all_errors_are_told_at_once() -> None:
    _, problems = check("kind: pots\nlevel: 9\nwrong: 1\npeople: [{nam: x}, {born: 1}]")
    assert sorted(problem.place.line for problem in problems if problem.place) == [1, 2, 3, 4, 4]


def test_a_misspelt_key_is_not_missing_as_well() -> None:
    assert [problem.message for problem in check("ids: a")[1]] == ["unknown key 'ids' in thing 'x'"]
    assert [problem.message for problem in check("id: a\nsize: 5\nsampel: 1%")[1]] == [
        "unknown key 'sampel' in thing 'x'"
    ]


def test_null_removes_a_key() -> None:
    thing, problems = check("id: a\nkind: null\nlevel: ~\npeople:\n")
    assert problems == []
    assert thing is not None
    assert (thing.kind, thing.level, thing.people) == (None, Fraction(19, 20), ())
    assert check("id: null")[1][0].message == "thing 'x' has no 'id'"


def test_free_values_keep_null_and_how_they_were_written() -> None:
    thing, problems = check("id: a\nfree: {a: null, b: 1, c: '1', d: [null, true]}")
    assert problems == []
    assert thing is not None
    assert thing.free == {"a": None, "b": "1", "c": "1", "d": [None, True]}
    assert (type(thing.free["b"]).__name__, type(thing.free["c"]).__name__) == ("Plain", "str")


def test_no_words_of_the_library_reach_the_reader() -> None:
    texts = [
        "id: {a: 1}",
        "id: a\nfree: 3",
        "id: a\nfree: [1]",
        "id: a\neither: {a: b}",
        "id: a\nstrict: [1]",
        "[]",
        "x",
    ]
    for text in texts:
        for problem in check(text)[1]:
            rendered = problem.render().lower()
            for word in ("pydantic", "input", "valid string", "dict", "tuple", "validator", "instance", "parse"):
                assert word not in rendered, rendered


def test_something_else_than_a_mapping() -> None:
    assert check("- a")[1][0].message == "expected a mapping in thing 'x', found a list"


def test_keys_that_are_read_elsewhere_are_known() -> None:
    node, _ = parse("id: a\nclaims: []\nclaim: 1", "t.yaml")
    assert node is not None
    _, problems = validate(Thing, node, elsewhere=("claims",))
    assert [(problem.message, problem.hint) for problem in problems] == [
        ("unknown key 'claim'", "did you mean 'claims'?")
    ]
