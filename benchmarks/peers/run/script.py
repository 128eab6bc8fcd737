"""Runs a user's Python file and takes the figures from what it leaves: `python script.py FILE PACKAGE…`.

`found` is a mapping of figures, `result` what Great Expectations gives, `plans` are plans of Pointblank that were
carried out.
"""

from __future__ import annotations

import importlib
import re
import runpy
import sys
from typing import Any

from told import Found, tell


def work() -> Found:
    left = runpy.run_path(sys.argv[1])
    if "result" in left:
        return expected(left["result"])
    if "plans" in left:
        return planned(left["plans"])
    return {"figures": dict(left["found"]), "statements": 1 if "scan_parquet" in _text() else None}


def _text() -> str:
    with open(sys.argv[1], encoding="utf-8") as file:
        return file.read()


def expected(result: Any) -> Found:
    """Figures of a suite: a share is that of the values that are there."""
    figures, passed, said, missing = {}, {}, [], {}
    for one in result.results:
        name = one.expectation_config.notes
        raised = [told for told in _exceptions(one.exception_info) if told]
        said += raised
        passed[name] = one.success
        figures[name] = None if raised else _figure(one.result)
        missing[name] = one.result.get("missing_count")
    return {"figures": figures, "passed": passed, "said": said, "missing": missing, "statements": None}


def _exceptions(info: dict[str, Any]) -> list[str]:
    if "raised_exception" in info:
        info = {"": info}
    return [str(one["exception_message"]) for one in info.values() if one.get("raised_exception")]


def _figure(result: dict[str, Any]) -> float | None:
    if "unexpected_count" not in result:
        return result.get("observed_value")
    known = result["element_count"] - result.get("missing_count", 0)
    return (known - result["unexpected_count"]) / known if known else None


def planned(plans: list[Any]) -> Found:
    """Figures of the steps of plans: a share is that of its test units that passed."""
    figures, passed, said = {}, {}, []
    for step in (step for plan in plans for step in plan.validation_info):
        passed[step.brief] = step.all_passed
        figures[step.brief] = None if step.eval_error else _of_step(step)
        if step.eval_error:
            said.append(" ".join(note["text"] for note in (step.notes or {}).values()) or "eval_error: True")
    return {"figures": figures, "passed": passed, "said": said, "statements": None}


def _of_step(step: Any) -> float | None:
    if step.assertion_type == "row_count_match":  # how many rows there were is told in a note alone
        told = re.search(r"\[([\d,]+) rows?, [^\]]*\]\.$", step.notes["pre_applied"]["text"])
        return int(told[1].replace(",", "")) if told else None
    if step.val_info and "actual" in step.val_info:
        return step.val_info["actual"]
    return step.n_passed / step.n if step.n else None


for module in sys.argv[2:]:
    importlib.import_module(module.replace("-", "_"))
tell(work, sys.argv[2:])
