"""The table of results in README.md, made from results.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from benchmarks.drafts.sentences import FOLDER

RESULTS = FOLDER / "results.json"
PAGE = FOLDER / "README.md"
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
_NAMES = {
    "developing": "developing half",
    "set-aside": "half set aside",
    "second": "second set",
    "third-developing": "third lot, developing half",
    "third": "third lot, the other half",
    "fourth": "fourth set",
    "published": "published sentences, the table named",
    "published without the table": "published sentences, no table named",
}

Results = Mapping[str, Mapping[str, Any]]


def keep(name: str, result: Mapping[str, object]) -> None:
    """Puts the result of a set beside those of the others."""
    kept = _kept()
    kept[name] = result
    text = json.dumps({key: kept[key] for key in (*_NAMES, "time") if key in kept}, indent=1, ensure_ascii=False)
    RESULTS.write_text(text + "\n", "utf-8")


def draw() -> None:
    """Writes the tables into the page, between its two marks."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables(_kept())}\n\n{END}{after}", "utf-8")


def tables(results: Results) -> str:
    """The table of sets, and one of the kinds of sentences for each of them."""
    sets = {name: results[name] for name in _NAMES if name in results}
    head = (
        "| sentences | n | right first | right among three | right first but for the figure | wrongly confident |"
        " wrongly refused | measured |\n|---|---|---|---|---|---|---|---|"
    )
    lines = [head]
    for name, result in sets.items():
        lines.append(f"| **{_NAMES[name]}** | {_row(result['whole'])} | {result['date']}, `{result['commit']}` |")
        lines.append(f"| – that can be checked | {_row(result['checkable'])} | |")
        if result["uncheckable"]["sentences"]:
            lines.append(f"| – that cannot | {_row(result['uncheckable'])} | |")
    lines += ["", *(_kinds(_NAMES[name], result) for name, result in sets.items())]
    return "\n".join([*lines, _time(results["time"])] if "time" in results else lines).rstrip()


def _time(told: Mapping[str, Any]) -> str:
    first, again = told["first"], told["again"]
    return (
        f"One sentence over {told['rows']:,} rows of CSV, the whole command: "
        f"{first['clock']} s when the table is read for the first time "
        f"({first['processor']} s of processor time), {again['clock']} s ({again['processor']} s) after that; "
        f"{told['megabytes']} MB at most ({told['date']}, `{told['commit']}`)."
    )


def _kinds(name: str, result: Mapping[str, Any]) -> str:
    found = sorted(result["kinds"].items(), key=lambda item: (-item[1]["sentences"], item[0]))
    told = ", ".join(f"{kind} {t['first']}/{t['among_three']} of {t['sentences']}" for kind, t in found)
    return f"Of the {name}, by kind (right first / among three): {told}.\n"


def _row(tally: Mapping[str, int]) -> str:
    n = tally["sentences"]
    parts = [str(n)]
    for key in ("first", "among_three", "first_but_figure", "wrongly_confident", "wrongly_refused"):
        parts.append(f"{tally[key]} ({100 * tally[key] / n:.0f}%)" if n else "–")
    return " | ".join(parts)


def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    return kept
