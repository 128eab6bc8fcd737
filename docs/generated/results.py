"""The JSON results of the first project, as the program prints them."""

from __future__ import annotations

import json
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from factcheck.cli import main

NOW = "2026-11-21"
SHOWN = "beach"
COLUMNS = ("EPISODE", "BEACH", "GUEST")

RUN_KEYS = {
    "factcheck": "the version of the program",
    "schema": "the version of this form; it changes only when a key changes its meaning",
    "started": "when the run began, in UTC; `--now` sets it",
    "claims": "one object a claim, in the order of the files",
    "summary": "how many claims had each outcome",
    "changed": "claims that differ from the earlier results of `--against`: `id`, the outcomes `was` and `now` (null "
    "where the claim is new or gone), `because` (`claim` where the claim itself was changed, null where the reason is "
    "not certain)",
}
CLAIM_KEYS = {
    "id": "the claim's `id`",
    "statement": "its `statement`",
    "file": "the claim file, relative to the project",
    "line": "the line where the claim begins",
    "outcome": "`supported`, `close`, `refuted`, `inconclusive`, `unverifiable` or `error`",
    "direction": "`overstated` or `understated`, or null",
    "leaning": "`consistent` or `against`: what the estimate alone would say; null where only a bound is known",
    "confidence": "`high`, `moderate` or `low`; null for unverifiable and error",
    "rating": "the newsroom's word for the outcome",
    "claimed": "how the figure was read (see below)",
    "estimate": "a number, a text (label or date), a list (set) or a mapping (composition); proportions as fractions",
    "low": "the lower end of what the evidence allows; null where it has none",
    "high": "the upper end; null where it has none",
    "unit": "`proportion`, or what is counted or measured",
    "n": "the rows (or units) that the figure rests on",
    "missing": "how many of them have no known answer",
    "datasets": "the datasets used",
    "notes": "`domain`, `effect` (0, −1 or −2 on confidence) and `text` of each note",
    "checks": "the verdict on each of `checks`, in this same form",
    "variants": "the verdict on each variant of `vary`, in this same form, with `params` naming the choice",
    "error": "why the claim could not be evaluated, or null",
}
CLAIMED_KEYS = {
    "text": "the figure as written",
    "low": "the lower end of the values that make it true; null where it has none",
    "high": "the upper end; null where it has none",
    "low_open": "true where the lower end itself does not make it true",
    "high_open": "the same for the upper end",
    "values": "labels as a list, a period as `from` and `before`, a composition by name; null for plain figures",
    "reading": "the reading in words",
}


@cache
def run() -> dict[str, Any]:
    """The results of `factcheck init demo && factcheck check --format json`."""
    return _printed("check", "--now", NOW)


def _printed(*arguments: str) -> dict[str, Any]:
    """The JSON that a command prints in the project that `factcheck init` makes."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "demo")
        runner = CliRunner()
        made = runner.invoke(main, ["init", str(project)])
        done = runner.invoke(main, [*arguments, "--project", str(project), "--format", "json"])
    if made.exit_code or done.exit_code:
        raise RuntimeError(made.output + done.output)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def data() -> str:
    """What is known of the first project's dataset, with three of its columns, and the details of one."""
    found = _printed("data", "bob-ross")
    columns = [column for column in found["columns"] if column["name"] in COLUMNS]
    details = {name: found["details"][name] for name in COLUMNS[1:2]}
    return f"```json\n{_compact({**found, 'columns': columns, 'details': details})}\n```"


def _compact(found: dict[str, Any]) -> str:
    """JSON with every list of plain values on a line of its own."""
    text = json.dumps(found, ensure_ascii=False, indent=2)
    return re.sub(r"\[\s+([^][{}]*?)\s+\]", _on_one_line, text)


def _on_one_line(found: re.Match[str]) -> str:
    return "[" + re.sub(r",\s+", ", ", found[1]) + "]"


def check() -> str:
    """The whole object with one of its claims."""
    found = run()
    shown = {**found, "claims": [claim for claim in found["claims"] if claim["id"] == SHOWN]}
    return f"```json\n{json.dumps(shown, ensure_ascii=False, indent=2)}\n```"


def keys() -> str:
    """What each key means. KeyError for one that nobody has described."""
    from generated.markdown import code, table

    found = run()
    claim = found["claims"][0]
    parts = [
        ("Of the run:", RUN_KEYS, found),
        ("Of a claim:", CLAIM_KEYS, claim),
        ("Of `claimed`:", CLAIMED_KEYS, claim["claimed"]),
    ]
    return "\n\n".join(
        f"{title}\n\n{table(['key', 'meaning'], [[code(key), words[key]] for key in there])}"
        for title, words, there in parts
    )
