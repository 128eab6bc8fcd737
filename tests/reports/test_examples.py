"""Rows behind a number: only where they may be shown, never a name or a deleted text, and always rows that count."""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factcheck
from factcheck import reports
from factcheck.evidence.examples import Hidden, Sample, Wish
from factcheck.evidence.examples.licences import allows
from factcheck.pipeline import check
from factcheck.project import open_project
from factcheck.reports.examples import examples
from factcheck.reports.results import render as as_json

HEAD = ["tweet_id", "author", "email", "text", "country", "created_at", "deleted"]
ROWS = [
    ["1234567890123456789", "JaneRoe77", "jane@example.org", "Vote @bob_x or call +49 170 1234567", "Russia", "2018-05-01 10:11:12", "false"],
    ["1234567890123456790", "@bob_x", "bob@example.org", "said JaneRoe77 https://t.co/abc", "Russia", "2018-05-01 11:00:00", "true"],
    ["1234567890123456791", "JaneRoe77", "", "Nothing to hide", "France", "2018-05-02 12:00:00", "false"],
    ["1234567890123456792", "Third_One", "third@example.org", "[deleted]", "Russia", "2018-05-03 13:00:00", "false"],
]  # fmt: skip
SECRETS = {cell.lstrip("@") for row in ROWS for cell in row[:3] if cell} | {"170 1234567", "t.co/abc"}


