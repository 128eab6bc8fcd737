"""The forms of reports and of results, in the words of their modules."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from importlib import import_module

from factcheck.reports import FORMS, RESULTS
from generated.markdown import code, table


def reports() -> str:
    return _forms("report", FORMS)


def results() -> str:
    return _forms("check", RESULTS)


def _forms(command: str, modules: Mapping[str, str]) -> str:
    """A row a form, with the first paragraph of its module's docstring. ValueError for one without."""
    rows = []
    for name, module in modules.items():
        words = inspect.cleandoc(import_module(module).__doc__ or "").split("\n\n")[0]
        if not words:
            raise ValueError(f"{module} does not say what it is")
        rows.append([code(f"{command} --format {name}"), words])
    return table(["form", "what it is"], rows)
