"""How often a draft is the claim that a sentence makes.

    python -m benchmarks.drafts [--set developing|set-aside|second|published]… [--show wrong|all] [--no-table] [--page]
    python -m benchmarks.drafts --time

`--no-table` keeps from drafting which table the user would name. `--page` keeps the result and writes it into
README.md. `--time` drafts from one sentence over a million generated rows, the whole command in a process of its own.
"""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from benchmarks.drafts import page, projects, timing
from benchmarks.drafts.drafting import drafts
from benchmarks.drafts.scoring import Scored, Tally, score, tally
from benchmarks.drafts.sentences import FOLDER, SETS, read


def main() -> None:
    options = _arguments()
    if options.time:
        _keep("time", timing.measure(), options.page)
    for name in options.set or ([] if options.time else ["developing", "published"]):
        try:
            scores = run(name, options.no_table)
        except projects.NoData as missing:
            print(f"{name}: left out, {missing}")
            continue
        for scored in scores:
            _show(scored, options.show)
        result = tally(scores)
        _say(f"{name}", result.whole)
        _say("  can be checked", result.checkable)
        _say("  cannot", result.uncheckable)
        for kind, one in sorted(result.kinds.items()):
            _say(f"  {kind}", one)
        _keep(f"{name} without the table" if options.no_table else name, result.as_json(), options.page)
    if options.page:
        page.draw()


def run(name: str, no_table: bool = False) -> list[Scored]:
    """Drafts from every sentence of a set, and scores what comes."""
    sentences = read(FOLDER / SETS[name])
    with projects.project(name) as root:
        return score(drafts(sentences, root, no_table), root)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", choices=sorted(SETS))
    parser.add_argument("--show", choices=("wrong", "all"))
    parser.add_argument("--no-table", action="store_true")
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--time", action="store_true")
    return parser.parse_args()


def _show(scored: Scored, which: str | None) -> None:
    if which is None or (which == "wrong" and scored.first):
        return
    mark = "first" if scored.first else f"{scored.place}." if scored.place else "wrong"
    mark += ", confident" if scored.wrongly_confident else ", refused" if scored.wrongly_refused else ""
    mark += ", right but for the figure" if not scored.first and scored.place_but_figure == 1 else ""
    print(f"[{mark}] {scored.sentence.id}: {scored.sentence.text}")
    for place, claim in enumerate(scored.drafted.candidates[:3], 1):
        told = {key: claim[key] for key in ("dataset", "where", "measure", "claimed") if key in claim}
        print(f"    {place}. {told}")
    if scored.drafted.refusal is not None:
        print(f"    {scored.drafted.refusal}: {scored.drafted.reason}")


def _say(name: str, one: Tally) -> None:
    if one.sentences:
        parts = ((key.replace("_", " "), value) for key, value in vars(one).items() if key != "sentences")
        told = ", ".join(f"{key} {value} ({100 * value / one.sentences:.0f}%)" for key, value in parts)
        print(f"{name}: {one.sentences} sentences; {told}")


def _keep(name: str, result: Mapping[str, object], wanted: bool) -> None:
    if wanted:
        page.keep(name, {"date": date.today().isoformat(), "commit": _commit(), **result})


def _commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=Path(__file__).parent, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