class Desk:
    """A project with one dataset and one claim."""

    def __init__(self, root: Path, *, head: list[str] = HEAD, rows: list[list[str]] = ROWS, **manifest: object) -> None:
        self.root = root
        (root / "evidence").mkdir()
        (root / "claims").mkdir()
        (root / "factcheck.yaml").write_text("{}", encoding="utf-8")
        with (root / "evidence" / "posts.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([head, *rows])
        facts = {"files": "posts.csv", "unit": "tweet", "completeness": "complete", "licence": "CC-BY-4.0"} | manifest
        lines = [f"    {key}: {value}" for key, value in facts.items() if value is not None]
        text = "\n".join(["datasets:", "  posts:", *lines])
        (root / "evidence" / "posts.yaml").write_text(text, encoding="utf-8")
        self.claim("{share: country = 'Russia'}", "half")

    def claim(self, measure: str, claimed: str, **more: str) -> None:
        extra = "".join(f"    {key}: {value}\n" for key, value in more.items())
        (self.root / "claims" / "posts.yaml").write_text(
            f"claims:\n  - id: one\n    statement: A claim.\n    dataset: posts\n{extra}"
            f"    measure: {measure}\n    claimed: {claimed}\n",
            encoding="utf-8",
        )

    def run(self, rows: int = 5, *, accounts: bool = False, threads: int | None = None) -> object:
        return check(open_project(self.root, []), examples=Wish(rows, accounts), threads=threads)

    def sample(self, rows: int = 5, *, accounts: bool = False, threads: int | None = None) -> Sample:
        (sample,) = self.run(rows, accounts=accounts, threads=threads)["one"].examples  # type: ignore[index]
        return sample

    def texts(self, *, accounts: bool = False) -> str:
        run = self.run(accounts=accounts)
        pages = [reports.render(run, form) for form in ("markdown", "html")]  # type: ignore[arg-type]
        return "\n".join([*pages, html.unescape(pages[1]), as_json(run)]).replace("\\", "")  # type: ignore[arg-type]


def column(sample: Sample, name: str) -> list[object]:
    return [row[sample.head.index(name)] for row in sample.rows]


def test_only_rows_that_count_are_shown(tmp_path: Path) -> None:
    sample = Desk(tmp_path).sample()
    assert column(sample, "country") == ["Russia"] * 3
    assert column(sample, "author") == [Hidden("hidden-account", n) for n in (1, 2, 3)]


def test_times_are_those_of_the_clock_by_which_rows_count(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.claim("{count: rows, that: created_at < '2018-05-01 12:00'}", "0", timezone="Asia/Tokyo")
    assert desk.run()["one"].examples == ()  # type: ignore[index]
    desk.claim("{count: rows, that: created_at >= '2018-05-01 20:00'}", "3", timezone="Asia/Tokyo")
    sample = desk.sample()
    assert column(sample, "created_at (Asia/Tokyo)") == ["2018-05-01, 20h", "2018-05-02, 21h", "2018-05-03, 22h"]


@pytest.mark.parametrize(
    ("moment", "timezone", "shown"),
    [("0001-01-01 00:00:00", "America/New_York", "0001-01-01, 0h"), ("9999-12-31 23:00:00", "Asia/Tokyo", "9999-12-31, 23h")],
)  # fmt: skip
def test_a_time_that_no_clock_there_shows_costs_no_rows(tmp_path: Path, moment: str, timezone: str, shown: str) -> None:
    desk = Desk(tmp_path, rows=[[*ROWS[0][:5], moment, "false"]])
    desk.claim("{count: rows}", "1", timezone=timezone)
    assert column(desk.sample(), f"created_at ({timezone})") == [shown]


def test_what_is_deleted_has_no_text_and_accounts_do_not_change_that(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for accounts in (False, True):
        texts = column(desk.sample(accounts=accounts), "text")
        assert texts[1:] == [Hidden("hidden-deleted")] * 2
        assert "said JaneRoe77" not in desk.texts(accounts=accounts)
    assert column(desk.sample(), "text")[0] == "Vote @[name] or call [number]"
    assert column(desk.sample(accounts=True), "text")[0] == ROWS[0][3]


def test_without_a_word_on_deletion_no_text_of_posts_is_shown(tmp_path: Path) -> None:
    desk = Desk(tmp_path, head=HEAD[:-1], rows=[row[:-1] for row in ROWS])
    desk.claim("{share: \"text like '%vote%' or country = 'Russia'\"}", "half")
    sample = desk.sample()
    assert sample.unwritten
    assert column(sample, "text") == [Hidden("hidden-text")] * 2 + [Hidden("hidden-deleted")]
    for accounts in (False, True):
        assert all(row[3] not in desk.texts(accounts=accounts) for row in ROWS)


@pytest.mark.parametrize(
    ("column_name", "gone", "there", "neither"),
    [
        ("is_deleted", "1", "0", None),
        ("deleted_at", "2018-06-01 10:00:00", "", None),
        ("status", "suspended", "active", "draft"),
        ("available", "no", "yes", None),
        ("withheld", "yes", "no", ""),
    ],
)
def test_ways_to_say_that_a_post_is_gone(
    tmp_path: Path, column_name: str, gone: str, there: str, neither: str | None
) -> None:
    values = [gone, there, *([] if neither is None else [neither])]
    rows = [[f"author{i}", f"words {i} of it", "Russia", value] for i, value in enumerate(values)]
    desk = Desk(tmp_path, head=["author", "text", "country", column_name], rows=rows)
    texts = column(desk.sample(), "text")
    assert texts[:2] == [Hidden("hidden-deleted"), "words 1 of it"]
    assert texts[2:] == ([] if neither is None else [Hidden("hidden-text")])


def test_names_are_in_no_form_of_the_report_unless_asked_for(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    told = desk.texts()
    assert [secret for secret in SECRETS if secret.casefold() in told.casefold()] == []
    assert "account 1" in told
    assert "JaneRoe77" in desk.texts(accounts=True)


def test_a_hidden_address_and_what_people_say_of_themselves_are_masked(tmp_path: Path) -> None:
    head = [*HEAD[:-1], "bio", HEAD[-1]]
    row = [*ROWS[0][:3], "ask a.b [at] example (dot) com", *ROWS[0][4:-1], "Jane Roe, teacher in Ulm", "false"]
    desk = Desk(tmp_path, head=head, rows=[row])
    desk.claim("{share: bio IS NOT NULL}", "all")
    assert column(desk.sample(), "text") == ["ask [e-mail]"]
    assert "teacher in Ulm" not in desk.texts()


def test_invisible_characters_hide_no_name_from_the_mask(tmp_path: Path) -> None:
    row = ["1234567890123456789", "JaneRoe77", "jane@example.org", "by Jane\u200bRoe77, jane\u2060@example.org", "Russia"]
    desk = Desk(tmp_path, rows=[[*row, "2018-05-01 10:11:12", "false"]])
    assert column(desk.sample(), "text") == ["by [name], [e-mail]"]
    assert [secret for secret in row[1:3] if secret in desk.texts()] == []


NAME = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{5,12}[0-9]", fullmatch=True)
TEXT = st.lists(st.sampled_from(["vote", "{author}", "@{author}", "<b>{email}</b>", "({id})", "x|y", "`q`"]), max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAME, TEXT, st.integers(10**15, 10**19)), min_size=1, max_size=4, unique_by=lambda one: one[0]))
def test_no_name_comes_through(tmp_path_factory: pytest.TempPathFactory, people: list[tuple[str, list[str], int]]) -> None:
    rows = []
    for name, words, number in people:
        email = f"{name}@mail.example"
        text = " ".join(words).format(author=name, email=email, id=number) or "-"
        rows.append([str(number), name, email, text, "Russia", "2018-05-01 10:11:12", "false"])
    told = Desk(tmp_path_factory.mktemp("desk"), rows=rows).texts().casefold()
    for number, name, email, *_ in rows:
        assert not {name.casefold(), email.casefold(), number} & set(re.findall(r"[\w@.]+", told))
        assert name.casefold() not in told


@pytest.mark.parametrize(
    "licence",
    ["CC0-1.0", "CC BY 4.0", "cc-by-sa-3.0", "CC-BY-4.0", "PDDL-1.0", "ODbL", "ODC-By 1.0", "public domain", "OGL v3.0",
     "OGL-UK-3.0", "MIT", "the MIT licence", "Apache-2.0", "Apache License 2.0", "BSD-3-Clause", "Open Government Licence v3.0",
     "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/publicdomain/zero/1.0/"],
)  # fmt: skip
def test_licences_that_allow(licence: str) -> None:
    assert allows(licence)


@pytest.mark.parametrize(
    "licence",
    ["CC-BY-NC-4.0", "CC BY-ND 4.0", "CC-BY-NC-SA-4.0", "none stated", "free for scientific use", "not for publication",
     "all rights reserved", "not CC0", "CC-BY-4.0, not for the texts", "proprietary", "ask MIT", "",
     "https://creativecommons.org/licenses/by-nc/4.0/", "permitted"],
)  # fmt: skip
def test_licences_that_do_not(licence: str) -> None:
    assert not allows(licence)


@pytest.mark.parametrize(("licence", "code"), [("CC-BY-NC-4.0", "examples-licence"), (None, "examples-no-licence")])
def test_without_a_fit_licence_one_sentence_says_so(tmp_path: Path, licence: str | None, code: str) -> None:
    desk = Desk(tmp_path, licence=licence)
    sample = desk.sample()
    assert (sample.refused, sample.rows) == (code, ())
    assert "No rows are shown" in desk.texts()


def test_a_query_needs_the_licences_of_all_its_sources(tmp_path: Path) -> None:
    desk = Desk(tmp_path, licence="CC-BY-NC-4.0")
    with (tmp_path / "evidence" / "posts.yaml").open("a", encoding="utf-8") as file:
        file.write("\n  made:\n    unit: tweet\n    licence: CC0-1.0\n    query: SELECT author AS x, country FROM posts\n")
    path = tmp_path / "claims" / "posts.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("dataset: posts", "dataset: made"), encoding="utf-8")
    assert desk.sample().refused == "examples-licence"
    manifest = tmp_path / "evidence" / "posts.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("CC-BY-NC-4.0", "CC-BY-4.0"), encoding="utf-8")
    sample = desk.sample()
    assert len(sample.rows) == 3
    assert "JaneRoe77" not in desk.texts()  # a new name for the column makes nobody nameless


def test_tables_that_are_not_of_people_are_shown_as_they_are(tmp_path: Path) -> None:
    rows = [["France", "Lyon is nice", "3"], ["Russia", "Kazan is nice", "2"]]
    desk = Desk(tmp_path, head=["name", "remark", "n"], rows=rows, unit="country")
    desk.claim("{sum: n}", "5")
    assert desk.sample().rows == (("France", "Lyon is nice", "3"), ("Russia", "Kazan is nice", "2"))


@pytest.mark.parametrize(("measure", "claimed", "first"), [("{max: n}", "9", "9"), ("{min: n}", "1", "1")])
def test_an_extreme_shows_the_rows_at_that_end(tmp_path: Path, measure: str, claimed: str, first: str) -> None:
    desk = Desk(tmp_path, head=["town", "n"], rows=[["a", "5"], ["b", "1"], ["c", "9"]], unit="town")
    desk.claim(measure, claimed)
    assert column(desk.sample(1), "n") == [first]


COUNTED = [
    ("{share: c = 'x', among: n > 1}", "half", {"2", "4"}),
    ("{count: rows, that: c = 'x'}", "3", {"1", "2", "4"}),
    ("{count: distinct c}", "2", {"1", "2", "3", "4", "5"}),
    ("{count: distinct n, that: c = 'y'}", "1", {"3", "5"}),
    ("{share: c = 'x', of: sum n}", "half", {"1", "2", "4"}),
    ("{sum: n}", "12", {"1", "2", "3", "4", "5"}),
    ("{mean: n, that: c = 'x'}", "2", {"1", "2", "4"}),
    ("{median: n}", "2", {"1", "2", "3", "4", "5"}),
    ("{rank: x, by: c}", "1", {"1", "2", "4"}),
    ("{top: 1, by: c}", "x", {"1", "2", "4"}),
    ("{composition: c}", "{x: 50%, y: 30%}", {"1", "2", "3", "4", "5"}),
    ("{first: day, that: c = 'y'}", "2020-01-03", {"3", "5"}),
    ("{value: n, among: k = 4}", "4", {"4"}),
    ("{ratio: {count: rows, that: c = 'x'}, to: {count: rows, that: c = 'y'}}", "1.5", {"1", "2", "4"}),
    ("{per: c, of: {count: rows}, take: max}", "3", {"1", "2", "3", "4", "5"}),
]  # fmt: skip
TABLE = [
    ["1", "x", "1", "2020-01-01"], ["2", "x", "2", "2020-01-02"], ["3", "y", "2", "2020-01-03"],
    ["4", "x", "4", "2020-01-04"], ["5", "y", "3", "2020-01-05"], ["6", "", "", "2020-01-06"],
]  # fmt: skip


@pytest.mark.parametrize(("measure", "claimed", "keys"), COUNTED)
def test_the_rows_are_those_that_the_measure_counts(tmp_path: Path, measure: str, claimed: str, keys: set[str]) -> None:
    desk = Desk(tmp_path, head=["k", "c", "n", "day"], rows=TABLE, unit="town", key="k")
    desk.claim(measure, claimed)
    verdict = desk.run(100)["one"]  # type: ignore[index]
    assert verdict.error is None
    assert set(column(verdict.examples[0], "k")) == keys
    assert verdict.examples[0].choice == "all"


def test_two_sides_are_told_apart_by_their_conditions(tmp_path: Path) -> None:
    desk = Desk(tmp_path, head=["k", "c", "n", "day"], rows=TABLE, unit="town", key="k")
    desk.claim("{difference: {count: rows, that: c = 'x'}, minus: {count: rows, that: c = 'y'}}", "1")
    words = [view.words for view in examples(desk.run(2)["one"])]  # type: ignore[index]
    assert "c = 'x'" in words[0]
    assert words[1].startswith("The 2 rows that count where `c = 'y'`")


def test_groups_are_told_apart_by_their_names(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    measures = "".join(f"      - {{measure: {{rank: {name}, by: country}}}}\n" for name in ("Russia", "France"))
    (tmp_path / "claims" / "posts.yaml").write_text(
        "claims:\n  - id: one\n    statement: A claim.\n    dataset: posts\n    claimed: at most 2\n    checks:\n" + measures,
        encoding="utf-8",
    )
    views = examples(desk.run()["one"])  # type: ignore[index]
    for view, name in zip(views, ("Russia", "France"), strict=True):
        assert f"where `country = '{name}'`" in view.words
    assert "is null" not in " ".join(view.words for view in views)


def test_rows_are_the_same_whatever_the_threads(tmp_path: Path) -> None:
    rows = [[str(i), f"author{i % 997}", "Russia" if i % 7 else "France"] for i in range(60_000)]
    desk = Desk(tmp_path, head=["tweet_id", "author", "country"], rows=rows)
    found = [desk.sample(threads=threads, accounts=True) for threads in (1, 2, 4, 2)]
    assert all(one == found[0] for one in found)
    assert column(found[0], "author") == [f"author{i}" for i in range(1, 6)]


def test_what_goes_wrong_costs_no_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from factcheck.cases import evidence

    def broken(self: object, sql: str) -> list[tuple[object, ...]]:
        raise RuntimeError(sql)

    desk = Desk(tmp_path)
    outcome = desk.run(0)["one"].outcome  # type: ignore[index]
    monkeypatch.setattr(evidence.Evidence, "rows", broken)
    verdict = desk.run()["one"]  # type: ignore[index]
    assert verdict.outcome is outcome
    assert "failed" in examples(verdict)[0].words


def test_results_for_programs_do_not_change(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    none, some = (
        re.sub(r'"started": "[^"]*"', "", as_json(desk.run(rows)))  # type: ignore[arg-type]
        for rows in (0, 5)
    )
    assert none == some
    assert desk.run(0)["one"].examples == ()  # type: ignore[index]


def test_the_library_asks_in_the_same_words(tmp_path: Path) -> None:
    Desk(tmp_path)
    assert factcheck.check(project=tmp_path)["one"].examples == ()
    assert len(factcheck.check(project=tmp_path, rows=2)["one"].examples[0].rows) == 2
