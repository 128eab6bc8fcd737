"""YAML that is large, hostile or odd: a clear error at once, or the claim as it was meant."""

from __future__ import annotations

import time

import pytest

from bad_input.desk import Desk

COUNT = "measure: {count: rows}"
HEAD = "claims:\n  - id: one\n    statement: x\n    dataset: posts\n    claimed: 4\n"


def bomb() -> str:
    """A billion laughs: nine levels, each ten times the one before."""
    levels = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    levels += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    return "\n".join(levels) + "\n" + HEAD


HOSTILE = {
    "ten megabytes": (HEAD + "    notes: " + "x" * 10_000_000 + "\n", "has 10.0 MB, the limit is 4 MB"),
    "an alias bomb": (bomb(), "aliases repeat more than 100,000 values"),
    "an alias to itself": ("claims: &a [*a]\n", "*a refers to itself"),
    "an alias to nothing": (HEAD + "    notes: *none\n", "*none refers to nothing"),
    "deep lists": (
        HEAD + "    params: {a: " + "[" * 5000 + "]" * 5000 + "}\n",
        "more than 50 levels inside one another",
    ),
    "a deep block": ("".join("  " * i + "a:\n" for i in range(200)), "more than 50 levels inside one another"),
    "many values": ("x: [" + "1," * 300_000 + "1]\n", "more than 250,000 values"),
    "a tab": ("claims:\n\t- id: one\n", "tab"),
    "a tag": (
        HEAD + "    notes: !!python/object/apply:os.system [id]\n",
        "tags (words that begin with !) are not read",
    ),
    "two documents": (HEAD + "---\nclaims: []\n", "a second document begins here"),
    "a merge key": (HEAD + "    <<: {claimed: 5}\n", "merge keys (<<) are not read"),
    "a key twice": (HEAD + "    claimed: 5\n", "key 'claimed' occurs twice"),
    "a comma in a figure": ("claims:\n  - {id: one, statement: x, dataset: posts, claimed: 2,504}\n", "'2,504'"),
    "a swallowed tag": (HEAD + "    notes: the tag #Viva was used\n", "the text ends before this #"),
    "a colon": (HEAD + "    notes: he said: so it is\n", "claims/one.yaml:6:"),
    "an open quote": (HEAD + "    notes: 'never closed\n", "claims/one.yaml:6:"),
    "an open bracket": (HEAD + "    measure: {count: rows\n", "claims/one.yaml:"),
    "a list at the head": ("- id: one\n", "expected 'claims:' above this list"),
    "a word": ("hello\n", "claims/one.yaml:1:1: "),
    "nothing": ("", "claims/one.yaml"),
    "a control character": (HEAD + "    notes: a\x07b\n", "an invisible control character (U+0007)"),
    "an empty measure": (HEAD + "    measure: {}\n", "claims/one.yaml:6:"),
    "an empty id": (HEAD.replace("one", "''") + "    measure: {count: rows}\n", "claims/one.yaml:2:9: "),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_cannot_be_read(desk: Desk, what: str) -> None:
    text, said = HOSTILE[what]
    desk.write("claims/one.yaml", text)
    started = time.monotonic()
    error = desk.refused()
    assert time.monotonic() - started < 10
    assert said in error
    assert len(error) < 20_000


def test_bytes_that_are_no_utf_8(desk: Desk) -> None:
    desk.write("claims/one.yaml", (HEAD + "    notes: Málaga\n").encode("latin-1"))
    said = desk.refused()
    assert "claims/one.yaml:6:13: byte 0xE1 is not UTF-8" in said
    assert "save the file as UTF-8" in said
    desk.write("claims/one.yaml", HEAD.encode("utf-16"))
    assert "the file is UTF-16, not UTF-8" in desk.refused()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
        lambda text: (text + "\n\n# the end 😀\n").encode(),
        lambda text: text.replace(
            "statement: Something is claimed.", "statement: «Что-то» 😀 👩‍👩‍👧 is\tclaimed"
        ).encode(),
    ],
)
def test_as_other_programs_save_it(desk: Desk, change: object) -> None:
    text = desk.claim(COUNT).read_text()
    desk.write("claims/one.yaml", change(text))  # type: ignore[operator]  # a function of the text
    assert desk.one()["estimate"] == 4


def test_places_are_right_whatever_stands_before(desk: Desk) -> None:
    text = "\ufeffclaims:\r\n  - id: one\r\n    statement: 😀 Ж\r\n    tolerence: 3\r\n"
    desk.write("claims/one.yaml", text)
    assert "claims/one.yaml:4:5: unknown key 'tolerence'" in desk.refused()
    desk.write("claims/one.yaml", HEAD + "    measure: {share: \"country = '😀' and contry = 'x'\"}\n")
    assert "claims/one.yaml:6:41: no column 'contry'" in desk.refused()


def test_words_that_other_readers_take_for_values(desk: Desk) -> None:
    desk.write("evidence/posts.csv", "id,country,code\n1,NO,010\n2,yes,12:30\n3,on,1e3\n4,NO,010\n")
    done = desk.check("params: {c: NO, d: 010}\nmeasure: {count: rows, that: 'country = :c and code = :d'}\nclaimed: 2")
    (claim,) = done.claims().values()
    assert claim["estimate"] == 2


@pytest.mark.parametrize("name", ["evidence/posts.yaml", "factcheck.yaml"])
@pytest.mark.parametrize("what", ["an alias bomb", "ten megabytes", "a deep block", "a tab", "a word", "two documents"])
def test_manifests_and_configuration_too(desk: Desk, name: str, what: str) -> None:
    desk.claim(COUNT)
    desk.write(name, HOSTILE[what][0])
    assert name in desk.refused()
