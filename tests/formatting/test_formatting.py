"""Files brought into one layout say what they said, keep their comments, and stay as they are the second time."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.claims.meaning import meaning
from factcheck.claims.models import Appearance, Claim
from factcheck.claims.reading import read_text
from factcheck.errors import SpecError
from factcheck.formatting.formatting import formatted
from factcheck.formatting.shapes import APPEARANCE, CLAIM
from factcheck.text.nodes import to_python
from factcheck.text.yaml import parse

ROOT = Path(__file__).parents[2]
WRITTEN = [*sorted(ROOT.glob("claims/*.yaml")), *sorted(ROOT.glob("evidence/*.yaml")), ROOT / "factcheck.yaml"]
SHORT = [path for path in WRITTEN if path.stat().st_size < 5_000]


def laid(text: str, name: str = "claims/a.yaml") -> str:
    """A text in the usual layout, which formatting leaves alone."""
    new = formatted(textwrap.dedent(text).encode(), name)
    assert formatted(new.encode(), name) == new
    return new


def claims(*lines: str) -> str:
    return "claims:\n" + "".join(f"  {line}\n" for line in lines)


def test_keys_take_the_order_of_the_language_and_their_comments_along() -> None:
    text = """\
    # the head
    claims:
      - claimed: 64%   # as he said
        # which statistic
        measure: {among: country is not null, share: country = 'Russia'}
        statement: 64% came from Russia.
        id: russia
        # nobody has looked at it
        review: {status: draft}
      - id: total
        # 2,504 in the first edition
        claimed: 2,500
        measure:
          that: a = 1
          count: rows
        statement: There were 2,500.
    title: An article
    """
    assert laid(text) == textwrap.dedent("""\
    # the head
    title: An article
    claims:
      - id: russia
        statement: 64% came from Russia.
        # which statistic
        measure: {share: country = 'Russia', among: country is not null}
        claimed: 64%   # as he said
        # nobody has looked at it
        review: {status: draft}

      - id: total
        statement: There were 2,500.
        measure:
          count: rows
          that: a = 1
        # 2,504 in the first edition
        claimed: 2,500
    """)


def test_a_key_that_the_language_does_not_have_stays_behind_the_one_before_it() -> None:
    text = claims("- {id: a, tolerence: 3 points, claimed: 1, measure: {count: rows}, statement: S.}")
    assert laid(text) == claims("- {id: a, tolerence: 3 points, statement: S., measure: {count: rows}, claimed: 1}")


def test_manifests_and_the_configuration_have_an_order_too() -> None:
    text = """\
    datasets:
      posts:
        columns: {b: {unit: likes, from: x.b}, a: {type: text}}
        files: posts.csv
    """
    assert laid(text) == (
        "datasets:\n  posts:\n    files: posts.csv\n    columns: {b: {from: x.b, unit: likes}, a: {type: text}}\n"
    )
    assert laid("rating: five-point\ntitle: T\n", "factcheck.yaml") == "title: T\nrating: five-point\n"


@pytest.mark.parametrize(
    "value",
    [
        "NO", "no", "on", "1_000", "012", "12:30", "1e3", "0x1F", "2018-05-10", "2018-05-10 00:05", "2,504", "~", "64%", ".5",
        "'no'", '"012"', "'64%'", '"a: b"', "'it''s'", r'"tab\t"', "C:\\dir", "a#b", "a:b", "'@x'", "'- 1'", "",
    ],
)  # fmt: skip
def test_no_value_is_read_anew(value: str) -> None:
    inside = "'2,504'" if value == "2,504" else value or "null"
    new = laid(claims("- id: a", f"  claimed:   {value}", f"  params: {{x:  {inside},y: 1}}"))
    assert f"    claimed: {value}".rstrip() + "\n" in new
    assert f"{{x: {inside}, y: 1}}" in new


def test_texts_of_several_lines_keep_their_lines() -> None:
    text = """\
    claims:
    - id: a
      statement: The first line,
       and the second.
      quote: >-
          folded
            more

          end
      notes:
      - |
        kept
         as it is
      - "quoted
          over lines"
      alternatives:
        A text that begins
        on its own line.
    """
    assert laid(text) == textwrap.dedent("""\
    claims:
      - id: a
        statement: The first line,
          and the second.
        quote: >-
          folded
            more

          end
        alternatives:
          A text that begins
          on its own line.
        notes:
          - |
            kept
             as it is
          - "quoted
            over lines"
    """)


def test_blank_lines_that_belong_to_a_text_are_kept_or_the_file_is() -> None:
    text = claims("- id: a", "  quote: |+", "    kept", "", "", "  claimed: 1")
    assert laid(text).split("kept")[1] == "\n\n\n    claimed: 1\n"
    last = claims("- quote: |+", "    kept", "", "  id: a", "- id: b", "  claimed: 1")  # a blank line would follow it
    with pytest.raises(SpecError, match="it would not say the same"):
        formatted(last.encode(), "claims/a.yaml")


def test_brackets_that_are_too_wide_are_opened_and_those_that_were_broken_stay() -> None:
    wide = ", ".join(f"column_{number}" for number in range(14))
    text = claims(
        "- id: a",
        f"  measure: {{per: [{wide}], take: max}}",
        "  params: {one: 1,",
        "    two: 2}   # two lines",
    )
    assert laid(text) == claims(
        "- id: a",
        "  measure:",
        "    per:",
        *(f"      - column_{number}" for number in range(14)),
        "    take: max",
        "  params: {one: 1,",
        "    two: 2}   # two lines",
    )


def test_anchors_stay_before_their_aliases() -> None:
    text = claims(
        "- id: a",
        "  response: &who The desk",
        "  claimant: *who",
        "  appearance: &where",
        "    publisher: X",
        "- {appearance: *where, id: b}",
    )
    assert laid(text) == claims(
        "- id: a",
        "  response: &who The desk",
        "  claimant: *who",
        "  appearance: &where",
        "    publisher: X",
        "",
        "- {id: b, appearance: *where}",
    ).replace("\n  \n", "\n\n")


def test_every_field_has_its_place() -> None:
    for model, order in ((Claim, CLAIM), (Appearance, APPEARANCE)):
        assert {spec.alias or name for name, spec in model.model_fields.items()} == {*order}


def test_line_ends_marks_of_order_and_tabs() -> None:
    new = formatted(b"\xef\xbb\xbfclaims:\r\n- id:\ta\t# b\r\n  claimed: 1\t\r\n\r\n\r\n", "a.yaml")
    assert new == "claims:\n  - id: a # b\n    claimed: 1\n"


def test_comments_between_begin_where_their_neighbours_do() -> None:
    text = """\
    claims:
        # above the first
        - id: a
              # deep
          claimed: 1
          # of a
        # of b
        - id: b
    # the end
    """
    assert laid(text) == textwrap.dedent("""\
    claims:
      # above the first
      - id: a
        # deep
        claimed: 1
        # of a

      # of b
      - id: b
    # the end
    """)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("claims:\n- id: a\n  id: b\n", "key 'id' occurs twice"),
        ("claims:\n\t- id: a\n", "a tab stands where YAML takes only spaces"),
        ("a: &x [*x]\n", "refers to itself"),
        ("a: 1\n---\nb: 2\n", "a second document begins here"),
        ("a: !x 1\n", "tags"),
        ("a: \ue000\n# \ue000\n", "a comment holds a character for private use"),
    ],
)
def test_what_the_reader_refuses_is_refused_with_its_words(text: str, words: str) -> None:
    with pytest.raises(SpecError, match=words.replace("(", r"\(")):
        formatted(text.encode(), "claims/a.yaml")


def test_what_is_empty_stays() -> None:
    assert formatted(b"", "a.yaml") == ""
    assert formatted(b"# nothing yet\n", "a.yaml") == "# nothing yet\n"


@pytest.mark.parametrize("path", SHORT, ids=lambda path: path.name + ("-manifest" if "evidence" in path.parts else ""))
def test_worked_examples_mean_what_they_meant(path: Path) -> None:
    old = path.read_text(encoding="utf-8")
    new = laid(old, path.name)
    before, after = ([(found.id, meaning(found)) for found in read_text(text, path.name)[0]] for text in (old, new))
    assert before == after
    assert sorted(line.strip() for line in old.splitlines() if line.strip().startswith("#")) == sorted(
        line.strip() for line in new.splitlines() if line.strip().startswith("#")
    )


# Texts that a person might write for a value, in every style of YAML, and comments at every place.
PLAIN = st.sampled_from(["64%", "NO", "012", "a b", "more than 10", "2018-05-10", "x = 'y'", "null", "ä ß – ‘’", "🙂 ok"])
QUOTED = st.sampled_from(["'a: b'", '"# x"', "'it''s'", r'"\u00e9\n"', "''", '"{a: 1}"'])
SCALARS = PLAIN | QUOTED
COMMENTS = st.sampled_from(["", "", "", "  # why", " # 'quoted: \"x\"", "\t# tab"])
ABOVE = st.sampled_from(["", "", "", "# above", "#tight", "    # deep", "\n# apart\n"])
KEYS = st.lists(
    st.sampled_from(["id", "statement", "claimed", "where", "measure", "notes", "tags", "unknown key", "vary", "params"]),
    unique=True, min_size=1, max_size=6,
)  # fmt: skip


@st.composite
def values(draw: st.DrawFn, indent: int) -> str:
    kind = draw(st.sampled_from(["scalar", "scalar", "scalar", "flow", "block", "list", "literal", "folded", "broken", "empty"]))
    pad = " " * (indent + draw(st.integers(1, 4)))
    one, two = draw(SCALARS), draw(SCALARS)
    comment = draw(COMMENTS)
    return {
        "scalar": f" {one}{comment}",
        "flow": f" {{share:  {two},among: {one}}}{comment}",
        "block": f"{comment}\n{pad}count: {one}\n{pad}among: {two}",
        "list": f"{comment}\n{pad}- {one}\n{pad}-   {two}{comment}",
        "literal": f" |\n{pad}{one}\n\n{pad}  {two}",
        "folded": f" plain text\n{pad}goes on\n\n{pad}and on",
        "broken": f" [{one}, # in here\n{pad}{two}]{comment}",
        "empty": comment,
    }[kind]


@st.composite
def files(draw: st.DrawFn) -> str:
    claim = []
    for _ in range(draw(st.integers(1, 3))):
        lines = []
        for place, key in enumerate(draw(KEYS)):
            above = draw(ABOVE) if place else ""
            lines.append((f"{above}\n" if above else "") + ("- " if not place else "  ") + f"{key}:{draw(values(2))}")
        claim.append("\n".join(lines))
    head = draw(st.sampled_from(["", "title: T\n", "# head\n\n", "---\n"]))
    return f"{head}claims:\n" + draw(st.sampled_from(["\n", "\n\n\n", "\n# between\n"])).join(claim) + "\n"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files())
def test_whatever_is_written_means_the_same_and_stays_the_second_time(text: str) -> None:
    node, problems = parse(text, "claims/a.yaml")
    if problems or node is None:
        with pytest.raises(SpecError):
            formatted(text.encode(), "claims/a.yaml")
        return
    new = formatted(text.encode(), "claims/a.yaml")
    again, _ = parse(new, "claims/a.yaml")
    assert again is not None
    assert to_python(again) == to_python(node)
    assert formatted(new.encode(), "claims/a.yaml") == new


def test_the_manual_shows_what_comes_out() -> None:
    page = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
    before, after = (block.split("```")[0] for block in page.split('```yaml title="claims/likes.yaml"\n')[1:])
    assert formatted(before.encode(), "claims/likes.yaml") == after
