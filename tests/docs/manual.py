"""The pages of the manual as tests see them: their fences, and the scratch projects that their examples run in."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from click.testing import CliRunner
from markdown_it import MarkdownIt

from factcheck.cli import main

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(path.relative_to(DOCS).as_posix() for form in ("*.md", "howto/*.md") for path in DOCS.glob(form))
CORRECTED = ("rechecking.md", "howto/correction.md")
# Pages that end in a package of one's own: `test_docs_extending` follows each of them, from an empty folder on.
EXTENDING = tuple(f"howto/writing-{what}.md" for what in ("a-measure", "a-format", "an-engine"))
FOLLOWED = [page for page in PAGES if page not in EXTENDING]
PARTS = ("claim", "claims", "dataset", "datasets", "config")


@dataclass(frozen=True)
class Fence:
    """A fenced block: its language, the words behind it, its text, its page and line."""

    page: str
    line: int
    language: str
    words: str
    text: str

    def option(self, name: str) -> str | None:
        """`title="x"` gives x, `wrong` gives the empty text, None where it is absent."""
        found = re.search(rf'(?<!\S){name}(?:="?([^"\s]*)"?)?(?!\S)', self.words)
        return None if found is None else found[1] or ""

    @property
    def place(self) -> str:
        return f"docs/{self.page}:{self.line}"


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def fences(page: str) -> list[Fence]:
    tokens = MarkdownIt().parse(text_of(page))
    return [
        Fence(page, token.map[0] + 1, *_split(token.info), token.content)
        for token in tokens
        if token.type == "fence" and token.map
    ]


def _split(info: str) -> tuple[str, str]:
    language, _, words = info.strip().partition(" ")
    return language, words


def scratch(folder: Path, page: str) -> Path:
    """A project like the one that a page speaks of: the example's data; for the tutorial two folders and one table."""
    root = folder / "project"
    if page == "tutorial.md":
        for name in ("claims", "evidence"):
            (root / name).mkdir(parents=True)
        shutil.copy(DOCS / "tutorial" / "elements-by-episode.csv", root / "evidence")
        return root
    shutil.copytree(DOCS / ("corrections" if page in CORRECTED else "example"), root)
    return root


def save(fence: Fence, root: Path) -> None:
    """Writes a block with a title to the file that it names; a block of `diff` changes what stands there."""
    path = root / str(fence.option("title"))
    path.parent.mkdir(parents=True, exist_ok=True)
    text = changed(path.read_text(encoding="utf-8"), fence) if fence.language == "diff" else fence.text
    path.write_text(text, encoding="utf-8")


def changed(text: str, fence: Fence) -> str:
    """A text with the lines of a diff that begin with - or a space replaced by those that begin with + or a space."""
    lines = fence.text.splitlines(keepends=True)
    assert all(line[0] in " +-" for line in lines), fence.place
    before, after = ("".join(line[1:] for line in lines if line[0] in " " + sign) for sign in "-+")
    assert text.count(before) == 1, f"{fence.place}: what it changes stands there {text.count(before)} times"
    return text.replace(before, after)


@dataclass(frozen=True)
class Command:
    """A command of a console block, and the output that stands below it."""

    line: str
    output: str


def commands(fence: Fence) -> Iterator[Command]:
    for part in re.split(r"^\$ ", fence.text, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        yield Command(line.strip(), output.rstrip("\n"))


@contextmanager
def within(folder: Path) -> Iterator[None]:
    """In this folder, with a terminal of 80 columns."""
    before, columns = Path.cwd(), os.environ.get("COLUMNS")
    os.chdir(folder)
    os.environ["COLUMNS"] = "80"
    try:
        yield
    finally:
        os.chdir(before)
        if columns is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = columns


def run(line: str) -> tuple[str, int]:
    """What a `factcheck …` line prints, as a terminal shows it, and its exit code; `cp FROM TO` copies a file."""
    program, *arguments = shlex.split(line)
    if program == "cp":
        shutil.copyfile(*arguments)
        return "", 0
    assert program == "factcheck", f"a console block runs only factcheck, cd and cp, not {program}"
    done = CliRunner().invoke(main, arguments, prog_name="factcheck")
    return "\n".join(part.rstrip() for part in done.output.rstrip("\n").split("\n")), done.exit_code


def agrees(shown: str, printed: str) -> bool:
    """Whether the page shows what was printed; a line with only … stands for any lines, … in a line for any words."""
    pattern = ""
    for line in shown.split("\n"):
        if line == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(map(re.escape, line.split("…"))) + r"\n"
    return re.fullmatch(pattern, printed + "\n") is not None


def completed(fence: Fence, dataset: str = "posts") -> str:
    """The claim file or manifest around a block that is marked as a part of one."""
    part, text = fence.option("part"), fence.text
    if part == "claims":
        return f"defaults: {{dataset: {dataset}}}\nclaims:\n" + _indented(text, 2)
    if part == "datasets":
        return "datasets:\n" + _indented(text, 2)
    if part == "dataset":
        return f"datasets:\n  example:\n{_indented(_origin(text), 4)}"
    if part == "claim":
        return "claims:\n  - id: example\n" + _indented(_missing(text, dataset) + text, 4)
    return text


def _origin(text: str) -> str:
    given = yaml.safe_load(text)
    return text if {"files", "query", "connection"} & set(given) else "files: example.csv\n" + text


def _missing(text: str, dataset: str) -> str:
    """The fields that make a claim whole, where a block leaves them out."""
    given = yaml.load(text, Loader=yaml.BaseLoader)
    lines = {"statement": "What is claimed.", "dataset": dataset}
    if not {"unverifiable", "checks"} & set(given):
        lines |= {"measure": "{count: rows}", "claimed": "12"}
    return "".join(f"{key}: {value}\n" for key, value in lines.items() if key not in given)


def _indented(text: str, by: int) -> str:
    return "".join(" " * by + line if line.strip() else line for line in text.splitlines(keepends=True))
