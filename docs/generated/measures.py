"""The pages of the measures: docstring and companions, as the program has them."""

from __future__ import annotations

import inspect
import os
import re
from functools import cache
from pathlib import Path

import yaml
from click.testing import CliRunner

from factcheck.claims.figures.quantity import EXAMPLES, NAMES, Quantity
from factcheck.cli import main
from factcheck.measures import KINDS
from factcheck.measures.form import Form
from generated.fields import _choices
from generated.markdown import code, flow, table

EXAMPLE = Path(__file__).parents[1] / "example"
FILE = "claims/measures.yaml"

# What is claimed of a kind whose value depends on what is measured.
DEPENDS = {
    "mean": (Quantity.NUMBER,),
    "median": (Quantity.NUMBER,),
    "quantile": (Quantity.NUMBER,),
    "min": (Quantity.NUMBER, Quantity.DATE),
    "max": (Quantity.NUMBER, Quantity.DATE),
    "value": (Quantity.NUMBER, Quantity.LABEL),
    "difference": (Quantity.DIFFERENCE, Quantity.POINTS),
    "top": (Quantity.SET, Quantity.LABEL),
    "per": (Quantity.NUMBER, Quantity.PROPORTION),
    "overlap": (Quantity.PROPORTION, Quantity.COUNT),
    "network": (Quantity.COUNT, Quantity.PROPORTION, Quantity.NUMBER, Quantity.CORRELATION),
    "cascade": (Quantity.PROPORTION, Quantity.COUNT),
    "coordination": (Quantity.PROPORTION, Quantity.COUNT),
    "sql": (Quantity.NUMBER, Quantity.PROPORTION),
}


def overview() -> str:
    """One line a kind."""
    rows = [
        [f"[`{kind}`](measures.md#{kind})", _sentence(form), ", ".join(NAMES[q] for q in _quantities(kind, form))]
        for kind, form in KINDS.items()
    ]
    return table(["kind", "what it measures", "what is claimed"], rows)


def pages() -> str:
    """A section a kind."""
    return "\n\n".join(_page(kind, form) for kind, form in KINDS.items())


def _page(kind: str, form: type[Form]) -> str:
    text = inspect.cleandoc(form.__doc__ or "")
    return f"## {kind}\n\n{text}\n\n{_companions(form)}\n\nClaimed as: {_claimed(kind, form)}.\n\n{_worked(kind)}"


def _worked(kind: str) -> str:
    """A claim of this kind over the example's data, and what came out. KeyError for a kind without one."""
    outcome, told = verdicts()[kind]
    return f'```yaml part="claims" gives="{outcome}"\n{claims()[kind]}```\n\nThis is **{outcome}**: {told}.'


@cache
def claims() -> dict[str, str]:
    """The claims of the example as they are written, by id."""
    text = EXAMPLE.joinpath(FILE).read_text(encoding="utf-8")
    tree = yaml.compose(text)
    assert isinstance(tree, yaml.MappingNode)  # the file is ours
    (items,) = (value for key, value in tree.value if key.value == "claims")
    starts = [item.start_mark.line for item in items.value]
    lines = text.splitlines()
    written = {}
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        block = "\n".join(line.removeprefix("  ") for line in lines[start:end]).strip()
        written[str(yaml.safe_load(block)[0]["id"])] = block + "\n"
    return written


@cache
def verdicts() -> dict[str, tuple[str, str]]:
    """By id, the outcome, and claimed and found as the command prints them."""
    arguments = ["check", FILE, "--quiet", "--no-color"]
    before = Path.cwd()
    os.chdir(EXAMPLE)
    try:
        done = CliRunner(env={"COLUMNS": "80"}).invoke(main, arguments)
    finally:
        os.chdir(before)
    if done.exit_code:
        raise RuntimeError(done.output)
    entry = re.compile(r"^. (\w+) +(\S+)\n.*?(claimed .*?); confidence", re.MULTILINE | re.DOTALL)
    return {name: (outcome, " ".join(told.split())) for outcome, name, told in entry.findall(done.output)}


def _sentence(form: type[Form]) -> str:
    text = " ".join(inspect.cleandoc(form.__doc__ or "").split("\n\n")[0].split())
    return text.split(". ")[0].rstrip(".") + "."


def _companions(form: type[Form]) -> str:
    rows = []
    for name, field in form.model_fields.items():
        choices = _choices(field.annotation)
        words = field.description or ""
        words += f" One of {', '.join(map(code, choices))}." if choices else ""
        default = "required" if field.is_required() else "–" if field.default is None else code(flow(field.default))
        examples = ", ".join(code(flow(example)) for example in field.examples or [])
        rows.append([code(field.alias or name), words.strip() or "–", examples or "–", default])
    return table(["key", "meaning", "example", "default"], rows)


def _quantities(kind: str, form: type[Form]) -> tuple[Quantity, ...]:
    """KeyError for a kind of which nobody has said what is claimed."""
    if kind in DEPENDS:
        return DEPENDS[kind]
    return (form.reads,) if form.reads is not None else DEPENDS[kind]


def _claimed(kind: str, form: type[Form]) -> str:
    return "; ".join(
        f"{NAMES[quantity]} – {', '.join(code(text) for text in form.figures or EXAMPLES[quantity])}"
        for quantity in _quantities(kind, form)
    )
